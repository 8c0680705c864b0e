"""What hides parts of a sheet: rows, columns, panes, merges, drawings, conditional formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from openpyxl.utils.cell import column_index_from_string

from Katip.approvals.cells import TableUnreadable
from Katip.approvals.workbook.archive import Parts, attribute, child, children, flag, local
from Katip.approvals.workbook.colours import WHITE
from Katip.approvals.workbook.styles import ON_DARK, Difference, Styles, read_difference
from Katip.messages import msg, msg_id

_LEAST_HEIGHT: Final = 4.0  # points
_LEAST_WIDTH: Final = 1.5  # characters
_NUMBER_WIDTH: Final = 5.0  # characters; a number that does not fit is shown as ####
_TALLEST_PANE: Final = 60  # rows; a frozen pane that is taller reaches below the window and cannot be scrolled
_SCALE_COLOURS: Final = frozenset({"color", "fillColor", "negativeFillColor"})
_AREA: Final = re.compile(r"\$?([A-Z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Z]{1,3})?\$?(\d{1,7})?)?")
_DARK_TABLE: Final = re.compile(r"TableStyleDark\d+")  # built-in: the file does not hold it
_DRAWN: Final = re.compile(r"<(?:\w+:)?ClientData\b.*?</(?:\w+:)?ClientData\s*>", re.DOTALL | re.IGNORECASE)
_ANCHOR: Final = re.compile(r"<(?:\w+:)?Anchor\b[^>]*>([^<]*)<", re.IGNORECASE)
_STYLE: Final = re.compile(r"""\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_PIXELS_OF_A_COLUMN: Final = 64
_EMU_OF_A_PIXEL: Final = 9525
_EMU_OF_A_ROW: Final = 190_500

HIDDEN_ROW: Final = msg_id("the row is hidden; show it, or delete it")
FILTERED_ROW: Final = msg_id(
    "a filter hides the row; clear the filter, so that the decision is taken on all that is applied"
)
FILTER_SET: Final = msg_id(
    "a filter is set over it; clear the filter, so that the decision is taken on all that is applied"
)
LOW_ROW: Final = msg_id("the row is too low to be read; make it higher")
HIDDEN_COLUMN: Final = msg_id("the column is hidden; show it")
NARROW_COLUMN: Final = msg_id("the column is too narrow to be read; make it wider")
BEYOND_PANE: Final = msg_id("it lies where the frozen panes cannot be scrolled to; unfreeze them")
MERGED: Final = msg_id("it is part of merged cells; unmerge them and write each row's own value")
COVERED: Final = msg_id("a picture, shape or note lies over it; move or delete it")
CONDITIONAL: Final = msg_id("a conditional format shows a sign instead of it; delete the conditional formats")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells; rows and columns count from 1, the ends are part of it."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Return True if a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def areas(text: str) -> Iterator[Area]:
    """Yield the areas of a reference such as ``A1:C3 E5``.

    Args:
        text: the reference.

    Raises:
        TableUnreadable: it is none.
    """
    for part in text.split():
        found = _AREA.fullmatch(part)
        if found is None or not any(found.groups()):
            raise TableUnreadable(msg("it is damaged: {part!r} names no cells; save it again as XLSX", part=part))
        left, top, right, bottom = found.groups()
        left, top = left or "", top or ""
        right, bottom = right or left, bottom or top
        yield Area(
            int(top or 1),
            column_index_from_string(left) if left else 1,
            int(bottom or 1_048_576),
            column_index_from_string(right) if right else 16_384,
        )


