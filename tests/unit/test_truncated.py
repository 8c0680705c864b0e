"""A text that the page has cut is read whole where its title has it."""

from __future__ import annotations

import pytest

from tests.unit.seen import box, seen, text


@pytest.mark.parametrize(
    ("shown", "title", "read"),
    [
        ("AYŞE YIL…", "AYŞE YILDIZ DENEME", "AYŞE YILDIZ DENEME"),
        ("AYŞE YIL...", "AYŞE YILDIZ DENEME", "AYŞE YILDIZ DENEME"),
        ("ayşe yıl…", "AYŞE YILDIZ DENEME", "AYŞE YILDIZ DENEME"),
        ("AYŞE…NEME", "AYŞE YILDIZ DENEME", "AYŞE YILDIZ DENEME"),
        ("AYŞE YIL…", "FATMA DENEME", "AYŞE YIL…"),
        ("AYŞE YIL…", "", "AYŞE YIL…"),
        ("AYŞE YILDIZ", "AYŞE YILDIZ DENEME", "AYŞE YILDIZ"),
        ("…", "AYŞE YILDIZ DENEME", "…"),
        ("1 … 5 … 9", "1 2 3 4 5 6 7 8 9", "1 … 5 … 9"),
    ],
)
def test_title_completes_a_cut_text(shown: str, title: str, read: str) -> None:
    page = seen(box("td", (0, 0, 100, 20), text(shown, 0, 0), ti=title))
    assert [piece.text for piece in page.pieces] == [read]


def test_title_of_the_row_around_is_not_asked() -> None:
    cell = box("td", (0, 0, 100, 20), text("AYŞE…", 0, 0))
    assert seen(box("tr", (0, 0, 300, 20), cell, ti="AYŞE YILDIZ, Onaylandı")).pieces[0].text == "AYŞE…"
