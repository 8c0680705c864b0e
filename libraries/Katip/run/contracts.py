"""The contracts of a workplace in this run (5.8 to 5.10): the list, one task for each contract, and the reckoning at the end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from robot.api import logger
from robot.api.deco import keyword
from robot.api.exceptions import SkipExecution
from robot.errors import ExecutionFailed
from robot.libraries.BuiltIn import BuiltIn
from robot.utils import html_escape

from Katip.approvals.approval import Answer, Approver, Result, Stage
from Katip.approvals.decisions import Decision, Verdict
from Katip.approvals.reconcile import CAME_LATER, Reading, check_reading, reconcile
from Katip.approvals.recovery import close_answered, recover
from Katip.approvals.remaining import recovered_results, unanswered_rows, waiting_results
from Katip.errors import CannotRecord, CountsDisagree, OutcomeNotGood
from Katip.evidence.layout import contract_tag
from Katip.messages import msg, msg_id
from Katip.model import ApprovalForm, Contract, Mode, Outcome, Status
from Katip.portal_procedure import FormWay
from Katip.run.stopping import Stopped
from Katip.run.tasks import NewTask
from Katip.run.work import Item, Visit, Work
from Katip.turkish import visible

if TYPE_CHECKING:
    from Katip.library import Katip


class _Steps:
    """What an approval does on the pages, each step as a keyword of its own in the log.

    Args:
        library: the keyword library.
    """

    def __init__(self, library: Katip) -> None:
        self._library = library

    def _step(self, name: str, *args: object) -> Any:
        self._library.last_error = None  # an earlier keyword's error is no reason of this one's
        try:
            return BuiltIn().run_keyword(f"Katip.{self._library.names.translated(name)}", *args)
        except ExecutionFailed as status:
            if status.exit:
                raise Stopped(self._library.stopping.stopped or status) from None
            error = self._library.last_error
            raise (error if error is not None else status) from None

    @property
    def _index(self) -> int:
        return self._library.contract_keywords.work.at_work.index

    def contracts(self) -> Sequence[Contract]:
        """Read every row of every page of the grid, freshly from the portal."""
        return self._library.contracts.fresh_contracts()

    def look_again(self, contract: Contract, at_least: int, *, patient: bool = False) -> Sequence[Contract]:
        """Read the rows of one identity, freshly from the portal."""
        rows: Sequence[Contract] = self._step("Read Row Again", self._index, at_least, patient)
        return rows

    def open_form(self, contract: Contract) -> ApprovalForm:
        """Select the contract's row, press "Onayla", read the form."""
        form: ApprovalForm = self._step("Open Approval Form", self._index, contract.twin)
        return form

    def leave_form(self) -> None:
        """Leave the form unsaved."""
        self._step("Leave Approval Form")

    def submit(self) -> Answer:
        """Press "Kayıt" once and give its window the one answer."""
        keywords = self._library.contract_keywords
        keywords.armed = self._index
        try:
            answer: Answer = self._step("Save Approval", self._index)
        finally:
            keywords.armed = 0
        return answer

    def renew(self) -> None:
        """Get a fresh page or session, up to the same workplace's grid."""
        self._step("Renew Session")

    def picture(self, stage: Stage, contract: Contract) -> str | None:
        """Take the picture of a stage."""
        return self._library.contract_keywords.picture(stage, contract)


