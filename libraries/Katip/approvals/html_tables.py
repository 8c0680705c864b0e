"""The tables of a web page: what many portals call an Excel export is one, with the name `….xls`."""

from __future__ import annotations

from html.parser import HTMLParser

from Katip.approvals.table_cells import Cell, Table, TableUnreadable
from Katip.messages import msg

MOST_CELLS = 3_000_000  # 60 000 rows of 50 columns
_MOST_SPANNED = 200
_UNREAD = ("script", "style", "template", "title")
_INVISIBLE = ("display:none", "visibility:hidden", "mso-hide:all")


def html_tables(text: str) -> list[Table]:
    """Read the tables of a web page, as a spreadsheet that opens it shows them.

    Args:
        text: the page.

    Returns:
        The tables that have rows, in the page's order. A cell that spans several columns is followed by empty ones. Text that a style hides
        is no text.

    Raises:
        TableUnreadable: it has more cells than any list.
    """
    parser = _Tables()
    parser.feed(text)
    parser.close()
    parser.end_table()
    return [Table("", tuple(rows)) for rows in parser.tables if rows]


class _Tables(HTMLParser):
    """Collects rows and cells; of tables within cells only the text counts, as part of the outer cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[tuple[int, tuple[Cell, ...]]]] = []
        self._depth = 0
        self._row: list[Cell] | None = None
        self._cell: list[str] | None = None
        self._span = 1
        self._number = 0
        self._cells = 0
        self._unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._unread or tag in _UNREAD or _is_hidden(given):
            if tag not in _EMPTY:
                self._unread.append(tag)
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._number = 0
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")
        elif self._depth == 1:
            self._start_part(tag, given)

    def _start_part(self, tag: str, given: dict[str, str]) -> None:
        """Begin a row or a cell of an outermost table."""
        if tag == "tr":
            self._end_row()
            self._row = []
            self._number += 1
        elif tag in ("td", "th") and self._row is not None:
            self._end_cell()
            self._cell = []
            span = given.get("colspan", "")
            self._span = min(int(span), _MOST_SPANNED) if span.isascii() and span.isdigit() and int(span) else 1

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            if tag in self._unread:
                del self._unread[self._unread.index(tag) :]
        elif tag == "table":
            if self._depth == 1:
                self.end_table()
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag == "tr":
            self._end_row()
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._unread:
            self._cell.append(data)

    def end_table(self) -> None:
        """Close what is open."""
        self._end_row()

    def _end_row(self) -> None:
        self._end_cell()
        row, self._row = self._row, None
        if row and any(cell.text for cell in row):
            self.tables[-1].append((self._number, tuple(row)))

    def _end_cell(self) -> None:
        parts, self._cell = self._cell, None
        if parts is None or self._row is None:
            return
        text = " ".join("".join(parts).split())
        self._row += [Cell(text, is_formula=text.startswith("=")), *[Cell("")] * (self._span - 1)]
        self._cells += self._span
        if self._cells > MOST_CELLS:
            raise TableUnreadable(msg("it has more cells than any list; keep the list alone in its file"))


_EMPTY = frozenset(
    ["br", "col", "hr", "img", "input", "link", "meta", "wbr", "area", "base", "embed", "source", "track"]
)


def _is_hidden(given: dict[str, str]) -> bool:
    style = "".join(given.get("style", "").split()).lower()
    return "hidden" in given or any(each in style for each in _INVISIBLE)
