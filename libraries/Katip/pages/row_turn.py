"""Whose turn a row of the contracts list is, by its columns, or by its colour where the portal's file says so.

Source: one author of a browser extension for today's portal reads the turn from the colour of row or cell where both approvals say
"Sözleşme Onay Bekliyor" (red: the professional; green: the employer). A colour is a weak sign, so it counts only where nothing
contradicts it: the legend, and the picture of the row right before its approval is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from Katip.current_session import CurrentSession
from Katip.errors import GridUnreadable
from Katip.hues import Hue
from Katip.messages import msg
from Katip.model import Status, Turn
from Katip.portal_procedure import Procedure, TurnColours
from Katip.reading.cells import Row
from Katip.reading.grids import Grid
from Katip.reading.row_colours import cell_hue, legend_entries, prevailing_hue, row_hue
from Katip.reading.snapshot import Box, Snapshot
from Katip.session import Session
from Katip.turkish import fold, visible

_MARGIN = 3  # CSS pixels around a text that are still its cell's


class RowTurns:
    """Finds out whose turn the rows of a list are.

    Args:
        current: the session of the run at work.
    """

    def __init__(self, current: CurrentSession) -> None:
        self._current = current
        self._doubt = ""

    @property
    def _session(self) -> Session:
        return self._current.session

    @property
    def by_colour(self) -> TurnColours | None:
        """The colours that mean a turn, or None where columns do."""
        return self._session.portal.procedure.turn

    def prepare(self) -> None:
        """Make ready for a list that is shown now: no row is under the pointer, and its legend was compared with the portal's file."""
        if self.by_colour is None:
            return
        self._session.driver.move_pointer_away()
        snapshot = self._session.reader.settled()
        grid = self._session.reader.see_grid(snapshot, self._session.portal.columns, ("name",), "name")
        problems = list(legend_problems(self._session.portal.procedure, legend_on(snapshot, grid)))
        self._doubt = "; ".join(problems)

    def of(self, row: Row) -> Turn:
        """Return whose turn a row is.

        Args:
            row: the row, from a list that `prepare` was called for.
        """
        turn = self._session.portal.turn(row.cells, self.colour_of(row))
        if self._doubt and turn.status in (Status.PENDING, Status.WAITING):
            return Turn(Status.WAITING, doubt=self._doubt)
        return turn

    def colour_of(self, row: Row) -> Hue | None:
        """Return the hue that shows a row's turn; None if it is not clear, or if columns show the turn.

        Args:
            row: the row.
        """
        place = self.by_colour
        if place is None:
            return None
        return cell_hue(row.pieces.get(place.of, ())) if place.of else row_hue(row)

    def status_text(self, row: Row) -> str:
        """Return the status of a row as shown, with what the row shows of other parties' approvals.

        Args:
            row: the row.
        """
        status = visible(row.cells.get("status", ""))
        parties = [party for party in self._session.portal.procedure.parties if party.column]
        others = [f"{party.name}: {visible(row.cells.get(party.column, ''))}" for party in parties]
        colour = self.colour_of(row)
        if colour is not None:
            others.append(msg("colour: {colour}", colour=hue_name(colour)))
        return f"{status} ({', '.join(others)})" if others else status

    def require_drawn_so(self, row: Row, who: str) -> None:
        """Make sure that a row is drawn in the employer's colour: styles tell less than a person sees.

        Args:
            row: a pending row of the grid that was last read.
            who: the contract, for an error.

        Raises:
            GridUnreadable: It is drawn in another colour.
        """
        place = self.by_colour
        if place is None:
            return
        hues = self._drawn_hues(row, place.of or "name")
        if hues != {place.employer}:
            seen = ", ".join(hue_name(hue) if hue else msg("no clear colour") for hue in hues) or msg(
                "nothing in sight"
            )
            raise GridUnreadable(
                msg("Looking at the colour of the row of {contract}", contract=who),
                msg("{colour}, the employer's colour", colour=hue_name(place.employer)),
                seen,
                msg("Nothing was pressed. Look at the row by hand."),
            )

    def _drawn_hues(self, row: Row, column: str) -> set[Hue | None]:
        """The hues in which a cell of the row is drawn, in the first view that shows it; empty where none does."""
        for _, here in self._session.reader.row_views(row):
            shown = [piece.box for piece in here.pieces.get(column, ()) if piece.in_sight]
            if shown:
                return {self._drawn_hue(box) for box in shown}
        return set()

    def _drawn_hue(self, text: Box) -> Hue | None:
        around = Box(text.x - _MARGIN, text.y - _MARGIN, text.width + 2 * _MARGIN, text.height + 2 * _MARGIN)
        png = self._session.driver.cut_out(around, self._session.portal.patience.page)
        return prevailing_hue(png) if png else None


def hue_name(hue: Hue) -> str:
    """Return a hue's name in the language of whoever reads.

    Args:
        hue: the hue.
    """
    names = {
        Hue.RED: msg("red"),
        Hue.ORANGE: msg("orange"),
        Hue.YELLOW: msg("yellow"),
        Hue.GREEN: msg("green"),
        Hue.TURQUOISE: msg("turquoise"),
        Hue.BLUE: msg("blue"),
        Hue.PURPLE: msg("purple"),
        Hue.PINK: msg("pink"),
    }
    return names[hue]


def legend_on(snapshot: Snapshot, grid: Grid | None) -> Iterator[tuple[str, Hue]]:
    """Return what explains colours outside a list's rows and headers.

    Args:
        snapshot: what is seen, with colours.
        grid: the list, or None where none is shown.

    Returns:
        Each text that has a sample of a colour before it, or is drawn on it, with the hue.
    """
    inside = [row.box for row in grid.rows] + [header.box for header in grid.headers] if grid is not None else []
    texts = [
        node
        for node in snapshot.nodes
        if node.is_text and node.in_sight and not any(box.holds(node.box) for box in inside)
    ]
    return legend_entries(texts, snapshot.nodes)


def legend_problems(procedure: Procedure, entries: Iterable[tuple[str, Hue]]) -> Iterator[str]:
    """Return where a list's legend and a portal's file say different things of a colour.

    Args:
        procedure: how the portal carries out the clauses.
        entries: the legend's texts, each with its hue.
    """
    turn = procedure.turn
    if turn is None:
        return
    words = dict(_legend_words(procedure, turn))
    named: set[Hue] = set()
    for text, hue in entries:
        speaks_of = {each for each, legend in words.items() if any(fold(word) in fold(text) for word in legend)}
        if not speaks_of:
            continue
        named |= speaks_of & {hue}
        if speaks_of != {hue}:
            yield msg(
                'the legend explains {colour} by "{text}", and the portal\'s file otherwise',
                colour=hue_name(hue),
                text=text,
            )
    for hue in words:
        if hue not in named and _has_own_words(procedure, turn, hue):
            yield msg("the legend of the portal's file for {colour} is not on the page", colour=hue_name(hue))


def _legend_words(procedure: Procedure, turn: TurnColours) -> Iterator[tuple[Hue, tuple[str, ...]]]:
    """The words of each hue; a party without words of a legend is known by its name."""
    yield turn.employer, turn.legend
    for party in procedure.parties:
        if party.colour is not None:
            yield party.colour, party.legend or (party.name,)


def _has_own_words(procedure: Procedure, turn: TurnColours, hue: Hue) -> bool:
    return (
        bool(turn.legend)
        if hue is turn.employer
        else any(party.legend for party in procedure.parties if party.colour is hue)
    )
