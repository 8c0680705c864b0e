"""Two runs in one folder of results with a journal, and what their verification finds."""

from __future__ import annotations

from pathlib import Path

from Katip.approvals.journal import Journal
from Katip.approvals.journal_records import JournalRun
from Katip.evidence.findings import RunVerdict

RUN = "20260301T093000Z-aaaa"
OTHER = "20260301T093001Z-bbbb"


def failing(verdict: RunVerdict) -> set[str]:
    return {finding.code for finding in verdict.findings if finding.kind.fails}


def journal_of(path: Path, *runs: str, folder: Path) -> Path:
    for run in runs:
        with Journal(
            path, JournalRun(run, "http://127.0.0.1:8003", "approve", "worklist", str(folder / run))
        ) as opened:
            opened.end_run("pass")
    return path
