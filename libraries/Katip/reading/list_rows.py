"""Choose the rows of a list among all lines below its headers.

Opened details, tables inside them, group headers and subtotals are between the rows. A row has values of its own in
at least two columns: in cells that do not span several columns, or, where nothing says what a cell is, aligned with
the other rows. Lines of a table inside the list are no rows of the list while the list has rows outside that table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from Katip.reading.cells import Header, Row, is_cell
from Katip.reading.snapshot import Box, Node, Piece, Snapshot, around

Candidate = tuple[Piece, Node]

TABLE_ROLES = frozenset({"table", "grid", "treegrid"})
_SAME_EDGE = 1.5  # CSS pixels
_LABELLED = re.compile(r"[^:]{2,40}:\s*\S")  # "Süre: 480" is a detail with a label of its own
_LEAST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class RowSelection:
    """Which candidates are rows of the list.

    Attributes:
        candidates: the chosen candidates from top to bottom.
        rows: the row of each.
        left_out: rows that look like the chosen ones, but are apart from them.
    """

    candidates: list[Candidate]
    rows: list[Row]
    left_out: list[Row]


@dataclass(frozen=True, slots=True)
class _Kind:
    """Candidates of the same tag at the same depth, those left that are rows.

    Attributes:
        candidates: the candidates from top to bottom.
        rows: what was read of each.
    """

    candidates: list[Candidate]
    rows: list[Row]

    @property
    def table_rows(self) -> list[Row]:
        """Those that are rows by tag or role."""
        pairs = zip(self.candidates, self.rows, strict=True)
        return [row for (_, node), row in pairs if _table_of(node) is not None]

    def divided_by(self, kept: Sequence[Candidate]) -> tuple[list[Row], list[Row]]:
        """Return the rows of the candidates that are kept, and those of the others."""
        taken = {id(node) for _, node in kept}
        pairs = [(id(node) in taken, row) for (_, node), row in zip(self.candidates, self.rows, strict=True)]
        return [row for is_taken, row in pairs if is_taken], [row for is_taken, row in pairs if not is_taken]

    @property
    def depth(self) -> int:
        """How deep in the page the candidates are."""
        return sum(1 for _ in self.candidates[0][1].ancestors())


def choose_rows(
    snapshot: Snapshot,
    candidates: Sequence[Candidate],
    headers: Sequence[Header],
    rows: Sequence[Row],
) -> RowSelection:
    """Choose the rows of the list that the headers belong to.

    Args:
        snapshot: what is seen.
        candidates: the key column's text and the element of each line under the headers.
        headers: the header line.
        rows: what was read of each candidate.

    Returns:
        The chosen candidates from top to bottom, the row of each, and the rows that were left out though they look like the chosen ones.
    """
    groups = _by_kind(zip(candidates, rows, strict=True))
    kinds = [kind for group in groups if (kind := _rows_among(group, headers)) is not None]
    outer = [kind for kind in kinds if not any(_is_inside(kind, other) for other in kinds)]
    if not outer:
        return RowSelection([], [], [])
    chosen = max(outer, key=lambda kind: (len(kind.rows), -kind.candidates[0][1].box.y))
    kept = _until_gap(snapshot, _in_one_home(snapshot, chosen.candidates))
    inside, apart = chosen.divided_by(kept)
    others = (row for kind in outer if kind is not chosen for row in kind.table_rows)
    return RowSelection(kept, inside, [*apart, *others])


def in_rows_alike(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates, each in a table row where others are in one at the same depth.

    The element around the only row of a table of its own is the table; a table with a group's header has more rows.

    Args:
        candidates: the key column's text and the element of each line under the headers.
    """
    kinds = {_kind_of(node) for _, node in candidates if _is_row(node)}

    def row_of(piece: Piece, node: Node) -> Node:
        inside = (one for one in piece.node.ancestors() if one is not node and one.within(node))
        return next((one for one in inside if _is_row(one) and _kind_of(one) in kinds), node)

    return [(piece, node if _is_row(node) else row_of(piece, node)) for piece, node in candidates]