@dataclass(slots=True)
class Hiding:
    """What hides cells of one sheet.

    Attributes:
        styles: the workbook's styles.
    """

    styles: Styles
    columns: dict[int, str] = field(default_factory=dict)
    narrow: set[int] = field(default_factory=set)
    default_column: str = ""
    default_row: str = ""
    first_row: int = 1
    first_column: int = 1
    last_frozen: int = 0
    filtered: list[Area] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    covered: list[Area] = field(default_factory=list)
    conditional: list[tuple[tuple[Area, ...], Difference | None]] = field(default_factory=list)

    def note(self, element: Element) -> None:
        """Take note of an element of the sheet's part.

        Args:
            element: one of `NOTED`.
        """
        readers = {
            "sheetFormatPr": self._defaults,
            "sheetView": self._view,
            "col": self._column,
            "autoFilter": self._filter,
            "mergeCell": self._merge,
            "conditionalFormatting": self._condition,
        }
        readers[local(element)](element)

    def row_reason(self, number: int, row: Element) -> str:
        """Return what hides a row; empty where nothing does.

        Args:
            number: the row's number.
            row: its element.
        """
        if flag(row, "hidden"):
            return HIDDEN_ROW
        height = _float(row.get("ht"))
        if height is not None:
            return LOW_ROW if height < _LEAST_HEIGHT else ""
        return self.default_row

    def cell_reason(self, row: int, column: int, *, is_number: bool) -> str:
        """Return what hides a cell apart from its row and its style; empty where nothing does.

        Args:
            row: the cell's row.
            column: its column.
            is_number: True if it holds a number or a date.
        """
        if row < self.first_row or column < self.first_column or _TALLEST_PANE < row <= self.last_frozen:
            return BEYOND_PANE
        reason = self.columns.get(column, self.default_column)
        if reason:
            return reason
        if is_number and column in self.narrow:
            return NARROW_COLUMN
        if any(area.holds(row, column) for area in self.filtered):
            return FILTER_SET
        if any(area.holds(row, column) for area in self.merged):
            return MERGED
        return COVERED if any(area.holds(row, column) for area in self.covered) else ""

    def conditional_reason(self, row: int, column: int, style: str) -> str:
        """Return how a conditional format may hide a cell; empty where it cannot.

        Args:
            row: the cell's row.
            column: its column.
            style: the number of its style.
        """
        for where, difference in self.conditional:
            if any(area.holds(row, column) for area in where):
                if difference is None:
                    return CONDITIONAL
                reason = self.styles.may_hide(difference, self.styles.of(style))
                if reason:
                    return reason
        return ""

    # ------------------------------------------------------------------------------------------------- parts of the sheet

    def _defaults(self, element: Element) -> None:
        if flag(element, "zeroHeight"):
            self.default_row = HIDDEN_ROW
        elif (_float(element.get("defaultRowHeight")) or 15.0) < _LEAST_HEIGHT:
            self.default_row = LOW_ROW
        width = _float(element.get("defaultColWidth"))
        if width is not None and width < _LEAST_WIDTH:
            self.default_column = NARROW_COLUMN

    def _view(self, element: Element) -> None:
        pane = child(element, "pane")
        if pane is None or pane.get("state") not in ("frozen", "frozenSplit"):
            return
        first = next(areas(element.get("topLeftCell", "A1")))
        rows = _float(pane.get("ySplit")) or 0
        self.first_row = first.top if rows else 1
        self.first_column = first.left if _float(pane.get("xSplit")) else 1
        self.last_frozen = int(first.top + rows - 1)

    def _column(self, element: Element) -> None:
        first, last = _float(element.get("min")) or 1, _float(element.get("max")) or 1
        width = _float(element.get("width"))
        reason = ""
        if flag(element, "hidden") or width == 0:
            reason = HIDDEN_COLUMN
        elif width is not None and width < _LEAST_WIDTH:
            reason = NARROW_COLUMN
        for column in range(int(first), min(int(last), 16_384) + 1):
            self.columns[column] = reason
            if width is not None and width < _NUMBER_WIDTH:
                self.narrow.add(column)

    def _filter(self, element: Element) -> None:
        if children(element, "filterColumn"):
            self.filtered += areas(element.get("ref", ""))

    def _merge(self, element: Element) -> None:
        self.merged += areas(element.get("ref", ""))

    def _condition(self, element: Element) -> None:
        reference = element.get("sqref") or " ".join(
            each.text or "" for each in element.iter() if local(each) == "sqref"
        )
        where = tuple(areas(reference))
        for rule in children(element, "cfRule"):
            for sign in ("dataBar", "iconSet"):
                if (found := child(rule, sign)) is not None and found.get("showValue", "1") in ("0", "false"):
                    self.conditional.append((where, None))
            for scale in (*children(rule, "colorScale"), *children(rule, "dataBar")):
                colours = [each for each in scale.iter() if local(each) in _SCALE_COLOURS]
                grounds = tuple(self.styles.palette.rgb(each, WHITE) for each in colours)
                self.conditional.append((where, Difference(None, grounds, False)))
            own = child(rule, "dxf")
            number = rule.get("dxfId", "")
            if own is not None:
                self.conditional.append((where, read_difference(own, self.styles.palette)))
            elif number.isdigit() and int(number) < len(self.styles.differences):
                self.conditional.append((where, self.styles.differences[int(number)]))

    # --------------------------------------------------------------------------------------------------- parts beside it

    def note_related(self, parts: Parts, sheet: str) -> None:
        """Take note of the tables, drawings and notes of a sheet.

        Args:
            parts: the file's parts.
            sheet: the name of the sheet's part.
        """
        for kind, name in parts.relations(sheet).values():
            if not parts.has(name):
                continue
            if kind in ("pivotTable", "queryTable"):
                raise TableUnreadable(
                    msg(
                        "a pivot table or a query fills cells of it when it is opened; copy the list, as values, "
                        "to a sheet of its own"
                    )
                )
            if kind == "image":
                raise TableUnreadable(msg("a picture is the ground of its sheet; delete the sheet's background"))
            if kind == "table":
                self._filled_by_query(parts, name)
                self._table(parts.root(name))
            elif kind == "drawing":
                self.covered += filter(None, map(_anchored, parts.root(name).iter()))
            elif kind == "vmlDrawing":
                self.covered += _drawn(_decoded(parts.read(name)))

    def _filled_by_query(self, parts: Parts, table: str) -> None:
        if any(kind == "queryTable" for kind, _ in parts.relations(table).values()):
            raise TableUnreadable(
                msg("a query fills its table when it is opened; copy the list, as values, to a sheet of its own")
            )

    def _table(self, table: Element) -> None:
        found = child(table, "autoFilter")
        if found is not None:
            self._filter(found)
        info = child(table, "tableStyleInfo")
        name = info.get("name", "") if info is not None else ""
        numbers = self.styles.tables.get(name, ())
        where = tuple(areas(table.get("ref", "A1")))
        if _DARK_TABLE.fullmatch(name):
            self.conditional.append((where, ON_DARK))
        for number in numbers:
            if number < len(self.styles.differences):
                self.conditional.append((where, self.styles.differences[number]))


