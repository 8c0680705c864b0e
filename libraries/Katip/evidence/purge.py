"""Deletion of personal data after the keeping time, so that what stays still verifies and says what was deleted.

KVKK (6698) md. 7 wants personal data deleted when the reason to keep them ends; the record of the deletion itself is
kept (docs/guides/5-reading-the-evidence.md).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from Katip.approvals.journal import Journal
from Katip.approvals.journal_records import JournalRun, new_run_id
from Katip.errors import KatipError, NotPurgeable
from Katip.evidence import layout
from Katip.evidence.chain import Link, SealChain
from Katip.evidence.files import make_read_only, make_writable, write_json, write_synced
from Katip.evidence.key import SealingKey, key_of
from Katip.evidence.package import write_package
from Katip.evidence.purge_record import ONLY_PRINTOUTS, write_record, years_later
from Katip.evidence.seal_statement import facts_of, statement_of
from Katip.evidence.source import FolderSource, RunSource, open_run, unpacked_run
from Katip.evidence.sums import read_sums
from Katip.evidence.verify import verify_run
from Katip.messages import msg

KEEP_YEARS: Final = 10
KEEP_VARIABLE: Final = "KATIP_KEEP_YEARS"
_HOLD_SUFFIX: Final = ".hold.json"


@dataclass(frozen=True, slots=True)
class PurgeResult:
    """What was deleted.

    Attributes:
        run: the run's name.
        deleted: the files, by their paths in the run.
        record: the name of the signed record of the deletion.
    """

    run: str
    deleted: tuple[str, ...]
    record: str


def purge_run(
    path: Path,
    *,
    keep_years: int = KEEP_YEARS,
    reason: str = "",
    only_printouts: bool = False,
    now: datetime | None = None,
    key: SealingKey | None = None,
) -> PurgeResult:
    """Delete the personal data of a sealed run, in its folder or in its package.

    Args:
        path: the folder or the package; the other of the two, where it is there, has to be purged as well.
        keep_years: how long they are kept, from the day of the seal.
        reason: why they are deleted before that time (for example a person's request); empty: they are not.
        only_printouts: delete only the print-outs, which go first; no keeping time holds them.
        now: the time of the deletion; now by default.
        key: the key that sealed the run; by default this user's.

    Returns:
        The deleted files; empty if they had been deleted before.

    Raises:
        NotPurgeable: if the run is on hold, is to be kept longer, does not verify, or was sealed by another key.
        NotSealed: if there is no seal.

    Example:
        >>> purge_run(Path("results/run1"), keep_years=10)  # doctest: +SKIP
    """
    now = now or datetime.now(UTC)
    with open_run(path) as run:
        key = key or key_of(run.read(layout.PUBLIC_KEY) if run.has(layout.PUBLIC_KEY) else b"")
        facts = facts_of(statement_of(run.read(layout.SEAL)) if run.has(layout.SEAL) else {})
        sealed_at = datetime.fromisoformat(facts["sealedAt"])
        _check_allowed(path, facts["run"], sealed_at, now, keep_years, bool(reason) or only_printouts)
        _check_whole(path, run, key)
        deleted = _personal_files(run, only_printouts)
        if not deleted:
            return PurgeResult(facts["run"], (), "")
        number = 1 + sum(map(layout.is_purge_record, run.names()))
        record = f"purge-{number}.dsse.json"
        if only_printouts:
            reason = reason or ONLY_PRINTOUTS
        envelope = _purge_record(run, facts["run"], deleted, now, keep_years, reason, key)
        # The link first: one without its record does no harm, a record without its link would not verify.
        _link(layout.home_of(path), facts["run"], run.digest(layout.SEAL), envelope, now, key)
        if path.is_file():
            _rewrite_package(run, facts["run"], sealed_at, deleted, record, envelope)
    if path.is_dir():
        _delete(unpacked_run(path), deleted, record, envelope)
    return PurgeResult(facts["run"], tuple(deleted), record)


def hold(path: Path, reason: str) -> Path:
    """Keep a run's personal data beyond the keeping time, for example while a court case lasts.

    Args:
        path: the run's folder or package.
        reason: why.

    Returns:
        The file that says so, beside the run; it counts for folder and package.
    """
    target = _hold_file(path, _run_of(path))
    write_json(target, {"reason": reason, "since": datetime.now(UTC).isoformat(timespec="seconds")})
    return target


def release(path: Path) -> bool:
    """End a hold.

    Args:
        path: the run's folder or package.

    Returns:
        True if there was one.
    """
    target = _hold_file(path, _run_of(path))
    there = target.exists()
    target.unlink(missing_ok=True)
    return there


def purge_journal(journal: Path, run_id: str) -> int | None:
    """Delete the personal fields that a journal keeps of a run.

    Args:
        journal: the journal's file.
        run_id: the run.

    Returns:
        How many contracts lost theirs, or None if there is no such journal.

    Raises:
        AlreadyRunning: if a run holds the journal.
        CannotRecord: if it could not be written.
    """
    if not journal.is_file():
        return None

    # The deletion is a run of its own, so that the journal shows it and no other run can be at work meanwhile.
    with Journal(journal, JournalRun(f"purge-{new_run_id()}", "", "purge", "nothing", "")) as opened:
        count = opened.purge(run_id)
        opened.end_run(f"purged {run_id}")
    return count


def other_copies(path: Path, run_id: str) -> list[Path]:
    """Return the other copies of a run, folder or package, beside the one that was purged.

    Args:
        path: the one that was purged.
        run_id: the run.

    Returns:
        Those in the same folder that still hold personal data.
    """
    folder = layout.home_of(path)
    found = []
    for other in [*folder.glob("*.zip"), *(seal.parent for seal in _seals_in(folder))]:
        if other == path.resolve():
            continue
        with contextlib.suppress(KatipError), open_run(other) as run:
            if _run_of(other) == run_id and _personal_files(run, only_printouts=False):
                found.append(other)
    return found


def _seals_in(folder: Path) -> list[Path]:
    return [*folder.glob(layout.SEAL), *folder.glob(f"*/{layout.SEAL}")]


def _run_of(path: Path) -> str:
    with open_run(path) as run:
        return facts_of(statement_of(run.read(layout.SEAL)) if run.has(layout.SEAL) else {})["run"]


def _hold_file(path: Path, run_id: str) -> Path:
    return layout.home_of(path) / f"{run_id}{_HOLD_SUFFIX}"


def _check_allowed(path: Path, run_id: str, sealed_at: datetime, now: datetime, keep_years: int, early: bool) -> None:
    held = _hold_file(path, run_id)
    if held.exists():
        why = json.loads(held.read_bytes()).get("reason", "")
        raise NotPurgeable(
            msg("Deleting personal data"),
            msg("a run that nobody holds"),
            msg("on hold: {why}", why=why),
            msg("End the hold with: katip purge --release"),
        )
    until = years_later(sealed_at, keep_years)
    if now < until and not early:
        raise NotPurgeable(
            msg("Deleting personal data"),
            msg("a run kept for {keep_years} years", keep_years=keep_years),
            msg("{run_id} is to be kept until {until:%d.%m.%Y}", run_id=run_id, until=until),
            msg("To delete earlier give a reason: katip purge --reason …"),
        )


def _check_whole(path: Path, run: RunSource, key: SealingKey) -> None:
    """Refuse to sign for deletions in a run that something else is wrong with, or that another key sealed."""
    if run.read(layout.PUBLIC_KEY) != key.public_pem:
        raise NotPurgeable(
            msg("Deleting personal data"),
            msg("the key that sealed the run"),
            msg("another key ({fingerprint})", fingerprint=key.fingerprint),
            msg("Purge it where it was sealed."),
        )
    # What an earlier, cut-off deletion has left lying is deleted now.
    wrong = [
        found.sentence() for found in verify_run(path).findings if found.kind.fails and found.code != "purged-but-there"
    ]
    if wrong:
        raise NotPurgeable(msg("Deleting personal data"), msg("a run that verifies"), "; ".join(wrong))


def _personal_files(run: RunSource, only_printouts: bool) -> list[str]:
    """Return the files to delete, print-outs first."""
    sums = read_sums(run.read(layout.SUMS)) or {}
    there = [name for name in sums if run.has(name) and not layout.survives_purge(name)]
    printouts = [name for name in there if name.startswith(layout.PRINTOUTS + "/")]
    return printouts if only_printouts else printouts + [name for name in there if name not in printouts]


def _purge_record(
    run: RunSource, run_id: str, deleted: Sequence[str], now: datetime, keep_years: int, reason: str, key: SealingKey
) -> bytes:
    digests = [(name, run.digest(name)) for name in deleted]
    return write_record(key, run_id, run.digest(layout.SEAL), digests, now, keep_years=keep_years, reason=reason)


def _link(home: Path, run_id: str, seal: str, envelope: bytes, now: datetime, key: SealingKey) -> None:
    """Add the deletion to the chain that knows the run's seal; a package on another machine has none beside it."""
    chain = SealChain.beside(home)
    if not chain.path.is_file():
        return
    with chain.held():
        if any(link.digest == seal for link in chain.links()):
            at = now.astimezone(UTC).isoformat(timespec="seconds")
            chain.add(Link("purge", run_id, hashlib.sha256(envelope).hexdigest(), None, at, key.fingerprint))


def _delete(folder: Path, deleted: Sequence[str], record: str, envelope: bytes) -> None:
    # The signed record first: a deletion that is cut short is then completed by the next call, never unexplained.
    write_synced(folder / record, envelope)
    make_read_only(folder / record)
    for name in deleted:
        target = folder / name
        make_writable(target)
        target.unlink(missing_ok=True)
        if not any(target.parent.iterdir()):
            target.parent.rmdir()


class _Thinned(FolderSource):
    """A package without the deleted files, and with one new file that is in a folder of its own."""

    def __init__(self, run: RunSource, added: Path) -> None:
        super().__init__(added)
        self._run = run

    def open(self, name: str) -> IO[bytes]:
        """Open a file of either."""
        return super().open(name) if super().has(name) else self._run.open(name)

    def size(self, name: str) -> int:
        """Return a file's length in bytes."""
        return super().size(name) if super().has(name) else self._run.size(name)


def _rewrite_package(
    run: RunSource, run_id: str, sealed_at: datetime, deleted: Sequence[str], record: str, envelope: bytes
) -> None:
    with tempfile.TemporaryDirectory() as added:
        (Path(added) / record).write_bytes(envelope)
        names = [name for name in run.names() if name not in set(deleted)]
        write_package(_Thinned(run, Path(added)), run_id, [*names, record], sealed_at, run.path)
