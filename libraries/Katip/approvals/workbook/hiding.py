"""What hides parts of a sheet: rows, columns, panes, merges, drawings, conditional formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from Katip.approvals.workbook.archive import Parts, child, children, flag, local
from Katip.approvals.workbook.areas import Area, AreaIndex, areas
from Katip.approvals.workbook.attributes import real, truth, whole
from Katip.approvals.workbook.colours import WHITE
from Katip.approvals.workbook.conditions import TABLES, Condition, together
from Katip.approvals.workbook.drawings import anchored, decoded, drawn
from Katip.approvals.workbook.extent import LEAST_HEIGHT, LEAST_WIDTH, LOW_ROW, NARROW_COLUMN, Extent
from Katip.approvals.workbook.styles import MIRRORED, Difference, Styles, read_difference
from Katip.approvals.workbook.table_styles import ON_DARK, of_built_in
from Katip.messages import msg_id

_NUMBER_WIDTH: Final = 5.0  # characters; a number that does not fit is shown as ####
_SCALE_COLOURS: Final = frozenset({"color", "fillColor", "negativeFillColor"})

_DECIDING: Final = frozenset({"drawing", "vmlDrawing", "table"})
_OF_THE_HEAD: Final = ("headerrow", "headercell")
#: What covers more of a table, after what covers less of it; the others come before.
_STRIPES: Final = ("firstRowStripe", "secondRowStripe", "firstColumnStripe", "secondColumnStripe", "wholeTable")
HIDDEN_ROW: Final = msg_id("the row is hidden; show it, or delete it")
FILTERED_ROW: Final = msg_id(
    "a filter hides the row; clear the filter, so that the decision is taken on all that is applied"
)
FILTER_SET: Final = msg_id(
    "a filter is set over it; clear the filter, so that the decision is taken on all that is applied"
)
HIDDEN_COLUMN: Final = msg_id("the column is hidden; show it")
BEYOND_PANE: Final = msg_id("it is in a part of the frozen panes that cannot be scrolled to; unfreeze them")
MERGED: Final = msg_id("it is part of merged cells; unmerge them and write each row's own value")
COVERED: Final = msg_id("a picture, shape or note covers it; move or delete it")
FILLED: Final = msg_id(
    "a pivot table or a query fills cells of its sheet when the file is opened; copy the list, as values, to a sheet of its own"
)
ON_A_PICTURE: Final = msg_id("a picture is the ground of its sheet; delete the sheet's background")
CONDITIONAL: Final = msg_id("a conditional format shows a sign instead of it; delete the conditional formats")


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
    frozen_rows: int = 0
    frozen_columns: int = 0
    whole_sheet: str = ""
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    totals: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    extent: Extent = field(default_factory=Extent)
    filtered: AreaIndex[bool] = field(default_factory=AreaIndex)
    merged: list[Area] = field(default_factory=list)
    merges: AreaIndex[bool] = field(default_factory=AreaIndex)
    covered: AreaIndex[bool] = field(default_factory=AreaIndex)
    is_filtered: bool = False
    conditional: list[Condition] = field(default_factory=list)
    conditions: AreaIndex[int] = field(default_factory=AreaIndex)
    _known: dict[tuple[str, tuple[int, ...]], str] = field(default_factory=dict)

    def note(self, element: Element) -> None:
        """Process an element of the sheet's part.

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
            "anchor": self._control,
            "sparkline": self._sparkline,
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
        height = real(row.get("ht"))
        if height is not None:
            self.extent.heights[number] = height
            return LOW_ROW if height < LEAST_HEIGHT else ""
        return self.default_row

    def cell_reason(self, row: int, column: int, *, is_number: bool) -> str:
        """Return what hides a cell apart from its row and its style; empty where nothing does.

        Args:
            row: the cell's row.
            column: its column.
            is_number: True if it holds a number or a date.
        """
        if self.whole_sheet:
            return self.whole_sheet
        if row < self.first_row or column < self.first_column or self._is_frozen_outside(row, column):
            return BEYOND_PANE
        reason = self.columns.get(column, self.default_column)
        if reason:
            return reason
        if is_number and column in self.narrow:
            return NARROW_COLUMN
        if self.filtered.at(row, column):
            return FILTER_SET
        if self.merges.at(row, column):
            return MERGED
        return COVERED if self.covered.at(row, column) else ""

    def _is_frozen_outside(self, row: int, column: int) -> bool:
        """Return True if a cell is in frozen panes that reach farther than a window."""
        if row <= self.first_row + self.frozen_rows - 1 and row > self.extent.last_row_in_window(self.first_row):
            return True
        is_frozen = column <= self.first_column + self.frozen_columns - 1
        return is_frozen and column > self.extent.last_column_in_window(self.first_column)

    def conditional_reason(self, row: int, column: int, style: str) -> str:
        """Return how conditional formats and table styles, each or two together, may hide a cell; empty where they cannot.

        Args:
            row: the cell's row.
            column: its column.
            style: the number of its style.
        """
        here = tuple(sorted(set(self.conditions.at(row, column))))
        if here and (style, here) not in self._known:
            self._known[style, here] = self._hidden_by([self.conditional[place] for place in here], style)
        return self._known[style, here] if here else ""

    def _hidden_by(self, conditions: Sequence[Condition], style: str) -> str:
        if any(each.difference is None for each in conditions):
            return CONDITIONAL
        own = self.styles.of(style)
        return next(filter(None, (self.styles.may_hide(each, own) for each in together(conditions))), "")

    # ------------------------------------------------------------------------------------------------- parts of the sheet

    def _defaults(self, element: Element) -> None:
        # "zeroHeight" hides only rows that the file does not name: those that hold nothing.
        if (real(element.get("defaultRowHeight")) or 15.0) < LEAST_HEIGHT:
            self.default_row = LOW_ROW
        self.extent.height = real(element.get("defaultRowHeight")) or self.extent.height
        width = real(element.get("defaultColWidth"))
        self.extent.width = width or self.extent.width
        if width is not None and width < LEAST_WIDTH:
            self.default_column = NARROW_COLUMN

    def _view(self, element: Element) -> None:
        if flag(element, "rightToLeft"):
            self.whole_sheet = MIRRORED
        pane = child(element, "pane")
        if pane is None or pane.get("state") not in ("frozen", "frozenSplit"):
            return
        first = next(areas(element.get("topLeftCell", "A1")))
        rows, columns = (int(real(pane.get(name)) or 0) for name in ("ySplit", "xSplit"))
        self.first_row = max(self.first_row, first.top if rows else 1)
        self.first_column = max(self.first_column, first.left if columns else 1)
        self.frozen_rows, self.frozen_columns = max(self.frozen_rows, rows), max(self.frozen_columns, columns)

    def _column(self, element: Element) -> None:
        first, last = real(element.get("min")) or 1, real(element.get("max")) or 1
        width = real(element.get("width"))
        reason = ""
        if flag(element, "hidden") or width == 0:
            reason = HIDDEN_COLUMN
        elif width is not None and width < LEAST_WIDTH:
            reason = NARROW_COLUMN
        for column in range(int(first), min(int(last), 16_384) + 1):
            self.columns[column] = self.columns.get(column) or reason
            if width is not None:
                self.extent.widths[column] = min(width, self.extent.widths.get(column, width))
                if width < _NUMBER_WIDTH:
                    self.narrow.add(column)

    def _filter(self, element: Element) -> None:
        if any(len(each) for each in children(element, "filterColumn")):  # an empty one only hides its button
            self.filtered.add(areas(element.get("ref", "")), True)
            self.is_filtered = True

    def _merge(self, element: Element) -> None:
        found = list(areas(element.get("ref", "")))
        self.merged += found
        self.merges.add(found, True)

    def _condition(self, element: Element) -> None:
        reference = element.get("sqref") or " ".join(
            each.text or "" for each in element.iter() if local(each) == "sqref"
        )
        where = tuple(areas(reference))
        for rule in children(element, "cfRule"):
            rank = real(rule.get("priority")) or 0.0
            for each in self._differences(rule):
                self._add_condition(Condition(where, each, rank))

    def _add_condition(self, condition: Condition) -> None:
        self.conditions.add(condition.where, len(self.conditional))
        self.conditional.append(condition)

    def _differences(self, rule: Element) -> Iterator[Difference | None]:
        """Yield what a rule changes; None for a sign that is shown instead of the text."""
        for sign in ("dataBar", "iconSet"):
            if (found := child(rule, sign)) is not None and not truth(found.get("showValue", "1")):
                yield None
        for scale in (*children(rule, "colorScale"), *children(rule, "dataBar")):
            colours = [each for each in scale.iter() if local(each) in _SCALE_COLOURS]
            yield Difference(None, tuple(self.styles.palette.rgb(each, WHITE) for each in colours), False)
        own = child(rule, "dxf")
        number = whole(rule.get("dxfId"), len(self.styles.differences))
        if own is not None:
            yield read_difference(own, self.styles.palette)
        elif number < len(self.styles.differences):
            yield self.styles.differences[number]

    def _control(self, element: Element) -> None:
        self.covered.add(filter(None, [anchored(element, self.extent)]), True)

    def _sparkline(self, element: Element) -> None:
        for reference in (each.text or "" for each in element if local(each) == "sqref"):
            self.covered.add(areas(reference), True)

    # --------------------------------------------------------------------------------------------------- parts beside it

    def note_related(self, parts: Parts, sheet: str) -> None:
        """Process the tables, drawings and notes of a sheet.

        Args:
            parts: the file's parts.
            sheet: the name of the sheet's part.
        """
        for kind, name in parts.relations(sheet).values():
            if kind not in _DECIDING and not parts.has(name):
                continue
            if kind in ("pivotTable", "queryTable"):
                self.whole_sheet = FILLED
            elif kind == "image":
                self.whole_sheet = ON_A_PICTURE
            elif kind == "table":
                self._filled_by_query(parts, name)
                self._table(parts.root(name))
            elif kind in ("comments", "threadedComment"):
                self._notes(parts.root(name))
            elif kind == "drawing":
                drawings = (anchored(each, self.extent) for each in parts.root(name).iter())
                self.covered.add(filter(None, drawings), True)
            elif kind == "vmlDrawing":
                self.covered.add(drawn(decoded(parts.read(name))), True)

    def _filled_by_query(self, parts: Parts, table: str) -> None:
        if any(kind == "queryTable" for kind, _ in parts.relations(table).values()):
            self.whole_sheet = FILLED

    def _notes(self, root: Element) -> None:
        """Keep what the notes and comments of a part say, by their cell."""
        for each in root.iter():
            if local(each) not in ("comment", "threadedComment"):
                continue
            where = next(areas(each.get("ref", "A1")))
            place = (where.top, where.left)
            said = " ".join(text for text in each.itertext() if text.strip())
            self.notes[place] = f"{self.notes.get(place, '')} {said}".strip()

    def _table(self, table: Element) -> None:
        found = child(table, "autoFilter")
        if found is not None:
            self._filter(found)
        info = child(table, "tableStyleInfo")
        name = info.get("name", "") if info is not None else ""
        numbers = self.styles.tables.get(name, ())
        where = next(areas(table.get("ref", "A1")))
        if whole(table.get("totalsRowCount"), 0):
            self.totals[where.top, where.bottom] = (where.left - 1, where.right)
        head = where.top + 1 if whole(table.get("headerRowCount"), 1) else where.top
        built_in = of_built_in(name, info, self.styles.palette) if info is not None and not numbers else None
        if built_in is not None:
            body = Area(where.top if built_in == ON_DARK else head, where.left, where.bottom, where.right)
            self._add_condition(Condition((body,), built_in, TABLES))
        self._add_own_table_style(where, head, numbers)

    def _add_own_table_style(self, where: Area, head: int, numbers: Sequence[tuple[str, int]]) -> None:
        """Take a table's style of the workbook's own as conditions; `head` is the first row under its headings."""
        for kind, number in numbers:
            if number < len(self.styles.differences):
                rows = (where.top, head - 1) if kind.casefold().endswith(_OF_THE_HEAD) else (head, where.bottom)
                part = Area(rows[0], where.left, rows[1], where.right)
                rank = TABLES + (_STRIPES.index(kind) + 1 if kind in _STRIPES else 0)
                self._add_condition(Condition((part,), self.styles.differences[number], rank))


NOTED: Final = (
    "sheetFormatPr",
    "sheetView",
    "col",
    "autoFilter",
    "mergeCell",
    "conditionalFormatting",
    "anchor",
    "sparkline",
)
