"""Read and use a page the way a person does: look, find by words, press once, wait until what follows can be seen."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeVar

from Katip.errors import ControlDisabled, GridUnreadable, KatipError, LabelAmbiguous, LabelNotFound, NoEffect, Vanished
from Katip.messages import msg
from Katip.reading import boxes, forms, grids, labels, pager_texts, pagers, rereading, windows
from Katip.reading.cells import Row
from Katip.reading.driver import Driver
from Katip.reading.emptiness import doubt_of_emptiness
from Katip.reading.forms import FieldValue
from Katip.reading.grids import Grid
from Katip.reading.hand_scrolling import rows_due, views_by_hand
from Katip.reading.labels import Control, Kind, Label
from Katip.reading.pager_texts import Pager, PagerWords
from Katip.reading.pagers import Step, Way
from Katip.reading.rereading import Walk, agreed, contents
from Katip.reading.snapshot import Box, Dialog, Node, Snapshot, around
from Katip.reading.windows import Window
from Katip.turkish import Vocabulary, visible

T = TypeVar("T")

_STILL = timedelta(milliseconds=30)
_PRESS = timedelta(seconds=4)
_MOST_PAGES = 500
_MOST_SCROLLS = 400
_DRAWN = timedelta(milliseconds=700)
_MORE_ROWS = timedelta(milliseconds=1500)
_LATE_ROWS = timedelta(seconds=8)
_TURNED = timedelta(seconds=5)
_MOVED = 8  # CSS pixels
_BESIDE = 100  # CSS pixels
_LAST_COLUMN = 60  # CSS pixels; the narrowest last column that a header may lack
_TRIES = 2
_LASTING = timedelta(seconds=8)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a portal that reading itself needs.

    Attributes:
        words: its abbreviations.
        pager: how it words its pagers.
        answers: labels that answer a small window ("OK", "Tamam", "Evet", "Hayır").
        loading: beginnings of texts that announce work in progress.
        empty: beginnings of texts that stand in an empty grid.
        totals: first words of a row that sums others up.
        trouble: words of a message that a list could not be fetched.
    """

    words: Vocabulary
    pager: PagerWords
    answers: tuple[str, ...] = ()
    loading: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()

    @property
    def answer_keys(self) -> frozenset[str]:
        """The answers' keys."""
        return self.words.keys(self.answers)

    @property
    def noise(self) -> tuple[str, ...]:
        """Folded beginnings of texts that are neither a row nor a message."""
        return tuple(self.words.key(text) for text in (*self.loading, *self.empty))


@dataclass(slots=True)
class Pace:
    """How patient the reader is.

    Attributes:
        timeout: how long to wait for what should follow.
        pause: the least and the greatest pause before each action that a portal asks for; 0 by default.
    """

    timeout: timedelta = timedelta(seconds=20)
    pause: tuple[timedelta, timedelta] = (timedelta(0), timedelta(0))


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


