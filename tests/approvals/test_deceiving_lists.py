"""Lists made to deceive: what a person sees in a spreadsheet is not what is stored; usual lists are read all the same."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from tests.approvals.made_lists import (
    BOOK,
    LINES,
    PLAIN,
    ROWS,
    SHEET,
    STYLES,
    aligned,
    book_of,
    both,
    cell,
    changed,
    covered,
    ignorable,
    made,
    part,
    patched,
    read,
    refused,
    replaced,
    saved,
    whitened_by_condition,
    with_column,
    with_font,
    with_part,
    with_picture,
    with_row,
    with_value,
)

RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
THEME = "xl/theme/theme1.xml"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def inner(place: str, new: str) -> bytes:
    return patched(PLAIN, SHEET, cell(PLAIN, place), new)


def renamed(content: bytes, old: str, new: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w") as target:
        for info in source.infolist():
            target.writestr(new if info.filename == old else info.filename, source.read(info))
    return file.getvalue()


# ---------------------------------------------------------------------------------------------------- text out of its cell

MOVED = {
    "line breaks behind it": (made("F3", value="Onayla\n\n\n", alignment=Alignment(wrap_text=True)), "line breaks"),
    "blanks in a name": (made("B3", value="ŞÜKRÜ" + " " * 60 + "ÖĞÜT"), "many blanks"),
    "line breaks in a name": (made("B3", value="ŞÜKRÜ\n\n\n\nÖĞÜT"), "line breaks"),
    "two lines in a row of one": (both(with_value("B3", "ŞÜKRÜ\nÖĞÜT"), with_row(3, height=15)), "row is too low"),
    "blanks behind it, to the right": (
        both(with_value("F3", "Onayla" + " " * 90), aligned("F3", horizontal="right")),
        "indent",
    ),
    "blanks of a format": (made("F3", number_format='"' + " " * 120 + '"@'), "number format"),
    "escaped blanks of a format": (made("F3", number_format="\\ " * 80 + "@"), "number format"),
    "indent beyond the width": (changed(aligned("F3", indent=15)), "indent"),
    "turned in a low row": (both(aligned("F3", textRotation=255), with_row(3, height=12)), "row is too low"),
    "shrunk": (
        both(with_value("B3", "A" * 100), aligned("B3", shrinkToFit=True), with_column("B", width=4)),
        "too narrow",
    ),
    "row of five points": (changed(with_row(3, height=5)), "row is too low"),
    "column of two letters": (changed(with_column("F", width=2)), "too narrow"),
    "number that is rounded": (both(with_value("E3", 99000081234), with_column("E", width=6)), "too narrow"),
    "repeated to the edge": (both(with_value("E3", "99"), aligned("E3", horizontal="fill")), "repeats it"),
    "from right to left": (changed(aligned("A3", readingOrder=2)), "right to left"),
    "sheet from right to left": (
        changed(lambda sheet: setattr(sheet.sheet_view, "rightToLeft", True)),
        "right to left",
    ),
}


@pytest.mark.parametrize(("content", "words"), MOVED.values(), ids=MOVED)
def test_text_that_does_not_show_in_its_cell_is_refused(content: bytes, words: str) -> None:
    assert words in refused(content)


# ------------------------------------------------------------------------------------------------------- colours and lines


def red_on_red(sheet: Worksheet) -> None:
    sheet.conditional_formatting.add("F3", FormulaRule(["TRUE"], font=Font(color="FFFF0000")))
    sheet.conditional_formatting.add("F3", FormulaRule(["TRUE"], fill=PatternFill("solid", bgColor="FFFF0000")))


DRAWN = {
    "crossed out": made("F3", border=Border(diagonal=Side("thick"), diagonalUp=True, diagonalDown=True)),
    "letters of one rule, ground of another": changed(red_on_red),
    "dense pattern": made("F3", fill=PatternFill("darkGray", fgColor="FF000000", bgColor="FFFFFFFF")),
    "theme's font of signs": replaced(PLAIN, THEME, r'(<a:minorFont>\s*<a:latin typeface=)"[^"]*"', r'\1"Wingdings"'),
    "system colour that was another": replaced(
        changed(with_font("F3", color=Color(theme=1))),
        THEME,
        "<a:dk1>.*?</a:dk1>",
        '<a:dk1><a:sysClr val="window" lastClr="000000"/></a:dk1>',
    ),
    "sparkline": patched(
        PLAIN,
        SHEET,
        "</worksheet>",
        f'<extLst><ext xmlns:x14="{X14}" xmlns:xm="urn:m"><x14:sparkline><xm:sqref>F3</xm:sqref></x14:sparkline></ext></extLst>'
        "</worksheet>",
    ),
    "picture over low rows": both(
        lambda sheet: sheet.insert_rows(1, 2),
        *(with_row(row, height=8) for row in range(1, 6)),
        with_picture("B1", 600, 40),
    ),
    "frozen columns wider than a window": both(
        lambda sheet: setattr(sheet, "freeze_panes", "I2"), *(with_column(letter, width=200) for letter in "ABCDE")
    ),
    "frozen rows higher than a window": both(
        lambda sheet: setattr(sheet, "freeze_panes", "A4"), with_row(1, height=409), with_row(2, height=409)
    ),
}


@pytest.mark.parametrize("content", DRAWN.values(), ids=DRAWN)
def test_what_is_drawn_over_or_out_of_the_window_is_refused(content: bytes) -> None:
    assert "row 3" in refused(content) or "row 5" in refused(content) or "heading" in refused(content)


@pytest.mark.parametrize(
    "code",
    [
        '[<1]dd.mm.yyyy;"01.02.2021"',
        "mm.dd.yyyy",
        "m/d/yy",
        "dd.yyyy hh:mm",
        "ddd mm yyyy",
        "d mmmmm yyyy",
        "[$-106041F]dd.mm.yyyy",
    ],
)
def test_dates_that_read_as_another_are_refused(code: str) -> None:
    assert "day, month and year" in refused(made("D3", value=datetime(2021, 3, 2), number_format=code))


@pytest.mark.parametrize(
    "code",
    [
        "mm-dd-yy",
        "dd.mm.yyyy hh:mm",
        "yyyy-mm-dd",
        "[$-F800]dddd, mmmm dd, yyyy",
        "[$-1041F]dd/mm/yyyy",
        "hh:mm dd.mm.yyyy",
    ],
)
def test_dates_in_the_order_of_a_turkish_reader_are_read(code: str) -> None:
    assert read(made("D3", value=datetime(2021, 3, 2), number_format=code)).rows[1].start == datetime(2021, 3, 2).date()


# --------------------------------------------------------------------------------------------------------- two decisions


def aside(heading: str, word: str = "Beklet") -> Callable[[Worksheet], None]:
    """Return a change that puts another decision where "Karar" is, and the real one far to the right."""

    def change(sheet: Worksheet) -> None:
        sheet["F1"], sheet["F2"], sheet["F3"] = heading, word, word
        sheet["Z1"], sheet["Z2"], sheet["Z3"] = "Karar", "Onayla", "Onayla"

    return change


def sheet_of_lookalikes(headings: list[str]) -> bytes:
    book = book_of()
    front = book.create_sheet("Liste", 0)
    front.append(headings)
    for row in ROWS:
        front.append([*row[:5], "Beklet", *row[6:]])
    book.active = 0
    return saved(book)


def far_row(sheet: Worksheet) -> None:
    for place, value in enumerate([*ROWS[1][:4], "9900009", *ROWS[1][5:]], start=1):
        sheet.cell(900_000, place, value)


def far_columns(sheet: Worksheet) -> None:
    sheet.move_range("F1:H3", cols=200)


TWO = {
    "heading with a Cyrillic letter": (changed(aside("Kаrar", "")), "looks like another"),
    "heading with a Greek letter": (changed(aside("Kαrar", "")), "looks like another"),
    "heading in full-width letters": (changed(aside("Ｋａｒａｒ", "")), "looks like another"),
    "heading with a phonetic letter": (changed(aside("Kɑrar", "")), "looks like another"),
    "another word for it": (changed(aside("Onay Durumu")), "keep one decision"),
    "decision in a mixed alphabet": (changed(aside("Onay", "Вeklet")), "looks like another"),
    "sheet of lookalikes in front": (
        sheet_of_lookalikes(["SGK Sicil Nо", "Аdı Soyadı", "Kategori", "Başlama", "ID", "Kаrar"]),
        "decides otherwise",
    ),
    "row far below": (changed(far_row), "far below"),
    "columns far to the right": (changed(far_columns), "far to the right"),
    "heading that is calculated": (inner("F1", '<c r="F1" t="str"><f>"Eski"</f><v>Karar</v></c>'), "formula"),
    "heading from right to left": (made("F1", value="\u202eKarar"), "U+202E"),
}


@pytest.mark.parametrize(("content", "words"), TWO.values(), ids=TWO)
def test_second_decisions_and_lookalike_headings_are_refused(content: bytes, words: str) -> None:
    assert words in refused(content)


@pytest.mark.parametrize("visible", [True, False])
def test_tabs_and_windows_that_are_not_shown(visible: bool) -> None:
    book = book_of()
    book.create_sheet("Kapak", 0)
    book.active = 0
    book.views[0].showSheetTabs = visible
    if visible:
        assert read(saved(book)).rows
    else:
        assert "hidden sheet" in refused(saved(book))
    assert "hidden sheet" in refused(patched(PLAIN, BOOK, 'visibility="visible"', 'visibility="hidden"'))


# -------------------------------------------------------------------------------------------------- two readings of a part


def alternative(xml: str) -> str:
    return (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:x14="{X14}"><mc:Choice Requires="x14">{xml}</mc:Choice></mc:AlternateContent>'
    )


def in_alternative(content: bytes, name: str, pattern: str) -> bytes:
    found = re.search(pattern, part(content, name), re.DOTALL)
    assert found
    return patched(content, name, found[0], alternative(found[0]))


def unwrapped() -> bytes:
    content = ignorable(changed(with_font("F3", strike=True)), STYLES, "styleSheet")
    content = replaced(content, STYLES, r"(<strike[^>]*>)", r"<x:w>\1</x:w>")
    return patched(content, STYLES, 'mc:Ignorable="x"', 'mc:Ignorable="x" mc:ProcessContent="x:w"')


def after_another_archive() -> bytes:
    first = io.BytesIO()
    with zipfile.ZipFile(first, "w") as archive:
        archive.writestr(SHEET, part(PLAIN, SHEET).replace("Onayla", "Beklet"))
    file = io.BytesIO(first.getvalue()[:-22])
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as source, zipfile.ZipFile(file, "a") as target:
        for info in source.infolist():
            target.writestr(info.filename, source.read(info))
    return file.getvalue()


def with_directory_in_comment() -> bytes:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        start = archive.start_dir
    end = PLAIN[-22:-6] + struct.pack("<LH", len(PLAIN), 0)
    comment = PLAIN[start:-22] + end
    return PLAIN[:-2] + struct.pack("<H", len(comment)) + comment


def with_macro() -> bytes:
    more = (
        '<Relationship Id="rId77" Target="macros.bin" '
        'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/></Relationships>'
    )
    return with_part(patched(PLAIN, "xl/_rels/workbook.xml.rels", "</Relationships>", more), "xl/macros.bin", "x")


HIDDEN_COLUMN = ignorable(changed(with_column("F", hidden=True)), SHEET, "worksheet")
PARTS = {
    "drawing in other case": (patched(changed(covered), RELATIONS, "drawing1.xml", "Drawing1.xml"), "picture, shape"),
    "drawing with an escape": (patched(changed(covered), RELATIONS, "drawing1.xml", "drawing%31.xml"), "picture, shape"),
    "relations in other case": (renamed(changed(covered), RELATIONS, RELATIONS.replace("sheet1", "Sheet1")), "picture, shape"),
    "column shown again elsewhere": (
        patched(HIDDEN_COLUMN, SHEET, "</worksheet>", '<x:a><x:col min="6" max="6" width="20"/></x:a></worksheet>'),
        "column is hidden",
    ),
    "formula in an alternative": (
        inner("F3", f'<c r="F3" t="str">{alternative("<f>1</f>")}<v>Onayla</v></c>'), "alternatives"),
    "condition in an alternative": (in_alternative(changed(whitened_by_condition), SHEET, "<cfRule.*?</cfRule>"), "alternatives"),
    "strike in an alternative": (
        in_alternative(changed(with_font("F3", strike=True)), STYLES, "<strike[^>]*>"), "alternatives"),
    "foreign element that is unwrapped": (unwrapped(), "alternatives"),
    "text and runs": (inner("F3", '<c r="F3" t="inlineStr"><is><t>Onayla</t><r><t> </t></r></is></c>'), "two ways"),
    "text and value": (inner("F3", '<c r="F3" t="inlineStr"><is><t>Onayla</t></is><v>Beklet</v></c>'), "two ways"),
    "error that is none": (inner("F3", '<c r="F3" t="e"><v>Onayla</v></c>'), "damaged"),
    "linked data type": (inner("F3", '<c r="F3" t="str" vm="1"><v>Onayla</v></c>'), "linked data type"),
    "archive before it": (after_another_archive(), "does not list"),
    "another directory in the comment": (with_directory_in_comment(), "does not list"),
    "name with a dot": (with_part(PLAIN, f"xl/./{SHEET[3:]}", part(PLAIN, SHEET)), "two ways"),
    "name with two slashes": (with_part(PLAIN, f"xl//{SHEET[3:]}", part(PLAIN, SHEET)), "two ways"),
    "macro under another name": (with_macro(), "macros"),
    "old encoding": (with_part(PLAIN, SHEET, '<?xml version="1.0" encoding="iso-8859-9"?>' + part(PLAIN, SHEET)), "old encoding"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "words"), PARTS.values(), ids=PARTS)
def test_parts_that_two_programs_read_differently_are_refused(content: bytes, words: str) -> None:
    assert words in refused(content)


# --------------------------------------------------------------------------------------------------------------------- CSV

TEXTS = {
    "SYLK": ('ID;PWXL;N;E\nC;Y1;X1;K"Beklet"\n' + LINES, "SYLK"),
    "DIF": ('TABLE\n0,1\n"EXCEL"\n' + LINES, "DIF"),
    "web archive": ("MIME-Version: 1.0\nContent-Type: multipart/related\n" + LINES, "web archive"),
    "comment of a page": ("<!-- x --><table><tr><td>Beklet</td></tr></table>\n" + LINES, "web page"),
    "table further down": ("x\n<table><tr><td>Beklet</td></tr></table>\n" + LINES, "web page"),
    "sum": (LINES.replace("9900008", "+9900009-1"), "formula"),
    "difference": (LINES.replace("9900008", "-9900009"), "formula"),
    "function": (LINES.replace("ŞÜKRÜ ÖĞÜT", "@ŞÜKRÜ ÖĞÜT"), "formula"),
    "quoted hint": ('"sep=|"\n' + LINES, "two ways"),
    "hint with a Macintosh's line ends": ("sep=|\r" + LINES.replace("\n", "\r"), "two ways"),
    "line breaks behind a decision": (LINES.replace(";Onayla;", ';"Onayla\n\n\n";'), "line breaks"),
    "heading with a Cyrillic letter": (LINES.replace("\n", ";x\n").replace(";x", ";Kаrar", 1), "looks like another"),
    "another decision": (LINES.replace("\n", ";Beklet\n").replace(";Beklet", ";Durum", 1), "keep one decision"),
}


@pytest.mark.parametrize(("text", "words"), TEXTS.values(), ids=TEXTS)
def test_texts_that_a_spreadsheet_shows_otherwise_are_refused(text: str, words: str) -> None:
    assert words in refused(text.encode())


@pytest.mark.parametrize("part", ["merges", "formulas"])
def test_thousands_of_ranges_end_in_seconds(part: str) -> None:
    numbers = range(4, 3_004)
    formula = '<f t="array" ref="Z{0}">1</f>' if part == "formulas" else ""
    rows = "".join(
        f'<row r="{number}">' + "".join(f'<c r="{letter}{number}"><v>1</v></c>' for letter in "ABCDEFGH")
        + f'<c r="Z{number}">{formula.format(number)}<v>1</v></c></row>'
        for number in numbers
    )  # fmt: skip
    merges = "".join(f'<mergeCell ref="J{number}:K{number}"/>' for number in numbers)
    after = f"</sheetData><mergeCells>{merges}</mergeCells>" if part == "merges" else "</sheetData>"
    began = time.process_time()
    assert "row 4" in refused(patched(PLAIN, SHEET, "</sheetData>", rows + after))
    assert time.process_time() - began < 5
    tall = "".join(f'<mergeCell ref="J{number}:K{number + 900}"/>' for number in range(4, 700))
    assert "thousands" in refused(patched(PLAIN, SHEET, "</sheetData>", f"</sheetData><mergeCells>{tall}</mergeCells>"))
