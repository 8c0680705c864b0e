from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Never

import pytest

from Katip.approvals.approval import Approver, Tally
from Katip.approvals.approval_result import Answer, Result, proves_approval, tally
from Katip.approvals.decisions import ApproveAll, Decision, Nothing, Verdict
from Katip.approvals.finding import Finding, Level
from Katip.approvals.journal_records import ApprovalStep
from Katip.approvals.worklist import WorklistRow
from Katip.errors import CannotRecord
from Katip.messages import in_language
from Katip.model import Contract, Mode, Outcome, PictureStage, Status
from tests.approvals.fakes import FakePage, FakePortal, Fault, Killed, MemoryJournal, Record

LEFT_OF_THE_BRACKET = ("enter", "step form_open", "step form_agrees", "about_to_submit")


def run(
    *faults: Fault,
    records: list[Record] | None = None,
    journal: MemoryJournal | None = None,
    mode: Mode = Mode.APPROVE,
    **options: Any,
) -> tuple[Result, FakePage, MemoryJournal]:
    portal = FakePortal(records or [Record("1001", "Ayşe Örnek"), Record("1002", "Ali Deneme")])
    page = FakePage(portal, faults=faults)
    journal = journal or MemoryJournal()
    approver = Approver(page, journal, mode=mode, **options)
    shown = page.contracts()
    approver.shown(shown)
    result = approver.approve(shown[0], ApproveAll().decide(shown[0], shown))
    return result, page, journal


def test_the_chain_in_its_order() -> None:
    result, page, journal = run()
    assert result.outcome is Outcome.APPROVED
    assert (result.gorevlendirme_id, result.minutes, result.message) == ("1001", 600, "Kayıt işlemi tamamlandı")
    assert page.portal.effects == [("run-1", "1001")]
    assert page.calls == [
        "contracts",
        "picture before",
        "open_form",
        "picture form",
        "submit",
        "look_again",
        "picture after",
    ]
    assert journal.lines == [
        "enter",
        "step form_open",
        "step form_agrees",
        "about_to_submit",
        "step answered",
        "step looked",
        "settle approved",
    ]
    assert dict(result.pictures) == {
        PictureStage.BEFORE: "evidence/before.png",
        PictureStage.FORM: "evidence/form.png",
        PictureStage.AFTER: "evidence/after.png",
    }
    assert [each.step for each in result.transitions] == [
        ApprovalStep.DECIDED,
        ApprovalStep.FORM_OPEN,
        ApprovalStep.FORM_AGREES,
        ApprovalStep.ABOUT_TO_SUBMIT,
        ApprovalStep.ANSWERED,
        ApprovalStep.LOOKED,
        ApprovalStep.SETTLED,
    ]


@pytest.mark.parametrize(
    ("fault", "outcome", "effect"),
    [
        (Fault.LOST_RECORDED, Outcome.APPROVED, True),
        (Fault.LOST_UNRECORDED, Outcome.UNCERTAIN, False),
        (Fault.REFUSED, Outcome.REFUSED, False),
        (Fault.REFUSED_WORDS_RECORDED, Outcome.APPROVED, True),
        (Fault.SUCCESS_WORDS_UNRECORDED, Outcome.UNCERTAIN, False),
        (Fault.UNKNOWN_WORDS_RECORDED, Outcome.APPROVED, True),
        (Fault.UNKNOWN_WORDS_UNRECORDED, Outcome.UNCERTAIN, False),
        (Fault.WITHDRAWN_AT_CLICK, Outcome.UNCERTAIN, False),
        (Fault.ASKS, Outcome.UNCERTAIN, False),
        (Fault.LATE, Outcome.UNCERTAIN, False),
        (Fault.NO_WINDOW_RECORDED, Outcome.APPROVED, True),
        (Fault.DELIVERED_TWICE, Outcome.APPROVED, True),
    ],
)
def test_only_the_re_read_row_decides_and_nothing_is_clicked_twice(
    fault: Fault, outcome: Outcome, effect: bool
) -> None:
    result, page, _ = run(fault)
    assert result.outcome is outcome
    assert page.portal.clicks == [("run-1", "1001")]
    assert bool(page.portal.effects) is effect
    assert result.sent


