"""Read a grid by its headers: a value belongs to the header above it, whatever the table is built from.

The header line is where most of the wanted labels are side by side. Rows are what repeats below it; a row is all
that is on one line, and its extent comes from the element around it where there is one. Nothing else is assumed:
native tables, ARIA grids, header and body as tables of their own, one table a row, absolutely placed cells, columns
fixed in a pane of their own are read the same way.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from Katip.reading.cells import Header, Row, another_header, cell_node, common_node, is_cell
from Katip.reading.headers import FRAME_TAGS, text_bottom, with_cells
from Katip.reading.keyless_rows import stray_rows, without_key
from Katip.reading.list_rows import choose_rows, in_rows_alike, is_table_row
from Katip.reading.snapshot import Box, Node, Piece, Snapshot, around
from Katip.turkish import Vocabulary, visible

_WIDEST_SCROLLBAR = 30
_ROW_WIDTH = 0.6  # of the headers' width: a narrower element is a cell, not a row
_CELL_OF_A_ROW = 1.2  # of the row's height: what is higher is more than one of its cells
_MOST_LINES = 3
_CHOOSING = ("seç", "select", "tümünü", "hepsini")


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
    """

    headers: list[Header]
    rows: list[Row] = field(default_factory=list)
    area: Node | None = None
    scroller_down: Node | None = None
    scroller_right: Node | None = None
    left_out: list[Row] = field(default_factory=list)


# --------------------------------------------------------------------------------------------------------- columns


def _cell_box(piece: Piece) -> Box:
    """Return a text's box, cut at the edge of the cell that it overflows."""
    block = next((node for node in (piece.node, *piece.node.ancestors()) if "bl" in node.raw and node.tag != "#"), None)
    if piece.is_value or block is None or block.box.width >= piece.box.width:
        return piece.box
    left = max(piece.box.x, block.box.x)
    return Box(left, piece.box.y, max(min(piece.box.right, block.box.right) - left, 1), piece.box.height)


def _pane_node(node: Node) -> Node | None:
    """Return the element that scrolls a node sideways, or None."""
    for one in node.ancestors():
        scroll = one.raw.get("s")
        if scroll and scroll[2] > scroll[4] + 2 and not _clips_its_words(one, node):
            return one
    return None


def _clips_its_words(scroller: Node, node: Node) -> bool:
    """True if what overflows is only the text of one cell, in up to three lines."""
    texts = list(islice((run for run in scroller.walk() if run.is_text), _MOST_LINES + 1))
    cell = cell_node(node)
    return len(texts) <= 1 or (len(texts) <= _MOST_LINES and cell is not None and scroller.within(cell))


def _pane_of(node: Node) -> float | None:
    """Return the left edge of the pane that scrolls a node sideways, or None."""
    pane = _pane_node(node)
    return None if pane is None else pane.box.x


def _is_scrolled_aside(piece: Piece, middle: float) -> bool:
    """Return True if a text is scrolled sideways out of its pane, for example under a pinned column."""
    pane = _pane_node(piece.node)
    return pane is not None and not pane.box.x - 1 <= middle <= pane.box.right + 1


def _column_of(piece: Piece, headers: Sequence[Header]) -> Header | None:
    """Return the header above a text."""
    box = _cell_box(piece)
    middle = box.middle[0]
    inside = [header for header in headers if header.box.x - 1 <= middle <= header.box.right + 1]
    if len(inside) > 1 and _is_scrolled_aside(piece, middle):
        # Of overlapping headers the one in sight is pinned: what was scrolled under it belongs to the other.
        inside = [header for header in inside if not header.node.in_sight] or inside
    if len(inside) == 1:
        return inside[0]
    if inside:
        return _of_same_pane(piece, box, inside)
    shared = max(headers, key=lambda header: box.shared_width(header.box))
    if box.shared_width(shared.box) > 0:
        return shared
    # A header may be no wider than its words: its column reaches to the next header.
    before = [header for header in headers if header.box.x <= box.x + 2]
    nearest = max(before, key=lambda header: header.box.right, default=None)
    if nearest is None or not nearest.label:
        return None
    return nearest if cell_node(nearest.node, another_header(headers, nearest.node)) is None else None


