"""Find the rows of a list that have no text in its key column, so that none is left out silently."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

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
    anchors = [piece.node for piece, _ in candidates]
    found = []
    for node in _siblings([node for _, node in candidates]):
        if node.box.y < top - 2 or any(anchor.within(node) for anchor in anchors):
            continue
        pieces = [piece for piece in snapshot.pieces_in(node) if piece.text and not piece.cut_off]
        if pieces and not any(map(is_no_row, pieces)):
            found.append((pieces[0], node))
    return found


def _siblings(rows: Sequence[Node]) -> Iterator[Node]:
    """Yield the other children of the rows' parents that have the tag of a row beside them."""
    known = {id(node) for node in rows}
    parents = {id(node.parent): node.parent for node in rows if node.parent is not None}
    tags = {(id(node.parent), node.tag) for node in rows}
    for parent in parents.values():
        for node in parent.children:
            if id(node) not in known and (id(parent), node.tag) in tags:
                yield node


def stray_rows(strays: Sequence[tuple[str, Piece]], rows: Sequence[Row]) -> list[Row]:
    """Return the lines of texts between the rows that belong to none of them, and have values in several columns.

    Only for rows that are no element of their own, as in a grid of cells that are placed one by one.

    Args:
        strays: texts that belong to no row, with the names of their columns.
        rows: the rows.
    """
    if not rows or any(map(_is_an_element, rows)):
        return []
    area = around([row.box for row in rows])
    between = [one for one in strays if area.y <= one[1].box.middle[1] <= area.bottom + rows[-1].box.height]
    found = [_stray_row(line) for line in _by_line(between)]
    return [row for row in found if len(row.cells) >= _LEAST_COLUMNS]


def _by_line(texts: Sequence[tuple[str, Piece]]) -> Iterator[list[tuple[str, Piece]]]:
    """Yield the texts that are on one line with the first that is left."""
    left = list(texts)
    while left:
        line = [one for one in left if one[1].box.same_line(left[0][1].box)]
        left = [one for one in left if not any(one is other for other in line)]
        yield line


def _stray_row(line: Sequence[tuple[str, Piece]]) -> Row:
    """Return the row of one line of texts; values of fields are no cells of it."""
    cells = {column: piece.text for column, piece in line if not piece.is_value}
    box = around([piece.box for _, piece in line])
    return Row(cells, {column: [piece] for column, piece in line}, False, None, box.y, box)


def _is_an_element(row: Row) -> bool:
    """True if the row is an element, or one in each of the tables that show its columns."""
    around_each = (node for found in row.pieces.values() for piece in found for node in piece.node.ancestors())
    rows = (node for node in around_each if node.tag == "tr" or node.role == "row")
    return bool(_nodes_around(row)) or any(_is_no_higher(node, row) for node in rows)


def _is_no_higher(node: Node, row: Row) -> bool:
    return node.box.height <= 1.5 * row.box.height + 4


def _nodes_around(row: Row) -> list[Node]:
    """Return the elements around all texts of a row, and not of more than a row's height."""
    pieces = [piece for found in row.pieces.values() for piece in found]
    shared = (
        [node for node in pieces[0].node.ancestors() if all(piece.node.within(node) for piece in pieces)]
        if pieces
        else []
    )
    return [node for node in shared if len(pieces) > 1 and _is_no_higher(node, row)]
