"""Take care of a journal while no run is at work: check it, keep facts, delete names."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from Katip.approvals.journal_file import cannot_record, create
from Katip.approvals.journal_reader import JournalReader
from Katip.approvals.journal_records import utc_now
from Katip.approvals.lock import RunLock
from Katip.messages import msg
from Katip.system_words import system_words


class JournalKeeper(JournalReader):
    """Writes what belongs to no run at work, and deletes personal fields. Holds the lock until it is closed.

    Args:
        path: the journal's file; made where there is none.
        folder: the output folder named to another run that finds the journal locked.

    Raises:
        AlreadyRunning: another run holds the journal.
        JournalUnusable: the file is damaged, of a newer version, or not a journal.
        CannotRecord: it cannot be written.
    """

    def __init__(self, path: Path, folder: str = "") -> None:
        holder = {"pid": str(os.getpid()), "host": socket.gethostname(), "since": utc_now(), "folder": folder}
        self._lock = RunLock(path.with_name(path.name + ".lock"), holder)
        try:
            create(path)
            super().__init__(path)
            self._make_durable()
        except BaseException:
            self._lock.release()
            raise

    def close(self) -> None:
        """Close the file and let the next run have it; a second call does nothing."""
        super().close()
        self._lock.release()

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
            raise cannot_record(doing, system_words(error)) from error
