from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from Katip.approvals.tables import escaped, unescaped
from Katip.approvals.worklist import Karar, Worklist
from Katip.approvals.worklist_file import read_worklist
from Katip.approvals.worklist_row import is_citizen_number
from Katip.errors import ConfigurationError, WorklistRefused
from Katip.model import Hazard, id_key
from tests.approvals.xlsx import xlsx

SGK = "29999010199999010999932000"
GROUPED = "2 9999 01 01 9999901 099 99 32 000"
TODAY = date(2021, 3, 10)
HEADINGS = [
    "SGK Sicil No",
    "Adı Soyadı",
    "Personel Kategorisi",
    "Grv. Başlama Trh.",
    "Karar",
    "Karar Veren",
    "Karar Tarihi",
]
ROW = [GROUPED, "IŞIL İĞNECİ", "İşyeri Hekimi", "01.03.2021", "Onayla", "Şule Çağrı", "02.03.2021"]


def text(rows: Sequence[Sequence[str]], separator: str = ";") -> str:
    return "".join(separator.join(row) + "\r\n" for row in rows)


def read(tmp_path: Path, content: bytes | str, name: str = "liste.csv") -> Worklist:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_worklist(path, TODAY)


def problems(tmp_path: Path, content: bytes | str, name: str = "liste.csv") -> tuple[str, ...]:
    with pytest.raises(WorklistRefused) as refused:
        read(tmp_path, content, name)
    return refused.value.problems


