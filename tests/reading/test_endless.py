"""Pages that never leave off: dialogs, navigations, windows, frames in frames. Each ends in bounded time with a code of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from Katip.errors import KatipError
from Katip.portal import load_portal
from Katip.session import Session
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.serving import CorpusHandler

pytestmark = pytest.mark.browser

PAGES = {
    "alerts": ("<script>setTimeout(() => { for (;;) alert('Uyarı') }, 50)</script>", "KTP-113 KTP-115 KTP-102"),
    "confirms": ("<script>setTimeout(() => { for (;;) confirm('Emin misiniz?') }, 50)</script>", "KTP-115"),
    "navigation": (
        "<script>setTimeout(() => location.replace('?' + Math.random()), 20)</script>",
        "KTP-101 KTP-119 KTP-102",
    ),
    "windows": ("<script>setInterval(() => window.open('about:blank'), 20)</script>", "KTP-102"),
    "print": ("<script>setInterval(() => print(), 50)</script>", "KTP-102"),
    "leaving": (
        "<script>onbeforeunload = () => 'x'; setInterval(() => { location.href = '?' + Math.random() }, 50)</script>",
        "KTP-119 KTP-102 KTP-115",
    ),
    "frames in frames": (
        '<script>if (location.hash.length < 99) document.write(`<iframe src="?${location.hash.length}${location.hash || "#"}x"></iframe>`)</script>',
        "KTP-101 KTP-102 KTP-119",
    ),
    "field": (
        "<input aria-label='T.C. Kimlik No' id=f><script>f.value = 'x'.repeat(8e6)</script>",
        "KTP-101 KTP-102 KTP-119",
    ),
    "title": ("<script>document.title = 'x'.repeat(8e6)</script>", "KTP-101 KTP-119 KTP-102"),
}


@pytest.fixture
def session(eyes: Eyes, hand: Hand) -> Iterator[Session]:
    hand.browser.new_context()
    hand.browser.new_page()
    eyes.forget()
    driver = eyes.reader.driver
    made = Session.of(load_portal("v9", dict.fromkeys(("site_url", "edevlet_url", "katip_url"), hand.origin)), driver)
    made.tabs = driver.look().pages
    yield made
    hand.browser.close_context()
    eyes.forget()


# The heavy ones hold the worker's browser so long under load that later tests feel it.
_HEAVY = ("confirms", "navigation", "windows", "print", "leaving", "frames in frames", "field")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.matrix if name in _HEAVY else ()) for name in PAGES]
)
def test_page_that_never_leaves_off_ends_in_bounded_time(
    name: str, session: Session, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("Katip.reading.bounds.LONGEST_LOOK", 3.0)
    CorpusHandler.made["endless.html"] = f"<!doctype html><meta charset=utf-8><title>x</title><body>{PAGES[name][0]}"
    began = time.monotonic()
    with pytest.raises(KatipError) as caught:
        arrive(session, f"{hand.origin}/made/endless.html")
    assert caught.value.code in PAGES[name][1].split()
    CorpusHandler.made["after.html"] = "<!doctype html><title>x</title><p>Sözleşmeler</p>"
    session.fresh_page()
    session.driver.go(f"{hand.origin}/made/after.html", timedelta(seconds=5))
    seen = session.reader.look()
    assert "Sözleşmeler" in seen.text
    assert seen.pages == session.tabs
    assert time.monotonic() - began < 30


def arrive(session: Session, address: str) -> None:
    session.driver.go(address, timedelta(seconds=4))
    session.arrive("contracts", "Reading the contracts", timedelta(seconds=1))
