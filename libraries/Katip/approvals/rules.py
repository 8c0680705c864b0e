"""What is worth checking before an approval, as plain functions; `resources/rules.toml` says how much each weighs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from Katip.approvals.worklist import WorklistRow
from Katip.errors import RulesInvalid
from Katip.messages import msg
from Katip.model import Contract, Hazard, sgk_digits
from Katip.package_files import resource
from Katip.schemas import problems
from Katip.turkish import fold

T = TypeVar("T")
Period = tuple[date, date | None, T]


class Weight(StrEnum):
    """What rules.toml says of a rule."""

    HOLD = "hold"
    WARN = "warn"
    OFF = "off"


class Level(StrEnum):
    """How much a finding weighs."""

    HOLD = "hold"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found.

    Attributes:
        rule: the rule's name in rules.toml.
        level: `hold` stops the contract, `warn` is shown, `info` says what could not be checked or is worth knowing.
        message: for the operator and the auditor.
    """

    rule: str
    level: Level
    message: str


@dataclass(frozen=True, slots=True)
class Observation:
    """What a rule's function says: the rule is broken, or something is worth knowing.

    Attributes:
        broken: True if the rule is broken; False if it could not be checked, or for a mere remark.
        words: what is to be said.
    """

    broken: bool
    words: str


class Profession(StrEnum):
    """The three kinds of İSG profesyoneli (DOK.10.01, 4)."""

    EXPERT = "İş Güvenliği Uzmanı"
    PHYSICIAN = "İşyeri Hekimi"
    NURSE = "Diğer Sağlık Personeli"


@dataclass(frozen=True, slots=True)
class Minutes:
    """The statutory minutes in force on a day.

    Attributes:
        expert: İş Güvenliği Uzmanı, per employee and month, by hazard class.
        physician: İşyeri Hekimi, likewise.
        nurse: Diğer Sağlık Personeli, Çok Tehlikeli only: employees from which on, and minutes per employee and month.
    """

    expert: Mapping[Hazard, int]
    physician: Mapping[Hazard, int]
    nurse: Sequence[tuple[int, int]]


def profession_of(category: str) -> Profession | None:
    """Tell the profession from "Personel Kategorisi".

    Args:
        category: for example "C Sınıfı İş Güvenliği Uzmanı".

    Returns:
        The profession, or None if the words name none of the three.
    """
    words = fold(category).replace("iş yeri", "işyeri")
    return next((each for each in Profession if fold(each) in words), None)


def certificate_class_of(category: str) -> str | None:
    """Tell the certificate class from "Personel Kategorisi".

    Args:
        category: for example "C Sınıfı İş Güvenliği Uzmanı" or "İş Güvenliği Uzmanı (A)".

    Returns:
        ``A``, ``B`` or ``C``, or None if none is named.
    """
    found = re.search(r"\b([abc])\b", fold(category))
    return found[1].upper() if found else None


def waiting_days(contract: Contract, today: date) -> int | None:
    """Return the age of a pending row ("Bekleme"), counted from its start date: the portal tells no day of entry.

    Args:
        contract: the contract.
        today: the day.

    Returns:
        The days, 0 where the start lies ahead, or None if it could not be read.
    """
    return max(0, (today - contract.start).days) if contract.start else None


def statutory_minutes(
    category: str, minutes: int | None, employees: int | None, hazard: Hazard | None, numbers: Minutes | None
) -> Observation | None:
    """Compare the minutes of the contract with what the law asks for that many employees.

    Source: İş Güvenliği Uzmanı: 10 · 20 · 40 minutes per employee and month (Az Tehlikeli · Tehlikeli · Çok
    Tehlikeli) since 01.01.2016; the 6/8/12 that still circulate are older. İşyeri Hekimi: 5 · 10 · 15. Diğer Sağlık
    Personeli: Çok Tehlikeli with 10 or more employees only, 10–49: 10, 50–249: 15, 250 and more: 20; not
    needed beside a full-time İşyeri Hekimi. 6331 sayılı Kanun md. 6, 8; İSG Hizmetleri Yönetmeliği (RG
    29.12.2012/28512). The numbers, and the days between which they are in force, stand in rules.toml. A contract may be
    one of several that share the minutes: that is for the person to know who looks at what is held.

    Args:
        category: "Personel Kategorisi".
        minutes: "Ayl. Çlş. Süresi (Dk)" per month.
        employees: "Çalışan Sayısı" of the workplace.
        hazard: "Tehlike Sınıfı" of the workplace.
        numbers: the numbers in force.

    Returns:
        What is to be said, or None if the minutes suffice.
    """
    profession = profession_of(category)
    missing = _missing(
        ("Personel Kategorisi", profession),
        ("Ayl. Çlş. Süresi", minutes),
        ("Çalışan Sayısı", employees),
        ("Tehlike Sınıfı", hazard),
        ("rules.toml", numbers),
    )
    if missing:
        return _unchecked(msg("statutory minutes"), missing)
    assert profession and minutes is not None and employees is not None and hazard and numbers  # noqa: S101, PT018
    per_employee = _per_employee(profession, employees, hazard, numbers)
    needed = per_employee * employees
    if minutes >= needed:
        return None
    return Observation(
        True,
        msg(
            "too few minutes: {profession}, {hazard}, {employees} employees × {per_employee} = at "
            "least {needed} a month; the contract has {minutes}",
            profession=profession,
            hazard=hazard,
            employees=employees,
            per_employee=per_employee,
            needed=needed,
            minutes=minutes,
        ),
    )


