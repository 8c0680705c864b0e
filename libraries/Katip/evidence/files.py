"""Files that must be on the disk, whole, when a function returns; their digests; and the forms of JSON."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path
from typing import IO, Any, Final

from Katip.disk import sync_file, sync_folder, write_synced

__all__ = [
    "canonical_json",
    "digest_of",
    "file_digest",
    "make_read_only",
    "make_writable",
    "readable_json",
    "sync_file",
    "sync_folder",
    "write_json",
    "write_synced",
]

_BLOCK: Final = 1 << 20


def digest_of(stream: IO[bytes]) -> str:
    """Return the SHA-256 of the rest of a stream, without holding it in memory.

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
    """Return the SHA-256 of a file.

    Args:
        path: an existing file.

    Returns:
        64 lower-case hexadecimal digits.
    """
    with path.open("rb") as stream:
        return digest_of(stream)


def canonical_json(value: Any) -> bytes:
    """Return the one byte form of a JSON value that digests and signatures are taken of.

    Args:
        value: texts, numbers, truth values, None, lists and dictionaries with texts as keys.

    Returns:
        UTF-8 with sorted keys and no blanks.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def readable_json(value: Any) -> bytes:
    """Return a JSON value as people read it: indented, with a newline at its end.

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
    """Make a file read-only for everyone, so that no program changes it by mistake.

    Args:
        path: an existing file; a file system without such rights is left as it is.
    """
    with contextlib.suppress(OSError):
        path.chmod(0o444)


def make_writable(path: Path) -> None:
    """Make a file writable for its owner again.

    Args:
        path: an existing file.
    """
    with contextlib.suppress(OSError):
        path.chmod(0o644)
