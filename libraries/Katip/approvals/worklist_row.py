"""Read one row of a worklist: each cell that cannot be used is named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from Katip.approvals.second_readings import is_pushed_aside, other_alphabet, withholds
from Katip.approvals.signs import misleading
from Katip.approvals.table_cells import EMPTY, STRUCK, Cell
from Katip.approvals.worklist import Karar, WorklistRow
from Katip.approvals.worklist_columns import USED_COLUMNS, Column
from Katip.messages import msg
from Katip.model import Hazard, parse_date, parse_minutes, sgk_digits
from Katip.turkish import fold, visible

HAZARDS = {
    **{fold(hazard): hazard for hazard in Hazard},
    "az": Hazard.LOW,
    "çok": Hazard.HIGH,
    "cok tehlikeli": Hazard.HIGH,
}
# An error of a calculation (`#YOK`, `#N/A`, `Err:502`) is nobody's word.
_ERROR_VALUE = re.compile(r"#[^\W\d_]+(?:/[^\W\d_]+|/0)?[!?]?|Err:\d{3}")
# What people and programs write where nobody is to be named.
_NOBODY = frozenset(
    ("yok", "n/a", "nan", "null", "none", "boş", "(boş)", "(blank)", "(empty)", "belirsiz", "bilinmiyor")
)
_SGK_LENGTH = 26
_LONGEST_QUOTE = 80  # characters of a cell in a message
_SHORT_NUMBER = 10  # a public body's DETSİS number may be in the column of the SGK number
_EXACT_DIGITS = 15  # what a spreadsheet keeps of a number
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?\s*[eE]\s*\+?\d+")
_WHOLE_DATE = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_WHOLE_NUMBER = re.compile(r"(?:\d{1,3}(?:[. ]\d{3})+|\d+)(?:\s*(?:dk|dakika|kişi)\.?)?", re.IGNORECASE)
_ELEVEN_DIGITS = re.compile(r"(?<!\d)[1-9]\d{10}(?!\d)")


class RowReader:
    """Reads one row and collects what is wrong with it."""

    def __init__(self, number: int, cells: Sequence[Cell], columns: Mapping[Column, int], today: date) -> None:
        self.problems: list[str] = []
        self._number = number
        self._cells = cells
        self._columns = columns
        self._today = today

    def row(self) -> WorklistRow:
        """Return the row; what is wrong with it is in `problems`."""
        if self._names_no_contract():
            self.problems.append(
                msg(
                    "row {number}: it names no contract; delete it, or put its words above the list or on another sheet",
                    number=self._number,
                )
            )
            return WorklistRow(self._number, "", "", Karar.UNDECIDED)
        self._refuse_citizen_numbers()
        self._refuse_what_is_not_seen()
        row = WorklistRow(
            self._number,
            self._sgk(),
            self._needed(Column.NAME),
            self._karar(),
            self._text(Column.TITLE),
            self._text(Column.CATEGORY),
            self._date(Column.START),
            self._id(),
            self._whole(Column.MINUTES),
            self._whole(Column.EMPLOYEES),
            self._hazard(),
            self._text(Column.DECIDED_BY),
            self._date(Column.DECIDED_ON),
        )
        if not row.gorevlendirme_id and not (row.category and self._text(Column.START)):
            self._say(
                Column.ID,
                msg(
                    'it is empty, and so is "{category}" or "{start}": which contract is meant?',
                    category=Column.CATEGORY,
                    start=Column.START,
                ),
            )
        self._check_decision(row)
        self._refuse_other_decisions(row.karar)
        return row

    def _names_no_contract(self) -> bool:
        """Return True for a line of words below the list, such as a signature: no number, no name, no decision."""
        number, name, ident, karar = (
            visible(self._cell_or_formula(column).text) for column in (Column.SGK, Column.NAME, Column.ID, Column.KARAR)
        )
        return not (sgk_digits(number) or name or ident or karar)

    def _check_decision(self, row: WorklistRow) -> None:
        if row.karar is Karar.APPROVE:
            nobody = row.decided_by.casefold() in _NOBODY
            if nobody or not any(letter.isalpha() for letter in row.decided_by):
                self._say(Column.DECIDED_BY, msg('it names nobody, and "Onayla" needs somebody who answers for it'))
            if not self._text(Column.DECIDED_ON):
                self._say(Column.DECIDED_ON, msg('it is empty, and "Onayla" needs the day on which it was decided'))
        if row.decided_on and row.decided_on > self._today:
            self._say(Column.DECIDED_ON, msg("{decided_on:%d.%m.%Y} is in the future", decided_on=row.decided_on))

    def _refuse_other_decisions(self, karar: Karar) -> None:
        """Refuse another decision in the same row: in a column that is not "Karar", or in a note on any of its cells."""
        names = {place: column for column, place in self._columns.items()}
        for place, cell in enumerate(self._cells):
            column = names.get(place)
            if karar is Karar.APPROVE and _note_withholds(cell, column):
                self._say(
                    column or f"{place + 1}.",
                    msg('a note on it says "{text}"; keep one decision', text=_shortened(cell.note)),
                )
            if not column:
                self._refuse_other_decision_beside(karar, place, cell)

    def _refuse_other_decision_beside(self, karar: Karar, place: int, cell: Cell) -> None:
        word = fold(cell.text)
        is_decision = word != fold(karar) and word in (fold(Karar.APPROVE), fold(Karar.WAIT))
        if is_decision or (karar is Karar.APPROVE and withholds(cell.text)):
            self._say(
                Column.KARAR,
                msg('column {place} says "{text}"; keep one decision', place=place + 1, text=_shortened(cell.text)),
            )
        elif sign := other_alphabet(cell.text):
            self._say(
                f"{place + 1}.",
                msg("it holds the character {sign}, which looks like another; type it again", sign=sign),
            )

    def _say(self, column: Column | str, problem: str) -> None:
        self.problems.append(
            msg('row {number}, column "{column}": {problem}', number=self._number, column=column, problem=problem)
        )

    def _cell_or_formula(self, column: Column) -> Cell:
        place = self._columns.get(column, len(self._cells))
        return self._cells[place] if place < len(self._cells) else EMPTY

    def _cell(self, column: Column) -> Cell:
        cell = self._cell_or_formula(column)
        if cell.is_formula:
            self._say(column, msg("it holds a formula; put the value itself there"))
            return EMPTY
        return cell

    def _text(self, column: Column) -> str:
        return visible(self._cell(column).text)

    def _needed(self, column: Column) -> str:
        text = self._text(column)
        if not text:
            self._say(column, msg("it is empty"))
        return text

    def _refuse_citizen_numbers(self) -> None:
        id_place = self._columns.get(Column.ID)
        for place, cell in enumerate(self._cells):
            if place == id_place:
                continue  # an ID of eleven digits may have the check digits of a T.C. number by chance
            shown = visible(cell.text)
            masked = without_citizen_numbers(shown)
            if masked != shown:
                column = next((column for column, index in self._columns.items() if index == place), None)
                self._say(
                    column or f"{place + 1}.", msg("it holds a T.C. number ({masked}); take it out", masked=masked)
                )

    def _refuse_what_is_not_seen(self) -> None:
        """Refuse what a person who opens the list does not read there; once for the row where its columns share the reason."""
        unseen: dict[str, list[Column]] = {}
        for column, place in self._columns.items():
            if column not in USED_COLUMNS:
                continue
            cell = self._cells[place] if place < len(self._cells) else EMPTY
            if self._counts(cell.unseen):
                unseen.setdefault(cell.unseen, []).append(column)
            if is_pushed_aside(cell.text):
                self._say(column, msg("line breaks or many blanks before it move it out of the cell; delete them"))
            if sign := misleading(cell.text) or other_alphabet(cell.text):
                self._say(
                    column,
                    msg(
                        "its text is shown otherwise than it is stored, because of the character {sign}; type it again",
                        sign=sign,
                    ),
                )
            if _ERROR_VALUE.fullmatch(visible(cell.text)):
                self._say(
                    column,
                    msg('"{text}" is an error of the spreadsheet; put the value itself there', text=visible(cell.text)),
                )
        for reason, columns in unseen.items():
            if len(columns) == 1:
                self._say(columns[0], msg(reason))
            else:
                self.problems.append(msg("row {number}: {reason}", number=self._number, reason=msg(reason)))

    def _counts(self, unseen: str) -> bool:
        """Return True for what hides a cell, but for the strike through a row without a decision: nothing is done about it."""
        is_undecided = not self._cell_or_formula(Column.KARAR).text.strip()
        return bool(unseen) and not (unseen == STRUCK and is_undecided)

    def _sgk(self) -> str:
        cell = self._cell(Column.SGK)
        digits = sgk_digits(cell.text)
        if not visible(cell.text):
            self._say(Column.SGK, msg("it is empty"))
        elif is_ruined(cell, digits):
            self._say(
                Column.SGK,
                msg(
                    "a spreadsheet has ruined the number ({text}): it keeps {exact_digits} digits only; make "
                    "the column text and enter the number again, grouped by blanks",
                    text=visible(cell.text),
                    exact_digits=_EXACT_DIGITS,
                ),
            )
        elif len(digits) != _SGK_LENGTH and not 0 < len(digits) <= _SHORT_NUMBER:
            self._say(
                Column.SGK,
                msg(
                    '"{text}" has {count} digits, not {sgk_length}',
                    text=visible(cell.text),
                    count=len(digits),
                    sgk_length=_SGK_LENGTH,
                ),
            )
        return digits

    def _id(self) -> str | None:
        cell = self._cell(Column.ID)
        text = visible(cell.text)
        if text and is_ruined(cell, text):
            self._say(
                Column.ID,
                msg("a spreadsheet has ruined the number ({text}); make the column text and enter it again", text=text),
            )
        return text or None

    def _karar(self) -> Karar:
        text = self._text(Column.KARAR)
        for karar in Karar:
            # Letters only: "Onayla?" is not "Onayla", though the comparison overlooks marks.
            if fold(text) == fold(karar) and (text.isalpha() or not text):
                return karar
        self._say(
            Column.KARAR,
            msg(
                '"{text}" is neither "{approve}" nor "{wait}" nor blank',
                text=text,
                approve=Karar.APPROVE,
                wait=Karar.WAIT,
            ),
        )
        return Karar.UNDECIDED

    def _date(self, column: Column) -> date | None:
        cell = self._cell(column)
        if cell.day:
            return cell.day
        text = visible(cell.text)
        found = parse_date(text) if _WHOLE_DATE.fullmatch(text) else None
        if text and not found:
            self._say(column, msg('"{text}" is not a date such as 01.03.2021', text=text))
        return found

    def _whole(self, column: Column) -> int | None:
        text = self._text(column)
        if not text:
            return None
        if not _WHOLE_NUMBER.fullmatch(text):
            self._say(column, msg('"{text}" is not a whole number', text=text))
            return None
        return parse_minutes(text)

    def _hazard(self) -> Hazard | None:
        text = self._text(Column.HAZARD)
        found = HAZARDS.get(fold(text))
        if text and not found:
            self._say(
                Column.HAZARD, msg('"{text}" is none of ', text=text) + ", ".join(f'"{hazard}"' for hazard in Hazard)
            )
        return found


def _note_withholds(cell: Cell, column: Column | None) -> bool:
    """Return True if a note withholds the decision; on "Karar" the bare word is enough."""
    return withholds(cell.note) or (column is Column.KARAR and fold(Karar.WAIT) in fold(cell.note).split())


def _shortened(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= _LONGEST_QUOTE else shown[: _LONGEST_QUOTE - 1] + "…"


def is_citizen_number(digits: str) -> bool:
    """Return True if eleven digits are a valid T.C. Kimlik No (the two check digits agree, the first is not 0).

    Args:
        digits: eleven digits.

    Returns:
        True if they are.

    Example:
        >>> is_citizen_number("11111111110"), is_citizen_number("12345678901")
        (True, False)
    """
    d = [int(digit) for digit in digits]
    tenth = (7 * sum(d[0:9:2]) - sum(d[1:8:2])) % 10
    return d[0] != 0 and d[9] == tenth and d[10] == sum(d[:10]) % 10


def without_citizen_numbers(text: str) -> str:
    """Return a text with every valid T.C. Kimlik No shown as `111******10`.

    Args:
        text: any text.

    Returns:
        The text; numbers of eleven digits that are no T.C. number stay.
    """
    return _ELEVEN_DIGITS.sub(
        lambda found: f"{found[0][:3]}******{found[0][-2:]}" if is_citizen_number(found[0]) else found[0], text
    )


def is_ruined(cell: Cell, digits: str) -> bool:
    """Return True if a spreadsheet made a number of it and lost digits: an exponent, or zeros behind the fifteenth.

    Args:
        cell: the cell.
        digits: its number's digits.
    """
    long = len(digits) > _EXACT_DIGITS
    return bool(
        _SCIENTIFIC.search(cell.text)
        or (cell.is_number and (long or not cell.text.isdigit()))
        or (long and not digits[_EXACT_DIGITS:].strip("0"))
    )
