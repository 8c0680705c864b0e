"""Find the scroll containers of a grid's rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from Katip.reading.cells import Header, Row, common_node
from Katip.reading.snapshot import Box, Node, Snapshot, around

_WIDEST_SCROLLBAR = 30  # CSS pixels
_CELL_OF_A_ROW = 1.2  # of the row's height: what is higher is more than one of its cells
_HIDDEN = 2  # CSS pixels: what hides less is a rounding difference
_WIDE = 0.2  # of the headers' width: what shares less is beside the rows


@dataclass(frozen=True, slots=True)
class Scrollers:
    """The scroll containers of the rows.

    Attributes:
        down: the node to scroll for more rows, if there is one.
        right: the node to scroll for more columns, if there is one.
    """

    down: Node | None
    right: Node | None


def find_scrollers(
    snapshot: Snapshot, headers: Sequence[Header], rows: Sequence[Row], start: Node, band: Box
) -> Scrollers:
    """Find the scroll containers: around the rows or, for fixed columns in separate panes, beside them.

    Args:
        snapshot: what is seen.
        headers: the header line.
        rows: the rows that were read.
        start: a header's node, to look from where there is no row.
        band: the extent of the header line.
    """
    if rows:
        start = next(iter(rows[0].pieces.values()))[0].node
    extent = around([row.box for row in rows]) if rows else Box(band.x, band.bottom, band.width, 100)
    found = [node for node in _scrolling(snapshot, headers, start, extent) if not _is_clipped_cell(node, headers, rows)]
    right = sorted(
        (node for node in found if _scrolls_right(node, band)), key=lambda node: "sh" in node.raw
    )  # by hand first
    return Scrollers(
        next((node for node in found if _scrolls_down(node, extent, band)), None),
        next(iter(right), None),
    )


def _scrolling(snapshot: Snapshot, headers: Sequence[Header], start: Node, extent: Box) -> Iterator[Node]:
    """Yield what scrolls around the rows, then what scrolls beside them, the largest first."""
    root = common_node(snapshot, [start, *(header.node for header in headers)])
    inside = [node for node in (root.walk() if root else ()) if "s" in node.raw]
    beside = [node for node in inside if node.box.shared_height(extent) > 0 or _is_strip_below(node, extent)]
    beside.sort(key=lambda node: -node.box.area)
    return (node for node in _once([*start.ancestors(), *beside]) if "s" in node.raw)


def _is_wide(node: Node, band: Box) -> bool:
    return node.box.shared_width(band) >= _WIDE * band.width


def _scrolls_down(node: Node, extent: Box, band: Box) -> bool:
    """Return True if more rows can be scrolled into sight with it."""
    _, _, _, full_height, _, seen_height = node.raw["s"]
    if full_height <= seen_height + _HIDDEN or "sv" in node.raw or node.box.shared_height(extent) <= 0:
        return False
    return _is_wide(node, band) or _is_scrollbar(node, extent)


def _scrolls_right(node: Node, band: Box) -> bool:
    """Return True if more columns can be scrolled into sight with it."""
    _, _, full_width, _, seen_width, _ = node.raw["s"]
    return _is_wide(node, band) and full_width > seen_width + _HIDDEN


def _is_clipped_cell(node: Node, headers: Sequence[Header], rows: Sequence[Row]) -> bool:
    """True if what overflows is the text of one cell: no higher than a row, and over one column at most; a bare bar holds none."""
    if not rows or not node.children or node.box.height > _CELL_OF_A_ROW * rows[0].box.height:
        return False
    return len(headers) > 1 and sum(node.box.x <= one.box.middle[0] <= node.box.right for one in headers) <= 1


def _is_scrollbar(node: Node, rows: Box) -> bool:
    """True for a strip along the rows that only scrolls them: some toolkits draw the scrollbar as an element of its own."""
    return node.box.width <= _WIDEST_SCROLLBAR and node.box.shared_height(rows) > 0.6 * node.box.height


def _is_strip_below(node: Node, rows: Box) -> bool:
    """True for a low strip below the rows: some toolkits draw the scrollbar to the right as an element of its own."""
    return node.box.height <= _WIDEST_SCROLLBAR and node.box.y >= rows.bottom - _HIDDEN


def _once(nodes: Iterable[Node]) -> list[Node]:
    return list({id(node): node for node in nodes}.values())
