"""Find the rows of a list that have no text in its key column, so that none is left out silently."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from Katip.reading.cells import Row
from Katip.reading.snapshot import Node, Piece, Snapshot, around

_LEAST_COLUMNS = 2


def without_key(
    snapshot: Snapshot, candidates: Sequence[tuple[Piece, Node]], top: float, is_no_row: Callable[[Piece], bool]
) -> list[tuple[Piece, Node]]:
    """Return the siblings of the rows that have no text of their own in the key column: its cell is empty, or merged with the one above.

    Args:
        snapshot: what is seen.
        candidates: the key column's text and the element of each row.
        top: where the headers end, in CSS pixels.
        is_no_row: returns True for texts of headers, totals and messages.

    Returns:
        The first text and the element of each.
    """
    rows = {id(node) for _, node in candidates}
    anchors = [piece.node for piece, _ in candidates]
    parents = {id(node.parent): node.parent for _, node in candidates if node.parent is not None}
    tags = {(id(node.parent), node.tag) for _, node in candidates}
    found = []
    for parent in parents.values():
        for node in parent.children:
            if id(node) in rows or (id(parent), node.tag) not in tags or node.box.y < top - 2:
                continue
            if any(anchor.within(node) for anchor in anchors):
                continue
            pieces = [piece for piece in snapshot.pieces_in(node) if piece.text and not piece.cut_off]
            if pieces and not any(is_no_row(piece) for piece in pieces):
                found.append((pieces[0], node))
    return found


def stray_rows(strays: Sequence[tuple[str, Piece]], rows: Sequence[Row]) -> list[Row]:
    """Return the lines of texts between the rows that belong to none of them, and have values in several columns.

    Only for rows that are no element of their own, as in a grid of cells that are placed one by one.

    Args:
        strays: texts that belong to no row, with the names of their columns.
        rows: the rows.
    """
    if not rows or any(len(_nodes_around(row)) for row in rows):
        return []
    area = around([row.box for row in rows])
    between = [one for one in strays if area.y <= one[1].box.middle[1] <= area.bottom + rows[-1].box.height]
    found: list[Row] = []
    while between:
        line = [one for one in between if one[1].box.same_line(between[0][1].box)]
        between = [one for one in between if not any(one is other for other in line)]
        cells = {column: piece.text for column, piece in line if not piece.is_value}
        if len(cells) >= _LEAST_COLUMNS:
            box = around([piece.box for _, piece in line])
            found.append(Row(cells, {column: [piece] for column, piece in line}, False, None, box.y, box))
    return found


def _nodes_around(row: Row) -> list[Node]:
    """Return the elements around all texts of a row, and not of more than a row's height."""
    pieces = [piece for found in row.pieces.values() for piece in found]
    shared = (
        [node for node in pieces[0].node.ancestors() if all(piece.node.within(node) for piece in pieces)]
        if pieces
        else []
    )
    return [node for node in shared if len(pieces) > 1 and node.box.height <= 1.5 * row.box.height + 4]
