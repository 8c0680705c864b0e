"""The portal's own Excel export as a source of the list that is to be decided on: no session, no browser.

An export is read like a worklist, and refused whole where it cannot be understood; unlike one it decides nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from Katip.approvals.list_file import list_content
from Katip.approvals.table_cells import EMPTY, Cell, Table, TableUnreadable
from Katip.approvals.tables import read_tables
from Katip.approvals.worklist_row import HAZARDS, is_ruined, without_citizen_numbers
from Katip.errors import ExportRefused
from Katip.messages import msg
from Katip.model import Contract, Hazard, Turn, Workplace, id_key, parse_date, parse_minutes, sgk_digits
from Katip.system_words import system_words
from Katip.turkish import Vocabulary, fold, visible

#: Headers of the export of İSG-KATİP's list since about 2023 that no column of the screen has.
HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "sgk": (
        "Hizmet Alan İşyeri SGK/DETSİS No",
        "Hizmet Alan İşyeri SGK / DETSİS No",
        "Hizmet Alan İşyeri SGK No",
        "Hizmet Alan İşyeri SGK Sicil No",
        "SGK Sicil No",
    ),
    "title": ("Hizmet Alan İşyeri Unvanı", "Hizmet Alan İşyeri Ünvanı", "İşyeri Unvanı"),
    "period": ("Çalışma Periyodu", "Periyodu"),
}
_REQUIRED = ("sgk", "name", "status")
_HEADER_WITHIN = 20
_MOST_NAMED = 20
_SHORT_NUMBER, _SGK_LENGTH = 10, 26
_WHOLE = re.compile(r"(?:\d{1,3}(?:[. ]\d{3})+|\d+)(?:[.,]0+)?(?:\s*(?:dk|dakika|kişi)\.?)?", re.IGNORECASE)
_COLUMN_NAMES = {
    "sgk": "Hizmet Alan İşyeri SGK/DETSİS No",
    "start": "Sözleşme Başlangıç Tarihi",
    "gorevlendirme_id": "Sözleşme ID",
}


@dataclass(frozen=True, slots=True)
class ExportWords:
    """How a portal words its list.

    Attributes:
        columns: wordings of the columns by their keys, as in a portal's file.
        required: keys of the columns that are needed to decide whose turn it is.
        words: how two wordings are compared.
        turn: returns from a row's cells the status, and who has to approve first.
        category_of: returns the category from a contract's name.
    """

    columns: Mapping[str, Sequence[str]]
    required: Sequence[str]
    words: Vocabulary
    turn: Callable[[Mapping[str, str]], Turn]
    category_of: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One contract of an export.

    Attributes:
        number: the row's number as a spreadsheet shows it.
        workplace: the workplace.
        contract: the contract; minutes only where they are those of a month.
        employees: "Çalışan Sayısı", or None where the export does not say it.
        hazard: "Tehlike Sınıfı", or None likewise.
        state: "Sözleşme Statü" as written.
    """

    number: int
    workplace: Workplace
    contract: Contract
    employees: int | None = None
    hazard: Hazard | None = None
    state: str = ""


def read_export(path: Path, words: ExportWords) -> list[ExportRow]:
    """Read an export: XLSX, CSV (UTF-8 or Windows-1254) or a web page that is called XLS.

    Args:
        path: the file.
        words: how the portal words its list.

    Returns:
        All its contracts, whatever their status, in the file's order; a row that is there twice is one.

    Raises:
        ExportRefused: it cannot be understood: every problem, with row and column, at once.
    """
    try:
        content = list_content(path)
    except TableUnreadable as error:
        raise ExportRefused(path.name, [str(error)]) from error
    except OSError as error:
        raise ExportRefused(
            path.name, [msg("it cannot be opened: {strerror}", strerror=system_words(error))]
        ) from error
    try:
        return _Export(words, path.name).rows(content)
    except TableUnreadable as error:
        raise ExportRefused(path.name, [str(error)]) from error


