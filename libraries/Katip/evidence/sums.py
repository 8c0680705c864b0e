"""The list of digests of a run's files, in the form that ``sha256sum -c`` reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from Katip.evidence.source import RunSource, is_safe

_SUM_LINE: Final = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")


def sums_of(run: RunSource, names: Iterable[str]) -> bytes:
    """Write down the digests of files the way ``sha256sum -c`` reads them.

    Args:
        run: the run.
        names: its files.

    Returns:
        One line a file, sorted, each closed by a newline.
    """
    return "".join(f"{run.digest(name)}  {name}\n" for name in sorted(names)).encode()


def read_sums(data: bytes) -> dict[str, str] | None:
    """Read a list of digests.

    Args:
        data: the bytes of a ``SHA256SUMS``.

    Returns:
        Path to digest, or None if it is not in the form that `sums_of` writes.
    """
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError:
        return None
    found = [_SUM_LINE.fullmatch(line) for line in lines[:-1]]
    sums = {match[2]: match[1] for match in found if match}
    whole = lines[-1] == "" and all(found) and list(sums) == sorted(sums) and len(sums) == len(found)
    return sums if whole and sums and all(map(is_safe, sums)) else None
