"""KATİP's home page and menu (5.6, 5.7): login record, number of pending contracts, the module's sub-menu, and the sign-out (5.10)."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from robot.api import logger
from robot.api.deco import keyword

from Katip.errors import (
    ControlDisabled,
    KatipError,
    LabelAmbiguous,
    LabelNotFound,
    Maintenance,
    NoEffect,
    NotPressed,
    PortalErrorPage,
    PortalUnreachable,
)
from Katip.masking import mask
from Katip.messages import msg
from Katip.model import LoginRecord
from Katip.origins import is_one_of, origin_of
from Katip.pages.component import PageComponent
from Katip.pages.place import place_of, trouble_of
from Katip.reading import labels
from Katip.reading.labels import Control, Kind, Label
from Katip.reading.snapshot import Dialog, Node, Snapshot
from Katip.turkish import fold, visible

if TYPE_CHECKING:
    from Katip.library import Katip

_OPENING = timedelta(seconds=4)
_COUNTING = timedelta(seconds=3)  # a home page may fetch its texts after it stands there
_SIGN_OUT = timedelta(seconds=10)
_SIGN_OUT_IN_ALL = timedelta(minutes=1)  # both tries together, also that of the run's end
_STAYS = timedelta(milliseconds=1500)
_SEEN = timedelta(seconds=3)
_FOLDS_OUT = timedelta(milliseconds=1500)
_TOP = 160  # CSS pixels: a page's head
_MOST_MENUS = 4
_TRIES = 3
_LEAVING = ("cik", "çık", "oturum", "ayril", "terk", "emin misiniz", "leave", "sign out", "log out", "exit")
_SAVING = ("kaydet", "kayded", "onayla", "save")


@lru_cache(maxsize=64)
def text_pattern(text: str) -> re.Pattern[str]:
    """Make a pattern from a text with places such as ``{count}`` in it, to be searched in folded text.

    Args:
        text: for example "{count} adet Onay Bekleyen".

    Returns:
        The pattern; the places are its groups.
    """
    parts = re.split(r"\{(\w+)\}", text)
    kinds = {"count": r"\d+", "ip": r"[0-9a-f.: ]{3,45}?", "tckn": r"[\d*x ]{0,20}?"}
    built = r"\s*".join(
        f"(?P<{part}>{kinds.get(part, '.{1,60}?')})" if index % 2 else re.escape(fold(part)).replace(r"\ ", r"\s+")
        for index, part in enumerate(parts)
    )
    return re.compile(built)


class HomePage(PageComponent):
    """The page that follows the choice of the workplace, and the menu at its left."""

    def __init__(self, library: Katip) -> None:
        super().__init__(library)
        self._sign_out_ends: float | None = None

    @keyword(tags=["5.6"])
    def read_pending_count(self) -> int | None:
        """Read the home page's "N adet Onay Bekleyen Sözleşmeniz Bulunuyor." (5.6).

        Returns:
            The number of pending contracts that the portal counts, or None if it shows no such text.

        Example:
        | ${count} =    Read Pending Count
        """
        self.session.arrive("home", msg("Reading the home page"))
        if self.portal.procedure.list.counts:
            return None  # this portal counts on the list itself
        try:
            return self.session.until(
                self._count, msg("Reading the home page"), msg("how many contracts are pending"), _COUNTING
            )
        except NoEffect:
            return self._count(self.reader.settled())

    @keyword(tags=["5.6"])
    def read_login_record(self) -> LoginRecord | None:
        """Read "Sisteme [Tarih] tarihinde, [TC] ve [IP] ile girişiniz kayıt altına alındı" (5.6), without the number.

        Returns:
            Date and IP address as the portal shows them, or None if it shows no such text.

        Example:
        | ${record} =    Read Login Record
        """
        return login_record(self.reader.settled())

    @keyword(tags=["5.7"])
    def open_contracts(self) -> str:
        """Open the module's sub-menu (5.6) and choose "Sözleşmeler" (5.7).

        A sub-menu that is open already is not closed again.

        Returns:
            What a person calls the page that follows.

        Raises:
            LabelNotFound: The menu has no such entry.
            WrongPage: The contracts do not come.

        Example:
        | Open Contracts
        """
        module, entry = self.session.label("module"), self.session.label("contracts")
        self.session.arrive("home", msg("Opening the contracts"))
        self.press_entry(module, entry)
        self.session.arrive("contracts", msg('Choosing "Sözleşmeler"'))
        return self.portal.pages["contracts"].title

    def press_entry(self, module: Label, entry: Label) -> None:
        """Press an entry of a group of the menu; the group is opened where it is folded.

        Args:
            module: the group's label.
            entry: the entry's label.

        Raises:
            LabelNotFound: The menu has no such entry.
        """
        for trial in range(_TRIES):
            self._close_notice()
            found = self._entry(self.reader.settled(), entry, module)
            if found is None:
                try:
                    self._press_module(module, twice=trial % 2 == 1)
                    found = self.session.until(
                        lambda snapshot: self._entry(snapshot, entry, module),
                        msg('Opening "{module}"', module=module),
                        msg('the entry "{entry}" in it', entry=entry),
                        _OPENING,
                    )
                except (NoEffect, ControlDisabled):
                    # What is wrong with the label says more than that nothing came; several of it will not become one.
                    try:
                        labels.find(self.reader.seen, entry, Kind.MENU, self.portal.wording.words, below=module)
                    except LabelNotFound:
                        if trial == _TRIES - 1:
                            raise
                    continue
                found = self._entry(self.reader.settled(timedelta(seconds=2)), entry, module) or found
            try:
                self.session.driver.require_no_dialog(self.reader.press(found), msg('Choosing "{entry}"', entry=entry))
            except NoEffect:
                if trial == _TRIES - 1 or not self._close_notice():
                    raise
                continue  # a notice came over the menu in the last moment
            return

    def _close_notice(self) -> bool:
        """Close a notice that covers the page: a window of one button that only closes it, and asks nothing.

        Its words go into the log.
        """
        window = self.reader.see_window(None, self.reader.settled())
        if window is not None and "?" in window.text:
            return False
        if (
            window is None
            or not window.is_dialog
            or len(window.buttons) != 1
            or not self.only_closes(window.buttons[0])
        ):
            return False
        logger.info(msg("A notice was closed: {text!r}", text=mask(window.text)))
        dialog = self.reader.press(window.buttons[0], strict=True, only=self.portal.katip_origins)
        self.session.driver.require_no_dialog(dialog, msg("Closing a notice"))
        self.reader.settled()
        return True

    def _press_module(self, module: Label, *, twice: bool) -> None:
        """Open the module's sub-menu; a branch of a tree, as desktops have it, opens by a double click only."""
        control = self.reader.wait_for(module, Kind.MENU)
        dialog = (
            self.reader.press_node(control.node, owner=control.owner, count=2) if twice else self.reader.press(control)
        )
        self.session.driver.require_no_dialog(dialog, msg('Opening "{module}"', module=module))

    def _entry(self, snapshot: Snapshot, entry: Label, module: Label) -> Control | None:
        """The menu's entry as far as it can be seen below its module; a tab or a heading of the same words is not it."""
        words = self.portal.wording.words
        try:
            control = labels.find(snapshot, entry, Kind.MENU, words, below=module)
        except (LabelNotFound, LabelAmbiguous):
            return None
        if control.kind in (Kind.TAB, Kind.HEADING) or not control.in_sight or control.disabled:
            return None
        return control

    @keyword(tags=["5.5"])
    def change_workplace(self) -> None:
        """Choose "Kurum Değiştir" to go back to the choice of the workplace in the same session (5.5).

        Raises:
            WrongPage: The choice does not come.

        Example:
        | Change Workplace
        """
        label = self.session.label("change_workplace")
        after = self.portal.procedure.after
        page, _ = self.session.go_through(
            lambda: self.reader.press(label, Kind.MENU),
            ("workplaces", *(step.page for step in after)),
            msg('Choosing "{label}"', label=label),
        )
        if page != "workplaces":
            self.library.main_menu.enter_as_registered_user()

    def go_home(self) -> None:
        """Come back to the home page of the same session, wherever the robot stands."""
        snapshot = self.reader.look()
        home = self.session.label("home")
        if self.portal.procedure.list.counts:
            self.load_home()
            return
        if snapshot.dialog is None and place_of(snapshot, self.portal).pages & {"home", "contracts"}:
            try:
                control = labels.find(snapshot, home, Kind.MENU, self.portal.wording.words)
                if control.in_sight and not control.disabled:
                    asked = snapshot.started
                    self.session.driver.require_no_dialog(self.reader.press(control), msg('Choosing "Ana Sayfa"'))
                    # A tab that was only brought to the front still shows the count of before.
                    self.session.until(
                        lambda now: self._count(now) if now.started > asked else None,
                        msg('Choosing "Ana Sayfa"'),
                        msg("the home page's texts"),
                        _OPENING,
                    )
                    return
            except (LabelNotFound, LabelAmbiguous, NoEffect):
                pass
        self.load_home()

    def _count(self, snapshot: Snapshot) -> int | None:
        """The count of pending contracts, once nothing is being loaded any more."""
        if snapshot.busy or self.reader.is_loading(snapshot):
            return None
        return pending_count(snapshot, self.portal.texts["pending_count"], self.portal.texts["no_pending"])

    def load_home(self) -> None:
        """Load the home page's address again; a form that stands open is thereby left unsaved."""
        self.library.renewal.load_home()

    def load(self, address: str) -> None:
        """Load an address; where the page asks whether to leave it, it is left."""
        self.session.close_popups()
        dialog = self.session.driver.go(address, self.portal.timeout)
        if dialog is not None and dialog.kind == "beforeunload":
            self.session.driver.answer(accept=True)
        elif dialog is not None:
            self.session.heed(dialog, msg("Loading the portal again"))

    @keyword(tags=["5.10"])
    def sign_out(self) -> str:
        """Choose "Güvenli Çıkış" and make sure that the session is over (5.10).

        Returns:
            How it went: ``signed out``, or ``already ended``.

        Raises:
            NoEffect: The portal still shows the signed-in pages, or did not answer within a minute in all.

        Example:
        | ${how} =    Sign Out
        """
        if not self.session.signed_in:
            return msg("already ended")
        if self._sign_out_ends is None:
            self._sign_out_ends = time.monotonic() + _SIGN_OUT_IN_ALL.total_seconds()
        now = msg("The sign-out is not confirmed, the session may still be open: sign out by hand.")
        with self.session.driver.time_limit.until(self._sign_out_ends, msg('Choosing "Güvenli Çıkış"'), now):
            how = self._sign_out_twice()
        self._sign_out_ends = None
        return how

    def _sign_out_twice(self) -> str:
        """Sign out; where that fails, once more from a fresh page."""
        try:
            self._press_sign_out()
        except KatipError as error:
            self.session.note_end(error)
            if not self.session.signed_in:
                return msg("already ended")
            if not self.session.way_out:
                raise
            # Whatever stands over the page is left behind: the sign-out is tried from a fresh one.
            self.session.fresh_page()
            try:
                self.load(self.session.home_url or self.session.way_out)
                self._press_sign_out()
            except KatipError as second:
                self.session.note_end(second)
                if not self.session.signed_in:
                    return msg("already ended")
                raise
        self.session.signed_in, self.session.signed_out = False, True
        return msg("signed out")

    def _press_sign_out(self) -> None:
        self.session.driver.require_no_dialog(self.reader.look().dialog, msg("Signing out"))
        control = self._find_sign_out()
        before = self.reader.seen
        self.leave_by(control, before)

    def leave_by(self, control: Control, before: Snapshot) -> None:
        """Press what signs out and wait until the session is over, whichever page that leads to.

        Args:
            control: what signs out.
            before: what is seen before it is pressed.

        Raises:
            NoEffect: The session does not end.
        """
        self.session.leaving = True
        try:
            self._leave(control, before)
        finally:
            self.session.leaving = False

    def _leave(self, control: Control, before: Snapshot) -> None:
        only = {*self.portal.katip_origins, before.origin}
        dialog = self.reader.press(control, strict=True, only=only)
        if dialog is not None:
            self._answer_leaving(dialog)
        agreed: list[str] = []
        silent: list[float] = []

        def seen(snapshot: Snapshot) -> bool | None:
            if snapshot.dialog is not None:
                self._answer_leaving(snapshot.dialog)
                return None
            window = self.reader.see_window(before, snapshot) if not agreed else None
            if window is not None and window.buttons:
                agree = self.portal.wording.words.keys(self.portal.window["agree"])
                button = next((one for one in window.buttons if self.portal.wording.words.key(one.name) in agree), None)
                if button is not None:
                    agreed.append(button.name)
                    self.reader.press(button, strict=True, only=only)
                    return None
            self._require_no_fault(snapshot)
            if self._has_left(snapshot):
                return True
            silent[:] = [*silent, time.monotonic()] if self._may_have_left(snapshot) else []
            return True if silent and silent[-1] - silent[0] >= _STAYS.total_seconds() else None

        self.reader.until(
            seen, msg('Choosing "Güvenli Çıkış"'), msg("the session to end"), _SIGN_OUT, msg("Sign out by hand.")
        )

    def _find_sign_out(self) -> Control:
        """Find "Güvenli Çıkış"; where it is not seen, in the person's own menu, which folds out at the page's upper right."""
        label = self.session.label("sign_out")
        snapshot = self.reader.settled(_SEEN)
        if labels.hits(snapshot, label, self.portal.wording.words):
            return self.reader.wait_for(label, Kind.MENU, timeout=_SEEN)
        for node in self._person_menus(snapshot):
            with suppress(LabelNotFound, ControlDisabled, NotPressed):
                dialog = self.session.driver.click(node, _FOLDS_OUT, strict=True, only=self.portal.katip_origins)
                self.session.driver.require_no_dialog(dialog, msg("Opening the person's menu"))
                return self.reader.wait_for(label, Kind.MENU, timeout=_FOLDS_OUT)
        return self.reader.wait_for(label, Kind.MENU, timeout=_SEEN)

    def _person_menus(self, snapshot: Snapshot) -> list[Node]:
        """What may fold out to the person's menu: by its label, and what the page itself says to open something, from the right."""
        controls = labels.hits(snapshot, self.session.label("person_menu"), self.portal.wording.words)
        named = [control.node for control in controls if control.in_sight]
        width = max((root.box.right for root in snapshot.roots), default=0)
        folded = [
            node
            for node in snapshot.nodes
            if ("hp" in node.raw or node.raw.get("ex") == 0)
            and not node.cut_off
            and node.box.bottom <= _TOP
            and node.box.middle[0] > width / 2
        ]
        return [*named, *sorted(folded, key=lambda node: -node.box.right)][:_MOST_MENUS]

    def _answer_leaving(self, dialog: Dialog) -> None:
        """Answer the browser's own dialog at the sign-out: what asks whether to leave is agreed to, what asks to save is not."""
        told = fold(dialog.message)
        leaving = dialog.kind in ("alert", "beforeunload") or any(fold(word) in told for word in _LEAVING)
        saving = dialog.kind == "confirm" and any(fold(word) in told for word in _SAVING)
        logger.info(msg("At the sign-out the browser's own dialog said: {message!r}", message=visible(dialog.message)))
        self.session.driver.answer(accept=leaving and not saving)

    def _require_no_fault(self, snapshot: Snapshot) -> None:
        """A fault of the portal at the sign-out is none: the session may be open as before."""
        if snapshot.busy or not snapshot.ready or place_of(snapshot, self.portal).pages:
            return
        trouble = trouble_of(snapshot, self.portal, msg('Choosing "Güvenli Çıkış"'), msg("the session to end"))
        if isinstance(trouble, (Maintenance, PortalErrorPage, PortalUnreachable)):
            raise trouble

    def _has_left(self, snapshot: Snapshot) -> bool:
        """True if the page shows that nobody is signed in: it lies before the sign-in, elsewhere, or says so."""
        if snapshot.busy or not snapshot.ready or not snapshot.text:
            return False
        here, site = snapshot.origin, origin_of(self.portal.site_url)
        if not is_one_of(here, {*self.portal.katip_origins, origin_of(self.portal.edevlet_url), site}):
            return True
        pages = place_of(snapshot, self.portal).pages
        if "edevlet" in pages:
            return True
        if pages & set(self.portal.signed_in_pages):
            return False
        # A portal's own head may well read like the OSGB site's link: it is the site only where the site is.
        if pages & set(self.portal.pages_before_sign_in) - {"site"} or ("site" in pages and here == site):
            return True
        told = fold(snapshot.text)
        farewells = (*self.portal.instead["signed_out"], *self.portal.instead["session_over"])
        return any(fold(text) in told for text in farewells)

    def _may_have_left(self, snapshot: Snapshot) -> bool:
        """True if nothing of the portal is seen any more, and nothing says what that means."""
        if snapshot.busy or not snapshot.ready or not snapshot.text or self.reader.is_loading(snapshot):
            return False
        controls = labels.hits(snapshot, self.session.label("sign_out"), self.portal.wording.words)
        known = place_of(snapshot, self.portal).pages - {"site"}
        return not known and all(control.kind is Kind.HEADING for control in controls)


