"""Does something while a run is at work, at a point that Robot tells a listener about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class After:
    """A listener that calls a function once, when a keyword has ended or the task of a contract has.

    Args:
        what: the keyword's name, or the tag of the contract's task.
        action: what is called.
    """

    ROBOT_LISTENER_API_VERSION = 3

    def __init__(self, what: str, action: Callable[[], object]) -> None:
        self._what = what
        self._action = action
        self.is_done = False

    def end_keyword(self, _: object, result: Any) -> None:
        """Act where the keyword is the one."""
        if result.name == self._what:
            self._act()

    def end_test(self, _: object, result: Any) -> None:
        """Act where the task is the one."""
        if self._what in result.tags:
            self._act()

    def _act(self) -> None:
        if not self.is_done:
            self.is_done = True
            self._action()
