"""Number, password and code of the person who signs in: the system's keyring, or a hidden prompt on a terminal."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from getpass import getpass
from typing import Final, TypeVar

from robot.api.types import Secret

from Katip.errors import CredentialsUnavailable
from Katip.messages import msg, msg_id
from Katip.session import Account

T = TypeVar("T")

_SERVICE: Final = "robotframework-katip e-devlet"
_NUMBER: Final = "number"
_PASSWORD: Final = "password"  # noqa: S105 (a name, not a password)
_DOING: Final = msg_id("Using the system's keyring")
#: A keyring may ask the person to unlock it; one that never answers must not hold a run up for ever.
_PATIENCE: Final = 60.0
_NUMBER_LENGTH: Final = 11


def stored_account() -> Account | None:
    """Return the account that `katip credentials set` stored; None if there is none.

    Raises:
        CredentialsUnavailable: The keyring cannot be used.
    """
    import keyring

    number, password = (_asked_keyring(keyring.get_password, _SERVICE, name) for name in (_NUMBER, _PASSWORD))
    return Account(Secret(number), Secret(password)) if number and password else None


def store_account(number: str, password: str) -> str:
    """Store number and password in the system's keyring.

    Args:
        number: the T.C. number, 11 digits.
        password: the e-Devlet password.

    Returns:
        The keyring's name.

    Raises:
        CredentialsUnavailable: There is no keyring, or it keeps nothing; or one of the two cannot be right.
    """
    import keyring

    if len(number) != _NUMBER_LENGTH or not number.isdigit() or not password:
        raise CredentialsUnavailable(
            msg("Storing number and password"),
            msg("a T.C. number of 11 digits, and a password"),
            msg("something else"),
            msg("Nothing was stored."),
        )
    for name, value in ((_NUMBER, number), (_PASSWORD, password)):
        _asked_keyring(keyring.set_password, _SERVICE, name, value)
    kept = stored_account()
    if kept is None or kept.secrets != (number, password):
        raise _unusable(msg("nothing is in it that was put into it"))
    return str(keyring.get_keyring().name)


def forget_stored_account() -> bool:
    """Delete number and password from the system's keyring.

    Returns:
        True if there was something to delete.

    Raises:
        CredentialsUnavailable: The keyring cannot be used.
    """
    import keyring

    found = False
    for name in (_NUMBER, _PASSWORD):
        if _asked_keyring(keyring.get_password, _SERVICE, name) is not None:
            _asked_keyring(keyring.delete_password, _SERVICE, name)
            found = True
    return found


def has_terminal() -> bool:
    """Return True if somebody can be asked on a terminal."""
    return sys.__stdin__ is not None and not sys.__stdin__.closed and sys.__stdin__.isatty()


def asked_account() -> Account | None:
    """Ask for number and password on the terminal, where neither is shown.

    Returns:
        The account; None without a terminal, or where nothing was typed.
    """
    if not has_terminal():
        return None
    number = getpass(msg("T.C. number (not shown)") + ": ").strip()
    password = getpass(msg("e-Devlet password (not shown)") + ": ") if number else ""
    return Account(Secret(number), Secret(password)) if number and password else None


def asked_code() -> Secret | None:
    """Ask for the code that the person was sent; it is not shown either.

    Returns:
        The code; None without a terminal, or where nothing was typed.
    """
    code = getpass(msg("Code for e-Devlet, as you were sent it (not shown)") + ": ").strip() if has_terminal() else ""
    return Secret(code) if code else None


def _asked_keyring(ask: Callable[..., T], *given: str) -> T:
    """Ask the keyring in a thread of its own; whatever goes wrong there is one error."""
    import keyring

    if keyring.get_keyring().priority < 1:  # none, or one that keeps passwords readable
        raise _unusable(msg("there is none that keeps passwords safely"))
    answers: list[T] = []
    failures: list[str] = []

    def answer() -> None:
        try:
            answers.append(ask(*given))
        except Exception as error:  # back ends raise whatever their system's calls raise
            failures.append(type(error).__name__)

    asking = threading.Thread(target=answer, name="keyring", daemon=True)
    asking.start()
    asking.join(_PATIENCE)
    if not answers:
        raise _unusable(failures[0] if failures else msg("no answer within {seconds:g} s", seconds=_PATIENCE))
    return answers[0]


def _unusable(why: str) -> CredentialsUnavailable:
    return CredentialsUnavailable(
        msg(_DOING),
        msg("one that keeps passwords for this user"),
        why,
        msg(
            "Set up the system's keyring, or give EDEVLET_TCKN and EDEVLET_SIFRE, or sign in with -v SIGN_IN:attended."
        ),
    )
