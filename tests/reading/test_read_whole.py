"""Lists that could be read short: each is read whole, or ends in an error; never fewer rows than there are, silently."""

from __future__ import annotations

from datetime import timedelta

import pytest

from Katip.errors import GridUnreadable, ListUnstable
from Katip.reading.waiting import Waiting
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.listing import TABLE, names_of_all, names_read, show

pytestmark = pytest.mark.browser

# ------------------------------------------------------------------------------------------- an order that is not stable

SIZES = '<select id="size">{}</select>'
UNSTABLE = """let page = 1, size = O.size, sorted = false;
function load() {
  const order = sorted ? ALL.slice().sort() : shuffled(ALL);
  rows.innerHTML = order.slice((page - 1) * size, page * size).map((row) => `<tr>${cells(row)}</tr>`).join('');
  const pages = Math.ceil(ALL.length / size);
  said.textContent = `Sayfa ${page} / ${pages}` + (O.counts ? ` Toplam ${ALL.length} kayıt` : '');
  document.getElementById('next').disabled = page >= pages;
  document.getElementById('prev').disabled = page <= 1;
}
document.getElementById('next').onclick = () => { page += 1; load(); };
document.getElementById('prev').onclick = () => { page -= 1; load(); };
const sizes = document.getElementById('size');
if (sizes) sizes.onchange = () => { size = +sizes.value; page = 1; load(); };
if (O.sortable) for (const th of document.querySelectorAll('th')) {
  th.style.cursor = 'pointer';
  th.onclick = () => { sorted = true; page = 1; load(); };
}
load();"""
PAGER = '<div><button id="prev">Önceki</button> <span id="said"></span> <button id="next">Sonraki</button> {more}</div>'


@pytest.mark.parametrize("counts", [True, False], ids=["with a count", "without a count"])
@pytest.mark.parametrize("way", ["more rows a page", "sorted by a header"])
def test_list_of_changing_order_is_read_whole(way: str, counts: bool, hand: Hand, eyes: Eyes) -> None:
    sizes = SIZES.format("".join(f"<option>{n}" for n in (5, 25))) if way == "more rows a page" else ""
    sortable = way != "more rows a page"
    show(hand, eyes, TABLE + PAGER.format(more=sizes), UNSTABLE, size=5, counts=counts, sortable=sortable)
    assert names_read(eyes) == names_of_all()


@pytest.mark.parametrize("seed", [3, 20])
def test_list_of_changing_order_that_nothing_settles_is_an_error(seed: int, hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, TABLE + PAGER.format(more=""), UNSTABLE, size=5, counts=True, seed=seed)
    with pytest.raises(ListUnstable) as caught:
        names_read(eyes)
    assert caught.value.code == "KTP-121"


# ------------------------------------------------------------------------------------------------------ "next" that lies

LIES = """let page = 1;
function load() {
  rows.innerHTML = ALL.slice((page - 1) * 5, page * 5).map((row) => `<tr>${cells(row)}</tr>`).join('');
  said.textContent = O.says.replaceAll('{page}', page);
}
document.getElementById('prev').remove();
document.getElementById('next').onclick = () => { if (page * 5 < O.rows - O.kept) { page += 1; load(); } };
load();"""


@pytest.mark.parametrize("says", ["", "Sayfa {page}"])
def test_next_that_changes_nothing_is_an_error(
    says: str, hand: Hand, eyes: Eyes, monkeypatch: pytest.MonkeyPatch
) -> None:
    eyes.wait(opening=timedelta(seconds=1))
    show(hand, eyes, TABLE + PAGER.format(more=""), LIES, says=says, kept=7)
    with pytest.raises(GridUnreadable, match="Sonraki"):
        names_read(eyes)


def test_next_that_is_enabled_on_the_last_page_as_the_pager_says_brings_more_rows(hand: Hand, eyes: Eyes) -> None:
    ends = LIES.replace("said.text", "document.getElementById('next').disabled = page > 2; said.text")
    show(hand, eyes, TABLE + PAGER.format(more=""), ends, says="Sayfa {page} / {page}", kept=0)
    assert names_read(eyes) == names_of_all()


