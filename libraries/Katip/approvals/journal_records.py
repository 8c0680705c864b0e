"""What the journal keeps, as values: runs, contracts with the steps of their approval, and processes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import psutil

from Katip.messages import msg_id
from Katip.model import Contract, Outcome, id_key
from Katip.turkish import fold

SENT_AGAIN = "sent_again"
NOT_BEGUN = msg_id("not begun")


class ApprovalStep(StrEnum):
    """The transitions of one approval, in their order (docs/architecture.md, "One approval")."""

    DECIDED = "decided"
    FORM_OPEN = "form_open"
    FORM_AGREES = "form_agrees"
    RETRY = "retry"
    LEFT_UNSAVED = "left_unsaved"
    ABOUT_TO_SUBMIT = "about_to_submit"
    ANSWERED = "answered"
    LOOKED = "looked"
    SETTLED = "settled"
    RECONCILED = "reconciled"


@dataclass(frozen=True, slots=True)
class Transition:
    """One step of one contract.

    Attributes:
        step: which.
        at: when, with time zone.
        note: what was seen, possibly in the portal's words.
    """

    step: ApprovalStep
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of one identity the grid showed.

    Attributes:
        pending: rows "Onay Bekliyor".
        approved: rows "Onaylandı".
        other: rows of any other status.
    """

    pending: int
    approved: int
    other: int = 0

    @property
    def total(self) -> int:
        """All rows of that identity."""
        return self.pending + self.approved + self.other


@dataclass(frozen=True, slots=True)
class JournalRun:
    """What the journal keeps of a run.

    Attributes:
        run_id: the run's name, ASCII, unique.
        origin: the portal's origin, for example ``https://isgkatip.example``; entries of other origins are never
            touched.
        mode: ``approve``, ``rehearse`` or ``plan``.
        authority: ``worklist``, ``all`` or ``nothing``.
        folder: the run's output folder.
        worklist_digest: SHA-256 of the worklist, or None.
    """

    run_id: str
    origin: str
    mode: str
    authority: str
    folder: str
    worklist_digest: str | None = None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run as the journal shows it: `JournalRun` and its outcome.

    Attributes:
        info: what was known at its start.
        host: the machine.
        pid: the process.
        started: UTC.
        ended: UTC, or None if the run has not ended or was killed.
        verdict: the run's verdict, or None.
        outcomes: how many contracts ended how.
    """

    info: JournalRun
    host: str
    pid: int
    started: datetime
    ended: datetime | None
    verdict: str | None
    outcomes: Mapping[str, int]

    @property
    def left_nothing(self) -> bool:
        """True if there is no evidence of it: a deletion from the journal, or a run that could not begin."""
        return self.info.mode == "purge" or self.verdict == NOT_BEGUN

    @property
    def is_at_work(self) -> bool:
        """True if the process that began the run is still running on this machine."""
        return self.host == socket.gethostname() and _is_at_work(self.pid, self.started)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One contract of one run, as the journal shows it.

    Attributes:
        number: the entry's number in the journal.
        run_id: the run.
        origin: the portal's origin.
        folder: that run's output folder.
        workplace: the SGK number.
        name: the name, empty once purged.
        category: the category.
        start: the start date.
        gorevlendirme_id: the ID where the form was seen.
        before: what the grid showed of this identity before "Kayıt"; None if it was not sent.
        sent: when "Kayıt" was about to be clicked; None if it was not.
        outcome: the outcome, or None if the run died first.
        reconciled_by: the later run that determined its outcome, or None.
        steps: its transitions.
    """

    number: int
    run_id: str
    origin: str
    folder: str
    workplace: str
    name: str
    category: str
    start: date | None
    gorevlendirme_id: str | None
    before: Tally | None
    sent: datetime | None
    outcome: Outcome | None
    reconciled_by: str | None
    steps: tuple[Transition, ...]

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """Workplace, name, category and start, comparable with `Contract.identity`."""
        return (self.workplace, fold(self.name), fold(self.category), self.start.isoformat() if self.start else "")


@dataclass(frozen=True, slots=True)
class Process:
    """A process that a run started (Node, browser); a process id alone is used again by the system.

    Attributes:
        pid: process id.
        started: its start time in seconds since the epoch, as the system gives it.
        what: for example ``node`` or ``chromium``.
    """

    pid: int
    started: float
    what: str


def new_run_id(now: datetime | None = None) -> str:
    """Make a run's name: the UTC time and four random letters, so that names sort by time and never meet.

    Args:
        now: the time; not given: now.

    Returns:
        For example ``20210301T093000Z-k3fd``.
    """
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    tail = "".join(secrets.choice(alphabet) for _ in range(4))
    return f"{(now or datetime.now(UTC)).astimezone(UTC):%Y%m%dT%H%M%SZ}-{tail}"


def is_same_contract(entry: JournalEntry, contract: Contract) -> bool:
    """Return True if an entry is about a contract.

    Args:
        entry: an entry of the journal.
        contract: a contract as the portal shows it.

    Returns:
        The answer of the IDs where both are known, else that of the identities.
    """
    if entry.gorevlendirme_id and contract.gorevlendirme_id:
        return id_key(entry.gorevlendirme_id) == id_key(contract.gorevlendirme_id)
    return entry.identity == contract.identity


def name_digest(salt: str, name: str) -> str:
    """Return the digest that stays when a name is deleted.

    Args:
        salt: random and kept beside the name; without it (it is deleted with the name) the digest says nothing.
        name: the name.

    Returns:
        HMAC-SHA-256, hexadecimal.
    """
    return hmac.new(bytes.fromhex(salt), fold(name).encode(), hashlib.sha256).hexdigest()


def utc_now() -> str:
    """Return the present time, UTC, as the journal keeps it."""
    return datetime.now(UTC).isoformat()


def _is_at_work(pid: int, since: datetime) -> bool:
    """True if the process that began a run is still the one with this number."""
    try:
        process = psutil.Process(pid)
        # A number that was given to another process since then belongs to one that started later.
        return process.status() != psutil.STATUS_ZOMBIE and process.create_time() <= since.timestamp() + 1
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True
