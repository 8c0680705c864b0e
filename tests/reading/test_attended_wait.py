"""The wait for a person who signs in in the robot's window: dialogs of the browser's own, and a signal meanwhile."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from Browser import Browser
from robot.errors import ExecutionFailed

from Katip.current_session import CurrentSession
from Katip.errors import DialogOpen, NobodySignedIn
from Katip.pages.edevlet import EDevletPage
from Katip.pages.joining import Joining
from Katip.pages.sign_out import SignOut
from Katip.portal import load_portal
from Katip.reading.driver import Driver
from Katip.run.stopping import Stopped, Stopping
from Katip.session import Session
from tests.reading.browsing import Hand
from tests.reading.serving import CorpusHandler

pytestmark = pytest.mark.browser

SIGN_IN = "<!doctype html><meta charset=utf-8><title>e-Devlet</title><h1>Giriş</h1><script>{script}</script>"
MENU = """<!doctype html><meta charset=utf-8><title>İSG-KATİP</title><button>Kayıtlı Kullanıcı Girişi</button>
<button>Sorgulama &amp; Başvuru</button><button>Vazgeç &amp; Çıkış Yap</button><button>İSG-KATİP Kullanıcı Kılavuzu</button><script>{script}</script>"""


@pytest.fixture
def stopping() -> Stopping:
    return Stopping()


@pytest.fixture
def page(browser: Browser, hand: Hand, stopping: Stopping) -> Iterator[EDevletPage]:
    """The sign-in page of a run whose person signs in; KATİP is on the second origin."""
    driver = Driver(lambda: browser, stopping.undisturbed)
    katip = f"http://127.0.0.1:{hand.other_port}"
    session = Session.of(
        load_portal("v9", {"site_url": hand.origin, "edevlet_url": hand.origin, "katip_url": katip}), driver
    )
    session.visible, session.sign_in_timeout = True, timedelta(seconds=5)
    browser.new_context()
    browser.new_page()
    driver.look()
    current = CurrentSession(session)
    joining = Joining(current, lambda: None, lambda: None, lambda: None)
    yield EDevletPage(current, joining, SignOut(current).leave_by, stopping.deferred)
    browser.close_context()


def at_edevlet(page: EDevletPage, hand: Hand, script: str) -> None:
    CorpusHandler.made["edevlet.html"] = SIGN_IN.format(script=script)
    page.session.driver.go(f"{hand.origin}/made/edevlet.html", timedelta(seconds=5))


def in_a_while(act: Any, seconds: float = 1.0) -> threading.Timer:
    timer = threading.Timer(seconds, act)
    timer.start()
    return timer


def test_dialog_that_the_person_closes_ends_nothing(page: EDevletPage, hand: Hand, browser: Browser) -> None:
    browser.init_js_extension(Path(__file__).with_name("person.js"))
    CorpusHandler.made["menu.html"] = MENU.format(script="")
    away = f"location = 'http://127.0.0.1:{hand.other_port}/made/menu.html'"
    browser.call_js_keyword("sitDown")
    at_edevlet(page, hand, f"setTimeout(() => {{ alert('Kodu yazınız'); {away} }}, 500)")
    looks: list[float] = []
    look = page.session.driver.look
    page.session.driver.look = lambda *a, **k: looks.append(time.monotonic()) or look(*a, **k)  # type: ignore[method-assign,func-returns-value]
    closing = in_a_while(lambda: browser.call_js_keyword("closeDialog"), 0)
    page._wait_for_the_person()
    closing.join(timeout=30)
    assert not closing.is_alive()
    assert page.session.signed_in
    assert len(looks) < 40, "a dialog that stands open is not looked at without a pause"


def test_dialog_on_katip_that_only_tells_something_is_closed(page: EDevletPage, hand: Hand) -> None:
    CorpusHandler.made["menu.html"] = MENU.format(script="alert('Hoş geldiniz')")
    at_edevlet(page, hand, f"location = 'http://127.0.0.1:{hand.other_port}/made/menu.html'")
    page._wait_for_the_person()
    assert page.session.signed_in


def test_question_on_katip_is_left_and_the_session_is_known(page: EDevletPage, hand: Hand) -> None:
    CorpusHandler.made["menu.html"] = MENU.format(script="confirm('Emin misiniz?')")
    at_edevlet(page, hand, f"location = 'http://127.0.0.1:{hand.other_port}/made/menu.html'")
    with pytest.raises(DialogOpen, match="Emin misiniz"):
        page._wait_for_the_person()
    assert page.session.signed_in
    page.session.driver.answer(accept=False)


def test_dialog_at_edevlet_is_left_to_the_person_and_named(page: EDevletPage, hand: Hand) -> None:
    page.session.sign_in_timeout = timedelta(seconds=1)
    at_edevlet(page, hand, "setTimeout(() => alert('Şifre hatalı'), 100)")
    with pytest.raises(NobodySignedIn, match="Şifre hatalı"):
        page._wait_for_the_person()
    page.session.driver.answer(accept=True)


@pytest.mark.parametrize("arrived", [False, True], ids=["at e-Devlet", "already at KATİP"])
def test_signal_ends_the_wait_at_once_and_an_open_session_is_known(
    arrived: bool, page: EDevletPage, hand: Hand, stopping: Stopping
) -> None:
    page.session.sign_in_timeout = timedelta(seconds=30)
    CorpusHandler.made["unknown.html"] = "<!doctype html><p>Lütfen bekleyiniz"
    where = f"location = 'http://127.0.0.1:{hand.other_port}/made/unknown.html'" if arrived else ""
    at_edevlet(page, hand, where)

    def handler(*_: Any) -> None:
        raise ExecutionFailed("Execution terminated by signal", exit=True)

    before = signal.signal(signal.SIGINT, handler)
    stopping.watch()
    began = time.monotonic()
    in_a_while(lambda: os.kill(os.getpid(), signal.SIGINT))
    try:
        with pytest.raises(Stopped), stopping.inside_keyword():
            page._wait_for_the_person()
    finally:
        stopping.unwatch()
        signal.signal(signal.SIGINT, before)
    assert time.monotonic() - began < 4
    assert page.session.signed_in is arrived
