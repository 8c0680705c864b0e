"""Verification of sealed runs: files, signatures, links and stamps; their meaning is for `Katip.evidence.meaning`.

Works on a folder or a package, offline, on any machine. Everything that is wrong is named; nothing stops at the first
fault.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from Katip.errors import EvidenceError, KatipError
from Katip.evidence import layout
from Katip.evidence.beside import Beside
from Katip.evidence.envelope import read_statement, signing_key_id
from Katip.evidence.findings import FindingKind, RunVerdict
from Katip.evidence.journal_checks import check_journal
from Katip.evidence.key import fingerprint, is_signed, public_pem, read_public_key
from Katip.evidence.links import check_chains, name_copies
from Katip.evidence.meaning import check_meaning
from Katip.evidence.package import is_canonical
from Katip.evidence.package_beside import check_packages
from Katip.evidence.purge_record import check_purges
from Katip.evidence.seal_statement import PREDICATE_TYPE, facts_of, previous_of
from Katip.evidence.source import UNREADABLE, PackageSource, RunSource, SealedFiles, is_safe, open_run
from Katip.evidence.stamp import Stamp, is_trusted, read_stamp
from Katip.evidence.sums import read_sums

_NEEDED: Final = (layout.SUMS, layout.SUMS_SIGNATURE, layout.SEAL, layout.PUBLIC_KEY)
#: A clock may be this far from the authority's before a stamp "from before the seal" means anything.
_CLOCK_TOLERANCE: Final = timedelta(minutes=5)
#: The auditor's own clock may be set to the wrong time zone.
_CLOCKS_APART: Final = timedelta(days=1)


@dataclass(slots=True)
class _Seal:
    """What was read of a run's seal so far."""

    key: Ed25519PublicKey | None = None
    sums: dict[str, str] = field(default_factory=dict)
    statement: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    purged: dict[str, str] = field(default_factory=dict)


def verify_runs(
    paths: Sequence[Path], *, pinned: Collection[str] = (), authorities: bytes = b"", journal: Path | None = None
) -> list[RunVerdict]:
    """Verify several runs, each by itself, beside its package and as links of their chain.

    Args:
        paths: folders or packages.
        pinned: the fingerprints of the only keys that may have sealed them; empty: any, and it is named.
        authorities: certificates (PEM) of the time stamp authorities that are trusted; empty: a stamp's signature is
            not judged.
        journal: the journal; by default ``journal.sqlite`` beside a run, where there is one. One that is named must be
            there, and know the runs.

    Returns:
        One verdict a path, in the order given.

    Example:
        >>> all(verdict.ok for verdict in verify_runs([Path("results/run1")]))  # doctest: +SKIP
        True
    """
    verdicts = [verify_run(path, pinned=pinned, authorities=authorities) for path in paths]
    beside = Beside(verify_run)
    name_copies(verdicts)
    check_packages(verdicts, beside.verdict)
    check_chains(verdicts, beside)
    check_journal(verdicts, journal, beside)
    return verdicts


def verify_run(path: Path, *, pinned: Collection[str] = (), authorities: bytes = b"") -> RunVerdict:
    """Verify one run by itself, without the chain of seals and the journal.

    Args:
        path: its folder or package.
        pinned: as for `verify_runs`.
        authorities: as for `verify_runs`.

    Returns:
        What was found.
    """
    verdict = RunVerdict(path, pinned=bool(pinned))
    try:
        with open_run(path) as run:
            _verify(run, verdict, pinned, authorities)
    except Exception as error:  # a file that was made to break the reader may not pass for a run without faults
        seen = error.as_problem if isinstance(error, KatipError) else f"{type(error).__name__}: {error}"
        kind = FindingKind.ALTERED if os.path.lexists(path) else FindingKind.MISSING
        verdict.add(kind, "unreadable", path.name, error=seen)
    return verdict


def _verify(run: RunSource, verdict: RunVerdict, pinned: Collection[str], authorities: bytes) -> None:
    names = set(run.names())
    if not names & {layout.SUMS, layout.SEAL}:
        verdict.add(FindingKind.MISSING, "no-seal")
        return
    seal = _Seal()
    for name in _NEEDED:
        if name not in names:
            verdict.add(FindingKind.MISSING, "seal-file-missing", name)
    _check_key(run, names, seal, verdict, pinned)
    _check_sums(run, names, seal, verdict)
    _check_statement(run, names, seal, verdict)
    _check_purges(run, names, seal, verdict)
    _check_files(run, names, seal, verdict)
    _check_stamp(run, names, seal, verdict, authorities)
    if isinstance(run, PackageSource):
        _check_package(run, seal, verdict)
    check_meaning(SealedFiles(run, seal.sums), verdict, seal.sums, seal.statement, set(seal.purged))