@dataclass(slots=True)
class Reader:
    """A person's eyes and hand on the active page.

    Attributes:
        driver: looks and acts.
        wording: the words of the portal in use.
        pace: how patient it is.
    """

    driver: Driver
    wording: Wording
    pace: Pace = field(default_factory=Pace)
    _sought: Sought | None = field(default=None, init=False)
    _whole: set[tuple[str, ...]] = field(default_factory=set, init=False)
    _unmoved: set[tuple[str, ...]] = field(default_factory=set, init=False)
    _lasting: int = field(default=0, init=False)
    _unanswered: str = field(default="", init=False)

    # ----------------------------------------------------------------------------------------------------- looking

    def look(self) -> Snapshot:
        """See the page as it is now."""
        return self.driver.look()

    @property
    def seen(self) -> Snapshot:
        """What the last look saw, a moment ago; a look of its own where something was done since, or time has passed."""
        return self.driver.last

    def until(
        self,
        seen: Callable[[Snapshot], T | None],
        doing: str,
        expected: str,
        timeout: timedelta | None = None,
        now: str = "",
    ) -> T:
        """Look again and again until something can be seen.

        Args:
            seen: gives what was waited for, or None as long as it is not there; errors it raises end the wait at once.
            doing: what was being done, for the error.
            expected: what should come, for the error.
            timeout: how long to wait; the pace's timeout if not given.
            now: what to do now, for the error.

        Returns:
            What ``seen`` gave.

        Raises:
            NoEffect: if it did not come in time.
        """
        end = time.monotonic() + (timeout or self.pace.timeout).total_seconds()
        snapshot = self.driver.look()
        while True:
            found = seen(snapshot)
            if found is not None:
                return found
            left = end - time.monotonic()
            if left <= 0:
                words = " ".join(snapshot.text.split())[:240]
                raise NoEffect(
                    doing, expected, msg('{url} saying "{words}"', url=snapshot.url.split("?")[0], words=words), now
                )
            snapshot = self.driver.look(changed=True, patience=timedelta(seconds=min(left, 0.5)))

    def settled(self, timeout: timedelta = timedelta(seconds=8)) -> Snapshot:
        """Wait until the page stands still: nothing is being loaded, no load mask, two looks see the same.

        Args:
            timeout: how long at most; a page that never stands still (a clock) is taken as it is.

        Returns:
            What is seen then.
        """
        end = time.monotonic() + timeout.total_seconds()
        snapshot = self.driver.look(still=_STILL, patience=timeout)
        while self.is_loading(snapshot) and (left := end - time.monotonic()) > 0:
            self.driver.look(changed=True, patience=timedelta(seconds=min(left, 0.5)))
            snapshot = self.driver.look(still=_STILL, patience=timedelta(seconds=max(left, 0)))
        if timeout >= _LASTING:
            self._lasting = _signs_of_work(snapshot)  # what turns for so long belongs to the page
        return snapshot

    def is_loading(self, snapshot: Snapshot) -> bool:
        """Return True if the page says that it is loading, in words or by a sign that every toolkit tells of (progress bar, busy)."""
        self._lasting = min(self._lasting, _signs_of_work(snapshot))
        if _signs_of_work(snapshot) > self._lasting:
            return True
        starts = tuple(self.wording.words.key(text) for text in self.wording.loading)
        return any(
            self.wording.words.key(piece.text).startswith(starts)
            for piece in snapshot.pieces
            if starts and not piece.is_value and len(piece.text) < 60 and piece.in_sight
        )

    # ---------------------------------------------------------------------------------------------------- pressing

    def find(
        self,
        label: Label | str | Sequence[str],
        kind: Kind = Kind.ANY,
        *,
        below: Label | None = None,
        inside: Node | None = None,
    ) -> Control:
        """Find the one control that carries a label, on the page as it is now.

        Args:
            label: the label, one wording or several.
            kind: what kind of control it must be to a person.
            below: a label under which it stands.
            inside: a node of the last look in which it must stand.

        Returns:
            The control.

        Raises:
            LabelNotFound: if there is none.
            LabelAmbiguous: if there are several.
        """
        return labels.find(self.look(), labels.as_label(label), kind, self.wording.words, below=below, inside=inside)

    def wait_for(
        self,
        label: Label | str | Sequence[str],
        kind: Kind = Kind.ANY,
        *,
        below: Label | None = None,
        enabled: bool = True,
        timeout: timedelta | None = None,
    ) -> Control:
        """Wait until a control can be seen, alone with its label, and pressed.

        Args:
            label: the label, one wording or several.
            kind: what kind of control it must be to a person.
            below: a label under which it stands.
            enabled: False to take it as it is.
            timeout: how long to wait; the pace's timeout if not given.

        Returns:
            The control.

        Raises:
            LabelNotFound: if it does not come.
            LabelAmbiguous: if several stay.
            ControlDisabled: if it stays disabled.
        """
        wanted = labels.as_label(label)
        last: list[KatipError] = []

        def seen(snapshot: Snapshot) -> Control | None:
            last.clear()
            try:
                control = labels.find(snapshot, wanted, kind, self.wording.words, below=below)
            except (LabelNotFound, LabelAmbiguous) as error:
                last.append(error)
                return None
            if enabled and (control.disabled or not control.in_sight):
                last.append(
                    ControlDisabled(
                        msg('Waiting to press "{wanted}"', wanted=wanted),
                        msg("that it lights up"),
                        control.describe(),
                        msg("Check what has to be selected or filled before it can be pressed."),
                    )
                )
                # Out of sight by scrolling alone is no obstacle: pressing scrolls.
                return control if not control.disabled and not control.piece.covered else None
            return control

        try:
            return self.until(
                seen, msg('Looking for "{wanted}"', wanted=wanted), msg('the label "{wanted}"', wanted=wanted), timeout
            )
        except NoEffect:
            if last:
                raise last[0] from None
            raise

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
        """Press a control once.

        Args:
            label: the control, or its label.
            kind: what kind of control it must be to a person.
            below: a label under which it stands.
            timeout: how long to wait for it.
            strict: as for `Driver.click`.
            only: as for `Driver.click`.

        Returns:
            The browser's own dialog that it opened, unanswered, or None.
        """
        control = label if isinstance(label, Control) else self.wait_for(label, kind, below=below, timeout=timeout)
        if control.option is not None:
            self.pause()
            return self.driver.fill(control.node, _PRESS, option=control.option)
        return self.press_node(control.node, owner=control.owner, strict=strict, only=only)

    def press_node(
        self,
        node: Node,
        *,
        owner: Node | None = None,
        count: int = 1,
        strict: bool = False,
        only: Collection[str] | None = None,
    ) -> Dialog | None:
        """Press a node of one of the last looks once, a text in the middle of its words.

        Args:
            node: what to press.
            owner: the control that it stands in; what covers the words but belongs to the control does not matter.
            count: 2 for a double click.
            strict: as for `Driver.click`.
            only: as for `Driver.click`.

        Returns:
            The browser's own dialog that it opened, unanswered, or None.
        """
        self.pause()
        trial = 0
        while True:
            try:
                return self.driver.click(node, _PRESS, owner=owner, count=count, strict=strict, only=only)
            except Vanished:
                again = _drawn_anew(node, self.settled(timedelta(seconds=2)))
                trial += 1
                if again is None or trial > _TRIES:
                    raise
                node, owner = again, None

    def pause(self) -> None:
        """Keep the pace that the portal asks for: the one fixed wait there is."""
        least, most = self.pace.pause
        if most:
            time.sleep(random.uniform(least.total_seconds(), most.total_seconds()))  # portal pace  # noqa: S311

    def tick(self, label: Label | str | Sequence[str]) -> None:
        """Tick the check box that belongs to a label; one that is ticked stays.

        Args:
            label: the label, one wording or several.

        Raises:
            LabelNotFound: if there is no such check box.
            NoEffect: if it does not become ticked.
        """
        wanted = labels.as_label(label)
        doing = msg('Ticking "{label}"', label=wanted)
        box = self.until(
            lambda snapshot: boxes.find_box(snapshot, wanted, self.wording.words),
            doing,
            msg(msg("a check box of that label")),
        )
        if box.selected:
            return
        self.driver.require_no_dialog(self._press_box(box), doing)

        def ticked(snapshot: Snapshot) -> bool | None:
            now = boxes.find_box(snapshot, wanted, self.wording.words)
            return True if now is not None and now.selected else None

        self.until(ticked, doing, msg("it to be ticked"), _PRESS)

    def fill(self, label: Label | str | Sequence[str], value: str, others: Sequence[Label] = ()) -> None:
        """Fill the field that belongs to a label.

        Args:
            label: the label, one wording or several.
            value: what to type, or which entry of a list to choose.
            others: other labels of the same form.
        """
        wanted = labels.as_label(label)
        node = self.until(
            lambda snapshot: _found(lambda: forms.find_field(snapshot, wanted, self.wording.words, others)),
            msg('Looking for the field "{wanted}"', wanted=wanted),
            msg('a field labelled "{wanted}"', wanted=wanted),
        )
        self.fill_node(node, value)

    def fill_node(self, node: Node, value: str) -> None:
        """Fill a field of the last look.

        Args:
            node: the field.
            value: what to type, or which entry of a list to choose.
        """
        self.pause()
        what: dict[str, Any] = {"value": value}
        options = node.raw.get("op")
        if options is not None:
            keys = [self.wording.words.key(option) for option in options]
            if self.wording.words.key(value) not in keys:
                offered = ", ".join(f'"{option}"' for option in options)
                raise LabelNotFound(msg("Choosing from a list"), msg('the entry "{value}"', value=value), offered)
            what = {"option": keys.index(self.wording.words.key(value))}
        self.driver.require_no_dialog(self.driver.fill(node, timedelta(seconds=5), **what), msg("Filling a field"))

    # ------------------------------------------------------------------------------------------------------- forms

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
            GridUnreadable: if no such grid can be seen, or its rows do not add up to what the pager says.
        """
        sought = Sought(
            {name: labels.as_label(label) for name, label in columns.items()}, tuple(required), key, tuple(wanted)
        )
        self._sought = sought
        # A grid that was sent again while it was read is read again: what was read of it is old.
        return despite_rerendering(lambda: self._walked(sought, all_pages, from_here, on_page))

    def _walked(
        self, sought: Sought, all_pages: bool, from_here: bool, on_page: Callable[[Grid, int], bool] | None
    ) -> Grid:
        def walk() -> Walk:
            return self._walk(sought, all_pages, from_here, on_page)

        whole = walk()
        if all_pages and not from_here and not whole.stopped:
            whole = agreed(whole, walk, (lambda: self._show_more_rows(sought), lambda: self._sort(sought)))
        whole.grid.rows = whole.rows
        return whole.grid

    def _walk(
        self, sought: Sought, all_pages: bool, from_here: bool, on_page: Callable[[Grid, int], bool] | None
    ) -> Walk:
        """Read the pages once, from the first or from the one that is shown."""
        self._unanswered = ""
        if all_pages and not from_here:
            self._back_to_first(sought)
        walk = Walk(self._read_page(sought))
        walk.stopped = bool(on_page and on_page(walk.grid, 1))
        while all_pages and not walk.stopped:
            following = self._turn(walk.grid, sought, walk.number)
            if following is None:
                break
            walk.add(*following)
            walk.stopped = bool(on_page and on_page(walk.grid, walk.number))
        if all_pages and not from_here and not walk.stopped:
            walk.shortfall = self._shortfall(walk)
        return walk

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
        self._sought = Sought(columns, tuple(required), key)
        return self._see(snapshot, self._sought, required)

    def _pager_noise(self) -> list[str]:
        return [
            self.wording.words.key(text.split("{")[0])
            for text in self.wording.pager.texts
            if text.split("{")[0].strip()
        ]

    def _read_page(self, sought: Sought) -> Grid:
        snapshot = self.settled()
        grid = self._see(snapshot, sought, sought.required) or self._see(snapshot, sought, (sought.key,))
        if grid is None:
            wanted = ", ".join(f'"{sought.columns[name]}"' for name in sought.required)
            raise GridUnreadable(
                msg("Reading the grid"),
                msg("a grid with the headers {wanted}", wanted=wanted),
                labels.seen_labels(snapshot),
                msg(
                    "If the portal words its headers otherwise, add the wordings to the portal's file under [columns]."
                ),
            )
        return self._scrolled(grid, sought)

    def _see(self, snapshot: Snapshot, sought: Sought, required: Sequence[str], least: int = 2) -> Grid | None:
        grid: Grid | None = snapshot.remembered(
            ("grid", tuple(sought.columns.items()), tuple(required), sought.key, least),
            lambda: self._understand(snapshot, sought, required, least),
        )
        return (
            replace(grid, rows=[replace(row, cells=dict(row.cells)) for row in grid.rows]) if grid is not None else None
        )

    def _understand(self, snapshot: Snapshot, sought: Sought, required: Sequence[str], least: int) -> Grid | None:
        found = grids.find_headers(snapshot, sought.columns, self.wording.words, required, least)
        if not found:
            return None
        noise = (*self.wording.noise, *self._pager_noise())
        words, totals = self.wording.words, self.wording.totals
        read = [grids.read_grid(snapshot, headers, sought.key, noise, words, totals) for headers in found[:3]]
        return next((grid for grid in read if grid.rows), read[0])

    def _see_again(self, grid: Grid, sought: Sought) -> Grid:
        """The grid after it was scrolled: known by its key column, or, where that is drawn no more, by another that must be there."""
        snapshot = self.settled(timedelta(seconds=3))
        seen = self._see(snapshot, sought, (sought.key,))
        for key in dict.fromkeys((sought.key, *sought.required, *sought.wanted, *sought.columns)):
            seen = seen or self._see(snapshot, replace(sought, key=key), (key,), least=1)
        return seen or grid

    def _scrolled(self, grid: Grid, sought: Sought) -> Grid:
        """Read on while scrolling shows rows or columns that were not there."""
        whole = self._swept_down(grid, sought)
        shown = {header.column for header in whole.headers}
        missing = not shown.issuperset((*sought.required, *sought.wanted))
        if missing and grid.scroller_right is not None and not _all_columns_drawn(whole):
            whole = self._swept_right(whole, sought)
        still = self._missing(whole, sought)
        if still:
            wanted = ", ".join(f'"{sought.columns[name]}"' for name in still)
            seen = ", ".join(f'"{header.label}"' for header in whole.headers if header.label)
            raise GridUnreadable(msg("Reading the grid"), msg("the headers {wanted} as well", wanted=wanted), seen)
        return whole

    @staticmethod
    def _missing(grid: Grid, sought: Sought) -> list[str]:
        shown = {header.column for header in grid.headers}
        return [name for name in sought.required if name not in shown]

    def _swept_down(self, grid: Grid, sought: Sought) -> Grid:
        """All rows of a grid that draws only those scrolled to; the grid itself where it draws them all."""
        if grid.scroller_down is None or not _rows_missing(grid):
            return grid
        rows: list[Row] = []
        for seen in self._scrolled_down(grid, sought):
            grid = seen
            rows = _continued(rows, grid.rows)
        grid = self._scroll_to(grid, 0, sought)
        grid.rows = rows
        return grid

    def _scrolled_down(self, grid: Grid, sought: Sought) -> Iterator[Grid]:
        """The grid as it is seen from its top to its end; what is seen once is partly seen again in the next look."""
        grid = self._scroll_to(grid, 0, sought)
        for _ in range(_MOST_SCROLLS):
            yield grid
            if grid.scroller_down is None:
                return
            _, top, _, full, _, seen = grid.scroller_down.raw["s"]
            if top + seen >= full - 3:
                return
            grid = self._scroll_to(grid, top + max(seen * 0.7, 30), sought)
            if grid.scroller_down is None or grid.scroller_down.raw["s"][1] <= top + 1:
                yield grid
                return

    def _scroll_to(self, grid: Grid, top: float, sought: Sought) -> Grid:
        scroller = grid.scroller_down
        if scroller is None or abs(scroller.raw["s"][1] - top) < 1:
            return grid
        self.driver.scroll(scroller, scroller.raw["s"][0], top)
        end = time.monotonic() + _PRESS.total_seconds()
        grid = self._see_again(grid, sought)
        while not _is_drawn(grid) and time.monotonic() < end:
            before = self.driver.last
            if self.driver.look(changed=True, patience=_DRAWN) is before:
                break
            grid = self._see_again(grid, sought)
        return grid

    def _swept_right(self, whole: Grid, sought: Sought) -> Grid:
        """Add the columns that are drawn only when scrolled to; rows are told by their place."""
        headers = {header.column: header for header in whole.headers}
        rows = list(whole.rows)
        grid = whole
        for _ in range(_MOST_SCROLLS):
            scroller = grid.scroller_right
            if scroller is None:
                break
            left, top, full, _, seen, _ = scroller.raw["s"]
            if left + seen >= full - 3:
                break
            reached, _ = self.driver.scroll(scroller, left + max(seen * 0.7, 40), top)
            grid = self._swept_down(self._see_again(grid, sought), sought)
            if grid.scroller_right is scroller:  # no known column is in sight at this place: go on from there
                grid = replace(grid, rows=[], scroller_right=_scrolled_to(scroller, reached))
            moved = grid.scroller_right
            headers.update({header.column: header for header in grid.headers if header.column not in headers})
            _add_columns(rows, grid.rows)
            if moved is None or moved.raw["s"][0] <= left + 1:
                break
        if grid.scroller_right is not None:
            self.driver.scroll(grid.scroller_right, 0, grid.scroller_right.raw["s"][1])
            grid = self._see_again(grid, sought)
        grid.headers = list(headers.values())
        grid.rows = rows
        return grid

    # ----------------------------------------------------------------------------------------------- turning pages

    def _back_to_first(self, sought: Sought) -> None:
        for _ in range(_MOST_PAGES):
            grid = self._see_now(sought)
            if grid is None:
                return
            snapshot = self.driver.look()
            pager = self._pager(snapshot, grid)
            steps = pagers.first_steps(snapshot, pager, _extent(grid), self.wording.pager)
            if not any(self._step(step, grid, sought, pager) for step in steps):
                return

    def _see_now(self, sought: Sought) -> Grid | None:
        return self._see(self.settled(), sought, (sought.key,))

    def _pager(self, snapshot: Snapshot, grid: Grid) -> Pager:
        return pager_texts.read_pager(snapshot, _extent(grid), self.wording.pager)

    def _turn(self, grid: Grid, sought: Sought, number: int) -> tuple[Grid, bool] | None:
        """Turn to the next page; gives its grid and whether it holds the earlier rows as well."""
        snapshot = self.driver.look()
        pager = self._pager(snapshot, grid)
        for step in pagers.next_steps(snapshot, pager, _extent(grid), self.wording.pager, number):
            if self._step(step, grid, sought, pager):
                self._unanswered = ""
                following = self._read_page(sought)
                self._check_turned(pager, self._pager(self.driver.look(), following))
                before, after = contents(grid.rows), contents(following.rows)
                more = step.way is Way.MORE or (len(after) > len(before) and after[: len(before)] == before)
                return following, more
            if step.surely and _belongs_to(step.node, grid, pager):
                self._unanswered = snapshot.text_of(step.node) or step.node.own_name
        more_rows = self._reached_end(snapshot, grid, sought, pager) or self._moved_by_hand(grid, sought, pager)
        return (more_rows, True) if more_rows is not None else None

    def _reached_end(self, snapshot: Snapshot, grid: Grid, sought: Sought, pager: Pager) -> Grid | None:
        """Scroll to the end of the list, or of the page, where more rows may come only then; None if none come."""
        names = tuple(row.cells.get(sought.key, "") for row in grid.rows)
        missing = pager.total is not None and pager.total > len(names) and (pager.page or pager.first or 1) == 1
        unsaid = (pager.page, pager.pages, pager.last, pager.total) == (None,) * 4
        if (
            pager.is_last
            or not names
            or not (missing or (unsaid and names not in self._whole))
            or (unsaid and pagers.has_signs(snapshot, _extent(grid), self.wording.pager))
        ):
            return None
        shown = self._see(snapshot, sought, (sought.key,))
        drawn = len(shown.rows) if shown is not None else len(names)

        def grown(now: Snapshot) -> bool | None:
            seen = self._see(now, sought, (sought.key,))
            if seen is None or not seen.rows:
                return None
            return True if len(seen.rows) > drawn or seen.rows[-1].cells != grid.rows[-1].cells else None

        self.pause()
        self._whole.add(names)
        if not self._scroll_to_end(grid):
            return None
        try:
            self.until(
                grown, msg("Scrolling to the end of the grid"), msg("more rows"), _LATE_ROWS if missing else _MORE_ROWS
            )
        except NoEffect:
            return None
        self._whole.discard(names)
        self._scroll_to(self._see_again(grid, sought), 0, sought)
        following = self._read_page(sought)
        return following if len(following.rows) > len(names) else None

    def _moved_by_hand(self, grid: Grid, sought: Sought, pager: Pager) -> Grid | None:
        """The list's rows where a script scrolls it; None if nothing moves it, or its pager counts no more than are drawn."""
        due = rows_due(pager.first, pager.last, pager.total)
        names = tuple(row.cells.get(sought.key, "") for row in grid.rows)
        if not names or (due is not None and due <= len(names)) or (due is None and names in self._unmoved):
            return None
        shown = self._see_now(sought)
        if due is None and (shown is None or len(shown.rows) < len(names)):
            return None  # it was scrolled natively already
        rows: list[Row] = []
        for seen in views_by_hand(self.driver, grid, lambda: self._see_moved(grid, sought), dragged=due is not None):
            rows = _continued(rows, seen.rows)
        if len(rows) > len(names):
            return replace(grid, rows=rows)
        self._unmoved.add(names)
        return None

    def _see_moved(self, grid: Grid, sought: Sought) -> Grid:
        """The grid after a turn of the wheel, a key or a drag, which take effect a moment later."""
        self.driver.look(changed=True, patience=_DRAWN)
        return self._see_again(grid, sought)

    def _scroll_to_end(self, grid: Grid) -> bool:
        """Scroll the list, else the page; False if neither can be scrolled."""
        scroller = grid.scroller_down
        if scroller is not None:
            left, _, _, full, _, _ = scroller.raw["s"]
            return self.driver.scroll(scroller, left, full)[1] > 0
        node = next(iter(grid.rows[-1].pieces.values()))[0].node
        *_, body = (one for one in node.ancestors() if one.frame == node.frame)
        return self.driver.scroll(body, 0, body.box.bottom)[1] > 0

    @staticmethod
    def _check_turned(before: Pager, now: Pager) -> None:
        if before.page is not None and now.page is not None and now.page != before.page + 1:
            raise GridUnreadable(
                msg("Turning the grid's page"),
                msg("page {page}", page=before.page + 1),
                msg("page {page}", page=now.page),
            )
        if before.first is not None and now.first is not None and now.first < before.first:
            raise GridUnreadable(
                msg("Turning the grid's page"),
                msg("rows after {first}", first=before.first),
                msg("rows from {first}", first=now.first),
            )

    def _step(self, step: Step, grid: Grid, sought: Sought, pager: Pager) -> bool:
        """Take one way to another page; False if the page stays what it was."""
        shown = self._see(self.driver.last, sought, (sought.key,))
        before = [
            *grid.rows,
            *(shown.rows if shown else ()),
        ]  # a list that was scrolled may show others of its rows now
        if step.way is Way.TYPE:
            self.pause()
            dialog = self.driver.fill(step.node, _PRESS, value=step.text, press="Enter")
        else:
            dialog = self.press_node(step.node)
        self.driver.require_no_dialog(dialog, msg("Turning the grid's page"))
        since = time.monotonic()

        def turned(snapshot: Snapshot) -> bool | None:
            seen = self._see(snapshot, sought, (sought.key,))
            if seen is None or snapshot.busy or self.is_loading(snapshot):
                return None
            now = self._pager(snapshot, seen)
            told = (pager.page, pager.first) != (None, None)
            says = (now.page, now.first) != (pager.page, pager.first)
            differs = any(_same_row(before, row) is None for row in seen.rows)
            # The pager may say it before the rows have come; two pages of the very same rows are possible, but rare.
            late = time.monotonic() - since > 1
            return True if (says and (differs or late) if told else differs) else None

        try:
            return self.until(turned, msg("Turning the grid's page"), msg("other rows"), _TURNED)
        except NoEffect:
            return False

    def _shortfall(self, walk: Walk) -> GridUnreadable | None:
        """Return why the rows that were read are not known to be all of them; None if nothing says so."""
        snapshot = self.driver.look()
        grid, rows = walk.grid, walk.rows
        if not rows:
            loads = snapshot.busy > 0 or not snapshot.ready or _signs_of_work(snapshot) or self.is_loading(snapshot)
            doubt = doubt_of_emptiness(snapshot, self.wording.trouble, is_loading=bool(loads))
            if doubt is not None:
                return doubt
        pager = self._pager(snapshot, grid)
        wording = msg("If the portal's pager is worded otherwise, add its words to the portal's file under [pager].")
        if pager.pages is not None and pager.page is not None and pager.page < pager.pages:
            return GridUnreadable(
                msg("Walking the grid's pages"),
                msg("all {pages} pages", pages=pager.pages),
                msg("the walk ended on page {page}", page=pager.page),
                wording,
            )
        expected = pager.rows_in_all
        if expected is not None:
            if expected == len(rows):
                return None
            return GridUnreadable(
                msg("Reading all pages of the grid"),
                msg("{expected} rows as the pager says", expected=expected),
                msg("{count} rows", count=len(rows)),
            )
        if not pager.exact and (pager.total or 0) > len(rows):
            return GridUnreadable(
                msg("Reading all pages of the grid"),
                msg("about {total} rows as the pager says", total=pager.total),
                msg("{count} rows", count=len(rows)),
            )
        if self._unanswered and not pager.is_last:
            return GridUnreadable(
                msg("Walking the grid's pages"),
                msg('other rows after "{unanswered}" was pressed', unanswered=self._unanswered),
                msg("the same rows"),
                wording,
            )
        text = pager_texts.not_understood(snapshot, _extent(grid), self.wording.pager, len(rows))
        if text is not None:
            return GridUnreadable(
                msg("Reading the grid's pager"), msg("a text that is understood"), f'"{text}"', wording
            )
        return None

    def _show_more_rows(self, sought: Sought) -> bool:
        """Choose the largest page size; False if none is offered."""
        grid = self._see_now(sought)
        choice = rereading.page_size(self.driver.last, _extent(grid)) if grid is not None and grid.rows else None
        if grid is None or choice is None:
            return False
        self.pause()
        dialog = self.driver.fill(choice[0], _PRESS, option=choice[1])
        self.driver.require_no_dialog(dialog, msg("Choosing how many rows a page shows"))
        self._await_other_rows(grid, sought)
        return True

    def _sort(self, sought: Sought) -> bool:
        """Sort the list by a header that can be pressed; False if none can."""
        grid = self._see_now(sought)
        node = rereading.sorting_header(grid, sought.key) if grid is not None and grid.rows else None
        if grid is None or node is None:
            return False
        self.driver.require_no_dialog(self.press_node(node), msg("Sorting the grid"))
        self._await_other_rows(grid, sought)
        return True

    def _await_other_rows(self, grid: Grid, sought: Sought) -> None:
        def changed(snapshot: Snapshot) -> bool | None:
            seen = self._see(snapshot, sought, (sought.key,))
            return True if seen is not None and seen.rows and contents(seen.rows) != contents(grid.rows) else None

        with suppress(NoEffect):
            self.until(changed, msg("Rearranging the grid"), msg("other rows"), _MORE_ROWS)

    # -------------------------------------------------------------------------------------------------------- rows

    def row_is_there(self, row: Row) -> bool:
        """Return True if a row can be pressed without scrolling the grid."""
        return any(piece.in_sight for pieces in row.pieces.values() for piece in pieces)

    def select_row(self, row: Row, columns: Sequence[str] = ("name", "category", "status")) -> Dialog | None:
        """Select a row of the grid that was last read: by its check box where it has one, else by the text of a cell.

        Args:
            row: the row; it is looked for again by its cells, because a grid may have drawn itself again.
            columns: the columns whose text to press, the first that is there and no link.

        Returns:
            The browser's own dialog that it opened, or None.
        """
        return despite_rerendering(lambda: self._select_now(self._row_again(row), columns))

    def _select_now(self, row: Row, columns: Sequence[str]) -> Dialog | None:
        if row.check is not None:
            return None if row.check.selected else self._press_box(row.check)
        pieces = [piece for column in columns for piece in row.pieces.get(column, ()) if not piece.is_value]
        pieces.extend(piece for found in row.pieces.values() for piece in found if not piece.is_value)
        pieces.sort(key=lambda piece: piece.node.cut_off or piece.covered)
        pressed = next((piece for piece in pieces if not _is_link(piece.node)), None)
        if pressed is None:
            raise GridUnreadable(msg("Selecting a row"), msg("a text in the row that is no link"), msg("none"))
        self.pause()
        return self.driver.click(pressed.node, _PRESS)

    def row_views(self, row: Row) -> Iterator[tuple[Snapshot, Row]]:
        """Return a row of the grid that was last read as it is seen now, then scrolled further and further to the right.

        Args:
            row: the row; it is looked for again by its cells.

        Returns:
            Each look with the row in it; none where the row is not seen any more.
        """
        sought = self._sought
        row = self._row_again(row)
        grid = self._see_now(sought) if sought is not None else None
        if grid is None or sought is None:
            yield self.driver.last, row
            return
        for _ in range(_MOST_SCROLLS):
            here = _same_row(grid.rows, row)
            if here is not None and abs(here.place - row.place) < max(here.box.height, 1):
                yield self.driver.last, here
            scroller = grid.scroller_right
            if scroller is None:
                return
            left, top, full, _, seen, _ = scroller.raw["s"]
            if left + seen >= full - 3:
                return
            reached, _ = self.driver.scroll(scroller, left + max(seen * 0.7, 40), top)
            grid = self._see_again(grid, sought)
            if reached <= left + 1:
                return
            if grid.scroller_right is scroller:
                grid = replace(grid, rows=[], scroller_right=_scrolled_to(scroller, reached))

    def press_box(self, row: Row) -> Dialog | None:
        """Press the check box of a row of the grid that was last read, also one that is only drawn.

        Args:
            row: the row; it is looked for again by its cells.

        Returns:
            The browser's own dialog that it opened, or None.

        Raises:
            GridUnreadable: if the row has no place for one.
        """
        row = self._row_again(row)
        if row.check is not None:
            return None if row.check.selected else self._press_box(row.check)
        cell = grids.drawn_box(self.look(), row)
        if cell is None:
            raise GridUnreadable(msg("Selecting a row"), msg("a check box in the row"), msg("none"))
        return self.press_node(cell)

    def _press_box(self, box: Node) -> Dialog | None:
        """Press a check box; where it is only drawn by something else, press what is drawn."""
        self.pause()
        if "gh" not in box.raw:
            return self.driver.click(box, _PRESS)
        drawn = next((one for one in [box, *box.ancestors()] if one.box.width >= 8 and one.box.height >= 8), box)
        return self.driver.click(drawn, _PRESS, by_place=True)

    def _row_again(self, row: Row) -> Row:
        """The row as it stands now, scrolled to where the grid draws only the rows in sight."""
        sought = self._sought
        if sought is None:
            return row
        grid = self._see_now(sought)
        for seen in self._views(grid, row, sought) if grid is not None else ():
            found = _same_row(seen.rows, row)
            if found is not None:
                return found
        who = ", ".join(text for text in row.cells.values() if text)
        raise GridUnreadable(
            msg("Selecting a row"),
            msg('the row "{who}"', who=who),
            msg("a grid without it"),
            msg("Read the grid again."),
        )

    def _views(self, grid: Grid, row: Row, sought: Sought) -> Iterator[Grid]:
        """The grid as it stands, scrolled to where the row was, and, where that was only a guess, from its top to its end."""
        yield grid
        grid = self._scroll_to(grid, max(row.place - 40, 0), sought)
        yield grid
        if _rows_missing(grid):
            yield from self._scrolled_down(grid, sought)
        elif grid.scroller_down is None and grid.rows:
            yield from views_by_hand(self.driver, grid, lambda: self._see_moved(grid, sought))

    # ----------------------------------------------------------------------------------------------------- windows

    def see_window(self, before: Snapshot | None, after: Snapshot) -> Window | None:
        """Find the small window that has come since an earlier look.

        Args:
            before: what was seen before; None if only roles and answers' labels tell.
            after: what is seen now.

        Returns:
            The window, or None.
        """
        return windows.find_window(before, after, self.wording.answer_keys, self.wording.noise, self.wording.words)

    def see_answer_page(self, before: Snapshot, after: Snapshot) -> Window | None:
        """Find the answer on a page that came in place of the one before.

        Args:
            before: what was seen before the click.
            after: what is seen now.

        Returns:
            The answer as a window, or None.
        """
        return windows.find_answer_page(before, after, self.wording.answer_keys, self.wording.noise, self.wording.words)


