"""What is read is compared with a picture of the window: whatever a page does to letters, what nobody reads there decides nothing."""

# ruff: noqa: E501

from __future__ import annotations

import base64
import io

import pytest
from fontTools.ttLib import TTFont

from Katip.errors import GridUnreadable, NotPressed
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.drawn_table import PENDING, read, status_of, table
from tests.reading.made_pages import opened, press

pytestmark = pytest.mark.browser

OVER = "position:absolute;inset:0;pointer-events:none"
CELL = "<div style='position:relative'>Onay Bekliyor{}</div>"
OPAQUE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='200' height='30'%3E%3Crect width='200' height='30'/%3E%3C/svg%3E"
WORDS = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='120' height='20'%3E%3Ctext y='15'%3EReddedildi%3C/text%3E%3C/svg%3E"
NOT_SEEN = {
    "stroke over its letters": "<i style='-webkit-text-stroke:9px #fff'>Onay Bekliyor</i>",
    "stroke of the ground's colour": "<i style='color:transparent;-webkit-text-stroke:1px #fff'>Onay Bekliyor</i>",
    "letters of a white ground": "<div style='background:linear-gradient(#fff,#fff);-webkit-background-clip:text;color:transparent'>Onay Bekliyor</div>",
    "white shadow": "<i style='color:transparent;text-shadow:0 0 0 #fff'>Onay Bekliyor</i>",
    "black on a black gradient": "<div style='background:linear-gradient(#000,#000);color:#000'>Onay Bekliyor</div>",
    "black on a black picture": f'<div style="background:url(&quot;{OPAQUE}&quot;);color:#000">Onay Bekliyor</div>',
    "black on a shadow": "<div style='box-shadow:inset 0 0 0 200px #000'>Onay Bekliyor</div>",
    "black on two dark layers": "<div style='background:rgba(0,0,0,.9)'><div style='background:rgba(0,0,0,.9)'>Onay Bekliyor</div></div>",
    "white in another colour space": "<i style='color:oklch(1 0 0)'>Onay Bekliyor</i>",
    "white in a wide colour space": "<i style='color:color(display-p3 1 1 1)'>Onay Bekliyor</i>",
    "black on black in another colour space": "<div style='background:oklab(0 0 0)'>Onay Bekliyor</div>",
    "blurred by what is over it": CELL.format(f"<div style='{OVER};backdrop-filter:blur(20px)'></div>"),
    "made bright by what is over it": CELL.format(f"<div style='{OVER};backdrop-filter:brightness(100)'></div>"),
    "under many pale layers": CELL.format(f"<div style='{OVER};background:rgba(255,255,255,.45)'></div>" * 8),
    "under a shadow within": CELL.format(f"<div style='{OVER};box-shadow:inset 0 0 0 100px #fff'></div>"),
    "under a gradient": CELL.format(f"<div style='{OVER};background:linear-gradient(#fff,#fff)'></div>"),
    "under an outline within": CELL.format(f"<div style='{OVER};outline:50px solid #fff;outline-offset:-50px'></div>"),
    "under a frame of a picture": CELL.format(f"<div style='{OVER};border:1px solid;border-image:linear-gradient(#fff,#fff) 1;border-image-outset:20px;border-image-width:40px'></div>"),
    "under the shadow of letters": CELL.format("<div style='position:absolute;left:900px;top:-20px;text-shadow:-900px 0 0 #fff,-850px 0 0 #fff;font-size:50px;pointer-events:none'>██████</div>"),
    "under the shadow of a filter": CELL.format("<div style='position:absolute;left:900px;top:-20px;width:200px;height:60px;background:#fff;filter:drop-shadow(-900px 0 0 #fff)'></div>"),
    "under a copied shape": CELL.format(f"<svg style='{OVER}' width=150 height=20><defs><rect id=r width=150 height=20 fill='#fff'/></defs><use href='#r'/></svg>"),
    "under a picture of a drawing": CELL.format(f'<svg style="{OVER}" width=150 height=20><image width=150 height=20 href="{OPAQUE}"/></svg>'),
    "under a reflection": CELL.format("<div style='position:absolute;top:-40px;left:0;width:200px;height:20px;background:#fff;-webkit-box-reflect:below 15px'></div>"),
    "under a gradient of a style": "<style>.q{position:relative}.q::after{content:'';position:absolute;inset:0;background:linear-gradient(#fff,#fff)}</style><div class=q>Onay Bekliyor</div>",
    "under a block of a style": "<style>.q::after{content:'';position:relative;display:block;height:20px;margin-top:-20px;background:#fff}</style><div class=q>Onay Bekliyor</div>",
    "half of it clipped": "<i style='clip-path:inset(0 50% 0 0)'>Onay Bekliyor</i>",
    "half of it masked": "<i style='mask-image:linear-gradient(to right,#000 40%,transparent 41%)'>Onay Bekliyor</i>",
    "its beginning cut off": "<div style='width:120px;overflow:hidden;text-indent:-20px'>Onay Bekliyor</div>",
    "most of its height cut off": "<div style='height:9px;overflow:hidden'>Onay Bekliyor</div>",
    "drawing without a colour": "<svg width=220 height=20><text y=14 fill='none'>Onay Bekliyor</text></svg>",
    "drawing in another order": "<svg width=220 height=20><text y=14 x='200 190 180 170 160 150 140 130 120 110 100 90 80'>Onay Bekliyor</text></svg>",
    "drawing with turned letters": "<svg width=220 height=20><text y=14 rotate='180'>Onay Bekliyor</text></svg>",
    "drawing that is only defined": "<svg width=220 height=20><defs><text y=14>Onay Bekliyor</text></defs></svg>",
    "closed details": "<details><summary></summary>Onay Bekliyor</details>",
    "sign of a broken word": "<div style=\"width:40px;min-width:0;hyphens:manual;hyphenate-character:'siz'\">Onay Bek&shy;liyor</div>",
    "slanted": "<i style='transform:skewX(85deg)'>Onay Bekliyor</i>",
    "turned away": "<i style='transform:perspective(100px) rotateY(89deg)'>Onay Bekliyor</i>",
    "mirrored": "<i style='transform:scaleX(-1)'>Onay Bekliyor</i>",
    "field with dots for letters": "<input style='-webkit-text-security:disc' value='Onay Bekliyor'>",
    "field of no colour": "<input style='color:transparent' value='Onay Bekliyor'>",
    "field of its ground's colour": "<input style='color:#fff' value='Onay Bekliyor'>",
    "field whose value is moved away": "<input style='text-indent:-900px' value='Onay Bekliyor'>",
    "field from right to left": "<input style='direction:rtl;unicode-bidi:bidi-override' value='Onay Bekliyor'>",
    "field with low letters": "<input style='font-size:1px' value='Onay Bekliyor'>",
    "field without room": "<input style='padding-left:300px;width:0' value='Onay Bekliyor'>",
    "field that is scrolled": "<input id=si style='width:60px' value='Onay Bekliyor'><script>si.scrollLeft=60</script>",
    "list of its ground's colour": "<select style='color:#fff'><option>Onay Bekliyor</select>",
    "list with a button of its own": "<style>select,::picker(select){appearance:base-select}</style><select><button>Reddedildi</button><option>Onay Bekliyor</select>",
    "picture with other words": f'<img alt="Onay Bekliyor" width=120 height=20 src="{WORDS}">',
    "picture as wide as a word": f'<img alt="Onay Bekliyor" width=40 height=20 src="{WORDS}">',
    "button of a picture": f'<input type=image alt="Onay Bekliyor" width=120 height=20 src="{WORDS}">',
    "named drawing": f'<svg role=img aria-label="Onay Bekliyor" width=120 height=20><image href="{WORDS}" width=120 height=20 /></svg>',
    "named drawing of shapes": "<svg width=120 height=20><title>Onay Bekliyor</title><path d='M0 0H90V9'/></svg>",
    "named ground": f'<span role=img aria-label="Onay Bekliyor" style="display:inline-block;width:120px;height:20px;background:url(&quot;{WORDS}&quot;)"></span>',
    "named canvas": "<canvas role=img aria-label='Onay Bekliyor' width=120 height=20></canvas>",
}  # fmt: skip


