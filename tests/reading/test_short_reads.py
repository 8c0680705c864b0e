"""Lists without any count, of which only a part is shown: each is read whole, or ends in an error that says why."""

from __future__ import annotations

import pytest

from Katip.errors import GridUnreadable
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.listing import TABLE, names_of_all, names_read, show

pytestmark = pytest.mark.browser

# ------------------------------------------------------------------------------------------------------------- pagers

# `parts` are the pages; `turn(n)` shows one of them.
PARTS = """const parts = O.by === 'letter' ? [...'ABCDE'].map((letter) => ALL.filter((row) => row[0].split(' ')[1] === letter))
  : Array.from({ length: Math.ceil(ALL.length / 5) }, (_, i) => ALL.slice(i * 5, i * 5 + 5));
function turn(n) {
  rows.innerHTML = parts[n].map((row) => `<tr>${cells(row)}</tr>`).join('');
  if (window.drawn) drawn(n);
}
const bar = document.getElementById('bar');
"""
LETTERS = "const parts_ = 0; for (const row of ALL) row[0] = row[0].replace(/KİŞİ ./, (_) => `KİŞİ ${'ABCDE'[ALL.indexOf(row) % 5]}`);\n"

PAGERS = {
    "list of page numbers": """bar.innerHTML = `<select>${parts.map((_, i) => `<option>${i + 1}`).join('')}</select>`;
bar.firstChild.onchange = () => turn(bar.firstChild.selectedIndex); turn(0);""",
    "list of page numbers in words": """bar.innerHTML = `Git: <select>${parts.map((_, i) => `<option>${i + 1}. sayfa`).join('')}</select>`;
bar.querySelector('select').onchange = (event) => turn(event.target.selectedIndex); turn(0);""",
    "round dots": """bar.innerHTML = parts.map(() => '<a style="display:inline-block;width:12px;height:12px;border-radius:50%;background:#bbb;margin:4px;cursor:pointer"></a>').join('');
window.drawn = (n) => [...bar.children].forEach((dot, i) => { dot.style.background = i === n ? '#333' : '#bbb'; });
[...bar.children].forEach((dot, i) => { dot.onclick = () => turn(i); }); turn(0);""",
    "dots that are buttons": """bar.innerHTML = parts.map(() => '<button style="width:12px;height:12px;border-radius:50%;padding:0;border:0"></button>').join(' ');
window.drawn = (n) => [...bar.children].forEach((dot, i) => { dot.setAttribute('aria-current', i === n); });
[...bar.children].forEach((dot, i) => { dot.onclick = () => turn(i); }); turn(0);""",
    "numbers that are plain words": """bar.innerHTML = parts.map((_, i) => `<span>${i + 1}</span>`).join(' ');
window.drawn = (n) => [...bar.children].forEach((one, i) => { one.style.fontWeight = i === n ? 'bold' : ''; });
bar.addEventListener('click', (event) => { const i = [...bar.children].indexOf(event.target); if (i >= 0) turn(i); }); turn(0);""",
    "field of a number": """bar.innerHTML = `<input type="number" min="1" max="${parts.length}" value="1">`;
bar.firstChild.onchange = () => turn(bar.firstChild.value - 1); turn(0);""",
    "slider": """bar.innerHTML = `<input type="range" min="1" max="${parts.length}" value="1">`;
bar.firstChild.oninput = () => turn(bar.firstChild.value - 1); turn(0);""",
    "picture for more": """let shown = 1; bar.innerHTML = '<img alt="" src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22/>" style="width:24px;height:24px;background:#06c;cursor:pointer">';
const draw = () => { rows.innerHTML = parts.slice(0, shown).flat().map((row) => `<tr>${cells(row)}</tr>`).join(''); if (shown >= parts.length) bar.innerHTML = ''; };
bar.firstChild.onclick = () => { shown += 1; draw(); }; draw();""",
}
LETTER_PAGERS = {
    "alphabet": """bar.innerHTML = [...'ABCDE'].map((letter) => `<a href="#">${letter}</a>`).join(' ');
window.drawn = (n) => [...bar.children].forEach((one, i) => { one.className = i === n ? 'on' : ''; });
[...bar.children].forEach((one, i) => { one.onclick = (event) => { event.preventDefault(); turn(i); }; }); turn(0);""",
    "alphabet as tabs": """bar.setAttribute('role', 'tablist'); bar.innerHTML = [...'ABCDE'].map((letter) => `<button role="tab">${letter}</button>`).join(' ');
window.drawn = (n) => [...bar.children].forEach((one, i) => { one.setAttribute('aria-selected', i === n); });
[...bar.children].forEach((one, i) => { one.onclick = () => turn(i); }); turn(0);""",
    "alphabet with all": """bar.innerHTML = ['Tümü', ...'ABCDE'].map((letter) => `<a href="#">${letter}</a>`).join(' ');
[...bar.children].forEach((one, i) => { one.onclick = (event) => { event.preventDefault(); if (i) turn(i - 1); else rows.innerHTML = ALL.map((row) => `<tr>${cells(row)}</tr>`).join(''); }; }); turn(0);""",
    "alphabet in ranges": """bar.innerHTML = ['A-B', 'C-D', 'E'].map((letter) => `<a href="#">${letter}</a>`).join(' ');
const ranges = [[0, 1], [2, 3], [4]]; const go = (i) => { rows.innerHTML = ranges[i].flatMap((n) => parts[n]).map((row) => `<tr>${cells(row)}</tr>`).join(''); };
[...bar.children].forEach((one, i) => { one.onclick = (event) => { event.preventDefault(); go(i); }; }); go(0);""",
}
FILTERS = {
    "year": """bar.innerHTML = '<label>Yıl <select><option>2024<option>2025<option selected>2026</select></label>'; bar.querySelector('select').onchange = (event) => turn(event.target.selectedIndex); turn(2);""",
    "year that can be all": """bar.innerHTML = '<label>Yıl <select><option>Tümü<option>2024<option>2025<option selected>2026</select></label>';
bar.querySelector('select').onchange = (event) => { const n = event.target.selectedIndex; if (n) turn(n - 1); else rows.innerHTML = ALL.map((row) => `<tr>${cells(row)}</tr>`).join(''); }; turn(2);""",
    "month": """bar.innerHTML = '<label>Ay <select><option>Ocak<option>Şubat<option selected>Kasım</select></label>'; bar.querySelector('select').onchange = (event) => turn(event.target.selectedIndex); turn(2);""",
    "search": """bar.innerHTML = '<label>Ara: <input value="KİŞİ A"></label>'; turn(0);""",
    "search without words": """bar.innerHTML = '<input type="search" value="KİŞİ A">'; turn(0);""",
}
STYLE = ".on { font-weight: bold; color: #000; text-decoration: none }"


