"""The sign-out "Güvenli Çıkış" (5.10): press it, and make sure that the session is over."""

from __future__ import annotations

import time
from contextlib import suppress

from robot.api import logger
from robot.api.deco import keyword

from Katip.current_session import CurrentSession
from Katip.errors import (
    ControlDisabled,
    KatipError,
    LabelNotFound,
    Maintenance,
    NotPressed,
    PortalErrorPage,
    PortalUnreachable,
)
from Katip.messages import msg
from Katip.origins import is_one_of, origin_of
from Katip.pages.component import PageComponent
from Katip.pages.place import place_of, trouble_of
from Katip.reading import labels
from Katip.reading.controls import sign_of
from Katip.reading.labels import Control, Kind
from Katip.reading.pointing import icon_named
from Katip.reading.snapshot import Dialog, Node, Snapshot
from Katip.turkish import fold, visible

_TRIES_IN_ALL = 6  # times the wait for the end: both tries with their loads, also that of the run's end
_TOP = 160  # CSS pixels: a page's head
_MOST_MENUS = 4
_PICTURES = frozenset({"svg", "img", "i"})
_ARROWS = ("▾", "▼", "⌄", "▿", "˅")
_ARROW = 32  # CSS pixels: how wide an arrow is at most
_LEAVING = ("cik", "çık", "oturum", "ayril", "terk", "emin misiniz", "leave", "sign out", "log out", "exit")
_SAVING = ("kaydet", "kayded", "onayla", "save")


class SignOut(PageComponent):
    """Ends the session, on whichever page the robot is.

    Args:
        current: the session of the run at work.
    """

    def __init__(self, current: CurrentSession) -> None:
        super().__init__(current)
        self._ends: float | None = None

    @keyword(tags=["5.10"])
    def sign_out(self) -> str:
        """Choose "Güvenli Çıkış" and make sure that the session is over (5.10).

        Returns:
            How it went: ``signed out``, or ``already ended``.

        Raises:
            NoEffect: The portal still shows the signed-in pages, or did not answer in six times `[patience] sign_out_s` (KTP-113).

        Example:
        | ${how} =    Sign Out
        """
        if not self.session.signed_in:
            return msg("already ended")
        if self._ends is None:
            self._ends = time.monotonic() + _TRIES_IN_ALL * self.portal.patience.sign_out.total_seconds()
        now = msg("The sign-out is not confirmed, the session may still be open: sign out by hand.")
        with self.session.driver.time_limit.until(self._ends, msg('Choosing "Güvenli Çıkış"'), now):
            how = self._sign_out_twice()
        self._ends = None
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
            # An overlay may block the page: retry the sign-out from a fresh one.
            self.session.fresh_page()
            try:
                self.session.load(self.session.home_url or self.session.way_out)
                self._press_sign_out()
            except KatipError as second:
                self.session.note_end(second)
                if not self.session.signed_in:
                    return msg("already ended")
                raise
        self.session.sign_in = self.session.sign_in.signed_out()
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
            return True if silent and silent[-1] - silent[0] >= self.portal.patience.lull.total_seconds() else None

        self.reader.until(
            seen,
            msg('Choosing "Güvenli Çıkış"'),
            msg("the session to end"),
            self.portal.patience.sign_out,
            msg("Sign out by hand."),
        )

    def _find_sign_out(self) -> Control:
        """Find "Güvenli Çıkış"; where it is not seen, in the person's own menu at the page's upper right, or as an icon's tooltip there."""
        label = self.session.label("sign_out")
        snapshot = self.reader.settled(self.portal.patience.part)
        if labels.hits(snapshot, label, self.portal.wording.words):
            return self.reader.wait_for(label, Kind.MENU, timeout=self.portal.patience.part)
        for node in self._person_menus(snapshot):
            with suppress(LabelNotFound, ControlDisabled, NotPressed):
                dialog = self.session.driver.click(
                    node, self.portal.patience.lull, strict=True, only=self.portal.katip_origins
                )
                self.session.driver.require_no_dialog(dialog, msg("Opening the person's menu"))
                return self.reader.wait_for(label, Kind.MENU, timeout=self.portal.patience.lull)
        icon = icon_named(self.reader, label, lambda node: _is_top_right(node, self.reader.seen))
        return icon or self.reader.wait_for(label, Kind.MENU, timeout=self.portal.patience.part)

    def _person_menus(self, snapshot: Snapshot) -> list[Node]:
        """Return the controls that may open the person's menu: by label or name, then those at the top right."""
        label, words = self.session.label("person_menu"), self.portal.wording.words
        named = [control.node for control in labels.hits(snapshot, label, words) if control.in_sight]
        keys = words.keys(label.names)
        # Initials in a circle are named by a tooltip, and say only their letters.
        named += [
            node
            for node in snapshot.nodes
            if node.in_sight and node.tag != "#" and sign_of(node) is not None and words.key(node.own_name) in keys
        ]
        return [*named, *_menus_at_top_right(snapshot)][:_MOST_MENUS]

    def _answer_leaving(self, dialog: Dialog) -> None:
        """Answer the browser's own dialog at the sign-out: what asks whether to leave is agreed to, what asks to save is not."""
        folded = fold(dialog.message)
        leaving = dialog.kind in ("alert", "beforeunload") or any(fold(word) in folded for word in _LEAVING)
        saving = dialog.kind == "confirm" and any(fold(word) in folded for word in _SAVING)
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
        """True if the page shows that nobody is signed in: it is before the sign-in, elsewhere, or says so."""
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
        folded = fold(snapshot.text)
        farewells = (*self.portal.instead["signed_out"], *self.portal.instead["session_over"])
        return any(fold(text) in folded for text in farewells)

    def _may_have_left(self, snapshot: Snapshot) -> bool:
        """True if nothing of the portal is seen any more, and nothing says what that means."""
        if snapshot.busy or not snapshot.ready or not snapshot.text or self.reader.is_loading(snapshot):
            return False
        controls = labels.hits(snapshot, self.session.label("sign_out"), self.portal.wording.words)
        known = place_of(snapshot, self.portal).pages - {"site"}
        return not known and all(control.kind is Kind.HEADING for control in controls)


