"""Conditional formats and table styles that can take effect together: the letters of one on the ground of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Final

from Katip.approvals.workbook.archive import child
from Katip.approvals.workbook.areas import Area
from Katip.approvals.workbook.styles import Difference

#: The rank of table styles; conditional formats come before them.
TABLES: Final = 1e9


@dataclass(frozen=True, slots=True)
class Condition:
    """A conditional format, or a part of a table's style.

    Attributes:
        where: the cells that it can change.
        difference: what it changes; None where a sign is shown instead of the text.
        rank: the lower one counts where two change the same.
    """

    where: tuple[Area, ...]
    difference: Difference | None
    rank: float

    @property
    def writes(self) -> bool:
        """True if it sets the font colour."""
        return (
            self.difference is not None
            and self.difference.font is not None
            and (child(self.difference.font, "color") is not None)
        )

    @property
    def paints(self) -> bool:
        """True if it sets the background colour."""
        return self.difference is not None and bool(self.difference.grounds)


def together(conditions: Sequence[Condition]) -> Iterator[Difference]:
    """Yield what conditions of one cell change: each alone, and two of which one writes and the other paints.

    Args:
        conditions: those that may hold for the cell.
    """
    for each in conditions:
        if each.difference is not None:
            yield each.difference
    for writing, painting in permutations(conditions, 2):
        if writing.writes and painting.paints and _can_meet(writing, painting):
            yield replace(_of(painting), font=_of(writing).font, changes_format=False)


def _of(condition: Condition) -> Difference:
    return condition.difference or Difference(None, (), False)


def _can_meet(writing: Condition, painting: Condition) -> bool:
    """Return True if the one's letters can be seen on the other's ground, as neither overrules the other."""
    if writing.rank == painting.rank:
        return writing.rank < TABLES
    return not (writing.paints if writing.rank < painting.rank else painting.writes)
