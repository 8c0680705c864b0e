"""Read a worklist from a file; every fault of it is named at once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from Katip.approvals.cells import Table, TableUnreadable
from Katip.approvals.tables import LARGEST_FILE, read_tables
from Katip.approvals.worklist import Worklist, WorklistRow
from Katip.approvals.worklist_columns import (
    Column,
    column_problems,
    find_header,
    known_columns,
    no_single_header,
    unseen_headings,
)
from Katip.approvals.worklist_row import RowReader
from Katip.errors import WorklistRefused
from Katip.messages import msg
from Katip.model import id_key


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
    headed = [(table, header) for table in tables if not table.is_hidden and (header := find_header(table))]
    if len(headed) != 1:
        hidden = [table.name for table in tables if table.is_hidden and find_header(table)]
        raise WorklistRefused(file, [no_single_header(headed, hidden)])
    table, (header_number, headings) = headed[0]
    heading_cells = dict(table.rows)[header_number]
    problems = column_problems(headings) + unseen_headings(header_number, heading_cells, headings)
    if problems:
        raise WorklistRefused(file, problems)
    columns = {column: index for index, column in enumerate(headings) if column}
    readers = [RowReader(number, cells, columns, today) for number, cells in table.rows if number > header_number]
    rows = [reader.row() for reader in readers]
    sound = [row for row, reader in zip(rows, readers, strict=True) if not reader.problems]
    problems = [problem for reader in readers for problem in reader.problems] + _repetitions(sound)
    if not rows:
        problems.append(msg("it has no rows under its headings"))
    if problems:
        raise WorklistRefused(file, problems)
    return Worklist(file, digest, tuple(rows))


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
