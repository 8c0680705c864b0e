"""Select a row of the grid that was last read, and see it scrolled to the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from Katip.errors import GridUnreadable
from Katip.messages import msg
from Katip.reading import boxes, scrolled_rows
from Katip.reading.acting import Acting, despite_rerendering
from Katip.reading.cells import Row
from Katip.reading.detail_opener import DetailOpener
from Katip.reading.driver import Driver
from Katip.reading.grid_views import MOST_SCROLLS, GridViews, Sought
from Katip.reading.grids import Grid
from Katip.reading.hand_scrolling import views_by_hand
from Katip.reading.scrolled_rows import same_row
from Katip.reading.snapshot import Dialog, Node, Piece, Snapshot

_ABOVE = 40  # CSS pixels


class RowChoice:
    """Finds a row again by its cells and selects it: a grid may have re-rendered since it was read.

    Args:
        views: sees the grid.
        details: opens the details of its rows.
        acting: presses.
        driver: looks at the page.

    Attributes:
        sought: the grid that was last read.
    """

    def __init__(self, views: GridViews, details: DetailOpener, acting: Acting, driver: Driver) -> None:
        self._views = views
        self._details = details
        self._acting = acting
        self._driver = driver
        self.sought: Sought | None = None

    def select_row(self, row: Row, columns: Sequence[str]) -> Dialog | None:
        """Select a row by its check box if it has one, else by the text of a cell.

        Args:
            row: the row.
            columns: the columns whose text to press, the first that is there and is no link.

        Returns:
            The native dialog that it opened, or None.
        """
        return despite_rerendering(lambda: self._select_now(self._row_again(row), columns))

    def _select_now(self, row: Row, columns: Sequence[str]) -> Dialog | None:
        if row.check is not None:
            return None if row.check.selected else self._acting.press_check_box(row.check)
        pressed = next((piece for piece in _texts_to_press(row, columns) if not _is_link(piece.node)), None)
        if pressed is None:
            raise GridUnreadable(msg("Selecting a row"), msg("a text in the row that is no link"), msg("none"))
        self._acting.pause()
        return self._driver.click(pressed.node, self._acting.patience.press)

    def press_box(self, row: Row) -> Dialog | None:
        """Press the check box of a row, also one that is only drawn.

        Args:
            row: the row.

        Returns:
            The native dialog that it opened, or None.

        Raises:
            GridUnreadable: if the row has no place for one.
        """
        row = self._row_again(row)
        if row.check is not None:
            return None if row.check.selected else self._acting.press_check_box(row.check)
        cell = boxes.drawn_box(self._driver.last, row)
        if cell is None:
            raise GridUnreadable(msg("Selecting a row"), msg("a check box in the row"), msg("none"))
        return self._acting.press_node(cell)

    def show(self, row: Row, column: str) -> None:
        """Scroll until a row can be seen, also where the grid was scrolled since it was read and draws only the columns in sight.

        Args:
            row: the row.
            column: the column to be seen of it, where it has one.
        """
        pieces = row.pieces.get(column) or next(iter(row.pieces.values()), [])
        if not all(self._driver.last.holds(piece.node) for piece in pieces):
            here = next((here for _, here in self.row_views(row) if column in here.pieces), row)
            pieces = here.pieces.get(column) or pieces
        if pieces and not all(piece.in_sight for piece in pieces):
            self._driver.bring_into_sight(pieces[0].node)

    def row_views(self, row: Row) -> Iterator[tuple[Snapshot, Row]]:
        """Yield a row as it is seen now, then scrolled further and further to the right.

        Args:
            row: the row.

        Yields:
            Each look with the row in it; nothing once the row is not seen any more.
        """
        row = self._row_again(row)
        grid = self._views.see_now(self.sought) if self.sought is not None else None
        if grid is None or self.sought is None:
            yield self._driver.last, row
            return
        for _ in range(MOST_SCROLLS):
            here = same_row(grid.rows, row)
            if here is not None and abs(here.place - row.place) < max(here.box.height, 1):
                yield self._driver.last, here
            following = self._views.scrolled_on_right(grid, self.sought)
            if following is None or not following[1]:
                return
            grid = following[0]

    def open_details(self, row: Row) -> bool:
        """Open the details of a row; False if it has none, or they are open already.

        Args:
            row: the row.
        """
        return self.sought is not None and self._details.open(self._row_again(row), self.sought)

    def _row_again(self, row: Row) -> Row:
        """Return the row as it is now, scrolled to where the grid draws only the rows in sight."""
        if self.sought is None:
            return row
        grid = self._views.see_now(self.sought)
        for seen in self._scrolled(grid, row, self.sought) if grid is not None else ():
            found = same_row(seen.rows, row)
            if found is not None:
                return found
        who = ", ".join(text for text in row.cells.values() if text)
        raise GridUnreadable(
            msg("Selecting a row"),
            msg('the row "{who}"', who=who),
            msg("a grid without it"),
            msg("Read the grid again."),
        )

    def _scrolled(self, grid: Grid, row: Row, sought: Sought) -> Iterator[Grid]:
        """Yield the grid as it is, scrolled to where the row was, and, as that is an estimate, from its top to its end."""
        yield grid
        grid = self._views.scroll_to(grid, max(row.place - _ABOVE, 0), sought)
        yield grid
        if scrolled_rows.rows_missing(grid):
            yield from self._views.scrolled_down(grid, sought)
        elif grid.scroller_down is None and grid.rows:
            yield from views_by_hand(self._driver, grid, lambda: self._views.see_moved(grid, sought))


def _is_link(node: Node) -> bool:
    return any(
        one.tag in ("a", "button") or one.role in ("link", "button") for one in [node, *list(node.ancestors())[:3]]
    )


def _texts_to_press(row: Row, columns: Sequence[str]) -> list[Piece]:
    """Return the texts of a row, those of the given columns first, those out of reach or covered last."""
    found = [*(row.pieces.get(column, ()) for column in columns), *row.pieces.values()]
    pieces = [piece for pieces in found for piece in pieces if not piece.is_value]
    return sorted(pieces, key=lambda piece: piece.node.cut_off or piece.covered)