def read_whole_or_refused(eyes: Eyes, names: list[str]) -> str:
    try:
        read = names_read(eyes)
    except GridUnreadable as error:
        return str(error)
    assert read == names
    return "whole"


@pytest.mark.parametrize("place", ["below", "above"])
@pytest.mark.parametrize("name", PAGERS)
def test_pager(name: str, place: str, hand: Hand, eyes: Eyes) -> None:
    bar = '<div id="bar" style="padding:6px"></div>'
    body = TABLE + bar if place == "below" else bar + TABLE
    show(hand, eyes, body, PARTS + PAGERS[name], STYLE, by="page")
    print(read_whole_or_refused(eyes, names_of_all()))


@pytest.mark.parametrize("place", ["below", "above"])
@pytest.mark.parametrize("name", LETTER_PAGERS)
def test_letters(name: str, place: str, hand: Hand, eyes: Eyes) -> None:
    bar = '<div id="bar" style="padding:6px"></div>'
    body = TABLE + bar if place == "below" else bar + TABLE
    show(hand, eyes, body, LETTERS + PARTS + LETTER_PAGERS[name], STYLE, by="letter")
    print(read_whole_or_refused(eyes, sorted(f"KİŞİ {'ABCDE'[i % 5]} DENEME {i}" for i in range(12))))


@pytest.mark.parametrize("name", FILTERS)
def test_filters(name: str, hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, '<div id="bar" style="padding:6px"></div>' + TABLE, PARTS + FILTERS[name], STYLE, by="page")
    print(read_whole_or_refused(eyes, names_of_all()))


# --------------------------------------------------------------------------------------------------------- groups

