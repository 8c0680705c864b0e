"""The end of a run: it is signed out, everything is written down, and the browser is closed, whatever fails."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from robot.api import logger
from robot.api.deco import keyword
from robot.libraries.BuiltIn import BuiltIn, RobotNotRunningError

from Katip.errors import KatipError
from Katip.evidence.layout import REPORT_HTML
from Katip.messages import msg
from Katip.run.context import RunContext
from Katip.run.progress import summary
from Katip.run.stopping import STOPPED
from Katip.run.work import Work, count_outcomes
from Katip.turkish import visible


class EndKeywords:
    """End of a run.

    Args:
        context: what the keywords of a run share.
    """

    def __init__(self, context: RunContext) -> None:
        self._context = context

    @keyword
    def end_run(self) -> str:
        """Sign out where that was not reached, write everything down, close the browser. Never fails.

        Returns:
            How the sign-out went: signed out, already ended, or not possible, with the reason.

        Example:
        | [Teardown]    End Run
        """
        stopping, work = self._context.stopping, self._context.run.begun
        if work is None or work.ended:
            stopping.unwatch()
            return msg("no run was begun")
        work.ended = True
        with stopping.deferred():  # a signal now would keep the run from being signed out and written down
            how = self._ended(work)
        stopping.unwatch()
        logger.info(f"{how}; {count_outcomes(work.results())}")
        return how

    def end_what_robot_left(self) -> None:
        """Sign out if Robot itself broke off (it cannot write its output) and no teardown ran."""
        work = self._context.run.begun
        if work is not None and not work.ended:
            work.ended = True
            with suppress(ValueError):  # Robot's log is closed by now
                self._ended(work)
            ended = not self._context.session.signed_in
            sentence = (
                msg("Robot broke off; the session was signed out.")
                if ended
                else msg("Robot broke off; the session was not signed out.")
            )
            sys.stderr.write(f"{sentence}\n")

    def _ended(self, work: Work) -> str:
        context = self._context
        how = self._signed_out()
        interrupted = context.stopping.requested
        if context.sealing.job is not None:
            context.sealing.job.interrupted = interrupted
        if interrupted:
            work.break_off(msg(STOPPED))
        for step in (
            work.fail_unreached,
            lambda: work.approvals.end(datetime.now(UTC)),
            context.browser.close,
            self._end_journal,
            lambda: self._finish(work, how),
            lambda: _name_report(work.folder),
        ):
            try:
                step()
            except Exception as error:  # a failing suite teardown would turn every task red
                logger.warn(msg("At the end of the run: {error}", error=self._context.run.session.covered(error)))
        if context.sealing.job is not None and not work.is_plan:
            context.sealing.job.summary = summary(work.results(), work.folder / REPORT_HTML)
        return how

    def _signed_out(self) -> str:
        current = self._context.run.session
        if current.is_begun and current.session.sign_in.is_unanswered:
            return msg(
                "not known: what followed the sign-in was not understood, the session may still be open; "
                "sign out by hand"
            )
        if not current.is_begun or not current.session.signed_in:
            return msg("signed out") if current.is_begun and current.session.sign_in.is_out else msg("already ended")
        try:
            how: str = self._context.pages.sign_out.sign_out()
            return how
        except Exception as error:
            words = self._context.run.session.covered(error)
            logger.warn(msg("The sign-out was not possible: {words}", words=words))
            sentence = visible(words) if isinstance(error, KatipError) else words.splitlines()[0]
            return msg("not possible: {words}", words=sentence)

    def _end_journal(self) -> None:
        work = self._context.run.work
        for process in list(work.journal.left_processes()):
            if process.pid in self._context.browser.pids:
                work.journal.forget_process(process)
        work.journal.end_run(count_outcomes(work.results()))
        work.journal.close()

    @staticmethod
    def _finish(work: Work, how: str) -> None:
        work.evidence.note_run(sign_out=how)
        work.evidence.finish()


def _name_report(folder: Path) -> None:
    """Name the report for print at the top of Robot's own pages, where it was written and Robot still runs."""
    if (folder / REPORT_HTML).exists():
        with suppress(RobotNotRunningError):
            BuiltIn().set_suite_metadata(msg("Report for print"), f"[{REPORT_HTML}|{REPORT_HTML}]", top=True)