def _of_same_pane(piece: Piece, box: Box, headers: Sequence[Header]) -> Header:
    """Return, of overlapping columns (fixed over scrolled ones), the one of the same pane and extent."""
    pane = _pane_of(piece.node)
    # A button is a block of its own inside the cell: the cell itself comes first.
    around_it = list(piece.node.ancestors())
    cells = [one for one in around_it if is_cell(one) and not headers[0].node.within(one)]
    blocks = cells or [one for one in around_it if "bl" in one.raw]
    cell = blocks[0].box if blocks else box

    def likeness(header: Header) -> tuple[bool, bool, bool, float]:
        other = _pane_of(header.node)
        same = (pane is None) == (other is None) and (pane is None or other is None or abs(pane - other) < 24)
        alike = abs(cell.x - header.box.x) + abs(cell.right - header.box.right)
        shown = piece.in_sight == header.node.in_sight
        return (same, piece.covered == header.node.covered, shown, -alike)

    return max(headers, key=likeness)


# ------------------------------------------------------------------------------------------------------------ rows


def _row_node(anchor: Piece, anchors: Sequence[Piece], headers: Sequence[Header], width: float) -> Node:
    """The element around one row: the smallest that is as wide as most of the header, without another row in it."""
    best = anchor.node
    for node in anchor.node.ancestors():
        if any(other is not anchor and other.node.within(node) for other in anchors):
            break
        if any(header.node.within(node) for header in headers) or node.tag in FRAME_TAGS:
            break
        if node.tag in ("table", "tbody") and node.box.height > 200:
            break
        best = node
        if node.box.width >= _ROW_WIDTH * width and (
            node.tag == "tr" or node.role == "row" or node.box.width >= 0.9 * width
        ):
            break
    return best


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
        and _cell_box(piece).middle[1] >= top
        and _column_of(piece, headers) is key
    ]
    return _one_per_line(under, key)


def _told_grid(headers: Sequence[Header]) -> Node | None:
    """Return the element with the role grid around all headers; rows outside of it are not its own, unless they are in another grid."""
    first = next(header.node for header in headers if header.label)
    for node in first.ancestors():
        if node.role in _GRID_ROLES:
            return node if all(header.node.within(node) for header in headers if header.label) else None
    return None


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
) -> Grid:
    """Read the rows under a header line.

    Args:
        snapshot: what is seen.
        headers: the header line, as :func:`find_headers` gives it.
        key: the name of the column that every row fills (the person's name).
        noise: folded beginnings of texts that are no row ("kayit bulunamadi", "sayfa").
        words: the portal's abbreviations.
        totals: first words of a row that sums others up ("Toplam").

    Returns:
        The grid.
    """
    headers = with_cells(snapshot, headers, words)
    band = around([header.box for header in headers])
    key_header = next(header for header in headers if header.column == key)
    top = max(band.y + 4, max(text_bottom(snapshot, header) for header in headers if header.label) - 1)
    grid = Grid(headers)
    told = _told_grid(headers)
    anchors = [
        piece
        for piece in _anchors(snapshot, key_header, headers, top)
        if not words.key(piece.text).startswith(tuple(noise))
        and not _sums_up(words.key(piece.text), words.keys(totals))
        and not any(one.tag == "tfoot" for one in piece.node.ancestors())
    ]
    if told is not None:
        anchors = [piece for piece in anchors if piece.node.within(told)] or [
            piece for piece in anchors if any(one.role in _GRID_ROLES for one in piece.node.ancestors())
        ]
    titles = {header.label for header in headers if header.label}
    no_rows = (*noise, *words.keys(totals))

    def is_no_row(piece: Piece) -> bool:
        return piece.text in titles or words.key(piece.text).startswith(no_rows)

    if anchors:
        candidates = in_rows_alike([(piece, _row_node(piece, anchors, headers, band.width)) for piece in anchors])
        if all(node.box.width >= _ROW_WIDTH * band.width for _, node in candidates):
            candidates += without_key(snapshot, candidates, top, is_no_row)
        strays: list[tuple[str, Piece]] = []
        choice = choose_rows(snapshot, candidates, headers, _rows(snapshot, candidates, headers, top, strays))
        grid.rows = [row for row in choice.rows if row.cells.get(key)]
        grid.left_out = [*choice.left_out, *(row for row in choice.rows if not row.cells.get(key))]
        grid.left_out += stray_rows([(column, piece) for column, piece in strays if not is_no_row(piece)], grid.rows)
        if choice.candidates:
            grid.area = common_node(snapshot, [node.parent or node for _, node in choice.candidates])
    else:
        grid.left_out = _rows_by_another_column(snapshot, headers, key_header, top, is_no_row)
    _find_scrollers(snapshot, grid, key_header.node, band)
    _find_places(grid)
    return grid


