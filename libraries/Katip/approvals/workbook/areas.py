"""Rectangles of cells, as references name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from openpyxl.utils.cell import column_index_from_string

from Katip.approvals.table_cells import TableUnreadable
from Katip.messages import msg

_T = TypeVar("_T")
_LOW: Final = 64  # rows; lower areas are found by their rows
_MOST_TALL: Final = 500
_AREA: Final = re.compile(r"\$?([A-Z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Z]{1,3})?\$?(\d{1,7})?)?")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells; rows and columns count from 1, the ends are part of it."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Return True if a cell is in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def areas(text: str) -> Iterator[Area]:
    """Yield the areas of a reference such as ``A1:C3 E5``.

    Args:
        text: the reference.

    Raises:
        TableUnreadable: it is none.
    """
    for part in text.split():
        found = _AREA.fullmatch(part)
        if found is None or not any(found.groups()):
            raise TableUnreadable(msg("it is damaged: {part!r} names no cells; save it again as XLSX", part=part))
        left, top, right, bottom = found.groups()
        left, top = left or "", top or ""
        right, bottom = right or left, bottom or top
        yield Area(
            int(top or 1),
            column_index_from_string(left) if left else 1,
            int(bottom or 1_048_576),
            column_index_from_string(right) if right else 16_384,
        )


class AreaIndex(Generic[_T]):
    """Areas by the rows that they touch, so that a cell is not compared with every area of a sheet."""

    def __init__(self) -> None:
        self._by_row: dict[int, list[tuple[Area, _T]]] = {}
        self._tall: list[tuple[Area, _T]] = []

    def add(self, where: Iterable[Area], value: _T) -> None:
        """Add areas.

        Args:
            where: the areas.
            value: what a cell in them has.

        Raises:
            TableUnreadable: there are more of them than any list has.
        """
        for area in where:
            if area.bottom - area.top >= _LOW:
                self._tall.append((area, value))
                if len(self._tall) > _MOST_TALL:
                    raise TableUnreadable(
                        msg("it has thousands of formatted ranges; copy the list, as values, to a sheet of its own")
                    )
            else:
                for row in range(area.top, area.bottom + 1):
                    self._by_row.setdefault(row, []).append((area, value))

    def at(self, row: int, column: int) -> list[_T]:
        """Return the values of the areas that hold a cell, those of low areas first.

        Args:
            row: the cell's row.
            column: its column.
        """
        if not self._tall and row not in self._by_row:
            return []
        return [value for area, value in (*self._by_row.get(row, ()), *self._tall) if area.holds(row, column)]
