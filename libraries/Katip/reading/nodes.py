"""What a look lists: boxes, elements and runs of text, the texts that a person reads, dialogs of the browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any, TypeVar

from Katip.turkish import visible

_VALUE_INPUTS = frozenset({"submit", "button", "reset", "image", "checkbox", "radio", "hidden", "password", "file"})
_NAMING_INPUTS = frozenset({"submit", "button", "reset"})
_MARKS = frozenset({"class", "marked"})  # signs that say nothing about what else is inside the element
_NATIVE = frozenset({"button", "input", "select", "textarea"})
_REACTING = frozenset(
    {"cu", "on", "tb", "hr"}
)  # it shows a pointer, listens to clicks, can be focused, leads somewhere
_DEEPEST = 12  # elements around a control: what is further out is the page
_SAME_HEIGHT = 1.5  # times as high: of one line

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the window's coordinates, in CSS pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """The centre."""
        return (self.x + self.width / 2, self.y + self.height / 2)

    @property
    def area(self) -> float:
        """Width times height."""
        return self.width * self.height

    def shared_width(self, other: Box) -> float:
        """Return how far the two overlap from left to right, 0 if they do not."""
        return max(0.0, min(self.right, other.right) - max(self.x, other.x))

    def shared_height(self, other: Box) -> float:
        """Return how far the two overlap from top to bottom, 0 if they do not."""
        return max(0.0, min(self.bottom, other.bottom) - max(self.y, other.y))

    def same_line(self, other: Box) -> bool:
        """Return True if the two are on one line: they share more than half of the lower one's height."""
        return self.shared_height(other) > 0.5 * min(self.height, other.height)

    def holds(self, other: Box, slack: float = 2) -> bool:
        """Return True if the other is inside this one."""
        return (
            self.x - slack <= other.x
            and self.y - slack <= other.y
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def joined(self, other: Box) -> Box:
        """Return the smallest box around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Box(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box around all."""
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.joined(box)
    return whole


_BADGE = re.compile(r"\d{1,5}\+?")


@dataclass(slots=True, eq=False)
class Node:
    """One element, or one run of text, that can be seen.

    Attributes:
        index: its place in its frame's list; with ``frame`` and ``look`` the handle by which it is acted on.
        frame: the frame's number.
        parent: the nearest element around it that was collected.
        tag: the tag's name; ``#`` for a run of text.
        role: the ARIA role given, or an empty text.
        box: where it is.
        raw: all further signs as collected.
        look: the number of the look in which it was seen.
        children: what is inside it.
        order: its place in reading order over all frames.
        last: the place of the last node inside it.
    """

    index: int
    frame: int
    parent: Node | None
    tag: str
    role: str
    box: Box
    raw: Mapping[str, Any]
    look: int = 0
    children: list[Node] = field(default_factory=list)
    order: int = 0
    last: int = 0

    @property
    def text(self) -> str:
        """The characters of a run of text as they are in the page."""
        return str(self.raw.get("x", ""))

    @property
    def is_text(self) -> bool:
        """True for a run of text that is not an icon drawn by a font."""
        return self.tag == "#" and "ic" not in self.raw

    @property
    def covered(self) -> bool:
        """True if something else covers it."""
        return "c" in self.raw

    @property
    def scrolled_out(self) -> bool:
        """True if scrolling would bring it into sight."""
        return self.raw.get("o") == 1

    @property
    def cut_off(self) -> bool:
        """True if it is cut away and no scrolling by hand reaches it."""
        return self.raw.get("o") == 2

    @property
    def in_sight(self) -> bool:
        """True if it can be seen without scrolling inside the page and nothing covers it."""
        return not self.covered and "o" not in self.raw

    @property
    def disabled(self) -> str:
        """By which sign it is disabled (attribute, class, opacity …), else empty.

        A class name or an unknown attribute counts on the control itself, and on an element that wraps nothing else
        but pictures, and no control with a state of its own: "autosave-disabled" around a form says nothing about its buttons.
        """
        reachable = False
        alone = True
        for node in islice((self, *self.ancestors()), _DEEPEST):
            alone = alone and (node is self or sum(not one.is_decoration for one in node.children) <= 1)
            if sign := node._disabling_sign(alone=alone, reachable=reachable):
                return sign
            reachable = reachable or "pe" in node.raw
            alone = alone and node.tag not in _NATIVE and not node.role
        return ""

    def _disabling_sign(self, *, alone: bool, reachable: bool) -> str:
        """By which sign the element disables a control in it, else empty.

        Args:
            alone: True if it wraps nothing but that control.
            reachable: True if something between it and the control takes pointer events again.
        """
        sign = str(self.raw.get("d", ""))
        ignored = (sign in _MARKS and not alone) or (sign == "pointer-events" and reachable)
        return "" if ignored else sign

    @property
    def is_decoration(self) -> bool:
        """True if there is nothing to read in it and nothing to press, such as a picture beside words."""
        return not any(
            (one.text and "ic" not in one.raw)
            or one.own_name
            or one.role
            or one.tag in _NATIVE
            or not _REACTING.isdisjoint(one.raw)
            for one in self.walk()
        )

    @property
    def selected(self) -> bool:
        """True if it is marked as selected, checked or pressed."""
        return "se" in self.raw

    @property
    def checkable(self) -> bool:
        """True for a check box or a radio button."""
        return "ck" in self.raw or self.role in ("checkbox", "radio", "menuitemcheckbox", "menuitemradio", "switch")

    @property
    def input_type(self) -> str:
        """The type of an input, select or text area, else empty."""
        return str(self.raw.get("ty", ""))

    @property
    def value(self) -> str | None:
        """What a field holds, or None if this is no field with a readable value."""
        if self.tag in ("select", "textarea") or (self.tag == "input" and self.input_type not in _VALUE_INPUTS):
            return visible(str(self.raw.get("v", "")))
        return None

    @property
    def is_field(self) -> bool:
        """True if something can be typed or chosen."""
        return (
            self.tag in ("select", "textarea")
            or (self.tag == "input" and self.input_type not in _VALUE_INPUTS - {"password"})
            or self.role in ("textbox", "combobox", "searchbox", "spinbutton", "listbox")
        )

    @property
    def waits(self) -> bool:
        """True if its role or state says that something is being loaded, and it can be seen."""
        return "wt" in self.raw and "gh" not in self.raw and not self.cut_off and self.box.area > 0

    @property
    def own_name(self) -> str:
        """A name that the element carries where no text of its own is seen: value, alt, label, title, hidden text."""
        if self.tag == "input" and self.input_type in _NAMING_INPUTS:
            return visible(str(self.raw.get("v", "")))
        for key in ("alt", "a", "by", "hx", "ti"):
            if self.raw.get(key):
                return visible(str(self.raw[key]))
        return ""

    def ancestors(self) -> Iterator[Node]:
        """Return the elements around this one, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def within(self, other: Node) -> bool:
        """Return True if this is the other or is inside it."""
        return other.order <= self.order <= other.last

    def walk(self) -> Iterator[Node]:
        """Return this node and everything inside it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True, eq=False)
