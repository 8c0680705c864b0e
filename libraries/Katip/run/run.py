"""A run from its settings to its end: what is checked first, what is opened, and that everything is signed out, reckoned up and written."""

from __future__ import annotations

import atexit
import os
import platform
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from robot.api import logger
from robot.api.deco import keyword
from robot.api.exceptions import SkipExecution
from robot.api.types import Secret
from robot.libraries.BuiltIn import BuiltIn

from Katip.approvals.approvals_json import ApprovalsFile, RunHead
from Katip.approvals.decisions import ApproveAll, Authority, Listed, Nothing
from Katip.approvals.journal import NOT_BEGUN, Journal, RunInfo, new_run_id
from Katip.approvals.processes import end_left_processes, process_of
from Katip.approvals.rules import load_rules
from Katip.approvals.worklist import Worklist, old_decisions, read_worklist
from Katip.errors import ConfigurationError, CredentialsUnavailable, KatipError, NoEffect
from Katip.evidence.claim import claim_folder
from Katip.evidence.layout import REPORT_HTML
from Katip.evidence.readiness import prepare_to_seal, unsealed_runs
from Katip.evidence.record import RunInfo as EvidenceInfo
from Katip.evidence.run_evidence import RunEvidence
from Katip.messages import LANGUAGES, msg, set_language
from Katip.model import Workplace, sgk_digits
from Katip.origins import is_one_of
from Katip.package_files import results_folder
from Katip.run.browser import BrowserProcess
from Katip.run.credentials import asked_account, asked_code, has_terminal, stored_account
from Katip.run.debugging_port import control_address
from Katip.run.environment import forget_account
from Katip.run.exit import SealJob
from Katip.run.joined_browser import JoinedBrowser
from Katip.run.profile import require_usable
from Katip.run.progress import summary
from Katip.run.renewal import Place
from Katip.run.settings import RunSettings, checked_settings
from Katip.run.sign_in_way import SignIn, chosen_way
from Katip.run.stopping import STOPPED
from Katip.run.variables import misspelled_in_this_run
from Katip.run.work import Work, count_outcomes
from Katip.session import Account, Session

if TYPE_CHECKING:
    from Katip.library import Katip

_LOG_FILES = ("${OUTPUT FILE}", "${LOG FILE}", "${REPORT FILE}")


