"""A portal whose server takes its time, another one for each answer."""

from __future__ import annotations

import random
import time
from typing import Any

from flask import Flask, request

_LONGEST = 6.0  # seconds: more than the robot waits for a reaction, less than for a page
_TOOLKITS = "/toolkits/"


def slowed(kind: type[Any], seed: int) -> type[Any]:
    """Return a portal like ``kind`` that answers each request, but those for a toolkit's files, after up to 6 seconds.

    Args:
        kind: the portal, a `Stranger` or a `TodayStranger`.
        seed: chooses the times.
    """
    times = random.Random(seed)

    def katip(self: Any, app: Flask) -> None:
        kind.katip(self, app)

        @app.before_request
        def wait() -> None:
            if not request.path.startswith(_TOOLKITS):
                time.sleep(times.uniform(0, _LONGEST))

    return type(kind.__name__, (kind,), {"katip": katip})
