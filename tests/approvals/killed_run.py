"""A run in a process of its own that stops at a given step and waits there to be killed.

Called as: python killed_run.py JOURNAL RUN-ID STEP [PORTAL-LOG]
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from Katip.approvals.approval import Approver
from Katip.approvals.approval_result import Answer, Result
from Katip.approvals.decisions import ApproveAll, Decision
from Katip.approvals.journal import Journal
from Katip.approvals.journal_records import JournalRun, Tally, Transition
from Katip.model import Contract
from tests.approvals.fakes import FakePage, FakePortal, Record

STEPS = (
    "entered",
    "form_open",
    "form_agrees",
    "within about_to_submit",
    "before click",
    "after click",
    "answered",
    "looked",
    "settled",
)


def stop(here: str) -> None:
    if here == sys.argv[3]:
        sys.stdout.write("here\n")
        sys.stdout.flush()
        signal.pause()


class StoppingJournal(Journal):
    def enter(self, contract: Contract, decision: Decision) -> int:
        number = super().enter(contract, decision)
        stop("entered")
        return number

    def step(self, entry: int, transition: Transition) -> None:
        super().step(entry, transition)
        stop(transition.step)

    def about_to_submit(self, entry: int, contract: Contract, before: Tally, transition: Transition) -> None:
        super().about_to_submit(entry, contract, before, transition)
        stop("before click")

    def _supersede(self, entry: int, contract: Contract) -> None:
        stop("within about_to_submit")
        super()._supersede(entry, contract)

    def settle(self, entry: int, result: Result) -> None:
        super().settle(entry, result)
        stop("settled")


class LoggingPage(FakePage):
    def submit(self) -> Answer:
        answer = super().submit()
        with Path(sys.argv[4]).open("a", encoding="utf-8") as log:
            log.write("approved 1001\n")
        stop("after click")
        return answer


def main() -> None:
    path, run_id = Path(sys.argv[1]), sys.argv[2]
    page = LoggingPage(FakePortal([Record("1001", "Ayşe Örnek")]), run_id)
    (row,) = page.contracts()
    with StoppingJournal(path, JournalRun(run_id, "https://katip.example", "approve", "all", "results")) as journal:
        Approver(page, journal).approve(row, ApproveAll().decide(row, [row]))


if __name__ == "__main__":
    main()
