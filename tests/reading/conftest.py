"""One browser and one pair of loopback servers for the whole session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from Browser import Browser
from Browser.utils.data_types import PlaywrightLogTypes, SupportedBrowsers

from Katip.browsers import find_browser
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.serving import corpus_server


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The Browser library from plain Python: there is no ${OUTPUTDIR} then, so it is told where it may write."""
    library = Browser(enable_playwright_debug=PlaywrightLogTypes.disabled)
    library.outputdir = str(tmp_path_factory.mktemp("browser"))
    try:
        executable = str(find_browser("auto").executable)
        library.new_browser(SupportedBrowsers.chromium, headless=True, executablePath=executable, chromiumSandbox=False)
        library.new_context(viewport={"width": 1280, "height": 800}, locale="tr-TR")
        library.new_page()
        yield library
    finally:
        library.close_browser()


@pytest.fixture(scope="session")
def hand(browser: Browser) -> Iterator[Hand]:
    """The tests' own hand in the browser, with the corpus served on two origins."""
    with corpus_server() as origin, corpus_server() as other:
        yield Hand(browser, origin, other.rsplit(":", 1)[1])


@pytest.fixture
def eyes(browser: Browser) -> Eyes:
    """The page reader under examination: new for each test, because a session changes what its driver reads and covers."""
    return Eyes(browser)
