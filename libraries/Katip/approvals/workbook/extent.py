"""How high rows and how wide columns are, and whether a text fits where it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot, inf
from textwrap import wrap
from typing import Final

from Katip.approvals.table_cells import Cell
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
_LINE_OF_A_SIZE: Final = 1.2  # a line's height by the size of its letters, at least
_NEARLY_WHOLE: Final = 1.1  # so much more than a row is cut off at its edges without harm
_LETTERS_OF_A_CHARACTER: Final = 1.3  # letters that have room where a digit has, at most
_USUAL_POINTS: Final = 11.0  # the size of the digit by which widths of columns are measured
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

    def cramped(self, row: int, column: int, style: Style, cell: Cell) -> str:
        """Return why a text does not fit into its cell so that it is not what a person reads; empty where it does.

        A long text that is cut off at the edge is nothing that deceives: everybody sees that.

        Args:
            row: the cell's row.
            column: its column.
            style: its style.
            cell: its text; a number is shown rounded where it does not fit.
        """
        text = cell.text
        width = self.widths.get(column, self.width)
        if _begins_outside(style, text, width):
            return OUT_OF_CELL
        if (style.shrinks and len(text) > 3 * width) or (cell.is_number and width + 1 < len(text) <= _EXACT_DIGITS):
            return NARROW_COLUMN
        height = self.heights.get(row)  # without one the spreadsheet makes it as high as its texts need
        points = cell.points or style.font.points
        room = width if style.wraps and not style.is_rotated else inf
        return LOW_ROW if height is not None and _is_too_low(height, points, style, _lines(text, room, points)) else ""

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


def _is_too_low(height: float, points: float, style: Style, lines: Sequence[str]) -> bool:
    """Return True if a row is too low for a text's letters, its lines, or its length where it is rotated."""
    if points > _MOST_OF_THE_HEIGHT * height:
        return True
    if len(lines) > 1 and len(lines) * points * _LINE_OF_A_SIZE > height * _NEARLY_WHOLE:
        return True
    return bool(style.is_rotated) and height < min(sum(map(len, lines)), 8) * points * _HEIGHT_OF_A_LETTER


def _lines(text: str, width: float, points: float) -> list[str]:
    """Return the lines in which a text is drawn at least.

    Args:
        text: the text.
        width: that of its cell in characters, or infinity where its lines do not break.
        points: the size of its letters.
    """
    lines = text.splitlines() + [""] * text.endswith(("\n", "\r"))
    if width == inf:
        return lines
    room = max(1, int(width * _LETTERS_OF_A_CHARACTER * _USUAL_POINTS / max(points, 1.0)))
    return [part for line in lines for part in wrap(line, room) or [""]]
