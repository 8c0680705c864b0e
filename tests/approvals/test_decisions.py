from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from Katip.approvals.decisions import ApproveAll, Decision, Listed, Nothing, Verdict, on_form
from Katip.approvals.journal_records import JournalEntry
from Katip.approvals.recovery import Recovered
from Katip.approvals.remaining import recovered_results, unanswered_rows, waiting_results
from Katip.approvals.worklist import Karar, Worklist, WorklistRow
from Katip.messages import in_language
from Katip.model import ApprovalForm, Contract, Outcome, Status
from tests.approvals.fakes import OTHER_WORKPLACE, START, WORKPLACE, FakePortal, Record


def row(number: int = 2, karar: Karar = Karar.APPROVE, **changes: Any) -> WorklistRow:
    given = WorklistRow(
        number,
        WORKPLACE,
        "Ayşe Örnek",
        karar,
        category="İşyeri Hekimi",
        start=START,
        decided_by="Şule",
        decided_on=START,
    )
    return replace(given, **changes)


def listed(*rows: WorklistRow) -> Listed:
    return Listed(Worklist("liste.csv", "0" * 64, rows))


def form(record: Record, **changes: Any) -> ApprovalForm:
    return replace(ApprovalForm(record.name, record.id, record.minutes), **changes)


def shown(*records: Record) -> list[Contract]:
    return FakePortal(list(records)).rows()


AYSE = Record("1001", "Ayşe Örnek")


def decided(authority: Listed, *records: Record, place: int = 0) -> Decision:
    rows = shown(*records)
    return authority.decide(rows[place], rows)


def after_form(authority: Listed, *records: Record, place: int = 0, seen: ApprovalForm | None = None) -> Decision:
    rows = shown(*records)
    decision = authority.decide(rows[place], rows)
    return on_form(decision, rows[place], seen or form(records[place])) if decision.opens_form else decision


@pytest.mark.parametrize(
    ("karar", "verdict"),
    [(Karar.APPROVE, Verdict.APPROVE), (Karar.WAIT, Verdict.SKIP), (Karar.UNDECIDED, Verdict.SKIP)],
)
def test_what_the_row_says(karar: Karar, verdict: Verdict) -> None:
    decision = after_form(listed(row(karar=karar)), AYSE)
    assert decision.verdict is verdict
    assert decision.row is not None
    assert decision.row.number == 2


def test_the_reason_names_who_decided_when_and_where() -> None:
    reason = after_form(listed(row(7)), AYSE).reason
    assert str(reason) == 'row 7 of the list: Onayla, decided by "Şule" on 01.03.2021'
    assert "7. satırı" in in_language(reason, "tr")


def test_unlisted_is_skipped() -> None:
    decision = decided(listed(row(name="Ali Deneme")), AYSE)
    assert (decision.verdict, str(decision.reason)) == (Verdict.SKIP, "not on the worklist")


@pytest.mark.parametrize(
    "changes",
    [
        {"workplace": OTHER_WORKPLACE},
        {"category": "C Sınıfı İş Güvenliği Uzmanı"},
        {"start": date(2021, 3, 2)},
        {"name": "Ayşe Örnekçi"},
    ],
)
def test_a_row_that_differs_in_anything_is_no_word_for_it(changes: dict[str, Any]) -> None:
    assert decided(listed(row(**changes)), AYSE).verdict is Verdict.SKIP


def test_a_row_of_the_same_name_is_pointed_to() -> None:
    assert "row 2 has this name" in str(decided(listed(row(start=date(2021, 3, 2))), AYSE).reason)


def test_name_that_the_portal_masks_asks_for_the_id() -> None:
    masked = replace(AYSE, name=" ".join(word[0] + "*" * (len(word) - 1) for word in AYSE.name.split()))
    decision = decided(listed(row()), masked)
    assert decision.verdict is Verdict.SKIP
    assert "write the Görevlendirme ID into the list" in str(decision.reason)


