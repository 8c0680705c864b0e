"""Leave out the line of empty fields under the headers that filters a list: its names for screen readers are no values."""

from __future__ import annotations

from collections.abc import Sequence

from Katip.reading.cells import is_cell
from Katip.reading.snapshot import Node, Piece, Snapshot

_LEAST_FIELDS = 2


def without_filter_lines(snapshot: Snapshot, candidates: Sequence[tuple[Piece, Node]]) -> list[tuple[Piece, Node]]:
    """Return the candidates without those that are a line of empty fields.

    Args:
        snapshot: what is seen.
        candidates: a text and the element of each line under the headers.
    """
    return [(piece, node) for piece, node in candidates if not _is_filter_line(snapshot, node)]


def _is_filter_line(snapshot: Snapshot, line: Node) -> bool:
    """True if a line has several fields, all empty, and no words but the names of what is in a field's cell."""
    fields = [node for node in line.walk() if node.is_field and not node.checkable]
    if len(fields) < _LEAST_FIELDS or any(node.value for node in fields):
        return False
    cells = [cell for node in fields for cell in _cells_around(node, line)]
    pieces = snapshot.pieces_in(line)
    return all(_is_name_in_cell(piece, cells) for piece in pieces if piece.text and not piece.cut_off)


def _cells_around(node: Node, line: Node) -> list[Node]:
    return [one for one in node.ancestors() if is_cell(one) and one.within(line)]


def _is_name_in_cell(piece: Piece, cells: Sequence[Node]) -> bool:
    """True for the name of an element in one of the cells, rather than a text of the page."""
    return piece.node.tag != "#" and any(piece.node.within(cell) for cell in cells)
