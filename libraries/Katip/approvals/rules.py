"""What is worth checking before an approval, as plain functions; `resources/rules.toml` says how much each weighs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from Katip.approvals.finding import Finding, Level, Observation, Weight
from Katip.approvals.legal_checks import (
    Minutes,
    Period,
    certificate_class,
    in_force,
    minutes_range,
    pending_age,
    sgk_control_digits,
    statutory_minutes,
    waiting_days,
)
from Katip.model import Contract, Hazard


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
                contract.category, contract.minutes, employees, hazard, in_force(self.minutes, today)
            ),
            "minutes_range": lambda: minutes_range(contract.minutes, in_force(self.limits, today)),
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
