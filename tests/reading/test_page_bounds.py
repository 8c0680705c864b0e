"""A page that never answers or is too large is an error in bounded time, and the next page is read as ever."""

from __future__ import annotations

import time

import pytest

from Katip.errors import PageUnreadable
from Katip.reading.driver import Driver
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.serving import CorpusHandler

PAGES = {
    "elements": ("document.body.innerHTML = '<i>a</i>'.repeat(100000)", "elements"),
    "text": ("document.body.textContent = 'metin '.repeat(500000)", "characters"),
    "frames": ("document.body.innerHTML = '<iframe></iframe>'.repeat(300)", "frames"),
    "blocked": ("setTimeout(() => { for (;;); }, 300)", "no answer"),
}


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_page_beyond_bounds_is_an_error_in_bounded_time(
    name: str, eyes: Eyes, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("Katip.reading.bounds.LONGEST_LOOK", 20.0 if name != "blocked" else 4.0)
    script, exceeded = PAGES[name]
    CorpusHandler.made |= {"beyond.html": f"<!doctype html><title>x</title><body><script>{script}</script>"}
    driver = eyes.reader.driver
    hand.browser.new_context()  # of its own: the pages of the other tests stay what they are
    try:
        hand.browser.new_page(f"{hand.origin}/made/beyond.html")
        eyes.forget()
        began = time.monotonic()
        with pytest.raises(PageUnreadable, match=exceeded):
            _look_on(driver, 10)
        assert time.monotonic() - began < 40
        driver.fresh_page()
        CorpusHandler.made |= {"after.html": "<!doctype html><title>x</title><p>Sözleşmeler</p>"}
        driver.go(f"{hand.origin}/made/after.html", eyes.reader.patience.page)
        assert "Sözleşmeler" in driver.look().text
    finally:
        hand.browser.close_context()
        eyes.forget()


def _look_on(driver: Driver, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        driver.look()
