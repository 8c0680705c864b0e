"""Everything that can go wrong, as sentences with a stable code.

Two kinds: *business* (the contract may not be approved: a person must look; never retried) and *application* (portal, browser,
network: may be retried while nothing was submitted). Unknown errors count as application errors.
A message has the order in which an operator acts: what happened and what was seen, what to do now, and below as details what was being done
and what was expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from Katip.error_guide import ADVICE
from Katip.messages import Message, msg


class KatipError(Exception):
    """The root of this library's errors.

    Its message begins with the code of its class and what the code means (`Katip.error_guide`); `sentence` is the same in one line, without the code;
    `as_problem` is what it says where it is one of several problems of another error: without what the code means;
    `before_press` is True where a press failed and it is certain that nothing was pressed.

    Args:
        doing: what was being done, as a sentence's beginning ("Choosing the workplace"); not given where the command line says it.
        expected: what was expected.
        seen: what was seen instead.
        now: what the reader should do now; not given: what the code's advice says.
    """

    ROBOT_SUPPRESS_NAME: ClassVar[bool] = True
    ROBOT_CONTINUE_ON_FAILURE: ClassVar[bool] = False
    code: ClassVar[str] = "KTP-000"
    before_press: bool = False

    def __init__(self, doing: str, expected: str = "", seen: str = "", now: str = "") -> None:
        self.seen = seen
        advice = ADVICE.get(self.code)
        saw = [msg("Seen: {seen}", seen=seen)] if seen else []
        happened = [msg(advice.what) if advice else doing, *saw]
        to_do = now or (msg(advice.now) if advice else "")
        details = _given(doing if advice else "", msg("Expected: {expected}", expected=expected) if expected else "")
        self.sentence = sentences([*happened, *_given(to_do), *details])
        self.happened, self.to_do = sentences(happened), to_do
        self.as_problem = sentences([*details, *saw, *_given(now)] or happened)
        lines = [sentences(happened), f"→ {sentences([to_do])}" if to_do else "", sentences(details)]
        super().__init__(f"[{self.code}] " + "\n".join(filter(None, lines)))


def _given(*texts: str) -> list[str]:
    """Return the texts that are not empty."""
    return [text for text in texts if text]


def sentences(parts: Sequence[str], between: str = " ") -> str:
    """Return texts as sentences one after the other, each with its full stop.

    Args:
        parts: the texts.
        between: what is between them.
    """
    ends = ["" if part.endswith((".", "!", "?", ":", "…")) else "." for part in parts]
    fields = between.join(f"{{part{number}}}{end}" for number, end in enumerate(ends))
    return Message(fields, {f"part{number}": part for number, part in enumerate(parts)})


def _listed(file: str, problems: Sequence[str]) -> str:
    """Return the problems of a file, one a line."""
    return msg(
        'in "{file}" {count}:\n{problems}',
        file=file,
        count=msg("1 problem") if len(problems) == 1 else msg("{number} problems", number=len(problems)),
        problems=sentences([Message("  - {problem}", {"problem": each}) for each in problems], "\n"),
    )


class ApplicationError(KatipError):
    """The portal, the browser or the network did not do what the procedure needs."""

    code = "KTP-100"


class BusinessError(KatipError):
    """The contract may not be approved as things stand: a person must look."""

    code = "KTP-500"


class ConfigurationError(KatipError):
    """A setting, a portal file or a worklist is wrong; nothing was started."""

    code = "KTP-001"


class NothingToDo(ConfigurationError):
    """Nobody said what to approve, so nothing is approved."""

    code = "KTP-002"


class AlreadyRunning(ConfigurationError):
    """Another run holds the journal."""

    code = "KTP-003"


class BrowserMissing(ConfigurationError):
    """No browser that the library can drive was found."""

    code = "KTP-004"


class BrowserNotJoined(ConfigurationError):
    """The person's running browser cannot be joined."""

    code = "KTP-005"


class CredentialsUnavailable(ConfigurationError):
    """Number and password cannot be kept in, or taken from, the system's keyring."""

    code = "KTP-006"


class WorklistRefused(ConfigurationError):
    """A worklist is refused whole.

    Args:
        file: the file's name.
        problems: one sentence per problem, each naming its row and column.
    """

    code = "KTP-010"

    def __init__(self, file: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            msg('Reading the worklist "{file}"', file=file),
            msg("a list on which every row can be understood, since it is the only authority to approve"),
            _listed(file, problems),
            msg("Nothing was started. Mend the file, save it and start again."),
        )


class ExportRefused(ConfigurationError):
    """The portal's own export is refused whole.

    Args:
        file: the file's name.
        problems: one sentence per problem, each naming its row and column.
    """

    code = "KTP-013"

    def __init__(self, file: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            msg('Reading the export "{file}"', file=file),
            msg("the portal's own export of the contracts, as it was downloaded (XLSX, XLS or CSV)"),
            _listed(file, problems),
            msg("No list was made. Download the export again, save it unchanged and give that file."),
        )


class CommandLineRefused(ConfigurationError):
    """What was typed after `katip` is no command that can be carried out."""

    code = "KTP-014"


class SystemRefused(ConfigurationError):
    """The operating system does not let a file, a folder or an address be used."""

    code = "KTP-015"


class RulesInvalid(ConfigurationError):
    """The file of the rules (rules.toml) cannot be understood."""

    code = "KTP-011"


class JournalUnusable(ConfigurationError):
    """The journal cannot be opened: damaged, of a newer version, or not a journal."""

    code = "KTP-012"


class PortalUnreachable(ApplicationError):
    """An address could not be opened."""

    code = "KTP-101"