def despite_rerendering(act: Callable[[], T]) -> T:
    """Do it again where the page was re-rendered between a look and a press; nothing was pressed then."""
    for _ in range(_TRIES):
        with suppress(Vanished):
            return act()
    return act()


def _drawn_anew(node: Node, snapshot: Snapshot) -> Node | None:
    """What stands now where something was looked at, with the same words: the page drew it again."""

    def words(one: Node) -> tuple[str, str, str]:
        return one.tag, visible(" ".join(part.text for part in one.walk())), one.own_name

    alike = [one for one in snapshot.nodes if one.frame == node.frame and words(one) == words(node)]
    near = [one for one in alike if abs(one.box.x - node.box.x) <= _MOVED and abs(one.box.y - node.box.y) <= _MOVED]
    return near[0] if len(near) == 1 else None


def _signs_of_work(snapshot: Snapshot) -> int:
    count: int = snapshot.remembered("signs of work", lambda: sum(node.waits for node in snapshot.nodes))
    return count


def _found(find: Callable[[], T]) -> T | None:
    try:
        return find()
    except LabelNotFound:
        return None


def _is_link(node: Node) -> bool:
    return any(
        one.tag in ("a", "button") or one.role in ("link", "button") for one in [node, *list(node.ancestors())[:3]]
    )


