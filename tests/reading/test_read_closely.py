"""A list is read only where each of its texts is drawn as it is written, with nothing drawn over it; else it is an error that says why."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from Katip.errors import GridUnreadable
from Katip.portal import load_portal
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.drawn_table import APPROVED, PENDING, read, status_of, table

pytestmark = pytest.mark.browser

PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='200' height='30'%3E%3Crect width='200' height='30'/%3E%3C/svg%3E"
CELL = "<div style='position:relative'>Onay Bekliyor{}</div>"
WHOLE = "position:absolute;inset:0;background:#fff"
UNDER = {
    "a layer that lets the pointer through": CELL.format(f"<div style='{WHOLE};pointer-events:none'></div>"),
    "a layer with other words": CELL.format(f"<div style='{WHOLE};pointer-events:none'>Onaylandı</div>"),
    "a layer": CELL.format(f"<div style='{WHOLE}'></div>"),
    "a picture": CELL.format(
        f'<img style="position:absolute;inset:0;width:100%;height:100%;pointer-events:none" src="{PICTURE}">'
    ),
    "a drawing": CELL.format(
        "<svg style='position:absolute;inset:0' width=150 height=20><rect width=150 height=20 fill='#fff' /></svg>"
    ),
    "a picture of a style": CELL.format(
        f'<div style="position:absolute;inset:0;background:url(&quot;{PICTURE}&quot;)"></div>'
    ),
    "what a style draws": f"<style>.q{{position:relative}}.q::after{{content:'';{WHOLE}}}</style><div class=q>Onay Bekliyor</div>",
    "words of a style": f"<style>.q{{position:relative}}.q::after{{content:'Beklet';{WHOLE}}}</style><div class=q>Onay Bekliyor</div>",
    "a wide frame": CELL.format(
        "<b style='position:absolute;left:0;top:0;border:60px solid #fff;pointer-events:none'></b>"
    ),
    "a wide outline": CELL.format("<b style='position:absolute;left:50px;top:9px;outline:60px solid #fff'></b>"),
    "a wide shadow": CELL.format("<b style='position:absolute;left:50px;top:9px;box-shadow:0 0 0 60px #fff'></b>"),
    "its own words that nobody sees": CELL.format(f"<div style='{WHOLE};color:#fff'>Onay Bekliyor</div>"),
    "a cover over half of it": CELL.format(
        "<i style='position:absolute;left:40px;top:0;width:80px;height:18px;background:#fff'></i>"
    ),
}
OTHERWISE = {
    "mixed with its ground": "<i style='mix-blend-mode:screen'>Onay Bekliyor</i>",
    "inverted": "<i style='filter:invert(1)'>Onay Bekliyor</i>",
    "bright": "<i style='filter:brightness(100)'>Onay Bekliyor</i>",
    "without contrast": "<div style='filter:contrast(0)'>Onay Bekliyor</div>",
    "through a filter of its own": "<svg width=0 height=0 style='position:absolute'><filter id=f><feFlood flood-color='white'/></filter></svg><i style='filter:url(#f)'>Onay Bekliyor</i>",
    "without its first letter": "<style>.q::first-letter{font-size:0}</style><div class=q>ZOnay Bekliyor</div>",
    "with a first letter that nobody sees": "<style>.q::first-letter{color:transparent}</style><div class=q>ZOnay Bekliyor</div>",
    "with a first line that nobody sees": "<style>.q::first-line{color:transparent}</style><div class=q>Onay Bekliyor</div>",
    "highlighted": "<style>::highlight(z){color:transparent}</style><div id=q>Onay Bekliyor</div><script>const r = new Range(); r.selectNodeContents(q); CSS.highlights.set('z', new Highlight(r))</script>",
    "selected": "<style>::selection{color:#fff;background:#fff}</style><div id=q>Onay Bekliyor</div><script>getSelection().selectAllChildren(q)</script>",
    "cast aside": "<i style='color:transparent;text-shadow:200px 0 0 #000'>Onay Bekliyor</i>",
    "in a font of some letters": "<style>@font-face{font-family:zz;src:local('DejaVu Sans');unicode-range:U+4F}</style><i style='font-family:zz,sans-serif'>Onay Bekliyor</i>",
}
PAGE = {
    "a layer over the page": f"<div style='position:fixed;{WHOLE[9:]};pointer-events:none'>Kayıt yok</div>",
    "a popover": f"<div popover=manual id=d style='{WHOLE};position:fixed;width:auto;height:auto'>Kayıt yok</div><script>d.showPopover()</script>",
    "a picture pulled over it": f'<img style="display:block;margin-top:-60px;width:100%;height:60px" src="{PICTURE}">',
    "a backdrop": "<dialog id=d style='width:20px;height:20px;margin:0;left:900px;top:600px'></dialog><style>dialog::backdrop{{background:#fff}}</style><script>d.showModal()</script>",
    "a backdrop of a popover": "<div popover id=d style='width:20px;height:20px;inset:auto;left:900px;top:600px'></div><style>#d::backdrop{{background:#fff}}</style><script>d.showPopover()</script>",
}


@pytest.mark.parametrize("way", UNDER)
def test_text_under_something_is_an_error(way: str, eyes: Eyes, hand: Hand) -> None:
    with pytest.raises(GridUnreadable, match=r'"Onay Bekliyor.*over it'):
        status_of(UNDER[way], eyes, hand)


@pytest.mark.parametrize("way", OTHERWISE)
def test_text_drawn_otherwise_is_an_error(way: str, eyes: Eyes, hand: Hand) -> None:
    with pytest.raises(GridUnreadable, match=r"Onay Bekliyor\" \("):
        status_of(OTHERWISE[way], eyes, hand)


@pytest.mark.parametrize("way", PAGE)
def test_list_under_something_is_an_error(way: str, eyes: Eyes, hand: Hand) -> None:
    with pytest.raises(GridUnreadable, match="over it"):
        read(table(("AYŞE DENEME", "Hekim", PENDING), more=PAGE[way]), eyes, hand)


FREE = {
    "frame drawn around it": CELL.format(
        "<div style='position:absolute;inset:-2px;border:1px solid;pointer-events:none'></div>"
    ),
    "pale layer": CELL.format(f"<div style='{WHOLE};opacity:.2;pointer-events:none'></div>"),
    "layer without a ground": CELL.format("<div style='position:absolute;inset:0'></div>"),
    "layer behind it": f"<div style='position:relative;z-index:0'><div style='{WHOLE};z-index:-1'></div>Onay Bekliyor</div>",
    "line of a style below it": "<style>.q{position:relative}.q::after{content:'';position:absolute;left:0;right:0;bottom:-1px;height:1px;background:#00f}</style><div class=q>Onay Bekliyor</div>",
    "ground of a style": "<style>.q{position:relative;z-index:0}.q::before{content:'';position:absolute;inset:0;z-index:-1;background:#ffc}</style><div class=q>Onay Bekliyor</div>",
    "dot beside it": CELL.format(
        "<b style='position:absolute;right:-8px;top:0;width:6px;height:6px;border-radius:50%;background:red'></b>"
    ),
    "block that is pulled up behind its letters": "<div>Onay Bekliyor</div><div style='margin-top:-18px;background:#fff;height:18px'></div>",
    "shadow of a card": "<div style='box-shadow:0 2px 12px rgba(0,0,0,.2)'>Onay Bekliyor</div>",
    "ring around a sign": CELL.format(
        "<b style='position:absolute;right:-12px;top:0;width:6px;height:6px;box-shadow:0 0 0 2px #000'></b>"
    ),
    "gray page": "<style>html{filter:grayscale(1)}</style>Onay Bekliyor",
    "dark page": "<style>html{background:#fff;filter:invert(1) hue-rotate(180deg)}</style>Onay Bekliyor",
    "slightly brighter": "<div style='filter:brightness(1.1)'>Onay Bekliyor</div>",
    "font of a language's letters": "<style>@font-face{font-family:zz;src:local('DejaVu Sans');unicode-range:U+0000-00FF,U+0131}@font-face{font-family:zz;src:local('DejaVu Sans');unicode-range:U+0100-02AF}</style><i style='font-family:zz,sans-serif'>Onay Bekliyor</i>",
    "selected by a person": "<div id=q>Onay Bekliyor</div><script>getSelection().selectAllChildren(q)</script>",
    "copy of it": CELL.format(f"<div style='{WHOLE}'>Onay Bekliyor</div>"),
    "fine shadow": "<i style='text-shadow:1px 1px 2px #888'>Onay Bekliyor</i>",
    "cut off with dots": "<div style='width:60px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis' title='Onay Bekliyor'>Onay Bekliyor</div><i style='background:#fff;width:40px;height:9px'></i>",
}


@pytest.mark.parametrize("way", FREE)
def test_text_that_is_drawn_as_it_is_written_is_read(way: str, eyes: Eyes, hand: Hand) -> None:
    assert status_of(FREE[way], eyes, hand) == PENDING


def test_header_that_sticks_over_the_first_rows_is_no_cover(eyes: Eyes, hand: Hand) -> None:
    rows = [(f"KİŞİ {chr(65 + i)} DENEME", "Hekim", PENDING) for i in range(12)]
    style = "<style>thead th{{position:sticky;top:0;background:#eee}} .s{{height:200px;overflow:auto}}</style>"
    script = "<script>const [list, s] = [t, document.createElement('div')]; s.className = 's'; list.replaceWith(s); s.append(list); s.scrollTop = 10</script>"
    assert len(read(table(*rows, more=style + script), eyes, hand)) == 12


DRAWN = {
    "number": "<style>.q{counter-reset:n 7}.q::after{content:counter(n)}</style><div class=q>Onaylandı</div>",
    "sign of a style of its own": "<style>@counter-style z{system:cyclic;symbols:'değil';suffix:''} .q::after{content:' ' counter(n,z)}</style><div class=q>Onaylandı</div>",
    "several numbers": "<style>.q::after{content:counters(n,'.')}</style><div class=q>Onaylandı</div>",
    "quote signs": "<style>.q{quotes:'değil ' ' asla'}.q::before{content:open-quote}</style><div class=q>Onaylandı</div>",
    "quotation": "<style>q{quotes:'değil ' ' asla'}</style><q>Onaylandı</q>",
    "mark of a style of its own": "<style>@counter-style z{system:cyclic;symbols:'Henüz';suffix:' '} .q{display:list-item;list-style:z inside}</style><div class=q>Onaylandı</div>",
    "mark with words": "<style>.q{display:list-item;list-style:inside}.q::marker{content:'Henüz '}</style><div class=q>Onaylandı</div>",
}


@pytest.mark.parametrize("way", DRAWN)
def test_what_a_style_counts_or_quotes_is_part_of_the_text(way: str, eyes: Eyes, hand: Hand) -> None:
    words = load_portal("v9").wording.words
    assert words.key(status_of(DRAWN[way], eyes, hand)) != words.key(APPROVED)


@pytest.mark.parametrize("style", ["content:url('{}')", "content:url('{}') / 'değil'"])
def test_picture_of_a_style_is_no_text(style: str, eyes: Eyes, hand: Hand) -> None:
    cell = f"<style>.q::after{{{style.replace(chr(39), chr(34)).format(PICTURE)};width:10px}}</style><div class=q>Onaylandı</div>"
    assert status_of(cell, eyes, hand) == APPROVED
