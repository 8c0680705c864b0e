"""What the console shows of a run: lines on a terminal only, one table at the end, nothing that a terminal obeys."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest

from Katip import messages
from Katip.approvals.approval_result import Result
from Katip.approvals.decisions import Decision, Verdict
from Katip.model import Contract, Outcome, Status
from Katip.run.progress import Progress, progress_line, summary


class Terminal(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def result(outcome: Outcome, name: str = "Ayşe Örnek", reason: str = "neden") -> Result:
    contract = Contract(
        "29999010199999010999932000", name, "İşyeri Hekimi", date(2026, 3, 1), Status.PENDING, "Onay Bekliyor"
    )
    return Result.not_tried(contract, Decision(Verdict.APPROVE, reason), outcome, reason)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("tr", "sözleşme 3/12, Ayşe Örnek, approved, kalan süre yaklaşık 2 dk 5 sn"),
        ("en", "contract 3/12, Ayşe Örnek, approved, about 2 min 5 s left"),
    ],
)
def test_line_says_how_far_the_run_is(language: str, line: str) -> None:
    messages.set_language(language)
    assert progress_line(3, 12, result(Outcome.APPROVED), timedelta(seconds=125)) == line


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_quiet_where_there_is_no_terminal(terminal: bool) -> None:
    stream = Terminal(terminal)
    progress = Progress(stream)
    progress.begin()
    for number in (1, 2):
        progress.show(number, 2, result(Outcome.APPROVED))
    lines = stream.getvalue().splitlines()
    assert len(lines) == (2 if terminal else 0)
    assert all("left" not in line for line in lines[1:])


def test_name_of_a_portal_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in progress_line(1, 1, result(Outcome.HELD, "Ayşe\x1b[2K"), None)
    assert "\x1b" not in summary([result(Outcome.HELD, "Ayşe\x1b[2K")], Path("rapor.html"))


@pytest.mark.parametrize("outcome", Outcome)
def test_table_says_what_to_do_next_for_all_that_is_not_approved(outcome: Outcome) -> None:
    messages.set_language("tr")
    table = summary([result(outcome), result(Outcome.APPROVED)], Path("evidence/rapor.html")).splitlines()
    (row,) = [line for line in table if line.startswith(f"{outcome.value} ")]
    is_good = outcome in (Outcome.APPROVED, Outcome.ALREADY_APPROVED)
    assert row.endswith("–") == is_good
    assert table[-1] == "Rapor: evidence/rapor.html"


def test_table_names_what_a_person_must_look_at_up_to_a_limit() -> None:
    table = summary([result(Outcome.HELD, f"Kişi {number}") for number in range(30)], Path("r.html"))
    assert table.count("held: Kişi") == 20
    assert "and 10 more" in table
