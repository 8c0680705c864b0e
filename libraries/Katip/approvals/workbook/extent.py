"""How high rows and how wide columns are, and whether a text fits where it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import hypot
from typing import Final

from Katip.approvals.workbook.areas import Area
from Katip.approvals.workbook.styles import OUT_OF_CELL, Style
from Katip.messages import msg_id

LEAST_HEIGHT: Final = 7.0  # points
LEAST_WIDTH: Final = 3.0  # characters
_EMU_OF_A_POINT: Final = 12_700
_EMU_OF_A_CHARACTER: Final = 7 * 9_525
_EMU_BESIDE_CHARACTERS: Final = 5 * 9_525
_WIDTH_OF_AN_INDENT: Final = 1.3  # characters
_MOST_POINTS: Final = 700.0  # of frozen rows; what begins below is out of the window and cannot be scrolled to
_MOST_CHARACTERS: Final = 300.0  # of frozen columns
_HEIGHT_OF_A_LETTER: Final = 0.45  # of the font's size, along a text that is turned
_MOST_OF_THE_HEIGHT: Final = 2.0  # a font of more shows a slice of its letters, or only the space above them
_EXACT_DIGITS: Final = 15  # a longer number is ruined anyway
_ROWS: Final = 1_048_576
_COLUMNS: Final = 16_384

LOW_ROW: Final = msg_id("the row is too low to be read; make it higher")
NARROW_COLUMN: Final = msg_id("the column is too narrow to be read; make it wider")


@dataclass(slots=True)
class Extent:
    """The sizes of a sheet's rows and columns, as far as the file gives them.

    Attributes:
        heights: row to points.
        widths: column to characters.
        height: that of the other rows.
        width: that of the other columns.
    """

    heights: dict[int, float] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    height: float = 15.0
    width: float = 8.43

    def row_reached(self, row: int, emu: int) -> int:
        """Return the row in which something ends that begins at the top of a row.

        Args:
            row: the row, from 1.
            emu: how high it is, in EMU.
        """
        left = emu / _EMU_OF_A_POINT - self.heights.get(row, self.height)
        while left > 0 and row < _ROWS:
            row += 1
            left -= self.heights.get(row, self.height)
        return row

    def column_reached(self, column: int, emu: int) -> int:
        """Return the column in which something ends that begins at the left edge of a column.

        Args:
            column: the column, from 1.
            emu: how wide it is, in EMU.
        """
        left = emu - self._emu(column)
        while left > 0 and column < _COLUMNS:
            column += 1
            left -= self._emu(column)
        return column

    def turned(self, area: Area) -> Area:
        """Return the cells that something on an area can reach when it is turned about its middle.

        Args:
            area: what it takes before it is turned.
        """
        left, width = self._emu_of_columns(1, area.left), self._emu_of_columns(area.left, area.right + 1)
        top, height = self._emu_of_rows(1, area.top), self._emu_of_rows(area.top, area.bottom + 1)
        reach = hypot(width, height) / 2
        x, y = left + width / 2, top + height / 2
        return Area(
            self.row_reached(1, int(max(y - reach, 0))),
            self.column_reached(1, int(max(x - reach, 0))),
            self.row_reached(1, int(y + reach)),
            self.column_reached(1, int(x + reach)),
        )

    def last_row_in_window(self, first: int) -> int:
        """Return the last row that a window shows whose first one is given."""
        return self.row_reached(first, int(_MOST_POINTS * _EMU_OF_A_POINT))

    def last_column_in_window(self, first: int) -> int:
        """Return the last column that a window shows whose first one is given."""
        return self.column_reached(first, int(_MOST_CHARACTERS * _EMU_OF_A_CHARACTER))

    def cramped(self, row: int, column: int, style: Style, text: str, *, is_number: bool) -> str:
        """Return why a text does not fit into its cell so that it is not what a person reads; empty where it does.

        A long text that is cut off at the edge is nothing that deceives: everybody sees that.

        Args:
            row: the cell's row.
            column: its column.
            style: its style.
            text: its text.
            is_number: True if it is a number, which is shown rounded where it does not fit.
        """
        width = self.widths.get(column, self.width)
        if _begins_outside(style, text, width):
            return OUT_OF_CELL
        if (style.shrinks and len(text) > 3 * width) or (is_number and width + 1 < len(text) <= _EXACT_DIGITS):
            return NARROW_COLUMN
        height = self.heights.get(row)  # without one the spreadsheet makes it as high as its texts need
        return LOW_ROW if height is not None and _is_too_low(height, style, text) else ""

    def _emu_of_columns(self, first: int, end: int) -> float:
        return sum(map(self._emu, range(first, min(end, _COLUMNS + 1))))

    def _emu_of_rows(self, first: int, end: int) -> float:
        rows = range(first, min(end, _ROWS + 1))
        return sum(self.heights.get(row, self.height) for row in rows) * _EMU_OF_A_POINT

    def _emu(self, column: int) -> float:
        return self.widths.get(column, self.width) * _EMU_OF_A_CHARACTER + _EMU_BESIDE_CHARACTERS


def _begins_outside(style: Style, text: str, width: float) -> bool:
    """Return True if a text is indented by more than its column's width, or pushed out of it by blanks at its end."""
    if style.indent and style.indent * _WIDTH_OF_AN_INDENT + 1 > width:
        return True
    return style.horizontal in ("right", "center", "centerContinuous") and text.endswith(" " * 10)


def _is_too_low(height: float, style: Style, text: str) -> bool:
    """Return True if a row is too low for a text's letters, its lines, or its length where it is rotated."""
    points = style.font.points
    if points > _MOST_OF_THE_HEIGHT * height:
        return True
    lines = len(text.splitlines()) + text.endswith(("\n", "\r"))
    if lines > 1 and lines * points > height * 1.1:
        return True
    return bool(style.is_rotated) and height < min(len(text), 8) * points * _HEIGHT_OF_A_LETTER
