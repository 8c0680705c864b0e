"""Compare runs with the journal: each run and each outcome is in both, and says the same."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from Katip.errors import KatipError
from Katip.evidence import layout
from Katip.evidence.beside import Beside, chain_folder
from Katip.evidence.chain import SealChain
from Katip.evidence.contract_records import read_records
from Katip.evidence.findings import FindingKind, RunVerdict
from Katip.evidence.schemas import first_error
from Katip.evidence.seal_statement import is_sealed
from Katip.evidence.source import FolderSource, open_run

if TYPE_CHECKING:
    from Katip.approvals.journal_records import JournalEntry, JournalRun, RunRecord


def check_journal(verdicts: Sequence[RunVerdict], given: Path | None, beside: Beside) -> None:
    """Compare runs with the journal.

    Args:
        verdicts: the runs; findings go into them.
        given: the journal; None: ``journal.sqlite`` beside each run or in it, where there is one.
        beside: what is beside them.
    """
    found: dict[Path, list[RunVerdict]] = {}
    for verdict in verdicts:
        journal = given or chain_folder(verdict) / layout.JOURNAL
        if given or os.path.lexists(journal):
            found.setdefault(journal, []).append(verdict)
    for journal, group in found.items():
        _compare(journal, group, {verdict.run for verdict in verdicts}, beside)


def _compare(path: Path, verdicts: Sequence[RunVerdict], given: Collection[str], beside: Beside) -> None:
    from Katip.approvals.journal_reader import JournalReader

    try:
        with JournalReader(path) as journal:
            runs = {record.info.run_id: record for record in journal.runs()}
            for verdict in verdicts:
                if verdict.run not in runs:
                    verdict.add(FindingKind.INCONSISTENT, "journal-run", path.name)
                else:
                    _check_against_journal(verdict, path, runs[verdict.run], journal.entries(verdict.run))
        _check_removed(path, runs.values(), given, verdicts[-1], beside)
        for link in SealChain.beside(path.resolve().parent).links():
            if link.kind == "seal" and link.run not in runs and link.run not in given:
                verdicts[-1].add(FindingKind.MISSING, "chain-not-in-journal", path.name, run=link.run)
    except Exception as error:  # whatever a foreign or damaged file makes the database raise, it is no witness
        seen = error.sentence if isinstance(error, KatipError) else f"{type(error).__name__}: {error}"
        for verdict in verdicts:
            verdict.add(FindingKind.ALTERED, "unreadable", path.name, error=seen)


def _check_removed(
    path: Path, records: Iterable[RunRecord], given: Collection[str], verdict: RunVerdict, beside: Beside
) -> None:
    """Name the runs that the journal knows, and of which neither folder nor package that verifies is left."""
    for record in records:
        run, folder = record.info.run_id, Path(record.info.folder)
        at_work = record.ended is None and record.is_at_work
        if run in given or record.left_nothing or at_work:
            continue
        if beside.has_run(path.resolve().parent, run, folder):
            continue
        if any(not is_sealed(place) for place in _places(run, [folder, *path.parent.glob("*")])):
            verdict.add(FindingKind.NOTE, "journal-unsealed", path.name, run=run, folder=folder)
        else:
            verdict.add(FindingKind.MISSING, "journal-removed", path.name, run=run)


def _places(run: str, folders: Iterable[Path]) -> list[Path]:
    """Return the folders with the evidence of a run of this name."""
    found = []
    for folder in filter(Path.is_dir, folders):
        info = FolderSource(folder).json(layout.RUN)
        if isinstance(info, dict) and info.get("id") == run:
            found.append(folder)
    return found


def _check_against_journal(verdict: RunVerdict, path: Path, known: RunRecord, journal: Iterable[JournalEntry]) -> None:
    journalled = Counter(_key_of(entry) for entry in journal if entry.outcome)
    with open_run(verdict.path) as run:
        records = read_records(run)
        info = run.json(layout.RUN)
    if isinstance(info, dict) and not first_error("run", info):
        _check_run_info(verdict, path, known.info, info)
    _check_outcomes(verdict, path, journalled, recorded=Counter(_key_in(item) for item in records if item["outcome"]))


_OutcomeKey = tuple[str, str, str | None, str]


def _key_of(entry: JournalEntry) -> _OutcomeKey:
    start = entry.start.isoformat() if entry.start else None
    return (
        entry.workplace,
        entry.gorevlendirme_id or entry.category,
        start,
        entry.outcome.value if entry.outcome else "",
    )


def _key_in(item: Mapping[str, Any]) -> _OutcomeKey:
    return item["workplace"], item["gorevlendirme_id"] or item["category"], item["start"], item["outcome"]


def _check_outcomes(
    verdict: RunVerdict, path: Path, journalled: Counter[_OutcomeKey], *, recorded: Counter[_OutcomeKey]
) -> None:
    """Compare the outcomes in the records of a run with those in the journal; of the records only approvals must be there."""
    for key in journalled.keys() | {key for key in recorded if key[3] == "approved"}:
        if journalled[key] != recorded[key]:
            verdict.add(
                FindingKind.INCONSISTENT, "journal-differs", path.name,
                field=" ".join(filter(None, key[:3])), expected=_count(journalled, key), seen=_count(recorded, key),
            )  # fmt: skip


def _check_run_info(verdict: RunVerdict, path: Path, known: JournalRun, info: Mapping[str, Any]) -> None:
    """Compare mode, origin and list of a run with what the journal says of it."""
    lists = {item["sha256"] for item in info["worklists"] if item["kind"] == "applied"}
    digest = known.worklist_digest
    for name, seen, expected in (
        ("mode", info["mode"], known.mode),
        ("origin", info["portal"]["origins"].get("katip", known.origin), known.origin),
        ("worklist", digest if digest in lists else ", ".join(lists) or None, digest),
    ):
        if seen != expected and expected is not None:
            verdict.add(FindingKind.INCONSISTENT, "journal-fields", path.name, field=name, seen=seen, expected=expected)


def _count(counts: Counter[_OutcomeKey], key: _OutcomeKey) -> str:
    return f"{counts[key]} × {key[3]}"
