"""Find the one field that belongs to a label and can be filled."""

from __future__ import annotations

from collections.abc import Iterable

from Katip.errors import LabelAmbiguous, LabelNotFound
from Katip.messages import msg
from Katip.reading.forms import is_open_field, values_of
from Katip.reading.labels import Label, seen_labels
from Katip.reading.snapshot import Node, Piece, Snapshot
from Katip.reading.values_by_place import FAR_BELOW, FAR_RIGHT
from Katip.turkish import Vocabulary


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
    fields = _by_value(snapshot, label, words, others) or _by_nearness(snapshot, label, words)
    if not fields:
        raise LabelNotFound(
            msg('Looking for the field "{label}"', label=label),
            msg('a visible field labelled "{label}"', label=label),
            seen_labels(snapshot),
            msg(
                "If the portal words it otherwise, add the wording to the portal's file under [labels]; `katip doctor --portal NAME` names the line."
            ),
        )
    if len(fields) > 1:
        described = [f"{node.tag} at ({node.box.middle[0]:.0f}, {node.box.middle[1]:.0f})" for node in fields]
        raise LabelAmbiguous(msg('Looking for the field "{label}"', label=label), label.name, described)
    return fields[0]


def _by_value(snapshot: Snapshot, label: Label, words: Vocabulary, others: Iterable[Label]) -> list[Node]:
    """Return the fields that hold the label's values: those that the page itself ties to it, else those at its place."""
    found = [
        (value, value.node)
        for value in values_of(snapshot, label, others, words)
        if value.node is not None and is_open_field(value.node) and not value.node.covered
    ]
    tied = [(value, node) for value, node in found if value.anchor is node]
    return list({node.order: node for _, node in tied or found}.values())


def _by_nearness(snapshot: Snapshot, label: Label, words: Vocabulary) -> list[Node]:
    """Return the field nearest to the first of the label's texts that has one."""
    keys = words.keys(label.names)
    texts = [piece for piece in snapshot.pieces if not piece.is_value and not piece.cut_off]
    near = (_nearest_field(snapshot, piece) for piece in texts if words.key(piece.text) in keys)
    return [field for field in near if field is not None][:1]


def _nearest_field(snapshot: Snapshot, label: Piece) -> Node | None:
    """Return the nearest field right of a label or below it; password fields have no text of their own."""
    best: list[tuple[float, Node]] = []
    for node in snapshot.nodes:
        if not is_open_field(node) or node.frame != label.frame or node.covered:
            continue
        if node.box.same_line(label.box) and -4 <= node.box.x - label.box.right <= FAR_RIGHT:
            best.append((node.box.x - label.box.right, node))
        elif -3 <= node.box.y - label.box.bottom <= FAR_BELOW and node.box.shared_width(label.box) > 0:
            best.append((node.box.y - label.box.bottom, node))
    return min(best, key=lambda pair: pair[0])[1] if best else None
