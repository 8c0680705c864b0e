"""The switchboard: everything that can go wrong at the portal, switchable at start and while running.

A fault has a name, optionally the step `at` which it strikes, and conditions: `match` (only this
Görevlendirme ID), `nth` (not before the N-th occasion), `times` (how often, 0 = always).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import unquote


class Step(StrEnum):
    """Where in the procedure a fault can strike, in the procedure's order."""

    SITE = "site"
    ENTRY = "entry"
    LOGIN = "login"
    MENU = "menu"
    WORKPLACE = "workplace"
    HOME = "home"
    CONTRACTS = "contracts"
    GRID = "grid"
    FORM = "form"
    SAVE = "save"
    AFTER_SAVE = "after_save"
    REREAD = "reread"
    SIGN_OUT = "sign_out"


@dataclass(frozen=True)
class Kind:
    """What is known of the faults of one name.

    Attributes:
        meaning: One sentence for the person at the console.
        steps: The steps at which it can strike; the first is taken where none is given. Empty: has one place only.
        times: How often it strikes unless told otherwise; 0 is always.
        ms: Milliseconds, where it has a duration.
        text: The words that the portal shows, where it shows any.
    """

    meaning: str
    steps: tuple[Step, ...] = ()
    times: int = 1
    ms: int = 0
    text: str = ""


ANY_STEP = tuple(Step)
_ROW_STEPS = (Step.GRID, Step.FORM, Step.SAVE)

KINDS: Mapping[str, Kind] = {
    "latency": Kind("Answers come late, by `ms` milliseconds; without `at` at every step.", ANY_STEP, times=0, ms=500),
    "server_error": Kind("A page of error 500 instead of the step.", ANY_STEP),
    "maintenance": Kind("The maintenance page instead of the step.", ANY_STEP),
    "session_loss": Kind("The session is over at the step (after_save: approval recorded before).", ANY_STEP),
    "too_many": Kind("Error 429 at the step, with `Retry-After` (`ms`).", ANY_STEP, ms=1000),
    "drop": Kind("The connection is dropped at the step.", ANY_STEP),
    "drop_before_approval": Kind("Connection dropped at Kayıt, nothing recorded."),
    "drop_after_approval": Kind("Connection dropped at Kayıt, approval recorded."),
    "error_before_approval": Kind("Error 500 at Kayıt, nothing recorded."),
    "error_after_approval": Kind("Error 500 at Kayıt, approval recorded."),
    "other_person": Kind("The form opens for another contract's person."),
    "refusal": Kind(
        "A refusal instead of the approval.",
        text="Sözleşme süresi, tehlike sınıfı için gereken asgari sürenin altındadır. Onaylanamaz.",
    ),
    "slow_ok": Kind("The small window comes late, by `ms` milliseconds.", ms=3000),
    "success_but_pending": Kind(
        "The message says success, nothing is recorded.", text="İşleminiz başarıyla gerçekleştirilmiştir."
    ),
    "duplicate_delivery": Kind("The network delivers the approval twice."),
    "native_alert": Kind("The OK text comes as the browser's own alert.", times=0),
    "native_confirm": Kind(
        "After Kayıt the browser's own confirm asks.",
        times=0,
        text="Sözleşmeyi onaylamak istediğinizden emin misiniz?",
    ),
    "asking_box": Kind(
        "After Kayıt a box asks, Evet or Hayır.",
        times=0,
        text="Sözleşmeyi onaylamak istediğinizden emin misiniz?",
    ),
    "reorder": Kind("The rows change their order at each reload.", times=0),
    "new_row": Kind("A new pending row appears at a reload after the first."),
    "twins": Kind("A second professional of the same name, category and start (of the pending row `nth` or `match`)."),
    "hostile_names": Kind("Pending rows carry names that code would be made of (`text`: all carry this one)."),
    "approved_by_other": Kind("Somebody else approves a pending row (`nth`, `match`) meanwhile.", _ROW_STEPS),
    "stale_grid": Kind("The grid shows the old status, for `times` re-reads after an approval."),
    "moved": Kind("After the sign-in KATİP goes on under another name of this machine, as on another host.", times=0),
    "unknown_page": Kind(
        "A page that no procedure tells of stands instead of the main menu; `text` is what ends the session there.",
        times=0,
        text="Güvenli Çıkış",
    ),
    "captcha": Kind("The sign-in asks for a captcha.", times=0),
    "second_factor": Kind("An SMS code page comes after the password.", times=0),
    "mobile_signature": Kind(
        "e-Devlet goes on by itself after `ms`, as after a mobil imza on the person's telephone.", times=0, ms=4000
    ),
    "hidden_total": Kind("Home shows no number of pending contracts.", times=0),
    "wrong_total": Kind("Home shows one pending contract too many.", times=0),
}


@dataclass
class Fault:
    """One fault that is switched on.

    Attributes:
        name: One of `KINDS`.
        at: The step at which it strikes; None for a fault that has one place only, or latency everywhere.
        times: How often it strikes; 0 is always.
        nth: The occasion (or for row faults the pending row) from which on it strikes, counted from 1.
        match: Only the contract with this Görevlendirme ID.
        ms: Milliseconds.
        text: The words that the portal shows.
        seen: Occasions so far.
        fired: How often it has struck.
    """

    name: str
    at: Step | None = None
    times: int = 1
    nth: int = 1
    match: str | None = None
    ms: int = 0
    text: str = ""
    seen: int = field(default=0, compare=False)
    fired: int = field(default=0, compare=False)

    def meets(self, name: str, step: Step | None, gorevlendirme_id: str | None) -> bool:
        """Return True if this occasion is one of the fault's."""
        if self.name != name or (self.at is not None and self.at != step):
            return False
        return self.match is None or self.match == gorevlendirme_id

    def strikes(self) -> bool:
        """Count an occasion and return True if the fault strikes on it."""
        self.seen += 1
        if self.seen < self.nth or (self.times and self.fired >= self.times):
            return False
        self.fired += 1
        return True


