"""Which way the run signs in: by number and password, by the person in the robot's window, or in the person's own browser."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from robot.utils import timestr_to_secs

from Katip.errors import ConfigurationError
from Katip.messages import msg


class SignIn(StrEnum):
    """Who signs in at e-Devlet."""

    PASSWORD = "password"  # noqa: S105 (a way, not a password)
    ATTENDED = "attended"
    ATTACH = "attach"

    @property
    def is_by_person(self) -> bool:
        """True if a person signs in, and the robot types nothing."""
        return self is not SignIn.PASSWORD


def parsed_sign_in(text: str, problems: list[str]) -> SignIn | None:
    """Return the way that SIGN_IN names; None where it is not given.

    Args:
        text: the setting.
        problems: where a mistake is added.
    """
    if not text:
        return None
    try:
        return SignIn(text.casefold())
    except ValueError:
        problems.append(msg("SIGN_IN is {text!r}; it must be one of {ways}", text=text, ways=", ".join(SignIn)))
        return None


def parsed_timeout(text: str, problems: list[str]) -> timedelta:
    """Return the time that SIGN_IN_TIMEOUT names; five minutes where it is not given.

    Args:
        text: a Robot Framework time, such as ``10 min``.
        problems: where a mistake is added.
    """
    if not text:
        return timedelta(minutes=5)
    try:
        seconds = timestr_to_secs(text)
    except ValueError:
        seconds = -1.0
    if not 1 <= seconds <= 24 * 3600:
        problems.append(
            msg("SIGN_IN_TIMEOUT is {text!r}; it must be a time such as 10 min, between a second and a day", text=text)
        )
        return timedelta(minutes=5)
    return timedelta(seconds=seconds)


def chosen_way(given: SignIn | None, has_account: bool, headless: bool, *, example_user: bool = False) -> SignIn:
    """Return the way in which this run signs in.

    Args:
        given: what SIGN_IN says, or None.
        has_account: True if number and password are known.
        headless: True if the browser shows no window.
        example_user: True where the practice portal brings its own user.

    Raises:
        ConfigurationError: number and password are missing, or the person would have no window to sign in.
    """
    known = has_account or example_user
    way = given or (SignIn.PASSWORD if known else SignIn.ATTENDED)
    if way is SignIn.PASSWORD and not known:
        raise ConfigurationError(
            msg("Looking for the account"),
            msg(
                "EDEVLET_TCKN and EDEVLET_SIFRE in the environment, in the keyring, or typed on a terminal (SIGN_IN:password)"
            ),
            msg("none of them"),
            msg(
                "Set both, store them with `katip credentials set`, or sign in yourself with -v SIGN_IN:attended. Nothing was started."
            ),
        )
    if way is SignIn.ATTENDED and (headless or not has_screen()):
        raise ConfigurationError(
            msg("Preparing the sign-in by a person (SIGN_IN:attended)"),
            msg("a visible window"),
            "HEADLESS:true" if headless else msg("no screen in this session (DISPLAY is not set)"),
            msg(
                "Run in a session with a screen and -v HEADLESS:false, or set EDEVLET_TCKN and EDEVLET_SIFRE. "
                "Nothing was started."
            ),
        )
    return way


def has_screen(environment: Mapping[str, str] = os.environ, system: str = "") -> bool:
    """Return True if a window can be shown.

    Args:
        environment: the environment's variables.
        system: as ``platform.system()`` names it; this machine's if empty.
    """
    if (system or platform.system()) in ("Windows", "Darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