@pytest.mark.parametrize(
    ("lag", "waits"),
    [(0, [0, 5]), (20, [0, 0.5, 1, 2, 4, 5, 5, 5])],
    ids=["no lag: long at once", "a lag: first short, then longer"],
)
def test_looks_at_a_row_that_is_not_approved_come_apart(lag: int, waits: list[float]) -> None:
    page = FakePage(FakePortal([Record("1001", "Ayşe Örnek")]), faults=[Fault.SUCCESS_WORDS_UNRECORDED])
    start = datetime(2021, 3, 1, tzinfo=UTC)
    approver = Approver(
        page, MemoryJournal(), lag=timedelta(seconds=lag), clock=lambda: start + sum(page.waits, timedelta(0))
    )
    shown = page.contracts()
    approver.shown(shown)
    assert approver.approve(shown[0], ApproveAll().decide(shown[0], shown)).outcome is Outcome.UNCERTAIN
    assert [wait.total_seconds() for wait in page.waits] == waits
    assert len(page.portal.clicks) == 1


def test_a_refusal_is_told_in_the_portals_words() -> None:
    result, page, _ = run(Fault.REFUSED)
    assert "Bu sözleşme onaylanamaz" in str(result.reason)
    assert "Bu sözleşme onaylanamaz" in in_language(result.reason, "tr")
    assert page.calls.count("look_again") == 2, "a refusal is believed only after a reload"


def test_a_recovered_approval_says_that_no_window_came() -> None:
    result, _, _ = run(Fault.LOST_RECORDED)
    assert result.message is None
    assert "no window came" in str(result.reason)


@pytest.mark.parametrize(
    ("faults", "outcome"),
    [
        ((Fault.LOST_RECORDED, Fault.LOOK_FAILS), Outcome.APPROVED),
        ((Fault.LOST_RECORDED, Fault.RENEW_FAILS), Outcome.APPROVED),
        ((Fault.LOST_RECORDED, Fault.RENEW_NOT_ALLOWED), Outcome.UNCERTAIN),
        ((Fault.LOOK_FAILS_THRICE,), Outcome.UNCERTAIN),
        ((Fault.REFUSED, Fault.LOOK_FAILS_THRICE), Outcome.UNCERTAIN),
    ],
)
def test_looking_is_tried_with_at_most_two_renewals(faults: tuple[Fault, ...], outcome: Outcome) -> None:
    result, page, _ = run(*faults)
    assert result.outcome is outcome
    assert page.calls[page.calls.index("submit") :].count("renew") <= 2
    assert len(page.portal.clicks) == 1


def test_a_session_that_may_not_be_renewed_is_not_asked_for_twice() -> None:
    _, page, _ = run(Fault.LOST_RECORDED, Fault.RENEW_NOT_ALLOWED)
    assert page.calls.count("renew") == 1


@pytest.mark.parametrize("fault", [Fault.OPEN_FAILS, Fault.PICTURE_FAILS])
@pytest.mark.parametrize("times", [1, 2])
def test_application_errors_before_kayit_are_tried_again(fault: Fault, times: int) -> None:
    result, page, _ = run(*[fault] * times)
    assert result.outcome is Outcome.APPROVED
    assert page.calls.count("renew") == times
    assert page.portal.clicks == [("run-1", "1001")]


def test_after_the_last_retry_it_has_failed_and_nothing_was_clicked() -> None:
    result, page, _ = run(*[Fault.OPEN_FAILS] * 3)
    assert result.outcome is Outcome.FAILED
    assert "tried 3 times" in str(result.reason)
    assert page.portal.clicks == []
    assert not result.sent


