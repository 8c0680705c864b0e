"""Ask whose turn the colours of a list's rows mean, where no column tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from Katip.hues import Hue, are_distinct
from Katip.messages import msg
from Katip.pages.row_turn import hue_name, legend_on
from Katip.reading.cells import Row
from Katip.reading.grids import Grid
from Katip.reading.row_colours import cell_hue, row_hue
from Katip.reading.snapshot import Snapshot

Choose = Callable[[str, Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class TaughtTurn:
    """What the person said of the colours.

    Attributes:
        in_cell: True if the cell of the status is coloured, False if the whole row is.
        employer: the hue of a contract that is the employer's turn.
        party: the hue of a contract that waits for the professional.
        legend: the words by which the list's legend explains each hue, where it has one.
    """

    in_cell: bool
    employer: Hue
    party: Hue
    legend: Mapping[Hue, str]


def ask_turn(snapshot: Snapshot, grid: Grid, status: str, choose: Choose) -> TaughtTurn | None:
    """Show the person which colours the rows have, and ask what they mean.

    Args:
        snapshot: what is seen, with colours.
        grid: the list.
        status: the header of the column that shows the employer's approval.
        choose: has the person choose one of several; returns an empty text for none of them.

    Returns:
        What they said; None where the rows have no two clear colours, or the person does not read the turn from them.
    """
    for in_cell, found in ((False, _of_rows(grid.rows)), (True, _of_cells(grid.rows, status))):
        if len(found) > 1:
            return _asked(snapshot, grid, found, in_cell, choose)
    return None


def _of_rows(rows: Sequence[Row]) -> list[Hue]:
    return _each_once([row_hue(row) for row in rows])


def _of_cells(rows: Sequence[Row], status: str) -> list[Hue]:
    return _each_once([cell_hue(row.pieces.get(status, ())) for row in rows])


def _each_once(hues: Sequence[Hue | None]) -> list[Hue]:
    return [hue for hue in dict.fromkeys(hues) if hue is not None]


def _asked(snapshot: Snapshot, grid: Grid, found: Sequence[Hue], in_cell: bool, choose: Choose) -> TaughtTurn | None:
    by_name = {hue_name(hue): hue for hue in found}
    employer = choose(
        msg(
            "  No column tells whose turn a contract is, and the rows have colours. "
            "Which colour has a contract that waits for YOU (the employer)?"
        ),
        list(by_name),
    )
    if not employer:
        return None
    rest = [name for name, hue in by_name.items() if are_distinct(hue, by_name[employer])]
    party = (
        choose(msg("  Which colour has a contract that the professional has to approve first?"), rest) if rest else ""
    )
    if not party:
        return None
    chosen = (by_name[employer], by_name[party])
    legend = {hue: text for text, hue in legend_on(snapshot, grid) if hue in chosen}
    return TaughtTurn(in_cell, *chosen, legend)
