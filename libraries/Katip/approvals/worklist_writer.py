"""Writes the worklist that a plan run hands to the responsible person, as XLSX and as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from Katip.approvals.finding import Finding
from Katip.approvals.table_cells import Table, TableUnreadable
from Katip.approvals.tables import escaped, read_tables
from Katip.approvals.worklist import Karar
from Katip.approvals.worklist_columns import Column, known_columns
from Katip.approvals.worklist_row import without_citizen_numbers
from Katip.disk import replaced
from Katip.messages import TURKISH, in_language, msg
from Katip.model import Contract, Hazard, Workplace, sgk_grouped
from Katip.turkish import visible

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {
    Column.SGK: 38,
    Column.TITLE: 36,
    Column.NAME: 26,
    Column.CATEGORY: 30,
    Column.WORK_TYPE: 16,
    Column.START: 17,
    Column.WAITING: 14,
    Column.WAITS_FOR: 24,
    Column.ID: 18,
    Column.MINUTES: 21,
    Column.EMPLOYEES: 15,
    Column.HAZARD: 16,
    Column.FINDINGS: 60,
    Column.KARAR: 12,
    Column.DECIDED_BY: 24,
    Column.DECIDED_ON: 14,
}
_BY_THE_PERSON = (Column.EMPLOYEES, Column.HAZARD, Column.KARAR, Column.DECIDED_BY, Column.DECIDED_ON)
_DATES = (Column.START, Column.DECIDED_ON)
_NUMBERS = (Column.WAITING, Column.MINUTES, Column.EMPLOYEES)
_NOT_IN_XML = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]")
_TEXT, _DAY = "@", "dd.mm.yyyy"

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What a plan run knows of one pending contract.

    Attributes:
        workplace: the workplace.
        contract: the contract, with ID and minutes where its form was read.
        waiting: since how many days it has been pending, or None if that is not known.
        findings: what the rules found.
        employees: "Çalışan Sayısı" where the source of the plan says it.
        hazard: "Tehlike Sınıfı", likewise.
    """

    workplace: Workplace
    contract: Contract
    waiting: int | None
    findings: tuple[Finding, ...]
    employees: int | None
    hazard: Hazard | None

    def values(self) -> dict[Column, Value]:
        """Return the cells; those that the person fills are empty, except for what the plan knows of them."""
        contract = self.contract
        return {
            Column.SGK: sgk_grouped(self.workplace.sgk),
            Column.TITLE: _clean(self.workplace.title),
            Column.NAME: _clean(contract.name),
            Column.CATEGORY: _clean(contract.category),
            Column.WORK_TYPE: _clean(contract.work_type),
            Column.START: contract.start,
            Column.WAITING: self.waiting,
            Column.WAITS_FOR: contract.waits_for or (msg("not clear") if contract.turn_doubt else ""),
            Column.ID: visible(_NOT_IN_XML.sub(" ", contract.gorevlendirme_id or "")),
            Column.MINUTES: contract.minutes,
            Column.EMPLOYEES: self.employees,
            Column.HAZARD: self.hazard.value if self.hazard else None,
            Column.FINDINGS: _clean(" · ".join(in_language(finding.message, TURKISH) for finding in self.findings)),
        }


def write_worklist(folder: Path, rows: Sequence[PlanRow]) -> tuple[Path, Path]:
    """Write `worklist.xlsx` and `worklist.csv`.

    Files that somebody has filled in (or that cannot be read, or that a spreadsheet holds open) are never written over:
    the new ones are then called `worklist-2`, `worklist-3`, and so on, both alike.

    Args:
        folder: where to; made where there is none.
        rows: the pending contracts.

    Returns:
        The paths of the XLSX and the CSV file.

    Example:
        >>> write_worklist(Path("results/plan"), rows)  # doctest: +SKIP
        (PosixPath('results/plan/worklist.xlsx'), PosixPath('results/plan/worklist.csv'))
    """
    folder.mkdir(parents=True, exist_ok=True)
    contents = (_xlsx(rows), _csv(rows))
    number = 1
    while True:
        stem = "worklist" if number == 1 else f"worklist-{number}"
        paths = (folder / f"{stem}.xlsx", folder / f"{stem}.csv")
        if not any(map(is_filled_in, paths)) and _replace(paths, contents):
            return paths
        number += 1


