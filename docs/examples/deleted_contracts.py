"""Module "Silinen Sözleşmeler": the deleted contracts of the workplace as XLSX and JSON, filtered by status."""

from __future__ import annotations

from robot.api.deco import keyword

from Katip.extending import KatipModule, step


class deleted_contracts(KatipModule):  # noqa: N801, D101 - Robot Framework finds the class by the file's name
    @keyword
    @step(begins_at="home")
    def export_deleted_contracts(self, status: str = "") -> int:
        """Export the deleted contracts; only those of a status, where one is given.

        Returns:
            How many rows were exported.

        Example:
        | ${count} =    Export Deleted Contracts    Silindi
        """
        rows = self.katip.read_grid("deleted_contracts")
        wanted = [row for row in rows if not status or row["status"] == status]
        self.katip.export_grid("deleted-contracts", wanted)
        return len(wanted)
