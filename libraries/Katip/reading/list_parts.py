"""Walk through the parts of a list that a series of controls beside it shows: page numbers, dots, letters, years."""

from __future__ import annotations

from Katip.reading.cells import Row
from Katip.reading.driver import Driver
from Katip.reading.grid_views import GridViews, Sought
from Katip.reading.grids import Grid
from Katip.reading.pager_texts import Pager, PagerWords
from Katip.reading.pagers import Step, Way
from Katip.reading.scrolled_rows import extent
from Katip.reading.series import Entry, Series, find_series
from Katip.reading.snapshot import Snapshot
from Katip.reading.turning import Turning


class ListParts:
    """Shows the parts of a list one after another; a new one for each walk.

    Args:
        views: sees the list.
        turning: takes the way to a part.
        driver: looks at the page.
        wording: how the portal words its pagers.

    Attributes:
        unanswered: the entry that changed nothing though others before it did; else empty.
    """

    def __init__(self, views: GridViews, turning: Turning, driver: Driver, wording: PagerWords) -> None:
        self._views = views
        self._turning = turning
        self._driver = driver
        self._wording = wording
        self._at = 0
        self._turned = False
        self._is_over = False
        self.unanswered = ""

    def _series(self, snapshot: Snapshot, grid: Grid) -> Series | None:
        return find_series(snapshot, extent(grid), grid.headers[0].node.frame, self._wording)

    def to_first(self, sought: Sought) -> list[Row]:
        """Show all parts at once where that is offered, else the first.

        Args:
            sought: the list that is meant.

        Returns:
            The rows that were shown before, if it is not marked which part that was; they must come again.
        """
        grid = self._views.see_now(sought)
        series = self._series(self._driver.last, grid) if grid is not None else None
        if grid is None or series is None or series.is_whole or self._has_pager_text(grid):
            self._is_over = True
            return []
        if series.everything is not None:
            self._show(series.everything, grid, sought)
            self._is_over = True
        elif series.current is None:
            before = self._views.read_page(sought).rows
            self._turned = self._show(series.entries[0], grid, sought)
            return before if self._turned else []
        elif series.current > 0:
            self._turned = self._show(series.entries[0], grid, sought)
            if not self._turned:
                self._restore(series.current, grid)
        return []

    def following(self, grid: Grid, sought: Sought) -> Grid | None:
        """Show the next part.

        Args:
            grid: the list as it was read last.
            sought: the list that is meant.

        Returns:
            The list with the rows of that part; None if there is none.
        """
        series = None if self._is_over else self._series(self._driver.last, grid)
        if series is None or series.is_whole or self._has_pager_text(grid):
            return None
        here = self._at if series.current is None else series.current
        if here + 1 >= len(series.entries):
            return None
        entry = series.entries[here + 1]
        if self._show(entry, grid, sought, here + 1) or (self._turned and not grid.rows):
            self._at = here + 1
            self._turned = True
            return self._views.read_page(sought)
        if self._turned:
            self._is_over = True
            self.unanswered = entry.label or f"{here + 2}."
        else:
            self._restore(here, grid)
        return None

    def end(self) -> None:
        """Show no more parts in this walk: the list has a pager of another kind."""
        self._is_over = True

    def _has_pager_text(self, grid: Grid) -> bool:
        """True if a pager says where the list is or how many rows it has."""
        pager = self._pager(grid)
        return pager.total is not None or pager.tells_place

    def _pager(self, grid: Grid) -> Pager:
        return self._views.pager(self._driver.last, grid)

    def _show(self, entry: Entry, grid: Grid, sought: Sought, index: int = 0) -> bool:
        def arrived(snapshot: Snapshot, seen: Grid) -> bool | None:
            if entry.option is not None or entry.value is not None:
                return None  # what a field holds does not say what the list shows
            now = self._series(snapshot, seen)
            return None if now is None or now.current is None else now.current == index

        return self._turning.take(_step_to(entry), grid, sought, self._pager(grid), arrived)

    def _restore(self, index: int, grid: Grid) -> None:
        """Choose again what was chosen before in a list or a field: it has nothing to do with the list."""
        self._is_over = True
        series = self._series(self._driver.last, grid)
        if series is None or index >= len(series.entries):
            return
        step = _step_to(series.entries[index])
        if step.way is Way.TYPE or step.option is not None:
            self._turning.do(step)


def _step_to(entry: Entry) -> Step:
    if entry.value is not None:
        return Step(Way.TYPE, entry.node, entry.value)
    return Step(Way.PRESS, entry.node, option=entry.option)
