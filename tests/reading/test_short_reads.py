"""Lists without any count, of which only a part is shown: each is read whole, or ends in an error that says why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from Katip.errors import GridUnreadable
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.listing import TABLE, names_of_all, names_read, show

pytestmark = pytest.mark.browser

HEAD = "<thead><tr><th>Adı Soyadı<th>Personel Kategorisi Adı<th>Grv. Onay Durumu</thead>"
BAR = '<div id="bar" style="padding:6px"></div>'
STYLE = (
    ".on { font-weight: bold; color: #000 } .dot { display: inline-block; width: 12px; height: 12px; padding: 0; border: 0; margin: 4px; \
border-radius: 50%; background: #bbb; cursor: pointer } td { min-width: 150px }"
)
# `tr` and `trs` make rows; `parts` are the parts of the list, `turn(n)` shows one of them, `choices(html)` fills the bar with controls for them.
HELPERS = """
const tr = (row, more = '') => `<tr ${more}>${cells(row)}</tr>`;
const trs = (list) => list.map((row) => tr(row)).join('');
const wide = (height) => `<tr><td colspan="3" style="border:0;height:${height}px"></td></tr>`;
const letters = [...'ABCDE'];
if (O.letters) ALL.forEach((row, i) => { row[0] = row[0].replace(/KİŞİ ./, `KİŞİ ${letters[i % 5]}`); });
const parts = O.letters ? letters.map((letter) => ALL.filter((row) => row[0][5] === letter)) : [0, 5, 10].map((n) => ALL.slice(n, n + 5));
const bar = document.getElementById('bar');
let mark = () => {};
const turn = (n) => { rows.innerHTML = trs(parts[n]); mark(n); };
const all = () => { rows.innerHTML = trs(ALL); };
function choices(html, show = turn) {
  bar.innerHTML = html;
  [...bar.children].forEach((one, i) => one.addEventListener('click', (event) => { event.preventDefault(); show(i); }));
}
const named = (text) => [...bar.children].forEach((one) => { one.className = one.textContent === text ? 'on' : ''; });
const marked = (name) => { mark = (n) => [...bar.children].forEach((one, i) => one.setAttribute(name, i === n)); };
function list(html, show = turn) {
  bar.innerHTML = html;
  const field = bar.querySelector('select, input');
  field.addEventListener('change', () => show(field.options ? field.selectedIndex : field.value - 1));
}
"""


@pytest.fixture
def short_wait(eyes: Eyes) -> None:
    """Shorten the wait for a press that changes nothing: these pages change at once, or never."""
    eyes.wait(opening=timedelta(seconds=2))


def open_list(hand: Hand, eyes: Eyes, script: str, above: str = "", below: str = "", **options: Any) -> None:
    show(hand, eyes, f"{above}{TABLE}{below}", HELPERS + script, STYLE, **options)


# ------------------------------------------------------------------------------------------------------------- pagers

PAGERS = {
    "list of page numbers": "list(`<select>${parts.map((_, i) => `<option>${i + 1}`)}</select>`); turn(0);",
    "list of page numbers in words": "list(`<select>${parts.map((_, i) => `<option>${i + 1}. sayfa`)}</select>`); bar.firstChild.selectedIndex = 1; turn(1);",
    "round dots": """choices('<a class="dot"></a>'.repeat(3));
mark = (n) => [...bar.children].forEach((dot, i) => { dot.style.background = i === n ? '#333' : '#bbb'; }); turn(0);""",
    "dots that are buttons": """choices('<button class="dot"></button>'.repeat(3)); marked('aria-current'); turn(0);""",
    "numbers that are plain words": """bar.innerHTML = '<span>1</span> <span>2</span> <span>3</span>';
bar.addEventListener('click', (event) => { if (event.target !== bar) turn(event.target.textContent - 1); });
mark = (n) => named(`${n + 1}`); turn(0);""",
    "field of a number": """list('<input type="number" min="1" max="3" value="1">'); turn(0);""",
    "slider": """list('<input type="range" min="1" max="3" value="1">'); turn(0);""",
}
LETTERS = {
    "alphabet": 'choices(\'<a href="#">A</a> <a href="#">B</a> <a href="#">C</a> <a href="#">D</a> <a href="#">E</a>\'); turn(0);',
    "alphabet as tabs": """choices(letters.map((one) => `<button role="tab">${one}</button>`).join(' ')); marked('aria-selected'); turn(2);""",
    "alphabet with a letter without rows": """parts.splice(3, 0, []);
choices([...'ABCÇDE'].map((one) => `<button>${one}</button>`).join(' ')); turn(0);""",
    "alphabet with all": """choices(['Tümü', ...letters].map((one) => `<a href="#">${one}</a>`).join(' '), (n) => { if (n) turn(n - 1); else all(); });
