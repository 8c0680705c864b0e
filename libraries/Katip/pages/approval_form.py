"""The form "SÖZLEŞME ONAY" (5.9): read it, press "Kayıt" once, answer its small window once, leave it unsaved."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeGuard

from Katip.approvals.approval_result import Answer
from Katip.approvals.decisions import how_form_differs
from Katip.current_session import CurrentSession
from Katip.errors import ForeignOrigin, FormDisagrees, KatipError, LabelAmbiguous, LabelNotFound, NoEffect, NotPressed
from Katip.messages import msg
from Katip.model import ApprovalForm, Contract, id_key
from Katip.origins import is_one_of
from Katip.pages.component import PageComponent
from Katip.pages.consent import consents_given
from Katip.pages.form_reader import FormReader
from Katip.pages.place import is_on
from Katip.pages.small_window import SmallWindow, has_stayed
from Katip.portal_procedure import FormWay
from Katip.reading import labels
from Katip.reading.cells import Row
from Katip.reading.dark_words import is_dark
from Katip.reading.labels import Control, Kind
from Katip.reading.snapshot import Dialog, Node, Snapshot
from Katip.reading.windows import Window
from Katip.turkish import names_agree


@dataclass(slots=True)
class _OpenForm:
    """The form that is open, as it was checked."""

    snapshot: Snapshot
    form: ApprovalForm

    def is_still(self, form: ApprovalForm | None) -> bool:
        """True if what is there now is what was checked: person, ID and minutes."""
        if form is None:
            return False
        checked = self.form
        return (form.name, form.gorevlendirme_id, form.minutes, form.start, form.contract_name) == (
            checked.name,
            checked.gorevlendirme_id,
            checked.minutes,
            checked.start,
            checked.contract_name,
        )


class ContractRows(Protocol):
    """Finds the row of a contract in the grid."""

    def pending_row(self, contract: Contract) -> Row:
        """Return a contract's row, which must be pending."""

    def ready_to_open(self, contract: Contract) -> Control:
        """Return the "Onayla" of a pending contract, ready to be pressed."""


