"""SIGN_IN:attended: the person signs in in the robot's window, in their own way, and the robot goes on by itself."""

from __future__ import annotations

from collections.abc import Callable

from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth
from tests.acceptance.running import Operator


def attended(screen: str) -> dict[str, dict[str, str]]:
    return {"environment": {"DISPLAY": screen, "EDEVLET_TCKN": "", "EDEVLET_SIFRE": ""}}


def test_robot_goes_on_once_the_person_has_signed_in_and_asks_again_where_the_session_is_lost(
    screen: str, start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal("plain", 1, "mobile_signature:ms=1500", "session_loss:at=after_save")
    truth = Truth(portal)
    run = make_operator(portal).run(HEADLESS="false", LANGUAGE="tr", **attended(screen))
    assert run.code == 0, run.said
    truth.agrees_with(run)
    assert truth.sign_ins == [True, True]
    assert [each["outcome"] for each in run.approvals] == ["approved"]
    assert "kendiniz tamamlayın" in run.said
    assert "Please" not in run.said


def test_captcha_leaves_the_sign_in_to_the_person(
    screen: str, start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal("plain", 1, "captcha", "mobile_signature:ms=1500")
    truth = Truth(portal)
    run = make_operator(portal).run(HEADLESS="false", SIGN_IN="password", environment={"DISPLAY": screen})
    truth.everything_is_approved(run)
    assert truth.entries("captcha_answered") == []
    assert truth.sign_ins == [True]


def test_nobody_who_signs_in_is_a_clear_end(
    screen: str, start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal("plain", 1)
    truth = Truth(portal)
    run = make_operator(portal).run(HEADLESS="false", SIGN_IN_TIMEOUT="3 s", **attended(screen))
    assert run.code == 1, run.said
    (failed,) = run.failed
    assert failed.name.startswith("5.3")
    assert "KTP-505" in failed.message
    assert truth.sign_ins == []
    truth.untouched_but([])


def test_fault_of_katip_after_the_person_signed_in_leaves_no_session_open(
    screen: str, start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal("plain", 1, "mobile_signature:ms=2500", "server_error:at=menu,times=1")
    truth = Truth(portal)
    run = make_operator(portal).run(HEADLESS="false", SIGN_IN_TIMEOUT="60 s", **attended(screen))
    assert "KTP-505" not in run.said
    truth.no_session_is_open()


def test_without_a_window_it_is_refused_before_anything_starts(
    start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal("plain", 1)
    run = make_operator(portal).run(SIGN_IN="attended")
    assert run.code > 0
    assert "KTP-001" in run.failed[0].message
    assert "a visible window" in run.failed[0].message
    assert portal.entries("site_visited") == []
