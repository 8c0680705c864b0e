"""`katip plan --export FILE`: the list to be decided on from the portal's own export, in the files that people have."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from Katip.approvals.export import ExportRow, read_export
from Katip.approvals.worklist import Karar
from Katip.approvals.worklist_file import read_worklist
from Katip.cli import katip
from Katip.errors import ExportRefused
from Katip.model import Hazard, Status
from Katip.portal import load_portal
from Katip.run.plan_export import export_words
from tests.approvals.xlsx import xlsx

SGK, OTHER_SGK = "29999010199999010999932000", "29999010199999020999933000"
HEADINGS = [
    "Sözleşme Süreç ID",
    "Sözleşme Adı",
    "Sözleşme ID",
    "Görevlendirilen Kişi TC Kimlik No",
    "Görevlendirilen Kişi Ad Soyad",
    "Görevlendirilen Kişi Sertifika Tipi",
    "Çalışma Süresi",
    "Çalışma Periyodu",
    "Hizmet Alan İşyeri Unvanı",
    "Hizmet Alan İşyeri SGK/DETSİS No",
    "Hizmet Alan İşyeri Çalışan Sayısı",
    "Hizmet Alan İşyeri Tehlike Sınıfı",
    "Sözleşme Başlangıç Tarihi",
    "Sözleşme Statü",
    "Hizmet Alan İşyeri Onay Statüsü",
    "Görevlendirilen Kişi Onay Statüsü",
]
PENDING, APPROVED = "Sözleşme Onay Bekliyor", "Sözleşme Onaylandı"


def row(number: int, **given: str) -> list[str]:
    values = {
        "Sözleşme Süreç ID": f"8{number}",
        "Sözleşme Adı": "OSGB İLE ÖZEL İŞYERİ ARASINDA İŞYERİ HEKİMİ HİZMET ALIMI SÖZLEŞMESİ",
        "Sözleşme ID": f"700{number}",
        "Görevlendirilen Kişi TC Kimlik No": "11111111110",
        "Görevlendirilen Kişi Ad Soyad": f"IŞIL ĞÜŞÇÖ {number}",
        "Görevlendirilen Kişi Sertifika Tipi": "İşyeri Hekimi",
        "Çalışma Süresi": "600",
        "Çalışma Periyodu": "Aylık",
        "Hizmet Alan İşyeri Unvanı": "ÖRNEK GIDA",
        "Hizmet Alan İşyeri SGK/DETSİS No": SGK,
        "Hizmet Alan İşyeri Çalışan Sayısı": "60",
        "Hizmet Alan İşyeri Tehlike Sınıfı": "Çok Tehlikeli",
        "Sözleşme Başlangıç Tarihi": "01.03.2021 00:00:00",
        "Sözleşme Statü": "Aktif",
        "Hizmet Alan İşyeri Onay Statüsü": PENDING,
        "Görevlendirilen Kişi Onay Statüsü": APPROVED,
    }
    assert set(given) <= set(values)
    return [{**values, **given}[heading] for heading in HEADINGS]


ROWS = [
    HEADINGS,
    row(1),
    row(2, **{"Görevlendirilen Kişi Onay Statüsü": PENDING}),
    row(3, **{"Hizmet Alan İşyeri Onay Statüsü": APPROVED}),
    row(4, **{"Hizmet Alan İşyeri SGK/DETSİS No": OTHER_SGK, "Hizmet Alan İşyeri Tehlike Sınıfı": "Az Tehlikeli"}),
]


def as_csv(rows: Sequence[Sequence[str]], encoding: str = "cp1254", separator: str = ";") -> bytes:
    return "".join(separator.join(each) + "\r\n" for each in rows).encode(encoding)


def as_page(rows: Sequence[Sequence[str]], encoding: str = "utf-8", before: str = "", after: str = "") -> bytes:
    cells = ["".join(f"<td>{html.escape(text)}</td>" for text in each) for each in rows]
    body = "".join(f"<tr>{each}</tr>" for each in cells)
    head = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><style>td{}</style></head><body>"
    return f"{head}{before}<table border=1>{body}</table>{after}</body></html>".encode(encoding)


def read(tmp_path: Path, content: bytes, name: str = "Sozlesmeler.xls") -> list[ExportRow]:
    path = tmp_path / name
    path.write_bytes(content)
    return read_export(path, export_words(load_portal("today")))


def problems(tmp_path: Path, content: bytes) -> str:
    with pytest.raises(ExportRefused) as refused:
        read(tmp_path, content)
    assert "KTP-013" in str(refused.value)
    assert "Sozlesmeler.xls" in str(refused.value)
    return "\n".join(refused.value.problems)


KINDS: dict[str, Callable[[Sequence[Sequence[str]]], bytes]] = {
    "xlsx": xlsx,
    "csv of Turkish Windows": as_csv,
    "csv in UTF-8 with commas": lambda rows: as_csv(rows, "utf-8-sig", ","),
    "csv in UTF-16 with tabs": lambda rows: as_csv(rows, "utf-16", "\t"),
    "page in UTF-8": as_page,
    "page of Turkish Windows": lambda rows: as_page(rows, "cp1254"),
    "page with other tables": lambda rows: as_page(rows, before="<table><tr><td>İSG-KATİP</td></tr></table>"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_export_is_read_from_the_files_that_people_have(kind: str, tmp_path: Path) -> None:
    rows = read(tmp_path, KINDS[kind](ROWS))
    assert [each.contract.status for each in rows] == [
        Status.PENDING,
        Status.WAITING,
        Status.APPROVED,
        Status.PENDING,
    ]
    first = rows[0]
    assert (first.contract.name, first.contract.category) == ("IŞIL ĞÜŞÇÖ 1", "İşyeri Hekimi")
    assert (first.workplace.sgk, first.workplace.title, rows[3].workplace.sgk) == (SGK, "ÖRNEK GIDA", OTHER_SGK)
    assert (first.employees, first.hazard, first.contract.minutes) == (60, Hazard.HIGH, 600)
    assert (first.contract.gorevlendirme_id, str(first.contract.start)) == ("7001", "2021-03-01")
    assert "11111111110" not in repr(rows)


def test_category_comes_from_the_contracts_name_and_minutes_only_from_those_of_a_month(tmp_path: Path) -> None:
    other = row(1, **{"Görevlendirilen Kişi Sertifika Tipi": "", "Çalışma Periyodu": "Yıllık"})
    hours = row(2, **{"Çalışma Süresi": "10 saat"})
    contracts = [each.contract for each in read(tmp_path, xlsx([HEADINGS, other, hours]))]
    assert contracts[0].category == "İşyeri Hekimi"
    assert [each.minutes for each in contracts] == [None, None]


def without(heading: str) -> list[list[str]]:
    place = HEADINGS.index(heading)
    return [[*each[:place], *each[place + 1 :]] for each in ROWS]


def formula_sheet() -> bytes:
    return xlsx([HEADINGS, row(1, **{"Hizmet Alan İşyeri Onay Statüsü": '="Sözleşme Onay Bekliyor"'})])


def hidden_sheet() -> bytes:
    book = Workbook()
    book.worksheets[0].append(["nothing"])
    sheet = book.create_sheet("gizli")
    for each in ROWS:
        sheet.append(each)
    sheet.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "old or locked XLS": (b"\xd0\xcf\x11\xe0" + bytes(500), "old XLS file or is protected"),
    "PDF": (b"%PDF-1.7 ...", "it is a PDF"),
    "not a table": ("Sayın yetkili, liste ektedir.".encode(), "no sheet that is shown has the headings"),
    "broken zip": (b"PK\x03\x04" + bytes(200), ""),
    "NUL": (b"Ad\x00Soyad;x", "NUL"),
    "hidden sheet": (hidden_sheet(), "no sheet that is shown"),
    "formula": (formula_sheet(), 'row 2, column "Hizmet Alan İşyeri Onay Durumu": it holds a formula'),
    "no SGK column": (xlsx(without("Hizmet Alan İşyeri SGK/DETSİS No")), "SGK/DETSİS No"),
    "no status of the professional": (xlsx(without("Görevlendirilen Kişi Onay Statüsü")), "is missing"),
    "two status columns": (
        xlsx([[*each, each[HEADINGS.index("Hizmet Alan İşyeri Onay Statüsü")]] for each in ROWS]),
        '2 columns are called "Hizmet Alan İşyeri Onay Durumu"',
    ),
    "ruined number": (xlsx([HEADINGS, row(1, **{HEADINGS[9]: "2,9999E+25"})]), "ruined the number"),
    "one ID twice": (xlsx([HEADINGS, row(1), row(1, **{"Çalışma Süresi": "10"})]), "rows 2 and 3"),
    "page with two lists": (as_page(ROWS, after=as_page(ROWS).decode()), "several sheets or tables"),
    "page whose list is hidden": (
        as_page([["x"]]).replace(b"</body>", b"<div style='display: none'>" + as_page(ROWS)),
        "no sheet",
    ),
    "only headings": (xlsx([HEADINGS]), "no rows"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_cannot_be_understood_is_refused_by_name(kind: str, tmp_path: Path) -> None:
    content, words = HOSTILE[kind]
    assert words in problems(tmp_path, content)


def test_problems_are_named_and_counted(tmp_path: Path) -> None:
    wrong = [row(number, **{"Görevlendirilen Kişi Ad Soyad": ""}) for number in range(30)]
    said = problems(tmp_path, xlsx([HEADINGS, *wrong])).splitlines()
    assert said[-1] == "and 10 more"
    assert len(said) == 21


def test_row_that_stands_there_twice_is_one(tmp_path: Path) -> None:
    assert len(read(tmp_path, xlsx([HEADINGS, row(1), row(1)]))) == 1


def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, *arguments: str) -> Result:
    monkeypatch.setattr("Katip.run.commands.results_folder", lambda: tmp_path / "results")
    export = tmp_path / "Sozlesmeler.xlsx"
    export.write_bytes(content)
    return CliRunner().invoke(katip, ["plan", "--export", str(export), *arguments])


def test_command_writes_the_list_that_is_to_be_decided_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = row(5, **{"Sözleşme Statü": "Silindi"})
    said = plan(tmp_path, monkeypatch, xlsx([*ROWS, ended]))
    assert said.exit_code == 0, said.output
    (path,) = (tmp_path / "results").rglob("worklist.xlsx")
    assert str(path) in said.output.replace("\n", "")
    assert "3 are the employer's turn, 1 wait for somebody else first" in said.output
    assert f'1 with the status "{APPROVED}"' in said.output
    rows = read_worklist(path).rows
    assert [(each.name, each.workplace, each.karar) for each in rows] == [
        ("IŞIL ĞÜŞÇÖ 1", SGK, Karar.UNDECIDED),
        ("IŞIL ĞÜŞÇÖ 4", OTHER_SGK, Karar.UNDECIDED),
        ("IŞIL ĞÜŞÇÖ 5", SGK, Karar.UNDECIDED),
        ("IŞIL ĞÜŞÇÖ 2", SGK, Karar.UNDECIDED),
    ]
    assert (rows[0].employees, rows[0].hazard, rows[0].minutes) == (60, Hazard.HIGH, 600)
    written = path.with_suffix(".csv").read_text("utf-8-sig")
    assert "900" in written  # 60 employees × 15 minutes
    assert "Silindi" in written
    assert "11111111110" not in written


def test_command_takes_one_workplace_and_refuses_what_it_would_ignore(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plan(tmp_path, monkeypatch, xlsx(ROWS), "--workplace", OTHER_SGK).exit_code == 0
    (path,) = (tmp_path / "results").rglob("worklist.xlsx")
    assert [each.workplace for each in read_worklist(path).rows] == [OTHER_SGK]
    assert "no contract of the workplace" in plan(tmp_path, monkeypatch, xlsx(ROWS), "--workplace", "1" * 26).output
    ignored = plan(tmp_path, monkeypatch, xlsx(ROWS), "--sign-in", "attended", "--", "--loglevel", "TRACE")
    assert ignored.exit_code == 2
    assert "--sign-in, --loglevel, TRACE" in ignored.output


def test_command_says_what_is_not_pending_and_what_no_file_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = "Hizmet Alan İşyeri Onay Statüsü"
    done = plan(tmp_path, monkeypatch, xlsx([HEADINGS, row(1, **{status: APPROVED})]))
    assert (done.exit_code, "Nothing is pending" in done.output) == (0, True)
    unknown = plan(tmp_path, monkeypatch, xlsx([HEADINGS, row(1, **{status: "Bekleniyor"})]))
    assert (unknown.exit_code, "KTP-013" in unknown.output, '"Bekleniyor"' in unknown.output) == (1, True, True)
    assert not (tmp_path / "results").exists()