class Piece:
    """One thing that a person reads at one place: a line of text, a field's value, a picture's words.

    Attributes:
        text: what is read, as it is seen.
        box: where it is.
        node: the node that represents it (the first run of a line, or the control).
        runs: all nodes of the line.
        is_value: True if it is what a field holds, rather than text of the page.
    """

    text: str
    box: Box
    node: Node
    runs: tuple[Node, ...]
    is_value: bool = False

    @property
    def frame(self) -> int:
        """The number of its frame."""
        return self.node.frame

    @property
    def in_sight(self) -> bool:
        """True if any of it can be seen without scrolling inside the page."""
        return any(run.in_sight for run in self.runs)

    @property
    def covered(self) -> bool:
        """True if something covers all of it."""
        return all(run.covered for run in self.runs)

    @property
    def cut_off(self) -> bool:
        """True if no scrolling by hand reaches it."""
        return all(run.cut_off for run in self.runs)

    @property
    def without_badge(self) -> str:
        """The text without a number behind it that is a text of its own, such as a badge."""
        *first, last = self.runs
        if not first or not _BADGE.fullmatch(visible(last.text)):
            return self.text
        return visible(" ".join(run.text for run in first))

    @property
    def tooltip(self) -> str:
        """The tooltip (`title`) of a control or picture without words, also of a mere sign ("⏻"), else empty; its other names may be technical ones."""
        named: Node | None = None if self.is_value else self.node
        if named is not None and named.tag == "#":
            around = named.parent
            is_sign = (
                around is not None
                and len(self.runs) == len(around.children) == 1
                and not any(map(str.isalnum, self.text))
            )
            named = around if is_sign else None
        return visible(str(named.raw.get("ti", ""))) if named is not None else ""


@dataclass(frozen=True, slots=True)
class Dialog:
    """A dialog of the browser itself (``alert``, ``confirm``, ``prompt``, ``beforeunload``).

    Attributes:
        kind: its type, as the browser names it.
        message: its words.
    """

    kind: str
    message: str


def in_drawn_order(items: Sequence[T], box_of: Callable[[T], Box]) -> list[T]:
    """Return the parts of one text in the order in which a person reads them: from top to bottom, from left to right.

    Args:
        items: the parts in the order of the document.
        box_of: where a part is drawn.
    """
    if not any(_is_before(box_of(after), box_of(before)) for before, after in pairwise(items)):
        return list(items)
    lines: list[list[T]] = []
    for item in sorted(items, key=lambda one: box_of(one).middle[1]):
        line = next((line for line in lines if box_of(line[0]).same_line(box_of(item))), None)
        if line is None:
            lines.append([item])
        else:
            line.append(item)
    return [item for line in lines for item in sorted(line, key=lambda one: box_of(one).x)]


def _is_before(one: Box, other: Box) -> bool:
    """True if a text is read before another: above it, or left of it on the same line."""
    if one.bottom <= other.y + 1:
        return True
    heights = sorted((one.height, other.height))
    return one.same_line(other) and one.right <= other.x + 1 and heights[1] <= _SAME_HEIGHT * heights[0]


def innermost(nodes: Sequence[Node]) -> list[Node]:
    """Return the nodes that hold no other of them.

    Args:
        nodes: the nodes.
    """
    return [node for node in nodes if not any(other is not node and other.within(node) for other in nodes)]


def outermost(nodes: Sequence[Node]) -> list[Node]:
    """Return the nodes that are inside no other of them.

    Args:
        nodes: the nodes.
    """
    return [node for node in nodes if not any(other is not node and node.within(other) for other in nodes)]
