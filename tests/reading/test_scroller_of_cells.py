"""A pager whose signs and numbers are cells of a table below the list, as JSF's data scrollers are: it turns, and is no row."""

from __future__ import annotations

import pytest

from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.listing import TABLE, names_of_all, names_read, show

pytestmark = pytest.mark.browser

SCROLLER = """
let page = 1; const pages = Math.ceil(ALL.length / 5), list = document.querySelector('table'), signs = O.signs;
list.insertAdjacentHTML('afterend', '<table id=turn></table>');
function turn(to) { page = to; setTimeout(draw, O.delay || 0); }
const button = (text, to, off) => !text ? '' : off ? `<td class=off>${text}` : `<td onclick="turn(${to})">${text}`;
function draw() {
  document.getElementById('rows').innerHTML = ALL.slice(page * 5 - 5, page * 5).map(row => '<tr onclick="void 0">' + cells(row) + '</tr>').join('');
  document.getElementById('turn').innerHTML = '<tr>' + button(signs[0], 1, page === 1) + button(signs[1], page - 1, page === 1)
    + Array.from({ length: pages }, (_, i) => i + 1 === page ? `<td><b>${i + 1}</b>` : `<td onclick="turn(${i + 1})">${i + 1}`).join('')
    + button(signs[2], page + 1, page === pages) + button(signs[3], pages, page === pages);
}
draw();
"""
STYLE = (
    "#turn td { cursor: pointer; border: 1px solid #bbb; padding: 2px 6px } #turn .off { color: #bbb; cursor: default }"
)


@pytest.mark.parametrize("delay", [0, 700])
def test_all_pages_are_read(delay: int, eyes: Eyes, hand: Hand) -> None:
    show(hand, eyes, TABLE, SCROLLER, STYLE, rows=14, delay=delay, signs=["««", "«", "»", "»»"])
    assert names_read(eyes) == names_of_all(14)


@pytest.mark.parametrize(
    "signs",
    [("İlk", "Önceki", "Sonraki", "Son"), ("|<", "<", ">", ">|"), ("First", "Prev", "Next", "Last"), ("", "", "", "")],
)
def test_other_signs_are_a_pager_too(signs: tuple[str, ...], eyes: Eyes, hand: Hand) -> None:
    show(hand, eyes, TABLE, SCROLLER, STYLE, rows=14, signs=signs)
    assert names_read(eyes) == names_of_all(14)
