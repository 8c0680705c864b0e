"""Spreadsheet files as plain tables of cells: CSV as Turkish Windows and spreadsheets write it, and XLSX."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_SEPARATORS = (";", ",", "\t")
_ESCAPED = re.compile(r"'(?='*[=+\-@\t\r])")
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")


class TableUnreadable(Exception):
    """A file is not a table that can be read; its message says why, in a clause."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: what it says, as text.
        is_number: True where the file holds a number, of which a spreadsheet keeps only 15 digits.
        is_formula: True where the file holds a formula.
        day: the date where the file holds one as a date.
    """

    text: str
    is_number: bool = False
    is_formula: bool = False
    day: date | None = None


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or a CSV file.

    Attributes:
        name: the sheet's name; empty for CSV.
        rows: row number as a spreadsheet shows it, and the row's cells; empty rows are left out.
    """

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def escaped(text: str) -> str:
    """Give a text that a spreadsheet opening a CSV file does not take for a formula.

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


def read_tables(content: bytes, is_header: Callable[[list[str]], int]) -> list[Table]:
    """Read a file's tables.

    Args:
        content: the file's bytes; what they are is told from them, not from the file's name.
        is_header: gives how many known columns a row of texts names; it chooses the separator of a CSV file.

    Returns:
        The sheets of an XLSX file, or the one table of a CSV file.

    Raises:
        TableUnreadable: it is neither, or damaged.
    """
    if content.startswith(_ZIP):
        return _xlsx(content)
    if content.startswith(_OLE):
        raise TableUnreadable("it is an old XLS file or is protected by a password; save it as XLSX without a password")
    return [_csv(_decoded(content), is_header)]


def _decoded(content: bytes) -> str:
    # Turkish letters of Windows-1254 are not valid UTF-8, so the first that fits is the right one.
    for encoding in ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1254"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableUnreadable('it is neither UTF-8 nor Windows-1254; save it as "CSV UTF-8" or as XLSX')


def _csv(text: str, is_header: Callable[[list[str]], int]) -> Table:
    if "\x00" in text:
        raise TableUnreadable("it holds NUL characters, so it is no CSV file")
    lines = text.split("\n", 1)
    if re.fullmatch(r"sep=.\r?", lines[0]):  # Excel's own hint to itself, which it does not count as a row
        return Table("", tuple(_csv_rows(lines[1] if len(lines) > 1 else "", lines[0][4])))
    tables = [Table("", tuple(_csv_rows(text, separator))) for separator in _SEPARATORS]
    return max(tables, key=lambda table: max((is_header(_texts(cells)) for _, cells in table.rows[:20]), default=0))


def _csv_rows(text: str, separator: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    try:
        for number, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            if any(value.strip() for value in values):
                yield number, tuple(Cell(unescaped(value)) for value in values)
    except csv.Error as error:
        raise TableUnreadable(f"its quoting is broken ({error})") from error


def _texts(cells: tuple[Cell, ...]) -> list[str]:
    return [cell.text for cell in cells]


def _xlsx(content: bytes) -> list[Table]:
    try:
        book = load_workbook(io.BytesIO(content))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise TableUnreadable(f"it cannot be read as XLSX ({type(error).__name__})") from error
    return [Table(sheet.title, tuple(_xlsx_rows(sheet.iter_rows()))) for sheet in book.worksheets]


def _xlsx_rows(rows: Iterable[tuple[XlsxCell | MergedCell, ...]]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for number, cells in enumerate(rows, start=1):
        values = tuple(_xlsx_cell(cell) for cell in cells)
        if any(value.text.strip() for value in values):
            yield number, values


def _xlsx_cell(cell: XlsxCell | MergedCell) -> Cell:
    value = cell.value
    if value is None:
        return EMPTY
    if cell.data_type == "f":
        return Cell(str(value), is_formula=True)
    if isinstance(value, datetime):
        return Cell(f"{value:%d.%m.%Y}", day=value.date())
    if isinstance(value, date):
        return Cell(f"{value:%d.%m.%Y}", day=value)
    if isinstance(value, bool):
        return Cell(str(value))
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return Cell(str(int(value)), is_number=True)
    return Cell(str(value), is_number=isinstance(value, (int, float)))