HEAD = "<thead><tr><th>Adı Soyadı<th>Personel Kategorisi Adı<th>Grv. Onay Durumu</thead>"
ROW = "const tr = (row, more = '') => `<tr ${more}>${cells(row)}</tr>`;\n"
TOGGLE = """document.querySelectorAll('.group').forEach((group) => group.addEventListener('click', () => {
  const open = group.classList.toggle('open');
  if (group.hasAttribute('aria-expanded')) group.setAttribute('aria-expanded', open);
  const sign = group.querySelector('.sign'); if (sign) sign.textContent = open ? '▼' : '▶';
  for (let one = group.nextElementSibling; one && !one.classList.contains('group'); one = one.nextElementSibling) one.style.display = open ? '' : 'none';
}));
window.open_ = (n) => document.querySelectorAll('.group')[n].click();"""
GROUPED = (
    """const groups = [['Hekimler', ALL.slice(0, 4)], ['Uzmanlar', ALL.slice(4, 8)], ['Diğer', ALL.slice(8)]];
rows.innerHTML = groups.map(([name, list], i) => `<tr class="group" ${O.aria ? 'aria-expanded="false"' : ''} style="cursor:pointer"><td colspan="3">${O.sign ? `<span class="sign">▶</span> ` : ''}${name}</td></tr>` + list.map((row) => tr(row, 'style="display:none"')).join('')).join('');
"""
    + TOGGLE
)
GROUPS = {
    "aria and one open": (GROUPED + "open_(0);", {"aria": True, "sign": False}),
    "sign and one open": (GROUPED + "open_(0);", {"aria": False, "sign": True}),
    "sign and all closed": (GROUPED, {"aria": False, "sign": True}),
    "aria and last closed": (GROUPED + "open_(0); open_(1);", {"aria": True, "sign": True}),
    "tree": (
        """rows.parentNode.setAttribute('role', 'treegrid');
rows.innerHTML = ALL.map((row, i) => tr(row, i % 4 ? 'role="row" aria-level="2" style="display:none"' : 'role="row" class="group" aria-level="1" aria-expanded="false"')).join('');
"""
        + TOGGLE
        + "open_(0);",
        {},
    ),
    "details": (
        """rows.parentNode.outerHTML = ''; const box = document.createElement('div'); document.body.appendChild(box);
box.innerHTML = `<table>"""
        + HEAD
        + """</table>` + [0, 4, 8].map((n) => `<details ${n ? '' : 'open'}><summary>Grup ${n}</summary><table>"""
        + HEAD
        + """<tbody>${ALL.slice(n, n + 4).map((row) => tr(row)).join('')}</table></details>`).join('');""",
        {},
    ),
}


@pytest.mark.parametrize("name", GROUPS)
def test_groups(name: str, hand: Hand, eyes: Eyes) -> None:
    script, options = GROUPS[name]
    show(hand, eyes, TABLE, ROW + script, "td { width: 150px }", **options)
    print(read_whole_or_refused(eyes, names_of_all()))


# ------------------------------------------------------------------------------------------------------------ rows

ROWS = {
    "gap of 120 px": "rows.innerHTML = ALL.map((row, i) => (i === 6 ? '<tr><td colspan=3 style=\"height:120px;border:0\"></td></tr>' : '') + tr(row)).join('');",
    "empty name": "rows.innerHTML = ALL.map((row, i) => tr(i % 4 === 3 ? ['', row[1], row[2]] : row)).join('');",
    "dash as name": "rows.innerHTML = ALL.map((row, i) => tr(i % 4 === 3 ? ['<span style=\"visibility:hidden\">x</span>', row[1], row[2]] : row)).join('');",
    "merged names": "rows.innerHTML = ALL.map((row, i) => `<tr>${i % 2 ? '' : `<td rowspan=2>${row[0]}</td>`}<td>${row[1]} ${i}</td><td>${row[2]}</td></tr>`).join('');",
    "two bodies": "rows.innerHTML = ALL.slice(0, 5).map((row) => tr(row)).join(''); rows.insertAdjacentHTML('afterend', `<tbody>${ALL.slice(5).map((row) => tr(row)).join('')}</tbody>`);",
    "two bodies with a gap": "rows.innerHTML = ALL.slice(0, 5).map((row) => tr(row)).join(''); rows.insertAdjacentHTML('afterend', `<tbody><tr><td colspan=3 style=\"height:60px;border:0\"></td></tr></tbody><tbody>${ALL.slice(5).map((row) => tr(row)).join('')}</tbody>`);",
    "second table below": "rows.innerHTML = ALL.slice(0, 5).map((row) => tr(row)).join(''); rows.parentNode.insertAdjacentHTML('afterend', `<h3 style=\"margin:60px 0 10px\">Devamı</h3><table>"
    + HEAD
    + "<tbody>${ALL.slice(5).map((row) => tr(row)).join('')}</tbody></table>`);",
    "second table right below": "rows.innerHTML = ALL.slice(0, 5).map((row) => tr(row)).join(''); rows.parentNode.insertAdjacentHTML('afterend', `<table>"
    + HEAD
    + "<tbody>${ALL.slice(5).map((row) => tr(row)).join('')}</tbody></table>`);",
    "two tables side by side": "rows.innerHTML = ALL.slice(0, 6).map((row) => tr(row)).join(''); rows.parentNode.style.display = 'inline-table'; rows.parentNode.insertAdjacentHTML('afterend', ` <table style=\"display:inline-table\">"
    + HEAD
    + "<tbody>${ALL.slice(6).map((row) => tr(row)).join('')}</tbody></table>`);",
    "spacer rows": "rows.innerHTML = ALL.map((row) => tr(row) + '<tr><td colspan=3 style=\"height:14px;background:#eee\"></td></tr>').join('');",
    "high spacer rows": "rows.innerHTML = ALL.map((row) => tr(row) + '<tr><td colspan=3 style=\"height:90px;background:#eee\"></td></tr>').join('');",
    "headers again between rows": "rows.innerHTML = ALL.map((row, i) => (i === 6 ? '<tr><th>Adı Soyadı<th>Personel Kategorisi Adı<th>Grv. Onay Durumu</tr>' : '') + tr(row)).join('');",
    "sticky group headers": "rows.innerHTML = ALL.map((row, i) => (i % 4 ? '' : `<tr><td colspan=3 style=\"position:sticky;top:0;background:#ddd\">Grup ${i}</td></tr>`) + tr(row)).join('');",
    "divs of one row each after a note": "rows.innerHTML = ALL.slice(0, 5).map((row) => tr(row)).join(''); rows.insertAdjacentHTML('beforeend', '<tr><td colspan=3 style=\"height:100px\">Not: aşağıdaki kayıtlar devamıdır.</td></tr>' + ALL.slice(5).map((row) => tr(row)).join(''));",
}


