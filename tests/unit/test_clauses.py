"""What is written down of a clause that was carried out."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from Katip.errors import BrowserGone, KatipError, NoEffect
from Katip.run import run
from Katip.run.run import RunKeywords


def recording(tmp_path: Path, error: KatipError) -> tuple[RunKeywords, list[tuple[Any, ...]]]:
    """Keywords whose pictures fail with an error, and the list of the clauses that are written down."""

    def fails(*_: object) -> None:
        raise error

    written: list[tuple[Any, ...]] = []
    evidence = SimpleNamespace(
        clause_picture_path=lambda number: tmp_path / f"{number}.png",
        clause=lambda *clause: written.append(clause),
        note_clock=lambda ahead: None,
    )
    library: Any = SimpleNamespace(
        work=SimpleNamespace(evidence=evidence),
        pictures=SimpleNamespace(take=fails),
        session=SimpleNamespace(origin_seen="https://katip.example", portal=SimpleNamespace(katip_origins=set())),
        driver=SimpleNamespace(clocks={}),
    )
    return RunKeywords(library), written


@pytest.fixture(autouse=True)
def task_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BuiltIn", lambda: SimpleNamespace(get_variable_value=lambda *_: "5.10 Sign out · X"))


def test_clause_whose_picture_fails_is_written_down_without_it(tmp_path: Path) -> None:
    keywords, written = recording(tmp_path, NoEffect("Taking a picture", "one", "none"))
    keywords.record_clause("5.10", "signed out")
    assert written == [("5.10", "5.10 Sign out", None, "signed out", "https://katip.example")]


def test_browser_that_is_gone_is_not_taken_for_a_picture_that_failed(tmp_path: Path) -> None:
    keywords, written = recording(tmp_path, BrowserGone("Taking a picture", "a browser", "none"))
    with pytest.raises(BrowserGone):
        keywords.record_clause("5.10")
    assert written == []
