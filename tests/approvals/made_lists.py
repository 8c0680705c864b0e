"""Worklists that a test makes: a plain one, changed by openpyxl or in the parts of its file, and how each is read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from Katip.approvals.worklist import Worklist
from Katip.approvals.worklist_file import worklist_of
from Katip.errors import WorklistRefused

TODAY = date(2021, 3, 10)
HEADINGS = [
    *("SGK Sicil No", "Adı Soyadı", "Personel Kategorisi", "Grv. Başlama Trh."),
    *("Görevlendirme ID", "Karar", "Karar Veren", "Karar Tarihi"),
]
SGK = "2 9999 01 01 9999901 099 99 32 000"
ROWS = [
    [SGK, "IŞIL İĞNECİ", "İşyeri Hekimi", "01.03.2021", "9900001", "Onayla", "Şule Çağrı", "02.03.2021"],
    [SGK, "ŞÜKRÜ ÖĞÜT", "Diğer Sağlık Personeli", "15.02.2021", "9900008", "Onayla", "Şule Çağrı", "02.03.2021"],
]
WHITE = "FFFFFFFF"


def book_of(change: Callable[[Worksheet], None] = lambda _: None) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEADINGS, *ROWS):
        sheet.append(row)
    change(sheet)
    return book


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(content: bytes) -> Worklist:
    return worklist_of(content, "liste.xlsx", TODAY)


def refused(content: bytes) -> str:
    with pytest.raises(WorklistRefused) as error:
        read(content)
    assert error.value.code == "KTP-010"
    assert "liste.xlsx" in str(error.value)
    return "\n".join(error.value.problems)


def changed(change: Callable[[Worksheet], None]) -> bytes:
    return saved(book_of(change))


def patched(content: bytes, name: str, old: str, new: str) -> bytes:
    """Return a workbook with one place of one part changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w") as target:
        for info in source.infolist():
            text = source.read(info)
            if info.filename == name:
                assert old in text.decode(), text.decode()[:3000]
                text = text.decode().replace(old, new, 1).encode()
            target.writestr(info.filename, text)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def with_font(cell: str, **font: object) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet[cell].font = Font(**font)  # type: ignore[arg-type]

    return change


def with_row(number: int, **values: object) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for name, value in values.items():
            setattr(sheet.row_dimensions[number], name, value)

    return change


def with_column(letter: str, **values: object) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for name, value in values.items():
            setattr(sheet.column_dimensions[letter], name, value)

    return change


def whitened_by_condition(sheet: Worksheet) -> None:
    sheet.conditional_formatting.add("A3:H3", FormulaRule(["TRUE"], font=Font(color=WHITE)))


def covered(sheet: Worksheet) -> None:
    picture = io.BytesIO()
    Picture.new("RGB", (300, 60), "white").save(picture, "PNG")
    picture.seek(0)
    sheet.add_image(Image(picture), "F3")


# A spreadsheet skips the elements of a namespace that the root declares as ignorable.
IGNORABLE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x" xmlns:x="urn:invented"'
)
BOOK = "xl/workbook.xml"


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def with_part(content: bytes, name: str, text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w") as target:
        for info in source.infolist():
            if info.filename != name:
                target.writestr(info.filename, source.read(info))
        target.writestr(name, text)
    return file.getvalue()


def cell(content: bytes, place: str) -> str:
    return re.search(rf'<c r="{place}".*?</c>', part(content, SHEET))[0]  # type: ignore[index]


def ignorable(content: bytes, name: str, root: str) -> bytes:
    return patched(content, name, f"<{root} ", f"<{root} {IGNORABLE} ")


STYLES = "xl/styles.xml"
PLAIN = saved(book_of())


def made(place: str, **values: object) -> bytes:
    def change(sheet: Worksheet) -> None:
        for name, value in values.items():
            setattr(sheet[place], name, value)

    return changed(change)


def both(*changes: Callable[[Worksheet], None]) -> bytes:
    def change(sheet: Worksheet) -> None:
        for each in changes:
            each(sheet)

    return changed(change)


def aligned(place: str, **values: object) -> Callable[[Worksheet], None]:
    return lambda sheet: setattr(sheet[place], "alignment", Alignment(**values))  # type: ignore[arg-type]


def with_value(place: str, value: object) -> Callable[[Worksheet], None]:
    return lambda sheet: setattr(sheet[place], "value", value)


def with_picture(place: str, width: int, height: int) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        file = io.BytesIO()
        Picture.new("RGB", (width, height), "white").save(file, "PNG")
        file.seek(0)
        sheet.add_image(Image(file), place)

    return change


def replaced(content: bytes, name: str, pattern: str, new: str) -> bytes:
    text, count = re.subn(pattern, new, part(content, name), count=1, flags=re.DOTALL)
    assert count
    return with_part(content, name, text)


LINES = "\n".join(";".join(row) for row in (HEADINGS, *ROWS))


def with_format(cell: str, code: str, value: object = None) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        if value is not None:
            sheet[cell].value = value
        sheet[cell].number_format = code

    return change
