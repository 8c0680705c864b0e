"""Ctrl+C at a question of `katip`: the first press ends it, and no further one breaks into that end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def ended_by_one_interrupt() -> Iterator[None]:
    """Raise KeyboardInterrupt at the first SIGINT within the context, and ignore SIGINT from then on, also after it.

    A second one would meet Python on its way out, which then reports the signal instead of the exit code. Within the context a handler
    ignores it: Python prints an error where a signal that has arrived meets `SIG_IGN`.
    """
    if threading.current_thread() is not threading.main_thread():  # only there a signal can be handled
        yield
        return
    interrupted: list[int] = []

    def once(number: int, frame: FrameType | None) -> None:
        interrupted.append(number)
        signal.signal(signal.SIGINT, _ignore)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, once)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN if interrupted else before)


def _ignore(number: int, frame: FrameType | None) -> None:
    """Do nothing."""
