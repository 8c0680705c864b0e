"""Read a grid by its headers: a value belongs to the header it stands under, whatever the table is built from.

The header line is where most of the wanted labels stand side by side. Rows are what repeats below it; a row's extent comes from the element
around it where there is one, else from the line it stands on. Nothing else is assumed: native tables, ARIA grids, header and body as tables of
their own, one table a row, absolutely placed cells and fixed columns are read the same way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from Katip.reading.labels import Label
from Katip.reading.snapshot import Box, Node, Piece, Snapshot, around
from Katip.turkish import Vocabulary, visible


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
        pieces: where those texts stand.
        selected: True if the row is marked as selected or its box is checked.
        check: the row's check box or radio button, if it has one.
        place: where the row stands from the top of the scrolled content, in CSS pixels.
        box: the row's extent.
    """

    cells: dict[str, str]
    pieces: dict[str, list[Piece]]
    selected: bool
    check: Node | None
    place: float
    box: Box


@dataclass(slots=True, eq=False)
class Grid:
    """A grid, as far as it can be seen at one moment.

    Attributes:
        headers: its columns from left to right.
        rows: its rows from top to bottom.
        area: the node around the rows.
        scroller_down: the node to scroll for more rows, if there is one.
        scroller_right: the node to scroll for more columns, if there is one.
    """

    headers: list[Header]
    rows: list[Row] = field(default_factory=list)
    area: Node | None = None
    scroller_down: Node | None = None
    scroller_right: Node | None = None


def _header_hits(snapshot: Snapshot, columns: Mapping[str, Label], words: Vocabulary) -> list[Header]:
    wanted = {key: column for column, label in columns.items() for key in words.keys(label.names)}
    found: list[Header] = []
    for piece in snapshot.pieces:
        column = None if piece.is_value else wanted.get(words.key(piece.text))
        if column:
            found.append(Header(column, piece.text, piece.box, piece.node))
    for node in snapshot.nodes:
        if node.tag == "#" or "bl" not in node.raw:
            continue
        pieces = snapshot.pieces_in(node)
        if 2 <= len(pieces) <= 3:
            text = " ".join(piece.text for piece in pieces)
            column = wanted.get(words.key(text))
            if column and not any(header.node.within(node) and header.column == column for header in found):
                found.append(Header(column, visible(text), around([piece.box for piece in pieces]), node))
    return found


def _header_lines(hits: Sequence[Header]) -> list[list[Header]]:
    """Groups of headers that stand side by side, one for each place where they do."""
    lines: list[list[Header]] = []
    for seed in hits:
        line = [
            hit for hit in hits
            if hit.node.frame == seed.node.frame and (hit.box.same_line(seed.box) or abs(hit.box.middle[1] - seed.box.middle[1]) < 14)
        ]
        if not any({id(hit) for hit in line} <= {id(hit) for hit in other} for other in lines):
            lines.append(line)
    return lines


def _unique_columns(line: Sequence[Header]) -> list[Header]:
    """Of a column that is repeated (a fixed copy over the scrolled one), the copy that can be seen."""
    kept: dict[str, Header] = {}
    for header in sorted(line, key=lambda header: (not header.node.in_sight, header.node.covered, header.box.x)):
        kept.setdefault(header.column, header)
    return sorted(kept.values(), key=lambda header: header.box.x)


def _cell_of(header: Header, others: Sequence[Header]) -> Box:
    """The header's cell: the largest element around it that holds no other header."""
    cell = header.box
    for node in header.node.ancestors():
        if any(other is not header and other.node.within(node) for other in others) or node.tag in ("tr", "iframe", "frame"):
            break
        if node.box.height > 4 * max(header.box.height, 12) or node.box.area == 0:
            break
        cell = node.box
    return cell


def find_headers(
    snapshot: Snapshot, columns: Mapping[str, Label], words: Vocabulary, required: Sequence[str]
) -> list[list[Header]]:
    """Find the header lines that hold all required columns, the best first.

    Args:
        snapshot: what is seen.
        columns: name of each known column to its label.
        words: the portal's abbreviations.
        required: names of the columns without which it is not the grid that is meant.

    Returns:
        One list of headers for each grid found, each with its cell as box.
    """
    grids: list[list[Header]] = []
    for line in _header_lines(_header_hits(snapshot, columns, words)):
        headers = _unique_columns(line)
        names = {header.column for header in headers}
        if len(names) >= 2 and names.issuperset(required):
            grids.append([Header(h.column, h.label, _cell_of(h, headers), h.node) for h in headers])

    def quality(headers: Sequence[Header]) -> tuple[int, int, int]:
        return (any(h.node.in_sight for h in headers), not any(h.node.covered for h in headers), len(headers))

    return sorted(grids, key=quality, reverse=True)


