"""What the list or the journal speaks of and no pending row answers: approved already, or not found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from Katip.approvals.approval_result import Result
from Katip.approvals.decisions import Decision, Verdict
from Katip.approvals.reasons import joined
from Katip.approvals.recovery import Recovered
from Katip.approvals.worklist import WorklistRow
from Katip.messages import msg
from Katip.model import Contract, Outcome, Status, id_key
from Katip.turkish import names_agree, same, visible


def unanswered_rows(
    rows: Iterable[WorklistRow],
    decisions: Iterable[Decision],
    shown: Sequence[Contract],
    recovered: Sequence[Recovered] = (),
) -> list[Result]:
    """Return a result for every row of the list that no pending contract answers.

    Right after the list was read, pass the decisions on the pending contracts. At the end of the run pass the decisions
    of all results, which know what the forms showed: a row that had been a candidate for what turned out to be another
    contract comes up then.

    Args:
        rows: the rows of the list that this run covers.
        decisions: the decisions on the pending contracts.
        shown: every row that the portal showed when the list was read, of any status, of the visited workplaces.
        recovered: what `recover` found of earlier runs.

    Returns:
        One result a row, `already_approved` where the portal shows it approved, else `not_found`.
    """
    answered = {row.number for decision in decisions for row in (*decision.accounts_for, *decision.candidates)}
    approved = _Stock(row for row in shown if row.status is Status.APPROVED)
    return [_result(row, approved.take(row), shown, recovered) for row in rows if row.number not in answered]


def waiting_results(shown: Sequence[Contract], decide: Callable[[Contract], Decision]) -> list[Result]:
    """Return a result for every contract that another party has to approve first.

    Args:
        shown: every row that the portal shows of the workplace.
        decide: says what was decided on a contract.

    Returns:
        One result each: `held` where the list says "Onayla" to it or everything is to be approved and its turn is not clear, else `skipped`. The portal's
        button is not pressed.
    """
    results = []
    for contract in shown:
        if contract.status is not Status.WAITING:
            continue
        decision = decide(contract)
        named = decision.row is not None or bool(contract.turn_doubt)
        meant = named and decision.verdict is not Verdict.SKIP
        reason = _why_waiting(contract)
        held = replace(decision, verdict=Verdict.HOLD if meant else Verdict.SKIP, reason=reason)
        results.append(Result.not_tried(contract, held, Outcome.HELD if meant else Outcome.SKIPPED, reason))
    return results


def _why_waiting(contract: Contract) -> str:
    if contract.turn_doubt:
        return msg("it is not clear whose turn it is: {doubt}", doubt=contract.turn_doubt)
    return msg("waits for {party}, who has to approve before the employer", party=contract.waits_for)


def recovered_results(recovered: Iterable[Recovered], answered: Iterable[Result]) -> list[Result]:
    """Return a result for every contract that an earlier run left open, and that no row of the list answers for.

    Only those that are approved now; the others are decided again, or are not shown.

    Args:
        recovered: what `recover` found.
        answered: the results of `unanswered_rows`.

    Returns:
        One `already_approved` each, with the earlier run's name.
    """
    named = Counter(result.contract.identity for result in answered if result.outcome is Outcome.ALREADY_APPROVED)
    results = []
    for each in recovered:
        if not each.approved or each.contract is None:
            continue
        if named[each.contract.identity]:
            named[each.contract.identity] -= 1
            continue
        reason = _by_run(each)
        results.append(
            Result.not_tried(each.contract, Decision(Verdict.SKIP, reason), Outcome.ALREADY_APPROVED, reason)
        )
    return results


class _Stock:
    """The approved rows, each of which answers one row of the list at most."""

    def __init__(self, rows: Iterable[Contract]) -> None:
        self._rows = list(rows)

    def take(self, wanted: WorklistRow) -> Contract | None:
        found = next((row for row in self._rows if _answers(row, wanted)), None)
        if found is not None:
            self._rows.remove(found)
        return found


def _answers(contract: Contract, row: WorklistRow) -> bool:
    if contract.workplace != row.workplace:
        return False
    if row.gorevlendirme_id and contract.gorevlendirme_id:
        return id_key(row.gorevlendirme_id) == id_key(contract.gorevlendirme_id)
    return (
        names_agree(contract.name, row.name)
        and (not row.category or same(contract.category, row.category))
        and (row.start is None or contract.start == row.start)
    )


def _result(
    row: WorklistRow, contract: Contract | None, shown: Sequence[Contract], recovered: Sequence[Recovered]
) -> Result:
    outcome = Outcome.ALREADY_APPROVED if contract else Outcome.NOT_FOUND
    reason = _approved_already(row, contract, recovered) if contract else _not_found(row, shown)
    decision = Decision(Verdict.SKIP, reason, row, accounts_for=(row,))
    return Result.not_tried(contract or _as_contract(row), decision, outcome, reason)


def _approved_already(row: WorklistRow, contract: Contract, recovered: Sequence[Recovered]) -> str:
    for each in recovered:
        same_id = row.gorevlendirme_id and id_key(row.gorevlendirme_id) == id_key(each.entry.gorevlendirme_id)
        same_row = each.approved and each.contract is not None and each.contract.identity == contract.identity
        if same_id or same_row:
            return _by_run(each)
    return msg("the portal shows it approved already")


def _by_run(each: Recovered) -> str:
    run = each.entry.run_id
    return msg("by run {run}, which could not confirm it", run=run)


def _not_found(row: WorklistRow, shown: Sequence[Contract]) -> str:
    reason = msg("row {number} of the list: the portal shows no such contract", number=row.number)
    named = [each for each in shown if each.workplace == row.workplace and names_agree(each.name, row.name)]
    if named:
        seen = "; ".join(f"{each} ({visible(each.status_text)})" for each in named[:5])
        return joined(reason, msg("of this name it shows {seen}", seen=seen))
    if not any(each.workplace == row.workplace for each in shown):
        return joined(reason, msg("it shows no contract of this workplace at all"))
    return reason


def _as_contract(row: WorklistRow) -> Contract:
    return Contract(
        row.workplace,
        row.name,
        row.category,
        row.start,
        Status.OTHER,
        "",
        gorevlendirme_id=row.gorevlendirme_id,
        minutes=row.minutes,
    )
