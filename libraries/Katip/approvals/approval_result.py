"""What became of a contract, and the rule by which the rows that were read again prove an approval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from Katip.approvals.decisions import Decision
from Katip.approvals.finding import Finding
from Katip.approvals.journal_records import Tally, Transition
from Katip.approvals.reasons import code_of
from Katip.model import ApprovalForm, Contract, MessageWindow, Outcome, Status


class AnswerMeaning(StrEnum):
    """What the portal's data says of the small window's words."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    ASKS = "asks"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of "Kayıt" and the one answer to its window.

    Attributes:
        window: the window as read, or None if none came.
        answered: True if it was closed or answered; False if it was left standing.
        wording: what its words are known to mean, or None if none came.
        note: what else was seen (an error page, a lost connection).
        picture: the picture of the window, or None (a native dialog, or none came).
    """

    window: MessageWindow | None
    answered: bool
    wording: AnswerMeaning | None
    note: str = ""
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a contract: the one value that its record, its line in approvals.json and its row in the journal are made of.

    Attributes:
        contract: the contract, with ID and minutes once the form was seen.
        decision: what was decided, after the form where it was seen.
        outcome: the outcome.
        reason: why.
        message: the small window's words, or None if it never came.
        form: the form as read, or None.
        findings: what the rules found.
        pictures: stage to path.
        transitions: what happened when.
        sent: True if "Kayıt" may have been clicked.
        recorded: False if the journal does not know the outcome (it then holds the contract as open).
        recovered_from: the earlier run that had left the contract open, or None.
    """

    contract: Contract
    decision: Decision
    outcome: Outcome
    reason: str
    message: str | None
    form: ApprovalForm | None
    findings: tuple[Finding, ...]
    pictures: Mapping[str, str]
    transitions: tuple[Transition, ...]
    sent: bool
    recorded: bool
    recovered_from: str | None

    @classmethod
    def not_tried(
        cls,
        contract: Contract,
        decision: Decision,
        outcome: Outcome,
        reason: str,
        findings: tuple[Finding, ...] = (),
    ) -> Result:
        """Return the result of a contract whose form was not opened for an approval.

        Args:
            contract: the contract.
            decision: what was decided.
            outcome: the outcome.
            reason: why.
            findings: what the rules found.
        """
        return cls(
            contract=contract,
            decision=decision,
            outcome=outcome,
            reason=reason,
            message=None,
            form=None,
            findings=findings,
            pictures={},
            transitions=(),
            sent=False,
            recorded=True,
            recovered_from=None,
        )

    @property
    def code(self) -> str:
        """The code of the error that the reason is about; empty where it is about none."""
        return code_of(self.reason)

    @property
    def gorevlendirme_id(self) -> str | None:
        """The ID, or None if the form was never seen."""
        return self.contract.gorevlendirme_id

    @property
    def minutes(self) -> int | None:
        """The form's "Ayl. Çlş. Süresi (Dk)", or None if the form was never seen."""
        return self.contract.minutes


def tally(contract: Contract, rows: Iterable[Contract]) -> Tally:
    """Count the rows of a contract's identity by status.

    Args:
        contract: whose identity is meant.
        rows: rows of the grid.

    Returns:
        The counts.
    """
    statuses = [row.status for row in rows if row.is_row_of(contract)]
    pending, approved = statuses.count(Status.PENDING), statuses.count(Status.APPROVED)
    return Tally(pending, approved, len(statuses) - pending - approved)


def proves_approval(before: Tally, now: Tally) -> bool:
    """Return True if two readings of the grid prove one approval.

    Args:
        before: the rows of the contract's identity before "Kayıt".
        now: the same, re-read.

    Returns:
        True only if the pending rows fell, and the approved ones rose, by exactly one. For a contract without twins
        that is: its row
        said "Onay Bekliyor" and says "Onaylandı".

    Example:
        >>> proves_approval(Tally(2, 0), Tally(1, 1)), proves_approval(Tally(2, 0), Tally(0, 2))
        (True, False)
    """
    return before.pending - now.pending == 1 and now.approved - before.approved == 1
