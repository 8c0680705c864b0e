"""Carry a step before "Kayıt" out again after an error, from where it begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from robot.api import logger

from Katip.current_session import CurrentSession
from Katip.errors import (
    ApplicationError,
    CannotRecord,
    EvidenceError,
    ForeignOrigin,
    LabelAmbiguous,
    Maintenance,
    SessionDoesNotLast,
    SessionOver,
    WrongPage,
)
from Katip.messages import msg
from Katip.procedure.places import BEGINS_AT, Place
from Katip.procedure.renewal import does_not_last
from Katip.session import RENEWALS
from Katip.turkish import fold

# Only keywords that read or lead somewhere: what approves has its own rules, and the sign-out its own second try.
_BEGINS_AT: Final = {
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
# A second trial does not mend these.
_LASTING = (ForeignOrigin, LabelAmbiguous, CannotRecord, EvidenceError, SessionDoesNotLast)


def _unknown_page(error: ApplicationError, before: WrongPage | None) -> WrongPage | None:
    """Return the error if it is of a page that is not known; raise the one before if it was of the same page."""
    if not isinstance(error, WrongPage) or not error.unknown:
        return None
    if before is not None and error.unknown == before.unknown:
        raise before from error
    return error


class Retrying:
    """Carries keywords out, again where that can help.

    Args:
        current: the session of the run at work.
        come_to: comes to a place of the procedure in a fresh page or session.
        retries: returns how often a step is tried again; None where no run is at work.
        picture: takes the picture of a failure of the keyword that it is given.
    """

    def __init__(
        self,
        current: CurrentSession,
        come_to: Callable[[Place], None],
        retries: Callable[[], int | None],
        picture: Callable[[str], None],
    ) -> None:
        self._current = current
        self._come_to = come_to
        self._retries = retries
        self._picture = picture
        self._declared: dict[str, Place] = {}

    def declare(self, keywords: Mapping[str, object]) -> None:
        """Register where the keywords of modules begin.

        Args:
            keywords: name to function.
        """
        for name, function in keywords.items():
            if (place := getattr(function, BEGINS_AT, None)) is not None:
                self._declared[name] = Place[place.upper()]

    def carry_out(self, name: str, step: Callable[[], Any]) -> Any:
        """Carry a keyword out; after an application error again, from where its step begins, up to RETRIES times.

        Business errors are never tried again, nor is a sign-in whose password was sent and whose answer was lost. A page that is not known
        and is shown again ends the step with the first error: the portal's file does not describe it.

        Args:
            name: the keyword's name.
            step: carries it out.

        Returns:
            What the keyword returns.

        Raises:
            SessionDoesNotLast: The session is over and was renewed as often as is allowed.
        """
        begins_at, retries = _BEGINS_AT.get(name, self._declared.get(name)), self._retries()
        if begins_at is None or retries is None:
            return step()
        unknown: WrongPage | None = None
        for trial in range(retries + 1):
            try:
                if trial:
                    self._come_to(begins_at)
                return step()
            except ApplicationError as error:
                self._current.note_end(error)
                self._refuse_one_renewal_more(error, begins_at)
                unknown = _unknown_page(error, unknown)
                if trial == retries or isinstance(error, _LASTING) or self._may_not_sign_in():
                    raise
                self._picture(name)
                logger.warn(
                    msg(
                        "{error} (Tried again, {trial} of {retries}.)",
                        error=self._current.covered(error),
                        trial=trial + 1,
                        retries=retries,
                    )
                )
                if isinstance(error, Maintenance) or self._asks_for_patience():
                    self._wait_for_change(self._current.session.portal.patience.maintenance * (trial + 1))
        raise AssertionError("unreachable")

    def _refuse_one_renewal_more(self, error: ApplicationError, begins_at: Place) -> None:
        """Raise the error of a session that does not last, where this one is over and may not be renewed any more."""
        is_needed = isinstance(error, SessionOver) and begins_at > Place.SIGN_IN
        if is_needed and self._current.session.renewals >= RENEWALS:
            raise does_not_last() from error

    def _asks_for_patience(self) -> bool:
        """True if the page says that too many requests were sent (HTTP 429)."""
        session = self._current.session
        words = session.portal.instead.get("too_many", ())
        try:
            folded = fold(session.driver.last.text) if words else ""
        except ApplicationError:
            return False
        return any(fold(word) in folded for word in words)

    def _wait_for_change(self, pause: timedelta) -> None:
        """Wait until the page shows something else, as one does that loads itself again, or the pause is over."""
        with suppress(ApplicationError):
            self._current.session.driver.look(changed=True, patience=pause)

    def _may_not_sign_in(self) -> bool:
        """True if a password was sent and was not accepted."""
        session = self._current.session
        return session.sign_in.is_spent and not session.signed_in
