"""What answers "Kayıt", and what happens to the list meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from PracticePortal.examples import HOSTILE_NAMES, PENDING
from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth, is_sealed
from tests.acceptance.running import Operator

MakeOperator = Callable[..., Operator]


def test_native_alert_is_read_before_it_is_closed(start_portal: StartPortal, make_operator: MakeOperator) -> None:
    portal = start_portal("plain", 2, "native_alert")
    truth = Truth(portal)
    run = make_operator(portal).run()
    truth.everything_is_approved(run, {"before", "form", "after"})
    for entry in run.approvals:
        assert entry["message"] == "Sözleşme onaylandı."
        assert "dialog" in entry["reason"]


@pytest.mark.parametrize("fault", ["native_confirm", "asking_box"])
def test_question_that_is_not_known_is_never_answered(
    fault: str, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 2, fault)
    truth = Truth(portal)
    run = make_operator(portal).run()
    assert run.code >= 1, run.said
    assert [each["outcome"] for each in run.approvals] == ["uncertain"] * 2
    for entry in run.approvals:
        assert "emin misiniz" in entry["message"]
    assert len(truth.entries("approval_asked")) == 2
    assert truth.recorded == []
    truth.agrees_with(run)


@pytest.mark.parametrize("fault", ["native_confirm", "asking_box"])
def test_question_that_the_portals_data_knows_is_agreed_to(
    fault: str, tmp_path: object, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1, fault)
    truth = Truth(portal)
    operator = make_operator(portal)
    known = operator.folder / "kendi.toml"
    known.write_text('extends = "practice"\nname = "kendi"\n\n[window]\nasks = ["emin misiniz"]\n', "utf-8")
    run = operator.run(PORTAL=str(known))
    assert [each["outcome"] for each in run.approvals] == ["approved"], run.said
    assert run.code == 0
    truth.agrees_with(run)


def test_twins_are_told_apart_by_the_forms_id(start_portal: StartPortal, make_operator: MakeOperator) -> None:
    portal = start_portal("plain", 2, "twins")
    truth = Truth(portal)
    run = make_operator(portal).run()
    assert len(truth.pending) == 3
    truth.everything_is_approved(run)
    assert len({each["gorevlendirme_id"] for each in run.approvals}) == 3


def test_names_that_look_like_code_are_shown_as_they_are(
    start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", len(HOSTILE_NAMES), "hostile_names")
    truth = Truth(portal)
    run = make_operator(portal).run()
    truth.everything_is_approved(run)
    assert {each["name"] for each in run.approvals} == {" ".join(name.split()) for name in HOSTILE_NAMES}
    contract_tasks = [task.name for task in run.tasks if "contract" in task.tags]
    for name in HOSTILE_NAMES:
        assert any(" ".join(name.split()) in " ".join(task.split()) for task in contract_tasks), name


def test_nothing_that_a_name_says_is_evaluated(start_portal: StartPortal, make_operator: MakeOperator) -> None:
    name = "${{__import__('os').environ['KATIP_MARKER']}} %{KATIP_MARKER} ${OUTPUT DIR}"
    portal = start_portal("plain", 2)
    portal.set_fault("hostile_names", text=name)
    portal.set_fault("refusal", text=f"{name} yapılamaz")
    truth = Truth(portal)
    run = make_operator(portal).run("-L", "TRACE", environment={"KATIP_MARKER": "marker-4711"})
    assert sorted(each["outcome"] for each in run.approvals) == ["approved", "refused"], run.said
    truth.agrees_with(run)
    assert "marker-4711" not in run.said
    for path in run.folder.rglob("*"):
        assert not path.is_file() or b"marker-4711" not in path.read_bytes(), path
    assert any(name in each["message"] for each in run.approvals)


def test_count_that_disagrees_stops_before_anything_is_opened(
    start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 2, "wrong_total")
    truth = Truth(portal)
    run = make_operator(portal).run()
    assert run.code == 1, run.said
    (failed,) = run.failed
    assert failed.name.startswith("5.8")
    assert "KTP-530" in failed.message
    assert truth.entries("form_opened") == []
    truth.agrees_with(run)
    assert truth.ends == ["sign_out"]


def test_portal_without_a_count_is_a_stated_warning(start_portal: StartPortal, make_operator: MakeOperator) -> None:
    portal = start_portal("plain", 2, "hidden_total")
    truth = Truth(portal)
    run = make_operator(portal).run()
    truth.everything_is_approved(run)
    assert "no count of pending contracts" in run.said


def test_contract_that_comes_meanwhile_is_named_and_fails_nothing(
    start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 2, "new_row")
    truth = Truth(portal)
    run = make_operator(portal).run()
    assert run.code == 0, run.said
    truth.agrees_with(run)
    assert [each["outcome"] for each in run.approvals] == ["approved", "approved", "skipped"]
    assert "came after the list was read" in run.approvals[2]["reason"]
    left = [each for each in portal.contracts() if each["sgk"] == portal.workplace and each["status"] == PENDING]
    assert [each["name"] for each in left] == [run.approvals[2]["name"]]
    is_sealed(run)


@pytest.mark.parametrize("step", ["grid", "form"])
def test_contract_that_somebody_else_approves_is_not_claimed(
    step: str, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 2, f"approved_by_other:at={step}")
    truth = Truth(portal)
    run = make_operator(portal).run()
    (other,) = truth.entries("approved_by_other")
    (struck,) = [each for each in run.approvals if truth.id_of(each) == other["gorevlendirme_id"]]
    assert struck["outcome"] == ("already_approved" if step == "grid" else "approved"), run.said
    assert len(truth.recorded) == 1
    truth.agrees_with(run)


@pytest.mark.parametrize("fault", ["reorder", "duplicate_delivery"])
def test_portal_may_be_slow_or_restless(fault: str, start_portal: StartPortal, make_operator: MakeOperator) -> None:
    portal = start_portal("framed", 2, fault)
    truth = Truth(portal)
    run = make_operator(portal).run()
    truth.everything_is_approved(run)
