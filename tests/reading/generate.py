# ruff: noqa: E501, S311 - a template is one line, as it is served; chance is for variety, not for secrecy
"""Makes portal pages by chance: the same contracts, toolbar, pager and form, built each time from other constructions.

A seed gives always the same page. ``python -m tests.reading.generate 17 > page.html`` shows one (frames are written inline).
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape

COLUMNS: dict[str, list[str]] = {
    "name": ["Adı Soyadı"],
    "category": ["Personel Kategorisi Adı", "Personel Kategorisi"],
    "start": ["Grv. Başlama Trh.", "Grv. Başlama Tarih"],
    "status": ["Grv. Onay Durumu"],
    "grv_type": ["Grv. Türü"],
    "work_type": ["Çalışma Şekli"],
    "work_status": ["Çalışma Durumu"],
    "end": ["Grv. Ayrılış Trh.", "Grv. Ayrılış Tarih"],
}
ALWAYS = ("name", "category", "start", "status")
FIELDS: dict[str, list[str]] = {
    "adi_soyadi": ["Adı Soyadı"],
    "gorevlendirme_id": ["Görevlendirme ID"],
    "minutes": ["Ayl. Çlş. Süresi (Dk)"],
    "overtime": ["Ayl. Fzl. Mesai Süresi (Dk)"],
    "max_minutes": ["Kalan Max. Ayl. Çlş. Süresi (Dk)"],
    "aciklama": ["Açıklama"],
}
TITLE = "SÖZLEŞME ONAY"
TOOLBAR = (
    "Yeni",
    "İşe Grv.",
    "Onayla",
    "Sözleşme İptal",
    "Sil",
    "Detay Yazdır",
    "Sözleşme Yazdır",
    "Tazele",
    "Onaylananlar",
)
MENU = ("Ana Sayfa", "Güvenli Çıkış", "Anket", "Silinen Sözleşmeler", "Yardımcı C Sözleşmeler", "Kurum Değiştir")
FIRST = ("AYŞE", "İSMAİL", "ŞÜKRÜ", "ÇAĞRI", "Iraz", "ÖMER", "Ülkü", "IŞIK", "Can", "HATİCE NUR")
LAST = ("ÖRNEK", "DENEME", "NUMUNE", "TASLAK", "O'MAKET", "ÖRNEK-DENEME", "<b>", "&amp;")
CATEGORIES = ("A Sınıfı İş Güvenliği Uzmanı", "C Sınıfı İş Güvenliği Uzmanı", "İşyeri Hekimi", "Diğer Sağlık Personeli")
CHOICES: dict[str, tuple[str, ...]] = {
    "category": CATEGORIES,
    "grv_type": ("Dış Grv.", "İç Grv.", ""),
    "work_type": ("Kısmi Süreli", "Tam Süreli", ""),
    "work_status": ("Devam Ediyor", "Ayrıldı"),
    "end": ("", "", "31.12.2020"),
    "status": ("Onay Bekliyor", "Onaylandı", "Onaylandı"),
}


@dataclass
class Made:
    """A page made by chance, and what a person sees there.

    Args:
        seed: What it was made from.
        build: The constructions chosen, for the message of a failure.
        html: The page.
        order: The grid's known columns from left to right.
        rows: The grid's rows, all pages, each in that order.
        pages: How many pages the pager has.
        disabled: Whether "Onayla" cannot be pressed.
        form: The form's values; empty if no form is shown.
    """

    seed: int
    build: dict[str, str] = field(default_factory=dict)
    html: str = ""
    order: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    pages: int = 1
    disabled: bool = False
    form: dict[str, str] = field(default_factory=dict)


# ------------------------------------------------------------------------------------------------------------------ labels


def _written(label: str, chance: random.Random) -> str:
    """A label the way some page writes it, as HTML."""
    plain = escape(label)
    first, _, rest = plain.partition(" ")
    ways = [plain, plain, plain, f"<span>{plain}</span>", f"<b>{plain}</b>", f"\n   {plain}  "]
    if rest:
        ways += [f"{first}&nbsp;{rest}", f"<span>{first}</span> <span>{rest}</span>", f"{first}<br>{rest}"]
    return chance.choice(ways)


def _handler(name: str) -> str:
    return f"""onclick="note('{name}');event.stopPropagation()\""""


