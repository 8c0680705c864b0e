"""Find the header line of a grid: where most of the wanted labels are side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from Katip.reading.cells import Header, cell_node, common_node, is_cell
from Katip.reading.header_groups import HeaderGroups
from Katip.reading.labels import Label
from Katip.reading.snapshot import Box, Node, Piece, Snapshot, around
from Katip.turkish import Vocabulary, visible

FRAME_TAGS: Final = frozenset({"iframe", "frame"})


def _header_hits(snapshot: Snapshot, columns: Mapping[str, Label], words: Vocabulary) -> list[Header]:
    wanted = {key: column for column, label in columns.items() for key in words.keys(label.names)}
    groups = HeaderGroups(snapshot)

    def column_of(node: Node, text: str) -> str | None:
        if groups.is_group(node):
            return None
        return wanted.get(words.key(groups.full_text(node, text))) or wanted.get(words.key(text))

    found: list[Header] = []
    for piece in snapshot.pieces:
        column = None if piece.is_value or piece.cut_off else column_of(piece.node, piece.text)
        if column:
            found.append(Header(column, piece.text, piece.box, piece.node))
    found.extend(_headers_in_lines(snapshot, column_of, words, found))
    return found


def _headers_in_lines(
    snapshot: Snapshot, column_of: Callable[[Node, str], str | None], words: Vocabulary, found: Sequence[Header]
) -> Iterator[Header]:
    """Yield the headers whose text is wrapped over two or three lines."""
    for node in snapshot.nodes:
        pieces = _wrapped_lines(snapshot, node, words)
        if not pieces:
            continue
        text = " ".join(piece.text for piece in pieces)
        column = column_of(node, text)
        if column and not any(header.node.within(node) and header.column == column for header in found):
            yield Header(column, visible(text), around([piece.box for piece in pieces]), node)


def _wrapped_lines(snapshot: Snapshot, node: Node, words: Vocabulary) -> list[Piece]:
    """Return the two or three lines of a block, all within reach; none for anything else."""
    if node.tag == "#" or "bl" not in node.raw or not node.children:
        return []
    pieces = [piece for piece in snapshot.pieces_in(node) if words.key(piece.text)]
    return pieces if 2 <= len(pieces) <= 3 and not any(piece.cut_off for piece in pieces) else []


def _header_lines(hits: Sequence[Header]) -> list[list[Header]]:
    """Return the groups of headers that are side by side."""
    lines: list[list[Header]] = []
    for seed in hits:
        line = [hit for hit in hits if hit.node.frame == seed.node.frame and _stand_beside(hit, seed)]
        if not any({id(hit) for hit in line} <= {id(hit) for hit in other} for other in lines):
            lines.append(line)
    return lines


def _stand_beside(one: Header, other: Header) -> bool:
    if _is_in_dialog(one.node) != _is_in_dialog(other.node):
        return False  # a form that overlays the list has the same labels
    if one.box.same_line(other.box) or abs(one.box.middle[1] - other.box.middle[1]) < 14:
        return True
    # The words of a header cell that spans two lines are in its middle, so compare the cells.
    cells = [cell_node(one.node), cell_node(other.node)]
    if cells[0] is None or cells[1] is None or cells[0] is cells[1]:  # one cell around both is the page's layout
        return False
    return cells[0].box.same_line(cells[1].box)


def _is_in_dialog(node: Node) -> bool:
    return any(
        one.raw.get("mo") or one.tag == "dialog" or one.role in ("dialog", "alertdialog") for one in node.ancestors()
    )


def _unique_columns(line: Sequence[Header]) -> list[Header]:
    """Keep the visible copy of a duplicated column (a pinned copy over the scrolled one)."""
    kept: dict[str, Header] = {}
    for header in sorted(line, key=lambda header: (not header.node.in_sight, header.node.covered, header.box.x)):
        kept.setdefault(header.column, header)
    return sorted(kept.values(), key=lambda header: header.box.x)


def _side_by_side(line: Sequence[Header]) -> Iterator[list[Header]]:
    """Yield the header line of a grid, and those of grids beside it that have the same columns."""
    left = list(line)
    while left:
        headers = _unique_columns(left)
        yield headers
        kept = {id(header) for header in headers}
        left = [
            header
            for header in left
            if id(header) not in kept
            and header.node.in_sight
            and not any(header.box.shared_width(other.box) > 0 for other in headers)
        ]


def find_headers(
    snapshot: Snapshot, columns: Mapping[str, Label], words: Vocabulary, required: Sequence[str], least: int = 2
) -> list[list[Header]]:
    """Find the header lines that hold all required columns, the best first.

    Args:
        snapshot: what is seen.
        columns: name of each known column to its label.
        words: the portal's abbreviations.
        required: names of the columns without which it is not the grid that is meant.
        least: how many known columns there must be at least.

    Returns:
        A list of headers for each grid found.
    """
    lines = _header_lines(_header_hits(snapshot, columns, words))
    grids = [headers for line in lines for headers in _side_by_side(line)]

    def quality(headers: Sequence[Header]) -> tuple[int, int, int]:
        return (any(h.node.in_sight for h in headers), not any(h.node.covered for h in headers), len(headers))

    names = [({header.column for header in headers}, headers) for headers in grids]
    fit = [headers for seen, headers in names if len(seen) >= least and seen.issuperset(required)]
    return sorted(fit, key=quality, reverse=True)


def with_cells(snapshot: Snapshot, headers: Sequence[Header], words: Vocabulary) -> list[Header]:
    """Return the headers with the box of their cells, and the unknown columns too, so that no neighbor takes their values.

    Args:
        snapshot: what is seen.
        headers: the header line, as `find_headers` returns it.
        words: the portal's abbreviations.
    """
    root = common_node(snapshot, [header.node for header in headers])
    others = _other_texts(snapshot.pieces_in(root) if root else [], headers, words)
    others += _in_other_panes(snapshot, root, headers, others, words)
    spoken = [header.node for header in headers] + [piece.node for piece in others]
    known = [
        Header(header.column, header.label, _cell_of(header.node, header.box, spoken), header.node)
        for header in headers
    ]
    unknown: list[Header] = []
    for piece in others:
        cell = _cell_of(piece.node, piece.box, spoken)
        covering = [other for other in (*known, *unknown) if _lie_over(cell, other.box)]
        if all(_is_pinned_over(cell_node(piece.node, other.node), other) for other in covering):
            unknown.append(Header(piece.text, piece.text, cell, piece.node))
    return sorted([*known, *unknown, *_silent_headers(root, [*known, *unknown])], key=lambda header: header.box.x)


def _in_other_panes(
    snapshot: Snapshot, root: Node | None, headers: Sequence[Header], others: Sequence[Piece], words: Vocabulary
) -> list[Piece]:
    """Return the texts of pinned columns whose headers are in a pane of their own; a copy of a header is none."""
    bar = _whole_bar(snapshot, root)
    if root is None or bar is None or bar is root:
        return []
    known = {header.label for header in headers} | {piece.text for piece in others}
    beside = [piece for piece in snapshot.pieces_in(bar) if not piece.node.within(root) and piece.text not in known]
    return _other_texts(beside, headers, words)


def _whole_bar(snapshot: Snapshot, root: Node | None) -> Node | None:
    """Return the largest part around headers whose words are all in header cells: it holds the panes of pinned columns, too."""
    while root is not None and (bar := root.parent) is not None and bar.tag not in FRAME_TAGS:
        if any(_header_cell(piece.node) is None for piece in snapshot.pieces_in(bar)):
            break
        root = bar
    return root


def _header_cell(node: Node) -> Node | None:
    """Return the cell around a node where it is one of a header, else None."""
    cell = cell_node(node)
    is_header = cell is not None and (cell.role == "columnheader" or (cell.tag == "th" and not cell.role))
    return cell if is_header else None


def _other_texts(pieces: Sequence[Piece], headers: Sequence[Header], words: Vocabulary) -> list[Piece]:
    """Return the texts on the header line that are part of no known header."""
    band = around([header.box for header in headers])
    on_band = [piece for piece in pieces if words.key(piece.text) and _is_on_band(piece, band)]
    on_band = _without_controls_beside_words(on_band, pieces, words)
    return [piece for piece in on_band if not any(_is_of_header(piece, header) for header in headers)]


def _without_controls_beside_words(found: Sequence[Piece], pieces: Sequence[Piece], words: Vocabulary) -> list[Piece]:
    """Leave out the names of controls without words in a header's cell that has words, such as one that sorts by the column."""
    worded = {id(_header_cell(piece.node)) for piece in pieces if piece.node.is_text and words.key(piece.text)}

    def is_beside_words(piece: Piece) -> bool:
        cell = None if piece.node.is_text else _header_cell(piece.node)
        return cell is not None and id(cell) in worded

    return [piece for piece in found if not is_beside_words(piece)]