turn(0);""",
    "alphabet in ranges": """const go = (n) => { rows.innerHTML = trs([[0, 1], [2, 3], [4]][n].flatMap((one) => parts[one])); };
choices(['A-B', 'C-D', 'E'].map((one) => `<a href="#">${one}</a>`).join(' '), go); go(0);""",
}
YEARS = {
    "year": "list('<label>Yıl <select><option>2024<option>2025<option selected>2026</select></label>'); turn(2);",
    "year that can be all": """list('<label>Yıl <select><option>Tümü<option>2024<option>2025<option selected>2026</select></label>',
  (n) => { if (n) turn(n - 1); else all(); }); turn(2);""",
    "month": "list('<label>Ay <select><option>Ocak<option>Şubat<option selected>Mart</select></label>'); turn(2);",
}


@pytest.mark.parametrize("name", PAGERS)
def test_list_whose_pager_is_no_row_of_links_is_read_whole(name: str, hand: Hand, eyes: Eyes) -> None:
    open_list(hand, eyes, PAGERS[name], below=BAR)
    assert names_read(eyes) == names_of_all()


@pytest.mark.matrix
@pytest.mark.parametrize("name", PAGERS)
def test_list_whose_pager_is_above_it_is_read_whole(name: str, hand: Hand, eyes: Eyes) -> None:
    open_list(hand, eyes, PAGERS[name], above=BAR)
    assert names_read(eyes) == names_of_all()


@pytest.mark.usefixtures("short_wait")
@pytest.mark.parametrize("name", LETTERS)
def test_list_that_shows_one_letter_is_read_whole(name: str, hand: Hand, eyes: Eyes) -> None:
    open_list(hand, eyes, LETTERS[name], above=BAR, letters=True)
    assert names_read(eyes) == sorted(f"KİŞİ {'ABCDE'[i % 5]} DENEME {i}" for i in range(12))


@pytest.mark.parametrize("name", YEARS)
def test_list_that_shows_this_year_is_read_whole(name: str, hand: Hand, eyes: Eyes) -> None:
    open_list(hand, eyes, YEARS[name], above=BAR)
    assert names_read(eyes) == names_of_all()


def test_entry_that_shows_nothing_though_others_did_is_an_error(hand: Hand, eyes: Eyes) -> None:
    eyes.wait(opening=timedelta(seconds=1))
    open_list(
        hand,
        eyes,
        "choices('<button>1</button> <button>2</button> <button>3</button>', (n) => { if (n < 2) turn(n); }); marked('aria-current'); turn(0);",
        BAR,
    )
    with pytest.raises(GridUnreadable, match='"3" was pressed'):
        names_read(eyes)


# ------------------------------------------------------------------------------------------------------------- groups

GROUPED = """rows.innerHTML = [['Hekimler', 0], ['Uzmanlar', 4], ['Diğer', 8]].map(([name, n]) =>
  `<tr class="group" ${O.aria ? 'aria-expanded="false"' : ''} style="cursor:pointer">`
  + `<td colspan="3">${O.sign ? '<span class="sign">▶</span> ' : ''}${name}</td></tr>`
  + ALL.slice(n, n + 4).map((row) => tr(row, 'style="display:none"')).join('')).join('');
"""
TOGGLED = """document.querySelectorAll('.group').forEach((group) => group.addEventListener('click', () => {
  const open = group.classList.toggle('open');
  if (group.hasAttribute('aria-expanded')) group.setAttribute('aria-expanded', open);
  group.querySelectorAll('.sign').forEach((sign) => { sign.textContent = open ? '▼' : '▶'; });
  for (let one = group.nextElementSibling; one && !one.matches('.group'); one = one.nextElementSibling) one.style.display = open ? '' : 'none';
}));
const press = (n) => document.querySelectorAll('.group')[n].click();
"""
TREE = """rows.parentNode.setAttribute('role', 'treegrid');
rows.innerHTML = ALL.map((row, i) => tr(row, i % 4 ? 'role="row" aria-level="2" style="display:none"'
  : 'role="row" class="group" aria-level="1" aria-expanded="false"')).join('');
