"""The journal: what was about to be done, written and synced before it is done, so that no run's end can hide it.

One SQLite file for all runs, its entries keyed by the portal's origin. Personal fields (names, words of the portal,
free text) stand
in a table of their own, so that they can be deleted on schedule while the rest stays and still verifies.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import shutil
import socket
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import psutil

from Katip.approvals.decisions import Decision
from Katip.approvals.lock import RunLock
from Katip.disk import sync_folder
from Katip.errors import AlreadyRunning, CannotRecord, JournalUnusable
from Katip.messages import msg, msg_id
from Katip.model import Contract, Outcome, id_key
from Katip.turkish import fold

_T = TypeVar("_T")

SCHEMA_VERSION = 1
SENT_AGAIN = "sent_again"
NOT_BEGUN = msg_id("not begun")
_APPLICATION_ID = 0x4B545001  # "KTP" and a 1: tells a journal from any other SQLite file

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE runs (
    id TEXT PRIMARY KEY, origin TEXT NOT NULL, mode TEXT NOT NULL, authority TEXT NOT NULL, worklist_digest TEXT,
    folder TEXT NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL, started TEXT NOT NULL, ended TEXT, verdict TEXT);
CREATE TABLE entries (
    id INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES runs (id), origin TEXT NOT NULL, workplace TEXT NOT NULL,
    category TEXT NOT NULL, start TEXT, twin INTEGER NOT NULL, gorevlendirme_id TEXT, minutes INTEGER, name_digest
    TEXT NOT NULL,
    verdict TEXT NOT NULL, row_number INTEGER, pending_before INTEGER, approved_before INTEGER, sent TEXT, outcome TEXT,
    reconciled_by TEXT, reconciled_as TEXT);
CREATE INDEX entries_by_workplace ON entries (origin, workplace);
CREATE TABLE steps (
    id INTEGER PRIMARY KEY, entry INTEGER NOT NULL REFERENCES entries (id), step TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX steps_by_entry ON steps (entry);
CREATE TABLE personal (
    entry INTEGER NOT NULL REFERENCES entries (id), field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (entry,
    field));
CREATE TABLE processes (
    run TEXT NOT NULL REFERENCES runs (id), host TEXT NOT NULL, pid INTEGER NOT NULL, started REAL NOT NULL, what TEXT
    NOT NULL,
    PRIMARY KEY (host, pid, started));
"""


_ENTRIES = "SELECT e.*, r.folder FROM entries e JOIN runs r ON r.id = e.run WHERE {where} ORDER BY e.id"


class Step(StrEnum):
    """The transitions of one approval, in their order (docs/architecture.md, "One approval")."""

    DECIDED = "decided"
    FORM_OPEN = "form_open"
    FORM_AGREES = "form_agrees"
    RETRY = "retry"
    LEFT_UNSAVED = "left_unsaved"
    ABOUT_TO_SUBMIT = "about_to_submit"
    ANSWERED = "answered"
    LOOKED = "looked"
    SETTLED = "settled"
    RECONCILED = "reconciled"


