"""The environment of processes that a run starts: no secret of the operator's is handed on to them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence

ACCOUNT = ("EDEVLET_TCKN", "EDEVLET_SIFRE")

# A whole word of the name: XAUTHORITY and SSH_AUTH_SOCK are addresses, KEYBOARD is no key.
_SECRET_NAME = re.compile(
    r"(?:^|_)(?:SIFRE|SIFRESI|PAROLA|TCKN|TCKIMLIK|PIN|KOD|OTP|PASS|PASSWD|PASSWORD|PASSPHRASE|SECRET|SECRETS|TOKEN|TOKENS|"
    r"KEY|APIKEY|CREDENTIAL|CREDENTIALS)(?:_|$)",
    re.IGNORECASE,
)


def secret_names(environment: Mapping[str, str], secrets: Sequence[str] = ()) -> list[str]:
    """Return the names of the variables that a started process must not inherit.

    Args:
        environment: name to value.
        secrets: texts that no value may hold (number, password).

    Returns:
        The names that say that they are secret (``..._TOKEN``, ``DB_PASSWORD``), and those whose value holds a secret.

    Example:
        >>> secret_names({"PATH": "/bin", "GITHUB_TOKEN": "x", "ROBOT_OPTIONS": "-v P:geheim"}, ["geheim"])
        ['GITHUB_TOKEN', 'ROBOT_OPTIONS']
    """
    return [
        name
        for name, value in environment.items()
        if _SECRET_NAME.search(name) or any(secret in value for secret in secrets if secret)
    ]


def forget_account() -> None:
    """Remove number and password from this process's environment, once they were read."""
    for name in ACCOUNT:
        os.environ.pop(name, None)


def without_secrets(environment: Mapping[str, str], secrets: Sequence[str] = ()) -> dict[str, str]:
    """Return the environment for a process that is started.

    Args:
        environment: name to value.
        secrets: texts that no value may hold.
    """
    hidden = secret_names(environment, secrets)
    return {name: value for name, value in environment.items() if name not in hidden}
