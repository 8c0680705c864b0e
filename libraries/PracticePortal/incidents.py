"""What happens to the contracts of a workplace without the user's doing, where a fault asks for it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle

from PracticePortal.examples import HOSTILE_NAMES, PENDING, make_contract
from PracticePortal.faults import Fault, Step, Switchboard
from PracticePortal.store import Row, Session, Store

_SOMEBODY_ELSE = "somebody else"


def add_twin(store: Store, faults: Switchboard, fault: Fault, sgk: str) -> None:
    """Add a second person of the same name, category and start date as a pending row has.

    Args:
        store: The state.
        faults: Where the strike is counted.
        fault: Its `match` or `nth` says which pending row.
        sgk: The workplace, where `match` names no contract of another one.
    """
    model = _pending_row(store, fault, sgk)
    if model is None:
        return
    other = make_contract(sgk, store.next_index())
    twin = replace(model.contract, gorevlendirme_id=other.gorevlendirme_id)
    store.add(twin)
    faults.use(fault, gorevlendirme_id=twin.gorevlendirme_id)


def name_hostile(store: Store, faults: Switchboard, fault: Fault, sgk: str) -> None:
    """Return the pending rows names that would do something where they are taken for code.

    Args:
        store: The state.
        faults: Where the strike is counted.
        fault: Its `text` is the name, where it has one.
        sgk: The workplace.
    """
    names = (fault.text,) if fault.text else HOSTILE_NAMES
    for row, name in zip(_pending(store, sgk), cycle(names), strict=False):
        store.rename(row.row, name)
    faults.use(fault)


def add_new_row(store: Store, faults: Switchboard, session: Session, reloads: int) -> None:
    """Add a pending row at a reload after the first, if that fault is on."""
    fault = faults.waiting("new_row")
    if fault is None or session.sgk is None or reloads < 2:
        return
    contract = make_contract(session.sgk, store.next_index())
    store.add(contract)
    faults.use(fault, gorevlendirme_id=contract.gorevlendirme_id)


def approve_for_others(store: Store, faults: Switchboard, sgk: str, step: Step, row: Row | None = None) -> str | None:
    """Approve a pending row as somebody else would, if that fault is on for the step.

    Args:
        store: The state.
        faults: Asked for the fault.
        sgk: The workplace.
        step: The step of the present request.
        row: The contract that the request is about; taken where the fault names none.

    Returns:
        The Görevlendirme ID that was approved, or None.
    """
    fault = faults.waiting("approved_by_other", step)
    if fault is None:
        return None
    target = row if row and not fault.match else _pending_row(store, fault, sgk)
    if target is None or not store.approve(target.row, _SOMEBODY_ELSE):
        return None
    faults.use(fault, step, target.contract.gorevlendirme_id)
    return target.contract.gorevlendirme_id


def in_other_order(numbers: list[int], session: Session, reloads: int) -> list[int]:
    """Return the rows in an order that is the same on all grid pages until the next reload."""
    shuffled = list(numbers)
    random.Random(f"{session.name}-{reloads}").shuffle(shuffled)
    return shuffled


def other_contract(store: Store, row: Row) -> Row:
    """Return another pending contract of the same workplace; the same one if there is no other."""
    others = [other for other in _pending(store, row.contract.sgk) if other.row != row.row]
    return others[0] if others else row


# Faults that consist in a changed state: they take place when they are switched on.
AT_ONCE: dict[str, Callable[[Store, Switchboard, Fault, str], None]] = {
    "twins": add_twin,
    "hostile_names": name_hostile,
}


def _pending(store: Store, sgk: str) -> list[Row]:
    return [row for row in store.contracts(sgk) if row.contract.status == PENDING]


def _pending_row(store: Store, fault: Fault, sgk: str) -> Row | None:
    rows = _pending(store, sgk)
    if fault.match:
        return next((row for row in rows if row.contract.gorevlendirme_id == fault.match), None)
    position = max(fault.nth, 1) - 1
    return rows[position] if position < len(rows) else None
