"""Checks of the machine: Python, packages, the Node part, browsers, display, keyring."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import keyring
from keyring.errors import KeyringError

from Katip.browsers import BrowserNotFoundError, UnknownBrowserError, find_browser
from Katip.doctor.check import Check, Text, failed, ok, warning

_DISTRIBUTION = "robotframework-katip"
_OLDEST_PYTHON = (3, 11)
_NODE_SECONDS = 20
_PROBE = ("robotframework-katip-doctor", "probe")


def python() -> Iterator[Check]:
    """Check the version and the word size of Python."""
    version = platform.python_version()
    bits = 64 if sys.maxsize > 2**32 else 32
    seen = Text(f"Python {version}, {bits} bit", f"Python {version}, {bits} bit")
    if sys.version_info < _OLDEST_PYTHON or bits == 32:
        yield failed(
            "python",
            seen,
            Text("64 bit Python 3.11 veya daha yenisini kurun.", "Install a 64 bit Python 3.11 or newer."),
        )
    else:
        yield ok("python", seen.tr, seen.en)


def packages() -> Iterator[Check]:
    """Check that every package that this one needs is installed."""
    try:
        needed = importlib.metadata.requires(_DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        yield failed(
            "packages",
            Text(f"{_DISTRIBUTION} kurulu değil", f"{_DISTRIBUTION} is not installed"),
            Text("pip install robotframework-katip", "pip install robotframework-katip"),
        )
        return
    names = sorted(filter(None, map(_distribution, needed)))
    missing = [name for name in names if not _is_installed(name)]
    if missing:
        command = f"python -m pip install {' '.join(missing)}"
        yield failed(
            "packages", Text(f"eksik: {', '.join(missing)}", f"missing: {', '.join(missing)}"), Text(command, command)
        )
    else:
        version = importlib.metadata.version(_DISTRIBUTION)
        count = len(names)
        yield ok(
            "packages",
            f"{_DISTRIBUTION} {version}, gerekenlerin tümü kurulu ({count})",
            f"{_DISTRIBUTION} {version}, all that it needs is installed ({count})",
        )


def _distribution(requirement: str) -> str:
    """Return the name in a requirement; empty for one of an extra."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    return "" if found is None or "extra ==" in requirement else found.group()


def _is_installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def node() -> Iterator[Check]:
    """Check that the Node part of the Browser library starts."""
    program = _node_program()
    if program is None:
        yield failed(
            "node",
            Text("Browser kütüphanesinin Node parçası yok", "the Browser library's Node part is missing"),
            Text(
                "python -m pip install robotframework-browser-batteries",
                "python -m pip install robotframework-browser-batteries",
            ),
        )
        return
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=_NODE_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        yield failed(
            "node",
            Text(f"{program} başlamıyor: {error}", f"{program} does not start: {error}"),
            Text(
                "Virüs koruması veya bir kurum kuralı engelliyor olabilir; yöneticiye bu yolu izinli listeye aldırın.",
                "Antivirus software or a company policy may block it; have the administrator allow this path.",
            ),
        )
        return
    yield ok("node", f"Node {answer.stdout.strip()}", f"Node {answer.stdout.strip()}")


def _node_program() -> Path | None:
    spec = importlib.util.find_spec("BrowserBatteries")
    folders = [Path(place) / "bin" for place in (spec.submodule_search_locations or ())] if spec else []
    programs = [folder / name for folder in folders for name in ("node", "node.exe")]
    return next((program for program in programs if program.is_file()), None)


def browser(choice: str = "auto") -> Iterator[Check]:
    """Check which browser a run would use.

    Args:
        choice: the setting BROWSER.
    """
    try:
        found = find_browser(choice)
    except (BrowserNotFoundError, UnknownBrowserError) as error:
        yield failed(
            "browser",
            Text(f"BROWSER:{choice} bulunamadı", f"BROWSER:{choice} was not found. {error}"),
            Text(
                "Chrome, Edge veya Chromium kurun, ya da: rfbrowser install chromium",
                "Install Chrome, Edge or Chromium, or: rfbrowser install chromium",
            ),
        )
        return
    yield ok("browser", f"kullanılacak: {found.executable}", f"would be used: {found.executable}")


def display(environment: Mapping[str, str] = os.environ, system: str = "") -> Iterator[Check]:
    """Check whether a window can be shown.

    Args:
        environment: the environment's variables.
        system: as ``platform.system()`` names it; this machine's if empty.
    """
    system = system or platform.system()
    shown = environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY")
    if system == "Windows" and environment.get("SSH_CONNECTION"):
        shown = ""
    elif system in ("Windows", "Darwin"):
        shown = system
    if shown:
        yield ok("display", "pencere açılabilir", "a window can be shown")
        return
    yield warning(
        "display",
        Text("pencere gösterilemez (ekran yok)", "no window can be shown (no display)"),
        Text(
            "Kişinin e-Devlet'te kendisinin giriş yapması için ekranı olan bir oturumda çalıştırın; "
            "penceresiz: --headless true.",
            "Run it in a session with a screen where a person is to sign in; without a window: --headless true.",
        ),
    )


def key_store() -> Iterator[Check]:
    """Check that the system's keyring keeps what it is given."""
    backend = type(keyring.get_keyring()).__module__
    try:
        keyring.set_password(*_PROBE, "probe")
        kept = keyring.get_password(*_PROBE)
        keyring.delete_password(*_PROBE)
    except (KeyringError, RuntimeError, OSError) as error:
        kept, backend = None, f"{backend}: {error}"
    if kept == "probe":
        yield ok("keyring", f"anahtarlık kullanılabilir ({backend})", f"the keyring can be used ({backend})")
        return
    yield warning(
        "keyring",
        Text(f"anahtarlık kullanılamıyor ({backend})", f"the keyring cannot be used ({backend})"),
        Text(
            "Mühür anahtarı bir dosyada tutulur. Linux'ta gnome-keyring kurup oturum açın; "
            "Windows'ta uzak kabukla değil, masaüstünde çalıştırın.",
            "The sealing key is kept in a file instead. On Linux install and unlock gnome-keyring; "
            "on Windows run on the desktop, not over a remote shell.",
        ),
    )
