"""What a person sees on a page at one moment, as plain values.

``eyes.js`` collects it in one round trip. All modules of ``reading`` work on these values alone: a label, a grid or a form is
understood once, in Python, for every toolkit, and can be tested without a browser.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

from Katip.origins import NULL, FrameAddress, is_one_of, origins_of
from Katip.reading.truncated import completed
from Katip.turkish import visible

T = TypeVar("T")

_VALUE_INPUTS = frozenset({"submit", "button", "reset", "image", "checkbox", "radio", "hidden", "password", "file"})
_NAMED_TAGS = frozenset({"img", "svg", "input", "button", "a", "area"})
_NAMING_INPUTS = frozenset({"submit", "button", "reset"})
_MARKS = frozenset({"class", "marked"})  # signs that say nothing about what else is inside the element
_NATIVE = frozenset({"button", "input", "select", "textarea"})


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
        """Return True if the other lies inside this one."""
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
        and no control with a state of its own: "autosave-disabled" around a form says nothing about its buttons.
        """
        node: Node | None = self
        steps = 0
        reachable = False
        alone = True
        while node is not None and steps < 12:
            sign = str(node.raw.get("d", ""))
            alone = alone and (node is self or len(node.children) == 1)
            ignored = sign in _MARKS and not alone
            # pointer-events: none says nothing of descendants that take pointer events again.
            if sign and not ignored and not (reachable and sign == "pointer-events"):
                return sign
            reachable = reachable or "pe" in node.raw
            alone = alone and node.tag not in _NATIVE and not node.role
            node, steps = node.parent, steps + 1
        return ""

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


@dataclass(frozen=True, slots=True)
class Dialog:
    """A dialog of the browser itself (``alert``, ``confirm``, ``prompt``, ``beforeunload``).

    Attributes:
        kind: its type, as the browser names it.
        message: its words.
    """

    kind: str
    message: str


