"""Rows that a page draws some moments after their request, with no sign of loading: a list without rows is waited for, unless it says that it is empty."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.listing import TABLE, names_of_all, names_read, show

pytestmark = pytest.mark.browser

LATER = "rows.innerHTML = ''; setTimeout(() => { rows.innerHTML = ALL.map((row) => `<tr>${cells(row)}</tr>`).join(''); }, 1200);"
NOTHING = "rows.innerHTML = `<tr><td colspan=3>${O.words}</td></tr>`;"


def test_rows_that_come_late_are_read(hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, TABLE, LATER)
    assert names_read(eyes) == names_of_all()


@pytest.mark.timeout(60)
@pytest.mark.parametrize("words", ["Kayıt bulunamadı.", "Gösterilecek kayıt yok"])
def test_list_that_says_that_it_is_empty_is_not_waited_for(words: str, hand: Hand, eyes: Eyes) -> None:
    eyes.wait(reaction=timedelta(minutes=5))  # a wait would run into the test's own limit
    show(hand, eyes, TABLE, NOTHING, words=words)
    assert names_read(eyes) == []


def test_empty_list_without_words_is_read_as_empty(hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, TABLE, "rows.innerHTML = '';")
    assert names_read(eyes) == []
