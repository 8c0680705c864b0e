"""The whole procedure of DOK.10.01 from one command: on all skins, on several workplaces, in any order, twice."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth, has_pictures, is_sealed
from tests.acceptance.running import SUITE, Operator

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


def test_second_suite_of_an_execution_is_refused_and_leaves_the_first_ones_evidence(
    start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal("plain", 1)
    truth = Truth(portal)
    run = make_operator(portal).run(str(SUITE.with_name("onayla.robot")))
    assert run.code == 1, run.said
    assert "KTP-210" in run.said
    assert [each["outcome"] for each in run.approvals] == ["approved"]
    truth.agrees_with(run)
    is_sealed(run)


def test_a_window_can_be_watched(
    screen: str, start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal("plain", 1)
    truth = Truth(portal)
    run = make_operator(portal).run(HEADLESS="false", environment={"DISPLAY": screen})
    truth.everything_is_approved(run)
