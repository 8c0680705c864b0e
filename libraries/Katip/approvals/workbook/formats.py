"""What a number format makes of a value: whether a cell shows what it holds (ECMA-376, 18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import Final, NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from Katip.turkish import fold

GENERAL: Final = "General"
_UNITS: Final = frozenset({"dk", "dakika", "kisi", "kişi", "gün", "adet", "çalışan"})
_CONDITION: Final = re.compile(r"\[\s*[<>=]")
#: Shown in the short form of the reader's own country, whatever the standard's table says.
_OF_THE_READER: Final = {14: "dd.mm.yyyy", 22: "dd.mm.yyyy hh:mm"}
#: Day, month and year one after the other; a weekday or a time may come before them, a weekday (as in Turkish) or a time behind them.
_NAMED_MONTH: Final = re.compile(
    r"(?:h+m*s*)?(?:d{3,4})?(?:d{1,2}m{3,4}y+|m{3,4}d{1,2}y+|y+m{3,4}d{1,2})(?:d{3,4})?(?![dmy])"
)
_NUMBERED_MONTH: Final = re.compile(r"(?:h+m*s*)?(?:d{3,4})?(?:d{1,2}m{1,2}y+|y+m{1,2}d{1,2})(?:d{3,4})?(?![dmy])")
_CALENDAR: Final = re.compile(r"\[\$[^\]-]*-([0-9A-F]{5,8})\]|\bB[12]", re.IGNORECASE)
_MOST_BLANKS: Final = 4  # more of them push a text out of its cell
_COLOUR: Final = re.compile(
    r"\[\s*(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r\s*\d+)\s*\]", re.IGNORECASE
)
_CODE: Final = re.compile(r"General|AM/PM|A/P|[0#?.,%@/EeyYmMdDhHsSgGbB:+-]", re.IGNORECASE)


class _Kind(Enum):
    LITERAL = auto()
    BRACKET = auto()
    SPACE = auto()
    CODE = auto()


class _Token(NamedTuple):
    kind: _Kind
    text: str


def format_code(ident: int, own: dict[int, str]) -> str:
    """Return the code of a number format.

    Args:
        ident: its number.
        own: the workbook's own formats.
    """
    return own.get(ident) or _OF_THE_READER.get(ident) or BUILTIN_FORMATS.get(ident) or GENERAL


@lru_cache(maxsize=4096)
def shows_text(code: str) -> bool:
    """Return True if a cell of this format shows a text as it is.

    Args:
        code: the format's code.

    Example:
        >>> shows_text("@"), shows_text(';;;"Beklet"')
        (True, False)
    """
    sections = _sections(code)
    if any(map(_has_colour, sections)):
        return False
    if len(sections) > 3:
        return _is_plain_text(sections[3])
    for section in sections:
        if any(token.text == "@" for token in section if token.kind is _Kind.CODE):
            return _is_plain_text(section)
    return not any(_is_only_words(section) for section in sections)


def shows_number(code: str, value: float) -> bool:
    """Return True if a cell of this format shows a number that a person reads as the same number.

    Args:
        code: the format's code.
        value: the number.

    Example:
        >>> shows_number('0 "dk"', 480), shows_number('0"0"', 48), shows_number("0,", 480)
        (True, False, False)
    """
    sections = _sections(code)
    if _CONDITION.search(code):
        return False
    section = _section_for(value, sections)
    if _has_colour(section):
        return False
    words = _text_of(section, _Kind.LITERAL).strip()
    if any(letter.isdigit() for letter in words) or (words.strip(" .-()") and fold(words) not in _UNITS):
        return False
    codes = _text_of(section, _Kind.CODE)
    if codes.casefold() == "general" or codes == "@":
        return True
    digits = codes.rstrip("+-")
    if not re.fullmatch(r"[#0?,]*[#0?](?:\.[#0?]*)?", digits):
        return False
    decimals = len(digits.partition(".")[2])
    return round(value, decimals) == value


def _section_for(value: float, sections: Sequence[tuple[_Token, ...]]) -> tuple[_Token, ...]:
    """Return the section that a number is shown by: the first one, that of negative numbers, or that of zero."""
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _text_of(section: Sequence[_Token], kind: _Kind) -> str:
    return "".join(token.text for token in section if token.kind is kind)


def shows_date(code: str) -> bool:
    """Return True if a cell of this format shows day, month and year of a date in an order that a Turkish reader expects.

    Args:
        code: the format's code.

    Example:
        >>> shows_date("dd.mm.yyyy"), shows_date("mmm yy")
        (True, False)
    """
    section = _sections(code)[0]
    if _CONDITION.search(code) or _has_colour(section) or _has_other_calendar(code):
        return False
    words = _text_of(section, _Kind.LITERAL)
    if any(letter.isalnum() for letter in words) or len(words) > 2 * _MOST_BLANKS:
        return False
    parts = "".join(token.text for token in section if token.kind is _Kind.CODE and token.text.casefold() in "dmyehs")
    parts = parts.casefold().replace("e", "yyyy")
    return bool(_NAMED_MONTH.match(parts) or _NUMBERED_MONTH.match(parts))


def _has_other_calendar(code: str) -> bool:
    """Return True if a format counts the years from somewhere else or writes them in other digits ([MS-OE376], 2.1.739)."""
    return any(
        found[1] is None or (int(found[1], 16) >> 16 & 0xFF) > 1 or int(found[1], 16) >> 24 > 1
        for found in _CALENDAR.finditer(code)
    )


def is_date(code: str) -> bool:
    """Return True if a number of this format is a date or a time.

    Args:
        code: the format's code.
    """
    return bool(is_date_format(code))


def _is_plain_text(section: tuple[_Token, ...]) -> bool:
    codes = [token.text for token in section if token.kind is _Kind.CODE]
    words = "".join(token.text for token in section if token.kind is _Kind.LITERAL)
    blanks = len(words) + sum(token.kind is _Kind.SPACE for token in section)
    return (
        not words.strip()
        and blanks <= _MOST_BLANKS
        and (codes == ["@"] or [code.casefold() for code in codes] == ["general"])
    )


def _has_colour(section: tuple[_Token, ...]) -> bool:
    """Return True if a section has a colour of its own, which counts instead of the font's."""
    return any(token.kind is _Kind.BRACKET and _COLOUR.fullmatch(token.text) for token in section)


