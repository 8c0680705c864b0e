"""Read a grid's pager and find the way to its next page, as a person would.

In this order: a control with the words or the sign for "next"; the number of the next page; the field that holds the page number;
a sign without words right of the page number. Whatever was pressed, the page that follows proves it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from Katip.reading.labels import sign_of
from Katip.reading.snapshot import Box, Node, Piece, Snapshot, around
from Katip.turkish import Vocabulary, fold, visible

_NUMBERS = {"page", "pages", "first", "last", "total"}


class Way(StrEnum):
    """How the next page is reached."""

    PRESS = "press"
    TYPE = "type"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Pager:
    """What a pager says.

    Attributes:
        page: the page's number, from 1.
        pages: how many pages there are.
        first: number of the first row shown.
        last: number of the last row shown.
        total: how many rows there are in all.
        box: where it stands.
    """

    page: int | None = None
    pages: int | None = None
    first: int | None = None
    last: int | None = None
    total: int | None = None
    box: Box | None = None

    @property
    def is_last(self) -> bool:
        """True if the pager itself says that no page follows."""
        if self.page is not None and self.pages is not None:
            return self.page >= self.pages
        return self.last is not None and self.total is not None and self.last >= self.total


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One way to another page.

    Attributes:
        way: press a control, type a number, or ask for more rows.
        node: what to press or to type into.
        text: what to type.
    """

    way: Way
    node: Node
    text: str = ""


@dataclass(frozen=True, slots=True)
class PagerWords:
    """How a portal words its pagers.

    Attributes:
        texts: patterns such as "Sayfa {page} Toplam {pages}" and "Kayıtlar {first} - {last}".
        next: words and signs for the next page.
        first: words and signs for the first page.
        previous: words and signs for the page before.
        more: words for "more rows".
    """

    texts: tuple[str, ...]
    next: tuple[str, ...]
    first: tuple[str, ...]
    previous: tuple[str, ...]
    more: tuple[str, ...]


@lru_cache(maxsize=256)
def _pattern(text: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", text)
    built = ""
    for index, part in enumerate(parts):
        built += rf"(?P<{part}>\d[\d.]*)" if index % 2 and part in _NUMBERS else re.escape(fold(part)).replace(r"\ ", r"\s+")
        built += r"\s*"
    return re.compile(rf"(?<!\w){built}")


def _lines(snapshot: Snapshot, below: Box | None) -> list[list[Piece]]:
    """Visual lines of the page: what stands side by side in one frame."""
    lines: list[list[Piece]] = []
    for piece in snapshot.pieces:
        if piece.cut_off or not piece.text or piece.box.height > 60:
            continue
        for line in lines:
            if line[0].frame == piece.frame and line[0].box.same_line(piece.box):
                line.append(piece)
                break
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.box.x) for line in lines]


def read_pager(snapshot: Snapshot, grid: Box | None, wording: PagerWords) -> Pager:
    """Read what the pager of a grid says.

    Args:
        snapshot: what is seen.
        grid: where the grid is; of several pagers the one nearest to it counts.
        wording: how the portal words its pagers.

    Returns:
        The pager; every number that it does not tell is None.
    """
    told: dict[str, int] = {}
    box: Box | None = None

    def distance(line: Sequence[Piece]) -> float:
        here = around([piece.box for piece in line])
        return min(abs(here.y - grid.bottom), abs(grid.y - here.bottom)) if grid else 0

    for line in sorted(_lines(snapshot, grid), key=distance):
        text = fold(" ".join(piece.text for piece in line))
        for pattern in wording.texts:
            found = _pattern(pattern).search(text)
            for name, number in (found.groupdict() if found else {}).items():
                digits = number.replace(".", "")
                if name not in told and digits:
                    told[name] = int(digits)
                    box = around([piece.box for piece in line])
    return Pager(**{name: told.get(name) for name in _NUMBERS}, box=box)


def _signs(words: Sequence[str]) -> set[str]:
    return {visible(word).casefold() for word in words}


def _names(node: Node, snapshot: Snapshot) -> set[str]:
    texts = {snapshot.text_of(node), node.own_name, visible(str(node.raw.get("ti", ""))), visible(str(node.raw.get("a", "")))}
    texts |= {node.own_name for node in node.walk() if node.tag in ("img", "svg")}
    return {form for text in texts if text for form in (text.casefold(), fold(text))}


def _pressable(snapshot: Snapshot) -> list[Node]:
    return [
        node for node in snapshot.nodes
        if node.tag != "#" and sign_of(node) is not None and not node.cut_off and "gh" not in node.raw and not node.is_field
    ]


def _enabled(node: Node) -> bool:
    return not node.disabled


def _named(snapshot: Snapshot, nodes: Sequence[Node], words: Sequence[str], near: Box | None) -> list[Node]:
    wanted = _signs(words) | {fold(word) for word in words if fold(word)}
    found = [node for node in nodes if _names(node, snapshot) & wanted]
    if near is not None:
        found.sort(key=lambda node: abs(node.box.middle[1] - near.middle[1]))
    inner = [node for node in found if not any(other is not node and other.within(node) for other in found)]
    plain = [
        piece.node for piece in snapshot.pieces
        if not piece.is_value and not piece.cut_off and {visible(piece.text).casefold(), fold(piece.text)} & wanted
        and not any(piece.node.within(node) for node in found)
    ]
    return inner or plain


