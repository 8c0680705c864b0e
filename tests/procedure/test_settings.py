"""What an operator sets: every wrong value is refused before a browser or a portal is touched."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth
from tests.acceptance.running import Operator

MakeOperator = Callable[..., Operator]

WRONG = {
    "MODE": "tryout",
    "APPROVE": "everything",
    "HEADLESS": "perhaps",
    "BROWSER": "netscape",
    "RETRIES": "-1",
    "WORKPLACE": "MAVİÇINAR",
    "SITE_URL": "http://kalibre.example",
    "WORKLIST": "no-such-list.xlsx",
    "FREE_SPACE": "much",
}


def refused_before_anything(truth: Truth, operator: Operator, **variables: str) -> str:
    run = operator.run(**variables)
    assert run.code == 1, run.said
    assert truth.entries() == [], "the portal was touched"
    assert not run.journal.exists()
    assert run.approvals == []
    (failed,) = run.failed
    assert failed is run.tasks[0]
    assert {task.status for task in run.tasks[1:]} == {"SKIP"}
    return failed.message


def test_every_wrong_value_is_named_at_once(start_portal: StartPortal, make_operator: MakeOperator) -> None:
    portal = start_portal("plain", 1)
    message = refused_before_anything(Truth(portal), make_operator(portal), **WRONG)
    assert "KTP-001" in message
    for name in WRONG:
        assert name in message, f"{name} is not named in: {message}"


@pytest.mark.parametrize("name", ["MODE", "APPROVE", "HEADLESS", "BROWSER", "PORTAL", "KATIP_URL"])
def test_one_wrong_value_is_enough(name: str, start_portal: StartPortal, make_operator: MakeOperator) -> None:
    portal = start_portal("plain", 1)
    value = WRONG.get(name, "http://nowhere.example")
    message = refused_before_anything(Truth(portal), make_operator(portal), **{name: value})
    assert value in message


def test_elsewhere_nothing_is_approved_unless_somebody_says_what(
    start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1)
    message = refused_before_anything(Truth(portal), make_operator(portal), PORTAL="v9", APPROVE="")
    assert "KTP-002" in message
    assert "WORKLIST" in message


def test_rehearsal_stops_before_kayit(start_portal: StartPortal, make_operator: MakeOperator) -> None:
    portal = start_portal("plain", 2)
    truth = Truth(portal)
    run = make_operator(portal).run(MODE="rehearse")
    assert run.code == 0, run.said
    assert [each["outcome"] for each in run.approvals] == ["planned"] * 2
    assert len(truth.entries("form_opened")) == 2
    assert truth.entries("approval") == []
    truth.agrees_with(run)
    truth.untouched_but([])
    assert all({"before", "form"} <= set(each["pictures"]) for each in run.approvals)
