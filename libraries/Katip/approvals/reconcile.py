"""The end of a run: everything that was pending must be accounted for, or the run does not pass.

    pending now = pending before − approved by us + newly appeared − approved by others − gone

Those on the right that are not ours are named. The portal's own count ("N adet Onay Bekleyen Sözleşmeniz Bulunuyor",
DOK.10.01, 5.6) is compared with what was read; a portal without one gives a stated warning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from Katip.approvals.approval_result import Result
from Katip.approvals.decisions import Verdict
from Katip.messages import msg, msg_id
from Katip.model import Contract, Outcome, Status
from Katip.turkish import fold

Identity = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was seen of one workplace at one time.

    Attributes:
        contracts: every row of the grid, of any status.
        count: the portal's own count of pending contracts, or None if it shows none.
    """

    contracts: Sequence[Contract]
    count: int | None = None

    @property
    def pending(self) -> list[Contract]:
        """The rows that are pending."""
        return [row for row in self.contracts if row.status is Status.PENDING]

    @property
    def waiting(self) -> list[Contract]:
        """The rows that are pending, and that another party has to approve first."""
        return [row for row in self.contracts if row.status is Status.WAITING]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What the comparison of two readings says.

    Attributes:
        problems: why the run cannot pass; empty where everything adds up.
        warnings: what an auditor should know.
        appeared: contracts that became pending after the list was read; they are `skipped` and fail nothing.
        by_others: contracts that somebody else approved meanwhile.
        gone: contracts that were pending, are not any more, and were not approved either.
        late: results that are uncertain and whose contract the portal shows approved by now.
    """

    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    appeared: tuple[Contract, ...] = ()
    by_others: tuple[Contract, ...] = ()
    gone: tuple[Contract, ...] = ()
    late: tuple[Result, ...] = ()

    @property
    def agrees(self) -> bool:
        """True if nothing speaks against the run's passing."""
        return not self.problems


CAME_LATER = msg_id("came after the list was read")


def check_reading(reading: Reading) -> Reconciliation:
    """Compare what was read with what the portal counts, before anything is done.

    Args:
        reading: what was read of one workplace.

    Returns:
        A problem where they differ; a warning where the portal shows no count.
    """
    return Reconciliation(*_counted(reading, msg("before")))


def unknown_statuses(reading: Reading, ended: Sequence[str]) -> list[str]:
    """Return the statuses that the portal's file does not name, where nothing else tells how many contracts are pending.

    Args:
        reading: what was read of one workplace.
        ended: what statuses say that call for nothing any more (`[texts] ended_status`), as the beginnings of words.

    Returns:
        Each once; none where the portal shows a count of its own, or where each says that the contract has ended.
    """
    if reading.count is not None:
        return []
    others = dict.fromkeys(row.status_text for row in reading.contracts if row.status is Status.OTHER)
    return [text for text in others if not any(f" {fold(word)}" in f" {fold(text)}" for word in ended)]


def reconcile(before: Reading, after: Reading, results: Iterable[Result]) -> Reconciliation:
    """Account for every contract of one workplace that was pending or is.

    Args:
        before: what was read when the list was read.
        after: what was read at the end.
        results: what became of the contracts of this workplace.

    Returns:
        What adds up and what does not.

    Example:
        >>> reconcile(before, after, results).agrees  # doctest: +SKIP
        True
    """
    done = list(results)
    books = _Books(before, after, done)
    for identity in books.identities:
        books.balance(identity)
    problems, warnings = _counted(after, msg("at the end"))
    return Reconciliation(
        (*problems, *books.problems, *_read_nothing(before), *_left_pending(before, done)),
        (*warnings, *books.warnings),
        tuple(books.appeared),
        tuple(books.by_others),
        tuple(books.gone),
        tuple(books.late),
    )


@dataclass(slots=True)
class _Books:
    before: Reading
    after: Reading
    results: Sequence[Result]
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    appeared: list[Contract] = field(default_factory=list)
    by_others: list[Contract] = field(default_factory=list)
    gone: list[Contract] = field(default_factory=list)
    late: list[Result] = field(default_factory=list)

    @property
    def identities(self) -> list[Identity]:
        return list(dict.fromkeys(row.identity for row in (*self.before.pending, *self.after.pending)))

    def balance(self, identity: Identity) -> None:
        was, now = _of(identity, self.before.pending), _of(identity, self.after.pending)
        ours = self._with(identity, Outcome.APPROVED)
        difference = len(now) - (len(was) - len(ours))
        rose = self._approved(identity, self.after) - self._approved(identity, self.before)
        if difference < 0:
            self._not_ours(identity, was, -difference, rose - len(ours))
            return
        untrue = min(difference, max(0, len(ours) - rose))
        self.appeared += now[len(now) - (difference - untrue) :]
        self.problems += [
            msg("reported approved, but still pending: {contract}", contract=each.contract) for each in ours[:untrue]
        ]

    def _not_ours(self, identity: Identity, was: Sequence[Contract], missing: int, rose: int) -> None:
        """Name the contracts that left the pending ones without being reported as approved by this run."""
        uncertain = self._with(identity, Outcome.UNCERTAIN)
        approved = min(missing, max(0, rose))
        late = uncertain[:approved]
        self.late += late
        left = was[-missing:]
        by_others = left[: approved - len(late)]
        gone = left[approved:]
        self.by_others += by_others
        self.gone += gone
        self.warnings += [
            msg("sent by this run without confirmation, and approved by now: {contract}", contract=each.contract)
            for each in late
        ]
        self.warnings += [msg("approved by others: {each}", each=each) for each in by_others]
        self.warnings += [msg("no longer pending, and not approved: {each}", each=each) for each in gone]

    def _with(self, identity: Identity, outcome: Outcome) -> list[Result]:
        return [each for each in self.results if each.contract.identity == identity and each.outcome is outcome]

    @staticmethod
    def _approved(identity: Identity, reading: Reading) -> int:
        return sum(row.status is Status.APPROVED and row.identity == identity for row in reading.contracts)


def _of(identity: Identity, rows: Iterable[Contract]) -> list[Contract]:
    return [row for row in rows if row.identity == identity]


def _counted(reading: Reading, when: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    read = len(reading.pending)
    with_others = read + len(reading.waiting)  # which of the two a portal counts is not known of every portal
    if reading.count is None:
        warning = msg("the portal shows no count of pending contracts to compare with ({when})", when=when)
        return (), (warning,)
    unclear = sum(1 for row in reading.waiting if row.turn_doubt)  # may be the employer's turn, and then counted
    if reading.count in (*range(read, read + unclear + 1), with_others):
        return (), ()
    problem = msg(
        "the portal counts {count} pending contracts and {read} were read ({when})",
        count=reading.count,
        read=read,
        when=when,
    )
    return (problem,), ()


def _read_nothing(before: Reading) -> list[str]:
    if before.pending or not before.count:
        return []
    return [msg("nothing was read where the portal counts {count} pending contracts", count=before.count)]


def _left_pending(before: Reading, results: Sequence[Result]) -> list[str]:
    """Name the pending contracts without a result, and those that were to be approved and were skipped."""
    reported = Counter(result.contract.identity for result in results)
    untold = [
        row
        for identity in dict.fromkeys(row.identity for row in before.pending)
        for row in _of(identity, before.pending)[reported[identity] :]
    ]
    silent = [
        result.contract
        for result in results
        if result.decision.verdict is Verdict.APPROVE and result.outcome is Outcome.SKIPPED
    ]
    return [msg("left pending without an outcome: {each}", each=each) for each in (*untold, *silent)]