class ApprovalFormPage(PageComponent):
    """The form that opens after "Onayla".

    Args:
        current: the session of the run at work.
        contracts: finds the row of a contract.
        reopen: loads the portal again and comes back to the grid.

    Attributes:
        saved_on: the origin of the page on which "Kayıt" was pressed last; empty if it was not.
    """

    def __init__(self, current: CurrentSession, contracts: ContractRows, reopen: Callable[[], None]) -> None:
        super().__init__(current)
        self._contracts = contracts
        self._reopen = reopen
        self._form = FormReader(current)
        self._window = SmallWindow(current, self._form)
        self._open: _OpenForm | None = None
        self._row: Contract | None = None
        self.saved_on = ""

    def read(self, before: Snapshot, contract: Contract | None = None) -> ApprovalForm:
        """Wait for the form and read it, past the pages that the portal's file says come before it.

        Args:
            before: what was seen before "Onayla" was pressed.
            contract: whose form it must be; one that first shows another contract is given time to change.

        Returns:
            The form's values.

        Raises:
            NoEffect: The form does not come, or a window comes instead.
            ControlDisabled: "Kayıt" cannot be pressed on it.
            LabelAmbiguous: "Kayıt" is there more than once.
        """
        self._pass_pages_before()
        since: dict[str, float] = {}
        stale_until = time.monotonic() + self.portal.patience.quiet.total_seconds()

        def seen(snapshot: Snapshot) -> ApprovalForm | None:
            if snapshot.busy or self.reader.is_loading(snapshot):
                return None
            form = self._form.read(snapshot)
            if form is not None and contract is not None and not _is_of(form, contract):
                return form if time.monotonic() > stale_until else None
            if form is None:
                window = self.reader.see_window(before, snapshot)
                # Only what stays is an answer: a form may come with its title first, a row may unfold.
                if self._answers_instead(window, snapshot) and has_stayed(
                    window, since, self.portal.patience.opening.total_seconds()
                ):
                    raise NoEffect(
                        msg('Pressing "Onayla"'),
                        msg("the form SÖZLEŞME ONAY"),
                        msg('a window: "{text}"', text=window.text),
                        msg("Look at the contract by hand."),
                    )
            return form

        form = self.session.until(seen, msg('Pressing "Onayla"'), msg("the form SÖZLEŞME ONAY with the person's name"))
        snapshot = self._settled()
        if not self.portal.procedure.approving.tick:
            snapshot = self._lit_up(snapshot)
        form = self._form.read(snapshot) or form
        self._open = _OpenForm(snapshot, form)
        return form

    def _pass_pages_before(self) -> None:
        """Go through the pages between "Onayla" and the form; none of them saves anything."""
        for step in self.portal.procedure.approving.before:
            come = partial(self._has_come, step.page)
            self.session.until(come, msg('Pressing "Onayla"'), self.portal.pages[step.page].title)
            if is_on(self.reader.settled(), self.portal, step.page):
                dialog = self.session.take(step, strict=True)
                self.session.driver.require_no_dialog(dialog, msg('Pressing "{label}"', label=step.press))

    def _has_come(self, page: str, snapshot: Snapshot) -> bool | None:
        """True once a page before the form is there, or the form itself."""
        return True if is_on(snapshot, self.portal, page) or self._form.read(snapshot) is not None else None

    def _lit_up(self, snapshot: Snapshot) -> Snapshot:
        """Wait until the button that saves can be pressed."""
        if not self._can_be_pressed(snapshot):
            self.session.until(
                lambda now: self._can_be_pressed(now) or None,
                msg("Reading the form"),
                msg('"{label}" to become enabled', label=self.session.label("save")),
                self.portal.patience.form,
            )
            return self._settled()
        return snapshot

    def _can_be_pressed(self, snapshot: Snapshot) -> bool:
        """True if "Kayıt" is lit and in sight."""
        save = self._form.save_button(snapshot)
        return save is not None and save.in_sight and not is_dark(snapshot, save)

    def _settled(self) -> Snapshot:
        """Wait until the form holds still, whatever moves elsewhere."""
        return self.reader.settled(self.portal.patience.part, part=self._form.area(self.reader.seen))

    def prepare(self) -> None:
        """Tick the check boxes that the portal's file names as part of the approval, and make sure that no consent is on.

        Raises:
            FormDisagrees: The consent to automatic updates is on, or its state is not known.
            LabelNotFound: The form has no such check box.
        """
        opened = self._open
        if opened is None:
            return
        self._require_no_consent(opened.snapshot)
        boxes = self.portal.procedure.approving.tick
        if not boxes:
            return
        for label in boxes:
            self.reader.tick(label)
        snapshot = self._lit_up(self._settled())
        self._require_no_consent(snapshot)
        self._open = _OpenForm(snapshot, self._form.read(snapshot) or opened.form)

    def _require_no_consent(self, snapshot: Snapshot) -> None:
        """The consent to automatic updates is the person's own: it is never moved, and where it is on nothing is approved."""
        given = consents_given(snapshot)
        if given:
            raise FormDisagrees(
                msg("Reading the form"),
                msg("no consent to automatic updates that is given with it"),
                msg('"{consent}" is on, or its state is not clear', consent=given[0]),
                msg("Nothing was saved. Approve this contract by hand, or switch the consent off there."),
            )

    def _answers_instead(self, window: Window | None, snapshot: Snapshot) -> TypeGuard[Window]:
        """True for a window with words and buttons that is not the form on its way."""
        if window is None or not window.buttons or not window.text or self._form.save_button(snapshot) is not None:
            return False
        key = self.portal.wording.words.key(window.text)
        return key != self.portal.wording.words.key(self.portal.pages["form"].title)

    def of_row(self, contract: Contract) -> ApprovalForm:
        """Return the row's own values as the form, for portals where the press on the row approves. Nothing is pressed.

        Args:
            contract: the contract; its row must be pending.

        Returns:
            The row's values.

        Raises:
            GridUnreadable: The row is not there, or not pending.
        """
        self._contracts.pending_row(contract)
        self._open, self._row = None, contract
        columns = self.portal.columns
        shown = {
            columns[column].name if column in columns else column: self.session.covered(text)
            for column, text in contract.cells.items()
        }
        return ApprovalForm(contract.name, contract.gorevlendirme_id, contract.minutes, shown, contract.start)

    # ------------------------------------------------------------------------------------------------ the irreversible step

    def submit(self, picture: Callable[[], str | None]) -> Answer:
        """Press "Kayıt" once, read the small window, and give it its one answer (5.9).

        Args:
            picture: takes the window's picture and gives its path.

        Returns:
            The result.

        Raises:
            NotPressed: The form is not the one that was checked, or "Kayıt" cannot be pressed. Anything else that is raised counts as sent.
        """
        self.saved_on = ""
        row, self._row = self._row, None
        snapshot, control = self._checked() if row is None else self._checked_row(row)
        self._open = None
        self.saved_on = snapshot.origin
        try:
            dialog = self._click(snapshot, control)
        except KatipError as error:
            if not (isinstance(error, NotPressed) or error.before_press):
                raise  # it counts as sent
            self.saved_on = ""
            raise (
                error if isinstance(error, NotPressed) else _not_saved(msg("it to be there still"), error.sentence)
            ) from None
        if dialog is not None:
            return self._window.answer_native(dialog)
        if row is not None and self.portal.procedure.approving.form is FormWay.UNKNOWN:
            return self._save_what_opened(row, snapshot, picture)
        return self._window.wait(snapshot, picture)

    def _click(self, snapshot: Snapshot, control: Control) -> Dialog | None:
        """Press the control that saves, while what was checked beside it still reads as it did."""
        return self.session.driver.click(
            control.node,
            self.portal.patience.press,
            owner=control.owner,
            strict=True,
            only=self.portal.katip_origins,
            kept=self._read_beside(snapshot, control),
        )

    def _read_beside(self, snapshot: Snapshot, control: Control) -> list[Node]:
        """Return the fields of the form, or the cells of the row, that the control belongs to."""
        grid = self.reader.see_grid(snapshot, self.portal.columns, ("name",), "name")
        rows = [row for row in grid.rows if row.box.same_line(control.box)] if grid is not None else []
        if rows and self._form.read(snapshot) is None:
            return [piece.node for pieces in rows[0].pieces.values() for piece in pieces]
        return [field.node for field in self._form.fields(snapshot).values() if field.node is not None]

    def _checked_row(self, contract: Contract) -> tuple[Snapshot, Control]:
        """Find the control of the row that approves, in the last moment before it is pressed."""
        try:
            control = self._contracts.ready_to_open(contract)
        except KatipError as error:
            raise _not_saved(msg("the row of the contract, pending, with its own control"), error.sentence) from None
        snapshot = self.reader.seen
        self._require_own_origin(snapshot, control)
        return snapshot, control

    def _save_what_opened(self, contract: Contract, before: Snapshot, picture: Callable[[], str | None]) -> Answer:
        """Where nobody knew whether a form comes: save the one that came, if it is this contract's; else read the answer."""

        def seen(snapshot: Snapshot) -> ApprovalForm | Window | None:
            if snapshot.busy or self.reader.is_loading(snapshot):
                return None
            form = self._form.read(snapshot)
            return form if form is not None and _is_of(form, contract) else self._window.see(before, snapshot)

        try:
            came = self.reader.until(seen, msg("Approving"), msg("a form or an answer"), self.portal.patience.opening)
        except NoEffect:
            came = None
        if not isinstance(came, ApprovalForm):
            return self._window.wait(before, picture)
        self._open = _OpenForm(self._settled(), came)
        try:
            self._require_form_of(contract, came)
            self.prepare()
            snapshot, control = self._checked()
            dialog = self._click(snapshot, control)
        except (
            KatipError
        ) as error:  # the row's own control was pressed: that counts as sent, whatever became of the form
            return Answer(
                None,
                False,
                None,
                self.session.covered(msg("a form opened and was not saved: {sentence}", sentence=error.sentence)),
            )
        return self._window.wait(snapshot, picture) if dialog is None else self._window.answer_native(dialog)

    @staticmethod
    def _require_form_of(contract: Contract, form: ApprovalForm) -> None:
        """A form that the row's own press opened is compared with the row as one is that is opened before the decision."""
        differs = how_form_differs(contract, form)
        if differs:
            raise _not_saved(msg("the form of the contract"), differs)

    def _checked(self) -> tuple[Snapshot, Control]:
        """Check the form once more right before "Kayıt".

        Returns:
            What is seen, and "Kayıt" on it.

        Raises:
            NotPressed: The page, the form or "Kayıt" is not what was checked.
        """
        try:
            snapshot = self.reader.look()
            if self._open is None or snapshot is not self._open.snapshot:
                snapshot = self._settled()  # something moved since it was checked
        except ForeignOrigin as error:
            raise _not_saved(msg("a page of KATİP's own origin"), error.sentence) from None
        form = self._form.read(snapshot)
        if self._open is None or not self._open.is_still(form):
            seen = f"{form.name}, {form.gorevlendirme_id}, {form.minutes}" if form else msg("no form")
            raise _not_saved(msg("the form as it was checked"), seen)
        if given := consents_given(snapshot):
            raise _not_saved(
                msg("no consent to automatic updates that is given with it"), msg('"{consent}" is on', consent=given[0])
            )
        control = self._form.save_button(snapshot)
        if control is None or is_dark(snapshot, control):
            raise _not_saved(msg("a button that can be pressed"), control.describe() if control else "none")
        self._require_own_origin(snapshot, control)
        return snapshot, control

    def _require_own_origin(self, snapshot: Snapshot, control: Control) -> None:
        own = self.portal.katip_origins
        for origin in (snapshot.origin, snapshot.origins[control.node.frame]):
            if not is_one_of(origin, own):
                raise _not_saved(msg("page and frame on {own}", own=" or ".join(sorted(own))), origin)

    # ----------------------------------------------------------------------------------------------------------- leaving it

    def leave(self) -> None:
        """Leave the form unsaved: by a button that the portal's data names as safe, else by loading the page again."""
        self._open = None
        if self._row is not None:  # nothing was pressed
            self._row = None
            return
        snapshot = self.reader.look()
        if snapshot.dialog is None:
            button = self._safe_button(snapshot)
            if button is not None:
                self.session.driver.require_no_dialog(
                    self.reader.press(button), msg('Pressing "{name}"', name=button.name)
                )
                self.session.until(
                    lambda now: True if self._form.save_button(now) is None else None,
                    msg("Leaving the form"),
                    msg("it to be gone"),
                    self.portal.patience.form,
                )
                return
            if self._form.save_button(snapshot) is None and is_on(snapshot, self.portal, "contracts"):
                return
        else:
            self.session.fresh_page()
        self._reopen()

    def _safe_button(self, snapshot: Snapshot) -> Control | None:
        area = self._form.area(snapshot)
        for name in self.portal.safe_buttons:
            try:
                return labels.find(snapshot, labels.as_label(name), Kind.BUTTON, self.portal.wording.words, inside=area)
            except (LabelNotFound, LabelAmbiguous):
                continue
        return None


def _is_of(form: ApprovalForm, contract: Contract) -> bool:
    """True if a form can be a contract's: its person's, and its ID's where both are known."""
    both = (form.gorevlendirme_id, contract.gorevlendirme_id)
    return names_agree(form.name, contract.name) and (not all(both) or id_key(both[0]) == id_key(both[1]))


def _not_saved(expected: str, seen: str) -> NotPressed:
    return NotPressed(msg('Pressing "Kayıt"'), expected, seen, msg("Nothing was pressed."))
