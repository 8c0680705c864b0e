"""What a spreadsheet draws over, reverses, leaves blank or filters: it decides nothing."""

from __future__ import annotations

import re

import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from Katip.approvals.worklist import Karar
from tests.approvals.made_lists import SHEET, book_of, changed, part, patched, read, refused, saved, with_part

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
UNSEEN = {
    "reversed id": ("E2", "\u202e1000099\u202c"),
    "reversed name": ("B2", "\u202eIŞIL İĞNECİ"),
    "isolated from right to left": ("B2", "\u2067IŞIL\u2069 İĞNECİ"),
    "reversed word": ("F2", "\u202eOnayla"),
    "struck letters": ("B2", "".join(f"{letter}\u0336" for letter in "IŞIL İĞNECİ")),
    "slashed letters": ("G2", "Ş\u0338ule Çağrı"),
    "forbidden sign over a letter": ("G2", "Şule Çağrı\u20e0"),
    "letter without ink": ("G2", "\u3164"),
    "blank braille": ("B2", "IŞIL\u2800İĞNECİ"),
    "tag letters": ("B2", "IŞIL İĞNECİ\U000e0041"),
    "letter of a private font": ("G2", "Şule \ue123"),
}


@pytest.mark.parametrize(("place", "text"), UNSEEN.values(), ids=UNSEEN)
def test_text_that_is_drawn_as_something_else_is_refused(place: str, text: str) -> None:
    assert "shown otherwise" in refused(changed(lambda sheet: setattr(sheet[place], "value", text)))


def test_control_character_in_a_csv_is_refused() -> None:
    line = "SGK Sicil No;Adı Soyadı;Görevlendirme ID;Karar;Karar Veren;Karar Tarihi\n2999901019999901099932000;A;1;Onayla;\x1b[2JB;01.03.2021"
    assert "shown otherwise" in refused(line.encode())


@pytest.mark.parametrize(
    "text", ["IŞIL\u200b İĞNECİ", "IŞIL\u00a0İĞNECİ", "is\u0327il i\u0307g\u0306neci\u0307", "\u200eIŞIL İĞNECİ"]
)
def test_what_is_drawn_as_it_is_stays(text: str) -> None:
    assert read(changed(lambda sheet: setattr(sheet["B2"], "value", text))).rows[0].karar is Karar.APPROVE


@pytest.mark.parametrize("font", [Font(name="Wingdings"), Font(name="Calibri", charset=2), Font(name="webdings")])
def test_font_of_signs_is_refused(font: Font) -> None:
    assert "signs instead of letters" in refused(changed(lambda sheet: setattr(sheet["F2"], "font", font)))


def test_filter_that_hides_nothing_now_is_refused() -> None:
    def chosen(sheet: Worksheet) -> None:
        sheet.auto_filter = AutoFilter(ref="A1:H3")
        sheet.auto_filter.add_filter_column(5, ["Onayla"])

    assert "clear the filter" in refused(changed(chosen))
    assert read(changed(lambda sheet: setattr(sheet.auto_filter, "ref", "A1:H3"))).rows


def table(style: str, font: Font | None) -> bytes:
    def add(sheet: Worksheet) -> None:
        made = Table(displayName="Liste", ref="A1:H3")
        made.tableStyleInfo = TableStyleInfo(name=style, showRowStripes=True)
        sheet.add_table(made)
        for row in sheet["A2:H3"] if font else ():
            for cell in row:
                cell.font = font

    return changed(add)


@pytest.mark.parametrize("style", ["TableStyleDark1", "TableStyleDark7", "TableStyleDark11"])
def test_own_colour_in_a_dark_table_is_refused(style: str) -> None:
    assert "table style" in refused(table(style, Font(color="FF000000")))
    assert read(table(style, None)).rows


@pytest.mark.parametrize("style", ["TableStyleMedium2", "TableStyleLight9"])
def test_own_colour_in_a_light_table_is_read(style: str) -> None:
    assert read(table(style, Font(color="FF000000"))).rows


DRAWN = '<{p}:{tag} id="a" {more} style="position:absolute"><{q}:ClientData ObjectType="{kind}"><{q}:Anchor>{anchor}</{q}:Anchor></{q}:ClientData></{p}:{tag}>'


def drawing(encoding: str = "utf-8", **given: str) -> bytes:
    values = {"p": "v", "q": "x", "tag": "shape", "more": "", "kind": "Shape", "anchor": "0,0,0,0,9,0,9,0"} | given
    p, q = values["p"], values["q"]
    xml = f'<xml xmlns:{p}="urn:schemas-microsoft-com:vml" xmlns:{q}="urn:schemas-microsoft-com:office:excel">{DRAWN.format(**values)}</xml>'
    if encoding != "utf-8":
        xml = f'<?xml version="1.0" encoding="{encoding}"?>{xml}'
    legacy = f'<legacyDrawing xmlns:r="{RELATIONS}" r:id="rId9"/></worksheet>'
    relation = f'<Relationship Id="rId9" Type="{RELATIONS}/vmlDrawing" Target="../drawings/v.vml"/>'
    whole = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    content = patched(saved(book_of()), SHEET, "</worksheet>", legacy)
    content = with_part(content, "xl/worksheets/_rels/sheet1.xml.rels", whole)
    return with_part(content, "xl/drawings/v.vml", xml if encoding == "utf-8" else xml.encode(encoding))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given",
    [
        *({"tag": tag} for tag in ("shape", "rect", "oval", "roundrect", "line", "image", "group")),
        {"p": "q"},
        {"q": "excel"},
        {"more": 'alt="visibility:hidden"'},
        {"encoding": "utf-16"},
    ],
    ids=str,
)
def test_drawing_of_any_kind_covers_what_lies_under_it(given: dict[str, str]) -> None:
    assert "covers it" in refused(drawing(**given))


def test_note_that_is_not_shown_covers_nothing() -> None:
    content = drawing(kind="Note")
    text = part(content, "xl/drawings/v.vml")
    assert "covers it" in refused(content)
    hidden = re.sub(r'style="[^"]*"', 'style="position:absolute; visibility: hidden"', text)
    assert read(with_part(content, "xl/drawings/v.vml", hidden)).rows
    assert "covers it" in refused(
        with_part(content, "xl/drawings/v.vml", hidden.replace("<x:Anchor>", "<x:Visible/><x:Anchor>"))
    )
