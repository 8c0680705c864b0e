"""Faults of today's portal: what is told as approved was recorded, nothing is sent twice, nobody stays signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from PracticePortal.process import PortalProcess
from tests.acceptance.running import Operator
from tests.procedure.today_run import require_exactly_mine_approved, run_today, statuses


@pytest.fixture
def portal(request: pytest.FixtureRequest) -> Iterator[PortalProcess]:
    with PortalProcess("today", 3, faults=[request.param]) as started:
        yield started


# An answer that never comes is waited for as long as the file says.
_PATIENT_ENOUGH = 'extends = "practice-today"\nname = "own"\n\n[pace]\nanswer_s = 6\n'
_BY_DEFAULT = ("drop_after_approval:nth=2",)
_IN_THE_MATRIX = (
    "too_many:at=grid",
    "too_many:at=form",
    "session_loss:at=grid",
    "session_loss:at=form,nth=2",
    "session_loss:at=after_save,nth=2",
    "maintenance:at=grid",
    "server_error:at=reread",
    "server_error:at=home",
    "drop_before_approval:nth=2",
    "error_before_approval:nth=2",
    "error_after_approval:nth=2",
    "success_but_pending:nth=2",
    "refusal:nth=2",
    "other_person:nth=2",
    "native_alert",
    "native_confirm:nth=2",
    "asking_box:nth=2",
    "duplicate_delivery:nth=2",
    "slow_ok:nth=2",
    "stale_grid:times=2",
    "reorder",
    "twins",
    "hostile_names",
    "new_row",
    "approved_by_other:at=form,nth=2",
    "captcha",
    "unknown_page",
)


@pytest.mark.parametrize(
    "portal",
    [*_BY_DEFAULT, *(pytest.param(fault, marks=pytest.mark.matrix) for fault in _IN_THE_MATRIX)],
    indirect=True,
)
def test_nothing_is_approved_twice_or_missed(
    portal: PortalProcess, tmp_path: Path, make_operator: Callable[..., Operator]
) -> None:
    mine, _ = statuses(portal)
    file = tmp_path / "own.toml"
    file.write_text(_PATIENT_ENOUGH, "utf-8")
    run = run_today(make_operator(portal), portal, str(file))
    sent = [entry["gorevlendirme_id"] for entry in portal.entries("approval")]
    assert len(sent) == len(set(sent))
    assert set(sent) <= mine
    assert portal.state()["open_sessions"] == []
    if run.code == 0:
        require_exactly_mine_approved(portal, run, mine)
    told = {each["gorevlendirme_id"] for each in run.approvals if each["outcome"] == "approved"}
    recorded = {entry["gorevlendirme_id"] for entry in portal.entries("approval") if entry["recorded"]}
    assert told <= recorded
