"""Opened details, groups and subtotals between the rows of a list are no rows of it."""

from __future__ import annotations

import pytest

from Katip.reading.grids import read_grid
from Katip.reading.headers import find_headers
from Katip.reading.labels import Label
from Katip.reading.snapshot import Snapshot
from Katip.turkish import Vocabulary
from tests.unit.seen import Raw, box, seen, table, text

WORDS = Vocabulary()
COLUMNS = {"name": Label(("Adı Soyadı",)), "kind": Label(("Grv. Türü",)), "status": Label(("Grv. Onay Durumu",))}
HEAD = ["Adı Soyadı", "Grv. Türü", "Grv. Onay Durumu"]
ROWS = [["AYŞE ÖRNEK", "Dış Grv.", "Onay Bekliyor"], ["CAN DENEME", "İç Grv.", "Onaylandı"]]
WIDTHS = [150, 100, 150]


def names(page: Snapshot) -> list[str]:
    headers = find_headers(page, COLUMNS, WORDS, ("name", "status"))
    grid = read_grid(page, headers[0], "name", (), WORDS, ("Toplam", "Ara toplam"))
    return [row.cells["name"] for row in grid.rows]


def line(y: float, row: list[str], left: float = 4) -> Raw:
    """A row of a grid of divs, without cells."""
    places = (10, 160, 260)
    return box(
        "div",
        (10, y, 400, 24),
        *[text(one, x + left, y + 3, own_line=1) for one, x in zip(row, places, strict=True) if one],
    )


def opened(y: float, *inside: Raw) -> Raw:
    """A row with one cell that spans all columns."""
    return box("tr", (10, y, 400, 72), box("td", (10, y, 400, 72), *inside))


def native(*lines: Raw) -> Snapshot:
    whole = table(10, 10, WIDTHS, [HEAD, ROWS[0]])
    return seen({**whole, "b": (10, 10, 400, 400), "inside": (*whole["inside"], *lines)})


def second(y: float) -> Raw:
    return table(10, y, WIDTHS, [ROWS[1]], head=False)["inside"][0]


def test_table_in_an_opened_row_is_no_part_of_the_list() -> None:
    small = table(20, 60, [140, 100, 140], [["Adım 1", "x", "Onaylandı"]] * 3, head=False)
    assert names(native(opened(58, small), second(130))) == ["AYŞE ÖRNEK", "CAN DENEME"]


def test_table_in_the_only_opened_row_is_no_part_of_the_list() -> None:
    small = table(20, 60, [140, 100, 140], [["Adım 1", "x", "Onaylandı"]] * 3, head=False)
    assert names(native(opened(58, small))) == ["AYŞE ÖRNEK"]


def test_rows_behind_a_high_opened_row_are_read_on() -> None:
    words = [text(f"Not {number}", 20, 60 + 30 * number, own_line=1) for number in range(6)]
    high = box("tr", (10, 58, 400, 200), box("td", (10, 58, 400, 200), *words))
    assert names(native(high, second(258))) == ["AYŞE ÖRNEK", "CAN DENEME"]


@pytest.mark.parametrize("words", ["Toplam", "Toplam: 2", "ara toplam (2)", "TOPLAM"])
def test_subtotal_is_no_row(words: str) -> None:
    total = table(10, 58, WIDTHS, [[words, "", "1 bekliyor"]], head=False)["inside"][0]
    assert names(native(total, second(82))) == ["AYŞE ÖRNEK", "CAN DENEME"]


def test_person_whose_name_begins_like_a_total_is_a_row() -> None:
    person = table(10, 58, WIDTHS, [["TOPLAMAZ DENEME", "", "Onaylandı"]], head=False)["inside"][0]
    assert names(native(person)) == ["AYŞE ÖRNEK", "TOPLAMAZ DENEME"]


def test_detail_between_rows_of_divs_is_no_row() -> None:
    detail = box("div", (10, 58, 400, 24), text("Müdür", 30, 61, own_line=1), text("Onaylandı", 300, 61, own_line=1))
    rows = [line(34, ROWS[0]), detail, line(82, ROWS[1])]
    assert names(seen(table(10, 10, WIDTHS, [HEAD]), box("div", (10, 34, 400, 72), *rows))) == [
        "AYŞE ÖRNEK",
        "CAN DENEME",
    ]


def test_indented_row_of_divs_is_a_row() -> None:
    child = line(58, ["", *ROWS[1][1:]])
    indented = {**child, "inside": (text(ROWS[1][0], 40, 61, own_line=1), *child["inside"])}
    page = seen(table(10, 10, WIDTHS, [HEAD]), box("div", (10, 34, 400, 48), line(34, ROWS[0]), indented))
    assert names(page) == ["AYŞE ÖRNEK", "CAN DENEME"]