class RunKeywords:
    """Beginning, clauses and end of a run.

    Args:
        library: the keyword library.
    """

    def __init__(self, library: Katip) -> None:
        self._library = library
        self._settings: RunSettings | None = None
        self._worklist: Worklist | None = None
        self._plan = False
        self._account: Account | None = None
        self._way = SignIn.PASSWORD

    @property
    def work(self) -> Work:
        """The run at work.

        Raises:
            ConfigurationError: if no run was begun.
        """
        if self._library.work is None:
            raise ConfigurationError(
                msg("Carrying on with a run"),
                msg("a run that was begun"),
                msg("none"),
                msg("Call `Check Settings` and `Begin Run` first."),
            )
        return self._library.work

    # ----------------------------------------------------------------------------------------------------------- beginning

    @keyword
    def check_settings(
        self,
        *,
        plan: bool = False,
        portal: str = "practice",
        site_url: str = "",
        edevlet_url: str = "",
        katip_url: str = "",
        workplace: str = "",
        approve: str = "",
        worklist: str = "",
        mode: str = "",
        headless: str = "",
        browser: str = "auto",
        retries: str = "",
        journal: str = "",
        details: str = "",
        printout: str = "",
        tsa_url: str = "",
        free_space: str = "",
        sign_in: str = "",
        sign_in_timeout: str = "",
        cdp_url: str = "",
        profile: str = "",
        max_decision_age: str = "",
        language: str = "",
    ) -> bool:
        """Check everything that an operator set, before anything starts; every mistake is named at once.

        Args:
            plan: True for a plan run, which approves nothing.
            portal: ``practice``, ``v9`` or the path of a TOML file.
            site_url: origin of the OSGB's site, overrides the portal's.
            edevlet_url: origin of e-Devlet, overrides the portal's; the only one on which secrets are typed.
            katip_url: origin of KATİP, overrides the portal's.
            workplace: SGK number, several separated by commas, or ``all``.
            approve: ``all`` for every pending contract of the workplace.
            worklist: path of the list that the responsible person filled in (XLSX or CSV).
            mode: ``approve``, or ``rehearse`` to stop before "Kayıt".
            headless: ``true`` or ``false``.
            browser: ``auto``, ``chromium``, ``chrome``, ``msedge`` or a path.
            retries: how often what comes before "Kayıt" is tried again.
            journal: path of the journal.
            details: ``yes`` to open each form in a plan run.
            printout: ``yes`` to download each contract's print-out.
            tsa_url: address of a time stamp authority (RFC 3161).
            free_space: bytes that must be free before "Kayıt".
            sign_in: ``password``, ``attended`` or ``attach``.
            sign_in_timeout: how long a person may take at the sign-in, such as ``10 min``.
            cdp_url: where the browser that is joined answers (``attach``).
            profile: folder of a browser profile that is kept.
            max_decision_age: days after which a decision on the list is warned of; none if empty.
            language: ``tr`` or ``en``: what people read in this run is in this language.

        Returns:
            True if the practice portal has to be started for this run.

        Raises:
            ConfigurationError: Something cannot be used; nothing was started.
            NothingToDo: Nobody said what to approve.

        Example:
        | ${practice} =    Check Settings    portal=v9    workplace=2 9999 01 01 9999901 099 99 32 000    approve=all
        """
        set_language(language if language in LANGUAGES else None)
        self._settings = checked_settings(
            plan,
            misspelled_in_this_run(mode),
            portal=portal,
            site_url=site_url,
            edevlet_url=edevlet_url,
            katip_url=katip_url,
            workplace=workplace,
            approve=approve,
            worklist=worklist,
            mode=mode,
            headless=headless,
            browser=browser,
            retries=retries,
            journal=journal,
            details=details,
            printout=printout,
            tsa_url=tsa_url,
            free_space=free_space,
            sign_in=sign_in,
            sign_in_timeout=sign_in_timeout,
            cdp_url=cdp_url,
            profile=profile,
            max_decision_age=max_decision_age,
            language=language,
        )
        self._plan = plan
        self._account = _given_account() or self._account
        if self._settings.sign_in is SignIn.PASSWORD and not self._settings.starts_practice_portal:
            self._account = self._account or _kept_account() or asked_account()
        forget_account()
        self._way = chosen_way(
            self._settings.sign_in,
            self._account is not None,
            self._settings.is_headless,
            example_user=self._settings.starts_practice_portal,
        )
        if self._settings.profile is not None:
            output = Path(BuiltIn().get_variable_value("${OUTPUT_DIR}"))
            require_usable(self._settings.profile, [output, results_folder()])
        if self._way is SignIn.ATTACH:
            control_address(self._settings.cdp_url)
        load_rules()
        self._worklist = read_worklist(self._settings.worklist) if self._settings.worklist else None
        if self._worklist is not None and self._settings.max_decision_age is not None:
            for row in old_decisions(self._worklist, self._settings.max_decision_age):
                logger.warn(
                    msg(
                        "Row {number} was decided on {decided_on:%d.%m.%Y}, longer ago than MAX_DECISION_AGE.",
                        number=row.number,
                        decided_on=row.decided_on,
                    )
                )
        return self._settings.starts_practice_portal

    @keyword
    def begin_run(
        self,
        *,
        site_url: str = "",
        edevlet_url: str = "",
        katip_url: str = "",
        workplace: str = "",
        tckn: Secret | None = None,
        sifre: Secret | None = None,
        example_list: Path | None = None,
        results: str = "",
    ) -> str:
        """Open journal, evidence and browser for the settings that were checked.

        Args:
            site_url: the practice portal's address, where the suite started it.
            edevlet_url: the practice portal's address, where the suite started it.
            katip_url: the practice portal's address, where the suite started it.
            workplace: the practice portal's example workplace, used where none is set.
            tckn: the practice portal's example user; EDEVLET_TCKN goes before it.
            sifre: the practice portal's example password; EDEVLET_SIFRE goes before it.
            example_list: the practice portal's example list, applied where the settings say neither WORKLIST nor APPROVE.
            results: the folder of the journal, where the settings name none; by default `results/` of the checkout, else of the working directory.

        Returns:
            The run's name.

        Raises:
            AlreadyRunning: Another run holds the journal.
            FolderTaken: The output folder holds a run that would be lost.
            BrowserMissing: The browser does not start.

        Example:
        | ${run} =    Begin Run
        """
        settings = self._settings
        if settings is None:
            raise ConfigurationError(
                msg("Beginning a run"),
                msg("settings that were checked"),
                msg("none"),
                msg("Call `Check Settings` first."),
            )
        if settings.example_list and example_list is not None:
            settings = self._settings = replace(
                settings, worklist=example_list, workplaces=settings.workplaces or (sgk_digits(workplace),)
            )
            self._worklist = read_worklist(example_list)
        library = self._library
        portal = settings.load_portal({"site_url": site_url, "edevlet_url": edevlet_url, "katip_url": katip_url})
        session = Session.of(portal, library.driver)
        example = Account(tckn, sifre) if tckn is not None and sifre is not None else None
        session.account = None if self._way.is_by_person else self._account or example
        session.sign_in_timeout = settings.sign_in_timeout
        session.ask_code = asked_code if has_terminal() else None
        session.visible = self._way is SignIn.ATTACH or not settings.is_headless
        pids = library.browser_process.pids
        library.browser_process = (
            JoinedBrowser(settings.cdp_url, pids) if self._way is SignIn.ATTACH else BrowserProcess(pids)
        )
        library.session = session
        library.work = self._open_work(settings, session, _journal_path(settings, results))
        library.work.waiting = self._workplaces(settings, workplace)
        library.stopping.watch()
        self.start_browser()
        return library.work.run_id

    def _open_work(self, settings: RunSettings, session: Session, journal_path: Path) -> Work:
        folder = Path(BuiltIn().get_variable_value("${OUTPUT_DIR}"))
        portal = session.portal
        run_id = new_run_id()
        started = datetime.now(UTC)
        authority = self._authority(settings)
        mode = "plan" if self._plan else settings.mode.value
        key = prepare_to_seal(folder, journal_path.parent)
        if key.warning:
            logger.warn(f"{key.warning} ({key.kept_in})")
        claim_folder(folder, journal_path.parent)
        worklist_digest = self._worklist.digest if self._worklist else None
        journal = Journal(
            journal_path, RunInfo(run_id, portal.origin, mode, authority.name, str(folder), worklist_digest)
        )
        try:
            for unsealed in unsealed_runs(journal):
                logger.warn(unsealed)
            for process in end_left_processes(journal):
                logger.info(msg("Ended what an earlier run left: {what} {pid}", what=process.what, pid=process.pid))
            origins = {"site": portal.site_url, "edevlet": portal.edevlet_url, "katip": portal.katip_url}
            info = EvidenceInfo(
                run_id, started, mode, portal.name, origins, _arguments(settings), secrets=self._library.secrets
            )
            evidence = RunEvidence(folder, info)
            if settings.worklist is not None and self._worklist is not None:
                evidence.worklist(settings.worklist, content=self._worklist.content)
            approvals = ApprovalsFile(folder, RunHead(run_id, mode, started, portal.name, portal.origin))
            approvals.write()
        except BaseException:
            with suppress(KatipError):
                journal.end_run(NOT_BEGUN)
            journal.close()
            raise
        names = tuple(Path(str(BuiltIn().get_variable_value(name))).name for name in _LOG_FILES)
        self._library.sealing.job = SealJob(folder, journal_path.parent, settings.tsa_url, names, key)
        return Work(settings, run_id, folder, started, authority, load_rules(), journal, evidence, approvals)

    def _authority(self, settings: RunSettings) -> Authority:
        if self._plan:
            return Nothing()
        if self._worklist is not None:
            return Listed(self._worklist, settings.workplaces or None)
        return ApproveAll() if settings.approve_all else Nothing()

    def _workplaces(self, settings: RunSettings, example: str) -> list[str]:
        if settings.workplaces:
            return list(settings.workplaces)
        if self._worklist is not None:
            return list(self._worklist.workplaces)
        return [] if settings.every_workplace else [example] if example else []

    def start_browser(self) -> None:
        """Start the browser that was set, or join the person's, and remember its processes so that the next run can end what this one left."""
        library, settings = self._library, self.work.settings
        with library.stopping.undisturbed():
            library.browser_process.open(library._browser(), settings, library.secrets)
            atexit.unregister(self._end_what_robot_left)
            atexit.register(self._end_what_robot_left)  # before the browser's driver ends, which is registered earlier
            if library.joined_browser is not None:
                library.driver.join()
            library.driver.look()
            for pid in library.browser_process.pids:
                process = process_of(pid, "node")
                if process is not None:
                    self.work.journal.remember_process(process)
        self.work.evidence.note_run(browser=library.driver.version(), system=platform.platform())

    # ------------------------------------------------------------------------------------------------------------- clauses

    @keyword
    def skip_what_cannot_be_reached(self) -> None:
        """Skip the task where an earlier clause failed, so that one cause is one failed task.

        Example:
        | [Setup]    Skip What Cannot Be Reached
        """
        why = self._library.work.broken_by if self._library.work else self._library.weaver.broken_before
        if self._library.work is None and not why:
            why = msg("the run was not begun")
        if why:
            raise SkipExecution(msg("not reached: {why}", why=why))

    @keyword
    def skip_where_nobody_is_signed_in(self) -> None:
        """Skip the sign-out where the sign-in was not reached.

        Example:
        | [Setup]    Skip Where Nobody Is Signed In
        """
        if not self._library.has_session or not self._library.session.signed_in:
            self.skip_what_cannot_be_reached()
            raise SkipExecution(msg("nobody is signed in"))

    @keyword
    def record_clause(self, number: str, note: str = "", picture: bool = True) -> None:
        """Write down that a clause of DOK.10.01 was carried out, with a picture; one that cannot be taken is warned of.

        Args:
            number: ``5.1`` to ``5.10``.
            note: what an auditor should know of it, for example the tab's address.
            picture: False for no picture.

        Example:
        | Record Clause    5.1    ${address}
        """
        work = self.work
        path = self._clause_picture(number) if picture else None
        taken = path and self._taken(path, number)
        work.evidence.note_clock(self._clock_ahead())
        task = str(BuiltIn().get_variable_value("${TEST NAME}", "")).split(" · ")[0]
        if number == "5.3" and self._library.session.application:
            work.evidence.note_run(application=self._library.session.application)
        work.evidence.clause(number, task, path if taken else None, note, self._library.session.origin_seen)

    def _clock_ahead(self) -> float | None:
        """Return the seconds by which this machine's clock is ahead of the portal's, or None where the portal tells no time."""
        clocks = self._library.driver.clocks
        portal = self._library.session.portal
        known = [ahead for origin, ahead in clocks.items() if is_one_of(origin, portal.katip_origins)]
        return min(known, default=None)

    def _taken(self, path: Path, number: str) -> str | None:
        """The picture of a clause; a step that was carried out does not fail, and is not done again, because its picture failed."""
        try:
            return self._library.pictures.take(path, number)
        except NoEffect as error:
            logger.warn(
                msg(
                    "{number} was carried out, and stands in the record without a picture: {error}",
                    number=number,
                    error=error,
                )
            )
            return None

    def _clause_picture(self, number: str) -> Path:
        """A picture of its own for each time that a clause is carried out (5.5 to 5.10 come once for each workplace)."""
        first = self.work.evidence.clause_picture_path(number)
        times = len(list(first.parent.glob(f"{first.stem}*.png"))) + 1
        return first if times == 1 else first.with_name(f"{first.stem}-{times}.png")

    @keyword
    def set_clause(self, number: str) -> None:
        """Say which clause is at work, for the picture of a failure.

        Args:
            number: ``5.1`` to ``5.10``.

        Example:
        | Set Clause    5.3
        """
        self.work.clause = number

    @keyword(tags=["5.5"])
    def choose_next_workplace(self) -> str:
        """Choose the workplace whose turn it is (5.5): the next of WORKPLACE or of the worklist, else the only one that is offered.

        Returns:
            Title and SGK number as the portal shows them.

        Raises:
            WorkplaceNotOffered: The account does not offer it.

        Example:
        | ${workplace} =    Choose Next Workplace
        """
        work = self.work
        if work.settings.every_workplace and not work.visits and not work.waiting:
            self._library.workplaces.read_offered_workplaces()
            work.waiting = list(dict.fromkeys(choice.workplace.sgk for choice in self._library.workplaces.choices()))
        chosen: str = self._library.workplaces.choose_workplace(work.waiting[0] if work.waiting else "")
        del work.waiting[:1]
        self._compare_title(self._library.session.chosen)
        return chosen

    def _compare_title(self, workplace: Workplace) -> None:
        """Say where the list calls the workplace otherwise than the portal: the number decides, but it may be a slip of the pen."""
        rows = self._worklist.rows if self._worklist else ()
        others = {row.title for row in rows if row.workplace == workplace.sgk and not workplace.is_called(row.title)}
        for title in sorted(others):
            logger.warn(
                msg(
                    'The list calls {sgk} "{title}", the portal "{shown}". The number decides.',
                    sgk=workplace.sgk,
                    title=title,
                    shown=workplace.title,
                )
            )

    @keyword(tags=["5.6"])
    def read_home(self) -> str:
        """Read the home page (5.6): the login record goes into the evidence, the number of pending contracts is kept for the comparison.

        Returns:
            What was read, as a sentence.

        Example:
        | ${home} =    Read Home
        """
        work = self.work
        count = self._library.home.read_pending_count()
        record = self._library.home.read_login_record()
        work.pending_count = count
        if record is not None:
            work.evidence.login_record(record.when, record.ip)
        counted = msg("no count is shown") if count is None else msg("{count} pending", count=count)
        return (
            msg("{counted}; sign-in recorded {when} from {ip}", counted=counted, when=record.when, ip=record.ip)
            if record
            else msg("{counted}; no login record is shown", counted=counted)
        )

    # ------------------------------------------------------------------------------------------------------------- renewing

    @keyword
    def renew_session(self) -> None:
        """Get a fresh page, or after a lost session a fresh sign-in (at most twice in a run), up to the same workplace's contracts.

        Raises:
            NoEffect: The session was renewed too often.
            SignInRefused: A sign-in was refused in this run.

        Example:
        | Renew Session
        """
        self._library.renewal.come_to(Place.CONTRACTS)

    def come_back_home(self) -> None:
        """Make sure that the session stands at the home page of its workplace, renewing it where it is over."""
        session = self._library.session
        try:
            session.arrive("home", msg("Coming back to the home page"))
        except KatipError as error:
            session.note_end(error)
            self._library.renewal.come_to(Place.CONTRACTS)

    # ----------------------------------------------------------------------------------------------------------------- end

    @keyword
    def end_run(self) -> str:
        """Sign out where that was not reached, write everything down, close the browser. Never fails.

        Returns:
            How the sign-out went: signed out, already ended, or not possible, with the reason.

        Example:
        | [Teardown]    End Run
        """
        library, work = self._library, self._library.work
        if work is None or work.ended:
            library.stopping.unwatch()
            return msg("no run was begun")
        work.ended = True
        with library.stopping.deferred():  # a signal now would keep the run from being signed out and written down
            how = self._ended(work)
        library.stopping.unwatch()
        logger.info(f"{how}; {count_outcomes(work.results())}")
        return how

    def _end_what_robot_left(self) -> None:
        """Where Robot itself broke off (it cannot write its output), no teardown ran: sign out all the same."""
        work = self._library.work
        if work is not None and not work.ended:
            work.ended = True
            with suppress(ValueError):  # Robot's log is closed by now
                self._ended(work)
            ended = not self._library.session.signed_in
            told = (
                msg("Robot broke off; the session was signed out.")
                if ended
                else msg("Robot broke off; the session was not signed out.")
            )
            sys.stderr.write(f"{told}\n")

    def _ended(self, work: Work) -> str:
        library = self._library
        how = self._signed_out()
        interrupted = library.stopping.requested
        if library.sealing.job is not None:
            library.sealing.job.interrupted = interrupted
        if interrupted:
            work.break_off(msg(STOPPED))
        for step in (
            work.fail_unreached,
            lambda: work.approvals.end(datetime.now(UTC)),
            self._close_browser,
            self._end_journal,
            lambda: self._finish(work, how),
        ):
            try:
                step()
            except Exception as error:  # a failing suite teardown would turn every task red
                logger.warn(msg("At the end of the run: {error}", error=self._library.covered(error)))
        if library.sealing.job is not None and not self._plan:
            library.sealing.job.summary = summary(work.results(), work.folder / REPORT_HTML)
        return how

    def _signed_out(self) -> str:
        library = self._library
        if library.has_session and library.session.unanswered:
            return msg(
                "not known: what followed the sign-in was not understood, the session may still be open; "
                "sign out by hand"
            )
        if not library.has_session or not library.session.signed_in:
            return msg("signed out") if library.has_session and library.session.signed_out else msg("already ended")
        try:
            how: str = library.home.sign_out()
            return how
        except Exception as error:
            words = self._library.covered(error)
            logger.warn(msg("The sign-out was not possible: {words}", words=words))
            return msg("not possible: {words}", words=words.splitlines()[0])

    def _close_browser(self) -> None:
        library = self._library
        library.browser_process.close(library._browser())
        library.driver.forget()

    def _end_journal(self) -> None:
        work = self.work
        for process in list(work.journal.left_processes()):
            if process.pid in self._library.browser_process.pids:
                work.journal.forget_process(process)
        work.journal.end_run(count_outcomes(work.results()))
        work.journal.close()

    @staticmethod
    def _finish(work: Work, how: str) -> None:
        work.evidence.note_run(sign_out=how)
        work.evidence.finish()


