"""The operating system's lock on a file: released by the system when the process ends, however it ends.

The file is opened without following links and nothing that is there is changed, except for the note of an earlier
holder. https://docs.python.org/3/library/os.html#os.open (O_NOFOLLOW); Windows has no such flag, so there the opened
file is compared with the name.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from Katip.errors import AlreadyRunning, CannotRecord
from Katip.messages import msg
from Katip.system_words import system_words

_NOTE_KEYS = {"pid", "host", "since", "folder"}
_LONGEST_NOTE = 4096
_POLL_SECONDS = 0.05
#: Set when this process releases a lock; another process notifies nobody, so that one is looked for every now and then.
_RELEASED = threading.Event()
_FLAGS = (
    os.O_RDWR
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOINHERIT", 0)
    | getattr(os, "O_BINARY", 0)
)

if sys.platform == "win32":
    import msvcrt

    # Windows forbids others to read what is locked: a byte far behind the text is locked instead.
    _LOCKED_BYTE = 1 << 30

    def _lock(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _unlock(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


class RunLock:
    """Holds a file while this process lives or until it is released.

    Args:
        path: the lock's file; it stays when the lock is released, for removing it would let two runs hold two files
            of one name.
        holder: what the next run reads about this one: `pid`, `host`, `since`, `folder`; empty: nothing is written.
        seconds: how long to wait for another holder.

    Raises:
        AlreadyRunning: another process (or this one, a second time) holds it.
        CannotRecord: the file is a link or no regular file, or cannot be opened or locked.
    """

    def __init__(self, path: Path, holder: Mapping[str, str], seconds: float = 0) -> None:
        self.path = path
        self._noted = False
        deadline = time.monotonic() + seconds
        while (handle := self._try()) is None:
            if time.monotonic() >= deadline:
                raise AlreadyRunning(
                    msg('Locking "{name}"', name=path.name),
                    msg("no other run at work here"),
                    msg("it is held by {described}", described=self._described()),
                    msg("Wait until that run has ended; a run that was killed holds nothing."),
                )
            _RELEASED.wait(_POLL_SECONDS)
        self._handle: int | None = handle
        if holder and _note_of(handle) is not None:
            self._noted = True
            self._write(json.dumps(dict(holder), ensure_ascii=False))

    def release(self) -> None:
        """Release the lock; a second call does nothing."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        if self._noted:
            _overwrite(handle, "")
        _unlock(handle)
        os.close(handle)
        _RELEASED.set()
        _RELEASED.clear()

    def _try(self) -> int | None:
        """Open and lock the file; None if somebody else holds it."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, _FLAGS, 0o600)
        except OSError as error:
            raise self._unusable(system_words(error)) from error
        try:
            if not self._is_named(handle):
                raise self._unusable(msg("a link, or no regular file"))
            _lock(handle)
            if self._is_named(handle):
                return handle
        except OSError as error:
            os.close(handle)
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
                return None
            raise self._unusable(system_words(error)) from error
        except BaseException:
            os.close(handle)
            raise
        # Somebody removed or replaced the file between opening and locking it: that name is another file now.
        os.close(handle)
        return None

    def _is_named(self, handle: int) -> bool:
        """True if the open file is a regular one and the same one that the path leads to now."""
        opened = os.fstat(handle)
        try:
            named = os.lstat(self.path)
        except FileNotFoundError:
            return False
        return stat.S_ISREG(named.st_mode) and os.path.samestat(opened, named)

    def _unusable(self, seen: str) -> CannotRecord:
        return CannotRecord(
            msg('Locking "{path}"', path=self.path),
            msg("a file of its own that can be locked"),
            seen,
            msg(
                "Look who put it there, remove it, and start again; nothing was started and nothing in it was changed."
            ),
        )

    def _described(self) -> str:
        try:
            handle = os.open(self.path, (_FLAGS & ~os.O_CREAT & ~os.O_RDWR) | os.O_RDONLY)
        except OSError:
            return msg("a process that left no name")
        try:
            note = _note_of(handle)
        finally:
            os.close(handle)
        if not note:
            return msg("a process that left no name")
        return msg(
            "process {pid} on {host} since {since}, which writes to {folder}",
            pid=note["pid"],
            host=note["host"],
            since=note["since"],
            folder=note["folder"],
        )

    def _write(self, text: str) -> None:
        if self._handle is not None:
            _overwrite(self._handle, text)


def _note_of(handle: int) -> dict[str, str] | None:
    """Return an earlier holder's note, empty for an empty file; None for anything else, which is never written over."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        data = os.read(handle, _LONGEST_NOTE + 1)
        if not data:
            return {}
        note = json.loads(data)
    except (OSError, ValueError, RecursionError):
        return None
    if (
        not isinstance(note, dict)
        or set(note) != _NOTE_KEYS
        or not all(isinstance(text, str) for text in note.values())
    ):
        return None
    return note


def _overwrite(handle: int, text: str) -> None:
    # Who holds the lock is only a courtesy to the next run: a full disk must not stop this one here.
    try:
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, text.encode())
    except OSError:
        return
