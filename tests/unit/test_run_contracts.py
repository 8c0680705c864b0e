"""A contract of a run is taken by its place in approvals.json, and by no other number."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from Katip.approvals.decisions import Nothing
from Katip.errors import ConfigurationError
from Katip.evidence.layout import EVIDENCE
from Katip.run.work import Work


@pytest.mark.parametrize("index", [0, -1, 3])
def test_number_that_no_contract_has_is_refused(index: int, tmp_path: Path) -> None:
    nothing: Any = None
    (tmp_path / EVIDENCE).mkdir()
    journal: Any = SimpleNamespace(path=tmp_path / "journal.sqlite")
    work = Work(nothing, "run-1", tmp_path, datetime.now(UTC), Nothing(), nothing, journal, nothing, nothing)
    first: Any = object()
    second: Any = object()
    work.items[:] = [first, second]
    assert (work.item(1), work.item(2)) == (first, second)
    with pytest.raises(ConfigurationError, match="from 1 to 2"):
        work.item(index)
