"""What is written down of a clause that was carried out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from Katip.approvals.decisions import Nothing
from Katip.current_session import CurrentSession
from Katip.errors import BrowserGone, KatipError, NoEffect
from Katip.evidence import layout
from Katip.evidence.record import RunDescription
from Katip.evidence.run_evidence import RunEvidence
from Katip.portal import load_portal
from Katip.reading.driver import Driver
from Katip.run import clause_keywords
from Katip.run.clause_keywords import ClauseKeywords
from Katip.run.context import RunContext
from Katip.run.current_run import CurrentRun
from Katip.run.page_pictures import Pictures
from Katip.run.run_browser import RunBrowser
from Katip.run.stopping import Stopping
from Katip.run.work import Work
from Katip.session import Session


def recording(tmp_path: Path, error: KatipError) -> tuple[ClauseKeywords, Path]:
    """Keywords whose pictures fail with an error, and the file in which the clauses are recorded."""

    class NoPictures(Pictures):
        def take(self, path: Path, caption: str) -> str | None:
            raise error

    nothing: Any = None
    driver = Driver(nothing)
    session = Session.of(load_portal("v9", {"katip_url": "https://katip.example"}), driver)
    session.origin_seen = "https://katip.example"
    stopping, current = Stopping(), CurrentSession(session)
    evidence = RunEvidence(tmp_path, RunDescription("run-1", datetime.now(UTC), "approve", "v9", {}))
    journal: Any = SimpleNamespace(path=tmp_path / "journal.sqlite")
    work = Work(nothing, "run-1", tmp_path, datetime.now(UTC), Nothing(), nothing, journal, evidence, nothing)
    run = CurrentRun(current, work)
    context = RunContext(
        run=run,
        pages=nothing,
        navigation=nothing,
        renewal=nothing,
        browser=RunBrowser(run, nothing, driver, stopping),
        stopping=stopping,
        pictures=NoPictures(run, driver, bool),
        weaver=nothing,
        progress=nothing,
        sealing=nothing,
    )
    return ClauseKeywords(context), tmp_path / layout.CLAUSES


@pytest.fixture(autouse=True)
def task_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        clause_keywords, "BuiltIn", lambda: SimpleNamespace(get_variable_value=lambda *_: "5.10 Sign out · X")
    )


def test_clause_whose_picture_fails_is_recorded_without_it(tmp_path: Path) -> None:
    keywords, recorded = recording(tmp_path, NoEffect("Taking a picture", "one", "none"))
    keywords.record_clause("5.10", "signed out")
    (entry,) = json.loads(recorded.read_text("utf-8"))["entries"]
    assert entry.pop("at")
    assert entry == {"clause": "5.10", "task": "5.10 Sign out", "picture": None, "origin": "https://katip.example"}


def test_browser_that_is_gone_is_not_taken_for_a_picture_that_failed(tmp_path: Path) -> None:
    keywords, recorded = recording(tmp_path, BrowserGone("Taking a picture", "a browser", "none"))
    with pytest.raises(BrowserGone):
        keywords.record_clause("5.10")
    assert json.loads(recorded.read_text("utf-8"))["entries"] == []
