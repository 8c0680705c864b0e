"""Windows that a portal opens: they are closed before the robot goes on, and it goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from Katip.portal import load_portal
from Katip.session import Session
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.serving import CorpusHandler

OPENER = """<!doctype html><title>list</title><h1>Sözleşmeler</h1>
<button onclick="window.open('/made/form.html', 'onay', 'width=500,height=400')">Onayla</button>"""
FORM = "<!doctype html><title>form</title><h1>SÖZLEŞME ONAY</h1><script>onbeforeunload = () => 'Kaydedilmedi'</script>{more}"


@pytest.fixture
def session(eyes: Eyes, hand: Hand) -> Iterator[Session]:
    """A session that has reached a page from which windows open."""
    CorpusHandler.made |= {"list.html": OPENER, "form.html": FORM.format(more="")}
    hand.browser.go_to(f"{hand.origin}/made/list.html")
    eyes.forget()
    made = Session.of(load_portal("v9"), eyes.reader.driver)
    made.tabs = made.reader.look().pages
    yield made
    made.close_popups()


def opened(session: Session) -> None:
    session.reader.press("Onayla")
    session.reader.until(
        lambda now: True if "ONAY" in now.text or now.dialog else None, "Opening", "the form", timedelta(seconds=5)
    )


@pytest.mark.browser
@pytest.mark.parametrize("more", ["", "<script>setTimeout(() => alert('Hata'), 200)</script>"], ids=["form", "alert"])
def test_window_is_closed_and_the_page_that_opened_it_goes_on(session: Session, more: str) -> None:
    CorpusHandler.made["form.html"] = FORM.format(more=more)
    opened(session)
    if more:
        session.reader.until(lambda now: now.dialog, "Waiting", "the alert", timedelta(seconds=5))
    session.close_popups()
    seen = session.reader.look()
    assert (seen.title, seen.pages) == ("list", session.tabs)


@pytest.mark.browser
def test_fresh_page_leaves_neither_the_window_nor_its_opener(session: Session) -> None:
    opened(session)
    session.fresh_page()
    seen = session.reader.look()
    assert (seen.url, seen.pages) == ("about:blank", session.tabs)


@pytest.mark.browser
def test_page_without_windows_stays(session: Session) -> None:
    session.close_popups()
    assert session.reader.look().title == "list"
