"""`katip doctor` up to the open form: by the press that only shows a contract, where the portal's file names one (`[detail]`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from Katip.current_session import CurrentSession
from Katip.doctor.check import Check, State, Text, text
from Katip.doctor.form_words import ShownForm, examine_form
from Katip.errors import KatipError, LabelAmbiguous
from Katip.messages import msg
from Katip.pages.form_reader import FormReader
from Katip.pages.row_action import find_row_action
from Katip.portal_procedure import At, Detail
from Katip.reading import windows
from Katip.reading.cells import Row
from Katip.reading.controls import Kind
from Katip.reading.grids import Grid
from Katip.reading.labels import Control
from Katip.reading.snapshot import Snapshot


class DetailWalk:
    """Opens the form of one contract of the list to look at it, and leaves it by loading the list again.

    Args:
        current: the session at hand.
        list_again: loads the list again and returns what it shows.
    """

    def __init__(self, current: CurrentSession, list_again: Callable[[], Grid]) -> None:
        self._current = current
        self._list_again = list_again
        self._form = FormReader(current)

    def checks(self, grid: Grid) -> Iterator[Check]:
        """Compare the form with the portal's file; nothing is pressed but what the file says only shows.

        Args:
            grid: the list as it is shown.

        Yields:
            The checks.
        """
        detail = self._current.session.portal.procedure.detail
        if detail is None:
            seen = msg("the form was not looked at: the portal's file names no press that only shows a contract")
            mend = msg('If a row has one, such as "Detay", add to your own portal file: [detail] press = ["Detay"]')
            yield Check("detail", State.OK, text(seen), text(mend))
            return
        if not grid.rows:
            yield Check("detail", State.OK, text(msg("the form was not looked at: the list is empty")))
            return
        row = grid.rows[0]
        try:
            shown = self._shown(detail, row)
        except KatipError as error:
            yield Check("detail", State.FAILED, self._as_text(error.happened), self._as_text(error.to_do))
            shown = None
        if shown is not None:
            yield from examine_form(shown, self._current.session.portal)
        yield from self._unchanged(row)

    def _shown(self, detail: Detail, row: Row) -> ShownForm:
        session = self._current.session
        control = self._found(detail, row)
        before = session.reader.seen
        doing = msg('Pressing "{label}"', label=detail.press)
        dialog = session.reader.press(control, strict=True, only=session.portal.katip_origins)
        session.driver.require_no_dialog(dialog, doing)

        def new(snapshot: Snapshot) -> bool | None:
            waits = snapshot.busy or session.reader.is_loading(snapshot)
            return None if waits else bool(windows.new_pieces(before, snapshot)) or None

        session.until(new, doing, msg("something new on the page"), session.portal.patience.quiet)
        snapshot = session.reader.settled()
        return ShownForm(snapshot, windows.new_pieces(before, snapshot), self._savers(snapshot))

    def _found(self, detail: Detail, row: Row) -> Control:
        """Return the control that only shows; the row is selected first where it is above the list."""
        session = self._current.session
        if detail.at is not At.TOOLBAR:
            return find_row_action(session, row, msg("the first contract"), detail.at, detail.press)
        if not row.selected:
            session.driver.require_no_dialog(session.reader.select_row(row), msg("Selecting a row"))
        return session.reader.wait_for(detail.press, Kind.BUTTON, timeout=session.portal.patience.opening)

    def _savers(self, snapshot: Snapshot) -> list[str]:
        try:
            control = self._form.save_button(snapshot)
        except LabelAmbiguous as error:
            return list(error.candidates)
        return [control.describe()] if control is not None else []

    def _unchanged(self, row: Row) -> Iterator[Check]:
        """Leave what is open, and make sure that the row reads as before."""
        session = self._current.session
        with suppress(KatipError):
            if session.reader.look().dialog is not None:
                session.fresh_page()
        try:
            rows = self._list_again().rows
        except KatipError as error:
            yield Check("detail", State.FAILED, self._as_text(error.happened), self._as_text(error.to_do))
            return
        if any(each.cells == row.cells for each in rows):
            return
        seen = msg("after it the first row of the list reads otherwise, or is gone")
        mend = msg(
            "Look at that contract on the portal. If the press does more than show, remove [detail] from your file."
        )
        yield Check("detail", State.FAILED, text(seen), text(mend))

    def _as_text(self, message: str) -> Text:
        both, covered = text(message), self._current.session.covered
        return Text(covered(both.tr), covered(both.en))
