"""Read a grid's pager and find the way to its next page, as a person would.

In this order: a control with the words or the sign for "next"; the number of the next page; "more rows"; the field
that holds the page number; pictures without words, by their usual order. Whatever was pressed, the page that follows
proves it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from Katip.reading.labels import sign_of
from Katip.reading.nodes import innermost, outermost
from Katip.reading.pager_lines import forms_of
from Katip.reading.pager_texts import Pager, PagerWords
from Katip.reading.snapshot import Box, Node, Snapshot, around
from Katip.turkish import fold

_DOTS = re.compile(r"\.{2,3}|…|•{2,3}|·{2,3}")
_MOST_PAGE_DIGITS = 4
_WIDEST_SIGN = 60
_DOUBLED = ("»", ">>")
_PAGE_NUMBER = re.compile(rf"(?<![\w.,])\d{{1,{_MOST_PAGE_DIGITS}}}(?![\w.,])")
# A number beside such a word counts something else than pages: "Toplam 2".
_OTHER_WORD = re.compile(r"\b(?!(?:sayfa|page)\b)[^\W\d_]+")


class Way(StrEnum):
    """How the next page is reached."""

    PRESS = "press"
    TYPE = "type"
    MORE = "more"


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One way to another page.

    Attributes:
        way: press a control, type a number, or ask for more rows.
        node: what to press or to type into.
        text: what to type.
        surely: True if the control says in words or by its sign that more rows follow.
        option: which entry to choose, where the node is a list.
    """

    way: Way
    node: Node
    text: str = ""
    surely: bool = False
    option: int | None = None


# -------------------------------------------------------------------------------------------------------- controls


def _names(node: Node, snapshot: Snapshot) -> frozenset[str]:
    texts = {snapshot.text_of(node), node.own_name, str(node.raw.get("ti", "")), str(node.raw.get("a", ""))}
    for inner in node.walk():
        texts |= {inner.own_name} if inner.tag in ("img", "svg") else {inner.text} if "ic" in inner.raw else set()
    return forms_of(texts)


def _pressable(snapshot: Snapshot, rows: Sequence[Box]) -> list[Node]:
    """Return what can be pressed; never what is in a row of the list, whatever it is labelled."""
    return [
        node
        for node in snapshot.nodes
        if node.tag != "#"
        and sign_of(node) is not None
        and not node.cut_off
        and "gh" not in node.raw
        and not node.is_field
        and not any(row.holds(node.box) for row in rows)
    ]


def _named(
    snapshot: Snapshot, nodes: Sequence[Node], words: Sequence[str], near: Box | None, rows: Sequence[Box]
) -> list[Node]:
    """Return what has one of the words, nearest to the pager first; plain text if no control has."""
    wanted = forms_of(words)
    found = innermost([node for node in nodes if _names(node, snapshot) & wanted])
    chosen = found or _plain_texts(snapshot, wanted, rows)
    return sorted(chosen, key=lambda node: abs(node.box.middle[1] - near.middle[1])) if near is not None else chosen


def _plain_texts(snapshot: Snapshot, wanted: Collection[str], rows: Sequence[Box]) -> list[Node]:
    """Return the texts outside of the rows that are one of the words."""
    return [
        piece.node
        for piece in snapshot.pieces
        if not piece.is_value
        and not piece.cut_off
        and not forms_of([piece.text]).isdisjoint(wanted)
        and not any(row.holds(piece.box) for row in rows)
    ]


def _without_last_page(snapshot: Snapshot, named: list[Node], wording: PagerWords) -> list[Node]:
    """Leave out a doubled sign ("»") beside another "next" of the same line: it leads to the last page there."""
    doubled = forms_of(_DOUBLED)
    wanted = forms_of(wording.next)
    single = [node for node in named if not _names(node, snapshot) & wanted <= doubled]
    return [node for node in single if node.box.same_line(named[0].box)] or named


def next_steps(
    snapshot: Snapshot,
    pager: Pager,
    grid: Box | None,
    wording: PagerWords,
    walked: int = 1,
    rows: Sequence[Box] = (),
) -> list[Step]:
    """Return the ways to the next page, the surest first.

    Args:
        snapshot: what is seen.
        pager: what the pager says.
        grid: where the grid is.
        wording: how the portal words its pagers.
        walked: the number of pages turned so far, for pagers that do not show the page number.
        rows: where the rows of the grid are.

    Returns:
        The ways; none where this is the last page as far as can be seen. Where the pager says so without a count of rows, what says
        "next" and can be pressed all the same is one.
    """
    if pager.is_last and pager.total is not None:
        return []
    near = pager.box or grid
    nodes = _pressable(snapshot, rows)
    named = _without_last_page(snapshot, _named(snapshot, nodes, wording.next, near, rows), wording)
    if named and (named[0] in nodes or not pager.is_last):
        return _enabled([Step(Way.PRESS, named[0], surely=named[0] in nodes)])
    return [] if pager.is_last else _enabled(_ways_without_next(snapshot, pager, near, nodes, wording, walked, rows))


