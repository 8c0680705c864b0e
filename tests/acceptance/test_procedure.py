"""The whole procedure of DOK.10.01 from one command: on all skins, on several workplaces, in any order, twice."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from PracticePortal.examples import WORKPLACES
from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth, has_pictures, is_sealed
from tests.acceptance.running import Operator

SKINS = ("plain", "framed", "legacy")


@pytest.mark.parametrize("skin", SKINS)
def test_exactly_the_pending_contracts_are_approved_once_each(
    skin: str, start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal(skin, None)  # 23 rows on three grid pages, five of them pending
    truth = Truth(portal)
    run = make_operator(portal).run()
    assert len(truth.pending) == 5
    truth.everything_is_approved(run)
    has_pictures(run)
    assert [each["message"] for each in run.approvals] == ["Sözleşme onaylandı."] * 5
    assert truth.sign_ins == [True]


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


def test_suite_starts_uses_and_stops_the_practice_portal_itself(
    tmp_path: Path, make_operator: Callable[..., Operator]
) -> None:
    run = make_operator(None).run()
    assert run.code == 0, run.said
    assert [each["outcome"] for each in run.approvals] == ["approved"] * 5
    has_pictures(run)
    is_sealed(run)
    assert (run.folder / "journal.sqlite").exists()  # beside the run's own files, not among the operator's
    assert list(run.folder.glob("*.zip"))
    origin = json.loads((run.folder / "approvals.json").read_text("utf-8"))["portal"]["origin"]
    assert not _answers(origin), "the practice portal outlived the run"


def _answers(origin: str) -> bool:
    host, port = origin.removeprefix("http://").split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


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


def test_second_run_finds_nothing_to_do_and_loses_nothing(
    start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal("plain", 1)
    operator = make_operator(portal)
    first = operator.run(name="same")
    assert first.code == 0, first.said
    packages = set(operator.folder.glob("*.zip"))
    assert len(packages) == 1
    truth = Truth(portal)
    second = operator.run(name="same")
    assert second.code == 0, second.said
    assert second.approvals == []
    assert truth.recorded == []
    is_sealed(second)
    packages = set(operator.folder.glob("*.zip"))
    assert len(packages) == 2
    for package in packages:
        assert second.katip("verify", str(package)).returncode == 0


@pytest.mark.skipif(not os.environ.get("DISPLAY") and os.name != "nt", reason="no screen")
def test_a_window_can_be_watched(start_portal: StartPortal, make_operator: Callable[..., Operator]) -> None:
    portal = start_portal("plain", 1)
    truth = Truth(portal)
    truth.everything_is_approved(make_operator(portal).run(HEADLESS="false"))
