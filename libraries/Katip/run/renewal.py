"""Come back, in a fresh page or session, to where a step of the procedure begins; carry a step before "Kayıt" out again after an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from robot.api import logger

from Katip.errors import (
    ApplicationError,
    BrowserGone,
    CannotRecord,
    EvidenceError,
    ForeignOrigin,
    KatipError,
    LabelAmbiguous,
    Maintenance,
    NoEffect,
)
from Katip.extending import BEGINS_AT
from Katip.messages import msg
from Katip.pages.workplaces import require_home_of
from Katip.session import RENEWALS
from Katip.turkish import fold

if TYPE_CHECKING:
    from Katip.library import Katip


class Place(IntEnum):
    """Where a step begins, in the procedure's order: each is reached from the one before by one step."""

    START = 0
    SITE = 1
    ENTRY = 2
    SIGN_IN = 3
    MAIN_MENU = 4
    WORKPLACES = 5
    HOME = 6
    CONTRACTS = 7


# Only keywords that read or lead somewhere: what approves has its own rules, and the sign-out its own second try.
_BEGINS_AT = {
    "open_osgb_site": Place.START,
    "follow_isg_katip": Place.SITE,
    "enter_katip": Place.ENTRY,
    "sign_in_at_edevlet": Place.SIGN_IN,
    "enter_as_registered_user": Place.MAIN_MENU,
    "choose_next_workplace": Place.WORKPLACES,
    "change_workplace": Place.HOME,
    "read_home": Place.HOME,
    "open_contracts": Place.HOME,
    "read_the_list": Place.CONTRACTS,
    "plan_workplace": Place.CONTRACTS,
    "reconcile_workplace": Place.CONTRACTS,
}
_MAINTENANCE_PAUSE = timedelta(seconds=3)  # times the number of the trial; ended early by a page that changes
# Waiting a moment does not mend these.
_LASTING = (ForeignOrigin, LabelAmbiguous, CannotRecord, EvidenceError)


