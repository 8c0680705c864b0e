"""Runs as links of a chain: beside each other, beside the chain file, beside the journal."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from Katip.errors import KatipError
from Katip.evidence import layout
from Katip.evidence.beside import Beside, chain_folder
from Katip.evidence.chain import Link, SealChain
from Katip.evidence.findings import FindingKind, RunVerdict


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
        by_folder.setdefault(chain_folder(verdict), []).append(verdict)
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
    _check_keys_of_chain(seals, verdicts)
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


def _check_keys_of_chain(seals: Sequence[Link], verdicts: Sequence[RunVerdict]) -> None:
    """Name a key that is not the one of the seal before, which was not given; `_check_keys` compares those that were."""
    given = {verdict.seal: verdict for verdict in verdicts}
    for before, link in pairwise(seals):
        verdict = given.get(link.digest)
        if verdict is None or verdict.pinned or before.digest in given or before.key == link.key:
            continue
        _name_change_of_key(verdict, before.run, before.key)


def _name_change_of_key(verdict: RunVerdict, before: str, expected: str) -> None:
    verdict.add(
        FindingKind.INCONSISTENT, "key-changed", layout.PUBLIC_KEY, seen=verdict.key, before=before, expected=expected
    )


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
            _name_change_of_key(verdict, before.run, before.key)
