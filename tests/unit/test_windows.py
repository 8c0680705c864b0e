"""The small window that answers a click."""

from __future__ import annotations

import pytest

from Katip.portal import load_portal
from Katip.reading.snapshot import Snapshot
from Katip.reading.windows import Window, find_answer_page, find_window
from tests.unit.seen import Raw, box, seen, text

WORDING = load_portal("v9").wording
FORM = box(
    "div",
    (10, 10, 400, 60),
    text("SÖZLEŞME ONAY", 10, 10),
    box("button", (10, 40, 60, 24), text("Kayıt", 14, 42), ty="submit"),
)


def button(words: str, x: float) -> Raw:
    return box("button", (x, 260, 60, 24), text(words, x + 4, 262), ty="button")


def window(*inside: Raw, **signs: object) -> Raw:
    return box("div", (300, 200, 300, 100), *inside, **signs)


def found(*inside: Raw, before: Snapshot | None = None, **signs: object) -> Window | None:
    after = seen(FORM, window(*inside, **signs))
    return find_window(before or seen(FORM), after, WORDING.answer_keys, WORDING.noise, WORDING.words)


def message(words: str) -> Raw:
    return box("p", (310, 230, 280, 20), text(words, 310, 230))


def test_words_without_title_and_buttons() -> None:
    title = box("div", (300, 200, 300, 20), text("Bilgi", 304, 201))
    seen_now = found(title, message("Sözleşme onaylanmıştır."), button("OK", 400))
    assert seen_now is not None
    assert (seen_now.title, seen_now.text, seen_now.answers) == ("Bilgi", "Sözleşme onaylanmıştır.", ("OK",))


def test_close_sign_is_no_answer_beside_a_button() -> None:
    close = box("button", (570, 202, 20, 20), a="Close", ty="button")
    seen_now = found(message("Onaylansın mı?"), close, button("Evet", 400), button("Hayır", 470))
    assert seen_now is not None
    assert seen_now.answers == ("Evet", "Hayır")


def test_close_sign_alone_is_called_what_the_page_tells() -> None:
    close = box("button", (570, 202, 20, 20), text("✕", 572, 203), a="Kapat", ty="button")
    seen_now = found(close, message("Asgari süreden az."))
    assert seen_now is not None
    assert (seen_now.text, seen_now.answers) == ("Asgari süreden az.", ("Kapat",))


def test_window_whose_words_have_not_come_yet_is_none() -> None:
    assert found(button("OK", 400), r="dialog") is None


def test_load_mask_is_no_window() -> None:
    assert found(message("Yükleniyor..."), r="status") is None


def test_message_that_cannot_be_answered_has_no_buttons() -> None:
    seen_now = found(message("Kaydedildi."), r="alert")
    assert seen_now is not None
    assert (seen_now.text, seen_now.answers) == ("Kaydedildi.", ())


def test_page_that_followed_is_no_window() -> None:
    after = seen(message("Sunucu hatası"), button("Tamam", 400), url="http://127.0.0.1/error")
    assert find_window(seen(FORM), after, WORDING.answer_keys, WORDING.noise, WORDING.words) is None


def test_list_that_only_moved_is_no_window() -> None:
    def grid(top: float) -> Raw:
        heads = [
            box("th", (10 + 120 * n, top, 110, 20), text(name, 12 + 120 * n, top + 1), cu=1, on=1, r="button")
            for n, name in enumerate(("Adı Soyadı", "Grv. Onay Durumu"))
        ]
        return box("div", (10, top, 600, 60), *heads, box("p", (10, top + 30, 200, 20), text("14 kayıt", 12, top + 31)))

    before = seen(FORM, grid(400))
    assert find_window(before, seen(grid(100)), WORDING.answer_keys, WORDING.noise, WORDING.words) is None
    later = seen(grid(100), window(message("Sözleşme onaylanmıştır."), button("OK", 400)))
    answer = find_window(before, later, WORDING.answer_keys, WORDING.noise, WORDING.words)
    assert answer is not None
    assert (answer.text, answer.answers) == ("Sözleşme onaylanmıştır.", ("OK",))


def test_name_of_a_picture_beside_the_words_is_none_of_them() -> None:
    icon = box("span", (310, 205, 20, 20), r="img", a="check-circle")
    seen_now = found(icon, message("Kaydedildi."), button("O K", 400), r="dialog")
    assert seen_now is not None
    assert (seen_now.text, seen_now.answers) == ("Kaydedildi.", ("O K",))


MENU = box("a", (10, 4, 90, 20), text("Ana Sayfa", 14, 5), href="/")
OUT = box("a", (700, 4, 90, 20), text("Güvenli Çıkış", 704, 5), href="/cikis")


def page(*inside: Raw) -> Window | None:
    after = seen(*inside, url="http://127.0.0.1/kaydet")
    return find_answer_page(seen(FORM), after, WORDING.answer_keys, WORDING.noise, WORDING.words)


@pytest.mark.parametrize(
    ("wrapper", "words"),
    [({"tb": 0}, {}), ({"cu": 1, "on": 1}, {}), ({}, {"tb": 0}), ({"tb": 0}, {"tb": 0})],
    ids=["focusable window", "clickable layer", "focusable words", "both"],
)
def test_window_with_one_button_asks_nothing_whatever_else_can_be_focused(wrapper: Raw, words: Raw) -> None:
    told = box("p", (310, 230, 280, 20), text("Onaylandı.", 310, 230), **words)
    seen_now = found(box("div", (300, 200, 300, 90), told, button("Tamam", 400)), **wrapper)
    assert seen_now is not None
    assert (seen_now.text, seen_now.answers) == ("Onaylandı.", ("Tamam",))


def test_two_things_to_press_are_two_answers_however_they_are_built() -> None:
    other = box("div", (470, 260, 60, 24), text("Geri al", 474, 262), cu=1, on=1, tb=0)
    seen_now = found(message("Onaylansın mı?"), button("Tamam", 400), other, tb=0)
    assert seen_now is not None
    assert seen_now.answers == ("Tamam", "Geri al")


def test_page_that_answers_is_read_around_its_button() -> None:
    answer = page(MENU, OUT, window(message("Sözleşme onaylanmıştır."), button("Tamam", 400)))
    assert answer is not None
    assert (answer.text, answer.answers) == ("Sözleşme onaylanmıştır.", ("Tamam",))


def test_page_that_asks_is_read_with_all_its_answers() -> None:
    answer = page(MENU, window(message("Onaylansın mı?"), button("Evet", 400), button("Hayır", 470)))
    assert answer is not None
    assert answer.answers == ("Evet", "Hayır")


def test_page_that_flashes_a_message_cannot_be_answered() -> None:
    answer = page(MENU, window(message("Kaydedildi."), r="alert"), box("table", (10, 300, 500, 200)))
    assert answer is not None
    assert (answer.text, answer.answers) == ("Kaydedildi.", ())


def test_page_of_the_portal_that_follows_is_no_answer() -> None:
    assert page(MENU, OUT, window(message("Sözleşmeler"), button("Onayla", 400), button("Sil", 470))) is None


def test_page_whose_answer_stands_among_other_buttons_is_no_answer() -> None:
    assert page(window(message("Sözleşmeler"), button("Tamam", 400), button("Sil", 470))) is None


def test_page_that_did_not_move_on_is_no_answer_page() -> None:
    after = seen(FORM, window(message("Kaydedildi."), button("OK", 400)))
    assert find_answer_page(seen(FORM), after, WORDING.answer_keys, WORDING.noise, WORDING.words) is None
