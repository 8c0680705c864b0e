"""Find the message window that answers a click: new elements close together, with a button among them.

Nothing is assumed about how a window is built. It is found by comparing what is seen with what was seen before the
click; where nothing was seen before, by the roles that a page gives to its windows or by an answer's label.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from Katip.reading.labels import Control, Kind, sign_of
from Katip.reading.snapshot import Node, Piece, Snapshot
from Katip.turkish import Vocabulary, visible

_MOST_PIECES = 24
_LONGEST_TITLE = 40
_DIALOG_ROLES = frozenset({"dialog", "alertdialog"})


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

    @property
    def is_dialog(self) -> bool:
        """True if it has a dialog role."""
        return _is_dialog(self.node)


def _place(piece: Piece) -> tuple[str, int, int, int]:
    return (piece.text, piece.frame, round(piece.box.x / 6), round(piece.box.y / 6))


def new_pieces(before: Snapshot | None, after: Snapshot) -> list[Piece]:
    """Return what is seen now and was not seen, at that place, before.

    Args:
        before: what was seen, or None for nothing.
        after: what is seen now.

    Returns:
        The new pieces, in reading order.
    """
    replaced = _replaced_frames(before, after) if before else frozenset()
    return [piece for piece in _unseen(before, after) if piece.frame not in replaced]


def _unseen(before: Snapshot | None, after: Snapshot) -> list[Piece]:
    seen = [piece for piece in after.pieces if piece.in_sight and piece.text]
    if before is None:
        return seen
    is_new_place = _new_places(before, after)
    return [piece for piece in seen if _is_later(piece, before) or is_new_place(piece)]


def _new_places(before: Snapshot, after: Snapshot) -> Callable[[Piece], bool]:
    """Return what is True for a text at a place where it was not before.

    Old are elements that a window had covered, and a list that only moved up after the form above it closed.
    """
    shown = [piece for piece in before.pieces if piece.in_sight or piece.covered or piece.node.scrolled_out]
    old = {_place(piece) for piece in shown if not piece.node.scrolled_out}
    counts = Counter(map(_column, shown))
    counts.subtract(map(_column, after.pieces))
    return lambda piece: _place(piece) not in old and (counts[_column(piece)] < 0 or _in_dialog(piece))


def _is_later(piece: Piece, before: Snapshot) -> bool:
    """True if a message appeared after the earlier look, also at the place and with the text of an earlier message."""
    return int(piece.node.raw.get("fs", 0)) > before.looks.get(piece.frame, math.inf)


def _column(piece: Piece) -> tuple[str, int, int]:
    return (piece.text, piece.frame, round(piece.box.x / 6))


def _in_dialog(piece: Piece) -> bool:
    return _is_dialog(piece.node) or _has_message_role(piece)


def _replaced_frames(before: Snapshot, after: Snapshot) -> frozenset[int]:
    """Return the frames that navigated to another address: their content is a new page, not a window."""
    if len(after.frame_urls) > len(before.frame_urls):
        return frozenset()
    known = set(before.frame_urls.values())
    return frozenset(number for number, url in after.frame_urls.items() if url not in known)


def _presses(piece: Piece, answers: Collection[str], words: Vocabulary) -> Node | None:
    """Return the element that a text labels, if it is clickable."""
    if piece.is_value:
        return None
    for node in [piece.node, *piece.node.ancestors()][:8]:
        sign = sign_of(node)
        if sign is Kind.ANY and not {"cu", "on"} & node.raw.keys():
            continue  # an element that can only be focused is no button: windows and their words often can be
        if sign in (Kind.BUTTON, Kind.LINK, Kind.ANY, Kind.MENU) and len(piece.text) <= 30:
            return node
        if sign is Kind.HEADING or node.raw.get("mo") or node.role in _DIALOG_ROLES:
            break
    return piece.node if words.key(piece.text) in answers else None


def _controls(pieces: Sequence[Piece], answers: Collection[str], words: Vocabulary) -> list[Node | None]:
    """Return the control that each text labels; an overlay that contains other controls is not one."""
    pressed = [_presses(piece, answers, words) for piece in pieces]
    found = [node for node in pressed if node is not None]

    def is_layer(node: Node) -> bool:
        return sign_of(node) is Kind.ANY and any(one is not node and one.within(node) for one in found)

    return [None if node is None or is_layer(node) else node for node in pressed]


def _name(piece: Piece, pressed: Node, words: Vocabulary) -> str:
    """Return a button's text; for a symbol its accessible name ("✕" with the name "Kapat")."""
    if words.key(piece.text):
        return piece.text
    names = (one.own_name for one in [piece.node, *piece.node.ancestors()] if one.within(pressed))
    return next((name for name in names if words.key(name)), "")


