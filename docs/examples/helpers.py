"""Module "Yardımcı C Sözleşmeler": the contracts of helpers of class C as XLSX and JSON, filtered by status."""

from __future__ import annotations

from robot.api.deco import keyword

from Katip.extending import KatipModule, step


class helpers(KatipModule):  # noqa: N801, D101 - Robot Framework finds the class by the file's name
    @keyword
    @step(begins_at="home")
    def export_helpers(self, status: str = "") -> int:
        """Export the helpers' contracts; only those of a status, where one is given.

        Returns:
            How many rows were exported.

        Example:
        | ${count} =    Export Helpers    Onaylandı
        """
        rows = self.katip.read_grid("helpers")
        wanted = [row for row in rows if not status or row["status"] == status]
        self.katip.export_grid("helpers", wanted)
        return len(wanted)
