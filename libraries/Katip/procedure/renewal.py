"""Come back to a place of the procedure in a fresh page, or in a fresh session."""

from __future__ import annotations

from collections.abc import Callable

from robot.api import logger

from Katip.current_session import CurrentSession
from Katip.errors import BrowserGone, KatipError, SessionDoesNotLast
from Katip.messages import msg
from Katip.procedure.navigation import Navigation
from Katip.procedure.pages import Pages
from Katip.procedure.places import Place
from Katip.session import RENEWALS


def does_not_last() -> SessionDoesNotLast:
    """Return the error of a session that would have to be renewed more often than is allowed in a run."""
    return SessionDoesNotLast(
        msg("Renewing the session"),
        msg("at most {renewals} renewals in a run", renewals=RENEWALS),
        msg("it would have to be renewed once more"),
        msg(
            "Close other windows in which the same account is signed in, look at the portal by hand, then run again later."
        ),
    )


class Renewal:
    """Fresh pages and sessions for the run at work.

    Args:
        current: the session of the run at work.
        pages: the pages of the procedure.
        navigation: goes on in the same session.
        restart_browser: starts the browser again, where it is gone.
    """

    def __init__(
        self, current: CurrentSession, pages: Pages, navigation: Navigation, restart_browser: Callable[[], None]
    ) -> None:
        self._current = current
        self._pages = pages
        self._navigation = navigation
        self._restart_browser = restart_browser

    def come_to(self, place: Place) -> None:
        """Go to a place of the procedure in a fresh page; if the session is over, in a fresh session.

        Args:
            place: where.

        Raises:
            SessionDoesNotLast: The session was renewed too often.
            SignInRefused: A sign-in was refused in this run.
        """
        session = self._current.session
        try:
            session.fresh_page()
            if session.signed_in:
                self._navigation.go_on(place)
                return
        except BrowserGone:
            self._restart_browser()
        except KatipError as error:
            session.note_end(error)
            logger.info(msg("The session does not go on: {error}", error=self._current.covered(error)))
        self._begin_again(place)

    def come_back_home(self) -> None:
        """Make sure that the robot is on the home page of its workplace, renewing the session where it is over."""
        session = self._current.session
        try:
            session.arrive("home", msg("Coming back to the home page"))
        except KatipError as error:
            session.note_end(error)
            self.come_to(Place.CONTRACTS)

    def _begin_again(self, place: Place) -> None:
        """Go through the procedure again, up to a place; signing in again is allowed a few times in a run only."""
        pages, session = self._pages, self._current.session
        owed = session.signed_in
        if place > Place.SIGN_IN or owed:
            if session.renewals >= RENEWALS:
                # No SessionOver: whether the portal has ended the session is not known, and the sign-out is owed.
                raise does_not_last()
            session.renewals += 1
            session.sign_in = session.sign_in.ended()
        steps: tuple[tuple[Place, Callable[[], object]], ...] = (
            (Place.SITE, pages.site.open_osgb_site),
            (Place.ENTRY, pages.site.follow_isg_katip),
            (Place.SIGN_IN, pages.site.enter_katip),
            (Place.MAIN_MENU, pages.edevlet.sign_in_at_edevlet),
            (Place.WORKPLACES, pages.main_menu.enter_as_registered_user),
            (Place.HOME, self._navigation.choose_again),
            (Place.CONTRACTS, pages.home.open_contracts),
        )
        try:
            for reaches, step in steps:
                if reaches <= place:
                    step()
        except KatipError:
            if owed:  # nobody saw the session end: it must still be signed out
                session.sign_in = session.sign_in.owed()
            raise
