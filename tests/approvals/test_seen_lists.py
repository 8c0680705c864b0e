"""A list decides only what a person sees who opens it: what hides, strikes, covers or doubles a cell refuses the list."""

from __future__ import annotations

import io
import resource
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from Katip.approvals.worklist import Karar, old_decisions
from Katip.approvals.worklist_file import read_worklist, worklist_of
from Katip.errors import WorklistRefused
from Katip.evidence.run_evidence import RunEvidence
from tests.approvals.made_lists import (
    HEADINGS,
    ROWS,
    SGK,
    SHEET,
    TODAY,
    WHITE,
    book_of,
    changed,
    covered,
    patched,
    read,
    refused,
    saved,
    whitened_by_condition,
    with_column,
    with_font,
    with_format,
    with_row,
)
from tests.evidence.sample import run_info

LISTS = Path(__file__).parent / "lists"


def filtered(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:H3"
    sheet.auto_filter.add_filter_column(1, ["IŞIL İĞNECİ"])
    sheet.row_dimensions[3].hidden = True


def struck_by_condition(sheet: Worksheet) -> None:
    sheet.conditional_formatting.add("F2:F9", CellIsRule("equal", ['"Onayla"'], font=Font(strike=True)))


def formatted_by_condition(sheet: Worksheet) -> None:
    rule = FormulaRule(["TRUE"])
    from openpyxl.styles.numbers import NumberFormat

    rule.dxf = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode='"Beklet"'))
    sheet.conditional_formatting.add("F3", rule)


def merged(sheet: Worksheet) -> None:
    sheet["F3"].value = None
    sheet.merge_cells("F2:F3")