def _with_unknown_columns(snapshot: Snapshot, headers: Sequence[Header]) -> list[Header]:
    """Add the columns that nobody asked for, so that their values are not taken for a neighbour's."""
    band = around([header.box for header in headers])
    meeting: Node | None = headers[0].node
    for header in headers[1:]:
        meeting = snapshot.common(meeting, header.node) if meeting else None
    extra = [
        piece for piece in (snapshot.pieces_in(meeting) if meeting else [])
        if not piece.is_value and piece.box.shared_height(band) > 0.5 * piece.box.height
        and not any(piece.box.shared_width(header.box) > 0.3 * piece.box.width for header in headers)
    ]
    unknown: list[Header] = []
    for piece in extra:
        if not any(piece.box.shared_width(other.box) > 0 for other in unknown):
            made = Header(piece.text, piece.text, piece.box, piece.node)
            unknown.append(Header(made.column, made.label, _cell_of(made, [*headers, *unknown, made]), made.node))
    return sorted([*headers, *unknown], key=lambda header: header.box.x)


def _cell_box(piece: Piece) -> Box:
    """Where a text really stands: text that runs out of its cell is cut at the cell's edge."""
    block = next((node for node in (piece.node, *piece.node.ancestors()) if "bl" in node.raw and node.tag != "#"), None)
    if piece.is_value or block is None or block.box.width >= piece.box.width:
        return piece.box
    left = max(piece.box.x, block.box.x)
    return Box(left, piece.box.y, max(min(piece.box.right, block.box.right) - left, 1), piece.box.height)


def _column_of(box: Box, headers: Sequence[Header]) -> Header | None:
    shared = [(box.shared_width(header.box), header) for header in headers]
    most = max(shared, key=lambda pair: pair[0])
    if most[0] > 0:
        inside = [header for header in headers if header.box.x - 1 <= box.middle[0] <= header.box.right + 1]
        return inside[0] if len(inside) == 1 else most[1]
    near = min(headers, key=lambda header: abs(header.box.middle[0] - box.middle[0]))
    return near if abs(near.box.middle[0] - box.middle[0]) < 60 else None


def _row_node(anchor: Piece, anchors: Sequence[Piece], headers: Sequence[Header], width: float) -> Node:
    """The element around one row: the smallest that is as wide as most of the header, without another row in it."""
    best = anchor.node
    for node in anchor.node.ancestors():
        if any(other is not anchor and other.node.within(node) for other in anchors):
            break
        if any(header.node.within(node) for header in headers) or node.tag in ("iframe", "frame", "table", "tbody") and node.box.height > 200:
            break
        best = node
        if node.box.width >= 0.6 * width and (node.tag == "tr" or node.role == "row" or node.box.width >= 0.9 * width):
            break
    return best


def _anchors(snapshot: Snapshot, key: Header, headers: Sequence[Header], top: float) -> list[Piece]:
    """The texts that stand under the key column's header, one for each row."""
    label = {words for words in (key.label,)}
    found: list[Piece] = []
    for piece in snapshot.pieces:
        if piece.frame != key.node.frame and not piece.node.ancestors():
            continue
        box = _cell_box(piece)
        if not piece.text or piece.text in label or box.middle[1] < top or not (
            box.shared_width(key.box) > 0 or key.box.x <= box.middle[0] <= key.box.right
        ):
            continue
        column = _column_of(box, headers)
        if column is key:
            found.append(piece)
    return found


def read_grid(
    snapshot: Snapshot, headers: Sequence[Header], key: str, noise: Sequence[str], words: Vocabulary
) -> Grid:
    """Read the rows under a header line.

    Args:
        snapshot: what is seen.
        headers: the header line, as :func:`find_headers` gives it.
        key: the name of the column that every row fills (the person's name).
        noise: folded beginnings of texts that are no row ("kayit bulunamadi", "sayfa").
        words: the portal's abbreviations.

    Returns:
        The grid.
    """
    headers = _with_unknown_columns(snapshot, headers)
    band = around([header.box for header in headers])
    key_header = next(header for header in headers if header.column == key)
    top = max(around([header.box for header in headers]).y + 4, max(_text_bottom(snapshot, h) for h in headers) - 1)
    grid = Grid(list(headers))
    anchors = [
        piece for piece in _anchors(snapshot, key_header, headers, top)
        if not any(words.key(piece.text).startswith(start) for start in noise)
    ]
    anchors = _one_per_line(anchors)
    if not anchors:
        _find_scrollers(grid, key_header.node, band)
        return grid
    nodes = [_row_node(piece, anchors, headers, band.width) for piece in anchors]
    anchors, nodes = _repeating(anchors, nodes)
    area = nodes[0].parent
    for node in nodes[1:]:
        area = snapshot.common(area, node) if area else None
    grid.area = area
    body = _body(snapshot, area, headers, top)
    for piece, node in zip(anchors, nodes, strict=True):
        row = _row(piece, node, body, headers, anchors)
        if row is not None and _is_filled(row, headers):
            grid.rows.append(row)
    grid.rows.sort(key=lambda row: row.box.y)
    _find_scrollers(grid, nodes[0], band)
    _find_places(grid)
    return grid


def _text_bottom(snapshot: Snapshot, header: Header) -> float:
    pieces = snapshot.pieces_in(header.node) if header.node.tag != "#" else []
    return max([piece.box.bottom for piece in pieces] or [header.node.box.bottom])


