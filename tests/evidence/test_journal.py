"""The journal as a second witness of a run, and the deletion of personal fields in it."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from Katip.approvals.decisions import Decision, Verdict
from Katip.approvals.journal import Journal
from Katip.approvals.journal_records import JournalRun
from Katip.cli import katip
from Katip.evidence.verify import verify_runs
from Katip.model import Contract, Outcome, Status
from tests.approvals.fakes import outcome_of

from .sample import OUTCOMES, WORKPLACE, name_of

RUN = "20260301T093000Z-aaaa"


@pytest.fixture
def journal(sealed: Path) -> Path:
    """A journal beside the sealed run that tells the same story."""
    path = sealed.parent / "journal.sqlite"
    with Journal(path, JournalRun(RUN, "http://127.0.0.1:8003", "approve", "worklist", str(sealed))) as opened:
        for index, outcome in enumerate(OUTCOMES, start=1):
            approved = outcome is Outcome.APPROVED
            contract = Contract(
                WORKPLACE,
                name_of(index - 1),
                "C Sınıfı İş Güvenliği Uzmanı",
                date(2026, 3, 1),
                Status.PENDING,
                "Onay Bekliyor",
                gorevlendirme_id=f"90000{index:04d}" if approved else None,
                minutes=600 if approved else None,
            )
            reason = "on the list"
            entry = opened.enter(contract, Decision(Verdict.APPROVE if approved else Verdict.SKIP, reason))
            opened.settle(entry, outcome_of(contract, outcome))
        opened.end_run("pass")
    return path


def test_journal_that_agrees_is_silent(sealed: Path, journal: Path) -> None:
    verdict = verify_runs([sealed])[0]
    assert verdict.ok, verdict.sentences()
    assert journal.exists()


def test_journal_that_disagrees_is_named(sealed: Path, journal: Path) -> None:
    with sqlite3.connect(journal) as db:
        db.execute("UPDATE entries SET outcome = 'uncertain' WHERE id = 1")
    db.close()
    verdict = verify_runs([sealed])[0]
    assert "journal-differs" in {finding.code for finding in verdict.findings if finding.kind.fails}


def test_purge_takes_the_journals_personal_fields_too(sealed: Path, journal: Path) -> None:
    result = CliRunner().invoke(katip, ["purge", "--reason", "talep", str(sealed)])
    assert result.exit_code == 0, result.output
    assert "personal fields of 3 contracts" in result.output
    assert "Ayşe".encode() not in journal.read_bytes()
    assert all(verdict.ok for verdict in verify_runs([sealed]))


def test_run_that_only_the_journal_remembers_is_named(sealed: Path, journal: Path) -> None:
    gone = JournalRun(
        "20260228T093000Z-gone", "http://127.0.0.1:8003", "approve", "worklist", str(sealed.parent / "gone")
    )
    with Journal(journal, gone) as opened:
        opened.end_run("no contract")
    verdict = verify_runs([sealed])[0]
    assert [found.code for found in verdict.findings if found.kind.fails] == ["journal-removed"]
    assert "20260228T093000Z-gone" in verdict.sentences()[0]
