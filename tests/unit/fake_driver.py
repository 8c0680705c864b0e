"""A driver without a browser: it shows one snapshot after the other, and keeps what is pressed."""

from __future__ import annotations

from typing import Any

from Katip.reading.bounds import TimeLimit
from Katip.reading.snapshot import Node, Snapshot


class FakeDriver:
    """Shows one picture until something is pressed, and then the next."""

    def __init__(self, *shown: Snapshot) -> None:
        self.shown = list(shown)
        self.pressed: list[str] = []
        self.time_limit = TimeLimit()

    def look(self, *_: Any, **__: Any) -> Snapshot:
        return self.shown[0]

    @property
    def last(self) -> Snapshot:
        return self.look()

    def click(self, node: Node, *_: Any, **__: Any) -> None:
        self.pressed.append(self.shown[0].text_of(node))
        if len(self.shown) > 1:
            self.shown.pop(0)

    def require_no_dialog(self, *_: Any) -> None:
        return None

    def move_pointer_away(self) -> None:
        return None

    def wheel(self, *_: Any) -> None:
        return None
