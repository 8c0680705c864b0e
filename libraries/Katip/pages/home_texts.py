"""What the texts of the home page say: how many contracts are pending, and when somebody signed in (5.6)."""

from __future__ import annotations

import re
from functools import lru_cache

from Katip.model import LoginRecord
from Katip.reading.snapshot import Snapshot
from Katip.turkish import fold, visible

_COUNT, _OTHER = r"\d+", ".{1,60}?"


@lru_cache(maxsize=64)
def text_pattern(text: str) -> re.Pattern[str]:
    """Make a pattern from a text with places such as ``{count}`` in it, to be searched in folded text.

    Args:
        text: for example "{count} adet Onay Bekleyen".

    Returns:
        The pattern; the places are its groups.
    """
    parts = re.split(r"\{(\w+)\}", text)
    built = r"\s*".join(
        f"(?P<{part}>{_COUNT if part == 'count' else _OTHER})"
        if index % 2
        else re.escape(fold(part)).replace(r"\ ", r"\s+")
        for index, part in enumerate(parts)
    )
    return re.compile(built)


def pending_count(snapshot: Snapshot, patterns: tuple[str, ...], none: tuple[str, ...]) -> int | None:
    """Read how many pending contracts a page counts.

    Args:
        snapshot: what is seen.
        patterns: texts with ``{count}``.
        none: texts that say that there is none.

    Returns:
        The number, or None if no such text is seen.
    """
    folded = fold(snapshot.text)
    for pattern in patterns:
        found = text_pattern(pattern).search(folded)
        if found:
            return int(found["count"])
    return 0 if any(fold(text) in folded for text in none) else None


_RECORD_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}(?:\s+(?:saat\s+)?\d{1,2}:\d{2}(?::\d{2})?)?")
_RECORD_IP = re.compile(
    r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|(?<![0-9a-fA-F:])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?![0-9a-fA-F:])"
)


def login_record(snapshot: Snapshot) -> LoginRecord | None:
    """Read date and IP address of the sign-in from the home page's text (5.6).

    Args:
        snapshot: what is seen.

    Returns:
        The record, or None if there is no such text.
    """
    text = visible(snapshot.text)
    folded = fold(text)
    if "kayit altina alin" not in folded:
        return None
    for line_start in (match.start() for match in re.finditer("Sisteme|SİSTEME|sisteme", text)):
        part = text[line_start : line_start + 300]
        date = _RECORD_DATE.search(part)
        if date is None:
            continue
        ip = _RECORD_IP.search(part[date.end() :])
        return LoginRecord(visible(date[0]), ip[0] if ip else "")
    return None
