"""Cover T.C. numbers and secrets in texts.

T.C. Kimlik No: 11 digits, the first not 0, the last two computed from the others (rule and synthetic examples: docs/guides/5-reading-the-evidence.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

_LENGTH = 11
_SGK_LENGTH = 26
_MASK = "******"
_UNSEEN = "\u200b-\u200d\u2060\ufeff\u00ad"
_SEPARATOR = rf"[\s{_UNSEEN}.\-/\u2010-\u2015_·:]"
# Not within a hexadecimal digest, which may hold eleven digits of any kind.
_RUN_OF_DIGITS = re.compile(rf"(?<![0-9a-f])[0-9](?:{_SEPARATOR}{{0,3}}[0-9])*(?![0-9a-f])")
_GROUP = re.compile(r"[0-9]+")
_UNSEEN_SIGN = re.compile(f"[{_UNSEEN}]")
_LETTERS_OF_I = "iıİI"


def is_tc_number(digits: str) -> bool:
    """Return True if eleven digits are a T.C. Kimlik No.

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
    """Return a T.C. number as it may be shown.

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

    Numbers are found as a person reads them: in one piece or in groups, down to single digits, with one kind of separator; the 26 digits
    of an SGK number are left alone. Secrets are found in any case. `cover.js` follows the same rules in pictures.

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
        covered = _pattern_of(secret).sub(masked_number(secret) if is_tc_number(secret) else _MASK, covered)
    return covered


@lru_cache(maxsize=32)
def _pattern_of(secret: str) -> re.Pattern[str]:
    """Return a pattern for a secret in any case; for a code also with separators between its digits."""
    between = rf"{_SEPARATOR}{{0,3}}" if secret.isascii() and secret.isdigit() else f"[{_UNSEEN}]*"
    return re.compile(between.join(f"[{''.join(map(re.escape, _forms(letter)))}]" for letter in secret))


def _forms(letter: str) -> str:
    if letter in _LETTERS_OF_I:
        return _LETTERS_OF_I
    return "".join(sorted({form for form in (letter, letter.lower(), letter.upper()) if len(form) == 1}))


def _masked_run(run: str) -> str:
    """Cover the groups of a run of digits that make a number, with one kind of separator between them."""
    groups = list(_GROUP.finditer(run))
    if sum(len(group[0]) for group in groups) == _SGK_LENGTH:
        return run
    covered, done, first = "", 0, 0
    while first < len(groups):
        last = _last_of_number(run, groups, first)
        if last is not None:
            covered += run[done : groups[first].start()]
            covered += masked_number("".join(group[0] for group in groups[first : last + 1]))
            done, first = groups[last].end(), last
        first += 1
    return covered + run[done:]


def _last_of_number(run: str, groups: Sequence[re.Match[str]], first: int) -> int | None:
    digits, kinds = "", set()
    for last in range(first, len(groups)):
        if last > first:
            kinds.add(_UNSEEN_SIGN.sub("", run[groups[last - 1].end() : groups[last].start()]).strip())
        digits += groups[last][0]
        if len(digits) >= _LENGTH:
            return last if len(kinds) <= 1 and is_tc_number(digits) else None
    return None


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
    """Return a command line's arguments with the values of secret variables removed.

    Args:
        arguments: for example ``["-v", "EDEVLET_SIFRE:abc", "robots/approve.robot"]``.
        known: as for `mask`.

    Returns:
        The arguments, values of names such as EDEVLET_SIFRE or TOKEN as ``******``.
    """
    return [mask(_SECRET_OPTION.sub(rf"\1\2{_MASK}", argument), known) for argument in arguments]
