"""Text is read as it is drawn: what nobody can see is no text, what only a style draws is, and letters are read in the order in which they are drawn."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from Katip.errors import GridUnreadable, KatipError
from Katip.portal import load_portal
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.drawn_table import APPROVED, PENDING, read, status_of, table
from tests.reading.made_pages import opened, press

pytestmark = pytest.mark.browser


UNSEEN = {
    "transparent": "<i style='color:transparent'>{}</i>",
    "nearly transparent": "<i style='color:rgba(0,0,0,.01)'>{}</i>",
    "colour of the page": "<i style='color:#fff'>{}</i>",
    "nearly the colour of the page": "<i style='color:#fbfcfb'>{}</i>",
    "colour of its ground": "<div style='background:#123;color:#123'>{}</div>",
    "filled transparent": "<i style='-webkit-text-fill-color:transparent'>{}</i>",
    "one pixel high": "<i style='font-size:1px'>{}</i>",
    "scaled down": "<i style='transform:scale(.1)'>{}</i>",
    "back of a card": "<i style='transform:rotateY(180deg);backface-visibility:hidden'>{}</i>",
    "back of a card in a turned one": "<i style='transform:rotateY(180deg);transform-style:preserve-3d'><i style='backface-visibility:hidden'>{}</i></i>",
    "back of a card, turned by rotate": "<i style='rotate:y 180deg;backface-visibility:hidden'>{}</i>",
    "masked": "<i style='mask-image:linear-gradient(transparent,transparent)'>{}</i>",
    "blurred": "<i style='filter:blur(20px)'>{}</i>",
    "clipped to a path": "<i style=\"clip-path:path('M0 0')\">{}</i>",
    "clipped to an empty shape": "<svg width=0 height=0 style='position:absolute'><clipPath id=c><rect width=0 height=0 /></clipPath></svg><i style='clip-path:url(#c)'>{}</i>",
    "clipped by a sum": "<i style='clip-path:inset(calc(50% + 1px))'>{}</i>",
    "clipped to a circle elsewhere": "<i style='clip-path:circle(2px at -50px -50px)'>{}</i>",
    "hardly opaque": "<i style='opacity:.03'>{}</i>",
    "hardly opaque in two steps": "<i style='opacity:.2'><i style='opacity:.2'>{}</i></i>",
}


@pytest.mark.parametrize("way", UNSEEN)
def test_text_that_nobody_sees_is_no_status(way: str, eyes: Eyes, hand: Hand) -> None:
    assert status_of(UNSEEN[way].replace("{}", APPROVED), eyes, hand) == ""
    assert status_of(PENDING + UNSEEN[way].replace("{}", " x"), eyes, hand) == PENDING


SEEN = {
    "white on dark": "<div style='background:#123;color:#fff'>{}</div>",
    "white on a dark element behind": "<div style='position:relative;height:20px'><i style='position:absolute;inset:0;background:#123'></i><i style='position:absolute;left:0;color:#fff'>{}</i></div>",
    "white on a picture": "<div style='background:linear-gradient(#123,#234);color:#fff'>{}</div>",
    "drawn by its ground": "<div style='background:linear-gradient(#123,#234);-webkit-background-clip:text;color:transparent'>{}</div>",
    "drawn by its shadow": "<i style='color:transparent;text-shadow:0 0 0 #000'>{}</i>",
    "pale": "<i style='color:rgba(0,0,0,.25)'>{}</i>",
    "fading out at its edge": "<i style='mask-image:linear-gradient(to right,#000 80%,transparent)'>{}</i>",
    "slightly blurred": "<i style='filter:blur(.5px)'>{}</i>",
    "front of a card": "<i style='transform:rotateY(0deg) translateZ(1px);backface-visibility:hidden'>{}</i>",
    "front of a card that is turned twice": "<i style='transform:rotateY(180deg);transform-style:preserve-3d'><i style='transform:rotateY(180deg);backface-visibility:hidden'>{}</i></i>",
    "shaped": "<i style=\"clip-path:path('M0 0H200V40H0Z')\">{}</i>",
    "scaled up": "<i style='transform:scale(1.3)'>{}</i>",
    "in a right-to-left cell": "<div dir=rtl>{}</div>",
    "underlined": "<u>{}</u>",
    "block in a struck line": "<s><i>{}</i></s>",
    "sign before it": "<style>b::before{content:'● '}</style><b>{}</b>",
    "icon before it": "<style>b::before{content:'check';font-family:'Material Icons'}</style><b>{}</b>",
    "hint that is not shown": "<style>b::after{content:'Açıklama';opacity:0}</style><b>{}</b>",
    "words of a style that are not drawn": "<style>b::after{content:'Açıklama';display:none}</style><b>{}</b>",
    "picture of letters": "<svg width=120 height=20><text y=14>{}</text></svg>",
}


@pytest.mark.parametrize("way", SEEN)
def test_text_that_is_seen_is_read(way: str, eyes: Eyes, hand: Hand) -> None:
    assert status_of(SEEN[way].replace("{}", APPROVED), eyes, hand) == APPROVED


OTHER = {
    "word after it": "<style>b::after{content:' değil'}</style><b>Onaylandı</b>",
    "word before it": "<style>b::before{content:'Henüz '}</style><b>Onaylandı</b>",
    "word from an attribute": "<style>b::after{content:' ' attr(data-more)}</style><b data-more=değil>Onaylandı</b>",
    "word for the mark of an item": "<style>b{display:list-item;list-style:'Henüz ' inside}</style><b>Onaylandı</b>",
    "struck": "<s>Onaylandı</s>",
    "struck by a style around it": "<div style='text-decoration:line-through'><span>Onaylandı</span></div>",
    "struck letter by letter": "".join(f"{letter}\u0336" for letter in "Onaylandı"),
    "drawn from right to left": "<bdo dir=rtl>Onaylandı</bdo>",
    "drawn from right to left by a sign": "\u202eOnaylandı\u202c",
    "dots for letters": "<i style='-webkit-text-security:disc'>Onaylandı</i>",
}


TURNED = {
    "mirrored": "<i style='transform:scaleX(-1)'>Onaylandı</i>",
    "mirrored by scale": "<i style='scale:-1 1'>Onaylandı</i>",
    "upside down": "<i style='transform:rotate(180deg)'>Onaylandı</i>",
}


@pytest.mark.parametrize("way", TURNED)
def test_status_that_is_turned_is_an_error(way: str, eyes: Eyes, hand: Hand) -> None:
    with pytest.raises(GridUnreadable):
        status_of(TURNED[way], eyes, hand)


@pytest.mark.parametrize("way", OTHER)
def test_status_that_reads_otherwise_is_not_an_approval(way: str, eyes: Eyes, hand: Hand) -> None:
    told = status_of(OTHER[way], eyes, hand)
    words = load_portal("v9").wording.words
    assert told
    assert words.key(told) != words.key(APPROVED)


def test_letters_are_read_as_they_are_drawn(eyes: Eyes, hand: Hand) -> None:
    assert status_of("<bdo dir=rtl>royilkeB yanO</bdo>", eyes, hand) == PENDING


DRAWN_ROW = "<style>td[d]::before{content:attr(d)}</style>"
ROW = "<td d='CEM DENEME'><td d=Hekim><td d='Onay Bekliyor'>"


def test_rows_that_only_a_style_draws_are_read(eyes: Eyes, hand: Hand) -> None:
    more = f'{DRAWN_ROW}<script>rows.insertRow().innerHTML = "{ROW}"</script>'
    rows = read(table(("AYŞE DENEME", "Hekim", PENDING), more=more), eyes, hand)
    assert rows == [["AYŞE DENEME", "Hekim", PENDING], ["CEM DENEME", "Hekim", PENDING]]


def test_list_beside_the_body_is_read(eyes: Eyes, hand: Hand) -> None:
    more = "<script>onload = () => document.documentElement.append(t)</script>"
    assert read(table(("AYŞE DENEME", "Hekim", PENDING), more=more), eyes, hand) == [["AYŞE DENEME", "Hekim", PENDING]]


def test_rows_beside_the_body_are_not_left_out(eyes: Eyes, hand: Hand) -> None:
    more = "<script>onload = () => {{ const more = t.cloneNode(true); more.tHead.remove(); document.documentElement.append(more) }}</script>"
    with pytest.raises(KatipError):
        read(table(("AYŞE DENEME", "Hekim", PENDING), more=more), eyes, hand)


BUTTON = "<button style='width:160px;height:40px;{style}' class=k onclick=\"say('save')\">{words}</button>"
NOT_KAYIT = {
    "word after it": "<style>.k::after{content:' iptal'}</style>" + BUTTON,
    "word before it": "<style>.k::before{content:'Yeni '}</style>" + BUTTON,
    "word in it": "<style>.k span::after{content:' iptal'}</style>" + BUTTON.replace("{words}", "<span>Kayıt</span>"),
    "other words over it": "<style>.k::after{content:'Sil';color:#000}</style>"
    + BUTTON.replace("{style}", "color:transparent"),
    "a picture in place of its words": BUTTON.replace(
        "{style}", "color:transparent;background:linear-gradient(#f00,#00f)"
    ),
    "struck": BUTTON.replace("{words}", "<s>Kayıt</s>"),
    "struck itself": BUTTON.replace("{style}", "text-decoration:line-through"),
    "mirrored": BUTTON.replace("{style}", "transform:scaleX(-1)"),
    "drawn from right to left": BUTTON.replace("{words}", "<bdo dir=rtl>Kayıt</bdo>"),
    "picture with other letters": BUTTON.replace(
        "{words}", "<svg width=60 height=20><title>Kayıt</title><text y=14>Sil</text></svg>"
    ),
}


@pytest.mark.parametrize("way", NOT_KAYIT)
def test_control_that_reads_otherwise_is_not_pressed(way: str, eyes: Eyes, hand: Hand) -> None:
    opened("drawn", NOT_KAYIT[way].replace("{style}", "").replace("{words}", "Kayıt"), eyes, hand)
    with pytest.raises(KatipError):
        press(eyes, "Kayıt", patience=1, strict=True)
    assert hand.happened() == []