def _per_employee(profession: Profession, employees: int, hazard: Hazard, numbers: Minutes) -> int:
    if profession is Profession.EXPERT:
        return numbers.expert[hazard]
    if profession is Profession.PHYSICIAN:
        return numbers.physician[hazard]
    if hazard is not Hazard.HIGH:
        return 0
    return max((minutes for least, minutes in numbers.nurse if employees >= least), default=0)


def minutes_range(minutes: int | None, limits: tuple[int, int] | None) -> Observation | None:
    """Compare the minutes of the contract with what the portal's form takes.

    Source: the portal's form takes 1 to 11 700 minutes a month; the numbers stand in rules.toml.

    Args:
        minutes: "Ayl. Çlş. Süresi (Dk)" per month.
        limits: least and most.

    Returns:
        What is to be said, or None if they are within the limits.
    """
    missing = _missing(("Ayl. Çlş. Süresi", minutes), ("rules.toml", limits))
    if missing:
        return _unchecked(msg("the range of minutes"), missing)
    assert minutes is not None and limits is not None  # noqa: S101, PT018
    least, most = limits
    if least <= minutes <= most:
        return None
    return Observation(
        True,
        msg("{minutes} minutes; the portal takes {least} to {most} a month", minutes=minutes, least=least, most=most),
    )


def certificate_class(category: str, hazard: Hazard | None, relaxed_until_at_least: date | None) -> Observation | None:
    """Compare the certificate class of the İş Güvenliği Uzmanı with the hazard class of the workplace.

    Source: 6331 sayılı Kanun md. 8: A serves all classes, B Tehlikeli and Az Tehlikeli, C Az Tehlikeli only. A
    transitional rule relaxed this until at least 31.12.2023; its end is not known here, so this warns
    only, and the message says so.

    Args:
        category: "Personel Kategorisi".
        hazard: "Tehlike Sınıfı" of the workplace.
        relaxed_until_at_least: until when the transitional rule held at least, or None.

    Returns:
        What is to be said, or None if the class suffices or the person is no İş Güvenliği Uzmanı.
    """
    profession = profession_of(category)
    if profession in (Profession.PHYSICIAN, Profession.NURSE):
        return None
    held = certificate_class_of(category)
    missing = _missing(("Personel Kategorisi", profession), ("Belge sınıfı", held), ("Tehlike Sınıfı", hazard))
    if missing:
        return _unchecked(msg("the certificate class"), missing)
    assert held and hazard  # noqa: S101, PT018
    serves = {"A": tuple(Hazard), "B": (Hazard.MEDIUM, Hazard.LOW), "C": (Hazard.LOW,)}[held]
    if hazard in serves:
        return None
    until = f"{relaxed_until_at_least:%d.%m.%Y}" if relaxed_until_at_least else "?"
    return Observation(
        True,
        msg(
            "a class {held} certificate does not as a rule suffice for {hazard} (a transitional rule "
            "held until {until} at least)",
            held=held,
            hazard=hazard,
            until=until,
        ),
    )


def sgk_control_digits(number: str) -> Observation | None:
    """Check the control digits of an SGK workplace number: kontrol = int(il ‖ sıra) mod 97.

    Source: observed on public numbers, not documented; a typing warning, never a refusal.

    Args:
        number: the SGK number, written in any way.

    Returns:
        What is to be said, or None if they agree.
    """
    digits = sgk_digits(number)
    if len(digits) != 26:
        return Observation(
            False,
            msg(
                "the SGK control digits were not checked: the number has {count} digits (a DETSİS number?)",
                count=len(digits),
            ),
        )
    serial, province, control = digits[9:16], digits[16:19], digits[21:23]
    expected = int(province + serial) % 97
    if int(control) == expected:
        return None
    return Observation(
        True,
        msg(
            "SGK control digits {control}, expected {expected:02d}: check the number",
            control=control,
            expected=expected,
        ),
    )


