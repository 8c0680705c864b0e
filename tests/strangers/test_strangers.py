"""The suite against portals that the library does not know: other toolkits, frames, wordings and faults.

What counts is what each portal itself wrote down. The three quickest run with every change, the rest by `make matrix`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.strangers.ant import Ant
from tests.strangers.asp2003 import Asp2003
from tests.strangers.components import Components
from tests.strangers.domino import Domino
from tests.strangers.ext3 import Ext3
from tests.strangers.ext4 import Ext4
from tests.strangers.gridview import GridView
from tests.strangers.gwt import Gwt
from tests.strangers.intraweb import IntraWeb
from tests.strangers.jquery_ui import JqueryUi
from tests.strangers.judge import Verdict, assert_all_approved, assert_safe, run
from tests.strangers.kits import Tabulator, W2ui
from tests.strangers.older_kits import Dojo, JqGrid, Ui5
from tests.strangers.quasar_spa import QuasarSpa
from tests.strangers.richfaces import RichFaces
from tests.strangers.slow import slowed
from tests.strangers.stage import Stranger
from tests.strangers.webforms import WebForms
from tests.strangers.webix import Webix

# Toolkits that take long, or much memory, to load.
HEAVIER = (Ant, Gwt, WebForms, W2ui, RichFaces, IntraWeb, Webix, Dojo, JqGrid, Ui5)


def sole_outcomes(verdict: Verdict) -> set[str]:
    return set(verdict.outcomes().values())


@pytest.mark.parametrize("portal", [Asp2003, QuasarSpa, JqueryUi])
def test_does_its_work(portal: type[Stranger], tmp_path: Path) -> None:
    assert_all_approved(run(portal, tmp_path))


@pytest.mark.matrix
@pytest.mark.parametrize(
    "portal",
    [Ext3, Ext4, Components, Domino, GridView, Tabulator, *HEAVIER],
)
def test_does_its_work_on_heavier_ones(portal: type[Stranger], tmp_path: Path) -> None:
    assert_all_approved(run(portal, tmp_path))


@pytest.mark.matrix
@pytest.mark.parametrize(
    ("portal", "option"),
    [
        (Ext3, "icons"),
        (QuasarSpa, "second_page"),
        (Components, "new_tab"),
        (JqueryUi, "slow"),
        (IntraWeb, "dark"),
        (RichFaces, "dark"),
    ],
    ids=[
        "status as a picture with a title",
        "begins on the second page",
        "form in a new tab",
        "two seconds an answer",
        "Kayıt dark for five seconds, known by its neighbours",
        "Kayıt dark for some answers",
    ],
)
def test_does_its_work_all_the_same(portal: type[Stranger], option: str, tmp_path: Path) -> None:
    assert_all_approved(run(portal, tmp_path, option))


@pytest.mark.matrix
@pytest.mark.parametrize("portal", [Ext3, Ext4, QuasarSpa, JqGrid])
def test_does_its_work_where_each_answer_takes_its_own_time(portal: type[Stranger], tmp_path: Path) -> None:
    assert_all_approved(run(slowed(portal, 1), tmp_path))


@pytest.mark.matrix
@pytest.mark.parametrize(
    "portal",
    [Ext3, Asp2003, QuasarSpa, Ext4, JqueryUi, Components, *HEAVIER],
)
def test_leaves_the_form_of_another_person(portal: type[Stranger], tmp_path: Path) -> None:
    verdict = run(portal, tmp_path, "wrong_form")
    assert_safe(verdict)
    assert not verdict.approved_by_portal
    assert verdict.log[-1]["what"] == "sign-out"
    assert sole_outcomes(verdict) <= {"held", "failed"}, verdict.output


@pytest.mark.matrix
@pytest.mark.parametrize("portal", [Ext3, Asp2003, Ext4, JqueryUi, Components])
def test_does_not_choose_between_two_forms(portal: type[Stranger], tmp_path: Path) -> None:
    verdict = run(portal, tmp_path, "double_form")
    assert_safe(verdict)
    assert not verdict.approved_by_portal
    assert verdict.log[-1]["what"] == "sign-out"


@pytest.mark.matrix
@pytest.mark.parametrize("portal", [Ext3, QuasarSpa, JqueryUi, Components, Ant])
def test_leaves_a_question_that_nobody_knows(portal: type[Stranger], tmp_path: Path) -> None:
    verdict = run(portal, tmp_path, "sure")
    assert_safe(verdict)
    assert not verdict.approved_by_portal
    assert sole_outcomes(verdict) == {"uncertain"}, verdict.output
    assert all("emin misiniz?" in contract["message"].casefold() for contract in verdict.contracts)
    assert verdict.log[-1]["what"] == "sign-out"


@pytest.mark.matrix
@pytest.mark.parametrize("fault", ["refuse", "session_end", "lost_before", "lost_after", "error200", "no_ok"])
@pytest.mark.parametrize("portal", [Ext3, Asp2003, QuasarSpa, JqueryUi, WebForms, Tabulator])
def test_tells_the_truth_of_what_went_wrong_after_the_click(portal: type[Stranger], fault: str, tmp_path: Path) -> None:
    verdict = run(portal, tmp_path, fault)
    assert_safe(verdict)
    assert verdict.log[-1]["what"] == "sign-out"
    if fault in ("lost_after", "error200", "no_ok"):
        assert sole_outcomes(verdict) == {"approved"}, "the re-read rows prove it"
    else:
        approved = len(verdict.approved_by_portal)
        assert approved == len(verdict.pending_before) - 1, (
            "the one that was struck is left, the others are not given up"
        )


@pytest.mark.matrix
@pytest.mark.parametrize("portal", [Ext3, JqueryUi])
@pytest.mark.parametrize("fault", ["captcha", "sms"])
def test_stops_where_only_a_person_can_go_on(portal: type[Stranger], fault: str, tmp_path: Path) -> None:
    verdict = run(portal, tmp_path, fault)
    assert verdict.code > 0
    assert not verdict.approved_by_portal
    assert len(verdict.seen("sign-in")) == (1 if fault == "sms" else 0), "one attempt at most, and none at a captcha"
    assert not verdict.seen("sign-in-refused")
    assert verdict.output.count("| FAIL |") == 2, verdict.output  # the clause and the suite
