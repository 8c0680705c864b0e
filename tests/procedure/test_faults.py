"""What a portal can do to an approval: for each, what its log says was approved, and what the run says of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth, is_sealed
from tests.acceptance.running import Operator

MakeOperator = Callable[..., Operator]


@pytest.mark.parametrize(
    "skin", ["framed", *(pytest.param(skin, marks=pytest.mark.matrix) for skin in ("plain", "legacy"))]
)
def test_form_of_another_person_is_held(skin: str, start_portal: StartPortal, make_operator: MakeOperator) -> None:
    portal = start_portal(skin, 2, "other_person:times=0")
    truth = Truth(portal)
    run = make_operator(portal).run()
    assert run.code >= 1, run.said
    assert [each["outcome"] for each in run.approvals] == ["held", "held"]
    for entry in run.approvals:
        assert entry["name"] in entry["reason"]
    assert truth.entries("approval") == []
    truth.agrees_with(run)
    truth.untouched_but([])
    assert truth.ends == ["sign_out"]


LOST = {
    "drop_before_approval": "uncertain",
    "error_before_approval": "uncertain",
    "drop_after_approval": "approved",
    "error_after_approval": "approved",
    "maintenance:at=after_save": "approved",
}


@pytest.mark.parametrize("fault", LOST)
def test_lost_answer_is_looked_up_and_never_sent_again(
    fault: str, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 2, fault)
    truth = Truth(portal)
    run = make_operator(portal).run()
    struck, other = run.approvals
    assert struck["outcome"] == LOST[fault], run.said
    assert other["outcome"] == "approved"
    assert struck["message"] != "Sözleşme onaylandı."
    assert truth.arrived[other["gorevlendirme_id"]] == 1
    truth.agrees_with(run)
    assert run.code == (0 if LOST[fault] == "approved" else 1), run.said


@pytest.mark.parametrize(
    ("fault", "outcome", "words"),
    [
        ("refusal", "refused", "Onaylanamaz"),
        ("success_but_pending", "uncertain", "başarıyla"),
        ("refusal:text=Anlaşılmayan bir yanıt.", "uncertain", "Anlaşılmayan"),
    ],
)
def test_message_proves_nothing(
    fault: str, outcome: str, words: str, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 2, fault)
    truth = Truth(portal)
    run = make_operator(portal).run()
    struck, other = run.approvals
    assert struck["outcome"] == outcome, run.said
    assert words in struck["message"]
    assert words in struck["reason"]
    assert other["outcome"] == "approved"
    assert run.code == 1
    truth.agrees_with(run)


@pytest.mark.parametrize("step", ["home", "grid", "form", "save", "after_save", "reread"])
def test_lost_session_never_loses_a_contract(step: str, start_portal: StartPortal, make_operator: MakeOperator) -> None:
    portal = start_portal("plain", 2, f"session_loss:at={step}")
    truth = Truth(portal)
    run = make_operator(portal).run()
    truth.agrees_with(run)
    assert len(truth.sign_ins) <= 3
    struck = "uncertain" if step == "save" else "approved"
    assert [each["outcome"] for each in run.approvals] == [struck, "approved"], run.said
    assert run.code == (1 if step == "save" else 0), run.said
    is_sealed(run)


@pytest.mark.parametrize("settings", [{}, {"RETRIES": "9"}], ids=["as they come", "many retries"])
def test_session_that_does_not_last_is_said_so(
    settings: dict[str, str], start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 2, "session_loss:at=grid,times=9")
    truth = Truth(portal)
    run = make_operator(portal).run(**settings)
    assert [task.message.partition("]")[0] for task in run.failed] == ["[KTP-122"], run.said
    assert "Close other windows" in run.failed[0].message
    assert truth.entries("approval") == []


@pytest.mark.parametrize(
    "fault",
    [
        "drop:at=menu",
        "server_error:at=home,times=2",
        "server_error:at=grid",
    ],
)
def test_fault_that_passes_is_got_over(fault: str, start_portal: StartPortal, make_operator: MakeOperator) -> None:
    portal = start_portal("plain", 1, fault)
    truth = Truth(portal)
    truth.everything_is_approved(make_operator(portal).run())
    assert len(truth.sign_ins) <= 2


@pytest.mark.parametrize("fault", ["server_error:at=sign_out", "drop:at=sign_out,times=2"])
def test_fault_at_the_sign_out_is_not_taken_for_it(
    fault: str, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1, fault)
    truth = Truth(portal)
    truth.everything_is_approved(make_operator(portal).run())
