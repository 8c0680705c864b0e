"""A run as an auditor gets it: a folder, or the package of one.

Whoever made it may want the auditor's machine to open something else, or to read for ever: only regular files inside
the folder are opened, no link is followed, and every size and count has a limit.
"""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from Katip.errors import EvidenceError
from Katip.evidence import layout
from Katip.evidence.files import digest_of
from Katip.messages import msg
from Katip.system_words import system_words

#: A run of 1000 contracts with four pictures each has 8000 files and some gigabytes; ten times that is no run of ours.
MOST_FILES: Final = 100_000
MOST_BYTES: Final = 8 << 30
#: What is read into memory as a whole: JSON, lists of digests, pictures, worklists. The longest is approvals.json.
MOST_BYTES_READ: Final = 32 << 20
_MOST_DIRECTORY_BYTES: Final = 32 << 20
_DEEPEST: Final = 32

#: Everything that opening and reading a file of a run can raise, on purpose or because it is damaged.
UNREADABLE: Final = (OSError, KeyError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error)

_LINK_TAGS: Final = {
    getattr(stat, "IO_REPARSE_TAG_SYMLINK", 0xA000000C),
    getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0xA0000003),
}
_OPEN_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOINHERIT", 0)
    | getattr(os, "O_BINARY", 0)
)


class RunSource(ABC):
    """The files of one run, by their paths with ``/``.

    Args:
        path: the folder or package.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @abstractmethod
    def names(self) -> list[str]:
        """Return the paths of all files, sorted."""

    @abstractmethod
    def open(self, name: str) -> IO[bytes]:
        """Open a file to read it; KeyError or OSError if that does not work."""

    @abstractmethod
    def size(self, name: str) -> int:
        """Return a file's length in bytes."""

    def duplicates(self) -> list[str]:
        """Return the paths that stand more than once."""
        return []

    @abstractmethod
    def close(self) -> None:
        """Close the open files."""

    def has(self, name: str) -> bool:
        """Return True if a file is there."""
        return name in set(self.names())

    def read(self, name: str) -> bytes:
        """Return a file's bytes; OSError where there are too many."""
        with self.open(name) as stream:
            data = stream.read(MOST_BYTES_READ + 1)
        if len(data) > MOST_BYTES_READ:
            raise OSError(
                msg("{name} has more than {most_bytes_read} MiB", name=name, most_bytes_read=MOST_BYTES_READ >> 20)
            )
        return data

    def digest(self, name: str) -> str:
        """Return a file's SHA-256."""
        with self.open(name) as stream:
            return digest_of(stream)

    def json(self, name: str) -> Any:
        """Return what a JSON file holds; None if there is no such file or it is no JSON."""
        try:
            return json.loads(self.read(name))
        except UNREADABLE:
            return None