_PARAMETERS = ("at", "times", "nth", "match", "ms", "text")
_NUMBERS = ("times", "nth", "ms")


def make_fault(name: str, **parameters: object) -> Fault:
    """Make a fault from its name and parameters, as given by a person.

    Args:
        name: One of `KINDS`.
        parameters: Any of at, times, nth, match, ms, text; numbers may be given as text.

    Returns:
        The fault, with the defaults of its kind.

    Raises:
        ValueError: The name, a parameter or a value is not known; the message says what is.
    """
    kind = KINDS.get(name)
    if kind is None:
        raise ValueError(f"There is no fault '{name}'. Choose one of: {', '.join(KINDS)}.")
    unknown = [key for key in parameters if key not in _PARAMETERS]
    if unknown:
        raise ValueError(f"Fault '{name}' has no parameter '{unknown[0]}'. Choose of: {', '.join(_PARAMETERS)}.")
    given = {key: value for key, value in parameters.items() if value is not None}
    step = _step(name, kind, given.pop("at", None))
    numbers = {key: _number(name, key, given.pop(key)) for key in _NUMBERS if key in given}
    texts = {key: str(value) for key, value in given.items()}
    defaults: dict[str, Any] = {"times": kind.times, "ms": kind.ms, "text": kind.text}
    return Fault(name, step, **(defaults | numbers | texts))


def parse_fault(specification: str) -> Fault:
    """Make a fault from `NAME[:key=value,…]`, as on the command line.

    Args:
        specification: E.g. `session_loss:at=form,nth=2`; commas inside a value are written `%2C`.

    Returns:
        The fault.

    Raises:
        ValueError: As `make_fault`, and where a parameter has no `=`.
    """
    name, _, rest = specification.partition(":")
    parameters: dict[str, str] = {}
    for part in filter(None, rest.split(",")):
        key, equals, value = part.partition("=")
        if not equals:
            raise ValueError(f"Fault '{specification}' has the parameter '{part}' without a value. Write key=value.")
        parameters[key.strip()] = unquote(value.strip())
    return make_fault(name.strip(), **parameters)


def _step(name: str, kind: Kind, at: object) -> Step | None:
    if at is None:
        return kind.steps[0] if kind.steps and name != "latency" else None
    if at not in kind.steps:
        known = ", ".join(kind.steps) or "no choice: it has one place only"
        raise ValueError(f"Fault '{name}' cannot strike at '{at}'. It can at: {known}.")
    return Step(str(at))


def _number(name: str, key: str, value: object) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = -1
    if number < 0:
        raise ValueError(f"Fault '{name}' needs a whole number from 0 up for '{key}', but got '{value}'.")
    return number


class Switchboard:
    """The faults that are switched on, shared by all requests.

    Args:
        on_strike: Called with the fault, the step and the Görevlendirme ID each time a fault strikes.
    """

    def __init__(self, on_strike: Callable[[Fault, Step | None, str | None], None]) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self._on_strike = on_strike

    def switch_on(self, fault: Fault) -> None:
        """Add a fault to those that are on."""
        with self._lock:
            self._faults.append(fault)

    def switch_off(self, name: str | None = None) -> None:
        """Remove all faults, or those of one name.

        Args:
            name: One of `KINDS`; None for all.
        """
        with self._lock:
            self._faults = [fault for fault in self._faults if name not in (None, fault.name)]

    def strike(self, name: str, step: Step | None = None, gorevlendirme_id: str | None = None) -> Fault | None:
        """Take an occasion: return the fault that strikes on it, if any, and count it.

        Args:
            name: The fault asked for.
            step: The step that the request belongs to.
            gorevlendirme_id: The contract that the request is about, where it is about one.
        """
        with self._lock:
            # A list, because every fault that is on counts the occasion, also where an earlier one strikes.
            struck = [fault for fault in self._faults if fault.meets(name, step, gorevlendirme_id) and fault.strikes()]
        if not struck:
            return None
        self._on_strike(struck[0], step, gorevlendirme_id)
        return struck[0]

    def waiting(self, name: str, step: Step | None = None) -> Fault | None:
        """Return a fault that is on and not yet used up, without counting an occasion."""
        with self._lock:
            return next(
                (
                    fault
                    for fault in self._faults
                    if fault.name == name and fault.at in (None, step) and not 0 < fault.times <= fault.fired
                ),
                None,
            )

    def use(self, fault: Fault, step: Step | None = None, gorevlendirme_id: str | None = None) -> None:
        """Count a strike of a fault found by `waiting`."""
        with self._lock:
            fault.fired += 1
        self._on_strike(fault, step, gorevlendirme_id)

    def listing(self) -> list[dict[str, Any]]:
        """Return the faults that are on, as plain values."""
        with self._lock:
            return [asdict(fault) for fault in self._faults]
