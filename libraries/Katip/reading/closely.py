"""Look closely at the texts that decide something: whether each is drawn as it is written, and nothing is drawn over it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from Katip.reading.cells import Row
from Katip.reading.doubts import UNANSWERED, reason
from Katip.reading.driver import Driver
from Katip.reading.snapshot import Node, Piece

_CLOSE_LOOK = Path(__file__).parent / "eyes/close_look.js"


def doubtful(driver: Driver, rows: Sequence[Row]) -> list[str]:
    """Return the texts of rows that a person may read otherwise, each with the reason.

    A text that is out of the window is not judged: it is when its row is brought into sight. Where the page gives no answer, all are doubtful.

    Args:
        driver: asks the page.
        rows: rows of one of the last looks.
    """
    texts = [(piece, run) for row in rows for pieces in row.pieces.values() for piece in pieces for run in piece.runs]
    return [
        f'"{piece.text}" ({reason(doubt)})'
        for frame in sorted({run.frame for _, run in texts})
        for piece, doubt in _asked(driver, frame, [(piece, run) for piece, run in texts if run.frame == frame])
    ]


def _asked(driver: Driver, frame: int, texts: Sequence[tuple[Piece, Node]]) -> list[tuple[Piece, str]]:
    nodes = [[run.look, run.index] for _, run in texts]
    doubts = driver.call(_CLOSE_LOOK, "katipDoubts", frame=frame, nodes=nodes, compared=driver.compared)
    if doubts is None:
        doubts = [UNANSWERED] * len(nodes)
    return [(piece, doubt) for (piece, _), doubt in zip(texts, doubts, strict=False) if doubt]
