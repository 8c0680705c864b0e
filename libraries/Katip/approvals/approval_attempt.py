"""One contract on its way through an approval: what is known of it so far, and the steps that it took."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from Katip.approvals.approval_result import Answer, Result
from Katip.approvals.decisions import Decision
from Katip.approvals.finding import Finding
from Katip.approvals.journal_records import ApprovalStep, Tally, Transition
from Katip.errors import CannotRecord
from Katip.model import ApprovalForm, Contract, Outcome, PictureStage, id_key


class ApprovalPage(Protocol):
    """What an approval needs of the contracts page (5.8) and its form (5.9)."""

    def contracts(self) -> Sequence[Contract]:
        """Read every row of every page of the grid, freshly from the portal."""

    def look_again(self, contract: Contract, at_least: int, *, wait: timedelta = timedelta(0)) -> Sequence[Contract]:
        """Read the rows of one identity, freshly from the portal.

        Args:
            contract: whose identity is meant (`Contract.identity`).
            at_least: how many rows of it are known: once so many were seen, later pages of the grid need not be read.
            wait: how long to wait for rows that come a while after the portal was asked for them.
        """

    def open_form(self, contract: Contract) -> ApprovalForm:
        """Select the contract's row, which must be pending, click "Onayla", and read the form.

        Args:
            contract: the row; `Contract.twin` distinguishes it from others of the same identity.
        """

    def leave_form(self) -> None:
        """Leave the form unsaved."""

    def submit(self) -> Answer:
        """Click "Kayıt" and answer its window once; any exception but `NotPressed` counts as sent."""

    def renew(self) -> None:
        """Get a fresh page or session after a fault, up to the same workplace's grid; raise where it cannot be."""

    def picture(self, stage: PictureStage, contract: Contract) -> str | None:
        """Take a picture.

        Args:
            stage: which; `PictureStage.OK` is taken within `submit`, while the window is open.
            contract: the contract.

        Returns:
            Its path relative to the run's folder, with ``/``; None if no picture can be taken.
        """


class ApprovalJournal(Protocol):
    """What an approval needs of the journal; every method raises `CannotRecord` where it could not write."""

    def enter(self, contract: Contract, decision: Decision) -> int:
        """Write down a decision and return the entry's number."""

    def step(self, entry: int, transition: Transition) -> None:
        """Write down a transition."""

    def about_to_submit(self, entry: int, contract: Contract, before: Tally, transition: Transition) -> None:
        """Write down, synced and read back, that "Kayıt" is about to be clicked."""

    def not_submitted(self, entry: int, contract: Contract) -> None:
        """Undo `about_to_submit`: "Kayıt" was not clicked."""

    def settle(self, entry: int, result: Result) -> None:
        """Write down what became of the contract."""


Ending = tuple[Outcome, str]


@dataclass(slots=True)
class Attempt:
    """A contract on its way.

    Attributes:
        contract: the row as it was read last.
        decision: what was decided on it.
        journal: where its steps are written down.
        clock: returns the time, with time zone.
        entry: its entry in the journal, or None before it has one.
        before: how many rows of its identity were pending and approved before.
        form: its form, once it was read.
        findings: what the rules say.
        message: the small window's words, once they were read.
        pictures: stage to path.
        transitions: its steps so far.
        sent: True from the moment before "Kayıt" on.
    """

    contract: Contract
    decision: Decision
    journal: ApprovalJournal
    clock: Callable[[], datetime]
    entry: int | None = None
    before: Tally = field(default_factory=lambda: Tally(0, 0))
    form: ApprovalForm | None = None
    findings: tuple[Finding, ...] = ()
    message: str | None = None
    pictures: dict[str, str] = field(default_factory=dict)
    transitions: list[Transition] = field(default_factory=list)
    sent: bool = False

    def step(self, step: ApprovalStep, note: str = "") -> None:
        """Note a step, and write it into the journal."""
        transition = Transition(step, self.clock(), note)
        self.transitions.append(transition)
        try:
            if self.entry is not None and step is not ApprovalStep.DECIDED:
                self.journal.step(self.entry, transition)
        except CannotRecord:
            # After the click the looking goes on, whatever happens to the disk: the entry stays open for the next run.
            if not self.sent:
                raise

    def result(self, outcome: Outcome, reason: str) -> Result:
        """Return the result that this outcome makes of what is known; the journal is taken to know it."""
        return Result(
            contract=self.contract,
            decision=self.decision,
            outcome=outcome,
            reason=reason,
            message=self.message,
            form=self.form,
            findings=self.findings,
            pictures=dict(self.pictures),
            transitions=tuple(self.transitions),
            sent=self.sent,
            recorded=True,
            recovered_from=None,
        )


def identity_key(contract: Contract, gorevlendirme_id: str) -> tuple[str, str]:
    """Return what an ID identifies within the portal."""
    return contract.workplace, id_key(gorevlendirme_id)
