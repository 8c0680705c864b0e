"""Find the small window that answers a click: what is new on the page, stands together, and has something to press.

Nothing is assumed about how a window is built. It is found by comparing what is seen with what was seen before the click; where nothing
was seen before, by the roles that a page gives to its windows or by an answer's label.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from Katip.reading.labels import Control, Kind, sign_of
from Katip.reading.snapshot import Node, Piece, Snapshot
from Katip.turkish import Vocabulary, visible

_MOST_PIECES = 16
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A small window on the page.

    Attributes:
        title: its title, or an empty text.
        text: its words, without title and buttons.
        buttons: its buttons from left to right.
        node: the node around it.
    """

    title: str
    text: str
    buttons: tuple[Control, ...]
    node: Node

    @property
    def answers(self) -> tuple[str, ...]:
        """The labels of its buttons."""
        return tuple(button.name for button in self.buttons)


def _place(piece: Piece) -> tuple[str, int, int, int]:
    return (piece.text, piece.frame, round(piece.box.x / 6), round(piece.box.y / 6))


def new_pieces(before: Snapshot | None, after: Snapshot) -> list[Piece]:
    """Give what is seen now and was not seen, at that place, before.

    Args:
        before: what was seen, or None for nothing.
        after: what is seen now.

    Returns:
        The new pieces, in reading order.
    """
    old = {_place(piece) for piece in before.pieces if piece.in_sight} if before else set()
    return [piece for piece in after.pieces if piece.in_sight and piece.text and _place(piece) not in old]


def _presses(piece: Piece, answers: Collection[str], words: Vocabulary) -> Node | None:
    """The element that a piece labels, if it can be pressed."""
    if piece.is_value:
        return None
    for node in [piece.node, *piece.node.ancestors()][:8]:
        sign = sign_of(node)
        if sign in (Kind.BUTTON, Kind.LINK, Kind.ANY, Kind.MENU) and len(piece.text) <= 30:
            return node
        if sign is Kind.HEADING or node.raw.get("mo") or node.role in ("dialog", "alertdialog"):
            break
    return piece.node if words.key(piece.text) in answers else None


def _windows(snapshot: Snapshot, pieces: Sequence[Piece], answers: Collection[str], words: Vocabulary) -> list[tuple[Node, list[Piece]]]:
    """Groups of pieces that stand together around something to press."""
    shown = {id(piece) for piece in pieces}
    found: list[tuple[Node, list[Piece]]] = []
    for piece in pieces:
        pressed = _presses(piece, answers, words)
        if pressed is None or not words.key(piece.text):
            continue
        inside: list[Piece] = []
        box: Node | None = None
        for node in pressed.ancestors():
            here = snapshot.pieces_in(node)
            mine = [one for one in here if id(one) in shown and one.text]
            if len([one for one in here if one.in_sight and one.text]) > max(_MOST_PIECES, 0) or len(mine) * 2 < len([o for o in here if o.in_sight]):
                break
            if any(_presses(one, answers, words) is None and words.key(one.text) for one in mine):
                inside, box = mine, node
            if node.role in ("dialog", "alertdialog") or node.tag in ("dialog", "iframe"):
                break
        if box is not None and not any(box is other for other, _ in found):
            found = [(node, group) for node, group in found if not node.within(box)]
            if not any(box.within(node) for node, _ in found):
                found.append((box, inside))
    return found


def find_window(
    before: Snapshot | None, after: Snapshot, answers: Collection[str], noise: Sequence[str], words: Vocabulary
) -> Window | None:
    """Find the small window that has come since an earlier look.

    Args:
        before: what was seen before the click; None where only roles and answers' labels tell.
        after: what is seen now.
        answers: keys of the labels that usually answer a window ("ok", "tamam", "evet").
        noise: folded beginnings of texts that announce work in progress.
        words: the portal's abbreviations.

    Returns:
        The window on top, or None. A message that cannot be answered (a toast) is a window without buttons.
    """
    fresh = [piece for piece in new_pieces(before, after) if not any(words.key(piece.text).startswith(start) for start in noise)]
    if before is None:
        fresh = _in_dialogs(after, fresh, answers, words)
    groups = _windows(after, fresh, answers, words)
    if groups:
        node, pieces = max(groups, key=lambda group: (_is_dialog(group[0]), _has_answer(group[1], answers, words), group[0].order))
        return _window(after, node, pieces, answers, words)
    told = [piece for piece in fresh if _is_told(piece) and words.key(piece.text)]
    if told:
        node = next(one for one in [told[0].node, *told[0].node.ancestors()] if one.tag != "#")
        return Window("", visible(" ".join(piece.text for piece in told)), (), node)
    return None


def _is_dialog(node: Node) -> bool:
    return any(one.role in ("dialog", "alertdialog") or one.tag == "dialog" or one.raw.get("mo") for one in [node, *node.ancestors()])


def _is_told(piece: Piece) -> bool:
    """True where the page itself says that this is a message."""
    return any(one.role in ("alert", "status", "log", "alertdialog", "dialog") for one in piece.node.ancestors())


def _has_answer(pieces: Sequence[Piece], answers: Collection[str], words: Vocabulary) -> bool:
    return any(words.key(piece.text) in answers for piece in pieces)


def _in_dialogs(snapshot: Snapshot, pieces: Sequence[Piece], answers: Collection[str], words: Vocabulary) -> list[Piece]:
    in_dialog = [piece for piece in pieces if _is_dialog(piece.node) or _is_told(piece)]
    if in_dialog:
        return in_dialog
    return list(pieces) if _has_answer(pieces, answers, words) else []


def _window(snapshot: Snapshot, node: Node, pieces: Sequence[Piece], answers: Collection[str], words: Vocabulary) -> Window:
    buttons: list[Control] = []
    spoken: list[Piece] = []
    for piece in pieces:
        pressed = _presses(piece, answers, words)
        if pressed is None:
            if words.key(piece.text):
                spoken.append(piece)
        elif not any(pressed is button.owner for button in buttons) and words.key(piece.text):
            buttons.append(Control(piece.text, Kind.BUTTON, piece.node, pressed, piece, True))
    known = [button for button in buttons if words.key(button.name) in answers]
    shown = [button for button in buttons if any(one.text for one in button.piece.runs)]
    buttons = known if known and len(known) >= len(shown) else (shown or buttons)
    buttons.sort(key=lambda button: (round(button.box.y / 12), button.box.x))
    title = ""
    if len(spoken) > 1 and _is_title(spoken[0], spoken[1:]):
        title, spoken = spoken[0].text, spoken[1:]
    return Window(title, visible(" ".join(piece.text for piece in spoken)), tuple(buttons), node)


def _is_title(first: Piece, rest: Sequence[Piece]) -> bool:
    above = all(first.box.bottom <= piece.box.y + 3 for piece in rest)
    return above and len(first.text) <= _LONGEST_TITLE and not first.text.rstrip().endswith((".", "!", "?", ":", ","))
