"""The journal: what was about to be done, written and synced before it is done, so that no run's end can hide it.

One SQLite file for all runs, its entries keyed by the portal's origin. Personal fields (names, words of the portal, free text)
are in a table of their own, so that they can be deleted on schedule while the rest stays and still verifies.
"""

from __future__ import annotations

import os
import secrets
import socket
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from Katip.approvals.approval_result import Result
from Katip.approvals.decisions import Decision
from Katip.approvals.journal_file import cannot_record
from Katip.approvals.journal_keeper import JournalKeeper
from Katip.approvals.journal_records import (
    SENT_AGAIN,
    ApprovalStep,
    JournalEntry,
    JournalRun,
    Process,
    Tally,
    Transition,
    is_same_contract,
    name_digest,
    utc_now,
)
from Katip.errors import AlreadyRunning
from Katip.messages import msg
from Katip.model import Contract, Outcome
from Katip.system_words import system_words


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

    def __init__(self, path: Path, run: JournalRun) -> None:
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
                        utc_now(),
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
            self._db.execute(
                "UPDATE runs SET ended = ?, verdict = ? WHERE id = ?", (utc_now(), verdict, self.run.run_id)
            )

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
            self._step(number, Transition(ApprovalStep.DECIDED, _local_now(), str(decision.reason)))
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
        """Undo `about_to_submit`, because "Kayıt" was certainly not clicked; entries that it closed are open again.

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

    def settle(self, entry: int, result: Result) -> None:
        """Write down what became of a contract.

        Args:
            entry: the entry's number.
            result: its outcome.

        Raises:
            CannotRecord: it could not be written; where it was sent, the entry stays open and the next run finds out.
        """
        with self._write(msg("Writing an outcome into the journal")):
            self._db.execute(
                "UPDATE entries SET outcome = ?, gorevlendirme_id = ?, minutes = ? WHERE id = ?",
                (result.outcome.value, result.gorevlendirme_id, result.minutes, entry),
            )
            self._keep(entry, {"reason": str(result.reason), "message": result.message or ""})
            self._step(entry, Transition(ApprovalStep.SETTLED, _local_now(), result.outcome.value))

    def reconciled(self, entry: JournalEntry, found: Outcome | None, note: str = "") -> None:
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
            self._step(entry.number, Transition(ApprovalStep.RECONCILED, _local_now(), seen))

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
        # Only by the ID: of two duplicate rows without an ID it is unknown which one is sent again.
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
            raise cannot_record(msg("Reading back the journal"), system_words(error)) from error
        if row is None or row["sent"] is None:
            raise cannot_record(msg("Reading back the journal"), msg("the entry is not in the file"))


def _local_now() -> datetime:
    return datetime.now().astimezone()
