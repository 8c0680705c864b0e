"""The signed record of a deletion: what it says, and what makes it believable."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from Katip.evidence import layout
from Katip.evidence.envelope import read_statement, signed_statement
from Katip.evidence.findings import FindingKind, RunVerdict
from Katip.evidence.key import SealingKey

PURGE_TYPE: Final = "urn:robotframework-katip:purge:v1"
#: The reason of a deletion after the keeping time; any other one was given by a person.
TIME_OVER: Final = "keeping time over"
ONLY_PRINTOUTS: Final = "print-outs only"


def years_later(when: datetime, years: int) -> datetime:
    """Return the same day some years later, 1 March for 29 February.

    Args:
        when: a time.
        years: how many.
    """
    try:
        return when.replace(year=when.year + years)
    except ValueError:
        return when.replace(year=when.year + years, month=3, day=1)


def write_record(
    key: SealingKey,
    run_id: str,
    seal_digest: str,
    deleted: Sequence[tuple[str, str]],
    now: datetime,
    *,
    keep_years: int,
    reason: str,
) -> bytes:
    """Return the bytes of a record.

    Args:
        key: the key that sealed the run.
        run_id: the run's name.
        seal_digest: SHA-256 of its seal.
        deleted: path and SHA-256 of each file that is deleted.
        now: the time of the deletion.
        keep_years: the keeping time that was set.
        reason: why they are deleted before that time; empty: it is over.
    """
    predicate = {
        "run": run_id,
        "seal": seal_digest,
        "purgedAt": now.astimezone(UTC).isoformat(timespec="seconds"),
        "keepYears": keep_years,
        "reason": reason or TIME_OVER,
    }
    return signed_statement(key, [(name, digest, {}) for name, digest in sorted(deleted)], PURGE_TYPE, predicate)


def check_purges(
    records: Mapping[str, bytes], key: Ed25519PublicKey | None, sums: Mapping[str, str], verdict: RunVerdict
) -> dict[str, str]:
    """Judge the records of deletions of a run.

    Each must be signed by the run's key, be about this seal, be later than it, agree with the keeping time that it
    names, and delete all personal files or the print-outs alone: somebody who deletes one picture hides something.

    Args:
        records: name to bytes, in the order in which they were written.
        key: the run's key.
        sums: path to digest, as sealed.
        verdict: where findings go.

    Returns:
        Each file that was rightly deleted, with the time.
    """
    purged: dict[str, str] = {}
    for name, data in records.items():
        statement, problem = read_statement(data, key) if key else ({}, "signature")
        if problem or statement.get("predicateType") != PURGE_TYPE or not isinstance(statement.get("predicate"), dict):
            verdict.add(FindingKind.ALTERED, "purge-unsigned", name)
            continue
        predicate = statement["predicate"]
        if predicate.get("run") != verdict.run or predicate.get("seal") != verdict.seal:
            verdict.add(FindingKind.INCONSISTENT, "purge-foreign", name)
            continue
        files = _files_of(statement, name, sums, verdict)
        _check_time(name, predicate, files, verdict)
        _check_extent(name, files, purged, sums, verdict)
        purged |= dict.fromkeys(files, str(predicate.get("purgedAt", "")))
    return purged


def _files_of(statement: Mapping[str, Any], name: str, sums: Mapping[str, str], verdict: RunVerdict) -> list[str]:
    """Return the files that a record may list: sealed ones with personal data, with their digests."""
    files = []
    for subject in statement.get("subject", []):
        file, digest = subject.get("name", ""), subject.get("digest", {}).get("sha256")
        if layout.survives_purge(file) or sums.get(file) != digest:
            verdict.add(FindingKind.INCONSISTENT, "purge-too-much", name, file=file)
        else:
            files.append(file)
    return files


def _check_time(name: str, predicate: Mapping[str, Any], files: Collection[str], verdict: RunVerdict) -> None:
    try:
        when = datetime.fromisoformat(str(predicate["purgedAt"]))
        sealed = datetime.fromisoformat(verdict.sealed_at)
        years = predicate["keepYears"]
        # in-toto's statements hold their numbers as floating-point ones.
        until = years_later(sealed, int(years)) if float(years).is_integer() and 0 <= years <= 1000 else None
        early = until is None or when < until
        if when < sealed or when > _now():
            verdict.add(FindingKind.INCONSISTENT, "purge-when", name, seen=when.isoformat(), expected=verdict.sealed_at)
    except (KeyError, TypeError, ValueError, OverflowError):
        verdict.add(
            FindingKind.INCONSISTENT, "purge-when", name, seen=predicate.get("purgedAt"), expected=verdict.sealed_at
        )
        return
    if early and predicate.get("reason") in (None, "", TIME_OVER) and not all(map(_is_printout, files)):
        verdict.add(FindingKind.INCONSISTENT, "purge-early", name, seen=when.isoformat(), years=years)


def _check_extent(
    name: str, files: Collection[str], before: Collection[str], sums: Mapping[str, str], verdict: RunVerdict
) -> None:
    personal = {file for file in sums if not layout.survives_purge(file)}
    printouts = set(filter(_is_printout, personal))
    if {*before, *files} not in (personal, printouts):
        verdict.add(
            FindingKind.INCONSISTENT, "purge-partial", name, missing=", ".join(sorted(personal - {*before, *files}))
        )


def _now() -> datetime:
    return datetime.now(UTC)


def _is_printout(file: str) -> bool:
    return file.startswith(layout.PRINTOUTS + "/")
