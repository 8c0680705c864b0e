"""Find check boxes and switches by the words beside them."""

from __future__ import annotations

from collections.abc import Iterator

from Katip.consent_words import speaks_of_consent
from Katip.reading.cells import Row, is_cell
from Katip.reading.labels import Label
from Katip.reading.snapshot import Node, Piece, Snapshot
from Katip.turkish import Vocabulary, visible

_NEAR = 60  # CSS pixels between a box and the words beside it
_LEVELS = 2  # elements around a box without an extent that may be what is drawn for it
_NAMES = ("lb", "by", "a", "ti", "hx")

_PRESSED_TAGS = frozenset({"a", "button", "img", "svg", "input"})


def check_boxes(snapshot: Snapshot, inside: Node | None = None) -> Iterator[Node]:
    """Return the visible check boxes and switches, custom-drawn ones too.

    Args:
        snapshot: what is seen.
        inside: a node to look in; the whole page if not given.
    """
    for node in snapshot.nodes:
        if node.checkable and _is_seen(node) and (inside is None or node.within(inside)):
            yield node


def _is_seen(box: Node) -> bool:
    """True if a check box, or what is drawn for one without an extent of its own, can be seen."""
    shown = box
    if "gh" in box.raw and not box.box.area:
        shown = next((one for one in list(box.ancestors())[:_LEVELS] if one.box.area), box)
    return not shown.cut_off and not shown.covered


def tied_words_of(snapshot: Snapshot, box: Node) -> list[str]:
    """Return the accessible names of a check box and its label's text.

    Args:
        snapshot: what is seen.
        box: the check box.
    """
    found = [visible(str(box.raw[key])) for key in _NAMES if box.raw.get(key)]
    label = next((node for node in box.ancestors() if node.tag == "label"), None)
    if label is not None:
        found.append(snapshot.text_of(label))
    return list(dict.fromkeys(text for text in found if text))


def words_of(snapshot: Snapshot, box: Node) -> list[str]:
    """Return the texts of a check box: its accessible names, its label's text, the adjacent texts.

    Args:
        snapshot: what is seen.
        box: the check box.

    Returns:
        The texts, the surest first.
    """
    found = tied_words_of(snapshot, box)
    found += [piece.text for piece in snapshot.pieces if _is_beside(piece, box)]
    return list(dict.fromkeys(text for text in found if text))


def _is_beside(piece: Piece, box: Node) -> bool:
    return (
        not piece.is_value
        and not piece.cut_off
        and piece.frame == box.frame
        and piece.box.same_line(box.box)
        and min(abs(piece.box.x - box.box.right), abs(box.box.x - piece.box.right)) <= _NEAR
    )


def find_box(snapshot: Snapshot, label: Label, words: Vocabulary) -> Node | None:
    """Find the check box that belongs to a label.

    Args:
        snapshot: what is seen.
        label: the label.
        words: the portal's abbreviations.

    Returns:
        The check box; None if there is none, several carry the same words, or it may be a consent's.
    """
    keys = words.keys(label.names)
    found = [box for box in check_boxes(snapshot) if _is_called(snapshot, box, keys, words)]
    return found[0] if len(found) == 1 else None


def _is_called(snapshot: Snapshot, box: Node, keys: frozenset[str], words: Vocabulary) -> bool:
    """True if a check box has the text; never for one that may be a consent, whatever text is beside it."""
    tied = tied_words_of(snapshot, box)
    own = tied if _has_label(box) and tied else [*tied, *_nearest_words(snapshot, box)]
    return any(words.key(text) in keys for text in own) and not any(map(speaks_of_consent, own))


def _has_label(box: Node) -> bool:
    return any(box.raw.get(key) for key in ("lb", "by")) or any(node.tag == "label" for node in box.ancestors())


def _nearest_words(snapshot: Snapshot, box: Node) -> list[str]:
    """Return the text after a box, and the text before it unless that is the text after another box."""
    beside = [piece for piece in snapshot.pieces if _is_beside(piece, box)]
    behind = [piece for piece in beside if piece.box.x >= box.box.middle[0]]
    before = [piece for piece in beside if piece not in behind]
    nearest = [min(behind, key=lambda piece: piece.box.x)] if behind else []
    last = max(before, key=lambda piece: piece.box.right, default=None)
    if last is not None and not (behind and _has_box_before(snapshot, last, box)):
        nearest.append(last)
    return [piece.text for piece in nearest]


def _has_box_before(snapshot: Snapshot, piece: Piece, box: Node) -> bool:
    return any(
        other is not box and other.box.x < piece.box.x and _is_beside(piece, other) for other in check_boxes(snapshot)
    )


def drawn_box(snapshot: Snapshot, row: Row) -> Node | None:
    """Find the narrow empty first cell of a row: it may contain a custom-drawn check box without a role.

    Args:
        snapshot: the look in which the row was read.
        row: the row.

    Returns:
        The cell, or None if the row begins with words, or with something that can be pressed for another purpose.
    """
    pieces = [piece for found in row.pieces.values() for piece in found]
    if not pieces:
        return None
    first = min(pieces, key=lambda piece: piece.box.x)
    cells = [node for node in snapshot.nodes if is_cell(node) and _is_narrow_before(node, first)]
    cell = min(cells, key=lambda node: node.box.x, default=None)
    if cell is None or snapshot.pieces_in(cell) or any(map(_is_pressed, cell.walk())):
        return None
    return cell


def _is_narrow_before(cell: Node, first: Piece) -> bool:
    """True if a cell is on the line of a row's first text, left of it, and as wide as a check box's cell."""
    return (
        cell.frame == first.frame
        and cell.box.same_line(first.box)
        and cell.box.right <= first.box.x + 2
        and 10 <= cell.box.width <= 60
    )


def _is_pressed(node: Node) -> bool:
    """True if an element can be pressed for a purpose of its own."""
    return node.tag in _PRESSED_TAGS or node.role == "button" or "cu" in node.raw