class FolderSource(RunSource):
    """A run's folder. A symbolic link is not followed: what it points to is not part of the run."""

    def names(self) -> list[str]:
        """Return the paths of all files, sorted; links and whatever else is no folder count as files."""
        found: list[str] = []
        size = 0
        waiting = [("", 0)]
        while waiting:
            base, depth = waiting.pop()
            with os.scandir(self.path / base) as entries:
                for entry in entries:
                    name = f"{base}{entry.name}"
                    seen = entry.stat(follow_symlinks=False)
                    if stat.S_ISDIR(seen.st_mode) and not _is_link(seen):
                        waiting.append((f"{name}/", depth + 1))
                        _require(
                            depth < _DEEPEST,
                            self.path,
                            msg("folders in folders, more than {deepest} deep", deepest=_DEEPEST),
                        )
                    else:
                        found.append(name)
                        size += seen.st_size
                    _require(
                        len(found) + len(waiting) <= MOST_FILES,
                        self.path,
                        msg("more than {most_files} files", most_files=MOST_FILES),
                    )
            _require(size <= MOST_BYTES, self.path, msg("more than {most_bytes} GiB", most_bytes=MOST_BYTES >> 30))
        return sorted(found)

    def open(self, name: str) -> IO[bytes]:
        """Open a file to read it."""
        handle = os.open(self._found(name), _OPEN_FLAGS)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise OSError(msg("{name} is no regular file", name=name))
        return os.fdopen(handle, "rb")

    def has(self, name: str) -> bool:
        """Return True if a file is there."""
        try:
            self._found(name)
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Do nothing: a folder is not open."""

    def size(self, name: str) -> int:
        """Return a file's length in bytes."""
        return self._found(name).lstat().st_size

    def _found(self, name: str) -> Path:
        """Return where a file is; OSError unless it is a regular one that no link leads to."""
        if not is_safe(name):
            raise OSError(msg("{name} leads out of the folder", name=name))
        path = self.path
        *folders, last = PurePosixPath(name).parts
        for folder in folders:
            path = path / folder
            seen = path.lstat()
            if _is_link(seen) or not stat.S_ISDIR(seen.st_mode):
                raise OSError(msg("{name} is reached through a link", name=name))
        seen = (path / last).lstat()
        if _is_link(seen) or not stat.S_ISREG(seen.st_mode):
            raise OSError(msg("{name} is no regular file", name=name))
        return path / last


def _is_link(seen: os.stat_result) -> bool:
    """True for symbolic links and for the junctions of Windows, which lstat shows as folders."""
    return stat.S_ISLNK(seen.st_mode) or getattr(seen, "st_reparse_tag", 0) in _LINK_TAGS


def _require(holds: bool, path: Path, seen: str) -> None:
    if not holds:
        raise EvidenceError(
            msg("Opening a run"), msg("no more than a run has"), msg("{seen} in {path}", seen=seen, path=path)
        )


class SealedFiles(RunSource):
    """A run reduced to what its seal lists, and the seal: nothing else in the folder says anything about the run.

    Args:
        run: the run.
        listed: the paths in its list of digests.
    """

    def __init__(self, run: RunSource, listed: Collection[str]) -> None:
        super().__init__(run.path)
        self._run = run
        self._listed = frozenset(listed)

    def names(self) -> list[str]:
        """Return the paths of all files that the seal lists and that are there, sorted, and those of the seal."""
        return [name for name in self._run.names() if self._is_listed(name)]

    def open(self, name: str) -> IO[bytes]:
        """Open a file to read it."""
        self._check(name)
        return self._run.open(name)

    def size(self, name: str) -> int:
        """Return a file's length in bytes."""
        self._check(name)
        return self._run.size(name)

    def has(self, name: str) -> bool:
        """Return True if a file is there."""
        return self._is_listed(name) and self._run.has(name)

    def close(self) -> None:
        """Do nothing: the run is closed by who opened it."""

    def _is_listed(self, name: str) -> bool:
        return name in self._listed or name in layout.SEAL_FILES or layout.is_purge_record(name)

    def _check(self, name: str) -> None:
        if not self._is_listed(name):
            raise KeyError(msg("{name} is not listed in the seal", name=name))


class _DirectoryReader(io.FileIO):
    """A package whose directory has a limit: the ZIP library reads the whole of it at once."""

    def read(self, size: int = -1) -> bytes:  # type: ignore[override]
        """Read, unless it is more than any directory of ours."""
        left = os.fstat(self.fileno()).st_size - self.tell()
        if (left if size is None or size < 0 else min(size, left)) > _MOST_DIRECTORY_BYTES:
            raise zipfile.BadZipFile(msg("its directory is larger than that of any run"))
        return super().read(size)