NOTED: Final = ("sheetFormatPr", "sheetView", "col", "autoFilter", "mergeCell", "conditionalFormatting")


def _float(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _anchored(anchor: Element) -> Area | None:
    """Return the cells over which a drawing lies; None for what is no anchor."""
    kind = local(anchor)
    if kind == "absoluteAnchor":
        left, top = (_whole(child(anchor, "pos"), name) for name in ("x", "y"))
        start = (top // _EMU_OF_A_ROW, left // (_PIXELS_OF_A_COLUMN * _EMU_OF_A_PIXEL))
    elif kind in ("twoCellAnchor", "oneCellAnchor"):
        start = _marker(child(anchor, "from"))
    else:
        return None
    end = child(anchor, "to")
    if end is not None:
        bottom, right = _marker(end)
        # An end at the very edge of a cell does not reach into it.
        bottom, right = bottom - (not _marker_offset(end, "rowOff")), right - (not _marker_offset(end, "colOff"))
    else:
        size = child(anchor, "ext")
        bottom = start[0] + _whole(size, "cy") // _EMU_OF_A_ROW
        right = start[1] + _whole(size, "cx") // (_PIXELS_OF_A_COLUMN * _EMU_OF_A_PIXEL)
    return Area(start[0] + 1, start[1] + 1, bottom + 1, right + 1)


def _marker(element: Element | None) -> tuple[int, int]:
    return _marker_offset(element, "row"), _marker_offset(element, "col")


def _marker_offset(element: Element | None, name: str) -> int:
    found = child(element, name) if element is not None else None
    text = (found.text or "").strip() if found is not None else ""
    return int(text) if text.lstrip("-").isdigit() else 0


def _whole(element: Element | None, name: str) -> int:
    text = attribute(element, name) if element is not None else ""
    return int(text) if text.lstrip("-").isdigit() else 0


def _decoded(vml: bytes) -> str:
    is_utf16 = vml.startswith((b"\xff\xfe", b"\xfe\xff"))
    return vml.decode("utf-16" if is_utf16 else "utf-8", "replace")


def _drawn(vml: str) -> Iterator[Area]:
    """Yield the cells over which anything of a VML drawing lies, but for notes that are not shown; VML is often no valid XML."""
    end = 0
    for found in _DRAWN.finditer(vml):
        before, end = vml[end : found.start()], found.end()
        anchor = _ANCHOR.search(found[0])
        numbers = [int(part) for part in re.findall(r"-?\d+", anchor[1])] if anchor else []
        if len(numbers) == 8 and not _is_hidden_note(before, found[0]):
            left, _, top, _, right, _, bottom, _ = numbers
            yield Area(top + 1, left + 1, bottom + 1, right + 1)


def _is_hidden_note(before: str, data: str) -> bool:
    """Return True for a note that is shown only under the pointer.

    Args:
        before: what is written before its data, from the end of the previous shape's.
        data: its ``ClientData``.
    """
    is_note = re.search(r"""ObjectType\s*=\s*["']Note["']""", data, re.IGNORECASE)
    if not is_note or re.search(r"<(?:\w+:)?Visible\b", data, re.IGNORECASE):
        return False
    style = _STYLE.search(before, before.rfind("shapetype>") + 1)  # the shape's own, not that of what it holds
    return bool(style and re.search(r"visibility\s*:\s*hidden", style[1] or style[2] or "", re.IGNORECASE))
