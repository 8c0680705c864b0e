"""What the worklist says of a contract: matching, and the comparison of the form with the list before "Kayıt"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol

from Katip.approvals.reasons import joined
from Katip.approvals.worklist import Karar, Worklist, WorklistRow
from Katip.messages import msg
from Katip.model import ApprovalForm, Contract, Status, id_key
from Katip.turkish import fold, names_agree, same, visible


class Verdict(StrEnum):
    """What a decision says of a pending contract."""

    APPROVE = "approve"
    FORM_DECIDES = "form_decides"
    SKIP = "skip"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with a pending contract, and why.

    Attributes:
        verdict: approve; leave alone (skip, hold); or look at the form's ID first (`FORM_DECIDES`: the list names
            several contracts of
            that person, or names it by ID while the grid shows none).
        reason: why.
        row: the row of the list that decides, or None (not on the list, several rows, no list).
        candidates: with `FORM_DECIDES`, the rows with an ID among which the form's ID chooses.
        otherwise: with `FORM_DECIDES`, what holds if the form's ID is that of none of them.
        accounts_for: the rows of the list that this decision answers; one of them may be `row`.
    """

    verdict: Verdict
    reason: str
    row: WorklistRow | None = None
    candidates: tuple[WorklistRow, ...] = ()
    otherwise: Decision | None = None
    accounts_for: tuple[WorklistRow, ...] = ()

    @property
    def opens_form(self) -> bool:
        """True if the contract's form has to be opened."""
        return self.verdict in (Verdict.APPROVE, Verdict.FORM_DECIDES)


class Authority(Protocol):
    """Who says what may be approved.

    Attributes:
        name: ``worklist``, ``all`` or ``nothing``, as the journal keeps it.
    """

    name: ClassVar[str]

    @property
    def rows(self) -> Sequence[WorklistRow]:
        """The rows of the list; empty where there is none."""

    def decide(self, contract: Contract, shown: Sequence[Contract]) -> Decision:
        """Decide on one pending contract.

        Args:
            contract: the contract.
            shown: every row that the portal shows, of any status.
        """


class Nothing:
    """Nobody said what to approve, so nothing is."""

    name: ClassVar[str] = "nothing"
    rows: Sequence[WorklistRow] = ()

    def decide(self, contract: Contract, shown: Sequence[Contract]) -> Decision:
        """Leave the contract alone.

        Args:
            contract: the contract.
            shown: every row that the portal shows.

        Returns:
            A decision to skip.
        """
        return Decision(
            Verdict.SKIP,
            msg("nothing was decided: no worklist and no APPROVE:all"),
        )


class ApproveAll:
    """`APPROVE:all`: every pending contract of the workplace, by the caller's explicit word."""

    name: ClassVar[str] = "all"
    rows: Sequence[WorklistRow] = ()

    def decide(self, contract: Contract, shown: Sequence[Contract]) -> Decision:
        """Decide to approve the contract.

        Args:
            contract: the contract.
            shown: every row that the portal shows.

        Returns:
            A decision to approve.
        """
        return Decision(Verdict.APPROVE, msg("APPROVE:all"))


class Listed:
    """The worklist: approves what it says "Onayla" to, and nothing else.

    A row matches a contract by its Görevlendirme ID where it gives one, else by workplace, name, category and start.
    The grid shows no
    ID (DOK.10.01, 5.8): a row with an ID is therefore a candidate for every contract of that workplace and name, and
    the form decides.

    Args:
        worklist: the list.
        workplaces: only rows of these SGK numbers count; None: all.
    """

    name: ClassVar[str] = "worklist"

    def __init__(self, worklist: Worklist, workplaces: Iterable[str] | None = None) -> None:
        self.worklist = worklist
        wanted = None if workplaces is None else set(workplaces)
        self.rows: Sequence[WorklistRow] = tuple(
            row for row in worklist.rows if wanted is None or row.workplace in wanted
        )

    def decide(self, contract: Contract, shown: Sequence[Contract]) -> Decision:
        """Decide on one pending contract.

        Args:
            contract: the contract.
            shown: every row that the portal shows, of any status.

        Returns:
            What the list says; `FORM_DECIDES` where only the form's ID can decide.
        """
        named = self._named(contract)
        with_id = [row for row in named if row.gorevlendirme_id]
        known = [row for row in with_id if _same_id(row.gorevlendirme_id, contract.gorevlendirme_id)]
        if known:
            return _agreed(known[0], contract)
        plain = self._by_identity(contract, named, shown)
        if not with_id:
            return plain or _not_listed(named, contract)
        if contract.gorevlendirme_id:
            return plain or _with_both_ids(_another_id(with_id, contract, shown), contract.gorevlendirme_id)
        if _nothing_to_approve(with_id, plain):
            return _none_approved(with_id, plain)
        return Decision(
            Verdict.FORM_DECIDES,
            msg("the form's Görevlendirme ID decides"),
            candidates=tuple(with_id),
            otherwise=plain or _another_id(with_id, contract, shown),
        )

    def _named(self, contract: Contract) -> list[WorklistRow]:
        """Return the rows of the contract's workplace and name."""
        return [
            row for row in self.rows if row.workplace == contract.workplace and names_agree(row.name, contract.name)
        ]

    def _by_identity(
        self, contract: Contract, named: Sequence[WorklistRow], shown: Sequence[Contract]
    ) -> Decision | None:
        """Return the decision of the rows without an ID, or None if there are none of this identity."""
        rows = [row for row in named if row.identity == contract.identity]
        plain = [row for row in rows if not row.gorevlendirme_id]
        if not plain:
            return None
        twins = _twins_of(contract, shown)
        if len(rows) != len(twins):
            return Decision(
                Verdict.HOLD,
                _ambiguous(plain, len(rows), len(twins)),
                accounts_for=tuple(plain),
            )
        pending = [each.twin for each in twins if each.status is contract.status]
        place = pending.index(contract.twin) if contract.twin in pending else 0
        return _by_karar(plain[min(place, len(plain) - 1)])