@pytest.mark.parametrize("name", ROWS)
def test_rows(name: str, hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, TABLE, ROW + ROWS[name])
    if name in ("empty name", "dash as name"):
        names = sorted("" if i % 4 == 3 else f"KİŞİ {chr(65 + i)} DENEME {i}" for i in range(12))
    elif name == "merged names":
        names = sorted(f"KİŞİ {chr(65 + i - i % 2)} DENEME {i - i % 2}" for i in range(12))
    else:
        names = names_of_all()
    print(read_whole_or_refused(eyes, names))


# ------------------------------------------------------------------------------------------------ what is no part of a list

ALL_ROWS = "rows.innerHTML = ALL.map((row) => `<tr>${cells(row)}</tr>`).join('');"
BESIDE = {
    "alphabet far above": ('<div style="height:200px"><a href="/made/other.html">A</a> <a href="/made/other.html">B</a> <a href="/made/other.html">C</a></div>', "", ALL_ROWS),
    "alphabet beside": ('<div style="position:absolute;left:900px;top:90px"><a href="#">A</a> <a href="#">B</a> <a href="#">C</a></div>', "", ALL_ROWS),
    "alphabet of other pages": ('<div><a href="/made/other.html">A</a> <a href="/made/other.html">B</a> <a href="/made/other.html">C</a></div>', "", ALL_ROWS),
    "alphabet that changes nothing": ('<div><a href="#A">A</a> <a href="#B">B</a> <a href="#C">C</a></div>', "", ALL_ROWS),
    "sizes of a page": ("<select><option>10<option selected>25<option>50</select>", "", ALL_ROWS),
    "status": ("<label>Durum <select><option>Tümü<option>Onaylandı<option selected>Onay Bekliyor</select></label>", "", ALL_ROWS),
    "year that is all": ("<label>Yıl <select><option selected>Tümü<option>2025<option>2026</select></label>", "", ALL_ROWS),
    "numbers of a form": ('<label>Adet <select id="count"><option>1<option selected>2<option>3</select></label>', "", ALL_ROWS),
    "search that is empty": ('<input type="search" placeholder="Ara"> <label>Firma <input value="ÖRNEK LTD"></label>', "", ALL_ROWS),
    "pictures in a row": ("", '<img alt="" style="width:16px;height:16px;cursor:pointer"> <img alt="" style="width:16px;height:16px;cursor:pointer">', ALL_ROWS),
    "dots of a legend": ("", '<span style="display:inline-block;width:10px;height:10px;border-radius:50%;background:#0a0"></span> Onaylı <span style="display:inline-block;width:10px;height:10px;border-radius:50%;background:#a00"></span> Bekliyor', ALL_ROWS),
    "help that is closed": ("", '<details><summary>Yardım</summary><p>Listede ara.</p></details>', ALL_ROWS),
    "details of each row": ("", "", "rows.innerHTML = ALL.map((row) => `<tr>${cells(row)}<td><button aria-expanded=\"false\" onclick=\"window.happened.push('details')\">▶</button></td></tr>`).join('');"),
    "totals": ("", "", ALL_ROWS + "rows.insertAdjacentHTML('beforeend', '<tr><td></td><td>Toplam</td><td>12</td></tr>');"),
    "menu of a page": ("", '<button aria-expanded="false" aria-haspopup="true" onclick="window.happened.push(1)">İşlemler</button>', ALL_ROWS),
}


@pytest.mark.parametrize("name", BESIDE)
def test_what_is_no_part_of_the_list_does_not_trouble(name: str, hand: Hand, eyes: Eyes) -> None:
    above, below, script = BESIDE[name]
    show(hand, eyes, f"{above}{TABLE}{below}", f"window.happened = [];{script}")
    assert names_read(eyes) == names_of_all()
    assert hand.happened() == []
    if name == "numbers of a form":
        assert hand.script("() => document.getElementById('count').value") == "2"
