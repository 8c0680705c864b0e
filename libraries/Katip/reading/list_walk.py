"""Read all pages of a list: turn the pages, wait for more rows, and explain why the rows read may be incomplete."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from Katip.errors import GridUnreadable, NoEffect
from Katip.messages import msg
from Katip.reading import closely, pagers, rereading, shortfalls
from Katip.reading.acting import Acting
from Katip.reading.cells import Row
from Katip.reading.detail_opener import DetailOpener
from Katip.reading.driver import Driver
from Katip.reading.grid_views import GridViews, Sought
from Katip.reading.grids import Grid
from Katip.reading.group_opener import GroupOpener
from Katip.reading.hand_scrolling import rows_due, views_by_hand
from Katip.reading.list_parts import ListParts
from Katip.reading.pager_texts import Pager
from Katip.reading.pagers import Way
from Katip.reading.rereading import Walk, agreed, contents
from Katip.reading.scrolled_rows import continued, extent, is_in_sight, key_texts, same_row
from Katip.reading.snapshot import Box, Snapshot
from Katip.reading.turning import Turning
from Katip.reading.unread import unread_drawings
from Katip.reading.waiting import Waiting
from Katip.reading.wording import Wording

OnPage = Callable[[Grid, int], bool]

_MOST_PAGES = 500
_BESIDE = 100  # CSS pixels


class ListWalk:
    """Walks through the pages of a list.

    Args:
        views: sees a page of the list.
        details: opens the details of its rows.
        acting: presses the pager's controls.
        waiting: waits until other rows are seen.
        driver: acts on the page.
        wording: the words of the portal.
    """

    def __init__(
        self,
        views: GridViews,
        details: DetailOpener,
        acting: Acting,
        waiting: Waiting,
        driver: Driver,
        wording: Wording,
    ) -> None:
        self._views = views
        self._acting = acting
        self._waiting = waiting
        self._driver = driver
        self._wording = wording
        self._scrolled_in_vain: set[tuple[str, ...]] = set()
        self._moved_in_vain: set[tuple[str, ...]] = set()
        self._unmoved_heights: dict[tuple[str, ...], float] = {}
        self._last_pages: set[Pager] = set()  # what pagers said where a "next" that could be pressed changed nothing
        self._turning = Turning(views, acting, waiting, driver)
        self._groups = GroupOpener(views, details, acting, waiting, driver)
        self._parts = self._new_parts()
        self._unanswered = ""
        self._ended = False  # whether the page behind the last one was seen

    def _new_parts(self) -> ListParts:
        return ListParts(self._views, self._turning, self._driver, self._wording.pager)

    def read(self, sought: Sought, *, all_pages: bool, from_here: bool, on_page: OnPage | None) -> Grid:
        """Read a list.

        Args:
            sought: the list that is meant.
            all_pages: walk all pages, from the first.
            from_here: walk from the page that is shown instead.
            on_page: as for `Reader.read_grid`.

        Returns:
            The grid with the rows of all pages that were read.

        Raises:
            GridUnreadable: if there is no such grid, or its rows are not known to be all.
        """

        def walk() -> Walk:
            return self._walk(sought, all_pages, from_here, on_page)

        whole = walk()
        if all_pages and not from_here and not whole.rows and self._rows_come_late(sought):
            whole = walk()
        if all_pages and not from_here and not whole.stopped:

            def again() -> Walk:
                self._driver.look()  # the same look would agree with itself
                return walk()

            whole = agreed(whole, again, (lambda: self._show_more_rows(sought), lambda: self._sort(sought)))
        if whole.shortfall is not None:
            raise whole.shortfall
        whole.grid.rows = whole.rows
        return whole.grid

    def _rows_come_late(self, sought: Sought) -> bool:
        """Wait for the rows of a list that shows none; True if any come.

        A portal may draw them some moments after their request, with no sign of loading, and state no count. Ext JS 3 says
        "Kayıt yok" before its first answer and takes note of an answer up to 50 ms late: also words of emptiness and a count
        of 0 have to last, though not as long as saying nothing.
        """
        patience = self._waiting.patience
        try:
            return self._waiting.until(
                lambda now: self._has_rows(now, sought) or None,
                msg("Reading a list without rows"),
                msg("rows, or the end of loading"),
                patience.lull if self._says_empty(self._driver.last, sought) else patience.reaction,
                after_loading=True,
            )
        except NoEffect:
            return False

    def _has_rows(self, snapshot: Snapshot, sought: Sought) -> bool:
        grid = self._views.see(snapshot, sought, sought.required)
        return bool(grid is not None and grid.rows)

    def _says_empty(self, snapshot: Snapshot, sought: Sought) -> bool:
        """True if the page says in words, or its pager by a count, that the list has no rows."""
        words = self._wording.words
        empty = tuple(map(words.key, self._wording.empty))
        if any(words.key(piece.text).startswith(empty) for piece in snapshot.pieces if piece.in_sight):
            return True
        grid = self._views.see(snapshot, sought, sought.required)
        return grid is not None and self._views.pager(snapshot, grid).rows_in_all == 0

    def _walk(self, sought: Sought, all_pages: bool, from_here: bool, on_page: OnPage | None) -> Walk:
        """Read the pages once, from the first or from the one that is shown."""
        self._unanswered, self._ended = "", False
        self._parts = self._new_parts()
        is_whole = all_pages and not from_here
        shown = self._to_first(sought) if is_whole else []
        self._groups.closed.clear()
        walk = Walk(self._groups.read_page(sought, opened=all_pages))
        walk.doubtful.extend(closely.doubtful(self._driver, walk.grid.rows))
        walk.stopped = bool(on_page and on_page(walk.grid, 1))
        while all_pages and not walk.stopped:
            following = self._turn(walk.grid, sought, walk.number)
            if following is None:
                break
            walk.add(*following)
            walk.doubtful.extend(closely.doubtful(self._driver, walk.grid.rows))
            walk.stopped = bool(on_page and on_page(walk.grid, walk.number))
        if self._ended:
            walk.grid = self._groups.read_page(sought)  # the last page was drawn anew
        self._judge(walk, sought, shown if is_whole and not walk.stopped else None)
        return walk

    def _judge(self, walk: Walk, sought: Sought, shown: list[Row] | None) -> None:
        """Note why the rows may be other ones than a person sees, or not all; `shown`: what was seen before the first page, of a whole walk."""
        walk.shortfall = shortfalls.not_as_drawn(walk.moved, walk.doubtful)
        if shown is not None:
            walk.left_out.extend(row for row in shown if same_row(walk.rows, row) is None)
            walk.shortfall = walk.shortfall or self._shortfall(walk, sought)

    # ---------------------------------------------------------------------------------------------- turning pages

    def _to_first(self, sought: Sought) -> list[Row]:
        """Go back to the first page of the first part; return the rows that were shown on the way."""
        self._back_to_first(sought)
        return self._parts.to_first(sought)

    def _back_to_first(self, sought: Sought) -> None:
        for _ in range(_MOST_PAGES):
            grid = self._views.see_now(sought)
            if grid is None:
                return
            snapshot = self._driver.last
            pager = self._views.pager(snapshot, grid)
            steps = pagers.first_steps(snapshot, pager, extent(grid), self._wording.pager, _boxes(grid))
            if not any(self._turning.take(step, grid, sought, pager) for step in steps):
                return

    def _turn(self, grid: Grid, sought: Sought, number: int) -> tuple[Grid, bool] | None:
        """Turn to the next page; return its grid and whether it holds the earlier rows as well, None if there is none."""
        snapshot = self._driver.last
        pager = self._views.pager(snapshot, grid)
        says = replace(pager, box=None)
        following = self._take_a_step(grid, sought, pager, number) if says not in self._last_pages else None
        if following is not None or self._ended:
            return following
        if pager.is_last:
            self._last_pages.add(says)
        part = self._parts.following(grid, sought)
        self._unanswered = self._unanswered or self._parts.unanswered
        if part is not None:
            return part, False
        more_rows = self._scrolled_to_end(snapshot, grid, sought, pager) or self._moved_by_hand(grid, sought, pager)
        return (more_rows, True) if more_rows is not None else None

    def _take_a_step(self, grid: Grid, sought: Sought, pager: Pager, number: int) -> tuple[Grid, bool] | None:
        """Turn by the first control that answers, and note which one did not; return as `_turn` does."""
        snapshot = self._driver.last
        wording = self._wording.pager
        for step in pagers.next_steps(snapshot, pager, extent(grid), wording, number, _boxes(grid)):
            if self._turning.take(step, grid, sought, pager):
                self._unanswered = ""
                self._parts.end()
                following = self._groups.read_page(sought)
                _check_turned(pager, self._views.pager(self._driver.last, following))
                return following, step.way is Way.MORE or _has_grown(grid, following)
            if self._came_back(grid, sought, pager):
                self._ended = True
                return None
            if step.surely and _belongs_to(step.node.box, grid, pager):
                self._unanswered = snapshot.text_of(step.node) or step.node.own_name
        return None

    def _came_back(self, grid: Grid, sought: Sought, pager: Pager) -> bool:
        """Go back from a page behind the last one, which shows no list and says so; False if it is no such page, or stays.

        Only where nothing counts the rows: a count that is not reached is an error.
        """
        snapshot = self._driver.last
        if pager.rows_in_all is not None or self._views.see_part(snapshot, sought) is not None:
            return False
        if not self._says_empty(snapshot, sought):
            return False
        for step in reversed(pagers.first_steps(snapshot, Pager(), extent(grid), self._wording.pager)):
            self._turning.do(step)
            with suppress(NoEffect):
                return self._waiting.until(
                    lambda now: self._has_rows(now, sought) or None,
                    msg("Turning the grid's page"),
                    msg("other rows"),
                    self._waiting.patience.opening,
                    after_loading=True,
                )
        return False

    # ------------------------------------------------------------------------------- rows that come when scrolled to

    def _scrolled_to_end(self, snapshot: Snapshot, grid: Grid, sought: Sought, pager: Pager) -> Grid | None:
        """Scroll to the end of the list, or of the page, where more rows may be loaded only then; None if none come."""
        names = key_texts(grid.rows, sought.key)
        missing = _counts_more(pager, len(names))
        if not names or pager.is_last or not (missing or self._may_grow(snapshot, grid, names, pager)):
            return None
        shown = self._views.see_part(snapshot, sought)
        drawn = len(shown.rows) if shown is not None else len(names)

        def grown(now: Snapshot) -> bool | None:
            seen = self._views.see_part(now, sought)
            if seen is None or not seen.rows:
                return None
            return True if len(seen.rows) > drawn or seen.rows[-1].cells != grid.rows[-1].cells else None

        self._acting.pause()
        self._scrolled_in_vain.add(names)
        if not self._scroll_to_end(grid):
            return None
        doing = msg("Scrolling to the end of the grid")
        try:
            self._waiting.until(
                grown, doing, msg("more rows"), self._waiting.patience.quiet if missing else self._waiting.patience.lull
            )
        except NoEffect:
            return None
        self._scrolled_in_vain.discard(names)
        self._views.scroll_to(self._views.see_again(grid, sought), 0, sought)
        following = self._groups.read_page(sought)
        return following if len(following.rows) > len(names) else None

    def _may_grow(self, snapshot: Snapshot, grid: Grid, names: tuple[str, ...], pager: Pager) -> bool:
        """True if the number of rows is unknown, and scrolling was not tried in vain."""
        if (pager.page, pager.pages, pager.last, pager.total) != (None,) * 4 or names in self._scrolled_in_vain:
            return False
        return not pagers.has_signs(snapshot, extent(grid), self._wording.pager, _boxes(grid))

    def _scroll_to_end(self, grid: Grid) -> bool:
        """Scroll the list, else the page; False if neither can be scrolled."""
        scroller = grid.scroller_down
        if scroller is not None:
            left, _, _, full, _, _ = scroller.raw["s"]
            return self._driver.scroll(scroller, left, full)[1] > 0
        node = next(iter(grid.rows[-1].pieces.values()))[0].node
        *_, body = (one for one in node.ancestors() if one.frame == node.frame)
        return self._driver.scroll(body, 0, body.box.bottom)[1] > 0

    def _moved_by_hand(self, grid: Grid, sought: Sought, pager: Pager) -> Grid | None:
        """Return the list with all rows where a script scrolls it; None if nothing moves it, or no more rows are due."""
        due = rows_due(pager.first, pager.last, pager.total)
        names = key_texts(grid.rows, sought.key)
        if not names or (due is not None and due <= len(names)) or (due is None and names in self._moved_in_vain):
            return None
        shown = self._views.see_now(sought)
        if due is None and not self._may_be_moved(grid, shown, len(names)):
            return None
        rows: list[Row] = []
        moves = views_by_hand(self._driver, grid, lambda: self._views.see_moved(grid, sought), dragged=due is not None)
        for seen in moves:
            rows = continued(rows, seen.rows)
        if len(rows) > len(names):
            return replace(grid, rows=rows)
        self._moved_in_vain.add(names)
        header, height = _labels(grid), extent(grid).height
        self._unmoved_heights[header] = max(height, self._unmoved_heights.get(header, 0))
        return None

    def _may_be_moved(self, grid: Grid, shown: Grid | None, rows: int) -> bool:
        """False if a list was scrolled natively already, or was higher when nothing moved it, so that all its rows are drawn."""
        if shown is None or len(shown.rows) < rows:
            return False
        return extent(grid).height >= self._unmoved_heights.get(_labels(grid), 0) - 1

    # ------------------------------------------------------------------------------------------ whether it was all

    def _shortfall(self, walk: Walk, sought: Sought) -> GridUnreadable | None:
        """Return why the rows that were read are not known to be all of them; None if nothing says so."""
        snapshot = self._driver.last
        if not walk.rows:
            doubt = shortfalls.doubt_of_emptiness(
                snapshot, self._wording.trouble, is_loading=self._waiting.is_unfinished(snapshot)
            )
            if doubt is not None:
                return doubt
        doubled = shortfalls.doubled_column(walk.grid, walk.rows, sought.columns, self._wording.words)
        if doubled is not None:
            return doubled
        pager = self._views.pager(snapshot, walk.grid)
        here = extent(walk.grid)
        search = shortfalls.searched(snapshot, here, self._wording.pager)  # a pager counts what a search has left
        if search is not None:
            return search
        short = shortfalls.short_of_pager(pager, len(walk.rows), self._unanswered)
        if short is not None or pager.rows_in_all is not None:
            return short
        return (
            shortfalls.left_out(walk.left_out)
            or shortfalls.closed(self._groups.closed)
            or shortfalls.picture_below(snapshot, here)
            or shortfalls.unread(unread_drawings(self._driver, walk.grid))
            or shortfalls.count_not_understood(snapshot, here, self._wording.pager, len(walk.rows))
        )

    def _show_more_rows(self, sought: Sought) -> bool:
        """Choose the largest page size; False if none is offered."""
        grid = self._views.see_now(sought)
        choice = rereading.page_size(self._driver.last, extent(grid)) if grid is not None and grid.rows else None
        if grid is None or choice is None:
            return False
        self._acting.pause()
        dialog = self._driver.fill(choice[0], self._waiting.patience.press, option=choice[1])
        self._driver.require_no_dialog(dialog, msg("Choosing how many rows a page shows"))
        self._await_other_rows(grid, sought)
        return True

    def _sort(self, sought: Sought) -> bool:
        """Sort the list by a header that can be pressed; False if there is none."""
        grid = self._views.see_now(sought)
        node = rereading.sorting_header(grid, sought.key) if grid is not None and grid.rows else None
        if grid is None or node is None:
            return False
        self._driver.require_no_dialog(self._acting.press_node(node), msg("Sorting the grid"))
        self._await_other_rows(grid, sought)
        return True

    def _await_other_rows(self, grid: Grid, sought: Sought) -> None:
        def changed(snapshot: Snapshot) -> bool | None:
            seen = self._views.see_part(snapshot, sought)
            return True if seen is not None and seen.rows and contents(seen.rows) != contents(grid.rows) else None

        with suppress(NoEffect):
            self._waiting.until(changed, msg("Rearranging the grid"), msg("other rows"), self._waiting.patience.lull)


def _has_grown(before: Grid, after: Grid) -> bool:
    """True if a list shows its earlier rows and more behind them."""
    known, now = contents(before.rows), contents(after.rows)
    return len(now) > len(known) > 0 and now[: len(known)] == known


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


def _labels(grid: Grid) -> tuple[str, ...]:
    return tuple(header.label for header in grid.headers)


def _boxes(grid: Grid) -> list[Box]:
    return [row.box for row in grid.rows if is_in_sight(row)]


def _counts_more(pager: Pager, rows: int) -> bool:
    """True if a pager on its first page counts more rows than were read."""
    return pager.total is not None and pager.total > rows and (pager.page or pager.first or 1) == 1


def _belongs_to(control: Box, grid: Grid, pager: Pager) -> bool:
    """True if a control is on the pager's line, or right above or below the grid."""
    if pager.box is not None and pager.box.same_line(control):
        return True
    here = extent(grid)
    beside = min(abs(control.y - here.bottom), abs(here.y - control.bottom)) <= _BESIDE
    return beside and control.x < here.right and control.right > here.x
