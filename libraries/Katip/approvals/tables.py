"""Spreadsheet files as plain tables of cells: CSV as Turkish Windows and spreadsheets write it, and XLSX."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from Katip.approvals.html_tables import html_tables
from Katip.approvals.table_cells import WIDEST, Cell, Table, TableUnreadable
from Katip.messages import msg, msg_id
from Katip.turkish import visible

LARGEST_FILE = 40_000_000  # bytes; 50 000 rows take less than 10 MB
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_KINDS = {
    b"\xd0\xcf\x11\xe0": msg_id(
        "it is an old XLS file or is protected by a password; save it as XLSX without a password"
    ),
    b"%PDF": msg_id("it is a PDF; save the list itself as XLSX or CSV"),
    b"{\\rtf": msg_id("it is a text document; save the list as XLSX or CSV"),
    b"\x89PNG": msg_id("it is a picture; save the list itself as XLSX or CSV"),
    b"\xff\xd8\xff": msg_id("it is a picture; save the list itself as XLSX or CSV"),
}
_MARKUP = re.compile(r"\s*(?:<\?xml|<!DOCTYPE|<html|<table|<Workbook|<head|<meta|<body|<!--)", re.IGNORECASE)
_SEPARATORS = (";", ",", "\t")
_NAMES = {";": "semicolons", ",": "commas", "\t": "tabs"}
_HINT = re.compile(r'"?sep=([^\r\n])"?(?:\r\n|\r|\n)', re.IGNORECASE)
# A line of markup, wherever it is: spreadsheets that find one read the file as a web page.
_MARKUP_LINE = re.compile(r"^\s*<[a-z!?/]", re.IGNORECASE | re.MULTILINE)
# Texts that spreadsheets read as a file of another kind: symbolic link (SYLK), data interchange (DIF), web archive.
_OTHER_TEXTS = re.compile(
    r"\s*(?:ID\s*;|TABLE\s*[\r\n]|(?:MIME-Version|Content-Type|From|Subject|Date)\s*:)", re.IGNORECASE
)
# What a spreadsheet calculates when it opens a CSV file.
_CALCULATED = re.compile(r"\s*(?:=|[+\-@]\s*[\w(\"'])")
_ESCAPED = re.compile(r"'(?='*[=+\-@\t\r])")
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_QUOTED_TEXT = re.compile(r'="((?:[^"]|"")*)"')
# Old encodings of Turkish: Windows, Macintosh, DOS. UTF-8 is tried before, and no text of these is valid UTF-8 by chance.
_ENCODINGS = ("cp1254", "mac_turkish", "cp857")
_TURKISH = frozenset("çğıöşüÇĞİÖŞÜâîûÂÎÛ")


def escaped(text: str) -> str:
    """Return a text that a spreadsheet opening a CSV file does not take for a formula.

    Args:
        text: any text.

    Returns:
        The text with an apostrophe before it where it begins with ``=``, ``+``, ``-``, ``@``, a tab or a line return
        (with or without apostrophes before that), so that `unescaped` gives back exactly what was there.

    Example:
        >>> escaped("=1+1"), escaped("Ayşe")
        ("'=1+1", 'Ayşe')
    """
    return "'" + text if _DANGEROUS.match(text) else text


def unescaped(text: str) -> str:
    """Undo `escaped`.

    Args:
        text: a cell of a CSV file.

    Returns:
        The text that was written.
    """
    return text[1:] if _ESCAPED.match(text) else text


def read_tables(content: bytes, is_header: Callable[[list[str]], int], *, web_page: bool = False) -> list[Table]:
    """Read a file's tables.

    Args:
        content: the file's bytes; the format is detected from them, not from the file's name.
        is_header: returns how many known columns a row of texts names; it decides which reading of a CSV file has a header.
        web_page: True to read the tables of a web page too, which exports that are called XLS often are.

    Returns:
        The sheets of an XLSX file, the one table of a CSV file, or the tables of a web page.

    Raises:
        TableUnreadable: it is neither, damaged, too large, or can be read in two ways.
    """
    _refuse_too_large(content)
    if content.startswith(_ZIP):
        from Katip.approvals.workbook.workbook_reader import (
            read_workbook,
        )  # loads openpyxl, which most runs do not need

        return read_workbook(content)
    for beginning, reason in _KINDS.items():
        if content.startswith(beginning):
            raise TableUnreadable(msg(reason))
    texts = _decoded(content)
    if web_page and any(map(_MARKUP.match, texts)):
        return _of_web_page(texts, is_header)
    if any(map(_MARKUP_LINE.search, texts)):
        raise TableUnreadable(msg("it is a web page or an XML file, whatever its name says; save it as XLSX"))
    readings = {text: table for text in texts if (table := _csv(text, is_header)) is not None}
    if len({_seen(table) for table in readings.values()}) > 1:
        raise TableUnreadable(
            msg('its letters can be read in two ways (Windows or Macintosh); save it as "CSV UTF-8" or as XLSX')
        )
    return list(readings.values())[:1] or [Table("", tuple(_csv_rows(texts[0], _SEPARATORS[0])))]


def _refuse_too_large(content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise TableUnreadable(
            msg(
                "it is larger than {largest_file} MB; keep the list alone in its file",
                largest_file=LARGEST_FILE // 1_000_000,
            )
        )


def _decoded(content: bytes) -> list[str]:
    """Return the possible decodings of the bytes: one, except for old encodings that cannot be distinguished."""
    with suppress(UnicodeDecodeError):
        is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        return [_checked(content.decode("utf-16" if is_utf16 else "utf-8-sig"))]
    texts: dict[str, None] = {}
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(letter.isascii() or letter in _TURKISH or _is_mark(letter) for letter in text):
            texts[_checked(text)] = None
    if not texts:
        raise TableUnreadable(msg('it is neither UTF-8 nor Windows-1254; save it as "CSV UTF-8" or as XLSX'))
    return list(texts)


def _is_mark(letter: str) -> bool:
    """Return True for typographic marks and blanks, which every encoding has."""
    return letter in "\u00a0–—‘’“”…•" or (unicodedata.category(letter) == "Zs")


def _checked(text: str) -> str:
    if "\x00" in text:
        raise TableUnreadable(msg("it holds NUL characters, so it is no CSV file"))
    if _OTHER_TEXTS.match(text):
        raise TableUnreadable(
            msg(
                "spreadsheets take its beginning for a file of another kind (SYLK, DIF or a web archive); save it as XLSX"
            )
        )
    return text


def _of_web_page(texts: Sequence[str], is_header: Callable[[list[str]], int]) -> list[Table]:
    """Return the tables of the one reading of a web page; the letters decide only where a table has the header."""
    readings = [[table for table in html_tables(text) if _has_header(table, is_header)] for text in texts]
    if len({tuple(map(_seen, tables)) for tables in readings}) > 1:
        raise TableUnreadable(
            msg('its letters can be read in two ways (Windows or Macintosh); save it as "CSV UTF-8" or as XLSX')
        )
    return readings[0]


def _has_header(table: Table, is_header: Callable[[list[str]], int]) -> bool:
    return max((is_header([cell.text for cell in cells]) for _, cells in table.rows[:20]), default=0) > 1


def _csv(text: str, is_header: Callable[[list[str]], int]) -> Table | None:
    """Return the table of a CSV text; None if no separator gives a header.

    Raises:
        TableUnreadable: two separators give different tables with a header.
    """
    hint, rest = _HINT.match(text), text
    separators = list(_SEPARATORS)
    if hint:  # Excel's own hint to itself, which it does not count as a row
        rest = text[hint.end() :]
        separators = list(dict.fromkeys([hint[1], *separators]))
    tables, broken = _headed_readings(rest, separators, is_header)
    hinted = {hint[1]} if hint and tables else set()
    if len({_seen(table) for table in tables.values()}) > 1 or not hinted <= tables.keys():
        ways = " and ".join(_NAMES.get(separator, repr(separator)) for separator in {**tables, **dict.fromkeys(hinted)})
        raise TableUnreadable(
            msg("it can be read in two ways, with {ways} between the cells; save it as XLSX", ways=ways)
        )
    if not tables and broken is not None:
        raise broken
    return next(iter(tables.values()), None)


def _headed_readings(
    text: str, separators: Sequence[str], is_header: Callable[[list[str]], int]
) -> tuple[dict[str, Table], TableUnreadable | None]:
    """Return the table of each separator that gives one with a header, and the last error of those that give none at all."""
    tables: dict[str, Table] = {}
    broken: TableUnreadable | None = None
    for separator in separators:
        if separator not in text:
            continue
        try:
            table = Table("", tuple(_csv_rows(text, separator)))
        except TableUnreadable as error:
            broken = error
            continue
        if _has_header(table, is_header):
            tables[separator] = table
    return tables, broken


def _seen(table: Table) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(visible(cell.text) for cell in cells) for _, cells in table.rows)


def _csv_rows(text: str, separator: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    try:
        for number, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            while values and not values[-1].strip():
                values.pop()
            if len(values) > WIDEST:
                raise TableUnreadable(
                    msg(
                        "row {row} reaches beyond column {widest}; delete what is beside the list, and save it again",
                        row=number,
                        widest=WIDEST,
                    )
                )
            if values:
                yield number, tuple(_csv_cell(value) for value in values)
    except (csv.Error, TypeError, ValueError) as error:
        raise TableUnreadable(
            msg("its quoting is broken ({error}); save it again as CSV or XLSX", error=error)
        ) from error


def _csv_cell(value: str) -> Cell:
    if found := _QUOTED_TEXT.fullmatch(value.strip()):
        return Cell(found[1].replace('""', '"'))
    # A spreadsheet calculates what begins so: nobody reads there what the file holds.
    return Cell(unescaped(value), is_formula=bool(_CALCULATED.match(value)))
