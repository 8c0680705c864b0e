"""What `katip doctor --portal` says of a page that reads otherwise than the portal's file."""

from __future__ import annotations

import pytest

from Katip.doctor.check import Check, State
from Katip.doctor.portal_words import examine_columns, examine_page, examine_statuses
from Katip.portal import load_portal
from Katip.reading.snapshot import Snapshot
from tests.unit.seen import box, seen, text

V9 = load_portal("v9")


def buttons(*words: str) -> Snapshot:
    places = [(20, 20 + 40 * number, 300, 24) for number in range(len(words))]
    shown = zip(words, places, strict=True)
    return seen(*(box("button", place, text(each, place[0] + 4, place[1] + 3)) for each, place in shown))


def named(checks: list[Check]) -> dict[str, Check]:
    return {check.name: check for check in checks}


def test_page_that_reads_as_the_file_says_is_one_line() -> None:
    (check,) = examine_page(buttons("İSG KATİP Giriş", "Yardım"), V9, "entry")
    assert (check.state, check.name) == (State.OK, "pages.entry")


def test_label_that_reads_nearly_so_is_shown_with_its_line() -> None:
    (check,) = examine_page(buttons("İSG KATİP Girişleri", "Yardım"), V9, "entry")
    assert (check.state, check.name) == (State.FAILED, "labels.katip_entry")
    assert "İSG KATİP Girişleri" in check.seen.tr
    assert check.mend is not None
    assert '[labels] katip_entry = { names = ["İSG KATİP Girişleri", "İSG KATİP Giriş"' in check.mend.en
    assert check.mend.en.endswith("any = true }")
    assert check.mend.tr.startswith("Kendi portal dosyanıza")


def test_doubled_label_asks_for_its_neighbours() -> None:
    shown = buttons("Kayıtlı Kullanıcı Girişi", "Sorgulama ve Başvuru", "Kayıtlı Kullanıcı Girişi")
    found = named(examine_page(shown, V9, "main_menu"))
    assert "2 times" in found["labels.registered_user"].seen.en
    assert "near = " in str(found["labels.registered_user"].mend)


def test_too_few_of_several_words_is_one_line() -> None:
    found = named(examine_page(buttons("Kayıtlı Kullanıcı Girişi"), V9, "main_menu"))
    assert set(found) == {"pages.main_menu.any"}
    assert "Sorgulama & Başvuru" in found["pages.main_menu.any"].seen.en


@pytest.mark.parametrize("words", ["Kayıt Sil", "Kayıt İptal", "Yeni Kayıt"])
def test_what_undoes_or_begins_something_is_never_proposed(words: str) -> None:
    found = named(examine_page(buttons(words, "Görevlendirme ID"), V9, "form"))
    assert words not in str(found["labels.save"].mend)
    assert "is not there" in found["labels.save"].seen.en


def test_columns_are_compared_word_by_word() -> None:
    headers = [("name", "Adı Soyadı"), ("Sözleşme Statüsü", "Sözleşme Statüsü"), ("Bitiş Tarihi", "Bitiş Tarihi")]
    today = load_portal("today")
    found = named(examine_columns(today, headers, ("name", "status")))
    assert '[columns] state = ["Sözleşme Statüsü", "Sözleşme Statü"' not in str(found)  # the file knows both
    assert found["columns.status"].state is State.FAILED
    twice = named(
        examine_columns(today, [("name", "Ad Soyad"), ("name", "Adı Soyadı"), ("status", "x")], ("name", "status"))
    )
    assert "2 times" in twice["columns.name"].seen.en


def test_header_without_a_near_word_is_listed() -> None:
    found = named(examine_columns(V9, [("name", "Adı Soyadı"), ("Hâl", "Hâl")], ("name", "status")))
    assert '"Hâl"' in found["columns.status"].seen.en


def test_statuses_that_no_file_knows_fail_and_single_ones_are_told() -> None:
    (near,) = examine_statuses(V9, ["Onay Bekliyorlar"] * 3)
    assert (near.name, near.state) == ("statuses.pending", State.FAILED)
    (unknown,) = examine_statuses(V9, ["Beklemede", "Hazır"])
    assert unknown.state is State.FAILED
    (fine,) = examine_statuses(V9, ["Onay Bekliyor", "Reddedildi"])
    assert (fine.state, "Reddedildi" in fine.seen.en) == (State.OK, True)


def test_column_that_the_list_has_twice_is_named_though_it_is_read_once() -> None:
    headers = [("name", "Adı Soyadı"), ("status", "Grv. Onay Durumu"), ("Grv. Onay Durumu", "Grv. Onay Durumu")]
    found = named(examine_columns(V9, headers, ("name", "status")))
    assert found["columns.status"].state is State.FAILED
    assert "2 times" in found["columns.status"].seen.en
    assert "only the right one has" in str(found["columns.status"].mend)
