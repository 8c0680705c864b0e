"""A sealed run as one file: ``RUN-ID.zip``, what an auditor is handed, readable by `katip verify` and by ``unzip``.

Members are stored, not compressed (pictures hardly shrink), with fixed times and rights, so the same run gives the
same bytes on every machine and
`is_canonical` can detect a changed byte anywhere in the file.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from Katip.disk import replaced
from Katip.errors import CannotRecord
from Katip.evidence.files import make_read_only, make_writable
from Katip.evidence.source import PackageSource, RunSource
from Katip.messages import msg
from Katip.system_words import system_words

_READ_ONLY_FILE: Final = 0o100444 << 16
_UNIX: Final = 3
_COPY_SIZE: Final = 1 << 20


def write_package(run: RunSource, run_id: str, names: Iterable[str], sealed_at: datetime, path: Path) -> Path:
    """Pack the files of a sealed run.

    Args:
        run: the run.
        run_id: its name; the folder in the ZIP.
        names: the paths of what the seal covers, and of the seal.
        sealed_at: the time that every member gets, UTC.
        path: the ZIP; replaced in one step if it is there.

    Returns:
        `path`.

    Raises:
        CannotRecord: if it could not be written.
    """
    try:
        with replaced(path) as temporary:
            with temporary.open("wb") as file:
                _pack(run, run_id, names, sealed_at, file)
            if path.exists():
                make_writable(path)
        make_read_only(path)
    except OSError as error:
        raise CannotRecord(
            msg("Packing the run as {name}", name=path.name),
            msg("a folder with free space"),
            system_words(error),
            msg("Make space, then: katip seal FOLDER"),
        ) from error
    return path


def is_canonical(package: PackageSource, run_id: str, sealed_at: datetime) -> bool:
    """Return True if a package is byte for byte what `write_package` makes of its content.

    Args:
        package: the package.
        run_id: the run's name.
        sealed_at: when it was sealed.

    Returns:
        False if anything at all differs: order, times, comments, something before, between or after the members.
    """
    with tempfile.TemporaryFile() as again, package.path.open("rb") as there:
        try:
            _pack(package, run_id, package.names(), sealed_at, again)
        except (OSError, zipfile.BadZipFile, KeyError):
            return False
        again.seek(0)
        return _same(again, there)


def _pack(run: RunSource, run_id: str, names: Iterable[str], sealed_at: datetime, file: IO[bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(set(names)):
            info = zipfile.ZipInfo(f"{run_id}/{name}", sealed_at.timetuple()[:6])
            info.create_system = _UNIX
            info.external_attr = _READ_ONLY_FILE
            info.file_size = run.size(name)
            with archive.open(info, "w") as member, run.open(name) as content:
                shutil.copyfileobj(content, member, _COPY_SIZE)


def _same(left: IO[bytes], right: IO[bytes]) -> bool:
    while True:
        one, other = left.read(_COPY_SIZE), right.read(_COPY_SIZE)
        if one != other:
            return False
        if not one:
            return True
