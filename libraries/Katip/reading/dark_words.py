"""Know a button that is dark by nothing but this: it does not react to the pointer, and those drawn beside it do."""

from __future__ import annotations

from collections.abc import Iterator

from Katip.reading.controls import Control, Kind, owner_of
from Katip.reading.snapshot import Box, Piece, Snapshot

_BESIDE = 60  # CSS pixels between words and the button beside them
_HIGHEST = 2.5  # of the words' height: a higher element is no button of the same bar


def is_dark(snapshot: Snapshot, control: Control) -> bool:
    """Return True if a control cannot be pressed: it says so, or it is plain words among drawn buttons that react.

    Args:
        snapshot: the look that it was found in.
        control: the control, asked for as a button.
    """
    return bool(control.disabled) or (control.kind is Kind.ANY and any(_buttons_beside(snapshot, control.piece)))


def _buttons_beside(snapshot: Snapshot, words: Piece) -> Iterator[bool]:
    """Yield True for each button right beside words that is one by its reaction alone, as the words would be."""
    for piece in snapshot.pieces:
        if piece.frame != words.frame or piece is words or piece.is_value or not piece.box.same_line(words.box):
            continue
        owner, sign = owner_of(piece.node)
        if owner is None or sign is not Kind.ANY or owner.disabled or words.node.within(owner):
            continue
        yield owner.box.height <= _HIGHEST * words.box.height and _between(owner.box, words.box) <= _BESIDE


def _between(one: Box, other: Box) -> float:
    return max(one.x - other.right, other.x - one.right)
