"""Columns that stand only in the details of a row: they are read by opening these, whatever opens them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from Katip.errors import GridUnreadable
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.listing import COLUMNS, show

pytestmark = pytest.mark.browser

TABLE = """<table><thead><tr><th id="first"><th>Adı Soyadı<th>Personel Kategorisi Adı</thead><tbody id="rows"></tbody></table>
<p id="presses">0</p>"""
MARK = """td.fold { cursor: pointer } td.fold::before { content: ""; display: inline-block; border: 5px solid transparent; border-left-color: #777;
border-right: 0 } tr.open td.fold::before { border-left-color: transparent; border-top-color: #777; border-right: 5px solid transparent }"""
PLUS = 'td.fold { cursor: pointer } td.fold::before { content: "+" } tr.open td.fold::before { content: "-" }'
LIST = "`<ul><li><span>Sicil:</span> <span>7</span></li><li><b>Grv. Onay Durumu</b> <span>${row[2]}</span></li></ul>`"
PAIRS = "`<dl><dt>Grv. Onay Durumu</dt><dd>${row[2]}</dd><dt>Açıklama</dt><dd>-</dd></dl>`"
LINES = "`<div>Grv. Onay Durumu: ${row[2]}</div>`"
CELL = '`<td class="fold" tabindex="0">${i}</td>`'
ARIA = '`<td><button aria-expanded="false" class="fold"><svg width="12" height="12"><path d="M2 2l8 4-8 4z"/></svg></button></td>`'
NAMED = '`<td><button aria-label="expand row" class="fold"><svg width="12" height="12"><path d="M2 2l8 4-8 4z"/></svg></button></td>`'
SCRIPT = """
let presses = 0;
ALL.forEach((row, i) => {
  const tr = document.createElement('tr');
  tr.innerHTML = FOLD + `<td>${row[0]}</td><td>${row[1]}</td>`;
  const fold = tr.querySelector('.fold');
  if (fold) fold.onclick = () => {
    document.getElementById('presses').textContent = ++presses;
    const was = tr.classList.contains('open');
    document.querySelectorAll('tr.open').forEach((one) => { if (one === tr || O.alone) close(one); });
    if (was) return;
    tr.classList.add('open');
    if (fold.hasAttribute('aria-expanded')) fold.setAttribute('aria-expanded', 'true');
    const more = document.createElement('tr');
    more.className = 'more';
    more.innerHTML = `<td colspan="3"></td>`;
    tr.after(more);
    setTimeout(() => { more.firstChild.innerHTML = DETAILS; }, O.later || 0);
  };
  rows.append(tr);
});
function close(tr) {
  tr.classList.remove('open');
  const fold = tr.querySelector('.fold');
  if (fold.hasAttribute('aria-expanded')) fold.setAttribute('aria-expanded', 'false');
  tr.nextElementSibling.remove();
}
"""
WANTED = {name: COLUMNS[name] for name in ("name", "category", "status")}
STATUSES = ["Onaylandı" if i % 3 else "Onay Bekliyor" for i in range(5)]


def _show(hand: Hand, eyes: Eyes, fold: str, details: str, style: str = "", **options: object) -> None:
    show(hand, eyes, TABLE, SCRIPT.replace("FOLD", fold).replace("DETAILS", details), style, rows=5, **options)


def _presses(hand: Hand) -> int:
    return int(hand.browser.get_text("#presses"))


@pytest.mark.parametrize("details", [LIST, PAIRS, LINES])
@pytest.mark.parametrize(("fold", "style"), [(CELL, MARK), (CELL, PLUS), (ARIA, ""), (NAMED, "")])
def test_column_of_the_details_is_read(fold: str, style: str, details: str, hand: Hand, eyes: Eyes) -> None:
    _show(hand, eyes, fold, details, style)
    assert [row["status"] for row in eyes.read_grid(WANTED, all_pages=True)] == STATUSES


@pytest.mark.parametrize(("fold", "style"), [(CELL, MARK), (NAMED, "")])
def test_details_that_are_open_are_read_without_a_press(fold: str, style: str, hand: Hand, eyes: Eyes) -> None:
    _show(hand, eyes, fold, LIST, style)
    eyes.read_grid(WANTED, all_pages=True)
    eyes.read_grid(WANTED, all_pages=True)
    assert _presses(hand) == 5


@pytest.mark.parametrize(("fold", "style"), [(CELL, MARK), (ARIA, ""), (NAMED, "")])
def test_details_of_which_one_is_open_at_a_time(fold: str, style: str, hand: Hand, eyes: Eyes) -> None:
    _show(hand, eyes, fold, PAIRS, style, alone=True)
    assert [row["status"] for row in eyes.read_grid(WANTED, all_pages=True)] == STATUSES


def test_details_that_come_later_are_waited_for(hand: Hand, eyes: Eyes) -> None:
    _show(hand, eyes, ARIA, LIST, later=900)
    assert [row["status"] for row in eyes.read_grid(WANTED, all_pages=True)] == STATUSES


def test_details_without_the_column_are_refused(hand: Hand, eyes: Eyes) -> None:
    eyes.wait(opening=timedelta(seconds=1))
    _show(hand, eyes, ARIA, "`<dl><dt>Açıklama</dt><dd>Onaylandı</dd></dl>`")
    with pytest.raises(GridUnreadable, match=r"Grv\. Onay Durumu"):
        eyes.read_grid(WANTED, all_pages=True)


@pytest.mark.parametrize(
    "fold",
    [
        "`<td></td>`",
        '`<td><button class="fold">Onayla</button></td>`',
        '`<td><button class="fold" aria-expanded="false">Onayla</button></td>`',
        '`<td><button class="fold" aria-expanded="false" aria-haspopup="menu">⋯</button></td>`',
        '`<td><button class="fold">+</button></td>`',
        '`<td class="fold" tabindex="0">${i}</td>`',
    ],
)
def test_nothing_else_is_pressed_for_a_column(fold: str, hand: Hand, eyes: Eyes) -> None:
    _show(hand, eyes, fold, LIST)
    with pytest.raises(GridUnreadable, match=r"Grv\. Onay Durumu"):
        eyes.read_grid(WANTED, all_pages=True)
    assert _presses(hand) == 0


def test_line_of_a_group_is_no_detail_of_the_row_above(hand: Hand, eyes: Eyes) -> None:
    lines = "`<tr>${cells(row.slice(0, 2))}</tr><tr><td colspan=2>Grv. Onay Durumu: Onaylandı</td></tr>`"
    body = TABLE.replace('<th id="first">', "")
    show(hand, eyes, body, f"rows.innerHTML = ALL.map((row) => {lines}).join('');", rows=5)
    with pytest.raises(GridUnreadable, match=r"Grv\. Onay Durumu"):
        eyes.read_grid(WANTED, all_pages=True)
