"""Whether a list says one thing only: headings and words that look alike, decisions that contradict, rows out of sight."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from Katip.approvals.signs import misleading
from Katip.approvals.table_cells import Cell, Table
from Katip.messages import msg
from Katip.turkish import fold, visible

_LATIN_ENDS: Final = "\u0250"  # letters of phonetic alphabets follow, many of which look like others
_LATIN_MORE: Final = range(0x1E00, 0x1F00)
_SIGNS: Final = frozenset("ªºµ")
_MOST_EMPTY_ROWS: Final = 40  # about what a window shows
_MOST_EMPTY_COLUMNS: Final = 20
# Line breaks or many blanks, before or in a text: what follows is not in the cell's first line, or not in the cell.
_PUSHED: Final = re.compile(
    r"\A[\s\u200b-\u200f\u2060\u3164\ufeff]*[\n\r\v\f\x85\u2028\u2029]\s*\S"
    r"|[\n\r\v\f\x85\u2028\u2029][^\S\n]*[\n\r\v\f\x85\u2028\u2029]"
    r"|\s{10}\S|\t[^\S\n]*\t\s*\S"
)

# "Do not approve" and "hold it back" as people write them beside a decision, folded. What is over ("bekletilmişti"), is
# reported ("beklet dendi, sonra onaylandı") or is a noun ("onaylama işlemi") is no decision.
_CLAUSES: Final = re.compile(r"[^\w\s'’]+|\n|\s[-–]\s")
_WITHHOLDS: Final = re.compile(
    r"\b(?:(?:beklet|onaylama)$|beklet(?:in|iniz|ilsin|elim|ilecek\w*|ilmeli)|beklesin|onaylama(?:yin\w*|yalim|yacağiz|sin\w*)"
    r"|onaylanma(?:sin\w*|yacak\w*|mali)|vazgeç(?!me|ilme)\w*)(?!\w)"
)


def withholds(text: str) -> bool:
    """Return True if a remark says that a contract is not to be approved, or not yet.

    Args:
        text: a note on a cell, or a cell beside the decision.

    Example:
        >>> withholds("Bunu ONAYLAMAYIN!"), withholds("Onaylama işlemi bu ay")
        (True, False)
    """
    return any(_WITHHOLDS.search(fold(clause)) for clause in _CLAUSES.split(text))


def is_pushed_aside(text: str) -> bool:
    """Return True if a part of a text is moved out of its cell by line breaks or many blanks.

    Args:
        text: a cell's text.
    """
    return bool(_PUSHED.search(text.replace("\r\n", "\n")))


def other_alphabet(text: str, *, mixed: bool = True) -> str:
    """Return the first letter of an alphabet that is not the Latin one, as ``U+XXXX``; empty where there is none.

    Args:
        text: a text.
        mixed: look only at words that have Latin letters as well.

    Example:
        >>> other_alphabet("Kаrar"), other_alphabet("Karar Veren")
        ('U+0430', '')
    """
    if text.isascii():
        return ""
    for word in re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text)):
        strange = [letter for letter in word if not _is_latin(letter)]
        if strange and (len(strange) < len(word) or not mixed):
            return f"U+{ord(strange[0]):04X}"
    return ""


def _is_latin(letter: str) -> bool:
    return letter < _LATIN_ENDS or ord(letter) in _LATIN_MORE or letter in _SIGNS


def heading_problems(number: int, cells: Sequence[Cell], names: Sequence[str | None]) -> list[str]:
    """Return why headings do not name their columns without doubt.

    Args:
        number: the row's number.
        cells: the row.
        names: for each cell the column that it names, as far as the column is used.
    """
    problems = []
    for cell, name in zip(cells, names, strict=False):
        reason = _heading_problem(cell, name)
        if reason:
            column = name or visible(cell.text)
            problems.append(
                msg('row {number}, heading "{column}": {unseen}', number=number, column=column, unseen=reason)
            )
    used = [place for place, name in enumerate(names) if name]
    problems += [
        msg(
            'row {number}, heading "{column}": it is far to the right of the others; move the columns together',
            number=number,
            column=names[place],
        )
        for before, place in pairwise(used)
        if place - before > _MOST_EMPTY_COLUMNS
    ]
    return problems


def _heading_problem(cell: Cell, name: str | None) -> str:
    """Return why a heading does not name its column without doubt; empty where it does, or names none that is used."""
    if sign := misleading(cell.text) or other_alphabet(cell.text, mixed=False):
        return msg("it holds the character {sign}, which looks like another; type it again", sign=sign)
    if not name:
        return ""
    if cell.is_formula:
        return msg("it holds a formula; put the value itself there")
    if is_pushed_aside(cell.text):
        return msg("line breaks or many blanks before it move it out of the cell; delete them")
    return msg(cell.unseen) if cell.unseen else ""


def rows_out_of_sight(header: int, numbers: Iterable[int]) -> list[str]:
    """Return which rows of a list lie so far below the others that nobody scrolls to them.

    Args:
        header: the heading row's number.
        numbers: the numbers of the rows, in order.
    """
    return [
        msg(
            "row {number}: it is far below row {before}; delete the empty rows between them",
            number=row,
            before=before,
        )
        for before, row in pairwise([header, *numbers])
        if row - before - 1 > _MOST_EMPTY_ROWS
    ]


def contradictions(
    tables: Iterable[Table], decided: Mapping[str, tuple[int, str]], words: Iterable[str], key: Callable[[str], str]
) -> list[str]:
    """Return where a row elsewhere in the file decides otherwise on a contract of the list.

    Args:
        tables: what else a person sees: the other sheets, and what is above the list.
        decided: names and IDs (by their key) to the row of the list and its decision; those with several decisions left out.
        words: the words of a decision.
        key: makes the key of a name or an ID.
    """
    known = {fold(word): word for word in words}
    problems = []
    for table in tables:
        for number, cells in table.rows:
            said = {known[word] for cell in cells if (word := fold(cell.text)) in known}
            for row, karar in (
                {decided[found] for cell in cells if (found := key(cell.text)) in decided} if said else ()
            ):
                if said - {karar}:
                    problems.append(
                        msg(
                            'row {row}: row {number} of "{sheet}" decides otherwise on the same; keep one of them',
                            row=row,
                            number=number,
                            sheet=table.name,
                        )
                    )
    return problems
