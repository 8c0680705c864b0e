"""Runs as links of a chain: beside each other, beside the chain file, beside the journal."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from Katip.errors import KatipError
from Katip.evidence import layout
from Katip.evidence.chain import Link, SealChain
from Katip.evidence.contract_records import read_records
from Katip.evidence.findings import FindingKind, RunVerdict
from Katip.evidence.schemas import first_error
from Katip.evidence.seal_statement import facts_of, is_sealed, statement_of
from Katip.evidence.source import FolderSource, open_run

if TYPE_CHECKING:
    from Katip.approvals.journal_records import JournalEntry, JournalRun, RunRecord


class Beside:
    """The runs that lie beside others, unpacked or packed, as far as they verify.

    Args:
        verify: verifies a folder or package by itself.

    Attributes:
        verdict: the same, asked once for each path.
    """

    def __init__(self, verify: Callable[[Path], RunVerdict]) -> None:
        self.verdict = cache(verify)
        self._of_folder = cache(self._candidates)

    def sealed(self, folder: Path, digest: str) -> RunVerdict | None:
        """Return the verdict of a run in a folder that verifies with this very seal; None if there is none.

        Args:
            folder: where to look.
            digest: SHA-256 of the seal.
        """
        found = (self.verdict(path) for path, seal, _ in self._of_folder(folder) if seal == digest)
        return next((verdict for verdict in found if verdict.ok), None)

    def _verifies(self, path: Path) -> bool:
        return self.verdict(path).ok

    def has_run(self, folder: Path, run: str, own: Path) -> bool:
        """Return True if a run of this name that verifies is in a folder, or in its own.

        Args:
            folder: where to look.
            run: the run's name.
            own: the run's output folder.
        """
        found = [*self._of_folder(folder), *([_candidate(own)] if own.is_dir() else [])]
        return any(self._verifies(path) for path, seal, name in found if seal and name == run)

    def unlinked(self, folder: Path, seals: Collection[str]) -> list[str]:
        """Return the names of runs that are in a folder and verify, but whose seals its chain does not have.

        Args:
            folder: the folder of the chain; runs with a chain of their own do not belong to it.
            seals: the digests of the seals that the chain has.
        """
        home = folder.resolve()
        missing = [each for each in self._of_folder(folder) if each[1] and each[1] not in seals]
        return sorted({name for path, _, name in missing if layout.home_of(path) == home and self._verifies(path)})

    @staticmethod
    def _candidates(folder: Path) -> tuple[tuple[Path, str, str], ...]:
        """Return path, digest of the seal and name of the run of everything that looks like a run."""
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.name.endswith(".zip") or entry.is_dir()]
        return tuple(_candidate(folder / name) for name in sorted(names))


def _candidate(path: Path) -> tuple[Path, str, str]:
    try:
        with open_run(path) as run:
            seal = run.read(layout.SEAL)
        return path, hashlib.sha256(seal).hexdigest(), facts_of(statement_of(seal))["run"]
    except Exception:  # no run, or one that is named when it is verified itself
        return path, "", ""


def name_copies(verdicts: Sequence[RunVerdict]) -> None:
    """Name each run that was given more than once: it is one run, whatever its copies are called.

    Args:
        verdicts: the runs; findings go into them.
    """
    first: dict[str, RunVerdict] = {}
    for verdict in verdicts:
        known = first.setdefault(verdict.seal, verdict) if verdict.seal else verdict
        if known is not verdict:
            verdict.add(FindingKind.NOTE, "copy", layout.SEAL, other=known.path)


def check_chains(verdicts: Sequence[RunVerdict], beside: Beside) -> None:
    """Compare runs with the chain files that lie beside them, and with each other where there is none.

    Args:
        verdicts: the runs; findings go into them.
        beside: what is beside them.
    """
    by_folder: dict[Path, list[RunVerdict]] = {}
    for verdict in verdicts:
        by_folder.setdefault(_home(verdict), []).append(verdict)
    unchained = []
    for folder, group in by_folder.items():
        chain = SealChain.beside(folder)
        if os.path.lexists(chain.path):
            _check_chain(chain, group, beside)
            continue
        unchained += group
        for verdict in group:
            if os.path.lexists(folder / layout.JOURNAL):
                verdict.add(FindingKind.MISSING, "chain-gone", layout.CHAIN)
            else:
                verdict.add(FindingKind.NOTE, "chain-none", file=layout.CHAIN)
    _check_given(unchained)
    _check_keys(verdicts)


def _home(verdict: RunVerdict) -> Path:
    """Return the folder of chain and journal; a chain in the run's own folder does not hide the one above that knows it."""
    above = verdict.path.resolve().parent
    try:
        known = {link.digest for link in SealChain.beside(above).links()}
    except KatipError:
        return above
    return above if verdict.seal in known else layout.home_of(verdict.path)


