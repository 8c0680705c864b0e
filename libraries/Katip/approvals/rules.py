"""What is worth checking before an approval, as plain functions; `resources/rules.toml` says how much each weighs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
        level: `hold` stops the contract, `warn` is shown, `info` says what could not be checked or is merely worth
            knowing.
        message_tr: for the operator and the auditor.
        message_en: the same in English.
    """

    rule: str
    level: Level
    message_tr: str
    message_en: str
