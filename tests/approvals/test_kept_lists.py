"""Lists as offices keep them and what is done to them: totals, cancelled rows, other sheets, notes, turned shapes, sign fonts."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from Katip.approvals.export import read_export
from Katip.approvals.list_file import open_elsewhere
from Katip.approvals.worklist import Karar, Worklist
from Katip.approvals.worklist_file import read_worklist
from Katip.errors import ExportRefused, WorklistRefused
from Katip.portal import load_portal
from Katip.run.plan_export import export_words
from tests.approvals.made_lists import (
    HEADINGS,
    LINES,
    ROWS,
    SGK,
    TODAY,
    changed,
    part,
    read,
    refused,
    with_part,
    with_value,
)

BOTH = [Karar.APPROVE, Karar.APPROVE]


def written(tmp_path: Path, write: Callable[[Any, Any], object] = lambda *_: None, rows: Any = ROWS) -> bytes:
    """Return a list that XlsxWriter writes as Excel does."""
    path = tmp_path / "liste.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Liste")
        sheet.set_column(0, 9, 30)
        for number, row in enumerate([HEADINGS, *rows]):
            sheet.write_row(number, 0, row)
        write(book, sheet)
    return path.read_bytes()


def decisions(content: bytes) -> list[Karar]:
    return [row.karar for row in read(content).rows]


# ------------------------------------------------------------------------------------------------------- what has to be read


@pytest.mark.parametrize("label", [None, "Toplam"])
def test_row_of_totals_of_a_table_is_no_contract(tmp_path: Path, label: str | None) -> None:
    def table(_: object, sheet: Any) -> None:
        columns = [{"header": heading} for heading in HEADINGS] + [{"header": "Dk", "total_function": "sum"}]
        columns[0] |= {"total_string": label} if label else {}
        options = {"total_row": True, "columns": columns, "data": [[*row, 10] for row in ROWS]}
        sheet.add_table(0, 0, 3, 8, options)

    assert decisions(written(tmp_path, table)) == BOTH


def test_totals_of_another_table_hide_no_row(tmp_path: Path) -> None:
    def table(_: object, sheet: Any) -> None:
        sheet.add_table(0, 9, 2, 10, {"total_row": True, "columns": [{"header": "İl"}, {"header": "Adet"}]})

    assert decisions(written(tmp_path, table)) == BOTH


def test_row_of_totals_with_a_decision_is_a_row(tmp_path: Path) -> None:
    def table(_: object, sheet: Any) -> None:
        columns: list[dict[str, str]] = [{"header": heading} for heading in HEADINGS]
        columns[5]["total_string"] = "Onayla"
        sheet.add_table(0, 0, 3, 7, {"total_row": True, "columns": columns, "data": ROWS})

    assert "row 4" in refused(written(tmp_path, table))


def test_undecided_row_may_be_struck_through() -> None:
    def cancelled(sheet: Worksheet) -> None:
        for each in sheet[3]:
            each.font = Font(strike=True)
        for place in ("F3", "G3", "H3"):
            sheet[place] = None

    assert decisions(changed(cancelled)) == [Karar.APPROVE, Karar.UNDECIDED]
    assert "struck" in refused(changed(lambda sheet: setattr(sheet["B3"], "font", Font(strike=True))))


def other_sheet(name: str, rows: list[list[object]]) -> Callable[[Any, Any], None]:
    def write(book: Any, _: object) -> None:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return write


EMPLOYEES: list[list[object]] = [["Adı Soyadı", "Görevi", "SGK Sicil No"], ["Ali Örnek", "Kaynakçı", SGK]]


def test_sheet_of_employees_is_no_second_list(tmp_path: Path) -> None:
    assert decisions(written(tmp_path, other_sheet("Çalışanlar", EMPLOYEES))) == BOTH


def test_unused_rows_that_are_hidden_hide_nothing(tmp_path: Path) -> None:
    assert decisions(written(tmp_path, lambda _, sheet: sheet.set_default_row(hide_unused_rows=True))) == BOTH


def test_filter_without_a_condition_hides_nothing(tmp_path: Path) -> None:
    content = written(tmp_path, lambda _, sheet: sheet.autofilter(0, 0, 2, 7))
    name = "xl/worksheets/sheet1.xml"
    button = '<autoFilter ref="A1:H3"><filterColumn colId="0" hiddenButton="1"/></autoFilter>'
    text = part(content, name).replace('<autoFilter ref="A1:H3"/>', button)
    assert "hiddenButton" in text
    assert decisions(with_part(content, name, text)) == BOTH


@pytest.mark.parametrize("kind", ["pivotTable", "queryTable", "image"])
def test_what_fills_another_sheet_is_no_fault_of_the_list(tmp_path: Path, kind: str) -> None:
    content = written(tmp_path, other_sheet("Özet", [["Satır Etiketleri", "Say"], ["Onayla", 2]]))
    relation = f'<Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="/xl/p.xml"/>'
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    content = with_part(content, "xl/worksheets/_rels/sheet2.xml.rels", rels)
    assert decisions(with_part(content, "xl/p.xml", '<root xmlns="urn:p"/>')) == BOTH


# ---------------------------------------------------------------------------------------------------- what has to be refused


@pytest.mark.parametrize("words", [["", "", "", "", "", "", "Şule Çağrı"], ["Yukarıdaki kararları ben verdim."]])
def test_words_below_the_list_are_named_with_the_mend(tmp_path: Path, words: list[str]) -> None:
    problem = refused(written(tmp_path, lambda _, sheet: sheet.write_row(5, 0, words)))
    assert problem == "row 6: it names no contract; delete it, or put its words above the list or on another sheet"


@pytest.mark.parametrize(
    "font",
    [
        *("Segoe MDL2 Assets", "ZapfDingbats", "MS Outlook", "Adobe Blank", "Code 39", "Libre Barcode 128"),
        *("Material Icons", "Font Awesome 6 Free", "Redacted Script", "Free 3 of 9"),
    ],
)
def test_fonts_without_letters_are_refused(font: str) -> None:
    assert "signs instead of letters" in refused(changed(lambda sheet: setattr(sheet["F3"], "font", Font(name=font))))


@pytest.mark.parametrize("font", ["Segoe UI Symbol", "Segoe UI Emoji", "Codec Pro", "Symphony", "Flowers Sans"])
def test_fonts_with_letters_and_signs_are_read(font: str) -> None:
    assert decisions(changed(lambda sheet: setattr(sheet["F3"], "font", Font(name=font)))) == BOTH


def test_tabs_before_a_text_push_it_aside() -> None:
    assert "many blanks" in refused(changed(with_value("F3", "\t\t\tOnayla")))
    assert decisions(changed(with_value("F3", "\tOnayla"))) == BOTH


@pytest.mark.parametrize("who", ["yok", "YOK", "N/A", "(boş)", "nan", "None", "Bilinmiyor"])
def test_word_for_nobody_names_nobody(who: str) -> None:
    assert "names nobody" in refused(changed(with_value("G3", who)))


def noted(place: str, text: str) -> bytes:
    return changed(lambda sheet: setattr(sheet[place], "comment", Comment(text, "Şule Çağrı")))


def test_note_that_decides_otherwise_is_refused() -> None:
    assert refused(noted("F3", "BEKLET!")) == 'row 3, column "Karar": a note on it says "BEKLET!"; keep one decision'


WITHHELD = [
    *(
        "Beklet: telefon bekleniyor",
        "BEKLETİLSİN",
        "bunu onaylama! vazgeçtik",
        "ONAYLAMA",
        "Onaylanmasın, yarın konuşacağız",
    ),
    *("onaylamayınız", "Vazgeçildi", "Onaylanmayacaktır", "cevap gelene kadar beklesin"),
]
DECIDED = [
    *(
        "Telefonla soruldu",
        "Beklet dendi, sonra onaylandı",
        "Onaylama işlemi bu ay",
        "Bekletilmişti, şimdi tamam",
        "Onaylandı",
        "bekleme 3 gün",
    ),
    *("Vazgeçmedik", "Vazgeçilmez", "Onaylanması uygundur", "Beklemesin"),
]


@pytest.mark.parametrize("remark", WITHHELD)
def test_remark_that_withholds_the_decision_is_refused(remark: str) -> None:
    assert f'column "Adı Soyadı": a note on it says "{remark}"' in refused(noted("B3", remark))
    beside = refused(changed(with_value("M3", remark)))
    assert f'column "Karar": column 13 says "{remark}"' in beside


@pytest.mark.parametrize("remark", DECIDED)
def test_remark_that_does_not_withhold_is_none_of_the_decision(remark: str) -> None:
    assert decisions(noted("B3", remark)) == BOTH
    assert decisions(changed(with_value("M3", remark))) == BOTH


def test_threaded_comment_that_decides_otherwise_is_refused() -> None:
    relation = '<Relationship Id="rId7" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="/xl/t.xml"/>'
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    content = with_part(changed(lambda _: None), "xl/worksheets/_rels/sheet1.xml.rels", rels)
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    comment = f'<ThreadedComments xmlns="{space}"><threadedComment ref="F2" id="x"><text>Önce beklet</text></threadedComment></ThreadedComments>'
    assert "row 2" in refused(with_part(content, "xl/t.xml", comment))


@pytest.mark.parametrize(
    ("place", "text"), [("B2", "Telefonla soruldu"), ("F3", "Telefonla soruldu"), ("F1", "Beklet")]
)
def test_other_notes_are_no_decision(place: str, text: str) -> None:
    assert decisions(noted(place, text)) == BOTH


def box(row: int, column: int, change: Callable[[str], str], tmp_path: Path, **size: int) -> bytes:
    content = written(tmp_path, lambda _, sheet: sheet.insert_textbox(row, column, "Beklet", size))
    name = "xl/drawings/drawing1.xml"
    text = change(part(content, name))
    assert text != part(content, name)
    return with_part(content, name, text)


def turned(text: str) -> str:
    return text.replace("<a:xfrm>", '<a:xfrm rot="5400000">')


def end_before(text: str) -> str:
    end = (
        "<xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    )
    return re.sub(r"<xdr:to>.*</xdr:to>", end, text, flags=re.DOTALL)


def drawn_back(text: str) -> str:
    return text.replace("<xdr:colOff>0</xdr:colOff>", "<xdr:colOff>-9999999</xdr:colOff>", 1)


def test_turned_shape_covers_what_it_reaches(tmp_path: Path) -> None:
    assert "covers it" in refused(box(1, 9, turned, tmp_path, width=20, height=1800))
    assert decisions(box(1, 11, turned, tmp_path, width=40, height=60)) == BOTH


def grouped(place: str) -> Callable[[str], str]:
    """Put the shape into a group of 100 units; its place in it is given."""
    frame = '<a:xfrm><a:off x="900" y="0"/><a:ext cx="100" cy="100"/><a:chOff x="900" y="0"/><a:chExt cx="100" cy="100"/></a:xfrm>'
    group = f'<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="9" name="g"/><xdr:cNvGrpSpPr/></xdr:nvGrpSpPr><xdr:grpSpPr>{frame}</xdr:grpSpPr>'

    def change(text: str) -> str:
        inner = re.sub(r"<a:off [^>]*/><a:ext [^>]*/>", place, text)
        return re.sub(r"(<xdr:sp .*</xdr:sp>)", rf"{group}\1</xdr:grpSp>", inner, flags=re.DOTALL)

    return change


def test_part_outside_of_its_group_may_be_anywhere(tmp_path: Path) -> None:
    outside, inside = '<a:off x="0" y="0"/><a:ext cx="900" cy="90"/>', '<a:off x="910" y="0"/><a:ext cx="90" cy="90"/>'
    assert "covers it" in refused(box(0, 9, grouped(outside), tmp_path))
    assert decisions(box(0, 9, grouped(inside), tmp_path)) == BOTH


@pytest.mark.parametrize("change", [end_before, drawn_back])
def test_shape_with_an_impossible_place_may_be_anywhere(tmp_path: Path, change: Callable[[str], str]) -> None:
    assert "covers it" in refused(box(0, 9, change, tmp_path))


# ------------------------------------------------------------------------------------------------------------------ the file


def read_in_seconds(path: Path) -> Worklist:
    start = time.process_time()
    try:
        return read_worklist(path, TODAY)
    finally:
        assert time.process_time() - start < 10


def test_endless_blank_lines_and_cells_take_seconds(tmp_path: Path) -> None:
    head, first, *_ = LINES.splitlines()
    lines = tmp_path / "lines.csv"
    lines.write_text(LINES + (";" * 8 + "\n") * 1_000_000, "utf-8")
    cells = tmp_path / "cells.csv"
    cells.write_text(f"{head}{';' * 2_000_000}\n{first}\n", "utf-8")
    assert len(read_in_seconds(lines).rows) == len(LINES.splitlines()) - 1
    assert len(read_in_seconds(cells).rows) == 1


def test_line_of_thousands_of_cells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(LINES.rstrip() + ";x" * 100_000 + "\n", "utf-8")
    with pytest.raises(WorklistRefused, match="beyond column"):
        read_in_seconds(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with a name")
@pytest.mark.timeout(20)
def test_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "liste.xlsx"
    os.mkfifo(pipe)
    with pytest.raises(WorklistRefused, match="pipe"):
        read_worklist(pipe, TODAY)
    with pytest.raises(ExportRefused, match="pipe"):
        read_export(pipe, export_words(load_portal("today")))


def test_lock_file_given_as_the_list_is_named(tmp_path: Path) -> None:
    lock = tmp_path / "~$liste.xlsx"
    lock.write_bytes(b"\x06Zeynep" + b" " * 48 + b"\x06\x00Z\x00e\x00y\x00n\x00e\x00p\x00" + b" \x00" * 48)
    with pytest.raises(WorklistRefused, match="give the list itself"):
        read_worklist(lock, TODAY)


@pytest.mark.parametrize("beside", ["~$liste.xlsx", ".~lock.liste.xlsx#", ".~liste.xlsx"])
def test_list_that_is_open_elsewhere_is_noticed(tmp_path: Path, beside: str) -> None:
    path = tmp_path / "liste.xlsx"
    assert open_elsewhere(path) == ""
    (tmp_path / "~$baska.xlsx").touch()
    assert open_elsewhere(path) == ""
    (tmp_path / beside).touch()
    assert f'"{beside}" lies beside it' in open_elsewhere(path)
