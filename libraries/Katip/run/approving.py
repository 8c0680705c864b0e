"""The approval of a contract (5.8 to 5.10): its task, and the keywords that carry out its steps on the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta

from robot.api import logger
from robot.api.deco import keyword
from robot.api.exceptions import SkipExecution
from robot.libraries.BuiltIn import BuiltIn
from robot.utils import html_escape

from Katip.approvals.approval import Approver
from Katip.approvals.approval_result import Answer, Result
from Katip.approvals.decisions import Verdict
from Katip.errors import CannotRecord, ConfigurationError, OutcomeNotGood
from Katip.messages import msg, msg_id
from Katip.model import ApprovalForm, Contract, Mode, Outcome, PictureStage, Status
from Katip.portal_procedure import FormWay
from Katip.run.context import RunContext
from Katip.run.logged_steps import LoggedSteps
from Katip.run.work import Item, Visit, Work
from Katip.turkish import visible


class _Steps:
    """What an approval does on the pages, each step as a keyword of its own in the log.

    Args:
        keywords: the keywords.
    """

    def __init__(self, keywords: ApprovalKeywords) -> None:
        self._keywords = keywords

    def contracts(self) -> Sequence[Contract]:
        """Read every row of every page of the grid, freshly from the portal."""
        return self._keywords.fresh_contracts()

    def look_again(self, contract: Contract, at_least: int, *, wait: timedelta = timedelta(0)) -> Sequence[Contract]:
        """Read the rows of one identity, freshly from the portal."""
        index = self._keywords.index_of(contract)
        rows: Sequence[Contract] = self._keywords.logged.run("Read Row Again", index, at_least, wait)
        return rows

    def open_form(self, contract: Contract) -> ApprovalForm:
        """Select the contract's row, press "Onayla", read the form."""
        index = self._keywords.index_of(contract)
        form: ApprovalForm = self._keywords.logged.run("Open Approval Form", index, contract.twin)
        return form

    def leave_form(self) -> None:
        """Leave the form unsaved."""
        self._keywords.logged.run("Leave Approval Form")

    def submit(self) -> Answer:
        """Press "Kayıt" once and answer its window once."""
        with self._keywords.armed() as index:
            answer: Answer = self._keywords.logged.run("Save Approval", index)
        return answer

    def renew(self) -> None:
        """Get a fresh page or session, up to the same workplace's grid."""
        self._keywords.logged.run("Renew Session")

    def picture(self, stage: PictureStage, contract: Contract) -> str | None:
        """Take the picture of a stage."""
        return self._keywords.picture(stage, contract)


