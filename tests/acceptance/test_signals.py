"""Being stopped: by the console (the whole process group), by the system, or without any warning."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import psutil
import pytest

from PracticePortal.process import PortalProcess
from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth, is_sealed
from tests.acceptance.running import Operator, Run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals to process groups")
MakeOperator = Callable[..., Operator]


def seen_in(portal: PortalProcess, event: str, number: int = 1) -> Callable[[], bool]:
    return lambda: len(portal.entries(event)) >= number


def ended_in_good_order(truth: Truth, run: Run) -> None:
    truth.agrees_with(run)
    assert truth.ends == ["sign_out"], run.said
    assert run.code not in (0, 253), run.said
    assert run.ended == "interrupted"
    is_sealed(run)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_signal_during_an_approval_waits_for_its_end(
    number: int, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 2, "slow_ok:ms=3000")
    truth = Truth(portal)
    robot = make_operator(portal).start()
    robot.wait_until(seen_in(portal, "approval"), "the first approval")
    robot.signal_group(number)
    run = robot.ended()
    ended_in_good_order(truth, run)
    first, second = run.approvals
    assert first["outcome"] == "approved"
    assert first["message"] == "Sözleşme onaylandı."
    assert set(first["pictures"]) == {"before", "form", "ok", "after"}
    assert second["outcome"] == "failed"
    assert truth.recorded == [first["gorevlendirme_id"]]


@pytest.mark.parametrize(
    ("number", "event"),
    [(signal.SIGINT, "home"), (signal.SIGTERM, "home"), (signal.SIGINT, "sign_in")],
    ids=["SIGINT", "SIGTERM", "SIGINT right after the password"],
)
def test_signal_before_an_approval_ends_the_run_and_the_session(
    number: int, event: str, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    # The main menu is slow, so that a signal after the password comes before the robot knows that it is let in.
    portal = start_portal("plain", 2, "latency:at=menu,ms=1500")
    truth = Truth(portal)
    robot = make_operator(portal).start()
    robot.wait_until(seen_in(portal, event), event)
    robot.signal_group(number)
    run = robot.ended()
    ended_in_good_order(truth, run)
    assert truth.recorded == []
    assert {each["outcome"] for each in run.approvals} <= {"failed"}


def test_signal_while_the_form_stands_open_sends_nothing_by_halves(
    start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 2)
    truth = Truth(portal)
    robot = make_operator(portal).start()
    robot.wait_until(seen_in(portal, "form_opened"), "the form")
    robot.signal_group(signal.SIGINT)
    run = robot.ended()
    ended_in_good_order(truth, run)
    assert len(truth.recorded) <= 1


KILLED_AT = {
    "signed in": ("sign_in", []),
    "list read": ("contracts_listed", []),
    "form open": ("form_opened", ["latency:at=save,ms=1500"]),
    "sent": ("approval", ["latency:at=after_save,ms=1500"]),
    "answered": ("home", []),
}


# The matrix kills at every event, on two skins; these two are the ones from which a second approval could come.
@pytest.mark.parametrize(
    "where",
    [where if where in ("form open", "sent") else pytest.param(where, marks=pytest.mark.matrix) for where in KILLED_AT],
)
def test_killed_run_is_taken_up_rightly_by_the_next_one(
    where: str, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    event, faults = KILLED_AT[where]
    portal = start_portal("plain", 2, *faults)
    operator = make_operator(portal)
    truth = Truth(portal)
    robot = operator.start()
    robot.wait_until(seen_in(portal, event, 2 if where == "answered" else 1), where)
    children = psutil.Process(robot.process.pid).children(recursive=True)
    robot.kill()
    killed = robot.ended()
    assert killed.code == -signal.SIGKILL
    for each in killed.approvals:  # also a file that nobody could bring to its end is true
        assert each["outcome"] in (("uncertain", "approved") if truth.id_of(each) in truth.recorded else ("failed",))
    assert _alive(children), "a killed robot was thought to leave its browser behind"
    portal.clear_faults()
    run = operator.run()
    assert run.code == 0, run.said
    assert all(number == 1 for number in truth.arrived.values()), truth.arrived
    assert sorted(truth.recorded) == sorted(each["gorevlendirme_id"] for each in truth.pending)
    assert {each["outcome"] for each in run.approvals} <= {"approved", "already_approved"}
    taken_up = [each for each in run.approvals if each["outcome"] == "already_approved"]
    assert len(taken_up) == (1 if where == "sent" else 0), run.approvals
    assert _alive(children) == []
    is_sealed(run)


def _alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [each for each in processes if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


def test_second_run_on_one_journal_is_refused_with_who_holds_it(
    start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1, "latency:at=form,ms=2000")
    truth = Truth(portal)
    operator = make_operator(portal)
    first = operator.start()
    first.wait_until(seen_in(portal, "sign_in"), "the first run's sign-in")
    second = operator.run()
    assert second.code == 1, second.said
    (failed,) = second.failed
    assert "KTP-003" in failed.message
    assert str(first.process.pid) in failed.message
    assert truth.sign_ins == [True]
    truth.everything_is_approved(first.ended())
