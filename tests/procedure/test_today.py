"""The procedure on pages in the manner of today's KATİP: what its file can say, and what is held."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from PracticePortal.process import PortalProcess
from PracticePortal.today.look import CHOICES
from tests.acceptance.running import ROOT, Operator
from tests.acceptance.today_files import file_for
from tests.procedure.today_run import require_exactly_mine_approved, run_today, statuses

StartToday = Callable[..., PortalProcess]

# Each answers differently to what the others leave at its default.
_MIXED = {
    "virtual": (
        "table=virtual",
        "action=icon",
        "form=drawer",
        "workplace=select",
        "count=badge",
        "names=masked",
        "sgk=cut",
    ),
    "menu": (
        "action=menu",
        "form=page",
        "workplace=search",
        "announcement=yes",
        "answer=window",
        "after=local",
        "read_box=yes",
    ),
    "no form": (
        "action=link",
        "form=none",
        "question=yes",
        "workplace=list",
        "answer=red",
        "after=page",
        "ids=form",
        "lag=1500",
    ),
    "checked": (
        "action=checked",
        "information=yes",
        "approved_in=all",
        "count=none",
        "sgk=dotted",
        "buttons_for=everybody",
    ),
}
# The list behind the form's dialog, scrolled to its last columns, has the dialog's texts under its headers.
_MIXED["reversed"] = ("action=menu", "order=reversed", "ids=form")
# The pinned check boxes then lie over the header of another column.
_MIXED["reversed, checked"] = ("action=checked", "order=reversed", "ids=form", "form=page")
_EACH = {
    f"{name}={value}": (f"{name}={value}",)
    for name, values in CHOICES.items()
    for value in values[1:]
    if f"{name}={value}" != "consent=on"
}


@pytest.fixture
def start_today() -> Iterator[StartToday]:
    """Starts practice portals of the skin `today`."""
    with ExitStack() as stack:

        def start(look: Sequence[str] = (), **more: object) -> PortalProcess:
            return stack.enter_context(PortalProcess("today", look=look, **more))  # type: ignore[arg-type]

        yield start


@pytest.mark.parametrize(
    "look",
    [
        pytest.param((), id="as shipped"),
        *(pytest.param(look, id=name, marks=pytest.mark.matrix) for name, look in _MIXED.items()),
    ],
)
def test_exactly_what_is_the_employers_turn_is_approved_once(
    look: tuple[str, ...], tmp_path: Path, start_today: StartToday, make_operator: Callable[..., Operator]
) -> None:
    portal = start_today(look)
    mine, waiting = statuses(portal)
    assert mine
    assert waiting
    run = run_today(make_operator(portal), portal, file_for(tmp_path, look))
    require_exactly_mine_approved(portal, run, mine)
    assert sum(each["outcome"] == "skipped" for each in run.approvals) == len(waiting)


@pytest.mark.matrix
@pytest.mark.parametrize("look", _EACH.values(), ids=_EACH)
def test_each_look_alone(
    look: tuple[str, ...], tmp_path: Path, start_today: StartToday, make_operator: Callable[..., Operator]
) -> None:
    portal = start_today(look)
    mine, _ = statuses(portal)
    run = run_today(make_operator(portal), portal, file_for(tmp_path, look))
    require_exactly_mine_approved(portal, run, mine)


def test_a_consent_that_is_on_holds_every_contract(
    start_today: StartToday, make_operator: Callable[..., Operator]
) -> None:
    portal = start_today(["consent=on"])
    mine, _ = statuses(portal)
    run = run_today(make_operator(portal), portal, "practice-today")
    assert portal.entries("approval") == []
    held = [each for each in run.approvals if each["outcome"] == "held"]
    assert {each["gorevlendirme_id"] for each in held} == mine
    assert all("consent" in each["reason"] for each in held)
    assert portal.state()["open_sessions"] == []


def test_the_shipped_file_approves_nothing_and_names_what_it_does_not_know(
    tmp_path: Path, start_today: StartToday, make_operator: Callable[..., Operator]
) -> None:
    portal = start_today()
    file = file_for(tmp_path, (), "today", "[pace]\npause_ms = 0")
    run = run_today(make_operator(portal), portal, file)
    assert portal.entries("approval") == portal.entries("form_opened") == []
    assert {each["outcome"] for each in run.approvals} == {"held", "skipped"}
    assert all("approving.form" in each["reason"] for each in run.approvals if each["outcome"] == "held")


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(("form=dialog",), id="a form comes", marks=pytest.mark.matrix),
        pytest.param(("form=none", "answer=window"), id="it approves"),
    ],
)
def test_a_press_that_nobody_knows_is_the_irreversible_one(
    look: tuple[str, ...], tmp_path: Path, start_today: StartToday, make_operator: Callable[..., Operator]
) -> None:
    portal = start_today(look)
    mine, _ = statuses(portal)
    file = file_for(tmp_path, (), "today", "unknown = []\n[pace]\npause_ms = 0")
    operator = make_operator(portal)
    rehearsed = run_today(operator, portal, file, MODE="rehearse")
    assert rehearsed.code == 0
    assert portal.entries("approval") == portal.entries("form_opened") == []
    require_exactly_mine_approved(portal, run_today(operator, portal, file), mine)


def test_plan_lists_who_is_waited_for_and_presses_nothing(
    start_today: StartToday, make_operator: Callable[..., Operator]
) -> None:
    portal = start_today()
    mine, waiting = statuses(portal)
    operator = make_operator(portal)
    operator.suite = ROOT / "robots" / "plan.robot"
    run = run_today(operator, portal, "practice-today", APPROVE="")
    assert run.code == 0, run.said
    rows = list(csv.DictReader((run.folder / "worklist.csv").open(encoding="utf-8-sig"), delimiter=";"))
    assert {row["Görevlendirme ID"] for row in rows if row["Kimi bekliyor"]} == waiting
    assert {row["Görevlendirme ID"] for row in rows if not row["Kimi bekliyor"]} == mine
    assert portal.entries("form_opened") == portal.entries("approval") == []


def test_colours_that_the_legend_explains_otherwise_hold_every_contract(
    tmp_path: Path, start_today: StartToday, make_operator: Callable[..., Operator]
) -> None:
    portal = start_today(("turn=colour",))
    file = Path(file_for(tmp_path, ("turn=colour",)))
    swapped = file.read_text("utf-8").replace('"green"', '"?"').replace('"red"', '"green"').replace('"?"', '"red"')
    file.write_text(swapped, "utf-8")
    run = run_today(make_operator(portal), portal, str(file))
    assert portal.entries("form_opened") == portal.entries("approval") == []
    assert {each["outcome"] for each in run.approvals} == {"held"}
    assert all("legend" in each["reason"] for each in run.approvals), run.approvals
    assert run.code != 0
    assert portal.state()["open_sessions"] == []
