"""See a grid in a look, and scroll it until all rows and columns of the page were seen."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from Katip.errors import GridUnreadable
from Katip.messages import msg
from Katip.reading import grids, labels, pager_texts, scrolled_rows
from Katip.reading.cells import Row
from Katip.reading.driver import Driver
from Katip.reading.grids import Grid
from Katip.reading.headers import find_headers
from Katip.reading.labels import Label
from Katip.reading.pager_texts import Pager
from Katip.reading.row_details import columns_of_details, read_open_details
from Katip.reading.scrolled_rows import same_row
from Katip.reading.snapshot import Snapshot
from Katip.reading.waiting import Waiting
from Katip.reading.wording import Wording

MOST_SCROLLS = 400
_SHARE_OF_A_SCROLL = 0.7  # of what is in sight: the rest is seen again
_LEAST_SCROLL = 30  # CSS pixels
_LEAST_SCROLL_ASIDE = 40  # CSS pixels
_GRIDS_TRIED = 3


@dataclass(frozen=True, slots=True)
class Sought:
    """By which columns a grid is known.

    Attributes:
        columns: name of each known column to its label.
        required: names of the columns without which it is not the grid that is meant.
        key: the column that every row fills.
        wanted: names of columns that are scrolled to where they are not drawn, and may be missing.
    """

    columns: Mapping[str, Label]
    required: tuple[str, ...]
    key: str
    wanted: tuple[str, ...] = ()

    def named(self, columns: Iterable[str]) -> str:
        """Return the labels of columns, for an error message.

        Args:
            columns: names of known columns.
        """
        return ", ".join(f'"{self.columns[name]}"' for name in columns)


class GridViews:
    """Sees one page of a grid, scrolled as far as needed.

    Args:
        waiting: waits until the page is quiet.
        driver: scrolls.
        wording: the words of the portal.
    """

    def __init__(self, waiting: Waiting, driver: Driver, wording: Wording) -> None:
        self._waiting = waiting
        self._driver = driver
        self._wording = wording

    def see(self, snapshot: Snapshot, sought: Sought, required: Sequence[str], least: int = 2) -> Grid | None:
        """Return the grid as it is seen in one look, or None.

        Args:
            snapshot: what is seen.
            sought: the grid that is meant.
            required: names of the columns that must be seen.
            least: how many known columns must be seen at least.
        """
        grid: Grid | None = snapshot.remembered(
            ("grid", tuple(sought.columns.items()), tuple(required), sought.key, least),
            lambda: self._understand(snapshot, sought, required, least),
        )
        return (
            replace(grid, rows=[replace(row, cells=dict(row.cells)) for row in grid.rows]) if grid is not None else None
        )

    def _understand(self, snapshot: Snapshot, sought: Sought, required: Sequence[str], least: int) -> Grid | None:
        words, totals = self._wording.words, self._wording.totals
        found = find_headers(snapshot, sought.columns, words, required, least)
        if not found:
            return self._with_open_details(snapshot, sought, required, least)
        noise, turning = (*self._wording.noise, *self._wording.pager_noise), self._wording.pager.turning
        read = [
            grids.read_grid(snapshot, headers, sought.key, noise, words, totals, turning)
            for headers in found[:_GRIDS_TRIED]
        ]
        chosen = next((grid for grid in read if grid.rows), read[0])
        others = (row for grid in read if grid is not chosen for row in grid.rows)
        chosen.left_out.extend(row for row in others if same_row(chosen.rows, row) is None)
        read_open_details(snapshot, chosen, sought.columns, self._wording.unfold, words)
        return chosen

    def _with_open_details(
        self, snapshot: Snapshot, sought: Sought, required: Sequence[str], least: int
    ) -> Grid | None:
        """Return the grid where the open details of every row show the columns that have no header."""
        if set(required) <= {sought.key}:
            return None
        grid = self.see(snapshot, sought, (sought.key,), least)
        if grid is None or not grid.rows or any(not row.cells.get(name) for row in grid.rows for name in required):
            return None
        return grid

    def see_part(self, snapshot: Snapshot, sought: Sought) -> Grid | None:
        """Return the grid as it is seen in one look, also where it draws its key column only when scrolled to, or None.

        Args:
            snapshot: what is seen.
            sought: the grid that is meant.
        """
        grid = self.see(snapshot, sought, (sought.key,))
        if grid is not None:
            return grid
        others = [
            key for key in dict.fromkeys((*sought.required, *sought.wanted, *sought.columns)) if key != sought.key
        ]
        seen = [part for key in others if (part := self.see(snapshot, replace(sought, key=key), (key,))) is not None]
        # Another column may be empty in some rows: the one that fills the most gives the rows.
        return max((part for part in seen if _draws_more(part)), key=lambda part: len(part.rows), default=None)

    def see_now(self, sought: Sought) -> Grid | None:
        """Return the grid as it is seen once the page is quiet, or None.

        Args:
            sought: the grid that is meant.
        """
        return self.see_part(self._waiting.settled(), sought)

    def see_again(self, grid: Grid, sought: Sought) -> Grid:
        """Return the grid after it was scrolled, known by its key column, else by another required or wanted column.

        Args:
            grid: the grid before; it is returned if no known column is in sight.
            sought: the grid that is meant.
        """
        snapshot = self._waiting.settled(self._waiting.patience.part)
        seen = self.see(snapshot, sought, (sought.key,))
        for key in dict.fromkeys((sought.key, *sought.required, *sought.wanted, *sought.columns)):
            seen = seen or self.see(snapshot, replace(sought, key=key), (key,), least=1)
        return seen or grid

    def see_moved(self, grid: Grid, sought: Sought) -> Grid:
        """Return the grid after a turn of the wheel, a key or a drag, which take effect a moment later.

        Args:
            grid: the grid before.
            sought: the grid that is meant.
        """
        self._driver.look(changed=True, patience=self._waiting.patience.effect)
        return self.see_again(grid, sought)

    def pager(self, snapshot: Snapshot, grid: Grid) -> Pager:
        """Return what the pager of a grid says.

        Args:
            snapshot: what is seen.
            grid: the grid.
        """
        return pager_texts.read_pager(snapshot, scrolled_rows.extent(grid), self._wording.pager)

    def read_page(self, sought: Sought) -> Grid:
        """Return the grid with all rows and columns of the page that is shown.

        Args:
            sought: the grid that is meant.

        Raises:
            GridUnreadable: if there is no such grid, or a required column is missing.
        """
        snapshot = self._waiting.settled()
        grid = self.see(snapshot, sought, sought.required) or self.see_part(snapshot, sought)
        if grid is None:
            raise GridUnreadable(
                msg("Reading the grid"),
                msg("a grid with the headers {wanted}", wanted=sought.named(sought.required)),
                labels.seen_labels(snapshot),
                msg(
                    "If the portal words its headers otherwise, add the wordings to the portal's file under [columns]; "
                    "`katip doctor --portal NAME` names the lines."
                ),
            )
        return self._scrolled(grid, sought)

    def _scrolled(self, grid: Grid, sought: Sought) -> Grid:
        """Scroll while that shows rows or columns that were not seen."""
        whole = self._scrolled_through(grid, sought)
        to_come = scrolled_rows.columns_to_come(whole).intersection((*sought.required, *sought.wanted))
        if grid.scroller_right is not None and (to_come or _lacks_columns(whole, sought)):
            whole = self._scrolled_right(whole, sought)
        shown = {header.column for header in whole.headers} | columns_of_details(whole)
        without = [name for name in sought.required if name not in shown]
        if without:
            raise _unread(whole, msg("the headers {wanted} as well", wanted=sought.named(without)))
        empty = [name for name in sought.required if name in to_come and _has_gaps(whole, name)]
        if empty:
            raise _unread(whole, msg("a text in each row below {wanted}", wanted=sought.named(empty)))
        return whole

    def _scrolled_through(self, grid: Grid, sought: Sought) -> Grid:
        """Return the grid with all rows where it draws only those in sight, else the grid itself."""
        if grid.scroller_down is None or not scrolled_rows.rows_missing(grid):
            return grid
        rows: list[Row] = []
        for seen in self.scrolled_down(grid, sought):
            grid = seen
            rows = scrolled_rows.continued(rows, grid.rows)
        grid = self.scroll_to(grid, 0, sought)
        grid.rows = rows
        return grid

    def scrolled_down(self, grid: Grid, sought: Sought) -> Iterator[Grid]:
        """Yield the grid from its top to its end; consecutive views overlap.

        Args:
            grid: the grid.
            sought: the grid that is meant.
        """
        grid = self.scroll_to(grid, 0, sought)
        for _ in range(MOST_SCROLLS):
            yield grid
            if grid.scroller_down is None:
                return
            _, top, _, full, _, seen = grid.scroller_down.raw["s"]
            if top + seen >= full - 3:
                return
            grid = self.scroll_to(grid, top + max(seen * _SHARE_OF_A_SCROLL, _LEAST_SCROLL), sought)
            if grid.scroller_down is None or grid.scroller_down.raw["s"][1] <= top + 1:
                yield grid
                return

    def scroll_to(self, grid: Grid, top: float, sought: Sought) -> Grid:
        """Scroll a grid down and return it once the rows there are rendered.

        Args:
            grid: the grid.
            top: how far it is to be scrolled, in CSS pixels.
            sought: the grid that is meant.
        """
        scroller = grid.scroller_down
        if scroller is None or abs(scroller.raw["s"][1] - top) < 1:
            return grid
        self._driver.scroll(scroller, scroller.raw["s"][0], top)
        end = time.monotonic() + self._waiting.patience.opening.total_seconds()
        grid = self.see_again(grid, sought)
        while not scrolled_rows.is_drawn(grid) and time.monotonic() < end:
            before = self._driver.last
            if self._driver.look(changed=True, patience=self._waiting.patience.effect) is before:
                break
            grid = self.see_again(grid, sought)
        return grid

    def scrolled_on_right(self, grid: Grid, sought: Sought) -> tuple[Grid, bool] | None:
        """Scroll a grid on to the right.

        Args:
            grid: the grid.
            sought: the grid that is meant.

        Returns:
            The grid as it is seen then, and whether it really moved; None if it is at its end.
        """
        scroller = grid.scroller_right
        if scroller is None:
            return None
        left, top, full, _, seen, _ = scroller.raw["s"]
        if left + seen >= full - 3:
            return None
        reached, _ = self._driver.scroll(scroller, left + max(seen * _SHARE_OF_A_SCROLL, _LEAST_SCROLL_ASIDE), top)
        after = self.see_again(grid, sought)
        if after.scroller_right is scroller:  # no known column is in sight at this position: continue from there
            after = replace(after, rows=[], scroller_right=scrolled_rows.at_left(scroller, reached))
        return after, reached > left + 1

    def _scrolled_right(self, whole: Grid, sought: Sought) -> Grid:
        """Return the grid with the columns that are drawn only when scrolled to."""
        headers = {header.column: header for header in whole.headers}
        rows = list(whole.rows)
        by_another = sought.key not in headers  # a column that may be empty in some rows identified them
        grid = whole
        for _ in range(MOST_SCROLLS):
            following = self.scrolled_on_right(grid, sought)
            if following is None:
                break
            grid, moved = following
            grid = self._scrolled_through(grid, sought)
            if by_another and len(grid.rows) > len(rows) and sought.key in grid.rows[0].cells:
                rows, grid.rows = list(grid.rows), rows
            headers.update({header.column: header for header in grid.headers if header.column not in headers})
            scrolled_rows.add_columns(rows, grid.rows)
            if not moved or grid.scroller_right is None:
                break
        if grid.scroller_right is not None:
            self._driver.scroll(grid.scroller_right, 0, grid.scroller_right.raw["s"][1])
            grid = self.see_again(grid, sought)
        grid.headers = list(headers.values())
        grid.rows = rows
        return grid


def _draws_more(grid: Grid) -> bool:
    """True if a grid has rows, and columns that are drawn only when scrolled to."""
    return bool(grid.rows) and grid.scroller_right is not None and not scrolled_rows.all_columns_drawn(grid)


def _lacks_columns(grid: Grid, sought: Sought) -> bool:
    """True if a header that is meant is not there, and the list is wider than the headers that are."""
    shown = {header.column for header in grid.headers} | columns_of_details(grid)
    missing = not shown.issuperset((*sought.required, *sought.wanted))
    return missing and not scrolled_rows.all_columns_drawn(grid)


def _has_gaps(grid: Grid, column: str) -> bool:
    """True if a row has no text in a column."""
    return not all(row.cells.get(column) for row in grid.rows)


def _unread(grid: Grid, expected: str) -> GridUnreadable:
    seen = ", ".join(f'"{header.label}"' for header in grid.headers if header.label)
    return GridUnreadable(msg("Reading the grid"), expected, seen)