def pending_count(snapshot: Snapshot, patterns: tuple[str, ...], none: tuple[str, ...]) -> int | None:
    """Read how many pending contracts a page counts.

    Args:
        snapshot: what is seen.
        patterns: texts with ``{count}``.
        none: texts that say that there is none.

    Returns:
        The number, or None if no such text is seen.
    """
    told = fold(snapshot.text)
    for pattern in patterns:
        found = text_pattern(pattern).search(told)
        if found:
            return int(found["count"])
    return 0 if any(fold(text) in told for text in none) else None


_RECORD_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}(?:\s+(?:saat\s+)?\d{1,2}:\d{2}(?::\d{2})?)?")
_RECORD_IP = re.compile(
    r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|(?<![0-9a-fA-F:])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?![0-9a-fA-F:])"
)


def login_record(snapshot: Snapshot) -> LoginRecord | None:
    """Read date and IP address of the sign-in from the home page's text (5.6).

    Args:
        snapshot: what is seen.

    Returns:
        The record, or None if there is no such text.
    """
    text = visible(snapshot.text)
    folded = fold(text)
    if "kayit altina alin" not in folded:
        return None
    for line_start in (match.start() for match in re.finditer("Sisteme|SİSTEME|sisteme", text)):
        part = text[line_start : line_start + 300]
        date = _RECORD_DATE.search(part)
        if date is None:
            continue
        ip = _RECORD_IP.search(part[date.end() :])
        return LoginRecord(visible(date[0]), ip[0] if ip else "")
    return None