def test_next_that_stays_enabled_is_nothing_where_the_count_is_read(hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, TABLE + PAGER.format(more=""), LIES, says="Sayfa {page} / 3 Toplam 12 kayıt", kept=0)
    assert names_read(eyes) == names_of_all()


# ----------------------------------------------------------------------------------------------- scrolled by a script

SCROLLED = """let top_ = 0;
function draw() { rows.innerHTML = ALL.slice(top_, top_ + 5).map((row) => `<tr>${cells(row)}</tr>`).join(''); }
const move = (by) => { const to = Math.max(0, Math.min(ALL.length - 5, top_ + by)); if (to !== top_) { top_ = to; draw(); } };
if (O.way === 'wheel') rows.addEventListener('wheel', (event) => {
  event.preventDefault();
  move(Math.sign(event.deltaY) * Math.max(1, Math.round(Math.abs(event.deltaY) / 27)));
}, { passive: false });
if (O.way === 'keys') {
  rows.tabIndex = 0;
  rows.addEventListener('keydown', (event) => move({ PageDown: 4, Home: -999 }[event.key] || 0));
}
draw();"""


@pytest.mark.parametrize("more", ["", "<div>Sayfa 1 / 1</div>"], ids=["no pager", "pages alone"])
@pytest.mark.parametrize("way", ["wheel", "keys"])
def test_list_that_a_script_scrolls_is_read_whole_without_a_count(way: str, more: str, hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, TABLE + more, SCROLLED, way=way)
    assert names_read(eyes) == names_of_all()


ICON = '<img alt="" style="display:inline-block;width:14px;height:16px;background:#c00;cursor:pointer" class="icon">'


def test_picture_in_a_row_is_not_dragged_as_a_scroll_bar(hand: Hand, eyes: Eyes) -> None:
    script = f"""rows.innerHTML = ALL.slice(0, 5).map((row) => `<tr>${{cells(row)}}<td style="padding:4px 2px">{ICON}</td></tr>`).join('');
window.happened = []; for (const icon of document.querySelectorAll('.icon')) icon.addEventListener('mousedown', () => happened.push('deleted'));"""
    table = TABLE.replace("</thead>", "<th></thead>")
    show(hand, eyes, f"{table}<div>1 - 12 / 12</div>", script)
    with pytest.raises(GridUnreadable, match="12 rows"):
        names_read(eyes)
    assert hand.happened() == []


# ------------------------------------------------------------------------------------------------------- no rows at all


@pytest.mark.parametrize(
    ("beside", "seen"),
    [
        ('<div role="alert">Veriler alınırken bir hata oluştu.</div>', "bir hata"),
        ("<p>Sunucuya ulaşılamıyor, lütfen tekrar deneyiniz.</p>", "Sunucuya"),
        ("<div>DataTables warning: Ajax error</div><p>Kayıt bulunamadı</p>", "Ajax error"),
        ("<div>Yükleniyor...</div>", "loading"),
        ('<div role="progressbar" style="width:90px;height:9px"></div>', "loading"),
    ],
)
def test_empty_list_beside_a_fault_or_while_it_loads_is_an_error(
    beside: str, seen: str, hand: Hand, eyes: Eyes, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = Waiting.settled
    monkeypatch.setattr(Waiting, "settled", lambda self, timeout=None: settled(self, timedelta(seconds=0.2)))
    monkeypatch.setattr(eyes.reader._waiting, "_lasting", 9)  # as after a long wait
    show(hand, eyes, TABLE + beside, "")
    with pytest.raises(GridUnreadable, match=seen):
        names_read(eyes)


@pytest.mark.parametrize("beside", ["", "<p>Kayıt bulunamadı</p>", '<a href="#">Bir hata bildir</a><p>0 kayıt</p>'])
def test_empty_list_is_empty(beside: str, hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, TABLE + beside, "")
    assert names_read(eyes) == []
