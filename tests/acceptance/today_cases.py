"""Random cases of today's portal: a look, a worklist, contracts and a fault, all from one seed."""

from __future__ import annotations

import random
from dataclasses import replace

from PracticePortal.examples import EXAMPLE_WORKPLACE, contracts
from PracticePortal.today.columns import certificate
from PracticePortal.today.look import CHOICES
from tests.acceptance.cases import OF_A_CONTRACT, OF_A_STEP, STEPS, Case, Row, make_rows, make_stop

OF_THE_LIST = (
    "reorder",
    "new_row",
    "twins",
    "stale_grid",
    "hostile_names",
    "too_many:at=grid",
    "too_many:at=form",
    "approved_by_other:at=grid",
    "approved_by_other:at=form",
)
# The turn is chosen last, so that it changes nothing else of a case; whether anything may be approved at all has tests of its own.
_NOT_BY_CHANCE = ("turn", "consent", "detail")
# Looks that exclude each other: without an ID a masked name says of nobody who they are; without a form there is
# nothing to tick, and nothing that shows the contract before.
_EXCLUDED = (
    {"names=masked", "ids=form"},
    {"form=none", "read_box=yes"},
    {"form=none", "stale_form=800"},
    {"form=none", "ids=form"},
)


def make_today_case(seed: int, number: int) -> Case:
    """Make the N-th case of a seed.

    Args:
        seed: the seed of the whole.
        number: which case.

    Returns:
        The case, the same for the same two numbers on every machine.
    """
    name = f"today {seed}/{number}"
    chance = random.Random(name)  # noqa: S311 - what it chooses must come again for the same seed
    pending = chance.choice((None, 1, 2, 3))
    there = [each for each in contracts(pending, two_parties=True) if each.sgk == EXAMPLE_WORKPLACE.sgk]
    open_ones = [each for each in there if each.status == there[0].status] if pending else there[:8]
    rows = None if chance.random() < 0.5 else tuple(_as_shown(row) for row in make_rows(chance, open_ones))
    faults = _faults(chance, open_ones[0].gorevlendirme_id)
    return Case(name, "today", pending, rows, faults, make_stop(chance), _look(chance))


def _as_shown(row: Row) -> Row:
    return replace(row, category=certificate(row.contract))


def _look(chance: random.Random) -> tuple[str, ...]:
    chosen = [
        f"{name}={chance.choice(values[1:])}"
        for name, values in CHOICES.items()
        if name not in _NOT_BY_CHANCE and chance.random() < 0.3
    ]
    chosen += [part for part in ("lag=1500", "stale_form=800") if chance.random() < 0.2]
    chosen += [f"turn={chance.choice(CHOICES['turn'][1:])}"] if chance.random() < 0.2 else []
    for pair in _EXCLUDED:
        if pair <= set(chosen):
            chosen.remove(max(pair))
    return tuple(chosen)


def _faults(chance: random.Random, contract: str) -> tuple[str, ...]:
    kind = chance.choices(("none", "contract", "step", "list"), (30, 30, 25, 15))[0]
    of_one = f"{chance.choice(OF_A_CONTRACT)}:match={contract}"
    at_step = f"{chance.choice(OF_A_STEP)}:at={chance.choice(STEPS)},nth={chance.randint(1, 3)}"
    chosen = {"contract": of_one, "step": at_step, "list": chance.choice(OF_THE_LIST)}.get(kind)
    return (chosen,) if chosen else ()