def test_names_are_compared_the_turkish_way() -> None:
    record = Record("1", "IŞIL İĞNECİ", "İŞYERİ HEKİMİ")
    assert after_form(listed(row(name="Işıl İğneci", category="İşyeri  hekimi")), record).verdict is Verdict.APPROVE


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        ({"name": "Ali Deneme"}, ("Adı Soyadı", "Ayşe Örnek", "Ali Deneme")),
        ({"minutes": 500}, ("Ayl. Çlş. Süresi (Dk)", "600", "500")),
        ({"minutes": None}, ("Ayl. Çlş. Süresi (Dk)", "600", "–")),
        ({"gorevlendirme_id": "2002"}, ("Görevlendirme ID", "1001", "2002")),
        ({"gorevlendirme_id": None}, ("ID",)),
    ],
)
def test_a_form_that_disagrees_is_held_with_both_values(seen: dict[str, Any], words: tuple[str, ...]) -> None:
    authority = listed(row(gorevlendirme_id="1001", minutes=600))
    decision = after_form(authority, AYSE, seen=form(AYSE, **seen))
    assert decision.verdict is Verdict.HOLD
    assert all(word in str(decision.reason) and word in in_language(decision.reason, "tr") for word in words)
    assert not decision.opens_form


def test_an_id_on_the_list_is_compared_without_leading_zeros() -> None:
    assert after_form(listed(row(gorevlendirme_id="001001")), AYSE).verdict is Verdict.APPROVE


def test_a_row_with_only_the_id() -> None:
    bare = row(gorevlendirme_id="1001", category="", start=None)
    assert after_form(listed(bare), AYSE).verdict is Verdict.APPROVE


@pytest.mark.parametrize(
    ("changes", "column"),
    [({"category": "Diğer Sağlık Personeli"}, "Kategorisi"), ({"start": date(2021, 3, 9)}, "Trh.")],
)
def test_a_row_whose_id_fits_and_whose_other_columns_do_not_is_held(changes: dict[str, Any], column: str) -> None:
    decision = after_form(listed(row(gorevlendirme_id="1001", **changes)), AYSE)
    assert decision.verdict is Verdict.HOLD
    assert column in str(decision.reason)


def twins() -> tuple[Record, Record]:
    return Record("1001", "Ayşe Örnek"), Record("1002", "Ayşe Örnek")


def test_of_twins_the_forms_id_decides() -> None:
    authority = listed(row(2, gorevlendirme_id="1002"), row(3, Karar.WAIT, gorevlendirme_id="1001"))
    assert decided(authority, *twins()).verdict is Verdict.FORM_DECIDES
    assert after_form(authority, *twins(), place=0).verdict is Verdict.SKIP
    assert after_form(authority, *twins(), place=1).verdict is Verdict.APPROVE


def test_of_twins_the_unlisted_one_is_skipped() -> None:
    authority = listed(row(2, gorevlendirme_id="1002"))
    assert after_form(authority, *twins(), place=0).verdict is Verdict.SKIP
    assert after_form(authority, *twins(), place=1).verdict is Verdict.APPROVE


def test_twins_without_an_id_are_held() -> None:
    for place in (0, 1):
        decision = decided(listed(row()), *twins(), place=place)
        assert decision.verdict is Verdict.HOLD
        assert "write the ID" in str(decision.reason)


def test_as_many_rows_as_twins_leave_nothing_to_guess() -> None:
    authority = listed(row(2), row(3))
    decisions = [after_form(authority, *twins(), place=place) for place in (0, 1)]
    assert [each.verdict for each in decisions] == [Verdict.APPROVE] * 2
    assert [each.row.number for each in decisions if each.row] == [2, 3]


def test_a_row_without_an_id_is_held_where_a_twin_is_approved_already() -> None:
    approved = Record("1000", "Ayşe Örnek", status=Status.APPROVED)
    assert decided(listed(row()), approved, AYSE, place=1).verdict is Verdict.HOLD


def test_one_person_with_two_contracts_told_apart_by_category() -> None:
    second = Record("1002", "Ayşe Örnek", "C Sınıfı İş Güvenliği Uzmanı")
    authority = listed(row(2, gorevlendirme_id="1001"), row(3, category="C Sınıfı İş Güvenliği Uzmanı"))
    assert after_form(authority, AYSE, second, place=0).verdict is Verdict.APPROVE
    assert after_form(authority, AYSE, second, place=1).row == authority.rows[1]


def test_no_form_is_opened_where_no_row_says_onayla() -> None:
    assert decided(listed(row(karar=Karar.WAIT, gorevlendirme_id="1")), *twins()).verdict is Verdict.SKIP


def test_an_id_known_before_the_form_is_compared_at_once() -> None:
    known = [replace(each, gorevlendirme_id="2002") for each in shown(AYSE)]
    decision = listed(row(gorevlendirme_id="1001")).decide(known[0], known)
    assert decision.verdict is Verdict.HOLD
    assert "2002" in str(decision.reason)
    assert on_form(ApproveAll().decide(known[0], known), known[0], form(AYSE)).verdict is Verdict.HOLD


