"""The contracts of a workplace in this run: the list (5.8) with one task for each, and the reckoning at the end (5.10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from robot.api import logger
from robot.api.deco import keyword
from robot.utils import html_escape

from Katip.approvals.approval import Approver
from Katip.approvals.approval_result import Result
from Katip.approvals.decisions import Decision, Verdict
from Katip.approvals.reconcile import CAME_LATER, Reading, check_reading, reconcile, unknown_statuses
from Katip.approvals.recovery import close_answered, recover
from Katip.approvals.remaining import recovered_results, unanswered_rows, waiting_results
from Katip.errors import CountsDisagree, GridUnreadable
from Katip.evidence.layout import contract_tag
from Katip.messages import msg
from Katip.model import Outcome, Status
from Katip.run.context import RunContext
from Katip.run.report_view import CONTRACT_TAG
from Katip.run.tasks import NewTask
from Katip.run.work import Item, Visit, Work
from Katip.turkish import visible


class ListKeywords:
    """The list of the chosen workplace, from its first reading to the reckoning.

    Args:
        context: what the keywords of a run share.
        approver_of: makes what takes the contracts of a workplace through their approval.
    """

    def __init__(self, context: RunContext, approver_of: Callable[[Visit], Approver]) -> None:
        self._context = context
        self._approver_of = approver_of

    @property
    def work(self) -> Work:
        """What the run at work keeps in mind."""
        return self._context.run.work

    @keyword(tags=["5.8"])
    def read_the_list(self) -> str:
        """Read all contracts (5.8), compare them with the portal's own count, decide on each, and add one task for each.

        Nothing is selected or changed.

        Returns:
            How many contracts were read, and how many of them are pending.

        Raises:
            CountsDisagree: The portal counts other pending contracts than were read (KTP-530).
            GridUnreadable: The grid cannot be read (KTP-114).

        Example:
        | ${summary} =    Read The List
        """
        work = self.work
        workplace = self._context.session.chosen
        reading = self._agreeing_reading()
        visit = Visit(workplace, reading)
        work.visits.append(visit)
        recovered = recover(work.journal, reading.contracts, [workplace.sgk])
        decisions: list[Decision] = []
        for contract in reading.pending:
            decision = work.authority.decide(contract, reading.contracts)
            decisions.append(decision)
            visit.items.append(work.add(contract, decision, workplace.title))
        visit.recovered = recovered
        waiting = waiting_results(
            reading.contracts, lambda contract: work.authority.decide(contract, reading.contracts)
        )
        decisions.extend(result.decision for result in waiting)
        answered = self._list_unanswered(visit, decisions)
        for result in recovered_results(recovered, answered):
            self._list_result(visit, result)
        for result in waiting:
            self._list_result(visit, result)
        work.approvals.write()
        visit.approver = self._approver_of(visit)
        self._show_list(visit)
        self._context.weaver.add(self._tasks(visit))
        self._context.progress.begin()
        read = {"contracts": len(reading.contracts), "pending": len(reading.pending)}
        if waiting:
            return msg(
                "{contracts} contracts, {pending} of them pending, {waiting} wait for somebody else",
                waiting=len(waiting),
                **read,
            )
        return msg("{contracts} contracts, {pending} of them pending", **read)

    def _list_unanswered(self, visit: Visit, decisions: Sequence[Decision]) -> list[Result]:
        """List the rows of the worklist that no pending contract answers, each once."""
        rows = [
            row
            for row in self.work.authority.rows
            if row.workplace == visit.workplace.sgk and row.number not in visit.listed
        ]
        results = unanswered_rows(rows, decisions, visit.before.contracts, visit.recovered)
        for result in results:
            if result.decision.row is not None:
                visit.listed.add(result.decision.row.number)
            self._list_result(visit, result)
        return results

    def _list_result(self, visit: Visit, result: Result) -> Item:
        """List a contract of which everything is known already."""
        item = self.work.add(result.contract, result.decision, visit.workplace.title)
        self.work.settle(item, result)
        visit.items.append(item)
        return item

    def _agreeing_reading(self) -> Reading:
        """Read the list; once more, with a fresh count, where it does not agree with the portal's count."""
        work = self.work
        reading = self._context.pages.contracts.reading(work.pending_count)
        checked = check_reading(reading)
        if checked.problems:
            self._context.navigation.go_home()
            work.pending_count = self._context.pages.home.read_pending_count()
            self._context.pages.home.open_contracts()
            reading = self._context.pages.contracts.reading(work.pending_count)
            checked = check_reading(reading)
        for warning in checked.warnings:
            logger.warn(warning)
        if checked.problems:
            raise CountsDisagree(
                msg("Reading the contracts"),
                msg("as many pending contracts as the portal counts"),
                "; ".join(map(str, checked.problems)),
                msg("Nothing was approved. Look at the list by hand."),
            )
        self._check_statuses(reading)
        return reading

    def _check_statuses(self, reading: Reading) -> None:
        """Refuse a list of which no status is known, and warn of single ones: contracts that wait may be among them."""
        unknown = unknown_statuses(reading, self._context.session.portal.texts.get("ended_status", ()))
        if not unknown:
            return
        found = ", ".join(f'"{visible(text)}"' for text in unknown)
        if all(row.status is Status.OTHER for row in reading.contracts):
            raise GridUnreadable(
                msg("Reading the contracts"),
                msg("statuses that the portal's file names under [statuses]"),
                found,
                msg("Add the wordings to a portal file of your own, pending and approved; `katip doctor` names them."),
            )
        logger.warn(
            msg(
                "The portal's file does not know the statuses {found}, and the portal shows no count to compare with: look "
                "whether these contracts wait for you.",
                found=found,
            )
        )

    def _tasks(self, visit: Visit) -> list[NewTask]:
        here = len(self.work.visits)
        tasks = [self._task(item, here) for item in visit.items]
        tags = ("clause", "clause-5.10", f"workplace-{here}")
        tasks.append(
            NewTask(
                f"5.10 Liste ve portalın sayısı yeniden okunur, hesap tutturulur ({here}. işyeri)",
                "Reconcile The Workplace",
                (),
                tags,
            )
        )
        if self.work.waiting:
            tasks.append(
                NewTask(
                    f"5.5–5.8 Kurum değiştirilir, {here + 1}. işyerinin sözleşmeleri okunur",
                    "Go On With The Next Workplace",
                    (),
                    ("clause", "clause-5.5"),
                )
            )
        return tasks

    @staticmethod
    def _task(item: Item, here: int) -> NewTask:
        tags = (
            CONTRACT_TAG,
            contract_tag(item.index),
            "clause-5.8",
            "clause-5.9",
            "clause-5.10",
            f"workplace-{here}",  # its number is in the documentation: Robot's pages break no line within a tag
            item.contract.category,
        )
        return NewTask(
            f"5.8–5.10 [{item.index}] {item.contract}",
            "Approve The Contract",
            (str(item.index),),
            tags,
            # By whose decision it is approved stands beside its outcome in the report too.
            f"{item.title} · {item.contract.workplace} · {item.decision.reason}",
        )

    def _show_list(self, visit: Visit) -> None:
        rows = "".join(
            f"<tr><td>{item.index}</td><td>{html_escape(str(item.contract))}</td><td>{html_escape(item.contract.status_text)}</td>"
            f"<td>{html_escape(item.decision.verdict.value)}: {html_escape(item.decision.reason)}</td></tr>"
            for item in visit.items
        )
        logger.info(
            f"<p>{html_escape(str(visit.workplace))}</p><table border=1 cellpadding=4><tr><th>#</th><th>Sözleşme</th><th>Grv. Onay Durumu</th>"
            f"<th>Karar</th></tr>{rows}</table>",
            html=True,
        )

    @keyword(tags=["5.10"])
    def reconcile_workplace(self) -> str:
        """Read list and count of the workplace again and account for every contract that was pending or is (5.10).

        A contract that came meanwhile is listed as skipped and fails nothing.

        Returns:
            What was found, as a sentence.

        Raises:
            CountsDisagree: Something does not add up, or a contract that was to be approved is left pending (KTP-530).

        Example:
        | Reconcile Workplace
        """
        work = self.work
        visit = work.visit
        results = [item.result for item in visit.items if item.result is not None]
        after = self._reading_now(visit)
        found = reconcile(visit.before, after, results)
        if found.problems:  # a contract that comes between the two looks makes them differ: look once more
            after = self._reading_now(visit)
            found = reconcile(visit.before, after, results)
        decided = [item.result.decision for item in visit.items if item.result is not None]
        known = len(visit.items)
        self._list_unanswered(visit, decided)
        close_answered(work.journal, visit.recovered, [item.result for item in visit.items if item.result is not None])
        for contract in found.appeared:
            decision = Decision(Verdict.SKIP, msg(CAME_LATER))
            self._list_result(visit, Result.not_tried(contract, decision, Outcome.SKIPPED, msg(CAME_LATER)))
        here = len(work.visits)
        self._context.weaver.add([self._task(item, here) for item in visit.items[known:]])
        for warning in found.warnings:
            logger.warn(warning)
        if not found.agrees:
            raise CountsDisagree(
                msg("Reckoning up the workplace"),
                msg("everything that was pending to be accounted for"),
                "; ".join(map(str, found.problems)),
                msg("Look at the contracts by hand before the next run."),
            )
        return msg(
            "pending before {before}, now {now}; newly appeared {appeared}, approved by others {by_others}",
            before=len(visit.before.pending),
            now=len(after.pending),
            appeared=len(found.appeared),
            by_others=len(found.by_others),
        )

    def _reading_now(self, visit: Visit) -> Reading:
        self._context.renewal.come_back_home()
        self._context.navigation.go_home()
        count = self._context.pages.home.read_pending_count()
        self._context.pages.home.open_contracts()
        return self._context.pages.contracts.reading(count, fresh=True)
