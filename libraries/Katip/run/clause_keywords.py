"""The clauses of a run: whether they can be reached, what is recorded of them, and those that begin a workplace (5.5, 5.6)."""

from __future__ import annotations

from pathlib import Path

from robot.api import logger
from robot.api.deco import keyword
from robot.api.exceptions import SkipExecution
from robot.libraries.BuiltIn import BuiltIn

from Katip.errors import NoEffect
from Katip.messages import msg
from Katip.model import Workplace
from Katip.origins import is_one_of
from Katip.procedure.places import Place
from Katip.run.context import RunContext


class ClauseKeywords:
    """The clauses of DOK.10.01, as the suites go through them.

    Args:
        context: what the keywords of a run share.
    """

    def __init__(self, context: RunContext) -> None:
        self._context = context

    @keyword
    def skip_what_cannot_be_reached(self) -> None:
        """Skip the task where an earlier clause failed, so that one cause is one failed task.

        Raises:
            SkipExecution: An earlier clause failed, or the run was not begun: the task is skipped.

        Example:
        | [Setup]    Skip What Cannot Be Reached
        """
        begun = self._context.run.begun
        why = begun.broken_by if begun else self._context.weaver.broken_before
        if begun is None and not why:
            why = msg("the run was not begun")
        if why:
            raise SkipExecution(msg("not reached: {why}", why=why))

    @keyword
    def skip_where_nobody_is_signed_in(self) -> None:
        """Skip the sign-out where the sign-in was not reached.

        Raises:
            SkipExecution: Nobody is signed in: the task is skipped.

        Example:
        | [Setup]    Skip Where Nobody Is Signed In
        """
        current = self._context.run.session
        if not current.is_begun or not current.session.signed_in:
            self.skip_what_cannot_be_reached()
            raise SkipExecution(msg("nobody is signed in"))

    @keyword
    def record_clause(self, number: str, note: str = "", picture: bool = True) -> None:
        """Write down that a clause of DOK.10.01 was carried out, with a picture; one that cannot be taken is warned of.

        Args:
            number: ``5.1`` to ``5.10``.
            note: what an auditor should know of it, for example the tab's address.
            picture: False for no picture.

        Raises:
            ConfigurationError: No run was begun (KTP-001).
            ValueError: DOK.10.01 has no such clause.
            CannotRecord: The record cannot be written (KTP-130).

        Example:
        | Record Clause    5.1    ${address}
        """
        work = self._context.run.work
        path = self._clause_picture(number) if picture else None
        taken = path and self._taken(path, number)
        work.evidence.note_clock(self._clock_ahead())
        task = str(BuiltIn().get_variable_value("${TEST NAME}", "")).split(" · ")[0]
        if number == "5.3" and self._context.session.application:
            work.evidence.note_run(application=self._context.session.application)
        work.evidence.clause(number, task, path if taken else None, note, self._context.session.origin_seen)

    def _clock_ahead(self) -> float | None:
        """Return the seconds by which this machine's clock is ahead of the portal's, or None if the portal gives no time."""
        clocks = self._context.browser.driver.clocks
        portal = self._context.session.portal
        known = [ahead for origin, ahead in clocks.items() if is_one_of(origin, portal.katip_origins)]
        return min(known, default=None)

    def _taken(self, path: Path, number: str) -> str | None:
        """The picture of a clause; a step that was carried out does not fail, and is not done again, because its picture failed."""
        try:
            return self._context.pictures.take(path, number)
        except NoEffect as error:
            logger.warn(
                msg(
                    "{number} was carried out, and is in the record without a picture: {error}",
                    number=number,
                    error=error,
                )
            )
            return None

    def _clause_picture(self, number: str) -> Path:
        """A picture of its own for each time that a clause is carried out (5.5 to 5.10 come once for each workplace)."""
        first = self._context.run.work.evidence.clause_picture_path(number)
        times = len(list(first.parent.glob(f"{first.stem}*.png"))) + 1
        return first if times == 1 else first.with_name(f"{first.stem}-{times}.png")

    @keyword
    def set_clause(self, number: str) -> None:
        """Set which clause is at work, for the picture of a failure.

        Args:
            number: ``5.1`` to ``5.10``.

        Raises:
            ConfigurationError: No run was begun (KTP-001).

        Example:
        | Set Clause    5.3
        """
        self._context.run.work.clause = number

    @keyword(tags=["5.5"])
    def choose_next_workplace(self) -> str:
        """Choose the workplace whose turn it is (5.5): the next of WORKPLACE or of the worklist, else the only one that is offered.

        Returns:
            Title and SGK number as the portal shows them.

        Raises:
            WorkplaceNotOffered: The account does not offer it (KTP-510).

        Example:
        | ${workplace} =    Choose Next Workplace
        """
        work = self._context.run.work
        if work.settings.every_workplace and not work.visits and not work.waiting:
            self._context.pages.workplaces.read_offered_workplaces()
            work.waiting = list(
                dict.fromkeys(choice.workplace.sgk for choice in self._context.pages.workplaces.choices())
            )
        chosen: str = self._context.pages.workplaces.choose_workplace(work.waiting[0] if work.waiting else "")
        del work.waiting[:1]
        self._compare_title(self._context.session.chosen)
        return chosen

    def _compare_title(self, workplace: Workplace) -> None:
        """Warn if the list's title of the workplace differs from the portal's: the number decides, but may be mistyped."""
        worklist = self._context.run.work.worklist
        rows = worklist.rows if worklist else ()
        others = {row.title for row in rows if row.workplace == workplace.sgk and not workplace.is_called(row.title)}
        for title in sorted(others):
            logger.warn(
                msg(
                    'The list calls {sgk} "{title}", the portal "{shown}". The number decides.',
                    sgk=workplace.sgk,
                    title=title,
                    shown=workplace.title,
                )
            )

    @keyword(tags=["5.6"])
    def read_home(self) -> str:
        """Read the home page (5.6): the login record goes into the evidence, the number of pending contracts is kept for the comparison.

        Returns:
            What was read, as a sentence.

        Raises:
            ConfigurationError: No run was begun (KTP-001).
            WrongPage: The home page does not come (KTP-102).

        Example:
        | ${home} =    Read Home
        """
        work = self._context.run.work
        count = self._context.pages.home.read_pending_count()
        record = self._context.pages.home.read_login_record()
        work.pending_count = count
        if record is not None:
            work.evidence.login_record(record.when, record.ip)
        counted = msg("no count is shown") if count is None else msg("{count} pending", count=count)
        return (
            msg("{counted}; sign-in recorded {when} from {ip}", counted=counted, when=record.when, ip=record.ip)
            if record
            else msg("{counted}; no login record is shown", counted=counted)
        )

    @keyword
    def renew_session(self) -> None:
        """Get a fresh page, or after a lost session a fresh sign-in (at most twice in a run), up to the same workplace's contracts.

        Raises:
            SessionDoesNotLast: The session was renewed too often (KTP-122).
            SignInRefused: A sign-in was refused in this run (KTP-501).

        Example:
        | Renew Session
        """
        self._context.renewal.come_to(Place.CONTRACTS)
