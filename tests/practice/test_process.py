"""The portal as a process: its command line, its end, and the keyword library."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from PracticePortal.process import PortalProcess
from tests.practice.visitor import Visitor

LIBRARIES = Path(__file__).resolve().parents[2] / "libraries"
COMMAND = [sys.executable, "-m", "PracticePortal"]


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(LIBRARIES), "PYTHONIOENCODING": "utf-8"}


def test_prints_one_line_and_ends_with_its_parent(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "--exit-with-parent", f"--log={tmp_path / 'log.jsonl'}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdin
        assert process.stdout
        addresses = json.loads(process.stdout.readline())
        assert set(addresses) == {"site_url", "edevlet_url", "katip_url", "control_url", "log", "pid"}
        assert addresses["log"] == str(tmp_path / "log.jsonl")
        process.stdin.close()
        assert process.wait(10) == 0
        assert process.stdout.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C cannot be sent to one process on Windows")
def test_person_is_told_where_to_start_and_ends_it_with_ctrl_c() -> None:
    with subprocess.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stdout
        site = json.loads(process.stdout.readline())["site_url"]
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=10)
    welcome = said.decode()
    assert process.returncode == 0
    assert [
        part for part in (site, "11111111110", "Deneme-1453", "buradan başlayın", "start here") if part not in welcome
    ] == []


def test_wrong_option_is_explained() -> None:
    ended = subprocess.run(
        [*COMMAND, "--fault", "refusl"], env=environment(), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "There is no fault 'refusl'" in ended.stderr


def test_start_that_fails_says_why() -> None:
    with PortalProcess() as portal, pytest.raises(RuntimeError, match=r"gave no address\. It said: .*in use"):
        PortalProcess(ports=portal.ports)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process group ids to compare")
def test_is_a_process_group_of_its_own() -> None:
    with PortalProcess() as portal:
        assert os.getpgid(portal.pid) == portal.pid != os.getpgid(0)


def test_killed_portal_goes_on_with_what_it_had_recorded(tmp_path: Path) -> None:
    with PortalProcess(folder=tmp_path) as portal:
        visitor = Visitor(portal)
        visitor.enter()
        row = visitor.pending()[0]
        visitor.save(row)
        portal.kill()
        assert not portal.running
        with PortalProcess(folder=tmp_path, ports=portal.ports) as again:
            assert again.katip_url == portal.katip_url
            assert len(Visitor(again).katip("/").text) > 0
            assert len(visitor.pending()) == 4
            assert len(again.entries("approval")) == 1


def test_benchmark_workplace_has_only_pending_contracts() -> None:
    with PortalProcess(contracts=25) as portal:
        visitor = Visitor(portal)
        assert "25 adet Onay Bekleyen" in visitor.enter().text
        assert (len(visitor.pending()), visitor.page()["pages"]) == (25, 3)


def test_example_user_can_be_given_secrets_of_a_test(tmp_path: Path) -> None:
    with PortalProcess(folder=tmp_path, number="33333333330", password="marker-secret") as portal:
        assert "33333333330" in Visitor(portal).enter().text
        written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    written += b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"333******30" in written
    assert b"33333333330" not in written
    assert b"marker-secret" not in written


def test_secrets_of_a_test_are_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICE_PORTAL_TCKN", "33333333330")
    monkeypatch.setenv("PRACTICE_PORTAL_PASSWORD", "marker-secret")
    with PortalProcess() as portal:
        assert (portal.number, portal.password) == ("33333333330", "marker-secret")
        assert "33333333330" in Visitor(portal).enter().text


SUITE = """
*** Settings ***
Library    PracticePortal
Suite Teardown    Stop Practice Portal

*** Test Cases ***
Addresses User Faults And Log
    ${portal} =    Start Practice Portal    skin=Legacy    contracts=3    folder=FOLDER    latency=1 ms
    Should Match Regexp    ${portal}[site_url]    ^http://127\\\\.0\\\\.0\\\\.1:\\\\d+$
    Should Be Equal    ${portal}[workplace]    29999010199999010999932000
    ${number}    ${password} =    Practice User
    Should Be Equal As Strings    ${password}    <secret>
    Set Practice Fault    refusal    nth=2
    ${state} =    Practice State
    Should Be Equal    ${state}[faults][0][name]    refusal
    Length Should Be    ${state}[contracts]    39
    Clear Practice Faults
    Reset Practice Portal
    ${entries} =    Practice Log    reset
    Length Should Be    ${entries}    1

Not Running
    Stop Practice Portal
    Run Keyword And Expect Error    *'Start Practice Portal' first.    Practice Log
"""


def test_keyword_library(tmp_path: Path) -> None:
    suite = tmp_path / "portal.robot"
    suite.write_text(SUITE.replace("FOLDER", str(tmp_path / "portal")), encoding="utf-8")
    command = [sys.executable, "-m", "robot", f"--pythonpath={LIBRARIES}", f"--outputdir={tmp_path}", "-L", "TRACE"]
    ended = subprocess.run([*command, str(suite)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout
    written = (tmp_path / "output.xml").read_text(encoding="utf-8")
    assert "Deneme-1453" not in written
    assert "11111111110" not in written
