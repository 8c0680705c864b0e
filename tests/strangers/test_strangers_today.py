"""The suite against portals in today's manner that the library does not know, each with the file that its owner would write.

One runs with every change, the rest by `make matrix`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.strangers.slow import slowed
from tests.strangers.stage import WORKPLACES
from tests.strangers.today.judge import (
    require_approved,
    require_nothing_beside,
    require_planned,
    require_told_truly,
    visiting,
)
from tests.strangers.today.portals import (
    AgGridToday,
    AntToday,
    BootstrapToday,
    DataTablesToday,
    ElementToday,
    PlainToday,
    PrimeToday,
    QuasarToday,
    ReactToday,
    ShoelaceToday,
    VuetifyToday,
)
from tests.strangers.today.stage import TodayStranger, today_contracts

KINDS = [
    AgGridToday,
    AntToday,
    BootstrapToday,
    DataTablesToday,
    ElementToday,
    PrimeToday,
    QuasarToday,
    ReactToday,
    ShoelaceToday,
    VuetifyToday,
]
FAULTS = {"save_500": 1, "ghost": 1, "expired": 0, "many": 0, "reordered": 0}  # how many approvals are lost by it


@pytest.mark.parametrize("kind", [VuetifyToday])
def test_approves_what_is_the_employers_turn(kind: type[TodayStranger], tmp_path: Path) -> None:
    few = today_contracts(WORKPLACES[0])[:3]  # one for the employer, one for the professional, one approved
    with visiting(kind, tmp_path, contracts=few) as visit:
        mine = visit.ids(mine=True)
        approved = visit.run("approve", APPROVE="all")
        require_approved(approved, mine)
        require_nothing_beside(approved, visit.workplace)


@pytest.mark.matrix
@pytest.mark.parametrize("kind", [*KINDS, PlainToday])
def test_plans_rehearses_and_approves(kind: type[TodayStranger], tmp_path: Path) -> None:
    with visiting(kind, tmp_path) as visit:
        mine, waiting = visit.ids(mine=True), visit.ids(mine=False)
        planned = visit.run("plan", suite="plan")
        require_planned(planned, visit, mine, waiting)
        require_nothing_beside(planned, visit.workplace)
        rehearsed = visit.run("rehearse", MODE="rehearse", APPROVE="all")
        assert rehearsed.code == 0, rehearsed.output
        assert not rehearsed.seen("approval")
        require_nothing_beside(rehearsed, visit.workplace)
        approved = visit.run("approve", APPROVE="all")
        require_approved(approved, mine)
        require_nothing_beside(approved, visit.workplace)


@pytest.mark.matrix
@pytest.mark.parametrize("kind", [PrimeToday, AgGridToday])
def test_approves_where_each_answer_takes_its_own_time(kind: type[TodayStranger], tmp_path: Path) -> None:
    few = today_contracts(WORKPLACES[0])[:3]
    with visiting(slowed(kind, 1), tmp_path, contracts=few) as visit:
        mine = visit.ids(mine=True)
        require_approved(visit.run("approve", APPROVE="all"), mine)


@pytest.mark.matrix
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", FAULTS)
def test_tells_the_truth_under_a_fault(fault: str, kind: type[TodayStranger], tmp_path: Path) -> None:
    with visiting(kind, tmp_path, faults=frozenset({fault}), lag_s=2.0) as visit:
        mine = visit.ids(mine=True)
        approved = visit.run("approve", APPROVE="all")
        require_told_truly(approved, mine, FAULTS[fault])
        require_nothing_beside(approved, visit.workplace)
