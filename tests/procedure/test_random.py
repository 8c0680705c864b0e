"""The random cases that nothing stops: no approval without a decision, none twice, none unreported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.acceptance.cases import make_case, try_with
from tests.acceptance.conftest import StartPortal
from tests.acceptance.random_cases import CASES, SEED, STOPPED
from tests.acceptance.running import Operator

_GOING_ON = [number for number in range(CASES) if number not in STOPPED]
_BY_DEFAULT = 6


@pytest.mark.parametrize(
    "number",
    [*_GOING_ON[:_BY_DEFAULT], *(pytest.param(number, marks=pytest.mark.matrix) for number in _GOING_ON[_BY_DEFAULT:])],
    ids=lambda number: f"seed {SEED} case {number}",
)
def test_random_case_keeps_the_invariants(
    number: int, start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    case = make_case(SEED, number)
    portal = start_portal(case.skin, case.pending, *case.faults)
    verdict = try_with(case, portal, make_operator(portal))
    assert not verdict.wrong, f"seed {case}\n{verdict.wrong}"
