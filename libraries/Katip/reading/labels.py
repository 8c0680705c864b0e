"""Find a control by what a person sees: its words, what it looks like, and, last, what is beside it.

The words must be the whole label: "Kayıt" is never found in "Kayıtlı Kullanıcı Girişi". A hit must be unique; where
several controls have the same words, the kind that was asked for decides, then visibility, then the neighbors,
and otherwise the answer is an error that names all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from Katip.errors import LabelAmbiguous, LabelNotFound
from Katip.messages import msg
from Katip.reading.controls import KIND_NAMES, Control, Kind, Label, as_label, looks_like, owner_of, sign_of
from Katip.reading.snapshot import Node, Piece, Snapshot
from Katip.turkish import Vocabulary, visible, without_counter

__all__ = ["Control", "Kind", "Label", "as_label", "find", "hits", "one_place", "seen_labels", "sign_of"]

_MOST_LINES = 6  # of the words of one control
_LONGEST_NAMED = 60  # characters of a label that an error names

# How well each kind of control fits the kind that is wanted: the higher, the better.
_WANTED: dict[Kind, dict[Kind, int]] = {
    Kind.BUTTON: {
        Kind.BUTTON: 9,
        Kind.LINK: 9,
        Kind.MENU: 6,
        Kind.CHOICE: 4,
        Kind.ANY: 3,
        Kind.TAB: 2,
        Kind.HEADING: 1,
    },
    Kind.MENU: {Kind.MENU: 9, Kind.LINK: 8, Kind.BUTTON: 7, Kind.CHOICE: 5, Kind.ANY: 4, Kind.TAB: 2, Kind.HEADING: 1},
    Kind.LINK: {Kind.LINK: 9, Kind.BUTTON: 8, Kind.MENU: 8, Kind.ANY: 4, Kind.TAB: 3, Kind.CHOICE: 2, Kind.HEADING: 1},
    Kind.TAB: {Kind.TAB: 9, Kind.LINK: 5, Kind.BUTTON: 5, Kind.MENU: 4, Kind.ANY: 3, Kind.CHOICE: 2, Kind.HEADING: 1},
    Kind.CHOICE: {
        Kind.CHOICE: 9,
        Kind.LINK: 7,
        Kind.BUTTON: 7,
        Kind.MENU: 6,
        Kind.ANY: 6,
        Kind.TAB: 2,
        Kind.HEADING: 1,
    },
    Kind.HEADING: {
        Kind.HEADING: 9,
        Kind.ANY: 5,
        Kind.TAB: 3,
        Kind.BUTTON: 1,
        Kind.LINK: 1,
        Kind.MENU: 1,
        Kind.CHOICE: 1,
    },
    Kind.ANY: {Kind.BUTTON: 9, Kind.LINK: 9, Kind.MENU: 9, Kind.TAB: 8, Kind.CHOICE: 8, Kind.ANY: 4, Kind.HEADING: 2},
}


def _control(
    snapshot: Snapshot, piece: Piece, node: Node, name: str, keys: frozenset[str], words: Vocabulary
) -> Control:
    owner, sign = owner_of(node)
    kind = looks_like(owner, sign)
    whole = owner is None or _says(snapshot, owner, keys, words)
    if owner is not None and not whole and sign is Kind.HEADING:
        owner, kind, whole = None, Kind.ANY, True
    return Control(name, kind, node, owner or _takes_the_click(snapshot, node, keys, words), piece, whole)


def _takes_the_click(snapshot: Snapshot, node: Node, keys: frozenset[str], words: Vocabulary) -> Node:
    """Return the element that takes a click on plain words: the one around them where they let the pointer through.

    Some toolkits set `pointer-events: none` on the words of a menu entry and listen on the row around them. An element
    around them that says more than these words is no such row.
    """
    closed = next((one for one in (node, *node.ancestors()) if "d" in one.raw), None)
    around = closed.parent if closed is not None and closed.raw["d"] == "pointer-events" else None
    return around if around is not None and _says(snapshot, around, keys, words) else node


def _key(text: str, words: Vocabulary) -> str:
    """The key of a label's words; a label without letters and digits ("⋯") is its own key."""
    return words.key(text) or f"sign {visible(text)}"