class ApprovalKeywords:
    """The approval of one contract after the other.

    Args:
        context: what the keywords of a run share.
        logged: runs the steps of an approval as keywords.
    """

    def __init__(self, context: RunContext, logged: LoggedSteps) -> None:
        self._context = context
        self.logged = logged
        self._armed = 0

    @property
    def work(self) -> Work:
        """What the run at work keeps in mind."""
        return self._context.run.work

    def index_of(self, contract: Contract) -> int:
        """Return the place in approvals.json of the contract at work.

        Args:
            contract: a row of it.

        Raises:
            ConfigurationError: it is not the contract at work.
        """
        item = self.work.at_work
        if contract.identity != item.contract.identity:
            raise ConfigurationError(
                msg("Working on {contract}", contract=contract),
                msg("the contract at work"),
                str(item.contract),
                msg("Nothing was pressed."),
            )
        return item.index

    def fresh_contracts(self) -> Sequence[Contract]:
        """Read every row of every page of the grid, freshly from the portal."""
        return self._context.pages.contracts.fresh_contracts()

    @contextmanager
    def armed(self) -> Iterator[int]:
        """Allow `Save Approval` to press "Kayıt" once for the current contract, whose journal entry was made.

        Yields:
            The contract's place in approvals.json.
        """
        self._armed = self.work.at_work.index
        try:
            yield self._armed
        finally:
            self._armed = 0

    @keyword(tags=["5.8", "5.9", "5.10"])
    def approve_contract(self, index: int) -> str:
        """Take one contract through 5.8 to 5.10: select, "Onayla", check the form, "Kayıt", read the window, read the row again.

        The task passes where the re-read row says "Onaylandı", is skipped where nobody decided on it, and fails else, with the reason.

        Args:
            index: the contract's place in approvals.json, from 1.

        Returns:
            The outcome.

        Raises:
            ConfigurationError: No run was begun, or it has no such contract (KTP-001).
            SkipExecution: Nobody decided on it: the task is skipped.
            OutcomeNotGood: The contract was held, refused, failed, is uncertain or was not found (KTP-540).

        Example:
        | ${outcome} =    Approve Contract    1
        """
        work = self.work
        item = work.item(index)
        work.current = item
        result = item.result or self._approve(item)
        items = next(visit.items for visit in work.visits if item in visit.items)
        self._context.progress.show(items.index(item) + 1, len(items), result)
        if result.decision.reason != item.decision.reason:  # such as the row that the form's ID chose
            BuiltIn().set_test_documentation(f"· {result.decision.reason}", append=True)
        return _verdict(result)

    def _approve(self, item: Item) -> Result:
        work, chosen = self.work, self._context.session.chosen
        if chosen.sgk != item.contract.workplace:
            raise OutcomeNotGood(
                msg("Approving {contract}", contract=item.contract),
                msg("its workplace {workplace} to be the chosen one", workplace=item.contract.workplace),
                str(chosen),
                msg("Nothing was selected."),
            )
        visit = next(visit for visit in work.visits if item in visit.items)
        if (unknown := self._unknown_to_the_file(item)) is not None:
            self._settle(item, unknown)
            return unknown
        return (visit.approver or self.approver_of(visit)).approve(item.contract, item.decision)

    def approver_of(self, visit: Visit) -> Approver:
        """Return what takes the contracts of a workplace through their approval.

        Args:
            visit: the workplace, with its first reading.
        """
        work = self.work
        approver = Approver(
            _Steps(self),
            work.journal,
            assess=work.assess,
            ready_to_record=self._record_before_sending,
            on_result=self._on_result,
            critical=self._context.stopping.critical,
            mode=work.settings.mode,
            retries=work.settings.retries,
            lag=self._context.session.portal.procedure.list.lag,
            late_rows=self._context.session.portal.patience.late_rows,
        )
        approver.shown(visit.before.contracts)
        return approver

    def _record_before_sending(self, draft: Result) -> None:
        work = self.work
        work.require_room()
        work.write_draft(work.at_work, draft)

    def _on_result(self, result: Result) -> None:
        """Write the outcome down; no signal is let through before, from the journal's entry on."""
        item = self.work.at_work
        if self.work.settings.printout and result.outcome is Outcome.APPROVED:
            self._print_out(item)
        self._settle(item, result)

    def _unknown_to_the_file(self, item: Item) -> Result | None:
        """Hold a contract if the portal's file declares its approval steps as unknown."""
        unknown = self._context.session.portal.procedure.unknown
        if not unknown or not item.decision.opens_form or self.work.settings.mode is not Mode.APPROVE:
            return None
        reason = msg("the portal's file does not say: {keys}", keys=", ".join(unknown))
        return Result.not_tried(item.contract, replace(item.decision, verdict=Verdict.HOLD), Outcome.HELD, reason)

    def _print_out(self, item: Item) -> None:
        """Download the contract's print-out; a failure is logged and changes no outcome."""
        try:
            self._context.pages.contracts.download_print_out(item.contract, item.evidence.printout_stem())
        except Exception as error:  # the contract is approved: that remains so, whatever becomes of its print-out
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
                work.approvals.settle(item.index - 1, work.completed(result))

    @keyword(tags=["5.8"])
    def open_approval_form(self, index: int, twin: int = 0) -> ApprovalForm:
        """Select the row of a contract of this run, press "Onayla" (5.8), and read the form (5.9). Nothing is saved.

        Args:
            index: the contract's place in approvals.json, from 1.
            twin: which row of the same name, category and start: 0 for the first.

        Returns:
            The form: name, Görevlendirme ID, minutes, all fields.

        Raises:
            ConfigurationError: No run was begun, or it has no such contract (KTP-001).
            ControlDisabled: "Onayla" does not light up (KTP-112).
            NoEffect: The form does not come (KTP-113).

        Example:
        | ${form} =    Open Approval Form    1
        """
        contract = _twin(self.work.item(index).contract, twin)
        pages = self._context.pages
        if self._context.session.portal.procedure.approving.form is FormWay.OPENS:
            form = pages.form.read(pages.contracts.press_approve(contract), contract)
            pages.form.prepare()
        else:
            form = pages.form.of_row(contract)
        fields = "".join(
            f"<tr><th align=left>{html_escape(label)}</th><td>{html_escape(value)}</td></tr>"
            for label, value in form.fields.items()
        )
        logger.info(f"<table border=1 cellpadding=4>{fields}</table>", html=True)
        return form

    @keyword(tags=["5.9"])
    def leave_approval_form(self) -> None:
        """Leave the open form unsaved, and come back to the grid.

        Raises:
            ConfigurationError: No run was begun (KTP-001).
            NoEffect: The form stays (KTP-113).
            WrongPage: The list does not come back (KTP-102).

        Example:
        | Leave Approval Form
        """
        self._context.pages.form.leave()

    @keyword(tags=["5.9"])
    def save_approval(self, index: int) -> Answer:
        """Press "Kayıt" once, read the small window, give it its one answer (5.9). Only within `Approve Contract`.

        Args:
            index: the contract's place in approvals.json, from 1.

        Returns:
            What came of it: the window's words and whether it was answered.

        Raises:
            OutcomeNotGood: It was called outside of `Approve Contract`, whose journal entry must come first (KTP-540).

        Example:
        | ${answer} =    Save Approval    1
        """
        if self._armed != index:
            raise OutcomeNotGood(
                msg('Pressing "Kayıt"'),
                msg("the journal to know of it"),
                msg("no entry of it"),
                msg("Use `Approve Contract`; nothing was pressed."),
            )
        self._armed = 0  # one press for one entry in the journal
        item = self.work.item(index)
        try:
            answer = self._context.pages.form.submit(lambda: self.picture(PictureStage.OK, item.contract))
        finally:
            item.saved_on = self._context.pages.form.saved_on
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
    def read_row_again(self, index: int, at_least: int = 1, wait: timedelta = timedelta(0)) -> list[Contract]:
        """Have the portal send the grid again and read the rows of a contract's name, category and start (5.10).

        Args:
            index: the contract's place in approvals.json, from 1.
            at_least: how many such rows are known.
            wait: how long to wait for rows that come a while after the portal was asked for them, as a Robot time (`2 s`).

        Returns:
            The rows as they stand now.

        Raises:
            ConfigurationError: No run was begun, or it has no such contract (KTP-001).
            GridUnreadable: The grid cannot be read (KTP-114).
            WrongPage: The list does not come (KTP-102).

        Example:
        | ${rows} =    Read Row Again    1
        """
        item = self.work.item(index)
        rows = self._context.pages.contracts.look_again(item.contract, at_least, wait=wait)
        item.after = _after(item.contract, rows)
        for row in rows:
            logger.info(f"{row}: {visible(row.status_text)}")
        return rows

    def picture(self, stage: PictureStage, contract: Contract) -> str | None:
        """Take the picture of one stage of the contract at work.

        Args:
            stage: which.
            contract: the contract.

        Returns:
            Its path relative to the run's folder, or None.
        """
        item = self.work.at_work
        if stage in (PictureStage.BEFORE, PictureStage.AFTER):
            # On a portal with a list for each status the approved row is in another list than the pending one.
            shown = item.after or contract if stage is PictureStage.AFTER else contract
            row = self._context.pages.contracts.show(shown)
            self._context.pages.contracts.bring_into_sight(row)
        return self._context.pictures.take(item.evidence.picture_path(stage.value), msg(CAPTIONS[stage]))


CAPTIONS = {
    PictureStage.BEFORE: msg_id("5.8: the row before"),
    PictureStage.FORM: msg_id("5.9: the form SÖZLEŞME ONAY"),
    PictureStage.OK: msg_id("5.9: the small window"),
    PictureStage.AFTER: msg_id("5.10: the row, read again"),
}


def _twin(contract: Contract, number: int) -> Contract:
    return contract if contract.twin == number else replace(contract, twin=number)


def _after(contract: Contract, rows: Sequence[Contract]) -> Contract | None:
    """Return the row to show for a contract; of duplicate rows an approved one, as they cannot be distinguished."""
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
