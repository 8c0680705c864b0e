"""Contracts that earlier runs left open, and their present state on the portal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from Katip.approvals.approval_result import Result, tally
from Katip.approvals.journal import Journal
from Katip.approvals.journal_records import JournalEntry, Tally, is_same_contract
from Katip.messages import msg
from Katip.model import Contract, Outcome, Status, id_key


@dataclass(frozen=True, slots=True)
class Recovered:
    """A contract that an earlier run left open, looked at again.

    Attributes:
        entry: the earlier run's entry.
        contract: its present row, or None if the portal shows none.
        approved: True if the portal shows that the earlier run's "Kayıt" took effect.
    """

    entry: JournalEntry
    contract: Contract | None
    approved: bool


def recover(journal: Journal, shown: Sequence[Contract], workplaces: Iterable[str]) -> list[Recovered]:
    """Find out what became of the contracts that earlier runs left open, and write it into the journal.

    An approved one is closed there. One that is still pending, or not shown, stays open: the list decides again, and
    what is sent again takes its place.

    Args:
        journal: the journal.
        shown: every row that the portal shows now, of any status, of the visited workplaces.
        workplaces: the SGK numbers of the workplaces that were visited; contracts of others are not touched.

    Returns:
        The contracts that were looked at, oldest first.
    """
    visited = set(workplaces)
    earlier = [
        entry
        for entry in journal.open_entries(journal.run.origin)
        if entry.workplace in visited and entry.run_id != journal.run.run_id
    ]
    recovered = [_looked_at(entry, shown, _approved_since(journal, entry)) for entry in earlier]
    for each in recovered:
        journal.reconciled(each.entry, Outcome.ALREADY_APPROVED if each.approved else None, _note(each))
    return recovered


def close_answered(journal: Journal, recovered: Iterable[Recovered], results: Iterable[Result]) -> None:
    """Close the open contracts of twins which the run could distinguish, because the forms of the others were seen.

    Args:
        journal: the journal.
        recovered: what `recover` found.
        results: what this run reports at its end.

    Raises:
        CannotRecord: it could not be written.
    """
    approved = {
        (result.contract.workplace, id_key(result.decision.row.gorevlendirme_id))
        for result in results
        if result.outcome is Outcome.ALREADY_APPROVED and result.decision.row and result.decision.row.gorevlendirme_id
    }
    for each in recovered:
        if not each.approved and (each.entry.workplace, id_key(each.entry.gorevlendirme_id)) in approved:
            journal.reconciled(each.entry, Outcome.ALREADY_APPROVED, msg("its twins are other contracts"))


def _approved_since(journal: Journal, entry: JournalEntry) -> int:
    """Count the twins that were approved after this entry was sent: what they changed is not this entry's doing."""
    return sum(
        each.outcome is Outcome.APPROVED and each.number > entry.number
        for each in journal.sent_in(entry.origin, entry.workplace)
        if each.identity == entry.identity
    )


def _looked_at(entry: JournalEntry, shown: Sequence[Contract], approved_since: int) -> Recovered:
    same = next((row for row in shown if row.gorevlendirme_id and is_same_contract(entry, row)), None)
    if same is not None:
        return Recovered(entry, same, same.status is Status.APPROVED)
    rows = [row for row in shown if row.identity == entry.identity]
    approved = _first_of(rows, Status.APPROVED)
    if approved is not None and _took_effect(entry.before, tally(rows[0], rows), approved_since):
        return Recovered(entry, approved, approved=True)
    return Recovered(entry, _first_of(rows, Status.PENDING), approved=False)


def _first_of(rows: Sequence[Contract], status: Status) -> Contract | None:
    return next((row for row in rows if row.status is status), None)


def _took_effect(before: Tally | None, now: Tally, by_others: int) -> bool:
    """Return True if every row that was pending is approved now: one approved twin of several may be another's doing."""
    if before is None:
        return False
    fell, rose = before.pending - now.pending - by_others, now.approved - before.approved - by_others
    return fell == rose and fell > 0 and not now.pending


def _note(each: Recovered) -> str:
    if each.approved:
        return msg("the portal shows it approved")
    return msg("the portal shows it pending") if each.contract else msg("the portal does not show it")