def _says(snapshot: Snapshot, node: Node, keys: frozenset[str], words: Vocabulary) -> bool:
    said = snapshot.text_of(node) or node.own_name
    if {_key(said, words), _key(without_counter(said), words)} & keys:
        return True
    pieces = [piece for piece in snapshot.pieces_in(node) if not piece.is_value]
    if len(pieces) != 1:
        return False
    tooltip = {_key(pieces[0].tooltip, words)} if pieces[0].tooltip else set()
    return bool({_key(pieces[0].without_badge, words), *tooltip} & keys)


def _stands_alone(run: Node, runs: Sequence[Node]) -> bool:
    """True if a run of text on a line is set apart from its neighbours by more than a blank."""
    for other in runs:
        if other is not run and other.box.same_line(run.box):
            gap = max(other.box.x - run.box.right, run.box.x - other.box.right)
            if gap < 6:
                return False
    return True


def hits(snapshot: Snapshot, label: Label, words: Vocabulary) -> list[Control]:
    """Find everything that has exactly the label's words.

    Args:
        snapshot: what is seen.
        label: the label.
        words: the portal's abbreviations.

    Returns:
        All hits in reading order, things that scrolling cannot reach left out.
    """
    keys = frozenset(_key(name, words) for name in label.names)
    found: list[Control] = []
    for piece in snapshot.pieces:
        if piece.is_value or piece.cut_off:
            continue
        texts = (piece.text, without_counter(piece.text), piece.without_badge)
        if {_key(text, words) for text in texts} & keys:
            found.append(_control(snapshot, piece, piece.node, piece.text, keys, words))
        elif piece.tooltip and _key(piece.tooltip, words) in keys:
            found.append(_control(snapshot, piece, piece.node, piece.tooltip, keys, words))
        elif len(piece.runs) > 1:
            found.extend(_runs_with_label(snapshot, piece, keys, words))
    found.extend(_split_over_lines(snapshot, keys, words, found))
    return sorted(found, key=lambda control: control.node.order)


def _runs_with_label(snapshot: Snapshot, piece: Piece, keys: frozenset[str], words: Vocabulary) -> Iterator[Control]:
    """Yield the runs of a line that have the label's words, and are a control or are set apart from the others."""
    for run in piece.runs:
        if run.parent is not None and _key(run.text, words) in keys:
            control = _control(snapshot, piece, run, run.text.strip(), keys, words)
            if (control.whole and control.owner is not run) or _stands_alone(run, piece.runs):
                yield control


def _split_over_lines(
    snapshot: Snapshot, keys: frozenset[str], words: Vocabulary, found: Sequence[Control]
) -> Iterable[Control]:
    """Controls whose words are spread over several lines or pieces."""
    for node in snapshot.nodes:
        pieces = _lines_of(snapshot, node)
        if not pieces or any(control.node.within(node) for control in found):
            continue
        if _says(snapshot, node, keys, words) and not _holds_such_a_control(snapshot, node, keys, words):
            kind = looks_like(node, sign_of(node))
            yield Control(snapshot.text_of(node), kind, node, node, pieces[0], True)


def _lines_of(snapshot: Snapshot, node: Node) -> list[Piece]:
    """Return the texts of a control with two to six of them, all within reach; none for anything else."""
    if node.tag == "#" or not node.children or sign_of(node) is None:
        return []
    pieces = [piece for piece in snapshot.pieces_in(node) if not piece.is_value]
    return pieces if 2 <= len(pieces) <= _MOST_LINES and not any(piece.cut_off for piece in pieces) else []


def _holds_such_a_control(snapshot: Snapshot, node: Node, keys: frozenset[str], words: Vocabulary) -> bool:
    """True if a control inside an element has the same words."""
    inner = (one for one in node.walk() if one is not node and one.tag != "#")
    return any(sign_of(one) not in (None, Kind.HEADING) and _says(snapshot, one, keys, words) for one in inner)


