"""A spreadsheet file as plain values: cells and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from Katip.messages import msg_id

WIDEST: Final = 500  # columns
STRUCK: Final = msg_id("it is struck through; remove the strike-through, or the row")


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
        note: what the notes and comments on it say.
        points: the size of its largest letters or blanks, where it has fonts of its own; else 0.
    """

    text: str
    is_number: bool = False
    is_formula: bool = False
    day: date | None = None
    unseen: str = ""
    note: str = ""
    points: float = 0.0


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or a CSV file.

    Attributes:
        name: the sheet's name; empty for CSV.
        rows: row number as a spreadsheet shows it, and the row's cells; empty rows are left out.
        is_hidden: True for a sheet that nobody sees who opens the file.
        totals: for each row of totals of a spreadsheet's table on the sheet, by that table's heading row and its own number, the
            first place that the table takes, from 0, and the first one behind it.
    """

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    is_hidden: bool = False
    totals: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
