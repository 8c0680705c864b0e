"""A run as it lies before an auditor: a folder, or the package of one."""

from __future__ import annotations

import json
import os
import zipfile
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from Katip.errors import EvidenceError
from Katip.evidence.files import digest_of


class RunSource(ABC):
    """The files of one run, by their paths with ``/``.

    Args:
        path: the folder or package.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @abstractmethod
    def names(self) -> list[str]:
        """Give the paths of all files, sorted."""

    @abstractmethod
    def open(self, name: str) -> IO[bytes]:
        """Open a file to read it; KeyError or OSError if that does not work."""

    @abstractmethod
    def size(self, name: str) -> int:
        """Give a file's length in bytes."""

    def duplicates(self) -> list[str]:
        """Give the paths that stand more than once."""
        return []

    @abstractmethod
    def close(self) -> None:
        """Let go of what is open."""

    def has(self, name: str) -> bool:
        """Tell whether a file is there."""
        return name in set(self.names())

    def read(self, name: str) -> bytes:
        """Give a file's bytes."""
        with self.open(name) as stream:
            return stream.read()

    def digest(self, name: str) -> str:
        """Give a file's SHA-256."""
        with self.open(name) as stream:
            return digest_of(stream)

    def json(self, name: str) -> Any:
        """Give what a JSON file holds; None if there is no such file or it is no JSON."""
        try:
            return json.loads(self.read(name))
        except (OSError, KeyError, ValueError, RecursionError, zipfile.BadZipFile):
            return None


class FolderSource(RunSource):
    """A run's folder. A symbolic link is not followed: what it points to is not part of the run."""

    def names(self) -> list[str]:
        """Give the paths of all files, sorted."""
        found = []
        for place, folders, files in os.walk(self.path):  # Path.walk came with Python 3.12
            folder = Path(place)
            linked = [name for name in folders if (folder / name).is_symlink()]
            found += [(folder / name).relative_to(self.path).as_posix() for name in (*files, *linked)]
        return sorted(found)

    def open(self, name: str) -> IO[bytes]:
        """Open a file to read it."""
        path = self.path / name
        if path.is_symlink():
            raise OSError(f"{name} is a link to another place")
        return path.open("rb")

    def has(self, name: str) -> bool:
        """Tell whether a file is there."""
        return (self.path / name).is_file()

    def close(self) -> None:
        """Do nothing: a folder is not open."""

    def size(self, name: str) -> int:
        """Give a file's length in bytes."""
        return (self.path / name).stat().st_size


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
            self._archive = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise EvidenceError("Opening the package", "a readable ZIP", f"{error} ({path})") from error
        members = [info for info in self._archive.infolist() if not info.is_dir()]
        self.root = members[0].filename.split("/")[0] if members else ""
        self._counts = Counter(self._short(info.filename) for info in members)
        self._infos = {self._short(info.filename): info for info in members}

    def _short(self, name: str) -> str:
        return name.removeprefix(self.root + "/")

    def names(self) -> list[str]:
        """Give the paths of all files, sorted."""
        return sorted(self._infos)

    def duplicates(self) -> list[str]:
        """Give the paths that stand more than once."""
        return sorted(name for name, count in self._counts.items() if count > 1)

    def open(self, name: str) -> IO[bytes]:
        """Open a file to read it."""
        return self._archive.open(self._infos[name])

    def size(self, name: str) -> int:
        """Give a file's length in bytes."""
        return self._infos[name].file_size

    def close(self) -> None:
        """Let go of the package."""
        self._archive.close()


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
        source: RunSource = FolderSource(path)
    elif path.is_file():
        source = PackageSource(path)
    else:
        raise EvidenceError("Opening a run", "the folder or the package of a run", f"nothing at {path}")
    try:
        yield source
    finally:
        source.close()


def is_safe(name: str) -> bool:
    """Tell whether a path stays inside the run it is part of.

    Args:
        name: a path with ``/``.

    Returns:
        False for absolute paths and for any with ``..``, a backslash or a drive.
    """
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