def _check_chain(chain: SealChain, verdicts: Sequence[RunVerdict], beside: Beside) -> None:
    try:
        links = chain.links()
    except KatipError as error:
        _note_unreadable(chain, verdicts, error)
        return
    seals = [link for link in links if link.kind == "seal"]
    _check_links(chain, seals, verdicts, beside)
    _check_added(chain, links, verdicts[-1])
    known = {verdict.run for verdict in verdicts}
    for run in beside.unlinked(chain.path.parent, {link.digest for link in seals}):
        if run not in known:
            verdicts[-1].add(FindingKind.MISSING, "chain-unlinked", chain.path.name, run=run)
    by_digest = {link.digest: link for link in seals}
    by_run = {link.run: link for link in seals}
    for verdict in verdicts:
        link = by_digest.get(verdict.seal)
        if link is not None:
            _check_previous(link, verdict)
            _check_fields(link, verdict, verdict, layout.SEAL)
            _check_stamp_link(links, verdict)
            _check_purge_links(links, verdict)
        else:
            _note_unknown_seal(verdict, by_run.get(verdict.run))


def _note_unreadable(chain: SealChain, verdicts: Iterable[RunVerdict], error: KatipError) -> None:
    for verdict in verdicts:
        verdict.add(FindingKind.ALTERED, "unreadable", chain.path.name, error=error.sentence)


def _note_unknown_seal(verdict: RunVerdict, other: Link | None) -> None:
    """Note that the chain does not know a run's seal, or knows another one of the run."""
    if other is not None:
        verdict.add(FindingKind.INCONSISTENT, "chain-other", layout.SEAL, expected=other.digest)
    elif verdict.seal:
        verdict.add(FindingKind.INCONSISTENT, "chain-unknown", layout.SEAL)


def _check_previous(link: Link, verdict: RunVerdict) -> None:
    if link.previous != verdict.previous:
        verdict.add(
            FindingKind.INCONSISTENT, "chain-previous", layout.SEAL, seen=verdict.previous, expected=link.previous
        )


def _check_fields(link: Link, sealed: RunVerdict, verdict: RunVerdict, path: str) -> None:
    """Compare a line of the chain with the seal that it is of; what differs goes into a verdict, under a path."""
    for name, seen, expected in (
        ("run", sealed.run, link.run),
        ("at", sealed.sealed_at, link.at),
        ("key", sealed.key, link.key),
    ):
        if seen and seen != expected:
            verdict.add(FindingKind.INCONSISTENT, "chain-field", path, field=name, seen=seen, expected=expected)


def _check_links(chain: SealChain, seals: Sequence[Link], verdicts: Sequence[RunVerdict], beside: Beside) -> None:
    given = {verdict.seal for verdict in verdicts}
    last = verdicts[-1]
    before: Link | None = None
    for link in seals:
        if link.digest not in given:
            _check_link_beside(link, chain, beside, last)
        expected = before.digest if before else None
        if link.previous != expected:
            last.add(
                FindingKind.INCONSISTENT,
                "chain-previous",
                f"{chain.path.name}: {link.run}",
                seen=link.previous,
                expected=expected,
            )
        if before and datetime.fromisoformat(link.at) < datetime.fromisoformat(before.at):
            last.add(
                FindingKind.INCONSISTENT,
                "order",
                chain.path.name,
                later=link.run,
                seen=link.at,
                earlier=before.run,
                expected=before.at,
            )
        before = link
    for run, count in Counter(link.run for link in seals).items():
        if count > 1:
            last.add(FindingKind.INCONSISTENT, "chain-twice", chain.path.name, run=run)


