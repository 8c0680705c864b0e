"""How far the sign-in of a run is: whether a session is open, and whether a password may be sent."""

from __future__ import annotations

from enum import Enum


class SignInState(Enum):
    """The state of the sign-in. A password that was sent is never sent a second time unless it was accepted.

    The two ``…_AGAIN`` states arise when a session is renewed: the earlier session may still be open, while the new sign-in failed.

    Attributes:
        is_in: True if a session is open as far as known: it must be signed out.
        is_spent: True if a password was sent and not accepted: there is no further attempt in this run.
    """

    NOBODY = (False, False, "nobody is signed in, and nothing was sent")
    SENT = (False, True, "a password was sent and was not accepted")
    UNANSWERED = (False, True, "a password was sent and its answer was not understood: a session may be open")
    SIGNED_IN = (True, False, "the sign-in was accepted")
    SENT_AGAIN = (True, True, "as SENT, and the earlier session may be open")
    UNANSWERED_AGAIN = (True, True, "as UNANSWERED, and the earlier session may be open")
    LEFT = (False, True, "signed out right after the sign-in, from a page that is not known")
    SIGNED_OUT = (False, False, "the portal showed that the session is over")

    def __init__(self, is_in: bool, is_spent: bool, meaning: str) -> None:
        self.is_in = is_in
        self.is_spent = is_spent
        self.meaning = meaning

    @property
    def is_unanswered(self) -> bool:
        """True if it is unknown whether the password that was sent opened a session."""
        return self in (SignInState.UNANSWERED, SignInState.UNANSWERED_AGAIN)

    @property
    def is_out(self) -> bool:
        """True if the portal showed that the session is over."""
        return self in (SignInState.LEFT, SignInState.SIGNED_OUT)

    def failed(self) -> SignInState:
        """Return the state after a sign-in that broke off: its answer is unknown, unless something else was seen by then."""
        return SignInState.UNANSWERED if self is SignInState.SENT else self

    def ended(self) -> SignInState:
        """Return the state after the portal ended the session, or after it was given up."""
        return _ENDED.get(self, self)

    def owed(self) -> SignInState:
        """Return the state where an earlier session may be open too, and must be signed out."""
        return _OWED.get(self, self)

    def signed_out(self) -> SignInState:
        """Return the state after a sign-out that the portal showed."""
        return _SIGNED_OUT.get(self, self)


_ENDED = {
    SignInState.SIGNED_IN: SignInState.NOBODY,
    SignInState.SENT_AGAIN: SignInState.SENT,
    SignInState.UNANSWERED_AGAIN: SignInState.UNANSWERED,
}
_OWED = {
    SignInState.NOBODY: SignInState.SIGNED_IN,
    SignInState.SIGNED_OUT: SignInState.SIGNED_IN,
    SignInState.SENT: SignInState.SENT_AGAIN,
    SignInState.LEFT: SignInState.SENT_AGAIN,
    SignInState.UNANSWERED: SignInState.UNANSWERED_AGAIN,
}
_SIGNED_OUT = {
    SignInState.SIGNED_IN: SignInState.SIGNED_OUT,
    SignInState.SENT_AGAIN: SignInState.LEFT,
    SignInState.UNANSWERED_AGAIN: SignInState.UNANSWERED,
}
