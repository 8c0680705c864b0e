"""What all bare scripts share: a browser, pictures, and the times that are compared with the suite's.

    python -m scripts.bare PORTAL SITE_URL WORKPLACE FOLDER BROWSER

The user is taken from EDEVLET_TCKN and EDEVLET_SIFRE. Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright


class Way(ABC):
    """A way through one portal. It takes the pictures that the suite takes, keeps no journal and no records.

    Args:
        context: the browser's context.
        folder: where the pictures go.
        workplace: the SGK number of the workplace.
    """

    def __init__(self, context: BrowserContext, folder: Path, workplace: str) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.folder = folder
        self.workplace = workplace
        self.done: list[float] = []

    @abstractmethod
    def to_sign_in(self, site_url: str) -> None:
        """Go from the site to e-Devlet's page (5.1, 5.2)."""

    @abstractmethod
    def sign_in(self, number: str, password: str) -> None:
        """Sign in, until the page behind it is shown (5.3)."""

    @abstractmethod
    def to_list(self) -> None:
        """Choose the workplace and open the list of contracts (5.4 to 5.7)."""

    @abstractmethod
    def approve_all(self) -> None:
        """Approve every pending contract (5.8, 5.9), each inside `contract`."""

    @abstractmethod
    def sign_out(self) -> None:
        """Sign out (5.10)."""

    def picture(self, name: str) -> None:
        """Take a picture of the page."""
        self.page.screenshot(path=self.folder / f"{name}.png")

    @contextmanager
    def contract(self) -> Iterator[str]:
        """Measure one contract; gives the beginning of its pictures' names."""
        started = time.perf_counter()
        yield f"{len(self.done) + 1:03d}"
        self.done.append(time.perf_counter() - started)


def walk(
    kind: Callable[[BrowserContext, Path, str], Way], site_url: str, workplace: str, folder: Path, browser_path: str
) -> None:
    """Carry the procedure out once, and print its times."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, headless=True)
        way = kind(browser.new_context(viewport={"width": 1600, "height": 1000}, locale="tr-TR"), folder, workplace)
        way.to_sign_in(site_url)
        first_page = time.time()
        way.sign_in(os.environ["EDEVLET_TCKN"], os.environ["EDEVLET_SIFRE"])
        signed_in = time.time()
        way.to_list()
        listed = time.time()
        way.approve_all()
        way.sign_out()
        browser.close()
    times = {"first_page_at": first_page, "to_list": listed - signed_in}
    print(json.dumps(times | {"contracts": len(way.done), "seconds": sum(way.done)}))
