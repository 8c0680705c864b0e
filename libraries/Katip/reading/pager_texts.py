"""Read what the text of a pager says: page, pages, first and last row, total, and whether the total is exact.

The patterns are the portal's data. A text that looks like a count and matches none of them is reported as not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from Katip.reading.snapshot import Box, Piece, Snapshot, around
from Katip.turkish import fold, visible

_COUNTED = ("page", "pages", "first", "last", "total")
_NUMBERS = frozenset({*_COUNTED, "size"})
# Thousands are separated by a dot, a comma, an apostrophe or one blank; separate texts of a line are joined by two blanks.
_NUMBER = r"\d{1,3}(?:[.,’' ]\d{3})+(?!\d)|\d+"
_SUFFIX = r"(?:['’][^\W\d_]{1,4})?"  # "3'den", "57'nin"
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\{(\w+)\}|([^\W\d_]+)|([-–—/+~≈≥>])")
_BETWEEN = r"[\s.,:;|()\[\]]*"
_FIGURE = re.compile(rf"(?<![\w.,])(?:{_NUMBER})(?![\w])")
_FRACTION = re.compile(r"[\s(\[]*(\d+)\s*/\s*(\d+)[\s)\].]*")
_NEAR = 160  # CSS pixels above or below the grid in which a count belongs to it
_TALLEST = 60


@dataclass(frozen=True, slots=True)
class Pager:
    """What a pager says.

    Attributes:
        page: the page's number, from 1.
        pages: how many pages there are.
        first: number of the first row shown.
        last: number of the last row shown.
        total: how many rows there are in all.
        exact: False if the total is only a lower bound ("more than 3") or an estimate ("about 1.200").
        box: where the words with these numbers are.
    """

    page: int | None = None
    pages: int | None = None
    first: int | None = None
    last: int | None = None
    total: int | None = None
    exact: bool = True
    box: Box | None = None

    @property
    def is_last(self) -> bool:
        """True if the pager itself says that no page follows."""
        if not self.exact:
            return False
        if self.page is not None and self.pages is not None:
            return self.page >= self.pages
        return self.last is not None and self.total is not None and self.last >= self.total

    @property
    def tells_place(self) -> bool:
        """True if it says which page or which rows are shown."""
        return self.page is not None or self.first is not None

    @property
    def rows_in_all(self) -> int | None:
        """How many rows all pages hold, as far as the pager says on its last page."""
        if not self.exact:
            return None
        if self.total is not None:
            return self.total
        ends = self.page is not None and self.page == self.pages
        return self.last if ends or (self.first or 0) > 1 else None


@dataclass(frozen=True, slots=True)
class PagerWords:
    """How a portal words its pagers.

    Attributes:
        texts: patterns such as "Sayfa {page} Toplam {pages}" and "Kayıtlar {first} - {last}".
        inexact: patterns for a total that is no exact count, such as "{total} fazla" ("3'den fazla", more than 3).
        beside: patterns for numbers that count no rows of the list, such as "Sayfa başına {size} kayıt".
        counted: words that make a number a count of rows or pages ("kayıt", "rows").
        next: words and signs for the next page.
        first: words and signs for the first page.
        previous: words and signs for the page before.
        more: words for "more rows".
        all: words of the entry that shows all parts of a list ("Tümü").
        months: the months' names, in their order; years and letters need no words.
        search: words beside a field that filters the list ("Ara").
        last: words and signs for the last page.
    """

    texts: tuple[str, ...]
    next: tuple[str, ...]
    first: tuple[str, ...]
    previous: tuple[str, ...]
    more: tuple[str, ...]
    inexact: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    last: tuple[str, ...] = ()

    @property
    def turning(self) -> tuple[str, ...]:
        """All words and signs that lead to another page."""
        return (*self.next, *self.first, *self.previous, *self.last)


@dataclass(slots=True)
class _Line:
    """The text of one line, and what was read of it.

    Attributes:
        text: its folded text; what was read is blanked out.
        starts: where each piece begins in it.
        inexact: where the numbers that are no exact counts begin.
        numbers: the numbers by name.
        exact: False if the total is no exact count.
        place: where the first words that were understood are.
    """

    text: str
    starts: list[int]
    inexact: set[int] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    exact: bool = True
    place: Box | None = None

    def rest_of(self, number: int) -> str:
        """Return what was not understood of a piece, by its number in the line."""
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end]


def read_pager(snapshot: Snapshot, grid: Box | None, wording: PagerWords) -> Pager:
    """Read what the pager of a grid says.

    Args:
        snapshot: what is seen.
        grid: where the grid is; of several pagers the one nearest to it counts.
        wording: how the portal words its pagers.

    Returns:
        The pager; every number that it does not show is None.
    """
    numbers: dict[str, int] = {}
    box: Box | None = None
    exact = True
    for line in sorted(_lines(snapshot), key=lambda line: _distance(line, grid)):
        read = _read_line(line, wording)
        if "total" in read.numbers and "total" not in numbers:
            exact = read.exact
        numbers = {**read.numbers, **numbers}
        box = box or read.place
    return Pager(**{name: numbers.get(name) for name in _COUNTED}, exact=exact, box=box)


def not_understood(snapshot: Snapshot, grid: Box, wording: PagerWords, rows: int) -> str | None:
    """Return the text near a grid that counts more rows or pages than were read, and that no pattern understands.

    Args:
        snapshot: what is seen after the last page was read.
        grid: where the grid is.
        wording: how the portal words its pagers.
        rows: how many rows were read.

    Returns:
        The text, or None if there is none.
    """
    counted = _forms_of(wording.counted)
    for line in _lines(snapshot):
        if not _is_around(line, grid) or _distance(line, grid) > _NEAR:
            continue
        left = _read_line(line, wording)
        for number, piece in enumerate(line):
            rest = left.rest_of(number)
            if _is_unfinished_count(rest) and not piece.is_value:
                return visible(piece.text)
            figures = [_number(found[0]) for found in _FIGURE.finditer(rest)]
            if not counted.isdisjoint(_WORD.findall(rest)) and any(figure > rows for figure in figures):
                return visible(piece.text)
    return None


def _is_around(line: Sequence[Piece], grid: Box) -> bool:
    """True if a line is above or below a grid."""
    here = around([piece.box for piece in line])
    return here.y >= grid.bottom - 2 or here.bottom <= grid.y + 2


def _is_unfinished_count(text: str) -> bool:
    """True for "2 / 5": less than all."""
    fraction = _FRACTION.fullmatch(text)
    return fraction is not None and int(fraction[1]) < int(fraction[2])


def _forms_of(words: Iterable[str]) -> set[str]:
    return {fold(word) for word in words}


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _plain(text: str) -> str:
    """A line with its words folded and its figures and signs as they are."""
    return _WORD.sub(lambda word: fold(word[0]), visible(text))


@lru_cache(maxsize=512)
def _pattern(text: str) -> re.Pattern[str]:
    parts: list[str] = []
    for name, word, sign in _TOKEN.findall(text):
        if name:
            parts.append(rf"(?<![\w.,])(?P<{name}>{_NUMBER})(?!\w){_SUFFIX}" if name in _NUMBERS else "")
        elif word:
            parts.append(rf"(?<!\w){re.escape(fold(word))}(?!\w)")
        else:
            parts.append("[-–—−]" if sign in "-–—" else re.escape(sign))
    return re.compile(_BETWEEN.join(parts))


def _lines(snapshot: Snapshot) -> list[list[Piece]]:
    """Visual lines of the page: the pieces side by side in one frame, from left to right."""
    lines: list[list[Piece]] = []
    for piece in snapshot.pieces:
        if piece.cut_off or not piece.text or piece.box.height > _TALLEST:
            continue
        for line in lines:
            if line[0].frame == piece.frame and line[0].box.same_line(piece.box):
                line.append(piece)
                break
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.box.x) for line in lines]


def _distance(line: Sequence[Piece], grid: Box | None) -> float:
    here = around([piece.box for piece in line])
    return min(abs(here.y - grid.bottom), abs(grid.y - here.bottom)) if grid else 0


def _read_line(pieces: Sequence[Piece], wording: PagerWords) -> _Line:
    line = _Line("", [])
    for piece in pieces:
        line.starts.append(len(line.text))
        line.text += _plain(piece.text) + "  "
    if not any(map(str.isdigit, line.text)):
        return line
    for pattern in wording.beside:
        _blank(line, _pattern(pattern))
    for pattern in wording.inexact:
        _mark_inexact(line, _pattern(pattern))
    for pattern in wording.texts:
        _read_pattern(line, pieces, _pattern(pattern))
    return line


def _blank(line: _Line, pattern: re.Pattern[str]) -> None:
    line.text = pattern.sub(lambda found: "|" * len(found[0]), line.text)


def _mark_inexact(line: _Line, pattern: re.Pattern[str]) -> None:
    """Note where a number is no exact count, and take the words away that say so: "/ 3'den fazla" becomes "/ 3"."""
    for found in list(pattern.finditer(line.text)):
        start, end = found.span("total")
        line.inexact.add(start)
        before, after = " " * (start - found.start()), " " * (found.end() - end)
        line.text = line.text[: found.start()] + before + found["total"] + after + line.text[found.end() :]


def _read_pattern(line: _Line, pieces: Sequence[Piece], pattern: re.Pattern[str]) -> None:
    found = pattern.search(line.text)
    if found is None:
        return
    for name, number in found.groupdict().items():
        line.numbers.setdefault(name, _number(number))
    line.exact = line.exact and not any(found.start(name) in line.inexact for name in found.groupdict())
    here = [
        piece.box
        for piece, start in zip(pieces, line.starts, strict=True)
        if found.start() - len(_plain(piece.text)) <= start < found.end()
    ]
    line.place = line.place or (around(here) if here else None)
    # What one pattern has read is not read again by another ("Toplam 3 Kayıtlar" is no "Toplam 3 kayıt").
    line.text = line.text[: found.start()] + "|" * (found.end() - found.start()) + line.text[found.end() :]
