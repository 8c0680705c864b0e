"""Files that must be on the disk, whole, when a function returns; their digests; and the forms of JSON."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import IO, Any, Final

from Katip.errors import CannotRecord

_BLOCK: Final = 1 << 20


def write_synced(path: Path, data: bytes) -> None:
    """Write a file so that after a power cut it is there whole, or as it was before.

    Args:
        path: where to; folders above it are made.
        data: its bytes.

    Raises:
        CannotRecord: if the disk is full, the folder cannot be written to, or the like.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise CannotRecord(
            f"Writing {path.name} into the evidence",
            "a folder with free space that may be written to",
            f"{error.strerror or error} ({path.parent})",
            "Make space or choose another output folder; nothing is approved that cannot be recorded.",
        ) from error


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


def digest_of(stream: IO[bytes]) -> str:
    """Give the SHA-256 of what is left of a stream, without holding it in memory.

    Args:
        stream: an open binary stream.

    Returns:
        64 lower-case hexadecimal digits.
    """
    found = hashlib.sha256()
    while block := stream.read(_BLOCK):
        found.update(block)
    return found.hexdigest()


def file_digest(path: Path) -> str:
    """Give the SHA-256 of a file.

    Args:
        path: an existing file.

    Returns:
        64 lower-case hexadecimal digits.
    """
    with path.open("rb") as stream:
        return digest_of(stream)


def canonical_json(value: Any) -> bytes:
    """Give the one byte form of a JSON value that digests and signatures are taken of.

    Args:
        value: texts, numbers, truth values, None, lists and dictionaries with texts as keys.

    Returns:
        UTF-8 with sorted keys and no blanks.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def readable_json(value: Any) -> bytes:
    """Give a JSON value as people read it: indented, with a newline at its end.

    Args:
        value: as for `canonical_json`.

    Returns:
        UTF-8.
    """
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def write_json(path: Path, value: Any) -> None:
    """Write a readable JSON file that survives a power cut.

    Args:
        path: where to.
        value: as for `canonical_json`.

    Raises:
        CannotRecord: as `write_synced`.
    """
    write_synced(path, readable_json(value))


def make_read_only(path: Path) -> None:
    """Take everyone's right to write from a file, so that no program changes it by mistake.

    Args:
        path: an existing file; a file system without such rights is left as it is.
    """
    with contextlib.suppress(OSError):
        path.chmod(0o444)


def make_writable(path: Path) -> None:
    """Give the owner the right to write back.

    Args:
        path: an existing file.
    """
    with contextlib.suppress(OSError):
        path.chmod(0o644)
