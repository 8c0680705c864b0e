"""The whole procedure with what may be set: print-outs, several workplaces, another order of the tasks."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from PracticePortal.examples import WORKPLACES
from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth
from tests.acceptance.running import Operator


@pytest.mark.parametrize("skin", ["plain", "legacy"], ids=["as a download", "in a tab of its own"])
def test_print_out_is_kept_apart_as_the_portal_gives_it(
    skin: str, start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal(skin, 1)
    truth = Truth(portal)
    run = make_operator(portal).run(PRINTOUT="yes")
    truth.everything_is_approved(run)
    (entry,) = run.approvals
    assert {each["gorevlendirme_id"] for each in truth.entries("printout")} == {entry["gorevlendirme_id"]}
    record = json.loads((run.folder / "evidence/contracts/001/record.json").read_text("utf-8"))
    assert record["printout"]["path"] == "evidence/printouts/001.pdf"
    words = PdfReader(run.folder / "evidence/printouts/001.pdf").pages[0].extract_text()
    assert entry["name"] in " ".join(words.split())


def test_every_workplace_that_was_asked_for_is_visited_in_one_session(
    start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal("plain", 1)
    asked = [WORKPLACES[0].sgk, WORKPLACES[3].sgk]
    truth = Truth(portal, asked)
    run = make_operator(portal).run(WORKPLACE=",".join(asked))
    assert len(truth.pending) == 3
    truth.everything_is_approved(run)
    assert {each["workplace"] for each in run.approvals} == set(asked)
    assert [each["workplace"] for each in truth.entries("workplace_chosen")] == asked
    assert truth.sign_ins == [True]


def test_order_of_the_tasks_does_not_matter(start_portal: StartPortal, make_operator: Callable[..., Operator]) -> None:
    portal = start_portal()
    truth = Truth(portal)
    run = make_operator(portal).run("--randomize", "all:7")
    # What cannot be reached in this order is not done; what is done is right, and nothing is left open.
    truth.agrees_with(run)
    assert len(run.tasks) <= 20
    if run.code == 0 and run.approvals:
        truth.everything_is_approved(run)
