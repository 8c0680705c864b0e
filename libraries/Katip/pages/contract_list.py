"""The list of contracts (5.8, 5.10): read it whole, read rows of it again, turn to the page of a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from robot.api import logger
from robot.api.deco import keyword

from Katip.approvals.reconcile import Reading
from Katip.current_session import CurrentSession
from Katip.errors import GridUnreadable, NoEffect
from Katip.messages import msg
from Katip.model import Contract, Status, parse_date, parse_minutes
from Katip.pages.component import PageComponent
from Katip.pages.duplicate_rows import numbered
from Katip.pages.grid_refresh import refreshing_control, wait_for_the_grid
from Katip.pages.home_texts import pending_count
from Katip.pages.list_tabs import ListKind, ListTabs, require_rows_or_empty, wait_for_list
from Katip.pages.row_turn import RowTurns
from Katip.reading.cells import Row
from Katip.reading.grids import Grid
from Katip.turkish import visible

REQUIRED = ("name", "status")
_WANTED = ("gorevlendirme_id", "contract_name", "category", "start")


class ContractList(PageComponent):
    """The list of contracts of the chosen workplace: nothing in it is selected or pressed, but what shows or refreshes it.

    Args:
        current: the session of the run at work.
        reopen: loads the portal again and comes back to the grid.
        twins_of: returns how many rows of a contract's identity the last full reading knew.
    """

    def __init__(
        self, current: CurrentSession, reopen: Callable[[], None], twins_of: Callable[[Contract], int]
    ) -> None:
        super().__init__(current)
        self._reopen = reopen
        self._twins_of = twins_of
        self._turns = RowTurns(current)

    @keyword(tags=["5.8"])
    def read_contracts(self) -> list[Contract]:
        """Read every row of every page of the grid (5.8); nothing is selected or changed.

        Returns:
            The contracts in the grid's order.

        Raises:
            GridUnreadable: The grid is not there, or its rows do not add up to what its pager says (KTP-114).

        Example:
        | ${contracts} =    Read Contracts
        """
        self.session.arrive("contracts", msg("Reading the contracts"))
        rows: list[Contract] = []
        for kind in self._tabs.kinds:
            self._go(kind)
            rows.extend(self._of_list(kind, self._read_list()))
        contracts = numbered(rows)
        starts = {visible(each.cells.get("start", "")) for each in contracts if each.start is None}
        unread = [text for text in sorted(starts) if any(map(str.isdigit, text))]
        if unread:
            texts = ", ".join(f'"{text}"' for text in unread[:3])
            logger.warn(
                msg(
                    "The start date of some contracts could not be read: {texts}. They are distinguished by name "
                    "and category.",
                    texts=texts,
                )
            )
        return contracts

    @property
    def _tabs(self) -> ListTabs:
        return ListTabs(self.session)

    @property
    def _required(self) -> tuple[str, ...]:
        """The columns without which it is not the list: also those that say whose turn it is."""
        return (*REQUIRED, *self.portal.procedure.party_columns)

    @property
    def _wanted(self) -> tuple[str, ...]:
        return tuple(column for column in _WANTED if column in self.portal.columns)

    def _go(self, kind: ListKind) -> None:
        """Show one of the lists, and wait until it is drawn."""
        self._tabs.go(kind)
        wait_for_list(self.session, lambda now: self.reader.sees_list(now, self.portal.columns, "name"))
        self._turns.prepare()

    def _read_list(self) -> Sequence[Row]:
        """Read all pages of the list that is shown; one that says that it is empty has no rows."""
        try:
            grid = self.reader.read_grid(self.portal.columns, self._required, wanted=self._wanted, all_pages=True)
        except GridUnreadable as error:
            require_rows_or_empty(self.session, error)
            return ()
        return grid.rows

    def _of_list(self, kind: ListKind, rows: Sequence[Row]) -> list[Contract]:
        """The contracts of a list's rows that count: each status is read from one list only."""
        workplace = self.session.workplace.sgk if self.session.workplace else ""
        contracts = [self._as_contract(row, workplace) for row in rows]
        return [contract for contract in contracts if self._tabs.shows(kind, contract.status)]

    def _as_contract(self, row: Row, workplace: str) -> Contract:
        cells = row.cells
        turn = self._turns.of(row)
        category = visible(cells.get("category", ""))
        return Contract(
            workplace=workplace,
            name=visible(cells.get("name", "")),
            category=category or self.portal.procedure.category_of(cells.get("contract_name", "")),
            start=parse_date(cells.get("start", "")),
            status=turn.status,
            status_text=self._turns.status_text(row),
            cells=dict(cells),
            gorevlendirme_id=visible(cells.get("gorevlendirme_id", "")) or None,
            minutes=parse_minutes(cells.get("minutes", "")),
            waits_for=turn.waits_for,
            turn_doubt=turn.doubt,
        )

    def reading(self, count: int | None, *, fresh: bool = False) -> Reading:
        """Read the contracts together with the portal's own count of pending ones.

        Args:
            count: what the home page counts; not used where the list itself counts.
            fresh: True to have the portal send the list again first.

        Returns:
            The reading.
        """
        contracts = self.fresh_contracts() if fresh else self.read_contracts()
        return Reading(contracts, self.read_count() if self.portal.procedure.list.counts else count)

    def read_count(self) -> int | None:
        """Read how many contracts the list itself says are pending, as a tab's label does.

        Returns:
            The number, or None if the page says none.
        """
        return pending_count(self.reader.settled(), self.portal.texts["pending_count"], self.portal.texts["no_pending"])

    # ------------------------------------------------------------------------------------------------------- reading again

    def fresh_contracts(self) -> list[Contract]:
        """Read every row again, freshly from the portal."""
        self.refresh()
        contracts: list[Contract] = self.read_contracts()
        return contracts

    def look_again(self, contract: Contract, at_least: int, *, wait: timedelta = timedelta(0)) -> list[Contract]:
        """Read the rows of one identity again, freshly from the portal.

        Args:
            contract: whose identity is meant.
            at_least: how many rows of it are known: once so many were seen, the page that is shown is enough.
            wait: how long to wait for rows that come a while after the portal was asked for them.

        Returns:
            The rows of that identity, in the grid's order.
        """
        self.refresh()
        if wait:
            self._wait_for_late_rows(wait)
        found: list[Contract] = []
        for kind in self._tabs.kinds:
            self._go(kind)
            # Duplicate rows are counted in each list by itself, as `show` counts them.
            found.extend(numbered(self._look_through(kind, contract, at_least - len(found))))
            if 0 < at_least <= len(found):
                break
        return found

    def _look_through(self, kind: ListKind, contract: Contract, at_least: int) -> list[Contract]:
        """The rows of one contract in the list that is shown; its later pages are left where so many were seen."""
        rows: list[Row] = []

        def on_page(page: Grid, number: int) -> bool:
            if number == 1:
                rows.clear()
            rows.extend(page.rows)
            return 0 < at_least <= len(self._rows_of(kind, contract, rows))

        try:
            self._walk(on_page, near=at_least > 0)
        except GridUnreadable as error:
            require_rows_or_empty(self.session, error)
        return self._rows_of(kind, contract, rows)

    def _walk(self, on_page: Callable[[Grid, int], bool], *, near: bool) -> None:
        """Walk the grid's pages until it is enough: those from the one that is shown on first, where any one row is meant."""
        ended: list[bool] = []

        def noted(page: Grid, number: int) -> bool:
            if on_page(page, number):
                ended.append(True)
            return bool(ended)

        for from_here in (True, False) if near else (False,):
            self.reader.read_grid(
                self.portal.columns,
                self._required,
                wanted=self._wanted,
                all_pages=True,
                from_here=from_here,
                on_page=noted,
            )
            if ended:
                return

    def _rows_of(self, kind: ListKind, contract: Contract, rows: Sequence[Row]) -> list[Contract]:
        return [row for row in self._of_list(kind, rows) if row.is_row_of(contract)]

    def refresh(self) -> None:
        """Have the portal send the grid again: by "Tazele", else by its tab, else by loading the page again."""
        self.session.close_popups()
        control = refreshing_control(self.session)
        if control is None:
            if not self._tabs.ask_again(ListKind.PENDING):
                self._reopen()
            return
        asked = self.reader.seen.started
        self.session.driver.require_no_dialog(self.reader.press(control), msg('Pressing "Tazele"'))
        try:
            wait_for_the_grid(self.session, asked)
        except NoEffect:
            self._reopen()

    def _wait_for_late_rows(self, wait: timedelta) -> None:
        """Wait until the grid shows other rows than at first: some portals close the form first and reload the rows later."""
        first = self._shown()
        with suppress(NoEffect):
            self.session.until(
                lambda now: True if self._shown() not in (first, []) else None,
                msg("Waiting for rows"),
                msg("others"),
                wait,
            )

    def _shown(self) -> list[dict[str, str]]:
        grid = self.reader.see_grid(self.reader.seen, self.portal.columns, ("name",), "name")
        return [row.cells for row in grid.rows] if grid is not None else []

    # ------------------------------------------------------------------------------------------------------- finding a row

    def show(self, contract: Contract) -> Row:
        """Turn to the page on which a contract's row stands.

        Args:
            contract: the contract.

        Returns:
            The row as it stands now.

        Raises:
            GridUnreadable: The row is not there any more, or no longer pending.
        """
        kind = self._tabs.kinds[-1] if contract.status is Status.APPROVED else ListKind.PENDING
        self._go(kind)
        found: list[Row] = []
        seen = 0

        def on_page(page: Grid, number: int) -> bool:
            nonlocal seen
            seen = 0 if number == 1 else seen
            for row in self._matching(kind, contract, page):
                if seen == contract.twin:
                    found.append(row)
                    return True
                seen += 1
            return False

        self._walk(on_page, near=contract.twin == 0 and self._twins_of(contract) <= 1)
        if not found:
            raise GridUnreadable(
                msg("Looking for the row of {contract}", contract=contract),
                msg("a row of that name, category and start"),
                msg("{seen} on all pages", seen=seen),
                msg("Run again: the list is read again."),
            )
        return found[0]

    def _matching(self, kind: ListKind, contract: Contract, grid: Grid) -> list[Row]:
        def is_it(row: Row) -> bool:
            shown = self._as_contract(row, contract.workplace)
            return self._tabs.shows(kind, shown.status) and shown.is_row_of(contract)

        return [row for row in grid.rows if is_it(row)]