def frozen_below(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A2"
    sheet.sheet_view.topLeftCell = "A3"


HIDDEN: dict[str, tuple[Callable[[Worksheet], None], str]] = {
    "hidden row": (with_row(3, hidden=True), "row 3: the row is hidden"),
    "row of no height": (with_row(3, height=0.75), "row 3: the row is too low"),
    "collapsed group": (with_row(3, hidden=True, outlineLevel=1), "row 3: the row is hidden"),
    "hidden header": (with_row(1, hidden=True), "row 1"),
    "filter": (filtered, "clear the filter"),
    "hidden column": (with_column("F", hidden=True), 'heading "Karar": the column is hidden'),
    "narrow column": (with_column("F", width=0.5), 'heading "Karar"'),
    "struck cell": (with_font("F3", strike=True), 'row 3, column "Karar": it is struck through'),
    "struck name": (with_font("B3", strike=True), 'row 3, column "Adı Soyadı"'),
    "white on white": (with_font("F3", color=WHITE), 'row 3, column "Karar": its colour'),
    "nearly white": (with_font("F3", color="FFFDFDFD"), "its colour"),
    "theme white": (with_font("F3", color=Color(theme=0)), "its colour"),
    "theme, tinted": (with_font("F3", color=Color(theme=1, tint=0.98)), "its colour"),
    "indexed white": (with_font("F3", color=Color(indexed=9)), "its colour"),
    "tiny letters": (with_font("F3", size=1), "too small"),
    "words of a format": (with_format("F3", '"Beklet"'), 'row 3, column "Karar": its number format'),
    "text section": (with_format("F3", ';;;"Beklet"'), "its number format"),
    "empty text section": (with_format("F3", ";;;"), "its number format"),
    "text with words": (with_format("F3", '@" değil"'), "its number format"),
    "number with digits": (with_format("E3", '0"0"', 990000), "its number format"),
    "scaled number": (with_format("E3", "0,", 9900008000), "its number format"),
    "half a date": (with_format("H3", "mmm yy", datetime(2021, 3, 2)), 'row 3, column "Karar Tarihi"'),
    "date that reads otherwise": (with_format("H3", '"01.03.2021";@', datetime(2021, 3, 2)), 'column "Karar Tarihi"'),
    "struck by condition": (struck_by_condition, "it is struck through"),
    "white by condition": (whitened_by_condition, "row 3: its colour"),
    "format by condition": (formatted_by_condition, "conditional format"),
    "merged": (merged, "merged"),
    "under a picture": (covered, "a picture, shape or note"),
    "above frozen panes": (frozen_below, "frozen panes"),
    "far indent": (lambda sheet: setattr(sheet["F3"], "alignment", Alignment(indent=200)), "indent"),
    "error value": (lambda sheet: setattr(sheet["G3"], "value", "#N/A"), '"#N/A" is an error'),
}


@pytest.mark.parametrize(("change", "words"), HIDDEN.values(), ids=HIDDEN)
def test_what_is_not_seen_refuses_the_list(change: Callable[[Worksheet], None], words: str) -> None:
    assert words in refused(changed(change))


def black_fill(sheet: Worksheet) -> None:
    sheet["F3"].fill = PatternFill("solid", fgColor="FF000000")


def white_on_blue(sheet: Worksheet) -> None:
    for cell in sheet[1]:
        cell.fill = PatternFill("solid", fgColor="FF1F4E79")
        cell.font = Font(color=WHITE, bold=True)


def coloured_by_condition(sheet: Worksheet) -> None:
    green = PatternFill("solid", bgColor="FFC6EFCE")
    sheet.conditional_formatting.add(
        "F2:F9", CellIsRule("equal", ['"Onayla"'], font=Font(color="FF006100"), fill=green)
    )


def with_remarks(sheet: Worksheet) -> None:
    sheet["I1"], sheet["I3"] = "Bulgular", "gizli not"
    sheet.column_dimensions["I"].hidden = True
    sheet.row_dimensions[5].hidden = True


def with_side_picture(sheet: Worksheet) -> None:
    picture = io.BytesIO()
    Picture.new("RGB", (60, 20), "white").save(picture, "PNG")
    picture.seek(0)
    sheet.add_image(Image(picture), "L2")


def with_table(sheet: Worksheet) -> None:
    from openpyxl.worksheet.table import Table, TableStyleInfo

    table = Table(displayName="Liste", ref="A1:H3")
    table.tableStyleInfo = TableStyleInfo("TableStyleMedium2", showRowStripes=True)
    sheet.add_table(table)


def with_title(sheet: Worksheet) -> None:
    sheet.insert_rows(1)
    sheet.merge_cells("A1:H1")


SEEN: dict[str, Callable[[Worksheet], None]] = {
    "plain": lambda _: None,
    "white on blue headings": white_on_blue,
    "coloured by condition": coloured_by_condition,
    "hidden remarks beside it": with_remarks,
    "a picture beside it": with_side_picture,
    "a table with a filter that hides nothing": with_table,
    "a date": with_format("H3", "dd.mm.yyyy", datetime(2021, 3, 2)),
    "a long date": with_format("H3", "[$-41F]d mmmm yyyy;@", datetime(2021, 3, 2)),
    "a number": with_format("E3", "0", 9900008),
    "text format": with_format("F3", "@"),
    "frozen": lambda sheet: setattr(sheet, "freeze_panes", "B2"),
    "red": with_font("F3", color="FFFF0000"),
    "merged title": with_title,
}


@pytest.mark.parametrize("change", SEEN.values(), ids=SEEN)
def test_what_is_seen_is_read(change: Callable[[Worksheet], None]) -> None:
    assert [row.karar for row in read(changed(change)).rows] == [Karar.APPROVE, Karar.APPROVE]


def test_ground_of_the_colour_of_the_letters() -> None:
    assert "its colour" in refused(changed(black_fill))


def with_hidden_sheet(state: str, *, alone: bool) -> bytes:
    book = book_of()
    other = book.create_sheet("Diğer")
    other.append(["Not"])
    if not alone:
        for row in (HEADINGS, *ROWS):
            other.append(row)
    book.worksheets[0 if alone else 1].sheet_state = state  # type: ignore[assignment]
    return saved(book)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_decide_nothing(state: str) -> None:
    assert "hidden sheet" in refused(with_hidden_sheet(state, alone=True))
    assert len(read(with_hidden_sheet(state, alone=False)).rows) == 2


CELL = '<c r="F3" t="inlineStr"><is><t>Beklet</t></is></c>'


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SHEET, '<c r="G3"', f'{CELL}<c r="G3"'),
        (SHEET, '<row r="3"', '<row r="2"'),
        (SHEET, "</sheetData>", f'<row r="3">{CELL}</row></sheetData>'),
        (
            "xl/workbook.xml",
            "</sheets>",
            '<sheet xmlns:x="http://schemas.openxmlformats.org/officeDocument/2006/relationships" name="SHEET" sheetId="9" x:id="rId1"/></sheets>',
        ),
        (SHEET, '<c r="F3"', '<c r="F4"'),
    ],
    ids=["cell", "row number", "row", "sheet", "cell of another row"],
)
def test_what_is_stored_twice_is_refused(name: str, old: str, new: str) -> None:
    content = saved(book_of())
    assert "two ways" in refused(patched(content, name, old, new))


def test_part_that_is_stored_twice_is_refused() -> None:
    file = io.BytesIO(saved(book_of()))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, "<worksheet/>")
    assert "twice" in refused(file.getvalue())


def test_two_columns_of_one_name_are_refused_also_where_one_is_hidden() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["I1"], sheet["I2"], sheet["I3"] = "KARAR", "Beklet", "Beklet"
        sheet.column_dimensions["I"].hidden = True

    assert "2 columns are called" in refused(changed(change))


