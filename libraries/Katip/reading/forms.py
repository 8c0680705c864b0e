"""Read a form by its labels: a value belongs to the label that it is tied to, or that stands left of it, or above it.

What is tied by the page itself (``<label for>``, a wrapping label, ``aria-labelledby``, ``aria-label``, a placeholder) goes first; then what a
person goes by: the nearest thing to the right on the same line, else the nearest below, and a label is never another label's value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from Katip.errors import LabelAmbiguous, LabelNotFound
from Katip.reading.labels import Label, seen_labels
from Katip.reading.snapshot import Node, Piece, Snapshot
from Katip.turkish import Vocabulary, visible

_FAR_RIGHT = 700
_FAR_BELOW = 70
_LABEL_TAGS = frozenset({"label", "dt", "th", "legend"})


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What a form shows for one label.

    Attributes:
        label: the label as seen.
        value: the value as seen, an empty text where the field is empty.
        node: the field or the text that holds it, None for an empty place.
        anchor: the label's own place.
    """

    label: str
    value: str
    node: Node | None
    anchor: Node


def _tied_names(node: Node) -> Iterable[str]:
    for key in ("lb", "by", "a", "ph", "ti"):
        if node.raw.get(key):
            yield visible(str(node.raw[key]))


def _is_open_field(node: Node) -> bool:
    return node.is_field and "gh" not in node.raw and not node.cut_off


def _name_before_colon(text: str) -> tuple[str, str] | None:
    name, colon, value = text.partition(":")
    return (name, value.strip()) if colon and value.strip() else None


def _is_label(piece: Piece, keys: frozenset[str], words: Vocabulary) -> bool:
    if piece.is_value:
        return False
    if words.key(piece.text) in keys or piece.text.rstrip().endswith(":"):
        return True
    return any(one.tag in _LABEL_TAGS for one in list(piece.node.ancestors())[:3])


def _values_beside(snapshot: Snapshot, label: Piece, keys: frozenset[str], words: Vocabulary) -> list[Piece]:
    """What stands to the right of a label on its line, up to the next label."""
    line = [
        piece
        for piece in snapshot.pieces
        if piece.node not in label.runs
        and not piece.cut_off
        and piece.frame == label.frame
        and piece.box.same_line(label.box)
        and -4 <= piece.box.x - label.box.right <= _FAR_RIGHT
    ]
    found: list[Piece] = []
    for piece in sorted(line, key=lambda piece: piece.box.x):
        if _is_label(piece, keys, words):
            break
        if words.key(piece.text) or piece.is_value:
            found.append(piece)
    return found


def _values_below(snapshot: Snapshot, label: Piece, keys: frozenset[str], words: Vocabulary) -> list[Piece]:
    """What stands directly below a label."""
    under = [
        piece
        for piece in snapshot.pieces
        if piece.node not in label.runs
        and not piece.cut_off
        and piece.frame == label.frame
        and -3 <= piece.box.y - label.box.bottom <= _FAR_BELOW
        and (piece.box.shared_width(label.box) > 0 or abs(piece.box.x - label.box.x) < 16)
    ]
    if not under:
        return []
    first = min(under, key=lambda piece: (piece.box.y, abs(piece.box.x - label.box.x)))
    return [] if _is_label(first, keys, words) else [first]


def _joined(pieces: Sequence[Piece]) -> str:
    values = [piece.text for piece in pieces if piece.is_value]
    if len(values) > 1 and all(value.isdigit() for value in values):
        return ".".join(values)
    return visible(" ".join(values)) if values else visible(" ".join(piece.text for piece in pieces))


def _by_place(snapshot: Snapshot, label: Piece, keys: frozenset[str], words: Vocabulary) -> FieldValue:
    beside = _values_beside(snapshot, label, keys, words)
    below = _values_below(snapshot, label, keys, words)
    holds_field = [pieces for pieces in (beside, below) if any(piece.is_value for piece in pieces)]
    chosen = (holds_field or [pieces for pieces in (beside, below) if pieces] or [[]])[0]
    if chosen and not chosen[0].is_value:
        chosen = _one_value(snapshot, label, chosen)
    return FieldValue(label.text, _joined(chosen), chosen[0].node if chosen else None, label.node)


def _one_value(snapshot: Snapshot, label: Piece, pieces: Sequence[Piece]) -> list[Piece]:
    """Of several texts in a row, those that stand in one cell with the first."""
    first = pieces[0]
    cell = next((one for one in first.node.ancestors() if "bl" in one.raw), None)
    same_cell = [piece for piece in pieces if cell is not None and piece.node.within(cell) and not label.node.within(cell)]
    return same_cell or [first]


def values_of(
    snapshot: Snapshot, label: Label, others: Iterable[Label], words: Vocabulary, inside: Node | None = None
) -> list[FieldValue]:
    """Find everything that a page shows for one label.

    Args:
        snapshot: what is seen.
        label: the label's wordings.
        others: the other labels of the form, which are never a value.
        words: the portal's abbreviations.
        inside: a node to look in; the whole page if not given.

    Returns:
        One entry for each place where the label stands, those in sight first.
    """
    keys = words.keys(label.names)
    every = keys.union(*(words.keys(other.names) for other in others))
    found: list[FieldValue] = []
    tied: set[int] = set()
    for node in snapshot.nodes:
        if _is_open_field(node) and any(words.key(name) in keys for name in _tied_names(node)):
            name = next(name for name in _tied_names(node) if words.key(name) in keys)
            value = node.value if node.value is not None else snapshot.text_of(node)
            found.append(FieldValue(name, value, node, node))
            tied.add(id(node))
    for piece in snapshot.pieces:
        if piece.is_value or piece.cut_off:
            continue
        whole = _name_before_colon(piece.text)
        if words.key(piece.text) in keys:
            value = _by_place(snapshot, piece, every, words)
            if value.node is None or id(value.node) not in tied:
                if not any(field.anchor.within(piece.node) for field in found):
                    found.append(value)
        elif whole and words.key(whole[0]) in keys:
            found.append(FieldValue(whole[0], whole[1], piece.node, piece.node))
    if inside is not None:
        found = [field for field in found if field.anchor.within(inside)]
    return sorted(found, key=lambda field: not _sighted(field))


