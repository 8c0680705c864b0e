"""The keyword library: one component a page, one for the run, one hook that sees every failure once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from robot.api import logger
from robot.api.exceptions import SkipExecution
from robot.errors import ExecutionStatus
from robot.libraries.BuiltIn import BuiltIn, RobotNotRunningError
from robotlibcore import DynamicCore, PluginParser

from Katip.errors import ApplicationError, ConfigurationError, KatipError
from Katip.extending import KatipModule, Surface
from Katip.keyword_names import KeywordNames
from Katip.masking import mask
from Katip.messages import ENGLISH, msg
from Katip.model import Contract
from Katip.pages.approval_form import ApprovalFormPage
from Katip.pages.contracts import ContractsPage
from Katip.pages.edevlet import EDevletPage
from Katip.pages.home import HomePage
from Katip.pages.joining import Joining
from Katip.pages.main_menu import MainMenuPage
from Katip.pages.osgb_site import OsgbSitePage
from Katip.pages.workplaces import WorkplacesPage
from Katip.reading.driver import Driver
from Katip.run.browser import BrowserProcess
from Katip.run.contracts import ContractKeywords
from Katip.run.exit import SealAtExit
from Katip.run.joined_browser import JoinedBrowser
from Katip.run.pictures import Pictures
from Katip.run.plan import PlanKeywords
from Katip.run.progress import Progress
from Katip.run.renewal import Renewal
from Katip.run.run import RunKeywords
from Katip.run.stopping import Stopped, Stopping
from Katip.run.tasks import TaskWeaver
from Katip.session import Session

if TYPE_CHECKING:
    from Browser import Browser

    from Katip.run.work import Work

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
        self.names = KeywordNames(language)
        self.work: Work | None = None
        self.stopping = Stopping()
        self.browser_process: BrowserProcess = BrowserProcess()
        self.driver = Driver(self._browser, self.stopping.undisturbed)
        self._session: Session | None = None
        self._depth = 0
        self._pictured: BaseException | None = None
        self.last_error: Exception | None = None
        self.site = OsgbSitePage(self)
        self.edevlet = EDevletPage(self)
        self.main_menu = MainMenuPage(self)
        self.workplaces = WorkplacesPage(self)
        self.home = HomePage(self)
        self.contracts = ContractsPage(self)
        self.form = ApprovalFormPage(self)
        self.joining = Joining(self)
        self.pictures = Pictures(self)
        self.run_keywords = RunKeywords(self)
        self.contract_keywords = ContractKeywords(self)
        self.plan_keywords = PlanKeywords(self)
        self.renewal = Renewal(self)
        self.weaver = TaskWeaver(self)
        self.sealing = SealAtExit()
        self.progress = Progress()
        surface = Surface(lambda: self.session, self.home.press_entry, self._run_folder, lambda: self.secrets)
        modules = PluginParser(KatipModule, [surface]).parse_plugins(plugins)
        super().__init__(
            [
                self.site,
                self.edevlet,
                self.main_menu,
                self.workplaces,
                self.home,
                self.contracts,
                self.run_keywords,
                self.contract_keywords,
                self.plan_keywords,
                *modules,
            ],
            self.names.file,
        )
        self.renewal.declare(self.keywords)
        self.ROBOT_LIBRARY_LISTENER = [self.weaver]

    # ------------------------------------------------------------------------------------------------------------- shared

    @property
    def session(self) -> Session:
        """The session at hand.

        Raises:
            ConfigurationError: if no run was begun.
        """
        if self._session is None:
            raise ConfigurationError(
                msg("Using a page"),
                msg("a run that was begun"),
                msg("none"),
                msg("Call `Check Settings` and `Begin Run` first."),
            )
        return self._session

    @session.setter
    def session(self, session: Session) -> None:
        self._session = session

    @property
    def has_session(self) -> bool:
        """True once a run was begun."""
        return self._session is not None

    @property
    def joined_browser(self) -> JoinedBrowser | None:
        """The person's own browser, where the run has joined one."""
        return self.browser_process if isinstance(self.browser_process, JoinedBrowser) else None

    @property
    def secrets(self) -> tuple[str, ...]:
        """The texts that must never be seen."""
        return self._session.account.secrets if self._session and self._session.account else ()

    def covered(self, error: Exception) -> str:
        """Return an error's words with numbers and secrets covered, as they may stand in a log."""
        return mask(str(error) or type(error).__name__, self.secrets)

    def _run_folder(self) -> Path:
        if self.work is None:
            raise ConfigurationError(
                msg("Adding to the evidence"),
                msg("a run that was begun"),
                msg("none"),
                msg("Call `Check Settings` and `Begin Run` first."),
            )
        return self.work.folder

    def _browser(self) -> Browser:
        try:
            browser: Browser = BuiltIn().get_library_instance("Browser")
        except (RuntimeError, RobotNotRunningError):
            browser = self._own_browser()
        return browser

    @cache  # noqa: B019 - one library a process: what was opened with it must be closed with it
    def _own_browser(self) -> Browser:
        """Return a Browser library of this library's own, where the suite imports none; its log would hold what is typed."""
        from Browser import Browser as BrowserLibrary
        from Browser.utils.data_types import PlaywrightLogTypes

        return BrowserLibrary(enable_playwright_debug=PlaywrightLogTypes.disabled)

    def twins_of(self, contract: Contract) -> int:
        """Return how many rows of a contract's identity the last full reading knew."""
        return self.work.twins_of(contract) if self.work else 2

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
            with self.stopping.inside_keyword():
                step = partial(super().run_keyword, name, args, dict(kwargs or {}))
                return self.renewal.carry_out(self.names.original(name), step) if self._depth == 1 else step()
        except Stopped as stopped:
            raise stopped.status from None
        except (SkipExecution, ExecutionStatus):
            raise
        except Exception as error:
            self.last_error = error
            self._remember_session_end(error)
            if self._pictured is not error:
                self._pictured = error
                self.pictures.of_failure(name)
            raise self._cleaned(error) from None
        finally:
            self._depth -= 1

    def _remember_session_end(self, error: Exception) -> None:
        if isinstance(error, KatipError) and self._session is not None:
            self._session.note_end(error)

    def _cleaned(self, error: Exception) -> Exception:
        """Return an error as people read it: without colours, without secrets; unknown ones are application errors."""
        if isinstance(error, KatipError):
            covered = mask(str(error), self.secrets)
            if covered != str(error):
                error.args = (covered,)
            return error
        if type(error).__module__.startswith(("robot.", "robotlibcore")) or isinstance(error, (TypeError, ValueError)):
            return error
        logger.debug(f"{type(error).__name__}: {mask(str(error), self.secrets)}")
        words = mask(
            _ANSI.sub("", str(error)).strip().splitlines()[0] if str(error).strip() else type(error).__name__,
            self.secrets,
        )
        cleaned = ApplicationError(
            msg("Running a keyword"),
            msg("no unforeseen error"),
            f"{type(error).__name__}: {words}",
            msg("Report it with this log."),
        )
        self._pictured = cleaned
        self.last_error = cleaned
        return cleaned


def output_folder() -> Path | None:
    """Return Robot's output folder, or None if no suite is running."""
    try:
        return Path(BuiltIn().get_variable_value("${OUTPUT_DIR}"))
    except RobotNotRunningError:
        return None
