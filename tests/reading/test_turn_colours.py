"""Whose turn a row is by its colour, as a person sees it: told where it is clear, and in doubt never the employer's."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from Katip.errors import GridUnreadable
from Katip.model import Status
from Katip.pages.row_turn import RowTurns
from Katip.portal import load_portal
from Katip.reading.cells import Row
from Katip.reading.driver import Driver
from Katip.session import Session
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.made_pages import opened

pytestmark = pytest.mark.browser

MINE, THEIRS, DOUBT = "mine", "theirs", "doubt"
FILE = """
extends = "today"
name = "own"
[columns]
status = ["Onay Durumu"]
[turn]
employer = "green"
of = "{of}"
[[parties]]
name = "Görevlendirilen Kişi"
colour = "red"
"""
LEGEND_WORDS = FILE.replace('of = "{of}"', 'of = "{of}"\nlegend = ["İşyerinin onayı"]')
STYLE = (
    "<style>body{margin:20px;font:14px sans-serif}table{border-collapse:collapse;width:900px}td,th{padding:8px;border-bottom:1px solid #ddd;text-align:left}"
    "td{position:static}.swatch{display:inline-block;width:14px;height:14px}</style>"
)
HEAD = "<tr><th>Ad Soyad<th>Sözleşme ID<th>Başlangıç Tarihi<th>Onay Durumu<th>İşlemler</tr>"


def row(name: str, style: str = "", cell: str = "", inside: str = "", cls: str = "") -> str:
    cells = [f"{inside}{name}", "77001", "01.03.2026", "Onay Bekliyor"]
    tds = "".join(f"<td style='{cell}'>{text}" for text in cells)
    buttons = "<button style='background:#c00;color:#fff'>Reddet</button>"
    return f"<tr class='{cls}' style='{style}'>{tds}<td style='{cell}'>{buttons}</tr>"


def table(*rows: str, before: str = "", style: str = "") -> str:
    return f"{STYLE}<style>{style}</style>{before}<table><thead>{HEAD}</thead><tbody>{''.join(rows)}</tbody></table>"


@pytest.fixture
def turns_of(browser: Any, hand: Hand, eyes: Eyes, tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Opens a page and tells whose turn each row is."""

    def tell(body: str, file: str = FILE, of: str = "row", drawn: bool = False) -> dict[str, str]:
        opened("turn", body, eyes, hand)
        session, turns = session_on(browser, tmp_path, file.format(of=of))
        turns.prepare()
        told = {}
        for each in rows_of(session):
            turn = turns.of(each)
            told[each.cells["name"]] = MINE if turn.status is Status.PENDING else DOUBT if turn.doubt else THEIRS
            if drawn and told[each.cells["name"]] == MINE:
                try:
                    turns.require_drawn_so(each, "the row")
                except GridUnreadable:
                    told[each.cells["name"]] = DOUBT
        return told

    return tell


def session_on(browser: Any, folder: Path, file: str) -> tuple[Session, RowTurns]:
    (folder / "own.toml").write_text(file, "utf-8")
    session = Session.of(
        load_portal(str(folder / "own.toml"), {"katip_url": "http://127.0.0.1"}), Driver(lambda: browser)
    )
    session.driver.own_origins, session.driver.check = (), None
    return session, RowTurns(cast(Any, SimpleNamespace(session=session)))


def rows_of(session: Session) -> list[Row]:
    grid = session.reader.see_grid(session.reader.settled(), session.portal.columns, ("name", "status"), "name")
    assert grid is not None
    return grid.rows


GREEN, RED = "background:#d4f5dc", "background:#ffd6d6"


@pytest.mark.parametrize(
    ("green", "red"),
    [
        pytest.param(row("Ali Can", GREEN), row("Ece Nur", RED), id="row"),
        pytest.param(row("Ali Can", cell=GREEN), row("Ece Nur", cell=RED), id="cells"),
        pytest.param(row("Ali Can", "background:#f0fdf4"), row("Ece Nur", "background:#fef2f2"), id="palest tints"),
        pytest.param(row("Ali Can", "background:rgba(0,160,0,.2)"), row("Ece Nur", "background:rgba(200,0,0,.2)"), id="translucent"),
        pytest.param(row("Ali Can", "background:oklch(0.9 0.1 150)"), row("Ece Nur", "background:color-mix(in srgb, red 20%, white)"), id="new notations"),
        pytest.param(row("Ali Can", cell="box-shadow:inset 0 0 0 9999px #d1e7dd"), row("Ece Nur", cell="box-shadow:inset 0 0 0 9999px #f8d7da"), id="inset shadow"),
        pytest.param(row("Ali Can", GREEN + ";opacity:.6"), row("Ece Nur", RED + ";opacity:.6"), id="half transparent"),
        pytest.param(row("Ali Can", "background:green;color:#fff"), row("Ece Nur", "background:darkred;color:#fff"), id="dark"),
    ],
)  # fmt: skip
def test_rows_in_clear_colours(green: str, red: str, turns_of: Callable[..., dict[str, str]]) -> None:
    assert turns_of(table(green, red), drawn=True) == {"Ali Can": MINE, "Ece Nur": THEIRS}


