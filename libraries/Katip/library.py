"""The keyword library: one component a page, one for the run, one hook that sees every failure once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from robot.api import logger
from robot.api.exceptions import SkipExecution
from robot.errors import ExecutionStatus
from robotlibcore import DynamicCore, PluginParser

from Katip.current_session import CurrentSession
from Katip.errors import ApplicationError, KatipError
from Katip.extending import KatipModule, Surface
from Katip.keyword_names import KeywordNames
from Katip.masking import mask
from Katip.messages import ENGLISH, msg
from Katip.pages.approval_form import ApprovalFormPage
from Katip.pages.contracts import ContractsPage
from Katip.pages.edevlet import EDevletPage
from Katip.pages.home import HomePage
from Katip.pages.joining import Joining
from Katip.pages.main_menu import MainMenuPage
from Katip.pages.osgb_site import OsgbSitePage
from Katip.pages.sign_out import SignOut
from Katip.pages.workplaces import WorkplacesPage
from Katip.procedure.navigation import Navigation
from Katip.procedure.pages import Pages
from Katip.procedure.renewal import Renewal
from Katip.procedure.retrying import Retrying
from Katip.reading.driver import Driver
from Katip.run.approving import ApprovalKeywords
from Katip.run.browser_library import BrowserLibrary
from Katip.run.clause_keywords import ClauseKeywords
from Katip.run.context import RunContext
from Katip.run.current_run import CurrentRun
from Katip.run.ending import EndKeywords
from Katip.run.exit import SealAtExit
from Katip.run.listing import ListKeywords
from Katip.run.logged_steps import LoggedSteps
from Katip.run.page_pictures import Pictures
from Katip.run.plan import PlanKeywords
from Katip.run.progress import Progress
from Katip.run.run import RunKeywords
from Katip.run.run_browser import RunBrowser
from Katip.run.stopping import Stopped, Stopping
from Katip.run.tasks import TaskWeaver

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class Katip(DynamicCore):  # type: ignore[misc]
    """Approves İSG-KÂTİP contracts as the instruction DOK.10.01 says, and proves it.

    Each page of the procedure is a group of keywords: the OSGB's site (5.1), KATİP's entry (5.2), e-Devlet (5.3), the main menu (5.4), the workplaces (5.5),
    the home page and its menu (5.6, 5.7), the contracts (5.8) and the approval form (5.9). The suites `robots/approve.robot` and `robots/plan.robot`
    put them together; a portal's words and addresses are data (`resources/portals`).

    Nothing here finds an element by class, id or XPath: pages are read by visible labels, roles and positions.

    Example:
    | *** Settings ***
    | Library    Katip
    |
    | *** Tasks ***
    | Look At The Contracts
    |     Check Settings    portal=practice
    |     Begin Run
    |     Open Osgb Site
    """

    ROBOT_LIBRARY_SCOPE = "GLOBAL"
    ROBOT_LIBRARY_DOC_FORMAT = "ROBOT"
    ROBOT_LISTENER_API_VERSION = 3

    def __init__(self, plugins: str = "", language: str = ENGLISH) -> None:
        """Make the library.

        Args:
            plugins: modules of your own, separated by commas: paths or names of classes that inherit ``KatipModule``.
            language: ``en`` or ``tr``: the language of the keywords' names; what is said in a run follows LANGUAGE.
        """
        self._names = KeywordNames(language)
        self._depth = 0
        self._pictured: BaseException | None = None
        self._stopping = Stopping()
        self._current = CurrentSession()
        run = CurrentRun(self._current)
        browser_library = BrowserLibrary()
        driver = Driver(browser_library, self._stopping.undisturbed)
        browser = RunBrowser(run, browser_library, driver, self._stopping)
        self._pictures = Pictures(run, driver, lambda: browser.pids)
        weaver = TaskWeaver(run, self._stopping, self._names)
        pages, navigation = self._pages(run, browser)
        renewal = Renewal(self._current, pages, navigation, browser.restart)
        context = RunContext(
            run=run,
            pages=pages,
            navigation=navigation,
            renewal=renewal,
            browser=browser,
            stopping=self._stopping,
            pictures=self._pictures,
            weaver=weaver,
            progress=Progress(),
            sealing=SealAtExit(),
        )
        ending = EndKeywords(context)
        browser.at_exit = ending.end_what_robot_left
        approving = ApprovalKeywords(context, LoggedSteps(self._names, self._stopping))
        surface = Surface(
            lambda: self._current.session, pages.home.press_entry, lambda: run.folder, lambda: self._current.secrets
        )
        modules = PluginParser(KatipModule, [surface]).parse_plugins(plugins)
        super().__init__(
            [
                pages.site,
                pages.edevlet,
                pages.main_menu,
                pages.workplaces,
                pages.home,
                pages.contracts,
                pages.sign_out,
                RunKeywords(context),
                ClauseKeywords(context),
                ListKeywords(context, approving.approver_of),
                approving,
                PlanKeywords(context),
                ending,
                *modules,
            ],
            self._names.file,
        )
        self._retrying = Retrying(self._current, renewal.come_to, run.retries, self._pictures.of_failure)
        self._retrying.declare(self.keywords)
        self.ROBOT_LIBRARY_LISTENER = [weaver]

    def _pages(self, run: CurrentRun, browser: RunBrowser) -> tuple[Pages, Navigation]:
        """Build the pages: each gets the session, and the single functions of others that it calls."""
        current = self._current
        main_menu = MainMenuPage(current)
        home = HomePage(current, main_menu)
        workplaces = WorkplacesPage(current, home)
        navigation = Navigation(current, main_menu, home, workplaces)
        joining = Joining(current, browser.joined, navigation.go_home, home.change_workplace)
        sign_out = SignOut(current)
        contracts = ContractsPage(current, navigation.reopen_contracts, run.twins_of)
        pages = Pages(
            site=OsgbSitePage(current, joining),
            edevlet=EDevletPage(current, joining, sign_out.leave_by, self._stopping.deferred),
            main_menu=main_menu,
            workplaces=workplaces,
            home=home,
            contracts=contracts,
            form=ApprovalFormPage(current, contracts, navigation.reopen_contracts),
            sign_out=sign_out,
        )
        return pages, navigation

    # ---------------------------------------------------------------------------------------------------------------- hook

    def run_keyword(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any] | None = None) -> Any:
        """Run a keyword; a failure gets its picture, once, and a clean message.

        Args:
            name: the keyword's name.
            args: its positional arguments.
            kwargs: its named arguments.

        Returns:
            What the keyword returns.
        """
        self._depth += 1
        try:
            with self._stopping.inside_keyword():
                step = partial(super().run_keyword, name, args, dict(kwargs or {}))
                return self._retrying.carry_out(self._names.original(name), step) if self._depth == 1 else step()
        except Stopped as stopped:
            raise stopped.status from None
        except (SkipExecution, ExecutionStatus):
            raise
        except Exception as error:
            if isinstance(error, KatipError):
                self._current.note_end(error)
            if self._pictured is not error:
                self._pictured = error
                self._pictures.of_failure(name)
            raise self._cleaned(error) from None
        finally:
            self._depth -= 1

    def _cleaned(self, error: Exception) -> Exception:
        """Return an error as people read it: without colours, without secrets; unknown ones are application errors."""
        if isinstance(error, KatipError):
            covered = mask(str(error), self._current.secrets)
            if covered != str(error):
                error.args = (covered,)
            return error
        if type(error).__module__.startswith(("robot.", "robotlibcore")) or isinstance(error, (TypeError, ValueError)):
            return error
        logger.debug(f"{type(error).__name__}: {mask(str(error), self._current.secrets)}")
        words = mask(
            _ANSI.sub("", str(error)).strip().splitlines()[0] if str(error).strip() else type(error).__name__,
            self._current.secrets,
        )
        cleaned = ApplicationError(
            msg("Running a keyword"),
            msg("no unforeseen error"),
            f"{type(error).__name__}: {words}",
            msg("Report it with this log."),
        )
        self._pictured = cleaned
        return cleaned
