from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from Katip.approvals.approval_result import Result
from Katip.approvals.decisions import Decision, Nothing
from Katip.approvals.reconcile import Reading, Reconciliation, check_reading, reconcile, unknown_statuses
from Katip.messages import in_language
from Katip.model import Contract, Outcome, Status
from tests.approvals.fakes import FakePortal, Record, outcome_of


def reading(*people: tuple[str, Status], count: int | None = -1) -> Reading:
    rows = FakePortal([Record(str(place), name, status=status) for place, (name, status) in enumerate(people)]).rows()
    if count == -1:
        count = sum(status is Status.PENDING for _, status in people)
    return Reading(rows, count)


def result(contract: Contract, outcome: Outcome, decision: Decision | None = None) -> Result:
    return outcome_of(contract, outcome, decision)


PENDING, APPROVED, OTHER = Status.PENDING, Status.APPROVED, Status.OTHER
BEFORE = reading(("Ayşe", PENDING), ("Ali", PENDING), ("Can", APPROVED))


def outcomes(*given: Outcome) -> list[Result]:
    return [result(row, outcome) for row, outcome in zip(BEFORE.pending, given, strict=True)]


def names(contracts: Any) -> list[str]:
    return [each.name for each in contracts]


def texts(reconciliation: Reconciliation) -> str:
    return "; ".join(map(str, (*reconciliation.problems, *reconciliation.warnings)))


def test_everything_approved_adds_up() -> None:
    after = reading(("Ayşe", APPROVED), ("Ali", APPROVED), ("Can", APPROVED))
    seen = reconcile(BEFORE, after, outcomes(Outcome.APPROVED, Outcome.APPROVED))
    assert (seen.agrees, texts(seen)) == (True, "")


def test_a_contract_that_came_later_is_named_and_fails_nothing() -> None:
    after = reading(("Yeni", PENDING), ("Ayşe", APPROVED), ("Ali", APPROVED), ("Can", APPROVED))
    seen = reconcile(BEFORE, after, outcomes(Outcome.APPROVED, Outcome.APPROVED))
    assert (seen.agrees, names(seen.appeared)) == (True, ["Yeni"])


def test_a_contract_of_the_same_identity_that_came_later() -> None:
    after = reading(("Ayşe", PENDING), ("Ayşe", APPROVED), ("Ali", APPROVED), ("Can", APPROVED))
    seen = reconcile(BEFORE, after, outcomes(Outcome.APPROVED, Outcome.APPROVED))
    assert (seen.agrees, names(seen.appeared)) == (True, ["Ayşe"])


def test_approved_by_others_is_named() -> None:
    after = reading(("Ayşe", APPROVED), ("Ali", APPROVED), ("Can", APPROVED))
    ayse, ali = BEFORE.pending
    results = [result(ayse, Outcome.APPROVED), result(ali, Outcome.SKIPPED, Nothing().decide(ali, []))]
    seen = reconcile(BEFORE, after, results)
    assert (seen.agrees, names(seen.by_others)) == (True, ["Ali"])
    assert "approved by others: Ali" in texts(seen)


def test_gone_without_an_approval_is_named() -> None:
    after = reading(("Ayşe", APPROVED), ("Ali", OTHER), ("Can", APPROVED))
    seen = reconcile(BEFORE, after, outcomes(Outcome.APPROVED, Outcome.FAILED))
    assert (seen.agrees, names(seen.gone), names(seen.by_others)) == (True, ["Ali"], [])


def test_uncertain_and_approved_by_now_is_ours_and_named() -> None:
    after = reading(("Ayşe", APPROVED), ("Ali", APPROVED), ("Can", APPROVED))
    seen = reconcile(BEFORE, after, outcomes(Outcome.APPROVED, Outcome.UNCERTAIN))
    assert [each.contract.name for each in seen.late] == ["Ali"]
    assert seen.by_others == ()


def test_reported_approved_and_still_pending_never_passes() -> None:
    after = reading(("Ayşe", APPROVED), ("Ali", PENDING), ("Can", APPROVED))
    seen = reconcile(BEFORE, after, outcomes(Outcome.APPROVED, Outcome.APPROVED))
    assert not seen.agrees
    assert "reported approved, but still pending: Ali" in texts(seen)


def test_a_pending_contract_that_nobody_tells_of_never_passes() -> None:
    seen = reconcile(BEFORE, BEFORE, outcomes(Outcome.REFUSED, Outcome.REFUSED)[:1])
    assert not seen.agrees
    assert "left pending without an outcome: Ali" in texts(seen)


def test_passed_over_though_it_was_to_be_approved_never_passes() -> None:
    assert not reconcile(BEFORE, BEFORE, outcomes(Outcome.REFUSED, Outcome.SKIPPED)).agrees


def test_reading_nothing_where_the_portal_counts_something_never_passes() -> None:
    nothing = reading(count=2)
    assert not check_reading(nothing).agrees
    seen = reconcile(nothing, reading(count=None), [])
    assert "nothing was read where the portal counts 2" in texts(seen)
    assert not seen.agrees


@pytest.mark.parametrize(("count", "agrees"), [(2, True), (3, False), (1, False), (0, False)])
def test_the_portals_count_is_compared(count: int, agrees: bool) -> None:
    counted = Reading(BEFORE.contracts, count)
    assert check_reading(counted).agrees is agrees
    assert reconcile(BEFORE, counted, outcomes(Outcome.REFUSED, Outcome.REFUSED)).agrees is agrees


def test_a_portal_without_a_count_gives_a_stated_warning() -> None:
    seen = check_reading(Reading(BEFORE.contracts, None))
    assert seen.agrees
    assert "shows no count" in str(seen.warnings[0])
    assert "sayısı göstermiyor" in in_language(seen.warnings[0], "tr")


def test_nothing_pending_and_nothing_counted_is_fine() -> None:
    empty = reading(("Can", APPROVED))
    assert reconcile(empty, empty, []).agrees


def test_rows_whose_turn_is_not_clear_may_be_counted_or_not() -> None:
    shown = reading(("Ayşe", PENDING), ("Ali", PENDING), ("Can", PENDING)).contracts
    base = [row if row.name == "Ayşe" else replace(row, status=Status.WAITING) for row in shown]
    doubtful = [replace(row, turn_doubt="pale") if row.name == "Ali" else row for row in base]
    for count, agrees in ((0, False), (1, True), (2, True), (3, True), (4, False)):
        assert check_reading(Reading(doubtful, count)).agrees is agrees
    for count, agrees in ((1, True), (2, False), (3, True)):
        assert check_reading(Reading(base, count)).agrees is agrees


def test_statuses_that_the_file_does_not_name_are_told_where_no_count_is_shown() -> None:
    rows = [
        replace(row, status=Status.OTHER, status_text=text)
        for row, text in zip(BEFORE.contracts, ("İşveren Onayı Bekliyor", "İPTAL EDİLDİ"), strict=False)
    ]
    ended = ("İptal", "Red")
    assert unknown_statuses(Reading(rows, None), ended) == ["İşveren Onayı Bekliyor"]
    assert not unknown_statuses(Reading(rows, 0), ended), "a count is compared already"
    assert not unknown_statuses(Reading(rows[1:], None), ended)
    assert not unknown_statuses(BEFORE, ended)
