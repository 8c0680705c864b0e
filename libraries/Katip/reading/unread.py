"""Find what is drawn in a list or right below it and cannot be read: it may be rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from Katip.reading.driver import Driver
from Katip.reading.grids import Grid
from Katip.reading.scrolled_rows import extent, is_in_sight
from Katip.reading.snapshot import Box

_CLOSE_LOOK = Path(__file__).parent / "eyes/close_look.js"
_LEAST_WIDTH = 40  # CSS pixels; a narrower drawing is an icon
_LEAST_HEIGHT = 8  # CSS pixels; words are no lower
_RIGHT_BELOW = 1.5  # of a row's height
_EMPTY_LIST = 120  # CSS pixels below the headers of a list without rows
_ILLUSTRATIONS = frozenset(
    {"img", "svg", "picture of a style", "input"}
)  # these stand in lists that say that they are empty


def unread_drawings(driver: Driver, grid: Grid) -> list[str]:
    """Return the kinds of what is drawn between the rows of a list, or right below them, and cannot be read.

    Args:
        driver: asks the page.
        grid: the list as it was read last.
    """
    rows = [row.box for row in grid.rows if is_in_sight(row)]
    region = _region(grid, rows)
    node = next(header.node for header in grid.headers if header.label)
    drawn = driver.call(
        _CLOSE_LOOK,
        "katipUnread",
        frame=node.frame,
        node=[node.look, node.index],
        at=[node.box.x, node.box.y],
        region=[region.x, region.y, region.right, region.bottom],
    )
    found = ((one["kind"], Box(*one["b"])) for one in drawn)
    return [kind for kind, box in found if (rows or kind not in _ILLUSTRATIONS) and _may_be_rows(box, region, rows)]


def _region(grid: Grid, rows: Sequence[Box]) -> Box:
    """The place of the rows, from below the headers to right below the last row."""
    whole = extent(grid)
    top = max(header.box.bottom for header in grid.headers)
    below = _RIGHT_BELOW * max(row.height for row in rows) if rows else _EMPTY_LIST
    return Box(whole.x, top, whole.width, max(whole.bottom + below - top, 0))


def _may_be_rows(drawn: Box, region: Box, rows: Sequence[Box]) -> bool:
    """True if a drawing is as wide as words are, and a part of it as high as words are is in the region and beside no row."""
    if drawn.shared_width(region) < _LEAST_WIDTH:
        return False
    y, bottom = max(drawn.y, region.y), min(drawn.bottom, region.bottom)
    return any(end - start >= _LEAST_HEIGHT for start, end in _beside_none(y, bottom, rows))


def _beside_none(y: float, bottom: float, rows: Sequence[Box]) -> Iterator[tuple[float, float]]:
    """Yield the stretches from one height to another that are beside no row."""
    for row in sorted(rows, key=lambda row: row.y):
        yield y, min(row.y, bottom)
        y = max(y, row.bottom)
    yield y, bottom
