"""Dates as portals write them."""

from __future__ import annotations

from datetime import date

import pytest

from Katip.model import parse_date


@pytest.mark.parametrize(
    "text",
    [
        "01.03.2021",
        "1/3/2021",
        "01-03-2021 00:00",
        "01\u201103\u20112021",
        "01\u221203\u22122021",
        "01. 03. 2021",
        "2021-03-01",
        "2021\u201003\u201001",
        "1 Mart 2021",
        "01 MAR 2021",
        "Pazartesi, 1 Mart 2021",
    ],
)
def test_first_of_march_is_read(text: str) -> None:
    assert parse_date(text) == date(2021, 3, 1)


@pytest.mark.parametrize(
    ("month", "number"), [("Şubat", 2), ("AĞUSTOS", 8), ("ağu", 8), ("Aralık", 12), ("HAZİRAN", 6)]
)
def test_month_is_known_by_its_name(month: str, number: int) -> None:
    assert parse_date(f"5 {month} 2021") == date(2021, number, 5)


@pytest.mark.parametrize(
    "text", ["", "-", "31.02.2021", "32.01.2021", "2021", "5 Martı 21", "5 Brumaire 2021", "101.03.2021"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None
