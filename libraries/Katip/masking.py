"""Cover T.C. numbers and secrets in texts.

T.C. Kimlik No: 11 digits, the first not 0, the last two computed from the others (rule and synthetic examples: docs/evidence.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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