def _check_link_beside(link: Link, chain: SealChain, beside: Beside, verdict: RunVerdict) -> None:
    """Check the line of a run that was not given: the run lies beside the chain, and the line says what its seal says."""
    sealed = beside.sealed(chain.path.parent, link.digest)
    if sealed is None:
        verdict.add(FindingKind.MISSING, "run-removed", chain.path.name, run=link.run)
    else:
        _check_fields(link, sealed, verdict, f"{chain.path.name}: {link.run}")


def _check_added(chain: SealChain, links: Sequence[Link], verdict: RunVerdict) -> None:
    """Check stamps and deletions: each is signed by the key of its run's seal and is not older than it."""
    sealed: dict[str, Link] = {}
    for link in links:
        if link.kind == "seal":
            sealed[link.run] = link
            continue
        seal = sealed.get(link.run)
        if seal is None or seal.key != link.key:
            verdict.add(FindingKind.INCONSISTENT, "chain-stray", chain.path.name, what=link.kind, run=link.run)
        elif datetime.fromisoformat(link.at) < datetime.fromisoformat(seal.at):
            verdict.add(
                FindingKind.INCONSISTENT, "order", chain.path.name,
                later=f"{link.run} {link.kind}", seen=link.at, earlier=seal.run, expected=seal.at,
            )  # fmt: skip


def _check_stamp_link(links: Iterable[Link], verdict: RunVerdict) -> None:
    stamps = {link.digest for link in links if link.kind == "stamp" and link.run == verdict.run}
    if stamps and verdict.stamp not in stamps:
        verdict.add(FindingKind.MISSING, "stamp-gone", layout.STAMP)
    elif verdict.stamp and not stamps:
        verdict.add(FindingKind.INCONSISTENT, "stamp-unlinked", layout.STAMP)


def _check_purge_links(links: Iterable[Link], verdict: RunVerdict) -> None:
    linked = {link.digest for link in links if link.kind == "purge" and link.run == verdict.run}
    for name, digest in verdict.purges.items():
        if digest not in linked:
            verdict.add(FindingKind.INCONSISTENT, "purge-unlinked", name)
    if linked and not verdict.purges:
        verdict.add(FindingKind.NOTE, "purge-other-copy")


def _check_given(verdicts: Sequence[RunVerdict]) -> None:
    """Compare runs that lie without a chain file: each but the oldest must follow another one of them."""
    by_seal = {verdict.seal: verdict for verdict in verdicts if verdict.seal}
    heads = 0
    for verdict in sorted(by_seal.values(), key=lambda item: item.sealed_at):
        before = by_seal.get(verdict.previous or "")
        if before is not None:
            if verdict.sealed_at < before.sealed_at:
                verdict.add(
                    FindingKind.INCONSISTENT, "order", layout.SEAL,
                    later=verdict.run, seen=verdict.sealed_at, earlier=before.run, expected=before.sealed_at,
                )  # fmt: skip
            continue
        heads += 1
        if heads > 1:
            verdict.add(FindingKind.MISSING, "gap", layout.SEAL, expected=verdict.previous or "–")
        elif verdict.previous:
            verdict.add(FindingKind.NOTE, "first-of-given", layout.SEAL, expected=verdict.previous)


def _check_keys(verdicts: Sequence[RunVerdict]) -> None:
    """Name a change of the key between runs, unless the reader said which keys there may be."""
    runs = sorted(
        (verdict for verdict in verdicts if verdict.seal and not verdict.pinned), key=lambda item: item.sealed_at
    )
    for before, verdict in pairwise(runs):
        if verdict.key != before.key:
            verdict.add(
                FindingKind.INCONSISTENT,
                "key-changed",
                layout.PUBLIC_KEY,
                seen=verdict.key,
                before=before.run,
                expected=before.key,
            )


def check_journal(verdicts: Sequence[RunVerdict], given: Path | None, beside: Beside) -> None:
    """Compare runs with the journal.

    Args:
        verdicts: the runs; findings go into them.
        given: the journal; None: ``journal.sqlite`` beside each run or in it, where there is one.
        beside: what is beside them.
    """
    found: dict[Path, list[RunVerdict]] = {}
    for verdict in verdicts:
        journal = given or _home(verdict) / layout.JOURNAL
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
