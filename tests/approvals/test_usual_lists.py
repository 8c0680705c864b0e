"""Lists as people make them, with logos, colours, notes and choices, are read."""

from __future__ import annotations

import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from Katip.approvals.worklist import Karar
from tests.approvals.made_lists import LINES, aligned, both, changed, made, read, with_picture, with_row, with_value


def logo_above(sheet: Worksheet) -> None:
    sheet.insert_rows(1, 4)
    with_picture("A1", 150, 70)(sheet)
    sheet["C2"] = "ONAY LİSTESİ"


def notes_and_choices(sheet: Worksheet) -> None:
    sheet["F1"].comment = Comment("Onayla veya Beklet", "Şule Çağrı")
    choice = DataValidation(type="list", formula1='"Onayla,Beklet"')
    choice.add("F2:F3")
    sheet.add_data_validation(choice)
    assert sheet.parent is not None
    sheet.parent.create_sheet("Seçenekler")["A1"] = "Beklet"


def striped(sheet: Worksheet) -> None:
    thin = Side("thin", color="FF999999")
    for row in sheet["A1:H3"]:
        for each in row:
            each.border = Border(thin, thin, thin, thin)
            each.fill = PatternFill("solid", fgColor="FFD9E1F2" if each.row % 2 else "FFFFFFFF")
            each.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center", indent=1)


def usual_conditions(sheet: Worksheet) -> None:
    for word, letters, ground in (("Onayla", "FF006100", "FFC6EFCE"), ("Beklet", "FF9C0006", "FFFFC7CE")):
        rule = CellIsRule("equal", [f'"{word}"'], font=Font(color=letters), fill=PatternFill("solid", bgColor=ground))
        sheet.conditional_formatting.add("F2:F9", rule)


def turned_headings(sheet: Worksheet) -> None:
    for each in sheet[1]:
        each.alignment = Alignment(textRotation=90)
    sheet.row_dimensions[1].height = 110


USUAL = {
    "logo and title above": changed(logo_above),
    "note on a heading, choices": changed(notes_and_choices),
    "stripes, borders, centred": changed(striped),
    "green and red by condition": changed(usual_conditions),
    "turned headings": changed(turned_headings),
    "name in two lines": both(with_value("B3", "ŞÜKRÜ\nÖĞÜT"), aligned("B3", wrap_text=True), with_row(3, height=30)),
    "blank rows between workplaces": changed(lambda sheet: sheet.insert_rows(3, 4)),
    "ordinal sign in a heading": made("J1", value="Sıra Nº"),
    "remark in a column of its own": both(
        with_value("J1", "Not"), with_value("J3", "Beklet dendi, sonra onaylandı - Ιωάννα")
    ),
    "padded CSV": LINES.replace("ÖĞÜT", "ÖĞÜT" + " " * 30).encode(),
    "hint that is kept": ("sep=;\r\n" + LINES).encode(),
    "dash for nothing": LINES.replace("\n", ";-\n").replace(";-", ";Not", 1).encode(),
}


@pytest.mark.parametrize("content", USUAL.values(), ids=USUAL)
def test_usual_lists_are_read(content: bytes) -> None:
    assert [row.karar for row in read(content).rows] == [Karar.APPROVE, Karar.APPROVE]