@pytest.mark.parametrize("way", NOT_SEEN)
def test_status_that_nobody_reads_is_an_error(way: str, eyes: Eyes, hand: Hand) -> None:
    with pytest.raises(GridUnreadable):
        status_of(NOT_SEEN[way], eyes, hand)


@pytest.mark.parametrize("picture", [f"url(&quot;{OPAQUE}&quot;)", "linear-gradient(#fff,#fff)"])
def test_list_under_a_picture_over_the_whole_page_is_an_error(picture: str, eyes: Eyes, hand: Hand) -> None:
    more = f'<div style="position:fixed;inset:0;pointer-events:none;background:{picture}"></div>'
    with pytest.raises(GridUnreadable):
        read(table(("AYŞE DENEME", "Hekim", PENDING), more=more), eyes, hand)


OTHER = {
    "label of an option": "<select><option label='Reddedildi'>Onay Bekliyor</select>",
    "mark of what a style draws": "<style>.q::before{content:'';display:list-item;list-style:'Henüz ' inside}</style><div class=q>Onay Bekliyor</div>",
}


@pytest.mark.parametrize("way", OTHER)
def test_words_that_are_seen_are_read(way: str, eyes: Eyes, hand: Hand) -> None:
    assert status_of(OTHER[way], eyes, hand) not in (PENDING, "")


