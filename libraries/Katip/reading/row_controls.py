"""Find what can be pressed in one row of a grid, and nothing of the rows beside it."""

from __future__ import annotations

from Katip.reading import labels
from Katip.reading.cells import Row
from Katip.reading.labels import Control, Kind, Label
from Katip.reading.snapshot import Snapshot
from Katip.turkish import Vocabulary


def controls_in_row(snapshot: Snapshot, row: Row, label: Label, words: Vocabulary) -> list[Control]:
    """Find the controls of a label that are in a row.

    Args:
        snapshot: what is seen; the row is of this look.
        row: the row.
        label: the label.
        words: the portal's abbreviations.

    Returns:
        The controls, each once; a cell that only says the same words is none.
    """
    frames = {piece.frame for pieces in row.pieces.values() for piece in pieces}
    found = [
        control
        for control in labels.hits(snapshot, label, words)
        if control.node.frame in frames
        and control.whole
        and control.kind not in (Kind.HEADING, Kind.ANY, Kind.CHOICE)
        and row.box.y <= control.box.middle[1] <= row.box.bottom
        and not control.piece.cut_off
    ]
    return labels.one_place([control for control in found if not control.piece.covered] or found)
