"""What the law asks of a contract: minutes, certificate class, control digits, days of waiting; each rule with its source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from Katip.approvals.finding import Observation
from Katip.messages import msg
from Katip.model import Contract, Hazard, sgk_digits
from Katip.turkish import fold

T = TypeVar("T")
Period = tuple[date, date | None, T]


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
    """Return the profession that "Personel Kategorisi" names.

    Args:
        category: for example "C Sınıfı İş Güvenliği Uzmanı".

    Returns:
        The profession, or None if the words name none of the three.
    """
    words = fold(category).replace("iş yeri", "işyeri")
    return next((each for each in Profession if fold(each) in words), None)


def certificate_class_of(category: str) -> str | None:
    """Return the certificate class that "Personel Kategorisi" names.

    Args:
        category: for example "C Sınıfı İş Güvenliği Uzmanı" or "İş Güvenliği Uzmanı (A)".

    Returns:
        ``A``, ``B`` or ``C``, or None if none is named.
    """
    found = re.search(r"\b([abc])\b", fold(category))
    return found[1].upper() if found else None


def waiting_days(contract: Contract, today: date) -> int | None:
    """Return the age of a pending row ("Bekleme"), counted from its start date: the portal shows no day of entry.

    Args:
        contract: the contract.
        today: the day.

    Returns:
        The days, 0 if the start is in the future, or None if it could not be read.
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
    29.12.2012/28512). The numbers, and the days between which they are in force, are in rules.toml. A contract may be
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

    Source: the portal's form takes 1 to 11 700 minutes a month; the numbers are in rules.toml.

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
    """Return a finding with the age of a pending row.

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


def in_force(periods: Sequence[Period[T]], day: date) -> T | None:
    """Return the value that holds on a day, or None."""
    return next((value for begin, end, value in periods if begin <= day and (end is None or day <= end)), None)
