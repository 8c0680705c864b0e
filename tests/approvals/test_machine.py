"""Runs over one portal and one journal, with faults and kills, until something is not as it must be."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from Katip.approvals.approval import Approver
from Katip.approvals.approval_result import Result
from Katip.approvals.decisions import Listed
from Katip.approvals.journal import Journal
from Katip.approvals.journal_records import JournalRun
from Katip.approvals.reconcile import Reading, reconcile
from Katip.approvals.recovery import Recovered, close_answered, recover
from Katip.approvals.remaining import recovered_results, unanswered_rows
from Katip.approvals.worklist import Karar, Worklist, WorklistRow
from Katip.model import Contract, Mode, Outcome, Status
from tests.approvals.fakes import OTHER_WORKPLACE, WORKPLACE, FakePage, FakePortal, Fault, Killed, Record

# A disk in memory where there is one: every step syncs.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
ORIGIN = "https://katip.example"
# Few names and one start, so that twins are common.
NAMES = ("IŞIL İĞNECİ", "${{1+1}}")
CATEGORIES = ("İşyeri Hekimi", "C Sınıfı İş Güvenliği Uzmanı")
STARTS = (date(2021, 3, 1),)
# A form that is another person's of the same name is told only by an ID, and a list need not give one.
Person = tuple[str, str, date]
FAULTS = st.lists(st.sampled_from(list(Fault)), max_size=4)

records = st.builds(
    lambda name, category, start: (name, category, start),
    st.sampled_from(NAMES),
    st.sampled_from(CATEGORIES),
    st.sampled_from(STARTS),
)


NOT_SENT = (Outcome.FAILED, Outcome.HELD, Outcome.SKIPPED, Outcome.PLANNED, Outcome.NOT_FOUND)


def require_true(result: Result, clicks: list[str], effects: set[str], by_others: set[str]) -> None:
    """Nothing is reported that the portal's log contradicts.

    Where the answer was lost and somebody else approved the contract meanwhile, the row is approved all the same: nobody can tell by whom.
    """
    if result.outcome is Outcome.APPROVED:
        assert result.sent
        assert effects or by_others, "reported approved, and the portal's log knows nothing"
    if result.outcome in NOT_SENT:
        assert not result.sent
        assert result.gorevlendirme_id not in clicks, f"clicked, and reported {result.outcome}"
    if result.outcome is Outcome.REFUSED:
        assert result.gorevlendirme_id not in effects, "reported refused, and it took effect"


def says_it_took_effect(number: str, results: list[Result]) -> bool:
    """True if the contract is reported as approved or uncertain, or one without an ID was sent."""
    by_id = {each.gorevlendirme_id: each for each in results if each.gorevlendirme_id and each.decision.row}
    reported = by_id.get(number)
    if reported is not None and reported.outcome in (Outcome.APPROVED, Outcome.UNCERTAIN):
        return True
    return any(each.sent and each.gorevlendirme_id is None for each in results)


class Runs(RuleBasedStateMachine):
    """Each rule is a run, or something that happens to the portal between two runs."""

    @initialize(people=st.lists(records, min_size=1, max_size=6))
    def begin(self, people: list[Person]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="katip-machine-", dir=MEMORY))
        self.portal = FakePortal([])
        self.number = 0
        self.reports: list[tuple[str, Result]] = []
        self.runs_of_id: Counter[str] = Counter()
        for person in people:
            self.arrive(person)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def arrive(self, person: Person) -> None:
        name, category, start = person
        number = next(self.portal.numbers)
        workplace = OTHER_WORKPLACE if number % 4 == 3 else WORKPLACE
        self.portal.records.append(Record(str(number), name, category, start, 600 + number, workplace))

    @rule(person=records)
    def another_contract_comes(self, person: Person) -> None:
        self.arrive(person)

    @rule(data=st.data())
    def a_person_approves_by_hand(self, data: st.DataObject) -> None:
        pending = [each for each in self.portal.records if each.status is Status.PENDING]
        if pending:
            self.portal.take_effect("others", data.draw(st.sampled_from(pending)))

    @rule()
    def what_was_late_takes_effect(self) -> None:
        self.portal.settle_late()

    @rule(data=st.data(), faults=FAULTS, rehearse=st.integers(0, 9))
    def run(self, data: st.DataObject, faults: list[Fault], rehearse: int) -> None:
        self.number += 1
        run_id = f"run-{self.number}"
        worklist = self.worklist(data)
        allowed = self.allowed(worklist)
        page = FakePage(self.portal, run_id, faults)
        mode = Mode.REHEARSE if rehearse == 0 else Mode.APPROVE
        effects_before = len(self.portal.effects)
        clicks_before = len(self.portal.clicks)
        info = JournalRun(run_id, ORIGIN, mode, "worklist", "results", worklist.digest)
        results: list[Result] = []
        killed = False
        with Journal(self.folder / "journal.sqlite", info) as journal:
            try:
                self.apply(page, journal, Listed(worklist), mode, results)
            except Killed:
                killed = True
        self.judge(run_id, results, allowed, mode, killed, clicks_before, effects_before)

    def worklist(self, data: st.DataObject) -> Worklist:
        """What a person may have decided on what there is, with and without IDs; as the reader would let it through."""
        rows: list[WorklistRow] = []
        said: dict[tuple[str, str, str, str], set[tuple[bool, Karar]]] = {}
        for number, record in enumerate(self.portal.records, start=2):
            karar = data.draw(st.sampled_from([Karar.APPROVE, Karar.APPROVE, Karar.WAIT, Karar.UNDECIDED, None]))
            with_id = data.draw(st.booleans())
            if karar is None:
                continue
            row = WorklistRow(
                number,
                record.workplace,
                record.name.upper() if number % 2 else record.name,
                karar,
                category=record.category,
                start=record.start,
                gorevlendirme_id=record.id if with_id else None,
                decided_by="Sorumlu",
                decided_on=date(2021, 3, 2),
            )
            others = said.setdefault(record.identity, set())
            mixed = {each for _, each in others} - {karar}
            if mixed and not (with_id and all(each for each, _ in others)):
                continue  # the reader refuses a list that says two things of one contract
            others.add((with_id, karar))
            rows.append(row)
        return Worklist("worklist.csv", "0" * 64, tuple(rows))

    def allowed(self, worklist: Worklist) -> set[str]:
        rows = [row for row in worklist.rows if row.karar is Karar.APPROVE]
        ids = {row.gorevlendirme_id for row in rows}
        plain = {row.identity for row in rows if not row.gorevlendirme_id}
        return {each.id for each in self.portal.records if each.id in ids or each.identity in plain}

    def apply(self, page: FakePage, journal: Journal, authority: Listed, mode: Mode, results: list[Result]) -> None:
        shown = list(page.contracts())
        recovered = recover(journal, shown, {WORKPLACE, OTHER_WORKPLACE})
        pending = [row for row in shown if row.status is Status.PENDING]
        decisions = [authority.decide(row, shown) for row in pending]
        early = unanswered_rows(authority.rows, decisions, shown, recovered)
        results += early
        results += recovered_results(recovered, early)
        self.check_recovered(recovered)
        approver = Approver(page, journal, mode=mode)
        approver.shown(shown)
        for row, decision in zip(pending, decisions, strict=True):
            results.append(approver.approve(row, decision))
        results += unanswered_rows(authority.rows, [each.decision for each in results], shown, recovered)
        close_answered(journal, recovered, results)
        self.check_complete(authority, results, shown, pending)
        last = reconcile(Reading(shown, len(pending)), Reading(self.portal.rows()), results)
        assert not last.problems, last.problems

    def check_recovered(self, recovered: list[Recovered]) -> None:
        effects = {number for _, number in self.portal.effects}
        there = {record.id: record.identity for record in self.portal.records}
        withdrawn = {record.id for record in self.portal.records if record.status is Status.OTHER}
        for each in recovered:
            if not each.approved:
                continue
            number = each.entry.gorevlendirme_id
            # What took the place of a contract that was withdrawn looks just like it: the grid shows no ID.
            looks = each.contract.identity if each.contract else None
            in_its_place = number in withdrawn and any(there[one] == looks for one in effects)
            assert number is None or number in effects or in_its_place

    def check_complete(
        self, authority: Listed, results: list[Result], shown: list[Contract], pending: list[Contract]
    ) -> None:
        """Nothing is unreported: every row of the list once, every pending row once."""
        told = Counter(each.contract.identity for each in results if each.contract.status is Status.PENDING)
        assert told == Counter(row.identity for row in pending)
        numbers = [row.number for each in results for row in (*each.decision.accounts_for, *each.decision.candidates)]
        assert {row.number for row in authority.rows} <= set(numbers)

    def judge(
        self,
        run_id: str,
        results: list[Result],
        allowed: set[str],
        mode: Mode,
        killed: bool,
        clicks_before: int,
        effects_before: int,
    ) -> None:
        clicks = [number for run, number in self.portal.clicks[clicks_before:] if run == run_id]
        effects = self.effects_by(run_id, effects_before)
        assert set(clicks) <= allowed, "clicked without the list's word"
        assert max(Counter(clicks).values(), default=0) <= 1, "clicked twice in one run"
        assert mode is Mode.APPROVE or not clicks, "a rehearsal clicked"
        by_others = self.effects_by("others", effects_before)
        for result in results:
            require_true(result, clicks, effects, by_others)
        approved = [each for each in results if each.outcome is Outcome.APPROVED]
        assert {each.gorevlendirme_id for each in approved if each.gorevlendirme_id} <= effects | self.at_others()
        if not killed:
            for number in effects:
                is_reported = says_it_took_effect(number, results) or self.was_late(number, run_id)
                assert is_reported, f"{number} took effect unreported"

    def effects_by(self, who: str, since: int) -> set[str]:
        return {number for run, number in self.portal.effects[since:] if run == who}

    def at_others(self) -> set[str]:
        return self.effects_by("others", 0)

    def was_late(self, number: str, run_id: str) -> bool:
        return (run_id, number) not in self.portal.clicks

    @invariant()
    def no_contract_took_effect_twice(self) -> None:
        if hasattr(self, "portal"):
            assert max(Counter(number for _, number in self.portal.effects).values(), default=0) <= 1


TestRuns = Runs.TestCase
TestRuns.settings = settings(
    max_examples=90,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
