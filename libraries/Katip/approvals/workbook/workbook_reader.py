"""The sheets of an XLSX file as tables, each cell with what hides it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element

from openpyxl.utils.cell import column_index_from_string

from Katip.approvals.table_cells import EMPTY, WIDEST, Cell, Table, TableUnreadable
from Katip.approvals.workbook.archive import (
    HOLDS_MACROS,
    Parts,
    attribute,
    child,
    children,
    flag,
    is_own,
    leaf_text,
    local,
    only_children,
)
from Katip.approvals.workbook.areas import AreaIndex, areas
from Katip.approvals.workbook.attributes import real, whole
from Katip.approvals.workbook.formats import is_date, shows_date, shows_number, shows_text
from Katip.approvals.workbook.hiding import FILTERED_ROW, HIDDEN_ROW, MERGED, NOTED, Hiding
from Katip.approvals.workbook.strings import CellText, read_shared_strings, read_text, without_escapes
from Katip.approvals.workbook.styles import Styles, read_styles
from Katip.messages import msg, msg_id

_OTHER_FORMAT: Final = msg_id(
    "its number format shows something else than it holds; set the format back to General or Text"
)
_HALF_DATE: Final = msg_id("its format does not show day, month and year of the date; format it as dd.mm.yyyy")
_RICH: Final = msg_id("a linked data type or a picture is shown instead of it; put the value itself there")
_LAST_DAY: Final = 2_958_466  # 1 January 10000
_MACRO_KINDS: Final = frozenset({"vbaProject", "xlMacrosheet", "xlIntlMacrosheet"})
_MOST_CELLS: Final = 3_000_000


@dataclass(frozen=True, slots=True)
class _Found:
    """A cell that holds something."""

    row: int
    column: int
    style: str
    cell: Cell


def read_workbook(content: bytes) -> list[Table]:
    """Read an XLSX file.

    Args:
        content: the file's bytes.

    Returns:
        Its sheets, the hidden ones marked.

    Raises:
        TableUnreadable: it is damaged, of another kind, too large, can be read in two ways, or cannot be examined for
            what hides its cells.
    """
    try:
        with _without_garbage_collection():
            return _tables(content)
    except (ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError) as error:
        raise TableUnreadable(
            msg("it is damaged ({kind}); save it again as XLSX", kind=type(error).__name__)
        ) from error


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Keep the collector from looking through every cell again and again: cells hold no circles of references."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _tables(content: bytes) -> list[Table]:
    parts = Parts(content)
    book_name = _book_name(parts)
    book = parts.root(book_name)
    related = parts.relations(book_name)
    by_kind = _each_once(related)
    styles = read_styles(parts, by_kind.get("styles"), by_kind.get("theme"))
    strings = read_shared_strings(parts, by_kind.get("sharedStrings"))
    epoch = _epoch_of(book)
    sheets = child(book, "sheets")
    tables: list[Table] = []
    used: set[str] = set()
    unreachable = _unreachable(book)
    if any(kind in _MACRO_KINDS for kind, _ in related.values()):
        raise TableUnreadable(msg(HOLDS_MACROS))
    for place, sheet in enumerate(children(sheets, "sheet") if sheets is not None else ()):
        kind, name = related.get(attribute(sheet, "id"), ("", ""))
        if kind != "worksheet":
            continue
        title = sheet.get("name", "")
        if name in used or any(table.name.casefold() == title.casefold() for table in tables):
            raise TableUnreadable(
                msg(
                    'it can be read in two ways: the sheet "{title}" is there twice; save it again as XLSX', title=title
                )
            )
        used.add(name)
        is_hidden = sheet.get("state", "visible") != "visible" or unreachable(place)
        tables.append(_SheetReader(parts, name, styles, strings, epoch).table(title, is_hidden=is_hidden))
    if not tables:
        raise TableUnreadable(msg("it has no sheet; save it again as XLSX"))
    return tables


def _epoch_of(book: Element) -> datetime:
    """Return the day that a workbook counts its dates from."""
    properties = child(book, "workbookPr")
    return datetime(1904, 1, 1) if properties is not None and flag(properties, "date1904") else datetime(1899, 12, 30)


def _unreachable(book: Element) -> Callable[[int], bool]:
    """Return a function that returns True if nobody can open a sheet: no window is shown, or none with tabs shows another one.

    Args:
        book: the root of workbook.xml.
    """
    group = child(book, "bookViews")
    views = children(group, "workbookView") if group is not None else []
    shown = [view for view in views if view.get("visibility", "visible") == "visible"]
    if views and not shown:
        return lambda _: True
    if not shown or any(
        view.get("showSheetTabs", "1") in ("1", "true") and view.get("tabRatio") != "0" for view in shown
    ):
        return lambda _: False
    active = {_position(view.get("activeTab"), 0) for view in shown}
    return lambda place: place not in active


def _book_name(parts: Parts) -> str:
    names = [name for kind, name in parts.relations("").values() if kind == "officeDocument"]
    if len(names) != 1:
        raise TableUnreadable(msg("it is no XLSX file, or a damaged one; save it again as XLSX"))
    return names[0]


def _each_once(related: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Return the parts of which a workbook has one, by their kind."""
    found: dict[str, str] = {}
    for kind, name in related.values():
        if kind in ("styles", "theme", "sharedStrings") and kind in found:
            raise TableUnreadable(
                msg("it can be read in two ways: it has two parts {kind}; save it again as XLSX", kind=kind)
            )
        found[kind] = name
    return found