def _is_on_band(piece: Piece, band: Box) -> bool:
    """True for a readable text on the header line, or in a header cell that is as high as that line and the one of groups above it."""
    if piece.is_value or piece.cut_off:
        return False
    cell = _header_cell(piece.node)
    spans = cell is not None and cell.box.shared_height(band) > 0.9 * band.height
    return spans or piece.box.shared_height(band) > 0.5 * piece.box.height


def _is_of_header(piece: Piece, header: Header) -> bool:
    """True if a text is part of a header, or is above or below it; the header of a pinned column lies over it."""
    if piece.node.within(header.node):
        return True
    above_or_below = piece.box.shared_width(header.box) > 0.3 * piece.box.width
    return above_or_below and not _is_pinned_beside(piece, header)


def _is_pinned_beside(piece: Piece, header: Header) -> bool:
    """True if a text is in a header cell of its own, on the line of another header's cell; not for a copy of that header."""
    if piece.text == header.label:
        return False
    cell, other = cell_node(piece.node, header.node), cell_node(header.node, piece.node)
    if cell is None or other is None or not _is_pinned_over(cell, header):
        return False
    return cell.box.shared_height(other.box) > 0.5 * min(cell.box.height, other.box.height)


def _silent_headers(root: Node | None, headers: Sequence[Header]) -> Iterator[Header]:
    """Yield the columns whose header has no words: a check box, a picture, nothing."""
    cells = [node for header in headers for node in (header.node, *header.node.ancestors()) if is_cell(node)]
    for node in _cells_beside(root, cells) if root else ():
        if all(_is_pinned_over(node, header) for header in headers if _lie_over(node.box, header.box)):
            yield Header("", "", node.box, node)