@pytest.mark.parametrize(
    "doubtful",
    [
        pytest.param(row("Ali Can"), id="no colour"),
        pytest.param(row("Ali Can", "background:#f3f3f3"), id="gray"),
        pytest.param(row("Ali Can", "background:#dff5ff"), id="another hue"),
        pytest.param(row("Ali Can", "background:#e8f5c8"), id="between two hues"),
        pytest.param(row("Ali Can", "background:linear-gradient(#d4f5dc, #d4f5dc)"), id="picture"),
        pytest.param(row("Ali Can", GREEN + ";filter:hue-rotate(230deg)"), id="filter"),
        pytest.param(row("Ali Can", GREEN + ";mix-blend-mode:multiply"), id="blended"),
        pytest.param(row("Ali Can", GREEN).replace("<td style='", "<td style='background:#ffd6d6;", 2), id="two colours"),
        pytest.param(row("Ali Can").replace("<td style='", "<td style='background:#d4f5dc;", 1), id="one cell alone"),
        pytest.param(row("Ali Can", GREEN, cls="tinted"), id="drawn layer"),
        pytest.param(row("Ali Can", GREEN, inside="<i style='position:absolute;left:0;right:0;height:40px;margin-top:-9px;background:#f99;pointer-events:none;mix-blend-mode:multiply'></i>"), id="layer over it"),
    ],
)  # fmt: skip
def test_row_without_a_clear_colour_is_never_the_employers(
    doubtful: str, turns_of: Callable[..., dict[str, str]]
) -> None:
    style = ".tinted td{position:relative}.tinted td::after{content:'';position:absolute;inset:0;background:rgba(255,0,0,.3);pointer-events:none}"
    told = turns_of(table(doubtful, row("Ece Nur", RED), style=style), drawn=True)
    assert told == {"Ali Can": DOUBT, "Ece Nur": THEIRS}


def test_row_that_another_element_paints_over_is_seen_as_drawn(turns_of: Callable[..., dict[str, str]]) -> None:
    over = "<div style='position:absolute;left:0;top:50px;width:1000px;height:60px;background:rgba(255,0,0,.25);pointer-events:none'></div>"
    body = table(row("Ali Can", GREEN), row("Ece Nur", RED)) + over
    assert turns_of(body)["Ali Can"] == MINE  # by its styles alone
    assert turns_of(body, drawn=True)["Ali Can"] == DOUBT


def test_colour_under_the_pointer_is_not_the_rows_own(turns_of: Callable[..., dict[str, str]], hand: Hand) -> None:
    body = table(
        row("Ali Can", cls="g"),
        row("Ece Nur", cls="r"),
        style=".g{background:#d4f5dc}.r{background:#ffd6d6}tr:hover{background:#eee}",
    )
    hand.browser.mouse_move(200, 70)
    hand.browser.mouse_move(210, 75)
    assert turns_of(body) == {"Ali Can": MINE, "Ece Nur": THEIRS}


@pytest.mark.parametrize("place", ["status", "name"])
@pytest.mark.parametrize("badge", [True, False])
def test_cell_of_one_column(place: str, badge: bool, turns_of: Callable[..., dict[str, str]]) -> None:
    def coloured(name: str, colour: str) -> str:
        text = name if place == "name" else "Onay Bekliyor"
        style = f"style='{colour}'"
        shown = f"<td style=''><span {style}>{text}</span>" if badge else f"<td {style}>{text}"
        return row(name).replace(f"<td style=''>{text}", shown)

    body = table(coloured("Ali Can", GREEN), coloured("Ece Nur", RED), row("Oya Su", GREEN.replace("d4f5dc", "eeeeee")))
    assert turns_of(body, of=place, drawn=True) == {"Ali Can": MINE, "Ece Nur": THEIRS, "Oya Su": DOUBT}


def legend(green: str, red: str) -> str:
    return f"<p><span class=swatch style='{RED}'></span> {red} <span class=swatch style='{GREEN}'></span> {green}</p>"


RIGHT = legend("İşyerinin onayı bekleniyor", "Görevlendirilen kişinin onayı bekleniyor")
SWAPPED = legend("Görevlendirilen kişinin onayı bekleniyor", "İşyerinin onayı bekleniyor")
BADGES = f"<p><b style='{GREEN}'>İşyerinin onayı</b> <b style='{RED}'>Görevlendirilen kişinin onayı</b></p>"


@pytest.mark.parametrize(
    ("file", "shown", "expected"),
    [
        pytest.param(LEGEND_WORDS, RIGHT, MINE, id="agrees"),
        pytest.param(LEGEND_WORDS, BADGES, MINE, id="words on the colour itself"),
        pytest.param(LEGEND_WORDS, SWAPPED, DOUBT, id="says the opposite"),
        pytest.param(FILE, SWAPPED, DOUBT, id="says the opposite, and the file has no words for it"),
        pytest.param(LEGEND_WORDS, "", DOUBT, id="is missing"),
        pytest.param(LEGEND_WORDS, f"<div hidden>{RIGHT}</div>", DOUBT, id="cannot be seen"),
        pytest.param(FILE, "", MINE, id="neither in the file nor on the page"),
    ],
)
def test_legend(file: str, shown: str, expected: str, turns_of: Callable[..., dict[str, str]]) -> None:
    told = turns_of(table(row("Ali Can", GREEN), row("Ece Nur", RED), before=shown), file)
    assert told == {"Ali Can": expected, "Ece Nur": THEIRS if expected == MINE else DOUBT}


def test_rows_of_divs(turns_of: Callable[..., dict[str, str]]) -> None:
    def line(name: str, colour: str) -> str:
        cells = "".join(f"<div>{text}</div>" for text in (name, "77001", "01.03.2026", "Onay Bekliyor"))
        return f"<div class=r style='{colour}'>{cells}</div>"

    head = (
        "<div class=r>"
        + "".join(f"<div>{text}</div>" for text in ("Ad Soyad", "Sözleşme ID", "Başlangıç Tarihi", "Onay Durumu"))
        + "</div>"
    )
    body = f"<style>.r{{display:flex;width:800px;padding:8px}}.r div{{width:200px}}</style>{head}{line('Ali Can', GREEN)}{line('Ece Nur', RED)}"
    assert turns_of(body, drawn=True) == {"Ali Can": MINE, "Ece Nur": THEIRS}
