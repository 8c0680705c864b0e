"""Rectangles of cells, as references name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from openpyxl.utils.cell import column_index_from_string

from Katip.approvals.cells import TableUnreadable
from Katip.messages import msg

_AREA: Final = re.compile(r"\$?([A-Z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Z]{1,3})?\$?(\d{1,7})?)?")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells; rows and columns count from 1, the ends are part of it."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Return True if a cell lies in it."""
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
