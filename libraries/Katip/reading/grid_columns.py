"""Find the column that a text of a grid belongs to: the header above it, or the one of the same pane."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from Katip.reading.cells import Header, another_header, cell_node, is_cell
from Katip.reading.snapshot import Box, Node, Piece

_MOST_LINES = 3
_SAME_PANE = 24  # CSS pixels between the left edges of a pane of headers and of its pane of rows


def cell_box(piece: Piece) -> Box:
    """Return a text's box, cut at the edge of the cell that it overflows.

    Args:
        piece: the text.
    """
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


def column_of(piece: Piece, headers: Sequence[Header]) -> Header | None:
    """Return the header above a text, or None.

    Args:
        piece: the text.
        headers: the header line.
    """
    box = cell_box(piece)
    headers = _headers_beside(piece, headers)
    above = _headers_above(piece, box.middle[0], headers)
    if len(above) == 1:
        return above[0]
    if above:
        return _of_same_pane(piece, box, above)
    shared = max(headers, key=lambda header: box.shared_width(header.box))
    return shared if box.shared_width(shared.box) > 0 else _header_before(box, headers)


def _headers_beside(piece: Piece, headers: Sequence[Header]) -> Sequence[Header]:
    """Return the headers that a text in sight can be below: none of another pane that is out of sight, unless all are."""
    hidden = [header for header in headers if not header.node.in_sight]
    if not hidden or not piece.in_sight:
        return headers
    pane = _pane_of(piece.node)
    apart = [header for header in hidden if not _is_same_pane(pane, _pane_of(header.node))]
    return [header for header in headers if header not in apart] or headers


def _headers_above(piece: Piece, middle: float, headers: Sequence[Header]) -> list[Header]:
    """Return the headers above the middle of a text: several where they overlap."""
    above = [header for header in headers if header.box.x - 1 <= middle <= header.box.right + 1]
    if len(above) > 1 and _is_scrolled_aside(piece, middle):
        # Of overlapping headers the one in sight is pinned: what was scrolled under it belongs to the other.
        return [header for header in above if not header.node.in_sight] or above
    return above


def _header_before(box: Box, headers: Sequence[Header]) -> Header | None:
    """Return the nearest header to the left: a header may be no wider than its words, while its column reaches to the next one."""
    before = [header for header in headers if header.box.x <= box.x + 2]
    nearest = max(before, key=lambda header: header.box.right, default=None)
    if nearest is None or not nearest.label:
        return None
    return nearest if cell_node(nearest.node, another_header(headers, nearest.node)) is None else None


def _of_same_pane(piece: Piece, box: Box, headers: Sequence[Header]) -> Header:
    """Return, of overlapping columns (fixed over scrolled ones), the one of the same pane and extent."""
    pane = _pane_of(piece.node)
    cell = _cell_around(piece, box, headers[0])

    def likeness(header: Header) -> tuple[bool, bool, bool, float]:
        alike = abs(cell.x - header.box.x) + abs(cell.right - header.box.right)
        shown = piece.in_sight == header.node.in_sight
        return (_is_same_pane(pane, _pane_of(header.node)), piece.covered == header.node.covered, shown, -alike)

    return max(headers, key=likeness)


def _cell_around(piece: Piece, box: Box, header: Header) -> Box:
    """Return the extent of the cell around a text, else of the block around it, else of the text."""
    # A button is a block of its own inside the cell: the cell itself comes first.
    around_it = list(piece.node.ancestors())
    cells = [one for one in around_it if is_cell(one) and not header.node.within(one)]
    blocks = cells or [one for one in around_it if "bl" in one.raw]
    return blocks[0].box if blocks else box


def _is_same_pane(one: float | None, other: float | None) -> bool:
    """Return True if both left edges are of the same pane, or neither is in a pane."""
    if one is None or other is None:
        return one is other
    return abs(one - other) < _SAME_PANE
