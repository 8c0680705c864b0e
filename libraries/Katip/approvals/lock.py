"""The operating system's lock beside the journal: one run at a time, and none left behind by a run that was killed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import IO

from Katip.errors import AlreadyRunning

if sys.platform == "win32":
    import msvcrt

    # Windows forbids others to read what is locked: a byte far behind the text is locked instead.
    _LOCKED_BYTE = 1 << 30

    def _lock(file: IO[str]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: IO[str]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


class RunLock:
    """Holds a file for as long as this process lives or until it is released.

    Args:
        path: the lock's file; it stays when the lock is released, for removing it would let two runs hold two files
            of one name.
        holder: what the next run is told about this one: `pid`, `host`, `since`, `folder`.

    Raises:
        AlreadyRunning: another process (or this one, a second time) holds it.
    """

    def __init__(self, path: Path, holder: dict[str, str]) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
        try:
            _lock(self._file)
        except OSError as error:
            seen = _described(self._file)
            self._file.close()
            raise AlreadyRunning(
                f'Opening the journal beside "{path.name}"',
                "no other run at work on it",
                f"it is held by {seen}",
                "Wait until that run has ended; a run that was killed holds nothing.",
            ) from error
        self._write(json.dumps(holder, ensure_ascii=False))

    def release(self) -> None:
        """Let the next run have it; a second call does nothing."""
        if not self._file.closed:
            self._write("")
            _unlock(self._file)
            self._file.close()

    def _write(self, text: str) -> None:
        # Who holds the lock is only a courtesy to the next run: a full disk must not stop this one here.
        try:
            self._file.seek(0)
            self._file.truncate()
            self._file.write(text)
            self._file.flush()
        except OSError:
            return


def _described(file: IO[str]) -> str:
    try:
        file.seek(0)
        holder = json.loads(file.read(4096))
        return (
            f"process {holder['pid']} on {holder['host']} since {holder['since']}, which writes to {holder['folder']}"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return "a process that left no name"
