"""Rows that a page draws some moments after their request, with no sign of loading: a list without rows, or that still grows, is waited for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.listing import TABLE, names_of_all, names_read, show

pytestmark = pytest.mark.browser

ALL = "ALL.map((row) => `<tr>${cells(row)}</tr>`).join('')"
LATER = f"rows.innerHTML = `${{O.first}}`; setTimeout(() => {{ rows.innerHTML = {ALL}; }}, O.after);"
PORTIONS = """const drawn = (until) => ALL.slice(0, until).map((row) => `<tr>${cells(row)}</tr>`).join('');
rows.innerHTML = drawn(3); let n = 3;
const timer = setInterval(() => { n += 2; rows.innerHTML = drawn(n); if (n >= ALL.length) clearInterval(timer); }, O.after);"""
SAYS_EMPTY = "<tr><td colspan=3>Kayıt bulunamadı.</td></tr>"


@pytest.mark.parametrize(("first", "after"), [("", 1200), (SAYS_EMPTY, 700), (SAYS_EMPTY, 100), ("", 30)])
def test_rows_that_come_late_are_read(first: str, after: int, hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, TABLE, LATER, first=first, after=after)
    assert names_read(eyes) == names_of_all()


@pytest.mark.parametrize("after", [60, 150, 300])
def test_rows_that_come_in_portions_are_all_read(after: int, hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, TABLE, PORTIONS, after=after)
    assert names_read(eyes) == names_of_all()


@pytest.mark.timeout(60)
@pytest.mark.parametrize("words", ["Kayıt bulunamadı.", "Gösterilecek kayıt yok"])
def test_list_that_says_that_it_is_empty_is_waited_for_no_longer_than_for_more_rows(
    words: str, hand: Hand, eyes: Eyes
) -> None:
    eyes.wait(reaction=timedelta(minutes=5))  # a wait would run into the test's own limit
    show(hand, eyes, TABLE, "rows.innerHTML = `<tr><td colspan=3>${O.words}</td></tr>`;", words=words)
    assert names_read(eyes) == []


def test_empty_list_without_words_is_read_as_empty(hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, TABLE, "rows.innerHTML = '';")
    assert names_read(eyes) == []