def _require_as_packed(members: Collection[zipfile.ZipInfo], path: Path) -> None:
    """Require that no file of a package is compressed: other programs compress, and a bomb has to.

    Raises:
        EvidenceError: one is.
    """
    if any(info.compress_type != zipfile.ZIP_STORED for info in members):
        raise EvidenceError(
            msg("Opening the package"),
            msg("a package as the run left it, without compression"),
            msg("{name} was packed again by another program", name=path.name),
            msg("Give the package itself; or unpack this one and verify the folder."),
        )


class PackageSource(RunSource):
    """A run's package: one folder, named after the run, in a ZIP.

    Args:
        path: the ZIP.

    Raises:
        EvidenceError: if it is none.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            self._file = _DirectoryReader(path)
            try:
                self._archive = zipfile.ZipFile(self._file)
            except BaseException:
                self._file.close()
                raise
        except UNREADABLE as error:
            raise EvidenceError(msg("Opening the package"), msg("a readable ZIP"), system_words(error)) from error
        members = [info for info in self._archive.infolist() if not info.is_dir()]
        self.root = members[0].filename.split("/")[0] if members else ""
        self._counts = Counter(self._short(info.filename) for info in members)
        self._infos = {self._short(info.filename): info for info in members}
        try:
            _require(len(members) <= MOST_FILES, path, msg("more than {most_files} files", most_files=MOST_FILES))
            _require(
                sum(info.file_size for info in members) <= MOST_BYTES,
                path,
                msg("more than {most_bytes} GiB", most_bytes=MOST_BYTES >> 30),
            )
            _require_as_packed(members, path)
        except EvidenceError:
            self.close()
            raise

    def _short(self, name: str) -> str:
        return name.removeprefix(self.root + "/")

    def names(self) -> list[str]:
        """Return the paths of all files, sorted."""
        return sorted(self._infos)

    def duplicates(self) -> list[str]:
        """Return the paths that stand more than once."""
        return sorted(name for name, count in self._counts.items() if count > 1)

    def open(self, name: str) -> IO[bytes]:
        """Open a file to read it."""
        return self._archive.open(self._infos[name])

    def size(self, name: str) -> int:
        """Return a file's length in bytes."""
        return self._infos[name].file_size

    def close(self) -> None:
        """Close the package."""
        self._archive.close()
        self._file.close()


def unpacked_run(path: Path) -> Path:
    """Return the folder of a run, looking into the outer one that "Extract all" makes around a package's only folder.

    Args:
        path: a folder.

    Returns:
        Its only folder where that carries a seal and nothing but the system's own files is beside it; else `path`.
    """
    if os.path.lexists(path / layout.SEAL) or os.path.lexists(path / layout.SUMS):
        return path
    inner: list[Path] = []
    with os.scandir(path) as entries:
        for entry in entries:
            if layout.is_system_file(entry.name):
                continue
            inner.append(path / entry.name)
            if len(inner) > 1 or not entry.is_dir(follow_symlinks=False):
                return path
    return inner[0] if inner and os.path.lexists(inner[0] / layout.SEAL) else path


@contextmanager
def open_run(path: Path) -> Iterator[RunSource]:
    """Open a run's folder or package.

    Args:
        path: either.

    Yields:
        Its files.

    Raises:
        EvidenceError: if it is neither.

    Example:
        >>> with open_run(Path("results/run1")) as run:  # doctest: +SKIP
        ...     run.json("approvals.json")["contracts"]
    """
    if path.is_dir():
        source: RunSource = FolderSource(unpacked_run(path))
    elif path.is_file():
        source = PackageSource(path)
    else:
        raise EvidenceError(
            msg("Opening a run"), msg("the folder or the package of a run"), msg("nothing at {path}", path=path)
        )
    try:
        yield source
    finally:
        source.close()


def is_safe(name: str) -> bool:
    """Return True if a path stays inside the run it is part of.

    Args:
        name: a path with ``/``.

    Returns:
        False for absolute paths and for any with ``..``, a backslash or a drive.
    """
    path = PurePosixPath(name)
    if "\0" in name or not path.parts or path.as_posix() != name:
        return False
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
