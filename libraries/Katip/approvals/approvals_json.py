"""`approvals.json`: what became of every contract, for programs; rewritten whole after each contract.

Its form is `approvals.schema.json` beside this module (JSON Schema 2020-12).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from Katip.approvals.approval_result import Result
from Katip.approvals.decisions import Decision
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


def line_of(result: Result) -> dict[str, Any]:
    """Return a contract's line in the file.

    Args:
        result: what is known of the contract.
    """
    contract = result.contract
    return {
        "workplace": contract.workplace,
        "gorevlendirme_id": contract.gorevlendirme_id,
        "name": contract.name,
        "category": contract.category,
        "start": contract.start.isoformat() if contract.start else None,
        "minutes": contract.minutes,
        "outcome": result.outcome.value,
        "reason": str(result.reason),
        "code": result.code or None,
        "recovered_from": result.recovered_from,
        "message": result.message,
        "pictures": {str(stage): path for stage, path in result.pictures.items()},
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
        >>> place = file.add(contract, decision)  # doctest: +SKIP
        >>> file.settle(place, result)  # doctest: +SKIP
    """

    def __init__(self, folder: Path, head: RunHead) -> None:
        self.path = folder / FILE_NAME
        self._head = head
        self._ended: datetime | None = None
        self._lines: list[str] = []  # each contract's part of the file: a run of many writes the file once for each

    def add(self, contract: Contract, decision: Decision) -> int:
        """Add a contract as `failed` and "not reached"; `write` writes.

        Args:
            contract: the contract.
            decision: what was decided on it.

        Returns:
            Its place in the file, for `settle`.
        """
        self._lines.append(_text_of(Result.not_tried(contract, decision, Outcome.FAILED, msg(NOT_REACHED))))
        return len(self._lines) - 1

    def settle(self, place: int, result: Result) -> None:
        """Set a contract's result, and write the file.

        Args:
            place: what `add` gave.
            result: its outcome.

        Raises:
            CannotRecord: the file could not be written; the old one is whole.
        """
        self._lines[place] = _text_of(result)
        self.write()

    def end(self, when: datetime) -> None:
        """Set the end of the run, and write the file.

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
        head = json.dumps(self._head_as_json(), ensure_ascii=False, indent=2).removesuffix("\n}")
        lines = ",\n    ".join(self._lines)
        contracts = f"[\n    {lines}\n  ]" if lines else "[]"
        write_synced(self.path, f'{head},\n  "contracts": {contracts}\n}}\n'.encode())

    def _head_as_json(self) -> dict[str, Any]:
        head = self._head
        return {
            "run": {
                "id": head.run_id,
                "mode": head.mode,
                "started": head.started.isoformat(),
                "ended": self._ended.isoformat() if self._ended else None,
            },
            "portal": {"name": head.portal, "origin": head.origin},
        }


def _text_of(result: Result) -> str:
    return json.dumps(line_of(result), ensure_ascii=False, indent=2).replace("\n", "\n    ")


NOT_REACHED = msg_id("not reached")