def is_filled_in(path: Path) -> bool:
    """Return True if a person has written into a worklist.

    Args:
        path: the file.

    Returns:
        True if any of the columns that are the person's holds anything, or if the file cannot be read as a worklist;
        False if it is not there.
    """
    if not path.exists():
        return False
    try:
        tables = read_tables(path.read_bytes(), lambda texts: len(known_columns(texts)))
    except (OSError, TableUnreadable):
        return True
    return not tables or any(map(_has_persons_words, tables))


def _has_persons_words(table: Table) -> bool:
    if not table.rows:
        return False
    (_, headings), *rows = table.rows
    columns = known_columns([cell.text for cell in headings])
    places = [columns[column] for column in _BY_THE_PERSON if column in columns]
    if not places:
        return True
    return any(place < len(cells) and cells[place].text.strip() for _, cells in rows for place in places)


def _replace(paths: Sequence[Path], contents: Sequence[bytes]) -> bool:
    """Write the files, all bytes before any name, so that no half file ever carries the name of a worklist."""
    try:
        with ExitStack() as stack:
            for path, content in zip(paths, contents, strict=True):
                stack.enter_context(replaced(path, 0o600)).write_bytes(content)
    except PermissionError:
        # Windows does not let go of a file that is open in a spreadsheet.
        if not any(path.exists() for path in paths):
            raise
        return False
    return True


def _clean(text: str) -> str:
    return without_citizen_numbers(visible(_NOT_IN_XML.sub(" ", text)))


def _columns(rows: Sequence[PlanRow]) -> list[Column]:
    """The columns of a list; who is waited for is a column only where somebody is."""
    anybody = any(row.contract.waits_for or row.contract.turn_doubt for row in rows)
    return [column for column in Column if anybody or column is not Column.WAITS_FOR]


def _csv(rows: Sequence[PlanRow]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    columns = _columns(rows)
    writer.writerow(columns)
    for row in rows:
        values = row.values()
        writer.writerow([escaped(_as_text(values.get(column))) for column in columns])
    return file.getvalue().encode("utf-8-sig")


def _as_text(value: Value) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return "" if value is None else str(value)


def _xlsx(rows: Sequence[PlanRow]) -> bytes:
    from openpyxl import Workbook  # loaded only where a workbook is written: it takes a tenth of the start
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Onay listesi"
    columns = _columns(rows)
    for place, column in enumerate(columns, start=1):
        heading = sheet.cell(1, place, column.value)
        heading.font = Font(bold=True)
        heading.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[column]
    for number, row in enumerate(rows, start=2):
        values = row.values()
        for place, column in enumerate(columns, start=1):
            _write_cell(sheet, number, place, column, values.get(column))
    last = len(rows) + 1
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    if rows:
        _offer(sheet, columns, Column.KARAR, [Karar.APPROVE, Karar.WAIT], last)
        _offer(sheet, columns, Column.HAZARD, list(Hazard), last)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_cell(sheet: Worksheet, number: int, place: int, column: Column, value: Value) -> None:
    from openpyxl.styles import Alignment

    cell = sheet.cell(number, place)
    cell.alignment = Alignment(wrap_text=column is Column.FINDINGS, vertical="top")
    if column in _DATES:
        cell.number_format = _DAY
    elif column not in _NUMBERS:
        cell.number_format = _TEXT
    if value is None or value == "":
        return
    cell.value = value
    if isinstance(value, str):
        # Without these two a name such as "=1+1" would be a formula here, or become one when somebody edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = True


def _offer(sheet: Worksheet, columns: Sequence[Column], column: Column, words: Sequence[str], last: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(columns.index(column) + 1)
    offer = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showDropDown=False)
    offer.errorTitle = column.value
    offer.error = f"Yalnızca: {', '.join(words)} (veya boş)"
    offer.showErrorMessage = True
    offer.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(offer)
