"""Move a list that a script scrolls: there is no native scroll bar, so it is moved as a person does.

The wheel over the rows, PageDown in a list that takes the keyboard, and a narrow bar beside the rows that is dragged are tried
one after another. What follows is judged by the rows alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from Katip.reading.driver import Driver
from Katip.reading.grids import Grid
from Katip.reading.labels import Kind, sign_of
from Katip.reading.snapshot import Box, Node, Snapshot, around

_MOST_MOVES = 200
_FAR = 100000  # CSS pixels
_SHARE = 0.6  # of the rows in view that one move brings out of it: the rest is seen again
_NARROW = 24  # CSS pixels; the widest bar
_SLENDER = 1.2  # a bar is higher than it is wide
_PRESSED = (Kind.BUTTON, Kind.LINK, Kind.TAB, Kind.MENU, Kind.CHOICE)
_PICTURES = ("img", "svg")
_REACH = 40  # CSS pixels; how far beside the rows a bar is looked for


@dataclass(frozen=True, slots=True)
class ScrollWay:
    """One way to move a list.

    Attributes:
        back: moves it to its top.
        on: moves it on by less than what is in view.
    """

    back: Callable[[], None]
    on: Callable[[], None]


def views_by_hand(driver: Driver, grid: Grid, see: Callable[[], Grid], *, dragged: bool = True) -> Iterator[Grid]:
    """Yield the list as it is seen while it is moved from its top to its end, and leave it at its top.

    Args:
        driver: moves the pointer and presses keys.
        grid: the list as it is seen.
        see: waits until the page is still and reads the list again.
        dragged: True to drag a bar beside the rows too, where wheel and keys move nothing.

    Yields:
        The list after each move, the rows' places counted on from the view before; nothing where no way moves it.
    """
    for way in _ways(driver, grid, dragged=dragged):
        before = grid
        moved = False
        for _ in range(_MOST_MOVES):
            way.on()
            after = see()
            if _names(after) == _names(before):
                if not moved and after.rows and after.rows[0].box != before.rows[0].box:
                    way.back()  # it was the page that moved
                break
            if not moved:
                moved = True
                way.back()
                before = see()
                yield before
                continue
            _place(before, after)
            yield after
            before = after
        if moved:
            way.back()
            see()
            return


def _ways(driver: Driver, grid: Grid, *, dragged: bool) -> Iterator[ScrollWay]:
    extent = around([row.box for row in grid.rows])
    node = next(iter(grid.rows[0].pieces.values()))[0].node
    step = _SHARE * extent.height
    yield ScrollWay(lambda: driver.wheel(node, extent.middle, -_FAR), lambda: driver.wheel(node, extent.middle, step))
    focusable = next((one for one in node.ancestors() if "tb" in one.raw), None)
    if focusable is not None:
        keyboard = focusable
        yield ScrollWay(lambda: driver.press_key(keyboard, "Home"), lambda: driver.press_key(keyboard, "PageDown"))
    starts = [next(iter(row.pieces.values()))[0].node for row in grid.rows]
    for thumb in _thumbs(starts, driver.last, extent) if dragged else ():
        yield _dragged(driver, thumb, extent, len(grid.rows))


def _dragged(driver: Driver, thumb: Node, extent: Box, rows: int) -> ScrollWay:
    """A bar that is dragged: a thumb's height is to its track what the rows in view are to all."""
    at = [thumb.box.middle]
    step = max(_SHARE * thumb.box.height - thumb.box.height / max(rows, 1), 1)

    def drag(down: float) -> None:
        x, y = at[0]
        half = thumb.box.height / 2
        to = min(max(y + down, extent.y + half), extent.bottom - half)
        if to == y:
            return  # the mouse pressed and released at one place is a click
        driver.drag(thumb, (x, y), (x, to))
        at[0] = (x, to)

    return ScrollWay(lambda: drag(-_FAR), lambda: drag(step))


def _thumbs(starts: Sequence[Node], snapshot: Snapshot, extent: Box) -> list[Node]:
    """Narrow empty elements beside the rows, the nearest to the end of the page last: a track holds its thumb.

    Pictures, buttons, links and whatever is in a row are no bar: pressing them may do anything.
    """
    found = [
        node
        for node in snapshot.nodes
        if node.frame == starts[0].frame
        and _is_beside_rows(node.box, extent)
        and _does_nothing_else(node)
        and not _stands_in_row(node, starts)
    ]
    return sorted(found, key=lambda node: -node.order)[:2]


def _is_beside_rows(bar: Box, extent: Box) -> bool:
    """True for a slender box right of the rows, or on their edge, and lower than they are."""
    return (
        bar.height > _SLENDER * bar.width
        and 4 <= bar.width <= _NARROW
        and 10 <= bar.height < 0.95 * extent.height
        and extent.right - _NARROW <= bar.x <= extent.right + _REACH
        and bar.shared_height(extent) > 0.9 * bar.height
    )


def _does_nothing_else(node: Node) -> bool:
    """True if an element has no text, picture or control in it, and is in no control."""
    if any(one.is_text or sign_of(one) in _PRESSED or one.tag in _PICTURES for one in node.walk()):
        return False
    return not any(sign_of(one) in _PRESSED for one in list(node.ancestors())[:2])


def _stands_in_row(node: Node, starts: Sequence[Node]) -> bool:
    return any(sum(start.within(one) for start in starts) == 1 for one in node.ancestors())


def _names(grid: Grid) -> list[tuple[tuple[str, str], ...]]:
    return [tuple(sorted(row.cells.items())) for row in grid.rows]


def _place(before: Grid, after: Grid) -> None:
    """Count the places of the rows on from the view before, by the rows that both show."""
    known, now = _names(before), _names(after)
    shift = next((start for start in range(1, len(known)) if _continues(known[start:], now)), len(known))
    height = before.rows[0].box.height
    top = before.rows[shift].place if shift < len(known) else before.rows[-1].place + 2 * height
    first = after.rows[0].place
    for row in after.rows:
        row.place += top - first


def _continues(known: Sequence[object], now: Sequence[object]) -> bool:
    return list(known) == list(now[: len(known)])


def rows_due(first: int | None, last: int | None, total: int | None) -> int | None:
    """Return how many rows the page of a list must have by what its pager says, None if it says nothing.

    Args:
        first: the number of the page's first row.
        last: the number of its last row.
        total: how many rows the list has on all pages.

    Returns:
        The number of rows.
    """
    return last - first + 1 if first is not None and last is not None else total