# ----------------------------------------------------------------------------------------------------------------- toolbar

BUTTONS: dict[str, str] = {
    "button": '<button type="button" {on}{off}>{text}</button>',
    "input": '<input type="button" value="{label}" {on}{off}>',
    "anchor-role": '<a role="button" tabindex="0" class="b" {on}{off}>{text}</a>',
    "anchor": '<a href="javascript:void(0)" class="b" {on}{off}>{text}</a>',
    "div": '<div class="b" {on}{off}>{text}</div>',
    "span-in-span": '<span class="b" {on}{off}><span><span>{text}</span></span></span>',
    "nested-table": '<table class="b" style="display:inline-table" {on}{off}><tr><td><i></i></td><td><em>{text}</em></td><td><i></i></td></tr></table>',
    "icon": '<button type="button" {on}{off}><svg width="10" height="10"><circle cx="5" cy="5" r="4"/></svg> {text}</button>',
    "picture": '<a href="#" class="b" {on}{off}><img alt="{label}" width="26" height="16" src="data:image/svg+xml,%3Csvg xmlns=\'http://www.w3.org/2000/svg\'%3E%3Crect width=\'26\' height=\'16\' fill=\'teal\'/%3E%3C/svg%3E"></a>',
}
DISABLED: dict[str, tuple[str, ...]] = {
    "button": (" disabled", ' aria-disabled="true"', ' style="opacity:.4;pointer-events:none"'),
    "input": (" disabled",),
    "icon": (" disabled", ' style="opacity:.35"'),
}
ANY_DISABLED = (
    ' aria-disabled="true"',
    ' style="opacity:.4;pointer-events:none"',
    ' style="opacity:.35;cursor:default"',
)


def _toolbar(made: Made, chance: random.Random) -> str:
    kind = made.build["button"]
    labels = [label for label in TOOLBAR if label == "Onayla" or chance.random() < 0.6]
    parts = []
    for label in labels:
        off = chance.choice(DISABLED.get(kind, ANY_DISABLED)) if label == "Onayla" and made.disabled else ""
        if "style" in off and kind == "nested-table":
            off = ' aria-disabled="true"'
        text = escape(label) if kind == "picture" else _written(label, chance)
        parts.append(
            BUTTONS[kind].format(on="" if off else _handler(label), off=off, text=text, label=escape(label, quote=True))
        )
    return f'<div class="bar">{" ".join(parts)}</div>'


# -------------------------------------------------------------------------------------------------------------------- grid


@dataclass
class Table:
    """What a construction of a grid needs: headers and rows as HTML, and the widths of the columns."""

    headers: list[str]
    rows: list[list[str]]
    widths: list[int]
    extra: str


def _attributes(index: int) -> str:
    return f' class="row" data-row="{index}"'


def _one_table(table: Table) -> str:
    head = "<tr>" + "".join(f"<th>{cell}</th>" for cell in table.headers) + "</tr>"
    body = "".join(
        f"<tr{_attributes(i)}>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for i, row in enumerate(table.rows)
    )
    return f"<table class='g'><thead>{head}</thead><tbody>{body}</tbody></table>"


def _bold_cells(table: Table) -> str:
    head = "<tr bgcolor='#ccddee'>" + "".join(f"<td><b>{cell}</b></td>" for cell in table.headers) + "</tr>"
    body = "".join(
        f"<tr{_attributes(i)}>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for i, row in enumerate(table.rows)
    )
    return f"<table border='1' cellspacing='0'>{head}{body}</table>"


def _fixed(table: Table, cells: Sequence[str], attributes: str = "") -> str:
    inner = "".join(f'<td style="width:{w}px">{c or "&nbsp;"}</td>' for c, w in zip(cells, table.widths, strict=True))
    return f"<tr{attributes}>{inner}</tr>"


def _two_tables(table: Table) -> str:
    style = f'style="table-layout:fixed;width:{sum(table.widths)}px" cellspacing="0" cellpadding="2"'
    body = "".join(_fixed(table, row, _attributes(i)) for i, row in enumerate(table.rows))
    return f"<div><table {style}>{_fixed(table, table.headers)}</table></div><div><table {style}>{body}</table></div>"


