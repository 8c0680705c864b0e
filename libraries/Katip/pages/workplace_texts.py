"""Read number and title of a workplace from a text of the choice (5.5)."""

from __future__ import annotations

import re

from Katip.model import Workplace, sgk_digits
from Katip.turkish import fold, visible

_NUMBER = re.compile(r"(?<![\d])\d(?:[ .\-/]{0,3}\d){24,26}(?!\d)")
_OTHER_NUMBER = re.compile(r"\(\s*(\d[\d .\-]{4,40}\d)\s*\)")
_CUT_NUMBER = re.compile(r"(?<![\d])(\d(?:[ .\-/]{0,3}\d){8,24})\s*(?:\.{2,}|…)")
_SGK_LENGTH = 26
_ROLE = re.compile(r"kullanicisi$")  # "Hizmet Alan İşyeri E-Bildirge Kullanıcısı" (5.5) is no title
_SEPARATORS = " (-–—:·|[,;/"
_BEHIND = " )-–—:·|],;/"
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_NUMBER_LABEL = re.compile(
    r"(?<!\w)(?:SGK\s+)?(?:[İIiı]ş\s?yeri\s+)?S[İIiı]c[İIiı]l(?:\s*(?:No|Numaras[ıIİi]))?[.:\s]*$", re.IGNORECASE
)


def workplace_of(text: str) -> Workplace | None:
    """Read number and title from ``TITLE (SGK SİCİL NO) (Hizmet Alan İşyeri E-Bildirge Kullanıcısı)``, or from ``NUMBER TITLE``.

    Args:
        text: the choice as shown.

    Returns:
        The workplace, or None if the text holds no number.

    Example:
        >>> workplace_of("ÖRNEK GIDA SAN... (29999010199999010999932000) (Hizmet Alan)").title
        'ÖRNEK GIDA SAN...'
        >>> workplace_of("29999010199999010999932000 — ÖRNEK GIDA SAN...").title
        'ÖRNEK GIDA SAN...'
    """
    found = next((match for match in _NUMBER.finditer(text) if len(sgk_digits(match[0])) == _SGK_LENGTH), None)
    if found is not None:
        return Workplace(sgk_digits(found[0]), _title(text, found))
    other = _OTHER_NUMBER.search(text)
    return Workplace(sgk_digits(other[1]), _title(text, other)) if other is not None else None


def any_workplace_of(text: str) -> Workplace | None:
    """Return the workplace that a text names, also one of whose number the page shows only the beginning ("29999010199999010…").

    Args:
        text: the choice as shown.
    """
    whole = workplace_of(text)
    if whole is not None:
        return whole
    found = _CUT_NUMBER.search(text)
    return Workplace(sgk_digits(found[1]), _title(text, found)) if found is not None else None


def _title(text: str, number: re.Match[str]) -> str:
    """The words before a number; where the text begins with it, those after it."""
    before = visible(text[: number.start()]).strip(_SEPARATORS)
    if before:
        return _NUMBER_LABEL.sub("", before).rstrip(_SEPARATORS).strip()
    after = _IN_BRACKETS.sub("", visible(text[number.end() :])).lstrip(_BEHIND).strip()
    return after if may_be_title(after) else ""


def may_be_title(text: str) -> bool:
    """Return True for words that are neither the person's role nor the label of the number.

    Args:
        text: words of a choice.
    """
    return (
        any(map(str.isalpha, text)) and not _ROLE.search(fold(text)) and _NUMBER_LABEL.fullmatch(visible(text)) is None
    )
