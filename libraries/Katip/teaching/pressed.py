"""Which control a person pressed, and whether the reader would find exactly it by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from Katip.errors import LabelAmbiguous, LabelNotFound
from Katip.reading import boxes, labels
from Katip.reading.labels import Control, Kind, Label, sign_of
from Katip.reading.snapshot import Box, Node, Piece, Snapshot
from Katip.teaching.walk import Found
from Katip.teaching.watching import Spot
from Katip.turkish import Vocabulary, visible, without_counter

_NEAR = 2.0  # CSS pixels
_LONGEST = 60  # characters of a control's words
_MOST_AROUND = 7
_MOST_NEIGHBOURS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Pressed:
    """A control under a person's pointer.

    Attributes:
        node: the innermost element that was seen there.
        owner: the element that says what it is; the same as ``node`` where none does.
        name: its words, without a number behind them; empty where it has none.
        kind: what it is to a person.
        has_count: True if a number followed its text.
        is_box: True for a check box, or what is drawn for one.
    """

    node: Node
    owner: Node
    name: str
    kind: Kind
    has_count: bool = False
    is_box: bool = False


def pressed_at(snapshot: Snapshot, spot: Spot) -> Pressed | None:
    """Return the control at a spot.

    Args:
        snapshot: what was seen before the press.
        spot: where was pressed.

    Returns:
        The control, or None where nothing that was seen is there.
    """
    node = next((one for tag, box in spot.around if (one := _seen_as(snapshot, tag, box)) is not None), None)
    if node is None or (_is_of_the_page(node) and len(spot.around) > 1 and spot.around[0][0] != node.tag):
        return None  # what was pressed in it had not been seen yet
    owner = next(
        (one for one in [node, *node.ancestors()][:_MOST_AROUND] if sign_of(one) not in (None, Kind.HEADING)), node
    )
    if owner.box.area and not _holds(owner.box, spot):
        owner = node
    box = _box_of(owner)
    if box is not None:
        return Pressed(node, box, next(iter(boxes.words_of(snapshot, box)), ""), Kind.CHOICE, is_box=True)
    piece = _piece_at(snapshot, owner, spot)
    name, has_count = _words(snapshot, owner, piece)
    return Pressed(node, owner, name, _kind(owner, piece), has_count)


def check(
    snapshot: Snapshot, pressed: Pressed, kind: Kind, words: Vocabulary, near: Sequence[str] = ()
) -> tuple[Found, tuple[str, ...]]:
    """Return True if the reader finds exactly a control by its words.

    Args:
        snapshot: what was seen before it was pressed.
        pressed: the control.
        kind: what kind of control is looked for at this place of the procedure.
        words: the portal's abbreviations.
        near: words on its line, to be tried where several controls have the same words.

    Returns:
        Whether it is found, and the words on its line that were needed for that.
    """
    if not pressed.name:
        return Found.NOT, ()
    if pressed.is_box:
        return (
            Found.EXACTLY if boxes.find_box(snapshot, Label((pressed.name,)), words) is pressed.owner else Found.NOT
        ), ()
    found = _found(snapshot, pressed, kind, words, ())
    if found is not Found.SEVERAL or not near:
        return found, ()
    return _found(snapshot, pressed, kind, words, near), tuple(near)


def _found(snapshot: Snapshot, pressed: Pressed, kind: Kind, words: Vocabulary, near: Sequence[str]) -> Found:
    try:
        control = labels.find(snapshot, Label((pressed.name,), tuple(near)), kind, words)
    except LabelNotFound:
        return Found.NOT
    except LabelAmbiguous:
        return Found.SEVERAL
    return Found.EXACTLY if is_of(control, pressed) else Found.SEVERAL


def is_of(control: Control, pressed: Pressed) -> bool:
    """Return True if a control that the reader found is the one that was pressed.

    Args:
        control: what the reader found.
        pressed: what was pressed.
    """
    return (
        control.node.within(pressed.owner)
        or pressed.node.within(control.owner)
        or any(pressed.node is run for run in control.piece.runs)
    )


def neighbours(snapshot: Snapshot, pressed: Pressed, words: Vocabulary) -> tuple[str, ...]:
    """Return the words of other controls on the line of one.

    Args:
        snapshot: what was seen.
        pressed: the control.
        words: the portal's abbreviations.
    """
    own = words.key(pressed.name)
    found = [
        visible(piece.text)
        for piece in snapshot.pieces
        if not piece.is_value
        and piece.in_sight
        and piece.box.same_line(pressed.owner.box)
        and words.key(piece.text) not in ("", own)
        and len(piece.text) <= _LONGEST
        and any(sign_of(one) not in (None, Kind.HEADING) for one in [piece.node, *piece.node.ancestors()][:4])
    ]
    return tuple(dict.fromkeys(found))[:_MOST_NEIGHBOURS]


def _seen_as(snapshot: Snapshot, tag: str, box: Box) -> Node | None:
    """The element of a tag that was seen at a place, the innermost of several."""
    found = [node for node in snapshot.nodes if node.tag == tag and _alike(node.box, box)]
    return found[-1] if found else None


def _is_of_the_page(node: Node) -> bool:
    """True for what holds most of a page."""
    return node.tag in ("body", "main", "form") or not any(True for _ in node.ancestors())


def _alike(one: Box, other: Box) -> bool:
    sides = ((one.x, other.x), (one.y, other.y), (one.width, other.width), (one.height, other.height))
    return all(abs(left - right) <= _NEAR for left, right in sides)


def _holds(box: Box, spot: Spot) -> bool:
    return box.x - _NEAR <= spot.x <= box.right + _NEAR and box.y - _NEAR <= spot.y <= box.bottom + _NEAR


def _piece_at(snapshot: Snapshot, owner: Node, spot: Spot) -> Piece | None:
    """The text at a spot, else the only text of the control."""
    inside = [piece for piece in snapshot.pieces_in(owner) if not piece.is_value]
    at = [piece for piece in inside if _holds(piece.box, spot)]
    return at[0] if at else inside[0] if len(inside) == 1 else None


def _words(snapshot: Snapshot, owner: Node, piece: Piece | None) -> tuple[str, bool]:
    whole = visible(snapshot.text_of(owner) or owner.own_name)
    if piece is not None and (piece.text == whole or len(whole) > _LONGEST):
        whole = piece.text
        if piece.without_badge != piece.text:
            return without_counter(piece.without_badge), True
    shown = without_counter(whole)
    return (shown, shown != whole) if len(shown) <= _LONGEST else ("", False)


def _kind(owner: Node, piece: Piece | None) -> Kind:
    sign = sign_of(owner)
    around = [owner, *owner.ancestors()]
    if any(one.role in ("tab", "tablist") for one in around[:4]):
        return Kind.TAB
    if sign in (None, Kind.ANY):
        return Kind.BUTTON if sign is Kind.ANY or piece is not None else Kind.ANY
    return sign


def _box_of(owner: Node) -> Node | None:
    """The check box that a control is, holds, or is the words of."""
    if owner.checkable:
        return owner
    if owner.tag != "label":
        return None
    near = [*owner.walk(), *(owner.parent.walk() if owner.parent is not None else ())]
    return next((node for node in near if node.checkable and node.box.same_line(owner.box)), None)
