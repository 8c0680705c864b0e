"""What the page components share: the portal in use, the reader, and how far the session is. Nothing else passes between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from robot.api import logger

from Katip.errors import ConfigurationError, KatipError, NoEffect, SessionOver, WrongPage
from Katip.masking import mask
from Katip.messages import msg
from Katip.model import Workplace
from Katip.origins import NULL, origin_of
from Katip.pages.place import foreign_page, is_on, place_of, titles_of, trouble_of, wrong_page
from Katip.portal import Portal
from Katip.portal_procedure import PageStep
from Katip.reading.driver import Driver
from Katip.reading.labels import Kind, Label
from Katip.reading.reader import Reader
from Katip.reading.snapshot import Dialog, Snapshot
from Katip.sign_in_state import SignInState
from Katip.turkish import fold, visible

if TYPE_CHECKING:
    from robot.api.types import Secret

T = TypeVar("T")

RENEWALS = 2
_PRESSES = 4
_PASSING = 0.75  # of the first reaction that a page is given: a page that stays is known before the next try


@dataclass(slots=True)
class Account:
    """Who signs in.

    Attributes:
        tckn: the T.C. number.
        sifre: the e-Devlet password.
        code: the code of the second factor, once it was asked for.
    """

    tckn: Secret
    sifre: Secret
    code: Secret | None = None

    @property
    def secrets(self) -> tuple[str, ...]:
        """The texts that must never be seen."""
        return tuple(secret.value for secret in (self.tckn, self.sifre, self.code) if secret and secret.value)


@dataclass(slots=True)
class Session:
    """The session at hand.

    Attributes:
        portal: the portal in use.
        driver: looks and acts.
        reader: reads and uses the page like a person.
        account: who signs in, or None if a person does.
        sign_in_timeout: how long the person may take.
        visible: True if a person can see the window.
        application: to which application e-Devlet said that the person signs in; empty where it said nothing.
        ask_code: asks the person for a code on the terminal; None where there is none.
        sign_in: how far the sign-in is.
        renewals: how often the session was renewed.
        workplace: the chosen workplace.
        offered: the workplaces that the account offers.
        leaving: True while the sign-out is answered: the portal may lead to any page then.
        origin_seen: the origin of the page that was seen last; empty where it has none.
        home_url: where the home page was, to come back to it.
        way_out: where the last page with a way to sign out was, to come back to it from a page that has none.
        unknown_page: the page that followed the sign-in, was not known, and was left; None if there was none.
        tabs: how many pages were open when the home page was reached; what opens later are windows of the portal.
    """

    portal: Portal
    driver: Driver
    reader: Reader
    account: Account | None = None
    sign_in_timeout: timedelta = timedelta(minutes=5)
    visible: bool = False
    application: str = ""
    ask_code: Callable[[], Secret | None] | None = None
    sign_in: SignInState = SignInState.NOBODY
    renewals: int = 0
    workplace: Workplace | None = None
    offered: list[Workplace] = field(default_factory=list)
    leaving: bool = False
    origin_seen: str = ""
    home_url: str = ""
    way_out: str = ""
    unknown_page: Snapshot | None = None
    tabs: int = 0

    @classmethod
    def of(cls, portal: Portal, driver: Driver) -> Session:
        """Begin a session.

        Args:
            portal: the portal in use.
            driver: looks and acts.

        Returns:
            The session.
        """
        session = cls(portal, driver, Reader(driver, portal.wording, portal.patience, portal.pause))
        driver.own_origins, driver.check = portal.katip_origins, session.check
        driver.colours, driver.compared = portal.procedure.turn is not None, portal.compares_picture
        driver.secret_origins = {origin_of(portal.edevlet_url)} - {NULL}
        return session

    @property
    def signed_in(self) -> bool:
        """True if a session is open as far as known."""
        return self.sign_in.is_in

    @property
    def chosen(self) -> Workplace:
        """The chosen workplace.

        Raises:
            ConfigurationError: if none was chosen yet.
        """
        if self.workplace is None:
            raise ConfigurationError(
                msg("Working at a workplace"),
                msg("a workplace that was chosen (5.5)"),
                msg("none"),
                msg("Choose one first."),
            )
        return self.workplace

    def label(self, key: str) -> Label:
        """Return a label of the portal by its key."""
        return self.portal.labels[key]

    def arrive(self, page: str, doing: str, timeout: timedelta | None = None) -> Snapshot:
        """Wait until a page is there.

        Args:
            page: the page's key.
            doing: what was being done.
            timeout: how long to wait; the portal's timeout if not given.

        Returns:
            What is seen.

        Raises:
            WrongPage: naming what is seen instead.
        """
        return self.arrive_at((page,), doing, timeout)[1]

    def arrive_at(self, pages: tuple[str, ...], doing: str, timeout: timedelta | None = None) -> tuple[str, Snapshot]:
        """Wait until one of several pages is there.

        Args:
            pages: the pages' keys, the most wanted first.
            doing: what was being done.
            timeout: how long to wait; the portal's timeout if not given.

        Returns:
            The page's key and what is seen.

        Raises:
            WrongPage: naming what is seen instead.
        """
        expected = titles_of(pages, self.portal)
        last: list[Snapshot] = []
        passing_until: list[float] = []

        def stays(snapshot: Snapshot) -> bool:
            """False while the page still loads: one page may be shown until it is known which one it is."""
            passing_until.append(time.monotonic() + _PASSING * self.portal.patience.reaction.total_seconds())
            return not snapshot.busy or time.monotonic() > passing_until[0]

        def seen(snapshot: Snapshot) -> tuple[str, Snapshot] | None:
            if self.heed(snapshot.dialog, doing):
                return None
            last[:] = [snapshot]
            for page in pages:
                if is_on(snapshot, self.portal, page):
                    return (page, snapshot) if len(pages) == 1 or stays(snapshot) else None
            if snapshot.ready and not snapshot.busy:
                trouble = trouble_of(snapshot, self.portal, doing, expected, self.signed_in)
                if trouble is not None:
                    raise trouble
            return None

        try:
            page, snapshot = self.reader.until(seen, doing, expected, timeout)
        except NoEffect:
            if not last:
                raise
            raise wrong_page(last[0], self.portal, doing, pages, self.signed_in) from None
        if page in self.portal.pages_with_a_way_out:
            self.way_out = snapshot.url
        return page, snapshot

    def covered(self, text: str) -> str:
        """Return a text as it may be stored: T.C. numbers and secrets are masked.

        Args:
            text: what a page or a dialog says.

        Returns:
            The same, in one line, with what is secret covered.
        """
        return mask(visible(text), self.account.secrets if self.account else ())

    def heed(self, dialog: Dialog | None, doing: str) -> bool:
        """Handle a native dialog on the way to a page: an alert is closed, a question is left open.

        Args:
            dialog: what came, or None.
            doing: what is being done.

        Returns:
            True if there was one, and it is closed.

        Raises:
            SessionOver: It says that the session is over.
            DialogOpen: It asks something.
        """
        if dialog is None or dialog.kind != "alert":
            self.driver.require_no_dialog(dialog, doing)
            return False
        words = self.covered(dialog.message)
        logger.info(msg("The browser's own dialog said: {words!r}", words=words))
        self.driver.answer(accept=True)
        if any(fold(text) in fold(words) for text in self.portal.instead["session_over"]):
            raise SessionOver(
                doing, msg("the session to go on"), f'"{words}"', msg("Run again; the robot signs in again.")
            )
        return True

    def close_popups(self) -> None:
        """Close the windows that the portal opened: going on in one of them would make it its own opener."""
        if not self.tabs:
            return
        seen = self.reader.seen
        if seen.dialog is not None or seen.pages > self.tabs:
            self.driver.close_newer_pages(self.tabs)

    def fresh_page(self) -> None:
        """Continue in a new page of the same session and close the present one with all its windows.

        A session that lives in its tab goes on in an empty page of the same tab.
        """
        if self.portal.procedure.in_tab:
            if self.tabs:
                self.driver.close_newer_pages(self.tabs)
            self.driver.empty_page(self.portal.patience.page)
        else:
            self.driver.fresh_page(self.tabs)

    def load(self, address: str) -> None:
        """Load an address; where the page asks whether to leave it, it is left.

        Args:
            address: the address.

        Raises:
            DialogOpen: the page asks something else.
        """
        self.close_popups()
        dialog = self.driver.go(address, self.portal.patience.page)
        if dialog is not None and dialog.kind == "beforeunload":
            self.driver.answer(accept=True)
        elif dialog is not None:
            self.heed(dialog, msg("Loading the portal again"))

    def go_through(
        self, press: Callable[[], Dialog | None], pages: tuple[str, ...], doing: str
    ) -> tuple[str, Snapshot]:
        """Press a control that leads to another page; retry if the page did not react, as before its scripts are loaded.

        Only for what may be pressed twice without harm: it leads somewhere, and sends nothing.

        Args:
            press: presses it.
            pages: the keys of the pages it leads to, the most wanted first.
            doing: what is being done.

        Returns:
            The page's key and what is seen.

        Raises:
            WrongPage: naming what is seen instead.
        """
        first = self.reader.seen
        before, tabs = place_of(first, self.portal).pages, first.pages
        end = time.monotonic() + self.portal.patience.page.total_seconds()
        patience, presses, waited = self.portal.patience, 0, False
        while True:
            here = self.reader.seen
            if not presses or (presses < _PRESSES and self._took_no_notice(here, before, tabs)):
                self.driver.require_no_dialog(press(), doing)
                presses += 1
            left = timedelta(seconds=max(end - time.monotonic(), 0))
            try:
                return self.arrive_at(pages, doing, min(left, patience.reaction if waited else patience.moment))
            except WrongPage as error:
                if error.code != WrongPage.code or not left:
                    raise
                waited = True

    def _took_no_notice(self, here: Snapshot, before: frozenset[str], tabs: int) -> bool:
        """True if the page is the one it was, and nothing is on its way."""
        still = here.ready and not here.busy and not self.reader.is_loading(here)
        return still and here.pages == tabs and place_of(here, self.portal).pages == before

    def walk(self, steps: Sequence[PageStep], targets: tuple[str, ...], doing: str) -> tuple[str, Snapshot]:
        """Go through the pages of a way, pressing on each what leads on, until a page is there.

        Args:
            steps: the pages that may come and what is pressed on them, in their order.
            targets: keys of the pages where the way ends, the most wanted first.
            doing: what is being done.

        Returns:
            The page's key and what is seen.

        Raises:
            WrongPage: naming what is seen instead.
        """
        left = list(steps)
        page, snapshot = self.arrive_at((*targets, *(step.page for step in left)), doing)
        while page not in targets:
            here = next(index for index, step in enumerate(left) if step.page == page)
            step, left = left[here], left[here + 1 :]
            next_pages = (*targets, *(each.page for each in left))
            page, snapshot = self.go_through(
                partial(self.take, step), next_pages, msg('Choosing "{press}"', press=step.press)
            )
        return page, snapshot

    def take(self, step: PageStep, *, strict: bool = False) -> Dialog | None:
        """Do what a page of the way asks for: tick its boxes, then press what leads on.

        Args:
            step: the page, which is there.
            strict: True within an approval: on KATİP's own origins only, and where nothing else would take the press.

        Returns:
            The browser's own dialog that the press opened, or None.
        """
        for box in step.tick:
            self.reader.tick(box)
        only = self.portal.katip_origins if strict else None
        return self.reader.press(step.press, Kind.BUTTON, strict=strict, only=only)

    def until(
        self, seen: Callable[[Snapshot], T | None], doing: str, expected: str, timeout: timedelta | None = None
    ) -> T:
        """Wait until something can be seen; a page that says that it is none of the portal's ends the wait.

        Args:
            seen: returns what was waited for, or None.
            doing: what was being done.
            expected: what should come.
            timeout: how long to wait.

        Returns:
            What ``seen`` gave.
        """

        def checked(snapshot: Snapshot) -> T | None:
            self.driver.require_no_dialog(snapshot.dialog, doing)
            found = seen(snapshot)
            if found is None and snapshot.ready and not snapshot.busy:
                trouble = trouble_of(snapshot, self.portal, doing, expected, self.signed_in)
                if trouble is not None:
                    raise trouble
            return found

        return self.reader.until(checked, doing, expected, timeout)

    def check(self, snapshot: Snapshot) -> None:
        """Refuse everything seen between sign-in and sign-out that is not of one of KATİP's origins.

        Args:
            snapshot: what is seen.

        Raises:
            ForeignOrigin: The page is of another origin.
        """
        self.origin_seen = "" if snapshot.origin == NULL else snapshot.origin
        if self.signed_in and not self.leaving:
            error = foreign_page(snapshot, self.portal, msg("Working on the portal"), msg("KATİP's page"))
            if error is not None:
                raise error

    def note_end(self, error: KatipError) -> None:
        """Remember that the portal ended the session, where an error says so."""
        if error.code == "KTP-103":
            self.sign_in = self.sign_in.ended()
