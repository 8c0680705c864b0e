"""A person's own browser was joined: find out whether the person is signed in there already, and go on from there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from robot.api import logger

from Katip.current_session import CurrentSession
from Katip.errors import KatipError
from Katip.messages import msg, msg_id
from Katip.origins import origin_of
from Katip.pages.component import PageComponent
from Katip.pages.persons_tabs import PersonsTabs, Tab
from Katip.sign_in_state import SignInState

_DOING = msg_id("Looking whether somebody is signed in already")
_MOST_TABS = 5


class Joining(PageComponent):
    """Finds the session that is open in the joined browser.

    Args:
        current: the session of the run at work.
        tabs: returns the tabs of the joined browser, or None where none was joined.
        go_home: comes back to the home page of the same session.
        change_workplace: goes from the home page to the choice of the workplace.

    Attributes:
        found: True if the session was open before the robot came.
    """

    def __init__(
        self,
        current: CurrentSession,
        tabs: Callable[[], PersonsTabs | None],
        go_home: Callable[[], None],
        change_workplace: Callable[[], None],
    ) -> None:
        super().__init__(current)
        self._tabs = tabs
        self._go_home = go_home
        self._change_workplace = change_workplace
        self.found = False

    @property
    def has_tabs(self) -> bool:
        """True if the run has joined the person's browser."""
        return self._tabs() is not None

    def finds_session(self) -> bool:
        """Look for an open session, once for each time that the way to the sign-in is begun.

        In a page of the robot's own, with KATİP's address and those of the person's tabs that show KATİP; where the portal's session
        lives in one tab, in those tabs themselves, one after the other. A tab that shows no session is left as it was.

        Returns:
            True if one was found; the robot is then where a workplace can be chosen, or at a home page that knows no other.
        """
        joined = self._tabs()
        if joined is None or self.session.signed_in:
            return self.session.signed_in
        tabs = joined.tabs_on(self.portal.katip_origins)[:_MOST_TABS]
        if self.portal.procedure.in_tab:
            found = any(self._is_in(tab) for tab in tabs)
        else:
            addresses = dict.fromkeys([self.portal.katip_url, *(tab.url for tab in tabs)])
            found = any(self._is_at(address) for address in addresses)
        self.found = found
        if found:
            self.session.sign_in = SignInState.SIGNED_IN
            logger.console("\n" + msg("A session of KATİP is open already; the robot goes on from there."))
            self._leave_for_the_choice()
        return found

    def skipped(self) -> str:
        """Return what the record says of a clause that was not carried out because somebody was signed in already."""
        return msg(
            "not carried out: a session of {origin} was open in the person's own browser already",
            origin=origin_of(self.portal.katip_url),
        )

    def _is_at(self, address: str) -> bool:
        try:
            self.session.driver.require_no_dialog(
                self.session.driver.go(address, self.portal.patience.page), msg(_DOING)
            )
            return self._shows_session()
        except KatipError as error:
            logger.debug(f"No session: {self.current.covered(error)}")
            return False

    def _is_in(self, tab: Tab) -> bool:
        joined = self._tabs()
        if joined is None:
            return False
        before = self.reader.look().pages
        joined.lend(tab)
        try:
            self.reader.until(
                lambda seen: True if seen.pages > before else None,
                msg(_DOING),
                msg("the person's tab"),
                self.portal.patience.opening,
            )
            if self._shows_session():
                return True
        except KatipError as error:
            logger.debug(f"No session: {self.current.covered(error)}")
        joined.give_back(tab)
        return False

    def _shows_session(self) -> bool:
        """Return True if the page is one that only somebody who is signed in sees; what is no page of the portal is an error."""
        signed_in = self.portal.signed_in_pages
        page, _ = self.session.arrive_at(
            (*signed_in, *self.portal.pages_before_sign_in), msg(_DOING), self.portal.patience.opening
        )
        return page in signed_in

    def _leave_for_the_choice(self) -> None:
        """Go from wherever the session is to a page on which the clauses go on (5.4, 5.5)."""
        goals = self.portal.pages_with_a_way_out
        try:
            page, _ = self.session.arrive_at(goals, msg(_DOING), self.portal.patience.opening)
        except KatipError:
            self._go_home()
            page, _ = self.session.arrive_at(goals, msg(_DOING))
        if page == "home":
            with suppress(KatipError):  # an account of one workplace may have nothing to change
                self._change_workplace()
