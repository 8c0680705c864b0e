"""Runs as links of a chain: beside each other, beside the chain file, beside the journal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from Katip.errors import KatipError
from Katip.evidence import layout
from Katip.evidence.chain import Link, SealChain
from Katip.evidence.completion import read_records
from Katip.evidence.files import file_digest
from Katip.evidence.findings import Kind, Verdict
from Katip.evidence.source import open_run


def check_chains(verdicts: Sequence[Verdict]) -> None:
    """Compare runs with the chain files that lie beside them, and with each other where there is none.

    Args:
        verdicts: the runs; findings go into them.
    """
    by_folder: dict[Path, list[Verdict]] = {}
    for verdict in verdicts:
        by_folder.setdefault(layout.home_of(verdict.path), []).append(verdict)
    unchained = []
    for folder, group in by_folder.items():
        chain = SealChain.beside(folder)
        if chain.path.is_file():
            _check_chain(chain, group)
        else:
            unchained += group
    _check_given(unchained)
    _check_keys(verdicts)


def _check_chain(chain: SealChain, verdicts: Sequence[Verdict]) -> None:
    try:
        links = chain.links()
    except KatipError as error:
        verdicts[0].add(Kind.ALTERED, "unreadable", chain.path.name, error=error.sentence)
        return
    seals = [link for link in links if link.kind == "seal"]
    _check_links(chain, seals, verdicts)
    by_digest = {link.digest: link for link in seals}
    by_run = {link.run: link for link in seals}
    for verdict in verdicts:
        link = by_digest.get(verdict.seal)
        if link is not None:
            if link.previous != verdict.previous:
                verdict.add(
                    Kind.INCONSISTENT, "chain-previous", layout.SEAL, seen=verdict.previous, expected=link.previous
                )
            _check_stamp_link(links, verdict)
        elif verdict.run in by_run:
            verdict.add(Kind.INCONSISTENT, "chain-other", layout.SEAL, expected=by_run[verdict.run].digest)
        elif verdict.seal:
            verdict.add(Kind.INCONSISTENT, "chain-unknown", layout.SEAL)


def _check_links(chain: SealChain, seals: Sequence[Link], verdicts: Sequence[Verdict]) -> None:
    there = _runs_beside(chain.path.parent) | {verdict.seal for verdict in verdicts}
    last = verdicts[-1]
    before: Link | None = None
    for link in seals:
        if link.digest not in there:
            last.add(Kind.MISSING, "run-removed", chain.path.name, run=link.run)
        expected = before.digest if before else None
        if link.previous != expected:
            last.add(
                Kind.INCONSISTENT,
                "chain-previous",
                f"{chain.path.name}: {link.run}",
                seen=link.previous,
                expected=expected,
            )
        if before and link.at < before.at:
            last.add(
                Kind.INCONSISTENT,
                "order",
                chain.path.name,
                later=link.run,
                seen=link.at,
                earlier=before.run,
                expected=before.at,
            )
        before = link


def _check_stamp_link(links: Iterable[Link], verdict: Verdict) -> None:
    stamps = {link.digest for link in links if link.kind == "stamp" and link.run == verdict.run}
    if stamps and verdict.stamp not in stamps:
        verdict.add(Kind.MISSING, "stamp-gone", layout.STAMP)


def _runs_beside(folder: Path) -> set[str]:
    """Give the digests of the seals of all runs in a folder, unpacked or packed."""
    found = {file_digest(path) for path in folder.glob(f"*/{layout.SEAL}")}
    for package in folder.glob("*.zip"):
        try:
            with open_run(package) as run:
                found.add(run.digest(layout.SEAL))
        except (KatipError, KeyError, OSError):
            continue  # no package of a run, or one that is named when it is verified itself
    return found


def _check_given(verdicts: Sequence[Verdict]) -> None:
    """Compare runs that lie without a chain file: each but the oldest must follow another one of them."""
    by_seal = {verdict.seal: verdict for verdict in verdicts if verdict.seal}
    heads = 0
    for verdict in sorted(by_seal.values(), key=lambda item: item.sealed_at):
        before = by_seal.get(verdict.previous or "")
        if before is not None:
            if verdict.sealed_at < before.sealed_at:
                verdict.add(
                    Kind.INCONSISTENT, "order", layout.SEAL,
                    later=verdict.run, seen=verdict.sealed_at, earlier=before.run, expected=before.sealed_at,
                )  # fmt: skip
            continue
        heads += 1
        if heads > 1:
            verdict.add(Kind.MISSING, "gap", layout.SEAL, expected=verdict.previous or "–")
        elif verdict.previous:
            verdict.add(Kind.NOTE, "first-of-given", layout.SEAL, expected=verdict.previous)


def _check_keys(verdicts: Sequence[Verdict]) -> None:
    """Name a change of the key between runs, unless the reader said which keys there may be."""
    runs = sorted(
        (verdict for verdict in verdicts if verdict.seal and not verdict.pinned), key=lambda item: item.sealed_at
    )
    for before, verdict in pairwise(runs):
        if verdict.key != before.key:
            verdict.add(
                Kind.INCONSISTENT,
                "key-changed",
                layout.PUBLIC_KEY,
                seen=verdict.key,
                before=before.run,
                expected=before.key,
            )


def check_journal(verdicts: Sequence[Verdict], given: Path | None) -> None:
    """Compare runs with the journal.

    Args:
        verdicts: the runs; findings go into them.
        given: the journal; None: ``journal.sqlite`` beside each run or in it, where there is one.
    """
    found: dict[Path, Verdict] = {}
    for verdict in verdicts:
        journal = given or layout.home_of(verdict.path) / layout.JOURNAL
        if journal.is_file() and verdict.run:
            _check_against_journal(verdict, journal)
            found[journal] = verdict
    for journal, last in found.items():
        _check_removed(journal, {verdict.run for verdict in verdicts}, last)


def _check_removed(path: Path, given: Collection[str], verdict: Verdict) -> None:
    """Name the runs that dealt with contracts, as the journal says, and of which neither folder nor package is left."""
    from Katip.approvals.journal import JournalReader

    beside = {str(info.get("id")) for info in map(_run_info, path.parent.glob(f"*/{layout.RUN}"))}
    try:
        with JournalReader(path) as journal:
            for record in journal.runs():
                run = record.info.run_id
                there = run in given or run in beside or (path.parent / f"{run}.zip").is_file()
                elsewhere = _run_info(Path(record.info.folder) / layout.RUN).get("id") == run
                if not there and not elsewhere and journal.entries(run):
                    verdict.add(Kind.MISSING, "journal-removed", path.name, run=run)
    except (KatipError, ValueError, OSError):
        return  # named when the run itself was compared with the journal


def _run_info(path: Path) -> dict[str, Any]:
    try:
        info = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return info if isinstance(info, dict) else {}


def _check_against_journal(verdict: Verdict, path: Path) -> None:
    from Katip.approvals.journal import JournalReader

    try:
        with JournalReader(path) as journal:
            known = {record.info.run_id for record in journal.runs()}
            entries = [
                (entry.workplace, entry.gorevlendirme_id, entry.category, entry.start, entry.outcome)
                for entry in journal.entries(verdict.run)
            ]
        with open_run(verdict.path) as run:
            records = read_records(run)
    except (KatipError, ValueError, OSError) as error:
        verdict.add(Kind.NOTE, "unreadable", path.name, error=error)
        return
    if verdict.run not in known:
        verdict.add(Kind.NOTE, "journal-run", path.name)
        return
    journalled = Counter(
        (workplace, gid or category, start.isoformat() if start else None, outcome.value)
        for workplace, gid, category, start, outcome in entries
        if outcome
    )
    recorded = Counter(
        (item["workplace"], item["gorevlendirme_id"] or item["category"], item["start"], item["outcome"])
        for item in records
        if item["outcome"]
    )
    for key in journalled.keys() | {key for key in recorded if key[3] == "approved"}:
        if journalled[key] != recorded[key]:
            verdict.add(
                Kind.INCONSISTENT, "journal-differs", path.name,
                field=" ".join(filter(None, key[:3])), expected=_count(journalled, key), seen=_count(recorded, key),
            )  # fmt: skip


def _count(counts: Counter[tuple[str, str, str | None, str]], key: tuple[str, str, str | None, str]) -> str:
    return f"{counts[key]} × {key[3]}"