SEEN = {
    "white on a gradient": "<div style='background:linear-gradient(#123,#456);color:#fff'>Onay Bekliyor</div>",
    "great letters": "<i style='text-transform:uppercase'>Onay Bekliyor</i>",
    "small capitals": "<i style='font-variant-caps:small-caps'>Onay Bekliyor</i>",
    "wide and slanted": "<i style='letter-spacing:2px;font-style:italic;font-weight:700'>Onay Bekliyor</i>",
    "half a pixel away": "<i style='position:relative;left:.5px;top:.5px'>Onay Bekliyor</i>",
    "scaled": "<i style='transform:scale(1.25)'>Onay Bekliyor</i>",
    "zoomed": "<i style='zoom:1.1'>Onay Bekliyor</i>",
    "in two lines": "<div style='width:60px'>Onay Bekliyor</div>",
    "broken in a word": "<div style='width:40px;word-break:break-all'>Onay Bekliyor</div>",
    "cut off with dots": "<div style='width:70px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis' title='Onay Bekliyor'>Onay Bekliyor</div>",
    "link": "<a href='#'>Onay Bekliyor</a>",
    "field": "<input readonly value='Onay Bekliyor'>",
    "field of colours": "<input readonly style='background:#135;color:#fff;text-align:right;padding:4px' value='Onay Bekliyor'>",
    "field that is disabled": "<input disabled value='Onay Bekliyor'>",
    "list": "<select><option>Onay Bekliyor<option>Onaylandı</select>",
    "area": "<textarea style='width:140px;height:20px'>Onay Bekliyor</textarea>",
    "drawing": "<svg width=220 height=20><text y=14>Onay Bekliyor</text></svg>",
}


@pytest.mark.parametrize("way", SEEN)
def test_status_that_is_seen_is_read(way: str, eyes: Eyes, hand: Hand) -> None:
    assert status_of(SEEN[way], eyes, hand) == PENDING


def font_of(pairs: list[str]) -> str:
    """Return the style of a font that draws the letters of each pair as each other."""
    font = TTFont("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    for letters in {id(part.cmap): part.cmap for part in font["cmap"].tables}.values():
        for one, other in (tuple(pair) for pair in pairs):
            letters[ord(one)], letters[ord(other)] = letters[ord(other)], letters[ord(one)]
    file = io.BytesIO()
    font.save(file)
    return f"<style>@font-face{{font-family:zz;src:url(data:font/ttf;base64,{base64.b64encode(file.getvalue()).decode()})}}</style>"


FONTS = {
    "letters": (["ab", "ek", "yr"], "<i style='font-family:zz'>Onay Bekliyor</i>"),
    "two letters": (["kn"], "<i style='font-family:zz,sans-serif'>Onay Bekliyor</i>"),
    "digits": (["14", "29"], "<i style='font-family:zz'>Onay Bekliyor 12</i>"),
    "letters of a field": (["ab", "ek"], "<input style='font-family:zz' value='Onay Bekliyor'>"),
}


@pytest.mark.parametrize("way", FONTS)
def test_font_that_draws_other_letters_is_an_error(way: str, eyes: Eyes, hand: Hand) -> None:
    pairs, cell = FONTS[way]
    with pytest.raises(GridUnreadable, match="font"):
        status_of(font_of(pairs) + cell, eyes, hand)


def test_font_of_a_page_that_draws_its_letters_is_read(eyes: Eyes, hand: Hand) -> None:
    assert status_of(font_of([]) + "<i style='font-family:zz'>Onay Bekliyor</i>", eyes, hand) == PENDING


BUTTON = "<div style='position:relative;width:160px'><button style='width:160px;height:40px' onclick=\"say('save')\">Kayıt</button>{}</div>"


@pytest.mark.parametrize(
    "more",
    [f"<div style='{OVER};background:linear-gradient(#fff,#fff)'></div>", f"<div style='{OVER};backdrop-filter:blur(20px)'></div>"],
)  # fmt: skip
def test_control_that_the_window_does_not_show_is_not_pressed(more: str, eyes: Eyes, hand: Hand) -> None:
    opened("shown", BUTTON.format(more), eyes, hand)
    with pytest.raises(NotPressed):
        press(eyes, "Kayıt", patience=1, strict=True)
    assert hand.happened() == []


@pytest.mark.parametrize("pixels", [1.25, 1.5, 2])
def test_window_of_other_pixels_is_compared_in_its_own(pixels: float, eyes: Eyes, hand: Hand) -> None:
    hand.browser.new_context(viewport={"width": 1280, "height": 800}, deviceScaleFactor=pixels)
    try:
        hand.browser.new_page()
        eyes.forget()
        assert len(read(table(("AYŞE DENEME", "Hekim", PENDING), ("İLKER ŞĞÜ", "Hekim", PENDING)), eyes, hand)) == 2
        with pytest.raises(GridUnreadable, match="Onay Bekliyor"):
            read(table(("AYŞE DENEME", "Hekim", NOT_SEEN["under a gradient"])), eyes, hand)
    finally:
        hand.browser.close_context()
        eyes.forget()


def test_texts_are_not_compared_where_the_portal_says_so(eyes: Eyes, hand: Hand) -> None:
    eyes.reader.driver.compared = False
    assert status_of(NOT_SEEN["under a gradient"], eyes, hand) == PENDING
