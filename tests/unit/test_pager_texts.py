"""What the pagers of well-known toolkits say in Turkish and English, one test for each wording."""

from __future__ import annotations

import pytest

from Katip.portal import load_portal
from Katip.reading.pager_texts import Pager, not_understood, read_pager
from Katip.reading.snapshot import Box
from tests.unit.seen import box, seen, text

WORDING = load_portal("v9").wording
GRID = Box(10, 20, 600, 60)


def pager(words: str) -> Pager:
    return read_pager(seen(box("div", (10, 100, 900, 20), text(words, 10, 100))), None, WORDING.pager)


# toolkit, text, page, pages, first, last, total
EXACT = [
    ("mui", "1–10 / 57", None, None, 1, 10, 57),
    ("mui", "1–10 of 57", None, None, 1, 10, 57),
    ("ant-design", "57 kayıttan 1-10", None, None, 1, 10, 57),
    ("primeng", "Toplam 57 kayıttan 1 - 10 arası gösteriliyor", None, None, 1, 10, 57),
    ("primeng", "Showing 1 to 10 of 57 entries", None, None, 1, 10, 57),
    ("primefaces", "(2 of 6)", 2, 6, None, None, None),
    ("datatables", "57 kayıttan 1 - 10 arasındaki kayıtlar gösteriliyor", None, None, 1, 10, 57),
    (
        "datatables",
        "25 kayıttan 1 - 10 arasındaki kayıtlar gösteriliyor (57 kayıt içerisinden bulunan)",
        None,
        None,
        1,
        10,
        25,
    ),
    ("datatables", "Showing 1 to 10 of 25 entries (filtered from 57 total entries)", None, None, 1, 10, 25),
    ("datatables", "25 kayıttan 1 ile 10 arası gösteriliyor", None, None, 1, 10, 25),
    ("datatables", "57 öğeden 1 - 10 arası gösteriliyor", None, None, 1, 10, 57),
    ("kendo", "1 - 10 aralığı gösteriliyor. Toplam 57 öğe var", None, None, 1, 10, 57),
    ("kendo", "1 - 10 of 57 items", None, None, 1, 10, 57),
    ("devextreme", "Sayfa 2 / 6 (57 öğe)", 2, 6, None, None, None),
    ("devextreme", "Page 2 of 6 (57 items)", 2, 6, None, None, None),
    ("ext", "Gösterilen 1 - 25 / 57", None, None, 1, 25, 57),
    ("ext", "Sayfa 2 / 3", 2, 3, None, None, None),
    ("easyui", "1 - 10 (Toplam 57)", None, None, 1, 10, 57),
    ("ag-grid", "1 to 100 of 257", None, None, 1, 100, 257),
    ("jqgrid", "1-10 listeleniyor. Toplam:57", None, None, 1, 10, 57),
    ("jqgrid", "2/6. Sayfa", 2, 6, None, None, None),
    ("jqgrid", "View 1 - 10 of 57", None, None, 1, 10, 57),
    ("syncfusion", "2 / 6 sayfa (57 öğe)", 2, 6, None, None, None),
    ("syncfusion", "2 of 6 pages (57 items)", 2, 6, None, None, None),
    ("quasar", "1-10 toplam 57", None, None, 1, 10, 57),
    ("quasar", "1-10 of 57", None, None, 1, 10, 57),
    ("vuetify", "1 - 10 arası, Toplam: 57 kayıt", None, None, 1, 10, 57),
    ("vuetify", "1-10 of 57", None, None, 1, 10, 57),
    ("bootstrap-table", "57 kayıttan 1-10 arası gösteriliyor.", None, None, 1, 10, 57),
    ("bootstrap-table", "Showing 1 to 10 of 57 rows", None, None, 1, 10, 57),
    ("tabulator", "Showing 1-10 of 57 rows", None, None, 1, 10, 57),
    ("angular-material", "1 – 10 / 57", None, None, 1, 10, 57),
    ("angular-material", "Sayfa 2/6", 2, 6, None, None, None),
    ("telerik", "Page 2 of 6, items 11 to 20 of 57.", 2, 6, 11, 20, 57),
    ("dojo", "1 - 10 / 57 öğe", None, None, 1, 10, 57),
    ("webforms", "Gösterilen Kayıtlar 1-20 (Toplam 57)", None, None, 1, 20, 57),
    ("webforms", "Toplam 57 kayıt içerisinden 1-50 arasındakiler gösteriliyor.", None, None, 1, 50, 57),
    ("own", "Toplam 25 kayıt", None, None, None, None, 25),
    ("own", "25 kayıt bulundu", None, None, None, None, 25),
    ("own", "Toplam 57 adetin 1 - 10 aralığı", None, None, 1, 10, 57),
    ("thousands", "1 - 10 / 1.234", None, None, 1, 10, 1234),
    ("thousands", "1-10 of 1,234", None, None, 1, 10, 1234),
    ("thousands", "Toplam 1 234 kayıt", None, None, None, None, 1234),
    ("thousands", "1 - 10 / 1\u202f234", None, None, 1, 10, 1234),
]


