"""Find what can be pressed in one row of a grid, and nothing of the rows beside it."""

from __future__ import annotations

from itertools import product

from Katip.reading import labels
from Katip.reading.cells import Row
from Katip.reading.labels import Control, Kind, Label
from Katip.reading.snapshot import Box, Node, Snapshot
from Katip.turkish import Vocabulary

_SLACK = 4  # CSS pixels: borders, and what is rounded


def controls_in_row(snapshot: Snapshot, row: Row, label: Label, words: Vocabulary) -> list[Control]:
    """Find the controls of a label that are in a row, or in the details that are open below it.

    Args:
        snapshot: what is seen; the row is of this look.
        row: the row.
        label: the label.
        words: the portal's abbreviations.

    Returns:
        The controls, each once; a cell that only says the same words is none, and so is what is in a row of another
        table (frozen columns) that is not of this row's height and place.
    """
    found = [
        control
        for control in labels.hits(snapshot, label, words)
        if control.whole
        and control.kind not in (Kind.HEADING, Kind.ANY, Kind.CHOICE)
        and (
            _is_in_row(snapshot, row, control.node, control.box)
            or any(control.node.within(part) for part in row.details)
        )
        and not control.piece.cut_off
    ]
    return labels.one_place([control for control in found if not control.piece.covered] or found)


def is_in_row(snapshot: Snapshot, row: Row, node: Node) -> bool:
    """Return True if an element is in a row, and in no row beside, above or below it.

    Args:
        snapshot: what is seen; the row and the element are of this look.
        row: the row.
        node: the element.
    """
    return _is_in_row(snapshot, row, node, node.box)


def _is_in_row(snapshot: Snapshot, row: Row, node: Node, box: Box) -> bool:
    frames = {piece.frame for pieces in row.pieces.values() for piece in pieces}
    on_line = row.box.y <= box.middle[1] <= row.box.bottom
    return node.frame in frames and on_line and _is_of_line(snapshot, row, node)


def _is_of_line(snapshot: Snapshot, row: Row, node: Node) -> bool:
    """True if a control is in the row itself, or in a row of another table that is exactly beside it."""
    pieces = [piece for pieces in row.pieces.values() for piece in pieces]
    meeting = [snapshot.common(piece.node, node) for piece in pieces]
    if any(one is not None and one.box.height <= row.box.height + _SLACK for one in meeting):
        return True
    own = _rows_around(node)
    if not own:
        return True
    lines = [line for piece in pieces for line in _rows_around(piece.node)] or [row.box]
    return any(_have_same_height(*pair) for pair in product(own, lines))


def _rows_around(node: Node) -> list[Box]:
    return [one.box for one in node.ancestors() if _is_row(one)]


def _have_same_height(one: Box, other: Box) -> bool:
    """True if two boxes begin and end at the same height."""
    return abs(one.y - other.y) <= _SLACK and abs(one.bottom - other.bottom) <= _SLACK


def _is_row(node: Node) -> bool:
    return node.tag == "tr" or node.role == "row"
