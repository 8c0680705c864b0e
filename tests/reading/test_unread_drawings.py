"""What is drawn in a list, or right below it, and cannot be read may be rows: a list that states no count is not read short."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from Katip.errors import GridUnreadable
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.drawn_table import APPROVED, PENDING, read, table

pytestmark = pytest.mark.browser

PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='600' height='30'%3E%3Crect width='600' height='30' fill='red'/%3E%3C/svg%3E"
ROWS = (("AYŞE DENEME", "Hekim", PENDING), ("BURAK DENEME", "Hekim", APPROVED))
SIZE = "display:block;border:0;width:600px;height:30px"
INNER = "<table><tr><td style='width:150px'>CEM DENEME<td>Hekim<td>Onay Bekliyor</table>"
ADDED = "<script>rows.insertRow().innerHTML = `{}`</script>"
BELOW = {
    "drawing": f"<canvas style='{SIZE}'></canvas>",
    "picture": f'<img style="{SIZE}" src="{PICTURE}">',
    "frame with a drawing": f"<iframe style='{SIZE}' srcdoc='<canvas width=600 height=30>'></iframe>",
    "frame with rows": f'<iframe style="{SIZE}" srcdoc="{INNER}"></iframe>',
    "object": f'<object style="{SIZE}" data="{PICTURE}"></object>',
    "embedded picture": f'<embed style="{SIZE}" src="{PICTURE}">',
    "object with a page": f"<object style='{SIZE}' data='data:text/html,CEM DENEME'></object>",
    "film": f"<video style='{SIZE}'></video>",
    "shapes": "<svg width=600 height=30 style='display:block'><path d='M0 0H600V30H0Z'/></svg>",
    "text area": f"<textarea style='{SIZE}'>CEM DENEME  Hekim  Onay Bekliyor</textarea>",
    "picture of a style": f'<div style="{SIZE};background:url(&quot;{PICTURE}&quot;)"></div>',
    "picture in place of an element": f'<style>.z{{{{content:url("{PICTURE}")}}}}</style><div class=z>x</div>',
    "picture after the table": f'<style>table::after{{{{content:url("{PICTURE}");display:block;width:600px;height:30px}}}}</style>',
    "closed part": f"<div id=h></div><script>h.attachShadow({{{{mode:'closed'}}}}).innerHTML = `{INNER}`</script>",
    "closed part of a given size": f"<div id=h style='{SIZE}'></div><script>h.attachShadow({{{{mode:'closed'}}}}).innerHTML = `{INNER}`</script>",
    "row of drawings": ADDED.format("<td><canvas width=100 height=20></canvas>" * 3),
    "row of pictures": ADDED.format(f'<td><img width=100 height=20 src="{PICTURE}">' * 3),
    "picture over all columns": ADDED.format(f'<td colspan=3><img width=500 height=20 src="{PICTURE}">'),
    "row of closed parts": "<script>const r = rows.insertRow(); for (const text of ['CEM DENEME', 'Hekim', 'Onay Bekliyor']) {{ const cell = document.createElement('div'); r.insertCell().append(cell); cell.attachShadow({{mode: 'closed'}}).innerHTML = text }}</script>",
    "cells with pictures behind them": f'<style>tr.x td{{{{height:24px;background:url("{PICTURE}")}}}}</style><script>const r = rows.insertRow(); r.className = `x`; r.innerHTML = `<td><td><td>`</script>',
}


@pytest.mark.parametrize("way", BELOW)
def test_what_cannot_be_read_right_below_the_rows_is_an_error(way: str, eyes: Eyes, hand: Hand) -> None:
    with pytest.raises(GridUnreadable, match=r"Seen: <"):
        read(table(*ROWS, more=BELOW[way]), eyes, hand)


def test_drawing_between_rows_is_an_error(eyes: Eyes, hand: Hand) -> None:
    more = ADDED.format("<td colspan=3><canvas width=500 height=20></canvas>") + ADDED.format(
        "<td>CEM DENEME<td>Hekim<td>Onaylandı"
    )
    with pytest.raises(GridUnreadable, match="<canvas>"):
        read(table(*ROWS, more=more), eyes, hand)


def test_drawing_in_place_of_all_rows_is_an_error(eyes: Eyes, hand: Hand) -> None:
    more = ADDED.format("<td colspan=3><canvas width=500 height=60></canvas>")
    with pytest.raises(GridUnreadable):
        read(table(more=more), eyes, hand)


BESIDE = {
    "icons below": f'<img width=16 height=16 src="{PICTURE}"> <svg width=16 height=16><path d="M0 0H9"/></svg>',
    "picture far below": f'<img style="{SIZE};margin-top:80px" src="{PICTURE}">',
    "picture above": f"<script>t.before(Object.assign(new Image(), {{{{src: `{PICTURE}`}}}}))</script>",
    "frame that nobody sees": "<iframe style='width:0;height:0;border:0'></iframe><iframe style='display:none'></iframe>",
    "picture behind the list": f'<style>table{{{{background:url("{PICTURE}")}}}}</style>',
    "picture of a person in a row": f'<script>rows.rows[0].cells[0].insertAdjacentHTML("afterbegin", `<img width=48 height=40 src="{PICTURE}">`)</script>',
    "empty text area": f"<textarea style='{SIZE}'></textarea>",
    "count": f"<p>Toplam 2 kayıt</p><canvas style='{SIZE}'></canvas>",
    "empty closed part": f"<div id=h style='{SIZE}'></div><script>h.attachShadow({{{{mode:'closed'}}}})</script>",
}


@pytest.mark.parametrize("way", BESIDE)
def test_what_is_no_part_of_the_list_does_not_trouble(way: str, eyes: Eyes, hand: Hand) -> None:
    assert len(read(table(*ROWS, more=BESIDE[way]), eyes, hand)) == 2


def test_empty_list_with_an_illustration_is_empty(eyes: Eyes, hand: Hand) -> None:
    more = ADDED.format('<td colspan=3><svg width=64 height=41><path d="M0 0H60V40Z"/></svg><p>Kayıt bulunamadı</p>')
    assert read(table(more=more), eyes, hand) == []