def _one_per_line(anchors: Sequence[Piece]) -> list[Piece]:
    """One text for each row: further lines of a cell and fixed copies of it stand in the same cell or on the same line."""
    kept: list[Piece] = []
    for piece in anchors:
        cell = next((node for node in piece.node.ancestors() if node.tag in ("td", "th") or node.role in ("gridcell", "cell")), None)
        for index, other in enumerate(kept):
            same_cell = cell is not None and other.node.within(cell)
            if same_cell or (other.box.same_line(piece.box) and other.frame == piece.frame):
                if not same_cell and other.covered and not piece.covered:
                    kept[index] = piece
                break
        else:
            kept.append(piece)
    return kept


def _repeating(anchors: Sequence[Piece], nodes: Sequence[Node]) -> tuple[list[Piece], list[Node]]:
    """Keep what repeats: rows are of one kind and stand in one place, a pager or a footer does not."""
    if len(nodes) == 1:
        return list(anchors), list(nodes)

    def kind(node: Node) -> tuple[str, int, int]:
        parent = node.parent
        place = parent if parent is not None and parent.tag not in ("tbody", "table") else _table_home(parent)
        return (node.tag, len(list(node.ancestors())), id(place))

    counts = Counter(kind(node) for node in nodes)
    usual = max(counts, key=lambda one: (counts[one], -nodes[[kind(node) for node in nodes].index(one)].order))
    kept = [(piece, node) for piece, node in zip(anchors, nodes, strict=True) if kind(node) == usual]
    return [piece for piece, _ in kept], [node for _, node in kept]


def _table_home(node: Node | None) -> Node | None:
    while node is not None and node.tag in ("tbody", "table"):
        node = node.parent
    return node


def _body(snapshot: Snapshot, area: Node | None, headers: Sequence[Header], top: float) -> list[Piece]:
    """The pieces of the rows: those in the smallest node around the rows that has something under every column."""
    node = area
    while node is not None:
        pieces = [piece for piece in snapshot.pieces_in(node) if _cell_box(piece).middle[1] >= top]
        boxes = [_cell_box(piece) for piece in pieces]
        under = {header.column for header in headers if any(box.shared_width(header.box) > 0 for box in boxes)}
        if len(under) >= len(headers) or node.parent is None or any(header.node.within(node) for header in headers):
            return pieces
        node = node.parent
    return [piece for piece in snapshot.pieces if _cell_box(piece).middle[1] >= top]


def _row(anchor: Piece, node: Node, body: Sequence[Piece], headers: Sequence[Header], anchors: Sequence[Piece]) -> Row | None:
    band = node.box if node.box.height >= anchor.box.height else anchor.box
    others = [piece for piece in anchors if piece is not anchor]
    pieces: dict[str, list[Piece]] = {}
    check: Node | None = None
    selected = False
    for piece in body:
        inside = piece.node.within(node)
        middle = piece.box.middle[1]
        if not inside and not (band.y - 1 <= middle <= band.bottom + 1):
            continue
        if not inside and any(abs(other.box.middle[1] - middle) < abs(anchor.box.middle[1] - middle) for other in others):
            continue
        if not inside and piece.frame != anchor.frame:
            continue
        column = _column_of(_cell_box(piece), headers)
        if column is not None and piece.text:
            pieces.setdefault(column.column, []).append(piece)
    for one in node.walk():
        if one.checkable and check is None:
            check = one
        selected = selected or one.selected
    if node.selected or any(one.selected and one.role in ("row", "option") for one in list(node.ancestors())[:2]):
        selected = True
    cells = {column: _cell_text(found) for column, found in pieces.items()}
    return Row(cells, pieces, selected, check, band.y, band)


def _cell_text(pieces: Sequence[Piece]) -> str:
    """The words of one cell: its lines joined, what a fixed copy repeats said once."""
    texts: list[str] = []
    boxes: list[Box] = []
    for piece in pieces:
        repeated = any(piece.text == text and piece.box.same_line(box) for text, box in zip(texts, boxes, strict=True))
        if not repeated:
            texts.append(piece.text)
            boxes.append(piece.box)
    return visible(" ".join(texts))


def _is_filled(row: Row, headers: Sequence[Header]) -> bool:
    filled = sum(1 for header in headers if row.cells.get(header.column))
    return filled >= max(2, len(headers) // 3)


def _find_scrollers(grid: Grid, start: Node, band: Box) -> None:
    for node in start.ancestors():
        scroll = node.raw.get("s")
        if not scroll or node.box.width < 0.3 * band.width:
            continue
        _, _, full_width, full_height, seen_width, seen_height = scroll
        if grid.scroller_down is None and full_height > seen_height + 2 and "sv" not in node.raw:
            grid.scroller_down = node
        if grid.scroller_right is None and full_width > seen_width + 2:
            grid.scroller_right = node


def _find_places(grid: Grid) -> None:
    node = grid.scroller_down
    shift = node.raw["s"][1] - node.box.y if node is not None else 0
    for row in grid.rows:
        row.place = row.box.y + shift
