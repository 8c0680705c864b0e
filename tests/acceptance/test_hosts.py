"""Secrets and approvals stay on the portal's own hosts: judged by the portal's log and by what the processes were given."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth
from tests.acceptance.running import Operator

pytestmark = pytest.mark.acceptance
MakeOperator = Callable[..., Operator]
ELSEWHERE = "geheim-4711-in-the-environment"


def test_katip_that_goes_on_under_another_host_is_neither_read_nor_used(
    start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1, "moved")
    truth = Truth(portal)
    run = make_operator(portal).run()
    assert run.code == 1, run.said
    (failed,) = run.failed
    assert failed.name.startswith("5.3")
    assert "KTP-106" in failed.message
    assert portal.katip_url.replace("127.0.0.1", "localhost") in failed.message
    assert truth.recorded == []
    assert truth.entries("workplace_list") == []
    assert truth.sign_ins == [True]
    assert "may still be open" in failed.message


def test_declared_origin_is_used_and_stands_in_the_evidence(
    tmp_path: Path, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1, "moved")
    truth = Truth(portal)
    moved = portal.katip_url.replace("127.0.0.1", "localhost")
    own = tmp_path / "kendi.toml"
    declared = f'extends = "practice"\nname = "kendi"\n[addresses]\nkatip_url = "{portal.katip_url}"\n'
    own.write_text(declared + f'katip_origins = ["{moved}"]\n', "utf-8")
    run = make_operator(portal).run(PORTAL=str(own))
    truth.everything_is_approved(run)
    (record,) = (run.folder / "evidence").rglob("record.json")
    assert json.loads(record.read_text("utf-8"))["saved_on"] == moved
    clauses = json.loads((run.folder / "evidence" / "clauses.json").read_text("utf-8"))["entries"]
    origins = {each["clause"]: each["origin"] for each in clauses}
    assert (origins["5.1"], origins["5.6"]) == (portal.katip_url, moved)
    assert run.verify().returncode == 0


@pytest.mark.parametrize(
    ("way_out", "ended", "told"),
    [("Güvenli Çıkış", ["sign_out"], "was ended with"), ("Çıkış Yap ve Hesabımı Sil", [], "may still be open")],
    ids=["signs out", "something else"],
)
def test_unknown_page_after_the_sign_in_is_described_and_left(
    way_out: str, ended: list[str], told: str, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1, f"unknown_page:text={way_out}")
    truth = Truth(portal)
    run = make_operator(portal).run()
    assert run.code == 1, run.said
    (failed,) = run.failed
    assert failed.name.startswith("5.3")
    for part in ("KTP-107", "the sign-in worked", "Açık Rıza Beyanı", '"Okudum"', f'"{way_out}"', told):
        assert part in failed.message
    assert portal.number not in run.said
    assert truth.sign_ins == [True]
    assert truth.ends == ended
    facts = json.loads((run.folder / "evidence" / "run.json").read_text("utf-8"))
    assert ("may still be open" in json.dumps(facts)) is (not ended)


def test_no_started_process_has_a_secret_in_its_environment(
    start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1)
    given = {"GITHUB_TOKEN": ELSEWHERE, "NOTE": f"password {portal.password}"}
    robot = make_operator(portal).start(environment=given)
    robot.wait_until(lambda: portal.entries("main_menu"), "the main menu")
    children = psutil.Process(robot.process.pid).children(recursive=True)
    environments = {Path(child.exe()).name: Path(f"/proc/{child.pid}/environ").read_bytes() for child in children}
    robot.ended()
    assert any("node" in name for name in environments), environments.keys()
    assert any("chrom" in name for name in environments), environments.keys()
    for name, environment in environments.items():
        for secret in (portal.number, portal.password, ELSEWHERE):
            assert secret.encode() not in environment, name
