"""Which browser a run uses: one that is installed, found in the places where each system puts it.

The module imports nothing of the project, because the set-up runs it as a script before anything else works.
"""

import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class BrowserName(StrEnum):
    """The browsers that can be asked for by name."""

    AUTO = "auto"
    CHROME = "chrome"
    MSEDGE = "msedge"
    CHROMIUM = "chromium"


@dataclass(frozen=True)
class BrowserChoice:
    """A browser that is installed, in the terms of Playwright.

    Attributes:
        engine: The engine that drives it; every supported browser is a `chromium`.
        channel: `chrome` or `msedge` for those two, None for Chromium and for a browser given by its path.
        executable: The program's file. It is always known here, and wins over the channel where both are given.
    """

    engine: str
    channel: str | None
    executable: Path | None


class _BrowserError(Exception):
    """An error whose sentence can be said in another language; this module imports nothing, so it does not say it itself.

    Args:
        template: the English sentence, a literal with named fields.
        **values: the fields' values.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


class UnknownBrowserError(_BrowserError, ValueError):
    """The choice is neither one of the known names nor a path."""

    ROBOT_SUPPRESS_NAME = True


class BrowserNotFoundError(_BrowserError, LookupError):
    """The browser that was asked for is not installed."""

    ROBOT_SUPPRESS_NAME = True


NAMES = (BrowserName.CHROME, BrowserName.MSEDGE, BrowserName.CHROMIUM)

COMMANDS = {
    BrowserName.CHROME: ("google-chrome-stable", "google-chrome", "chrome"),
    BrowserName.MSEDGE: ("microsoft-edge-stable", "microsoft-edge", "msedge"),
    BrowserName.CHROMIUM: ("chromium", "chromium-browser"),
}

FILES = {
    "Windows": {
        BrowserName.CHROME: "Google/Chrome/Application/chrome.exe",
        BrowserName.MSEDGE: "Microsoft/Edge/Application/msedge.exe",
        BrowserName.CHROMIUM: "Chromium/Application/chrome.exe",
    },
    "Darwin": {
        BrowserName.CHROME: "Google Chrome.app/Contents/MacOS/Google Chrome",
        BrowserName.MSEDGE: "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        BrowserName.CHROMIUM: "Chromium.app/Contents/MacOS/Chromium",
    },
    "Linux": {
        BrowserName.CHROME: "opt/google/chrome/chrome",
        BrowserName.MSEDGE: "opt/microsoft/msedge/msedge",
        BrowserName.CHROMIUM: "snap/bin/chromium",
    },
}

PLAYWRIGHT_FILES = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-win*/chrome.exe",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)


def find_browser(choice: str = "auto") -> BrowserChoice:
    """Find the installed browser that a run is to use.

    Args:
        choice: `auto` takes the first that is installed of Chrome, Edge, Chromium and Playwright's own Chromium;
            `chrome`, `msedge` and `chromium` ask for one of them; anything else is the path of a browser's program.

    Returns:
        The browser, with the path of its program.

    Raises:
        UnknownBrowserError: If the choice is neither a known name nor a path.
        BrowserNotFoundError: If that browser is not installed; the message lists where it was looked for.

    Example:
        >>> find_browser("msedge").channel  # doctest: +SKIP
        'msedge'
    """
    wanted = choice.strip()
    if wanted.lower() not in tuple(BrowserName):
        return BrowserChoice("chromium", None, _program_at(wanted))
    name = BrowserName(wanted.lower())
    looked_for: list[str] = []
    for candidate in NAMES if name is BrowserName.AUTO else (name,):
        for place in _places(candidate):
            if _is_program(place):
                channel = None if candidate is BrowserName.CHROMIUM else candidate.value
                return BrowserChoice("chromium", channel, place)
            looked_for.append(str(place))
    raise _not_found(name, looked_for)


def _program_at(wanted: str) -> Path:
    path = Path(wanted).expanduser()
    if not wanted or (path.name == wanted and not path.exists()):
        raise UnknownBrowserError(
            "The browser was chosen by '{wanted}'. Expected one of {known}, or the path of a browser's program. "
            "Correct the variable BROWSER.",
            wanted=wanted,
            known=", ".join(BrowserName),
        )
    if path.is_dir():
        raise BrowserNotFoundError(
            "The browser was chosen by the path '{wanted}', but a folder is there. "
            "Correct the variable BROWSER, or give BROWSER:auto to take a browser that is installed.",
            wanted=wanted,
        )
    if not _is_program(path):
        raise BrowserNotFoundError(
            "The browser was chosen by the path '{wanted}', but no program is there. "
            "Correct the variable BROWSER, or give BROWSER:auto to take a browser that is installed.",
            wanted=wanted,
        )
    return path.absolute()


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def _not_found(name: BrowserName, looked_for: Iterable[str]) -> BrowserNotFoundError:
    commands = [command for one in (NAMES if name is BrowserName.AUTO else (name,)) for command in COMMANDS[one]]
    places = "; ".join(dict.fromkeys(looked_for)) or "–"
    if name is BrowserName.AUTO:
        return BrowserNotFoundError(
            "Looking for Chrome, Edge or Chromium: expected an installed one, but none was found, neither in the PATH "
            "({commands}) nor at any of these places: {places}. "
            "Install one of them, run 'rfbrowser install chromium', or give the path of its program as BROWSER.",
            commands=", ".join(commands),
            places=places,
        )
    return BrowserNotFoundError(
        "Looking for the browser '{name}': expected an installed one, but none was found, neither in the PATH "
        "({commands}) nor at any of these places: {places}. "
        "Install it, run 'rfbrowser install chromium', or give the path of its program as BROWSER.",
        name=str(name),
        commands=", ".join(commands),
        places=places,
    )


def _places(name: BrowserName) -> Iterator[Path]:
    """Yield where a browser may be, the most usual place first."""
    for command in COMMANDS[name]:
        if found := shutil.which(command):
            yield Path(found)
    system = platform.system()
    file = FILES.get(system, {}).get(name)
    if file:
        yield from (root / file for root in _program_roots(system))
    if name is BrowserName.CHROMIUM:
        yield from _playwright_programs()


def _program_roots(system: str) -> Iterator[Path]:
    """Yield the folders into which programs are installed, those of the machine before those of the person."""
    if system == "Windows":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if folder := os.environ.get(variable):
                yield Path(folder)
    elif system == "Darwin":
        yield Path("/Applications")
        yield Path.home() / "Applications"
    else:
        yield Path("/")


def _playwright_programs() -> Iterator[Path]:
    """Yield what Playwright has downloaded, the newest first; the folders themselves where they hold nothing."""
    for folder in _playwright_folders():
        programs = [program for pattern in PLAYWRIGHT_FILES for program in folder.glob(pattern)]
        yield from sorted(programs, key=_revision, reverse=True) or [folder]


def _revision(program: Path) -> int:
    """Return the number in `chromium-1243`, because 999 is older than 1243 and sorts after it as text."""
    numbers = [part.removeprefix("chromium-") for part in program.parts if part.startswith("chromium-")]
    return int(numbers[-1]) if numbers and numbers[-1].isdigit() else 0


def _playwright_folders() -> Iterator[Path]:
    """Yield the folders into which `rfbrowser install` and Playwright put browsers."""
    if (given := os.environ.get("PLAYWRIGHT_BROWSERS_PATH")) and given != "0":
        yield Path(given)
    for package, wrapper in (("Browser", "wrapper"), ("BrowserBatteries", "bin/wrapper")):
        spec = importlib.util.find_spec(package)
        for location in spec.submodule_search_locations or () if spec else ():
            yield Path(location) / wrapper / "node_modules" / "playwright-core" / ".local-browsers"
    caches = {"Windows": "AppData/Local", "Darwin": "Library/Caches"}
    yield Path.home() / caches.get(platform.system(), ".cache") / "ms-playwright"


def main() -> int:
    """Print the path of the browser that `auto`, or the choice given as first argument, means."""
    try:
        found = find_browser(*sys.argv[1:2])
    except (UnknownBrowserError, BrowserNotFoundError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{found.executable}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