def next_steps(snapshot: Snapshot, pager: Pager, grid: Box | None, wording: PagerWords, words: Vocabulary) -> list[Step]:
    """Give the ways to the next page, the surest first.

    Args:
        snapshot: what is seen.
        pager: what the pager says.
        grid: where the grid is.
        wording: how the portal words its pagers.
        words: the portal's abbreviations.

    Returns:
        The ways; none where this is the last page as far as can be seen.
    """
    if pager.is_last:
        return []
    near = pager.box or grid
    nodes = _pressable(snapshot)
    named = _named(snapshot, nodes, wording.next, near)
    if named:
        return [Step(Way.PRESS, node) for node in named[:1] if _enabled(node)]
    steps: list[Step] = []
    if pager.page is not None or near is not None:
        number = (pager.page or _current_number(snapshot, nodes) or 0) + 1
        numbered = [node for node in _named(snapshot, nodes, (str(number),), near) if number > 1 and not node.is_field]
        steps.extend(Step(Way.PRESS, node) for node in numbered[:1] if _enabled(node))
    steps.extend(Step(Way.MORE, node) for node in _named(snapshot, nodes, wording.more, near)[:1] if _enabled(node))
    if pager.page is not None and pager.box is not None:
        steps.extend(_typed(snapshot, pager, pager.page + 1))
        steps.extend(Step(Way.PRESS, node) for node in _wordless(nodes, snapshot, pager.box) if _enabled(node))
    return steps


def first_steps(snapshot: Snapshot, pager: Pager, grid: Box | None, wording: PagerWords, words: Vocabulary) -> list[Step]:
    """Give the ways back to the first page, the surest first; none where it is shown already.

    Args:
        snapshot: what is seen.
        pager: what the pager says.
        grid: where the grid is.
        wording: how the portal words its pagers.
        words: the portal's abbreviations.

    Returns:
        The ways back.
    """
    nodes = _pressable(snapshot)
    page = pager.page or _current_number(snapshot, nodes)
    if (page is not None and page <= 1) or (pager.first is not None and pager.first <= 1):
        return []
    near = pager.box or grid
    steps = [Step(Way.PRESS, node) for node in _named(snapshot, nodes, wording.first, near)[:1] if _enabled(node)]
    if page is not None and pager.box is not None:
        steps.extend(_typed(snapshot, pager, 1))
    if page is not None:
        steps.extend(Step(Way.PRESS, node) for node in _named(snapshot, nodes, ("1",), near)[:1] if _enabled(node))
    steps.extend(Step(Way.PRESS, node) for node in _named(snapshot, nodes, wording.previous, near)[:1] if _enabled(node))
    if page is not None and pager.box is not None:
        left = [node for node in _wordless(nodes, snapshot, pager.box, right=False) if _enabled(node)]
        steps.extend(Step(Way.PRESS, node) for node in left[:1])
    return steps


def _typed(snapshot: Snapshot, pager: Pager, page: int) -> list[Step]:
    """The field that holds the page's number."""
    box = pager.box
    return [
        Step(Way.TYPE, node, str(page))
        for node in snapshot.nodes
        if box is not None and node.tag == "input" and node.value == str(pager.page) and node.box.same_line(box) and not node.disabled
    ][:1]


def _wordless(nodes: Sequence[Node], snapshot: Snapshot, line: Box, right: bool = True) -> list[Node]:
    """Signs without words on the pager's line, the nearest to the page's number first."""
    middle = line.middle[0]
    found = [
        node for node in nodes
        if node.box.same_line(line) and 0 < node.box.width <= 60 and not any(map(str.isalnum, snapshot.text_of(node)))
        and (node.box.middle[0] > middle if right else node.box.middle[0] < middle)
        and not any(other is not node and other.within(node) for other in nodes)
    ]
    return sorted(found, key=lambda node: abs(node.box.middle[0] - middle))


def _current_number(snapshot: Snapshot, nodes: Sequence[Node]) -> int | None:
    """The number that is marked as the present page in a row of page numbers."""
    for node in snapshot.nodes:
        if node.tag == "#" or not node.selected and node.raw.get("cur") is None:
            continue
        text = snapshot.text_of(node)
        if text.isdigit() and len(text) <= 4:
            return int(text)
    numbers = {snapshot.text_of(node): node for node in nodes if snapshot.text_of(node).isdigit()}
    for piece in snapshot.pieces:
        if piece.text.isdigit() and piece.text not in numbers and len(piece.text) <= 4:
            beside = [node for node in numbers.values() if node.box.same_line(piece.box) and node.frame == piece.frame]
            if beside and any(abs(int(snapshot.text_of(node)) - int(piece.text)) == 1 for node in beside):
                return int(piece.text)
    return None
