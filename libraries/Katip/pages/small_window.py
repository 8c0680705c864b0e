"""The small window that answers "Kayıt" (5.9): wait for it, read it, and give it its one answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import cast

from robot.api import logger

from Katip.approvals.approval_result import Answer, AnswerMeaning
from Katip.current_session import CurrentSession
from Katip.errors import KatipError, NoEffect
from Katip.messages import msg
from Katip.model import MessageWindow
from Katip.pages.component import PageComponent
from Katip.pages.consent import consents_given
from Katip.pages.form_reader import FormReader
from Katip.pages.place import trouble_of
from Katip.pages.question import agreeing_button, asked_words, why_not_agreed
from Katip.reading.boxes import find_box
from Katip.reading.labels import Control, as_label
from Katip.reading.snapshot import Dialog, Snapshot
from Katip.reading.windows import Window
from Katip.turkish import fold, visible

Answered = Answer | Window


class SmallWindow(PageComponent):
    """What answers "Kayıt": a window, a dialog of the browser, a page, or nothing.

    Args:
        current: the session of the run at work.
        form: distinguishes the form from a window.
    """

    def __init__(self, current: CurrentSession, form: FormReader) -> None:
        super().__init__(current)
        self._form = form

    def answer_native(self, dialog: Dialog) -> Answer:
        """Answer the browser's own dialog, unless it asks for anything but the approval.

        Args:
            dialog: the dialog.

        Returns:
            The result.
        """
        asks = dialog.kind != "alert"
        window = MessageWindow(self.session.covered(dialog.message), ("OK", "Cancel") if asks else ("OK",), native=True)
        if asks and (why := why_not_agreed(window.text, self.portal.window["asks"])):
            # Left as it is: the page that it blocks is given up, so that the robot can look and sign out.
            return Answer(window, False, AnswerMeaning.ASKS, why)
        self.session.driver.answer(accept=True)
        return Answer(
            window, True, self._wording(window.text), msg("the browser's own dialog, which shows in no picture")
        )

    def wait(self, before: Snapshot, picture: Callable[[], str | None]) -> Answer:
        """Wait for what answers "Kayıt": a window, a dialog of the browser, a page, an error page, or the form's end with none of them.

        Args:
            before: what was seen before "Kayıt" was pressed.
            picture: takes the window's picture and returns its path.

        Returns:
            The result; the window is closed or answered where that is known to be safe.
        """
        form_gone: list[float] = []
        messages: list[Window] = []
        pictures: list[str | None] = []
        since: dict[str, float] = {}

        def seen_at_once(snapshot: Snapshot) -> Answered | None:
            if snapshot.dialog is not None:
                return self.answer_native(snapshot.dialog)
            window = self.see(before, snapshot)
            if window is None:
                return None
            if window.buttons:
                # What nothing calls a window may be a page that is re-rendered: only what stays is one.
                is_sure = (
                    window.is_dialog
                    or self._has_known_answer(window)
                    or has_stayed(window, since, self.portal.patience.sure.total_seconds())
                )
                return window if is_sure else None
            messages[:] = [window]
            if not pictures and self._wording(window.text) is not AnswerMeaning.UNKNOWN:
                pictures.append(_taken(picture))  # it may go by itself
            return None

        def seen_when_quiet(snapshot: Snapshot) -> Answered | None:
            page = self._answer_page(before, snapshot)
            if isinstance(page, Answer) or (page is not None and page.buttons):
                return page
            messages[:] = messages if page is None else [page]
            if not self.reader.is_loading(snapshot) and self._form.read(snapshot) is None:
                form_gone.append(1)
                return self._message(messages, pictures, picture) if self._is_whole_answer(messages, before) else None
            return None

        def seen(snapshot: Snapshot) -> Answered | None:
            found = seen_at_once(snapshot)
            return found if found is not None or snapshot.busy or not snapshot.ready else seen_when_quiet(snapshot)

        try:
            found = self._patiently(seen, form_gone)
        except NoEffect:
            closed = msg("; the form closed") if form_gone else ""
            return self._message(messages, pictures, picture) or Answer(
                None, False, None, msg("no window came") + closed
            )
        return found if isinstance(found, Answer) else self._answer(found, before, picture)

    def _message(
        self, messages: Sequence[Window], pictures: Sequence[str | None], picture: Callable[[], str | None]
    ) -> Answer | None:
        """The answer that a message without a button gives, with the picture that was taken while it was shown."""
        if not messages:
            return None
        words = MessageWindow(self.session.covered(messages[0].text), ())
        note = msg("a message without a button")
        return Answer(words, True, self._wording(messages[0].text), note, pictures[0] if pictures else _taken(picture))

    def _is_whole_answer(self, messages: Sequence[Window], before: Snapshot) -> bool:
        """True if the form has closed after a message whose words are known, and the page shows and loads nothing else."""
        if not messages or self._wording(messages[0].text) is AnswerMeaning.UNKNOWN:
            return False
        snapshot = self.reader.settled(self.portal.patience.moment)
        window = self.see(before, snapshot)
        still = snapshot.dialog is None and not snapshot.busy and not self.reader.is_loading(snapshot)
        return still and (window is None or not window.buttons)

    def _answer_page(self, before: Snapshot, snapshot: Snapshot) -> Answered | None:
        """What a whole page says that came in place of the one before: a fault of the portal, or its answer."""
        trouble = trouble_of(snapshot, self.portal, msg('Pressing "Kayıt"'), msg("the small window"), signed_in=True)
        if trouble is not None:
            return Answer(None, False, None, self.session.covered(trouble.sentence))
        return self.reader.see_answer_page(before, snapshot)

    def _patiently(self, seen: Callable[[Snapshot], Answered | None], form_gone: Sequence[float]) -> Answered:
        """Wait for the whole answer time while the form is open or the portal works; only a little once the form is gone."""
        limit, lingering = self.portal.patience.save, self.portal.patience.lingering
        waited = timedelta(0)
        while True:
            try:
                return cast(
                    "Answered", self.reader.until(seen, msg('Pressing "Kayıt"'), msg("the small window"), lingering)
                )
            except NoEffect:
                waited += lingering
                if waited >= limit or (form_gone and waited >= 2 * lingering):
                    raise

    def _answer(self, window: Window, before: Snapshot, picture: Callable[[], str | None]) -> Answer:
        # Its words may still be arriving when it is first seen, and when it is pictured.
        window = self._now(before, window, self.reader.settled(self.portal.patience.moment, part=window.node))
        path = _taken(picture)
        window = self._now(before, window, self.reader.look())
        message = MessageWindow(self.session.covered(window.text), window.answers)
        wording = self._wording(window.text)
        pressed, why = self._answering_button(window, message)
        if pressed is None and message.asks:
            return Answer(message, False, AnswerMeaning.ASKS, why, path)
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
                pressed.node,
                self.portal.patience.press,
                owner=pressed.owner,
                strict=True,
                only=self.portal.katip_origins,
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
        answer = self.wait(self.reader.seen, picture)
        if answer.window is None:
            return replace(question, note=answer.note, picture=question.picture)
        asked = question.window.text if question.window else ""
        return replace(
            answer,
            note="; ".join(filter(None, (msg('"{question}" was agreed to', question=asked), answer.note))),
            picture=answer.picture or question.picture,
        )

    def _now(self, before: Snapshot, window: Window, snapshot: Snapshot) -> Window:
        """The small window as it is now: the one with the same buttons; if it says less than before, it is going already."""
        now = self.see(before, snapshot) or self.reader.see_answer_page(before, snapshot)
        same = now is not None and now.answers == window.answers and len(now.text) >= len(window.text)
        return now if now is not None and same else window

    def see(self, before: Snapshot, snapshot: Snapshot) -> Window | None:
        """Return the small window; never the form, which looks new as well where it moved or was re-rendered after "Kayıt"."""
        window = self.reader.see_window(before, snapshot)
        return None if window is not None and self._is_the_form(window, snapshot) else window

    def _is_the_form(self, window: Window, snapshot: Snapshot) -> bool:
        if not any(self._is_of_the_page(button) for button in window.buttons):
            return False
        # A question may be answered by a button that reads like the form's; only the form has the fields.
        return not self._form.rows_can_save or any(
            field.anchor.within(window.node) for field in self._form.fields(snapshot).values()
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
        if why := self._ticked(window):
            return None, why
        words = self.portal.wording.words
        approving = (*self.session.label("approve").names, *self.session.label("save").names)
        agreements = words.keys((*self.portal.window["agree"], *approving))
        button = agreeing_button(window.buttons, agreements, words)
        names = ", ".join(f'"{name}"' for name in window.answers)
        why = (
            "" if button else msg("none or several of {buttons} agree; [window] agree names the labels", buttons=names)
        )
        return button, why

    def _ticked(self, window: Window) -> str:
        """Tick the check boxes of a question that the portal's file names; returns why that failed, or an empty text."""
        for label in map(as_label, self.portal.window.get("tick", ())):
            box = find_box(self.reader.seen, label, self.portal.wording.words)
            if box is None or not box.within(window.node):
                continue
            try:
                self.reader.tick(label)
            except KatipError as error:
                return self.session.covered(error.sentence)
            if given := consents_given(self.reader.seen):
                return msg('the consent "{consent}" is on', consent=given[0])
        return ""

    def _wait_until_closed(self, window: Window) -> None:
        keys = {visible(window.text)}

        def gone(snapshot: Snapshot) -> bool | None:
            if snapshot.dialog is not None:
                self.session.driver.answer(accept=snapshot.dialog.kind == "alert")
                return None
            return True if not any(piece.text in keys and piece.in_sight for piece in snapshot.pieces) else None

        try:
            self.reader.until(gone, msg("Closing the small window"), msg("it to be gone"), self.portal.patience.form)
        except KatipError:
            return  # what counts is the re-read row

    def _known(self, text: str, kind: str) -> bool:
        folded = fold(text)
        return any(fold(words) in folded for words in self.portal.window[kind])

    def _wording(self, text: str) -> AnswerMeaning:
        if self._known(text, "refused"):
            return AnswerMeaning.REFUSED
        return AnswerMeaning.ACCEPTED if self._known(text, "done") else AnswerMeaning.UNKNOWN


def has_stayed(window: Window, since: dict[str, float], seconds: float) -> bool:
    """True for a window that has said the same for so long.

    Args:
        window: the window.
        since: keeps when its words were first seen.
        seconds: how long.
    """
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