def _rows_by_another_column(
    snapshot: Snapshot,
    headers: Sequence[Header],
    key: Header,
    top: float,
    is_no_row: Callable[[Piece], bool],
) -> list[Row]:
    """Return the rows of a table in which no row has a text in the key column."""
    for header in headers:
        under = _anchors(snapshot, header, headers, top) if header is not key and header.label else []
        anchors = [piece for piece in under if not piece.is_value and not is_no_row(piece)]
        width = around([one.box for one in headers]).width
        found = [(piece, _row_node(piece, anchors, headers, width)) for piece in anchors]
        candidates = [(piece, node) for piece, node in found if is_table_row(node)]
        if candidates:
            return choose_rows(snapshot, candidates, headers, _rows(snapshot, candidates, headers, top, [])).rows
    return []


def _sums_up(key: str, totals: Collection[str]) -> bool:
    """True if a text begins with the whole words of a total, perhaps with a number or a sign behind them."""
    return any(key.startswith(total) and not key[len(total) :].lstrip()[:1].isalpha() for total in totals)


def _rows(
    snapshot: Snapshot,
    found: Sequence[tuple[Piece, Node]],
    headers: Sequence[Header],
    top: float,
    strays: list[tuple[str, Piece]],
) -> list[Row]:
    """Assign every text to the row in or beside whose element it is, and to the column below whose header it is; else to the strays."""
    root = common_node(snapshot, [*(node for _, node in found), *(header.node for header in headers)])
    bands = [node.box if node.box.height >= piece.box.height else piece.box for piece, node in found]
    rows = [Row({}, {}, _is_selected(node), None, band.y, band) for (_, node), band in zip(found, bands, strict=True)]
    line = _Lines(found, bands, headers[0].node)
    frame = found[0][0].frame
    heads = {run.order for header in headers for run in header.node.walk()}
    for piece in snapshot.pieces_in(root) if root else snapshot.pieces:
        if not piece.text or piece.cut_off or piece.box.bottom < top or piece.node.order in heads:
            continue
        on = line.all_of(piece.node, piece.box, same_frame=piece.frame == frame)
        column = _column_of(piece, headers)
        if column is not None and column.column:
            for index in on:
                rows[index].pieces.setdefault(column.column, []).append(piece)
            if not on:
                strays.append((column.column, piece))
    for node in root.walk() if root else snapshot.nodes:
        if node.checkable and _selects(node, headers):
            at = line.of(node, node.box, same_frame=node.frame == frame)
            if at is not None and rows[at].check is None:
                rows[at].check = node
                rows[at].selected = rows[at].selected or node.selected
    for row in rows:
        row.cells = {column: _cell_text(pieces) for column, pieces in row.pieces.items()}
    return rows


class _Lines:
    """Finds the row that something is on a line with."""

    def __init__(self, found: Sequence[tuple[Piece, Node]], bands: Sequence[Box], header: Node) -> None:
        self._bands = bands
        self._header = header
        self._nodes = [node for _, node in found]
        self._in_order = sorted(range(len(found)), key=lambda index: self._nodes[index].order)
        self._orders = [self._nodes[index].order for index in self._in_order]
        self._scrollers = [_scroller_of(node) for node in self._nodes]

    def all_of(self, node: Node, box: Box, *, same_frame: bool) -> list[int]:
        """All rows that a text belongs to: several where its cell reaches over them."""
        cell = cell_node(node, self._header)
        index = self.of(node, box, same_frame=same_frame)
        if cell is None or index is None or cell.box.height < 1.6 * self._bands[index].height:
            return [] if index is None else [index]
        reached = [at for at, band in enumerate(self._bands) if cell.box.y <= band.middle[1] <= cell.box.bottom]
        return reached or [index]

    def of(self, node: Node, box: Box, *, same_frame: bool) -> int | None:
        """Return the row in or beside whose element something is."""
        at = bisect_right(self._orders, node.order) - 1
        if at >= 0 and node.within(self._nodes[self._in_order[at]]):
            return self._in_order[at]
        middle = box.middle[1]
        if not same_frame:
            return None
        near = [index for index, band in enumerate(self._bands) if band.y - 1 <= middle <= band.bottom + 1]
        if _scroller_of(node) is None:
            near = [index for index in near if self._is_shown_at(index, middle)]
        return min(near, key=lambda index: abs(self._bands[index].middle[1] - middle), default=None)

    def _is_shown_at(self, index: int, y: float) -> bool:
        """False if the row is cut off at that height: what is there is outside of the rows' scrolled area."""
        scroller = self._scrollers[index]
        return scroller is None or scroller.box.y - 1 <= y <= scroller.box.bottom + 1


