"""Read a grid by its headers: a value belongs to the header above it, whatever the table is built from.

The header line is where most of the wanted labels are side by side. Rows are what repeats below it; a row is all
that is on one line, and its extent comes from the element around it where there is one. Nothing else is assumed:
native tables, ARIA grids, header and body as tables of their own, one table a row, absolutely placed cells, columns
fixed in a pane of their own are read the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from Katip.reading.cells import Header, Row, cell_node, common_node
from Katip.reading.filter_lines import without_filter_lines
from Katip.reading.grid_columns import cell_box, column_of
from Katip.reading.grid_rows import assign_rows
from Katip.reading.grid_scrollers import find_scrollers
from Katip.reading.headers import FRAME_TAGS, text_bottom, with_cells
from Katip.reading.keyless_rows import stray_rows, without_key
from Katip.reading.list_rows import Candidate, choose_rows, in_rows_alike, is_table_row
from Katip.reading.pager_lines import PagerLines, forms_of
from Katip.reading.snapshot import Node, Piece, Snapshot, around
from Katip.turkish import Vocabulary

_ROW_WIDTH = 0.6  # of the headers' width: a narrower element is a cell, not a row
_SURE_ROW_WIDTH = 0.9  # of the headers' width: a row, also where neither tag nor role says so
_HIGHEST_ROW = 200  # CSS pixels: a higher table is no row with a table of its own
_GRID_ROLES = frozenset({"grid", "treegrid"})


@dataclass(slots=True, eq=False)
class Grid:
    """A grid, as far as it can be seen at one moment.

    Attributes:
        headers: its columns from left to right.
        rows: its rows from top to bottom.
        area: the node around the rows.
        scroller_down: the node to scroll for more rows, if there is one.
        scroller_right: the node to scroll for more columns, if there is one.
        left_out: rows that look like rows of it, but are apart from them or have no key.
        moved: texts that are drawn in another row or column than the one whose element they are in.
    """

    headers: list[Header]
    rows: list[Row] = field(default_factory=list)
    area: Node | None = None
    scroller_down: Node | None = None
    scroller_right: Node | None = None
    left_out: list[Row] = field(default_factory=list)
    moved: list[Piece] = field(default_factory=list)


def _row_node(anchor: Piece, anchors: Sequence[Piece], headers: Sequence[Header], width: float) -> Node:
    """Return the element around one row: the smallest that is as wide as most of the header, without another row in it."""
    best = anchor.node
    for node in anchor.node.ancestors():
        if _is_more_than_a_row(node, anchor, anchors, headers):
            break
        best = node
        if _is_whole_row(node, width):
            break
    return best


def _is_more_than_a_row(node: Node, anchor: Piece, anchors: Sequence[Piece], headers: Sequence[Header]) -> bool:
    """Return True if an element around a row's text holds another row, a header, or a table."""
    if any(other is not anchor and other.node.within(node) for other in anchors):
        return True
    if node.tag in FRAME_TAGS or any(header.node.within(node) for header in headers):
        return True
    return node.tag in ("table", "tbody") and node.box.height > _HIGHEST_ROW


def _is_whole_row(node: Node, width: float) -> bool:
    """Return True if an element is as wide as a row is."""
    if node.box.width < _ROW_WIDTH * width:
        return False
    return node.tag == "tr" or node.role == "row" or node.box.width >= _SURE_ROW_WIDTH * width


def _anchors(snapshot: Snapshot, key: Header, headers: Sequence[Header], top: float) -> list[Piece]:
    """Return the texts below the key column's header, one for each row."""
    under = [
        piece
        for piece in snapshot.pieces
        if piece.text
        and piece.text != key.label
        and piece.frame == key.node.frame
        and not piece.cut_off
        and piece.box.shared_width(key.box) > 0
        and cell_box(piece).middle[1] >= top
        and column_of(piece, headers) is key
    ]
    return _one_per_line(under, key)


def _grid_around(headers: Sequence[Header]) -> Node | None:
    """Return the element with the role grid around all headers, or None."""
    first = next(header.node for header in headers if header.label)
    for node in first.ancestors():
        if node.role in _GRID_ROLES:
            return node if all(header.node.within(node) for header in headers if header.label) else None
    return None


def _of_own_grid(anchors: list[Piece], headers: Sequence[Header]) -> list[Piece]:
    """Leave out the texts outside of the headers' grid, unless all are outside: then keep those that are in another grid."""
    grid = _grid_around(headers)
    if grid is None:
        return anchors
    inside = [piece for piece in anchors if piece.node.within(grid)]
    return inside or [piece for piece in anchors if any(one.role in _GRID_ROLES for one in piece.node.ancestors())]


def _one_per_line(anchors: Sequence[Piece], key: Header) -> list[Piece]:
    """Keep one text for each row: further lines and pinned copies are in the same cell or on the same line."""
    kept: list[Piece] = []
    for piece in anchors:
        cell = cell_node(piece.node, key.node)
        for index, other in enumerate(kept):
            same_cell = cell is not None and other.node.within(cell)
            if same_cell or other.box.same_line(piece.box):
                if not same_cell and other.covered and not piece.covered:
                    kept[index] = piece
                break
        else:
            kept.append(piece)
    return kept