def _table_per_row(table: Table) -> str:
    style = f'style="table-layout:fixed;width:{sum(table.widths)}px" cellspacing="0" cellpadding="2"'
    rows = "".join(
        f"<div{_attributes(i)}><table {style}>{_fixed(table, row)}</table></div>" for i, row in enumerate(table.rows)
    )
    return f"<div><table {style}>{_fixed(table, table.headers)}</table></div><div>{rows}</div>"


def _flex(table: Table) -> str:
    def line(cells: Sequence[str], attributes: str) -> str:
        inner = "".join(
            f'<div style="flex:0 0 {w}px"><span>{c}</span></div>' for c, w in zip(cells, table.widths, strict=True)
        )
        return f'<div style="display:flex;padding:3px 0"{attributes}>{inner}</div>'

    return line(table.headers, "") + "".join(line(row, _attributes(i)) for i, row in enumerate(table.rows))


def _css_grid(table: Table) -> str:
    columns = " ".join(f"{w}px" for w in table.widths)
    cells = "".join(f"<b>{c}</b>" for c in table.headers)
    cells += "".join(f"<span{_attributes(i)}>{c}</span>" for i, row in enumerate(table.rows) for c in row)
    return f'<div style="display:grid;grid-template-columns:{columns};row-gap:6px">{cells}</div>'


def _absolute(table: Table) -> str:
    cells, left = [], 4
    for j, width in enumerate(table.widths):
        box = f"position:absolute;left:{left}px;width:{width - 6}px;height:18px;overflow:hidden;white-space:nowrap"
        cells.append(f'<div style="{box};top:0">{table.headers[j]}</div>')
        cells += [
            f'<div{_attributes(i)} style="{box};top:{22 + i * 20}px">{row[j]}</div>'
            for i, row in enumerate(table.rows)
            if row[j]
        ]
        left += width
    return f'<div style="position:relative;height:{30 + 20 * len(table.rows)}px;width:{left}px">{"".join(cells)}</div>'


def _aria(table: Table) -> str:
    def line(cells: Sequence[str], role: str, attributes: str) -> str:
        inner = "".join(f'<div role="{role}" style="display:table-cell;padding:2px 8px">{c}</div>' for c in cells)
        return f'<div role="row" style="display:table-row"{attributes}>{inner}</div>'

    body = "".join(line(row, "gridcell", _attributes(i)) for i, row in enumerate(table.rows))
    return f'<div role="grid" style="display:table">{line(table.headers, "columnheader", "")}{body}</div>'


GRIDS: dict[str, Callable[[Table], str]] = {
    "one-table": _one_table,
    "bold-cells": _bold_cells,
    "two-tables": _two_tables,
    "table-per-row": _table_per_row,
    "flex": _flex,
    "css-grid": _css_grid,
    "absolute": _absolute,
    "aria": _aria,
}


def _value(column: str, chance: random.Random) -> str:
    if column == "name":
        return f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    if column == "start":
        return f"{chance.randint(1, 28):02d}.{chance.randint(1, 12):02d}.{chance.randint(2019, 2021)}"
    return chance.choice(CHOICES[column])


def _table(made: Made, rows: Sequence[Sequence[str]], chance: random.Random) -> Table:
    headers = [_written(chance.choice(COLUMNS[column]), chance) for column in made.order]
    if made.build["grid"] == "absolute":  # one line a cell there: a second would be cut off for a person too
        headers = [header.replace("<br>", " ") for header in headers]
    cells = [[escape(value) for value in row] for row in rows]
    widths = [{"name": 230, "category": 210}.get(column, 130) for column in made.order]
    extra = made.build["extra"]
    if extra != "none":
        headers.insert(0, {"number": "No", "checkbox": "", "radio": "Seç"}[extra])
        widths.insert(0, 40)
        for i, row in enumerate(cells):
            check = f'<input type="{extra}" name="s" onclick="note(\'check:{i}\');event.stopPropagation()">'
            row.insert(0, str(i + 1) if extra == "number" else check)
    return Table(headers, cells, widths, extra)


# ------------------------------------------------------------------------------------------------------------------- pager

