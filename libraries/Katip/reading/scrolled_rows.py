"""Merge what is seen of a grid at several scroll positions, and decide from one look whether rows or columns are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from Katip.reading.cells import Row
from Katip.reading.grids import Grid
from Katip.reading.snapshot import Box, Node, around

_LAST_COLUMN = 60  # CSS pixels; the widest last column that may lack a header
_MOST_OF_A_ROW = 0.8
_GAP_OF_A_ROW = 0.9


def extent(grid: Grid) -> Box:
    """Return the box around a grid's headers and the rows that are in sight.

    Args:
        grid: the grid.
    """
    boxes = [header.box for header in grid.headers] + [row.box for row in grid.rows if is_in_sight(row)]
    return around(boxes)


def is_in_sight(row: Row) -> bool:
    """Return True if a row can be pressed without scrolling the grid.

    Args:
        row: the row.
    """
    return any(piece.in_sight for pieces in row.pieces.values() for piece in pieces)


def key_texts(rows: Sequence[Row], key: str) -> tuple[str, ...]:
    """Return the text of the key column of each row.

    Args:
        rows: the rows.
        key: name of the column.
    """
    return tuple(row.cells.get(key, "") for row in rows)


def at_left(scroller: Node, left: float) -> Node:
    """Return the same element with another horizontal scroll position.

    Args:
        scroller: the element.
        left: how far it is scrolled from the left, in CSS pixels.
    """
    return replace(scroller, raw={**scroller.raw, "s": [left, *scroller.raw["s"][1:]]})


def all_columns_drawn(grid: Grid) -> bool:
    """Return True if the headers that are drawn are as wide as the content that scrolls to the right.

    Args:
        grid: the grid.
    """
    node = grid.scroller_right
    if node is None:
        return True
    full = float(node.raw["s"][2])
    # Pinned columns overlap others, so the widths may add up to more.
    return sum(header.box.width for header in grid.headers) >= full - _LAST_COLUMN


def columns_to_come(grid: Grid) -> set[str]:
    """Return the columns that have no cell yet and whose headers are right of what is in sight.

    Args:
        grid: the grid.
    """
    if grid.scroller_right is None or not grid.rows:
        return set()
    edge = grid.scroller_right.box.right - 1
    filled = {column for row in grid.rows for column, text in row.cells.items() if text}
    return {header.column for header in grid.headers if header.box.x >= edge} - filled


def rows_missing(grid: Grid) -> bool:
    """Return True if the scrolled content is so much higher than the rows that are drawn that it may hold another row.

    Args:
        grid: the grid.
    """
    node = grid.scroller_down
    if node is None or not grid.rows:
        return False
    _, scrolled, _, full, _, _ = node.raw["s"]
    height = _MOST_OF_A_ROW * min(row.box.height for row in grid.rows)
    top = min(row.place for row in grid.rows)
    bottom = max(row.place + row.box.height for row in grid.rows)
    return (scrolled > 1 and top > height) or bottom < full - height


def is_drawn(grid: Grid) -> bool:
    """Return True if rows fill all of the part that is scrolled to: those that come into sight may be rendered late.

    Args:
        grid: the grid.
    """
    node = grid.scroller_down
    if node is None or not grid.rows:
        return False
    _, top, _, full, _, seen = node.raw["s"]
    rows = sorted(grid.rows, key=lambda row: row.place)
    height = max(row.box.height for row in rows)
    # A sticky header may cover the first row, so that much may be missing at the top.
    above = [top + height, *(row.place + row.box.height for row in rows)]
    below = [*(row.place for row in rows), full]
    # Only gaps in sight count: a row at the lower edge may show too little to be read, and what is rendered ahead may be fewer.
    bottom = min(top + seen, full)
    gaps = [min(start, bottom) - max(end, top) for end, start in zip(above, below, strict=True)]
    return all(gap < _GAP_OF_A_ROW * height for gap in gaps)


def continued(rows: list[Row], seen: Sequence[Row]) -> list[Row]:
    """Return the rows so far and those seen after scrolling on, each once.

    A row is known by its place; by its texts where places shift, because the heights of rows that are not drawn are estimates.

    Args:
        rows: the rows so far; what was seen of them now is added to them.
        seen: the rows that are seen now.
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
        start = len(rows)  # a row right behind the last one is another row, even with the same texts
    for row, other in zip(rows[start:], seen, strict=False):
        _complete(row, other)
    return [*rows, *seen[len(rows) - start :]]


def add_columns(rows: Sequence[Row], seen: Sequence[Row]) -> None:
    """Add the cells found after horizontal scrolling; rows are matched by index if their texts agree, else by y position.

    Args:
        rows: the rows to complete.
        seen: the rows that are seen now.
    """
    if len(rows) == len(seen) and all(map(_are_alike, rows, seen)):
        pairs = list(zip(rows, seen, strict=True))
    else:
        pairs = [(row, other) for other in seen for row in rows if abs(row.place - other.place) <= 2]
    for row, other in pairs:
        # A column that was read is not read again: pinned columns overlap others once the grid is scrolled.
        new = {column for column in other.cells if not row.cells.get(column)}
        row.cells |= {column: other.cells[column] for column in new}
        row.pieces |= {column: other.pieces[column] for column in new}
        row.check = other.check or row.check


def same_row(rows: Sequence[Row], wanted: Row) -> Row | None:
    """Return the row with the same texts, of several the one nearest to where it was.

    Args:
        rows: the rows to search.
        wanted: the row as it was seen before.
    """
    alike = [
        row
        for row in rows
        if row.cells and all(wanted.cells.get(column, text) == text for column, text in row.cells.items())
    ]
    return min(alike, key=lambda row: abs(row.place - wanted.place), default=None)


def _are_alike(row: Row, other: Row) -> bool:
    """True if both have a text in a common column, and no text that differs."""
    shared = [column for column in row.cells if row.cells[column] and other.cells.get(column)]
    return bool(shared) and all(row.cells[column] == other.cells[column] for column in shared)


def _complete(row: Row, other: Row) -> None:
    fuller = {column: text for column, text in other.cells.items() if len(text) >= len(row.cells.get(column, ""))}
    row.cells = {**row.cells, **fuller}
    row.pieces = {**row.pieces, **other.pieces}
    row.check = other.check or row.check
    row.box = other.box  # where its texts are
