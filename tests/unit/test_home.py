"""A notice over the menu is closed only where that is all it wants."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from Katip.pages.home import HomePage
from Katip.portal import load_portal
from Katip.reading.driver import Driver
from Katip.session import Session
from tests.unit.seen import Raw, box, seen, text
from tests.unit.test_approval_form import FakeDriver


def dialog(words: str, *buttons: str) -> Raw:
    pressed = [
        box("button", (320 + 90 * number, 260, 60, 24), text(name, 324 + 90 * number, 262), ty="button")
        for number, name in enumerate(buttons)
    ]
    return box("div", (300, 200, 400, 100), text(words, 310, 220), *pressed, r="dialog")


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
    session = Session.of(load_portal("v9", {"katip_url": "http://127.0.0.1"}), cast(Driver, driver))
    home = HomePage(cast(Any, SimpleNamespace(session=session)))
    assert home._close_notice() is bool(pressed)
    assert driver.pressed == pressed
