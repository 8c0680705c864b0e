"""How long a call to the browser's process may take: each by itself, and several together."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from Katip.errors import NoEffect
from Katip.messages import msg

LONGEST_CALL = (
    120.0  # seconds; for calls that open and close pages: past this the process that drives the browser hangs
)
LONGEST_LOOK = (
    25.0  # seconds beyond its own timeout, for calls that look at a page or act on it; a large page takes about one
)


class TimeLimit:
    """Limits what several calls take together."""

    def __init__(self) -> None:
        self._end = math.inf
        self._doing = ""
        self._now = ""

    @contextmanager
    def until(self, end: float, doing: str, now: str) -> Iterator[None]:
        """Limit all calls inside to a point in time.

        Args:
            end: that point, by `time.monotonic`.
            doing: what is being done, for the error.
            now: what to do when the time is up, for the error.
        """
        before = self._end, self._doing, self._now
        if end < self._end:
            self._end, self._doing, self._now = end, doing, now
        try:
            yield
        finally:
            self._end, self._doing, self._now = before

    @property
    def is_over(self) -> bool:
        """True if no time is left."""
        return time.monotonic() >= self._end

    def for_call(self, on_page: bool, patience: timedelta = timedelta(0)) -> float:
        """Return how many seconds the next call may take.

        Args:
            on_page: True for a look at a page and an action on it, False for calls that open and close pages.
            patience: how long the call itself is to wait.

        Raises:
            NoEffect: No time is left.
        """
        if self.is_over:
            raise self.time_up()
        longest = LONGEST_LOOK + patience.total_seconds() if on_page else LONGEST_CALL
        return max(min(longest, self._end - time.monotonic()), 0.05)

    def time_up(self) -> NoEffect:
        """Return the error that says that the time is up."""
        return NoEffect(self._doing, msg("an answer of the portal in time"), msg("none"), self._now)


def milliseconds(time: timedelta) -> int:
    """Return a time in whole milliseconds."""
    return int(time.total_seconds() * 1000)
