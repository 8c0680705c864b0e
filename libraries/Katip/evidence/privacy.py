"""Personal data: covered in texts, kept apart from records, looked for in everything that a run leaves behind.

T.C. Kimlik No: 11 digits, the first not 0, the last two computed from the others (rule and synthetic examples:
docs/evidence.md). A bare SHA-256 of
such a number can be undone by trying all of them, so personal values enter records only as HMAC with a salt that is
deleted with them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from Katip.evidence.files import canonical_json

_LENGTH = 11
_SGK_LENGTH = 26
_MASK = "******"
_RUN_OF_DIGITS = re.compile(r"(?<![\w])\d(?:[ \u00a0\u202f.\-]?\d)*(?![\w])")
_BLANK = re.compile(r"[ \u00a0\u202f.\-]")


def is_tc_number(digits: str) -> bool:
    """Tell whether eleven digits are a T.C. Kimlik No.

    Args:
        digits: digits alone.

    Returns:
        True if the length, the first digit and both check digits are right.

    Example:
        >>> is_tc_number("11111111110"), is_tc_number("12345678901")
        (True, False)
    """
    if len(digits) != _LENGTH or not (digits.isascii() and digits.isdigit()) or digits[0] == "0":
        return False
    numbers = [int(digit) for digit in digits]
    tenth = (7 * sum(numbers[0:9:2]) - sum(numbers[1:8:2])) % 10
    return numbers[9] == tenth and numbers[10] == sum(numbers[:10]) % 10


def masked_number(number: str) -> str:
    """Give a T.C. number as it may be shown.

    Args:
        number: eleven digits.

    Returns:
        The first three and the last two digits.

    Example:
        >>> masked_number("11111111110")
        '111******10'
    """
    return number[:3] + _MASK + number[-2:]


def mask(text: str, known: Iterable[str] = ()) -> str:
    """Cover every T.C. number and every known secret in a text.

    Numbers are found written in one piece or in groups with one kind of separator; the 26 digits of an SGK number are
    left alone.

    Args:
        text: any text, for example what the portal shows.
        known: secrets to be covered wherever they stand (a password, a code); a T.C. number among them as
            `masked_number`.

    Returns:
        The text with the numbers as ``111******10`` and other secrets as ``******``.

    Example:
        >>> mask("11111111110 ve 10.0.0.1 ile girişiniz")
        '111******10 ve 10.0.0.1 ile girişiniz'
    """
    covered = _RUN_OF_DIGITS.sub(lambda found: _masked_run(found[0]), text)
    for secret in sorted(filter(None, known), key=len, reverse=True):
        covered = covered.replace(secret, masked_number(secret) if is_tc_number(secret) else _MASK)
    return covered


def _masked_run(run: str) -> str:
    digits = _BLANK.sub("", run)
    separators = set(_BLANK.findall(run))
    if len(digits) == _LENGTH and len(separators) <= 1 and is_tc_number(digits):
        return masked_number(digits)
    if len(digits) == _SGK_LENGTH or not separators:
        return run
    return re.sub(r"\d+", lambda part: masked_number(part[0]) if is_tc_number(part[0]) else part[0], run)


def masked(value: Any, known: Sequence[str] = ()) -> Any:
    """Cover T.C. numbers and known secrets in every text of a JSON value, keys included.

    Args:
        value: texts, numbers, lists, dictionaries.
        known: as for `mask`.

    Returns:
        The same shape with covered texts.
    """
    if isinstance(value, str):
        return mask(value, known)
    if isinstance(value, Mapping):
        return {mask(str(key), known): masked(item, known) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [masked(item, known) for item in value]
    return value


_SECRET_OPTION = re.compile(r"(?i)\b([A-Z0-9_]*(?:SIFRE|PASSWORD|PAROLA|TCKN|SECRET|TOKEN|KOD|PIN)[A-Z0-9_]*)([:=]).*")


def without_secrets(arguments: Iterable[str], known: Sequence[str] = ()) -> list[str]:
    """Give a command line's arguments with the values of secret variables removed.

    Args:
        arguments: for example ``["-v", "EDEVLET_SIFRE:abc", "robots/approve.robot"]``.
        known: as for `mask`.

    Returns:
        The arguments, values of names such as EDEVLET_SIFRE or TOKEN as ``******``.
    """
    return [mask(_SECRET_OPTION.sub(rf"\1\2{_MASK}", argument), known) for argument in arguments]


def new_salt() -> str:
    """Make the random salt of one record.

    Returns:
        64 hexadecimal digits.
    """
    return secrets.token_hex(32)


def salted_digest(salt: str, field: str, value: Any) -> str:
    """Give the digest that stands for a personal value in a record.

    Args:
        salt: the record's salt, as `new_salt` made it.
        field: the field's name, so that two fields' values cannot be exchanged.
        value: the value as JSON.

    Returns:
        HMAC-SHA256 in 64 hexadecimal digits.
    """
    return hmac.new(bytes.fromhex(salt), field.encode() + b"\0" + canonical_json(value), hashlib.sha256).hexdigest()


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
    """Give the part of a text's base64 form that is the same wherever the text stands in what is encoded."""
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + data)
        first = (offset * 8 + 5) // 6
        last = (offset + len(data)) * 8 // 6
        yield encoded[first:last]


_PACKED = re.compile(rb'["\'>,]([A-Za-z0-9+/]{24,}={0,2})["\'<]')


def _layers(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give a file's bytes and everything that is packed inside them."""
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
    import io

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