def _is_top_right(node: Node, snapshot: Snapshot) -> bool:
    """True in the right half of a page's head, where the person's own menu is."""
    width = max((root.box.right for root in snapshot.roots), default=0)
    return node.box.bottom <= _TOP and node.box.middle[0] > width / 2


def _menus_at_top_right(snapshot: Snapshot) -> list[Node]:
    """Return the controls there that are collapsed, then the words with an arrow beside them, each from the right."""
    at_top = [node for node in snapshot.nodes if node.tag != "#" and _is_top_right(node, snapshot)]
    folded = [node for node in at_top if _folds_out(node)]
    arrows = [node for node in at_top if node not in folded and _has_arrow(node, snapshot)]
    return [node for nodes in (folded, arrows) for node in sorted(nodes, key=lambda node: -node.box.right)]


def _folds_out(node: Node) -> bool:
    """True for a collapsed control, or one that opens a menu, within reach."""
    return ("hp" in node.raw or node.raw.get("ex") == 0) and not node.cut_off


def _has_arrow(node: Node, snapshot: Snapshot) -> bool:
    """True for a button of words with a small picture right of them, or an arrow as their last sign."""
    if sign_of(node) is not Kind.BUTTON or node.cut_off:
        return False
    words = [piece for piece in snapshot.pieces_in(node) if not piece.is_value]
    if len(words) != 1:
        return False
    text, box = words[0].text, words[0].box
    pictures = [one for one in node.walk() if one.tag in _PICTURES and one.box.area and one.box.width <= _ARROW]
    return text.endswith(_ARROWS) or any(one.box.x >= box.right - 2 for one in pictures)
