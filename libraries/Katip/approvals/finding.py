"""What a rule says of a contract."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