def _windows(
    snapshot: Snapshot, pieces: Sequence[Piece], answers: Collection[str], words: Vocabulary
) -> list[tuple[Node, list[Piece]]]:
    """Return groups of adjacent texts that contain a button."""
    shown = {id(piece) for piece in pieces}
    found: list[tuple[Node, list[Piece]]] = []
    for piece in pieces:
        pressed = _presses(piece, answers, words)
        if pressed is None or not _name(piece, pressed, words):
            continue
        group = _group_around(snapshot, pressed, shown, answers, words)
        if group is None or any(group[0].within(node) for node, _ in found):
            continue
        found = [(node, inside) for node, inside in found if not node.within(group[0])]
        found.append(group)
    return found


def _group_around(
    snapshot: Snapshot,
    pressed: Node,
    shown: Collection[int],
    answers: Collection[str],
    words: Vocabulary,
    *,
    only_answers: bool = False,
) -> tuple[Node, list[Piece]] | None:
    """Return the largest element around a button that is mostly new, not too large, and has text besides its buttons.

    ``only_answers`` ends it where anything else can be pressed, as on a page around it.
    """
    group: tuple[Node, list[Piece]] | None = None
    for node in pressed.ancestors():
        here = _seen_in(snapshot, node)
        mine = [piece for piece in here if id(piece) in shown]
        if len(here) > _MOST_PIECES or len(mine) * 2 < len(here):
            break
        if only_answers and _holds_another_control(here, answers, words):
            break
        if _says_something(mine, answers, words):
            group = (node, mine)
        if node.role in _DIALOG_ROLES or node.tag in ("dialog", "iframe"):
            break
    return group


def _seen_in(snapshot: Snapshot, node: Node) -> list[Piece]:
    return [piece for piece in snapshot.pieces_in(node) if piece.in_sight and piece.text]


def _holds_another_control(pieces: Sequence[Piece], answers: Collection[str], words: Vocabulary) -> bool:
    """True if anything that is no answer can be pressed."""
    return any(_presses(one, (), words) and words.key(one.text) not in answers for one in pieces)


def _says_something(pieces: Sequence[Piece], answers: Collection[str], words: Vocabulary) -> bool:
    """True if there is a text besides the buttons."""
    controls = _controls(pieces, answers, words)
    return any(control is None and words.key(one.text) for one, control in zip(pieces, controls, strict=True))


def find_window(
    before: Snapshot | None, after: Snapshot, answers: Collection[str], noise: Sequence[str], words: Vocabulary
) -> Window | None:
    """Find the message window that appeared after an earlier look.

    Args:
        before: what was seen before the click; None if only roles and answers' labels decide.
        after: what is seen now.
        answers: keys of the labels that usually answer a window ("ok", "tamam", "evet").
        noise: folded beginnings of texts that announce work in progress.
        words: the portal's abbreviations.

    Returns:
        The window on top, or None. A message that cannot be answered (a toast) is a window without buttons.
    """
    fresh = _without_noise(new_pieces(before, after), noise, words)
    if before is None:
        fresh = _in_dialogs(fresh, answers, words)
    groups = _windows(after, fresh, answers, words)
    if groups:
        node, pieces = max(
            groups, key=lambda one: (_is_dialog(one[0]), _has_answer(one[1], answers, words), one[0].order)
        )
        return _window(node, pieces, answers, words)
    messages = _messages(fresh, words)
    # Ignore a window whose text has not been rendered yet.
    if messages and all(_presses(piece, answers, words) is None for piece in messages):
        node = next(one for one in [messages[0].node, *messages[0].node.ancestors()] if one.tag != "#")
        return _without_buttons(messages, node)
    return None


def _without_noise(pieces: Sequence[Piece], noise: Sequence[str], words: Vocabulary) -> list[Piece]:
    return [piece for piece in pieces if not words.key(piece.text).startswith(tuple(noise))]


def _messages(pieces: Sequence[Piece], words: Vocabulary) -> list[Piece]:
    """Return the texts in elements with a message or dialog role."""
    return [piece for piece in pieces if _has_message_role(piece) and words.key(piece.text)]


def _without_buttons(pieces: Sequence[Piece], node: Node) -> Window:
    return Window("", visible(" ".join(piece.text for piece in pieces)), (), node)


