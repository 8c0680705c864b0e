"""Disguises that the format of XLSX allows: what the spreadsheet shows and what a simpler reader takes are not the same."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from openpyxl import Workbook
from openpyxl.formatting.rule import ColorScaleRule, DataBarRule
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from Katip.approvals.worklist import Karar
from Katip.errors import WorklistRefused
from tests.approvals.made_lists import (
    BOOK,
    HEADINGS,
    ROWS,
    SHEET,
    book_of,
    cell,
    changed,
    covered,
    ignorable,
    part,
    patched,
    read,
    refused,
    saved,
    with_format,
    with_part,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet_with(old: str, new: str) -> bytes:
    return patched(ignorable(saved(book_of()), SHEET, "worksheet"), SHEET, old, new)


def text_cell(place: str, text: str, prefix: str = "") -> str:
    return f'<{prefix}c r="{place}" t="inlineStr"><{prefix}is><{prefix}t>{text}</{prefix}t></{prefix}is></{prefix}c>'


def extra_row(prefix: str = "", inner: str = "") -> str:
    values = [*ROWS[1][:4], "9900009", *ROWS[1][5:]]
    cells = "".join(text_cell(f"{letter}4", value, inner) for letter, value in zip("ABCDEFGH", values, strict=True))
    return f'<{prefix}row r="4">{cells}</{prefix}row>'


FOREIGN = {
    "row of a foreign namespace": sheet_with("</sheetData>", extra_row("x:", "x:") + "</sheetData>"),
    "row in a foreign element": sheet_with("</sheetData>", f"<x:a>{extra_row()}</x:a></sheetData>"),
    "row in the extensions": sheet_with("</worksheet>", f"<extLst><ext>{extra_row()}</ext></extLst></worksheet>"),
    "rows twice": sheet_with("</sheetData>", f"</sheetData><sheetData>{extra_row()}</sheetData>"),
    "cells of a foreign namespace": sheet_with("</sheetData>", extra_row("", "x:") + "</sheetData>"),
    "value twice": sheet_with(cell(saved(book_of()), "F3"), '<c r="F3" t="str"><v>Beklet</v><v>Onayla</v></c>'),
    "text twice": sheet_with(cell(saved(book_of()), "F3"), '<c r="F3" t="inlineStr"><is><t/><t>Onayla</t></is></c>'),
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_what_a_spreadsheet_skips_never_becomes_a_row(content: bytes) -> None:
    try:
        rows = read(content).rows
    except WorklistRefused:
        assert "save it again" in refused(content)
    else:
        assert [row.number for row in rows] == [2, 3]


def test_value_of_a_foreign_namespace_does_not_count() -> None:
    old = cell(saved(book_of()), "F3")
    shown = '<c r="F3" t="str"><v>Beklet</v><x:v>Onayla</x:v></c>'
    assert read(sheet_with(old, shown)).rows[1].karar is Karar.WAIT
    shown = '<c r="F3" t="inlineStr"><is><x:t>Onayla</x:t><t>Beklet</t></is></c>'
    assert read(sheet_with(old, shown)).rows[1].karar is Karar.WAIT


def test_reference_of_a_foreign_namespace_names_no_sheet() -> None:
    book = book_of(lambda sheet: setattr(sheet["F3"], "value", "Beklet"))
    other = book.create_sheet("Diğer")
    other.append(["boş"])
    content = ignorable(saved(book), BOOK, "workbook")
    text = part(content, BOOK)
    first = re.search(r"<sheet [^>]*>", text)[0]  # type: ignore[index]
    swapped = patched(content, BOOK, first, first.replace("<sheet ", '<sheet x:id="rId2" '))
    assert read(swapped).rows[1].karar is Karar.WAIT


def test_style_of_a_foreign_namespace_does_not_count() -> None:
    struck = changed(lambda sheet: setattr(sheet["F3"], "font", Font(strike=True)))
    content = ignorable(struck, "xl/styles.xml", "styleSheet")
    text = part(content, "xl/styles.xml")
    found = re.search(r"<strike[^>]*>", text)[0]  # type: ignore[index]
    assert "struck" in refused(patched(content, "xl/styles.xml", found, f'<x:strike val="0"/>{found}'))
    assert "stored twice" in refused(patched(content, "xl/styles.xml", found, f'<strike val="0"/>{found}'))


@pytest.mark.parametrize("inner", ["<b>değil</b>", "<x:b>let</x:b>", '<x:b xmlns:x="urn:x"/>'])
def test_text_that_holds_elements_is_read_in_no_way(inner: str) -> None:
    content = ignorable(changed(lambda _: None), SHEET, "worksheet")
    text = cell(content, "F2")
    inline = '<c r="F2" t="inlineStr"><is><t>Onayla</t></is></c>'
    for held in (
        inline.replace("</t>", f"{inner}</t>"),
        inline.replace("<t>Onayla</t>", f"<r><t>Onayla{inner}</t></r>"),
        f'<c r="F2" t="str"><v>Onayla{inner}</v></c>',
    ):
        assert "holds other elements" in refused(patched(content, SHEET, text, held))
    assert read(patched(content, SHEET, text, inline)).rows[0].karar is Karar.APPROVE


def test_two_parts_of_styles_are_refused() -> None:
    content = saved(book_of())
    rels = part(content, "xl/_rels/workbook.xml.rels")
    more = '<Relationship Id="rId99" Type="urn:invented/styles" Target="/xl/other.xml"/></Relationships>'
    two = with_part(content, "xl/_rels/workbook.xml.rels", rels.replace("</Relationships>", more))
    assert "two parts styles" in refused(with_part(two, "xl/other.xml", part(content, "xl/styles.xml")))


@pytest.mark.parametrize(
    ("place", "code", "value"),
    [
        ("F3", "[White]@", None),
        ("F3", "[Color2]@", None),
        ("F3", "[white]General", None),
        ("F3", "[$değil ]@", None),
        ("F3", "*z@", None),
        ("E3", "[White]0", 9900008),
        ("E3", "[$9]0", 990000),
        ("E3", "*90", 990000),
        ("H3", "[White]dd.mm.yyyy", datetime(2021, 3, 2)),
        ("H3", "[$1]dd.mm.yyyy", datetime(2021, 3, 2)),
    ],
)
def test_formats_with_colours_signs_and_fillers_are_refused(place: str, code: str, value: object) -> None:
    assert "row 3" in refused(changed(with_format(place, code, value)))


@pytest.mark.parametrize("code", ["[$-41F]dd mmmm yyyy;@", "dd/mm/yyyy;@", "_-* #,##0_-;[Red]-* #,##0_-;_-@_-"])
def test_formats_that_a_spreadsheet_offers_are_read(code: str) -> None:
    change = with_format("E3", code, 9900008) if "#" in code else with_format("H3", code, datetime(2021, 3, 2))
    assert read(changed(change)).rows[1].gorevlendirme_id == "9900008"


def test_cells_that_the_formula_of_another_cell_fills_are_formulas() -> None:
    content = changed(lambda sheet: sheet.insert_rows(1))
    formula = '<c r="F1" t="str"><f t="array" ref="F1:F4">Z1:Z4</f><v>x</v></c>'
    assert "formula" in refused(patched(content, SHEET, '<row r="2">', f'<row r="1">{formula}</row><row r="2">'))


@pytest.mark.parametrize("kind", ["pivotTable", "queryTable", "image"])
def test_what_fills_or_underlies_a_sheet_is_refused(kind: str) -> None:
    relation = f'<Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="/xl/p.xml"/>'
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    content = with_part(saved(book_of()), "xl/worksheets/_rels/sheet1.xml.rels", rels)
    refused(with_part(content, "xl/p.xml", f'<root xmlns="{MAIN}"/>'))


def test_picture_in_alternate_content_covers_too() -> None:
    content = changed(covered)
    name = "xl/drawings/drawing1.xml"
    text = part(content, name)
    anchor = re.search(r"<(\w+:)?oneCellAnchor.*</(\w+:)?oneCellAnchor>", text, re.DOTALL)[0]  # type: ignore[index]
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    wrapped = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="a14">{anchor}</mc:Choice></mc:AlternateContent>'
    )
    assert "picture" in refused(with_part(content, name, text.replace(anchor, wrapped)))


def black_scale(sheet: Worksheet) -> None:
    sheet["E3"].value = 9900008
    sheet.conditional_formatting.add(
        "E2:E9", ColorScaleRule(start_type="min", start_color="FF000000", end_type="max", end_color="FF000000")
    )


def black_bars(sheet: Worksheet) -> None:
    sheet["E3"].value = 9900008
    sheet.conditional_formatting.add("E2:E9", DataBarRule("min", None, "max", None, color="FF000000"))


@pytest.mark.parametrize("change", [black_scale, black_bars])
def test_scales_and_bars_of_the_colour_of_the_letters(change: object) -> None:
    assert "its colour" in refused(changed(change))  # type: ignore[arg-type]


@pytest.mark.parametrize("before", ["\n", "\n\n ", " " * 40, "\u00a0" * 40, "\u200b\n", "\u2028"])
@pytest.mark.parametrize("place", ["F3", "G3"])
def test_what_is_pushed_out_of_its_cell_is_refused(place: str, before: str) -> None:
    change = lambda sheet: setattr(sheet[place], "value", before + sheet[place].value)  # noqa: E731
    assert "row 3" in refused(changed(change))


@pytest.mark.parametrize(
    "damage",
    [
        '<c r="F3" t="d"><v>yarın</v></c>',
        '<c r="F3" t="s"><v>²</v></c>',
        '<c r="F²"><v>1</v></c>',
        '<c r="F3"><v>1e999</v></c>',
        '<c r="F3"><v>nan</v></c>',
        '<c r="ZZZZ3"><v>1</v></c>',
        '<c r="F3" s="²"><v>1</v></c>',
        '<c r="F3" t="inlineStr"><is><t>_xFFFF_</t></is></c>',
        '<c r="XFD3"><v>1</v></c>',
    ],
)
def test_damaged_cells_are_refused_by_name(damage: str) -> None:
    content = saved(book_of())
    refused(patched(content, SHEET, cell(content, "F3") + cell(content, "G3") + cell(content, "H3"), damage))


def test_cells_at_the_far_end_of_many_rows_take_no_memory() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    for _ in range(50):
        sheet.append([*ROWS[0], *[None] * 15_000, "x"])
    assert "beyond column" in refused(saved(book))
