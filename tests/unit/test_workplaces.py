"""The home page must be the chosen workplace's, as far as it says whose it is (5.5, 5.6)."""

from __future__ import annotations

import pytest

from Katip.errors import WorkplaceNotOffered
from Katip.model import Workplace
from Katip.pages.workplaces import offered, require_home_of
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