def _scroller_of(node: Node) -> Node | None:
    return next((one for one in node.ancestors() if "s" in one.raw), None)


def _is_selected(node: Node) -> bool:
    around_it = [one for one in node.ancestors() if one.role in ("row", "option")][:1]
    inside = (one for one in node.walk() if not one.checkable)
    return any(one.selected for one in around_it) or any(one.selected for one in inside)


def _selects(node: Node, headers: Sequence[Header]) -> bool:
    """True if a box selects its row: it is in a column of its own, whose header has no other meaning."""
    if node.input_type == "radio" or node.role == "radio":
        return True
    middle = node.box.middle[0]
    column = next((header for header in headers if header.box.x <= middle <= header.box.right), None)
    return (
        column is None
        or not column.label
        or column.label.casefold().startswith(_CHOOSING)
        or not any(map(str.isalnum, column.label))
    )


def _cell_text(pieces: Sequence[Piece]) -> str:
    """The words of one cell: its lines joined, what a fixed copy repeats said once."""
    told: list[Piece] = []
    for piece in pieces:
        if not any(piece.text == other.text and piece.box.same_line(other.box) for other in told):
            told.append(piece)
    return visible(" ".join(piece.text for piece in told))


# ------------------------------------------------------------------------------------------------------- scrolling


def _find_scrollers(snapshot: Snapshot, grid: Grid, start: Node, band: Box) -> None:
    """Return the scroll containers of the rows: around them or, for fixed columns in separate panes, beside them."""
    if grid.rows:
        start = next(iter(grid.rows[0].pieces.values()))[0].node
        extent = around([row.box for row in grid.rows])
    else:
        extent = Box(band.x, band.bottom, band.width, 100)
    around_it = list(start.ancestors())
    root = common_node(snapshot, [start, *(header.node for header in grid.headers)])
    beside = [node for node in (root.walk() if root else ()) if "s" in node.raw and node.box.shared_height(extent) > 0]
    beside.sort(key=lambda node: -node.box.area)
    for node in _once([*around_it, *beside]):
        if "s" not in node.raw or _is_clipped_cell(node, grid):
            continue
        wide = node.box.shared_width(band) >= 0.2 * band.width
        _, _, full_width, full_height, seen_width, seen_height = node.raw["s"]
        if (
            grid.scroller_down is None
            and full_height > seen_height + 2
            and "sv" not in node.raw
            and node.box.shared_height(extent) > 0
            and (wide or _is_scrollbar(node, extent))
        ):
            grid.scroller_down = node
        if grid.scroller_right is None and wide and full_width > seen_width + 2:
            grid.scroller_right = node


def _is_clipped_cell(node: Node, grid: Grid) -> bool:
    """True if what overflows is the text of one cell: no higher than a row, and over one column at most."""
    if not grid.rows or node.box.height > _CELL_OF_A_ROW * grid.rows[0].box.height:
        return False
    return len(grid.headers) > 1 and sum(node.box.x <= one.box.middle[0] <= node.box.right for one in grid.headers) <= 1


def _is_scrollbar(node: Node, rows: Box) -> bool:
    """True for a strip along the rows that only scrolls them: some toolkits draw the scrollbar as an element of its own."""
    return node.box.width <= _WIDEST_SCROLLBAR and node.box.shared_height(rows) > 0.6 * node.box.height


def _once(nodes: Iterable[Node]) -> list[Node]:
    return list({id(node): node for node in nodes}.values())


def _find_places(grid: Grid) -> None:
    node = grid.scroller_down
    shift = node.raw["s"][1] - node.box.y if node is not None else 0
    for row in grid.rows:
        row.place = row.box.y + shift
