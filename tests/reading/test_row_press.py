"""The "Onayla" of one row: that of its own line, and none where the lines of two tables do not agree."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from Katip.reading.labels import Label
from Katip.reading.row_controls import controls_in_row
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.made_pages import opened

pytestmark = pytest.mark.browser

COLUMNS = {"name": Label(("Ad Soyad",)), "status": Label(("Durum",))}
NAMES = ("Ali Can", "Ece Nur", "Oya Su")


def two_tables(left: tuple[int, ...], right: tuple[int, ...]) -> str:
    rows = "".join(
        f"<tr style='height:{height}px'><td>{name}<td>Onay Bekliyor</tr>"
        for name, height in zip(NAMES, left, strict=True)
    )
    acts = "".join(
        f"<tr style='height:{height}px'><td><button data-of='{name}'>Onayla</button></tr>"
        for name, height in zip(NAMES, right, strict=True)
    )
    style = "<style>table{border-collapse:collapse}td,th{padding:0;line-height:16px}button{height:18px;padding:0 4px}</style>"
    head = "<tr style='height:30px'>"
    return f"{style}<div style='display:flex;align-items:flex-start'><table style='width:500px'>{head}<th>Ad Soyad<th>Durum</tr>{rows}</table><table style='width:120px'>{head}<th>İşlem</tr>{acts}</table></div>"


def pressed(eyes: Eyes, hand: Hand, name: str) -> list[str]:
    snapshot = eyes.reader.settled()
    grid = eyes.reader.see_grid(snapshot, COLUMNS, ("name", "status"), "name")
    assert grid is not None
    row = next(row for row in grid.rows if row.cells["name"] == name)
    found = controls_in_row(snapshot, row, Label(("Onayla",)), eyes.reader.wording.words)
    return [
        hand.script(
            "([x, y]) => (document.elementFromPoint(x, y).closest('[data-of]') || {dataset: {}}).dataset.of",
            list(control.box.middle),
        )
        for control in found
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("heights", [(40, 40, 40), (30, 80, 40), (24, 24, 24)])
def test_rows_of_both_tables_that_agree(heights: tuple[int, ...], name: str, eyes: Eyes, hand: Hand) -> None:
    opened("rows", two_tables(heights, heights), eyes, hand)
    assert pressed(eyes, hand, name) == [name]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((40, 40, 40), (60, 60, 60)),
        ((50, 50, 50), (40, 40, 40)),
        ((60, 60, 60), (30, 30, 30)),
        ((30, 90, 30), (30, 30, 30)),
        ((30, 30, 30), (90, 30, 30)),
    ],
)
def test_rows_of_two_tables_that_do_not_agree(
    left: tuple[int, ...], right: tuple[int, ...], name: str, eyes: Eyes, hand: Hand
) -> None:
    opened("rows", two_tables(left, right), eyes, hand)
    found = pressed(eyes, hand, name)  # none, or several, and nothing is pressed
    assert len(found) != 1 or found == [name]
