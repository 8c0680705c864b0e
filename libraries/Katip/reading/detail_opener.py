"""Open the details of a list's rows where columns stand in them alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from Katip.errors import GridUnreadable, NoEffect
from Katip.messages import msg
from Katip.reading.acting import Acting
from Katip.reading.cells import Row
from Katip.reading.driver import Driver
from Katip.reading.grid_views import GridViews, Sought
from Katip.reading.grids import Grid
from Katip.reading.row_details import folds_of
from Katip.reading.scrolled_rows import rows_missing
from Katip.reading.snapshot import Node, Snapshot
from Katip.reading.waiting import Waiting
from Katip.reading.wording import Wording


class DetailOpener:
    """Reads a page of a list whose rows show some of its columns only in their details.

    A row's details are opened by a control that says that it is collapsed, or that has one of the portal's names for it. They stay
    open; where a list closes one row's details as it opens those of another, what was read is kept.

    Args:
        views: sees the page.
        acting: presses what opens the details.
        waiting: waits until they are shown.
        driver: looks at the page.
        wording: the words of the portal.
    """

    def __init__(self, views: GridViews, acting: Acting, waiting: Waiting, driver: Driver, wording: Wording) -> None:
        self._views = views
        self._acting = acting
        self._waiting = waiting
        self._driver = driver
        self._wording = wording

    def read_page(self, sought: Sought) -> Grid:
        """Return the list with all rows and columns of the page that is shown.

        Args:
            sought: the list that is meant.

        Raises:
            GridUnreadable: if there is no such list, or the details of a row do not show a column that is required.
        """
        try:
            return self._views.read_page(sought)
        except GridUnreadable as error:
            grid = self._views.see_now(sought)
            lacking = _lacking(grid, sought)
            if grid is None or not lacking or not grid.rows or not self._folds(grid.rows[0]):
                raise
            self._require_all_drawn(grid, sought, lacking, error)
            return self._opened(grid, sought, lacking)

    def open(self, row: Row, sought: Sought) -> bool:
        """Open the details of one row; False if nothing in it opens any.

        Args:
            row: the row as it is seen now.
            sought: the list that it is of.
        """
        folds = self._folds(row)
        if len(folds) != 1:
            return False
        rows = len(self._seen(self._driver.last, sought))
        self._press(folds[0])

        def opened(snapshot: Snapshot) -> bool | None:
            return (len(self._seen(snapshot, sought)) == rows and not self._waiting.is_loading(snapshot)) or None

        try:
            self._waiting.until(
                opened, msg("Opening the details of a row"), msg("the list"), self._waiting.patience.opening
            )
        except NoEffect:
            return False
        self._waiting.settled()
        return True

    def _require_all_drawn(self, grid: Grid, sought: Sought, lacking: Sequence[str], error: GridUnreadable) -> None:
        """Refuse a list that draws only the rows in sight: rows move out of sight as details are opened."""
        if grid.scroller_down is not None and rows_missing(grid):
            raise GridUnreadable(
                msg("Reading the grid"),
                msg("the headers {wanted} as well", wanted=sought.named(lacking)),
                msg("columns that only the details of a row show, in a list that draws only the rows in sight"),
                msg("Show fewer rows on a page, or these columns in the list itself."),
            ) from error

    def _opened(self, grid: Grid, sought: Sought, lacking: Sequence[str]) -> Grid:
        """Open the details of each row in turn, and return the list completed by what they show."""
        heads = {header.column for header in grid.headers}
        shown = [_texts_of(row, heads) for row in grid.rows]
        kept: list[Row] = []
        for index in range(len(shown)):
            row = self._row(self._driver.last, sought, shown, index)
            if row is None or not _fills(row, lacking):
                row = self._open(index, sought, shown, lacking)
            kept.append(row)
        whole = self._views.read_page(replace(sought, required=tuple(c for c in sought.required if c not in lacking)))
        if [_texts_of(row, heads) for row in whole.rows] != shown:
            raise GridUnreadable(
                msg("Opening the details of the rows"), msg("the same rows as before"), msg("other rows")
            )
        for row, read in zip(whole.rows, kept, strict=True):
            row.cells = {**read.cells, **row.cells}
        return whole

    def _open(self, index: int, sought: Sought, shown: Sequence[dict[str, str]], lacking: Sequence[str]) -> Row:
        """Open the details of a row, and return it once they show what is lacking."""
        doing = msg("Opening the details of the rows")
        row = self._row(self._driver.last, sought, shown, index)
        folds = self._folds(row) if row is not None else []
        who = ", ".join(text for text in shown[index].values() if text)
        if len(folds) != 1:
            raise GridUnreadable(
                doing,
                msg("one control in the row that opens its details with {wanted}", wanted=sought.named(lacking)),
                msg('{count} in the row "{who}"', count=len(folds), who=who),
            )
        self._press(folds[0])

        def filled(snapshot: Snapshot) -> bool | None:
            now = self._row(snapshot, sought, shown, index)
            return True if now is not None and _fills(now, lacking) else None

        try:
            self._waiting.until(filled, doing, sought.named(lacking), self._waiting.patience.opening)
        except NoEffect:
            raise GridUnreadable(
                doing,
                msg("the details of a row that show {wanted}", wanted=sought.named(lacking)),
                msg('none of it in the row "{who}"', who=who),
            ) from None
        read = self._row(self._waiting.settled(), sought, shown, index)
        if read is None or not _fills(read, lacking):
            raise GridUnreadable(doing, msg("the same rows as before"), msg("other rows"))
        return read

    def _press(self, fold: Node) -> None:
        self._driver.require_no_dialog(self._acting.press_node(fold), msg("Opening the details of a row"))

    def _folds(self, row: Row) -> list[Node]:
        return folds_of(self._driver.last, row, self._wording.unfold, self._wording.words)

    def _seen(self, snapshot: Snapshot, sought: Sought) -> Sequence[Row]:
        grid = self._views.see_part(snapshot, sought)
        return grid.rows if grid is not None else ()

    def _row(self, snapshot: Snapshot, sought: Sought, shown: Sequence[dict[str, str]], index: int) -> Row | None:
        """Return a row by its place in the list, None where the list shows other rows."""
        rows = self._seen(snapshot, sought)
        same = len(rows) == len(shown) and all(
            row.cells.get(column, "") == text
            for row, texts in zip(rows, shown, strict=True)
            for column, text in texts.items()
        )
        return rows[index] if same else None


def _lacking(grid: Grid | None, sought: Sought) -> list[str]:
    """Return the required columns without a header."""
    heads = {header.column for header in grid.headers} if grid is not None else set()
    return [name for name in sought.required if name not in heads]


def _texts_of(row: Row, columns: set[str]) -> dict[str, str]:
    return {column: text for column, text in row.cells.items() if column in columns and column}


def _fills(row: Row, columns: Sequence[str]) -> bool:
    return all(row.cells.get(column) for column in columns)
