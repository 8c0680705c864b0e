"""On a portal that answers, nothing is waited for until its time is over: each such wait is time that a person loses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from Katip.errors import NoEffect
from Katip.reading.waiting import Waiting
from tests.acceptance.conftest import StartPortal
from tests.acceptance.running import Operator


@pytest.mark.parametrize(
    ("skin", "learned"),
    [
        ("plain", 0),
        ("today", 0),
        pytest.param("framed", 0, marks=pytest.mark.matrix),
        # Its "next" can be pressed on the last page too: that it changes nothing is found out once.
        pytest.param("legacy", 1, marks=pytest.mark.matrix),
    ],
)
def test_no_wait_ends_by_its_time(
    skin: str,
    learned: int,
    start_portal: StartPortal,
    make_operator: Callable[..., Operator],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over: list[str] = []
    until = Waiting.until

    def counted(waiting: Waiting, *args: Any, **kwargs: Any) -> object:
        try:
            return until(waiting, *args, **kwargs)
        except NoEffect as error:
            over.append(error.sentence)
            raise

    monkeypatch.setattr(Waiting, "until", counted)
    more = {"PORTAL": "practice-today", "SITE_URL": ""} if skin == "today" else {}
    portal = start_portal(skin, 3)
    run = make_operator(portal).run(WORKPLACE=portal.workplace, APPROVE="all", **more)
    assert run.code == 0, run.said
    assert len(over) <= learned, over