def test_workplaces_narrow_the_list() -> None:
    worklist = Worklist("liste.csv", "0" * 64, (row(), row(3, workplace=OTHER_WORKPLACE)))
    assert [each.number for each in Listed(worklist, [OTHER_WORKPLACE]).rows] == [3]


def test_nothing_and_all() -> None:
    (contract,) = shown(AYSE)
    assert Nothing().decide(contract, [contract]).verdict is Verdict.SKIP
    all_of_them = ApproveAll().decide(contract, [contract])
    assert on_form(all_of_them, contract, form(AYSE)).verdict is Verdict.APPROVE
    assert on_form(all_of_them, contract, form(AYSE, name="Ali")).verdict is Verdict.HOLD


@pytest.mark.parametrize(
    ("authority", "doubt", "outcome"),
    [
        (ApproveAll(), "", Outcome.SKIPPED),
        (ApproveAll(), "pale", Outcome.HELD),
        (Nothing(), "pale", Outcome.SKIPPED),
    ],
)
def test_a_contract_that_is_not_clearly_the_employers_turn(
    authority: ApproveAll | Nothing, doubt: str, outcome: Outcome
) -> None:
    (contract,) = shown(AYSE)
    waiting = replace(contract, status=Status.WAITING, waits_for="" if doubt else "Uzman", turn_doubt=doubt)
    (result,) = waiting_results([waiting], lambda each: authority.decide(each, [each]))
    assert result.outcome is outcome
    assert (doubt or "Uzman") in result.reason


# ---- rows that no pending contract answers


@pytest.mark.parametrize("with_id", [True, False])
def test_a_row_of_an_approved_contract(with_id: bool) -> None:
    wanted = row(gorevlendirme_id="1001" if with_id else None)
    (result,) = unanswered_rows([wanted], [], shown(Record("1001", "AYŞE ÖRNEK", status=Status.APPROVED)))
    assert result.outcome is Outcome.ALREADY_APPROVED


def test_an_approved_contract_answers_one_row_only() -> None:
    results = unanswered_rows([row(2), row(3)], [], shown(Record("1001", "Ayşe Örnek", status=Status.APPROVED)))
    assert [each.outcome for each in results] == [Outcome.ALREADY_APPROVED, Outcome.NOT_FOUND]


def test_a_row_that_the_portal_does_not_know() -> None:
    (result,) = unanswered_rows([row(5)], [], shown(Record("1", "Ayşe Örnek", status=Status.OTHER)))
    assert result.outcome is Outcome.NOT_FOUND
    assert "row 5" in str(result.reason)
    assert "İptal" in str(result.reason)
    assert result.contract.name == "Ayşe Örnek"
    assert "no contract of this workplace" in str(unanswered_rows([row()], [], [])[0].reason)


def test_rows_that_were_answered_are_not_told_twice() -> None:
    rows = shown(*twins())
    authority = listed(row(2, gorevlendirme_id="1001"), row(3, gorevlendirme_id="9"))
    decisions = [authority.decide(each, rows) for each in rows]
    assert unanswered_rows(authority.rows, decisions, rows) == []
    seen = [
        on_form(each, contract, form(record)) for each, contract, record in zip(decisions, rows, twins(), strict=True)
    ]
    assert [each.contract.gorevlendirme_id for each in unanswered_rows(authority.rows, seen, rows)] == ["9"]


def entry(**changes: Any) -> JournalEntry:
    given = JournalEntry(
        1, "run-1", "o", "f", WORKPLACE, "Ayşe Örnek", "İşyeri Hekimi", START, "1001", None, None, None, None, ()
    )
    return replace(given, **changes)


def test_what_an_earlier_run_left_open_is_told_with_its_name() -> None:
    approved = shown(Record("1001", "Ayşe Örnek", status=Status.APPROVED))
    recovered = [Recovered(entry(), approved[0], approved=True)]
    (result,) = unanswered_rows([row()], [], approved, recovered)
    assert "by run run-1" in str(result.reason)
    assert recovered_results(recovered, [result]) == []
    (other,) = recovered_results(recovered, [])
    assert (other.outcome, "by run run-1" in str(other.reason)) == (Outcome.ALREADY_APPROVED, True)
