"""A portal that never answers, or never leaves off: the run ends in bounded time and says how."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from Katip.pages.sign_out import SignOut
from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth, is_sealed
from tests.acceptance.running import Operator

MakeOperator = Callable[..., Operator]


def test_sign_out_that_is_never_answered_is_stated_as_not_confirmed(
    start_portal: StartPortal, make_operator: MakeOperator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    own.write_text('extends = "practice"\n\n[patience]\nsign_out_s = 0.5\n', "utf-8")
    limit = timedelta(seconds=3)  # of all tries together, six times as long as one
    portal = start_portal("plain", 1, "latency:at=sign_out,ms=7000")
    truth = Truth(portal)
    began: list[float] = []
    original = SignOut.sign_out

    @functools.wraps(original)
    def timed(leaving: SignOut) -> str:
        began.append(time.monotonic())
        return str(original(leaving))

    monkeypatch.setattr(SignOut, "sign_out", timed)
    run = make_operator(portal).run(PORTAL=str(own))
    took = time.monotonic() - began[0]
    assert run.code == 1, run.said
    (failed,) = run.failed
    assert failed.name.startswith("5.10")
    assert "KTP-113" in failed.message
    assert took < 4 * limit.total_seconds()
    (contract,) = run.approvals
    assert contract["outcome"] == "approved"
    assert truth.recorded == [contract["gorevlendirme_id"]]
    is_sealed(run)
    assert "not confirmed" in failed.message
    (kept,) = run.folder.rglob("rapor.html")
    report = kept.read_text("utf-8")
    assert "not possible: [KTP-113]" in report
    assert "not confirmed" in report
