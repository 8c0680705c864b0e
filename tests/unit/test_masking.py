"""Numbers and secrets are covered in texts as a person would read them; the same cases judge the pictures (tests/reading/test_pictures.py)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from Katip.masking import mask

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "vectors" / "covered.json").read_text("utf-8"))[
    "cases"
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["text"]))
def test_text_is_covered_as_a_person_reads_it(case: dict[str, Any]) -> None:
    covered = mask(case["text"], case.get("secrets", ()))
    for hidden in case.get("hidden", ()):
        assert hidden not in covered
    for kept in case.get("kept", ()):
        assert kept in covered
    assert (covered != case["text"]) is bool(case.get("hidden"))


def test_digest_is_left_alone() -> None:
    digest = "ab11111111110cd" + "0" * 49
    assert mask(digest) == digest
