"""Which value belongs to which label."""

from __future__ import annotations

from Katip.reading.forms import read_form
from Katip.reading.labels import Label
from Katip.reading.snapshot import Snapshot
from Katip.turkish import Vocabulary
from tests.unit.seen import Raw, box, field, seen, table, text

WORDS = Vocabulary()
FIELDS = {"name": Label(("Adı Soyadı",)), "id": Label(("Görevlendirme ID",)), "note": Label(("Açıklama",))}


def values(page: Snapshot, near: Label | None = None) -> dict[str, str]:
    return {name: value.value for name, value in read_form(page, FIELDS, WORDS, near).items()}


def test_cell_to_the_right_with_the_colon_in_a_cell_of_its_own() -> None:
    rows = [["Adı Soyadı", ":", "AYŞE ÖRNEK"], ["Görevlendirme ID", ":", "9000123"], ["Açıklama", ":", "Uygun"]]
    assert values(seen(table(10, 10, [160, 20, 200], rows, head=False))) == {
        "name": "AYŞE ÖRNEK",
        "id": "9000123",
        "note": "Uygun",
    }


def test_empty_place_stays_empty_and_never_takes_the_next_label() -> None:
    rows = [["Adı Soyadı", "AYŞE ÖRNEK"], ["Görevlendirme ID", ""], ["Durum", "Aktif"], ["Açıklama", ""]]
    assert values(seen(table(10, 10, [160, 200], rows, head=False))) == {"name": "AYŞE ÖRNEK", "id": "", "note": ""}


def test_label_and_value_in_one_text() -> None:
    page = seen(
        box("p", (10, 10, 400, 20), text("Adı Soyadı: AYŞE ÖRNEK", 10, 10)),
        box("p", (10, 40, 400, 20), text("Görevlendirme ID : 9000123", 10, 40)),
        box("p", (10, 70, 400, 20), text("Açıklama:", 10, 70)),
        box("p", (10, 100, 400, 20), text("Durum: Aktif", 10, 100)),
    )
    assert values(page) | {"note": ""} == {"name": "AYŞE ÖRNEK", "id": "9000123", "note": ""}


def test_label_above_its_field() -> None:
    page = seen(
        box("div", (10, 10, 200, 44), text("Adı Soyadı", 10, 10), field("AYŞE ÖRNEK", (10, 30, 180, 22))),
        box("div", (220, 10, 200, 44), text("Görevlendirme ID", 220, 10), field("9000123", (220, 30, 180, 22))),
    )
    assert values(page) == {"name": "AYŞE ÖRNEK", "id": "9000123"}


def test_field_that_the_label_names_wins_over_what_stands_nearer() -> None:
    label = box("label", (10, 10, 80, 20), text("Adı Soyadı", 10, 10))
    page = seen(
        box("div", (10, 10, 600, 24), label, field("başka", (100, 10, 80, 22))),
        field("AYŞE ÖRNEK", (10, 200, 180, 22), lb="Adı Soyadı"),
    )
    assert values(page)["name"] == "AYŞE ÖRNEK"


def test_grid_beside_the_form_is_not_the_form() -> None:
    grid = table(10, 10, [160, 160], [["Adı Soyadı", "Görevlendirme ID"], ["BAŞKA KİŞİ", "1"], ["AYŞE ÖRNEK", "2"]])
    form = table(10, 200, [160, 160], [["Adı Soyadı", "AYŞE ÖRNEK"], ["Görevlendirme ID", "2"]], head=False)
    assert values(seen(grid, form)) == {"name": "AYŞE ÖRNEK", "id": "2"}


def test_date_in_three_fields_is_one_value() -> None:
    parts = [field(part, (120 + 60 * n, 10, 50, 22)) for n, part in enumerate(["01", "03", "2021"])]
    page = seen(box("div", (10, 10, 500, 24), text("Açıklama:", 10, 10), *parts))
    assert values(page) == {"note": "01.03.2021"}


def _list_behind(*others: Raw) -> Snapshot:
    """A list of which only the first columns are in sight, with a form in a dialog over it that lacks one of their labels."""
    rows = [["Görevlendirme ID", "Açıklama"], ["9000001", "İLK SÖZLEŞME"], ["9000002", "İKİNCİ SÖZLEŞME"]]
    lines = [
        box(
            "div",
            (300, 100 + 40 * n, 200, 40),
            text(label, 304, 100 + 40 * n),
            field(value, (304, 118 + 40 * n, 180, 20)),
        )
        for n, (label, value) in enumerate([("Adı Soyadı", "AYŞE ÖRNEK"), ("Görevlendirme ID", "9000002")])
    ]
    save = box("button", (420, 200, 60, 24), text("Onayla", 424, 202), ty="submit")
    dialog = box("div", (300, 80, 240, 160), *lines, save, r="dialog")
    return seen(table(10, 10, [160, 200], rows), dialog, *others)


def test_label_that_the_form_lacks_is_not_taken_from_the_list_behind_its_dialog() -> None:
    assert values(_list_behind(), near=Label(("Onayla",))) == {"name": "AYŞE ÖRNEK", "id": "9000002"}


def test_dialog_with_the_same_button_and_no_fields_leaves_the_form_as_it_is() -> None:
    button = box("button", (900, 320, 60, 24), text("Onayla", 904, 322))
    question = box("div", (900, 300, 200, 60), text("Emin misiniz?", 900, 300), button, r="dialog")
    assert values(_list_behind(question), near=Label(("Onayla",))) == {"name": "AYŞE ÖRNEK", "id": "9000002"}
