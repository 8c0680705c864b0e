"""The consent to automatic updates on a form: it is read, and never moved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from Katip.consent_words import speaks_of_consent
from Katip.reading.boxes import tied_words_of, words_of
from Katip.reading.labels import Kind, sign_of
from Katip.reading.snapshot import Node, Piece, Snapshot
from Katip.turkish import fold

_GIVEN = frozenset(map(fold, ("Evet", "Var", "Açık", "Onaylandı", "Verildi", "Yes", "On")))
_NOT_GIVEN = frozenset(map(fold, ("Hayır", "Yok", "Kapalı", "Verilmedi", "No", "Off")))
_ANSWERS = _GIVEN | _NOT_GIVEN
_SMALL = 80  # CSS pixels: what is drawn as a switch is no larger
_LONGEST = 400  # characters of words that are set in several elements


def consents_given(snapshot: Snapshot) -> list[str]:
    """Return the words of each consent that is on, or whose state cannot be told.

    A check box, radio button or switch is on where it says so. Its words are those that are tied to it or are beside it;
    where there are none, those on its line, or above and below it, in the smallest part of the page that has words.
    What can be pressed, has no words and no state, and a text or a field that says yes, count as on.

    Args:
        snapshot: what is seen.
    """
    given: list[str] = []
    of_boxes: set[str] = set()
    for node in snapshot.nodes:
        if node.checkable:
            words = _consent_in(_words_of_box(snapshot, node))
            of_boxes.update(words)
            given += words[:1] if node.selected and not _says_no(snapshot, node) else []
        elif _is_drawn_switch(snapshot, node):
            given += _consent_in(_words_around(snapshot, node))[:1]
    for piece in filter(_is_seen, snapshot.pieces):
        given += _given_by_text(snapshot, piece, of_boxes)
    return list(dict.fromkeys(given))


def _given_by_text(snapshot: Snapshot, piece: Piece, of_boxes: Collection[str]) -> list[str]:
    """Return the consent that a "yes" without a state answers, or that a text is which can be pressed; none for a check box's words."""
    if fold(piece.text) in _GIVEN and not _has_state(piece.node):
        return _consent_in(_words_around(snapshot, piece.node))[:1]
    if piece.is_value or piece.text in of_boxes or not speaks_of_consent(piece.text):
        return []
    return [piece.text] if _is_pressed(piece) else []


def _consent_in(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if speaks_of_consent(text)]


def _is_seen(piece: Piece) -> bool:
    return not piece.covered and not piece.cut_off


def _is_answer(text: str) -> bool:
    return not fold(text) or fold(text) in _ANSWERS


def _words_of_box(snapshot: Snapshot, box: Node) -> list[str]:
    """The words of a check box; a yes or a no beside it is only its state."""
    own = words_of(snapshot, box)
    if _consent_in(own):
        return own
    beside = [piece for piece in snapshot.pieces if piece.text in own and piece.box.same_line(box.box)]
    whole = _whole_texts(snapshot, beside, box)
    if _consent_in(whole):
        return whole
    return own if any(not _is_answer(text) for text in own) else _words_around(snapshot, box)


def _says_no(snapshot: Snapshot, box: Node) -> bool:
    tied = tied_words_of(snapshot, box)
    return box.role != "switch" and bool(tied) and all(fold(text) in _NOT_GIVEN for text in tied)


def _words_around(snapshot: Snapshot, node: Node) -> list[str]:
    """The words of the smallest part of the page around something: those on its line, else those next above and below."""
    for part in node.ancestors():
        pieces = [
            piece
            for piece in snapshot.pieces_in(part)
            if not piece.is_value and _is_seen(piece) and not _is_answer(piece.text) and not piece.node.within(node)
        ]
        if pieces:
            near = [piece for piece in pieces if piece.box.same_line(node.box)] or _above_and_below(pieces, node)
            return [piece.text for piece in near] + _whole_texts(snapshot, near, node)
    return []


def _above_and_below(pieces: Sequence[Piece], node: Node) -> list[Piece]:
    middle = node.box.middle[1]
    above = [piece for piece in pieces if piece.box.middle[1] <= middle]
    below = [piece for piece in pieces if piece.box.middle[1] > middle]
    lowest = max((piece.box.bottom for piece in above), default=0)
    highest = min((piece.box.y for piece in below), default=0)
    return [
        *(piece for piece in above if piece.box.bottom >= lowest - 4),
        *(piece for piece in below if piece.box.y <= highest + 4),
    ]


def _whole_texts(snapshot: Snapshot, pieces: Iterable[Piece], apart: Node) -> list[str]:
    """What is set in several elements, as one text each."""
    parts = {id(part): part for piece in pieces for part in list(piece.node.ancestors())[:2]}
    texts = [
        snapshot.text_of(part)
        for part in parts.values()
        if sum(node.checkable for node in part.walk() if node is not apart) == 0
    ]
    return [text for text in dict.fromkeys(texts) if text and len(text) <= _LONGEST]


def _has_state(node: Node) -> bool:
    """True if it belongs to a check box, whose own state was read."""
    return any(one.checkable or one.tag == "label" for one in [node, *list(node.ancestors())[:2]])


def _is_drawn_switch(snapshot: Snapshot, node: Node) -> bool:
    """True for something small that reacts to the pointer and has neither words nor a state."""
    if node.tag in ("a", "label") or node.is_field or sign_of(node) not in (Kind.ANY, Kind.BUTTON):
        return False
    if not _is_small_in_sight(node) or not _is_answer(node.own_name) or not _is_answer(snapshot.text_of(node)):
        return False
    around = [node, *list(node.ancestors())[:2]]
    if _draws_a_box(node) or _holds_box(node):
        return False
    return not any(one.checkable or (one.tag == "label" and _holds_box(one)) for one in around)


def _is_small_in_sight(node: Node) -> bool:
    if node.cut_off or node.covered:
        return False
    return 0 < node.box.width <= _SMALL and 0 < node.box.height <= _SMALL


def _holds_box(node: Node) -> bool:
    return any(one.checkable for one in node.walk())


def _draws_a_box(node: Node) -> bool:
    """True if it is drawn for the one invisible check box beside it in the same element, whose own state was read."""
    beside = node.parent.children if node.parent is not None else []
    boxes = [one for one in beside if one.checkable and "gh" in one.raw]
    drawn = [
        one
        for one in beside
        if sign_of(one) is Kind.ANY and not one.checkable and not any(run.is_text for run in one.walk())
    ]
    return len(boxes) == 1 and len(drawn) == 1


def _is_pressed(piece: Piece) -> bool:
    """True if the text itself is the control: it is selected, or is a clickable element without an expanded state."""
    around = [piece.node, *list(piece.node.ancestors())[:1]]
    return any(node.selected or (sign_of(node) is Kind.ANY and "ex" not in node.raw) for node in around)