class Snapshot:
    """Everything that is seen at one moment, over all visible frames.

    Args:
        raw: what ``eyes.js`` collected.
        own_origins: the portal's origins; on a page of one of them, frames of other origins are not read. Empty: all are read.
    """

    def __init__(self, raw: Mapping[str, Any], own_origins: Collection[str] = ()) -> None:
        self.url, self.lost_url = str(raw.get("url", "")), str(raw.get("lost", "") or "")
        self.title: str = raw.get("title", "") or ""
        self.http_status: int = int(raw.get("status", 0) or 0)
        self.pages: int = int(raw.get("pages", 0) or 0)
        self.busy: int = int(raw.get("busy", 0) or 0)
        self.started: int = int(raw.get("started", 0) or 0)
        self.failed: int = int(raw.get("failed", 0) or 0)
        told = raw.get("dialog")
        self.dialog = Dialog(told["type"], told["message"]) if told else None
        self.ready = True
        self.frame_urls: dict[int, str] = {}
        self.looks: dict[int, int] = {}
        self.origins = origins_of(
            FrameAddress(int(each["i"]), int(each.get("up", -1)), each.get("url", ""), raw.get("opener", "") or "")
            for each in raw.get("frames", ())
        )
        self.origin = origins_of([FrameAddress(0, -1, self.url, raw.get("opener", "") or "")]).get(0, NULL)
        self._own_origins = own_origins if is_one_of(self.origin, own_origins) else ()
        self.nodes: list[Node] = []
        self._understood: dict[Hashable, Any] = {}
        self.roots: list[Node] = []
        self._read_frames(raw.get("frames", ()))

    def remembered(self, key: Hashable, understand: Callable[[], T]) -> T:
        """Understand a thing once: what is seen here does not change.

        Args:
            key: what is to be understood.
            understand: returns it.

        Returns:
            What ``understand`` gave the first time.
        """
        if key not in self._understood:
            self._understood[key] = understand()
        known: T = self._understood[key]
        return known

    def _read_frames(self, frames: Sequence[Mapping[str, Any]]) -> None:
        holders: dict[int, list[Node]] = {}
        for frame in frames:
            number, x, y = int(frame["i"]), float(frame.get("x") or 0), float(frame.get("y") or 0)
            self.frame_urls[number] = frame.get("url", "")
            self.ready = self.ready and frame.get("ready") != "loading"
            look = self.looks[number] = int(frame.get("n", 0))
            holder = self._holder(holders.get(int(frame.get("up", -1)), ()), x, y)
            mine: list[Node] = []
            foreign = self._own_origins and not is_one_of(self.origins[number], self._own_origins)
            for index, raw in enumerate(() if foreign else frame.get("nodes", ())):
                left, top, width, height = raw["b"]
                parent = mine[raw["p"]] if raw["p"] >= 0 else holder
                tag = "#" if "x" in raw else raw["t"]
                node = Node(
                    index, number, parent, tag, raw.get("r", ""), Box(left + x, top + y, width, height), raw, look
                )
                mine.append(node)
                (parent.children if parent else self.roots).append(node)
            holders[number] = [node for node in mine if node.tag in ("iframe", "frame")]
        for root in self.roots:
            self._number(root)

    def _number(self, node: Node) -> None:
        node.order = len(self.nodes)
        self.nodes.append(node)
        for child in node.children:
            self._number(child)
        node.last = len(self.nodes) - 1

    @staticmethod
    def _holder(candidates: Sequence[Node], x: float, y: float) -> Node | None:
        near = [node for node in candidates if abs(node.box.x - x) < 40 and abs(node.box.y - y) < 40]
        return min(near, key=lambda node: abs(node.box.x - x) + abs(node.box.y - y), default=None)

    @cached_property
    def pieces(self) -> list[Piece]:
        """All pieces in reading order of the document."""
        lines: dict[tuple[int, int], list[Node]] = {}
        for node in self.nodes:
            if node.is_text:
                lines.setdefault((node.frame, int(node.raw["l"])), []).append(node)
        pieces = [piece for runs in lines.values() if (piece := _line(runs)) is not None]
        pieces.extend(self._spoken())
        pieces.sort(key=lambda piece: piece.node.order)
        return pieces

    def _spoken(self) -> Iterator[Piece]:
        """Pieces that are no text of the page: values of fields, names of buttons and pictures."""
        for node in self.nodes:
            if node.tag == "#" or "gh" in node.raw:
                continue
            value = node.value
            if value is not None:
                yield Piece(value, node.box, node, (node,), is_value=True)
            elif node.own_name and not any(child.is_text for child in node.walk()):
                acts = node.tag in _NAMED_TAGS or node.role or any(sign in node.raw for sign in ("cu", "on", "tb"))
                named_inside = any("alt" in child.raw for child in node.walk() if child is not node)
                if (acts or "hx" in node.raw) and not named_inside:
                    yield Piece(node.own_name, node.box, node, (node,))

    @cached_property
    def _orders(self) -> list[int]:
        return [piece.node.order for piece in self.pieces]

    @cached_property
    def text(self) -> str:
        """Everything that is read, one piece a line, for searching by words."""
        return "\n".join(piece.text for piece in self.pieces if piece.text and not piece.cut_off)

    def pieces_in(self, node: Node) -> list[Piece]:
        """Return the pieces inside a node, in reading order."""
        orders = self._orders
        return self.pieces[bisect_left(orders, node.order) : bisect_right(orders, node.last)]

    def text_of(self, node: Node) -> str:
        """Return the words inside a node (or of it), in reading order."""
        if node.tag == "#":
            return visible(node.text)
        return visible(" ".join(piece.text for piece in self.pieces_in(node) if not piece.is_value))

    def common(self, one: Node, other: Node) -> Node | None:
        """Return the smallest node around both, or None if they share none."""
        around_one = [one, *one.ancestors()]
        around_other = {id(node) for node in [other, *other.ancestors()]}
        return next((node for node in around_one if id(node) in around_other), None)

    def depth_of_common(self, one: Node, other: Node) -> int:
        """Return how deep in the page the two meet: the deeper, the closer they belong together; 0 if nowhere."""
        meeting = self.common(one, other)
        return 1 + sum(1 for _ in meeting.ancestors()) if meeting else 0


def _line(runs: Sequence[Node]) -> Piece | None:
    text = runs[0].text
    for before, after in pairwise(runs):
        gap = after.box.x - before.box.right
        text += (" " if gap > 6 and after.box.same_line(before.box) else "") + after.text
    shown = completed(visible(text), runs[0])
    return Piece(shown, around([run.box for run in runs]), runs[0], tuple(runs)) if shown else None
