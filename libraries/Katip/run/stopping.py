"""Being stopped: signals wait while an approval is under way, or a call to the browser.

Robot's own handler raises in the middle of a keyword, wherever that may be. Two things it may not break into: an approval, from the journal's entry to
the settled outcome (what was deferred is handed on when the contract's task has ended), and a call to the browser, which would leave locks behind that
no later call gets past (handed on as soon as it is answered). Then Robot ends the run its usual way and the suite teardown signs out.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any

from robot.errors import ExecutionFailed

from Katip.messages import msg_id

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP") if hasattr(signal, name)]
_ONE_PRESS = 1.5
STOPPED = msg_id("the run was stopped by a signal")


class Stopped(BaseException):
    """Robot wants to stop: passes through every `except Exception` on its way out of a keyword.

    Args:
        status: what Robot's own handler raised.
    """

    def __init__(self, status: ExecutionFailed) -> None:
        super().__init__(str(status))
        self.status = status


class Stopping:
    """Keeps signals back while it must be so, and takes one press for one signal.

    A console's Ctrl+C can reach a process twice (once by itself, once passed on by a parent such as make); Robot takes a second signal as the wish to
    break off without a log. Signals within a second and a half are therefore one.
    """

    def __init__(self) -> None:
        self._deferring = 0
        self._deferred: list[int] = []
        self._handlers: dict[int, Any] = {}
        self._last = 0.0
        self._inside = 0
        self.stopped: ExecutionFailed | None = None
        self.requested = False

    @contextlib.contextmanager
    def inside_keyword(self) -> Iterator[None]:
        """Mark that one of this library's keywords is running."""
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    def watch(self) -> None:
        """Stand before Robot's own handlers; does nothing outside of the main thread."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number in _SIGNALS:
            handler = signal.getsignal(number)
            if handler == self._received:
                continue
            if number not in (signal.SIGINT, signal.SIGTERM):
                handler = signal.getsignal(signal.SIGINT)
                handler = self._handlers.get(signal.SIGINT, handler) if handler == self._received else handler
            self._handlers[number] = handler
            signal.signal(number, self._received)

    def unwatch(self) -> None:
        """Return the signals back to whom they belonged."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number, handler in self._handlers.items():
            if signal.getsignal(number) == self._received:
                signal.signal(number, handler if number in (signal.SIGINT, signal.SIGTERM) else signal.SIG_DFL)
        self._handlers.clear()

    def _received(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if now - self._last < _ONE_PRESS:
            return
        self._last = now
        if self._deferring:
            self._deferred.append(number)
            return
        self._hand_on(number, frame)

    def _hand_on(self, number: int, frame: FrameType | None) -> None:
        handler = self._handlers.get(number)
        if not callable(handler):
            return
        self.requested = True
        try:
            handler(number if number in (signal.SIGINT, signal.SIGTERM) else signal.SIGINT, frame)
        except ExecutionFailed as status:
            self.stopped = status
            if self._inside:
                raise Stopped(status) from None
            raise
        if self._inside:
            # Right after a nested keyword Robot sees none running, and would stop at the next one only: that may be the one that presses "Kayıt".
            self.stopped = ExecutionFailed("Execution terminated by signal", exit=True)

    @contextlib.contextmanager
    def critical(self) -> Iterator[None]:
        """Keep signals back, as :meth:`deferred`; what must not be begun after a signal is not begun.

        Raises:
            Stopped: a signal came before.
        """
        with self.deferred():
            if self.stopped is not None:
                raise Stopped(self.stopped)
            yield

    @contextlib.contextmanager
    def deferred(self) -> Iterator[None]:
        """Keep signals back; what came meanwhile is handed on by :meth:`release`."""
        self._deferring += 1
        try:
            yield
        finally:
            self._deferring -= 1

    @contextlib.contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Defer signals during a call; one that arrived meanwhile is delivered when the call is over.

        Raises:
            Stopped: a signal came.
        """
        waiting = len(self._deferred)
        try:
            with self.deferred():
                yield
        finally:
            if len(self._deferred) > waiting:
                self.release()

    def release(self) -> None:
        """Hand on what was kept back."""
        if self._deferring:
            return
        waiting, self._deferred = self._deferred, []
        if waiting:
            self._hand_on(waiting[0], None)
