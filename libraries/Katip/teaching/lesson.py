"""One lesson: guide the walk from the first page to the sign-out, write the portal's file, and check it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from Katip.messages import msg
from Katip.origins import NULL, origin_of
from Katip.portal import Portal, load_portal
from Katip.reading.driver import Driver
from Katip.reading.reader import Reader
from Katip.run.browser import BrowserProcess
from Katip.run.joined_browser import JoinedBrowser
from Katip.run.settings import RunSettings
from Katip.teaching.approval_guide import ApprovalGuide
from Katip.teaching.draft import Learned
from Katip.teaching.guide import BrokenOff
from Katip.teaching.learning import as_portal, learn
from Katip.teaching.talking import Talk
from Katip.teaching.walk import TaughtWalk
from Katip.teaching.watching import Watcher

if TYPE_CHECKING:
    from Browser import Browser


def walk_through(
    talk: Talk, portal: Portal, browser: Browser, process: BrowserProcess, settings: RunSettings
) -> TaughtWalk:
    """Watch one walk in a browser that is opened or joined for it.

    Args:
        talk: the conversation.
        portal: the shipped portal, with the addresses that count.
        browser: the Browser library.
        process: the browser.
        settings: how it is opened.

    Returns:
        The walk, as far as it went.
    """
    driver = Driver(lambda: browser)
    driver.own_origins = portal.katip_origins
    watched = {*portal.katip_origins, origin_of(portal.site_url)} - {NULL, origin_of(portal.edevlet_url)}
    watcher = Watcher(driver, watched)
    guide = ApprovalGuide(watcher, talk, portal, Reader(driver, portal.wording))
    process.open(browser, settings)
    try:
        driver.join(watched)
        watcher.begin()
        driver.go(portal.site_url or portal.katip_url, portal.patience.page)
        _watch(guide)
    finally:
        process.close(browser)
    return guide.walk


def _watch(guide: ApprovalGuide) -> None:
    try:
        for part in (
            guide.go_in,
            guide.choose_workplace,
            guide.open_list,
            guide.name_columns,
            guide.open_approval,
            guide.fill_form,
            guide.show_approved,
            guide.go_out,
        ):
            part()
    except (BrokenOff, KeyboardInterrupt):
        guide.say(msg("The walk was broken off. What was seen so far is kept; what was not is marked as unknown."))


@contextmanager
def browser_library() -> Iterator[Any]:
    """Open a Browser library of this process's own, which logs nothing, and end it afterwards."""
    from Browser import Browser
    from Browser.utils.data_types import PlaywrightLogTypes

    browser = Browser(enable_playwright_debug=PlaywrightLogTypes.disabled)
    with TemporaryDirectory(prefix="katip-teach-", ignore_cleanup_errors=True) as folder:
        browser.outputdir = folder
        try:
            yield browser
        finally:
            browser.playwright.close()


def process_for(cdp_url: str) -> BrowserProcess:
    """Return the browser of a walk.

    Args:
        cdp_url: where the person's running browser answers; empty to open one.
    """
    return JoinedBrowser(cdp_url) if cdp_url else BrowserProcess()


def write(learned: Learned, walk: TaughtWalk, path: Path) -> Portal:
    """Write the portal's file, and load it as a run does.

    Args:
        learned: what was learned.
        walk: the walk.
        path: the file; it must not exist.

    Returns:
        The portal.

    Raises:
        ConfigurationError: The file would be wrong; nothing is written then.
        FileExistsError: There is such a file.
    """
    as_portal(learned.tables)
    head = [
        msg("Seen on one walk through the portal on {day} (katip teach). This file holds only what differs from {base}.",
            day=walk.day.isoformat(), base=learned.tables["extends"]),
        msg("What each key means: docs/portal-files.md. No name, number or other personal text was written."),
        *(msg("Open: {sentence}", sentence=sentence) for sentence in learned.left_out),
    ]  # fmt: skip
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(learned.text(head))
    return load_portal(str(path))


def written_texts(learned: Learned) -> list[str]:
    """Return the words of the portal that the file holds, for the person to look through.

    Args:
        learned: what was learned.
    """
    found: list[str] = []

    def collect(value: Any) -> None:
        if isinstance(value, str) and not value.startswith("@"):
            found.append(value)
        elif isinstance(value, dict):
            for inner in value.values():
                collect(inner)
        elif isinstance(value, (list, tuple)):
            for inner in value:
                collect(inner)

    for section in ("labels", "pages", "columns", "fields", "statuses", "window", "texts", "approving", "unsaved"):
        collect(learned.tables.get(section, {}))
    return list(dict.fromkeys(found))


def teach(talk: Talk, walk: TaughtWalk, name: str, path: Path) -> Portal | None:
    """Learn from a walk, let the person look the words through, and write the file.

    Args:
        talk: the conversation.
        walk: the walk.
        name: the portal's short name.
        path: the file.

    Returns:
        The portal; None where nothing was seen that could be written.
    """
    if not walk.presses:
        talk.say(msg("Nothing was pressed on this walk: there is nothing to write."))
        return None
    learned = learn(walk, name)
    portal = write(learned, walk, path)
    talk.say(msg("Written: {path}, over the shipped portal {base}.", path=path, base=learned.tables["extends"]))
    texts = ", ".join(f"«{text}»" for text in written_texts(learned))
    if texts:
        talk.say(msg("The file contains these words; delete any that is a person's or a firm's: {texts}", texts=texts))
    for sentence in learned.left_out:
        talk.say(msg("Open: {sentence}", sentence=sentence))
    if portal.procedure.unknown:
        talk.say(msg("Unknown, so that every approval is held: {keys}. Plan and rehearsal work.",
                     keys=", ".join(portal.procedure.unknown)))  # fmt: skip
    return portal


__all__ = ["browser_library", "process_for", "teach", "walk_through", "write", "written_texts"]