def cell(heading: str, value: str) -> list[str]:
    return [value if each == heading else old for each, old in zip(HEADINGS, ROW, strict=True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1254", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_in_every_encoding_and_with_every_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    content = text([HEADINGS, ROW], separator).encode(encoding)
    worklist = read(tmp_path, content)
    (row,) = worklist.rows
    assert (row.number, row.workplace, row.name, row.karar) == (2, SGK, "IŞIL İĞNECİ", Karar.APPROVE)
    assert (row.category, row.start) == ("İşyeri Hekimi", date(2021, 3, 1))
    assert (row.decided_by, row.decided_on) == ("Şule Çağrı", date(2021, 3, 2))
    assert worklist.digest == hashlib.sha256(content).hexdigest()
    assert worklist.workplaces == (SGK,)


def test_xlsx_with_real_dates_and_numbers(tmp_path: Path) -> None:
    headings = [*HEADINGS, "Görevlendirme ID", "Ayl. Çlş. Süresi (Dk)", "Çalışan Sayısı", "Tehlike Sınıfı"]
    values = [
        *ROW[:3],
        datetime(2021, 3, 1),
        "ONAYLA",
        "Şule Çağrı",
        date(2021, 3, 2),
        1001.0,
        1200,
        "60",
        "ÇOK TEHLİKELİ",
    ]
    (row,) = read(tmp_path, xlsx([headings, values]), "liste.xlsx").rows
    assert (row.start, row.decided_on) == (date(2021, 3, 1), date(2021, 3, 2))
    assert (row.gorevlendirme_id, row.minutes, row.employees, row.hazard) == ("1001", 1200, 60, Hazard.HIGH)
    assert row.karar is Karar.APPROVE


def test_a_file_is_what_its_bytes_say_and_not_its_name(tmp_path: Path) -> None:
    assert read(tmp_path, xlsx([HEADINGS, ROW]), "liste.csv").rows
    assert read(tmp_path, text([HEADINGS, ROW]), "liste.xlsx").rows


def test_columns_in_any_order_and_several_wordings_and_unknown_ones_beside(tmp_path: Path) -> None:
    headings = [
        "Karar Tarihi",
        "Notlar",
        "KARAR",
        "karar veren",
        "Ad Soyad",
        "SGK İşyeri Sicil Numarası",
        "Görevlendirme No",
    ]
    row = ["02.03.2021", "x", "onayla", "Şule", "Ayşe", SGK, "0042"]
    (read_row,) = read(tmp_path, text([headings, row])).rows
    assert (read_row.karar, read_row.name, read_row.gorevlendirme_id) == (Karar.APPROVE, "Ayşe", "0042")


@pytest.mark.parametrize(
    "written",
    [
        SGK,
        GROUPED,
        "2-9999-01-01-9999901-099-99-32-000",
        "2.9999.01.01.9999901.099.99.32.000",
        GROUPED.replace(" ", "\u00a0"),
    ],
)
def test_the_sgk_number_in_all_its_spellings(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, text([HEADINGS, cell("SGK Sicil No", written)])).rows[0].workplace == SGK


@pytest.mark.parametrize("written", ["2,99E+25", "2.99990101999990E+25", "2,9999E25", SGK[:15] + "0" * 11])
def test_a_ruined_number_is_named_with_row_and_column(tmp_path: Path, written: str) -> None:
    row = [f'"{value}"' if "," in value else value for value in cell("SGK Sicil No", written)]
    (problem,) = problems(tmp_path, text([HEADINGS, ROW, row]))
    assert problem.startswith('row 3, column "SGK Sicil No"')
    assert "ruined" in problem
    assert written in problem


def test_a_number_that_is_a_number_in_xlsx_is_ruined_too(tmp_path: Path) -> None:
    row = [float(SGK), *ROW[1:]]
    (problem,) = problems(tmp_path, xlsx([HEADINGS, row]), "liste.xlsx")
    assert 'row 2, column "SGK Sicil No"' in problem
    assert "ruined" in problem


def test_a_ruined_id_is_named(tmp_path: Path) -> None:
    content = text([[*HEADINGS, "Görevlendirme ID"], [*ROW, "1,23E+18"]])
    assert 'column "Görevlendirme ID"' in problems(tmp_path, content)[0]


@pytest.mark.parametrize(
    ("heading", "value", "words"),
    [
        ("SGK Sicil No", "", "empty"),
        ("SGK Sicil No", SGK[:-1], "25 digits"),
        ("Adı Soyadı", " ", "empty"),
        ("Karar", "Evet", '"Evet" is neither'),
        ("Karar", "Onayla?", '"Onayla?" is neither'),
        ("Karar", "Onaylama", "neither"),
        ("Karar", "-", "neither"),
        ("Karar", "Onayla Beklet", "neither"),
        ("Karar Veren", "", "names nobody"),
        ("Karar Veren", "?", "names nobody"),
        ("Karar Tarihi", "", "empty"),
        ("Karar Tarihi", "dün", '"dün" is not a date'),
        ("Karar Tarihi", "31.02.2021", "not a date"),
        ("Karar Tarihi", "01.03.21", "not a date"),
        ("Karar Tarihi", "11.03.2021", "future"),
        ("Grv. Başlama Trh.", "", "which contract"),
        ("Grv. Başlama Trh.", "44256", "not a date"),
        ("Personel Kategorisi", "", "which contract"),
    ],
)
def test_what_is_wrong_with_a_cell_is_said(tmp_path: Path, heading: str, value: str, words: str) -> None:
    found = problems(tmp_path, text([HEADINGS, cell(heading, value)]))
    assert len(found) == 1
    assert "row 2" in found[0]
    assert words in found[0]


def test_every_problem_is_told_at_once_and_nothing_is_read(tmp_path: Path) -> None:
    rows = [HEADINGS, cell("Karar", "evet"), ROW, cell("SGK Sicil No", "2,99E+25"), cell("Karar Veren", "")]
    with pytest.raises(WorklistRefused) as refused:
        read(tmp_path, text(rows, "\t"))
    assert [problem.split(",")[0] for problem in refused.value.problems] == ["row 2", "row 4", "row 5"]
    message = str(refused.value)
    assert message.startswith("[KTP-010] The worklist was refused whole")
    assert 'in "liste.csv" 3 problems:' in message.splitlines()[0]
    assert len(message.splitlines()) == 6
    assert isinstance(refused.value, ConfigurationError)


@pytest.mark.parametrize("karar", ["Beklet", "", " BEKLET "])
def test_beklet_and_blank_need_nobody_who_answers_for_them(tmp_path: Path, karar: str) -> None:
    row = [*ROW[:4], karar, "", ""]
    assert read(tmp_path, text([HEADINGS, row])).rows[0].karar is not Karar.APPROVE


@pytest.mark.parametrize("missing", ["SGK Sicil No", "Adı Soyadı", "Karar", "Karar Veren", "Karar Tarihi"])
def test_a_missing_column_is_named(tmp_path: Path, missing: str) -> None:
    place = HEADINGS.index(missing)
    rows = [[*row[:place], *row[place + 1 :]] for row in (HEADINGS, ROW)]
    assert problems(tmp_path, text(rows)) == (f'the column "{missing}" is missing',)


def test_without_id_category_and_start_are_needed(tmp_path: Path) -> None:
    rows = [[*row[:3], *row[4:]] for row in (HEADINGS, ROW)]
    (problem,) = problems(tmp_path, text(rows))
    assert "Görevlendirme ID" in problem
    assert "Grv. Başlama Trh." in problem


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    assert "2 columns" in problems(tmp_path, text([[*HEADINGS, "karar"], [*ROW, "Beklet"]]))[0]


def test_the_same_id_twice(tmp_path: Path) -> None:
    headings = [*HEADINGS, "Görevlendirme ID"]
    second = [GROUPED, "Ali Deneme", *ROW[2:], "42"]
    (problem,) = problems(tmp_path, text([headings, [*ROW, "0042"], second]))
    assert problem.startswith("rows 2, 3: the same Görevlendirme ID")


def test_the_same_contract_twice_with_different_words(tmp_path: Path) -> None:
    second = [SGK, "Işıl İğneci", *ROW[2:4], "Beklet", "", ""]
    (problem,) = problems(tmp_path, text([HEADINGS, ROW, second]))
    assert problem.startswith("rows 2, 3: the same contract with different words")
    assert len(read(tmp_path, text([HEADINGS, ROW, ROW])).rows) == 2


def test_twins_with_ids_may_be_decided_differently(tmp_path: Path) -> None:
    headings = [*HEADINGS, "Görevlendirme ID"]
    rows = [headings, [*ROW, "1"], [*cell("Karar", "Beklet"), "2"]]
    assert [row.karar for row in read(tmp_path, text(rows)).rows] == [Karar.APPROVE, Karar.WAIT]


def test_a_citizen_number_anywhere_refuses_the_file_and_is_not_repeated(tmp_path: Path) -> None:
    content = text([[*HEADINGS, "Not"], [*ROW, "TC 11111111110"]])
    (problem,) = problems(tmp_path, content)
    assert "11111111110" not in problem
    assert "111******10" in problem
    assert read(tmp_path, text([[*HEADINGS, "Not"], [*ROW, "12345678901"]])).rows
    assert read(tmp_path, text([[*HEADINGS, "Görevlendirme ID"], [*ROW, "11111111110"]])).rows


@pytest.mark.parametrize("number", ["11111111110", "22222222220", "99999999990"])
def test_valid_citizen_numbers(number: str) -> None:
    assert is_citizen_number(number)


@pytest.mark.parametrize("number", ["12345678901", "01111111110", "11111111111"])
def test_invalid_citizen_numbers(number: str) -> None:
    assert not is_citizen_number(number)


def test_formulas_are_named_and_texts_that_look_like_formulas_are_texts(tmp_path: Path) -> None:
    content = xlsx([HEADINGS, [*ROW[:4], '=IF(1=1,"Onayla","")', *ROW[5:]]])
    assert any('column "Karar": it holds a formula' in problem for problem in problems(tmp_path, content, "a.xlsx"))
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    sheet.append(ROW)
    sheet["B2"].value = "=1+1"
    sheet["B2"].data_type = "s"
    book.save(tmp_path / "b.xlsx")
    assert read_worklist(tmp_path / "b.xlsx", TODAY).rows[0].name == "=1+1"
    assert read(tmp_path, text([HEADINGS, cell("Adı Soyadı", "'=1+1")])).rows[0].name == "=1+1"
    (problem, _) = problems(tmp_path, text([HEADINGS, cell("Adı Soyadı", "=1+1")]))
    assert 'column "Adı Soyadı": it holds a formula' in problem


def test_row_numbers_are_those_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    content = (
        "Onay listesi;;;;;;\r\n\r\n" + text([HEADINGS, ROW]) + ";;;;;;\r\n" + text([cell("Adı Soyadı", '"İki\nSatır"')])
    )
    content += text([cell("Karar", "evet")])
    (problem,) = problems(tmp_path, content)
    assert problem.startswith("row 7")


def test_excels_hint_for_the_separator_is_no_row(tmp_path: Path) -> None:
    worklist = read(tmp_path, "sep=,\r\n" + text([HEADINGS, ROW], ","))
    assert worklist.rows[0].number == 2


def test_a_second_sheet_without_the_headings_is_left_alone_and_with_them_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    for sheet in (book.worksheets[0], book.create_sheet("Notlar")):
        sheet.append(HEADINGS if sheet.title != "Notlar" else ["Not"])
        sheet.append(ROW)
    book.save(tmp_path / "a.xlsx")
    assert len(read_worklist(tmp_path / "a.xlsx", TODAY).rows) == 1
    extra = book.create_sheet("İkinci")
    extra.append(HEADINGS)
    extra.append(ROW)
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(WorklistRefused, match="several sheets"):
        read_worklist(tmp_path / "b.xlsx", TODAY)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "headings"),
        (b"PK\x03\x04 broken", "XLSX"),
        (b"\xd0\xcf\x11\xe0 old", "old XLS"),
        (b"a;\x8d\x90;b\r\n", "neither UTF-8 nor"),
        (b"a\x00b;c\r\n", "NUL"),
        (b"Ad;Soyad\r\nx;y\r\n", "headings"),
        (text([HEADINGS]).encode(), "no rows"),
    ],
)
def test_files_that_are_no_worklists(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in problems(tmp_path, content)[0]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WorklistRefused, match="cannot be opened"):
        read_worklist(tmp_path / "yok.csv")


@given(st.text())
def test_escaping_is_undone_exactly_and_leaves_no_formula(value: str) -> None:
    written = escaped(value)
    assert unescaped(written) == value
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(("left", "right"), [("0042", "42"), ("4 2", "42"), ("0", "000"), ("a-1", "a-1")])
def test_ids_are_the_same_with_and_without_leading_zeros(left: str, right: str) -> None:
    assert id_key(left) == id_key(right)
    assert id_key("42") != id_key("43")
    assert id_key(None) == ""