class WrongPage(ApplicationError):
    """The page is not the one that the step needs; `unknown` is what it shows if it is none that is known."""

    code = "KTP-102"
    unknown = ""


class SessionOver(WrongPage):
    """The portal ended the session."""

    code = "KTP-103"


class Maintenance(WrongPage):
    """The portal is closed for maintenance."""

    code = "KTP-104"


class PortalErrorPage(WrongPage):
    """The portal shows an error page."""

    code = "KTP-105"


class ForeignOrigin(WrongPage):
    """The page is on a host that is not the portal's."""

    code = "KTP-106"


class UnknownAfterSignIn(WrongPage):
    """The sign-in worked, but the page that followed it is not known: the session may be open."""

    code = "KTP-107"


class LabelNotFound(ApplicationError):
    """No visible control or field carries the label."""

    code = "KTP-110"


class LabelAmbiguous(ApplicationError):
    """Several visible controls have the label and nothing distinguishes them.

    Args:
        doing: what was being done.
        label: the label that was looked for.
        candidates: a description of every hit.
        now: what the reader should do now.
    """

    code = "KTP-111"

    def __init__(self, doing: str, label: str, candidates: Sequence[str], now: str = "") -> None:
        self.candidates = tuple(candidates)
        super().__init__(
            doing,
            msg('exactly one "{label}"', label=label),
            f"{len(self.candidates)}: " + "; ".join(self.candidates),
            now or msg("Name in the portal's file the label beside the right one (`near`)."),
        )


class ControlDisabled(ApplicationError):
    """The control is there, but cannot be pressed."""

    code = "KTP-112"


class NoEffect(ApplicationError):
    """Something was clicked and what should have followed did not come in time."""

    code = "KTP-113"


class SessionDoesNotLast(NoEffect):
    """The session was renewed as often as is allowed, and could not be gone on with again."""

    code = "KTP-122"


class NotPressed(NoEffect):
    """What was to be pressed is not what was checked any more: nothing was pressed."""

    code = "KTP-116"


class SentElsewhere(NotPressed):
    """Page, frame or form is not of the origin that is allowed: nothing was typed or pressed."""

    code = "KTP-118"


class Vanished(NoEffect):
    """What was to be pressed was re-rendered or went away in the moment before: nothing was pressed."""

    code = "KTP-117"


class GridUnreadable(ApplicationError):
    """A grid with the expected headers was not found, or its rows do not add up."""

    code = "KTP-114"


class PageUnreadable(ApplicationError):
    """The page does not answer, or is too large to be read in bounded time."""

    code = "KTP-119"


class ListUnstable(GridUnreadable):
    """The list changed between two readings, again and again: no reading is known to be whole."""

    code = "KTP-121"


class DialogOpen(ApplicationError):
    """A native dialog of the browser is open and blocks the page."""

    code = "KTP-115"


class BrowserGone(ApplicationError):
    """The browser, its page or the process that drives it is gone."""

    code = "KTP-120"


class CannotRecord(ApplicationError):
    """What is about to be done could not be written down, so it is not done."""

    code = "KTP-130"


class EvidenceError(ApplicationError):
    """Sealing, stamping, packing or reading the evidence did not work."""

    code = "KTP-200"


class NotSealed(EvidenceError):
    """A folder or package carries no seal."""

    code = "KTP-201"


class AlreadySealed(EvidenceError):
    """A folder carries a seal, and a seal is made once."""

    code = "KTP-202"


class KeyUnavailable(EvidenceError):
    """The signing key could not be read, made or kept safely."""

    code = "KTP-203"


class StampFailed(EvidenceError):
    """The time stamp authority gave no usable stamp."""

    code = "KTP-204"


class NotPurgeable(EvidenceError):
    """The personal data of a run may not be deleted, or not yet."""

    code = "KTP-205"


class FolderTaken(ConfigurationError):
    """The output folder holds an earlier run that would be lost."""

    code = "KTP-210"


class CannotSeal(ConfigurationError):
    """What the seal of a run needs was tried before it began, and does not work."""

    code = "KTP-211"


class SignInRefused(BusinessError):
    """e-Devlet refused the sign-in; it is never tried a second time."""

    code = "KTP-501"


class SecretNotAllowed(BusinessError):
    """A secret would have been typed on a host that is not e-Devlet's."""

    code = "KTP-502"


class CaptchaSeen(BusinessError):
    """The sign-in asks for a captcha; the robot never solves one."""

    code = "KTP-503"


class SecondFactorNeeded(BusinessError):
    """The sign-in asks for a code that only the person has."""

    code = "KTP-504"


class NobodySignedIn(BusinessError):
    """The person did not sign in within the time that SIGN_IN_TIMEOUT gives."""

    code = "KTP-505"


class WorkplaceNotOffered(BusinessError):
    """The account does not offer the workplace, or offers it more than once."""

    code = "KTP-510"


class FormDisagrees(BusinessError):
    """The form shows something else than the row or the decision says."""

    code = "KTP-520"


class CountsDisagree(BusinessError):
    """What was read does not agree with what the portal counts."""

    code = "KTP-530"


class OutcomeNotGood(BusinessError):
    """A contract's task ends without the approval that was asked for; carries the outcome."""

    code = "KTP-540"


def is_business(error: BaseException) -> bool:
    """Return True if an error means that a person must look (and nothing may be tried again).

    Args:
        error: any exception.

    Returns:
        True for business and configuration errors; False for application errors and everything unknown.
    """
    return isinstance(error, (BusinessError, ConfigurationError))
