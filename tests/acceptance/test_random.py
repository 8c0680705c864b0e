"""The random cases that a signal stops: no approval without a decision, none twice, none unreported.

The others of the twelve run in tests/procedure; `make soak N=500` runs any number, each in a process of its own.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.cases import make_case, try_case
from tests.acceptance.random_cases import SEED, STOPPED


@pytest.mark.parametrize("number", STOPPED, ids=lambda number: f"seed {SEED} case {number}")
def test_random_case_that_is_stopped_keeps_the_invariants(number: int, tmp_path: Path) -> None:
    case = make_case(SEED, number)
    verdict = try_case(case, tmp_path)
    assert not verdict.wrong, f"seed {case}\n{verdict.wrong}"