@dataclass(frozen=True, slots=True)
class Transition:
    """One step of one contract.

    Attributes:
        step: which.
        at: when, with time zone.
        note: what was seen, possibly in the portal's words.
    """

    step: Step
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of one identity the grid showed.

    Attributes:
        pending: rows "Onay Bekliyor".
        approved: rows "Onaylandı".
        other: rows of any other status.
    """

    pending: int
    approved: int
    other: int = 0

    @property
    def total(self) -> int:
        """All rows of that identity."""
        return self.pending + self.approved + self.other


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What the journal keeps of a run.

    Attributes:
        run_id: the run's name, ASCII, unique.
        origin: the portal's origin, for example ``https://isgkatip.example``; entries of other origins are never
            touched.
        mode: ``approve``, ``rehearse`` or ``plan``.
        authority: ``worklist``, ``all`` or ``nothing``.
        folder: the run's output folder.
        worklist_digest: SHA-256 of the worklist, or None.
    """

    run_id: str
    origin: str
    mode: str
    authority: str
    folder: str
    worklist_digest: str | None = None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run as the journal shows it: `RunInfo` and what became of it.

    Attributes:
        info: what was known at its start.
        host: the machine.
        pid: the process.
        started: UTC.
        ended: UTC, or None if the run has not ended or was killed.
        verdict: the run's verdict, or None.
        outcomes: how many contracts ended how.
    """

    info: RunInfo
    host: str
    pid: int
    started: datetime
    ended: datetime | None
    verdict: str | None
    outcomes: Mapping[str, int]

    @property
    def left_nothing(self) -> bool:
        """True if there is no evidence of it: a deletion from the journal, or a run that could not begin."""
        return self.info.mode == "purge" or self.verdict == NOT_BEGUN

    @property
    def is_at_work(self) -> bool:
        """True if the process that began the run is still running on this machine."""
        return self.host == socket.gethostname() and _is_at_work(self.pid, self.started)


@dataclass(frozen=True, slots=True)
class Entry:
    """One contract of one run, as the journal shows it.

    Attributes:
        number: the entry's number in the journal.
        run_id: the run.
        origin: the portal's origin.
        folder: that run's output folder.
        workplace: the SGK number.
        name: the name, empty once purged.
        category: the category.
        start: the start date.
        gorevlendirme_id: the ID where the form was seen.
        before: what the grid showed of this identity before "Kayıt"; None if it was not sent.
        sent: when "Kayıt" was about to be clicked; None if it was not.
        outcome: the outcome, or None if the run died first.
        reconciled_by: the later run that found out what became of it, or None.
        steps: its transitions.
    """

    number: int
    run_id: str
    origin: str
    folder: str
    workplace: str
    name: str
    category: str
    start: date | None
    gorevlendirme_id: str | None
    before: Tally | None
    sent: datetime | None
    outcome: Outcome | None
    reconciled_by: str | None
    steps: tuple[Transition, ...]

    @property
    def is_open(self) -> bool:
        """True if "Kayıt" may have been clicked and nobody knows what came of it."""
        return self.sent is not None and self.outcome in (None, Outcome.UNCERTAIN) and self.reconciled_by is None

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """Workplace, name, category and start, comparable with `Contract.identity`."""
        return (self.workplace, fold(self.name), fold(self.category), self.start.isoformat() if self.start else "")


@dataclass(frozen=True, slots=True)
class Process:
    """A process that a run started (Node, browser); a process id alone is used again by the system.

    Attributes:
        pid: process id.
        started: its start time in seconds since the epoch, as the system gives it.
        what: for example ``node`` or ``chromium``.
    """

    pid: int
    started: float
    what: str


def room_for(path: Path, size: int) -> bool:
    """Return True if a file system has room.

    Args:
        path: a file or folder on it; it need not exist yet.
        size: bytes wanted.

    Returns:
        True if at least as many bytes are free for this user.
    """
    while not path.exists() and path != path.parent:
        path = path.parent
    return shutil.disk_usage(path).free >= size


def new_run_id(now: datetime | None = None) -> str:
    """Make a run's name: the UTC time and four random letters, so that names sort by time and never meet.

    Args:
        now: the time; not given: now.

    Returns:
        For example ``20210301T093000Z-k3fd``.
    """
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    tail = "".join(secrets.choice(alphabet) for _ in range(4))
    return f"{(now or datetime.now(UTC)).astimezone(UTC):%Y%m%dT%H%M%SZ}-{tail}"


class JournalReader:
    """Reads a journal, also while a run writes it.

    Args:
        path: the journal's file.

    Raises:
        JournalUnusable: there is none, or it is damaged or of a newer version.

    Example:
        >>> with JournalReader(Path("results/journal.sqlite")) as journal:  # doctest: +SKIP
        ...     journal.open_entries()
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._check_file()
        try:
            self._db = self._connect()
        except sqlite3.Error as error:
            raise self._unusable(str(error)) from error
        self._check_version()
        self._check_whole()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._db.close()

    def runs(self, origin: str | None = None) -> list[RunRecord]:
        """Return the runs, oldest first.

        Args:
            origin: only those on this portal; None: all.
        """
        where, values = ("WHERE origin = ?", (origin,)) if origin else ("", ())
        rows = self._all(f"SELECT * FROM runs {where} ORDER BY started, id", values)  # noqa: S608 - no foreign text
        return self._made(self._run, rows)

    def entries(self, run_id: str) -> list[Entry]:
        """Return the contracts of one run.

        Args:
            run_id: the run.
        """
        return self._entries("e.run = ?", (run_id,))

    def open_entries(self, origin: str | None = None) -> list[Entry]:
        """Return the contracts of which nobody knows whether "Kayıt" took effect, oldest first.

        Args:
            origin: only those on this portal; None: all.
        """
        found = self._entries(
            "e.sent IS NOT NULL AND e.reconciled_by IS NULL AND (e.outcome IS NULL OR e.outcome = 'uncertain')", ()
        )
        return [entry for entry in found if origin in (None, entry.origin)]

    def sent_in(self, origin: str, workplace: str) -> list[Entry]:
        """Return the entries of one workplace in which "Kayıt" was about to be clicked, oldest first.

        Args:
            origin: the portal.
            workplace: the SGK number.
        """
        return self._entries("e.sent IS NOT NULL AND e.origin = ? AND e.workplace = ?", (origin, workplace))

    def history(self, wanted: str) -> list[Entry]:
        """Return everything that was done about one contract, oldest first.

        Args:
            wanted: a Görevlendirme ID, or a name as written anywhere.
        """
        return [
            entry
            for entry in self._entries("1", ())
            if fold(entry.name) == fold(wanted)
            or (entry.gorevlendirme_id and id_key(entry.gorevlendirme_id) == id_key(wanted))
        ]

    def meta(self, key: str) -> str | None:
        """Return a value that was kept under a name, for example the digest of the last seal.

        Args:
            key: the name.

        Returns:
            The value, or None.
        """
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row["value"]) if row else None

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=rw", uri=True, timeout=5, isolation_level=None)
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA trusted_schema = OFF")
        return db

    def _check_version(self) -> None:
        try:
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            kind = self._db.execute("PRAGMA application_id").fetchone()[0]
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise self._unusable(str(error)) from error
        if (kind, version) != (_APPLICATION_ID, SCHEMA_VERSION):
            self._db.close()
            raise self._unusable(
                msg(
                    "version {version}, where this release writes {schema_version}",
                    version=version,
                    schema_version=SCHEMA_VERSION,
                )
                if kind == _APPLICATION_ID
                else msg("an SQLite file of some other kind")
            )

    def _check_file(self) -> None:
        try:
            found = self.path.lstat()
        except OSError as error:
            raise JournalUnusable(
                msg("Opening the journal"),
                msg("a journal"),
                msg('no file "{path}"', path=self.path),
                msg("Say where it is."),
            ) from error
        if stat.S_ISLNK(found.st_mode):
            raise self._unusable(msg("a link to another file, which could be exchanged unnoticed"))
        if not stat.S_ISREG(found.st_mode):
            raise self._unusable(msg("no regular file"))
        if not found.st_size:
            raise self._unusable(msg("an empty file: what it held is lost"))

    def _check_whole(self) -> None:
        """Look at every page and index, since a damaged one can hide what was sent."""
        try:
            foreign = self._db.execute(
                "SELECT name FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'"
            ).fetchone()
            if foreign:
                raise sqlite3.DatabaseError(msg("{foreign} is no table of a journal", foreign=foreign[0]))
            faults = [str(row[0]) for row in self._db.execute("PRAGMA integrity_check(3)")]
            broken = self._db.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise self._unusable(f"damaged: {error}") from error
        if faults != ["ok"] or broken:
            self._db.close()
            raise self._unusable(f"damaged: {'; '.join(faults) if faults != ['ok'] else 'rows that belong to none'}")

    def _unusable(self, seen: str) -> JournalUnusable:
        return JournalUnusable(
            msg('Opening the journal "{name}"', name=self.path.name),
            msg("a journal of this release"),
            seen,
            msg(
                "Nothing was started. Move the file aside only if no contract is open in it: it "
                "remembers what was sent."
            ),
        )

    def _all(self, sql: str, values: tuple[Any, ...]) -> list[sqlite3.Row]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._unusable(str(error)) from error

    def _run(self, row: sqlite3.Row) -> RunRecord:
        outcomes = self._all(
            "SELECT outcome, count(*) AS n FROM entries WHERE run = ? AND outcome IS NOT NULL GROUP BY outcome",
            (row["id"],),
        )
        return RunRecord(
            RunInfo(row["id"], row["origin"], row["mode"], row["authority"], row["folder"], row["worklist_digest"]),
            row["host"],
            row["pid"],
            datetime.fromisoformat(row["started"]),
            datetime.fromisoformat(row["ended"]) if row["ended"] else None,
            row["verdict"],
            {str(each["outcome"]): int(each["n"]) for each in outcomes},
        )

    def _entries(self, where: str, values: tuple[Any, ...]) -> list[Entry]:
        return self._made(self._entry, self._all(_ENTRIES.format(where=where), values))

    def _made(self, make: Callable[[sqlite3.Row], _T], rows: list[sqlite3.Row]) -> list[_T]:
        """Return what rows stand for; a value that no journal writes is damage."""
        try:
            return [make(row) for row in rows]
        except (ArithmeticError, TypeError, ValueError) as error:
            raise self._unusable(f"damaged: {error}") from error

    def _entry(self, row: sqlite3.Row) -> Entry:
        number = int(row["id"])
        notes = {
            str(each["field"]): str(each["value"])
            for each in self._all("SELECT field, value FROM personal WHERE entry = ?", (number,))
        }
        steps = self._all("SELECT id, step, at FROM steps WHERE entry = ? ORDER BY id", (number,))
        sent = row["sent"]
        return Entry(
            number,
            row["run"],
            row["origin"],
            row["folder"],
            row["workplace"],
            notes.get("name", ""),
            row["category"],
            date.fromisoformat(row["start"]) if row["start"] else None,
            row["gorevlendirme_id"],
            Tally(row["pending_before"], row["approved_before"]) if sent else None,
            datetime.fromisoformat(sent) if sent else None,
            Outcome(row["outcome"]) if row["outcome"] else None,
            row["reconciled_by"],
            tuple(
                Transition(Step(each["step"]), datetime.fromisoformat(each["at"]), notes.get(f"note {each['id']}", ""))
                for each in steps
            ),
        )