class _SheetReader:
    """Reads one sheet.

    Args:
        parts: the file's parts.
        name: the name of the sheet's part.
        styles: the workbook's styles.
        strings: its shared strings.
        epoch: day 0 of its dates.
    """

    def __init__(self, parts: Parts, name: str, styles: Styles, strings: list[CellText], epoch: datetime) -> None:
        self._parts = parts
        self._name = name
        self._styles = styles
        self._strings = strings
        self._epoch = epoch
        self._hiding = Hiding(styles)
        self._row_reasons: dict[int, str] = {}
        self._last_row = 0
        self._filled: AreaIndex[bool] = AreaIndex()
        self._fills = False
        self._unseen_in: dict[str, str] = {}

    def table(self, name: str, *, is_hidden: bool) -> Table:
        """Return the sheet.

        Args:
            name: its name.
            is_hidden: True if nobody sees it who opens the file.
        """
        return Table(name, self._rows(), is_hidden, self._hiding.totals)

    def _rows(self) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
        """Return the rows that hold something."""
        found: list[_Found] = []
        blocks = 0
        for element in self._parts.elements(self._name, "./sheetData/row", "./sheetData", *NOTED):
            if local(element) == "sheetData":
                blocks += 1
            elif local(element) != "row":
                self._hiding.note(element)
            else:
                found += self._row(element)
                if len(found) > _MOST_CELLS:
                    raise TableUnreadable(
                        msg("it has too many cells for a list of contracts; keep the list alone on its sheet")
                    )
        if blocks > 1:
            raise TableUnreadable(msg("it can be read in two ways: its rows are stored twice; save it again as XLSX"))
        found = [replace(each, cell=self._calculated(each)) for each in found] if self._fills else found
        self._hiding.note_related(self._parts, self._name)
        self._refuse_values_under_merges(found)
        rows = groupby(sorted(found, key=lambda each: (each.row, each.column)), key=lambda each: each.row)
        return tuple((number, self._cells(list(row))) for number, row in rows)

    def _refuse_values_under_merges(self, found: list[_Found]) -> None:
        """Mark every cell of a merge, also the empty ones: their first cell's text is shown over all of them."""
        there = {(each.row, each.column) for each in found}
        rows = {each.row for each in found}
        for area in self._hiding.merged:
            for row in rows & set(range(area.top, min(area.bottom, area.top + 5_000) + 1)):
                columns = range(area.left, min(area.right, area.left + 200) + 1)
                empty = (column for column in columns if (row, column) not in there)
                found += [_Found(row, column, "0", Cell("", unseen=MERGED)) for column in empty]

    def _calculated(self, found: _Found) -> Cell:
        """Return a cell, as a formula where the formula of another cell fills it."""
        is_filled = self._filled.at(found.row, found.column)
        return replace(found.cell, is_formula=True) if is_filled else found.cell

    def _row(self, element: Element) -> list[_Found]:
        number = _position(element.get("r"), self._last_row + 1)
        if number <= self._last_row:
            raise TableUnreadable(
                msg("it can be read in two ways: row {number} is stored twice; save it again as XLSX", number=number)
            )
        self._last_row = number
        reason = self._hiding.row_reason(number, element)
        if reason:
            self._row_reasons[number] = reason
        found: list[_Found] = []
        column = 0
        for each in element:
            if local(each) != "c" or not is_own(each):
                raise TableUnreadable(
                    msg(
                        "it is damaged: row {number} holds {each}; save it again as XLSX",
                        number=number,
                        each=local(each),
                    )
                )
            place = each.get("r")
            row, here = _split(place) if place else (number, column + 1)
            if row != number or here <= column:
                raise TableUnreadable(
                    msg(
                        "it can be read in two ways: the cell {place} is stored twice; save it again as XLSX",
                        place=place,
                    )
                )
            column = here
            cell = self._cell(each)
            if cell.text.strip() or cell.is_formula:
                found.append(_Found(number, column, each.get("s", "0"), cell))
        return found

    def _cells(self, row: list[_Found]) -> tuple[Cell, ...]:
        """Return a row's cells, each with what hides it."""
        if row[-1].column > WIDEST:
            raise TableUnreadable(
                msg(
                    "row {row} reaches beyond column {widest}; delete what is beside the list, and save it again",
                    row=row[-1].row,
                    widest=WIDEST,
                )
            )
        cells = [EMPTY] * row[-1].column
        reason = self._row_reasons.get(row[0].row, "")
        if reason == HIDDEN_ROW and self._hiding.is_filtered:
            reason = FILTERED_ROW
        for each in row:
            unseen = (
                reason
                or self._hiding.cell_reason(
                    each.row, each.column, is_number=each.cell.is_number or each.cell.day is not None
                )
                or each.cell.unseen
                or self._hiding.extent.cramped(
                    each.row,
                    each.column,
                    self._styles.of(each.style),
                    each.cell,
                )
                or self._hiding.conditional_reason(each.row, each.column, each.style)
            )
            note = self._hiding.notes.get((each.row, each.column), "")
            is_new = note or unseen != each.cell.unseen
            cells[each.column - 1] = replace(each.cell, unseen=unseen, note=note) if is_new else each.cell
        return tuple(cells)

    # ------------------------------------------------------------------------------------------------------------ one cell

    def _cell(self, element: Element) -> Cell:
        held = only_children(element)
        formula, value, inline = held.get("f"), held.get("v"), held.get("is")
        text = leaf_text(value)
        if attribute(element, "vm"):
            return Cell(without_escapes(text) or "=", unseen=_RICH)
        if inline is not None and value is not None:
            raise TableUnreadable(msg("it can be read in two ways: a cell holds two texts; save it again as XLSX"))
        if formula is not None:
            return self._formula(formula, text)
        return self._value(element, text, inline)

    def _formula(self, formula: Element, text: str) -> Cell:
        if formula.get("t") in ("array", "dataTable"):
            self._filled.add(areas(formula.get("ref", "")), True)
            self._fills = True
        return Cell(without_escapes(text) or "=", is_formula=True)

    def _value(self, element: Element, text: str, inline: Element | None) -> Cell:
        """Return the cell of a value, by the kind that it is stored as."""
        kind = element.get("t", "n")
        if kind == "inlineStr":
            return self._text(read_text(inline) if inline is not None else CellText(""), element)
        if kind == "s":
            return self._text(self._shared(text), element)
        if kind == "e" and not text.startswith("#"):
            raise TableUnreadable(msg("it is damaged: a cell holds an error that is none; save it again as XLSX"))
        if kind in ("str", "e"):
            return self._text(CellText(without_escapes(text)), element)
        if kind == "b":
            return Cell("TRUE" if text.strip() == "1" else "FALSE")
        if kind == "d":
            return self._day(datetime.fromisoformat(text.rstrip("Z")), element) if text else EMPTY
        return self._number(text.strip(), element) if text.strip() else EMPTY

    def _shared(self, text: str) -> CellText:
        if not text.strip().isdigit() or int(text) >= len(self._strings):
            raise TableUnreadable(
                msg("it is damaged: a cell refers to a text that is not there; save it again as XLSX")
            )
        return self._strings[int(text)]

    def _text(self, text: CellText, element: Element) -> Cell:
        if not text.value.strip():
            return Cell(text.value)
        number = element.get("s", "0")
        if text.fonts:
            points = text.points(self._styles.of(number).font)
            return Cell(text.value, unseen=self._unseen_text(number, text), points=points)
        if number not in self._unseen_in:  # few styles, many cells
            self._unseen_in[number] = self._unseen_text(number, text)
        return Cell(text.value, unseen=self._unseen_in[number])

    def _unseen_text(self, number: str, text: CellText) -> str:
        style = self._styles.of(number)
        unseen = self._styles.hides(style, text.runs(style.font))
        return unseen or ("" if shows_text(style.code) else _OTHER_FORMAT)

    def _number(self, text: str, element: Element) -> Cell:
        number = real(text) or 0.0
        style = self._styles.of(element.get("s", "0"))
        if is_date(style.code) and 1 <= number < _LAST_DAY:
            return self._day(self._epoch + timedelta(days=number), element)
        shown = str(int(number)) if number.is_integer() and abs(number) < 1e15 else str(number)
        unseen = self._styles.hides(style) or ("" if shows_number(style.code, number) else _OTHER_FORMAT)
        return Cell(shown, is_number=True, unseen=unseen)

    def _day(self, moment: datetime, element: Element) -> Cell:
        style = self._styles.of(element.get("s", "0"))
        unseen = self._styles.hides(style) or ("" if shows_date(style.code) else _HALF_DATE)
        return Cell(f"{moment:%d.%m.%Y}", day=moment.date(), unseen=unseen)


def _position(text: str | None, otherwise: int) -> int:
    return whole(text, otherwise)


def _split(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    try:
        return int(digits), column_index_from_string(letters)
    except ValueError:
        raise TableUnreadable(
            msg("it is damaged: {reference!r} names no cell; save it again as XLSX", reference=reference[:20])
        ) from None
