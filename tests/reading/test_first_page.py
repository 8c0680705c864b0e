"""Where a list begins: the way back to its first page is taken where there is one, and nothing is pressed where there is none."""

from __future__ import annotations

import pytest

from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.listing import TABLE, names_of_all, names_read, show

pytestmark = pytest.mark.browser

PAGER = '<ul id="pager" style="display:flex;gap:12px;list-style:none;cursor:pointer"></ul>'
SCRIPT = """let page = O.begins, pressed = 0;
window.presses = () => pressed;
const turn = (to) => { pressed += 1; page = to; load(); };
function load() {
  const pages = Math.ceil(O.rows / 5);
  rows.innerHTML = ALL.slice((page - 1) * 5, page * 5).map((row) => `<tr>${cells(row)}</tr>`).join('');
  pager.innerHTML = O.before;
  const item = (text, title, to, on) => {
    const li = document.createElement('li');
    Object.assign(li, { textContent: text, title, onclick: () => on && turn(to) });
    if (!on) li.setAttribute('aria-disabled', 'true');
    pager.append(li);
  };
  item('‹', 'Önceki Sayfa', page - 1, page > 1);
  for (let n = 1; n <= pages; n += 1) item(String(n), '', n, true);
  item('›', 'Sonraki Sayfa', page + 1, page < pages);
  pager.insertAdjacentHTML('beforeend', O.behind);
}
load();"""


@pytest.mark.parametrize(
    ("before", "behind"),
    [("", ""), ("<li>Toplam 2</li>", ""), ("", "<li>2 kayıt</li>")],
    ids=["numbers only", "a count before", "a count behind"],
)
def test_nothing_is_pressed_on_a_list_of_one_page(before: str, behind: str, hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, TABLE + PAGER, SCRIPT, rows=2, begins=1, before=before, behind=behind)
    assert names_read(eyes) == names_of_all(2)
    assert hand.script("() => presses()") == 0


@pytest.mark.parametrize("begins", [1, 2, 3])
@pytest.mark.parametrize("before", ["", "<li>Toplam 2</li>"])
def test_list_is_read_whole_on_whichever_page_it_begins(before: str, begins: int, hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, TABLE + PAGER, SCRIPT, rows=12, begins=begins, before=before, behind="")
    assert names_read(eyes) == names_of_all()