def test_no_retries_where_none_are_wanted() -> None:
    result, page, _ = run(Fault.OPEN_FAILS, retries=0)
    assert result.outcome is Outcome.FAILED
    assert page.calls.count("open_form") == 1


def test_kayit_that_was_not_pressed_has_failed_and_counts_as_nothing_sent() -> None:
    result, page, journal = run(Fault.NOT_PRESSED)
    assert result.outcome is Outcome.FAILED
    assert "Nothing was pressed" in str(result.reason)
    assert page.portal.clicks == []
    assert not result.sent
    assert page.calls.count("submit") == 1, "not tried again either"
    assert page.form is None, "the form was left"
    assert [line for line in journal.lines if line.startswith(("about", "not", "settle"))][-2:] == [
        "not_submitted",
        "settle failed",
    ]


def test_a_business_error_is_never_tried_again() -> None:
    result, page, _ = run(Fault.OPEN_FAILS, Fault.RENEW_NOT_ALLOWED)
    assert result.outcome is Outcome.FAILED
    assert page.calls.count("renew") == 1
    assert page.portal.clicks == []


def test_the_form_of_another_person_is_held_with_both_names() -> None:
    result, page, _ = run(Fault.OPEN_OTHER_PERSON)
    assert result.outcome is Outcome.HELD
    assert "Ayşe Örnek" in str(result.reason)
    assert "Ali Deneme" in str(result.reason)
    assert result.gorevlendirme_id is None, "the ID on that form is another person's"
    assert page.portal.clicks == []
    assert page.calls[-1] == "leave_form"


def test_the_contract_whose_form_came_by_mistake_is_still_approved_in_its_turn() -> None:
    portal = FakePortal([Record("1001", "Ayşe Örnek"), Record("1002", "Ali Deneme")])
    page = FakePage(portal, faults=[Fault.OPEN_OTHER_PERSON])
    approver = Approver(page, MemoryJournal())
    shown = page.contracts()
    outcomes = [approver.approve(each, ApproveAll().decide(each, shown)).outcome for each in shown]
    assert outcomes == [Outcome.HELD, Outcome.APPROVED]
    assert portal.effects == [("run-1", "1002")]


def test_somebody_else_was_faster() -> None:
    result, page, _ = run(Fault.OTHERS_APPROVE)
    assert result.outcome is Outcome.ALREADY_APPROVED
    assert page.portal.clicks == []


def test_withdrawn_meanwhile() -> None:
    result, page, _ = run(Fault.WITHDRAWN)
    assert result.outcome is Outcome.FAILED
    assert "no longer shows" in str(result.reason)
    assert page.portal.clicks == []


def test_rehearsal_stops_before_kayit() -> None:
    result, page, journal = run(mode=Mode.REHEARSE)
    assert result.outcome is Outcome.PLANNED
    assert set(result.pictures) == {PictureStage.BEFORE, PictureStage.FORM}
    assert page.calls[-1] == "leave_form"
    assert page.portal.clicks == []
    assert "about_to_submit" not in journal.lines


@pytest.mark.parametrize("full_at", LEFT_OF_THE_BRACKET)
def test_nothing_is_clicked_that_cannot_be_recorded(full_at: str) -> None:
    result, page, _ = run(journal=MemoryJournal(full_at))
    assert result.outcome is Outcome.FAILED
    assert "KTP-130" in str(result.reason)
    assert page.portal.clicks == []
    assert not result.sent


@pytest.mark.parametrize("full_at", ["step answered", "step looked", "settle"])
def test_a_disk_that_fills_up_after_the_click_does_not_stop_the_looking(full_at: str) -> None:
    result, page, _ = run(journal=MemoryJournal(full_at))
    assert result.outcome is Outcome.APPROVED
    assert page.portal.clicks == [("run-1", "1001")]
    assert result.recorded is (full_at != "settle")


