"""A page that is not awake yet loses a press: it is pressed again soon, then with more patience, and not without end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from Katip.errors import WrongPage
from Katip.portal import load_portal
from Katip.reading.snapshot import Snapshot
from Katip.session import Session

HERE = Snapshot({"url": "http://127.0.0.1/", "pages": 1, "frames": []})


@pytest.fixture
def presses(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[str]]:
    """Go through a page that loses so many presses; what is done there."""

    def go(lost: int) -> list[str]:
        done: list[str] = []

        def arrive_at(_: Session, pages: tuple[str, ...], doing: str, timeout: timedelta) -> tuple[str, Snapshot]:
            done.append(f"{timeout.total_seconds():.0f} s")
            if done.count("press") <= lost and len(done) < 20:
                raise WrongPage(doing, "the home page", "the page before it")
            return pages[0], HERE

        monkeypatch.setattr(Session, "arrive_at", arrive_at)
        driver = SimpleNamespace(last=HERE, require_no_dialog=lambda *_: None)
        session = Session.of(load_portal("v9", {"katip_url": "http://127.0.0.1"}), cast(Any, driver))
        page, _ = session.go_through(lambda: done.append("press"), ("home",), "Entering")
        assert page == "home"
        return done

    return go


@pytest.mark.parametrize("lost", [0, 1, 2, 3])
def test_press_that_is_lost_is_repeated_soon_then_later(lost: int, presses: Callable[[int], list[str]]) -> None:
    assert presses(lost) == ["press", "1 s", *["press", "2 s"] * lost]


def test_page_that_never_wakes_is_pressed_four_times(presses: Callable[[int], list[str]]) -> None:
    assert presses(9).count("press") == 4
