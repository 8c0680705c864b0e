"""Random cases through the browser: a worklist, contracts, an order and a fault, all from one seed."""

from __future__ import annotations

import random
import signal
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

from PracticePortal.examples import PENDING, Contract, contracts
from PracticePortal.process import PortalProcess
from tests.acceptance.judging import Truth, is_sealed
from tests.acceptance.running import Operator, Run
from tests.acceptance.today_files import file_for

HEADER = "SGK Sicil No;Adı Soyadı;Personel Kategorisi;Grv. Başlama Trh.;Görevlendirme ID;Ayl. Çlş. Süresi (Dk)"
DECIDED = "Karar;Karar Veren;Karar Tarihi"
SKINS = ("plain", "framed", "legacy")

# Faults that strike one contract, by its ID; and faults that strike a step of the procedure.
OF_A_CONTRACT = (
    "other_person",
    "refusal",
    "success_but_pending",
    "drop_before_approval",
    "drop_after_approval",
    "error_before_approval",
    "error_after_approval",
    "duplicate_delivery",
    "slow_ok",
    "native_alert",
    "native_confirm",
    "asking_box",
)
OF_A_STEP = ("session_loss", "server_error", "drop", "maintenance")
STEPS = ("menu", "workplace", "home", "contracts", "grid", "form", "save", "after_save", "reread", "sign_out")
OF_THE_LIST = (
    "reorder",
    "new_row",
    "twins",
    "stale_grid",
    "wrong_total",
    "hidden_total",
    "hostile_names",
    "approved_by_other:at=grid",
    "approved_by_other:at=form",
)
# None: killed, which not every system has a signal for.
STOPS: dict[str, signal.Signals | None] = {"SIGINT": signal.SIGINT, "SIGTERM": signal.SIGTERM, "SIGKILL": None}
STOP_AT = ("sign_in", "home", "contracts_listed", "form_opened", "approval")


@dataclass(frozen=True)
class Row:
    """A row of the worklist.

    Attributes:
        contract: whose row it is.
        karar: what was decided.
        by_id: True if the row gives the Görevlendirme ID.
        minutes: "", "right" or "wrong".
        category: the category as the portal's list says it; empty where it is the contract's own.
    """

    contract: Contract
    karar: str
    by_id: bool
    minutes: str
    category: str = ""

    @property
    def approves(self) -> bool:
        """True if the row's contract may be approved."""
        mine = self.contract.status == PENDING and self.contract.professional_approved
        return self.karar == "Onayla" and self.minutes != "wrong" and mine

    def line(self) -> str:
        """The row as a spreadsheet saves it."""
        one = self.contract
        minutes = {"": "", "right": str(one.minutes), "wrong": str(one.minutes + 1)}[self.minutes]
        decided = "ÖRNEK İŞVEREN;01.03.2021" if self.karar else ";"
        number = one.gorevlendirme_id if self.by_id else ""
        start = f"{one.start:%d.%m.%Y}"
        return f"{_grouped(one.sgk)};{one.name};{self.category or one.category};{start};{number};{minutes};{self.karar};{decided}"


@dataclass(frozen=True)
class Case:
    """One case; its text says everything that chance has chosen.

    Attributes:
        seed: from which all follows.
        skin: the portal's look.
        pending: how many contracts are pending; None for the mixed example.
        rows: the worklist; None for `APPROVE:all`.
        faults: what goes wrong at the portal.
        stop: signal and the portal's event on which it is sent, or None.
        look: how the pages of the skin `today` are built.
    """

    seed: str
    skin: str
    pending: int | None
    rows: tuple[Row, ...] | None
    faults: tuple[str, ...]
    stop: tuple[str, str] | None
    look: tuple[str, ...] = ()

    def __str__(self) -> str:
        listed = "APPROVE:all" if self.rows is None else " ".join(_told(row) for row in self.rows) or "an empty list"
        stop = f", {self.stop[0]} at {self.stop[1]}" if self.stop else ""
        return (
            f"{self.seed}: {' '.join((self.skin, *self.look))}, {self.pending or 'mixed'} pending, {listed}, "
            f"{' + '.join(self.faults) or 'no fault'}{stop}"
        )


