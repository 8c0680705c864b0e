"""The worklist (onay listesi): what the responsible person decided, row by row; the only authority to approve."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from Katip.approvals.cells import EMPTY, Cell, Table, TableUnreadable
from Katip.approvals.signs import misleading
from Katip.approvals.tables import LARGEST_FILE, read_tables
from Katip.errors import WorklistRefused
from Katip.messages import msg
from Katip.model import Hazard, id_key, parse_date, parse_minutes, sgk_digits
from Katip.turkish import Vocabulary, fold, name_key, visible


class Karar(StrEnum):
    """What stands in the column "Karar"."""

    APPROVE = "Onayla"
    WAIT = "Beklet"
    UNDECIDED = ""


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One row of a worklist.

    Attributes:
        number: the row's number as a spreadsheet shows it, the header being a row too.
        workplace: "SGK Sicil No", digits.
        name: "Adı Soyadı" as written.
        karar: "Karar".
        title: "İşyeri Unvanı" as written.
        category: "Personel Kategorisi" as written, empty where not given.
        start: "Grv. Başlama Trh.", or None if not given.
        gorevlendirme_id: "Görevlendirme ID", or None if not given.
        minutes: "Ayl. Çlş. Süresi (Dk)" per month, or None if not given.
        employees: "Çalışan Sayısı", or None if not given.
        hazard: "Tehlike Sınıfı", or None if not given.
        decided_by: "Karar Veren" as written.
        decided_on: "Karar Tarihi", or None if not given.
    """

    number: int
    workplace: str
    name: str
    karar: Karar
    title: str = ""
    category: str = ""
    start: date | None = None
    gorevlendirme_id: str | None = None
    minutes: int | None = None
    employees: int | None = None
    hazard: Hazard | None = None
    decided_by: str = ""
    decided_on: date | None = None

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """Workplace, name, category and start, comparable with the identity of a `Contract`."""
        start = self.start.isoformat() if self.start else ""
        return (self.workplace, name_key(self.name), fold(self.category), start)


@dataclass(frozen=True, slots=True)
class Worklist:
    """A worklist as read.

    Attributes:
        file: the file's name, without its folder.
        digest: SHA-256 of the file's bytes, hexadecimal.
        rows: its rows, in the file's order.
        content: the very bytes that were read; the evidence keeps these, whatever the file holds by then.
    """

    file: str
    digest: str
    rows: tuple[WorklistRow, ...]
    content: bytes = field(default=b"", repr=False, compare=False)

    @property
    def workplaces(self) -> tuple[str, ...]:
        """The SGK numbers on the list, each once, in the list's order."""
        return tuple(dict.fromkeys(row.workplace for row in self.rows))


# ---- reading


class Column(StrEnum):
    """The columns of a worklist, by their headings, in the order in which they are written."""

    SGK = "SGK Sicil No"
    TITLE = "İşyeri Unvanı"
    NAME = "Adı Soyadı"
    CATEGORY = "Personel Kategorisi"
    WORK_TYPE = "Çalışma Şekli"
    START = "Grv. Başlama Trh."
    WAITING = "Bekleme (gün)"
    WAITS_FOR = "Kimi bekliyor"
    ID = "Görevlendirme ID"
    MINUTES = "Ayl. Çlş. Süresi (Dk)"
    EMPLOYEES = "Çalışan Sayısı"
    HAZARD = "Tehlike Sınıfı"
    FINDINGS = "Bulgular"
    KARAR = "Karar"
    DECIDED_BY = "Karar Veren"
    DECIDED_ON = "Karar Tarihi"