def _check_key(run: RunSource, names: set[str], seal: _Seal, verdict: RunVerdict, pinned: Collection[str]) -> None:
    if layout.PUBLIC_KEY not in names:
        return
    pem = _bytes(run, layout.PUBLIC_KEY)
    seal.key = read_public_key(pem)
    if seal.key is None or public_pem(seal.key) != pem:
        verdict.add(FindingKind.ALTERED, "key-unreadable", layout.PUBLIC_KEY)
    if seal.key is None:
        return
    verdict.key = seen = fingerprint(seal.key)
    if pinned and seen not in pinned:
        verdict.add(FindingKind.ALTERED, "key-not-pinned", layout.PUBLIC_KEY, seen=seen, expected=", ".join(pinned))
    elif not pinned:
        verdict.add(FindingKind.NOTE, "key", layout.PUBLIC_KEY, seen=seen)


def _check_sums(run: RunSource, names: set[str], seal: _Seal, verdict: RunVerdict) -> None:
    if layout.SUMS not in names:
        return
    data = _bytes(run, layout.SUMS)
    sums = read_sums(data)
    if sums is None:
        verdict.add(FindingKind.ALTERED, "sums-form", layout.SUMS)
    seal.sums = sums or {}
    if (
        seal.key
        and layout.SUMS_SIGNATURE in names
        and not is_signed(seal.key, _bytes(run, layout.SUMS_SIGNATURE), data)
    ):
        verdict.add(FindingKind.ALTERED, "sums-signature", layout.SUMS_SIGNATURE)


def _check_statement(run: RunSource, names: set[str], seal: _Seal, verdict: RunVerdict) -> None:
    if layout.SEAL not in names:
        return
    data = _bytes(run, layout.SEAL)
    verdict.seal = hashlib.sha256(data).hexdigest()
    if seal.key is None:
        return
    seal.statement, problem = read_statement(data, seal.key)
    _note_problem(problem, signing_key_id(data), verdict)
    if problem == "unreadable":
        return
    subjects = _read_facts(seal)
    if seal.statement.get("predicateType") != PREDICATE_TYPE or [name for name, _ in subjects] != [layout.SUMS]:
        verdict.add(FindingKind.ALTERED, "statement-about", layout.SEAL)
        return
    verdict.run, verdict.sealed_at = seal.facts["run"], seal.facts["sealedAt"]
    verdict.previous = previous_of(seal.statement)
    _check_not_later_than_now(verdict)
    if layout.SUMS in names and subjects[0][1] != {"sha256": run.digest(layout.SUMS)}:
        verdict.add(FindingKind.ALTERED, "sums-other", layout.SUMS)
    _note_interruption(seal, verdict)


def _check_not_later_than_now(verdict: RunVerdict) -> None:
    if datetime.fromisoformat(verdict.sealed_at) > (now := _now()) + _CLOCKS_APART:
        seen = now.isoformat(timespec="seconds")
        verdict.add(FindingKind.INCONSISTENT, "sealed-later", layout.SEAL, seen=verdict.sealed_at, expected=seen)


def _note_problem(problem: str, named: str, verdict: RunVerdict) -> None:
    """Note what is wrong with a statement, and the key that it names where its signature is another key's."""
    if problem == "signature" and named != verdict.key:
        verdict.add(FindingKind.ALTERED, "key-other", layout.PUBLIC_KEY, seen=verdict.key, expected=named or "–")
    if problem:
        verdict.add(FindingKind.ALTERED, f"statement-{problem}", layout.SEAL)


def _read_facts(seal: _Seal) -> list[tuple[str, Any]]:
    """Read the facts of a statement into the seal; return the names and digests of its subjects, none if it has another form."""
    try:
        seal.facts = facts_of(seal.statement)
        return [(item["name"], item["digest"]) for item in seal.statement["subject"]]
    except (EvidenceError, KeyError, TypeError, AttributeError):
        return []


def _note_interruption(seal: _Seal, verdict: RunVerdict) -> None:
    if seal.facts["ended"] != "finished" or seal.facts["sealedBy"] != "exit":
        verdict.add(FindingKind.NOTE, "interrupted", layout.SEAL, how=seal.facts["ended"], by=seal.facts["sealedBy"])


def _check_purges(run: RunSource, names: set[str], seal: _Seal, verdict: RunVerdict) -> None:
    records = sorted(filter(layout.is_purge_record, names), key=lambda name: (len(name), name))
    for name in records:
        verdict.purges[name] = run.digest(name)
    seal.purged = check_purges({name: _bytes(run, name) for name in records}, seal.key, seal.sums, verdict)