@dataclass
class Verdict:
    """What came of a case: its runs, and what is wrong with them (empty if nothing)."""

    case: Case
    wrong: str = ""
    outcomes: Counter[str] = field(default_factory=Counter)


def _told(row: Row) -> str:
    return f"{row.contract.gorevlendirme_id}{'#' if row.by_id else ''}={row.karar or '-'}{row.minutes[:1]}"


def _grouped(sgk: str) -> str:
    return " ".join(sgk[place : place + 4] for place in range(0, len(sgk), 4))


def make_case(seed: int, number: int) -> Case:
    """Make the N-th case of a seed.

    Args:
        seed: the seed of the whole.
        number: which case.

    Returns:
        The case, the same for the same two numbers on every machine.
    """
    name = f"{seed}/{number}"
    chance = random.Random(name)  # noqa: S311 - what it chooses must come again for the same seed
    pending = chance.randint(1, 3)
    there = list(islice(contracts(pending), pending))
    rows = None if chance.random() < 0.3 else tuple(make_rows(chance, there))
    return Case(name, chance.choice(SKINS), pending, rows, tuple(_faults(chance, there)), make_stop(chance))


def make_rows(chance: random.Random, there: list[Contract]) -> list[Row]:
    """Return the rows of a random worklist for these contracts, at least one."""
    rows = [
        Row(
            one,
            chance.choices(("Onayla", "Beklet", ""), (7, 1, 1))[0],
            chance.random() < 0.5,
            chance.choices(("", "right", "wrong"), (5, 4, 1))[0],
        )
        for one in there
        if chance.random() < 0.9
    ]
    rows = rows or [Row(there[0], "Beklet", False, "")]
    chance.shuffle(rows)
    return rows


def _faults(chance: random.Random, there: list[Contract]) -> list[str]:
    kind = chance.choices(("none", "contract", "step", "list", "two"), (15, 35, 30, 15, 5))[0]
    of_one = f"{chance.choice(OF_A_CONTRACT)}:match={chance.choice(there).gorevlendirme_id}"
    at_step = f"{chance.choice(OF_A_STEP)}:at={chance.choice(STEPS)},nth={chance.randint(1, 3)}"
    chosen = {"contract": [of_one], "step": [at_step], "list": [chance.choice(OF_THE_LIST)], "two": [of_one, at_step]}
    return chosen.get(kind, [])


def make_stop(chance: random.Random) -> tuple[str, str] | None:
    """Return how a case is stopped; None for most."""
    return (chance.choice(list(STOPS)), chance.choice(STOP_AT)) if chance.random() < 0.15 else None


def allowed_by(case: Case, truth: Truth) -> set[str]:
    """Return the IDs that may be approved in a case.

    Args:
        case: the case.
        truth: what the portal knew before the run.

    Returns:
        The IDs; a twin that no ID tells apart is in doubt, so neither of the two may be.
    """
    if "consent=on" in case.look:
        return set()
    if case.rows is None:
        return {each["gorevlendirme_id"] for each in truth.pending if each["professional_approved"]}
    if "hostile_names" in case.faults:
        return set()  # the list names nobody that the portal now shows
    identity = {each["gorevlendirme_id"]: (each["name"], each["category"], each["start"]) for each in truth.pending}
    times = Counter(identity.values())
    return {
        row.contract.gorevlendirme_id
        for row in case.rows
        if row.approves
        and (row.by_id or (times[identity[row.contract.gorevlendirme_id]] == 1 and "names=masked" not in case.look))
    }


def try_case(case: Case, folder: Path) -> Verdict:
    """Run a case as a process of its own, and judge it by the portal's log.

    Args:
        case: the case.
        folder: an empty folder for everything of it.

    Returns:
        The verdict.
    """
    with ExitStack() as stack:
        portal = stack.enter_context(_portal(case, folder / "portal"))
        operator = Operator(folder, portal)
        stack.callback(operator.end_all)
        return try_with(case, portal, operator)


def _portal(case: Case, folder: Path) -> PortalProcess:
    return PortalProcess(case.skin, case.pending, folder, faults=case.faults, look=case.look)