def find_answer_page(
    before: Snapshot, after: Snapshot, answers: Collection[str], noise: Sequence[str], words: Vocabulary
) -> Window | None:
    """Find the answer on a page that replaced the previous one: the text around its "OK", else an element with a message role.

    Args:
        before: what was seen before the click.
        after: what is seen now.
        answers: keys of the labels that usually answer a window ("ok", "tamam", "evet").
        noise: folded beginnings of texts that announce work in progress.
        words: the portal's abbreviations.

    Returns:
        The answer as a window; one without buttons where nothing answers it. None if no page came, or it says nothing.
    """
    replaced = _replaced_frames(before, after)
    fresh = [piece for piece in _unseen(before, after) if piece.frame in replaced]
    fresh = _without_noise(fresh, noise, words)
    shown = {id(piece) for piece in fresh}
    for piece in fresh:
        pressed = _presses(piece, answers, words) if words.key(piece.text) in answers else None
        group = _group_around(after, pressed, shown, answers, words, only_answers=True) if pressed is not None else None
        if group is not None:
            return _window(*group, answers, words)
    messages = _messages(fresh, words)
    return _without_buttons(messages, messages[0].node) if messages else None


def _is_dialog(node: Node) -> bool:
    return any(
        one.role in _DIALOG_ROLES or one.tag == "dialog" or one.raw.get("mo") for one in [node, *node.ancestors()]
    )


def _has_message_role(piece: Piece) -> bool:
    """True if the element has a message or dialog role."""
    return any(one.role in ("alert", "status", "log", "alertdialog", "dialog") for one in piece.node.ancestors())


def _has_answer(pieces: Sequence[Piece], answers: Collection[str], words: Vocabulary) -> bool:
    return any(words.key(piece.text) in answers for piece in pieces)


def _in_dialogs(pieces: Sequence[Piece], answers: Collection[str], words: Vocabulary) -> list[Piece]:
    in_dialog = [piece for piece in pieces if _in_dialog(piece)]
    if in_dialog:
        return in_dialog
    return list(pieces) if _has_answer(pieces, answers, words) else []


def _window(node: Node, pieces: Sequence[Piece], answers: Collection[str], words: Vocabulary) -> Window:
    controls = _controls(pieces, answers, words)
    texts = [piece for piece, pressed in zip(pieces, controls, strict=True) if pressed is None]
    spoken = [piece for piece in texts if words.key(piece.text)]
    spoken = [piece for piece in spoken if not _is_picture(piece)] or spoken
    title = ""
    if len(spoken) > 1 and _is_title(spoken[0], spoken[1:]):
        title, spoken = spoken[0].text, spoken[1:]
    buttons = _answering(_buttons(pieces, controls, words), answers, words)
    return Window(title, visible(" ".join(piece.text for piece in spoken)), tuple(buttons), node)


def _buttons(pieces: Sequence[Piece], controls: Sequence[Node | None], words: Vocabulary) -> list[Control]:
    """Return the controls that have a name, each once, named by the first of its texts."""
    buttons: list[Control] = []
    for piece, pressed in zip(pieces, controls, strict=True):
        name = _name(piece, pressed, words) if pressed is not None else ""
        if pressed is not None and name and not any(pressed is button.owner for button in buttons):
            buttons.append(Control(name, Kind.BUTTON, piece.node, pressed, piece, True))
    return buttons


def _is_picture(piece: Piece) -> bool:
    """True for an icon's name ("check-circle"): decoration beside text, the message if it is alone."""
    return piece.node.tag in ("img", "svg") or piece.node.role == "img"


def _answering(buttons: Sequence[Control], answers: Collection[str], words: Vocabulary) -> list[Control]:
    """Return the answer buttons from left to right; a symbol in the title bar only if there is no other button."""
    worded = [
        button
        for button in buttons
        if button.piece.node.tag == "input" or words.key("".join(run.text for run in button.piece.runs))
    ]
    known = [button for button in buttons if words.key(button.name) in answers]
    chosen = worded or known or buttons
    return sorted(chosen, key=lambda button: (round(button.box.y / 12), button.box.x))


def _is_title(first: Piece, rest: Sequence[Piece]) -> bool:
    above = all(first.box.bottom <= piece.box.y + 3 for piece in rest)
    return above and len(first.text) <= _LONGEST_TITLE and not first.text.rstrip().endswith((".", "!", "?", ":", ","))
