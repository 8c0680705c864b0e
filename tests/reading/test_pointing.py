"""A row's control that can be seen, or is named, only under the pointer: found by moving the pointer there, never pressed by that."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from Katip.reading.labels import Label
from Katip.reading.pointing import controls_under_pointer
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.made_pages import opened

pytestmark = pytest.mark.browser

COLUMNS = {"name": Label(("Ad Soyad",)), "status": Label(("Durum",))}
NAMES = ("Ali Can", "Ece Nur", "Oya Su")
STYLE = "<style>table{border-collapse:collapse}td,th{padding:8px 12px;text-align:left}.i{width:28px;height:28px;border-radius:14px;padding:4px}.tip{position:fixed;background:#333;color:#fff;padding:4px 8px;transition:opacity .2s}</style>"
HOVERED = "<style>tr span{opacity:0;visibility:hidden;transition:opacity .2s}tr:hover span{opacity:1;visibility:visible}</style>"
DRAWN_LATE = "<script>for (const row of document.querySelectorAll('tr')) row.onmouseenter = () => setTimeout(() => { for (const other of document.querySelectorAll('tr span')) other.hidden = !row.contains(other) }, 150)</script>"
TOOLTIPS = """<script>for (const button of document.querySelectorAll('[data-tip]')) {
  let tip; button.onmouseenter = () => { tip = document.createElement('div'); tip.className = 'tip'; tip.textContent = button.dataset.tip; const box = button.getBoundingClientRect(); tip.style.left = box.x - 10 + 'px'; tip.style.top = box.bottom + 6 + 'px'; setTimeout(() => document.body.append(tip), 100) };
  button.onmouseleave = () => { const old = tip; setTimeout(() => { old.style.opacity = 0.4; old.style.marginTop = '14px'; setTimeout(() => old.remove(), 300) }, LINGERS) } }</script>"""


def table(acts: str, more: str = "") -> str:
    rows = "".join(f"<tr><td>{name}<td>Onay Bekliyor<td>{acts.format(name=name)}</tr>" for name in NAMES)
    return f"{STYLE}<table><tr><th>Ad Soyad<th>Durum<th></tr>{rows}</table>{more}"


def icon(tip: str) -> str:
    return f"<button class=i data-of='{{name}}' data-tip='{tip}' onclick=\"say('{tip}')\"><svg width=18 height=18><circle cx=9 cy=9 r=8></circle></svg></button>"


def found_in(eyes: Eyes, hand: Hand, name: str) -> list[str]:
    grid = eyes.reader.read_grid(COLUMNS, ("name", "status"))
    row = next(row for row in grid.rows if row.cells["name"] == name)
    found, _ = controls_under_pointer(eyes.reader, row, Label(("Onayla",)))
    said = "([x, y]) => { const at = document.elementFromPoint(x, y).closest('[data-of]'); return at.dataset.of + ' ' + (at.dataset.tip || at.textContent) }"
    return [hand.script(said, list(control.box.middle)) for control in found]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("way", ["style", "script"])
def test_button_that_only_the_pointer_shows(way: str, name: str, eyes: Eyes, hand: Hand) -> None:
    hidden = "" if way == "style" else " hidden"
    acts = f"<span{hidden}><button data-of='{{name}}' onclick=\"say('Onayla')\">Onayla</button> <button data-of='{{name}}'>Reddet</button></span>"
    opened("rows", table(acts, HOVERED if way == "style" else DRAWN_LATE), eyes, hand)
    assert found_in(eyes, hand, name) == [f"{name} Onayla"]
    assert hand.script("() => window.happened") == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("through", [False, True], ids=["takes the pointer", "lets the pointer through"])
def test_icon_that_only_its_tooltip_names(through: bool, name: str, eyes: Eyes, hand: Hand) -> None:
    style = "<style>.tip{pointer-events:none}</style>" if through else ""
    opened(
        "rows",
        table(icon("Reddet") + icon("Onayla") + icon("Detay"), style + TOOLTIPS.replace("LINGERS", "150")),
        eyes,
        hand,
    )
    assert found_in(eyes, hand, name) == [f"{name} Onayla"]
    assert hand.script("() => window.happened") == []


def test_tooltip_that_says_more_names_nothing(eyes: Eyes, hand: Hand) -> None:
    opened(
        "rows", table(icon("Onayla ve sil") + icon("Onaylama geçmişi"), TOOLTIPS.replace("LINGERS", "150")), eyes, hand
    )
    assert found_in(eyes, hand, "Ece Nur") == []


def test_two_icons_of_one_name_are_both_found(eyes: Eyes, hand: Hand) -> None:
    opened("rows", table(icon("Onayla") + icon("Onayla"), TOOLTIPS.replace("LINGERS", "150")), eyes, hand)
    assert len(found_in(eyes, hand, "Ece Nur")) == 2


@pytest.mark.parametrize("lingers", ["900", "9000"])
def test_tooltip_that_lingers_and_moves_names_no_other_icon(lingers: str, eyes: Eyes, hand: Hand) -> None:
    opened("rows", table(icon("Onayla") + icon("Reddet"), TOOLTIPS.replace("LINGERS", lingers)), eyes, hand)
    assert found_in(eyes, hand, "Ece Nur") in ([], ["Ece Nur Onayla"])
