"""Words of a cell are read in the order in which they are drawn, and a text that is drawn in another row or column is an error."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from Katip.errors import GridUnreadable
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.drawn_table import APPROVED, PENDING, read, status_of, table

pytestmark = pytest.mark.browser

FLEX = "display:flex;gap:4px"
SWAPPED = {
    "reversed row": f"<div style='{FLEX};flex-direction:row-reverse;justify-content:flex-end'><span>Onay</span><span>Bekliyor</span></div>",
    "reversed column": "<div style='display:flex;flex-direction:column-reverse'><span>Onay</span><span>Bekliyor</span></div>",
    "order": f"<div style='{FLEX}'><span style='order:2'>Onay</span><span>Bekliyor</span></div>",
    "cells of a grid": "<div style='display:grid;grid-template-columns:60px 60px'><span style='grid-area:1/2'>Onay</span><span style='grid-area:1/1'>Bekliyor</span></div>",
    "float": "<div style='width:110px'><span style='float:right'>Onay</span><span>Bekliyor</span></div>",
    "relative places": "<span style='position:relative;left:70px'>Onay</span> <span style='position:relative;left:-36px'>Bekliyor</span>",
    "absolute places": "<div style='position:relative;height:18px'><span style='position:absolute;left:70px'>Onay</span> <span style='position:absolute;left:0'>Bekliyor</span></div>",
    "transforms": "<i style='transform:translateX(70px)'>Onay</i> <i style='transform:translateX(-36px)'>Bekliyor</i>",
    "blocks from right to left": "<div dir=rtl style='text-align:left'><i>Onay</i> <i>Bekliyor</i></div>",
    "isolated words from right to left": "<div dir=rtl style='text-align:left'><bdi>Onay</bdi> <bdi>Bekliyor</bdi></div>",
}
STRAIGHT = {
    "reversed twice": f"<div style='{FLEX};flex-direction:row-reverse;justify-content:flex-end'><span>Bekliyor</span><span>Onay</span></div>",
    "wrapped": "<div style='width:60px'><b>Onay</b> <span>Bekliyor</span></div>",
    "wrapped within a word's element": "<div style='width:75px'><b>Onay</b> <span>Bekliyor</span></div>",
    "raised": "<b>Onay</b> <sup>Bekliyor</sup>",
    "below each other": "<div>Onay</div><div>Bekliyor</div>",
    "icon drawn before": "<div style='position:relative;padding-left:20px'>Onay Bekliyor<i style='position:absolute;left:0;top:0;width:12px;height:12px;background:#00f'></i></div>",
}


@pytest.mark.parametrize("way", SWAPPED)
def test_words_are_read_as_they_are_drawn(way: str, eyes: Eyes, hand: Hand) -> None:
    assert status_of(SWAPPED[way], eyes, hand) == "Bekliyor Onay"


@pytest.mark.parametrize("way", STRAIGHT)
def test_words_that_are_drawn_in_their_order_stay_in_it(way: str, eyes: Eyes, hand: Hand) -> None:
    assert status_of(STRAIGHT[way], eyes, hand) == PENDING


def test_name_is_read_as_it_is_drawn(eyes: Eyes, hand: Hand) -> None:
    name = f"<div style='{FLEX};flex-direction:row-reverse;justify-content:flex-end'><span>AYŞE</span><span>DENEME</span></div>"
    assert read(table((name, "Hekim", PENDING), ("BURAK DENEME", "Hekim", APPROVED)), eyes, hand)[0][0] == "DENEME AYŞE"


DOWN, UP = "position:relative;top:28px", "position:relative;top:-28px"
MOVED = {
    "relative place": (DOWN, UP),
    "transform": ("transform:translateY(28px)", "transform:translateY(-28px)"),
    "translate": ("translate:0 28px", "translate:0 -28px"),
    "margin": ("margin:28px 0 -28px", "margin:-28px 0 28px"),
}


@pytest.mark.parametrize("way", MOVED)
def test_status_drawn_in_another_row_is_an_error(way: str, eyes: Eyes, hand: Hand) -> None:
    down, up = (f"<div style='{style}'>{{}}</div>" for style in MOVED[way])
    rows = (("AYŞE DENEME", "Hekim", down.format(APPROVED)), ("BURAK DENEME", "Hekim", up.format(PENDING)))
    with pytest.raises(GridUnreadable, match='drawn elsewhere: "Onaylandı", "Onay Bekliyor"'):
        read(table(*rows), eyes, hand)


@pytest.mark.parametrize("column", [1, 2, 3])
def test_cells_drawn_in_another_row_are_an_error(column: int, eyes: Eyes, hand: Hand) -> None:
    cell = "#rows tr:nth-child({}) td:nth-child({}) {{{{{}}}}}"
    style = f"<style>{cell.format(1, column, DOWN)} {cell.format(2, column, UP)}</style>"
    with pytest.raises(GridUnreadable, match="drawn elsewhere"):
        read(
            table(("AYŞE DENEME", "Hekim", PENDING), ("BURAK DENEME", "Uzman", APPROVED), more=style),
            eyes,
            hand,
        )


def test_text_drawn_in_another_column_is_an_error(eyes: Eyes, hand: Hand) -> None:
    name = "<div style='position:relative;left:200px'>AYŞE DENEME</div>"
    eyes.reader.driver.compared = False  # the comparison with a picture finds it as well
    with pytest.raises(GridUnreadable, match="drawn elsewhere"):
        read(table((name, "<div style='position:relative;left:-200px'>Hekim</div>", PENDING)), eyes, hand)


def test_cell_that_spans_rows_and_lines_that_are_cut_are_no_error(eyes: Eyes, hand: Hand) -> None:
    first = f"<tr><td>AYŞE DENEME<td rowspan=2>Hekim<td><div style='height:18px;overflow:hidden;width:40px'>{PENDING}</div></tr>"
    body = table().replace("<tbody id=rows>", f"<tbody id=rows>{first}<tr><td>BURAK DENEME<td>{APPROVED}</tr>")
    assert [sorted(row) for row in read(body, eyes, hand)] == [
        ["AYŞE DENEME", "Hekim", PENDING],
        ["BURAK DENEME", "Hekim", APPROVED],
    ]
