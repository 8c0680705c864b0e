"""The Browser library: that of the suite, or one of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.libraries.BuiltIn import BuiltIn, RobotNotRunningError

if TYPE_CHECKING:
    from Browser import Browser


class BrowserLibrary:
    """Returns the Browser library of the suite; one of our own, always the same, where the suite imports none."""

    def __init__(self) -> None:
        self._own: Browser | None = None

    def __call__(self) -> Browser:
        """Return the library."""
        try:
            browser: Browser = BuiltIn().get_library_instance("Browser")
        except (RuntimeError, RobotNotRunningError):
            browser = self._own = self._own or self._made()
        return browser

    @staticmethod
    def _made() -> Browser:
        """Make a Browser library without a log of its own, which would hold what is typed."""
        from Browser import Browser as BrowserLibraryClass
        from Browser.utils.data_types import PlaywrightLogTypes

        return BrowserLibraryClass(enable_playwright_debug=PlaywrightLogTypes.disabled)
