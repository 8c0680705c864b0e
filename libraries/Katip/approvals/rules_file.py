"""Read the rules from their file (resources/rules.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from Katip.approvals.finding import Weight
from Katip.approvals.legal_checks import Minutes, Period, T, in_force
from Katip.approvals.rules import Rules
from Katip.errors import RulesInvalid
from Katip.messages import msg
from Katip.model import Hazard
from Katip.package_files import resource
from Katip.schemas import problems
from Katip.system_words import system_words

RULES = ("statutory_minutes", "minutes_range", "certificate_class", "sgk_control_digits", "pending_age")


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
        raise _invalid(path, [msg("it cannot be opened: {strerror}", strerror=system_words(error))]) from error
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
            parts = in_force(expert, begin), in_force(physician, begin), in_force(nurse, begin)
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