def test_no_picture_no_approval() -> None:
    result, page, _ = run(Fault.PICTURE_DISK_FULL)
    assert result.outcome is Outcome.FAILED
    assert page.portal.clicks == []


def test_the_record_is_written_before_the_journal_and_says_uncertain() -> None:
    drafts: list[Result] = []

    def ready(draft: Result) -> None:
        assert journal.lines[-1] == "step form_agrees"
        drafts.append(draft)

    journal = MemoryJournal()
    result, _, _ = run(journal=journal, ready_to_record=ready)
    assert result.outcome is Outcome.APPROVED
    assert [(draft.outcome, draft.gorevlendirme_id, draft.sent) for draft in drafts] == [
        (Outcome.UNCERTAIN, "1001", True)
    ]


@pytest.mark.parametrize("error", [CannotRecord("Writing", "it", "full"), OSError(28, "No space left on device")])
def test_a_record_that_cannot_be_written_stops_the_contract(error: Exception) -> None:
    def not_ready(draft: Result) -> Never:
        raise error

    result, page, journal = run(ready_to_record=not_ready)
    assert result.outcome is Outcome.FAILED
    assert page.portal.clicks == []
    assert "about_to_submit" not in journal.lines
    assert page.calls[-1] == "leave_form"


def test_signals_are_deferred_from_the_journal_to_the_settled_outcome() -> None:
    held = []

    @contextmanager
    def critical() -> Iterator[None]:
        held.append(list(journal.lines))
        yield
        held.append(list(journal.lines))

    def on_result(result: Result) -> None:
        journal.lines.append(f"recorded {result.outcome.value}")

    journal = MemoryJournal()
    run(journal=journal, critical=critical, on_result=on_result)
    before, after = held
    assert "about_to_submit" not in before
    assert after[-2:] == ["settle approved", "recorded approved"]


def test_result_before_the_press_is_reported_as_well() -> None:
    reported: list[Result] = []
    result, _, _ = run(mode=Mode.REHEARSE, on_result=reported.append)
    assert reported == [result]


def test_a_finding_that_holds_stops_the_contract_and_one_that_warns_does_not() -> None:
    def assess(contract: Contract, row: WorklistRow | None) -> tuple[Finding, ...]:
        assert contract.minutes == 600, "rules see what the form shows"
        return (Finding("minutes", level, "too few minutes"),)

    for level, outcome in ((Level.HOLD, Outcome.HELD), (Level.WARN, Outcome.APPROVED), (Level.INFO, Outcome.APPROVED)):
        result, page, _ = run(assess=assess)
        assert result.outcome is outcome
        assert result.findings[0].level is level
        assert bool(page.portal.clicks) is (outcome is Outcome.APPROVED)


@pytest.mark.parametrize(
    ("decision", "outcome"),
    [
        (Nothing().decide(Record("1", "A").contract(), []), Outcome.SKIPPED),
        (Decision(Verdict.HOLD, "ambiguous"), Outcome.HELD),
    ],
)
def test_what_is_not_to_be_approved_is_not_even_opened(decision: Decision, outcome: Outcome) -> None:
    portal = FakePortal([Record("1001", "Ayşe Örnek")])
    page = FakePage(portal)
    result = Approver(page, MemoryJournal()).approve(portal.rows()[0], decision)
    assert result.outcome is outcome
    assert page.calls == []


def twins() -> list[Record]:
    return [Record("1001", "Ayşe Örnek"), Record("1002", "Ayşe Örnek"), Record("1003", "Ali Deneme")]


def approve_all(page: FakePage, **options: Any) -> list[Result]:
    approver = Approver(page, MemoryJournal(), **options)
    shown = page.contracts()
    approver.shown(shown)
    return [approver.approve(each, ApproveAll().decide(each, shown)) for each in shown]


