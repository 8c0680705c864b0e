"""A small list of contracts as a page, whose pager, order and scrolling are what a test says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from Katip.portal import load_portal
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.serving import CorpusHandler

COLUMNS = {name: load_portal("v9").columns[name].names for name in ("name", "category", "status")}
_PAGE = """<!doctype html><html lang="tr"><meta charset="utf-8"><title>Sözleşmeler</title>
<style>td, th {{ padding: 4px 12px; border-bottom: 1px solid #ccc; text-align: left; height: 18px }} table {{ border-collapse: collapse }} {style}</style>
<h1>Sözleşmeler</h1>{body}<script>
const O = {options};
const ALL = Array.from({{ length: O.rows }}, (_, i) => [`KİŞİ ${{String.fromCharCode(65 + i % 26)}} DENEME ${{i}}`,
  'İşyeri Hekimi', i % 3 ? 'Onaylandı' : 'Onay Bekliyor']);
const cells = (row) => row.map((text) => `<td>${{text}}</td>`).join('');
let seed = O.seed || 1;
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
function shuffled(list) {{
  const copy = list.slice();
  for (let i = copy.length - 1; i > 0; i--) {{ const j = Math.floor(random() * (i + 1)); [copy[i], copy[j]] = [copy[j], copy[i]]; }}
  return copy;
}}
{script}</script>"""
TABLE = """<table><thead><tr><th>Adı Soyadı<th>Personel Kategorisi Adı<th>Grv. Onay Durumu</thead><tbody id="rows"></tbody></table>"""


def show(hand: Hand, eyes: Eyes, body: str, script: str, style: str = "", **options: Any) -> None:
    """Open a page with a list of its own.

    Args:
        hand: the tests' hand.
        eyes: the reader.
        body: its HTML; `TABLE` has the headers.
        script: fills it; ``ALL`` has the rows, ``cells(row)`` a row's cells, ``shuffled(list)`` another order.
        style: its CSS.
        options: ``O`` of the script; ``rows`` is the number of rows, 12 if not given.
    """
    given = json.dumps({"rows": 12} | options)
    CorpusHandler.made["list.html"] = _PAGE.format(style=style, body=body, options=given, script=script)
    hand.browser.go_to(f"{hand.origin}/made/list.html")
    eyes.forget()


def names_read(eyes: Eyes, columns: Sequence[str] = ("name", "status")) -> list[str]:
    """Read all pages of the list and return the names."""
    return sorted(row["name"] for row in eyes.read_grid({name: COLUMNS[name] for name in columns}, all_pages=True))


def names_of_all(rows: int = 12) -> list[str]:
    """Return the names of all rows."""
    return sorted(f"KİŞİ {chr(65 + i % 26)} DENEME {i}" for i in range(rows))
