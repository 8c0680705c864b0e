"""The contracts grid "Sözleşmeler" (5.8): select a row of the list, press "Onayla", keep its print-out."""

from __future__ import annotations

from pathlib import Path

from Katip.errors import ControlDisabled, GridUnreadable, NoEffect
from Katip.messages import msg
from Katip.model import Contract, Status
from Katip.pages.contract_list import ContractList
from Katip.pages.row_action import find_row_action
from Katip.portal_procedure import At
from Katip.reading.cells import Row
from Katip.reading.labels import Control, Kind
from Katip.reading.row_controls import controls_in_row
from Katip.reading.snapshot import Snapshot


class ContractsPage(ContractList):
    """The page that lists the contracts, and what is pressed on it for one of them."""

    def select(self, contract: Contract) -> Control:
        """Select the row of a pending contract, so that "Onayla" lights up (5.8).

        Args:
            contract: the contract.

        Returns:
            "Onayla", ready to be pressed.

        Raises:
            GridUnreadable: The row is not there, or not pending.
            ControlDisabled: "Onayla" stays disabled.
        """
        row = self.pending_row(contract)
        if not row.selected:
            self._select_row(row)
        try:
            control = self.reader.wait_for(
                self.session.label("approve"), Kind.BUTTON, timeout=self.portal.patience.opening
            )
        except ControlDisabled as disabled:
            self._press_check(contract, disabled)
            control = self.reader.wait_for(
                self.session.label("approve"), Kind.BUTTON, timeout=self.portal.patience.opening
            )
        self._check_alone(contract)
        return control

    def pending_row(self, contract: Contract) -> Row:
        """Turn to a contract's row and make sure that it is pending.

        Args:
            contract: the contract.

        Returns:
            The row as it stands now.

        Raises:
            GridUnreadable: The row is not there, or not pending.
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
        if self._turns.by_colour:
            self.bring_into_sight(row)
            self._turns.require_drawn_so(self.show(contract), str(contract))
            return self.show(contract)
        return row

    def _select_row(self, row: Row) -> None:
        """Select a row by its own "Seç", else by its check box or its text."""
        words = self.portal.wording.words
        choosing = controls_in_row(self.reader.seen, row, self.session.label("select_row"), words)
        by_control = row.check is None and len(choosing) == 1 and not choosing[0].disabled
        dialog = self.reader.press(choosing[0]) if by_control else self.reader.select_row(row)
        self.session.driver.require_no_dialog(dialog, msg("Selecting a row"))

    def _press_check(self, contract: Contract, disabled: ControlDisabled) -> None:
        """Press the row's check box, if pressing the row does not select it."""
        row = self.show(contract)
        if row.check is not None and row.selected:
            return
        try:
            dialog = self.reader.press_box(row)
        except GridUnreadable:
            raise disabled from None
        self.session.driver.require_no_dialog(dialog, msg("Selecting a row"))

    def _check_alone(self, contract: Contract) -> None:
        grid = self.reader.see_grid(self.reader.seen, self.portal.columns, ("name",), "name")
        selected = [self._as_contract(row, contract.workplace) for row in (grid.rows if grid else ()) if row.selected]
        others = [each for each in selected if not each.is_row_of(contract)]
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
        control = self.ready_to_open(contract)
        before = self.reader.seen
        dialog = self.reader.press(control, strict=True, only=self.portal.katip_origins)
        self.session.driver.require_no_dialog(dialog, msg('Pressing "Onayla"'))
        return before

    def ready_to_open(self, contract: Contract) -> Control:
        """Find the "Onayla" of a pending contract, above the list or in its row, ready to be pressed.

        Args:
            contract: a pending contract.

        Returns:
            The control; nothing of it was pressed.

        Raises:
            GridUnreadable: The row is not there, or not pending.
            ControlDisabled: "Onayla" stays disabled.
        """
        at = self.portal.procedure.approving.at
        if at is At.TOOLBAR:
            return self.select(contract)
        row = self.pending_row(contract)
        return find_row_action(self.session, row, str(contract), at)

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
            self._select_row(row)
        control = self.reader.wait_for(
            self.session.label("print_contract"), Kind.BUTTON, timeout=self.portal.patience.opening
        )
        return self.session.driver.download(control.node, stem, self.portal.patience.page)

    def bring_into_sight(self, row: Row) -> None:
        """Scroll until a row can be seen, for its picture."""
        self.reader.show_row(row, "name")
