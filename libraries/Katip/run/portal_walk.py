"""`katip doctor --portal NAME`: walks through a portal, presses nothing that may approve, and compares its words with the portal's file.

It uses the pages as a run does, but without Robot Framework: no journal, no evidence, no seal.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from Katip.command_language import replaced
from Katip.current_session import CurrentSession
from Katip.doctor import portal_words
from Katip.doctor.check import Check, State, Text, text
from Katip.errors import GridUnreadable, KatipError
from Katip.messages import msg
from Katip.pages.contract_list import REQUIRED
from Katip.pages.edevlet import EDevletPage
from Katip.pages.home import HomePage
from Katip.pages.joining import Joining
from Katip.pages.list_tabs import ListKind, ListTabs
from Katip.pages.main_menu import MainMenuPage
from Katip.pages.osgb_site import OsgbSitePage
from Katip.pages.place import place_of
from Katip.pages.sign_out import SignOut
from Katip.pages.workplaces import WorkplacesPage
from Katip.procedure.navigation import Navigation
from Katip.reading.controls import Kind
from Katip.reading.driver import Driver
from Katip.reading.grids import Grid
from Katip.reading.snapshot import Snapshot
from Katip.run.browser import BrowserProcess
from Katip.run.browser_library import BrowserLibrary
from Katip.run.credentials import asked_account, asked_code, has_terminal
from Katip.run.detail_walk import DetailWalk
from Katip.run.joined_browser import JoinedBrowser
from Katip.run.run import given_account, kept_account
from Katip.run.settings import RunSettings, checked_settings
from Katip.run.sign_in_way import SignIn, chosen_way
from Katip.session import Session


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of the walk.

    Attributes:
        does: carries it out.
        pages: keys of the pages that may follow, the usual one first.
        labels: keys of labels that it presses on its way.
    """

    does: Callable[[], object]
    pages: tuple[str, ...]
    labels: tuple[str, ...] = ()


def walk_portal(given: Mapping[str, str]) -> Iterator[Check]:
    """Walk through a portal: to its sign-in, or, where `sign_in` is given, read-only up to its list and out again.

    Args:
        given: settings as the suite's variables name them, in small letters.

    Yields:
        The checks, page by page.

    Raises:
        KatipError: the settings cannot be used; nothing was started.
    """
    settings = checked_settings(plan=True, **given)
    if settings.starts_practice_portal:
        yield Check(
            "pages",
            State.WARNING,
            text(msg("the practice portal runs during a run only")),
            text(
                msg(
                    "Start it with `make practice` and give the addresses that it prints: --site-url, --edevlet-url, --katip-url."
                )
            ),
        )
        return
    # What a page says on the console stands beside the checks, which may be read by a program.
    beside = replaced(sys, "__stdout__", sys.__stderr__)
    with beside, tempfile.TemporaryDirectory(prefix="katip-doctor-") as folder:
        yield from _Walk(settings, Path(folder)).checks()


