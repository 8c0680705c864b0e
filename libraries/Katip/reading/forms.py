"""Read a form by its labels: a value is tied to its label, shares a place with it, or is right of it or below.

What is tied by the page itself (``<label for>``, ``aria-labelledby``, ``aria-label``, a placeholder) goes first; then
"Label: value" in one text; then the smallest place that holds the label and something else but no other label; then
what a person goes by: the nearest thing to the right on the same line, else the nearest below. A label is never
another label's value, and an empty place stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from Katip.reading.labels import Label
from Katip.reading.snapshot import Node, Piece, Snapshot
from Katip.reading.values_by_place import FieldValue, LabelSight, Sure, by_place, name_before_colon
from Katip.turkish import Vocabulary, visible

_FIELDS_OF_A_FORM = 2


def _tied_names(node: Node) -> Iterator[str]:
    for key in ("lb", "by", "a", "ph", "ti"):
        if node.raw.get(key):
            yield visible(str(node.raw[key]))


def is_open_field(node: Node) -> bool:
    """True for a field that can be seen or scrolled to.

    Args:
        node: an element.
    """
    return node.is_field and "gh" not in node.raw and not node.cut_off


# -------------------------------------------------------------------------------------------------------- by place


# ---------------------------------------------------------------------------------------------------------- values


def _held(snapshot: Snapshot, field: Node) -> str:
    """Return a field's value, also of a custom control built from other elements."""
    if field.value is not None:
        return field.value
    pieces = snapshot.pieces_in(field)
    values = [piece.text for piece in pieces if piece.is_value]
    names = set(_tied_names(field))
    return (
        values[0]
        if values
        else visible(" ".join(piece.text for piece in pieces if piece.text not in names and piece.node is not field))
    )


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
        One entry for each place of the label, those in sight first.
    """
    keys = words.keys(label.names)
    sight = LabelSight(snapshot, keys.union(*(words.keys(other.names) for other in others)), words)
    found = list(_tied(snapshot, keys, words))
    tied = {id(field.node) for field in found}
    has_label = any("lb" in field.anchor.raw for field in found)
    for piece in _label_texts(snapshot, keys, words, has_label=has_label):
        value = _at_label(sight, piece, keys)
        if value is None or id(value.node) in tied:
            continue
        if not any(field.anchor.within(piece.node) for field in found):
            found.append(value)
    if inside is not None:
        found = [field for field in found if field.anchor.within(inside)]
    return sorted(found, key=lambda field: not _sighted(field))


def _label_texts(snapshot: Snapshot, keys: frozenset[str], words: Vocabulary, *, has_label: bool) -> Iterator[Piece]:
    """Yield the texts that may be a label by their place; none in a label element that is tied to its field already."""
    index: dict[str, list[int]] = snapshot.remembered(("labels", words), lambda: _index_of_labels(snapshot, words))
    for at in sorted({at for key in keys for at in index.get(key, ())}):
        piece = snapshot.pieces[at]
        if not has_label or not any(one.tag == "label" for one in piece.node.ancestors()):
            yield piece


def _index_of_labels(snapshot: Snapshot, words: Vocabulary) -> dict[str, list[int]]:
    """Return for each key the places of the pieces that are a label with it, or begin with one."""
    index: dict[str, list[int]] = {}
    for at, piece in enumerate(snapshot.pieces):
        if piece.is_value or piece.cut_off:
            continue
        before = name_before_colon(piece.text)
        for text in (piece.text, before[0] if before else "", piece.runs[0].text if len(piece.runs) > 1 else ""):
            if text:
                index.setdefault(words.key(text), []).append(at)
    return index


def _tied(snapshot: Snapshot, keys: frozenset[str], words: Vocabulary) -> Iterator[FieldValue]:
    for node in snapshot.nodes:
        name = (
            next((name for name in _tied_names(node) if words.key(name) in keys), None) if is_open_field(node) else None
        )
        if name is not None:
            yield FieldValue(name, _held(snapshot, node), node, node)


def _at_label(sight: LabelSight, piece: Piece, keys: frozenset[str]) -> FieldValue | None:
    """Return the value of a text that is the label, or begins with it."""
    words = sight.words
    if words.key(piece.text) in keys:
        return by_place(sight, piece)
    before = name_before_colon(piece.text)
    if before and words.key(before[0]) in keys:
        return FieldValue(before[0], before[1], piece.node, piece.node)
    if len(piece.runs) > 1 and words.key(piece.runs[0].text) in keys:
        rest = visible("".join(run.text for run in piece.runs[1:])).removeprefix(":").lstrip()
        return FieldValue(visible(piece.runs[0].text), rest, piece.runs[1], piece.runs[0])
    return None


def _sighted(field: FieldValue) -> bool:
    return field.anchor.in_sight or (field.node is not None and field.node.in_sight)


def read_form(
    snapshot: Snapshot,
    fields: Mapping[str, Label],
    words: Vocabulary,
    near: Label | None = None,
    apart_from: Sequence[Node] = (),
) -> dict[str, FieldValue]:
    """Read a form; if labels occur more than once, use the occurrences of the same form.

    A grid behind or beside the form may have the same words in its headers ("Adı Soyadı"): of several places those
    are chosen whose values are surely the labels' own, which stand nearest to the form's title, and closest together.

    Args:
        snapshot: what is seen.
        fields: name of each field to its label.
        words: the portal's abbreviations.
        near: a label that belongs to the form alone: its title, or the button that saves it.
        apart_from: nodes that are no labels of the form, such as the headers of a list.

    Returns:
        The fields that were found, by name.

    Example:
        ``read_form(snapshot, {"name": Label(("Adı Soyadı",))}, Vocabulary())["name"].value``
    """
    places = _places_of(snapshot, fields, words, apart_from)
    if not places:
        return {}
    keys = words.keys(near.names) if near else frozenset()
    marks = [piece.node for piece in snapshot.pieces if words.key(piece.text) in keys and piece.in_sight]
    places = _in_front(places, marks)
    fewest = min(places.values(), key=lambda found: (len(_visible_ones(found)), len(found)))
    best: dict[str, FieldValue] = {}
    best_score = (-1, -1, -1, -1)
    for pivot in _visible_ones(fewest) or fewest:
        chosen = {name: _closest(snapshot, pivot, _visible_ones(found) or found) for name, found in places.items()}
        score = _score(snapshot, pivot, list(chosen.values()), marks)
        if score > best_score:
            best, best_score = chosen, score
    return _as_laid_out(best)


def _places_of(
    snapshot: Snapshot, fields: Mapping[str, Label], words: Vocabulary, apart_from: Sequence[Node]
) -> dict[str, list[FieldValue]]:
    """Return the places of each label that has any."""
    places: dict[str, list[FieldValue]] = {}
    for name, label in fields.items():
        others = (other for key, other in fields.items() if key != name)
        values = values_of(snapshot, label, others, words)
        places[name] = [field for field in values if not any(field.anchor.within(node) for node in apart_from)]
    return {name: found for name, found in places.items() if found}


def _in_front(places: dict[str, list[FieldValue]], marks: Sequence[Node]) -> dict[str, list[FieldValue]]:
    """Keep the places in the dialog that holds a mark of the form and several fields: a label that it lacks is not taken from the page behind it."""
    for dialog in {id(node): node for mark in marks for node in mark.ancestors() if is_dialog(node)}.values():
        inside = {name: [field for field in found if field.anchor.within(dialog)] for name, found in places.items()}
        held = {name: found for name, found in inside.items() if found}
        if len(held) >= _FIELDS_OF_A_FORM:
            return held
    return places


def is_dialog(node: Node) -> bool:
    """Return True if an element says that it is a window over the page.

    Args:
        node: an element.
    """
    return node.role in ("dialog", "alertdialog") or node.tag == "dialog" or "mo" in node.raw


def _score(
    snapshot: Snapshot, pivot: FieldValue, chosen: Sequence[FieldValue], marks: Sequence[Node]
) -> tuple[int, int, int, int]:
    """Return how well values fit together as one form: the surest, the nearest to its marks, the closest, the most."""
    return (
        sum(field.sure is not Sure.BELOW for field in chosen),
        max((snapshot.depth_of_common(pivot.anchor, mark) for mark in marks), default=0),
        sum(snapshot.depth_of_common(pivot.anchor, field.anchor) for field in chosen),
        sum(field.node is not None for field in chosen),
    )


def _as_laid_out(fields: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """If labels are left of their values, a text below an empty value belongs to another label."""
    below = [field for field in fields.values() if field.sure is Sure.BELOW and not _is_field(field)]
    if 2 * len(below) > len(fields):
        return dict(fields)
    return {
        name: FieldValue(field.label, "", None, field.anchor, field.sure) if field in below else field
        for name, field in fields.items()
    }


def _is_field(field: FieldValue) -> bool:
    return field.node is not None and field.node.is_field


def _visible_ones(found: Sequence[FieldValue]) -> list[FieldValue]:
    return [field for field in found if _sighted(field)]


def _closest(snapshot: Snapshot, pivot: FieldValue, found: Sequence[FieldValue]) -> FieldValue:
    def nearness(field: FieldValue) -> tuple[int, bool, float]:
        (ax, ay), (bx, by) = pivot.anchor.box.middle, field.anchor.box.middle
        return (
            snapshot.depth_of_common(pivot.anchor, field.anchor),
            field.node is not None,
            -abs(ax - bx) - abs(ay - by),
        )

    return max(found, key=nearness)


def form_area(snapshot: Snapshot, fields: Mapping[str, FieldValue]) -> Node | None:
    """Return the smallest node around all fields of a form.

    Args:
        snapshot: what is seen.
        fields: the form as read.

    Returns:
        The node, or None if the fields share none.
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
