"""A notice over the menu is closed only where that is all it wants."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from Katip.current_session import CurrentSession
from Katip.errors import LabelNotFound, NoEffect
from Katip.pages.home import HomePage
from Katip.pages.main_menu import MainMenuPage
from Katip.pages.place import is_on
from Katip.pages.sign_out import SignOut
from Katip.patience import Patience
from Katip.portal import load_portal
from Katip.reading.driver import Driver
from Katip.session import Session
from tests.unit.fake_driver import FakeDriver
from tests.unit.seen import Raw, box, seen, text


def dialog(words: str, *buttons: str) -> Raw:
    pressed = [
        box("button", (320 + 90 * number, 260, 60, 24), text(name, 324 + 90 * number, 262), ty="button")
        for number, name in enumerate(buttons)
    ]
    return box("div", (300, 200, 400, 100), text(words, 310, 220), *pressed, r="dialog")


def home_on(driver: FakeDriver) -> HomePage:
    session = Session.of(load_portal("v9", {"katip_url": "http://127.0.0.1"}), cast(Driver, driver))
    current = CurrentSession(session)
    return HomePage(current, MainMenuPage(current))


def sign_out_on(driver: FakeDriver, **limits: timedelta) -> SignOut:
    portal = replace(load_portal("v9", {"katip_url": "http://127.0.0.1"}), patience=Patience(**limits))
    session = Session.of(portal, cast(Driver, driver))
    return SignOut(CurrentSession(session))


@pytest.mark.parametrize(
    ("words", "buttons", "pressed"),
    [
        ("Onay işlemleri güncellenmiştir.", ("Kapat",), ["Kapat"]),
        ("Otomatik güncelleme iznini veriyor musunuz?", ("Tamam",), []),
        ("Aydınlatma metni", ("Kabul Ediyorum",), []),
        ("Sözleşmeniz var.", ("Onayla",), []),
        ("Anket", ("Kapat", "Katıl"), []),
    ],
)
def test_only_a_notice_that_asks_nothing_is_closed(words: str, buttons: tuple[str, ...], pressed: list[str]) -> None:
    driver = FakeDriver(seen(dialog(words, *buttons)))
    assert home_on(driver)._close_notice() is bool(pressed)
    assert driver.pressed == pressed


WELCOME = box("h1", (300, 100, 300, 30), text("HOŞGELDİNİZ", 300, 105))
MODULE = box("a", (10, 300, 200, 20), text("Hizmet Alan İşyeri Modülü", 10, 301), href="#")
PERSON = box("button", (1100, 10, 120, 30), text("Deneme Yönetici", 1104, 14), hp=1)
BELL = box("button", (1000, 10, 60, 30), text("Bildirimler", 1002, 14), ex=0)
DELETE = box("button", (900, 400, 60, 24), text("Sil", 904, 402), hp=1)
OUT = box("a", (1100, 60, 120, 20), text("Güvenli Çıkış", 1104, 61), href="#")
LEFT = box("p", (10, 10, 300, 20), text("Oturumunuz güvenle kapatılmıştır.", 10, 12))


def test_home_page_is_known_although_its_way_out_is_folded_away() -> None:
    portal = load_portal("v9", {"katip_url": "http://127.0.0.1"})
    assert is_on(seen(WELCOME, MODULE, PERSON), portal, "home")
    assert not is_on(seen(WELCOME, PERSON), portal, "home")


@pytest.mark.parametrize(
    ("shown", "pressed"),
    [
        ([[PERSON, BELL], [PERSON, OUT], [LEFT]], ["Deneme Yönetici", "Güvenli Çıkış"]),
        ([[BELL], [BELL], [LEFT]], ["Bildirimler"]),
        ([[DELETE]], []),
    ],
    ids=["in the person's menu", "in none of them", "nothing in the page's head folds out"],
)
def test_way_out_is_looked_for_in_the_menus_of_the_pages_head(shown: list[list[Raw]], pressed: list[str]) -> None:
    driver = FakeDriver(*(seen(WELCOME, MODULE, *items) if items != [LEFT] else seen(LEFT) for items in shown))
    leaving = sign_out_on(driver, part=timedelta(milliseconds=1), lull=timedelta(milliseconds=1))
    with suppress(LabelNotFound):
        leaving._press_sign_out()
        assert pressed[-1] == "Güvenli Çıkış"
    assert driver.pressed == pressed


HEAD = box("header", (10, 40, 200, 20), text("İSG-KÂTİP", 10, 41))
ASKS = dialog("Oturumunuzu kapatmak istediğinize emin misiniz?", "Hayır", "Evet")


def test_question_at_the_sign_out_is_agreed_to_before_anybody_counts_as_signed_out() -> None:
    inside = (WELCOME, MODULE, HEAD, OUT)
    driver = FakeDriver(seen(*inside), seen(*inside, ASKS), seen(LEFT))
    sign_out_on(driver)._press_sign_out()
    assert driver.pressed == ["Güvenli Çıkış", "Evet"]


@pytest.mark.parametrize(
    "after",
    [(WELCOME, MODULE, HEAD, OUT), (WELCOME, MODULE, HEAD), (HEAD, OUT)],
    ids=["nothing happened", "only the way out went away", "only its head and the way out are left"],
)
def test_nobody_counts_as_signed_out_while_the_portal_shows_its_own_pages(
    after: tuple[Raw, ...],
) -> None:
    driver = FakeDriver(seen(WELCOME, MODULE, HEAD, OUT), seen(*after))
    with pytest.raises(NoEffect):
        sign_out_on(driver, sign_out=timedelta(seconds=0.3))._press_sign_out()


def test_page_without_any_known_word_counts_as_signed_out_once_it_stays() -> None:
    short = timedelta(seconds=0.4)
    inside, unknown = seen(WELCOME, MODULE, HEAD, OUT), seen(HEAD, text("Yine bekleriz", 10, 90))
    with pytest.raises(NoEffect):
        sign_out_on(FakeDriver(inside, unknown), sign_out=short)._press_sign_out()
    sign_out_on(FakeDriver(inside, unknown), sign_out=short, lull=timedelta(seconds=0.2))._press_sign_out()
