"""The state of one run: who decides, what was read of each workplace, and what became of every contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from Katip.approvals.approval import Approver
from Katip.approvals.approval_result import Result
from Katip.approvals.approvals_json import ApprovalsFile
from Katip.approvals.decisions import ApproveAll, Authority, Decision, Listed
from Katip.approvals.finding import Finding
from Katip.approvals.journal import Journal
from Katip.approvals.journal_file import room_for
from Katip.approvals.journal_records import is_same_contract
from Katip.approvals.reasons import with_code
from Katip.approvals.reconcile import Reading
from Katip.approvals.recovery import Recovered
from Katip.approvals.remaining import unanswered_rows
from Katip.approvals.rules import Rules
from Katip.approvals.worklist import Worklist, WorklistRow
from Katip.disk import HeldFolder
from Katip.errors import CannotRecord, ConfigurationError
from Katip.evidence.contract_evidence import ContractEvidence
from Katip.evidence.layout import EVIDENCE
from Katip.evidence.record import ContractRecord, DecisionTaken, RecordedStep, RuleFinding
from Katip.evidence.run_evidence import RunEvidence
from Katip.messages import ENGLISH, TURKISH, in_language, msg
from Katip.model import Contract, Outcome, PictureStage, Status, Workplace
from Katip.run.settings import RunSettings
from Katip.turkish import visible


@dataclass(slots=True, eq=False)
class Item:
    """One contract that this run accounts for.

    Attributes:
        index: its place in approvals.json, from 1.
        contract: the row as it was read.
        decision: what was decided on it.
        title: the workplace's title.
        evidence: its folder.
        after: its row as it was read again, or None.
        saved_on: the origin of page and frame in which "Kayıt" was pressed; empty if it was not.
        draft: its record if the robot is killed now: `uncertain`, from the moment before "Kayıt" on.
        result: its outcome, or None while that is open.
    """

    index: int
    contract: Contract
    decision: Decision
    title: str
    evidence: ContractEvidence
    after: Contract | None = None
    saved_on: str = ""
    draft: Result | None = None
    result: Result | None = None


@dataclass(slots=True, eq=False)
class Visit:
    """What was read of one workplace, and its contracts.

    Attributes:
        workplace: the workplace.
        before: the first reading.
        items: its contracts.
        recovered: what earlier runs left open there.
        listed: numbers of the worklist's rows that were listed without a pending contract.
        approver: takes its contracts through the chain.
    """

    workplace: Workplace
    before: Reading
    items: list[Item] = field(default_factory=list)
    recovered: Sequence[Recovered] = ()
    listed: set[int] = field(default_factory=set)
    approver: Approver | None = None


@dataclass(slots=True, eq=False)
class Work:
    """Everything that a run keeps in mind.

    Attributes:
        settings: what was set.
        run_id: the run's name.
        folder: Robot's output folder.
        started: when the run began.
        authority: who says what may be approved.
        rules: the rules.
        journal: the journal.
        evidence: the evidence folder.
        approvals: approvals.json.
        clause: the clause at work, for the picture of a failure.
        broken: why the clause tasks that follow cannot be reached, or empty.
        broken_by: the same as a skipped task says it: only the step that failed.
        broken_code: the code of the error that is to blame for it, or empty.
        waiting: the workplaces that are still to be visited.
        visits: the workplaces that were visited.
        items: the contracts by index, from 1.
        current: the contract at work.
        ended: True once the run's end has begun.
        worklist: the list that the responsible person filled in, or None.
        is_plan: True for a plan run, which approves nothing.
    """

    settings: RunSettings
    run_id: str
    folder: Path
    started: datetime
    authority: Authority
    rules: Rules
    journal: Journal
    evidence: RunEvidence
    approvals: ApprovalsFile
    clause: str = ""
    broken: str = ""
    broken_by: str = ""
    broken_code: str = ""
    pending_count: int | None = None
    waiting: list[str] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    current: Item | None = None
    ended: bool = False
    worklist: Worklist | None = None
    is_plan: bool = False
    _held: tuple[HeldFolder, ...] = field(default=(), init=False, repr=False)

    def __post_init__(self) -> None:
        self._held = tuple(map(HeldFolder, (self.folder, self.folder / EVIDENCE, self.journal.path.parent)))

    def require_room(self) -> None:
        """Look, right before "Kayıt", that its outcome can be recorded.

        Raises:
            CannotRecord: if a folder of the run is gone, another one, read-only, or has too little space.
        """
        for folder in self._held:
            folder.require()
            if not room_for(folder.path, self.settings.free_space):
                raise CannotRecord(
                    msg('Making sure before "Kayıt" that the approval can be recorded'),
                    msg(
                        "{free_space} MB of free space in {path}",
                        free_space=self.settings.free_space // 1_000_000,
                        path=folder.path,
                    ),
                    msg("less"),
                    msg("Nothing was clicked. Make room and run again."),
                )

    @property
    def visit(self) -> Visit:
        """The workplace at hand."""
        return self.visits[-1]

    @property
    def at_work(self) -> Item:
        """The contract at work.

        Raises:
            ConfigurationError: if none is.
        """
        if self.current is None:
            raise ConfigurationError(
                msg("Working on a contract"), msg("a contract at work"), msg("none"), msg("Use `Approve Contract`.")
            )
        return self.current

    def item(self, index: int) -> Item:
        """Return a contract by its place in approvals.json, from 1.

        Raises:
            ConfigurationError: if the run has no such contract.
        """
        if not 1 <= index <= len(self.items):
            raise ConfigurationError(
                msg("Looking for contract no. {index} of the run", index=index),
                msg("a place in approvals.json, from 1 to {last}", last=len(self.items)),
                str(index),
                msg("Correct the number."),
            )
        return self.items[index - 1]

    def add(self, contract: Contract, decision: Decision, title: str) -> Item:
        """Add a contract to the run; `approvals.write` writes.

        Args:
            contract: the contract as read.
            decision: what was decided on it.
            title: the workplace's title.

        Returns:
            Its item.
        """
        index = self.approvals.add(contract, decision) + 1
        item = Item(index, contract, decision, title, self.evidence.contract(index))
        self.items.append(item)
        return item

    def settle(self, item: Item, result: Result) -> None:
        """Write down what became of a contract: record, then approvals.json.

        Args:
            item: the contract.
            result: its outcome.
        """
        item.result = result
        self._write(item, result)

    def write_draft(self, item: Item, draft: Result) -> None:
        """Write down, before "Kayıt", what is true of a contract if the robot dies after it.

        Args:
            item: the contract.
            draft: what is known of it by now.
        """
        item.draft = draft
        self._write(item, draft)

    def _write(self, item: Item, result: Result) -> None:
        known = self.completed(result)
        item.evidence.write(self.record(item, known))
        self.approvals.settle(item.index - 1, known)

    def completed(self, result: Result) -> Result:
        """Return a result with the earlier run that had left its contract open, as its record and its line say."""
        return replace(result, recovered_from=self.left_open_by(result.contract))

    def left_open_by(self, contract: Contract) -> str | None:
        """Return the earlier run that had left a contract open, or None.

        Args:
            contract: the contract, with its ID where the form was seen.
        """
        recovered = [each for visit in self.visits for each in visit.recovered]
        return next((each.entry.run_id for each in recovered if _is_about(each, contract)), None)

    def record(self, item: Item, result: Result) -> ContractRecord:
        """Return what the evidence keeps of a contract.

        Args:
            item: the contract.
            result: what is known of it by now.

        Returns:
            The record.
        """
        contract = result.contract
        looked = [each.at for each in result.transitions if each.step.value == "looked"]
        return ContractRecord(
            workplace=contract.workplace,
            category=contract.category,
            start=contract.start,
            gorevlendirme_id=contract.gorevlendirme_id,
            minutes=contract.minutes,
            outcome=result.outcome,
            code=result.code,
            recovered_from=result.recovered_from,
            decision=decision_taken(self.authority, result.decision),
            findings=[RuleFinding(each.rule, each.level.value, each.message) for each in result.findings],
            transitions=[RecordedStep(each.step.value, each.at) for each in result.transitions],
            status_before=item.contract.status_text,
            status_after=item.after.status_text if item.after else "",
            saved_on=item.saved_on,
            reread_at=looked[-1] if looked else None,
            missing_pictures=_missing(item, result),
            name=contract.name,
            title=item.title,
            reason=result.reason,
            reason_tr=in_language(result.reason, TURKISH),
            reason_en=in_language(result.reason, ENGLISH),
            message=result.message,
            row_before=dict(item.contract.cells),
            form=dict(result.form.fields) if result.form else {},
            row_after=dict(item.after.cells) if item.after else {},
        )

    def failure_path(self) -> Path:
        """Return the path for the picture of a failure."""
        if self.current is not None:
            return self.current.evidence.picture_path(PictureStage.FAILURE)
        return self.evidence.clause_picture_path(self.clause or "5.1").with_name(
            f"failure-{(self.clause or 'run').replace('.', '-')}.png"
        )

    def twins_of(self, contract: Contract) -> int:
        """Return how many rows of a contract's identity the first reading of the workplace knew."""
        rows = self.visit.before.contracts if self.visits else ()
        return sum(row.identity == contract.identity for row in rows)

    def assess(self, contract: Contract, row: WorklistRow | None) -> tuple[Finding, ...]:
        """Check a contract by the rules, with what the list says of employees and hazard class."""
        return self.rules.assess(
            contract, datetime.now(UTC).astimezone().date(), row.employees if row else None, row.hazard if row else None
        )

    def results(self) -> list[Result]:
        """Return what became of every contract so far."""
        return [item.result for item in self.items if item.result is not None]

    def break_off(self, why: str, task: str = "", code: str = "") -> None:
        """Remember why what follows cannot be reached.

        Args:
            why: the whole reason, for records and approvals.json.
            task: the step that failed, all that a skipped task says of it; empty for the whole reason.
            code: the code of the error, where it was one.
        """
        if not self.broken:
            self.broken, self.broken_by, self.broken_code = visible(why), visible(task or why), code

    def fail_unreached(self) -> None:
        """Write into records and approvals.json why contracts were not reached."""
        why = self.broken or msg("the run ended before its turn")
        reason = msg("not reached: {why}", why=with_code(why, self.broken_code))
        visited = {visit.workplace.sgk for visit in self.visits}
        for result in unanswered_rows([row for row in self.authority.rows if row.workplace not in visited], (), ()):
            item = self.add(result.contract, result.decision, "")
            self.settle(item, replace(result, outcome=Outcome.FAILED, reason=reason))
        for item in self.items:
            if item.result is None:
                self.settle(item, _left_open(item, reason))
        self.approvals.write()


