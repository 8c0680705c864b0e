from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from Katip.approvals.decisions import ApproveAll
from Katip.approvals.journal import Journal
from Katip.approvals.journal_records import ApprovalStep, JournalRun, Tally, Transition
from Katip.cli import katip
from Katip.model import Outcome
from tests.approvals.fakes import contract, outcome_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "journal.sqlite"
    with Journal(file, JournalRun("run-1", "https://katip.example", "approve", "all", "results/run-1")) as kept:
        for number, (name, outcome) in enumerate(
            [("Ayşe\x1b[31m Örnek", Outcome.APPROVED), ("Ali Deneme", None)], start=1001
        ):
            seen = contract(name=name, gorevlendirme_id=str(number))
            entry = kept.enter(seen, ApproveAll().decide(seen, []))
            now = Transition(ApprovalStep.ABOUT_TO_SUBMIT, datetime.now().astimezone())
            kept.about_to_submit(entry, seen, Tally(1, 0), now)
            if outcome:
                kept.settle(entry, outcome_of(seen, outcome, message="Tamam"))
    return file


def call(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(katip, ["journal", "--file", str(path), *arguments])


def test_runs(path: Path) -> None:
    result = call(path, "runs")
    assert result.exit_code == 0
    assert "run-1" in result.output
    assert "not ended, or killed" in result.output
    assert "1 approved" in result.output


def test_open(path: Path) -> None:
    result = call(path, "open")
    assert result.exit_code == 1, "a script can tell that something is open"
    assert "Ali Deneme" in result.output
    assert "ended without an answer after sending" in result.output
    assert "1001" not in result.output


@pytest.mark.parametrize("wanted", ["1002", "ALİ DENEME"])
def test_history(path: Path, wanted: str) -> None:
    result = call(path, "history", wanted)
    assert result.exit_code == 0
    assert "about_to_submit" in result.output
    assert len(result.output.splitlines()) == 3


def test_nothing_found_and_no_journal(path: Path) -> None:
    assert call(path, "history", "kimse").exit_code == 1
    result = call(path.with_name("yok.sqlite"), "runs")
    assert result.exit_code == 1
    assert "KTP-012" in result.output


def test_foreign_text_cannot_speak_to_the_terminal(path: Path) -> None:
    assert "\x1b" not in call(path, "history", "1001").output


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE runs SET started = '\x1b[2J'",
        "UPDATE runs SET started = '99999-01-01'",
        "UPDATE entries SET outcome = X'00ff'",
        "UPDATE entries SET sent = 'x', outcome = 'y'",
    ],
)
def test_values_that_no_journal_writes_are_named_as_damage(path: Path, damage: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(damage)
        db.commit()
    results = [call(path, "runs"), call(path, "history", "1001"), call(path, "open")]
    assert any("KTP-012" in result.output for result in results)
    for result in results:
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "\x1b" not in result.output
