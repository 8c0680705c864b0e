"""One approval: the chain of states from a pending row to a re-read one, with one irreversible step in it.

    pending ─ select row ─ form open ─ form agrees ─ [journal: about to submit] ─ Kayıt ─ window read ─ row re-read ─
    Onaylandı

Left of the bracket application errors are tried again. Right of it nothing is ever clicked twice: the robot only looks, and only
the re-read row proves success. Source: DOK.10.01 rev 05, 5.8 to 5.10; docs/architecture.md, "One approval".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from datetime import datetime, timedelta

from Katip.approvals.approval_attempt import ApprovalJournal, ApprovalPage, Attempt, Ending, identity_key
from Katip.approvals.approval_reasons import (
    ABOUT_TO_SEND,
    REFUSED,
    STILL_PENDING,
    TWIN_UNCERTAIN,
    UNSEEN,
    approved_because,
    counts_disagree,
    with_words,
)
from Katip.approvals.approval_result import Answer, AnswerMeaning, Result, proves_approval, tally
from Katip.approvals.decisions import Decision, Verdict, on_form
from Katip.approvals.finding import Finding, Level
from Katip.approvals.journal_records import ApprovalStep, Tally, Transition
from Katip.approvals.reasons import joined, of_error
from Katip.approvals.worklist import WorklistRow
from Katip.errors import CannotRecord, FormDisagrees, NotPressed, is_business
from Katip.messages import msg
from Katip.model import ApprovalForm, Contract, Mode, Outcome, PictureStage, Status, id_key
from Katip.patience import Patience
from Katip.turkish import names_agree

RETRIES = 2
_PATIENCE = Patience()
_SHORTEST_WAIT = timedelta(milliseconds=500)  # doubled with each look at a row of a portal that is known to lag
LOOKS = 3  # the first one, and one after each of the two renewals that a lost session may have


def _no_findings(contract: Contract, row: WorklistRow | None) -> tuple[Finding, ...]:
    return ()


def _nothing_to_record(draft: Result) -> None:
    return None


class Approver:
    """Takes contracts through the chain, one after the other.

    Args:
        page: the contracts page of the workplace at hand.
        journal: where everything is written down.
        assess: the rules: returns the findings on a contract whose form was seen, and its row of the list.
        ready_to_record: called right before the journal's entry with the result as it would stand if the robot died now
            (`uncertain`); it writes and syncs the record, and raises `CannotRecord` where it cannot.
        on_result: called with each result, within the critical section where there is one; it writes the outcome down.
        critical: makes a context in which signals are deferred; entered before the journal's entry that "Kayıt" is about to
            be pressed, left when `on_result` has returned.
        mode: how far to go.
        retries: how often application errors left of the journal's entry are tried again.
        lag: how long the portal may take to show an approved contract as approved.
        late_rows: the longest wait between two looks at a row after "Kayıt".
        clock: returns the time, with time zone.

    Example:
        >>> approver = Approver(page, journal, assess=work.assess)  # doctest: +SKIP
        >>> approver.shown(contracts)  # doctest: +SKIP
        >>> approver.approve(contract, decision).outcome  # doctest: +SKIP
        <Outcome.APPROVED: 'approved'>
    """

    def __init__(
        self,
        page: ApprovalPage,
        journal: ApprovalJournal,
        *,
        assess: Callable[[Contract, WorklistRow | None], tuple[Finding, ...]] = _no_findings,
        ready_to_record: Callable[[Result], None] = _nothing_to_record,
        on_result: Callable[[Result], None] = _nothing_to_record,
        critical: Callable[[], AbstractContextManager[object]] = nullcontext,
        mode: Mode = Mode.APPROVE,
        retries: int = RETRIES,
        lag: timedelta = timedelta(0),
        late_rows: timedelta = _PATIENCE.late_rows,
        clock: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self._page = page
        self._journal = journal
        self._assess = assess
        self._ready_to_record = ready_to_record
        self._on_result = on_result
        self._critical = critical
        self._mode = mode
        self._retries = retries
        self._lag = lag
        self._late_rows = late_rows
        self._clock = clock
        self._rows: list[Contract] | None = None
        self._ids: set[tuple[str, str]] = set()
        self._doubtful: set[tuple[str, str, str, str]] = set()

    def shown(self, contracts: Iterable[Contract]) -> None:
        """Reuse a full reading of the grid, so that it is not read again before the first contract.

        Args:
            contracts: every row of the workplace at hand, of any status.
        """
        self._rows = list(contracts)

    def approve(self, contract: Contract, decision: Decision) -> Result:
        """Take one contract through the chain.

        Args:
            contract: a pending row.
            decision: what was decided on it.

        Returns:
            Its outcome; application and business errors are outcomes, not exceptions.
        """
        attempt = Attempt(contract, decision, self._journal, self._clock)
        attempt.step(ApprovalStep.DECIDED, str(decision.reason))
        try:
            attempt.entry = self._journal.enter(contract, decision)
            ending = self._prepare(attempt) if decision.opens_form else _ending_of(decision)
        except CannotRecord as error:
            ending = (Outcome.FAILED, of_error(error))
        if ending is not None:
            return self._reported(self._settle(attempt, *ending))
        with self._critical():
            return self._reported(self._settle(attempt, *self._submit_once(attempt)))

    def _reported(self, result: Result) -> Result:
        self._on_result(result)
        return result

    # ---- left of the bracket: may be tried again

    def _prepare(self, attempt: Attempt) -> Ending | None:
        if attempt.contract.identity in self._doubtful:
            # A late effect of the uncertain one would look like this one's approval.
            return Outcome.HELD, msg(TWIN_UNCERTAIN)
        trouble = ""
        for trial in range(self._retries + 1):
            try:
                if trial:
                    self._page.renew()
                    gone = self._find_again(attempt)
                    if gone:
                        return gone
                return self._fill_form(attempt)
            except CannotRecord:
                self._leave_form()
                raise
            except Exception as error:
                if is_business(error):
                    self._leave_form()
                    return (Outcome.HELD if isinstance(error, FormDisagrees) else Outcome.FAILED, of_error(error))
                trouble = of_error(error)
                attempt.step(ApprovalStep.RETRY, str(trouble))
        tries = self._retries + 1
        return Outcome.FAILED, msg("nothing was clicked; tried {tries} times: {trouble}", tries=tries, trouble=trouble)

    def _find_again(self, attempt: Attempt) -> Ending | None:
        contract = attempt.contract
        rows = self._look(contract)
        pending = [row for row in rows if row.status is Status.PENDING]
        if pending:
            same_twin = [row for row in pending if row.twin == contract.twin]
            attempt.contract = _with_details((same_twin or pending)[0], contract)
            return None
        if any(row.status is Status.APPROVED for row in rows):
            return Outcome.ALREADY_APPROVED, msg("somebody else approved it meanwhile")
        return Outcome.FAILED, msg("the portal no longer shows it as pending")

    def _fill_form(self, attempt: Attempt) -> Ending | None:
        form = self._open_unseen_form(attempt)
        if form is None:
            return Outcome.HELD, msg(
                "the forms of this name, category and start show only Görevlendirme IDs of other contracts"
            )
        attempt.form = form
        attempt.step(ApprovalStep.FORM_OPEN)
        self._picture(attempt, PictureStage.FORM)
        ending = self._check(attempt, form)
        if ending is None and self._mode is Mode.REHEARSE:
            ending = (Outcome.PLANNED, msg("rehearsal: stopped before Kayıt"))
        if ending is None:
            attempt.step(ApprovalStep.FORM_AGREES)
            return None
        attempt.step(ApprovalStep.LEFT_UNSAVED, self._leave_form())
        self._seen(attempt.contract)
        return ending

    def _open_unseen_form(self, attempt: Attempt) -> ApprovalForm | None:
        """Open the contract's form; where the rows changed places and a twin's form comes, try the other rows."""
        if not tally(attempt.contract, self._known_rows()).pending:
            self._look(attempt.contract)
        self._picture(attempt, PictureStage.BEFORE)
        attempt.before = tally(attempt.contract, self._known_rows())
        for row in [attempt.contract, *self._twins(attempt.contract)]:
            form = self._page.open_form(row)
            if self._can_be(attempt.contract, form):
                return form
            self._page.leave_form()
        return None

    def _can_be(self, contract: Contract, form: ApprovalForm) -> bool:
        """Return True if a form can be this contract's, as far as its ID goes; who it is about is checked later."""
        if form.gorevlendirme_id is None:
            return True
        if identity_key(contract, form.gorevlendirme_id) in self._ids:
            return False
        known = contract.gorevlendirme_id
        return not known or id_key(known) == id_key(form.gorevlendirme_id) or not self._twins(contract)

    def _check(self, attempt: Attempt, form: ApprovalForm) -> Ending | None:
        attempt.decision = on_form(attempt.decision, attempt.contract, form)
        if names_agree(attempt.contract.name, form.name):
            attempt.contract = _with_form(attempt.contract, form)
        if not attempt.decision.opens_form:
            return _ending_of(attempt.decision)
        attempt.findings = self._assess(attempt.contract, attempt.decision.row)
        stopping = [finding for finding in attempt.findings if finding.level is Level.HOLD]
        if stopping:
            return Outcome.HELD, joined(*(finding.message for finding in stopping))
        return None

    # ---- the bracket, and right of it: never tried again

    def _submit_once(self, attempt: Attempt) -> Ending:
        try:
            self._commit(attempt)
        except Exception as error:
            self._leave_form()
            return Outcome.FAILED, of_error(error)
        attempt.sent = True
        self._seen(attempt.contract)
        try:
            answer = self._send()
        except NotPressed as error:
            return self._take_back(attempt, of_error(error))
        attempt.message = answer.window.text if answer.window else None
        if answer.picture:
            attempt.pictures[PictureStage.OK] = answer.picture
        attempt.step(ApprovalStep.ANSWERED, answer.note or attempt.message or msg("no window came"))
        ending = self._judge(attempt, answer)
        if ending[0] is Outcome.UNCERTAIN:
            self._doubtful.add(attempt.contract.identity)
        try:
            self._picture(attempt, PictureStage.AFTER)
        except Exception as error:
            attempt.step(ApprovalStep.LOOKED, msg("no picture of the row afterwards: {error}", error=of_error(error)))
        return ending

    def _commit(self, attempt: Attempt) -> None:
        """Write to disk everything that the next run must know if this process is killed now."""
        assert attempt.entry is not None  # noqa: S101 - `approve` entered it
        transition = Transition(ApprovalStep.ABOUT_TO_SUBMIT, self._clock())
        attempt.transitions.append(transition)
        self._ready_to_record(replace(attempt.result(Outcome.UNCERTAIN, msg(ABOUT_TO_SEND)), sent=True))
        self._journal.about_to_submit(attempt.entry, attempt.contract, attempt.before, transition)

    def _take_back(self, attempt: Attempt, why: str) -> Ending:
        assert attempt.entry is not None  # noqa: S101 - `approve` entered it
        attempt.sent = False
        with suppress(CannotRecord):  # then the entry stays open, and the next run finds out
            self._journal.not_submitted(attempt.entry, attempt.contract)
            attempt.step(ApprovalStep.LEFT_UNSAVED, self._leave_form())
        return Outcome.FAILED, why

    def _send(self) -> Answer:
        try:
            return self._page.submit()
        except NotPressed:
            raise
        except Exception as error:
            return Answer(None, answered=False, wording=None, note=str(of_error(error)))

    def _judge(self, attempt: Attempt, answer: Answer) -> Ending:
        now = self._look_until_approved(attempt)
        if now is None:
            return Outcome.UNCERTAIN, with_words(msg(UNSEEN), answer)
        if proves_approval(attempt.before, now):
            return Outcome.APPROVED, approved_because(answer)
        if now.pending >= attempt.before.pending:
            if answer.wording is AnswerMeaning.REFUSED:
                return Outcome.REFUSED, with_words(msg(REFUSED), answer)
            return Outcome.UNCERTAIN, with_words(msg(STILL_PENDING), answer)
        return Outcome.UNCERTAIN, with_words(counts_disagree(attempt.before, now), answer)

    def _look_until_approved(self, attempt: Attempt) -> Tally | None:
        """Re-read the row until it is approved or the portal's lag is over; renew the session if reading fails.

        A row that is not approved at the first look is looked at a second time at least.
        """
        now: Tally | None = None
        lost = False
        failures = 0
        end = self._clock() + self._lag
        waits = _waits(self._lag, self._late_rows)
        while failures < LOOKS:
            try:
                if lost:
                    self._page.renew()
                seen = tally(attempt.contract, self._look(attempt.contract, wait=next(waits) if now else timedelta(0)))
            except Exception as error:
                attempt.step(ApprovalStep.LOOKED, str(of_error(error)))
                if lost and is_business(error):
                    return now
                lost = True
                failures += 1
                continue
            attempt.step(ApprovalStep.LOOKED, f"{seen.pending} pending, {seen.approved} approved")
            if proves_approval(attempt.before, seen) or (now is not None and self._clock() >= end):
                return seen
            now, lost = seen, False
        return now

    # ---- shared

    def _settle(self, attempt: Attempt, outcome: Outcome, reason: str) -> Result:
        recorded = attempt.entry is not None
        try:
            if attempt.entry is not None:
                self._journal.settle(attempt.entry, attempt.result(outcome, reason))
        except CannotRecord:
            recorded = False
        attempt.transitions.append(Transition(ApprovalStep.SETTLED, self._clock(), outcome.value))
        return replace(attempt.result(outcome, reason), recorded=recorded)

    def _known_rows(self) -> list[Contract]:
        if self._rows is None:
            self._rows = list(self._page.contracts())
        return self._rows

    def _look(self, contract: Contract, *, wait: timedelta = timedelta(0)) -> list[Contract]:
        known = self._known_rows()
        rows = [
            row
            for row in self._page.look_again(contract, tally(contract, known).total, wait=wait)
            if row.is_row_of(contract)
        ]
        self._rows = [row for row in known if not row.is_row_of(contract)] + rows
        return rows

    def _twins(self, contract: Contract) -> list[Contract]:
        return [
            row
            for row in self._known_rows()
            if row.is_row_of(contract) and row.status is Status.PENDING and row.twin != contract.twin
        ]

    def _seen(self, contract: Contract) -> None:
        if contract.gorevlendirme_id:
            self._ids.add(identity_key(contract, contract.gorevlendirme_id))

    def _picture(self, attempt: Attempt, stage: PictureStage) -> None:
        path = self._page.picture(stage, attempt.contract)
        if path:
            attempt.pictures[stage] = path

    def _leave_form(self) -> str:
        # Nothing was sent: a form that cannot be left is the next contract's to get away from, by a fresh page.
        try:
            self._page.leave_form()
        except Exception as error:
            return msg("the form could not be left: {error}", error=of_error(error))
        return ""


def _waits(lag: timedelta, longest: timedelta) -> Iterator[timedelta]:
    """Yield the waits before each further look at the row: the full wait first, unless the portal is known to lag."""
    wait = _SHORTEST_WAIT if lag else longest
    while True:
        yield min(wait, longest)
        wait *= 2


def _ending_of(decision: Decision) -> Ending:
    return (Outcome.HELD if decision.verdict is Verdict.HOLD else Outcome.SKIPPED), decision.reason


def _with_form(contract: Contract, form: ApprovalForm) -> Contract:
    return replace(
        contract,
        gorevlendirme_id=form.gorevlendirme_id or contract.gorevlendirme_id,
        minutes=contract.minutes if form.minutes is None else form.minutes,
    )


def _with_details(row: Contract, known: Contract) -> Contract:
    return replace(row, gorevlendirme_id=row.gorevlendirme_id or known.gorevlendirme_id, minutes=known.minutes)
