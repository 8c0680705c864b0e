"""Controls beside a list of which each shows a part of it: a list of page numbers, dots, letters, years, a field for the page.

Such a series is read as a person would use it: its entry for everything is chosen where it has one, else each entry in turn. Whether
it has anything to do with the list is proved by the rows that follow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from Katip.reading.labels import Kind, sign_of
from Katip.reading.nodes import innermost
from Katip.reading.pager_texts import PagerWords
from Katip.reading.snapshot import Box, Node, Snapshot
from Katip.turkish import fold, visible

ALPHABET: Final = "ABCÇDEFGĞHIİJKLMNOÖPQRSŞTUÜVWXYZ"
_NEAR = 160  # CSS pixels above or below the grid
_MOST = 500
_LEAST_LETTERS = 3
_LETTERS = re.compile(r"(\w)(?:\s*[-–—]\s*(\w))?")
_NUMBER = re.compile(r"\D*(\d{1,4})\D*")
_YEARS = range(1950, 2100)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One entry of a series.

    Attributes:
        label: its words; empty for a dot.
        node: what to press, to choose from, or to type into.
        option: its index where it is chosen from a list.
        value: what to type, where it is typed.
    """

    label: str
    node: Node
    option: int | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """The entries that show the parts of a list.

    Attributes:
        entries: the entries in their order; disabled ones are left out.
        current: the index of the entry that is shown; None if it is not marked.
        everything: the entry that shows all parts together; None if there is none.
        is_whole: True if that entry is the one that is shown.
    """

    entries: tuple[Entry, ...]
    current: int | None
    everything: Entry | None = None
    is_whole: bool = False


def find_series(snapshot: Snapshot, grid: Box, frame: int, wording: PagerWords) -> Series | None:
    """Find the series of controls right above or below a grid.

    Args:
        snapshot: what is seen.
        grid: where the grid is.
        frame: the frame that the grid is in.
        wording: the words for everything, and the names of the months.

    Returns:
        The series, or None.
    """
    near = [node for node in snapshot.nodes if node.frame == frame and is_beside(node.box, grid) and not node.cut_off]
    sources = (_lists(near, wording), _fields(near), _rows_of_controls(snapshot, near, wording), _dots(near))
    return next((series for source in sources for series in source), None)


def is_beside(box: Box, grid: Box) -> bool:
    """Return True if something is right above or below a grid.

    Args:
        box: where it is.
        grid: where the grid is.
    """
    away = max(grid.y - box.bottom, box.y - grid.bottom)
    return -2 <= away <= _NEAR and box.shared_width(grid) > 0.5 * min(box.width, grid.width) and box.area > 0


# ------------------------------------------------------------------------------------------------------------- sources


def _lists(near: Sequence[Node], wording: PagerWords) -> Iterator[Series]:
    for node in near:
        options = [visible(str(option)) for option in node.raw.get("op") or ()]
        if len(options) < 2 or node.disabled or "gh" in node.raw:
            continue
        entries = [Entry(option, node, option=index) for index, option in enumerate(options)]
        series = _series(entries, wording, lambda entry, node=node: entry.label == node.value)  # type: ignore[misc]
        if series is not None:
            yield series


def _fields(near: Sequence[Node]) -> Iterator[Series]:
    for node in near:
        least, most = (_whole_number(node.raw.get(key)) for key in ("mi", "ma"))
        if least == 1 and most is not None and 1 < most <= _MOST and not node.disabled and "ro" not in node.raw:
            entries = tuple(Entry(str(number), node, value=str(number)) for number in range(1, most + 1))
            current = _whole_number(node.value)
            yield Series(entries, current - 1 if current is not None and 1 <= current <= most else None)


def _whole_number(text: object) -> int | None:
    return int(str(text)) if re.fullmatch(r"\d{1,4}", str(text or "")) else None


def _rows_of_controls(snapshot: Snapshot, near: Sequence[Node], wording: PagerWords) -> Iterator[Series]:
    """Controls or words side by side whose labels are in sequence."""
    pressable = [node for node in near if node.tag != "#" and _can_be_pressed(node, snapshot)]
    for entries in _entries_by_line(snapshot, innermost(pressable)):
        if not _are_pages([entry.label for entry in entries]):  # page numbers that can be pressed are the pager's
            yield from _if_in_sequence(entries, wording)
    for entries in _entries_by_line(snapshot, _plain_words(near)):
        yield from _if_in_sequence(entries, wording)


def _plain_words(near: Sequence[Node]) -> list[Node]:
    """Return the runs of text that are in no control."""
    controls = [node for node in near if node.tag != "#" and sign_of(node) is not None]
    return [node for node in near if node.is_text and not any(node.within(other) for other in controls)]


def _entries_by_line(snapshot: Snapshot, nodes: Sequence[Node]) -> Iterator[list[Entry]]:
    for line in _lines(nodes):
        yield [Entry(_label_of(node, snapshot), node) for node in line]


def _if_in_sequence(entries: Sequence[Entry], wording: PagerWords) -> Iterator[Series]:
    series = _series(entries, wording, _is_marked(entries))
    if series is not None:
        yield series


