"""Find the hue in which a row, a cell or an entry of a legend is drawn.

`Driver.colours` has to be set before the look: only then does a look bring the colour behind each text (``eyes/ground.js``).
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from PIL import Image

from Katip.hues import Hue, hue_of
from Katip.reading.cells import Row, cell_node
from Katip.reading.snapshot import Box, Node, Piece
from Katip.turkish import visible

_UNKNOWN: Final = "?"
_SHARE: Final = 0.6  # of a row's columns
_OVERLAP: Final = 2  # CSS pixels


def row_hue(row: Row) -> Hue | None:
    """Return the hue in which a whole row is drawn.

    Args:
        row: the row, read with `Driver.colours`.

    Returns:
        The hue that most of its columns clearly have while no column has another; None otherwise.
    """
    hues = [hue_of(_behind_cell(pieces[0])) for pieces in row.pieces.values() if pieces and not _acts(pieces[0].node)]
    counted = Counter(hues)
    clear = {hue for hue in counted if hue is not None}
    if len(clear) != 1:
        return None
    only = clear.pop()
    return only if counted[only] >= _SHARE * len(hues) else None


def cell_hue(pieces: Sequence[Piece]) -> Hue | None:
    """Return the hue behind the text of one cell: that of a badge in it, else the cell's own.

    Args:
        pieces: the cell's texts.

    Returns:
        The hue, or None where it is not clear.
    """
    hues = {hue_of(_behind(piece.node)) or hue_of(_behind_cell(piece)) for piece in pieces}
    return hues.pop() if len(hues) == 1 else None


def prevailing_hue(png: bytes) -> Hue | None:
    """Return the hue of the colour that most pixels of a picture have.

    Args:
        png: a PNG file.
    """
    with Image.open(io.BytesIO(png)) as picture:
        pixels = picture.convert("RGB").tobytes()
    counted = Counter(zip(*(pixels[channel::3] for channel in range(3)), strict=True))
    [(colour, _)] = counted.most_common(1)
    return hue_of(bytes(colour).hex())


def legend_entries(texts: Iterable[Node], nodes: Iterable[Node]) -> Iterator[tuple[str, Hue]]:
    """Return the texts that a legend explains a hue by: those with a sample of it before them, or drawn on it themselves.

    Args:
        texts: runs of text, in reading order.
        nodes: the elements of the page.

    Yields:
        The text and the hue.
    """
    samples = [node for node in nodes if "sm" in node.raw]
    explained: dict[int, tuple[Hue, list[str]]] = {}
    for run in texts:
        sample = run if hue_of(_behind(run)) else _sample_before(run.box, samples)
        hue = hue_of(_behind(sample)) if sample is not None else None
        if sample is not None and hue is not None:
            explained.setdefault(id(sample), (hue, []))[1].append(run.text)
    for hue, words in explained.values():
        yield visible(" ".join(words)), hue


def _sample_before(words: Box, samples: Iterable[Node]) -> Node | None:
    """The nearest sample on the line of a text before it."""
    before = [node for node in samples if node.box.same_line(words) and node.box.right <= words.x + _OVERLAP]
    return max(before, key=lambda node: node.box.right, default=None)


def _behind(node: Node) -> str:
    return str(node.raw.get("bg", _UNKNOWN))


def _behind_cell(piece: Piece) -> str:
    return _behind(cell_node(piece.node) or piece.node)


def _acts(node: Node) -> bool:
    """True for the words of a control in the row: a red "Reddet" says nothing of the row."""
    return any(
        one.tag in ("button", "a", "input", "select") or one.role in ("button", "link")
        for one in (node, *node.ancestors())
    )
