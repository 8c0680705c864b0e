"""Read the journal, without its lock."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from Katip.approvals.journal_file import APPLICATION_ID, SCHEMA_VERSION
from Katip.approvals.journal_records import ApprovalStep, JournalEntry, JournalRun, RunRecord, Tally, Transition
from Katip.errors import JournalUnusable
from Katip.messages import msg
from Katip.model import Outcome, id_key
from Katip.system_words import system_words
from Katip.turkish import fold

_T = TypeVar("_T")


_ENTRIES = "SELECT e.*, r.folder FROM entries e JOIN runs r ON r.id = e.run WHERE {where} ORDER BY e.id"


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
            raise self._unusable(system_words(error)) from error
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

    def entries(self, run_id: str) -> list[JournalEntry]:
        """Return the contracts of one run.

        Args:
            run_id: the run.
        """
        return self._entries("e.run = ?", (run_id,))

    def open_entries(self, origin: str | None = None) -> list[JournalEntry]:
        """Return the contracts for which it is unknown whether "Kayıt" took effect, oldest first.

        Args:
            origin: only those on this portal; None: all.
        """
        found = self._entries(
            "e.sent IS NOT NULL AND e.reconciled_by IS NULL AND (e.outcome IS NULL OR e.outcome = 'uncertain')", ()
        )
        return [entry for entry in found if origin in (None, entry.origin)]

    def sent_in(self, origin: str, workplace: str) -> list[JournalEntry]:
        """Return the entries of one workplace in which "Kayıt" was about to be clicked, oldest first.

        Args:
            origin: the portal.
            workplace: the SGK number.
        """
        return self._entries("e.sent IS NOT NULL AND e.origin = ? AND e.workplace = ?", (origin, workplace))

    def history(self, wanted: str) -> list[JournalEntry]:
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
            raise self._unusable(system_words(error)) from error
        if (kind, version) != (APPLICATION_ID, SCHEMA_VERSION):
            self._db.close()
            raise self._unusable(
                msg(
                    "version {version}, where this release writes {schema_version}",
                    version=version,
                    schema_version=SCHEMA_VERSION,
                )
                if kind == APPLICATION_ID
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
                msg(
                    "Name it: katip journal --file FILE runs. The journal of a run on the practice portal is in the run's folder."
                ),
            ) from error
        if stat.S_ISLNK(found.st_mode):
            raise self._unusable(msg("a link to another file, which could be exchanged unnoticed"))
        if not stat.S_ISREG(found.st_mode):
            raise self._unusable(msg("no regular file"))
        if not found.st_size:
            raise self._unusable(msg("an empty file: what it held is lost"))

    def _check_whole(self) -> None:
        """Check every page and index: a damaged one can hide an entry that was sent."""
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
            raise self._unusable(msg("damaged: {words}", words=error)) from error
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
            raise self._unusable(system_words(error)) from error

    def _run(self, row: sqlite3.Row) -> RunRecord:
        outcomes = self._all(
            "SELECT outcome, count(*) AS n FROM entries WHERE run = ? AND outcome IS NOT NULL GROUP BY outcome",
            (row["id"],),
        )
        return RunRecord(
            JournalRun(row["id"], row["origin"], row["mode"], row["authority"], row["folder"], row["worklist_digest"]),
            row["host"],
            row["pid"],
            datetime.fromisoformat(row["started"]),
            datetime.fromisoformat(row["ended"]) if row["ended"] else None,
            row["verdict"],
            {str(each["outcome"]): int(each["n"]) for each in outcomes},
        )

    def _entries(self, where: str, values: tuple[Any, ...]) -> list[JournalEntry]:
        return self._made(self._entry, self._all(_ENTRIES.format(where=where), values))

    def _made(self, make: Callable[[sqlite3.Row], _T], rows: list[sqlite3.Row]) -> list[_T]:
        """Return what rows represent; a value that no journal writes is damage."""
        try:
            return [make(row) for row in rows]
        except (ArithmeticError, TypeError, ValueError) as error:
            raise self._unusable(msg("damaged: {words}", words=error)) from error

    def _entry(self, row: sqlite3.Row) -> JournalEntry:
        number = int(row["id"])
        notes = {
            str(each["field"]): str(each["value"])
            for each in self._all("SELECT field, value FROM personal WHERE entry = ?", (number,))
        }
        steps = self._all("SELECT id, step, at FROM steps WHERE entry = ? ORDER BY id", (number,))
        sent = row["sent"]
        return JournalEntry(
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
                Transition(
                    ApprovalStep(each["step"]), datetime.fromisoformat(each["at"]), notes.get(f"note {each['id']}", "")
                )
                for each in steps
            ),
        )