def test_runs_of_a_text_are_seen_one_by_one() -> None:
    runs = "<is><r><t>Onay</t></r><r><rPr><strike/></rPr><t>la</t></r></is>"
    content = saved(book_of())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read(SHEET).decode()
    start = sheet.index('<c r="F3"')
    cell = sheet[start : sheet.index("</c>", start) + 4]
    assert "struck" in refused(patched(content, SHEET, cell, f'<c r="F3" t="inlineStr">{runs}</c>'))
    phonetic = '<c r="F3" t="inlineStr"><is><t>Beklet</t><rPh sb="0" eb="1"><t>Onayla</t></rPh></is></c>'
    assert read(patched(content, SHEET, cell, phonetic)).rows[1].karar is Karar.WAIT
    escaped = '<c r="F3" t="inlineStr"><is><t>Bekle_x0074_</t></is></c>'
    assert read(patched(content, SHEET, cell, escaped)).rows[1].karar is Karar.WAIT


def test_days_of_1904() -> None:
    book = book_of(with_format("H3", "dd.mm.yyyy", datetime(2021, 3, 2)))
    book.epoch = datetime(1904, 1, 1)  # type: ignore[assignment]
    assert read(saved(book)).rows[1].decided_on == date(2021, 3, 2)


def test_a_list_that_a_plan_run_writes_is_read_after_a_person_filled_it(tmp_path: Path) -> None:
    from Katip.approvals.worklist_writer import PlanRow, write_worklist
    from Katip.model import Contract, Status, Workplace

    place = Workplace("29999010199999010999932000", "ÖRNEK GIDA A.Ş.")
    contract = Contract(place.sgk, "IŞIL İĞNECİ", "İşyeri Hekimi", date(2021, 3, 1), Status.PENDING, "Onay Bekliyor")
    path, _ = write_worklist(tmp_path, [PlanRow(place, contract, None, (), None, None)])
    book = load_workbook(path)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in (("Karar", "Onayla"), ("Karar Veren", "Şule Çağrı"), ("Karar Tarihi", datetime(2021, 3, 2))):
        sheet.cell(2, columns[heading] or 0).value = value
    assert read(saved(book)).rows[0].karar is Karar.APPROVE


# --- files as people have them -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("error-value-decider", '"#N/A" is an error'),
        ("error-value-decider-tr", '"#YOK" is an error'),
        ("bitrot", "damaged"),
        ("shared-string-index", "a text that is not there"),
        ("hidden-row", "row 3: the row is hidden"),
        ("struck-through", "row 3: it is struck through"),
        ("masked-by-format", 'row 3, column "Karar": its number format'),
    ],
)
def test_lists_that_are_refused(name: str, words: str) -> None:
    (path,) = (LISTS / name).glob("liste.*")
    with pytest.raises(WorklistRefused) as error:
        read_worklist(path, TODAY)
    assert words in str(error.value)
    assert path.name in str(error.value)


@pytest.mark.parametrize("name", ["strict-ooxml", "empty-fill", "last-row-formatted", "lowercase-i-dot"])
def test_lists_that_are_read(name: str) -> None:
    (path,) = (LISTS / name).glob("liste.*")
    before, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows = read_worklist(path, TODAY).rows
    assert len(rows) == 2
    assert time.process_time() - before < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 100_000  # kilobytes


def test_letters_made_small_without_turkish_rules_are_the_same_person() -> None:
    from Katip.turkish import fold

    rows = read_worklist(LISTS / "lowercase-i-dot" / "liste.csv", TODAY).rows
    assert fold(rows[0].name) == fold("IŞIL İĞNECİ")


def test_a_macs_letters_are_read_or_refused() -> None:
    rows = read_worklist(LISTS / "mac-turkish-ascii-headings" / "liste.csv", TODAY).rows
    assert (rows[0].name, rows[0].decided_by) == ("IŞIL İĞNECİ", "Şule Dağ")


def csv_of(separator: str = ";", **cells: str) -> str:
    row = [cells.get(heading.replace(" ", "_"), value) for heading, value in zip(HEADINGS, ROWS[0], strict=True)]
    return "\r\n".join((separator.join(HEADINGS), separator.join(row))) + "\r\n"


def test_letters_that_can_be_read_in_two_ways_are_refused() -> None:
    content = (
        csv_of(Adı_Soyadı="AYD\x00N")
        .replace("Adı Soyadı", "Ad Soyad")
        .replace("Grv. Başlama Trh.", "Grv. Baslama Trh.")
    )
    ascii_only = (
        content.translate(str.maketrans("ışğçöüİŞĞÇÖÜı", "isgcouISGCOUi")).encode("ascii").replace(b"\x00", b"\xdd")
    )
    with pytest.raises(WorklistRefused, match="two ways"):
        worklist_of(ascii_only, "liste.csv", TODAY)