def is_same_contract(entry: Entry, contract: Contract) -> bool:
    """Return True if an entry is about a contract.

    Args:
        entry: an entry of the journal.
        contract: a contract as the portal shows it.

    Returns:
        The answer of the IDs where both are known, else that of the identities.
    """
    if entry.gorevlendirme_id and contract.gorevlendirme_id:
        return id_key(entry.gorevlendirme_id) == id_key(contract.gorevlendirme_id)
    return entry.identity == contract.identity


class JournalKeeper(JournalReader):
    """Writes what belongs to no run at work: the chain of seals, the deletion of personal fields. Holds the lock.

    Args:
        path: the journal's file; made where there is none.
        folder: what another run is told to be written to meanwhile.

    Raises:
        AlreadyRunning: another run holds the journal.
        JournalUnusable: the file is damaged, of a newer version, or not a journal.
        CannotRecord: it cannot be written.
    """

    def __init__(self, path: Path, folder: str = "") -> None:
        holder = {"pid": str(os.getpid()), "host": socket.gethostname(), "since": _now(), "folder": folder}
        self._lock = RunLock(path.with_name(path.name + ".lock"), holder)
        try:
            _create(path)
            super().__init__(path)
            self._make_durable()
        except BaseException:
            self._lock.release()
            raise

    def close(self) -> None:
        """Close the file and let the next run have it; a second call does nothing."""
        super().close()
        self._lock.release()

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value under a name, for example the digest of the last seal.

        Args:
            key: the name.
            value: the value; never a secret.

        Raises:
            CannotRecord: it could not be written.
        """
        with self._write(msg('Keeping "{key}" in the journal', key=key)):
            self._db.execute(
                "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )

    def purge(self, run_id: str) -> int:
        """Delete the personal fields of a run, so that nothing of them is left in the file.

        Args:
            run_id: the run.

        Returns:
            How many contracts lost theirs.

        Raises:
            CannotRecord: it could not be written.
        """
        with self._write(msg("Deleting personal fields from the journal")):
            count = self._db.execute(
                "SELECT count(DISTINCT p.entry) FROM personal p JOIN entries e ON e.id = p.entry WHERE e.run = ?",
                (run_id,),
            ).fetchone()[0]
            self._db.execute("DELETE FROM personal WHERE entry IN (SELECT id FROM entries WHERE run = ?)", (run_id,))
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return int(count)

    def _make_durable(self) -> None:
        # FULL syncs every commit; WAL makes that one sync instead of four. A file system without WAL keeps its own
        # mode; then EXTRA also syncs the folder, without which a rollback journal can come back after a power cut.
        mode = self._db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        self._db.execute(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")
        self._db.execute("PRAGMA fullfsync = ON")
        self._db.execute("PRAGMA secure_delete = ON")
        self._db.execute("PRAGMA foreign_keys = ON")

    @contextmanager
    def _write(self, doing: str) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise _cannot_record(doing, str(error)) from error


class Journal(JournalKeeper):
    """The journal of the run at work; holds the lock until it is closed.

    Args:
        path: the journal's file; made where there is none.
        run: the run that begins.

    Raises:
        AlreadyRunning: another run holds the journal.
        JournalUnusable: the file is damaged, of a newer version, or not a journal.
        CannotRecord: it cannot be written.

    Example:
        >>> with Journal(Path("results/journal.sqlite"), run) as journal:  # doctest: +SKIP
        ...     entry = journal.enter(contract, decision)
        ...     journal.about_to_submit(entry, contract, Tally(1, 0), transition)
    """

    def __init__(self, path: Path, run: RunInfo) -> None:
        super().__init__(path, run.folder)
        self.run = run
        try:
            with self._write(msg("Beginning the run in the journal")):
                self._require_alone()
                self._db.execute(
                    "INSERT INTO runs (id, origin, mode, authority, worklist_digest, folder, host, pid, started) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        run.run_id,
                        run.origin,
                        run.mode,
                        run.authority,
                        run.worklist_digest,
                        run.folder,
                        socket.gethostname(),
                        os.getpid(),
                        _now(),
                    ),
                )
        except BaseException:
            self.close()
            raise

    def _require_alone(self) -> None:
        """Refuse a journal that a run on this machine is at work on, also where its lock file was removed."""
        host = socket.gethostname()
        for row in self._all("SELECT * FROM runs WHERE ended IS NULL AND host = ? AND pid <> ?", (host, os.getpid())):
            other = self._run(row)
            if other.is_at_work:
                raise AlreadyRunning(
                    msg('Opening the journal "{name}"', name=self.path.name),
                    msg("no other run at work on it"),
                    msg(
                        "process {pid} has been at work on run {run_id} since {started}, and writes to {folder}",
                        pid=other.pid,
                        run_id=other.info.run_id,
                        started=other.started,
                        folder=other.info.folder,
                    ),
                    msg(
                        "Wait until that run has ended. Never remove a lock file: a run that was killed holds nothing."
                    ),
                )

    def end_run(self, verdict: str) -> None:
        """Write down how the run ended.

        Args:
            verdict: for example ``pass`` or ``fail: 1 uncertain``; without names of people.
        """
        with self._write(msg("Ending the run in the journal")):
            self._db.execute("UPDATE runs SET ended = ?, verdict = ? WHERE id = ?", (_now(), verdict, self.run.run_id))

    def enter(self, contract: Contract, decision: Decision) -> int:
        """Write down what was decided on a contract.

        Args:
            contract: the contract.
            decision: the decision.

        Returns:
            The entry's number.

        Raises:
            CannotRecord: it could not be written.
        """
        salt = secrets.token_hex(16)
        row = decision.row
        with self._write(msg("Entering a contract in the journal")):
            number = self._db.execute(
                "INSERT INTO entries (run, origin, workplace, category, start, twin, gorevlendirme_id, minutes, "
                "name_digest, verdict, row_number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self.run.run_id,
                    self.run.origin,
                    contract.workplace,
                    contract.category,
                    contract.start.isoformat() if contract.start else None,
                    contract.twin,
                    contract.gorevlendirme_id,
                    contract.minutes,
                    name_digest(salt, contract.name),
                    decision.verdict.value,
                    row.number if row else None,
                ),
            ).lastrowid
            assert number is not None  # noqa: S101 - SQLite gives one for every insertion
            self._keep(number, {"salt": salt, "name": contract.name, "decided_by": row.decided_by if row else ""})
            self._step(number, Transition(Step.DECIDED, _local_now(), str(decision.reason)))
        return number

    def step(self, entry: int, transition: Transition) -> None:
        """Write down a transition.

        Args:
            entry: the entry's number.
            transition: what happened.

        Raises:
            CannotRecord: it could not be written.
        """
        with self._write(msg("Writing a transition into the journal")):
            self._step(entry, transition)

    def about_to_submit(self, entry: int, contract: Contract, before: Tally, transition: Transition) -> None:
        """Write down, synced to the disk and read back, that "Kayıt" is about to be clicked.

        Args:
            entry: the entry's number.
            contract: the contract, with what its form showed.
            before: what the grid shows of this identity now.
            transition: the step `ABOUT_TO_SUBMIT`.

        Raises:
            CannotRecord: it is not certain to be on the disk; nothing may be clicked.
        """
        with self._write(msg('Writing into the journal that "Kayıt" is about to be clicked')):
            self._db.execute(
                "UPDATE entries SET sent = ?, gorevlendirme_id = ?, minutes = ?, pending_before = ?, "
                "approved_before = ? WHERE id = ?",
                (
                    transition.at.astimezone(UTC).isoformat(),
                    contract.gorevlendirme_id,
                    contract.minutes,
                    before.pending,
                    before.approved,
                    entry,
                ),
            )
            self._supersede(entry, contract)
            self._step(entry, transition)
        self._read_back(entry)

    def not_submitted(self, entry: int, contract: Contract) -> None:
        """Take back that "Kayıt" was about to be clicked, because it certainly was not; what was open before is open again.

        Args:
            entry: the entry's number.
            contract: the contract, with what its form showed.

        Raises:
            CannotRecord: it could not be written; the entry stays open and the next run finds out.
        """
        with self._write(msg('Writing into the journal that "Kayıt" was not clicked')):
            for earlier in self._entries("e.reconciled_by = ? AND e.reconciled_as = ?", (self.run.run_id, SENT_AGAIN)):
                if is_same_contract(earlier, contract):
                    self._db.execute(
                        "UPDATE entries SET reconciled_by = NULL, reconciled_as = NULL WHERE id = ?", (earlier.number,)
                    )
            self._db.execute(
                "UPDATE entries SET sent = NULL, pending_before = NULL, approved_before = NULL WHERE id = ?", (entry,)
            )

    def settle(self, entry: int, outcome: Outcome, reason: str, message: str | None, contract: Contract) -> None:
        """Write down what became of a contract.

        Args:
            entry: the entry's number.
            outcome: the outcome.
            reason: why.
            message: the small window's words, or None.
            contract: the contract, with what its form showed.

        Raises:
            CannotRecord: it could not be written; where it was sent, the entry stays open and the next run finds out.
        """
        with self._write(msg("Writing an outcome into the journal")):
            self._db.execute(
                "UPDATE entries SET outcome = ?, gorevlendirme_id = ?, minutes = ? WHERE id = ?",
                (outcome.value, contract.gorevlendirme_id, contract.minutes, entry),
            )
            self._keep(entry, {"reason": reason, "message": message or ""})
            self._step(entry, Transition(Step.SETTLED, _local_now(), outcome.value))

    def reconciled(self, entry: Entry, found: Outcome | None, note: str = "") -> None:
        """Write down what this run found of a contract that an earlier run left open.

        Args:
            entry: the open entry.
            found: what closes it; None: it was looked at and stays open.
            note: what was seen.

        Raises:
            CannotRecord: it could not be written.
        """
        with self._write(msg("Reconciling a contract of an earlier run in the journal")):
            if found:
                self._db.execute(
                    "UPDATE entries SET reconciled_by = ?, reconciled_as = ? WHERE id = ?",
                    (self.run.run_id, found.value, entry.number),
                )
            seen = note or msg("seen by run {run}", run=self.run.run_id)
            self._step(entry.number, Transition(Step.RECONCILED, _local_now(), seen))

    def remember_process(self, process: Process) -> None:
        """Remember a process that this run started, so that the next run can end it if this one is killed.

        Args:
            process: the process.
        """
        with self._write(msg("Remembering a process in the journal")):
            self._db.execute(
                "INSERT OR REPLACE INTO processes (run, host, pid, started, what) VALUES (?, ?, ?, ?, ?)",
                (self.run.run_id, socket.gethostname(), process.pid, process.started, process.what),
            )

    def forget_process(self, process: Process) -> None:
        """Forget a process that has ended.

        Args:
            process: the process.
        """
        with self._write(msg("Forgetting a process in the journal")):
            self._db.execute(
                "DELETE FROM processes WHERE host = ? AND pid = ? AND started = ?",
                (socket.gethostname(), process.pid, process.started),
            )

    def left_processes(self) -> list[Process]:
        """Return the processes that earlier runs on this machine started and did not end."""
        rows = self._all(
            "SELECT pid, started, what FROM processes WHERE host = ? AND run <> ? ORDER BY started",
            (socket.gethostname(), self.run.run_id),
        )
        return [Process(row["pid"], row["started"], row["what"]) for row in rows]

    def _step(self, entry: int, transition: Transition) -> None:
        number = self._db.execute(
            "INSERT INTO steps (entry, step, at) VALUES (?, ?, ?)",
            (entry, transition.step.value, transition.at.isoformat()),
        ).lastrowid
        if transition.note:
            self._keep(entry, {f"note {number}": transition.note})

    def _keep(self, entry: int, fields: Mapping[str, str]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO personal (entry, field, value) VALUES (?, ?, ?)",
            [(entry, field, value) for field, value in fields.items() if value],
        )

    def _supersede(self, entry: int, contract: Contract) -> None:
        # Only by the ID: of two twins without one, nobody knows which of them is sent again.
        for earlier in self.open_entries(self.run.origin):
            known = earlier.gorevlendirme_id and contract.gorevlendirme_id
            if known and earlier.workplace == contract.workplace and is_same_contract(earlier, contract):
                self._db.execute(
                    "UPDATE entries SET reconciled_by = ?, reconciled_as = ? WHERE id = ? AND id <> ?",
                    (self.run.run_id, SENT_AGAIN, earlier.number, entry),
                )

    def _read_back(self, entry: int) -> None:
        # By another connection, which sees only what was committed to the file.
        try:
            with closing(self._connect()) as db:
                row = db.execute("SELECT sent FROM entries WHERE id = ?", (entry,)).fetchone()
        except sqlite3.Error as error:
            raise _cannot_record(msg("Reading back the journal"), str(error)) from error
        if row is None or row["sent"] is None:
            raise _cannot_record(msg("Reading back the journal"), msg("the entry is not in the file"))


def name_digest(salt: str, name: str) -> str:
    """Return the digest that stays when a name is deleted.

    Args:
        salt: random and kept beside the name; without it (it is deleted with the name) the digest says nothing.
        name: the name.

    Returns:
        HMAC-SHA-256, hexadecimal.
    """
    return hmac.new(bytes.fromhex(salt), fold(name).encode(), hashlib.sha256).hexdigest()


def _create(path: Path) -> None:
    """Make an empty journal under another name first: a file of 0 bytes under its own name is always a loss."""
    if os.path.lexists(path):
        return
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as db:
            db.executescript(
                f"BEGIN; {_SCHEMA} PRAGMA application_id = {_APPLICATION_ID}; "
                f"PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )
        if os.name == "posix":
            unfinished.chmod(0o600)
        unfinished.replace(path)
        sync_folder(path.parent)
    except (sqlite3.Error, OSError) as error:
        raise _cannot_record(msg("Making the journal"), str(error)) from error


def _is_at_work(pid: int, since: datetime) -> bool:
    """True if the process that began a run is still the one with this number."""
    try:
        process = psutil.Process(pid)
        # A number that was given to another process since then belongs to one that started later.
        return process.status() != psutil.STATUS_ZOMBIE and process.create_time() <= since.timestamp() + 1
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True


def _cannot_record(doing: str, seen: str) -> CannotRecord:
    return CannotRecord(
        doing,
        msg("it on the disk"),
        seen,
        msg("Nothing is clicked that cannot be recorded: make room on the disk and run again."),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _local_now() -> datetime:
    return datetime.now().astimezone()
