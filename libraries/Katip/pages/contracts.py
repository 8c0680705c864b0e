"""The contracts grid "Sözleşmeler" (5.8, 5.10): read it, select a row, press "Onayla", read the row again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from robot.api import logger
from robot.api.deco import keyword

from Katip.errors import ControlDisabled, GridUnreadable, LabelAmbiguous, LabelNotFound, NoEffect
from Katip.messages import msg
from Katip.model import Contract, Status, parse_date
from Katip.pages.component import PageComponent
from Katip.pages.place import is_on
from Katip.reading import labels
from Katip.reading.cells import Row
from Katip.reading.grids import Grid
from Katip.reading.labels import Control, Kind
from Katip.reading.snapshot import Snapshot
from Katip.turkish import visible

REQUIRED = ("name", "status")
_LIGHT_UP = timedelta(seconds=4)
_LATE_ROWS = timedelta(seconds=5)


class ContractsPage(PageComponent):
    """The page that lists the contracts of the chosen workplace."""

    @keyword(tags=["5.8"])
    def read_contracts(self) -> list[Contract]:
        """Read every row of every page of the grid (5.8); nothing is selected or changed.

        Returns:
            The contracts in the grid's order.

        Raises:
            GridUnreadable: The grid is not there, or its rows do not add up to what its pager says.

        Example:
        | ${contracts} =    Read Contracts
        """
        self.session.arrive("contracts", msg("Reading the contracts"))
        grid = self.reader.read_grid(self.portal.columns, REQUIRED, all_pages=True)
        contracts = self._as_contracts(grid.rows)
        starts = {visible(each.cells.get("start", "")) for each in contracts if each.start is None}
        unread = [text for text in sorted(starts) if any(map(str.isdigit, text))]
        if unread:
            told = ", ".join(f'"{text}"' for text in unread[:3])
            logger.warn(
                msg(
                    "The start date of some contracts could not be read: {told}. They are told apart by name "
                    "and category.",
                    told=told,
                )
            )
        return contracts

    def _as_contracts(self, rows: Sequence[Row]) -> list[Contract]:
        session = self.session
        workplace = session.workplace.sgk if session.workplace else ""
        seen: Counter[tuple[str, str, str, str]] = Counter()
        contracts: list[Contract] = []
        for row in rows:
            contract = self._as_contract(row, workplace)
            number = seen[contract.identity]
            seen[contract.identity] += 1
            contracts.append(_with_twin(contract, number))
        return contracts

    def _as_contract(self, row: Row, workplace: str) -> Contract:
        status = row.cells.get("status", "")
        return Contract(
            workplace=workplace,
            name=visible(row.cells.get("name", "")),
            category=visible(row.cells.get("category", "")),
            start=parse_date(row.cells.get("start", "")),
            status=self.portal.status(status),
            status_text=visible(status),
            cells=dict(row.cells),
        )

    # ------------------------------------------------------------------------------------------------------- reading again

    def fresh_contracts(self) -> list[Contract]:
        """Read every row again, freshly from the portal."""
        self.refresh()
        contracts: list[Contract] = self.read_contracts()
        return contracts

    def look_again(self, contract: Contract, at_least: int, *, patient: bool = False) -> list[Contract]:
        """Read the rows of one identity again, freshly from the portal.

        Args:
            contract: whose identity is meant.
            at_least: how many rows of it are known: once so many were seen, the page that is shown is enough.
            patient: wait for rows that may come a while after the portal was asked for them.

        Returns:
            The rows of that identity, in the grid's order.
        """
        self.refresh()
        if patient:
            self._wait_for_late_rows()
        rows: list[Row] = []

        def on_page(page: Grid, number: int) -> bool:
            if number == 1:
                rows.clear()
            rows.extend(page.rows)
            return 0 < at_least <= len(self._rows_of(contract, rows))

        self._walk(on_page, near=at_least > 0)
        return self._rows_of(contract, rows)

    def _walk(self, on_page: Callable[[Grid, int], bool], *, near: bool) -> None:
        """Walk the grid's pages until it is enough: those from the one that is shown on first, where any one row is meant."""
        ended: list[bool] = []

        def noted(page: Grid, number: int) -> bool:
            if on_page(page, number):
                ended.append(True)
            return bool(ended)

        for from_here in (True, False) if near else (False,):
            self.reader.read_grid(self.portal.columns, REQUIRED, all_pages=True, from_here=from_here, on_page=noted)
            if ended:
                return

    def _rows_of(self, contract: Contract, rows: Sequence[Row]) -> list[Contract]:
        return [row for row in self._as_contracts(rows) if row.identity == contract.identity]

    def refresh(self) -> None:
        """Have the portal send the grid again: by "Tazele", else by the menu, else by loading the page again."""
        self.session.close_popups()
        control = self._refreshing_control()
        if control is None:
            self.reopen()
            return
        # The number as it is now: a look that sees nothing new is the same object again.
        asked = self.reader.seen.started
        self.session.driver.require_no_dialog(self.reader.press(control), msg('Pressing "Tazele"'))
        try:
            self._wait_for_the_grid(asked)
        except NoEffect:
            self.reopen()

    def _wait_for_the_grid(self, asked: int) -> None:
        doing, expected = msg('Pressing "Tazele"'), msg("the portal to send the grid again")
        snapshot = self.session.until(
            lambda now: now if now.started > asked else None, doing, expected, timedelta(seconds=2)
        )
        if snapshot.busy:
            snapshot = self.session.until(lambda now: None if now.busy else now, doing, expected)
        if not is_on(snapshot, self.portal, "contracts"):
            self.session.arrive("contracts", doing)

    def _wait_for_late_rows(self) -> None:
        """Wait until the grid shows other rows than at first: some portals answer at once and send the rows afterwards."""
        first = self._shown()
        with suppress(NoEffect):
            self.session.until(
                lambda now: True if self._shown() not in (first, []) else None,
                msg("Waiting for rows"),
                msg("others"),
                _LATE_ROWS,
            )

    def _shown(self) -> list[dict[str, str]]:
        grid = self.reader.see_grid(self.reader.seen, self.portal.columns, ("name",), "name")
        return [row.cells for row in grid.rows] if grid is not None else []

    def _refreshing_control(self) -> Control | None:
        """Return "Tazele", if it can be pressed; a page that still moves is given the time to come to rest."""
        looks: tuple[Callable[[], Snapshot], ...] = (lambda: self.reader.seen, self.reader.settled)
        for look in looks:
            snapshot = look()
            self.session.driver.require_no_dialog(snapshot.dialog, msg("Reading the grid again"))
            try:
                control = labels.find(snapshot, self.session.label("refresh"), Kind.BUTTON, self.portal.wording.words)
            except (LabelNotFound, LabelAmbiguous):
                continue
            if not (control.disabled or control.piece.covered or snapshot.busy or self.reader.is_loading(snapshot)):
                return control
        return None

    def reopen(self) -> None:
        """Load the portal again and go back to the grid."""
        self.library.home.load_home()
        self.library.home.open_contracts()

    # ------------------------------------------------------------------------------------------------------------- one row

    def show(self, contract: Contract) -> Row:
        """Turn to the page on which a contract's row stands.

        Args:
            contract: the contract.

        Returns:
            The row as it stands now.

        Raises:
            GridUnreadable: The row is not there any more, or no longer pending.
        """
        found: list[Row] = []
        seen = 0

        def on_page(page: Grid, number: int) -> bool:
            nonlocal seen
            seen = 0 if number == 1 else seen
            for row in self._matching(contract, page):
                if seen == contract.twin:
                    found.append(row)
                    return True
                seen += 1
            return False

        self._walk(on_page, near=contract.twin == 0 and self.library.twins_of(contract) <= 1)
        if not found:
            raise GridUnreadable(
                msg("Looking for the row of {contract}", contract=contract),
                msg("a row of that name, category and start"),
                msg("{seen} on all pages", seen=seen),
                msg("Run again: the list is read again."),
            )
        return found[0]

    def _matching(self, contract: Contract, grid: Grid) -> list[Row]:
        return [row for row in grid.rows if self._as_contract(row, contract.workplace).identity == contract.identity]

    def select(self, contract: Contract) -> Control:
        """Select the row of a pending contract, so that "Onayla" lights up (5.8).

        Args:
            contract: the contract.

        Returns:
            "Onayla", ready to be pressed.

        Raises:
            GridUnreadable: The row is not there, or not pending.
            ControlDisabled: "Onayla" stays dark.
        """
        row = self.show(contract)
        shown = self._as_contract(row, contract.workplace)
        if shown.status is not Status.PENDING:
            raise GridUnreadable(
                msg("Selecting the row of {contract}", contract=contract),
                msg("a pending row"),
                f'"{shown.status_text}"',
                msg("Run again: the list is read again."),
            )
        if not row.selected:
            self.session.driver.require_no_dialog(self.reader.select_row(row), msg("Selecting a row"))
        try:
            control = self.reader.wait_for(self.session.label("approve"), Kind.BUTTON, timeout=_LIGHT_UP)
        except ControlDisabled as dark:
            self._press_check(contract, dark)
            control = self.reader.wait_for(self.session.label("approve"), Kind.BUTTON, timeout=_LIGHT_UP)
        self._check_alone(contract)
        return control

    def _press_check(self, contract: Contract, dark: ControlDisabled) -> None:
        """Where pressing the row does not select it: its check box."""
        row = self.show(contract)
        if row.check is not None and row.selected:
            return
        try:
            dialog = self.reader.press_box(row)
        except GridUnreadable:
            raise dark from None
        self.session.driver.require_no_dialog(dialog, msg("Selecting a row"))

    def _check_alone(self, contract: Contract) -> None:
        grid = self.reader.see_grid(self.reader.seen, self.portal.columns, REQUIRED, "name")
        others = [
            self._as_contract(row, contract.workplace)
            for row in (grid.rows if grid else ())
            if row.selected and self._as_contract(row, contract.workplace).identity != contract.identity
        ]
        if others:
            raise NoEffect(
                msg("Selecting the row of {contract}", contract=contract),
                msg("no other row to be selected"),
                "; ".join(map(str, others)),
                msg("Nothing was pressed; the page is loaded again."),
            )

    def press_approve(self, contract: Contract) -> Snapshot:
        """Select a contract's row and press "Onayla" (5.8).

        Args:
            contract: a pending contract.

        Returns:
            What was seen right before.
        """
        control = self.select(contract)
        before = self.reader.seen
        dialog = self.reader.press(control, strict=True, only=self.portal.katip_origins)
        self.session.driver.require_no_dialog(dialog, msg('Pressing "Onayla"'))
        return before

    def download_print_out(self, contract: Contract, stem: Path) -> Path:
        """Select an approved contract's row, press "Sözleşme Yazdır" (5.8), and keep the file.

        Args:
            contract: the contract.
            stem: where to keep it, without the suffix.

        Returns:
            The file as the portal gave it.
        """
        row = self.show(contract)
        if not row.selected:
            self.session.driver.require_no_dialog(self.reader.select_row(row), msg("Selecting a row"))
        control = self.reader.wait_for(self.session.label("print_contract"), Kind.BUTTON, timeout=_LIGHT_UP)
        return self.session.driver.download(control.node, stem, self.portal.timeout)

    def bring_into_sight(self, row: Row) -> None:
        """Scroll until a row can be seen, for its picture."""
        pieces = row.pieces.get("name") or next(iter(row.pieces.values()), [])
        if pieces and not all(piece.in_sight for piece in pieces):
            self.session.driver.bring_into_sight(pieces[0].node)


def _with_twin(contract: Contract, number: int) -> Contract:
    return replace(contract, twin=number) if number else contract
