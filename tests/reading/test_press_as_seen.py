"""A control is pressed only while it reads as it was seen, nothing is drawn over it, and what was checked beside it has stayed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from Katip.errors import KatipError, NotPressed, Vanished
from Katip.reading.labels import Kind
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.made_pages import opened, press

pytestmark = pytest.mark.browser

BUTTON = "<button id=k class=k style='width:160px;height:40px' onclick=\"say('save')\">Kayıt</button>"
TWO = BUTTON.replace("Kayıt", "<span class=one>Kayıt</span><span class=two>İptal</span>")
PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='60' height='20'%3E%3Crect width='60' height='20'/%3E%3C/svg%3E"
HELD = "<div class=w style='position:relative;width:160px;height:40px'>{}</div>"
OVER = "position:absolute;left:0;top:0;width:160px;height:40px;background:#fff;pointer-events:none;border:0"
UNDER_THE_POINTER = {
    "other words": "<style>.k .two, .k:hover .one {display:none} .k:hover .two {display:inline}</style>" + TWO,
    "one more word": "<style>.k:hover::after {content:' iptal'}</style>" + BUTTON,
    "words of a style in its place": "<style>.k:hover {color:transparent} .k:hover::after {content:'Sil';color:#000}</style>"
    + BUTTON,
    "one more word while it is down": "<style>.k:active::after {content:' iptal'}</style>" + BUTTON,
    "something drawn over it": f"<style>.c {{display:none}} .w:hover .c {{display:block}}</style>{HELD.format(f'{BUTTON}<div class=c style={chr(34)}{OVER}{chr(34)}>Sil</div>')}",
}
DRAWN_OVER = {
    "words": HELD.format(f"{BUTTON}<div style='{OVER}'>Sözleşme İptal</div>"),
    "frame": HELD.format(f"{BUTTON}<iframe style='{OVER}' srcdoc='Sözleşme İptal'></iframe>"),
    "picture": HELD.format(f'{BUTTON}<img style="{OVER}" src="{PICTURE}">'),
    "words of a style": f"<style>.w::after {{content:'Sözleşme İptal';{OVER}}}</style>{HELD.format(BUTTON)}",
    "popover": f"{BUTTON}<div popover=manual id=p style='{OVER};margin:0;width:300px'>Sözleşme İptal</div><script>p.showPopover()</script>",
}


@pytest.mark.parametrize("page", UNDER_THE_POINTER)
def test_control_that_reads_otherwise_under_the_pointer_is_not_pressed(page: str, eyes: Eyes, hand: Hand) -> None:
    opened("seen", UNDER_THE_POINTER[page], eyes, hand)
    with pytest.raises(NotPressed):
        press(eyes, "Kayıt", patience=1, strict=True)
    assert hand.happened() == []


@pytest.mark.parametrize("page", DRAWN_OVER)
def test_control_under_something_that_lets_the_pointer_through_is_not_pressed(
    page: str, eyes: Eyes, hand: Hand
) -> None:
    opened("seen", DRAWN_OVER[page], eyes, hand)
    with pytest.raises(NotPressed):
        press(eyes, "Kayıt", patience=1, strict=True)
    assert hand.happened() == []


FREE = {
    "frame drawn around it": HELD.format(
        f"{BUTTON}<div style='position:absolute;inset:0;pointer-events:none;border:2px solid'></div>"
    ),
    "pale picture over the page": f'{BUTTON}<div style="position:fixed;inset:0;z-index:9;pointer-events:none;opacity:.2;background-image:url(&quot;{PICTURE}&quot;)"></div>',
    "layer in it": BUTTON.replace("Kayıt", "Kayıt<span style='position:absolute;inset:0;pointer-events:none'></span>"),
    "other colours under the pointer": f"<style>.k:hover {{background:#135;color:#fff}}</style>{BUTTON}",
    "sign under the pointer": f"<style>.k:hover::after {{content:'\\25b8'}}</style>{BUTTON}",
    "in a shadow root": f"<div id=h></div><script>h.attachShadow({{mode:'open'}}).innerHTML = `{BUTTON}`</script>",
}


CHANGES = {
    "its text": "k.firstChild.nodeValue = 'Sözleşme İptal'",
    "its contents": "k.innerHTML = '<b>Sözleşme İptal</b>'",
    "a text beside its own": "k.append(' iptal')",
    "a style's words": "k.classList.add('z')",
    "a text that nobody sees any more": "k.style.color = 'transparent'",
}


@pytest.mark.parametrize("change", CHANGES)
def test_control_that_has_changed_since_the_look_is_not_pressed(change: str, eyes: Eyes, hand: Hand) -> None:
    opened("seen", f"<style>.z::after {{content:' iptal'}}</style>{BUTTON}", eyes, hand)
    control = eyes.reader.find("Kayıt", Kind.BUTTON)
    hand.script(f"() => {{ {CHANGES[change]} }}")
    with pytest.raises((NotPressed, Vanished)):
        eyes.reader.driver.click(control.node, timedelta(seconds=0.5), owner=control.owner, strict=True)
    assert hand.happened() == []


WORDS = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='100' height='20'%3E%3Ctext y='14'%3ESil%3C/text%3E%3C/svg%3E"
NAMED = BUTTON.replace("<button", "<button aria-label=Kayıt").replace("Kayıt</button>", "{}</button>")
CLOSED = "<script>h.attachShadow({mode:'closed'}).innerHTML = 'Sözleşme İptal'</script>"
UNSAID = {
    "name of other words": NAMED.format("Sözleşme İptal"),
    "name of a picture with room for words": NAMED.format(f'<img alt="" src="{WORDS}">'),
    "name of a drawing with room for words": NAMED.format("<canvas width=100 height=20></canvas>"),
    "name of a ground with words": NAMED.format("").replace(
        "style='", f"style='background:url(&quot;{WORDS.replace(chr(39), '%27')}&quot;);"
    ),
    "name of nothing that is seen": NAMED.format(""),
    "value that is moved away": "<input type=button value=Kayıt style='width:160px;height:40px;text-indent:-999px' onclick=\"say('save')\">",
    "value of no colour": "<input type=button value=Kayıt style='width:160px;height:40px;color:transparent' onclick=\"say('save')\">",
    "closed part": f"<div id=h role=button tabindex=0 aria-label=Kayıt style='width:160px;height:40px' onclick=\"say('save')\"></div>{CLOSED}",
    "words in place of which a closed part is seen": f"<div id=h role=button tabindex=0 style='width:160px;height:40px' onclick=\"say('save')\">Kayıt</div>{CLOSED}",
    "words that are mixed with their ground": BUTTON.replace("style='", "style='mix-blend-mode:screen;"),
    "words of which only some are seen": BUTTON.replace(">Kayıt", "><style>.k::first-letter{font-size:0}</style>Kayıt"),
}


@pytest.mark.parametrize("page", UNSAID)
def test_control_whose_words_nobody_sees_is_not_pressed(page: str, eyes: Eyes, hand: Hand) -> None:
    opened("seen", UNSAID[page], eyes, hand)
    with pytest.raises(KatipError):
        press(eyes, "Kayıt", patience=1, strict=True)
    assert hand.happened() == []


SAID = {
    "sign": NAMED.format("<svg width=20 height=20><path d='M0 0H20V20H0Z'/></svg>"),
    "small picture": f'<img alt=Kayıt src="{PICTURE}" style="width:24px;height:24px;cursor:pointer" onclick="say(\'save\')">',
    "words of a picture": BUTTON.replace(">Kayıt", f'><img alt=Kayıt src="{WORDS}">'),
    "words of a picture that is the control": f"<input type=image alt=Kayıt src=\"{WORDS}\" style='width:160px;height:40px' onclick=\"say('save')\">",
    "glyph of a font": NAMED.format("<i style='font-family:Material Icons'>check</i>"),
    "value": "<input type=button value=Kayıt style='width:160px;height:40px;background:#135;color:#fff' onclick=\"say('save')\">",
    "words beside a sign": BUTTON.replace(">Kayıt", f'><img alt="" width=16 height=16 src="{PICTURE}"> Kayıt'),
}


@pytest.mark.parametrize("page", [*FREE.values(), *SAID.values()], ids=[*FREE, *SAID])
def test_control_that_reads_as_it_was_seen_is_pressed_once(page: str, eyes: Eyes, hand: Hand) -> None:
    opened("seen", page, eyes, hand)
    press(eyes, "Kayıt", strict=True)
    assert hand.happened() == ["save"]


GOES = {
    "gone": "k.remove()",
    "dark": "k.disabled = true",
}


@pytest.mark.parametrize("change", GOES)
def test_press_that_did_not_begin_is_known_as_such(change: str, eyes: Eyes, hand: Hand) -> None:
    opened("seen", BUTTON, eyes, hand)
    control = eyes.reader.find("Kayıt", Kind.BUTTON)
    hand.script(f"() => {{ {GOES[change]} }}")
    with pytest.raises(KatipError) as caught:
        eyes.reader.driver.click(control.node, timedelta(seconds=0.5), owner=control.owner, strict=True)
    assert caught.value.before_press
    assert hand.happened() == []


ROW = "<table><tr><td><span id=n>AYŞE DENEME</span><td><input id=f value=600><td><button onclick=\"say('save')\">Onayla</button></table>"
BESIDE = {
    "another name": "n.firstChild.nodeValue = 'BURAK DENEME'",
    "another element": "n.innerHTML = 'AYŞE DENEME'",
    "another value": "f.value = 60",
}


@pytest.mark.parametrize("change", [*BESIDE, "when the pointer comes"])
def test_row_or_form_that_has_changed_since_the_look_is_not_approved(change: str, eyes: Eyes, hand: Hand) -> None:
    opened("seen", ROW, eyes, hand)
    snapshot = eyes.reader.look()
    control = eyes.reader.find("Onayla", Kind.BUTTON)
    beside = [piece.node for piece in snapshot.pieces if piece.text in ("AYŞE DENEME", "600")]
    assert len(beside) == 2
    changing = BESIDE.get(change, f"onmousemove = () => {{ {BESIDE['another value']} }}")
    hand.script(f"() => {{ {changing} }}")
    with pytest.raises(NotPressed):
        eyes.reader.driver.click(control.node, timedelta(seconds=0.5), owner=control.owner, strict=True, kept=beside)
    assert hand.happened() == []


FIELD = "<div style='position:relative;width:200px'>Adı Soyadı <input value='AYŞE DENEME' style='width:190px'>{}</div>"
ON_FIELD = "position:absolute;top:22px;height:16px;pointer-events:none"
KEPT = {
    "sign at its end": f"<svg style='{ON_FIELD};right:12px;width:16px'><rect width=16 height=16 /></svg>",
    "frame around it": f"<div style='{ON_FIELD};inset:16px 0 0;border:1px solid'></div>",
}
VEILED = {
    "another name over it": f"<div style='{ON_FIELD};left:2px;width:180px;background:#fff'>BURAK DENEME</div>",
    "a ground over it": f"<div style='{ON_FIELD};left:2px;width:180px;background:#fff'></div>",
    "colours of its ground": "<style>input{mix-blend-mode:screen}</style>",
}


def approved(more: str, eyes: Eyes, hand: Hand) -> list[str]:
    """Press "Kayıt" beside a field that must still read as it was seen."""
    opened("seen", FIELD.format(more) + BUTTON, eyes, hand)
    snapshot = eyes.reader.look()
    control = eyes.reader.find("Kayıt", Kind.BUTTON)
    field = next(piece.node for piece in snapshot.pieces if piece.is_value)
    eyes.reader.driver.click(control.node, timedelta(seconds=0.5), owner=control.owner, strict=True, kept=[field])
    return hand.happened()


@pytest.mark.parametrize("more", KEPT)
def test_form_whose_field_is_seen_is_approved(more: str, eyes: Eyes, hand: Hand) -> None:
    assert approved(KEPT[more], eyes, hand) == ["save"]


@pytest.mark.parametrize("more", VEILED)
def test_form_whose_field_is_not_seen_as_it_reads_is_not_approved(more: str, eyes: Eyes, hand: Hand) -> None:
    with pytest.raises(NotPressed):
        approved(VEILED[more], eyes, hand)
    assert hand.happened() == []
