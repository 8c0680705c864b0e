"""The consent to automatic updates on a form: it is read, and never moved."""

from __future__ import annotations

from Katip.portal_procedure import speaks_of_consent
from Katip.reading.boxes import check_boxes, words_of
from Katip.reading.labels import Kind, sign_of
from Katip.reading.snapshot import Piece, Snapshot
from Katip.turkish import fold

_GIVEN = frozenset(map(fold, ("Evet", "Var", "Açık", "Onaylandı", "Verildi", "Yes", "On")))
_NEAR = 80  # CSS pixels


def consents_given(snapshot: Snapshot) -> list[str]:
    """Return the words of each consent that is on, or whose state cannot be told.

    A check box or switch is on where it says so. Beside words of consent, something that can be pressed and has no
    state, and a text that says yes, count as on.

    Args:
        snapshot: what is seen.
    """
    boxes = list(check_boxes(snapshot))
    spoken = {id(box): [text for text in words_of(snapshot, box) if speaks_of_consent(text)] for box in boxes}
    given = [spoken[id(box)][0] for box in boxes if box.selected and spoken[id(box)]]
    told = {text for texts in spoken.values() for text in texts}
    for piece in snapshot.pieces:
        if piece.is_value or not piece.in_sight or piece.text in told or not speaks_of_consent(piece.text):
            continue
        if any(_gives(other) for other in _beside(snapshot, piece)):
            given.append(piece.text)
    return given


def _beside(snapshot: Snapshot, words: Piece) -> list[Piece]:
    return [
        piece
        for piece in snapshot.pieces
        if piece is not words
        and piece.in_sight
        and piece.frame == words.frame
        and piece.box.same_line(words.box)
        and min(abs(piece.box.x - words.box.right), abs(words.box.x - piece.box.right)) <= _NEAR
    ]


def _gives(piece: Piece) -> bool:
    nodes = [piece.node, *list(piece.node.ancestors())[:2]]
    if any(node.checkable for node in nodes):
        return False  # it has a state of its own, which was read
    switch = any(sign_of(node) is Kind.ANY and node.box.width <= _NEAR for node in nodes)
    return fold(piece.text) in _GIVEN or (switch and not fold(piece.text))