def _belongs_to(node: Node, grid: Grid, pager: Pager) -> bool:
    """True if a control is on the pager's line, or right above or below the grid."""
    if pager.box is not None and pager.box.same_line(node.box):
        return True
    extent = _extent(grid)
    beside = min(abs(node.box.y - extent.bottom), abs(extent.y - node.box.bottom)) <= _BESIDE
    return beside and node.box.x < extent.right and node.box.right > extent.x


def _extent(grid: Grid) -> Box:
    boxes = [header.box for header in grid.headers] + [
        row.box for row in grid.rows if any(p.in_sight for ps in row.pieces.values() for p in ps)
    ]
    return around(boxes)


def _scrolled_to(scroller: Node, left: float) -> Node:
    """The same element, known to be scrolled to another place."""
    return replace(scroller, raw={**scroller.raw, "s": [left, *scroller.raw["s"][1:]]})


def _all_columns_drawn(grid: Grid) -> bool:
    """True if the headers that are drawn are as wide as all that can be scrolled to the right."""
    node = grid.scroller_right
    if node is None:
        return True
    full = float(node.raw["s"][2])
    return sum(header.box.width for header in grid.headers) >= full - _LAST_COLUMN  # fixed columns lie over others


def _rows_missing(grid: Grid) -> bool:
    """True if the scrolled content is so much longer than the rows that are drawn that it may hold another row."""
    node = grid.scroller_down
    if node is None or not grid.rows:
        return False
    _, scrolled, _, full, _, _ = node.raw["s"]
    height = min(row.box.height for row in grid.rows)
    top = min(row.place for row in grid.rows)
    bottom = max(row.place + row.box.height for row in grid.rows)
    return (scrolled > 1 and top > 0.8 * height) or bottom < full - 0.8 * height


