"""The conversation of a walk: what the robot says on the console, and what the person answers there."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Protocol

import click

from Katip.turkish import for_terminal


class Talk(Protocol):
    """Prints texts for the person, and reads what they type without blocking."""

    def say(self, text: str) -> None:
        """Print a text."""

    def heard(self) -> str | None:
        """Return a line that the person entered since, or None; it does not wait."""


class Console:
    """The console that the command was started on."""

    def __init__(self, read: Callable[[], str] | None = None) -> None:
        self._read = read or sys.stdin.readline
        self._lines: list[str] = []
        self._reading: threading.Thread | None = None
        self._closed = False

    def say(self, text: str) -> None:
        """Write lines; what comes from a page cannot steer the terminal."""
        click.echo("\n".join(for_terminal(line) for line in text.split("\n")))

    def heard(self) -> str | None:
        """Return a line that was entered, or None.

        One line is read at a time, so that none that is meant for a rehearsal afterwards is taken from it.
        """
        if self._lines:
            return self._lines.pop(0)
        if self._reading is None or not self._reading.is_alive():
            if self._lines:
                return self._lines.pop(0)
            if not self._closed:
                self._reading = threading.Thread(target=self._take, daemon=True)
                self._reading.start()
        return None

    def answer(self, question: str) -> str:
        """Ask something and wait for the line that answers it; an empty one where nobody is there."""
        self.say(question)
        while (line := self.heard()) is None and not self._closed:
            if self._reading is not None:
                self._reading.join()
        return line or ""

    def _take(self) -> None:
        line = self._read()
        if not line:
            self._closed = True  # nobody is there: what is seen decides alone
            return
        self._lines.append(line.strip())