def _enabled(steps: Sequence[Step]) -> list[Step]:
    return [step for step in steps if not step.node.disabled]


def _ways_without_next(
    snapshot: Snapshot,
    pager: Pager,
    near: Box | None,
    nodes: Sequence[Node],
    wording: PagerWords,
    walked: int,
    rows: Sequence[Box],
) -> list[Step]:
    """Return the ways to the next page where nothing says "next": its number, "more", the field for the page, pictures."""
    marked = _current_number(snapshot, nodes)
    page = pager.page or marked or walked
    numbered = _numbered(snapshot, nodes, near)
    if page + 1 in numbered:
        steps = [Step(Way.PRESS, numbered[page + 1], surely=marked == page or walked > 1)]
    else:
        steps = [Step(Way.PRESS, node) for node in _beyond(snapshot, nodes, numbered)[1]]
    steps.extend(
        Step(Way.MORE, node, surely=node in nodes) for node in _named(snapshot, nodes, wording.more, near, rows)[:1]
    )
    if pager.page is not None and pager.box is not None:
        steps.extend(_typed(snapshot, pager, page + 1))
    steps.extend(_by_signs(snapshot, pager, "next"))
    return steps


def has_signs(snapshot: Snapshot, grid: Box | None, wording: PagerWords, rows: Sequence[Box] = ()) -> bool:
    """Return True if anything is a control of a pager, enabled or not.

    Args:
        snapshot: what is seen.
        grid: where the grid is.
        wording: how the portal words its pagers.
        rows: where the rows of the grid are.

    Returns:
        True if there is a word, a sign or a page's number to press.
    """
    nodes = _pressable(snapshot, rows)
    words = (*wording.next, *wording.previous, *wording.more)
    return bool(_named(snapshot, nodes, words, grid, rows) or _numbered(snapshot, nodes, grid))


def first_steps(
    snapshot: Snapshot, pager: Pager, grid: Box | None, wording: PagerWords, rows: Sequence[Box] = ()
) -> list[Step]:
    """Return the ways back to the first page, the surest first; none where it is shown already.

    Args:
        snapshot: what is seen.
        pager: what the pager says.
        grid: where the grid is.
        wording: how the portal words its pagers.
        rows: where the rows of the grid are.

    Returns:
        The ways back.
    """
    nodes = _pressable(snapshot, rows)
    page = pager.page or _current_number(snapshot, nodes)
    if _is_first(page) or _is_first(pager.first):
        return []
    near = pager.box or grid
    if page is None and _none_before(snapshot, pager, near, nodes, wording):
        return []
    steps = [Step(Way.PRESS, node) for node in _named(snapshot, nodes, wording.first, near, rows)[:1]]
    if page is not None:
        steps.extend(_by_first_number(snapshot, pager, near, nodes))
    steps.extend(Step(Way.PRESS, node) for node in _named(snapshot, nodes, wording.previous, near, rows)[:1])
    steps.extend(_by_signs(snapshot, pager, "first", "previous"))
    return _enabled(steps)


def _is_first(number: int | None) -> bool:
    return number is not None and number <= 1


def _by_first_number(snapshot: Snapshot, pager: Pager, near: Box | None, nodes: Sequence[Node]) -> list[Step]:
    """Return the ways back by page numbers: the field for the page, the number 1, the dots before the numbers."""
    numbered = _numbered(snapshot, nodes, near)
    pressed = [numbered[1]] if 1 in numbered else _beyond(snapshot, nodes, numbered)[0]
    return [
        *(_typed(snapshot, pager, 1) if pager.box is not None else ()),
        *(Step(Way.PRESS, node) for node in pressed),
    ]


def _none_before(
    snapshot: Snapshot, pager: Pager, near: Box | None, nodes: Sequence[Node], wording: PagerWords
) -> bool:
    """True if everything on the pager's line that leads to the first or the previous page is disabled."""
    numbered = _numbered(snapshot, nodes, near)
    line = pager.box or (around([node.box for node in numbered.values()]) if numbered else None)
    if line is None:
        return False
    words = (*wording.first, *wording.previous)
    back = [node for node in _named(snapshot, snapshot.nodes, words, near, ()) if node.box.same_line(line)]
    return bool(back) and all(node.disabled for node in back)


def _typed(snapshot: Snapshot, pager: Pager, page: int) -> list[Step]:
    """The field that holds the page's number."""
    box = pager.box
    return [
        Step(Way.TYPE, node, str(page))
        for node in snapshot.nodes
        if box is not None and node.tag == "input" and node.value == str(pager.page) and node.box.same_line(box)
    ][:1]