def pending_age(days: int | None, warn_after: int | None) -> Observation | None:
    """Tell the age of a pending row.

    Source: none; a deadline for the approval is not known, so none is set as shipped.

    Args:
        days: since how many days it has been waiting, as `waiting_days` counts.
        warn_after: more days than these are worth a warning; None: no number of days is.

    Returns:
        The age; broken where it is above the limit; None for a row that is not older than today.
    """
    if days is None:
        return _unchecked(msg("the age of the row"), ["Grv. Başlama Trh."])
    if not days:
        return None
    broken = warn_after is not None and days > warn_after
    limit = msg(" (limit {days})", days=warn_after) if broken else ""
    return Observation(broken, msg("{days} days since its start date{limit}", days=days, limit=limit))


def _missing(*inputs: tuple[str, object]) -> list[str]:
    return [name for name, value in inputs if value is None]


def _unchecked(what: str, missing: Sequence[str]) -> Observation:
    names = ", ".join(missing)
    return Observation(False, msg("{what} could not be checked, missing: {names}", what=what, names=names))


# ---- weights and numbers


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules as rules.toml sets them.

    Attributes:
        weights: rule to weight.
        minutes: statutory minutes by the days between which they are in force.
        limits: least and most minutes of the form, likewise.
        relaxed_until_at_least: until when the transitional rule on certificates held at least, or None.
        warn_after_days: age of a pending row above which to warn, or None.
    """

    weights: Mapping[str, Weight]
    minutes: Sequence[Period[Minutes]] = ()
    limits: Sequence[Period[tuple[int, int]]] = ()
    relaxed_until_at_least: date | None = None
    warn_after_days: int | None = None

    def assess(
        self,
        contract: Contract,
        today: date,
        employees: int | None = None,
        hazard: Hazard | None = None,
    ) -> tuple[Finding, ...]:
        """Check a contract by every rule that is not off.

        Args:
            contract: the contract, with its minutes where the form was seen.
            today: the day whose numbers count.
            employees: "Çalışan Sayısı", or None if nobody said.
            hazard: "Tehlike Sınıfı", or None if nobody said.

        Returns:
            The findings, the heaviest first.

        Example:
            >>> load_rules().assess(contract, date.today(), employees=60, hazard=Hazard.HIGH)  # doctest: +SKIP
        """
        checks: dict[str, Callable[[], Observation | None]] = {
            "statutory_minutes": lambda: statutory_minutes(
                contract.category, contract.minutes, employees, hazard, _in_force(self.minutes, today)
            ),
            "minutes_range": lambda: minutes_range(contract.minutes, _in_force(self.limits, today)),
            "certificate_class": lambda: certificate_class(contract.category, hazard, self.relaxed_until_at_least),
            "sgk_control_digits": lambda: sgk_control_digits(contract.workplace),
            "pending_age": lambda: pending_age(waiting_days(contract, today), self.warn_after_days),
        }
        findings = []
        for rule, check in checks.items():
            weight = self.weights[rule]
            seen = check() if weight is not Weight.OFF else None
            if seen:
                level = Level(weight.value) if seen.broken else Level.INFO
                findings.append(Finding(rule, level, seen.words))
        return tuple(sorted(findings, key=lambda finding: list(Level).index(finding.level)))


def assessor(rules: Rules, today: date) -> Callable[[Contract, WorklistRow | None], tuple[Finding, ...]]:
    """Return the rules in the form in which an approval takes them.

    Args:
        rules: the rules.
        today: the day whose numbers count.

    Returns:
        A function of a contract and its row of the list, from which it takes employees and hazard class.
    """

    def assess(contract: Contract, row: WorklistRow | None) -> tuple[Finding, ...]:
        return rules.assess(contract, today, row.employees if row else None, row.hazard if row else None)

    return assess


RULES = ("statutory_minutes", "minutes_range", "certificate_class", "sgk_control_digits", "pending_age")


def _in_force(periods: Sequence[Period[T]], day: date) -> T | None:
    return next((value for begin, end, value in periods if begin <= day and (end is None or day <= end)), None)


def load_rules(path: Path | None = None) -> Rules:
    """Read rules.toml.

    Args:
        path: the file; not given: the one that comes with the project.

    Returns:
        The rules.

    Raises:
        RulesInvalid: it cannot be read, or something in it is not understood: everything at once.
    """
    path = path or resource("rules.toml")
    try:
        return _RulesReader(tomllib.loads(path.read_text("utf-8-sig"))).rules()
    except OSError as error:
        raise _invalid(path, [msg("it cannot be opened: {strerror}", strerror=error.strerror or error)]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _invalid(path, [msg("it is not TOML: {error}", error=error)]) from error
    except _Problems as error:
        raise _invalid(path, error.args) from error


class _Problems(Exception):
    """What is wrong with a file of rules, one text a problem."""


class _RulesReader:
    """Reads the tables of rules.toml, which are as their schema says, and collects what contradicts itself."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._problems: list[str] = problems("rules", data)

    def rules(self) -> Rules:
        if self._problems:
            raise _Problems(*self._problems)
        statutory, certificate = self._data["statutory_minutes"], self._data["certificate_class"]
        rules = Rules(
            {rule: Weight(self._data[rule]["level"]) for rule in RULES},
            self._minutes(statutory),
            self._periods("minutes_range.limits", self._data["minutes_range"].get("limits"), self._limits),
            self._day("certificate_class.relaxed_until_at_least", certificate.get("relaxed_until_at_least")),
            self._data["pending_age"].get("days"),
        )
        if self._problems:
            raise _Problems(*self._problems)
        return rules

    def _minutes(self, table: Mapping[str, Any]) -> list[Period[Minutes]]:
        """Cut the three lists of periods into periods in which none of them changes."""
        expert = self._periods("statutory_minutes.expert", table.get("expert"), self._by_hazard)
        physician = self._periods("statutory_minutes.physician", table.get("physician"), self._by_hazard)
        nurse = self._periods("statutory_minutes.nurse", table.get("nurse"), self._steps)
        begins = sorted({begin for begin, _, _ in (*expert, *physician, *nurse)})
        ends = sorted({end + timedelta(days=1) for _, end, _ in (*expert, *physician, *nurse) if end})
        cuts = sorted({*begins, *ends})
        periods: list[Period[Minutes]] = []
        for place, begin in enumerate(cuts):
            parts = _in_force(expert, begin), _in_force(physician, begin), _in_force(nurse, begin)
            if all(part is not None for part in parts):
                end = cuts[place + 1] - timedelta(days=1) if place + 1 < len(cuts) else None
                periods.append((begin, end, Minutes(parts[0] or {}, parts[1] or {}, parts[2] or ())))
        return periods

    def _periods(
        self, where: str, tables: Sequence[Mapping[str, Any]] | None, read: Callable[[str, Mapping[str, Any]], T]
    ) -> list[Period[T]]:
        periods = []
        for number, table in enumerate(tables or (), start=1):
            name = f"{where} no. {number}"
            begin, end = self._day(f"{name}: from", table["from"]), self._day(f"{name}: until", table.get("until"))
            periods.append((begin or date.min, end, read(name, table)))
        periods.sort(key=lambda period: period[0])
        for (_, end, _), (begin, _, _) in pairwise(periods):
            if end is None or end >= begin:
                self._problems.append(
                    msg(
                        "{where}: two periods overlap at {begin}; end the earlier one with `until`",
                        where=where,
                        begin=begin,
                    )
                )
        return periods

    @staticmethod
    def _by_hazard(_: str, table: Mapping[str, Any]) -> dict[Hazard, int]:
        names = {"az_tehlikeli": Hazard.LOW, "tehlikeli": Hazard.MEDIUM, "cok_tehlikeli": Hazard.HIGH}
        return {hazard: table[name] for name, hazard in names.items()}

    @staticmethod
    def _steps(_: str, table: Mapping[str, Any]) -> list[tuple[int, int]]:
        return [(step["employees"], step["minutes"]) for step in table["steps"]]

    def _limits(self, where: str, table: Mapping[str, Any]) -> tuple[int, int]:
        least, most = table["least"], table["most"]
        if least > most:
            self._problems.append(
                msg("{where}: least ({least}) is above most ({most})", where=where, least=least, most=most)
            )
        return least, most

    def _day(self, where: str, value: object) -> date | None:
        """Return a date of the file: TOML has dates, which JSON Schema does not know."""
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self._problems.append(
            msg("{where} is {value!r}; it must be a date such as 2016-01-01, without quotes", where=where, value=value)
        )
        return None


def _invalid(path: Path, problems: Sequence[object]) -> RulesInvalid:
    return RulesInvalid(
        msg('Reading the rules from "{name}"', name=path.name),
        msg("levels, numbers and dates that can be understood"),
        "; ".join(map(str, problems)),
        msg("Mend the file and start again; nothing was started."),
    )
