"""Which control a label means."""

from __future__ import annotations

import pytest

from Katip.errors import LabelAmbiguous, LabelNotFound
from Katip.reading.labels import Control, Kind, Label, find
from Katip.reading.snapshot import Snapshot
from Katip.turkish import Vocabulary
from tests.unit.seen import box, seen, text

WORDS = Vocabulary({"trh": ["tarih", "tarihi"]})


def button(words: str, x: float, y: float, **signs: object) -> dict[str, object]:
    return box("button", (x, y, 90, 24), text(words, x + 6, y + 3), ty="submit", **signs)


def look_for(page: Snapshot, words: str, kind: Kind = Kind.BUTTON, **how: object) -> Control:
    return find(page, Label((words,)), kind, WORDS, **how)  # type: ignore[arg-type]


def test_longer_label_is_never_meant() -> None:
    page = seen(button("Kayıtlı Kullanıcı Girişi", 10, 10))
    with pytest.raises(LabelNotFound, match="Kayıtlı Kullanıcı Girişi"):
        look_for(page, "Kayıt")


def test_turkish_writings_of_one_label_are_equal() -> None:
    assert look_for(seen(button("ONAYLA", 10, 10)), "Onayla").name == "ONAYLA"


def test_two_equal_buttons_are_an_error_that_names_both() -> None:
    page = seen(button("Kayıt", 10, 10), button("Kayıt", 200, 10))
    with pytest.raises(LabelAmbiguous) as error:
        look_for(page, "Kayıt")
    assert len(error.value.candidates) == 2


def test_kind_decides_between_tab_and_tree_entry() -> None:
    tab = box("span", (300, 10, 90, 20), text("Sözleşmeler", 304, 11), r="tab")
    entry = box("div", (10, 60, 90, 20), text("Sözleşmeler", 14, 61), r="treeitem")
    page = seen(tab, entry)
    assert look_for(page, "Sözleşmeler", Kind.TAB).owner.role == "tab"
    assert look_for(page, "Sözleşmeler", Kind.MENU).owner.role == "treeitem"


def test_entries_in_a_column_are_the_menu_where_no_role_tells() -> None:
    menu = [
        box("a", (10, 60 + 24 * n, 150, 20), text(words, 14, 61 + 24 * n), hr=f"#{n}")
        for n, words in enumerate(["Ana Sayfa", "Sözleşmeler", "Anket"])
    ]
    tabs = [
        box("a", (300 + 100 * n, 10, 90, 20), text(words, 304 + 100 * n, 11), hr=f"#t{n}")
        for n, words in enumerate(["Ana Sayfa", "Sözleşmeler"])
    ]
    page = seen(*tabs, *menu)
    assert look_for(page, "Sözleşmeler", Kind.MENU).box.x == 10
    assert look_for(page, "Sözleşmeler", Kind.TAB).box.x == 400


def test_what_lies_under_a_window_is_not_meant() -> None:
    under = box("button", (10, 10, 90, 24), text("Kayıt", 16, 13, c=1), ty="submit", c=1)
    page = seen(under, button("Kayıt", 200, 10))
    assert look_for(page, "Kayıt").box.x == 200


def test_pale_words_do_not_disable_their_button() -> None:
    pale = box("span", (14, 12, 60, 18), text("Onayla", 16, 13), d="opacity")
    page = seen(box("button", (10, 10, 90, 24), pale, ty="submit"))
    assert look_for(page, "Onayla").disabled == ""


@pytest.mark.parametrize("sign", ["attribute", "aria-disabled", "class", "opacity", "pointer-events"])
def test_disabled_button_says_by_what(sign: str) -> None:
    assert look_for(seen(button("Onayla", 10, 10, d=sign)), "Onayla").disabled == sign


@pytest.mark.parametrize("sign", ["class", "marked"])
def test_mark_on_what_stands_around_does_not_disable_a_button(sign: str) -> None:
    around = box("div", (0, 0, 400, 60), button("Onayla", 10, 10), d=sign)
    assert look_for(seen(around), "Onayla").disabled == ""


@pytest.mark.parametrize("sign", ["attribute", "aria-disabled", "opacity", "pointer-events", "inert"])
def test_state_of_what_stands_around_disables_a_button(sign: str) -> None:
    around = box("div", (0, 0, 400, 60), button("Onayla", 10, 10), d=sign)
    assert look_for(seen(around), "Onayla").disabled == sign


def test_mark_on_what_wraps_a_link_alone_disables_the_link() -> None:
    link = box("a", (10, 10, 90, 20), text("Sonraki", 14, 11), hr="#")
    assert look_for(seen(box("li", (0, 0, 400, 30), link, d="class")), "Sonraki").disabled == "class"
    assert look_for(seen(box("li", (0, 0, 400, 30), link, text("1", 200, 11), d="class")), "Sonraki").disabled == ""


def test_pale_tab_is_not_disabled() -> None:
    page = seen(box("span", (300, 10, 90, 20), text("Sözleşmeler", 304, 11), r="tab", d="opacity"))
    assert look_for(page, "Sözleşmeler", Kind.TAB).disabled == ""


def test_entry_of_a_list_is_a_choice_and_nothing_else() -> None:
    page = seen(box("select", (10, 10, 300, 80), ty="select-one", v="", op=["Birinci", "İkinci"]))
    assert look_for(page, "İkinci", Kind.CHOICE).option == 1
    with pytest.raises(LabelNotFound):
        look_for(page, "İkinci", Kind.BUTTON)


def test_label_cut_away_is_not_there() -> None:
    page = seen(box("a", (10, 10, 90, 20), text("Sözleşmeler", 14, 11, o=2), hr="#", o=2))
    with pytest.raises(LabelNotFound):
        look_for(page, "Sözleşmeler", Kind.MENU)


def test_label_that_is_spaced_out_is_the_same_label() -> None:
    words = Vocabulary()
    assert words.key("O N A Y L A") == words.key("Onayla")
    assert words.key("O K") == words.key("OK")
    assert words.key("C Sınıfı") != words.key("csınıfı")