class Renewal:
    """Fresh pages and sessions for the run at work.

    Args:
        library: the keyword library.
    """

    def __init__(self, library: Katip) -> None:
        self._library = library
        self._declared: dict[str, Place] = {}

    def declare(self, keywords: Mapping[str, object]) -> None:
        """Take note of where the keywords of modules begin.

        Args:
            keywords: name to function.
        """
        for name, function in keywords.items():
            if (place := getattr(function, BEGINS_AT, None)) is not None:
                self._declared[name] = Place[place.upper()]

    def carry_out(self, name: str, step: Callable[[], Any]) -> Any:
        """Carry a keyword out; after an application error again, from where its step begins, up to RETRIES times.

        Business errors are never tried again, nor is a sign-in whose password was sent and whose answer was lost.

        Args:
            name: the keyword's name.
            step: carries it out.

        Returns:
            What the keyword returns.
        """
        begins_at, work = _BEGINS_AT.get(name, self._declared.get(name)), self._library.work
        if begins_at is None or work is None or work.ended:
            return step()
        retries = work.settings.retries
        for trial in range(retries + 1):
            try:
                if trial:
                    self.come_to(begins_at)
                return step()
            except ApplicationError as error:
                self._library.session.note_end(error)
                if trial == retries or isinstance(error, _LASTING) or self._may_not_sign_in():
                    raise
                self._library.pictures.of_failure(name)
                logger.warn(
                    msg(
                        "{error} (Tried again, {trial} of {retries}.)",
                        error=self._library.covered(error),
                        trial=trial + 1,
                        retries=retries,
                    )
                )
                if isinstance(error, Maintenance) or self._asks_for_patience():
                    self._wait_for_change(_MAINTENANCE_PAUSE * (trial + 1))
        raise AssertionError("unreachable")

    def _asks_for_patience(self) -> bool:
        """True if the page says that too many requests were sent (HTTP 429)."""
        words = self._library.session.portal.instead.get("too_many", ())
        try:
            told = fold(self._library.driver.last.text) if words else ""
        except ApplicationError:
            return False
        return any(fold(word) in told for word in words)

    def _wait_for_change(self, pause: timedelta) -> None:
        """Wait until the page shows something else, as one does that loads itself again, or the pause is over."""
        with suppress(ApplicationError):
            self._library.driver.look(changed=True, patience=pause)

    def _may_not_sign_in(self) -> bool:
        """True if a password was sent and nobody knows what became of it."""
        session = self._library.session
        return session.refused and not session.signed_in

    # ------------------------------------------------------------------------------------------------------------ coming back

    def come_to(self, place: Place) -> None:
        """Come to a place of the procedure in a fresh page; where the session does not go on, in a fresh session.

        Args:
            place: where.

        Raises:
            NoEffect: The session was renewed too often.
            SignInRefused: A sign-in was refused in this run.
        """
        session = self._library.session
        try:
            session.fresh_page()
            if session.signed_in:
                self._go_on(place)
                return
        except BrowserGone:
            self._restart_browser()
        except KatipError as error:
            session.note_end(error)
            logger.info(msg("The session does not go on: {error}", error=self._library.covered(error)))
        self._begin_again(place)

    def load_home(self) -> None:
        """Load the home page's address again; a portal that keeps no place in its address begins at the main menu again."""
        self._go_on(Place.HOME)

    def _go_on(self, place: Place) -> None:
        """Go on in the same session, from the last page that had a way to sign out."""
        library, session = self._library, self._library.session
        library.home.load(session.home_url or session.way_out or session.portal.katip_url)
        doing = msg("Loading the portal again")
        between = tuple(step.page for step in session.portal.procedure.after)
        page, snapshot = session.arrive_at(("workplaces", *between, "home"), doing)
        if place is Place.WORKPLACES and page == "home" and session.workplace is not None:
            library.home.change_workplace()
        elif page in between and place > Place.MAIN_MENU:
            library.main_menu.enter_as_registered_user()
        if place > Place.WORKPLACES and page != "home":
            self._choose_again()
        elif place > Place.WORKPLACES and session.workplace is not None:
            require_home_of(session.workplace, snapshot, doing)
        if place is Place.CONTRACTS:
            library.home.open_contracts()

    def _begin_again(self, place: Place) -> None:
        """Go through the procedure again, up to a place; signing in again is allowed a few times in a run only."""
        library, session = self._library, self._library.session
        owed = session.signed_in
        if place > Place.SIGN_IN or owed:
            if session.renewals >= RENEWALS:
                # No SessionOver: whether the portal has ended the session is not known, and the sign-out is owed.
                raise NoEffect(
                    msg("Renewing the session"),
                    msg("at most {renewals} renewals in a run", renewals=RENEWALS),
                    msg("one more"),
                    msg("Look at the portal by hand, then run again."),
                )
            session.renewals += 1
            session.signed_in = False
        steps: tuple[tuple[Place, Callable[[], object]], ...] = (
            (Place.SITE, library.site.open_osgb_site),
            (Place.ENTRY, library.site.follow_isg_katip),
            (Place.SIGN_IN, library.site.enter_katip),
            (Place.MAIN_MENU, library.edevlet.sign_in_at_edevlet),
            (Place.WORKPLACES, library.main_menu.enter_as_registered_user),
            (Place.HOME, self._choose_again),
            (Place.CONTRACTS, library.home.open_contracts),
        )
        try:
            for reaches, step in steps:
                if reaches <= place:
                    step()
        except KatipError:
            session.signed_in = session.signed_in or owed  # nobody saw the session end: it must still be signed out
            raise

    def _choose_again(self) -> None:
        workplace = self._library.session.workplace
        self._library.workplaces.choose_workplace(workplace.sgk if workplace else "")

    def _restart_browser(self) -> None:
        library = self._library
        library.driver.forget()
        with library.stopping.undisturbed():
            try:
                library.browser_process.close(library._browser())
            except (AssertionError, OSError, KatipError) as error:
                logger.debug(f"The old browser could not be closed: {error}")
            library.browser_process.start_anew(library._browser())
        library.run_keywords.start_browser()
