"""Random cases of today's portal that nothing stops: no approval without a decision, none twice, none unreported.

`make soak N=500 ARGS=--today` runs any number, those that are stopped too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from PracticePortal.process import PortalProcess
from tests.acceptance.cases import Case, try_with
from tests.acceptance.random_cases import SEED
from tests.acceptance.running import Operator
from tests.acceptance.today_cases import make_today_case

_CASES = [case for number in range(40) if (case := make_today_case(SEED, number)).stop is None and case.pending]


# Duplicate rows that no ID tells apart, one of them approved and so in another list than the other.
_DUPLICATE_ROWS = make_today_case(31, 0)


@pytest.mark.parametrize(
    "case",
    [_DUPLICATE_ROWS, *(pytest.param(case, marks=pytest.mark.matrix) for case in _CASES)],
    ids=lambda case: case.seed,
)
def test_random_case_keeps_the_invariants(case: Case, tmp_path: Path, make_operator: Callable[..., Operator]) -> None:
    with PortalProcess(case.skin, case.pending, tmp_path / "portal", faults=case.faults, look=case.look) as portal:
        verdict = try_with(case, portal, make_operator(portal))
    assert not verdict.wrong, f"seed {case}\n{verdict.wrong}"
