"""Find the collapsed groups of a list: lines between its rows whose own rows are shown only once they are opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from Katip.reading.grids import Grid
from Katip.reading.labels import sign_of
from Katip.reading.list_rows import TABLE_ROLES
from Katip.reading.scrolled_rows import extent
from Katip.reading.series import is_beside
from Katip.reading.snapshot import Node, Snapshot, around

_COLLAPSED_SIGNS: Final = ("▶", "►", "▸", "▹", "⊞", "+", "＋")
_WIDE = 0.6  # of the grid's width


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A collapsed group.

    Attributes:
        label: the words of its line.
        toggle: what to press to open it.
    """

    label: str
    toggle: Node


def closed_groups(snapshot: Snapshot, grid: Grid) -> list[Group]:
    """Return the collapsed groups of a grid from top to bottom.

    A control that opens the details of a row is none: it is part of a row, unless the grid says that it is a tree.

    Args:
        snapshot: what is seen.
        grid: the grid as it is read from this look.
    """
    found: dict[int, Group] = {}
    heads = around([header.box for header in grid.headers])
    for node in _toggles(snapshot):
        line = _line_of(node, _WIDE * heads.width)
        if line is None or line.box.y < heads.bottom - 2 or line.box.shared_width(heads) < _WIDE * heads.width:
            continue
        if _is_part_of(line, node, grid) and not _holds_rows(line, node, grid):
            found.setdefault(line.order, Group(snapshot.text_of(line), _pressed(snapshot, node, line)))
    return [group for _, group in sorted(found.items())]


def _toggles(snapshot: Snapshot) -> Iterator[Node]:
    return (node for node in snapshot.nodes if not node.cut_off and _says_closed(node))


def _says_closed(node: Node) -> bool:
    if node.tag == "#":
        return node.text.strip().startswith(_COLLAPSED_SIGNS)
    return node.raw.get("ex") == 0 and "hp" not in node.raw and not node.is_field


def _line_of(node: Node, width: float) -> Node | None:
    """Return the line that a toggle is on: a row by tag or role, else what is as wide as the list."""
    around_it = [one for one in (node, *node.ancestors()) if one.tag != "#"]
    row = next((one for one in around_it if one.tag in ("tr", "summary") or one.role == "row"), None)
    return row or next((one for one in around_it if one.box.width >= width), None)


def _is_part_of(line: Node, node: Node, grid: Grid) -> bool:
    """True if a line belongs to the list: it is in its table or among its rows, or says by ARIA that it is collapsed and is below it."""
    heads = [header.node for header in grid.headers if header.label]
    if _is_in_table_of(line, heads):
        return sign_of(node) is not None or _reacts_up_to(node, line)
    if _is_between_rows(line, grid):
        return _reacts_up_to(node, line)
    return node.tag != "#" and node.frame == heads[0].frame and is_beside(line.box, extent(grid))


def _is_in_table_of(line: Node, heads: Sequence[Node]) -> bool:
    """True if a line is in the table of one of the headers."""
    table = next((one for one in line.ancestors() if one.tag == "table" or one.role in TABLE_ROLES), None)
    return table is not None and any(head.within(table) for head in heads)


def _is_between_rows(line: Node, grid: Grid) -> bool:
    return grid.area is not None and line.parent is grid.area and line.tag != "table"


def _reacts_up_to(node: Node, line: Node) -> bool:
    """True if a toggle, its line, or an element between them is a control."""
    return any(sign_of(one) is not None for one in _up_to(node, line))


def _up_to(node: Node, line: Node) -> Iterator[Node]:
    yield node
    for one in node.ancestors():
        yield one
        if one is line:
            return


def _holds_rows(line: Node, node: Node, grid: Grid) -> bool:
    """True if the line is a row of the list, or holds some, and the list is no tree."""
    pieces = (piece for row in grid.rows for found in row.pieces.values() for piece in found)
    if not any(piece.node.within(line) for piece in pieces):
        return False
    is_tree = "lv" in line.raw or any(one.role == "treegrid" for one in line.ancestors())
    return not (is_tree and node.tag != "#")


def _pressed(snapshot: Snapshot, node: Node, line: Node) -> Node:
    """Return what to press: the toggle, for a line the sign in it, else its first words."""
    if node is not line:
        return node
    signs = (
        one
        for one in line.walk()
        if one is not line and one.tag != "#" and sign_of(one) is not None and not snapshot.text_of(one).isalnum()
    )
    words = (one for one in line.walk() if one.is_text)
    return next((one for one in signs if one.box.width < line.box.width / 2), next(words, line))
