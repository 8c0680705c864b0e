"""What a person sees on a page at one moment, as plain values.

``eyes.js`` collects it in one round trip. All modules of ``reading`` work on these values alone: a label, a grid or a form is
understood once, in Python, for every toolkit, and can be tested without a browser.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

from Katip.origins import NULL, FrameAddress, is_one_of, origins_of
from Katip.reading.nodes import Box, Dialog, Node, Piece, around, in_drawn_order
from Katip.reading.truncated import completed
from Katip.turkish import visible

T = TypeVar("T")

_GAP = 6  # CSS pixels between two words of a line; in another order than in the document, blanks between them are not drawn where they are
_NAMED_TAGS = frozenset({"img", "svg", "input", "button", "a", "area"})

__all__ = ["Box", "Dialog", "Node", "Piece", "Snapshot", "around"]


class Snapshot:
    """Everything that is seen at one moment, over all visible frames.

    Args:
        raw: what ``eyes.js`` collected.
        own_origins: the portal's origins; on a page of one of them, frames of other origins are not read. Empty: all are read.
    """

    def __init__(self, raw: Mapping[str, Any], own_origins: Collection[str] = ()) -> None:
        self.url, self.lost_url, self.title = (str(raw.get(key) or "") for key in ("url", "lost", "title"))
        self.http_status, self.pages = (int(raw.get(key) or 0) for key in ("status", "pages"))
        self.busy, self.started, self.failed = (int(raw.get(key) or 0) for key in ("busy", "started", "failed"))
        dialog = raw.get("dialog")
        self.dialog = Dialog(dialog["type"], dialog["message"]) if dialog else None
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
            self.looks[number] = int(frame.get("n", 0))
            holder = self._holder(holders.get(int(frame.get("up", -1)), ()), x, y)
            foreign = self._own_origins and not is_one_of(self.origins[number], self._own_origins)
            mine = self._nodes_of(() if foreign else frame.get("nodes", ()), number, holder, (x, y))
            holders[number] = [node for node in mine if node.tag in ("iframe", "frame")]
        for root in self.roots:
            self._number(root)

    def _nodes_of(
        self, listed: Iterable[Mapping[str, Any]], frame: int, holder: Node | None, corner: tuple[float, float]
    ) -> list[Node]:
        """Return the nodes of one frame, each added to its parent, or to the element that holds the frame."""
        mine: list[Node] = []
        for index, raw in enumerate(listed):
            left, top, width, height = raw["b"]
            parent = mine[raw["p"]] if raw["p"] >= 0 else holder
            tag = "#" if "x" in raw else raw["t"]
            box = Box(left + corner[0], top + corner[1], width, height)
            node = Node(index, frame, parent, tag, raw.get("r", ""), box, raw, self.looks[frame])
            mine.append(node)
            (parent.children if parent else self.roots).append(node)
        return mine

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
            elif node.own_name and _is_read_by_name(node):
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

    def holds(self, node: Node) -> bool:
        """Return True if a node is one of this look, and not of an earlier one."""
        return self.looks.get(node.frame) == node.look

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
    drawn = in_drawn_order(runs, lambda run: run.box)
    least = _GAP if drawn == list(runs) else 1
    text = drawn[0].text
    for before, after in pairwise(drawn):
        gap = after.box.x - before.box.right
        text += (" " if gap > least and after.box.same_line(before.box) else "") + after.text
    shown = completed(visible(text), runs[0])
    return Piece(shown, around([run.box for run in runs]), runs[0], tuple(runs)) if shown else None


def _is_read_by_name(node: Node) -> bool:
    """True if an element has no text and can be pressed or is a picture, so that its name is what a person knows it by."""
    if any(child.is_text for child in node.walk()):
        return False
    acts = node.tag in _NAMED_TAGS or node.role or any(sign in node.raw for sign in ("cu", "on", "tb", "hx"))
    return bool(acts) and not any("alt" in child.raw for child in node.walk() if child is not node)
