"""Decide whether a list was read whole, and read it again where its order changes between page loads.

Without a stable order behind the pager, one row can come on two pages and another on none, and the number of rows is right all the
same. A row that is read on two pages is therefore a reason to read again: with more rows a page, sorted, until two readings agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from Katip.errors import GridUnreadable, ListUnstable
from Katip.messages import msg
from Katip.reading.cells import Row
from Katip.reading.grids import Grid
from Katip.reading.labels import Kind, sign_of
from Katip.reading.snapshot import Box, Node, Piece, Snapshot

Content = tuple[tuple[str, str], ...]

_MOST_PAGES = 500
_MORE_READINGS = 4
_NEAR = 160  # CSS pixels


def contents(rows: Sequence[Row]) -> list[Content]:
    """Return the texts of each row, for comparing."""
    return [tuple(sorted(row.cells.items())) for row in rows]


@dataclass(slots=True)
class Walk:
    """One reading of a list, page by page.

    Attributes:
        grid: the page that was read last.
        pages: the rows of each page.
        number: how many pages were read.
        stopped: True if the reading was ended before the last page, because it had shown enough.
        left_out: rows of any page that may be rows of the list, but were not read as such.
        moved: texts of any page that are drawn in another row or column than the one whose element they are in.
        doubtful: texts of any page that a person may read otherwise, each with the reason.
        shortfall: why the rows are not known to be all; None if nothing says so.
    """

    grid: Grid
    pages: list[list[Row]] = field(default_factory=list)
    number: int = 1
    stopped: bool = False
    left_out: list[Row] = field(default_factory=list)
    moved: list[Piece] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    shortfall: GridUnreadable | None = None

    def __post_init__(self) -> None:
        self.pages = self.pages or [list(self.grid.rows)]
        self._note(self.grid)

    def _note(self, grid: Grid) -> None:
        self.left_out.extend(grid.left_out)
        self.moved.extend(grid.moved)

    @property
    def rows(self) -> list[Row]:
        """The rows of all pages."""
        return list(chain.from_iterable(self.pages))

    @property
    def repeats(self) -> bool:
        """True if the same row was read on two pages."""
        seen: Counter[Content] = Counter()
        for page in self.pages:
            seen.update(set(contents(page)))
        return any(count > 1 for count in seen.values())

    def add(self, grid: Grid, holds_earlier: bool) -> None:
        """Add the next page.

        Args:
            grid: the page.
            holds_earlier: True if it shows the rows of the pages before as well.

        Raises:
            GridUnreadable: if the pages do not end.
        """
        self.grid = grid
        self.number += 1
        self._note(grid)
        self.pages = [list(grid.rows)] if holds_earlier else [*self.pages, list(grid.rows)]
        if self.number > _MOST_PAGES or self._comes_round():
            raise GridUnreadable(
                msg("Walking the grid's pages"),
                msg("a last page"),
                msg("the same pages again after {number} pages", number=self.number),
                msg("Look at the list by hand."),
            )

    def _comes_round(self) -> bool:
        """True if the first pages have come again, one by one: the pager begins again after its end."""
        half, odd = divmod(len(self.pages), 2)
        if odd or half < 2 or not any(self.pages):
            return False
        return [contents(page) for page in self.pages[:half]] == [contents(page) for page in self.pages[half:]]

    def agrees_with(self, other: Walk) -> bool:
        """True if both readings have the same rows, and either nothing was read twice or their order is the same."""
        mine, theirs = contents(self.rows), contents(other.rows)
        return Counter(mine) == Counter(theirs) and (mine == theirs or not self.repeats)


def agreed(first: Walk, again: Callable[[], Walk], aids: Sequence[Callable[[], bool]]) -> Walk:
    """Return a reading that is known to be whole: the first if nothing speaks against it, else one of two that agree.

    Args:
        first: the first reading.
        again: reads the list once more.
        aids: rearrange the list so that its order matters less; each returns False if it cannot.

    Returns:
        The reading.

    Raises:
        GridUnreadable: if readings agree with each other, but not with what the pager says.
        ListUnstable: if no two readings agree.
    """
    if first.shortfall is None and not first.repeats:
        return first
    waiting = list(aids)
    last, alike = first, False
    for number in range(_MORE_READINGS):
        helped = number > 0 and _any_helps(waiting)  # a list that was changed while it was read is whole the next time
        if alike and not helped and last.shortfall is not None:
            break
        now = again()
        alike = now.agrees_with(last)
        if now.stopped or (alike and now.shortfall is None):
            return now
        last = now
    if last.shortfall is not None:
        raise last.shortfall
    raise ListUnstable(
        msg("Reading all pages of the grid"),
        msg("two readings with the same rows"),
        msg("other rows in each of {more_readings} readings", more_readings=_MORE_READINGS + 1),
        msg("Nothing was pressed but pager and headers. Sort the list by hand, or run again when nobody changes it."),
    )


def _any_helps(waiting: list[Callable[[], bool]]) -> bool:
    """Rearrange the list by the first of the aids that can; those that were tried are taken off."""
    while waiting:
        if waiting.pop(0)():
            return True
    return False


def page_size(snapshot: Snapshot, grid: Box) -> tuple[Node, int] | None:
    """Find the list that offers how many rows a page shows.

    Args:
        snapshot: what is seen.
        grid: where the grid is.

    Returns:
        The list and the index of its largest number; None if there is none or it is chosen already.
    """
    for node in snapshot.nodes:
        sizes = _sizes(node)
        away = min(abs(node.box.y - grid.bottom), abs(grid.y - node.box.bottom))
        if not sizes or away > _NEAR or node.disabled:
            continue
        largest, index = max(sizes)
        current = str(node.value or "").strip()
        if not current.isdigit() or int(current) < largest:
            return node, index
    return None


def _sizes(node: Node) -> list[tuple[int, int]]:
    """Return the numbers of a list and their indexes; none if it has fewer than two, or more than one option that is no number."""
    options = [str(option).strip() for option in node.raw.get("op") or ()]
    sizes = [(int(option), index) for index, option in enumerate(options) if option.isdigit()]
    return sizes if len(sizes) >= 2 and len(sizes) >= len(options) - 1 else []


def sorting_header(grid: Grid, key: str) -> Node | None:
    """Find a header that can be pressed, the key column's first.

    Args:
        grid: the grid.
        key: name of the key column.

    Returns:
        The header's text; None if no header reacts to the pointer.
    """
    for header in sorted(grid.headers, key=lambda header: header.column != key):
        for node in (header.node, *list(header.node.ancestors())[:3]):
            if node.box.height > 2.5 * max(header.box.height, 20) or node.tag in ("tr", "thead", "table", "body"):
                break
            if _reacts(node):
                return header.node
    return None


def _reacts(node: Node) -> bool:
    """True if an element shows that it can be pressed; a table's own header cell is a heading besides."""
    return sign_of(node) in (Kind.ANY, Kind.BUTTON, Kind.LINK) or any(key in node.raw for key in ("cu", "on", "tb"))