def _left_open(item: Item, reason: str) -> Result:
    """Return the result of a contract whose task did not end, with the pictures that were taken."""
    known = item.draft or Result.not_tried(item.contract, item.decision, Outcome.FAILED, reason)
    taken = item.evidence.pictures()
    return replace(known, pictures={stage: path for stage, path in taken.items() if stage != PictureStage.FAILURE})


def _is_about(recovered: Recovered, contract: Contract) -> bool:
    """Return True if what an earlier run left open is this contract: by the IDs where both are known, else by the very row."""
    if not is_same_contract(recovered.entry, contract):
        return False
    row = recovered.contract
    has_ids = recovered.entry.gorevlendirme_id and contract.gorevlendirme_id
    return bool(has_ids) or row is None or row.twin == contract.twin


def _missing(item: Item, result: Result) -> dict[PictureStage, str]:
    """Return, for every picture of an approval that is missing, the reason."""
    if result.outcome not in (Outcome.APPROVED, Outcome.UNCERTAIN, Outcome.REFUSED):
        return {}
    there = item.evidence.pictures()
    note = next((each.note for each in result.transitions if each.step.value == "answered"), "") or msg(
        "no picture could be taken"
    )
    return {PictureStage(stage): note for stage in ("before", "form", "ok", "after") if stage not in there}


def decision_taken(authority: Authority, decision: Decision) -> DecisionTaken:
    """Return a decision as the evidence keeps it.

    Args:
        authority: who says what may be approved.
        decision: the decision.

    Returns:
        Who decided, when, and where it is written.
    """
    row = decision.row
    if isinstance(authority, Listed):
        digest = authority.worklist.digest
        if row is None:
            return DecisionTaken("none", digest=digest)
        return DecisionTaken("worklist", row.karar.value, row.decided_by, row.decided_on, row.number, digest)
    return DecisionTaken("all" if isinstance(authority, ApproveAll) else "nobody")


def pending(contracts: Iterable[Contract]) -> list[Contract]:
    """Return the pending ones."""
    return [contract for contract in contracts if contract.status is Status.PENDING]


def count_outcomes(results: Sequence[Result]) -> str:
    """Return the number of contracts by outcome, as a text."""
    counts: dict[str, int] = {}
    for result in results:
        counts[result.outcome.value] = counts.get(result.outcome.value, 0) + 1
    return ", ".join(f"{number} {outcome}" for outcome, number in counts.items()) or msg("no contract")
