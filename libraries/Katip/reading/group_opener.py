"""Open the collapsed groups of a list before its rows are read."""

from __future__ import annotations

from Katip.errors import NoEffect
from Katip.messages import msg
from Katip.reading.acting import Acting
from Katip.reading.detail_opener import DetailOpener
from Katip.reading.driver import Driver
from Katip.reading.grid_views import GridViews, Sought
from Katip.reading.grids import Grid
from Katip.reading.groups import Group, closed_groups
from Katip.reading.snapshot import Snapshot
from Katip.reading.waiting import Waiting

_MOST = 300


class GroupOpener:
    """Reads a page of a list once all of its groups are open.

    Args:
        views: sees the page.
        details: reads the page, also where the details of the rows show some columns.
        acting: presses the groups.
        waiting: waits until they are open.
        driver: looks at the page.

    Attributes:
        closed: the words of the groups that stayed collapsed.
    """

    def __init__(
        self, views: GridViews, details: DetailOpener, acting: Acting, waiting: Waiting, driver: Driver
    ) -> None:
        self._views = views
        self._details = details
        self._acting = acting
        self._waiting = waiting
        self._driver = driver
        self.closed: list[str] = []

    def read_page(self, sought: Sought, *, opened: bool = True) -> Grid:
        """Return the list with all rows of the page that is shown.

        Args:
            sought: the list that is meant.
            opened: False to leave its groups as they are.

        Raises:
            GridUnreadable: if there is no such list.
        """
        grid = self._details.read_page(sought)
        if not opened or not self._open_all(sought):
            return grid
        return self._details.read_page(sought)

    def _open_all(self, sought: Sought) -> bool:
        """Open each group; False if there is none."""
        pressed = 0
        while pressed < _MOST:
            group = self._first(self._driver.last, sought)
            if group is None:
                break
            pressed += 1
            self._open(group, sought)
        return pressed > 0

    def _first(self, snapshot: Snapshot, sought: Sought) -> Group | None:
        """Return the first group that is collapsed and was not found to stay so."""
        grid = self._views.see_part(snapshot, sought)
        groups = closed_groups(snapshot, grid) if grid is not None else []
        return next((group for group in groups if group.label not in self.closed), None)

    def _open(self, group: Group, sought: Sought) -> None:
        doing = msg("Opening the groups of the grid")
        self._driver.require_no_dialog(self._acting.press_node(group.toggle), doing)

        def is_open(snapshot: Snapshot) -> bool | None:
            if snapshot.busy or self._waiting.is_loading(snapshot):
                return None
            first = self._first(snapshot, sought)
            return True if first is None or first.label != group.label else None

        try:
            self._waiting.until(is_open, doing, msg("its rows"), self._waiting.patience.opening)
        except NoEffect:
            self.closed.append(group.label)
