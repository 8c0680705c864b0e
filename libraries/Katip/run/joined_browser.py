"""The person's own browser, which is running already: the robot joins it through a gate that shows it no tab but its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from Katip.pages.persons_tabs import Tab
from Katip.run.browser import BrowserProcess
from Katip.run.debugging_port import control_address, not_joined
from Katip.run.started_processes import own_processes
from Katip.run.tab_gate import TabGate
from Katip.system_words import system_words

if TYPE_CHECKING:
    from Browser import Browser

    from Katip.run.settings import RunSettings


class JoinedBrowser(BrowserProcess):
    """Joins and leaves a running browser; it is neither started nor closed.

    Args:
        cdp_url: the address of its debugging port.
        pids: the processes that the run has started so far; the browser is none of them.
    """

    def __init__(self, cdp_url: str, pids: Sequence[int] = ()) -> None:
        super().__init__(pids)
        self.headless = False
        self._cdp_url = cdp_url
        self._gate: TabGate | None = None

    def open(self, browser: Browser, settings: RunSettings, secrets: Sequence[str] = ()) -> None:
        """Join the browser.

        Args:
            browser: the Browser library.
            settings: the run's settings; which browser and whether it shows a window was the person's choice.
            secrets: texts that no variable of the started processes may hold.

        Raises:
            BrowserNotJoined: Nothing answers, or the browser lets nobody in.
            BrowserMissing: The Browser library's own process does not start.
        """
        from Browser import SupportedBrowsers

        self._await_answer(browser, secrets)
        self._gate = gate = TabGate(control_address(self._cdp_url))
        try:
            with own_processes(secrets) as started:
                browser.connect_to_browser(gate.open(), SupportedBrowsers.chromium, use_cdp=True)
            self.pids = started or self.pids
        except (AssertionError, OSError) as error:
            gate.close()
            raise not_joined(self._cdp_url, (str(error) or type(error).__name__).splitlines()[0]) from None

    def close(self, browser: Browser) -> None:
        """Close the robot's tabs and leave the browser.

        Args:
            browser: the Browser library.
        """
        if self._gate is None:
            return
        gate, self._gate = self._gate, None
        gate.close_tabs()
        try:
            super().close(browser)
        finally:
            gate.close()

    # --------------------------------------------------------------------------------------------------- the person's tabs

    def tabs_on(self, origins: Collection[str]) -> list[Tab]:
        """Return the person's tabs on some origins.

        Args:
            origins: the origins.
        """
        try:
            return self._gate.tabs_on(origins) if self._gate is not None else []
        except OSError as error:
            raise not_joined(self._cdp_url, system_words(error)) from None

    def lend(self, tab: Tab) -> None:
        """Go on in a tab of the person's.

        Args:
            tab: the tab.
        """
        try:
            if self._gate is not None:
                self._gate.lend(tab)
        except OSError as error:
            raise not_joined(self._cdp_url, system_words(error)) from None

    def give_back(self, tab: Tab) -> None:
        """Leave a tab of the person's.

        Args:
            tab: the tab.
        """
        if self._gate is not None:
            self._gate.give_back(tab)
