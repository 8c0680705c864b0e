"""The form "SÖZLEŞME ONAY" (5.9): read it, press "Kayıt" once, answer its small window once, leave it unsaved."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Protocol, TypeGuard, cast

from robot.api import logger

from Katip.approvals.approval_result import Answer, Wording
from Katip.approvals.decisions import how_form_differs
from Katip.current_session import CurrentSession
from Katip.errors import ForeignOrigin, FormDisagrees, KatipError, LabelAmbiguous, LabelNotFound, NoEffect, NotPressed
from Katip.messages import msg
from Katip.model import ApprovalForm, Contract, MessageWindow, id_key, parse_date, parse_minutes
from Katip.origins import is_one_of
from Katip.pages.component import PageComponent
from Katip.pages.consent import consents_given
from Katip.pages.place import is_on, trouble_of
from Katip.pages.question import agreeing_button, asked_words, why_not_agreed
from Katip.portal_procedure import FormWay
from Katip.reading import forms, labels
from Katip.reading.cells import Row
from Katip.reading.forms import FieldValue
from Katip.reading.grids import Grid
from Katip.reading.labels import Control, Kind
from Katip.reading.snapshot import Dialog, Node, Snapshot
from Katip.reading.windows import Window
from Katip.turkish import fold, names_agree, visible

Answered = Answer | Window
_PRESS = timedelta(seconds=5)
_LINGER = timedelta(milliseconds=1200)
_MOVING = timedelta(seconds=1)
_STAYS = 5  # seconds
_SURE = 1  # second
_CLOSING = timedelta(seconds=6)
_LIGHTING_UP = timedelta(seconds=6)
_STALE = timedelta(seconds=8)
_OPENS = timedelta(seconds=5)
_TELLING = frozenset({"gorevlendirme_id", "minutes", "start", "contract_name"})


@dataclass(slots=True)
class _OpenForm:
    """The form that stands open, as it was checked."""

    snapshot: Snapshot
    form: ApprovalForm

    def is_still(self, form: ApprovalForm | None) -> bool:
        """True if what stands there now is what was checked: person, ID and minutes."""
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
            LabelAmbiguous: "Kayıt" stands there more than once.
        """
        self._pass_pages_before()
        since: dict[str, float] = {}
        stale_until = time.monotonic() + _STALE.total_seconds()

        def seen(snapshot: Snapshot) -> ApprovalForm | None:
            if snapshot.busy or self.reader.is_loading(snapshot):
                return None
            form = self._read(snapshot)
            if form is not None and contract is not None and not _is_of(form, contract):
                return form if time.monotonic() > stale_until else None
            if form is None:
                window = self.reader.see_window(before, snapshot)
                # Only what stays is an answer: a form may come with its title first, a row may unfold.
                if self._answers_instead(window, snapshot) and _has_stayed(window, since, _STAYS):
                    raise NoEffect(
                        msg('Pressing "Onayla"'),
                        msg("the form SÖZLEŞME ONAY"),
                        msg('a window: "{text}"', text=window.text),
                        msg("Look at the contract by hand."),
                    )
            return form

        form = self.session.until(seen, msg('Pressing "Onayla"'), msg("the form SÖZLEŞME ONAY with the person's name"))
        snapshot = self.reader.settled(timedelta(seconds=3))
        if not self.portal.procedure.approving.tick:
            snapshot = self._lit_up(snapshot)
        form = self._read(snapshot) or form
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
        return True if is_on(snapshot, self.portal, page) or self._read(snapshot) is not None else None

    def _lit_up(self, snapshot: Snapshot) -> Snapshot:
        """Wait until the button that saves can be pressed."""
        save = self._saves(snapshot)
        if save is None or save.disabled or not save.in_sight:
            self.session.until(
                lambda now: True if (found := self._saves(now)) and not found.disabled and found.in_sight else None,
                msg("Reading the form"),
                msg('"{label}" to light up', label=self.session.label("save")),
                _LIGHTING_UP,
            )
            return self.reader.settled(timedelta(seconds=3))
        return snapshot

    def prepare(self) -> None:
        """Tick the check boxes that the portal's file names as part of the approval, and make sure that no consent is on.

        Raises:
            FormDisagrees: The consent to automatic updates is on, or nobody can tell whether it is.
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
        snapshot = self._lit_up(self.reader.settled(timedelta(seconds=3)))
        self._require_no_consent(snapshot)
        self._open = _OpenForm(snapshot, self._read(snapshot) or opened.form)

    def _require_no_consent(self, snapshot: Snapshot) -> None:
        """The consent to automatic updates is the person's own: it is never moved, and where it is on nothing is approved."""
        given = consents_given(snapshot)
        if given:
            raise FormDisagrees(
                msg("Reading the form"),
                msg("no consent to automatic updates that is given with it"),
                msg('"{consent}" is on, or cannot be told', consent=given[0]),
                msg("Nothing was saved. Approve this contract by hand, or switch the consent off there."),
            )

    def _answers_instead(self, window: Window | None, snapshot: Snapshot) -> TypeGuard[Window]:
        """True for a window with words and buttons that is not the form on its way."""
        if window is None or not window.buttons or not window.text or self._saves(snapshot) is not None:
            return False
        told = self.portal.wording.words.key(window.text)
        return told != self.portal.wording.words.key(self.portal.pages["form"].title)

    def _read(self, snapshot: Snapshot) -> ApprovalForm | None:
        fields = self._fields(snapshot)
        if "name" not in fields or not fields["name"].value or not _TELLING & fields.keys():
            return None
        if self._saves(snapshot) is None:
            return None

        def value(key: str) -> str:
            return visible(fields[key].value) if key in fields else ""

        return ApprovalForm(
            name=value("name"),
            gorevlendirme_id=value("gorevlendirme_id") or None,
            minutes=parse_minutes(value("minutes")),
            fields={field.label: self.session.covered(field.value) for field in fields.values()},
            start=parse_date(value("start")),
            contract_name=value("contract_name"),
        )

    def _fields(self, snapshot: Snapshot) -> dict[str, FieldValue]:
        """The form's fields; the headers of the list behind or beside it are no labels of it."""
        grid = self._grid(snapshot)
        headers = [header.node for header in grid.headers] if grid is not None else []
        return forms.read_form(
            snapshot, self.portal.fields, self.portal.wording.words, near=self.session.label("save"), apart_from=headers
        )

    def _grid(self, snapshot: Snapshot) -> Grid | None:
        if not self._rows_can_save:
            return None
        return self.reader.see_grid(snapshot, self.portal.columns, ("name", "status"), "name")

    @property
    def _rows_can_save(self) -> bool:
        """True if a control of the list reads like the one that saves the form."""
        words = self.portal.wording.words
        return bool(words.keys(self.session.label("save").names) & words.keys(self.session.label("approve").names))

    def _saves(self, snapshot: Snapshot) -> Control | None:
        label, words = self.session.label("save"), self.portal.wording.words
        if not self._rows_can_save:
            try:
                return labels.find(snapshot, label, Kind.BUTTON, words)
            except LabelNotFound:
                return None
        return self._beside_the_fields(snapshot)

    def _beside_the_fields(self, snapshot: Snapshot) -> Control | None:
        """Of several controls that read like the one that saves, the one in the form's own part of the page.

        Raises:
            LabelAmbiguous: Several are equally near to the fields.
        """
        area = self._area(snapshot)
        if area is None:
            return None
        label = self.session.label("save")
        found = labels.one_place(
            [
                control
                for control in labels.hits(snapshot, label, self.portal.wording.words)
                if not control.piece.covered and control.whole and control.kind in (Kind.BUTTON, Kind.LINK)
            ]
        )
        depth = [snapshot.depth_of_common(area, control.node) for control in found]
        nearest = [control for control, deep in zip(found, depth, strict=True) if deep == max(depth)]
        grid = self._grid(snapshot)
        rows = grid.area if grid is not None else None
        nearest = [control for control in nearest if rows is None or not control.node.within(rows)]
        if len(nearest) > 1:
            raise LabelAmbiguous(msg("Reading the form"), label.name, [control.describe() for control in nearest])
        return nearest[0] if nearest else None

    def of_row(self, contract: Contract) -> ApprovalForm:
        """Return what stands for the form where the press on the row approves: the row itself. Nothing is pressed.

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
            What came of it.

        Raises:
            NotPressed: The form is not the one that was checked, or "Kayıt" cannot be pressed. Anything else that is raised counts as sent.
        """
        self.saved_on = ""
        row, self._row = self._row, None
        snapshot, control = self._checked() if row is None else self._checked_row(row)
        self._open = None
        self.saved_on = snapshot.origin
        try:
            dialog = self.session.driver.click(
                control.node, _PRESS, owner=control.owner, strict=True, only=self.portal.katip_origins
            )
        except NotPressed:
            self.saved_on = ""
            raise
        if dialog is not None:
            return self._answer_native(dialog)
        if row is not None and self.portal.procedure.approving.form is FormWay.UNKNOWN:
            return self._save_what_opened(row, snapshot, picture)
        return self._wait_for_window(snapshot, picture)

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
            form = self._read(snapshot)
            return form if form is not None and _is_of(form, contract) else self._window(before, snapshot)

        try:
            came = self.reader.until(seen, msg("Approving"), msg("a form or an answer"), _OPENS)
        except NoEffect:
            came = None
        if not isinstance(came, ApprovalForm):
            return self._wait_for_window(before, picture)
        self._open = _OpenForm(self.reader.settled(timedelta(seconds=3)), came)
        try:
            self._require_form_of(contract, came)
            self.prepare()
            snapshot, control = self._checked()
            dialog = self.session.driver.click(
                control.node, _PRESS, owner=control.owner, strict=True, only=self.portal.katip_origins
            )
        except (
            KatipError
        ) as error:  # the row's own control was pressed: that counts as sent, whatever became of the form
            return Answer(
                None,
                False,
                None,
                self.session.covered(msg("a form opened and was not saved: {sentence}", sentence=error.sentence)),
            )
        return self._wait_for_window(snapshot, picture) if dialog is None else self._answer_native(dialog)

    @staticmethod
    def _require_form_of(contract: Contract, form: ApprovalForm) -> None:
        """A form that the row's own press opened is compared with the row as one is that is opened before the decision."""
        differs = how_form_differs(contract, form)
        if differs:
            raise _not_saved(msg("the form of the contract"), differs)

    def _checked(self) -> tuple[Snapshot, Control]:
        """Look at the form in the last moment before "Kayıt".

        Returns:
            What is seen, and "Kayıt" on it.

        Raises:
            NotPressed: The page, the form or "Kayıt" is not what was checked.
        """
        try:
            snapshot = self.reader.look()
            if self._open is None or snapshot is not self._open.snapshot:
                snapshot = self.reader.settled(timedelta(seconds=3))  # something moved since it was checked
        except ForeignOrigin as error:
            raise _not_saved(msg("a page of KATİP's own origin"), error.sentence) from None
        form = self._read(snapshot)
        if self._open is None or not self._open.is_still(form):
            seen = f"{form.name}, {form.gorevlendirme_id}, {form.minutes}" if form else msg("no form")
            raise _not_saved(msg("the form as it was checked"), seen)
        if given := consents_given(snapshot):
            raise _not_saved(
                msg("no consent to automatic updates that is given with it"), msg('"{consent}" is on', consent=given[0])
            )
        control = self._saves(snapshot)
        if control is None or control.disabled:
            raise _not_saved(msg("a button that can be pressed"), control.describe() if control else "none")
        self._require_own_origin(snapshot, control)
        return snapshot, control

    def _require_own_origin(self, snapshot: Snapshot, control: Control) -> None:
        own = self.portal.katip_origins
        for origin in (snapshot.origin, snapshot.origins[control.node.frame]):
            if not is_one_of(origin, own):
                raise _not_saved(msg("page and frame on {own}", own=" or ".join(sorted(own))), origin)

    def _answer_native(self, dialog: Dialog) -> Answer:
        asks = dialog.kind != "alert"
        window = MessageWindow(self.session.covered(dialog.message), ("OK", "Cancel") if asks else ("OK",), native=True)
        if asks and (why := why_not_agreed(window.text, self.portal.window["asks"])):
            # Left as it is: the page that it blocks is given up, so that the robot can look and sign out.
            return Answer(window, False, Wording.ASKS, why)
        self.session.driver.answer(accept=True)
        return Answer(
            window, True, self._wording(window.text), msg("the browser's own dialog, which shows in no picture")
        )

    def _wait_for_window(self, before: Snapshot, picture: Callable[[], str | None]) -> Answer:
        """Wait for what answers "Kayıt": a window, a dialog of the browser, a page, an error page, or the form's end with none of them."""
        form_gone: list[float] = []
        told: list[Window] = []
        pictures: list[str | None] = []
        since: dict[str, float] = {}

        def seen(snapshot: Snapshot) -> Answered | None:
            if snapshot.dialog is not None:
                return self._answer_native(snapshot.dialog)
            window = self._window(before, snapshot)
            if window is not None and window.buttons:
                # What nothing calls a window may be a page that is re-rendered: only what stays is one.
                if window.is_dialog or self._has_known_answer(window) or _has_stayed(window, since, _SURE):
                    return window
            elif window is not None:
                told[:] = [window]
                if not pictures and self._wording(window.text) is not Wording.UNKNOWN:
                    pictures.append(_taken(picture))  # it may go by itself
            if snapshot.busy or not snapshot.ready:
                return None
            page = self._answer_page(before, snapshot)
            if isinstance(page, Answer) or (page is not None and page.buttons):
                return page
            told[:] = told if page is None else [page]
            if not self.reader.is_loading(snapshot) and self._read(snapshot) is None:
                form_gone.append(1)
                return self._message(told, pictures, picture) if self._is_whole_answer(told, before) else None
            return None

        try:
            found = self._patiently(seen, form_gone)
        except NoEffect:
            closed = msg("; the form closed") if form_gone else ""
            return self._message(told, pictures, picture) or Answer(None, False, None, msg("no window came") + closed)
        return found if isinstance(found, Answer) else self._answer(found, before, picture)

    def _message(
        self, told: Sequence[Window], pictures: Sequence[str | None], picture: Callable[[], str | None]
    ) -> Answer | None:
        """The answer that a message without a button gives, with the picture that was taken while it was shown."""
        if not told:
            return None
        words = MessageWindow(self.session.covered(told[0].text), ())
        note = msg("a message without a button")
        return Answer(words, True, self._wording(told[0].text), note, pictures[0] if pictures else _taken(picture))

    def _is_whole_answer(self, told: Sequence[Window], before: Snapshot) -> bool:
        """True if the form has closed after a message whose words are known, and the page shows and loads nothing else."""
        if not told or self._wording(told[0].text) is Wording.UNKNOWN:
            return False
        snapshot = self.reader.settled(_MOVING)
        window = self._window(before, snapshot)
        still = snapshot.dialog is None and not snapshot.busy and not self.reader.is_loading(snapshot)
        return still and (window is None or not window.buttons)

    def _answer_page(self, before: Snapshot, snapshot: Snapshot) -> Answered | None:
        """What a whole page says that came in place of the one before: a fault of the portal, or its answer."""
        trouble = trouble_of(snapshot, self.portal, msg('Pressing "Kayıt"'), msg("the small window"), signed_in=True)
        if trouble is not None:
            return Answer(None, False, None, self.session.covered(trouble.sentence))
        return self.reader.see_answer_page(before, snapshot)

    def _patiently(self, seen: Callable[[Snapshot], Answered | None], form_gone: Sequence[float]) -> Answered:
        """Wait for the whole answer time while the form stands or the portal works; only a little once the form is gone."""
        limit = self.portal.answer_timeout
        waited = timedelta(0)
        while True:
            try:
                return cast(
                    "Answered", self.reader.until(seen, msg('Pressing "Kayıt"'), msg("the small window"), _LINGER)
                )
            except NoEffect:
                waited += _LINGER
                if waited >= limit or (form_gone and waited >= 2 * _LINGER):
                    raise

    def _answer(self, window: Window, before: Snapshot, picture: Callable[[], str | None]) -> Answer:
        # Its words may still be arriving when it is first seen, and when it is pictured.
        window = self._now(before, window, self.reader.settled(_MOVING))
        path = _taken(picture)
        window = self._now(before, window, self.reader.look())
        message = MessageWindow(self.session.covered(window.text), window.answers)
        wording = self._wording(window.text)
        pressed, why = self._answering_button(window, message)
        if pressed is None and message.asks:
            return Answer(message, False, Wording.ASKS, why, path)
        if pressed is None:
            return Answer(
                message,
                False,
                wording,
                msg("the window has no button that is known to close it; it was left as it is"),
                path,
            )
        try:
            dialog = self.session.driver.click(
                pressed.node, _PRESS, owner=pressed.owner, strict=True, only=self.portal.katip_origins
            )
            if dialog is not None:
                self.session.driver.answer(accept=dialog.kind == "alert")
        except KatipError as error:
            return Answer(
                message,
                False,
                wording,
                self.session.covered(msg("the window could not be closed: {sentence}", sentence=error.sentence)),
                path,
            )
        self._wait_until_closed(window)
        answered = Answer(message, True, wording, picture=path)
        return self._after_question(answered, picture) if message.asks else answered

    def _after_question(self, question: Answer, picture: Callable[[], str | None]) -> Answer:
        """Read what follows a question that was agreed to; where nothing does, the question's own words are kept."""
        answer = self._wait_for_window(self.reader.seen, picture)
        if answer.window is None:
            return replace(question, note=answer.note, picture=question.picture)
        asked = question.window.text if question.window else ""
        return replace(
            answer,
            note="; ".join(filter(None, (msg('"{question}" was agreed to', question=asked), answer.note))),
            picture=answer.picture or question.picture,
        )

    def _now(self, before: Snapshot, window: Window, snapshot: Snapshot) -> Window:
        """The small window as it stands now: the one with the same buttons; if it says less than before, it is going already."""
        now = self._window(before, snapshot) or self.reader.see_answer_page(before, snapshot)
        same = now is not None and now.answers == window.answers and len(now.text) >= len(window.text)
        return now if now is not None and same else window

    def _window(self, before: Snapshot, snapshot: Snapshot) -> Window | None:
        """The small window; never the form, which looks new as well where it moved or was drawn again after "Kayıt"."""
        window = self.reader.see_window(before, snapshot)
        return None if window is not None and self._is_the_form(window, snapshot) else window

    def _is_the_form(self, window: Window, snapshot: Snapshot) -> bool:
        if not any(self._is_of_the_page(button) for button in window.buttons):
            return False
        # A question may be answered by a button that reads like the form's; only the form has the fields.
        return not self._rows_can_save or any(
            field.anchor.within(window.node) for field in self._fields(snapshot).values()
        )

    def _has_known_answer(self, window: Window) -> bool:
        words = self.portal.wording.words
        return any(words.key(button.name) in self.portal.wording.answer_keys for button in window.buttons)

    def _is_of_the_page(self, button: Control) -> bool:
        words = self.portal.wording.words
        return words.key(button.name) in words.keys(self.session.label("save").names)

    def _answering_button(self, window: Window, message: MessageWindow) -> tuple[Control | None, str]:
        """The button that closes a window or agrees to its question, and why there is none for a question."""
        if not message.asks:
            return (window.buttons[0] if self.only_closes(window.buttons[0]) else None), ""
        snapshot = self.reader.seen
        if why := why_not_agreed(asked_words(snapshot, window), self.portal.window["asks"]):
            return None, why
        if given := consents_given(snapshot):
            return None, msg('the consent "{consent}" is on', consent=given[0])
        words = self.portal.wording.words
        approving = (*self.session.label("approve").names, *self.session.label("save").names)
        agreements = words.keys((*self.portal.window["agree"], *approving))
        button = agreeing_button(window.buttons, agreements, words)
        told = ", ".join(f'"{name}"' for name in window.answers)
        why = "" if button else msg("none or several of {buttons} agree; [window] agree names the labels", buttons=told)
        return button, why

    def _wait_until_closed(self, window: Window) -> None:
        keys = {visible(window.text)}

        def gone(snapshot: Snapshot) -> bool | None:
            if snapshot.dialog is not None:
                self.session.driver.answer(accept=snapshot.dialog.kind == "alert")
                return None
            return True if not any(piece.text in keys and piece.in_sight for piece in snapshot.pieces) else None

        try:
            self.reader.until(gone, msg("Closing the small window"), msg("it to be gone"), _CLOSING)
        except KatipError:
            return  # what counts is the re-read row

    def _known(self, text: str, kind: str) -> bool:
        told = fold(text)
        return any(fold(words) in told for words in self.portal.window[kind])

    def _wording(self, text: str) -> Wording:
        if self._known(text, "refused"):
            return Wording.REFUSED
        return Wording.ACCEPTED if self._known(text, "done") else Wording.UNKNOWN

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
                    lambda now: True if self._saves(now) is None else None,
                    msg("Leaving the form"),
                    msg("it to be gone"),
                    _CLOSING,
                )
                return
            if self._saves(snapshot) is None and is_on(snapshot, self.portal, "contracts"):
                return
        else:
            self.session.fresh_page()
        self._reopen()

    def _safe_button(self, snapshot: Snapshot) -> Control | None:
        area = self._area(snapshot)
        for name in self.portal.safe_buttons:
            try:
                return labels.find(snapshot, labels.as_label(name), Kind.BUTTON, self.portal.wording.words, inside=area)
            except (LabelNotFound, LabelAmbiguous):
                continue
        return None

    def _area(self, snapshot: Snapshot) -> Node | None:
        return forms.form_area(snapshot, self._fields(snapshot))


def _is_of(form: ApprovalForm, contract: Contract) -> bool:
    """True if a form can be a contract's: its person's, and its ID's where both are known."""
    both = (form.gorevlendirme_id, contract.gorevlendirme_id)
    return names_agree(form.name, contract.name) and (not all(both) or id_key(both[0]) == id_key(both[1]))


def _not_saved(expected: str, seen: str) -> NotPressed:
    return NotPressed(msg('Pressing "Kayıt"'), expected, seen, msg("Nothing was pressed."))


def _has_stayed(window: Window, since: dict[str, float], seconds: float) -> bool:
    """True for a window that has said the same for so long; ``since`` keeps when it was first seen."""
    if window.text not in since:
        since.clear()
        since[window.text] = time.monotonic()
    return time.monotonic() - since[window.text] > seconds


def _taken(picture: Callable[[], str | None]) -> str | None:
    """The window's picture; "Kayıt" was clicked, so that a picture that fails may not keep the window from being read and closed."""
    try:
        return picture()
    except Exception as error:
        logger.warn(msg("The small window could not be pictured: {error}", error=error))
        return None