def read_grid(
    snapshot: Snapshot,
    headers: Sequence[Header],
    key: str,
    noise: Sequence[str],
    words: Vocabulary,
    totals: Sequence[str] = (),
    turning: Sequence[str] = (),
) -> Grid:
    """Read the rows under a header line.

    Args:
        snapshot: what is seen.
        headers: the header line, as :func:`find_headers` gives it.
        key: the name of the column that every row fills (the person's name).
        noise: folded beginnings of texts that are no row ("kayit bulunamadi", "sayfa").
        words: the portal's abbreviations.
        totals: first words of a row that sums others up ("Toplam").
        turning: words and signs that turn the pages.

    Returns:
        The grid.
    """
    headers = with_cells(snapshot, headers, words)
    band = around([header.box for header in headers])
    key_header = next(header for header in headers if header.column == key)
    top = max(band.y + 4, max(text_bottom(snapshot, header) for header in headers if header.label) - 1)
    other_texts = _OtherTexts(headers, tuple(noise), words.keys(totals), words)
    anchors = [piece for piece in _anchors(snapshot, key_header, headers, top) if not other_texts.sum_up_or_say(piece)]
    anchors = _of_own_grid(anchors, headers)
    grid = Grid(headers)
    lines = [(piece, _row_node(piece, anchors, headers, band.width)) for piece in anchors]
    below = _Below(key, top, band.width, other_texts.are_no_row, PagerLines(forms_of(turning)))
    found = below.without_other_lines(snapshot, in_rows_alike(lines))
    if found:
        _fill(grid, snapshot, found, below)
    else:
        grid.left_out = _rows_by_another_column(snapshot, headers, key_header, below)
    scrollers = find_scrollers(snapshot, headers, grid.rows, key_header.node, band)
    grid.scroller_down, grid.scroller_right = scrollers.down, scrollers.right
    _find_places(grid)
    return grid


@dataclass(frozen=True, slots=True)
class _OtherTexts:
    """Recognizes texts below the headers that are no row: headers repeated, totals, messages of an empty list.

    Attributes:
        headers: the header line.
        noise: folded beginnings of messages.
        totals: folded first words of a row that sums others up.
        words: the portal's abbreviations.
    """

    headers: Sequence[Header]
    noise: tuple[str, ...]
    totals: Collection[str]
    words: Vocabulary

    def sum_up_or_say(self, piece: Piece) -> bool:
        """True for the key column's text of a message, a total or a footer."""
        key = self.words.key(piece.text)
        if key.startswith(self.noise) or _sums_up(key, self.totals):
            return True
        return any(one.tag == "tfoot" for one in piece.node.ancestors())

    def are_no_row(self, piece: Piece) -> bool:
        """True for a text that no row begins with."""
        if any(header.label and header.label == piece.text for header in self.headers):
            return True
        return self.words.key(piece.text).startswith((*self.noise, *self.totals))


@dataclass(frozen=True, slots=True)
class _Below:
    """What the rows below a header line are read by.

    Attributes:
        key: the name of the column that every row fills.
        top: where the headers end, in CSS pixels.
        width: the width of the header line.
        is_no_row: returns True for texts of headers, totals and messages.
        pager_lines: knows the lines that turn the pages.
    """

    key: str
    top: float
    width: float
    is_no_row: Callable[[Piece], bool]
    pager_lines: PagerLines

    def without_other_lines(self, snapshot: Snapshot, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates without a filter's and a pager's line."""
        return self.pager_lines.without(snapshot, without_filter_lines(snapshot, candidates))

    def strays(self, texts: Sequence[tuple[str, Piece]], rows: Sequence[Row]) -> list[Row]:
        """Return the lines of texts between the rows that belong to none of them, without a pager's line."""
        left = [(column, piece) for column, piece in texts if not self.is_no_row(piece)]
        return [row for row in stray_rows(left, rows) if not self.pager_lines.are(_pieces_of(row))]


def _fill(grid: Grid, snapshot: Snapshot, candidates: list[Candidate], below: _Below) -> None:
    """Read the rows of the candidates into the grid, and what may be a row of it but was not read as one."""
    if all(node.box.width >= _ROW_WIDTH * below.width for _, node in candidates):
        keyless = without_key(snapshot, candidates, below.top, below.is_no_row)
        candidates = candidates + below.without_other_lines(snapshot, keyless)
    assigned = assign_rows(snapshot, candidates, grid.headers, below.top)
    choice = choose_rows(snapshot, candidates, grid.headers, assigned.rows)
    grid.rows = [row for row in choice.rows if row.cells.get(below.key)]
    grid.moved = assigned.moved
    grid.left_out = [
        *choice.left_out,
        *(row for row in choice.rows if not row.cells.get(below.key)),
        *below.strays(assigned.strays, grid.rows),
    ]
    if choice.candidates:
        grid.area = common_node(snapshot, [node.parent or node for _, node in choice.candidates])


def _rows_by_another_column(
    snapshot: Snapshot,
    headers: Sequence[Header],
    key: Header,
    below: _Below,
) -> list[Row]:
    """Return the rows of a table in which no row has a text in the key column."""
    for header in headers:
        under = _anchors(snapshot, header, headers, below.top) if header is not key and header.label else []
        anchors = [piece for piece in under if not piece.is_value and not below.is_no_row(piece)]
        found = [(piece, _row_node(piece, anchors, headers, below.width)) for piece in anchors]
        candidates = below.without_other_lines(snapshot, [one for one in found if is_table_row(one[1])])
        if candidates:
            read = assign_rows(snapshot, candidates, headers, below.top).rows
            return choose_rows(snapshot, candidates, headers, read).rows
    return []


def _pieces_of(row: Row) -> Iterator[Piece]:
    return (piece for pieces in row.pieces.values() for piece in pieces)


def _sums_up(key: str, totals: Collection[str]) -> bool:
    """True if a text begins with the whole words of a total, perhaps with a number or a sign behind them."""
    return any(key.startswith(total) and not key[len(total) :].lstrip()[:1].isalpha() for total in totals)


def _find_places(grid: Grid) -> None:
    node = grid.scroller_down
    shift = node.raw["s"][1] - node.box.y if node is not None else 0
    for row in grid.rows:
        row.place = row.box.y + shift
