"""A turner that stays behind the last page and leads to a page without the list: the list ends there, and the last page is shown again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from Katip.errors import GridUnreadable
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.listing import TABLE, names_of_all, names_read, show

pytestmark = pytest.mark.browser

BODY = '<div id="view"></div><p><a href="#" onclick="turn(-1)">Önceki</a> <a href="#" onclick="turn(1)">Sonraki</a></p>'
SCRIPT = """
let page = 0;
const view = document.getElementById('view'), most = Math.ceil(ALL.length / 5);
function turn(step) { page = Math.max(0, Math.min(page + step, most)); draw(); }
function draw() {
  const shown = ALL.slice(page * 5, page * 5 + 5);
  view.innerHTML = shown.length ? O.table : O.said;
  if (shown.length) document.getElementById('rows').innerHTML = shown.map((row) => `<tr>${cells(row)}</tr>`).join('');
}
draw();
"""


@pytest.fixture(autouse=True)
def quick(eyes: Eyes) -> None:
    eyes.wait(opening=timedelta(seconds=2))


def test_page_that_says_that_there_is_nothing_ends_the_list(hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, BODY, SCRIPT, table=TABLE, said="<h2>Kayıt bulunamadı</h2>")
    assert names_read(eyes) == names_of_all()
    assert names_read(eyes) == names_of_all()


@pytest.mark.parametrize("said", ["", "<h2>Bir hata oluştu</h2>"])
def test_page_without_the_list_that_says_nothing_of_the_kind_is_refused(said: str, hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, BODY, SCRIPT, table=TABLE, said=said)
    with pytest.raises(GridUnreadable):
        names_read(eyes)
