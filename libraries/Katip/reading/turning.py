"""Take one way to another page or part of a list, and decide by the rows and the pager whether that turned it."""

from __future__ import annotations

import time
from collections.abc import Callable

from Katip.errors import NoEffect
from Katip.messages import msg
from Katip.reading.acting import Acting
from Katip.reading.driver import Driver
from Katip.reading.grid_views import GridViews, Sought
from Katip.reading.grids import Grid
from Katip.reading.pager_texts import Pager
from Katip.reading.pagers import Step, Way
from Katip.reading.scrolled_rows import same_row
from Katip.reading.snapshot import Dialog, Snapshot
from Katip.reading.waiting import Waiting

Arrived = Callable[[Snapshot, Grid], bool | None]


class Turning:
    """Turns the pages of a list.

    Args:
        views: sees a page of the list.
        acting: presses the controls.
        waiting: waits until other rows are seen.
        driver: types and chooses.
    """

    def __init__(self, views: GridViews, acting: Acting, waiting: Waiting, driver: Driver) -> None:
        self._views = views
        self._acting = acting
        self._waiting = waiting
        self._driver = driver

    def take(self, step: Step, grid: Grid, sought: Sought, pager: Pager, arrived: Arrived | None = None) -> bool:
        """Take one way to another page.

        Args:
            step: the way.
            grid: the list before.
            sought: the list that is meant.
            pager: what the pager says before.
            arrived: returns whether the wanted part is marked as current, None if nothing is marked; what the pager says if not given.

        Returns:
            False if the list stays the same.
        """
        shown = self._views.see_part(self._driver.last, sought)
        # A list that was scrolled may show others of its rows now.
        before = [*grid.rows, *(shown.rows if shown else ())]
        says = arrived or (lambda snapshot, seen: self._says_other_page(snapshot, seen, pager))
        self.do(step)
        since = time.monotonic()

        def turned(snapshot: Snapshot) -> bool | None:
            seen = self._views.see_part(snapshot, sought)
            if seen is None or snapshot.busy or self._waiting.is_loading(snapshot):
                return None
            differs = any(same_row(before, row) is None for row in seen.rows) or bool(before and not seen.rows)
            has_turned = says(snapshot, seen)
            if has_turned is None:
                return True if differs else None
            # Two pages of the very same rows are possible, but rare.
            return (
                True
                if has_turned and (differs or time.monotonic() - since > self._waiting.patience.sure.total_seconds())
                else None
            )

        try:
            return self._waiting.until(
                turned,
                msg("Turning the grid's page"),
                msg("other rows"),
                self._waiting.patience.opening,
                after_loading=True,
            )
        except NoEffect:
            return False

    def do(self, step: Step) -> None:
        """Press, type or choose what the step says.

        Args:
            step: the step.
        """
        self._driver.require_no_dialog(self._act(step), msg("Turning the grid's page"))

    def _act(self, step: Step) -> Dialog | None:
        if step.way is Way.TYPE:
            self._acting.pause()
            return self._driver.fill(step.node, self._waiting.patience.press, value=step.text, press="Enter")
        if step.option is not None:
            self._acting.pause()
            return self._driver.fill(step.node, self._waiting.patience.press, option=step.option)
        return self._acting.press_node(step.node)

    def _says_other_page(self, snapshot: Snapshot, seen: Grid, before: Pager) -> bool | None:
        if not before.tells_place:
            return None
        now = self._views.pager(snapshot, seen)
        return (now.page, now.first) != (before.page, before.first)