def _is_row(node: Node) -> bool:
    return node.tag == "tr" or node.role == "row"


def _kind_of(node: Node) -> tuple[str, int]:
    return node.tag, sum(1 for _ in node.ancestors())


def _by_kind(read: Iterable[tuple[Candidate, Row]]) -> list[list[tuple[Candidate, Row]]]:
    groups: dict[tuple[str, int], list[tuple[Candidate, Row]]] = {}
    for candidate, row in read:
        node = candidate[1]
        groups.setdefault(_kind_of(node), []).append((candidate, row))
    return [sorted(group, key=lambda one: one[0][1].box.y) for group in groups.values()]


def _rows_among(group: Sequence[tuple[Candidate, Row]], headers: Sequence[Header]) -> _Kind | None:
    """The candidates that are rows; None if none is."""
    columns = {header.column for header in headers if header.column}
    least = min(_LEAST_COLUMNS, len(columns))
    edges = _Edges(row for _, row in group if len(_filled(row)) >= least)
    kept = [
        (candidate, row)
        for candidate, row in group
        if sum(_is_value(piece, candidate[1], column, headers, edges) for column, piece in _filled(row).items())
        >= least
    ]
    return _Kind([candidate for candidate, _ in kept], [row for _, row in kept]) if kept else None


def _filled(row: Row) -> dict[str, Piece]:
    """The first text of each column that has any."""
    return {column: pieces[0] for column, pieces in row.pieces.items() if pieces and row.cells.get(column)}


def _is_value(piece: Piece, row: Node, column: str, headers: Sequence[Header], edges: _Edges) -> bool:
    """True if a text is a value of its column alone."""
    cells = [one for one in (piece.node, *piece.node.ancestors()) if is_cell(one) and one.within(row)]
    if cells:
        return not any(_spans(cell.box, headers) for cell in cells)
    beside = next((one for one in piece.node.ancestors() if is_cell(one)), None)
    if beside is not None and not piece.node.within(row) and not headers[0].node.within(beside):
        return not _spans(beside.box, headers)
    return not _LABELLED.match(piece.text) and edges.align(column, piece.box)


def _spans(cell: Box, headers: Sequence[Header]) -> bool:
    """True if a cell reaches over several columns that lie beside each other."""
    under = [
        header.box for header in headers if header.label and cell.shared_width(header.box) > 0.6 * header.box.width
    ]
    return len(under) > 1 and sum(box.width for box in under) <= 1.2 * min(around(under).width, cell.width)


class _Edges:
    """At which edge the texts of each column are aligned: the left, the right or the middle that most rows share."""

    def __init__(self, rows: Iterator[Row]) -> None:
        boxes: dict[str, list[Box]] = {}
        for row in rows:
            for column, piece in _filled(row).items():
                boxes.setdefault(column, []).append(piece.box)
        self._shared = {column: list(_shared_edges(found)) for column, found in boxes.items()}

    def align(self, column: str, box: Box) -> bool:
        """True if a text begins, ends or is centred where the column's texts are."""
        return any(abs(measure(box) - edge) <= _SAME_EDGE for measure, edge in self._shared.get(column, ()))


_Measure = Callable[[Box], float]
_MEASURES: tuple[_Measure, ...] = (lambda box: box.x, lambda box: box.right, lambda box: box.middle[0])


def _shared_edges(boxes: Sequence[Box]) -> Iterator[tuple[_Measure, float]]:
    """The edges that the most texts of a column share; of several the first, as a detail is below its row."""
    best = [(measure, *_most_common([measure(box) for box in boxes])) for measure in _MEASURES]
    most = max(count for _, _, count in best)
    return ((measure, edge) for measure, edge, count in best if count == most)


def _most_common(edges: Sequence[float]) -> tuple[float, int]:
    """The edge that the most others are near to, the first of several, and how many are."""
    near = [sum(abs(edge - other) <= _SAME_EDGE for other in edges) for edge in edges]
    return edges[near.index(max(near))], max(near)


