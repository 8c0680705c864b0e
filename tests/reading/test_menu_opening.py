"""Opening the menu: a press that does nothing is found out by the page's quiet, and how a menu opens is found out once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from Katip.current_session import CurrentSession
from Katip.pages.home import HomePage
from Katip.pages.main_menu import MainMenuPage
from Katip.patience import Patience
from Katip.portal import load_portal
from Katip.reading.labels import Label
from Katip.session import Session
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.serving import CorpusHandler

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

MODULE, ENTRY = Label(("Hizmet Alan İşyerleri Modülü",)), Label(("Sözleşmeler",))
PAGE = """<!doctype html><html lang="tr"><meta charset="utf-8"><title>İSG-KATİP</title>
<script>window.happened = []; const say = (what) => window.happened.push(what);</script><h1>HOŞGELDİNİZ</h1>
<ul><li><a href="#" onclick="say('home'); return false">Ana Sayfa</a>
<li><a href="#" id="module">Hizmet Alan İşyerleri Modülü</a><ul id="sub" hidden><li>
<a href="#" onclick="say('entry'); sub.hidden = true; return false">Sözleşmeler</a></ul>
<li><a href="#">Güvenli Çıkış</a></ul><p>3 adet Onay Bekleyen Sözleşmeniz Bulunuyor.</p>
<script>module.onclick = (event) => { event.preventDefault(); say('press'); }; OPENS</script>"""
TWICE = "module.ondblclick = () => { sub.hidden = false; };"
LATE = "module.addEventListener('click', async () => { await fetch('/pages/note.js?hold=1500'); sub.hidden = false; });"


@pytest.fixture
def home(eyes: Eyes, hand: Hand) -> HomePage:
    # Nothing here may be waited for until its time is over.
    portal = load_portal("v9", dict.fromkeys(("site_url", "edevlet_url", "katip_url"), hand.origin))
    portal = replace(portal, patience=Patience(opening=timedelta(minutes=5)))
    current = CurrentSession(Session.of(portal, eyes.reader.driver))
    return HomePage(current, MainMenuPage(current))


def shown(hand: Hand, eyes: Eyes, opens: str) -> None:
    CorpusHandler.made["menu.html"] = PAGE.replace("OPENS", opens)
    hand.browser.go_to(f"{hand.origin}/made/menu.html")
    eyes.forget()


def test_branch_that_opens_by_a_double_click_is_pressed_so_at_once_the_next_time(
    home: HomePage, hand: Hand, eyes: Eyes
) -> None:
    shown(hand, eyes, TWICE)
    home.press_entry(MODULE, ENTRY)
    assert hand.happened() == ["press", "press", "press", "entry"]
    home.press_entry(MODULE, ENTRY)
    assert hand.happened()[4:] == ["press", "press", "entry"]


def test_menu_that_is_loaded_is_waited_for(home: HomePage, hand: Hand, eyes: Eyes) -> None:
    shown(hand, eyes, LATE)
    home.press_entry(MODULE, ENTRY)
    assert hand.happened() == ["press", "entry"]


def test_home_entry_that_asks_the_portal_for_nothing_is_given_up(home: HomePage, hand: Hand, eyes: Eyes) -> None:
    shown(hand, eyes, "")
    assert home.press_home() is False
    assert hand.happened() == ["home"]
