"""Which program made a run, on which machine: the versions of everything that can change its result."""

from __future__ import annotations

import getpass
import platform
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = (
    "robotframework-katip",
    "robotframework",
    "robotframework-browser",
    "robotframework-browser-batteries",
    "robotframework-pythonlibcore",
    "cryptography",
    "securesystemslib",
)


def versions() -> dict[str, str]:
    """Return the versions of Python, the operating system and the packages that a run rests on.

    Returns:
        Name to version; a package that is not installed is left out. The browser's version is added by whoever
        started it.
    """
    found = {"python": platform.python_version(), "system": platform.platform()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def operator() -> str:
    """Return the name of the account that the robot runs under, or an empty text where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def machine() -> str:
    """Return the machine's name."""
    return platform.node()
