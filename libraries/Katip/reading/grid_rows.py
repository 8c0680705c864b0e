"""Assign the texts of a grid to its rows and columns, and find the box that selects each row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from Katip.reading.cells import Header, Row, cell_node, common_node
from Katip.reading.drawn_places import is_moved_away
from Katip.reading.grid_columns import column_of
from Katip.reading.list_rows import Candidate
from Katip.reading.nodes import in_drawn_order
from Katip.reading.snapshot import Box, Node, Piece, Snapshot
from Katip.turkish import visible

_CHOOSING = ("seç", "select", "tümünü", "hepsini")


@dataclass(frozen=True, slots=True)
class Assigned:
    """The texts under a header line.

    Attributes:
        rows: one row for each candidate, in the same order.
        strays: texts that belong to no row, with the names of their columns.
        moved: texts that are drawn in another row or column than the one whose element they are in.
    """

    rows: list[Row]
    strays: list[tuple[str, Piece]]
    moved: list[Piece]


def assign_rows(snapshot: Snapshot, found: Sequence[Candidate], headers: Sequence[Header], top: float) -> Assigned:
    """Assign every text to the row in or beside whose element it is, and to the column below whose header it is; else to the strays.

    Args:
        snapshot: what is seen.
        found: the key column's text and the element of each row.
        headers: the header line.
        top: where the headers end, in CSS pixels.
    """
    root = common_node(snapshot, [*(node for _, node in found), *(header.node for header in headers)])
    rows = [_empty_row(piece, node) for piece, node in found]
    lines = _Lines(found, [row.box for row in rows], headers[0].node)
    texts = list(_texts_below(snapshot, root, headers, top))
    strays = _assign_texts(texts, headers, lines, rows)
    moved = [piece for piece in texts if lines.is_moved_away(piece)]
    _assign_boxes(root.walk() if root else snapshot.nodes, headers, lines, rows)
    for row in rows:
        row.cells = {column: _cell_text(texts) for column, texts in row.pieces.items()}
    return Assigned(rows, strays, moved)


def _empty_row(piece: Piece, node: Node) -> Row:
    """Return the row of an element before its texts are assigned; a text that overflows its element is the row's extent."""
    band = node.box if node.box.height >= piece.box.height else piece.box
    return Row({}, {}, _is_selected(node), None, band.y, band)


def _texts_below(snapshot: Snapshot, root: Node | None, headers: Sequence[Header], top: float) -> Iterator[Piece]:
    """Yield the readable texts of the grid that do not end above the rows and are not part of a header."""
    heads = {run.order for header in headers for run in header.node.walk()}
    for piece in snapshot.pieces_in(root) if root else snapshot.pieces:
        if not piece.text or piece.cut_off or piece.box.bottom < top or piece.node.order in heads:
            continue
        yield piece


def _assign_texts(
    pieces: Iterable[Piece], headers: Sequence[Header], lines: _Lines, rows: Sequence[Row]
) -> list[tuple[str, Piece]]:
    """Put each text into its row, and return those that belong to none, with the names of their columns."""
    strays: list[tuple[str, Piece]] = []
    for piece in pieces:
        column = column_of(piece, headers)
        if column is None or not column.column:
            continue
        on = lines.all_of(piece.node, piece.box)
        for index in on:
            rows[index].pieces.setdefault(column.column, []).append(piece)
        if not on:
            strays.append((column.column, piece))
    return strays


def _assign_boxes(nodes: Iterable[Node], headers: Sequence[Header], lines: _Lines, rows: Sequence[Row]) -> None:
    """Assign each row the first box on its line that selects it."""
    for node in nodes:
        if not node.checkable or not _selects(node, headers):
            continue
        at = lines.of(node, node.box)
        if at is not None and rows[at].check is None:
            rows[at].check = node
            rows[at].selected = rows[at].selected or node.selected


class _Lines:
    """The rows of a grid, found by the line that something is on."""

    def __init__(self, found: Sequence[Candidate], bands: Sequence[Box], header: Node) -> None:
        self._bands = bands
        self._frame = found[0][0].frame
        self._header = header
        self._nodes = [node for _, node in found]
        self._in_order = sorted(range(len(found)), key=lambda index: self._nodes[index].order)
        self._orders = [self._nodes[index].order for index in self._in_order]
        self._scrollers = [_scroller_of(node) for node in self._nodes]

    def all_of(self, node: Node, box: Box) -> list[int]:
        """Return all rows that a text belongs to: several where its cell spans them."""
        cell = cell_node(node, self._header)
        index = self.of(node, box)
        if cell is None or index is None or cell.box.height < 1.6 * self._bands[index].height:
            return [] if index is None else [index]
        reached = [at for at, band in enumerate(self._bands) if cell.box.y <= band.middle[1] <= cell.box.bottom]
        return reached or [index]

    def is_moved_away(self, piece: Piece) -> bool:
        """True if a text is drawn on the line of another row than the one whose element it is in, or out of its cell."""
        index = self._around(piece.node)
        return index is not None and is_moved_away(piece, self._bands[index], self._bands, self._header)

    def _around(self, node: Node) -> int | None:
        """Return the row in whose element something is."""
        at = bisect_right(self._orders, node.order) - 1
        return self._in_order[at] if at >= 0 and node.within(self._nodes[self._in_order[at]]) else None

    def of(self, node: Node, box: Box) -> int | None:
        """Return the row in or beside whose element something is."""
        inside = self._around(node)
        if inside is not None:
            return inside
        if node.frame != self._frame:
            return None
        middle = box.middle[1]
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
    place = (cell_node(node, headers[0].node) or node).box
    over = [header for header in headers if header.box.x <= middle <= header.box.right]
    # Under the header of a pinned column lie those of the columns that are scrolled below it.
    column = min(
        over, key=lambda header: abs(header.box.x - place.x) + abs(header.box.right - place.right), default=None
    )
    return (
        column is None
        or not column.label
        or column.label.casefold().startswith(_CHOOSING)
        or not any(map(str.isalnum, column.label))
    )


def _cell_text(pieces: Sequence[Piece]) -> str:
    """Return the words of one cell: its lines joined, a text that a fixed copy repeats only once."""
    shown: list[Piece] = []
    for piece in pieces:
        if not any(piece.text == other.text and piece.box.same_line(other.box) for other in shown):
            shown.append(piece)
    return visible(" ".join(piece.text for piece in in_drawn_order(shown, lambda piece: piece.box)))