def _sighted(field: FieldValue) -> bool:
    return field.anchor.in_sight or (field.node is not None and field.node.in_sight)


def find_field(snapshot: Snapshot, label: Label, words: Vocabulary, others: Iterable[Label] = ()) -> Node:
    """Find the one field that belongs to a label and can be filled.

    Args:
        snapshot: what is seen.
        label: the label's wordings.
        words: the portal's abbreviations.
        others: other labels of the same form.

    Returns:
        The field's node.

    Raises:
        LabelNotFound: if no visible field belongs to the label.
        LabelAmbiguous: if several do.
    """
    fields: dict[int, Node] = {}
    for value in values_of(snapshot, label, others, words):
        if value.node is not None and _is_open_field(value.node) and not value.node.covered:
            fields[value.node.order] = value.node
    for piece in snapshot.pieces:
        if not piece.is_value and not piece.cut_off and words.key(piece.text) in words.keys(label.names):
            empty = _nearest_field(snapshot, piece)
            if empty is not None and not fields:
                fields[empty.order] = empty
    if not fields:
        raise LabelNotFound(
            f'Looking for the field "{label}"', f'a visible field labelled "{label}"', seen_labels(snapshot),
            "If the portal words it otherwise, add the wording to the portal's file under [labels].",
        )
    if len(fields) > 1:
        described = [f"{node.tag} at ({node.box.middle[0]:.0f}, {node.box.middle[1]:.0f})" for node in fields.values()]
        raise LabelAmbiguous(f'Looking for the field "{label}"', label.name, described)
    return next(iter(fields.values()))


def _nearest_field(snapshot: Snapshot, label: Piece) -> Node | None:
    """The nearest field right of a label or below it; password fields have no piece of their own."""
    best: list[tuple[float, Node]] = []
    for node in snapshot.nodes:
        if not _is_open_field(node) or node.frame != label.frame or node.covered:
            continue
        if node.box.same_line(label.box) and -4 <= node.box.x - label.box.right <= _FAR_RIGHT:
            best.append((node.box.x - label.box.right, node))
        elif -3 <= node.box.y - label.box.bottom <= _FAR_BELOW and node.box.shared_width(label.box) > 0:
            best.append((node.box.y - label.box.bottom, node))
    return min(best, key=lambda pair: pair[0])[1] if best else None


def read_form(snapshot: Snapshot, fields: Mapping[str, Label], words: Vocabulary) -> dict[str, FieldValue]:
    """Read a form: of several places where a label stands, those that belong together.

    A grid behind the form may have the same words in its headers ("Adı Soyadı"): the fields of one form stand closest together in the
    page, so the places are chosen which meet deepest with the label that stands only once.

    Args:
        snapshot: what is seen.
        fields: name of each field to its label.
        words: the portal's abbreviations.

    Returns:
        The fields that were found, by name.

    Example:
        ``read_form(snapshot, {"name": Label(("Adı Soyadı",))}, Vocabulary())["name"].value``
    """
    places = {
        name: values_of(snapshot, label, (other for key, other in fields.items() if key != name), words)
        for name, label in fields.items()
    }
    places = {name: found for name, found in places.items() if found}
    if not places:
        return {}
    anchor = min(places.values(), key=lambda found: (len(_visible_ones(found)), len(found)))
    pivots = _visible_ones(anchor) or anchor
    best: dict[str, FieldValue] = {}
    best_score = (-1, -1)
    for pivot in pivots:
        chosen = {name: _closest(snapshot, pivot, _visible_ones(found) or found) for name, found in places.items()}
        score = (
            sum(snapshot.depth_of_common(pivot.anchor, field.anchor) for field in chosen.values()),
            sum(1 for field in chosen.values() if field.node is not None),
        )
        if score > best_score:
            best, best_score = chosen, score
    return best


def _visible_ones(found: Sequence[FieldValue]) -> list[FieldValue]:
    return [field for field in found if _sighted(field)]


def _closest(snapshot: Snapshot, pivot: FieldValue, found: Sequence[FieldValue]) -> FieldValue:
    def nearness(field: FieldValue) -> tuple[int, bool, float]:
        (ax, ay), (bx, by) = pivot.anchor.box.middle, field.anchor.box.middle
        return (snapshot.depth_of_common(pivot.anchor, field.anchor), field.node is not None, -abs(ax - bx) - abs(ay - by))

    return max(found, key=nearness)


def form_area(snapshot: Snapshot, fields: Mapping[str, FieldValue]) -> Node | None:
    """Give the smallest node around all fields of a form.

    Args:
        snapshot: what is seen.
        fields: the form as read.

    Returns:
        The node, or None where the fields share none.
    """
    anchors = [field.anchor for field in fields.values()]
    area: Node | None = anchors[0] if anchors else None
    for one, other in product(anchors[:1], anchors[1:]):
        meeting = snapshot.common(one, other)
        if meeting is None:
            return None
        if area is None or area.within(meeting):
            area = meeting
    return area
