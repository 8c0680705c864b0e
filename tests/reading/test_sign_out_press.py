"""The presses at a notice and at the sign-out: where anything else would take the press, nothing is pressed."""

# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from Katip.current_session import CurrentSession
from Katip.errors import ControlDisabled, LabelNotFound, NotPressed
from Katip.pages.home import HomePage
from Katip.pages.main_menu import MainMenuPage
from Katip.pages.sign_out import SignOut
from Katip.patience import Patience
from Katip.portal import load_portal
from Katip.session import Session
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.serving import CorpusHandler

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><meta charset="utf-8"><title>İSG-KATİP</title><style>.box { position:relative; width:140px; height:40px }
.box > * { position:absolute; left:0; top:0; width:140px; height:40px } .over { opacity:0 } .right { margin-left:700px }</style>
<script>window.happened = []; var say = (what) => window.happened.push(what);</script><h1>HOŞGELDİNİZ</h1>"""
OUT = "<button onclick=\"say('out'); document.body.innerHTML = 'Oturumunuz kapatılmıştır.'\">Güvenli Çıkış</button>"
FOLDED = (
    f'<button aria-haspopup=menu onclick="menu.hidden = false">Deneme Kullanıcı</button></div><div id=menu hidden>{OUT}'
)
ASKS = (
    "<button onclick=\"say('out'); asked.hidden = false\">Güvenli Çıkış</button></div>"
    "<div role=dialog id=asked hidden>Çıkmak istiyor musunuz? <div class=box><button onclick=\"say('yes')\">Evet</button>"
)
NOTICE = (
    "<div role=dialog>Onay işlemleri güncellenmiştir.<div class=box><button onclick=\"say('closed')\">Kapat</button>"
)
BUTTON = "<button class=over onclick=\"say('cancel')\">Sözleşme İptal</button>"
LAYER = "<span class=over id=layer></span><script>layer.addEventListener('click', () => say('cancel'))</script>"


@pytest.fixture
def current(eyes: Eyes, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> CurrentSession:
    portal = load_portal("v9", dict.fromkeys(("site_url", "edevlet_url", "katip_url"), hand.origin))
    short = timedelta(seconds=0.4)
    portal = replace(portal, patience=Patience(press=timedelta(seconds=0.5), part=short, lull=short))
    return CurrentSession(Session.of(portal, eyes.reader.driver))


def shown(hand: Hand, eyes: Eyes, body: str) -> None:
    CorpusHandler.made["out.html"] = f"{PAGE}{body}"
    hand.browser.go_to(f"{hand.origin}/made/out.html")
    eyes.forget()


@pytest.mark.parametrize("cover", [BUTTON, LAYER], ids=["button", "layer that a script listens to"])
@pytest.mark.parametrize("page", ["sign-out", "person's menu", "question", "notice"])
def test_what_lies_over_it_is_not_pressed(
    page: str, cover: str, hand: Hand, eyes: Eyes, current: CurrentSession
) -> None:
    parts = {"sign-out": OUT, "person's menu": FOLDED.replace("</div>", f"{cover}</div>"), "question": ASKS}
    body = NOTICE if page == "notice" else f"<div class='box right'>{parts[page]}"
    shown(hand, eyes, f"{body}{'' if page.startswith('person') else cover}</div>")
    with pytest.raises(LabelNotFound if page.startswith("person") else NotPressed):
        HomePage(current, MainMenuPage(current))._close_notice() if page == "notice" else SignOut(
            current
        )._press_sign_out()
    assert hand.happened() == (["out"] if page == "question" else [])


SIGN = "<a style='cursor:pointer' title='Güvenli Çıkış' onclick=\"say('out'); document.body.innerHTML = 'Oturumunuz kapatılmıştır.'\">⏻</a>"


@pytest.mark.parametrize("body", [OUT, FOLDED, SIGN], ids=["sign-out", "person's menu", "sign with a tooltip"])
def test_what_nothing_covers_is_pressed(body: str, hand: Hand, eyes: Eyes, current: CurrentSession) -> None:
    shown(hand, eyes, f"<div class='box right'>{body}</div>")
    SignOut(current)._press_sign_out()
    assert hand.happened() == ["out"]


ICONS = """<style>.head { margin-left:700px; display:flex; gap:8px } .head i { width:24px; height:24px; background:#ccc; cursor:pointer }
.tip { position:absolute; background:#333; color:#fff; padding:4px; pointer-events:none }</style><div class=head id=head></div><script>
for (const name of ['Bildirimler', 'Güvenli Çıkış', 'Yardım']) {
  const icon = head.appendChild(document.createElement('i'));
  let tip = null;
  icon.onmouseenter = () => { tip = document.body.appendChild(Object.assign(document.createElement('span'), { className: 'tip', textContent: name }));
    const box = icon.getBoundingClientRect(); tip.style.left = `${box.left}px`; tip.style.top = `${box.bottom + 4}px`; };
  icon.onmouseleave = () => tip.remove();
  icon.onclick = () => { say(name); if (name === 'Güvenli Çıkış') document.body.innerHTML = 'Oturumunuz kapatılmıştır.'; };
}</script>"""


def test_icon_that_only_its_tooltip_names(hand: Hand, eyes: Eyes, current: CurrentSession) -> None:
    shown(hand, eyes, ICONS)
    SignOut(current)._press_sign_out()
    assert hand.happened() == ["Güvenli Çıkış"]


@pytest.mark.parametrize("names", ["['Güvenli Çıkış', 'Güvenli Çıkış']", "['Bildirimler', 'Yardım']"])
def test_icons_that_are_not_surely_the_sign_out_are_not_pressed(
    names: str, hand: Hand, eyes: Eyes, current: CurrentSession
) -> None:
    shown(hand, eyes, ICONS.replace("['Bildirimler', 'Güvenli Çıkış', 'Yardım']", names))
    with pytest.raises((LabelNotFound, ControlDisabled)):
        SignOut(current)._press_sign_out()
    assert hand.happened() == []


ARROW = "<svg width=12 height=12 aria-hidden=true><path d='M1 3l5 6 5-6'/></svg>"
SLOTTED = f"<script>customElements.define('s-dugme', class extends HTMLElement {{ connectedCallback() {{ this.attachShadow({{ mode: 'open' }}).innerHTML = `<button style='width:200px;height:32px'><slot></slot>{ARROW}</button>`; }} }});</script>"
NAMED = """<style>button,s-dugme {{ display:inline-block; height:32px; margin:4px }}</style><div style="margin-left:640px"><button onclick="say('language')">TR</button>{button}</div><div id=menu hidden>{out}</div>"""


@pytest.mark.parametrize(
    "button",
    [
        f"<button onclick='menu.hidden = false'>NURGÜL İZCİ {ARROW}</button>",
        "<button onclick='menu.hidden = false'>NURGÜL İZCİ ▾</button>",
        f"<button aria-haspopup=menu onclick=\"say('row')\">⋯</button><button onclick='menu.hidden = false'>NURGÜL İZCİ {ARROW}</button>",
        f"<s-dugme onclick='menu.hidden = false'>NURGÜL İZCİ</s-dugme>{SLOTTED}",
    ],
    ids=["picture", "sign", "beside another menu", "words in a slot"],
)
def test_menu_under_a_name_with_an_arrow_beside_it_is_opened(
    button: str, hand: Hand, eyes: Eyes, current: CurrentSession
) -> None:
    shown(hand, eyes, NAMED.format(button=button, out=OUT))
    SignOut(current)._press_sign_out()
    assert [what for what in hand.happened() if what != "row"] == ["out"]
