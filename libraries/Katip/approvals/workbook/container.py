"""Whether a ZIP archive has one reading: one directory, no entries beside it, one spelling of each name."""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections import Counter
from typing import Final
from urllib.parse import unquote

from Katip.approvals.table_cells import TableUnreadable
from Katip.messages import msg

_ENTRY: Final = b"PK\x03\x04"
_RECORDS: Final = (_ENTRY, b"PK\x01\x02", b"PK\x05\x06")
_END: Final = b"PK\x05\x06"
_LOCAL_HEADER: Final = 30
#: Info-ZIP's extra field that gives an entry another name.
_OTHER_NAME: Final = 0x7075


def part_key(name: str) -> str:
    """Return the form in which two spellings of a part's name are equal (ECMA-376 part 2, 6.2.2: case and escapes do not matter).

    Args:
        name: the name as an archive or a reference spells it.

    Example:
        >>> part_key("/xl/Drawings/drawing%31.xml")
        'xl/drawings/drawing1.xml'
    """
    return posixpath.normpath(unquote(name).replace("\\", "/")).lstrip("/").casefold()


def refuse_two_readings(content: bytes, archive: zipfile.ZipFile) -> None:
    """Refuse an archive of which two programs can read different parts.

    Args:
        content: the archive's bytes.
        archive: the same, opened.

    Raises:
        TableUnreadable: a name is there twice or in a form that programs resolve differently, or there are entries that the
            directory does not list.
    """
    infos = archive.infolist()
    twice = [name for name, count in Counter(part_key(info.filename) for info in infos).items() if count > 1]
    if twice:
        raise TableUnreadable(
            msg("it holds the part {twice} twice, so it can be read in two ways; save it again", twice=twice[0])
        )
    for info in infos:
        plain = info.filename.replace("\\", "/").strip("/")
        if posixpath.normpath(plain) != plain or _has_other_name(info.extra):
            raise TableUnreadable(
                msg("the name of its part {name} can be read in two ways; save it again as XLSX", name=info.filename)
            )
    if content.count(_END, archive.start_dir) > 1 or any(
        record in content[start:end] for start, end in _unlisted(content, archive) for record in _RECORDS
    ):
        raise TableUnreadable(msg("it holds parts that its directory does not list; save it again as XLSX"))


def _unlisted(content: bytes, archive: zipfile.ZipFile) -> list[tuple[int, int]]:
    """Return the places before, between and after the listed entries."""
    gaps: list[tuple[int, int]] = []
    at = 0
    for info in sorted(archive.infolist(), key=lambda each: each.header_offset):
        start = info.header_offset
        gaps.append((at, start))
        if content[start : start + 4] != _ENTRY:
            continue  # damaged: reading the part says so
        name, extra = struct.unpack_from("<HH", content, start + 26)
        at = start + _LOCAL_HEADER + name + extra + info.compress_size
    return [*gaps, (at, archive.start_dir)]


def _has_other_name(extra: bytes) -> bool:
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == _OTHER_NAME:
            return True
        extra = extra[4 + length :]
    return False
