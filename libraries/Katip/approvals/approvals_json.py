"""`approvals.json`: what became of every contract, for programs; rewritten whole after each contract.

Its form is `approvals.schema.json` beside this module (JSON Schema 2020-12).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from Katip.approvals.approval_result import Result
from Katip.approvals.reasons import code_of
from Katip.disk import write_synced
from Katip.messages import msg, msg_id
from Katip.model import Contract, Outcome

SCHEMA = Path(__file__).with_name("approvals.schema.json")
FILE_NAME = "approvals.json"


@dataclass(frozen=True, slots=True)
class RunHead:
    """What `approvals.json` says of the run and the portal.

    Attributes:
        run_id: the run's name.
        mode: ``approve``, ``rehearse`` or ``plan``.
        started: when, with time zone.
        portal: the portal's name, for example ``practice``.
        origin: KATİP's origin.
    """

    run_id: str
    mode: str
    started: datetime
    portal: str
    origin: str


@dataclass(frozen=True, slots=True)
class Line:
    """One contract of the file: as it stands now.

    Attributes:
        contract: the contract.
        outcome: its outcome.
        reason: why.
        message: the small window's words, or None if it never came.
        pictures: stage to path relative to the run's folder.
        recovered_from: the earlier run that had left the contract open, or None.
    """

    contract: Contract
    outcome: Outcome
    reason: str
    message: str | None = None
    pictures: Mapping[str, str] | None = None
    recovered_from: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the line as it stands in the file."""
        contract = self.contract
        return {
            "workplace": contract.workplace,
            "gorevlendirme_id": contract.gorevlendirme_id,
            "name": contract.name,
            "category": contract.category,
            "start": contract.start.isoformat() if contract.start else None,
            "minutes": contract.minutes,
            "outcome": self.outcome.value,
            "reason": str(self.reason),
            "code": code_of(self.reason) or None,
            "recovered_from": self.recovered_from,
            "message": self.message,
            "pictures": {str(stage): path for stage, path in (self.pictures or {}).items()},
        }


class ApprovalsFile:
    """The file of one run.

    Every contract is in it from the moment the list was read, as `failed` and "not reached": a run that dies leaves
    a file that is true.

    Args:
        folder: the run's folder.
        head: what it says of run and portal.

    Example:
        >>> file = ApprovalsFile(Path("results/run1"), head)  # doctest: +SKIP
        >>> place = file.add(contract)  # doctest: +SKIP
        >>> file.settle(place, result)  # doctest: +SKIP
    """

    def __init__(self, folder: Path, head: RunHead) -> None:
        self.path = folder / FILE_NAME
        self._head = head
        self._ended: datetime | None = None
        self._lines: list[Line] = []

    @property
    def lines(self) -> tuple[Line, ...]:
        """The contracts as they stand now."""
        return tuple(self._lines)

    def add(self, contract: Contract, outcome: Outcome = Outcome.FAILED, reason: str | None = None) -> int:
        """Add a contract; `write` writes.

        Args:
            contract: the contract.
            outcome: what it is as long as nothing else is known.
            reason: why; not given: it was not reached.

        Returns:
            Its place in the file, for `settle`.
        """
        self._lines.append(Line(contract, outcome, reason or msg(NOT_REACHED)))
        return len(self._lines) - 1

    def add_results(self, results: Iterable[Result]) -> None:
        """Add contracts of which everything is known; `write` writes.

        Args:
            results: what became of them.
        """
        self._lines += [_line(result) for result in results]

    def settle(self, place: int, result: Result, recovered_from: str | None = None) -> None:
        """Put in what became of a contract, and write the file.

        Args:
            place: what `add` gave.
            result: what became of it.
            recovered_from: the earlier run that had left the contract open, or None.

        Raises:
            CannotRecord: the file could not be written; the old one is whole.
        """
        self._lines[place] = _line(result, recovered_from)
        self.write()

    def fail_unreached(self, reason: str) -> None:
        """Say why what was not reached was not, and write the file.

        Args:
            reason: for example "not reached: 5.3 failed, …".

        Raises:
            CannotRecord: the file could not be written.
        """
        self._lines = [
            Line(line.contract, line.outcome, reason) if line.reason == msg(NOT_REACHED) else line
            for line in self._lines
        ]
        self.write()

    def end(self, when: datetime) -> None:
        """Say when the run ended, and write the file.

        Args:
            when: when, with time zone.

        Raises:
            CannotRecord: the file could not be written.
        """
        self._ended = when
        self.write()

    def write(self) -> None:
        """Write the file: whole, synced, and under its name only then.

        Raises:
            CannotRecord: it could not be written; the old one is whole.
        """
        write_synced(self.path, json.dumps(self.as_json(), ensure_ascii=False, indent=2).encode() + b"\n")

    def as_json(self) -> dict[str, Any]:
        """Return what stands in the file."""
        head = self._head
        return {
            "run": {
                "id": head.run_id,
                "mode": head.mode,
                "started": head.started.isoformat(),
                "ended": self._ended.isoformat() if self._ended else None,
            },
            "portal": {"name": head.portal, "origin": head.origin},
            "contracts": [line.as_json() for line in self._lines],
        }


NOT_REACHED = msg_id("not reached")


def _line(result: Result, recovered_from: str | None = None) -> Line:
    return Line(result.contract, result.outcome, result.reason, result.message, result.pictures, recovered_from)