class _Walk:
    def __init__(self, settings: RunSettings, folder: Path) -> None:
        self._settings = settings
        self._browser = browser = BrowserLibrary()()
        browser.outputdir = str(folder)
        self._driver = driver = Driver(lambda: browser)
        self._portal = settings.load_portal()
        self._session = session = Session.of(self._portal, driver)
        self._process = JoinedBrowser(settings.cdp_url) if settings.sign_in is SignIn.ATTACH else BrowserProcess()
        self._examined: set[str] = set()
        self._reported: set[str] = set()
        session.sign_in_timeout = settings.sign_in_timeout
        session.ask_code = asked_code if has_terminal() else None
        session.visible = settings.sign_in is SignIn.ATTACH or not self._headless
        if settings.sign_in is SignIn.PASSWORD:
            session.account = given_account() or kept_account() or asked_account()
        if settings.sign_in is not None:
            chosen_way(settings.sign_in, session.account is not None, self._headless)
        current = CurrentSession(session)
        self._main_menu = MainMenuPage(current)
        self._home = HomePage(current, self._main_menu)
        self._workplaces = WorkplacesPage(current, self._home)
        self._sign_out = SignOut(current)
        navigation = Navigation(current, self._main_menu, self._home, self._workplaces)
        self._detail = DetailWalk(current, partial(self._list_again, navigation))
        joining = Joining(current, self._joined, navigation.go_home, self._home.change_workplace)
        self._site = OsgbSitePage(current, joining)
        self._edevlet = EDevletPage(current, joining, self._sign_out.leave_by, nullcontext)

    def _joined(self) -> JoinedBrowser | None:
        return self._process if isinstance(self._process, JoinedBrowser) else None

    @property
    def _headless(self) -> bool:
        """No window, unless somebody signs in or asks for one."""
        by_person = self._settings.sign_in is SignIn.ATTENDED
        return not by_person if self._settings.headless is None else self._settings.headless

    def checks(self) -> Iterator[Check]:
        """Walk, and sign out however far the walk went."""
        settings, session = self._settings, self._session
        try:
            if joined := self._joined():
                joined.open(self._browser, settings)
                self._driver.join()
            else:
                secrets = session.account.secrets if session.account else ()
                choice = settings.find_browser()
                self._process.start(self._browser, choice, self._headless, secrets, settings.profile)
            self._driver.look()
            left: list[Check] = []
            try:
                yield from self._walked()
            finally:
                left = self._left()
            yield from left
        finally:
            with suppress(Exception):
                self._process.close(self._browser)

    def _walked(self) -> Iterator[Check]:
        steps = [*self._to_the_sign_in(), *(self._to_the_list() if self._settings.sign_in else ())]
        for step in steps:
            try:
                step.does()
            except KatipError as error:
                yield from self._stopped(error, step)
                return
            yield from self._seen_pages()
        if self._settings.sign_in:
            yield from self._list()
        else:
            yield Check(
                "sign_in", State.OK, text(msg("nobody signed in; --sign-in attended looks at the pages behind it too"))
            )

    def _to_the_sign_in(self) -> list[_Step]:
        site, before = self._site, [step.page for step in self._portal.procedure.before]
        if not self._portal.site_url:
            before = [page for page in before if page != "site"]
        first, second = (*before, "edevlet")[:1], (*before[1:], "edevlet")[:1]
        return [
            _Step(site.open_osgb_site, first),
            _Step(site.follow_isg_katip, second),
            _Step(site.enter_katip, ("edevlet",)),
        ]

    def _to_the_list(self) -> list[_Step]:
        after = tuple(step.page for step in self._portal.procedure.after)
        return [
            _Step(self._edevlet.sign_in_at_edevlet, (*after, "workplaces")),
            _Step(self._main_menu.enter_as_registered_user, ("workplaces",)),
            _Step(self._choose, ("home",)),
            _Step(self._home.read_pending_count, ("home",)),
            _Step(self._home.open_contracts, ("contracts",), ("module", "contracts")),
            _Step(self._show_pending, ("contracts",)),
        ]

    def _choose(self) -> None:
        """Choose the workplace that was asked for, else the first: which one it is does not matter for the words."""
        wanted = self._settings.workplaces[0] if self._settings.workplaces else ""
        if not wanted:
            wanted = next((choice.workplace.sgk for choice in self._workplaces.choices()), "")
        self._workplaces.choose_workplace(wanted)

    def _show_pending(self) -> None:
        ListTabs(self._session).go(ListKind.PENDING)

    def _seen_pages(self) -> Iterator[Check]:
        snapshot = self._session.reader.settled()
        for page in sorted(place_of(snapshot, self._portal).pages - self._examined - {"form"}):
            self._examined.add(page)
            for check in portal_words.examine_page(snapshot, self._portal, page):
                self._reported.add(check.name)
                yield check

    def _stopped(self, error: KatipError, step: _Step) -> Iterator[Check]:
        """Return how the walk ended, and which parts of the current or the expected page are visible."""
        covered = self._session.covered
        happened, to_do = _both(error.happened), _both(error.to_do)
        yield Check("walk", State.FAILED, Text(*map(covered, happened)), Text(*to_do))
        with suppress(KatipError):
            snapshot = self._with_open_menu(step)
            is_unknown = snapshot is self._session.unknown_page
            here = frozenset[str]() if is_unknown else place_of(snapshot, self._portal).pages
            page = next((page for page in step.pages if page in here), "") or next(iter(sorted(here)), step.pages[0])
            for check in portal_words.examine_page(snapshot, self._portal, page, step.labels):
                if check.state is not State.OK and check.name not in self._reported:
                    yield check
            if "contracts" in step.pages and not here:
                yield from self._columns(())

    def _with_open_menu(self, step: _Step) -> Snapshot:
        """Return what is seen, or was before an unknown page was left, with the module's menu open where its entry was looked for in vain."""
        reader = self._session.reader
        if self._session.unknown_page is not None:
            return self._session.unknown_page
        if "contracts" in step.labels and "home" in place_of(reader.seen, self._portal).pages:
            reader.press(self._portal.labels["module"], Kind.MENU)
            return reader.settled()
        return reader.seen

    def _list(self) -> Iterator[Check]:
        """Check the headers and the statuses of the list that is shown."""
        reader, columns = self._session.reader, self._portal.columns
        grid: Grid | None
        try:
            grid = reader.read_grid(columns, self._needed, wanted=tuple(columns))
        except GridUnreadable:
            seen = (reader.see_grid(reader.seen, columns, (key,), key) for key in self._needed)
            grid = next(filter(None, seen), None)
        if grid is None:
            yield from self._columns(())
            return
        yield from self._columns([(header.column, header.label) for header in grid.headers])
        if any(header.column == "status" for header in grid.headers):
            statuses = [row.cells["status"] for row in grid.rows if row.cells.get("status")]
            yield from portal_words.examine_statuses(self._portal, statuses)
        yield from self._detail.checks(grid)

    def _list_again(self, navigation: Navigation) -> Grid:
        """Load the list again, whatever is open over it, and read the page of it that is shown first."""
        navigation.reopen_contracts()
        self._show_pending()
        columns = self._portal.columns
        return self._session.reader.read_grid(columns, self._needed, wanted=tuple(columns))

    def _columns(self, headers: list[tuple[str, str]] | tuple[()]) -> list[Check]:
        snapshot = self._session.reader.seen
        seen = () if headers else [piece.text for piece in snapshot.pieces if not piece.is_value]
        return portal_words.examine_columns(self._portal, headers, self._needed, seen)

    @property
    def _needed(self) -> tuple[str, ...]:
        return (*REQUIRED, *self._portal.procedure.party_columns)

    def _left(self) -> list[Check]:
        """Sign out if somebody is signed in, and return the result as a check."""
        session = self._session
        if not session.signed_in:
            return []
        try:
            how = self._sign_out.sign_out()
        except KatipError as error:
            return [Check("sign_out", State.FAILED, Text(*_both(error.happened)), Text(*_both(error.to_do)))]
        return [Check("sign_out", State.OK, text(how))]


def _both(message: str) -> tuple[str, str]:
    both = text(message)
    return both.tr, both.en
