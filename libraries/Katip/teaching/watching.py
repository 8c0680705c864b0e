"""Watch a person's walk: where they press, and what was seen in that moment; nothing is pressed, and no other origin is looked at."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from Katip.errors import BrowserGone, KatipError
from Katip.origins import is_one_of, origin_of
from Katip.reading.driver import Driver
from Katip.reading.snapshot import Box, Snapshot

_WATCH = Path(__file__).with_name("watch.js")
_LOOK = timedelta(milliseconds=150)
_WAIT_MS = 60
_KEPT = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a person pressed.

    Attributes:
        at: when, in milliseconds since 1970.
        x: from the left of the page's window, in CSS pixels.
        y: from its top.
        around: tags and places of the pressed element and those around it, the innermost first.
    """

    at: float
    x: float
    y: float
    around: tuple[tuple[str, Box], ...]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Spot:
        """Return a spot from the listener's message."""
        around = tuple((str(one["t"]), Box(*map(float, one["b"]))) for one in raw["around"])
        return cls(float(raw["at"]), float(raw["x"]), float(raw["y"]), around)


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What is seen at one moment of the walk.

    Attributes:
        origin: the origin of the page.
        snapshot: the page, None where it is of an origin that is not looked at.
        pressed: what was pressed since the last sight, each with what was seen before it (None where nothing was).
    """

    origin: str
    snapshot: Snapshot | None
    pressed: tuple[tuple[Spot, Snapshot | None], ...] = ()


class Watcher:
    """Watches the pages of the active browser.

    Args:
        driver: looks at them.
        origins: the origins that are listened to and looked at; never e-Devlet's.
    """

    def __init__(self, driver: Driver, origins: Collection[str]) -> None:
        self._driver, self._origins = driver, frozenset(origins)
        self._seen: deque[tuple[float, Snapshot]] = deque(maxlen=_KEPT)

    def begin(self) -> None:
        """Listen from now on, also to pages that are opened later."""
        self._driver.call(_WATCH, "katipWatch", origins=sorted(self._origins))

    def see(self) -> Sight:
        """Wait a moment for news, and look.

        Raises:
            BrowserGone: The browser or its last page was closed.
        """
        origin, pressed = self._news(_WAIT_MS)
        return Sight(origin, self._look() if is_one_of(origin, self._origins) else None, pressed)

    def pressed(self) -> tuple[tuple[Spot, Snapshot | None], ...]:
        """Return what was pressed since the last sight began, without another look.

        Raises:
            BrowserGone: The browser or its last page was closed.
        """
        return self._news(0)[1]

    def _news(self, patience: int) -> tuple[str, tuple[tuple[Spot, Snapshot | None], ...]]:
        answer = self._driver.call(_WATCH, "katipWatched", patience=patience)
        if not answer["pages"]:
            raise BrowserGone("", "", "")
        pressed = tuple((spot, self._before(spot)) for spot in map(Spot.of, answer["pressed"]))
        return origin_of(answer["url"]), pressed

    def _look(self) -> Snapshot | None:
        try:
            snapshot = self._driver.look(changed=True, patience=_LOOK)
        except BrowserGone:
            raise
        except KatipError:
            return None  # a page that is being replaced; the next look sees what came
        if not is_one_of(snapshot.origin, self._origins):
            return None
        if snapshot.dialog is None and (not self._seen or self._seen[-1][1] is not snapshot):
            self._seen.append((time.time() * 1000, snapshot))
        return snapshot

    def _before(self, spot: Spot) -> Snapshot | None:
        """What was seen last before a press."""
        return next((snapshot for at, snapshot in reversed(self._seen) if at <= spot.at), None)
