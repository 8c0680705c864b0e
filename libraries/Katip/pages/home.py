"""KATİP's home page and menu (5.6, 5.7): login record, number of pending contracts, the module's sub-menu, and the sign-out (5.10)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from robot.api import logger
from robot.api.deco import keyword

from Katip.current_session import CurrentSession
from Katip.errors import (
    ControlDisabled,
    LabelAmbiguous,
    LabelNotFound,
    NoEffect,
)
from Katip.masking import mask
from Katip.messages import msg
from Katip.model import LoginRecord
from Katip.pages.component import PageComponent
from Katip.pages.home_texts import login_record, pending_count
from Katip.pages.main_menu import MainMenuPage
from Katip.pages.place import place_of
from Katip.reading import labels
from Katip.reading.labels import Control, Kind, Label
from Katip.reading.snapshot import Snapshot

T = TypeVar("T")

_TRIES = 3


class HomePage(PageComponent):
    """The page that follows the choice of the workplace, and the menu at its left.

    Args:
        current: the session of the run at work.
        main_menu: the page between the sign-in and the choice of the workplace.
    """

    def __init__(self, current: CurrentSession, main_menu: MainMenuPage) -> None:
        super().__init__(current)
        self._main_menu = main_menu
        self._opens_twice: set[tuple[str, ...]] = set()  # modules that opened by a double click

    @keyword(tags=["5.6"])
    def read_pending_count(self) -> int | None:
        """Read the home page's "N adet Onay Bekleyen Sözleşmeniz Bulunuyor." (5.6).

        Returns:
            The number of pending contracts that the portal counts, or None if it shows no such text.

        Raises:
            WrongPage: The home page does not come (KTP-102).

        Example:
        | ${count} =    Read Pending Count
        """
        self.session.arrive("home", msg("Reading the home page"))
        if self.portal.procedure.list.counts:
            return None  # this portal counts on the list itself
        try:
            return self.session.until(
                self._count,
                msg("Reading the home page"),
                msg("how many contracts are pending"),
                self.portal.patience.part,
            )
        except NoEffect:
            return self._count(self.reader.settled())

    @keyword(tags=["5.6"])
    def read_login_record(self) -> LoginRecord | None:
        """Read "Sisteme [Tarih] tarihinde, [TC] ve [IP] ile girişiniz kayıt altına alındı" (5.6), without the number.

        Returns:
            Date and IP address as the portal shows them, or None if it shows no such text.

        Raises:
            PageUnreadable: The page is too large to be read, or gives no answer (KTP-119).

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
            LabelNotFound: The menu has no such entry (KTP-110).
            WrongPage: The contracts do not come (KTP-102).

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
                    found = self._opened(module, entry, twice=(trial % 2 == 1) != (module.names in self._opens_twice))
                except (NoEffect, ControlDisabled):
                    # Raise the label's own error: it is more specific than the timeout, and an ambiguous label does not resolve by a retry.
                    try:
                        labels.find(self.reader.seen, entry, Kind.MENU, self.portal.wording.words, below=module)
                    except LabelNotFound:
                        if trial == _TRIES - 1:
                            raise
                    continue
                found = self._entry(self.reader.settled(self.portal.patience.part), entry, module) or found
            try:
                self.session.driver.require_no_dialog(self.reader.press(found), msg('Choosing "{entry}"', entry=entry))
            except NoEffect:
                if trial == _TRIES - 1 or not self._close_notice():
                    raise
                continue  # a notice came over the menu in the last moment
            return

    def _opened(self, module: Label, entry: Label, *, twice: bool) -> Control:
        """Open the module's sub-menu and return its entry; how it opened is kept for the next time."""
        self._press_module(module, twice=twice)
        found = self._until_quiet(
            lambda snapshot: self._entry(snapshot, entry, module),
            msg('Opening "{module}"', module=module),
            msg('the entry "{entry}" in it', entry=entry),
        )
        (self._opens_twice.add if twice else self._opens_twice.discard)(module.names)
        return found

    def _until_quiet(self, seen: Callable[[Snapshot], T | None], doing: str, expected: str) -> T:
        """Wait for the result of a press, only while the page changes or loads."""
        last: list[tuple[Snapshot, float]] = []

        def watched(snapshot: Snapshot) -> T | None:
            found = seen(snapshot)
            if found is not None:
                return found
            loads = snapshot.busy or not snapshot.ready or self.reader.is_loading(snapshot)
            if loads or not last or last[0][0] is not snapshot:
                last[:] = [(snapshot, time.monotonic())]
            elif time.monotonic() - last[0][1] >= self.portal.patience.effect.total_seconds():
                raise NoEffect(doing, expected, msg("a page on which nothing changes"))
            return None

        return self.session.until(watched, doing, expected, self.portal.patience.opening)

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
        self._open_menu(module)
        control = self.reader.wait_for(module, Kind.MENU)
        dialog = (
            self.reader.press_node(control.node, owner=control.owner, count=2) if twice else self.reader.press(control)
        )
        self.session.driver.require_no_dialog(dialog, msg('Opening "{module}"', module=module))

    def _open_menu(self, module: Label) -> None:
        """Press what the whole menu is folded behind, where the portal's file names it and no module is seen."""
        menu, words = self.portal.labels.get("open_menu"), self.portal.wording.words

        def unfolded(snapshot: Snapshot) -> bool | None:
            return any(hit.in_sight for hit in labels.hits(snapshot, module, words)) or None

        if menu is None or unfolded(self.reader.settled()):
            return
        doing = msg('Choosing "{entry}"', entry=menu)
        self.session.driver.require_no_dialog(self.reader.press(menu, Kind.BUTTON), doing)
        self.session.until(
            unfolded, doing, msg('the entry "{entry}" in it', entry=module), self.portal.patience.opening
        )

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
            WrongPage: The choice does not come (KTP-102).

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
            self._main_menu.enter_as_registered_user()

    def press_home(self) -> bool:
        """Press "Ana Sayfa" and wait until the home page counts again.

        Returns:
            True if it does; False if the page has no such entry or nothing came of it.
        """
        snapshot = self.reader.seen
        if snapshot.dialog is not None or not place_of(snapshot, self.portal).pages & {"home", "contracts"}:
            return False
        try:
            control = labels.find(snapshot, self.session.label("home"), Kind.MENU, self.portal.wording.words)
            if not control.in_sight or control.disabled:
                return False
            asked = snapshot.started
            self.session.driver.require_no_dialog(self.reader.press(control), msg('Choosing "Ana Sayfa"'))
            # A tab that was only brought to the front still shows the earlier count.
            self._until_quiet(
                lambda now: self._count(now) if now.started > asked else None,
                msg('Choosing "Ana Sayfa"'),
                msg("the home page's texts"),
            )
        except (LabelNotFound, LabelAmbiguous, NoEffect):
            return False
        return True

    def _count(self, snapshot: Snapshot) -> int | None:
        """The count of pending contracts, once nothing is being loaded any more."""
        if snapshot.busy or self.reader.is_loading(snapshot):
            return None
        return pending_count(snapshot, self.portal.texts["pending_count"], self.portal.texts["no_pending"])
