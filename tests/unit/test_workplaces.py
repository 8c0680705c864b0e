"""The home page must be the chosen workplace's, as far as it says whose it is (5.5, 5.6)."""

from __future__ import annotations

import pytest

from Katip.errors import WorkplaceNotOffered
from Katip.model import Workplace
from Katip.pages.workplaces import require_home_of
from tests.unit.seen import seen, text

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
