"""The file of the journal: its tables and its version, and the errors where it cannot be used."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from Katip.disk import replaced
from Katip.errors import CannotRecord
from Katip.messages import msg
from Katip.system_words import system_words

SCHEMA_VERSION = 1
APPLICATION_ID = 0x4B545001  # "KTP" and a 1: distinguishes a journal from any other SQLite file

SCHEMA = """
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


def create(path: Path) -> None:
    """Make an empty journal under another name first: a file of 0 bytes under its own name is always a loss."""
    if os.path.lexists(path):
        return
    try:
        with replaced(path, 0o600) as unfinished, closing(sqlite3.connect(unfinished, isolation_level=None)) as db:
            db.executescript(
                f"BEGIN; {SCHEMA} PRAGMA application_id = {APPLICATION_ID}; "
                f"PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )
    except (sqlite3.Error, OSError) as error:
        raise cannot_record(msg("Making the journal"), system_words(error)) from error


def cannot_record(doing: str, seen: str) -> CannotRecord:
    """Return the error of a journal that cannot be written."""
    return CannotRecord(
        doing,
        msg("it on the disk"),
        seen,
        msg("Nothing is clicked that cannot be recorded: make room on the disk and run again."),
    )
