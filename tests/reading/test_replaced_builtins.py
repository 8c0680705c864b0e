"""A page that has replaced what scripts are made of is read and used all the same."""

from __future__ import annotations

import pytest

from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand

COLUMNS = {
    "name": ["Ad Soyad"],
    "category": ["Personel Kategorisi Adı"],
    "start": ["Grv. Başlama Trh."],
    "status": ["Grv. Onay Durumu"],
}


@pytest.fixture
def replaced(hand: Hand, eyes: Eyes) -> Eyes:
    """The reader on the page; the tests' own scripts, which run among the page's, cannot be used there."""
    hand.open("pages/builtins.replaced.html")
    eyes.forget()
    return eyes


@pytest.mark.browser
def test_grid_is_read(replaced: Eyes) -> None:
    rows = replaced.read_grid(COLUMNS, all_pages=True)
    assert [(row["name"], row["status"]) for row in rows] == [
        ("AYŞE DENEME", "Onay Bekliyor"),
        ("BURAK DENEME", "Onaylandı"),
        ("CEM DENEME", "Onaylandı"),
        ("ÇİĞDEM DENEME", "Onay Bekliyor"),
    ]


@pytest.mark.browser
def test_controls_and_fields_are_read_and_pressed(replaced: Eyes) -> None:
    assert replaced.find(["Kayıt"], "button").disabled
    assert not replaced.find(["Onayla"], "button").disabled
    assert replaced.read_form({"name": ["Adı Soyadı"]}) == {"name": "AYŞE DENEME"}
    replaced.fill(["Adı Soyadı"], "CAN ÖRNEK")
    assert replaced.read_form({"name": ["Adı Soyadı"]}) == {"name": "CAN ÖRNEK"}
    replaced.click(["Onayla"], "button")
    assert replaced.find(["Basıldı"], "button").name == "Basıldı"
