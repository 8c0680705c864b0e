"""The session of the run at work, for everything that is built before a run begins."""

from __future__ import annotations

from Katip.errors import ConfigurationError, KatipError
from Katip.masking import mask
from Katip.messages import msg
from Katip.session import Session


class CurrentSession:
    """Holds the session of the run at work; there is none before `Begin Run`.

    Args:
        session: the session, where there is one already.
    """

    def __init__(self, session: Session | None = None) -> None:
        self._session = session

    @property
    def is_begun(self) -> bool:
        """True once a run was begun."""
        return self._session is not None

    @property
    def session(self) -> Session:
        """The session.

        Raises:
            ConfigurationError: if no run was begun.
        """
        if self._session is None:
            raise ConfigurationError(
                msg("Using a page"),
                msg("a run that was begun"),
                msg("none"),
                msg("Call `Check Settings` and `Begin Run` first."),
            )
        return self._session

    def begin(self, session: Session) -> None:
        """Replace the session.

        Args:
            session: that of the run that begins.
        """
        self._session = session

    def note_end(self, error: KatipError) -> None:
        """Remember that the portal ended the session, where an error says so.

        Args:
            error: the error.
        """
        if self._session is not None:
            self._session.note_end(error)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The texts that must never be seen."""
        return self._session.account.secrets if self._session and self._session.account else ()

    def covered(self, error: Exception) -> str:
        """Return an error's words with T.C. numbers and secrets covered, as a log may hold them.

        Args:
            error: the error.
        """
        return mask(str(error) or type(error).__name__, self.secrets)
