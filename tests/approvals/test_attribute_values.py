"""Numbers, flags and colours that spreadsheet programs read differently, or that only they know, hide nothing from the check."""

from __future__ import annotations

import re

import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from tests.approvals.made_lists import (
    PLAIN,
    SHEET,
    STYLES,
    both,
    cell,
    changed,
    made,
    part,
    patched,
    read,
    refused,
    replaced,
    with_font,
    with_part,
    with_row,
)

WHITE = made("F3", font=Font(color="FFFFFFFF"))
NUMBER = re.search(r's="([0-9]+)"', cell(WHITE, "F3"))[1]  # type: ignore[index]


def coloured(element: str) -> bytes:
    return replaced(WHITE, STYLES, r'<color rgb="FFFFFFFF" ?/>', element)


def filled(pattern: str) -> bytes:
    content = made("F3", fill=PatternFill("solid", fgColor="FF123456"))
    return replaced(content, STYLES, r'<patternFill patternType="solid">.*?</patternFill>', pattern)


def styled(number: str) -> bytes:
    here = cell(WHITE, "F3")
    return patched(WHITE, SHEET, here, here.replace(f's="{NUMBER}"', f's="{number}"'))


def row(attributes: str) -> bytes:
    return patched(PLAIN, SHEET, '<row r="3"', f'<row {attributes} r="3"')


def short_palette() -> bytes:
    own = '<rgbColor rgb="FF000000"/>' * 3
    colours = f"<colors><indexedColors>{own}</indexedColors></colors></styleSheet>"
    text = re.sub("<colors>.*</colors>", "", part(coloured('<color indexed="9"/>'), STYLES), flags=re.DOTALL)
    return with_part(WHITE, STYLES, text.replace("</styleSheet>", colours))


def table(style: str, font: Font, *, stripes: bool = True, fill: str = "") -> bytes:
    def add(sheet: Worksheet) -> None:
        made = Table(displayName="Liste", ref="A1:H3")
        made.tableStyleInfo = TableStyleInfo(name=style, showRowStripes=stripes)
        sheet.add_table(made)
        sheet["F3"].font = font
        if fill:
            sheet["F3"].fill = PatternFill("solid", fgColor=fill)

    return changed(add)


UNSEEN = {
    "blank before an indexed colour": coloured('<color indexed=" 9"/>'),
    "blank before a colour of the theme": coloured('<color theme=" 0"/>'),
    "blank before a tint": coloured('<color rgb="FF000000" tint=" 1 "/>'),
    "the system's ground as letters": coloured('<color indexed="65"/>'),
    "palette that replaces three colours": short_palette(),
    "blank before a style": styled(f" {NUMBER}"),
    "sign before a style": styled(f"+{NUMBER}"),
    "blank before a font": replaced(WHITE, STYLES, 'fontId="1"', 'fontId=" 1"'),
    "solid and without a colour": filled('<patternFill patternType="solid"/>'),
    "solid in the automatic colour": filled('<patternFill patternType="solid"><fgColor indexed="64"/></patternFill>'),
    "solid, and automatic": filled('<patternFill patternType="solid"><fgColor auto="1"/></patternFill>'),
    "stripe of a table": table("TableStyleMedium9", Font(color="FFBDD7EE")),
    "full ground of a table": table("TableStyleMedium9", Font(color="FFBDD7EE"), stripes=False),
    "grey stripe of a table": table("TableStyleLight1", Font(color="FFD9D9D9")),
    "grey stripe of a coloured table": table("TableStyleMedium18", Font(color="FFD9D9D9")),
}


@pytest.mark.parametrize("content", UNSEEN.values(), ids=list(UNSEEN))
def test_letters_of_the_ground_are_found_however_they_are_named(content: bytes) -> None:
    assert "its colour is too close" in refused(content)


@pytest.mark.parametrize("value", [" 1", "true ", "t", "01", "2", "yes"])
def test_hidden_is_no_matter_of_spelling(value: str) -> None:
    assert re.search("hidden|damaged", refused(row(f'hidden="{value}"')))
    assert re.search("struck|damaged", refused(coloured(f'<strike val="{value}"/>')))


@pytest.mark.parametrize("value", ["0,5", "nan", "1_0", "١٥", "1e400"])
def test_sizes_that_are_no_numbers_are_refused(value: str) -> None:
    assert "damaged" in refused(row(f'ht="{value}" customHeight="1"'))
    assert "damaged" in refused(coloured(f'<sz val="{value}"/>'))


@pytest.mark.parametrize(("size", "is_seen"), [(24, True), (100, False), (409, False)])
def test_letters_much_higher_than_their_row_are_refused(size: int, is_seen: bool) -> None:
    content = both(with_font("F3", size=size), with_row(3, height=15))
    assert read(content).rows if is_seen else "row is too low" in refused(content)


@pytest.mark.parametrize(
    "names",
    ['indexed="8" rgb="FFFFFFFF"', 'auto="1" rgb="FFFFFFFF"', 'theme="1" rgb="FFFFFFFF"', 'indexed="8" theme="0"'],
)
def test_colours_that_are_named_as_two_are_refused(names: str) -> None:
    assert "two colours" in refused(coloured(f"<color {names}/>"))


SEEN = {
    "flags in words": row('hidden="false" customHeight="on" ht=" 15 "'),
    "one colour, named twice": coloured('<color theme="1" rgb="FF000000"/>'),
    "colour that is not automatic": coloured('<color auto="0" rgb="FFC00000"/>'),
    "solid, with an automatic ground": filled(
        '<patternFill patternType="solid"><fgColor rgb="FFFFFF00"/><bgColor indexed="64"/></patternFill>'
    ),
    "letters in the system's colour": coloured('<color indexed="64"/>'),
    "red in a table": table("TableStyleMedium9", Font(color="FFC00000")),
    "white on a blue cell of a table": table("TableStyleMedium2", Font(color="FFFFFFFF"), fill="FF1F4E78"),
    "pale blue in a table without stripes": table("TableStyleMedium2", Font(color="FF9DC3E6"), stripes=False),
}


@pytest.mark.parametrize("content", SEEN.values(), ids=list(SEEN))
def test_usual_values_are_read(content: bytes) -> None:
    assert read(content).rows
