"""Find texts of a list that are drawn in another row or column than the one whose element they are in."""

from __future__ import annotations

from collections.abc import Sequence

from Katip.reading.cells import cell_node
from Katip.reading.snapshot import Box, Node, Piece

_SLACK = 2  # CSS pixels
_REACHING_OVER = 1.6  # times as high as its row: a cell that spans several
_HALF = 0.5


def is_moved_away(piece: Piece, row: Box, others: Sequence[Box], header: Node) -> bool:
    """Return True if a text of a row is drawn on the line of another row, or out of its own cell.

    Args:
        piece: the text.
        row: the extent of the row whose element it is in.
        others: the extents of all rows.
        header: a header of the list; a cell around both is one of the page's layout.
    """
    cell = cell_node(piece.node, header)
    if cell is not None and cell.box.area and _is_beside(piece.box, cell.box):
        return True
    spans = cell is not None and cell.box.height >= _REACHING_OVER * row.height and cell.box.shared_height(row) > 0
    if _is_on(piece.box, row) or (spans and cell is not None and _is_on(piece.box, cell.box)):
        return False
    return any(_is_on(piece.box, other) for other in others if other.shared_height(row) <= _SLACK)


def _is_beside(text: Box, cell: Box) -> bool:
    """True if a text that has room in its cell is drawn mostly out of it, to the left or to the right."""
    return text.width <= cell.width and text.shared_width(cell) < _HALF * text.width


def _is_on(text: Box, row: Box) -> bool:
    """True if a text begins in a row and at least half of what has room there is in it."""
    begins = row.y - _SLACK <= text.y < row.bottom
    return begins and text.shared_height(row) >= _HALF * min(text.height, row.height)
