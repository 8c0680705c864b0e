"""Find the value of a label by its place: in the smallest element around both, right of it on its line, or below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from Katip.reading.labels import Kind, sign_of
from Katip.reading.snapshot import Node, Piece, Snapshot
from Katip.turkish import Vocabulary, visible

FAR_RIGHT: Final = 700  # CSS pixels between a label and a value right of it, at most
FAR_BELOW: Final = 70  # CSS pixels between a label and a value below it, at most
_LABEL_TAGS = frozenset({"label", "dt", "th", "legend"})
_HOLDS_A_FIELD_AT_MOST = 6
_TALLEST_PLACE = 320


class Sure(IntEnum):
    """How surely a value belongs to its label."""

    BELOW = 0
    BESIDE = 1
    TIED = 2


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What a form shows for one label.

    Attributes:
        label: the label as seen.
        value: the value as seen, an empty text where the field is empty.
        node: the field or the text that holds it, None for an empty place.
        anchor: the label's own place.
        sure: how surely the value belongs to the label.
    """

    label: str
    value: str
    node: Node | None
    anchor: Node
    sure: Sure = Sure.TIED


@dataclass(frozen=True, slots=True)
class LabelSight:
    """A snapshot, and which of its texts are labels."""

    snapshot: Snapshot
    keys: frozenset[str]
    words: Vocabulary

    def is_label(self, piece: Piece, own: Piece) -> bool:
        """True if it is a label other than the given one."""
        if piece.is_value:
            return False
        if self.words.key(piece.text) in self.keys or piece.text.rstrip().endswith(":"):
            return True
        before = name_before_colon(piece.text)
        if before and self.words.key(before[0]) in self.keys:
            return True
        return any(one.tag in _LABEL_TAGS and not own.node.within(one) for one in list(piece.node.ancestors())[:3])

    def others(self, pieces: Iterable[Piece], own: Piece) -> list[Piece]:
        """Return the candidates for values and labels: visible texts and fields, no buttons or symbols."""
        return [
            piece
            for piece in pieces
            if piece.node not in own.runs
            and piece.frame == own.frame
            and (piece.is_value or not piece.covered or own.covered)
            and self._may_count(piece)
        ]

    def _may_count(self, piece: Piece) -> bool:
        known: dict[int, bool] = self.snapshot.remembered(("may be a value", self.words), dict)
        if id(piece) not in known:
            known[id(piece)] = not piece.cut_off and (
                piece.is_value or (bool(self.words.key(piece.text)) and not _is_button(piece.node))
            )
        return known[id(piece)]


def _is_button(node: Node) -> bool:
    return any(
        sign_of(one) in (Kind.BUTTON, Kind.LINK) and one.role != "combobox"
        for one in [node, *list(node.ancestors())[:2]]
    )


def name_before_colon(text: str) -> tuple[str, str] | None:
    """Return label and value of "Label: value" in one text; None for any other text.

    Args:
        text: the text.
    """
    name, colon, value = text.partition(":")
    return (name, value.strip()) if colon and value.strip() else None


def _in_one_place(sight: LabelSight, label: Piece) -> list[Piece] | None:
    """Return the other contents of the smallest element around a label; None if it contains another label too."""
    for place in label.node.ancestors():
        if place.box.height > _TALLEST_PLACE or place.tag in ("form", "table", "tbody"):
            return None
        inside = sight.others(sight.snapshot.pieces_in(place), label)
        if not inside:
            continue
        if len(inside) > _HOLDS_A_FIELD_AT_MOST or any(sight.is_label(piece, label) for piece in inside):
            return None
        after = [piece for piece in inside if piece.is_value or piece.box.bottom > label.box.middle[1]]
        return after or None
    return None


def _beside(sight: LabelSight, label: Piece) -> list[Piece]:
    """Return the texts right of a label on its line, up to the next label."""
    line = [
        piece
        for piece in sight.snapshot.pieces
        if -4 <= piece.box.x - label.box.right <= FAR_RIGHT and piece.box.same_line(label.box)
    ]
    found: list[Piece] = []
    for piece in sorted(sight.others(line, label), key=lambda piece: piece.box.x):
        if sight.is_label(piece, label):
            break
        found.append(piece)
    return found


def _below(sight: LabelSight, label: Piece) -> list[Piece]:
    """Return the texts directly below a label."""
    near = [
        piece
        for piece in sight.snapshot.pieces
        if -3 <= piece.box.y - label.box.bottom <= FAR_BELOW
        and (piece.box.shared_width(label.box) > 0 or abs(piece.box.x - label.box.x) < 16)
    ]
    under = sight.others(near, label)
    if not under:
        return []
    first = min(under, key=lambda piece: (piece.box.y, abs(piece.box.x - label.box.x)))
    return [] if sight.is_label(first, label) else [first]


def by_place(sight: LabelSight, label: Piece) -> FieldValue:
    """Return the value of a label that nothing but their places ties to it.

    Args:
        sight: the page, and which of its texts are labels.
        label: the label.
    """
    shared = _in_one_place(sight, label)
    if shared is not None:
        chosen, sure = shared, Sure.TIED
    else:
        beside, below = _beside(sight, label), _below(sight, label)
        under = below if below and (not beside or _is_above(label, below[0], beside[0])) else []
        chosen, sure = (under, Sure.BELOW) if under else (beside, Sure.BESIDE)
    if not any(piece.is_value for piece in chosen):
        chosen = _one_text(label, chosen)
    value = _joined(chosen)
    if chosen and not chosen[0].is_value:
        value = value.removeprefix(":").lstrip()  # a colon in a column of its own still belongs to the label
    return FieldValue(label.text, value, chosen[0].node if chosen else None, label.node, sure)


def _is_above(label: Piece, below: Piece, beside: Piece) -> bool:
    """True if a label is above its field, so that the text right of it belongs to another column."""
    near = below.is_value and abs(below.box.x - label.box.x) < 16 and below.box.y - label.box.bottom <= 20
    return near and not beside.is_value and beside.box.x - label.box.right > 40


def _one_text(label: Piece, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the texts of one block: that of the first text to the right, else that of the first below."""
    if not pieces:
        return []
    right = [piece for piece in pieces if piece.box.same_line(label.box) and piece.box.x >= label.box.right - 4]
    first = min(right, key=lambda piece: piece.box.x, default=pieces[0])
    block = next((one for one in first.node.ancestors() if "bl" in one.raw), None)
    if block is None or label.node.within(block):
        return [first]
    return [piece for piece in pieces if piece.node.within(block)] or [first]


def _joined(pieces: Sequence[Piece]) -> str:
    values = [piece.text for piece in pieces if piece.is_value]
    if len(values) > 1 and all(value.isdigit() and len(value) <= 4 for value in values):
        return ".".join(values)
    return values[0] if values else visible(" ".join(piece.text for piece in pieces))