def _nothing_to_approve(with_id: Sequence[WorklistRow], plain: Decision | None) -> bool:
    """Return True if no row with an ID says "Onayla", and the rows without one open no form."""
    if any(row.karar is Karar.APPROVE for row in with_id):
        return False
    return plain is None or not plain.opens_form


def _twins_of(contract: Contract, shown: Sequence[Contract]) -> list[Contract]:
    """Return the rows of the contract's identity that are pending, waiting or approved."""
    same_identity = [each for each in shown if each.identity == contract.identity]
    return [each for each in same_identity if each.status in (Status.PENDING, Status.WAITING, Status.APPROVED)]


def how_form_differs(contract: Contract, form: ApprovalForm) -> str:
    """Return in what a form differs from the selected row: person, ID, start, minutes, name of the contract.

    Args:
        contract: the selected row.
        form: the form that came.

    Returns:
        The first difference with both values, or an empty text.
    """
    if not names_agree(contract.name, form.name):
        return _differ("Adı Soyadı", contract.name, form.name, row=None)
    if contract.gorevlendirme_id and not _same_id(contract.gorevlendirme_id, form.gorevlendirme_id):
        return _differ("Görevlendirme ID", contract.gorevlendirme_id, form.gorevlendirme_id, row=None)
    if form.start and contract.start and form.start != contract.start:
        shown = (f"{contract.start:%d.%m.%Y}", f"{form.start:%d.%m.%Y}")
        return _differ("Grv. Başlama Trh.", *shown, row=None)
    if None not in (contract.minutes, form.minutes) and contract.minutes != form.minutes:
        return _differ("Ayl. Çlş. Süresi (Dk)", contract.minutes, form.minutes, row=None)
    listed_name = contract.cells.get("contract_name", "")
    if form.contract_name and listed_name and not same(form.contract_name, listed_name):
        return _differ("Sözleşme Adı", listed_name, form.contract_name, row=None)
    return ""


def on_form(decision: Decision, contract: Contract, form: ApprovalForm) -> Decision:
    """Decide again now that the form is open: it must be the selected person's, and agree with the list.

    Source: DOK.10.01 rev 05, 5.9 ("Adı Soyadı", "Görevlendirme ID", "Ayl. Çlş. Süresi (Dk)").

    Args:
        decision: what was decided before.
        contract: the selected row.
        form: its form.

    Returns:
        The decision that now holds; any disagreement is `HOLD`, with both values.

    Example:
        >>> on_form(ApproveAll().decide(contract, []), contract, form).verdict  # doctest: +SKIP
        <Verdict.APPROVE: 'approve'>
    """
    differs = how_form_differs(contract, form)
    if differs:
        return _hold(decision, differs)
    if decision.verdict is Verdict.FORM_DECIDES:
        decision = _chosen(decision, contract, form)
    if decision.verdict is not Verdict.APPROVE or decision.row is None:
        return decision
    return _against_row(decision, decision.row, form)


def _chosen(decision: Decision, contract: Contract, form: ApprovalForm) -> Decision:
    for row in decision.candidates:
        if _same_id(row.gorevlendirme_id, form.gorevlendirme_id):
            return _agreed(row, contract)
    if form.gorevlendirme_id is None or decision.otherwise is None:
        return _hold(
            decision,
            msg("the list names it by Görevlendirme ID and the form shows none"),
        )
    return _with_both_ids(decision.otherwise, form.gorevlendirme_id)


def _with_both_ids(otherwise: Decision, seen: str) -> Decision:
    row = otherwise.row
    if otherwise.verdict is not Verdict.HOLD or row is None:
        return otherwise
    return _hold(otherwise, _differ("Görevlendirme ID", row.gorevlendirme_id, seen, row))