PAGERS: dict[str, str] = {
    "none": "",
    "words": '<a href="javascript:go(page-1)" id="b">Önceki</a> <span id="c"></span> <a href="javascript:go(page+1)" id="x">Sonraki</a>',
    "ileri": '<input type="button" value="Geri" id="b" onclick="go(page-1)"><input type="button" value="İleri" id="x" onclick="go(page+1)"> <span id="c"></span>',
    "signs": '<button id="b" onclick="go(page-1)">‹</button> <span id="c"></span> <button id="x" onclick="go(page+1)">›</button>',
    "titles": '<a href="#" title="Önceki Sayfa" class="i" id="b" onclick="go(page-1);return false"></a> <span id="c"></span> <a href="#" title="Sonraki Sayfa" class="i" id="x" onclick="go(page+1);return false"></a>',
    "numbers": '<span id="n"></span>',
    "input": 'Sayfa <input id="p" size="2" onkeydown="if(event.key===\'Enter\')go(+this.value)"> Toplam PAGES <button title="Sonraki Sayfa" id="x" onclick="go(page+1)">▷</button>',
}
PAGER_SCRIPT = """
var page = 1, PAGES = %d, SIZE = %d, GRIDS = %s;
function by(id) { return document.getElementById(id); }
function go(n) { if (n >= 1 && n <= PAGES && n !== page) { page = n; note("page:" + n); setTimeout(draw, 60); } }
function draw() {
  by("grid").innerHTML = GRIDS[page - 1];
  if (%s) by("grid").querySelectorAll(".row").forEach(function (r) { r.onclick = function () { note("select:" + ((page - 1) * SIZE + +r.dataset.row)); }; });
  if (by("c")) by("c").textContent = %s;
  if (by("p")) by("p").value = page;
  if (by("b")) by("b").style.visibility = page === 1 ? "hidden" : "";
  if (by("x")) by("x").style.visibility = page === PAGES ? "hidden" : "";
  if (by("n")) by("n").innerHTML = Array.from({ length: PAGES }, function (_, i) { return i + 1 === page ? "<b>" + (i + 1) + "</b>" : '<a href="javascript:go(' + (i + 1) + ')">' + (i + 1) + "</a>"; }).join(" ");
}
draw();
"""
PAGE_TEXTS = ('"Sayfa " + page + " / " + PAGES', '"Sayfa " + page + " Toplam " + PAGES', '""')


