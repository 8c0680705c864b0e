"""What would take a click instead of the control that is meant: nothing is pressed then, whatever it looks like and whenever it comes."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from Katip.errors import KatipError, NotPressed, SentElsewhere
from Katip.reading.labels import Kind
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand, until
from tests.reading.made_pages import PAGE, SAVE, opened, press
from tests.reading.serving import CorpusHandler

pytestmark = pytest.mark.browser


OVERLAYS = {
    "transparent button": f"<div class=box>{SAVE}<button class=over onclick=\"say('cancel')\">Sözleşme İptal</button></div>",
    "nameless button": f"<div class=box>{SAVE}<button class=over onclick=\"say('cancel')\"></button></div>",
    "small link over the middle": f"<div class=box>{SAVE}<a class=over href=\"javascript:say('cancel')\" style='left:55px;top:15px;width:14px;height:14px'>x</a></div>",
    "layer that a script listens to": f"<div class=box>{SAVE}<div class=over id=o></div></div><script>o.addEventListener('click', () => say('cancel'))</script>",
    "layer of a role": f"<div class=box>{SAVE}<span class=over role=button aria-label='Sözleşme İptal' onclick=\"say('cancel')\"></span></div>",
    "button inside the button": "<div class=box><div role=button style='width:120px;height:40px' onclick=\"say('save')\">Kayıt<span class=over role=button aria-label='Sözleşme İptal' onclick=\"event.stopPropagation();say('cancel')\"></span></div></div>",
    "label of another field": f'<div class=box>{SAVE}<label class=over for=c>&nbsp;</label><input type=checkbox id=c style="position:absolute;left:300px" onclick="say(\'cancel\')"></div>',
    "shadow root": f"<div class=box>{SAVE}<div class=over id=h></div></div><script>h.attachShadow({{mode:'open'}}).innerHTML = '<button style=\"width:120px;height:40px\">Sözleşme İptal</button>'; h.shadowRoot.firstChild.onclick = () => say('cancel')</script>",
    "unseen words in the button": "<div class=box><div role=button tabindex=0 style='width:120px;height:40px' onclick=\"say('save')\">Kayıt<i class=over id=o>Sözleşme İptal</i></div></div><script>o.onclick = (event) => {{ event.stopPropagation(); say('cancel') }}</script>",
    "frame": f"<div class=box>{SAVE}<iframe class=over srcdoc=\"<body style='margin:0' onclick='parent.say(1)'><button style='width:120px;height:40px'>Sözleşme İptal</button>\"></iframe></div>",
    "comes when the pointer does": f"<div class=box id=b>{SAVE}</div><script>b.addEventListener('mousemove', () => {{ if (!b.children[1]) b.insertAdjacentHTML('beforeend', '<button class=over onclick=\"say(1)\">Sözleşme İptal</button>') }})</script>",
    "comes with each frame drawn": f"<div class=box id=b>{SAVE}</div><script>let n = 0; const go = () => {{ if (n++ % 2) b.children[1]?.remove(); else b.insertAdjacentHTML('beforeend', '<button class=over onclick=\"say(1)\">Sözleşme İptal</button>'); }}; window.addEventListener('mousemove', go)</script>",
}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_another_control_would_take_is_not_pressed(overlay: str, eyes: Eyes, hand: Hand) -> None:
    opened("overlay", OVERLAYS[overlay], eyes, hand)
    with pytest.raises(KatipError) as caught:
        press(eyes, "Kayıt", patience=2, strict=True)  # the overlay never goes away
    assert isinstance(caught.value, NotPressed), caught.value
    assert hand.happened() == []


def test_control_that_becomes_another_under_the_pointer_gets_no_click(eyes: Eyes, hand: Hand) -> None:
    becomes = "b.firstElementChild.onclick = () => say('cancel'); b.firstElementChild.textContent = 'Sözleşme İptal'"
    body = (
        f"<div class=box id=b>{SAVE}</div><script>b.addEventListener('pointerdown', () => {{{{ {becomes} }}}})</script>"
    )
    opened("becomes", body, eyes, hand)
    with suppress(KatipError):
        press(eyes, "Kayıt", strict=True)
    assert hand.happened() == []


ROW = "<div style='height:30px;width:200px' class=row><span style='width:16px;display:inline-block;pointer-events:none'></span><span style='pointer-events:none'>{name}</span></div>"
LISTENS = "<script>m.addEventListener('click', (event) => say(event.target.closest('.row')?.innerText.trim()))</script>"


def test_words_that_let_the_pointer_through_to_their_own_row_are_pressed(eyes: Eyes, hand: Hand) -> None:
    opened(
        "through",
        f"<div id=m>{ROW.format(name='Ana Sayfa')}{ROW.format(name='Güvenli Çıkış')}</div>{LISTENS}",
        eyes,
        hand,
    )
    press(eyes, "Güvenli Çıkış", strict=True)
    assert hand.happened() == ["Güvenli Çıkış"]


def test_words_that_take_no_pointer_beside_others_are_not_pressed(eyes: Eyes, hand: Hand) -> None:
    dark = (
        "<div id=m class=row style='height:30px'><span>Yeni</span> <span style='pointer-events:none'>Kayıt</span></div>"
    )
    opened("dark", dark + LISTENS, eyes, hand)
    with pytest.raises(KatipError):
        press(eyes, "Kayıt", patience=2, strict=True)
    assert hand.happened() == []


FREE = {
    "plain": f"<div class=box>{SAVE}</div>",
    "icon of its own": "<div class=box><button style='width:120px;height:40px' onclick=\"say('save')\">Kayıt<i class=over></i></button></div>",
    "button in a button of old": "<table class=box role=button onclick=\"say('save')\"><tr><td><em><button style='width:120px;height:40px'>Kayıt</button></em></td></tr></table>",
    "layer that lets through": f"<div class=box>{SAVE}<button class=over style='pointer-events:none'>Sözleşme İptal</button></div>",
    "words in a span": "<div class=box><a href='#' style='display:block;width:120px;height:40px' onclick=\"say('save')\"><span style='pointer-events:none'>Kayıt</span></a></div>",
    "mask that goes away": f"<div class=box>{SAVE}<div class=over id=m></div></div><script>setTimeout(() => m.remove(), 400)</script>",
    "under the fold": f"<div style='height:3000px'></div><div class=box>{SAVE}</div>",
    "moves at first": f"<div class=box id=b>{SAVE}</div><script>let x = 0; const t = setInterval(() => {{ b.style.left = `${{(x += 9)}}px`; if (x > 200) clearInterval(t) }}, 16)</script>",
    "in a frame": "<iframe style='width:400px;height:200px' srcdoc=\"<button onclick=&quot;parent.say('save')&quot;>Kayıt</button>\"></iframe>",
    "drawn again under the pointer": f"<div class=box id=b>{SAVE}</div><script>b.addEventListener('mousedown', () => {{ b.insertAdjacentHTML('beforeend', '<i></i>') }})</script>",
}


@pytest.mark.parametrize("page", FREE)
def test_what_nothing_else_takes_is_pressed_once(page: str, eyes: Eyes, hand: Hand) -> None:
    opened("free", FREE[page], eyes, hand)
    eyes.reader.settled()
    press(eyes, "Kayıt", strict=True)
    assert hand.happened() == ["save"]


FORM = """<form method=post action="{action}" onsubmit="say('sent'); return {sends}"><input aria-label="T.C. Kimlik No" name=number><input type=password aria-label="e-Devlet Şifresi" name=word>
<button style="width:160px;height:40px" {button}>Sisteme Giriş Yap</button></form>{more}"""


def typed_and_pressed(eyes: Eyes, hand: Hand) -> None:
    driver = eyes.reader.driver
    only = {hand.origin}
    typed = []
    for label in ("T.C. Kimlik No", "e-Devlet Şifresi"):
        snapshot = eyes.reader.look()
        node = next(node for node in snapshot.nodes if node.raw.get("a") == label)
        driver.fill(node, timedelta(seconds=10), only=only, value="geheim")
        typed.append(node)
    hand.script("() => window.afterTyping && window.afterTyping()")
    control = eyes.reader.wait_for("Sisteme Giriş Yap", Kind.BUTTON)
    driver.click(control.node, timedelta(seconds=5), owner=control.owner, strict=True, only=only, typed=typed)


ELSEWHERE = "http://127.0.0.1:{port}/made/taken"
FORMS = {
    "action": {"action": ELSEWHERE},
    "scheme": {"action": "https://127.0.0.1/x"},
    "script": {"action": "javascript:say(1)"},
    "formaction": {"button": f'formaction="{ELSEWHERE}"'},
    "base": {"action": "taken", "more": f'<base href="{ELSEWHERE}">'},
    "field named action": {
        "action": ELSEWHERE,
        "more": "<script>document.forms[0].insertAdjacentHTML('beforeend', '<input type=hidden name=action value=x>')</script>",
    },
    "form attribute": {"button": 'form="other"', "more": f'<form id=other method=post action="{ELSEWHERE}"></form>'},
    "action swapped after typing": {
        "more": f"<script>afterTyping = () => document.forms[0].setAttribute('action', '{ELSEWHERE}')</script>"
    },
    "formaction set when it gets the focus": {"button": f"onfocus=\"this.setAttribute('formaction', '{ELSEWHERE}')\""},
    "formaction set when the mouse goes down": {
        "button": f"onmousedown=\"this.setAttribute('formaction', '{ELSEWHERE}')\""
    },
    "action set at the click": {"button": f"onclick=\"this.form.action = '{ELSEWHERE}'\""},
}


@pytest.mark.parametrize("form", FORMS)
def test_secret_is_not_sent_to_another_origin(form: str, eyes: Eyes, hand: Hand) -> None:
    parts = {"action": "", "button": "", "more": "", "sends": "true"} | FORMS[form]
    body = FORM
    for name, value in parts.items():
        body = body.replace(f"{{{name}}}", value.replace("{port}", hand.other_port))
    CorpusHandler.received.clear()
    opened("signin", body, eyes, hand)
    with pytest.raises(SentElsewhere):
        typed_and_pressed(eyes, hand)
    hand.script("() => new Promise((resolve) => setTimeout(resolve, 100))")
    assert not any("geheim" in body for body in CorpusHandler.received)


def test_form_sent_by_a_script_takes_nothing_along_to_another_origin(eyes: Eyes, hand: Hand) -> None:
    away = ELSEWHERE.replace("{port}", hand.other_port)
    body = FORM.replace("{action}", "").replace("{sends}", "false").replace("{more}", "")
    body = body.replace("{button}", f"type=button onclick=\"this.form.action = '{away}'; this.form.submit()\"")
    CorpusHandler.received.clear()
    opened("script", body, eyes, hand)
    with suppress(KatipError):
        typed_and_pressed(eyes, hand)
    assert until(lambda: CorpusHandler.received)
    assert not any("geheim" in body for body in CorpusHandler.received)


@pytest.mark.parametrize(
    "swap",
    [
        "document.body.innerHTML = document.body.innerHTML",
        "location.replace('/made/signin2.html')",
        "document.querySelectorAll('input').forEach((one) => { one.value = '' })",
    ],
    ids=["drawn anew", "another document", "emptied"],
)
def test_page_that_is_swapped_between_typing_and_pressing_is_not_pressed(swap: str, eyes: Eyes, hand: Hand) -> None:
    body = (
        FORM.replace("{action}", "")
        .replace("{sends}", "false")
        .replace("{button}", "")
        .replace("{more}", f"<script>afterTyping = () => {{ {swap} }}</script>")
    )
    CorpusHandler.made["signin2.html"] = PAGE.replace("{{", "{").replace("}}", "}").replace("{body}", body)
    opened("signin", body, eyes, hand)
    with pytest.raises(KatipError) as caught:
        typed_and_pressed(eyes, hand)
    assert caught.value.code in ("KTP-116", "KTP-117", "KTP-118")
    assert hand.happened() == []


def test_secret_is_sent_to_the_allowed_origin(eyes: Eyes, hand: Hand) -> None:
    body = (
        FORM.replace("{action}", "/made/own").replace("{sends}", "true").replace("{button}", "").replace("{more}", "")
    )
    CorpusHandler.received.clear()
    opened("signin", body, eyes, hand)
    typed_and_pressed(eyes, hand)
    eyes.reader.until(lambda _: True if CorpusHandler.received else None, "Sending", "the form", timedelta(seconds=5))
    assert any("geheim" in sent for sent in CorpusHandler.received)


GETS = {
    "method": {"method": "get"},
    "no method": {"method": ""},
    "formmethod": {"button": "formmethod=get"},
    "method set at the click": {"button": "onclick=\"this.form.method = 'get'\""},
    "submit that does not reach the window": {
        "method": "get",
        "more": "<script>document.forms[0].addEventListener('submit', (event) => event.stopPropagation())</script>",
    },
}


def form_of(parts: dict[str, str]) -> str:
    body = FORM.replace("method=post", "method={method}")
    for name, value in ({"method": "post", "action": "", "button": "", "more": "", "sends": "true"} | parts).items():
        body = body.replace(f"{{{name}}}", value)
    return body.replace("method= ", "")


@pytest.mark.parametrize("form", GETS)
def test_secret_never_becomes_part_of_an_address(form: str, eyes: Eyes, hand: Hand) -> None:
    opened("signin", form_of(GETS[form]), eyes, hand)
    with suppress(SentElsewhere):
        typed_and_pressed(eyes, hand)
    hand.browser.get_url()
    eyes.reader.settled()
    assert "geheim" not in str(hand.browser.get_url())


def test_form_without_a_method_that_a_script_sends_is_sent(eyes: Eyes, hand: Hand) -> None:
    sends = "event.preventDefault(); fetch('/made/own', {method: 'POST', body: new URLSearchParams(new FormData(event.target))})"
    more = f"<script>document.forms[0].addEventListener('submit', (event) => {{ {sends} }})</script>"
    CorpusHandler.received.clear()
    opened("signin", form_of({"method": "", "more": more}), eyes, hand)
    typed_and_pressed(eyes, hand)
    assert until(lambda: any("geheim" in sent for sent in CorpusHandler.received))
