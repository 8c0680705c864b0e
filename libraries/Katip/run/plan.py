"""The plan run: read what is pending in each workplace, change nothing, and write the list that the responsible person decides on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from robot.api import logger
from robot.api.deco import keyword
from robot.utils import html_escape

from Katip.approvals.approval_result import Result
from Katip.approvals.decisions import Decision, Verdict
from Katip.approvals.legal_checks import waiting_days
from Katip.approvals.reconcile import check_reading
from Katip.approvals.worklist_writer import PlanRow, write_worklist
from Katip.errors import FormDisagrees
from Katip.messages import msg, msg_id
from Katip.model import Contract, Outcome, Workplace
from Katip.portal_procedure import FormWay
from Katip.run.context import RunContext
from Katip.run.tasks import NewTask
from Katip.run.work import Visit
from Katip.turkish import names_agree

_PLANNED = msg_id("plan run: nothing is approved")


class PlanKeywords:
    """What a plan run reads and writes.

    Args:
        context: what the keywords of a run share.
    """

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._rows: list[PlanRow] = []

    @keyword(tags=["5.8"])
    def plan_workplace(self) -> str:
        """Read all pending contracts of the chosen workplace (5.8); with DETAILS:yes also ID and minutes, from each form, which is left unsaved.

        Returns:
            How many contracts are pending, and whether the portal counts as many.

        Raises:
            GridUnreadable: The grid cannot be read (KTP-114).

        Example:
        | ${summary} =    Plan Workplace
        """
        work = self._context.run.work
        workplace = self._context.session.chosen
        reading = self._context.pages.contracts.reading(work.pending_count)
        checked = check_reading(reading)
        said = [*checked.problems, *checked.warnings]
        for reason in said:
            logger.warn(reason)
        contracts = [
            self._with_details(contract) if work.settings.details else contract for contract in reading.pending
        ]
        visit = Visit(workplace, reading)
        work.visits.append(visit)
        self._take(visit, [*contracts, *reading.waiting])
        if work.waiting:
            number = len(work.visits) + 1
            self._context.weaver.add(
                [
                    NewTask(
                        f"5.5–5.8 Kurum değiştirilir, {number}. işyerinin sözleşmeleri okunur",
                        "Plan The Next Workplace",
                        (),
                        ("clause", "clause-5.5"),
                    )
                ]
            )
        others = [msg("{number} wait for somebody else", number=len(reading.waiting))] if reading.waiting else []
        return msg(
            "{number} pending; {said}",
            number=len(contracts),
            said="; ".join([*others, *said]) or msg("the portal counts as many"),
        )

    def _take(self, visit: Visit, contracts: Sequence[Contract]) -> None:
        work = self._context.run.work
        today = datetime.now(UTC).astimezone().date()
        decision = Decision(Verdict.SKIP, msg(_PLANNED))
        for contract in contracts:
            findings = work.assess(contract, None)
            self._rows.append(PlanRow(visit.workplace, contract, waiting_days(contract, today), findings, None, None))
            item = work.add(contract, decision, visit.workplace.title)
            visit.items.append(item)
            work.settle(item, Result.not_tried(contract, decision, Outcome.SKIPPED, msg(_PLANNED), findings))
        self._show(visit.workplace, contracts)

    def _with_details(self, contract: Contract) -> Contract:
        """Open the contract's form, read it, leave it unsaved."""
        pages = self._context.pages
        if self._context.session.portal.procedure.approving.form is not FormWay.OPENS:
            return contract  # nobody has said that the press in the row only opens a form
        form = pages.form.read(pages.contracts.press_approve(contract), contract)
        pages.form.leave()
        if not names_agree(form.name, contract.name):
            raise FormDisagrees(
                msg("Reading the details of {contract}", contract=contract),
                msg('the form of "{name}"', name=contract.name),
                msg('the form of "{name}"', name=form.name),
                msg("Nothing was saved. Look by hand."),
            )
        return replace(
            contract,
            gorevlendirme_id=form.gorevlendirme_id or contract.gorevlendirme_id,
            minutes=contract.minutes if form.minutes is None else form.minutes,
        )

    @staticmethod
    def _show(workplace: Workplace, contracts: Sequence[Contract]) -> None:
        rows = "".join(
            f"<tr><td>{html_escape(str(contract))}</td><td>{html_escape(contract.gorevlendirme_id or '')}</td><td>{contract.minutes or ''}</td></tr>"
            for contract in contracts
        )
        logger.info(
            f"<p>{html_escape(str(workplace))}</p><table border=1 cellpadding=4><tr><th>Sözleşme</th><th>Görevlendirme ID</th>"
            f"<th>Ayl. Çlş. Süresi (Dk)</th></tr>{rows}</table>",
            html=True,
        )

    @keyword
    def write_the_worklist(self) -> str:
        """Write ``worklist.xlsx`` and ``worklist.csv`` into the run's folder, never over a list that somebody filled in.

        Returns:
            The path of the XLSX file.

        Raises:
            CannotRecord: The files cannot be written (KTP-130).

        Example:
        | ${path} =    Write The Worklist
        """
        work = self._context.run.work
        xlsx, csv = write_worklist(work.folder, self._rows)
        work.evidence.worklist(xlsx, "planned")
        logger.info(
            " · ".join(f'<a href="{html_escape(path.name)}">{html_escape(path.name)}</a>' for path in (xlsx, csv)),
            html=True,
        )
        logger.console(
            msg(
                "\nThe list: {xlsx}\nOnce Karar, Karar Veren and Karar Tarihi are filled in: "
                'katip rehearse --portal {portal} --worklist "{xlsx}", then the same with approve',
                portal=work.settings.portal,
                xlsx=xlsx,
            )
        )
        return str(xlsx)