def _grid(made: Made, chance: random.Random) -> str:
    size = max(1, -(-len(made.rows) // made.pages))
    wording = chance.random()  # every page of the grid words its headers alike
    shown = [
        GRIDS[made.build["grid"]](_table(made, made.rows[start : start + size], random.Random(wording)))
        for start in range(0, max(1, len(made.rows)), size)
    ]
    data = json.dumps(shown, ensure_ascii=False).replace("</", "<\\/")
    by_row = "false" if made.build["extra"] in ("checkbox", "radio") else "true"  # a box selects, or the row does
    script = PAGER_SCRIPT % (made.pages, size, data, by_row, chance.choice(PAGE_TEXTS))
    pager = f'<div class="pager">{PAGERS[made.build["pager"]].replace("PAGES", str(made.pages))}</div>'
    parts = (
        [pager, '<div id="grid"></div>'] if made.build["pager-place"] == "above" else ['<div id="grid"></div>', pager]
    )
    return "".join(parts) + f"<script>{script}</script>"


# -------------------------------------------------------------------------------------------------------------------- form


def _box(name: str, value: str, number: int, chance: random.Random) -> str:
    """Where a form shows a value: as text, in an input, or in a text area; the value is a property, set by script."""
    quoted = escape(value, quote=True)
    ways = [f'<input id="f{number}" value="{quoted}" readonly>', f'<input id="f{number}" value="{quoted}" disabled>']
    if name == "aciklama":
        ways = [f'<textarea id="f{number}">{quoted}</textarea>', f'<input id="f{number}" value="{quoted}">']
    elif name in ("minutes", "overtime"):
        ways.append(f'<input id="f{number}" type="number" value="{quoted}">')
    return chance.choice(ways)


def _text_or_box(name: str, value: str, number: int, chance: random.Random) -> str:
    return escape(value) if value and chance.random() < 0.4 else _box(name, value, number, chance)


FORM_ROWS: dict[str, tuple[str, str, str]] = {
    "label-for": ("", '<p><label for="f{n}">{label}</label> {box}</p>', ""),
    "wrapping": ("", "<label style='display:block;margin:4px'>{label} {box}</label>", ""),
    "table": ("<table>", "<tr><td>{label}</td><td>{value}</td></tr>", "</table>"),
    "table-colon": ("<table>", "<tr><td align=right>{label}</td><td>:</td><td>{value}</td></tr>", "</table>"),
    "floats": ("", "<div class='f'><div class='l'>{label}:</div><div class='v'>{value}</div></div>", "<br clear=all>"),
    "above": ("<div class='two'>", "<div><div class='t'>{label}</div>{box}</div>", "</div>"),
    "list": ("<dl>", "<dt>{label}</dt><dd>{value}</dd>", "</dl>"),
    "named": ("", "<p>{named}</p>", ""),
}


def _form(made: Made, chance: random.Random) -> str:
    before, row, after = FORM_ROWS[made.build["form"]]
    rows = []
    for number, (name, value) in enumerate(made.form.items()):
        label = FIELDS[name][0]
        box = _box(name, value, number, chance)
        named = box.replace(" id=", f' aria-label="{escape(label)}" id=', 1)
        text = _text_or_box(name, value, number, chance)
        rows.append(
            row.format(n=number, label=_written(label, chance).replace("<br>", " "), box=box, value=text, named=named)
        )
    save = BUTTONS[made.build["button"]].format(on=_handler("Kayıt"), off="", text="Kayıt", label="Kayıt")
    body = f"<div class='head'>{TITLE}</div><div>{save}</div>{before}{''.join(rows)}{after}"
    if made.build["form-place"] == "window":
        return f"<div class='mask'></div><div class='win'>{body}</div>"
    return f"<fieldset class='panel'>{body}</fieldset>"


# ---------------------------------------------------------------------------------------------------------------- the page

STYLE = """<style>
body { font: %dpx %s; margin: 8px } .b { display: inline-block; border: 1px solid #779; padding: 2px 8px; background: #eef; cursor: default; color: #000; text-decoration: none }
.i { display: inline-block; width: 16px; height: 16px; background: #79b } .g td, .g th { border: 1px solid #ccc; padding: 2px 6px } .pager { margin: 6px 0 }
.mask { position: fixed; inset: 0; background: #6668; z-index: 5 } .win { position: fixed; left: 60px; top: 40px; width: 560px; background: #fff; border: 2px solid #447; padding: 8px; z-index: 6 }
.panel { margin-top: 10px; width: 640px } .f { clear: both; height: 26px } .l { float: left; width: 260px } .v { float: left } .two { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; width: 600px } .t { font-size: 11px }
dl { display: grid; grid-template-columns: 260px auto } dd { margin: 0 } .m { float: left; width: 190px } .c { margin-left: 200px }
</style>"""
TWINS: tuple[str, ...] = (
    '<div style="display:none">{0}</div>',
    '<div style="visibility:hidden;position:absolute">{0}</div>',
    '<div style="position:absolute;left:-10000px">{0}</div>',
    '<div style="width:0;height:0;overflow:hidden">{0}</div>',
    "<dialog>{0}</dialog>",
    '<iframe style="display:none" srcdoc="{1}"></iframe>',
    '<div style="opacity:0;position:absolute;top:0;left:900px;pointer-events:none">{0}</div>',
)
NOISE = (
    "<h1>Sözleşmeler</h1>",
    "<p>Sözleşmeyi onaylamak için satırı seçip Onayla düğmesine basınız.</p>",
    "<div>Ana Sayfa &gt; Hizmet Alan İşyerleri Modülü &gt; Sözleşmeler</div>",
    "<small>Kayıtlı Kullanıcı: DENEME İŞYERİ A.Ş.</small>",
    "<p>Grv. Onay Durumu “Onay Bekliyor” olan sözleşmeler listelenir.</p>",
)


def _twin(chance: random.Random) -> str:
    old = (
        "<button onclick=\"note('twin')\">Kayıt</button><button onclick=\"note('twin')\">Onayla</button>"
        "<table><tr><th>Adı Soyadı</th><th>Personel Kategorisi</th><th>Grv. Başlama Tarih</th><th>Grv. Onay Durumu</th></tr>"
        "<tr><td>ESKİ KİŞİ</td><td>İşyeri Hekimi</td><td>01.01.2001</td><td>Onay Bekliyor</td></tr></table>"
    )
    return chance.choice(TWINS).format(old, escape(old, quote=True))


def _framed(body: str, depth: int) -> str:
    """Put a document into frames, one in the other."""
    for _ in range(depth):
        frame = (
            f'<iframe width="1180" height="620" style="border:1px inset" srcdoc="{escape(body, quote=True)}"></iframe>'
        )
        body = f'<!doctype html><meta charset="utf-8"><script src="/pages/note.js"></script><div>İSG-KATİP</div>{frame}'
    return body


def _decide(made: Made, chance: random.Random) -> None:
    depth = chance.choice((0, 0, 1, 2))
    made.build = {
        "button": chance.choice(sorted(BUTTONS)),
        "grid": chance.choice(sorted(GRIDS)),
        "pager": "none",
        "pager-place": chance.choice(("above", "below")),
        "extra": chance.choice(("none", "none", "number", "checkbox", "radio")),
        "form": chance.choice(("none",) * len(FORM_ROWS) + tuple(sorted(FORM_ROWS))),
        "form-place": chance.choice(("window", "panel")),
        "frames": str(depth),
        "menu": chance.choice(("yes", "no")),
        "twins": str(chance.choice((0, 1, 3))),
    }
    optional = [column for column in COLUMNS if column not in ALWAYS and chance.random() < 0.4]
    made.order = [*ALWAYS, *optional]
    chance.shuffle(made.order)
    count = chance.choice((0, 1, 2, 3, 5, 7, 8))
    made.rows = [[_value(column, chance) for column in made.order] for _ in range(count)]
    if count >= 3 and chance.random() < 0.8:
        made.pages = 2 if count < 5 else 3
        made.build["pager"] = chance.choice([pager for pager in sorted(PAGERS) if pager != "none"])
    made.disabled = chance.random() < 0.5
    if made.build["form"] != "none":
        made.form = _form_values(made, chance)


def _form_values(made: Made, chance: random.Random) -> dict[str, str]:
    return {
        "adi_soyadi": made.rows[-1][made.order.index("name")] if made.rows else "YENİ KİŞİ",
        "gorevlendirme_id": str(chance.randint(900_000, 999_999)),
        "minutes": str(chance.randint(1, 11_700)),
        "overtime": chance.choice(("0", "60")),
        "max_minutes": str(chance.randint(1, 11_700)),
        "aciklama": chance.choice(("", "OSGB tarafından girildi", "Kayıt: =1+1")),
    }


def generate(seed: int) -> Made:
    """Make a page.

    Args:
        seed: Any number; the same one always makes the same page.

    Returns:
        The page and what a person sees there.
    """
    chance = random.Random(seed)
    made = Made(seed)
    _decide(made, chance)
    noise = [part for part in NOISE if chance.random() < 0.5]
    twins = [_twin(chance) for _ in range(int(made.build["twins"]))]
    main = [*noise, _toolbar(made, chance), _grid(made, chance)]
    parts = [*twins, *main] if chance.random() < 0.5 else [*main, *twins]
    if made.form:
        parts.append(_form(made, chance))
    body = "\n".join(parts)
    if made.build["menu"] == "yes":
        entries = "".join(f'<div style="padding:4px" onclick="note(\'{entry}\')">{entry}</div>' for entry in MENU)
        body = f'<div class="m">{entries}</div><div class="c">{body}</div>'
    style = STYLE % (
        chance.choice((11, 12, 13, 15)),
        chance.choice(("tahoma, sans-serif", "serif", "arial, sans-serif")),
    )
    lang = chance.choice((' lang="tr"', ""))
    page = (
        f'<!doctype html><html{lang}><meta charset="utf-8"><script src="/pages/note.js"></script>{style}\n{body}</html>'
    )
    made.html = _framed(page, int(made.build["frames"]))
    return made


if __name__ == "__main__":
    sys.stdout.write(generate(int(sys.argv[1])).html)
