"""Look for secrets in everything that a run leaves behind."""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

from Katip.masking import is_tc_number, mask, masked_number


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret in a file.

    Attributes:
        file: the file, relative to the folder that was searched; a member of an archive after ``!``.
        what: which secret, covered.
    """

    file: str
    what: str


def find_leaks(folder: Path, secrets_: Iterable[str], *, any_tc_number: bool = False) -> list[Leak]:
    """Search every file of a folder for secrets, also inside archives, workbooks and packed parts of HTML.

    Args:
        folder: a folder, or one file.
        secrets_: exact texts that must not be there.
        any_tc_number: also report every valid T.C. number that stands by itself in a text.

    Returns:
        One `Leak` a file and secret; empty if there is none.
    """
    wanted = sorted({secret for secret in secrets_ if secret})
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
    leaks: list[Leak] = []
    for path in files:
        name = path.relative_to(folder).as_posix() if folder.is_dir() else path.name
        leaks += _leaks_of(name, path.read_bytes(), wanted, any_tc_number)
    return leaks


def _leaks_of(name: str, data: bytes, wanted: Sequence[str], any_tc_number: bool) -> list[Leak]:
    found: dict[Leak, None] = {}
    for place, content in _layers(name, data):
        for secret in wanted:
            if any(form in content for form in _forms(secret)):
                found[Leak(place, mask(secret, [secret]))] = None
        if any_tc_number:
            for number in re.findall(rb"(?<![0-9A-Za-z.+/=_-])[1-9]\d{10}(?![0-9A-Za-z.+/=_-])", content):
                if is_tc_number(number.decode()):
                    found[Leak(place, masked_number(number.decode()))] = None
    return list(found)


def _forms(secret: str) -> set[bytes]:
    escaped = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    shown = {
        secret,
        escaped,
        escaped.replace('"', "&quot;"),
        quote(secret),
        quote_plus(secret),
        secret.encode("unicode_escape").decode(),
    }
    if is_tc_number(secret):
        shown.add(f"{secret[:3]} {secret[3:6]} {secret[6:9]} {secret[9:]}")
    forms = {text.encode() for text in shown} | {secret.encode("utf-16-le")}
    return forms | {core for core in _base64_cores(secret.encode()) if len(core) >= 8}


def _base64_cores(data: bytes) -> Iterator[bytes]:
    """Return the part of a text's base64 form that is the same wherever the text stands in what is encoded."""
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + data)
        first = (offset * 8 + 5) // 6
        last = (offset + len(data)) * 8 // 6
        yield encoded[first:last]


_PACKED = re.compile(rb'["\'>,]([A-Za-z0-9+/]{24,}={0,2})["\'<]')


def _layers(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Return a file's bytes and everything that is packed inside them."""
    yield name, data
    if data.startswith(b"PK\x03\x04"):
        yield from _members(name, data)
        return
    if name.endswith(".pdf"):
        yield from ((name, part) for part in _inflated(re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)))
    if name.endswith((".html", ".js", ".xml", ".json")):
        parts = []
        for packed in _PACKED.findall(data):
            try:
                parts.append(base64.b64decode(packed, validate=True))
            except binascii.Error:
                continue
        yield from ((name, part) for part in parts)
        yield from ((name, part) for part in _inflated(parts))


def _members(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.namelist():
            if not member.endswith("/"):
                yield from _layers(f"{name}!{member}", archive.read(member))


def _inflated(parts: Iterable[bytes]) -> Iterator[bytes]:
    for part in parts:
        try:
            yield zlib.decompressobj().decompress(part)
        except zlib.error:
            continue
