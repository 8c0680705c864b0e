"""A grid whose columns exist only in sight, and whose columns that tell the rows apart are not among the first."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

import pytest

from Katip.errors import GridUnreadable
from Katip.reading.labels import Label
from Katip.reading.row_controls import controls_in_row
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.made_pages import opened

pytestmark = pytest.mark.browser

COLUMNS = {
    "id": Label(("Sözleşme ID",)),
    "title": Label(("Unvan",)),
    "name": Label(("Ad Soyad",)),
    "status": Label(("Durum",)),
}
NAMES = ("Ali Can", "Ece Nur", "Oya Su")
ROWS = [(str(100 + n), "Aynı Unvan", name, "Onay Bekliyor") for n, name in enumerate(NAMES)]
PAGE = """<style>.grid{position:relative;width:700px;height:240px;overflow:auto}.line{position:relative;width:2000px;height:40px}.line>div{position:absolute;top:0;height:39px;width:460px;white-space:nowrap}.line>.acts{position:sticky;float:right;right:0;width:90px;background:#fff}</style>
<div class=grid role=grid id=g></div><script>
const titles = TITLES, rows = ROWLIST, acts = (i) => i < 0 ? 'İşlem' : `<button data-of="${i}">Onayla</button>`;
function draw() { const seen = titles.map((_, c) => c).filter(c => c * 500 + 460 > g.scrollLeft && c * 500 < g.scrollLeft + 700);
  const line = (cells, role, i) => `<div class=line role=row>${seen.map(c => `<div role=${role} style="left:${c * 500}px">${cells[c]}</div>`).join('')}<div class=acts role=${role}>${acts(i)}</div></div>`;
  g.innerHTML = line(titles, 'columnheader', -1) + rows.map((row, i) => line(row, 'gridcell', i)).join(''); }
g.onscroll = () => requestAnimationFrame(draw); draw();</script>"""


def shown(titles: tuple[str, ...], rows: Sequence[tuple[str, ...]], eyes: Eyes, hand: Hand) -> None:
    opened(
        "columns",
        PAGE.replace("TITLES", str(list(titles))).replace("ROWLIST", str([list(row) for row in rows])),
        eyes,
        hand,
    )


@pytest.mark.parametrize(
    "order", [(0, 1, 2, 3), (1, 0, 3, 2), (2, 3, 0, 1)], ids=["name third", "name last", "name first"]
)
def test_rows_are_read_whole_and_found_again(order: tuple[int, ...], eyes: Eyes, hand: Hand) -> None:
    titles = [label.name for label in COLUMNS.values()]
    shown(tuple(titles[at] for at in order), [tuple(row[at] for at in order) for row in ROWS], eyes, hand)
    grid = eyes.reader.read_grid(COLUMNS, ("name", "status"), wanted=("id", "title"), all_pages=True)
    assert [tuple(row.cells.get(column) for column in COLUMNS) for row in grid.rows] == ROWS
    for index, row in enumerate(grid.rows):
        words = eyes.reader.wording.words
        views = (
            (snapshot, controls_in_row(snapshot, here, Label(("Onayla",)), words))
            for snapshot, here in eyes.reader.row_views(row)
        )
        found = next(found for _, found in views if found)
        assert len(found) == 1
        assert hand.script("([x, y]) => document.elementFromPoint(x, y).dataset.of", list(found[0].box.middle)) == str(
            index
        )


def test_row_whose_first_columns_are_empty_is_not_left_out(eyes: Eyes, hand: Hand) -> None:
    rows = [ROWS[0], ("", "", *ROWS[1][2:]), ROWS[2]]
    shown(tuple(label.name for label in COLUMNS.values()), rows, eyes, hand)
    grid = eyes.reader.read_grid(COLUMNS, ("name", "status"), wanted=("id", "title"), all_pages=True)
    assert [tuple(row.cells.get(column, "") for column in COLUMNS) for row in grid.rows] == rows


def test_grid_that_has_no_such_column_anywhere_is_not_the_grid(eyes: Eyes, hand: Hand) -> None:
    shown(("Sözleşme ID", "Unvan", "Adres", "Durum"), ROWS, eyes, hand)
    with pytest.raises(GridUnreadable):
        eyes.reader.read_grid(COLUMNS, ("name", "status"), wanted=("id", "title"), all_pages=True)


CLIPS = {
    "across": "overflow:hidden;text-overflow:ellipsis",
    "down": "overflow:hidden;white-space:normal;line-height:36px",
}


@pytest.mark.parametrize("clip", CLIPS.values(), ids=CLIPS)
def test_cell_that_clips_its_text_is_not_what_scrolls_the_columns(clip: str, eyes: Eyes, hand: Hand) -> None:
    rows = [(row[1] + " Sanayi ve Ticaret Limited Şirketi Deneme" * 3, *row[2:], row[0]) for row in ROWS]
    page = PAGE.replace("white-space:nowrap}", f"white-space:nowrap;{clip}}}")
    page = page.replace("TITLES", str(["Unvan", "Ad Soyad", "Durum", "Sözleşme ID"]))
    opened("clipped", page.replace("ROWLIST", str([list(row) for row in rows])), eyes, hand)
    grid = eyes.reader.read_grid(COLUMNS, ("name", "status"), wanted=("id", "title"), all_pages=True)
    assert [(row.cells["name"], row.cells.get("status"), row.cells.get("id")) for row in grid.rows] == [
        (row[1], row[2], row[3]) for row in rows
    ]


STICKY = """<style>.scroll{width:700px;overflow:auto}table{border-collapse:separate;border-spacing:0}td,th{padding:8px 10px;text-align:left;min-width:146px;white-space:nowrap;background:#fff}
.narrow{min-width:90px}.act{min-width:160px;position:sticky;right:0}button{padding:4px 12px}</style>
<div class=scroll><table><thead><tr><th>Ad Soyad</th><th>Durum</th><th>Unvan</th><th class=narrow>Sözleşme ID</th><th class=act>İşlemler</th></tr></thead><tbody>ROWS</tbody></table></div>"""


def test_words_of_a_pinned_buttons_column_stay_out_of_the_column_below(eyes: Eyes, hand: Hand) -> None:
    cells = "<tr><td>{2}<td>{3}<td>{1}<td class=narrow>{0}<td class=act><button>Onayla</button> <button>Reddet</button>"
    opened("sticky", STICKY.replace("ROWS", "".join(cells.format(*row) for row in ROWS)), eyes, hand)
    grid = eyes.reader.read_grid(COLUMNS, ("name", "status"), wanted=("id", "title"), all_pages=True)
    assert [tuple(row.cells.get(column) for column in COLUMNS) for row in grid.rows] == ROWS


def test_row_is_shown_for_its_picture_where_its_name_is_drawn_only_in_sight(eyes: Eyes, hand: Hand) -> None:
    shown(tuple(label.name for label in COLUMNS.values()), ROWS, eyes, hand)
    grid = eyes.reader.read_grid(COLUMNS, ("name", "status"), wanted=("id", "title"), all_pages=True)
    for row in grid.rows:
        hand.script("() => { document.getElementById('g').scrollLeft = 0; }")
        eyes.reader.until(lambda now: "Sözleşme ID" in now.text or None, "scrolling back", "the first column")
        eyes.reader.show_row(row, "name")
        assert any(piece.text == row.cells["name"] and piece.in_sight for piece in eyes.reader.look().pieces)


STRIP = """<style>#g{display:flex;width:760px}.p{width:200px}.m{width:560px}.h,.b{position:relative;overflow:hidden}.h{height:30px;background:#eee}.b{height:90px}.b div{height:30px;white-space:nowrap}
.m .h div,.m .b>div{position:absolute;top:0;width:460px}#s{width:560px;height:14px;overflow-x:scroll;overflow-y:hidden}#s>div{width:1500px;height:1px}</style>
<div id=g><div class=p><div class=h>PINNED</div><div class=b id=n></div></div><div class=m><div class=h id=h></div><div class=b id=b></div><div id=s><div></div></div></div></div><script>
const titles = TITLES, rows = ROWLIST, LATE = MILLISECONDS;
h.innerHTML = titles.map((title, c) => c ? `<div style="left:${(c - 1) * 500}px">${title}</div>` : '').join('');
n.innerHTML = rows.map(row => `<div>${row[0]}</div>`).join('');
function draw() { const at = (c) => (c - 1) * 500 - s.scrollLeft;
  h.scrollLeft = s.scrollLeft;
  const seen = titles.map((_, c) => c).filter(c => c && at(c) + 460 > 0 && at(c) < 560);
  b.innerHTML = seen.map(c => `<div style="left:${at(c)}px">${rows.map(row => `<div>${row[c]}</div>`).join('')}</div>`).join(''); }
s.onscroll = () => setTimeout(draw, LATE); draw();</script>"""
ORDER = (2, 0, 1, 3)


def with_strip(late: int = 0, rows: Sequence[tuple[str, ...]] = ROWS) -> str:
    titles = [label.name for label in COLUMNS.values()]
    page = STRIP.replace("TITLES", str([titles[at] for at in ORDER])).replace("PINNED", titles[ORDER[0]])
    page = page.replace("MILLISECONDS", str(late))
    return page.replace("ROWLIST", str([[row[at] for at in ORDER] for row in rows]))


@pytest.mark.parametrize("late", [0, 60])
def test_cells_below_a_header_out_of_sight_are_scrolled_to(late: int, eyes: Eyes, hand: Hand) -> None:
    opened("strip", with_strip(late), eyes, hand)
    grid = eyes.reader.read_grid(COLUMNS, ("name", "status"), wanted=("id", "title"), all_pages=True)
    assert [tuple(row.cells.get(column) for column in COLUMNS) for row in grid.rows] == ROWS


def test_a_required_column_without_a_single_cell_is_no_empty_one(eyes: Eyes, hand: Hand) -> None:
    opened("strip", with_strip().replace("s.onscroll =", "s.gone ="), eyes, hand)
    with pytest.raises(GridUnreadable):
        eyes.reader.read_grid(COLUMNS, ("name", "status"), wanted=("id", "title"), all_pages=True)


def test_a_long_name_is_not_below_the_header_that_is_scrolled_under_its_column(eyes: Eyes, hand: Hand) -> None:
    rows = [
        (row[0], row[1], name, row[3])
        for row, name in zip(ROWS, ("Ali Can", "Ece Nur Deneme Örnekoğlu", "Oya Su"), strict=True)
    ]
    opened("strip", with_strip(rows=rows) + "<script>s.scrollLeft = 120</script>", eyes, hand)
    grid = eyes.reader.read_grid(COLUMNS, ("name", "status"), wanted=("title",), all_pages=True)
    assert [(row.cells["name"], row.cells["status"]) for row in grid.rows] == [(row[2], row[3]) for row in rows]


PANES = """<style>.g{{width:700px}}.panes{{display:flex;width:700px}}.mid{{width:600px;overflow-x:hidden}}.rows{{overflow-x:auto;scrollbar-width:none}}.in{{position:relative;width:900px}}.line{{position:relative;height:30px}}.line>div{{position:absolute;height:30px;white-space:nowrap;overflow:hidden}}.pin{{width:100px}}</style>
<div class=g role=grid><div class=panes role=presentation><div class=mid id=h role=presentation><div class=in role=rowgroup><div class=line role=row><div role=columnheader style="left:0;width:400px">Kişi</div><div role=columnheader style="left:400px;width:500px">İşyeri</div></div>
<div class=line role=row><div role=columnheader style="left:0;width:250px">Ad Soyad</div><div role=columnheader style="left:250px;width:320px">Durum</div><div role=columnheader style="left:570px;width:330px">Unvan</div></div></div></div>
<div class=pin role=rowgroup><div role=row style="height:60px"><div role=columnheader style="height:60px;line-height:60px">İşlem</div></div></div></div>
<div class=panes role=presentation><div class="mid rows" id=b role=presentation><div class=in role=rowgroup>{lines}</div></div><div class=pin role=rowgroup>{pinned}</div></div></div>
<script>b.onscroll = () => {{ h.scrollLeft = b.scrollLeft; }}; b.scrollLeft = {left};</script>"""
LINE = """<div class=line role=row><div role=gridcell style="left:0;width:250px">{name}</div><div role=gridcell style="left:250px;width:320px">{status}</div><div role=gridcell style="left:570px;width:330px">Aynı Unvan</div></div>"""
PINNED = "<div style='height:30px' role=row><div role=gridcell><button>Onayla</button></div></div>"


@pytest.mark.parametrize("left", [0, 60, 180, 300])
def test_buttons_pinned_in_a_pane_of_their_own_are_no_part_of_the_column_under_them(
    left: int, eyes: Eyes, hand: Hand
) -> None:
    lines = "".join(LINE.format(name=name, status=status) for _, _, name, status in ROWS)
    opened("panes", PANES.format(left=left, lines=lines, pinned=PINNED * len(ROWS)), eyes, hand)
    grid = eyes.reader.read_grid(COLUMNS, ("name", "status"), wanted=("title",), all_pages=False)
    assert [(row.cells["name"], row.cells["status"]) for row in grid.rows] == [row[2:] for row in ROWS]
    assert all("Onayla" not in row.cells.get("title", "") for row in grid.rows)