def test_twins_are_both_approved_once_each() -> None:
    page = FakePage(FakePortal(twins()))
    results = approve_all(page)
    assert [each.outcome for each in results] == [Outcome.APPROVED] * 3
    assert sorted(page.portal.clicks) == [("run-1", "1001"), ("run-1", "1002"), ("run-1", "1003")]


@pytest.mark.parametrize("fault", [Fault.ORDER_CHANGES, Fault.OPEN_TWIN])
def test_twins_that_change_places_are_not_taken_for_each_other(fault: Fault) -> None:
    page = FakePage(FakePortal(twins()), faults=[fault])
    results = approve_all(page)
    assert sorted(str(each.gorevlendirme_id) for each in results if each.outcome is Outcome.APPROVED) == [
        "1001",
        "1002",
        "1003",
    ]
    assert len(page.portal.clicks) == 3


def test_a_twin_whose_id_is_known_is_found_wherever_its_row_stands() -> None:
    page = FakePage(FakePortal(twins()))
    shown = page.contracts()
    known = replace(shown[0], gorevlendirme_id="1002")
    approver = Approver(page, MemoryJournal())
    approver.shown(shown)
    result = approver.approve(known, ApproveAll().decide(known, shown))
    assert (result.outcome, page.portal.clicks) == (Outcome.APPROVED, [("run-1", "1002")])


def test_one_form_for_two_contracts_is_held_the_second_time() -> None:
    page = FakePage(FakePortal([Record("1001", "Ayşe Örnek"), Record("1001", "Ali Deneme")]))
    assert [each.outcome for each in approve_all(page)] == [Outcome.APPROVED, Outcome.HELD]
    assert len(page.portal.clicks) == 1


def test_a_twin_of_an_uncertain_one_is_held() -> None:
    page = FakePage(FakePortal(twins()), faults=[Fault.LATE])
    results = approve_all(page)
    assert [each.outcome for each in results] == [Outcome.UNCERTAIN, Outcome.HELD, Outcome.APPROVED]
    assert page.portal.clicks == [("run-1", "1001"), ("run-1", "1003")]


def test_twins_count_as_approved_only_by_exactly_one() -> None:
    assert proves_approval(Tally(2, 0), Tally(1, 1))
    assert proves_approval(Tally(1, 3), Tally(0, 4))
    for now in (Tally(2, 0), Tally(0, 2), Tally(1, 0), Tally(2, 1), Tally(1, 2)):
        assert not proves_approval(Tally(2, 0), now)


def test_a_twin_approved_by_others_at_the_same_moment_makes_it_uncertain() -> None:
    class Busy(FakePage):
        def submit(self) -> Answer:
            self.portal.take_effect("others", self.portal.by_id("1002"))
            return super().submit()

    page = Busy(FakePortal(twins()))
    approver = Approver(page, MemoryJournal())
    shown = page.contracts()
    result = approver.approve(shown[0], ApproveAll().decide(shown[0], shown))
    assert result.outcome is Outcome.UNCERTAIN
    assert "pending 2 → 0, approved 0 → 2" in str(result.reason)


def test_a_kill_passes_through_and_leaves_the_journal_open() -> None:
    journal = MemoryJournal()
    with pytest.raises(Killed):
        run(Fault.KILLED_AFTER_CLICK, journal=journal)
    assert journal.lines[-1] == "about_to_submit"


def test_an_approver_that_was_shown_nothing_reads_for_itself() -> None:
    portal = FakePortal([Record("1001", "Ayşe Örnek")])
    page = FakePage(portal)
    row = portal.rows()[0]
    assert Approver(page, MemoryJournal()).approve(row, ApproveAll().decide(row, [row])).outcome is Outcome.APPROVED


def test_tally_counts_one_identity_only() -> None:
    rows = FakePortal([*twins(), Record("1004", "AYŞE ÖRNEK", status=Status.APPROVED)]).rows()
    assert tally(rows[0], rows) == Tally(2, 1)
