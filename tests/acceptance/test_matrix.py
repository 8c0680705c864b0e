"""Every fault of the practice portal, wherever it can strike, on two skins: `make matrix`.

Each case says what the run may report; whatever it reports must agree with the portal's log.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from PracticePortal.faults import KINDS
from PracticePortal.process import PortalProcess
from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth, is_sealed
from tests.acceptance.running import Operator, Robot, Run

pytestmark = pytest.mark.matrix
SKINS = ("plain", "legacy")
MakeOperator = Callable[..., Operator]

GOOD = ("approved", "approved")
NOT_REACHED = ()
# What may be reported of the contracts, in their order, by fault. Two contracts are pending; the first one is struck.
ONE_PLACE: dict[str, tuple[tuple[str, ...], ...]] = {
    "drop_before_approval": (("uncertain", "approved"),),
    "error_before_approval": (("uncertain", "approved"),),
    "drop_after_approval": (GOOD,),
    "error_after_approval": (GOOD,),
    "other_person": (("held", "approved"),),
    "refusal": (("refused", "approved"),),
    "slow_ok": (GOOD,),
    "success_but_pending": (("uncertain", "approved"),),
    "duplicate_delivery": (GOOD,),
    "native_alert": (GOOD,),
    "native_confirm": (("uncertain", "uncertain"),),
    "asking_box": (("uncertain", "uncertain"),),
    "reorder": (GOOD,),
    "new_row": ((*GOOD, "skipped"),),
    "twins": ((*GOOD, "approved"),),
    "hostile_names": (GOOD,),
    "stale_grid": (GOOD, ("uncertain", "approved")),
    "captcha": (NOT_REACHED,),
    "second_factor": (NOT_REACHED,),
    "mobile_signature": (GOOD,),
    "hidden_total": (GOOD,),
    "wrong_total": (("failed", "failed"), NOT_REACHED),
    "moved": (NOT_REACHED,),
    "unknown_page": (NOT_REACHED,),
}
_AT_A_STEP: dict[str, tuple[tuple[str, ...], ...]] = {
    "login": (NOT_REACHED, GOOD),
    "form": (GOOD,),
    "save": (("uncertain", "approved"),),
    "after_save": (GOOD,),
    "reread": (GOOD,),
    "sign_out": (GOOD,),
}
_BY_OTHERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "grid": (("already_approved", "approved"), ("approved", "already_approved")),
    "form": (GOOD, ("already_approved", "approved"), ("uncertain", "approved")),
    "save": (GOOD, ("already_approved", "approved"), ("uncertain", "approved")),
}


def _all_faults() -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    for name, kind in KINDS.items():
        if not kind.steps:
            yield name, ONE_PLACE[name]
        for step in kind.steps:
            if name == "latency":
                yield f"latency:at={step},ms=400", (GOOD,)
            elif name == "approved_by_other":
                yield f"{name}:at={step}", _BY_OTHERS[step]
            else:
                yield f"{name}:at={step}", _AT_A_STEP.get(step, (GOOD,))


FAULTS = dict(_all_faults())
RIGHT = {"approved", "already_approved", "planned", "skipped"}


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("fault", FAULTS)
def test_outcome_agrees_with_the_portals_log(
    fault: str, skin: str, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal(skin, 2, fault)
    truth = Truth(portal)
    run = make_operator(portal).run()
    outcomes = tuple(each["outcome"] for each in run.approvals)
    assert outcomes in FAULTS[fault], run.said
    truth.agrees_with(run)
    assert (run.code == 0) == (bool(outcomes) and set(outcomes) <= RIGHT), run.said
    assert len(run.failed) == run.code
    is_sealed(run)


# ---- killed


@dataclass(frozen=True)
class Kill:
    """What is killed, and at which of the portal's events."""

    victim: str
    event: str

    def __str__(self) -> str:
        return f"{self.victim} at {self.event}"


TRANSITIONS = ("sign_in", "workplace_chosen", "home", "contracts_listed", "form_opened", "approval", "sign_out")
KILLS = [Kill(victim, event) for victim in ("robot", "browser", "portal") for event in TRANSITIONS]
# Time to kill in, before "Kayıt" arrives and before its answer leaves.
SLOW = ("latency:at=save,ms=1200", "latency:at=after_save,ms=1200")


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("kill", KILLS, ids=str)
def test_whatever_is_killed_the_next_run_is_right(
    kill: Kill, skin: str, tmp_path: Path, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal(skin, 2, *SLOW)
    operator = make_operator(portal)
    truth = Truth(portal)
    robot = operator.start()
    robot.wait_for_end_or(lambda: portal.entries(kill.event))
    _kill(kill.victim, robot, portal)
    first = robot.ended()
    if kill.victim == "portal":
        portal = start_portal(skin, 2, ports=portal.ports, folder=portal.log_path.parent)
        truth.portal = operator.portal = portal
    portal.clear_faults()
    _first_run_told_the_truth(truth, first)
    second = operator.run()
    assert second.code == 0, second.said
    assert sorted(set(truth.recorded)) == sorted(each["gorevlendirme_id"] for each in truth.pending)
    assert all(number == 1 for number in truth.arrived.values()), truth.arrived
    assert {each["outcome"] for each in second.approvals} <= {"approved", "already_approved"}
    is_sealed(second)


def _kill(victim: str, robot: Robot, portal: PortalProcess) -> None:
    if victim == "portal":
        portal.kill()
    elif victim == "robot":
        robot.kill()
    elif robot.process.poll() is None:
        for child in psutil.Process(robot.process.pid).children(recursive=True):
            if child.name().startswith("chrom"):
                child.send_signal(signal.SIGKILL)


def _first_run_told_the_truth(truth: Truth, run: Run) -> None:
    for each in run.approvals:
        number, outcome = truth.id_of(each), each["outcome"]
        if outcome == "approved":
            assert number in truth.recorded, each
        if outcome in {"skipped", "held", "planned", "not_found", "failed"}:
            assert number not in truth.recorded, each