class _Export:
    def __init__(self, words: ExportWords, file: str) -> None:
        self._words = words
        self._file = file
        self._keys = {
            words.words.key(name): key for key, names in {**HEADERS, **words.columns}.items() for name in names
        }
        self._problems: list[str] = []

    def rows(self, content: bytes) -> list[ExportRow]:
        tables = read_tables(content, lambda texts: len(self._known(texts)), web_page=True)
        table, header, places = self._header(tables)
        found = [self._row(number, places, cells) for number, cells in table.rows if number > header]
        if not found:
            self._problems.append(msg("it has no rows under its headings"))
        rows = list(self._without_repetitions(found))
        self._refuse_if_wrong()
        return rows

    def _refuse_if_wrong(self) -> None:
        if self._problems:
            more = len(self._problems) - _MOST_NAMED
            others = [msg("and {number} more", number=more)] if more > 0 else []
            raise ExportRefused(self._file, [*self._problems[:_MOST_NAMED], *others])

    def _known(self, texts: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for place, text in enumerate(texts):
            if key := self._keys.get(self._words.words.key(text)):
                found.setdefault(key, place)
        return found

    def _header(self, tables: Sequence[Table]) -> tuple[Table, int, dict[str, int]]:
        """Return the sheet with the headings, their row's number and the columns' places."""
        found = [headed for table in tables if not table.is_hidden for headed in self._headed(table)]
        if len(found) != 1:
            self._problems.append(
                msg("several sheets or tables have the headings of the export; keep one of them")
                if found
                else msg(
                    "no sheet that is shown has the headings {needed} within its first {header_within} rows",
                    needed=", ".join(f'"{self._shown(key)}"' for key in _REQUIRED),
                    header_within=_HEADER_WITHIN,
                )
            )
            self._refuse_if_wrong()
        table, number, texts = found[0]
        places = self._known(texts)
        self._problems += self._problems_of_columns(texts, places)
        self._refuse_if_wrong()
        return table, number, places

    def _headed(self, table: Table) -> list[tuple[Table, int, list[str]]]:
        """Return the first row of a sheet that has the headings, with the sheet and the row's number; else nothing."""
        for number, cells in table.rows[:_HEADER_WITHIN]:
            texts = [cell.text for cell in cells]
            if sum(key in _REQUIRED for key in self._known(texts)) > 1:
                return [(table, number, texts)]
        return []

    def _problems_of_columns(self, texts: Sequence[str], places: Mapping[str, int]) -> Iterator[str]:
        """Yield which columns are there twice, and which are missing."""
        times = Counter(self._keys.get(self._words.words.key(text)) for text in texts)
        for key in places:
            if times[key] > 1:
                yield msg('{times} columns are called "{column}"', times=times[key], column=self._shown(key))
        missing = [key for key in dict.fromkeys((*_REQUIRED, *self._words.required)) if key not in places]
        for one, other in (("category", "contract_name"), ("gorevlendirme_id", "start")):
            if one not in places and other not in places:
                missing.append(one)
        for key in missing:
            yield msg('the column "{column}" is missing', column=self._shown(key))

    def _shown(self, key: str) -> str:
        return _COLUMN_NAMES.get(key) or next(iter((*self._words.columns.get(key, ()), *HEADERS.get(key, ()), key)))

    def _say(self, number: int, key: str, problem: str) -> None:
        self._problems.append(
            msg('row {number}, column "{column}": {problem}', number=number, column=self._shown(key), problem=problem)
        )

    def _row(self, number: int, places: Mapping[str, int], cells: Sequence[Cell]) -> ExportRow:
        own = {key: cells[place] if place < len(cells) else EMPTY for key, place in places.items()}
        for key, cell in own.items():
            if cell.is_formula:
                self._say(number, key, msg("it holds a formula; put the value itself there"))
        texts = {key: without_citizen_numbers(visible(cell.text)) for key, cell in own.items()}
        sgk = self._sgk(number, own["sgk"])
        for key in ("name", "status"):
            if not texts[key]:
                self._say(number, key, msg("it is empty"))
        gorevlendirme_id = texts.get("gorevlendirme_id") or None
        if gorevlendirme_id and is_ruined(own["gorevlendirme_id"], gorevlendirme_id):
            self._say(
                number,
                "gorevlendirme_id",
                msg("a spreadsheet has ruined the number ({text}); export the list again", text=gorevlendirme_id),
            )
        turn = self._words.turn(texts)
        contract = Contract(
            workplace=sgk,
            name=texts["name"],
            category=texts.get("category") or self._words.category_of(texts.get("contract_name", "")),
            start=self._start(number, own.get("start", EMPTY)),
            status=turn.status,
            status_text=texts["status"],
            cells=texts,
            gorevlendirme_id=gorevlendirme_id,
            minutes=_monthly(texts),
            waits_for=turn.waits_for,
            turn_doubt=turn.doubt,
        )
        return ExportRow(
            number,
            Workplace(sgk, texts.get("title", "")),
            contract,
            _whole(texts.get("employees", "")),
            HAZARDS.get(fold(texts.get("hazard", ""))),
            texts.get("state", ""),
        )

    def _sgk(self, number: int, cell: Cell) -> str:
        digits = sgk_digits(cell.text)
        if not digits:
            self._say(number, "sgk", msg("it is empty"))
        elif is_ruined(cell, digits):
            self._say(
                number,
                "sgk",
                msg("a spreadsheet has ruined the number ({text}); export the list again", text=visible(cell.text)),
            )
        elif len(digits) != _SGK_LENGTH and len(digits) > _SHORT_NUMBER:
            self._say(
                number,
                "sgk",
                msg(
                    '"{text}" has {count} digits, not {sgk_length}',
                    text=visible(cell.text),
                    count=len(digits),
                    sgk_length=_SGK_LENGTH,
                ),
            )
        return digits

    def _start(self, number: int, cell: Cell) -> date | None:
        text = visible(cell.text)
        day = cell.day or parse_date(text)
        if text and day is None:
            self._say(number, "start", msg('"{text}" is not a date such as 01.03.2021', text=text))
        return day

    def _without_repetitions(self, rows: Sequence[ExportRow]) -> Iterator[ExportRow]:
        """Drop duplicate rows; one ID with two contents is a problem."""
        seen: dict[tuple[str, str], ExportRow] = {}
        for row in rows:
            own_id = id_key(row.contract.gorevlendirme_id)
            first = seen.setdefault((row.contract.workplace, own_id), row) if own_id else row
            if first is row:
                yield row
            elif replace(row, number=first.number) != first:
                self._problems.append(
                    msg(
                        'rows {first} and {second}: the same "{column}" {gorevlendirme_id} with different contents',
                        first=first.number,
                        second=row.number,
                        column=self._shown("gorevlendirme_id"),
                        gorevlendirme_id=row.contract.gorevlendirme_id,
                    )
                )


def _whole(text: str) -> int | None:
    return parse_minutes(text) if _WHOLE.fullmatch(text) else None


def _monthly(texts: Mapping[str, str]) -> int | None:
    """Return the minutes of a month; None where the period is another one, or the unit is not that of minutes."""
    period = fold(texts.get("period", ""))
    return None if period and not period.startswith("ay") else _whole(texts.get("minutes", ""))