_WORDINGS: dict[Column, tuple[str, ...]] = {
    Column.SGK: (
        "SGK Sicil Numarası",
        "SGK İşyeri Sicil No",
        "SGK İşyeri Sicil Numarası",
        "İşyeri SGK Sicil No",
        "SGK No",
    ),
    Column.TITLE: ("İşyeri Ünvanı", "Unvan", "Ünvan", "İşyeri", "Kuruluş Unvanı"),
    Column.NAME: ("Ad Soyad", "Adı ve Soyadı", "Ad ve Soyad"),
    Column.CATEGORY: ("Personel Kategorisi Adı", "Personel Kategori", "Kategori"),
    Column.WORK_TYPE: ("Çalışma Biçimi",),
    Column.START: ("Görevlendirme Başlama Tarihi", "Başlama Tarihi", "Sözleşme Başlama Tarihi"),
    Column.WAITING: ("Bekleme", "Bekleme Süresi (gün)"),
    Column.WAITS_FOR: (),
    Column.ID: ("Görevlendirme No", "Görevlendirme Numarası", "Grv. ID", "Sözleşme ID"),
    Column.MINUTES: ("Aylık Çalışma Süresi (Dakika)", "Aylık Çalışma Süresi", "Süre (Dk)"),
    Column.EMPLOYEES: ("Çalışan Sayısı (kişi)", "İşçi Sayısı", "Personel Sayısı"),
    Column.HAZARD: ("Tehlike Sınıf",),
    Column.FINDINGS: ("Bulgu",),
    Column.KARAR: (),
    Column.DECIDED_BY: ("Kararı Veren", "Karar Verenin Adı Soyadı"),
    Column.DECIDED_ON: ("Karar Tarih",),
}
_REQUIRED = (Column.SGK, Column.NAME, Column.KARAR, Column.DECIDED_BY, Column.DECIDED_ON)
_WORDS = Vocabulary(
    {
        "trh": ["tarih", "tarihi"],
        "grv": ["görev"],
        "ayl": ["aylık"],
        "çlş": ["çalışma"],
        "dk": ["dakika"],
        "no": ["numarası", "numara"],
    }
)
_KEYS = {_WORDS.key(wording): column for column in Column for wording in (column.value, *_WORDINGS[column])}
HAZARDS = {
    **{fold(hazard): hazard for hazard in Hazard},
    "az": Hazard.LOW,
    "çok": Hazard.HIGH,
    "cok tehlikeli": Hazard.HIGH,
}
# What decides, or tells a person on what they decide; the others are the robot's own remarks.
_USED = frozenset(Column) - {Column.WAITING, Column.WAITS_FOR, Column.FINDINGS, Column.WORK_TYPE}
# An error of a calculation (`#YOK`, `#N/A`, `Err:502`) is nobody's word.
_ERROR_VALUE = re.compile(r"#[^\W\d_]+(?:/[^\W\d_]+|/0)?[!?]?|Err:\d{3}")
# Blanks of any width, line breaks and letters without a width.
_PUSHED_ASIDE = re.compile(r"[\s\u200b-\u200f\u2060\u3164\ufeff]*[\n\r\v\f\x85\u2028\u2029][\s]*\S|\s{10}")
_SGK_LENGTH = 26
_SHORT_NUMBER = 10  # a public body's DETSİS number may stand in the column of the SGK number
_EXACT_DIGITS = 15  # what a spreadsheet keeps of a number
_HEADER_WITHIN = 20
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?\s*[eE]\s*\+?\d+")
_WHOLE_DATE = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_WHOLE_NUMBER = re.compile(r"(?:\d{1,3}(?:[. ]\d{3})+|\d+)(?:\s*(?:dk|dakika|kişi)\.?)?", re.IGNORECASE)
_ELEVEN_DIGITS = re.compile(r"(?<!\d)[1-9]\d{10}(?!\d)")


