"""Forty random cases (`make soak N=500` for any number): no approval without a decision, none twice, none untold."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.acceptance.cases import make_case, try_case

SEED = int(os.environ.get("KATIP_SEED", "20210303"))
CASES = 40


@pytest.mark.parametrize("number", range(CASES), ids=lambda number: f"seed {SEED} case {number}")
def test_random_case_keeps_the_invariants(number: int, tmp_path: Path) -> None:
    case = make_case(SEED, number)
    verdict = try_case(case, tmp_path)
    assert not verdict.wrong, f"seed {case}\n{verdict.wrong}"
