"""The home page must be the chosen workplace's, as far as it says whose it is (5.5, 5.6)."""

from __future__ import annotations

import pytest

from Katip.errors import WorkplaceNotOffered
from Katip.model import Workplace
from Katip.pages.workplace_choices import offered, require_home_of
from Katip.pages.workplace_texts import workplace_of
from tests.unit.seen import box, seen, text

CHOSEN = Workplace("29999010199999010999932000", "ÖRNEK GIDA SAN...")


def test_home_of_the_chosen_workplace_or_of_none_will_do() -> None:
    require_home_of(CHOSEN, seen(text("HOŞGELDİNİZ", 10, 10)), "Choosing")
    require_home_of(CHOSEN, seen(text("ÖRNEK GIDA (2 9999 01 01 9999901 099 99 32 000)", 10, 10)), "Choosing")


def test_home_of_another_workplace_is_named() -> None:
    with pytest.raises(WorkplaceNotOffered, match="29999010199999020999933000"):
        require_home_of(CHOSEN, seen(text("ÖRNEK TEKSTİL (29999010199999020999933000)", 10, 10)), "Choosing")


@pytest.mark.parametrize(
    ("shown", "written", "same"),
    [
        ("ÖRNEK GIDA SANAYİ VE TİCA...", "Örnek Gıda Sanayi ve Ticaret A.Ş.", True),
        ("ÖRNEK GIDA SANAYİ VE TİCARET A.Ş.", "ÖRNEK GIDA SANAYİ…", True),
        ("ÖRNEK GIDA", "", True),
        ("ÖRNEK GIDA SANAYİ VE TİCA...", "ÖRNEK GIDA PAZARLAMA A.Ş.", False),
        ("ÖRNEK ISI", "ÖRNEK ISITMA", True),
        ("ÖRNEK YAPI A.Ş.", "DENEME YAPI A.Ş.", False),
    ],
)
def test_title_may_be_cut_off(shown: str, written: str, same: bool) -> None:
    assert Workplace("29999010199999010999932000", shown).is_called(written) is same


def choice(y: float, *words: dict[str, object]) -> dict[str, object]:
    return box("li", (10, y, 600, 60), *words)


def test_title_over_its_number_is_read_from_the_same_choice() -> None:
    page = seen(
        choice(100, text("ÖRNEK GIDA", 10, 104), text("(29999010199999010999932000) (Hizmet Alan)", 10, 128)),
        choice(160, text("ÖRNEK TEKSTİL SANAYİ", 10, 164), text("(29999010199999020999933000) (Hizmet Alan)", 10, 188)),
    )
    assert [(each.workplace.title, each.workplace.sgk[-8:-3]) for each in offered(page)] == [
        ("ÖRNEK GIDA", "99932"),
        ("ÖRNEK TEKSTİL SANAYİ", "99933"),
    ]


def test_what_the_account_is_there_is_no_title() -> None:
    role = "(Hizmet Alan İşyeri E-Bildirge Kullanıcısı)"
    page = seen(
        box(
            "div",
            (10, 100, 900, 30),
            text("ÖRNEK GIDA", 50, 104),
            text("29999010199999010999932000", 300, 104),
            text(role, 560, 104),
        )
    )
    assert [each.workplace.title for each in offered(page)] == ["ÖRNEK GIDA"]


@pytest.mark.parametrize("title_in_card", [True, False], ids=["title in the card", "no title anywhere"])
def test_cards_side_by_side_never_lend_each_other_their_words(title_in_card: bool) -> None:
    def card(x: float, title: str, number: str, *more: dict[str, object]) -> dict[str, object]:
        words = [box("h5", (x, 105, 400, 24), text(title, x + 10, 110))] if title_in_card else []
        line = box("p", (x, 135, 400, 24), text(f"İşyeri Sicil: {number}", x + 10, 140))
        return box("div", (x, 100, 400, 120), *words, line, *more)

    select = [box("button", (x, 170, 200, 30), text("Bu işyeri ile devam et", x + 10, 175)) for x in (20, 520)]
    page = seen(
        card(10, "ÖRNEK GIDA", "29999010199999010999932000", select[0]),
        card(510, "ÖRNEK ISI", "29999010199999020999933000", select[1]),
    )
    titles = [each.workplace.title for each in offered(page)]
    assert titles == (["ÖRNEK GIDA", "ÖRNEK ISI"] if title_in_card else ["", ""])


def test_label_of_the_number_is_no_title() -> None:
    page = seen(
        choice(
            100,
            box("b", (10, 104, 300, 20), text("ISI A.Ş.", 10, 104)),
            box("span", (10, 128, 200, 20), text("SGK İşyeri Sicil Numarası:", 10, 128)),
            box("span", (220, 128, 300, 20), text("29999010199999010999932000", 220, 128)),
        )
    )
    assert [each.workplace.title for each in offered(page)] == ["ISI A.Ş."]


def test_cells_of_one_line_belong_to_the_nearest_number() -> None:
    cells = [
        box("div", (x, 100, 250, 20), text(words, x, 101))
        for x, words in (
            (10, "ÖRNEK ISI"),
            (270, "29999010199999010999932000"),
            (560, "ÖRNEK TEKSTİL SANAYİ"),
            (800, "29999010199999020999933000"),
        )
    ]
    page = seen(box("div", (0, 90, 1280, 40), *cells))
    assert [each.workplace.title for each in offered(page)] == ["ÖRNEK ISI", "ÖRNEK TEKSTİL SANAYİ"]


@pytest.mark.parametrize(
    "around_words", [True, False], ids=["the radio button holds the words", "it is drawn beside them"]
)
def test_drawn_radio_button_is_pressed_where_the_words_are_not_in_it(around_words: bool) -> None:
    words = box("div", (60, 104, 500, 40), text("ÖRNEK GIDA (29999010199999010999932000)", 60, 104))
    inside = [words] if around_words else []
    radio = box("div", (10, 104, 40 if not around_words else 560, 40), *inside, r="radio", cu=1)
    page = seen(choice(100, radio, *([] if around_words else [words])))
    (only,) = offered(page)
    assert only.node is not None
    assert (only.node.role == "radio") is not around_words


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("29999010199999010999932000 ÖRNEK GIDA SAN...", "ÖRNEK GIDA SAN..."),
        ("29999010199999010999932000 — ÖRNEK GIDA SAN...", "ÖRNEK GIDA SAN..."),
        ("2.9999.01.01.9999901.099.99.32.000 / ÖRNEK GIDA (Hizmet Alan İşyeri E-Bildirge Kullanıcısı)", "ÖRNEK GIDA"),
        ("29999010199999010999932000 (Hizmet Alan İşyeri E-Bildirge Kullanıcısı)", ""),
        ("SGK Sicil No: 29999010199999010999932000 · Tehlikeli", ""),
        ("ÖRNEK GIDA - 29999010199999010999932000 - Tehlikeli", "ÖRNEK GIDA"),
    ],
)
def test_title_may_follow_the_number_that_a_text_begins_with(words: str, title: str) -> None:
    found = workplace_of(words)
    assert found is not None
    assert (found.sgk, found.title) == (CHOSEN.sgk, title)


def test_what_follows_the_number_is_no_title_where_a_longer_one_stands_beside_it() -> None:
    page = seen(
        box(
            "li",
            (10, 10, 400, 60),
            text("ÖRNEK GIDA SANAYİ", 14, 12),
            text("29999010199999010999932000 · Tehlikeli", 14, 36, own_line=1),
        )
    )
    assert [one.workplace.title for one in offered(page)] == ["ÖRNEK GIDA SANAYİ"]