def _cells_beside(root: Node, cells: Sequence[Node]) -> Iterator[Node]:
    """Yield the other cells of the same rows that have an extent."""
    known = {id(node) for node in cells}
    rows = {id(node.parent) for node in cells}
    for node in root.walk():
        if is_cell(node) and id(node) not in known and id(node.parent) in rows and node.box.area:
            yield node


def _is_pinned_over(cell: Node | None, header: Header) -> bool:
    """True if a header's cell overlaps another header's cell without being part of it, as that of a pinned column does."""
    other = cell_node(header.node, cell)
    return cell is not None and other is not None and not cell.within(other) and not other.within(cell)


def _lie_over(one: Box, other: Box) -> bool:
    return one.shared_width(other) > 0.3 * min(one.width, other.width)


def _cell_of(node: Node, box: Box, others: Sequence[Node]) -> Box:
    """Return a header's cell: the largest element around it that holds no other header."""
    cell = box
    for one in node.ancestors():
        if any(not other.within(node) and other.within(one) for other in others) or one.tag in ("tr", *FRAME_TAGS):
            break
        if is_cell(one):
            return one.box
        if (one.box.height > 4 * max(box.height, 12) and cell_node(one) is None) or one.box.area == 0:
            break
        cell = one.box
    return cell


def text_bottom(snapshot: Snapshot, header: Header) -> float:
    """Return where a header's words end, in CSS pixels from the top.

    Args:
        snapshot: what is seen.
        header: the header.
    """
    pieces = snapshot.pieces_in(header.node) if header.node.tag != "#" else []
    return max([piece.box.bottom for piece in pieces] or [header.node.box.bottom])