def test_cells_that_can_be_parted_in_two_ways_are_refused() -> None:
    def both(decision: tuple[str, str]) -> str:
        head = ["SGK Sicil No", "Adı Soyadı", "Görevlendirme ID", "Karar", "Karar Veren", "Karar Tarihi"]
        row = [SGK, "IŞIL İĞNECİ", "9900001", "{}", "Şule Çağrı", "02.03.2021"]
        lines = [";".join([*head, ""]) + ",".join(["", *head])]
        lines.append(";".join([*row, ""]).format(decision[0]) + ",".join(["", *row]).format(decision[1]))
        return "\r\n".join(lines)

    with pytest.raises(WorklistRefused, match="two ways, with semicolons and commas"):
        worklist_of(both(("Beklet", "Onayla")).encode(), "liste.csv", TODAY)
    hinted = "sep=,\r\n" + both(("Beklet", "Onayla"))
    with pytest.raises(WorklistRefused, match="two ways"):
        worklist_of(hinted.encode(), "liste.csv", TODAY)


def test_quoted_text_of_a_csv_is_the_text() -> None:
    content = csv_of(Görevlendirme_ID='="0099001"')
    assert worklist_of(content.encode(), "liste.csv", TODAY).rows[0].gorevlendirme_id == "0099001"


@pytest.mark.parametrize("value", ["#YOK", "#BAŞV!", "#DEĞER!", "#AD?", "#SAYI/0!", "#REF!", "#DIV/0!", "Err:502"])
def test_every_error_value_names_nobody(value: str) -> None:
    with pytest.raises(WorklistRefused, match="error of the spreadsheet"):
        worklist_of(csv_of(Karar_Veren=value).encode(), "liste.csv", TODAY)


OTHER_KINDS = {
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old XLS file"),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "html": (b"<html><table><tr><td>Karar</td></tr></table></html>", "web page"),
    "empty": (b"", "no row has the headings"),
    "zip of nothing": (b"PK\x05\x06" + b"\0" * 18, "no XLSX file"),
    "half a zip": (saved(book_of())[:3000], "damaged"),
}


@pytest.mark.parametrize(("content", "words"), OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_files_of_other_kinds_are_named(content: bytes, words: str) -> None:
    assert words in refused(content)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("content.xml", "OpenDocument"),
        ("Index/Document.iwa", "Numbers"),
        ("xl/workbook.bin", "XLSB"),
        ("xl/vbaProject.bin", "macros"),
        ("x.txt", "no XLSX"),
    ],
)
def test_archives_of_other_kinds_are_named(part: str, words: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(part, "x")
    assert words in refused(file.getvalue())


def test_a_bomb_is_refused_in_seconds() -> None:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(book_of()))) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            target.writestr(info.filename, b" " * 160_000_000 if info.filename == SHEET else source.read(info))
    before = time.process_time()
    assert "larger than" in refused(file.getvalue())
    assert time.process_time() - before < 10


def test_entities_are_not_resolved() -> None:
    content = patched(saved(book_of()), SHEET, "<worksheet", '<!DOCTYPE w [<!ENTITY a "x">]><worksheet')
    assert "damaged" in refused(content)


def test_every_single_damaged_byte_is_read_alike_or_refused() -> None:
    content = saved(book_of())
    decisions = [(row.name, row.karar) for row in read(content).rows]
    for place in range(0, len(content), 97):
        damaged = bytearray(content)
        damaged[place] ^= 0x5A
        with suppress(WorklistRefused):
            assert [(row.name, row.karar) for row in read(bytes(damaged)).rows] == decisions


def test_long_lists_take_seconds() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    for number in range(5_000):
        sheet.append([*ROWS[0][:1], f"ÖRNEK {number}", *ROWS[0][2:4], str(9_000_000 + number), *ROWS[0][5:]])
    content = saved(book)
    before = time.process_time()
    assert len(read(content).rows) == 5_000
    assert time.process_time() - before < 10


def test_old_decisions_are_told_and_nothing_else_by_date() -> None:
    worklist = read(changed(lambda sheet: setattr(sheet["H3"], "value", "01.02.2021")))
    assert [row.number for row in old_decisions(worklist, 30, TODAY)] == [3]
    assert old_decisions(worklist, 60, TODAY) == []


def test_the_evidence_keeps_the_bytes_that_were_read(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(csv_of(), "utf-8")
    worklist = read_worklist(path, TODAY)
    path.write_text(csv_of(Karar="Beklet"), "utf-8")
    (tmp_path / "run").mkdir()
    evidence = RunEvidence(tmp_path / "run", run_info("20260301T093000Z-aaaa", datetime.now(UTC)))
    assert evidence.worklist(path, content=worklist.content) == worklist.digest