"""
GROUPS: dict[str, tuple[str, dict[str, Any]]] = {
    "state, one open": (f"{GROUPED}{TOGGLED}press(0);", {"aria": True}),
    "sign, one open": (f"{GROUPED}{TOGGLED}press(0);", {"sign": True}),
    "sign, none open": (f"{GROUPED}{TOGGLED}", {"sign": True}),
    "both, last closed": (f"{GROUPED}{TOGGLED}press(0); press(1);", {"aria": True, "sign": True}),
    "tree": (f"{TREE}{TOGGLED}press(0);", {}),
}


@pytest.mark.parametrize("name", GROUPS)
def test_collapsed_groups_are_opened(name: str, hand: Hand, eyes: Eyes) -> None:
    script, options = GROUPS[name]
    open_list(hand, eyes, script, **options)
    assert names_read(eyes) == names_of_all()


def test_group_that_does_not_open_is_an_error(hand: Hand, eyes: Eyes) -> None:
    eyes.wait(opening=timedelta(seconds=0.5))
    open_list(hand, eyes, GROUPED, aria=True)
    with pytest.raises(GridUnreadable, match='still collapsed: "Hekimler", "Uzmanlar", "Diğer"'):
        names_read(eyes)


# --------------------------------------------------------------------------------------------------------------- rows

REST = "<table>${O.head}<tbody>${trs(ALL.slice(5))}</tbody></table>"
WHOLE = {
    "gap of 120 px": "rows.innerHTML = trs(ALL.slice(0, 5)) + wide(120) + trs(ALL.slice(5));",
    "high spacer rows": "rows.innerHTML = ALL.map((row) => tr(row) + wide(90)).join('');",
    "two bodies": "rows.innerHTML = trs(ALL.slice(0, 5)); rows.insertAdjacentHTML('afterend', `<tbody>${trs(ALL.slice(5))}</tbody>`);",
    "two bodies with a gap": """rows.innerHTML = trs(ALL.slice(0, 5));
rows.insertAdjacentHTML('afterend', `<tbody>${wide(60)}</tbody><tbody>${trs(ALL.slice(5))}</tbody>`);""",
    "headers between rows": "rows.innerHTML = trs(ALL.slice(0, 5)) + O.head.replace(/thead/g, '') + trs(ALL.slice(5));",
    "sticky group headers": """rows.innerHTML = ALL.map((row, i) => (i % 4 ? '' :
  `<tr><td colspan="3" style="position:sticky;top:0;background:#ddd">Grup ${i}</td></tr>`) + tr(row)).join('');""",
    "note between rows": "rows.innerHTML = trs(ALL.slice(0, 5)) + wide(100).replace('></td>', '>Not: devamı aşağıda.</td>') + trs(ALL.slice(5));",
}
REFUSED = {
    "empty name": (
        "rows.innerHTML = trs(ALL.map((row, i) => (i % 4 === 3 ? ['', row[1], row[2]] : row)));",
        "İşyeri Hekimi",
    ),
    "hidden name": (
        "rows.innerHTML = trs(ALL.map((row, i) => (i % 4 === 3 ? ['<i style=\"visibility:hidden\">x</i>', row[1], row[2]] : row)));",
        "İşyeri Hekimi",
    ),
    "no name at all": ("rows.innerHTML = trs(ALL.map((row) => ['', row[1], row[2]]));", "İşyeri Hekimi"),
    "empty name among placed cells": (
        """const at = (x, y) => `position:absolute;left:${10 + x * 200}px;top:${y}px;width:190px;height:22px`;
const place = (row, y) => row.map((text, x) => `<div style="${at(x, y)}">${text}</div>`).join('');
rows.parentNode.outerHTML = `<div style="position:relative;height:400px">${place(['Adı Soyadı', 'Personel Kategorisi Adı', 'Grv. Onay Durumu'], 0)}`
  + `${ALL.map((row, i) => place([i === 5 ? '' : row[0], row[1], row[2]], 24 + i * 24)).join('')}</div>`;""",
        "İşyeri Hekimi",
    ),
    "second table below": (
        f"rows.innerHTML = trs(ALL.slice(0, 5)); rows.parentNode.insertAdjacentHTML('afterend', `<h3 style=\"margin:60px 0 10px\">Devamı</h3>{REST}`);",
        "DENEME 5",
    ),
    "two tables side by side": (
        f"rows.innerHTML = trs(ALL.slice(0, 5)); rows.parentNode.style.float = 'left'; rows.parentNode.insertAdjacentHTML('afterend', `{REST}`);",
        "DENEME 5",
    ),
    "tables that open": (
        """rows.innerHTML = trs(ALL.slice(0, 5));