def _is_inside(inner: _Kind, outer: _Kind) -> bool:
    """True if one kind's candidates are nested in the element that holds the other kind's rows, below the first of these."""
    if inner is outer or inner.depth <= outer.depth or inner.candidates[0][1].box.y < outer.candidates[0][1].box.y:
        return False
    home = _home(outer.candidates)
    return home is not None and any(node.within(home) for _, node in inner.candidates)


def _home(candidates: Sequence[Candidate]) -> Node | None:
    """The smallest element that holds the first row and another; around an only row, its parent."""
    for one in candidates[0][1].ancestors():
        if len(candidates) == 1 or sum(node.within(one) for _, node in candidates) > 1:
            return one
    return None


def _in_one_home(snapshot: Snapshot, rows: list[Candidate]) -> list[Candidate]:
    """The rows in the first row's home, and in elements of the same kind that follow it closely."""
    home = _home(rows)
    if home is None or len(rows) == 1:
        return rows
    inside = [row for row in rows if row[1].within(home)]
    alike = _blocks_alike(rows, home, len(inside))
    for row in rows:
        last = inside[-1][1]
        if _in_one_table(last, row[1]) or (
            any(row[1].within(one) for one in alike) and _follows_closely(snapshot, last, row[1])
        ):
            inside.append(row)
    return inside


def _blocks_alike(rows: Sequence[Candidate], home: Node, count: int) -> list[Node]:
    """The elements beside the largest one that holds the same rows as the home, and of its tag."""
    block = home
    while block.parent is not None and sum(row[1].within(block.parent) for row in rows) == count:
        block = block.parent
    beside = block.parent.children if block.parent is not None else ()
    return [one for one in beside if one.tag == block.tag and one is not block]


def _follows_closely(snapshot: Snapshot, before: Node, after: Node) -> bool:
    """True if a row is below another, with less than most of a row's height empty between them."""
    return after.box.y - before.box.bottom >= -2 and _gap(snapshot, before, after) < 0.6 * before.box.height


def _until_gap(snapshot: Snapshot, rows: list[Candidate]) -> list[Candidate]:
    """The rows that follow each other: what comes after an empty stretch (a pager, a note) is no row."""
    for index, ((_, before), (_, after)) in enumerate(pairwise(rows), start=1):
        apart = _gap(snapshot, before, after) > 2 * max(before.box.height, after.box.height) + 24
        if apart and not _in_one_table(before, after):
            return rows[:index]
    return rows


def _in_one_table(one: Node, other: Node) -> bool:
    """True if both are rows of the same table by tag or role, whatever is between them."""
    tables = [_table_of(node) for node in (one, other)]
    return tables[0] is not None and tables[0] is tables[1]


def is_table_row(node: Node) -> bool:
    """Return True if an element is a row of a table by tag or role, and not of its footer.

    Args:
        node: the element.
    """
    return _table_of(node) is not None and not any(one.tag == "tfoot" for one in node.ancestors())


def _table_of(row: Node) -> Node | None:
    if not _is_row(row):
        return None
    return next((node for node in row.ancestors() if node.tag == "table" or node.role in TABLE_ROLES), None)


def _gap(snapshot: Snapshot, before: Node, after: Node) -> float:
    """The highest stretch between two rows in which the element around both has no text and no table row, in CSS pixels."""
    whole = after.box.y - before.box.bottom
    home = snapshot.common(before, after)
    if home is None or whole <= 0:
        return whole
    reached, widest = before.box.bottom, 0.0
    for box in sorted(_filled_between(snapshot, home, before, after), key=lambda box: box.y):
        widest = max(widest, box.y - reached)
        reached = max(reached, box.bottom)
    return max(widest, after.box.y - reached)


def _filled_between(snapshot: Snapshot, home: Node, before: Node, after: Node) -> list[Box]:
    """The boxes of texts and of other table rows that reach between two rows."""
    texts = [piece.box for piece in snapshot.pieces_in(home)]
    rows = [node for node in home.walk() if _is_row(node)]
    filled = [row.box for row in rows if not before.within(row) and not after.within(row)]
    return [box for box in (*texts, *filled) if box.bottom > before.box.bottom and box.y < after.box.y]
