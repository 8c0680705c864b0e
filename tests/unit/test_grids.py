"""A value belongs to the header it stands under."""

from __future__ import annotations

from Katip.reading.grids import Grid, read_grid
from Katip.reading.headers import find_headers
from Katip.reading.labels import Label
from Katip.reading.snapshot import Snapshot
from Katip.turkish import Vocabulary
from tests.unit.seen import Raw, box, seen, table, text

WORDS = Vocabulary()
COLUMNS = {"name": Label(("Adı Soyadı",)), "kind": Label(("Grv. Türü",)), "status": Label(("Grv. Onay Durumu",))}
HEAD = ["Adı Soyadı", "Grv. Türü", "Grv. Onay Durumu"]
ROWS = [["AYŞE ÖRNEK", "Dış Grv.", "Onay Bekliyor"], ["CAN DENEME", "", "Onaylandı"]]
CELLS = [
    {"name": "AYŞE ÖRNEK", "kind": "Dış Grv.", "status": "Onay Bekliyor"},
    {"name": "CAN DENEME", "status": "Onaylandı"},
]


def read(page: Snapshot) -> Grid:
    headers = find_headers(page, COLUMNS, WORDS, ("name", "status"))
    return read_grid(page, headers[0], "name", ("toplam",), WORDS)


def cells(page: Snapshot) -> list[dict[str, str]]:
    return [row.cells for row in read(page).rows]


def test_native_table_with_an_empty_cell() -> None:
    assert cells(seen(table(10, 10, [150, 100, 150], [HEAD, *ROWS]))) == CELLS


def test_header_and_body_as_tables_of_their_own() -> None:
    page = seen(table(10, 10, [150, 100, 150], [HEAD]), table(10, 34, [150, 100, 150], ROWS, head=False))
    assert cells(page) == CELLS


def test_one_table_for_each_row() -> None:
    rows = [
        box("div", (10, 34 + 24 * n, 400, 24), table(10, 34 + 24 * n, [150, 100, 150], [row], head=False))
        for n, row in enumerate(ROWS)
    ]
    assert cells(seen(table(10, 10, [150, 100, 150], [HEAD]), box("div", (10, 34, 400, 48), *rows))) == CELLS


def test_locked_column_in_a_pane_of_its_own_is_one_row_with_the_others() -> None:
    locked = table(10, 10, [150], [[row[0]] for row in [HEAD, *ROWS]])
    free = table(160, 10, [100, 150], [row[1:] for row in [HEAD, *ROWS]])
    assert cells(seen(box("div", (10, 10, 400, 72), box("div", (10, 10, 150, 72), locked), free))) == CELLS


def test_column_that_nobody_asked_for_gives_its_values_to_no_neighbour() -> None:
    head, rows = [*HEAD[:2], "Süre", HEAD[2]], [[*row[:2], "480", row[2]] for row in ROWS]
    found = cells(seen(table(10, 10, [150, 100, 60, 150], [head, *rows])))
    assert [{key: row[key] for key in row if key in COLUMNS} for row in found] == CELLS


def test_total_below_is_no_row() -> None:
    page = seen(table(10, 10, [150, 100, 150], [HEAD, *ROWS]), box("div", (10, 90, 400, 20), text("Toplam 2", 14, 91)))
    assert cells(page) == CELLS


def test_grid_below_with_other_rows_is_another_grid() -> None:
    below = table(10, 200, [150, 100, 150], [["Belge", "Tür", "Durum"], ["BELGE 1", "A", "Geçerli"]])
    assert cells(seen(table(10, 10, [150, 100, 150], [HEAD, *ROWS]), below)) == CELLS


def _with_boxes(head: str, kind: str = "checkbox") -> Snapshot:
    lines = [[head, *HEAD], ["", *ROWS[0]], ["", *ROWS[1]]]
    grid = table(10, 10, [40, 150, 100, 150], lines)
    for number, line in enumerate(grid["inside"][1:]):
        line["inside"][0]["inside"] = (box("input", (20, 38 + 24 * number, 14, 14), ty=kind, ck=1),)
    return seen(grid)


def test_box_in_a_column_of_its_own_selects_the_row() -> None:
    assert all(row.check is not None for row in read(_with_boxes("")).rows)
    assert all(row.check is not None for row in read(_with_boxes("Seç", "radio")).rows)


def test_box_that_is_a_value_is_never_pressed_to_select() -> None:
    assert all(row.check is None for row in read(_with_boxes("Aktif")).rows)


def test_rows_that_come_in_blocks_of_their_own_are_all_read() -> None:
    def block(top: int) -> Raw:
        rows = [[f"KİŞİ {number}", "Dış Grv.", "Onaylandı"] for number in (top, top + 1)]
        return box("div", (10, top, 400, 48), table(10, top, [150, 100, 150], rows, head=False))

    head = table(10, 10, [150, 100, 150], [HEAD])
    sums = table(10, 140, [150, 100, 150], [["4 kişi", "", "4 onaylı"]], head=False)
    page = seen(head, box("div", (10, 34, 400, 96), block(34), block(82)), box("div", (10, 140, 400, 24), sums))
    assert [row["name"] for row in cells(page)] == ["KİŞİ 34", "KİŞİ 35", "KİŞİ 82", "KİŞİ 83"]
