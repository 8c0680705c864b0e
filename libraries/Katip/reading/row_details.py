"""Read the details of a list's rows: label-value pairs right below a row, which its fold opens.

Some lists move the columns for which the window is too narrow into such details, some show a few columns there only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence

from Katip.reading import forms
from Katip.reading.cells import Row, common_node, is_cell
from Katip.reading.grids import Grid
from Katip.reading.labels import Kind, Label, sign_of
from Katip.reading.nodes import innermost, outermost
from Katip.reading.row_controls import is_in_row
from Katip.reading.snapshot import Node, Piece, Snapshot, around
from Katip.reading.values_by_place import FieldValue
from Katip.turkish import Vocabulary

_SLACK = 2  # CSS pixels


def read_open_details(
    snapshot: Snapshot, grid: Grid, columns: Mapping[str, Label], names: Sequence[str], words: Vocabulary
) -> None:
    """Complete the rows of a grid by the columns that only their open details show.

    Args:
        snapshot: what is seen.
        grid: the grid as it is read from this look; its rows are changed.
        columns: name of each known column to its label.
        names: what a control that opens a row's details is called.
        words: the portal's abbreviations.
    """
    lacking = set(columns) - {header.column for header in grid.headers}
    below = _below_rows(snapshot, grid) if lacking else []
    opened = [(row, found) for row, found in below if _is_open(snapshot, row, names, words)]
    for row, found in opened:
        row.details = tuple(outermost(found))
    if opened:
        _complete_rows(snapshot, [row for row, _ in opened], lacking, columns, words)


def _complete_rows(
    snapshot: Snapshot, rows: Sequence[Row], lacking: Collection[str], columns: Mapping[str, Label], words: Vocabulary
) -> None:
    """Give each row the values that its details show for the columns without a header."""
    for name in sorted(lacking):
        others = [label for column, label in columns.items() if column != name]
        fields = forms.values_of(snapshot, columns[name], others, words)
        for row in rows:
            _complete(snapshot, row, name, [field for field in fields if is_in_details(row, field.anchor)])


def is_in_details(row: Row, node: Node) -> bool:
    """Return True if an element is in the details that are open below a row.

    Args:
        row: the row.
        node: the element.
    """
    return any(node.within(part) for part in row.details)


def columns_of_details(grid: Grid) -> set[str]:
    """Return the columns without a header that every row fills by its open details.

    Args:
        grid: the grid.
    """
    heads = {header.column for header in grid.headers}
    filled = [{name for name, text in row.cells.items() if text} for row in grid.rows]
    return set.intersection(*filled) - heads if filled else set()


def _complete(snapshot: Snapshot, row: Row, name: str, found: Sequence[FieldValue]) -> None:
    """Take the value of a column where the details show exactly one."""
    if len(found) != 1 or found[0].node is None or not found[0].value:
        return
    node = found[0].node
    row.cells[name] = found[0].value
    row.pieces[name] = [piece for piece in snapshot.pieces_in(node.parent or node) if node in piece.runs] or [
        Piece(found[0].value, node.box, node, (node,))
    ]


def _below_rows(snapshot: Snapshot, grid: Grid) -> list[tuple[Row, list[Node]]]:
    """Return each row that has anything between itself and the next one, with the elements there."""
    area = _area_of(snapshot, grid)
    if area is None:
        return []
    rows = sorted(grid.rows, key=lambda row: row.box.y)
    tops = [row.box.y for row in rows]
    ends = [*tops[1:], area.box.bottom]
    found: list[list[Node]] = [[] for _ in rows]
    for node in _elements_below(area, grid):
        at = bisect_right(tops, node.box.y) - 1
        if at >= 0 and rows[at].box.bottom - _SLACK <= node.box.y and node.box.bottom <= ends[at] + _SLACK:
            found[at].append(node)
    return [(row, between) for row, between in zip(rows, found, strict=True) if between]


def _elements_below(area: Node, grid: Grid) -> Iterator[Node]:
    """Yield the elements below the headers that have an extent."""
    heads = around([header.box for header in grid.headers])
    for node in area.walk():
        if node.tag != "#" and node.box.height > 1 and node.box.shared_width(heads) > 0:
            yield node


def _area_of(snapshot: Snapshot, grid: Grid) -> Node | None:
    """Return the element around the rows; around an only row, the one that its details are in too."""
    if not grid.rows:
        return None
    if grid.area is not None and grid.area.tag == "tr":
        return grid.area.parent
    return grid.area or common_node(snapshot, [piece.node for row in grid.rows for piece in _first_texts(row)])


def _first_texts(row: Row) -> list[Piece]:
    return next(iter(row.pieces.values()), [])


def _is_open(snapshot: Snapshot, row: Row, names: Sequence[str], words: Vocabulary) -> bool:
    """True if a control in the row says that it is expanded, or has one of the names: what follows a row may be a group's line."""
    keys = words.keys(names)

    def says_so(node: Node) -> bool:
        if node.tag == "#" or not ("ex" in node.raw or sign_of(node) is not None):
            return False
        return node.raw.get("ex") == 1 or ("ex" not in node.raw and _name_of(snapshot, node, words) in keys)

    return any(says_so(node) and is_in_row(snapshot, row, node) for node in snapshot.nodes)


def _name_of(snapshot: Snapshot, node: Node, words: Vocabulary) -> str:
    return words.key(snapshot.text_of(node) or node.own_name)


def folds_of(snapshot: Snapshot, row: Row, names: Sequence[str], words: Vocabulary) -> list[Node]:
    """Return what opens the details of a row: controls in it that say that they are collapsed, or have one of the names.

    A menu is none, and neither is a control whose own words say what else it does.

    Args:
        snapshot: what is seen; the row is of this look.
        row: the row.
        names: what such a control is called.
        words: the portal's abbreviations.
    """
    keys = words.keys(names)

    def opens(node: Node) -> bool:
        if node.tag == "#" or node.cut_off or "hp" in node.raw or node.is_field or not is_in_row(snapshot, row, node):
            return False
        if sign_of(node) is not None and "ex" not in node.raw and _name_of(snapshot, node, words) in keys:
            return True
        return node.raw.get("ex") == 0 and not _does_more(snapshot, node)

    return innermost([node for node in snapshot.nodes if opens(node)])


def _does_more(snapshot: Snapshot, node: Node) -> bool:
    """True for a control with words, and for what is around more than a control; the words of a cell are its value."""
    if is_cell(node):
        return False
    return sign_of(node) in (None, Kind.HEADING) or any(map(str.isalnum, snapshot.text_of(node)))
