"""Read and use a page the way a person does: look, find by words, press once, wait until what follows can be seen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from Katip.patience import Patience
from Katip.reading import forms, labels, windows
from Katip.reading.acting import Acting, despite_rerendering
from Katip.reading.cells import Row
from Katip.reading.detail_opener import DetailOpener
from Katip.reading.driver import Driver
from Katip.reading.grid_views import GridViews, Sought
from Katip.reading.grids import Grid
from Katip.reading.labels import Control, Kind, Label
from Katip.reading.list_walk import ListWalk
from Katip.reading.row_choice import RowChoice
from Katip.reading.snapshot import Dialog, Node, Snapshot
from Katip.reading.values_by_place import FieldValue
from Katip.reading.waiting import Waiting
from Katip.reading.windows import Window
from Katip.reading.wording import Wording

T = TypeVar("T")


class Reader:
    """Sees and uses the active page; the parts that do it are documented in their own modules.

    Args:
        driver: looks and acts.
        wording: the words of the portal in use.
        patience: how long it waits.
        pause: the least and the greatest pause before each action that a portal asks for.

    Attributes:
        driver: looks and acts.
        wording: the words of the portal in use.
        patience: how long it waits.
    """

    def __init__(
        self,
        driver: Driver,
        wording: Wording,
        patience: Patience | None = None,
        pause: tuple[timedelta, timedelta] = (timedelta(0), timedelta(0)),
    ) -> None:
        self.driver = driver
        self.wording = wording
        self.patience = patience or Patience()
        self._waiting = Waiting(driver, wording, self.patience)
        self._acting = Acting(self._waiting, driver, wording, pause)
        self._views = GridViews(self._waiting, driver, wording)
        self._details = DetailOpener(self._views, self._acting, self._waiting, driver, wording)
        self._walk = ListWalk(self._views, self._details, self._acting, self._waiting, driver, wording)
        self._rows = RowChoice(self._views, self._details, self._acting, driver)

    # ----------------------------------------------------------------------------------------- looking and waiting

    def look(self) -> Snapshot:
        """Return the page as it is now."""
        return self._waiting.look()

    @property
    def seen(self) -> Snapshot:
        """What the last look saw, a moment ago; a new look if something was done since, or time has passed."""
        return self.driver.last

    def until(
        self,
        seen: Callable[[Snapshot], T | None],
        doing: str,
        expected: str,
        timeout: timedelta | None = None,
        now: str = "",
    ) -> T:
        """Look again and again until something can be seen; see `Waiting.until`."""
        return self._waiting.until(seen, doing, expected, timeout, now)

    def until_still(self, seen: Callable[[Snapshot], T | None]) -> T | None:
        """Look again and again until something can be seen, or the page is quiet without it; see `Waiting.until_still`."""
        return self._waiting.until_still(seen)

    def settled(self, timeout: timedelta | None = None, part: Node | None = None) -> Snapshot:
        """Wait until the page, or a part of it, is quiet; see `Waiting.settled`."""
        return self._waiting.settled(timeout, part)

    def is_loading(self, snapshot: Snapshot) -> bool:
        """Return True if the page says that it is loading; see `Waiting.is_loading`."""
        return self._waiting.is_loading(snapshot)

    def find(
        self,
        label: Label | str | Sequence[str],
        kind: Kind = Kind.ANY,
        *,
        below: Label | None = None,
        inside: Node | None = None,
    ) -> Control:
        """Find the one control that has a label, on the page as it is now; see `Waiting.find`."""
        return self._waiting.find(label, kind, below=below, inside=inside)

    def wait_for(
        self,
        label: Label | str | Sequence[str],
        kind: Kind = Kind.ANY,
        *,
        below: Label | None = None,
        enabled: bool = True,
        timeout: timedelta | None = None,
    ) -> Control:
        """Wait until exactly one control with the label can be seen and is enabled; see `Waiting.wait_for`."""
        return self._waiting.wait_for(label, kind, below=below, enabled=enabled, timeout=timeout)

    # ------------------------------------------------------------------------------------------------------ acting

    def press(
        self,
        label: Label | str | Sequence[str] | Control,
        kind: Kind = Kind.BUTTON,
        *,
        below: Label | None = None,
        timeout: timedelta | None = None,
        strict: bool = False,
        only: Collection[str] | None = None,
    ) -> Dialog | None:
        """Press a control once; see `Acting.press`."""
        return self._acting.press(label, kind, below=below, timeout=timeout, strict=strict, only=only)

    def press_node(
        self,
        node: Node,
        *,
        owner: Node | None = None,
        count: int = 1,
        strict: bool = False,
        only: Collection[str] | None = None,
    ) -> Dialog | None:
        """Press a node of one of the last looks once; see `Acting.press_node`."""
        return self._acting.press_node(node, owner=owner, count=count, strict=strict, only=only)

    def pause(self) -> None:
        """Keep the pace that the portal asks for; see `Acting.pause`."""
        self._acting.pause()

    def tick(self, label: Label | str | Sequence[str]) -> None:
        """Tick the check box that belongs to a label; see `Acting.tick`."""
        self._acting.tick(label)

    def fill(self, label: Label | str | Sequence[str], value: str, others: Sequence[Label] = ()) -> None:
        """Fill the field that belongs to a label; see `Acting.fill`."""
        self._acting.fill(label, value, others)

    def fill_node(self, node: Node, value: str) -> None:
        """Fill a field of the last look; see `Acting.fill_node`."""
        self._acting.fill_node(node, value)

    # ------------------------------------------------------------------------------------------- forms and windows

    def read_form(
        self,
        fields: Mapping[str, Label | Sequence[str]],
        snapshot: Snapshot | None = None,
        near: Label | Sequence[str] | None = None,
    ) -> dict[str, FieldValue]:
        """Read a form's fields by their labels.

        Args:
            fields: name of each field to its label.
            snapshot: what is seen; a fresh look if not given.
            near: a label that belongs to the form alone: its title, or the button that saves it.

        Returns:
            The fields found, by name.
        """
        wanted = {name: labels.as_label(label) for name, label in fields.items()}
        beside = labels.as_label(near) if near is not None else None
        return forms.read_form(snapshot or self.look(), wanted, self.wording.words, beside)

    def see_window(self, before: Snapshot | None, after: Snapshot) -> Window | None:
        """Find the message window that has come since an earlier look.

        Args:
            before: what was seen before; None to go by roles and by labels of answers alone.
            after: what is seen now.

        Returns:
            The window, or None.
        """
        return windows.find_window(before, after, self.wording.answer_keys, self.wording.noise, self.wording.words)

    def see_answer_page(self, before: Snapshot, after: Snapshot) -> Window | None:
        """Find the answer on a page that replaced the one before.

        Args:
            before: what was seen before the click.
            after: what is seen now.

        Returns:
            The answer as a window, or None.
        """
        return windows.find_answer_page(before, after, self.wording.answer_keys, self.wording.noise, self.wording.words)

    # ------------------------------------------------------------------------------------------------------- grids

    def read_grid(
        self,
        columns: Mapping[str, Label | Sequence[str]],
        required: Sequence[str],
        *,
        key: str = "name",
        wanted: Sequence[str] = (),
        all_pages: bool = False,
        from_here: bool = False,
        on_page: Callable[[Grid, int], bool] | None = None,
    ) -> Grid:
        """Read a grid by its headers.

        Args:
            columns: name of each known column to its label.
            required: names of the columns without which it is not the grid that is meant.
            key: the column that every row fills.
            wanted: names of columns that are scrolled to where they are not drawn, and may be missing.
            all_pages: walk all pages of the pager, from the first.
            from_here: walk from the page that is shown instead; the pages before it are left out.
            on_page: called for every page read, with the grid and the page's number from 1; True from it ends the
                walk on that page. A walk that begins again begins with 1 again.

        Returns:
            The grid with the rows of all pages that were read.

        Raises:
            GridUnreadable: if no such grid can be seen, or its rows are not known to be all.
        """
        named = {name: labels.as_label(label) for name, label in columns.items()}
        sought = Sought(named, tuple(required), key, tuple(wanted))
        self._rows.sought = sought
        # If the grid re-renders during reading, start over: the rows read so far are stale.
        return despite_rerendering(
            lambda: self._walk.read(sought, all_pages=all_pages, from_here=from_here, on_page=on_page)
        )

    def see_grid(
        self, snapshot: Snapshot, columns: Mapping[str, Label], required: Sequence[str], key: str
    ) -> Grid | None:
        """Read the grid as it is seen in one look, without scrolling.

        Args:
            snapshot: what is seen.
            columns: name of each known column to its label.
            required: names of the columns without which it is not the grid that is meant.
            key: the column that every row fills.

        Returns:
            The grid, or None if it is not seen.
        """
        sought = Sought(columns, tuple(required), key)
        self._rows.sought = sought
        return self._views.see(snapshot, sought, required)

    def sees_list(self, snapshot: Snapshot, columns: Mapping[str, Label], key: str) -> bool:
        """Return True if a look shows a grid, also one that draws its key column only when scrolled to.

        Args:
            snapshot: what is seen.
            columns: name of each known column to its label.
            key: the column that every row fills.
        """
        return self._views.see_part(snapshot, Sought(columns, (), key)) is not None

    def select_row(self, row: Row, columns: Sequence[str] = ("name", "category", "status")) -> Dialog | None:
        """Select a row of the grid that was last read; see `RowChoice.select_row`."""
        return self._rows.select_row(row, columns)

    def row_views(self, row: Row) -> Iterator[tuple[Snapshot, Row]]:
        """Yield a row of the grid that was last read, then scrolled to the right; see `RowChoice.row_views`."""
        return self._rows.row_views(row)

    def open_details(self, row: Row) -> bool:
        """Open the details of a row of the grid that was last read; see `RowChoice.open_details`."""
        return self._rows.open_details(row)

    def show_row(self, row: Row, column: str) -> None:
        """Scroll until a row of the grid that was last read can be seen; see `RowChoice.show`."""
        self._rows.show(row, column)

    def press_box(self, row: Row) -> Dialog | None:
        """Press the check box of a row of the grid that was last read; see `RowChoice.press_box`."""
        return self._rows.press_box(row)