def read_worklist(path: Path, today: date | None = None) -> Worklist:
    """Read a worklist.

    Columns are found by their headings, in any order and in several wordings, compared the Turkish way. Needed are
    SGK Sicil No, Adı Soyadı, Karar, Karar Veren, Karar Tarihi, and either Görevlendirme ID or Personel Kategorisi with
    Grv. Başlama Trh.

    Args:
        path: a CSV file (``;``, ``,`` or tab; UTF-8 with or without BOM, or Windows-1254) or an XLSX file.
        today: the day after which no decision can have been taken; not given: the day it is.

    Returns:
        The list.

    Raises:
        WorklistRefused: something is wrong with it: every problem, with row and column, at once.

    Example:
        >>> read_worklist(Path("worklist.xlsx")).rows[0].karar  # doctest: +SKIP
        <Karar.APPROVE: 'Onayla'>
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise WorklistRefused(
            path.name, [msg("it cannot be opened: {strerror}", strerror=error.strerror or error)]
        ) from error
    return worklist_of(content, path.name, today or date.today())


def worklist_of(content: bytes, file: str, today: date) -> Worklist:
    """Read a worklist from a file's bytes.

    Args:
        content: the bytes of a CSV or XLSX file, as `read_worklist` takes them.
        file: the file's name, for messages.
        today: the day after which no decision can have been taken.

    Returns:
        The list.

    Raises:
        WorklistRefused: something is wrong with it.
    """
    try:
        tables = read_tables(content, lambda texts: len(known_columns(texts)))
    except TableUnreadable as error:
        raise WorklistRefused(file, [str(error)]) from error
    return replace(parse_worklist(tables, file, hashlib.sha256(content).hexdigest(), today), content=content)


def parse_worklist(tables: Sequence[Table], file: str, digest: str, today: date) -> Worklist:
    """Make a worklist of tables that were read.

    Args:
        tables: the sheets; exactly one of them must have the headings.
        file: the file's name, for messages.
        digest: SHA-256 of the file.
        today: the day after which no decision can have been taken.

    Returns:
        The list.

    Raises:
        WorklistRefused: something is wrong with it.
    """
    headed = [(table, header) for table in tables if not table.is_hidden and (header := _header(table))]
    if len(headed) != 1:
        hidden = [table.name for table in tables if table.is_hidden and _header(table)]
        raise WorklistRefused(file, [_no_single_header(headed, hidden)])
    table, (header_number, headings) = headed[0]
    heading_cells = dict(table.rows)[header_number]
    problems = _column_problems(headings) + _unseen_headings(header_number, heading_cells, headings)
    if problems:
        raise WorklistRefused(file, problems)
    columns = {column: index for index, column in enumerate(headings) if column}
    readers = [_RowReader(number, cells, columns, today) for number, cells in table.rows if number > header_number]
    rows = [reader.row() for reader in readers]
    sound = [row for row, reader in zip(rows, readers, strict=True) if not reader.problems]
    problems = [problem for reader in readers for problem in reader.problems] + _repetitions(sound)
    if not rows:
        problems.append(msg("it has no rows under its headings"))
    if problems:
        raise WorklistRefused(file, problems)
    return Worklist(file, digest, tuple(rows))


def old_decisions(worklist: Worklist, days: int, today: date | None = None) -> list[WorklistRow]:
    """Return the rows that say "Onayla" and were decided longer ago than a number of days.

    Args:
        worklist: the list.
        days: how many days a decision may be old.
        today: the day from which is counted; not given: the day it is.

    Returns:
        The rows; a row without a date is none of them.
    """
    oldest = (today or date.today()) - timedelta(days=days)
    return [
        row
        for row in worklist.rows
        if row.karar is Karar.APPROVE and row.decided_on is not None and row.decided_on < oldest
    ]


def known_columns(texts: Sequence[str]) -> dict[Column, int]:
    """Return the places of the columns of a worklist in a heading row.

    Args:
        texts: the row's cells.

    Returns:
        Column to place, from 0; of two of one name the first.
    """
    found: dict[Column, int] = {}
    for place, text in enumerate(texts):
        column = _KEYS.get(_WORDS.key(text))
        if column:
            found.setdefault(column, place)
    return found


def _header(table: Table) -> tuple[int, list[Column | None]] | None:
    """Return the number and the columns of the heading row: the first that names at least two columns that are needed."""
    for number, cells in table.rows:
        headings = [_KEYS.get(_WORDS.key(cell.text)) for cell in cells]
        if number > _HEADER_WITHIN:
            return None
        if len({column for column in headings if column in _REQUIRED}) > 1:
            return number, headings
    return None


def _no_single_header(headed: Sequence[tuple[Table, object]], hidden: Sequence[str]) -> str:
    if headed:
        names = ", ".join(f'"{table.name}"' for table, _ in headed)
        return msg("several sheets have the headings of a worklist ({names}); keep one of them", names=names)
    if hidden:
        return msg(
            'only the hidden sheet "{hidden}" has the headings of a worklist; show it, so that its decisions are seen',
            hidden=hidden[0],
        )
    needed = ", ".join(f'"{column}"' for column in _REQUIRED)
    return msg(
        "within its first {header_within} rows no row has the headings {needed}",
        header_within=_HEADER_WITHIN,
        needed=needed,
    )


def _column_problems(headings: Sequence[Column | None]) -> list[str]:
    found = Counter(column for column in headings if column)
    problems = [msg('the column "{column}" is missing', column=column) for column in _REQUIRED if not found[column]]
    if not found[Column.ID] and not (found[Column.CATEGORY] and found[Column.START]):
        problems.append(
            msg(
                'neither the column "{id}" nor both "{category}" and "{start}" are there: a row without '
                "them does not say which contract it means",
                id=Column.ID,
                category=Column.CATEGORY,
                start=Column.START,
            )
        )
    problems += [
        msg('{times} columns are called "{column}"', times=times, column=column)
        for column, times in found.items()
        if times > 1
    ]
    return problems


def _unseen_headings(number: int, cells: Sequence[Cell], headings: Sequence[Column | None]) -> list[str]:
    return [
        msg('row {number}, heading "{column}": {unseen}', number=number, column=column, unseen=msg(cell.unseen))
        for column, cell in zip(headings, cells, strict=False)
        if column in _USED and cell.unseen
    ]


class _RowReader:
    """Reads one row and collects what is wrong with it."""

    def __init__(self, number: int, cells: Sequence[Cell], columns: Mapping[Column, int], today: date) -> None:
        self.problems: list[str] = []
        self._number = number
        self._cells = cells
        self._columns = columns
        self._today = today

    def row(self) -> WorklistRow:
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
        return row

    def _check_decision(self, row: WorklistRow) -> None:
        if row.karar is Karar.APPROVE:
            if not any(letter.isalpha() for letter in row.decided_by):
                self._say(Column.DECIDED_BY, msg('it names nobody, and "Onayla" needs somebody who answers for it'))
            if not self._text(Column.DECIDED_ON):
                self._say(Column.DECIDED_ON, msg('it is empty, and "Onayla" needs the day on which it was decided'))
        if row.decided_on and row.decided_on > self._today:
            self._say(Column.DECIDED_ON, msg("{decided_on:%d.%m.%Y} is in the future", decided_on=row.decided_on))

    def _say(self, column: Column | str, problem: str) -> None:
        self.problems.append(
            msg('row {number}, column "{column}": {problem}', number=self._number, column=column, problem=problem)
        )

    def _cell(self, column: Column) -> Cell:
        place = self._columns.get(column)
        if place is None or place >= len(self._cells):
            return EMPTY
        cell = self._cells[place]
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
            cell = self._cells[place] if place < len(self._cells) else EMPTY
            if column in _USED and cell.unseen:
                unseen.setdefault(cell.unseen, []).append(column)
            if column in _USED and _PUSHED_ASIDE.match(cell.text):
                self._say(column, msg("line breaks or many blanks before it move it out of the cell; delete them"))
            if column in _USED and (sign := misleading(cell.text)):
                self._say(
                    column,
                    msg(
                        "its text is shown otherwise than it is stored, because of the character {sign}; type it again",
                        sign=sign,
                    ),
                )
            if column in _USED and _ERROR_VALUE.fullmatch(visible(cell.text)):
                self._say(
                    column,
                    msg('"{text}" is an error of the spreadsheet; put the value itself there', text=visible(cell.text)),
                )
        for reason, columns in unseen.items():
            if len(columns) == 1:
                self._say(columns[0], msg(reason))
            else:
                self.problems.append(msg("row {number}: {reason}", number=self._number, reason=msg(reason)))

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


def _repetitions(rows: Sequence[WorklistRow]) -> list[str]:
    by_id: dict[tuple[str, str], list[WorklistRow]] = {}
    by_identity: dict[tuple[str, str, str, str], list[WorklistRow]] = {}
    for row in rows:
        if row.gorevlendirme_id:
            by_id.setdefault((row.workplace, id_key(row.gorevlendirme_id)), []).append(row)
        by_identity.setdefault(row.identity, []).append(row)
    problems = [
        msg(
            'rows {same}: the same Görevlendirme ID "{gorevlendirme_id}"',
            same=_numbers(same),
            gorevlendirme_id=same[0].gorevlendirme_id,
        )
        for same in by_id.values()
        if len(same) > 1
    ]
    return problems + [
        msg(
            'rows {same}: the same contract with different words in "{karar}"; if they are two '
            'contracts, give the "{id}" of each',
            same=_numbers(same),
            karar=Column.KARAR,
            id=Column.ID,
        )
        for same in by_identity.values()
        if len({row.karar for row in same}) > 1 and not all(row.gorevlendirme_id for row in same)
    ]


def _numbers(rows: Sequence[WorklistRow]) -> str:
    return ", ".join(str(row.number) for row in rows)
