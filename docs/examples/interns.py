"""Module "Stajyerler": the interns of the workplace as XLSX and JSON, filtered by status."""

from __future__ import annotations

from robot.api.deco import keyword

from Katip.extending import KatipModule, step


class interns(KatipModule):  # noqa: N801, D101 - Robot Framework finds the class by the file's name
    @keyword
    @step(begins_at="home")
    def export_interns(self, status: str = "") -> int:
        """Export the interns; only those of a status, where one is given.

        Returns:
            How many rows were exported.

        Example:
        | ${count} =    Export Interns    Devam Ediyor
        """
        rows = self.katip.read_grid("interns")
        wanted = [row for row in rows if not status or row["status"] == status]
        self.katip.export_grid("interns", wanted)
        return len(wanted)
