"""The form "SÖZLEŞME ONAY" (5.9): read it, press "Kayıt" once, answer its small window once, leave it unsaved."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeGuard, cast

from robot.api import logger

from Katip.approvals.approval import Answer, Wording
from Katip.errors import ForeignOrigin, KatipError, LabelAmbiguous, LabelNotFound, NoEffect, NotPressed
from Katip.messages import msg
from Katip.model import ApprovalForm, MessageWindow, parse_minutes
from Katip.origins import is_one_of
from Katip.pages.component import PageComponent
from Katip.pages.place import is_on, trouble_of
from Katip.reading import forms, labels
from Katip.reading.labels import Control, Kind
from Katip.reading.snapshot import Dialog, Node, Snapshot
from Katip.reading.windows import Window
from Katip.turkish import fold, visible

Answered = Answer | Window
_PRESS = timedelta(seconds=5)
_LINGER = timedelta(milliseconds=1200)
_MOVING = timedelta(seconds=1)
_STAYS = 5  # seconds
_SURE = 1  # second
_CLOSING = timedelta(seconds=6)
_LIGHTING_UP = timedelta(seconds=6)


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
        return (form.name, form.gorevlendirme_id, form.minutes) == (
            checked.name,
            checked.gorevlendirme_id,
            checked.minutes,
        )


class ApprovalFormPage(PageComponent):
    """The form that opens after "Onayla"."""

    _open: _OpenForm | None = None
    saved_on: str = ""

    def read(self, before: Snapshot) -> ApprovalForm:
        """Wait for the form and read it.

        Args:
            before: what was seen before "Onayla" was pressed.

        Returns:
            The form's values.

        Raises:
            NoEffect: The form does not come, or a window comes instead.
            ControlDisabled: "Kayıt" cannot be pressed on it.
            LabelAmbiguous: "Kayıt" stands there more than once.
        """
        since: dict[str, float] = {}

        def seen(snapshot: Snapshot) -> ApprovalForm | None:
            if snapshot.busy or self.reader.is_loading(snapshot):
                return None
            form = self._read(snapshot)
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
        save = self._saves(snapshot)
        if save is None or save.disabled or not save.in_sight:
            self.reader.wait_for(self.session.label("save"), Kind.BUTTON, timeout=_LIGHTING_UP)
            snapshot = self.reader.settled(timedelta(seconds=3))
        form = self._read(snapshot) or form
        self._open = _OpenForm(snapshot, form)
        return form

    def _answers_instead(self, window: Window | None, snapshot: Snapshot) -> TypeGuard[Window]:
        """True for a window with words and buttons that is not the form on its way."""
        if window is None or not window.buttons or not window.text or self._saves(snapshot) is not None:
            return False
        told = self.portal.wording.words.key(window.text)
        return told != self.portal.wording.words.key(self.portal.pages["form"].title)

    def _read(self, snapshot: Snapshot) -> ApprovalForm | None:
        fields = forms.read_form(
            snapshot, self.portal.fields, self.portal.wording.words, near=self.session.label("save")
        )
        if "name" not in fields or not fields["name"].value or not {"gorevlendirme_id", "minutes"} & fields.keys():
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
        )

    def _saves(self, snapshot: Snapshot) -> Control | None:
        try:
            return labels.find(snapshot, self.session.label("save"), Kind.BUTTON, self.portal.wording.words)
        except LabelNotFound:
            return None

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
        snapshot, control = self._checked()
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
        return self._wait_for_window(snapshot, picture)

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
        control = self._saves(snapshot)
        if control is None or control.disabled:
            raise _not_saved(msg("a button that can be pressed"), control.describe() if control else "none")
        own = self.portal.katip_origins
        for origin in (snapshot.origin, snapshot.origins[control.node.frame]):
            if not is_one_of(origin, own):
                raise _not_saved(msg("page and frame on {own}", own=" or ".join(sorted(own))), origin)
        return snapshot, control

    def _answer_native(self, dialog: Dialog) -> Answer:
        asks = dialog.kind != "alert"
        window = MessageWindow(self.session.covered(dialog.message), ("OK", "Cancel") if asks else ("OK",), native=True)
        if asks and not self._known(window.text, "asks"):
            # Left as it is: the page that it blocks is given up, so that the robot can look and sign out.
            return Answer(
                window,
                False,
                Wording.ASKS,
                msg("the browser's own dialog asks; it was left unanswered and shows in no picture"),
            )
        self.session.driver.answer(accept=True)
        return Answer(
            window, True, self._wording(window.text), msg("the browser's own dialog, which shows in no picture")
        )

    def _wait_for_window(self, before: Snapshot, picture: Callable[[], str | None]) -> Answer:
        """Wait for what answers "Kayıt": a window, a dialog of the browser, a page, an error page, or the form's end with none of them."""
        form_gone: list[float] = []
        told: list[Window] = []
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
            if snapshot.busy or not snapshot.ready:
                return None
            page = self._answer_page(before, snapshot)
            if isinstance(page, Answer) or (page is not None and page.buttons):
                return page
            told[:] = told if page is None else [page]
            if not self.reader.is_loading(snapshot) and self._read(snapshot) is None:
                form_gone.append(1)
            return None

        try:
            found = self._patiently(seen, form_gone)
        except NoEffect:
            if told:
                return Answer(
                    MessageWindow(self.session.covered(told[0].text), ()),
                    True,
                    self._wording(told[0].text),
                    msg("a message without a button"),
                    _taken(picture),
                )
            return Answer(None, False, None, msg("no window came") + (msg("; the form closed") if form_gone else ""))
        return found if isinstance(found, Answer) else self._answer(found, before, picture)

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
        pressed = self._answering_button(window, message)
        if pressed is None and message.asks:
            return Answer(
                message,
                False,
                Wording.ASKS,
                msg("the window asks something that is not known; it was left unanswered"),
                path,
            )
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
        return Answer(message, True, wording, picture=path)

    def _now(self, before: Snapshot, window: Window, snapshot: Snapshot) -> Window:
        """The small window as it stands now: the one with the same buttons; if it says less than before, it is going already."""
        now = self._window(before, snapshot) or self.reader.see_answer_page(before, snapshot)
        same = now is not None and now.answers == window.answers and len(now.text) >= len(window.text)
        return now if now is not None and same else window

    def _window(self, before: Snapshot, snapshot: Snapshot) -> Window | None:
        """The small window; never the form, which looks new as well where it moved or was drawn again after "Kayıt"."""
        window = self.reader.see_window(before, snapshot)
        return None if window is not None and any(self._is_of_the_page(button) for button in window.buttons) else window

    def _has_known_answer(self, window: Window) -> bool:
        words = self.portal.wording.words
        return any(words.key(button.name) in self.portal.wording.answer_keys for button in window.buttons)

    def _is_of_the_page(self, button: Control) -> bool:
        words = self.portal.wording.words
        return words.key(button.name) in words.keys(self.session.label("save").names)

    def _answering_button(self, window: Window, message: MessageWindow) -> Control | None:
        if not message.asks:
            return window.buttons[0] if self.only_closes(window.buttons[0]) else None
        if not self._known(window.text, "asks"):
            return None
        agree = self.portal.wording.words.keys(self.portal.window["agree"])
        return next((button for button in window.buttons if self.portal.wording.words.key(button.name) in agree), None)

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
        self.library.contracts.reopen()

    def _safe_button(self, snapshot: Snapshot) -> Control | None:
        area = self._area(snapshot)
        for name in self.portal.safe_buttons:
            try:
                return labels.find(snapshot, labels.as_label(name), Kind.BUTTON, self.portal.wording.words, inside=area)
            except (LabelNotFound, LabelAmbiguous):
                continue
        return None

    def _area(self, snapshot: Snapshot) -> Node | None:
        return forms.form_area(
            snapshot,
            forms.read_form(snapshot, self.portal.fields, self.portal.wording.words, near=self.session.label("save")),
        )


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