def _is_drawn(grid: Grid) -> bool:
    """True if rows stand in all of the part that is scrolled to: those that come into sight may be filled late."""
    node = grid.scroller_down
    if node is None or not grid.rows:
        return False
    _, top, _, full, _, seen = node.raw["s"]
    rows = sorted(grid.rows, key=lambda row: row.place)
    height = max(row.box.height for row in rows)
    above = [
        top + height,
        *(row.place + row.box.height for row in rows),
    ]  # a head may stand fixed over the first of them
    below = [*(row.place for row in rows), min(top + seen, full)]
    return all(start - end < 0.8 * height for end, start in zip(above, below, strict=True))


def _continued(rows: list[Row], seen: Sequence[Row]) -> list[Row]:
    """The rows so far and those seen after scrolling on, each once.

    A row is known by its place; where places shift, as the heights of rows that are not drawn are only guessed, by its words.
    """
    if not rows or not seen:
        return [*rows, *seen]
    height = max(row.box.height for row in seen)
    expected = sum(row.place < seen[0].place - 0.5 * height for row in rows)
    follows = abs(seen[0].place - rows[-1].place - rows[-1].box.height) < 0.6 * height
    fitting = [
        start
        for start in range(len(rows))
        if all(_are_alike(row, other) for row, other in zip(rows[start:], seen, strict=False))
    ]
    start = min(fitting, key=lambda start: abs(start - expected), default=len(rows))
    if expected == len(rows) and follows and start == len(rows) - 1:
        start = len(rows)  # one row of the same words as the last, right behind it, is another
    for row, other in zip(rows[start:], seen, strict=False):
        _complete(row, other)
    return [*rows, *seen[len(rows) - start :]]


