"""Read a worklist from a file; every fault is reported together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from Katip.approvals.list_file import list_content
from Katip.approvals.second_readings import contradictions, heading_problems, rows_out_of_sight
from Katip.approvals.table_cells import Cell, Table, TableUnreadable
from Katip.approvals.tables import read_tables
from Katip.approvals.worklist import Karar, Worklist, WorklistRow
from Katip.approvals.worklist_columns import (
    USED_COLUMNS,
    Column,
    column_problems,
    find_header,
    known_columns,
    no_single_header,
)
from Katip.approvals.worklist_row import RowReader
from Katip.errors import WorklistRefused
from Katip.messages import msg
from Katip.model import id_key
from Katip.system_words import system_words
from Katip.turkish import fold, name_key


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
        content = list_content(path)
    except TableUnreadable as error:
        raise WorklistRefused(path.name, [str(error)]) from error
    except OSError as error:
        raise WorklistRefused(
            path.name, [msg("it cannot be opened: {strerror}", strerror=system_words(error))]
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
    table, header_number, headings = _headed_table(tables, file)
    columns = _places(headings)
    readers = [RowReader(number, cells, columns, today) for number, cells in _rows_below(table, header_number, columns)]
    read = [(reader.row(), reader) for reader in readers]
    rows = [row for row, _ in read]
    sound = [row for row, reader in read if not reader.problems]
    problems = [problem for reader in readers for problem in reader.problems] + _repetitions(sound)
    problems += rows_out_of_sight(header_number, (row.number for row in rows))
    others = _other_tables(tables, table, header_number)
    problems += contradictions(others, _decided(sound), [Karar.APPROVE, Karar.WAIT], _either_key)
    if not rows:
        problems.append(msg("it has no rows under its headings"))
    if problems:
        raise WorklistRefused(file, problems)
    return Worklist(file, digest, tuple(rows))


def _headed_table(tables: Sequence[Table], file: str) -> tuple[Table, int, list[Column | None]]:
    """Return the one sheet with the headings, their row's number, and the column that each of them names.

    Raises:
        WorklistRefused: there is not exactly one, or its headings do not name their columns without doubt.
    """
    headed = _headed([table for table in tables if not table.is_hidden])
    if len(headed) != 1:
        hidden = [table.name for table in tables if table.is_hidden and find_header(table)]
        raise WorklistRefused(file, [no_single_header(headed, hidden)])
    table, (number, headings) = headed[0]
    used = [column if column in USED_COLUMNS else None for column in headings]
    problems = column_problems(headings) + heading_problems(number, dict(table.rows)[number], used)
    if problems:
        raise WorklistRefused(file, problems)
    return table, number, headings


def _headed(tables: Sequence[Table]) -> list[tuple[Table, tuple[int, list[Column | None]]]]:
    """Return the sheets with the headings of a worklist; without "Karar" (names and SGK numbers) only where none has it."""
    headed = [(table, header) for table in tables if (header := find_header(table))]
    return [(table, header) for table, header in headed if Column.KARAR in header[1]] or headed


def _places(headings: Sequence[Column | None]) -> dict[Column, int]:
    return {column: index for index, column in enumerate(headings) if column}


def _rows_below(
    table: Table, header_number: int, columns: Mapping[Column, int]
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Yield the rows under the headings, but for the totals of a table."""
    for number, cells in table.rows:
        if number > header_number and not _is_total(table, number, cells, (header_number, columns)):
            yield number, cells


def _is_total(table: Table, number: int, cells: Sequence[Cell], head: tuple[int, Mapping[Column, int]]) -> bool:
    """Return True for the row of totals of the spreadsheet's table that the list is, where it holds no decision."""
    header_number, columns = head
    places = range(*table.totals.get((header_number, number), (0, 0)))
    if not all(place in places for place in columns.values()):
        return False
    karar = cells[columns[Column.KARAR]].text if columns[Column.KARAR] < len(cells) else ""
    return fold(karar) not in (fold(Karar.APPROVE), fold(Karar.WAIT))


def _other_tables(tables: Sequence[Table], table: Table, header_number: int) -> list[Table]:
    """Return what else a person sees in the file: the rows above the headings, and the other sheets that are shown."""
    above = replace(table, rows=tuple(row for row in table.rows if row[0] < header_number))
    return [above, *(each for each in tables if each is not table and not each.is_hidden)]


def _decided(rows: Sequence[WorklistRow]) -> dict[str, tuple[int, str]]:
    """Return names and IDs, each with its row and decision; those that the list itself decides in two ways are left out."""
    found: dict[str, set[tuple[int, str]]] = {}
    for row in rows:
        for word in filter(None, (_either_key(row.name), _either_key(row.gorevlendirme_id or ""))):
            found.setdefault(word, set()).add((row.number, row.karar.value))
    return {word: min(decisions) for word, decisions in found.items() if len({karar for _, karar in decisions}) == 1}


def _either_key(text: str) -> str:
    return id_key(text) if text.strip().isdigit() else name_key(text)


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
