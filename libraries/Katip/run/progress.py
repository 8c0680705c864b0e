"""What a person at the console sees of a run: each contract as it is done, and one table at the end."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Final, TextIO

from robot.api import logger

from Katip.approvals.approval_result import Result
from Katip.messages import duration, msg, msg_id
from Katip.model import Outcome
from Katip.turkish import for_terminal

_MOST_NAMED: Final = 20
_NEXT: Final = {
    Outcome.PLANNED: msg_id("Rehearsed only: run without MODE:rehearse to approve."),
    Outcome.SKIPPED: msg_id("The list does not say Onayla: write it if the contract is to be approved."),
    Outcome.HELD: msg_id("Look at the contract on the portal, correct the list where needed, then run again."),
    Outcome.REFUSED: msg_id("Remove the cause that the portal names, then run again with the same list."),
    Outcome.UNCERTAIN: msg_id("Look at the portal before anything else, then run again with the same list."),
    Outcome.FAILED: msg_id("Nothing was sent: remove the cause, then run again with the same list."),
    Outcome.NOT_FOUND: msg_id("Compare the list's row with the portal, correct the list, then run again."),
}
_NAMED: Final = (Outcome.HELD, Outcome.REFUSED, Outcome.UNCERTAIN, Outcome.FAILED, Outcome.NOT_FOUND)


class Progress:
    """Prints on a terminal what became of each contract, and how long the others may take; quiet elsewhere.

    Args:
        stream: where a terminal may be; the process's standard output if not given.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream
        self._began = monotonic()
        self._done = 0

    def begin(self) -> None:
        """Count the time from here."""
        self._began, self._done = monotonic(), 0

    def show(self, number: int, total: int, result: Result) -> None:
        """Print the outcome of a contract.

        Args:
            number: how many contracts of the workplace are done, this one among them.
            total: how many the workplace has.
            result: its outcome.
        """
        self._done += 1
        stream = self._stream or sys.__stdout__
        if stream is None or stream.closed or not stream.isatty():
            return
        left = (monotonic() - self._began) / self._done * (total - number)
        line = progress_line(number, total, result, timedelta(seconds=left) if number < total else None)
        if self._stream is None:
            logger.console(f"\n{line}")  # Robot has begun a line with the task's name
        else:
            stream.write(f"{line}\n")


def progress_line(number: int, total: int, result: Result, left: timedelta | None) -> str:
    """Return the line on one contract.

    Args:
        number: its place.
        total: how many there are.
        result: its outcome.
        left: how long the others may take; None where none is left.
    """
    line = msg(
        "contract {number}/{total}, {name}, {outcome}",
        number=number,
        total=total,
        name=result.contract.name,
        outcome=result.outcome.value,
    )
    if left is not None:
        line = msg("{line}, about {time} left", line=line, time=duration(left))
    return for_terminal(line)


def summary(results: Sequence[Result], report: Path) -> str:
    """Return the table at the end of a run: outcome, how many, what to do next, and where the report is.

    Args:
        results: what became of the contracts.
        report: the report for print.
    """
    of = {each: [result for result in results if result.outcome is each] for each in Outcome}
    lines = [f"{msg('Outcome'):<18}{msg('Number'):>6}  {msg('What to do next')}"]
    lines += [
        f"{outcome.value:<18}{len(found):>6}  {msg(_NEXT[outcome]) if outcome in _NEXT else '–'}"
        for outcome, found in of.items()
        if found
    ]
    if not results:
        lines.append(msg("no contract"))
    named = [result for outcome in _NAMED for result in of[outcome]]
    lines += [
        f"  {result.outcome.value}: {result.contract.name} · {result.contract.category}: {result.reason}"
        for result in named[:_MOST_NAMED]
    ]
    if len(named) > _MOST_NAMED:
        lines.append(msg("  and {number} more: see the report", number=len(named) - _MOST_NAMED))
    lines.append(msg("Report: {path}", path=report))
    return "\n".join(map(for_terminal, lines))