def find(
    snapshot: Snapshot,
    label: Label,
    kind: Kind,
    words: Vocabulary,
    *,
    below: Label | None = None,
    inside: Node | None = None,
) -> Control:
    """Find the one control that has a label.

    Args:
        snapshot: what is seen.
        label: the label's wordings, and what is beside it.
        kind: what kind of control it must be to a person.
        words: the portal's abbreviations.
        below: a label above it (an opened menu's title); decides only between several hits.
        inside: a node in which it must be.

    Returns:
        The control.

    Raises:
        LabelNotFound: if nothing visible has the label.
        LabelAmbiguous: if several have it and nothing distinguishes them.

    Example:
        ``find(snapshot, Label(("Onayla",)), Kind.BUTTON, Vocabulary())``
    """
    found = [control for control in hits(snapshot, label, words) if inside is None or control.node.within(inside)]
    if kind is Kind.CHOICE:
        entries = _entries(snapshot, label, words)
        found.extend(control for control in entries if inside is None or control.node.within(inside))
    doing = msg('Looking for the {what} "{label}"', what=msg(KIND_NAMES[kind]), label=label)
    if not found:
        raise _not_found(doing, snapshot, label, inside)
    best = _narrowed(snapshot, one_place(_best(found, kind)), label, kind, words, below)
    if len(best) > 1 and not label.any:
        raise LabelAmbiguous(doing, label.name, [control.describe() for control in best])
    return best[0]


def _not_found(doing: str, snapshot: Snapshot, label: Label, inside: Node | None) -> LabelNotFound:
    others = msg(" (or {names})", names=", ".join(label.names[1:])) if len(label.names) > 1 else ""
    return LabelNotFound(
        doing,
        msg('a visible label "{label}"', label=label) + others,
        seen_labels(snapshot, inside),
        msg(
            "If the portal words it otherwise, add the wording to the portal's file under [labels]; `katip doctor --portal NAME` names the line."
        ),
    )


def _narrowed(
    snapshot: Snapshot, best: list[Control], label: Label, kind: Kind, words: Vocabulary, below: Label | None
) -> list[Control]:
    """Decide between several hits: by what is beside them, by the title above them, by the layout."""
    if len(best) > 1 and label.near:
        best = _beside(snapshot, best, label.near, words) or best
    one_wording = len({words.key(without_counter(control.name)) for control in best}) == 1
    if len(best) > 1 and below is not None and one_wording:
        best = _under(snapshot, best, below, words) or best
    if len(best) > 1 and kind in (Kind.MENU, Kind.TAB):
        best = _arranged(snapshot, best, stacked=kind is Kind.MENU)
    return best


def _best(found: Sequence[Control], kind: Kind) -> list[Control]:
    """Keep what can be seen, then what is in the modal window, then what is most like the kind that is wanted."""
    left = [control for control in found if control.in_sight] or list(found)
    modal = [control for control in left if any(one.raw.get("mo") for one in control.node.ancestors())]
    left = modal or left
    wanted = _WANTED[kind]

    def rank(control: Control) -> tuple[int, bool]:
        return (wanted[control.kind], control.whole)

    top = max(map(rank, left))
    return [control for control in left if rank(control) == top]


def one_place(found: Sequence[Control]) -> list[Control]:
    """Count a thing once: hits of one owner, one address, or one place."""
    kept: list[Control] = []
    for control in found:
        if not any(_are_one(control, other) for other in kept):
            kept.append(control)
    return kept


def _are_one(control: Control, other: Control) -> bool:
    """True if two hits are the same thing."""
    if control.whole and control.owner is other.owner:
        return True
    nested = control.owner.within(other.owner) or other.owner.within(control.owner)
    if nested and control.whole and other.whole:
        return True
    if _lead_to_one_address(control, other):
        return True
    return control.box.holds(other.box, 3) and other.box.holds(control.box, 3)