def _dots(near: Sequence[Node]) -> Iterator[Series]:
    for line in _lines([node for node in near if "dt" in node.raw]):
        entries = [Entry("", node) for node in line]
        is_current = _is_marked(entries)
        current = [index for index, entry in enumerate(entries) if is_current(entry)]
        if len(entries) > 1 and len(current) == 1:
            yield Series(tuple(entries), current[0])


def _lines(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Yield the nodes of the same tag that are side by side, from left to right."""
    left = list(nodes)
    while left:
        line = [node for node in left if node.tag == left[0].tag and node.box.same_line(left[0].box)]
        left = [node for node in left if not any(node is one for one in line)]
        yield sorted(line, key=lambda node: node.box.x)


def _can_be_pressed(node: Node, snapshot: Snapshot) -> bool:
    if sign_of(node) not in (Kind.ANY, Kind.BUTTON, Kind.LINK, Kind.TAB, Kind.CHOICE) or node.is_field:
        return False
    address = urlsplit(str(node.raw.get("hr", "")))
    return address.scheme in ("", "javascript") or address.path == urlsplit(snapshot.frame_urls[node.frame]).path


def _label_of(node: Node, snapshot: Snapshot) -> str:
    return snapshot.text_of(node) or node.own_name


# ------------------------------------------------------------------------------------------------- what is in sequence


def _series(entries: Sequence[Entry], wording: PagerWords, is_current: Callable[[Entry], bool]) -> Series | None:
    """Return the series that the entries are; None if their labels are in no sequence."""
    whole = {fold(text) for text in wording.all}
    everything = next((entry for entry in entries if fold(entry.label) in whole), None)
    parts = _parts_in_sequence([entry for entry in entries if entry is not everything], wording)
    if not parts:
        return None
    enabled = tuple(entry for entry in parts if entry.option is not None or not entry.node.disabled)
    is_whole = everything is not None and is_current(everything)
    return Series(enabled, None if is_whole else _only_one(map(is_current, enabled)), everything, is_whole)


def _only_one(marks: Iterable[bool]) -> int | None:
    """Return the index of the only True, or None."""
    marked = [index for index, mark in enumerate(marks) if mark]
    return marked[0] if len(marked) == 1 else None


def _parts_in_sequence(entries: Sequence[Entry], wording: PagerWords) -> Sequence[Entry]:
    """Return the entries whose labels are in sequence, without a prompt before them ("Seçiniz"); none if they are in none."""
    months = [fold(text) for text in wording.months]
    tests = (_are_pages, _are_years, _are_letters, lambda labels: _are_in_order(labels, months))
    for some in (entries, entries[1:]):
        if any(test([entry.label for entry in some]) for test in tests):
            return some
    return ()


def _are_pages(labels: Sequence[str]) -> bool:
    """True for 1, 2, 3 … in the same words."""
    found = [_NUMBER.fullmatch(label) for label in labels]
    numbers = [int(one[1]) for one in found if one is not None]
    alike = len({re.sub(r"\d+", "", label) for label in labels}) <= 2  # "1", "2", and "3 (son)"
    return len(numbers) > 1 and numbers == list(range(1, len(labels) + 1)) and alike


def _are_years(labels: Sequence[str]) -> bool:
    numbers = [int(label) for label in labels if label.isdigit() and len(label) == 4]
    return len(numbers) == len(labels) > 1 and all(number in _YEARS for number in numbers) and _is_monotonous(numbers)


def _are_letters(labels: Sequence[str]) -> bool:
    """True for letters in alphabetical order, or ranges of letters (A-D, E-H)."""
    found = [_LETTERS.fullmatch(label) for label in labels]
    if len(labels) < _LEAST_LETTERS or not all(found):
        return False
    ends = [part for one in found if one is not None for part in one.groups() if part]
    places = [ALPHABET.find(letter if letter in ALPHABET else letter.upper()) for letter in ends]
    return -1 not in places and _is_ascending(places)


def _are_in_order(labels: Sequence[str], names: Sequence[str]) -> bool:
    places = [names.index(fold(label)) if fold(label) in names else -1 for label in labels]
    return len(places) > 1 and -1 not in places and _is_monotonous(places)


def _is_ascending(numbers: Sequence[int]) -> bool:
    return all(one < other for one, other in pairwise(numbers))


def _is_monotonous(numbers: Sequence[int]) -> bool:
    return _is_ascending(numbers) or _is_ascending(numbers[::-1])


def _is_marked(entries: Sequence[Entry]) -> Callable[[Entry], bool]:
    """Return which entry is marked as current: by its state, or because it alone is painted differently."""
    states = [entry for entry in entries if _has_state(entry.node)]
    if len(states) == 1:
        return lambda entry: entry is states[0]
    paints = {id(entry): _paint_of(entry.node) for entry in entries}
    counts = Counter(paint for paint in paints.values() if paint)
    alone = [entry for entry in entries if counts[paints[id(entry)]] == 1]
    marked = alone[0] if len(alone) == 1 and counts.total() > 2 else None
    return lambda entry: entry is marked


def _has_state(node: Node) -> bool:
    return any(one.selected or "cur" in one.raw for one in (node, *node.walk(), *list(node.ancestors())[:1]))


def _paint_of(node: Node) -> str:
    return next((str(one.raw[key]) for one in node.walk() for key in ("dt", "st") if key in one.raw), "")