def try_with(case: Case, portal: PortalProcess, operator: Operator) -> Verdict:
    """Run a case on a portal, and judge it by the portal's log.

    Args:
        case: the case.
        portal: a portal with the case's skin, contracts and faults.
        operator: who runs the suite; one that starts processes where the case has a stop.

    Returns:
        The verdict.
    """
    verdict = Verdict(case)
    truth = Truth(portal)
    allowed = allowed_by(case, truth)
    try:
        run = _run(case, operator, portal)
        verdict.outcomes.update(each["outcome"] for each in run.approvals)
        _judge(case, truth, run, allowed)
        if case.stop and case.stop[0] == "SIGKILL":
            _judge_next(case, truth, operator, portal, allowed)
    except AssertionError as error:
        verdict.wrong = str(error) or repr(error)
    return verdict


def _variables(case: Case, operator: Operator) -> dict[str, Any]:
    portal = {"PORTAL": file_for(operator.folder, case.look), "SITE_URL": ""} if case.skin == "today" else {}
    if case.rows is None:
        return portal
    path = operator.folder / "worklist.csv"
    path.write_text("\n".join([f"{HEADER};{DECIDED}", *(row.line() for row in case.rows)]) + "\n", "utf-8-sig")
    return {**portal, "WORKLIST": str(path), "APPROVE": ""}


def _run(case: Case, operator: Operator, portal: PortalProcess) -> Run:
    if case.stop is None:
        return operator.run(**_variables(case, operator))
    kind, event = case.stop
    robot = operator.start(**_variables(case, operator))
    robot.wait_for_end_or(lambda: portal.entries(event))
    if robot.process.poll() is None:
        number = STOPS[kind]
        if number is None:
            robot.kill()
        else:
            robot.signal_group(number)
    return robot.ended()


def _judge(case: Case, truth: Truth, run: Run, allowed: set[str]) -> None:
    killed = run.code < 0
    if killed:
        assert set(truth.recorded) <= allowed, f"approved without a decision: {truth.recorded}"
        assert all(number == 1 for number in truth.arrived.values()), f"sent more than once: {truth.arrived}"
        return
    if case.rows is None:
        allowed = allowed | _listed_in_time(truth)
    truth.agrees_with(run, allowed)
    is_sealed(run)
    if not case.faults and case.stop is None:
        assert set(truth.recorded) == allowed, f"not approved: {allowed - set(truth.recorded)}"
    told = {each["outcome"] for each in run.approvals}
    bad = told - {"approved", "already_approved", "planned", "skipped"}
    assert bool(bad) <= bool(run.code), f"passed with {bad}"
    assert run.code <= 250, f"robot itself failed: {run.code}\n{run.said}"


def _listed_in_time(truth: Truth) -> set[str]:
    """The IDs of the contracts that appeared before anything was opened: `APPROVE:all` means them as well."""
    before = takewhile(lambda entry: entry["event"] not in ("form_opened", "approval"), truth.entries())
    return {each["gorevlendirme_id"] for each in before if each["event"] == "fault" and each["name"] == "new_row"}


def _judge_next(case: Case, truth: Truth, operator: Operator, portal: PortalProcess, allowed: set[str]) -> None:
    """After a kill the next run, without a fault, brings everything to its end."""
    portal.clear_faults()
    run = operator.run(**_variables(case, operator))
    assert all(number == 1 for number in truth.arrived.values()), f"sent more than once: {truth.arrived}"
    assert set(truth.recorded) <= allowed
    for each in run.approvals:
        assert each["outcome"] != "approved" or truth.id_of(each) in truth.recorded, each
    if not case.faults:
        assert set(truth.recorded) == allowed, f"left behind: {allowed - set(truth.recorded)}\n{run.said}"


def summary(verdicts: list[Verdict]) -> dict[str, Any]:
    """Sum up what came of cases.

    Args:
        verdicts: the verdicts.

    Returns:
        How many cases, how often each outcome and each fault, and the cases that went wrong.
    """
    faults = Counter(fault.split(",nth")[0].split(":match")[0] for each in verdicts for fault in each.case.faults)
    return {
        "cases": len(verdicts),
        "outcomes": dict(sum((each.outcomes for each in verdicts), Counter[str]()).most_common()),
        "faults": dict(sorted(faults.items())),
        "stops": dict(Counter(each.case.stop[0] for each in verdicts if each.case.stop)),
        "wrong": [f"{each.case}\n    {each.wrong}" for each in verdicts if each.wrong],
    }
