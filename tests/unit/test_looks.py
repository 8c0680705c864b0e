"""What was seen a moment ago serves the next step; a press, or time, makes it old."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from Katip.patience import Patience
from Katip.portal import load_portal
from Katip.reading import driver as driver_module
from Katip.reading.driver import Driver
from Katip.reading.snapshot import Snapshot
from Katip.reading.waiting import Waiting

PAGE = {"url": "http://127.0.0.1/", "title": "", "frames": [], "busy": 0, "started": 0, "failed": 0, "quiet": 500}


class Page:
    """A page that nothing changes; it counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: list[dict[str, Any]] = []

    def send(self, request: Any, timeout: float) -> Iterator[SimpleNamespace]:
        name = request.name.removeprefix("katip")
        self.asked.append(name)
        answer = (self.answers.pop(0) if self.answers else PAGE) if name == "Look" else None
        yield SimpleNamespace(bodyPart=json.dumps(answer), json="")


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def waiting(page: Page) -> Waiting:
    driver = Driver(cast(Any, None))
    driver._send = page.send
    return Waiting(driver, load_portal("v9", {}).wording, Patience())


def anything(snapshot: Snapshot) -> Snapshot:
    return snapshot


def test_waiting_for_what_was_just_seen_asks_nothing_of_the_browser(page: Page, waiting: Waiting) -> None:
    for _ in range(3):
        waiting.until(anything, "Looking", "anything")
        waiting.settled()
    assert page.asked == ["Look"]


def test_waiting_after_an_act_looks(page: Page, waiting: Waiting) -> None:
    waiting.until(anything, "Looking", "anything")
    waiting._driver.answer(accept=True)
    waiting.until(anything, "Looking", "anything")
    assert page.asked == ["Look", "Answer", "Look"]


def test_waiting_a_while_later_looks(page: Page, waiting: Waiting, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting.until(anything, "Looking", "anything")
    monkeypatch.setattr(driver_module, "_FRESH", 0)
    waiting.until(anything, "Looking", "anything")
    assert page.asked == ["Look", "Look"]


@pytest.mark.parametrize("quiet", [0, 29])
def test_page_that_has_just_changed_or_loads_is_waited_for(quiet: int, page: Page, waiting: Waiting) -> None:
    page.answers = [PAGE | {"quiet": quiet}]
    waiting.until(anything, "Looking", "anything")
    waiting.settled()
    assert page.asked == ["Look", "Look"]


def test_what_is_not_there_yet_is_looked_for_again(page: Page, waiting: Waiting) -> None:
    page.answers = [PAGE, PAGE, PAGE | {"title": "here"}]
    waiting.settled(timedelta(seconds=1))
    found = waiting.until(lambda now: now.title or None, "Looking", "a title")
    assert (found, page.asked) == ("here", ["Look"] * 3)