def _lead_to_one_address(control: Control, other: Control) -> bool:
    """True if two links have the same address; an empty anchor or a script says nothing about what they do."""
    address = str(control.owner.raw.get("hr") or "")
    if not address or address.endswith("#") or "javascript:" in address:
        return False
    return address == str(other.owner.raw.get("hr") or "")


def _beside(snapshot: Snapshot, found: Sequence[Control], near: Sequence[str], words: Vocabulary) -> list[Control]:
    keys = words.keys(near)
    neighbours = [piece for piece in snapshot.pieces if words.key(piece.text) in keys and not piece.cut_off]
    counts = {
        id(control): sum(
            1 for piece in neighbours if piece.frame == control.node.frame and piece.box.same_line(control.box)
        )
        for control in found
    }
    most = max(counts.values())
    return [control for control in found if counts[id(control)] == most] if most else []


def _under(snapshot: Snapshot, found: Sequence[Control], below: Label, words: Vocabulary) -> list[Control]:
    keys = words.keys(below.names)
    anchors = [piece for piece in snapshot.pieces if words.key(piece.text) in keys and piece.in_sight]
    best: list[tuple[float, Control]] = []
    for anchor in anchors:
        for control in found:
            down = control.piece.box.y - anchor.box.bottom
            aside = abs(control.piece.box.x - anchor.box.x)
            if down > -4 and aside < 120:
                best.append((down + aside, control))
    if not best:
        return []
    nearest = min(distance for distance, _ in best)
    return [control for distance, control in best if distance == nearest]


def _entries(snapshot: Snapshot, label: Label, words: Vocabulary) -> Iterable[Control]:
    """Yield the options of lists that have a label."""
    keys = words.keys(label.names)
    for node in snapshot.nodes:
        for index, text in enumerate(node.raw.get("op", ()) if "gh" not in node.raw else ()):
            if words.key(text) in keys and not node.cut_off:
                yield Control(text, Kind.CHOICE, node, node, Piece(text, node.box, node, (node,)), True, index)


def _arranged(snapshot: Snapshot, found: Sequence[Control], *, stacked: bool) -> list[Control]:
    """Decide by layout where no role does: entries of a menu are in one column, tabs side by side."""

    def company(control: Control) -> int:
        box = control.piece.box
        count = 0
        for piece in snapshot.pieces:
            if (
                piece.is_value
                or piece.node is control.piece.node
                or piece.frame != control.node.frame
                or not piece.in_sight
            ):
                continue
            down, across = abs(piece.box.y - box.y), max(piece.box.x - box.right, box.x - piece.box.right)
            in_column = abs(piece.box.x - box.x) <= 16 and 0.5 * box.height < down <= 60
            in_row = piece.box.same_line(box) and 0 <= across <= 60
            count += in_column - in_row
        return count if stacked else -count

    return [control for control in found if company(control) > 0] or list(found)


def seen_labels(snapshot: Snapshot, inside: Node | None = None, limit: int = 25) -> str:
    """Return the labels that can be pressed on the page, for an error message.

    Args:
        snapshot: what is seen.
        inside: a node to look in; the whole page if not given.
        limit: how many labels to name.

    Returns:
        The labels, quoted and separated by commas.
    """
    names = list(dict.fromkeys(_pressable_names(snapshot, inside)))
    more = msg(" and {count} more", count=len(names) - limit) if len(names) > limit else ""
    if names:
        return msg("the labels ") + ", ".join(f'"{name}"' for name in names[:limit]) + more
    words = " ".join(snapshot.text.split())[:300]
    return msg('nothing that can be pressed; the page says "{words}"', words=words) if words else msg("an empty page")


def _pressable_names(snapshot: Snapshot, inside: Node | None) -> Iterator[str]:
    """Yield the short labels in sight that are of a control."""
    for piece in snapshot.pieces:
        if piece.is_value or not piece.in_sight or (inside is not None and not piece.node.within(inside)):
            continue
        owner, sign = owner_of(piece.node)
        name = piece.tooltip or piece.text
        if owner is not None and sign not in (None, Kind.HEADING) and len(name) < _LONGEST_NAMED:
            yield name