def _given_account() -> Account | None:
    number, password = os.environ.get("EDEVLET_TCKN", ""), os.environ.get("EDEVLET_SIFRE", "")
    if number and password:
        return Account(Secret(number), Secret(password))
    if number or password:
        raise ConfigurationError(
            msg("Looking for the account"),
            msg("EDEVLET_TCKN and EDEVLET_SIFRE both to be set"),
            msg("only one of them"),
            msg("Set both, or none."),
        )
    return None


def _kept_account() -> Account | None:
    """The account of the keyring; where that cannot be used, there is none, and the log says why."""
    try:
        return stored_account()
    except CredentialsUnavailable as error:
        logger.info(str(error))
        return None


def _journal_path(settings: RunSettings, results: str) -> Path:
    if settings.journal is not None:
        return settings.journal.resolve()
    if settings.starts_practice_portal:
        return Path(BuiltIn().get_variable_value("${OUTPUT_DIR}")).resolve() / "journal.sqlite"
    return (Path(results) if results else results_folder()).resolve() / "journal.sqlite"


def _arguments(settings: RunSettings) -> list[str]:
    """Return what was set, as an auditor reads it; secrets are never among the settings."""
    given = {
        "PORTAL": settings.portal,
        "WORKPLACE": "all" if settings.every_workplace else ",".join(settings.workplaces),
        "APPROVE": "all" if settings.approve_all else "",
        "WORKLIST": settings.worklist.name if settings.worklist else "",
        "MODE": settings.mode.value,
        "RETRIES": str(settings.retries),
        "SIGN_IN": str(settings.sign_in or ""),
    }
    if settings.sign_in is not SignIn.ATTACH:
        given |= {"BROWSER": settings.browser, "HEADLESS": str(settings.is_headless).lower()}
    given |= {key.upper(): url for key, url in settings.addresses}
    return [f"{key}:{value}" for key, value in given.items() if value]
