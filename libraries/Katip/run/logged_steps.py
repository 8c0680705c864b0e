"""Steps that are keywords of their own in Robot's log, whose errors reach the caller as the exceptions that they were."""

from __future__ import annotations

import sys
from typing import Any

from robot.errors import ExecutionFailed, ExecutionStatus
from robot.libraries.BuiltIn import BuiltIn

from Katip.keyword_names import KeywordNames
from Katip.run.stopping import Stopped, Stopping


class LoggedSteps:
    """Runs keywords of this library as a suite does.

    Args:
        names: the names of keywords in the suite's language.
        stopping: knows whether a signal ended the keyword.
    """

    def __init__(self, names: KeywordNames, stopping: Stopping) -> None:
        self._names = names
        self._stopping = stopping

    def run(self, name: str, *arguments: object) -> Any:
        """Run a keyword.

        Args:
            name: its English name, with blanks.
            arguments: plain numbers, as they are seen in the log.

        Returns:
            What the keyword returns.

        Raises:
            Stopped: a signal ended it.
        """
        handled = sys.exc_info()[1]
        try:
            return BuiltIn().run_keyword(f"Katip.{self._names.translated(name)}", *arguments)
        except ExecutionFailed as status:
            if status.exit:
                raise Stopped(self._stopping.stopped or status) from None
            raise (cause_of(status, handled) or status) from None


def cause_of(status: BaseException, handled: BaseException | None = None) -> BaseException | None:
    """Return the error that a keyword raised, which Robot turned into a status while it handled it.

    Args:
        status: what Robot raised.
        handled: the exception that was being handled before the keyword was called: it is not the cause.

    Returns:
        The error, or None where the keyword raised none.
    """
    found = status.__context__
    while isinstance(found, ExecutionStatus) and found is not handled:
        found = found.__context__
    return None if found is handled else found