def _check_files(run: RunSource, names: set[str], seal: _Seal, verdict: RunVerdict) -> None:
    for name in run.duplicates():
        verdict.add(FindingKind.ADDED, "twice", name)
    for name, digest in seal.sums.items():
        _check_file(run, names, seal, verdict, name, digest)
    known = {*seal.sums, *layout.SEAL_FILES, *filter(layout.is_purge_record, names)}
    of_all_runs: list[str] = []
    for name in sorted(names - known):
        if not is_safe(name):
            verdict.add(FindingKind.ADDED, "unsafe-name", name)
        elif layout.is_system_file(name) and run.has(name):
            verdict.add(FindingKind.NOTE, "system-file", name)
        elif name.startswith(layout.EVIDENCE + "/") or isinstance(run, PackageSource):
            verdict.add(FindingKind.ADDED, "file-added", name)
        elif layout.is_of_all_runs(name):
            of_all_runs.append(name)
        else:
            verdict.add(FindingKind.NOTE, "not-sealed", name)
    if of_all_runs:
        verdict.add(FindingKind.NOTE, "of-all-runs", ", ".join(of_all_runs))


def _check_file(run: RunSource, names: set[str], seal: _Seal, verdict: RunVerdict, name: str, digest: str) -> None:
    if name in names:
        if name in seal.purged:
            verdict.add(FindingKind.INCONSISTENT, "purged-but-there", name)
        elif _digest(run, name) != digest:
            verdict.add(FindingKind.ALTERED, "file-altered", name)
    elif name in seal.purged:
        verdict.add(FindingKind.PURGED, "purged", name, when=seal.purged[name])
    else:
        verdict.add(FindingKind.MISSING, "file-missing", name)


def _check_stamp(run: RunSource, names: set[str], seal: _Seal, verdict: RunVerdict, authorities: bytes) -> None:
    if layout.STAMP not in names:
        if layout.STAMP_SIGNATURE in names:
            verdict.add(FindingKind.MISSING, "seal-file-missing", layout.STAMP)
        verdict.add(FindingKind.NOTE, "stamp-none")
        return
    answer = _bytes(run, layout.STAMP)
    verdict.stamp = hashlib.sha256(answer).hexdigest()
    signature = _bytes(run, layout.STAMP_SIGNATURE) if layout.STAMP_SIGNATURE in names else b""
    if seal.key is None or not is_signed(seal.key, signature, answer):
        verdict.add(FindingKind.ALTERED, "stamp-signature", layout.STAMP)
    stamp = read_stamp(answer)
    if stamp is None:
        verdict.add(FindingKind.ALTERED, "stamp-unreadable", layout.STAMP)
        return
    if layout.SEAL in names and stamp.digest.hex() != verdict.seal:
        verdict.add(FindingKind.INCONSISTENT, "stamp-other", layout.STAMP)
    elif authorities and not is_trusted(stamp, _bytes(run, layout.SEAL), authorities):
        verdict.add(FindingKind.ALTERED, "stamp-untrusted", layout.STAMP)
    _check_time_of(stamp, seal, verdict)
    verdict.add(FindingKind.NOTE, "stamp", layout.STAMP, when=stamp.at.isoformat())


def _check_time_of(stamp: Stamp, seal: _Seal, verdict: RunVerdict) -> None:
    """Note a time stamp that is older than the seal that it is of."""
    sealed_at = seal.facts.get("sealedAt")
    if sealed_at and stamp.at < datetime.fromisoformat(sealed_at) - _CLOCK_TOLERANCE:
        verdict.add(
            FindingKind.INCONSISTENT, "stamp-before", layout.STAMP, seen=stamp.at.isoformat(), expected=sealed_at
        )


def _check_package(run: PackageSource, seal: _Seal, verdict: RunVerdict) -> None:
    if not seal.facts:
        return
    if run.root != verdict.run:
        verdict.add(FindingKind.ALTERED, "package-name", run.path.name, seen=run.root, expected=verdict.run)
    if not is_canonical(run, verdict.run, datetime.fromisoformat(seal.facts["sealedAt"])):
        verdict.add(FindingKind.ALTERED, "package-form", run.path.name)


def _now() -> datetime:
    return datetime.now(UTC)


def _bytes(run: RunSource, name: str) -> bytes:
    """Return a file's bytes; nothing where it cannot be read, which no check takes for right."""
    try:
        return run.read(name)
    except UNREADABLE:
        return b""


def _digest(run: RunSource, name: str) -> str:
    try:
        return run.digest(name)
    except UNREADABLE:
        return ""