def _agreed(row: WorklistRow, contract: Contract) -> Decision:
    """Return the decision of a row that was found by its ID; its other columns must agree with the grid."""
    decision = _by_karar(row)
    if decision.verdict is not Verdict.APPROVE:
        return decision
    if row.category and fold(row.category) != fold(contract.category):
        return _hold(decision, _differ("Personel Kategorisi", row.category, contract.category, row))
    if row.start and row.start != contract.start:
        shown = f"{contract.start:%d.%m.%Y}" if contract.start else None
        return _hold(decision, _differ("Grv. Başlama Trh.", f"{row.start:%d.%m.%Y}", shown, row))
    return decision


def _against_row(decision: Decision, row: WorklistRow, form: ApprovalForm) -> Decision:
    if not names_agree(row.name, form.name):
        return _hold(decision, _differ("Adı Soyadı", row.name, form.name, row))
    if row.gorevlendirme_id and not _same_id(row.gorevlendirme_id, form.gorevlendirme_id):
        return _hold(decision, _differ("Görevlendirme ID", row.gorevlendirme_id, form.gorevlendirme_id, row))
    if row.minutes is not None and row.minutes != form.minutes:
        return _hold(decision, _differ("Ayl. Çlş. Süresi (Dk)", row.minutes, form.minutes, row))
    return decision


def _by_karar(row: WorklistRow) -> Decision:
    rows = (row,)
    if row.karar is Karar.APPROVE:
        on = f"{row.decided_on:%d.%m.%Y}" if row.decided_on else "?"
        return Decision(
            Verdict.APPROVE,
            msg(
                'row {number} of the list: Onayla, decided by "{decided_by}" on {on}',
                number=row.number,
                decided_by=visible(row.decided_by),
                on=on,
            ),
            row,
            accounts_for=rows,
        )
    if row.karar is Karar.WAIT:
        reason = msg("row {number} of the list: Beklet", number=row.number)
    else:
        reason = msg("row {number} of the list: not decided", number=row.number)
    return Decision(Verdict.SKIP, reason, row, accounts_for=rows)


def _not_listed(named: Sequence[WorklistRow], contract: Contract) -> Decision:
    """Leave an unlisted contract alone, and name the rows that look like it, since a wrong date is easily typed."""
    reason = msg("not on the worklist")
    numbers = ", ".join(str(row.number) for row in named)
    if named and any(not same(row.name, contract.name) for row in named):
        reason = joined(
            reason,
            msg(
                "row {numbers} may mean it, but a name is masked: write the Görevlendirme ID into the list",
                numbers=numbers,
            ),
        )
    elif named:
        reason = joined(
            reason, msg("row {numbers} has this name, but another Görevlendirme ID, category or start", numbers=numbers)
        )
    return Decision(Verdict.SKIP, reason)


def _none_approved(with_id: Sequence[WorklistRow], plain: Decision | None) -> Decision:
    """No row that could be meant says "Onayla": the form need not be opened."""
    accounts = (*with_id, *(plain.accounts_for if plain else ()))
    if len(accounts) == 1:
        return _by_karar(accounts[0])
    numbers = ", ".join(str(row.number) for row in accounts)
    return Decision(
        Verdict.SKIP,
        msg("none of the rows {numbers} of the list says Onayla", numbers=numbers),
        accounts_for=accounts,
    )


def _ambiguous(plain: Sequence[WorklistRow], listed: int, shown: int) -> str:
    numbers = ", ".join(str(row.number) for row in plain)
    return msg(
        "row {numbers} of the list gives no Görevlendirme ID, and the portal shows {shown} "
        "contracts of this name, category and start where the list has {listed}: write the ID "
        "into the list",
        numbers=numbers,
        shown=shown,
        listed=listed,
    )


def _another_id(with_id: Sequence[WorklistRow], contract: Contract, shown: Sequence[Contract]) -> Decision:
    """Return why the contract is held if no row has the form's ID: a row that can only be this contract's has another ID."""
    namesakes = [
        each for each in shown if each.workplace == contract.workplace and names_agree(each.name, contract.name)
    ]
    if len(with_id) == 1 and len(namesakes) == 1:
        return Decision(Verdict.HOLD, "", with_id[0], accounts_for=(with_id[0],))
    return _not_listed(with_id, contract)


def _hold(decision: Decision, reason: str) -> Decision:
    return Decision(Verdict.HOLD, reason, decision.row, accounts_for=decision.accounts_for)


def _differ(column: str, expected: object, seen: object, row: WorklistRow | None) -> str:
    wanted, found = _shown(expected), _shown(seen)
    if row is None:
        return msg(
            "{column} differs: the selected row says {wanted}, the form {found}",
            column=column,
            wanted=wanted,
            found=found,
        )
    return msg(
        "{column} differs: row {number} of the list says {wanted}, the portal {found}",
        column=column,
        number=row.number,
        wanted=wanted,
        found=found,
    )


def _shown(value: object) -> str:
    return "–" if value is None or value == "" else f'"{visible(str(value))}"'


def _same_id(left: str | None, right: str | None) -> bool:
    return bool(left) and id_key(left) == id_key(right)