def _is_only_words(section: tuple[_Token, ...]) -> bool:
    return (
        bool(section)
        and all(token.kind is not _Kind.CODE for token in section)
        and any(token.kind is _Kind.LITERAL and token.text.strip() for token in section)
    )


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    """Split a format into its sections, and each into its tokens."""
    sections: list[list[_Token]] = [[]]
    at = 0
    while at < len(code):
        token, at = _token(code, at)
        if token is None:
            sections.append([])
        else:
            sections[-1].append(token)
    return tuple(tuple(section) for section in sections)


def _token(code: str, at: int) -> tuple[_Token | None, int]:
    """Return the token that begins at a place (None for the end of a section), and where the next one begins."""
    letter = code[at]
    if letter == ";":
        return None, at + 1
    if letter == '"':
        end = _end_of(code, '"', at + 1)
        return _Token(_Kind.LITERAL, code[at + 1 : end]), end + 1
    if letter == "[":
        end = _end_of(code, "]", at)
        return _bracket(code[at : end + 1]), end + 1
    if letter == "*" and code[at + 1 : at + 2].strip():  # fills the cell with the next letter
        return _Token(_Kind.LITERAL, code[at + 1]), at + 2
    if letter in "_*":
        return _Token(_Kind.SPACE, code[at : at + 2]), at + 2
    if letter == "\\":
        return _Token(_Kind.LITERAL, code[at + 1 : at + 2]), at + 2
    if found := _CODE.match(code, at):
        return _Token(_Kind.CODE, found.group()), found.end()
    return _Token(_Kind.LITERAL, letter), at + 1


def _end_of(code: str, mark: str, start: int) -> int:
    """Return where a closing mark is; the code's end where there is none."""
    end = code.find(mark, start)
    return len(code) if end < 0 else end


def _bracket(text: str) -> _Token:
    """Return the token of a text in brackets; of a currency and language only the currency is shown."""
    words = text.removeprefix("[$").removesuffix("]").partition("-")[0] if text.startswith("[$") else ""
    return _Token(_Kind.LITERAL, words) if words else _Token(_Kind.BRACKET, text)
