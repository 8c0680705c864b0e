"""What the modules that read grids share: a column's header, a row, and which elements are cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from Katip.reading.snapshot import Box, Node, Piece, Snapshot

_CELL_TAGS = frozenset({"td", "th"})
_CELL_ROLES = frozenset({"cell", "gridcell", "columnheader", "rowheader"})


@dataclass(frozen=True, slots=True, eq=False)
class Header:
    """One column's header.

    Attributes:
        column: the column's name, or the label itself where the column is not known.
        label: the label as seen.
        box: the header cell.
        node: the header's node.
    """

    column: str
    label: str
    box: Box
    node: Node


@dataclass(slots=True, eq=False)
class Row:
    """One row of a grid, as values by column.

    Attributes:
        cells: the text under each header, by the column's name.
        pieces: the texts' places.
        selected: True if the row is marked as selected or its box is checked.
        check: the row's check box or radio button, if it has one.
        place: its distance from the top of the scrolled content, in CSS pixels.
        box: the row's extent.
        details: what lies open right below it, if columns are read there.
    """

    cells: dict[str, str]
    pieces: dict[str, list[Piece]]
    selected: bool
    check: Node | None
    place: float
    box: Box
    details: tuple[Node, ...] = ()


def is_cell(node: Node) -> bool:
    """True for an element that is a cell by its tag or role."""
    return node.tag in _CELL_TAGS or node.role in _CELL_ROLES


def cell_node(node: Node, apart: Node | None = None) -> Node | None:
    """Return the cell that a node is or is part of, or None.

    Args:
        node: the node.
        apart: a node of the list that is in another cell, such as a header: a cell around both is one of the page's
            layout, in which the whole list is.
    """
    cell = next((one for one in [node, *node.ancestors()] if is_cell(one)), None)
    return None if cell is not None and apart is not None and apart.within(cell) else cell


def another_header(headers: Sequence[Header], node: Node) -> Node | None:
    """Return the node of a header that is not the given node's own, or None."""
    return next((header.node for header in headers if not node.within(header.node)), None)


def common_node(snapshot: Snapshot, nodes: Sequence[Node]) -> Node | None:
    """Return the smallest node around all nodes, or None."""
    meeting: Node | None = nodes[0]
    for node in nodes[1:]:
        meeting = snapshot.common(meeting, node) if meeting else None
    return meeting
