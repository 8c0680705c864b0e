"""A spreadsheet file as plain values: cells and tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class TableUnreadable(Exception):
    """A file is not a table that can be read; its message says why, in a clause."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: what it says, as text.
        is_number: True if the file holds a number, of which a spreadsheet keeps only 15 digits.
        is_formula: True if the file holds a formula.
        day: the date where the file holds one as a date.
        unseen: why a person who opens the file does not read this text there, with the mend; empty where they do.
    """

    text: str
    is_number: bool = False
    is_formula: bool = False
    day: date | None = None
    unseen: str = ""


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or a CSV file.

    Attributes:
        name: the sheet's name; empty for CSV.
        rows: row number as a spreadsheet shows it, and the row's cells; empty rows are left out.
        is_hidden: True for a sheet that nobody sees who opens the file.
    """

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    is_hidden: bool = False
