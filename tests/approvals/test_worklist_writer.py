from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from Katip.approvals.finding import Finding, Level
from Katip.approvals.worklist import Karar
from Katip.approvals.worklist_columns import Column
from Katip.approvals.worklist_file import read_worklist
from Katip.approvals.worklist_writer import PlanRow, is_filled_in, write_worklist
from Katip.model import Contract, Status, Workplace, sgk_grouped
from tests.approvals.fakes import WORKPLACE, Record

HOSTILE = ["=1+1", "+905551112233", "-1", "@SUM(A1)", "'=x", "${{1+1}}", "*HTML*<b>", 'a;b"c', "satır\nsonu", "\x01x"]


def rows(*names: str) -> list[PlanRow]:
    workplace = Workplace(WORKPLACE, "ÖRNEK SANAYİ VE TİCARET LTD. ŞTİ.")
    finding = Finding("minutes", Level.WARN, "süre yetersiz")
    return [
        PlanRow(workplace, Contract(WORKPLACE, name, "İşyeri Hekimi", date(2021, 3, 1), Status.PENDING, "Onay Bekliyor",
                {"work_type": "Kısmi Süreli"}, gorevlendirme_id=f"00{number}", minutes=1200), 9, (finding,), None, None)
        for number, name in enumerate(names or ("Ayşe Örnek",), start=1)
    ]  # fmt: skip


def test_the_columns_of_the_list_in_their_order(tmp_path: Path) -> None:
    xlsx, csv = write_worklist(tmp_path, rows())
    expected = [
        "SGK Sicil No", "İşyeri Unvanı", "Adı Soyadı", "Personel Kategorisi", "Çalışma Şekli", "Grv. Başlama Trh.",
        "Bekleme (gün)", "Görevlendirme ID", "Ayl. Çlş. Süresi (Dk)", "Çalışan Sayısı", "Tehlike Sınıfı", "Bulgular",
        "Karar", "Karar Veren", "Karar Tarihi",
    ]  # fmt: skip
    assert [cell.value for cell in load_workbook(xlsx).worksheets[0][1]] == expected
    raw = csv.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").splitlines()[0] == ";".join(expected)
    assert f"{sgk_grouped(WORKPLACE)};ÖRNEK SANAYİ" in raw.decode("utf-8-sig")


@pytest.mark.parametrize("kind", [0, 1])
def test_what_was_written_is_read_again(tmp_path: Path, kind: int) -> None:
    path = write_worklist(tmp_path, rows(*HOSTILE))[kind]
    read = read_worklist(path).rows
    assert [row.name for row in read] == [*HOSTILE[:8], "satır sonu", "x"]
    assert {row.karar for row in read} == {Karar.UNDECIDED}
    assert (read[0].workplace, read[0].start, read[0].minutes) == (WORKPLACE, date(2021, 3, 1), 1200)
    assert read[0].gorevlendirme_id == "001"


def test_the_xlsx_holds_no_formula_and_helps_to_fill_it_in(tmp_path: Path) -> None:
    xlsx, _ = write_worklist(tmp_path, rows(*HOSTILE))
    sheet = load_workbook(xlsx).worksheets[0]
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert sheet.freeze_panes == "A2"
    offers = {offer.formula1: str(offer.sqref) for offer in sheet.data_validations.dataValidation}
    assert offers['"Onayla,Beklet"'] == f"M2:M{len(HOSTILE) + 1}"
    assert sheet["A2"].number_format == "@"
    assert sheet["C2"].quotePrefix
    assert sheet["O2"].number_format == "dd.mm.yyyy"
    assert sheet.column_dimensions["A"].width > 30


def test_a_citizen_number_that_the_portal_shows_is_not_written(tmp_path: Path) -> None:
    for path in write_worklist(tmp_path, rows("Ayşe Örnek 11111111110")):
        assert read_worklist(path).rows[0].name == "Ayşe Örnek 111******10"


def test_a_list_that_nobody_touched_is_replaced(tmp_path: Path) -> None:
    first = write_worklist(tmp_path, rows("Ayşe Örnek"))
    assert write_worklist(tmp_path, rows("Ali Deneme")) == first
    assert read_worklist(first[1]).rows[0].name == "Ali Deneme"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["worklist.csv", "worklist.xlsx"]


@pytest.mark.parametrize(
    "column", [Column.KARAR, Column.DECIDED_BY, Column.DECIDED_ON, Column.EMPLOYEES, Column.HAZARD]
)
def test_a_list_that_somebody_has_filled_in_stays(tmp_path: Path, column: Column) -> None:
    xlsx, _ = write_worklist(tmp_path, rows())
    book = load_workbook(xlsx)
    headings = [cell.value for cell in book.worksheets[0][1]]
    book.worksheets[0].cell(2, headings.index(column) + 1, "x")
    book.save(xlsx)
    before = xlsx.read_bytes()
    assert is_filled_in(xlsx)
    again = write_worklist(tmp_path, rows())
    assert [path.name for path in again] == ["worklist-2.xlsx", "worklist-2.csv"]
    assert xlsx.read_bytes() == before


def test_a_filled_in_csv_protects_the_pair(tmp_path: Path) -> None:
    _, csv = write_worklist(tmp_path, rows())
    csv.write_text(csv.read_text("utf-8-sig").replace("süre yetersiz;;;", "süre yetersiz;Beklet;;"), "utf-8-sig")
    assert [path.name for path in write_worklist(tmp_path, rows())] == ["worklist-2.xlsx", "worklist-2.csv"]


def test_something_else_of_that_name_stays(tmp_path: Path) -> None:
    (tmp_path / "worklist.csv").write_text("mektup", "utf-8")
    assert write_worklist(tmp_path, rows())[1].name == "worklist-2.csv"
    assert (tmp_path / "worklist.csv").read_text("utf-8") == "mektup"


def test_an_empty_plan_is_a_list_without_rows(tmp_path: Path) -> None:
    xlsx, _ = write_worklist(tmp_path, [])
    assert load_workbook(xlsx).worksheets[0].max_row == 1


def test_filled_in_and_read(tmp_path: Path) -> None:
    xlsx, _ = write_worklist(tmp_path, rows("Ayşe Örnek"))
    book = load_workbook(xlsx)
    sheet = book.worksheets[0]
    sheet["J2"], sheet["K2"], sheet["M2"], sheet["N2"] = 60, "Çok Tehlikeli", "Onayla", "Şule Çağrı"
    sheet["O2"] = date(2021, 3, 2)
    book.save(xlsx)
    (row,) = read_worklist(xlsx, date(2021, 3, 2)).rows
    assert (row.karar, row.decided_by, row.decided_on, row.employees) == (
        Karar.APPROVE,
        "Şule Çağrı",
        date(2021, 3, 2),
        60,
    )
    assert row.identity == Record("1", "Ayşe Örnek").identity
