"""Files that are whole on the disk when a function returns, and file locks that harm nothing they find."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Final

from Katip.errors import CannotRecord
from Katip.messages import Message, msg
from Katip.system_words import system_words

_IS_WINDOWS: Final = os.name == "nt"
# Windows: access denied, sharing and lock violations, as while a virus scanner or an indexer reads a new file.
# https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
_HELD_BY_ANOTHER: Final = (5, 32, 33)
_HELD_SECONDS: Final = 2.0
_POLL_SECONDS: Final = 0.05


@contextmanager
def replaced(path: Path, mode: int = 0o644, *, keep_existing: bool = False) -> Iterator[Path]:
    """Replace a file in one step: everything that this library writes whole is written here.

    The new file is written under another name, synced, and given its name only then; the folder is synced last. Where the block
    raises an error, nothing is replaced and nothing is left over.

    Args:
        path: the file; folders above it are made.
        mode: its permissions.
        keep_existing: True if a file that is there already is left as it is, also one that came meanwhile.

    Yields:
        An empty file beside it, for its owner only, to be written to and closed.

    Raises:
        OSError: if the disk is full, the folder cannot be written to, or the like.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        sync_file(temporary)
        temporary.chmod(mode)
        with suppress(FileExistsError) if keep_existing else nullcontext():
            _give_name(temporary, path, keep_existing)
        sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _give_name(temporary: Path, path: Path, keep_existing: bool) -> None:
    """Rename a file; on Windows another program may hold the new or the old file for a moment.

    Raises:
        FileExistsError: if a file that is to be kept is there.
        PermissionError: if the other program does not let go.
    """
    # On Windows a rename replaces nothing, and every file system there has it; hard links only some have.
    keeping = os.rename if _IS_WINDOWS else os.link
    until = monotonic() + _HELD_SECONDS
    while True:
        try:
            if keep_existing:
                keeping(temporary, path)
            else:
                temporary.replace(path)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_ANOTHER or monotonic() > until:
                raise
            Event().wait(_POLL_SECONDS)  # the other program tells nobody when it lets go
        else:
            return


def write_synced(path: Path, data: bytes) -> None:
    """Write a file so that after a power cut it is there whole, or as it was before.

    Args:
        path: where to; folders above it are made.
        data: its bytes.

    Raises:
        CannotRecord: if the disk is full, the folder cannot be written to, or the like.
    """
    try:
        with replaced(path) as temporary:
            temporary.write_bytes(data)
    except OSError as error:
        raise CannotRecord(
            msg("Writing {name}", name=path.name),
            msg("a folder with free space that may be written to"),
            Message("{words} ({folder})", {"words": system_words(error), "folder": path.parent}),
            msg("Make space or choose another output folder; nothing is approved that cannot be recorded."),
        ) from error


def sync_file(path: Path) -> None:
    """Write to the disk what was written to a file.

    Args:
        path: an existing file.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Write a folder's own entries to the disk, where the operating system has a way to do that.

    Args:
        folder: an existing folder.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def require_writable(folder: Path) -> None:
    """Write, sync and delete a small file, to be certain that records can be written here now.

    Args:
        folder: an existing folder.

    Raises:
        CannotRecord: if it is gone, read-only or full.
    """
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
        try:
            os.write(handle, b"\0" * 4096)
            os.fsync(handle)
        finally:
            os.close(handle)
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise _not_writable(folder, error) from error


def make_writable(folder: Path) -> None:
    """Make a folder where there is none, and be certain that records can be written there now.

    Args:
        folder: the folder; folders above it are made.

    Raises:
        CannotRecord: if it cannot be made, or is read-only or full.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(folder, error) from error
    require_writable(folder)


def _not_writable(folder: Path, error: OSError) -> CannotRecord:
    return CannotRecord(
        msg("Checking that records can be written"),
        msg("a folder {folder} with free space that may be written to", folder=folder),
        system_words(error),
        msg(
            "Nothing is clicked that cannot be recorded: make space, or choose another output folder (`-d FOLDER`; with katip after `--`)."
        ),
    )


def _made(seen: os.stat_result) -> int | None:
    """Return when a file was made, where the operating system says: Windows and macOS."""
    return getattr(seen, "st_birthtime_ns", None) or getattr(seen, "st_birthtime", None)


class HeldFolder:
    """A folder that has to stay the same one: one that vanished would be made again, without what was in it.

    Args:
        path: an existing folder.

    Example:
        >>> folder = HeldFolder(Path("results/run1"))  # doctest: +SKIP
        >>> folder.require()  # doctest: +SKIP
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._was = path.stat()
        if os.name != "nt":
            # A file system reuses the inode number of a removed folder, but not while the folder is open.
            weakref.finalize(self, os.close, os.open(path, os.O_RDONLY | os.O_CLOEXEC))

    def require(self) -> None:
        """Check that it still exists, is the same folder, and can be written to.

        Raises:
            CannotRecord: if not.
        """
        try:
            now = self.path.stat()
            same = os.path.samestat(self._was, now) and _made(self._was) == _made(now)
        except OSError:
            same = False
        if not same:
            raise CannotRecord(
                msg("Checking that records can be written"),
                msg("the folder {path} that the run began with", path=self.path),
                msg("it was removed or replaced while the run was at work"),
                msg("Nothing more is clicked. What was approved before is in the journal: katip journal open"),
            )
        require_writable(self.path)
