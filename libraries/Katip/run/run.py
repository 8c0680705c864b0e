"""The beginning of a run: the settings are checked, then journal, evidence and browser are opened."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from robot.api import logger
from robot.api.deco import keyword
from robot.api.types import Secret
from robot.libraries.BuiltIn import BuiltIn

from Katip.approvals.list_file import open_elsewhere
from Katip.approvals.rules_file import load_rules
from Katip.approvals.worklist import Worklist, old_decisions
from Katip.approvals.worklist_file import read_worklist
from Katip.errors import ConfigurationError, CredentialsUnavailable
from Katip.messages import LANGUAGES, msg, set_language
from Katip.model import sgk_digits
from Katip.package_files import results_folder
from Katip.run.context import RunContext
from Katip.run.credentials import asked_account, asked_code, has_terminal, stored_account
from Katip.run.debugging_port import control_address
from Katip.run.environment import forget_account
from Katip.run.opening import Orders, journal_path, open_work, refuse_second_run
from Katip.run.profile import require_usable
from Katip.run.settings import RunSettings, checked_settings
from Katip.run.sign_in_way import SignIn, chosen_way
from Katip.run.variables import misspelled_in_this_run
from Katip.session import Account, Session


class RunKeywords:
    """Beginning of a run.

    Args:
        context: what the keywords of a run share.
    """

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._settings: RunSettings | None = None
        self._worklist: Worklist | None = None
        self._plan = False
        self._account: Account | None = None
        self._way = SignIn.PASSWORD

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
            retries: how often what comes before "Kayıt" is tried again: a whole number, 0 or more; 2 if empty.
            journal: path of the journal.
            details: ``yes`` to open each form in a plan run.
            printout: ``yes`` to download each contract's print-out.
            tsa_url: address of a time stamp authority (RFC 3161).
            free_space: bytes that must be free before "Kayıt".
            sign_in: ``password``, ``attended`` or ``attach``.
            sign_in_timeout: how long a person may take at the sign-in, as a Robot time such as ``10 min``; 5 minutes if empty.
            cdp_url: where the browser that is joined answers (``attach``).
            profile: folder of a browser profile that is kept.
            max_decision_age: days, a whole number, after which a decision on the list is warned of; never if empty.
            language: ``tr`` or ``en``: what people read in this run is in this language.

        Returns:
            True if the practice portal has to be started for this run.

        Raises:
            ConfigurationError: Something cannot be used; nothing was started (KTP-001).
            NothingToDo: Nobody said what to approve (KTP-002).
            FolderTaken: An earlier suite of this execution of Robot has begun a run (KTP-210).

        Example:
        | ${practice} =    Check Settings    portal=v9    workplace=2 9999 01 01 9999901 099 99 32 000    approve=all
        """
        set_language(language if language in LANGUAGES else None)
        refuse_second_run(_output_folder())
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
        self._choose_way(self._settings)
        load_rules()
        self._worklist = read_worklist(self._settings.worklist) if self._settings.worklist else None
        if self._settings.worklist and (warning := open_elsewhere(self._settings.worklist)):
            logger.warn(warning)
        if self._worklist is not None and self._settings.max_decision_age is not None:
            _warn_of_old_decisions(self._worklist, self._settings.max_decision_age)
        return self._settings.starts_practice_portal

    def _choose_way(self, settings: RunSettings) -> None:
        """Take over the account that the run signs in with, and check what its way of signing in needs."""
        self._account = given_account() or self._account
        if settings.sign_in is SignIn.PASSWORD and not settings.starts_practice_portal:
            self._account = self._account or kept_account() or asked_account()
        forget_account()
        self._way = chosen_way(
            settings.sign_in,
            self._account is not None,
            settings.is_headless,
            example_user=settings.starts_practice_portal,
        )
        if settings.profile is not None:
            require_usable(settings.profile, [_output_folder(), results_folder()])
        if self._way is SignIn.ATTACH:
            control_address(settings.cdp_url)

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
            ConfigurationError: The settings were not checked, or only one of EDEVLET_TCKN and EDEVLET_SIFRE is set (KTP-001).
            AlreadyRunning: Another run holds the journal (KTP-003).
            FolderTaken: The output folder holds a run that would be lost, or that of an earlier suite (KTP-210).
            BrowserMissing: The browser does not start (KTP-004).

        Example:
        | ${run} =    Begin Run
        """
        settings = self._settings
        refuse_second_run(_output_folder())
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
        context, run = self._context, self._context.run
        portal = settings.load_portal({"site_url": site_url, "edevlet_url": edevlet_url, "katip_url": katip_url})
        session = Session.of(portal, context.browser.driver)
        example = Account(tckn, sifre) if tckn is not None and sifre is not None else None
        session.account = None if self._way.is_by_person else self._account or example
        session.sign_in_timeout = settings.sign_in_timeout
        session.ask_code = asked_code if has_terminal() else None
        session.visible = self._way is SignIn.ATTACH or not settings.is_headless
        context.browser.choose(join=settings.cdp_url if self._way is SignIn.ATTACH else "")
        run.session.begin(session)
        orders = Orders(settings, self._worklist, self._plan)
        with context.browser.starting():
            run.begun = work = open_work(orders, portal, journal_path(settings, results), context)
        work.waiting = orders.workplaces(workplace)
        context.stopping.watch()
        context.browser.start()
        return work.run_id


def _output_folder() -> Path:
    return Path(BuiltIn().get_variable_value("${OUTPUT_DIR}"))


def given_account() -> Account | None:
    """Return the account of the environment, or None.

    Raises:
        ConfigurationError: only one of its two parts is set.
    """
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


def kept_account() -> Account | None:
    """Return the account of the keyring; where that cannot be used, there is none, and the log says why."""
    try:
        return stored_account()
    except CredentialsUnavailable as error:
        logger.info(str(error))
        return None


def _warn_of_old_decisions(worklist: Worklist, days: int) -> None:
    for row in old_decisions(worklist, days):
        logger.warn(
            msg(
                "Row {number} was decided on {decided_on:%d.%m.%Y}, longer ago than MAX_DECISION_AGE.",
                number=row.number,
                decided_on=row.decided_on,
            )
        )
