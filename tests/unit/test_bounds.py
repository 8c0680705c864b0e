"""Nothing that a portal does keeps the run longer than a bound: a look, a sign-out, a maintenance page."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, NoReturn, cast

import grpc
import pytest

from Katip.current_session import CurrentSession
from Katip.errors import (
    ApplicationError,
    BrowserGone,
    KatipError,
    Maintenance,
    NoEffect,
    PageUnreadable,
    SessionDoesNotLast,
    SessionOver,
)
from Katip.pages.sign_out import SignOut
from Katip.patience import Patience
from Katip.portal import load_portal
from Katip.procedure.places import Place
from Katip.procedure.retrying import Retrying
from Katip.reading.driver import Driver
from Katip.session import RENEWALS, Session
from Katip.sign_in_state import SignInState


class Late(grpc.RpcError):
    """What gRPC raises where no answer came in time."""

    def code(self) -> grpc.StatusCode:
        return grpc.StatusCode.DEADLINE_EXCEEDED

    def details(self) -> str:
        return "Deadline Exceeded"


def driver_that_is_never_answered(given: list[float]) -> Driver:
    def send(_request: object, timeout: float) -> NoReturn:
        given.append(timeout)
        raise Late

    driver = Driver(cast(Any, None))
    driver._send = send
    return driver


def test_look_that_is_never_answered_is_a_page_that_cannot_be_read() -> None:
    given: list[float] = []
    driver = driver_that_is_never_answered(given)
    with pytest.raises(PageUnreadable, match=r"KTP-119.*no answer within 25 s"):
        driver.look(patience=timedelta(seconds=2))
    with pytest.raises(BrowserGone):
        driver.fresh_page()
    assert given == [27, 120]


def test_action_that_is_never_answered_is_a_page_that_cannot_be_used() -> None:
    given: list[float] = []
    driver = driver_that_is_never_answered(given)
    with pytest.raises(PageUnreadable, match=r"KTP-119.*no answer within 25 s"):
        driver.go("http://127.0.0.1/", timedelta(seconds=4))
    with pytest.raises(PageUnreadable):
        driver.answer(accept=False)
    assert given == [29, 25]


def test_look_says_what_exceeded_its_bounds() -> None:
    driver = Driver(cast(Any, None))
    answer = SimpleNamespace(bodyPart='{"exceeded": "more than 80000 elements"}', json="")
    driver._send = lambda _request, timeout: [answer]
    with pytest.raises(PageUnreadable, match="Seen: more than 80000 elements"):
        driver.look()


def test_several_calls_together_take_no_longer_than_their_limit() -> None:
    given: list[float] = []
    driver = driver_that_is_never_answered(given)
    with (
        driver.time_limit.until(time.monotonic() + 5, "Signing out", "Sign out by hand."),
        driver.time_limit.until(time.monotonic() + 60, "Another", ""),
        pytest.raises(KatipError),
    ):
        driver.fresh_page()
    assert given[0] <= 5
    with (
        driver.time_limit.until(time.monotonic(), "Signing out", "Sign out by hand."),
        pytest.raises(NoEffect, match=r"(?s)Sign out by hand.*Signing out"),
    ):
        driver.fresh_page()
    assert len(given) == 1


def test_sign_out_without_an_answer_ends_in_time_and_is_not_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    given: list[float] = []

    def send(_request: object, timeout: float) -> NoReturn:
        given.append(timeout)
        now[0] += timeout
        raise Late

    driver = Driver(cast(Any, None))
    driver._send = send
    portal = replace(
        load_portal("v9", {"katip_url": "http://127.0.0.1"}), patience=Patience(sign_out=timedelta(seconds=0.05))
    )
    session = Session.of(portal, driver)
    session.sign_in, session.way_out = SignInState.SIGNED_IN, "http://127.0.0.1/home"
    leaving = SignOut(CurrentSession(session))
    for _ in range(2):  # 5.10, and the end of the run
        with pytest.raises(NoEffect, match="not confirmed"):
            leaving.sign_out()
    assert sum(given) == pytest.approx(0.3)
    assert session.sign_in is SignInState.SIGNED_IN


@pytest.mark.parametrize(("faults", "passes"), [(1, True), (2, True), (3, False)])
def test_maintenance_is_tried_again_with_a_growing_pause(
    faults: int, passes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    def look(*, changed: bool, patience: timedelta) -> None:
        assert changed
        waited.append(patience.total_seconds())
        raise ApplicationError("Looking at the page")

    driver = Driver(cast(Any, None))
    monkeypatch.setattr(driver, "look", look)
    session = Session.of(load_portal("v9", {"katip_url": "http://127.0.0.1"}), driver)
    retrying = Retrying(CurrentSession(session), lambda _: None, lambda: 2, lambda _: None)
    left = [Maintenance("Opening", "the entry", "a maintenance page")] * faults

    def step() -> str:
        if left:
            raise left.pop()
        return "there"

    if passes:
        assert retrying.carry_out("enter_katip", step) == "there"
    else:
        with pytest.raises(Maintenance):
            retrying.carry_out("enter_katip", step)
    assert waited == [3, 6][: min(faults, 2)]


@pytest.mark.parametrize("retries", [1, 2, 9])
@pytest.mark.parametrize("renewed", [0, 1, 2])
def test_session_lost_once_more_than_it_may_be_renewed_is_said_so_whatever_the_retries(
    renewed: int, retries: int
) -> None:
    session = Session.of(load_portal("v9", {"katip_url": "http://127.0.0.1"}), Driver(cast(Any, None)))
    session.sign_in, session.renewals = SignInState.SIGNED_IN, renewed
    came: list[Place] = []

    def come_to(place: Place) -> None:
        came.append(place)
        session.sign_in, session.renewals = SignInState.SIGNED_IN, session.renewals + 1

    def step() -> None:
        raise SessionOver("Reading the list", "the list", "the session is over")

    left = RENEWALS - renewed
    expected = SessionDoesNotLast if retries >= left else SessionOver
    with pytest.raises(expected):
        Retrying(CurrentSession(session), come_to, lambda: retries, lambda _: None).carry_out("read_the_list", step)
    assert len(came) == min(left, retries)
    assert not session.signed_in, "the portal said that the session is over: nobody has to sign out"
