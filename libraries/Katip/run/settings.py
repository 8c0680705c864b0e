"""What an operator may set, checked before anything starts; every mistake is reported together."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from Katip.browsers import BrowserChoice, BrowserNotFoundError, UnknownBrowserError, find_browser
from Katip.errors import BrowserMissing, ConfigurationError, KatipError, NothingToDo
from Katip.messages import LANGUAGES, msg
from Katip.model import Mode, sgk_digits
from Katip.portal import Portal, load_portal
from Katip.portal_check import ADDRESSES, checked_origin, is_loopback
from Katip.run.debugging_port import parsed_cdp_url
from Katip.run.sign_in_way import SignIn, parsed_sign_in, parsed_timeout

PRACTICE = "practice"
PRACTICE_PORTALS = (PRACTICE, "practice-today")
ALL = "all"
_WORDS = {
    "true": True,
    "yes": True,
    "1": True,
    "on": True,
    "evet": True,
    "doğru": True,
    "false": False,
    "no": False,
    "0": False,
    "off": False,
    "hayır": False,
    "hayir": False,
    "yanlış": False,
}
_SGK_LENGTHS = range(6, 27)


@dataclass(frozen=True, slots=True)
class RunSettings:
    """The settings of one run.

    Attributes:
        portal: the portal's name or file.
        addresses: ``site_url``, ``edevlet_url`` and ``katip_url`` as given; empty where not given.
        workplaces: SGK numbers as digits; empty where not given.
        every_workplace: True for ``WORKPLACE:all``.
        headless: True for no window; None for the portal's default.
        browser: which browser.
        approve_all: True for ``APPROVE:all``.
        worklist: the worklist's file, or None.
        example_list: True if the practice portal's own example list is applied.
        mode: how far to go.
        retries: how often application errors before "Kayıt" are tried again.
        journal: the journal's file, or None for the default.
        details: True to open each form of a plan run and read ID and minutes.
        printout: True to download each contract's print-out.
        tsa_url: the time stamp authority's address, or empty.
        free_space: bytes that must be free before "Kayıt".
        sign_in: who signs in, or None where SIGN_IN is not given.
        sign_in_timeout: how long a person may take at the sign-in.
        profile: the folder of a browser profile that is kept, or None.
        cdp_url: where the browser that is joined answers (``SIGN_IN:attach``).
        max_decision_age: days after which a decision is warned of, or None.
    """

    portal: str = PRACTICE
    addresses: tuple[tuple[str, str], ...] = ()
    workplaces: tuple[str, ...] = ()
    every_workplace: bool = False
    headless: bool | None = None
    browser: str = "auto"
    approve_all: bool = False
    worklist: Path | None = None
    example_list: bool = False
    mode: Mode = Mode.APPROVE
    retries: int = 2
    journal: Path | None = None
    details: bool = False
    printout: bool = False
    tsa_url: str = ""
    free_space: int = 20_000_000
    sign_in: SignIn | None = None
    sign_in_timeout: timedelta = timedelta(minutes=5)
    profile: Path | None = None
    cdp_url: str = ""
    max_decision_age: int | None = None

    @property
    def starts_practice_portal(self) -> bool:
        """True if the suite itself starts, uses and stops the practice portal."""
        return self.portal in PRACTICE_PORTALS and not any(url for _, url in self.addresses)

    @property
    def is_headless(self) -> bool:
        """True for no window: as set, else on the practice portal only."""
        return self.portal in PRACTICE_PORTALS if self.headless is None else self.headless

    def load_portal(self, addresses: dict[str, str] | None = None) -> Portal:
        """Read the portal's file with the addresses that count.

        Args:
            addresses: those of a portal that the suite started itself.

        Returns:
            The portal.
        """
        given = {key: url for key, url in self.addresses if url}
        return load_portal(self.portal, {**(addresses or {}), **given})

    def find_browser(self) -> BrowserChoice:
        """Find the browser.

        Returns:
            The browser.

        Raises:
            BrowserMissing: if it is not installed or not known.
        """
        try:
            return find_browser(self.browser)
        except (UnknownBrowserError, BrowserNotFoundError) as error:
            raise BrowserMissing(
                msg("Looking for a browser"), f"BROWSER:{self.browser}", msg(error.template, **error.values)
            ) from None


def checked_settings(plan: bool = False, misspelled: Sequence[str] = (), **given: str) -> RunSettings:
    """Check what an operator set.

    Args:
        plan: True for a plan run, which approves nothing.
        misspelled: sentences on variables that look like a setting and are none.
        **given: the suite's variables by their names in small letters, as texts; empty where not given.

    Returns:
        The settings.

    Raises:
        ConfigurationError: naming every mistake.
        NothingToDo: if nobody said what to approve.
    """
    text = defaultdict(str, {key: str(value).strip() for key, value in given.items()})
    problems = list(misspelled)

    settings = RunSettings(
        portal=text["portal"] or PRACTICE,
        addresses=tuple((key, _address(key, text[key], problems)) for key in ADDRESSES),
        workplaces=_workplaces(text["workplace"], problems),
        every_workplace=text["workplace"].casefold() == ALL,
        headless=_flag("headless", text, problems),
        browser=text["browser"] or "auto",
        approve_all=_approve(text["approve"], problems),
        worklist=_file("worklist", text["worklist"], problems),
        mode=_mode(text["mode"], problems),
        retries=_number("retries", text, problems, 2),
        journal=_path(text["journal"]),
        details=bool(_flag("details", text, problems)),
        printout=bool(_flag("printout", text, problems)),
        tsa_url=text["tsa_url"],
        free_space=_number("free_space", text, problems, 20_000_000),
        sign_in=parsed_sign_in(text["sign_in"], problems),
        sign_in_timeout=parsed_timeout(text["sign_in_timeout"], problems),
        profile=_path(text["profile"]),
        cdp_url=parsed_cdp_url(text["cdp_url"], problems),
        max_decision_age=_number("max_decision_age", text, problems, 0) if text["max_decision_age"] else None,
    )
    _check_together(settings, text, problems)
    if problems:
        raise ConfigurationError(
            msg("Checking the settings"),
            msg("settings that can be used"),
            "; ".join(problems),
            msg("Nothing was started. Correct the settings and start again."),
        )
    if not plan and settings.worklist is None and not settings.approve_all:
        return _with_default_authority(settings)
    return settings


def _check_together(settings: RunSettings, text: Mapping[str, str], problems: list[str]) -> None:
    """Add what is wrong with settings that depend on each other, and with the language."""
    if text["language"] and text["language"] not in LANGUAGES:
        problems.append(msg("LANGUAGE is {text!r}; it must be tr or en", text=text["language"]))
    _check_portal(settings, problems)
    _check_joining(settings, text["cdp_url"], problems)
    if settings.worklist is not None and settings.approve_all:
        problems.append(msg("WORKLIST and APPROVE:all were both given; only one of them can say what to approve"))


def _flag(name: str, text: Mapping[str, str], problems: list[str]) -> bool | None:
    """Return a setting that is true or false, or None where it is not given."""
    word = text[name].casefold()
    if not word:
        return None
    if word not in _WORDS:
        problems.append(msg("{name} is {value!r}; it must be true or false", name=name.upper(), value=text[name]))
    return _WORDS.get(word)


def _number(name: str, text: Mapping[str, str], problems: list[str], default: int) -> int:
    """Return a setting that is a whole number, or its default."""
    word = text[name]
    if word and not word.isdigit():
        problems.append(
            msg("{name} is {word!r}; it must be a whole number, {least} or more", name=name.upper(), word=word, least=0)
        )
        return default
    return int(word) if word else default


def _path(text: str) -> Path | None:
    return Path(text) if text else None


def _with_default_authority(settings: RunSettings) -> RunSettings:
    if settings.starts_practice_portal:
        return replace(settings, example_list=True)
    # PORTAL is practice where it is not given: what is elsewhere than on this machine is no practice portal, whatever it is called.
    if settings.portal in PRACTICE_PORTALS and all(is_loopback(url) for _, url in settings.addresses if url):
        return replace(settings, approve_all=True)
    raise NothingToDo(
        msg("Looking for what to approve"),
        msg("a worklist (-v WORKLIST:path), or -v APPROVE:all for every pending contract of the workplace"),
        msg("neither"),
        msg(
            "Nothing was started and nothing is approved. Make a list with `katip plan`, have the "
            "responsible person fill it, then run again with -v WORKLIST:path."
        ),
    )


def _address(name: str, url: str, problems: list[str]) -> str:
    try:
        return checked_origin(name.upper(), url) if url else ""
    except KatipError as error:
        problems.append(error.as_problem)
        return ""


def _workplaces(text: str, problems: list[str]) -> tuple[str, ...]:
    if not text or text.casefold() == ALL:
        return ()
    numbers = tuple(dict.fromkeys(sgk_digits(part) for part in text.split(",") if part.strip()))
    for part in text.split(","):
        digits = sgk_digits(part)
        if part.strip() and (len(digits) not in _SGK_LENGTHS or any(letter.isalpha() for letter in part)):
            problems.append(
                msg(
                    "WORKPLACE {number!r} is no SGK number (26 digits, with or without blanks, dots or hyphens)",
                    number=part.strip(),
                )
            )
    return numbers


def _approve(text: str, problems: list[str]) -> bool:
    if text and text.casefold() != ALL:
        problems.append(msg("APPROVE is {text!r}; the only value is all", text=text))
    return text.casefold() == ALL


def _mode(text: str, problems: list[str]) -> Mode:
    try:
        return Mode(text.casefold() or "approve")
    except ValueError:
        problems.append(msg("MODE is {text!r}; it must be approve or rehearse", text=text))
        return Mode.APPROVE


def _file(name: str, text: str, problems: list[str]) -> Path | None:
    if not text:
        return None
    path = Path(text)
    if path.is_file():
        return path
    if path.exists():
        problems.append(msg("{name} {text!r} is no file", name=name.upper(), text=text))
        return path
    missing = msg(
        "{name} {text!r} is not there (looked for: {path})", name=name.upper(), text=text, path=path.absolute()
    )
    names = [each.name for each in path.parent.iterdir() if each.is_file()] if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, names, n=1)
    problems.append(msg('{missing}; in that folder is "{near}"', missing=missing, near=near[0]) if near else missing)
    return path


def _check_portal(settings: RunSettings, problems: list[str]) -> None:
    try:
        portal = settings.load_portal()
        if settings.sign_in is not SignIn.ATTACH:
            settings.find_browser()
    except KatipError as error:
        problems.append(error.as_problem)
        return
    if not settings.starts_practice_portal:
        needed = ["edevlet_url", "katip_url"]
        if portal.procedure.needs_site:
            needed.insert(0, "site_url")
        missing = [key.upper() for key in needed if not getattr(portal, key)]
        if missing:
            problems.append(
                msg(
                    "the portal {name} has no {missing}; give all its addresses or none",
                    name=portal.name,
                    missing=", ".join(missing),
                )
            )


def _check_joining(settings: RunSettings, cdp_url: str, problems: list[str]) -> None:
    if settings.sign_in is not SignIn.ATTACH:
        if cdp_url:
            problems.append(msg("CDP_URL was given, and no browser is joined without -v SIGN_IN:attach"))
        return
    if settings.profile is not None:
        problems.append(msg("PROFILE cannot be used with SIGN_IN:attach: your browser has a profile already"))
    if settings.printout:
        problems.append(
            msg(
                "PRINTOUT:yes cannot be used with SIGN_IN:attach: downloads of your own browser go where you have set it. "
                "Leave PRINTOUT out"
            )
        )
