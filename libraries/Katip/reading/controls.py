"""What a control is to a person: its kind, the label that it is asked for by, and whether it is disabled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import Final

from Katip.messages import msg, msg_id
from Katip.reading.snapshot import Box, Node, Piece


class Kind(StrEnum):
    """What a control is to a person."""

    BUTTON = "button"
    MENU = "menu"
    TAB = "tab"
    LINK = "link"
    CHOICE = "choice"
    HEADING = "heading"
    ANY = "any"


KIND_NAMES: Final = {
    Kind.BUTTON: msg_id("button"),
    Kind.MENU: msg_id("menu"),
    Kind.TAB: msg_id("tab"),
    Kind.LINK: msg_id("link"),
    Kind.CHOICE: msg_id("choice"),
    Kind.HEADING: msg_id("heading"),
    Kind.ANY: msg_id("control"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """The wordings of one label and what is beside it.

    Attributes:
        names: the wordings, the most usual first.
        near: labels on the same line as the right one; they decide only between several hits.
        any: True if several hits do the same, so that the first will do ("Güvenli Çıkış" is twice in the menu of 5.6).
    """

    names: tuple[str, ...]
    near: tuple[str, ...] = ()
    any: bool = False

    @property
    def name(self) -> str:
        """The usual wording."""
        return self.names[0]

    def __str__(self) -> str:
        return self.name


def as_label(label: Label | str | Sequence[str]) -> Label:
    """Return a label for one wording, several wordings, or a label.

    Args:
        label: any of the three.

    Returns:
        The label.
    """
    if isinstance(label, Label):
        return label
    return Label((label,) if isinstance(label, str) else tuple(label))


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """Something with a label that can be pressed, and what it looks like.

    Attributes:
        name: the words as seen.
        kind: what it looks like (a :class:`Kind`, ANY for plain text).
        node: the node to act on.
        owner: the node that has the role or reacts to the pointer; the same as ``node`` for plain text.
        piece: the piece of text that was found.
        whole: True if the words are all that the owner says.
        option: its place in a list, for an entry that is chosen rather than pressed.
    """

    name: str
    kind: Kind
    node: Node
    owner: Node
    piece: Piece
    whole: bool
    option: int | None = None

    @property
    def disabled(self) -> str:
        """By which sign it is disabled, or an empty text."""
        sign = self.owner.disabled
        if sign:
            # Tabs that are not the current one are often dimmed.
            return "" if sign == "opacity" and self.kind is Kind.TAB else sign
        inside = takewhile(lambda one: one is not self.owner, [self.node, *self.node.ancestors()])
        return next((mark for one in inside if (mark := one.raw.get("d")) in _MARKS_OF_THE_PAGE), "")

    @property
    def in_sight(self) -> bool:
        """True if it can be seen and nothing covers it."""
        return self.piece.in_sight

    @property
    def box(self) -> Box:
        """Where it is."""
        return self.owner.box if self.whole and self.owner.box.area else self.piece.box

    def describe(self) -> str:
        """Return its kind, label and position, for an error message."""
        x, y = self.box.middle
        state = msg(", disabled ({why})", why=self.disabled) if self.disabled else ""
        hidden = "" if self.in_sight else msg(", covered or out of sight")
        what = msg("text") if self.kind is Kind.ANY else msg(KIND_NAMES[self.kind])
        return msg(
            '{what} "{name}" at ({x:.0f}, {y:.0f}){state}{hidden}',
            what=what,
            name=self.name,
            x=x,
            y=y,
            state=state,
            hidden=hidden,
        )


# Signs that count on the words too; mere looks (opacity, pointer-events) count on the control alone.
_MARKS_OF_THE_PAGE = frozenset({"attribute", "aria-disabled", "inert", "class", "marked"})
_BUTTON_TAGS = frozenset({"button", "summary"})
_BUTTON_INPUTS = frozenset({"submit", "button", "reset", "image"})
_BUTTON_ROLES = frozenset({"button", "switch"})
_MENU_ROLES = frozenset({"menuitem", "treeitem", "menuitemcheckbox", "menuitemradio"})
_MENU_AROUND = frozenset({"navigation", "menu", "menubar", "tree", "directory"})
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption", "th", "dt"})
_HEADING_ROLES = frozenset({"heading", "columnheader", "rowheader", "banner"})
_CHOICE_ROLES = frozenset({"option", "radio", "checkbox", "row", "gridcell"})


def sign_of(node: Node) -> Kind | None:
    """Return what kind of control an element says that it is, by signs that every browser knows.

    Args:
        node: an element.

    Returns:
        The kind; ANY where it only reacts to the pointer; None if it says nothing.
    """
    if _is_button(node):
        return Kind.BUTTON
    if node.role == "tab":
        return Kind.TAB
    if node.role in _MENU_ROLES:
        return Kind.MENU
    if node.role in _HEADING_ROLES or node.tag in _HEADING_TAGS:
        return Kind.HEADING
    if node.role in _CHOICE_ROLES or node.tag == "label" or node.checkable:
        return Kind.CHOICE
    if _is_link(node):
        return Kind.LINK
    return Kind.ANY if _reacts(node) else None


def _is_button(node: Node) -> bool:
    if node.tag in _BUTTON_TAGS or node.role in _BUTTON_ROLES:
        return True
    return node.tag == "input" and node.input_type in _BUTTON_INPUTS


def _is_link(node: Node) -> bool:
    return node.role == "link" or (node.tag == "a" and not node.role)


def _reacts(node: Node) -> bool:
    """True if an element shows a pointer, listens to clicks, or can be focused and is neither a field nor scrolled."""
    raw = node.raw
    return "cu" in raw or "on" in raw or ("tb" in raw and "s" not in raw and not node.is_field)


def _in_menu(node: Node) -> bool:
    return any(one.role in _MENU_AROUND or one.tag == "nav" for one in [node, *node.ancestors()])


def looks_like(owner: Node | None, sign: Kind | None) -> Kind:
    """Return what an element is to a person: a clickable one counts as a button, or as a menu entry inside a menu.

    Args:
        owner: the element.
        sign: what it says of itself, as `sign_of` returns it.
    """
    if owner is None or sign is None:
        return Kind.ANY
    if sign in (Kind.LINK, Kind.ANY):
        if any(one.role in ("tab", "tablist") for one in [owner, *owner.ancestors()]):
            return Kind.TAB
        if _in_menu(owner):
            return Kind.MENU
        return Kind.LINK if sign is Kind.LINK else Kind.BUTTON
    return sign


def owner_of(node: Node) -> tuple[Node | None, Kind | None]:
    """Return the nearest element around that says what it is, and what; signs of a control take precedence over those of a heading.

    Args:
        node: the words.
    """
    heading: Node | None = None
    around = [node, *node.ancestors()]
    for index, one in enumerate(around):
        sign = sign_of(one)
        if sign is Kind.HEADING:
            heading = heading or one
            if one.tag == "th" or one.role in ("columnheader", "rowheader"):
                return one, sign
        elif sign is not None:
            return _tab_around(around[index:]) if sign is Kind.ANY else (one, sign)
        if (
            one.raw.get("mo")
            or one.role in ("dialog", "alertdialog", "main", "grid", "table")
            or one.tag in ("iframe", "form")
        ):
            break
    return (heading, Kind.HEADING) if heading else (None, None)


def _tab_around(around: Sequence[Node]) -> tuple[Node, Kind]:
    """Return the tab that something is a part of which only reacts to the pointer, else that thing: the tab carries the state."""
    inside = takewhile(lambda one: one.role != "tablist" and not one.raw.get("mo"), around)
    tab = next((one for one in inside if one.role == "tab"), None)
    return (tab, Kind.TAB) if tab is not None else (around[0], Kind.ANY)