@pytest.mark.parametrize(("toolkit", "words", "page", "pages", "first", "last", "total"), EXACT)
def test_pager_of_a_toolkit_is_read(
    toolkit: str,
    words: str,
    page: int | None,
    pages: int | None,
    first: int | None,
    last: int | None,
    total: int | None,
) -> None:
    told = pager(words)
    assert (told.page, told.pages, told.first, told.last, told.total) == (page, pages, first, last, total), toolkit
    assert told.exact


@pytest.mark.parametrize(
    "words",
    [
        "1–3 / 3'den fazla",
        "1–3 / 3’ten fazla",
        "1–3 of more than 3",
        "1-3 of over 3",
        "1-3 of at least 3",
        "1-3 / 3+",
        "1 - 3 / yaklaşık 3",
        "1 - 10 / yaklaşık 1.200",
        "1–10 of around 1200",
        "1-3 / en az 3 kayıt",
        "1-10 of ~3",
    ],
)
def test_total_that_is_no_exact_count_never_ends_a_list(words: str) -> None:
    told = pager(words)
    assert told.total in (3, 1200)
    assert (told.exact, told.is_last, told.rows_in_all) == (False, False, None)


@pytest.mark.parametrize("words", ["1 to 100 of more", "Page 1 of more", "1 - 100 / daha fazla"])
def test_unknown_total_never_ends_a_list(words: str) -> None:
    told = pager(words)
    assert told.total is None
    assert not told.is_last


@pytest.mark.parametrize(
    ("words", "rows", "understood"),
    [
        ("Gösterimde 25 kayıt var", 10, False),
        ("25 adet satır", 10, False),
        ("10 rows out of a list of 57", 10, False),
        ("1 / 6", 10, False),
        ("[ 20 / 57 ]", 20, False),
        ("6 / 6", 10, True),
        ("10 adet satır", 10, True),
        ("Sayfa başına 25 kayıt", 10, True),
        ("25 / sayfa", 10, True),
        ("Rows per page: 100", 10, True),
        ("57 kayıt seçildi", 10, True),
        ("Toplam 10 kayıt", 10, True),
        ("DOK.10.01 rev 05", 3, True),
        ("İSG-KATİP v9 © 2021", 3, True),
    ],
)
def test_count_near_the_grid_that_is_not_understood_is_named(words: str, rows: int, understood: bool) -> None:
    page = seen(box("div", (10, 100, 900, 20), text(words, 10, 100)))
    assert not_understood(page, GRID, WORDING.pager, rows) == (None if understood else words)


def test_count_far_from_the_grid_or_inside_it_is_none_of_its_pager() -> None:
    page = seen(
        box("div", (10, 40, 90, 20), text("57 kayıt", 10, 40)), box("p", (10, 600, 90, 20), text("57 kayıt", 10, 600))
    )
    assert not_understood(page, GRID, WORDING.pager, 3) is None


EMPTY = [
    ("mui", "Satır yok"),
    ("mui", "Sonuç bulunamadı."),
    ("ant-design", "Veri Yok"),
    ("primeng", "Kayıt bulunamadı"),
    ("datatables", "Tabloda veri bulunmuyor"),
    ("datatables", "Eşleşen kayıt bulunamadı"),
    ("kendo", "Görüntülenecek öğe yok"),
    ("ext", "Gösterilebilecek veri yok"),
    ("ext", "Görüntülenecek veri yok"),
    ("easyui", "Gösterilecek bilgi yok"),
    ("quasar", "Uyuşan kayıt bulunamadı"),
    ("vuetify", "Bu görünümde veri yok."),
    ("element-plus", "Veri yok"),
    ("element-plus", "Eşleşen veri bulunamadı"),
    ("bootstrap-table", "No matching records found"),
]


@pytest.mark.parametrize(("toolkit", "words"), EMPTY)
def test_text_of_an_empty_list_is_no_row(toolkit: str, words: str) -> None:
    assert WORDING.words.key(words).startswith(tuple(WORDING.words.key(each) for each in WORDING.empty)), toolkit
