"""The append-only request log: what reached the portal, in the order in which it did."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def mask_number(number: str) -> str:
    """Return a T.C. number as it may be written down.

    Args:
        number: What was given as the number, 11 digits or not.

    Returns:
        The first three and the last two digits of an 11 digit number with stars between; else only stars,
        because what somebody typed into the number field may have been the password.

    Example:
        >>> mask_number("11111111110")
        '111******10'
    """
    if len(number) == 11 and number.isascii() and number.isdigit():
        return f"{number[:3]}******{number[-2:]}"
    return "***********"


class RequestLog:
    """A file of JSON lines that is only ever appended to.

    Args:
        path: The log file; made with owner-only rights if it does not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)

    def write(self, event: str, **facts: object) -> None:
        """Append one entry.

        Args:
            event: What happened, e.g. `approval`.
            facts: What is known of it; those that are None are left out.
        """
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        entry = {"ts": now, "event": event} | {key: value for key, value in facts.items() if value is not None}
        # One write per line: concurrent requests never mix, and a killed process leaves no half line.
        os.write(self._descriptor, (json.dumps(entry, ensure_ascii=False) + "\n").encode())

    def entries(self) -> list[dict[str, Any]]:
        """Return all entries of the file, oldest first."""
        return read_entries(self.path)

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)


def read_entries(path: Path) -> list[dict[str, Any]]:
    """Return the entries of a log file, oldest first.

    Args:
        path: The log file of a running or ended portal.
    """
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