def _by_signs(snapshot: Snapshot, pager: Pager, *names: str) -> list[Step]:
    """Return the ways by pictures beside the page's number, by their names in `_signs`."""
    if not pager.tells_place or pager.box is None:
        return []
    signs = _signs(snapshot, pager.box)
    return [Step(Way.PRESS, node) for name in names for node in signs.get(name, ())]


def _signs(snapshot: Snapshot, page: Box) -> dict[str, list[Node]]:
    """Pictures without words beside the page's number, in their usual order: first, previous, (number,) next, last."""
    found = outermost([node for node in snapshot.nodes if _is_sign(node, page, snapshot)])
    outer = sorted(found, key=lambda node: node.box.x)
    left = [node for node in outer if node.box.middle[0] < page.x]
    right = [node for node in outer if node.box.middle[0] > page.right]
    if left and right:
        return {"first": left[:-1][:1], "previous": left[-1:], "next": right[:1]}
    together = left or right
    if len(together) >= 4:
        return {"first": together[:1], "previous": together[1:2], "next": together[2:3]}
    return {"previous": together[:1], "next": together[1:]} if len(together) == 2 else {}


def _is_sign(node: Node, page: Box, snapshot: Snapshot) -> bool:
    """True for a narrow control without words on the line of the page's number."""
    return (
        node.tag != "#"
        and not node.is_field
        and (sign_of(node) is not None or "d" in node.raw)
        and node.box.same_line(page)
        and 0 < node.box.width <= _WIDEST_SIGN
        and not any(map(str.isalnum, snapshot.text_of(node)))
    )


def _numbered(snapshot: Snapshot, nodes: Sequence[Node], near: Box | None) -> dict[int, Node]:
    """Return the clickable page numbers on the line of the pager."""
    found: dict[int, Node] = {}
    for node in sorted(nodes, key=lambda node: (abs(node.box.middle[1] - near.middle[1]) if near else 0, -node.order)):
        text = snapshot.text_of(node)
        if text.isdigit() and len(text) <= _MOST_PAGE_DIGITS:
            found.setdefault(int(text), node)
    line = next(iter(found.values()), None)
    return {number: node for number, node in found.items() if line is not None and node.box.same_line(line.box)}


def _beyond(snapshot: Snapshot, nodes: Sequence[Node], numbered: dict[int, Node]) -> tuple[list[Node], list[Node]]:
    """The dots before and behind the page numbers: they show the numbers that follow, and their first page."""
    if not numbered:
        return [], []
    line = around([node.box for node in numbered.values()])
    dots = [node for node in nodes if _DOTS.fullmatch(snapshot.text_of(node)) and node.box.same_line(line)]
    inner = sorted(innermost(dots), key=lambda node: node.box.x)
    before = [node for node in inner if node.box.x < line.x]
    behind = [node for node in inner if node.box.x > line.right]
    return before[-1:], behind[:1]


def _current_number(snapshot: Snapshot, nodes: Sequence[Node]) -> int | None:
    """The present page among page numbers: what is marked so, cannot be pressed, or looks different from all others."""
    marked = _marked_number(snapshot)
    if marked is not None:
        return marked
    numbered = _numbered(snapshot, nodes, None)
    if not numbered:
        return None
    missing = [number for number in _plain_numbers(snapshot, numbered) if number not in numbered]
    unpressed = [number for number in missing if not {number - 1, number + 1}.isdisjoint(numbered)]
    return unpressed[0] if unpressed else _odd_one(snapshot, numbered)


def _marked_number(snapshot: Snapshot) -> int | None:
    """The first page number that is marked as selected or current."""
    for node in snapshot.nodes:
        if node.tag != "#" and (node.selected or "cur" in node.raw):
            text = snapshot.text_of(node)
            if text.isdigit() and len(text) <= _MOST_PAGE_DIGITS:
                return int(text)
    return None


def _plain_numbers(snapshot: Snapshot, numbered: dict[int, Node]) -> list[int]:
    """The numbers that cannot be pressed, on the line of those that can and in order with them."""
    line = next(iter(numbered.values())).box
    runs = [run for run in snapshot.nodes if run.is_text and run.box.same_line(line)]
    return [
        int(number)
        for run in runs
        if not any(run.within(node) for node in numbered.values())
        for number in _PAGE_NUMBER.findall("" if _OTHER_WORD.search(fold(run.text)) else run.text)
        if all((node.box.x < run.box.x) == (other < int(number)) for other, node in numbered.items())
    ]


def _odd_one(snapshot: Snapshot, numbered: dict[int, Node]) -> int | None:
    looks = {
        number: next((run.raw["st"] for run in node.walk() if "st" in run.raw), "") for number, node in numbered.items()
    }
    counts = Counter(looks.values())
    alone = [number for number, how in looks.items() if counts[how] == 1]
    return alone[0] if len(alone) == 1 and len(numbered) > 2 else None
