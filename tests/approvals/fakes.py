"""A portal in memory with faults that strike on command, and a log that the tests take for the truth."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum, auto
from typing import Any

from Katip.approvals.approval_result import Answer, AnswerMeaning, Result
from Katip.approvals.decisions import ApproveAll, Decision
from Katip.errors import (
    CannotRecord,
    LabelNotFound,
    NotPressed,
    PortalErrorPage,
    SessionOver,
    SignInRefused,
)
from Katip.model import ApprovalForm, Contract, MessageWindow, Outcome, PictureStage, Status

WORKPLACE = "29999010199999010999932000"
OTHER_WORKPLACE = "29999010199999020999933000"
START = date(2021, 3, 1)

TEXTS = {Status.PENDING: "Onay Bekliyor", Status.APPROVED: "Onaylandı", Status.OTHER: "İptal"}


class Killed(BaseException):
    """Stands for SIGKILL: nothing in the library may catch it."""


class Fault(StrEnum):
    """What can go wrong, by the call in which it strikes."""

    # open_form
    OPEN_FAILS = auto()
    OPEN_OTHER_PERSON = auto()
    OPEN_TWIN = auto()
    OPEN_WITHOUT_ID = auto()
    OPEN_KILLED = auto()
    # submit
    NOT_PRESSED = auto()
    LOST_UNRECORDED = auto()
    LOST_RECORDED = auto()
    REFUSED = auto()
    REFUSED_WORDS_RECORDED = auto()
    SUCCESS_WORDS_UNRECORDED = auto()
    UNKNOWN_WORDS_RECORDED = auto()
    UNKNOWN_WORDS_UNRECORDED = auto()
    WITHDRAWN_AT_CLICK = auto()
    ASKS = auto()
    LATE = auto()
    NO_WINDOW_RECORDED = auto()
    DELIVERED_TWICE = auto()
    KILLED_BEFORE_CLICK = auto()
    KILLED_AFTER_CLICK = auto()
    # look_again
    LOOK_FAILS = auto()
    LOOK_FAILS_THRICE = auto()
    LOOK_KILLED = auto()
    # renew
    RENEW_FAILS = auto()
    RENEW_NOT_ALLOWED = auto()
    # picture
    PICTURE_FAILS = auto()
    PICTURE_DISK_FULL = auto()
    # the world outside, before a form is opened
    OTHERS_APPROVE = auto()
    NEW_ROW = auto()
    ORDER_CHANGES = auto()
    WITHDRAWN = auto()


@dataclass
class Record:
    """What the portal itself knows of a contract."""

    id: str
    name: str
    category: str = "İşyeri Hekimi"
    start: date = START
    minutes: int = 600
    workplace: str = WORKPLACE
    status: Status = Status.PENDING

    @property
    def identity(self) -> tuple[str, str, str, str]:
        return self.contract().identity

    def contract(self, twin: int = 0) -> Contract:
        return Contract(
            self.workplace, self.name, self.category, self.start, self.status, TEXTS[self.status], twin=twin
        )


@dataclass
class FakePortal:
    """The portal: its records, and the log."""

    records: list[Record]
    clicks: list[tuple[str, str]] = field(default_factory=list)  # run, id
    effects: list[tuple[str, str]] = field(default_factory=list)  # run or "others", id
    late: deque[tuple[str, Record]] = field(default_factory=deque)
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(9000))

    def rows(self) -> list[Contract]:
        seen: dict[tuple[str, str, str, str], int] = {}
        rows = []
        for record in self.records:
            twin = seen.get(record.identity, 0)
            seen[record.identity] = twin + 1
            rows.append(record.contract(twin))
        return rows

    def record_at(self, contract: Contract) -> Record:
        for record, row in zip(self.records, self.rows(), strict=True):
            if row.identity == contract.identity and row.twin == contract.twin:
                return record
        raise LabelNotFound("Selecting a row", str(contract), "no such row")

    def by_id(self, wanted: str) -> Record:
        return next(record for record in self.records if record.id == wanted)

    def take_effect(self, by: str, record: Record) -> bool:
        if record.status is not Status.PENDING:
            return False
        record.status = Status.APPROVED
        self.effects.append((by, record.id))
        return True

    def settle_late(self) -> None:
        while self.late:
            self.take_effect(*self.late.popleft())


ACCEPTED = MessageWindow("Kayıt işlemi tamamlandı", ("OK",))
REFUSAL = MessageWindow("Bu sözleşme onaylanamaz", ("OK",))
UNKNOWN = MessageWindow("İşlem sonucu: 17", ("OK",))
QUESTION = MessageWindow("Emin misiniz?", ("Evet", "Hayır"))


class FakePage:
    """The page components over that portal; `faults` strike each once, in the call that they belong to."""

    def __init__(self, portal: FakePortal, run: str = "run-1", faults: Iterable[Fault] = ()) -> None:
        self.portal = portal
        self.run = run
        self.faults = list(faults)
        self.calls: list[str] = []
        self.waits: list[timedelta] = []
        self.pictures: list[str] = []
        self.lost = False
        self.form: Record | None = None
        self._answers: dict[Fault, Callable[[Record], Answer]] = {
            Fault.REFUSED: lambda record: Answer(REFUSAL, True, AnswerMeaning.REFUSED),
            Fault.REFUSED_WORDS_RECORDED: lambda record: self._effect(record, REFUSAL, AnswerMeaning.REFUSED),
            Fault.SUCCESS_WORDS_UNRECORDED: lambda record: Answer(ACCEPTED, True, AnswerMeaning.ACCEPTED),
            Fault.UNKNOWN_WORDS_RECORDED: lambda record: self._effect(record, UNKNOWN, AnswerMeaning.UNKNOWN),
            Fault.UNKNOWN_WORDS_UNRECORDED: lambda record: Answer(UNKNOWN, True, AnswerMeaning.UNKNOWN),
            Fault.WITHDRAWN_AT_CLICK: self._withdrawn,
            Fault.ASKS: lambda record: Answer(QUESTION, False, AnswerMeaning.UNKNOWN),
            Fault.NO_WINDOW_RECORDED: lambda record: self._effect(record, None, None),
            Fault.DELIVERED_TWICE: self._twice,
            Fault.LATE: self._late,
        }

    # ---- the protocol

    def contracts(self) -> Sequence[Contract]:
        self.calls.append("contracts")
        self._need_session()
        return self.portal.rows()

    def look_again(self, contract: Contract, at_least: int, *, wait: timedelta = timedelta(0)) -> Sequence[Contract]:
        self.calls.append("look_again")
        self.waits.append(wait)
        if self._strikes(Fault.LOOK_KILLED):
            raise Killed
        if Fault.LOOK_FAILS_THRICE in self.faults:
            self.faults[self.faults.index(Fault.LOOK_FAILS_THRICE)] = Fault.LOOK_FAILS
            self.faults += [Fault.LOOK_FAILS, Fault.LOOK_FAILS]
        if self._strikes(Fault.LOOK_FAILS):
            self.lost = True
        self._need_session()
        return [row for row in self.portal.rows() if row.identity == contract.identity]

    def open_form(self, contract: Contract) -> ApprovalForm:
        self.calls.append("open_form")
        self._need_session()
        self._world_turns(contract)
        if self._strikes(Fault.OPEN_KILLED):
            raise Killed
        if self._strikes(Fault.OPEN_FAILS):
            self.lost = True
            raise PortalErrorPage("Opening the form", "the form", "an error page")
        record = self.portal.record_at(contract)
        if record.status is not Status.PENDING:
            raise LabelNotFound("Selecting a row", "a pending row", TEXTS[record.status])
        record = self._other(record)
        self.form = record
        hidden = self._strikes(Fault.OPEN_WITHOUT_ID)
        return ApprovalForm(record.name, None if hidden else record.id, record.minutes)

    def leave_form(self) -> None:
        self.calls.append("leave_form")
        self.form = None

    def submit(self) -> Answer:
        self.calls.append("submit")
        assert self.form is not None, "submit without a form"
        if self._strikes(Fault.NOT_PRESSED):
            raise NotPressed("Pressing Kayıt", "the form as it was checked", "no form", "Nothing was pressed.")
        record, self.form = self.form, None
        if self._strikes(Fault.KILLED_BEFORE_CLICK):
            raise Killed
        self.portal.clicks.append((self.run, record.id))
        if self._strikes(Fault.KILLED_AFTER_CLICK):
            self.portal.take_effect(self.run, record)
            raise Killed
        for fault in (Fault.LOST_RECORDED, Fault.LOST_UNRECORDED):
            if self._strikes(fault):
                if fault is Fault.LOST_RECORDED:
                    self.portal.take_effect(self.run, record)
                self.lost = True
                raise SessionOver("Clicking Kayıt", "a window", "the session is over")
        for fault, answer in self._answers.items():
            if self._strikes(fault):
                return answer(record)
        return self._effect(record, ACCEPTED, AnswerMeaning.ACCEPTED)

    def renew(self) -> None:
        self.calls.append("renew")
        if self._strikes(Fault.RENEW_NOT_ALLOWED):
            raise SignInRefused("Signing in again", "another session", "refused")
        if self._strikes(Fault.RENEW_FAILS):
            raise PortalErrorPage("Signing in again", "the grid", "an error page")
        self.lost = False
        self.form = None

    def picture(self, stage: PictureStage, contract: Contract) -> str | None:
        self.calls.append(f"picture {stage}")
        if self._strikes(Fault.PICTURE_DISK_FULL):
            raise CannotRecord("Writing a picture", "it on the disk", "No space left on device")
        if self._strikes(Fault.PICTURE_FAILS):
            raise PortalErrorPage("Taking a picture", "a picture", "none")
        self.pictures.append(stage)
        return f"evidence/{stage}.png"

    # ---- how faults strike

    def _strikes(self, fault: Fault) -> bool:
        if fault in self.faults:
            self.faults.remove(fault)
            return True
        return False

    def _need_session(self) -> None:
        if self.lost:
            raise SessionOver("Reading the grid", "the grid", "the session is over")

    def _effect(self, record: Record, window: MessageWindow | None, wording: AnswerMeaning | None) -> Answer:
        if not self.portal.take_effect(self.run, record):
            return Answer(REFUSAL, True, AnswerMeaning.REFUSED)
        return Answer(window, window is not None, wording)

    def _twice(self, record: Record) -> Answer:
        self._effect(record, ACCEPTED, AnswerMeaning.ACCEPTED)
        return self._effect(record, ACCEPTED, AnswerMeaning.ACCEPTED)

    def _withdrawn(self, record: Record) -> Answer:
        record.status = Status.OTHER
        return Answer(ACCEPTED, True, AnswerMeaning.ACCEPTED)

    def _late(self, record: Record) -> Answer:
        self.portal.late.append((self.run, record))
        return Answer(ACCEPTED, True, AnswerMeaning.ACCEPTED)

    def _other(self, record: Record) -> Record:
        pending = [each for each in self.portal.records if each.status is Status.PENDING and each is not record]
        if self._strikes(Fault.OPEN_OTHER_PERSON):
            strangers = [each for each in pending if each.contract().identity[1] != record.contract().identity[1]]
            return strangers[0] if strangers else record
        if self._strikes(Fault.OPEN_TWIN):
            twins = [each for each in pending if each.identity == record.identity]
            return twins[0] if twins else record
        return record

    def _world_turns(self, contract: Contract) -> None:
        self.portal.settle_late()
        records = self.portal.records
        if self._strikes(Fault.ORDER_CHANGES):
            records.reverse()
        if self._strikes(Fault.NEW_ROW):
            number = next(self.portal.numbers)
            records.insert(0, Record(str(number), f"Yeni Kişi {number}"))
        for fault, change in (
            (Fault.OTHERS_APPROVE, lambda record: self.portal.take_effect("others", record)),
            (Fault.WITHDRAWN, lambda record: setattr(record, "status", Status.OTHER)),
        ):
            if self._strikes(fault):
                pending = [
                    each for each in records if each.identity == contract.identity and each.status is Status.PENDING
                ]
                if pending:
                    change(pending[0])


class MemoryJournal:
    """A journal that keeps everything in memory and can be full from a given call on."""

    def __init__(self, full_at: str | None = None) -> None:
        self.full_at = full_at
        self.lines: list[str] = []

    def _line(self, what: str) -> None:
        if self.full_at and what.startswith(self.full_at):
            raise CannotRecord(f"Writing {what}", "it on the disk", "No space left on device")
        self.lines.append(what)

    def enter(self, contract: Contract, decision: object) -> int:
        self._line("enter")
        return 1

    def step(self, entry: int, transition: object) -> None:
        self._line(f"step {transition.step}")  # type: ignore[attr-defined]

    def about_to_submit(self, entry: int, contract: Contract, before: object, transition: object) -> None:
        self._line("about_to_submit")

    def not_submitted(self, entry: int, contract: Contract) -> None:
        self._line("not_submitted")

    def settle(self, entry: int, result: Result) -> None:
        self._line(f"settle {result.outcome}")


def contract(**changes: Any) -> Contract:
    """A pending contract with what the test cares about changed."""
    return replace(Record("1001", "Ayşe Örnek").contract(), **changes)


def outcome_of(contract: Contract, outcome: Outcome, decision: Decision | None = None, **changes: Any) -> Result:
    """What became of a contract, with what the test cares about changed."""
    decided = decision or ApproveAll().decide(contract, [])
    return replace(Result.not_tried(contract, decided, outcome, "…"), **changes)