class ContractKeywords:
    """The contracts of the chosen workplace, from the list to the reckoning.

    Args:
        library: the keyword library.
    """

    def __init__(self, library: Katip) -> None:
        self._library = library
        self.armed = 0
        self._held = ExitStack()

    @property
    def work(self) -> Work:
        """The run at work."""
        return self._library.run_keywords.work

    # ------------------------------------------------------------------------------------------------------------ the list

    @keyword(tags=["5.8"])
    def read_the_list(self) -> str:
        """Read all contracts (5.8), compare them with the portal's own count, decide on each, and add one task for each.

        Nothing is selected or changed.

        Returns:
            How many contracts were read, and how many of them are pending.

        Raises:
            CountsDisagree: The portal counts other pending contracts than were read.
            GridUnreadable: The grid cannot be read.

        Example:
        | ${summary} =    Read The List
        """
        work = self.work
        workplace = self._library.session.chosen
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
        visit.approver = self._approver(visit)
        self._show_list(visit)
        self._library.weaver.add(self._tasks(visit))
        self._library.progress.begin()
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
        reading = self._library.contracts.reading(work.pending_count)
        checked = check_reading(reading)
        if checked.problems:
            self._library.home.go_home()
            work.pending_count = self._library.home.read_pending_count()
            self._library.home.open_contracts()
            reading = self._library.contracts.reading(work.pending_count)
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
        return reading

    def _approver(self, visit: Visit) -> Approver:
        work = self.work
        approver = Approver(
            _Steps(self._library),
            work.journal,
            assess=work.assess,
            ready_to_record=self._record_before_sending,
            critical=self._critical,
            mode=work.settings.mode,
            retries=work.settings.retries,
            lag=self._library.session.portal.procedure.list.lag,
        )
        approver.shown(visit.before.contracts)
        return approver

    def _critical(self) -> AbstractContextManager[None]:
        """Let no signal through from the journal's entry on, until the outcome stands in approvals.json as well."""
        self._held.enter_context(self._library.stopping.critical())
        return nullcontext()

    def _record_before_sending(self, draft: Result) -> None:
        work = self.work
        work.require_room()
        work.write_draft(work.at_work, draft)

    def _tasks(self, visit: Visit) -> list[NewTask]:
        tasks = [self._task(item) for item in visit.items]
        tags = ("clause", "clause-5.10", f"workplace-{visit.workplace.sgk}")
        here = len(self.work.visits)
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
    def _task(item: Item) -> NewTask:
        tags = (
            "contract",
            contract_tag(item.index),
            "clause-5.8",
            "clause-5.9",
            "clause-5.10",
            f"workplace-{item.contract.workplace}",
            item.contract.category,
        )
        return NewTask(
            f"5.8–5.10 [{item.index}] {item.contract}",
            "Approve The Contract",
            (str(item.index),),
            tags,
            f"{item.title} · {item.contract.workplace}",
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

    # ---------------------------------------------------------------------------------------------------------- a contract

    @keyword(tags=["5.8", "5.9", "5.10"])
    def approve_contract(self, index: int) -> str:
        """Take one contract through 5.8 to 5.10: select, "Onayla", check the form, "Kayıt", read the window, read the row again.

        The task passes where the re-read row says "Onaylandı", is skipped where nobody decided on it, and fails else, with the reason.

        Args:
            index: the contract's place in approvals.json, from 1.

        Returns:
            The outcome.

        Raises:
            OutcomeNotGood: The contract was held, refused, failed, is uncertain or was not found.

        Example:
        | ${outcome} =    Approve Contract    1
        """
        work = self.work
        item = work.item(index)
        work.current = item
        result = item.result or self._approve(item)
        items = next(visit.items for visit in work.visits if item in visit.items)
        self._library.progress.show(items.index(item) + 1, len(items), result)
        return _verdict(result)

    def _approve(self, item: Item) -> Result:
        work, chosen = self.work, self._library.session.chosen
        if chosen.sgk != item.contract.workplace:
            raise OutcomeNotGood(
                msg("Approving {contract}", contract=item.contract),
                msg("its workplace {workplace} to be the chosen one", workplace=item.contract.workplace),
                str(chosen),
                msg("Nothing was selected."),
            )
        visit = next(visit for visit in work.visits if item in visit.items)
        with ExitStack() as self._held:
            if (unknown := self._unknown_to_the_file(item)) is not None:
                self._settle(item, unknown)
                return unknown
            result = (visit.approver or self._approver(visit)).approve(item.contract, item.decision)
            if work.settings.printout and result.outcome is Outcome.APPROVED:
                self._print_out(item)
            self._settle(item, result)
        return result

    def _unknown_to_the_file(self, item: Item) -> Result | None:
        """Hold a contract where the portal's file says of itself that nobody has seen how it is approved."""
        unknown = self._library.session.portal.procedure.unknown
        if not unknown or not item.decision.opens_form or self.work.settings.mode is not Mode.APPROVE:
            return None
        reason = msg("the portal's file does not say: {keys}", keys=", ".join(unknown))
        return Result(item.contract, replace(item.decision, verdict=Verdict.HOLD), Outcome.HELD, reason)

    def _print_out(self, item: Item) -> None:
        """Download the contract's print-out; what is missing of it is said, and changes no outcome."""
        try:
            self._library.contracts.download_print_out(item.contract, item.evidence.printout_stem())
        except Exception as error:  # the contract is approved: that stands, whatever becomes of its print-out
            logger.warn(msg("No print-out of contract {index}: {error}", index=item.index, error=error))

    def _settle(self, item: Item, result: Result) -> None:
        work = self.work
        try:
            work.settle(item, result)
        except CannotRecord as error:
            logger.error(
                msg(
                    "The outcome {outcome} could not be written down: {error}",
                    outcome=result.outcome.value,
                    error=error,
                )
            )
            item.result = result
            with suppress(
                CannotRecord
            ):  # the record could not be written; approvals.json may be, now or at the run's end
                work.approvals.settle(item.index - 1, result, work.left_open_by(result.contract))

    @keyword(tags=["5.8"])
    def open_approval_form(self, index: int, twin: int = 0) -> ApprovalForm:
        """Select the row of a contract of this run, press "Onayla" (5.8), and read the form (5.9). Nothing is saved.

        Args:
            index: the contract's place in approvals.json, from 1.
            twin: which row of the same name, category and start: 0 for the first.

        Returns:
            The form: name, Görevlendirme ID, minutes, all fields.

        Raises:
            ControlDisabled: "Onayla" does not light up.
            NoEffect: The form does not come.

        Example:
        | ${form} =    Open Approval Form    1
        """
        contract = _twin(self.work.item(index).contract, twin)
        library = self._library
        if library.session.portal.procedure.approving.form is FormWay.OPENS:
            form = library.form.read(library.contracts.press_approve(contract), contract)
            library.form.prepare()
        else:
            form = library.form.of_row(contract)
        fields = "".join(
            f"<tr><th align=left>{html_escape(label)}</th><td>{html_escape(value)}</td></tr>"
            for label, value in form.fields.items()
        )
        logger.info(f"<table border=1 cellpadding=4>{fields}</table>", html=True)
        return form

    @keyword(tags=["5.9"])
    def leave_approval_form(self) -> None:
        """Leave the form that stands open unsaved, and come back to the grid.

        Example:
        | Leave Approval Form
        """
        self._library.form.leave()

    @keyword(tags=["5.9"])
    def save_approval(self, index: int) -> Answer:
        """Press "Kayıt" once, read the small window, give it its one answer (5.9). Only within `Approve Contract`.

        Args:
            index: the contract's place in approvals.json, from 1.

        Returns:
            What came of it: the window's words and whether it was answered.

        Raises:
            OutcomeNotGood: It was called outside of `Approve Contract`, whose journal entry must come first.

        Example:
        | ${answer} =    Save Approval    1
        """
        if self.armed != index:
            raise OutcomeNotGood(
                msg('Pressing "Kayıt"'),
                msg("the journal to know of it"),
                msg("no entry of it"),
                msg("Use `Approve Contract`; nothing was pressed."),
            )
        self.armed = 0
        item = self.work.item(index)
        try:
            answer = self._library.form.submit(lambda: self.picture(Stage.OK, item.contract))
        finally:
            item.saved_on = self._library.form.saved_on
        if answer.window is not None:
            logger.info(
                msg(
                    "The small window said: {text!r} ({buttons})",
                    text=visible(answer.window.text),
                    buttons=", ".join(answer.window.buttons) or msg("no button"),
                )
            )
        if answer.note:
            logger.info(answer.note)
        return answer

    @keyword(tags=["5.10"])
    def read_row_again(self, index: int, at_least: int = 1, patient: bool = False) -> list[Contract]:
        """Have the portal send the grid again and read the rows of a contract's name, category and start (5.10).

        Args:
            index: the contract's place in approvals.json, from 1.
            at_least: how many such rows are known.
            patient: True to wait for rows that may come a while (5 seconds at most) after the portal was asked for them.

        Returns:
            The rows as they stand now.

        Example:
        | ${rows} =    Read Row Again    1
        """
        item = self.work.item(index)
        rows = self._library.contracts.look_again(item.contract, at_least, patient=patient)
        item.after = _after(item.contract, rows)
        for row in rows:
            logger.info(f"{row}: {visible(row.status_text)}")
        return rows

    def picture(self, stage: Stage, contract: Contract) -> str | None:
        """Take the picture of one stage of the contract at work.

        Args:
            stage: which.
            contract: the contract.

        Returns:
            Its path relative to the run's folder, or None.
        """
        item = self.work.at_work
        if stage in (Stage.BEFORE, Stage.AFTER):
            row = self._library.contracts.show(contract)
            self._library.contracts.bring_into_sight(row)
        return self._library.pictures.take(item.evidence.picture_path(stage.value), msg(CAPTIONS[stage]))

    # -------------------------------------------------------------------------------------------------------- the reckoning

    @keyword(tags=["5.10"])
    def reconcile_workplace(self) -> str:
        """Read list and count of the workplace again and account for every contract that was pending or is (5.10).

        A contract that came meanwhile is listed as skipped and fails nothing.

        Returns:
            What was found, as a sentence.

        Raises:
            CountsDisagree: Something does not add up, or a contract that was to be approved is left pending.

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
            self._list_result(visit, Result(contract, decision, Outcome.SKIPPED, msg(CAME_LATER)))
        self._library.weaver.add([self._task(item) for item in visit.items[known:]])
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
        self._library.run_keywords.come_back_home()
        self._library.home.go_home()
        count = self._library.home.read_pending_count()
        self._library.home.open_contracts()
        return self._library.contracts.reading(count, fresh=True)


CAPTIONS = {
    Stage.BEFORE: msg_id("5.8: the row before"),
    Stage.FORM: msg_id("5.9: the form SÖZLEŞME ONAY"),
    Stage.OK: msg_id("5.9: the small window"),
    Stage.AFTER: msg_id("5.10: the row, read again"),
}


def _twin(contract: Contract, number: int) -> Contract:
    return contract if contract.twin == number else replace(contract, twin=number)


def _after(contract: Contract, rows: Sequence[Contract]) -> Contract | None:
    """The row to show for a contract: of twins an approved one, as nobody can tell which of them it is."""
    approved = [row for row in rows if row.status is Status.APPROVED]
    return next(iter(approved or rows), None)


def _verdict(result: Result) -> str:
    """End a contract's task as its outcome says."""
    words = f"{result.outcome.value}: {result.reason}"
    BuiltIn().set_tags(f"outcome-{result.outcome.value}")
    BuiltIn().set_test_message(words)
    if result.outcome is Outcome.SKIPPED:
        raise SkipExecution(words)
    if not result.outcome.is_good:
        raise _NotGood(words)
    return result.outcome.value


class _NotGood(OutcomeNotGood):
    """The outcome as the task's message, without a sentence of ours before it."""

    def __init__(self, words: str) -> None:
        Exception.__init__(self, words)
        self.sentence = words
