"""The browser of a run, in a process group of its own, remembered so that the next run can end what a killed one left."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from Katip.browsers import BrowserChoice
from Katip.errors import BrowserMissing
from Katip.messages import msg
from Katip.run.profile import make_profile
from Katip.run.started_processes import own_processes
from Katip.system_words import system_words

if TYPE_CHECKING:
    from Browser import Browser

    from Katip.run.settings import RunSettings

_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-features=PasswordManagerOnboarding,Translate",
    "--password-store=basic",
]
_VIEWPORT = {"width": 1600, "height": 1000}


class _NeverStarted:
    """Stands where the Browser library keeps its process, in place of one that did not start."""

    pid = 2**31 - 1  # of no process

    def poll(self) -> int:
        """End a call the way that an error of the browser does, which the library's listener passes over."""
        raise AssertionError(msg("The Node part of the Browser library did not start."))


class BrowserProcess:
    """Starts and closes the browser through the Browser library.

    Args:
        pids: the processes that the run has started so far.
    """

    def __init__(self, pids: Sequence[int] = ()) -> None:
        self.pids: list[int] = list(pids)
        self.choice: BrowserChoice | None = None
        self.headless = True
        self._starting: threading.Thread | None = None
        self._never_answered = False

    def begin_to_start(self, browser: Browser, secrets: Sequence[str] = ()) -> None:
        """Start the Browser library's own process beside what comes before the browser; no browser is started yet.

        Args:
            browser: the Browser library.
            secrets: texts that no variable of the started process may hold.
        """
        playwright = browser.playwright

        def start() -> None:
            # A process that does not start is started again, and its error told, with the browser.
            with own_processes(secrets) as started, suppress(Exception), playwright.grpc_channel():
                pass
            self.pids = started or self.pids

        self._starting = threading.Thread(target=start, name="katip-browser", daemon=True)
        self._starting.start()

    def await_start(self) -> None:
        """Wait for what `begin_to_start` began."""
        if self._starting is not None:
            self._starting.join()
            self._starting = None

    def _await_answer(self, browser: Browser, secrets: Sequence[str]) -> None:
        """Wait until the library's own process answers; one that did not is started once more.

        Where it does not start, every later call ends at once: the library's listener would wait for it at each task's end.

        Raises:
            BrowserMissing: if it does not start.
        """
        self.await_start()
        try:
            with own_processes(secrets) as started, browser.playwright.grpc_channel():
                pass
        except (RuntimeError, OSError, AssertionError) as error:
            self._never_answered = True
            browser.playwright.__dict__["_playwright_process"] = _NeverStarted()
            # The listener sets the timeout back at each task's end, and would report an error each time.
            browser.scope_stack["timeout"].setter_function = None
            raise BrowserMissing(
                msg("Starting the Node part of the Browser library, which drives the browser"),
                msg("that it answers"),
                system_words(error) if isinstance(error, OSError) else msg("no answer"),
                msg(
                    "Run `katip doctor`: antivirus software or a company policy may block it, and NODE_OPTIONS may hold "
                    "an option that it does not know."
                ),
            ) from None
        self.pids = started or self.pids

    def open(self, browser: Browser, settings: RunSettings, secrets: Sequence[str] = ()) -> None:
        """Open the browser that the settings name.

        Args:
            browser: the Browser library.
            settings: the run's settings.
            secrets: texts that no variable of the started processes may hold.

        Raises:
            BrowserMissing: if it is not there, or does not start.
        """
        self.start(browser, settings.find_browser(), settings.is_headless, secrets, settings.profile)

    def start(
        self,
        browser: Browser,
        choice: BrowserChoice,
        headless: bool,
        secrets: Sequence[str] = (),
        profile: Path | None = None,
    ) -> None:
        """Start a browser with one fresh context, of which nothing is stored, or with a profile that is kept.

        Args:
            browser: the Browser library.
            choice: which browser.
            headless: True for no window.
            secrets: texts that no variable of the started processes may hold.
            profile: the profile's folder; None for none.

        Raises:
            BrowserMissing: if it does not start.
        """
        from Browser import SupportedBrowsers

        self.choice, self.headless = choice, headless
        self._await_answer(browser, secrets)
        launch: dict[str, Any] = {
            "headless": headless,
            "args": _QUIET,
            "executablePath": str(choice.executable) if choice.executable else None,
            "channel": None if choice.executable else choice.channel,
            "handleSIGINT": False,
            "handleSIGTERM": False,
            "handleSIGHUP": False,
        }
        context: dict[str, Any] = {"viewport": _VIEWPORT, "locale": "tr-TR", "acceptDownloads": True}
        try:
            with own_processes(secrets) as started:
                if profile is None:
                    browser.new_browser(SupportedBrowsers.chromium, reuse_existing=False, **launch)
                else:
                    make_profile(profile)
                    browser.new_persistent_context(str(profile), SupportedBrowsers.chromium, **launch, **context)
            self.pids = started or self.pids
            if profile is None:
                browser.new_context(**context)
        except AssertionError as error:
            seen = str(error).splitlines()[0] if str(error) else msg("nothing")
            raise BrowserMissing(
                msg("Starting the browser"),
                msg("{executable} to start", executable=choice.executable or choice.channel),
                seen,
                msg("Set TMPDIR (on Windows TEMP) to a folder that can be written.")
                if "mkdtemp" in seen
                else msg("Start the browser by hand once, or choose another with -v BROWSER:chrome."),
            ) from None

    def start_anew(self, browser: Browser) -> None:
        """Have the Browser library start a process of its own again, where the one before is gone.

        Args:
            browser: the Browser library.
        """
        for pid in self.pids:
            if psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                return
        browser._playwright = None  # the library keeps a dead process; without it the next call starts one

    def close(self, browser: Browser) -> None:
        """Close every browser that the run started.

        Args:
            browser: the Browser library.
        """
        from Browser.utils import SelectionType

        self.await_start()
        if self._never_answered:
            return
        browser.close_browser(SelectionType.ALL)