def _add_columns(rows: Sequence[Row], seen: Sequence[Row]) -> None:
    """Add to each row what was seen of it after scrolling sideways: told by its order where words agree, else by its place."""
    if len(rows) == len(seen) and all(map(_are_alike, rows, seen)):
        pairs = list(zip(rows, seen, strict=True))
    else:
        pairs = [(row, other) for other in seen for row in rows if abs(row.place - other.place) <= 2]
    for row, other in pairs:
        # A column that was read is not read again: fixed columns lie over others once the grid is scrolled.
        new = {column for column in other.cells if not row.cells.get(column)}
        row.cells |= {column: other.cells[column] for column in new}
        row.pieces |= {column: other.pieces[column] for column in new}
        row.check = other.check or row.check


def _are_alike(row: Row, other: Row) -> bool:
    """True if both say something of the same column, and nothing that differs."""
    shared = [column for column in row.cells if row.cells[column] and other.cells.get(column)]
    return bool(shared) and all(row.cells[column] == other.cells[column] for column in shared)


def _complete(row: Row, other: Row) -> None:
    fuller = {column: text for column, text in other.cells.items() if len(text) >= len(row.cells.get(column, ""))}
    row.cells = {**row.cells, **fuller}
    row.pieces = {**row.pieces, **other.pieces}
    row.check = other.check or row.check


def _same_row(rows: Sequence[Row], wanted: Row) -> Row | None:
    """The row with the same words, of several the one nearest to where it was."""
    alike = [
        row
        for row in rows
        if row.cells and all(wanted.cells.get(column, text) == text for column, text in row.cells.items())
    ]
    return min(alike, key=lambda row: abs(row.place - wanted.place), default=None)