rows.parentNode.insertAdjacentHTML('afterend', `<details><summary>Devamı</summary>"""
        + REST
        + "</details>`);",
        "DENEME 0",
    ),
    "picture below": (
        'turn(0); bar.innerHTML = \'<img alt="" style="width:24px;height:24px;cursor:pointer">\';',
        "a picture without words",
    ),
    "search": ("bar.innerHTML = '<label>Ara: <input value=\"KİŞİ A\"></label>'; turn(0);", 'the search "KİŞİ A"'),
    "search with a count": (
        'bar.innerHTML = \'<input type="search" value="KİŞİ A"> Toplam 5 kayıt\'; turn(0);',
        'the search "KİŞİ A"',
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_rows_apart_from_each_other_are_read(name: str, hand: Hand, eyes: Eyes) -> None:
    open_list(hand, eyes, WHOLE[name], head=HEAD)
    assert names_read(eyes) == names_of_all()


def test_merged_name_belongs_to_each_of_its_rows(hand: Hand, eyes: Eyes) -> None:
    open_list(
        hand,
        eyes,
        "rows.innerHTML = ALL.map((row, i) => `<tr>${i % 2 ? '' : `<td rowspan=2>${row[0]}</td>`}<td>${row[1]} ${i}</td><td>${row[2]}</td></tr>`).join('');",
    )
    assert names_read(eyes) == sorted(f"KİŞİ {chr(65 + i - i % 2)} DENEME {i - i % 2}" for i in range(12))


@pytest.mark.parametrize("name", REFUSED)
def test_list_of_which_a_part_may_be_missing_is_an_error(name: str, hand: Hand, eyes: Eyes) -> None:
    script, seen = REFUSED[name]
    open_list(hand, eyes, script, below=BAR, head=HEAD)
    with pytest.raises(GridUnreadable, match=seen) as caught:
        names_read(eyes)
    assert caught.value.code == "KTP-114"


# ---------------------------------------------------------------------------------------------- what is no part of a list

LINKS = '<a href="{0}">A</a> <a href="{0}">B</a> <a href="{0}">C</a>'
PICTURE = '<img alt="" style="width:16px;height:16px;cursor:pointer" onclick="happened.push(1)">'
LEGEND = '<span class="dot"></span> Onaylı <span class="dot" style="background:#a00"></span> Bekliyor'
DETAILS = '<td><button aria-expanded="false" onclick="happened.push(1)">▶</button></td></tr>'
BESIDE = {
    "alphabet far above": (f'<div style="height:200px">{LINKS.format("/made/other.html")}</div>', "", "all();"),
    "alphabet beside": (f'<div style="position:absolute;left:900px;top:90px">{LINKS.format("#")}</div>', "", "all();"),
    "alphabet of other pages": (LINKS.format("/made/other.html"), "", "all();"),
    "alphabet that changes nothing": (LINKS.format("#A"), "", "all();"),
    "sizes of a page": ("<select><option>10<option selected>25<option>50</select>", "", "all();"),
    "status": (
        "<label>Durum <select><option>Tümü<option>Onaylandı<option selected>Onay Bekliyor</select></label>",
        "",
        "all();",
    ),
    "year that is all": (
        "<label>Yıl <select><option selected>Tümü<option>2025<option>2026</select></label>",
        "",
        "all();",
    ),
    "number of a form": (
        '<label>Adet <select id="count"><option>1<option selected>2<option>3</select></label>',
        "",
        "all();",
    ),
    "search that is empty": (
        '<input type="search" placeholder="Ara"> <label>Firma <input value="ÖRNEK LTD"></label>',
        "",
        "all();",
    ),
    "pictures in a row": ("", f"{PICTURE} {PICTURE}", "all();"),
    "legend": ("", LEGEND, "all();"),
    "help that is closed": ("", "<details><summary>Yardım</summary><p>Listede ara.</p></details>", "all();"),
    "details of each row": ("", "", f"rows.innerHTML = trs(ALL).replaceAll('</tr>', `{DETAILS}`);"),
    "totals": ("", "", "all(); rows.insertAdjacentHTML('beforeend', '<tr><td></td><td>Toplam</td><td>12</td></tr>');"),
    "menu": (
        "",
        '<button aria-expanded="false" aria-haspopup="true" onclick="happened.push(1)">İşlemler</button>',
        "all();",
    ),
}
ALWAYS = (
    "alphabet that changes nothing",
    "number of a form",
    "pictures in a row",
    "details of each row",
    "totals",
    "status",
)


@pytest.mark.usefixtures("short_wait")
@pytest.mark.parametrize(
    "name", [name if name in ALWAYS else pytest.param(name, marks=pytest.mark.matrix) for name in BESIDE]
)
def test_what_is_no_part_of_the_list_does_not_trouble(name: str, hand: Hand, eyes: Eyes) -> None:
    above, below, script = BESIDE[name]
    open_list(hand, eyes, f"window.happened = [];{script}", above, below)
    assert names_read(eyes) == names_of_all()
    assert hand.happened() == []
    if name == "number of a form":
        assert hand.script("() => document.getElementById('count').value") == "2"
