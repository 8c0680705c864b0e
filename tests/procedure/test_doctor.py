"""`katip doctor --portal NAME` on portals whose pages read otherwise than the file says: each difference with the line that mends it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from click.testing import CliRunner

from Katip.cli import katip
from PracticePortal.process import PortalProcess
from tests.acceptance.conftest import StartPortal
from tests.procedure.in_process import Node

Checks = dict[str, dict[str, Any]]
Doctor = Callable[..., tuple[int, Checks]]

_TODAY_RENAMED = """
extends = "practice-today"
[columns]
professional_status = ["Görevlendirilen Kişi Onay Durumuları"]
hazard = ["Tehlike Grubu"]
"""


@pytest.fixture
def doctor(tmp_path: Path, node: Node) -> Doctor:
    """Calls `katip doctor` in this process and returns its exit code and its checks by name."""

    def call(portal: PortalProcess, own_file: str, *arguments: str, sign_in: bool = True) -> tuple[int, Checks]:
        path = tmp_path / "own.toml"
        path.write_text(own_file, "utf-8")
        addresses = [
            f"--{key.replace('_', '-')}={getattr(portal, key)}" for key in ("site_url", "edevlet_url", "katip_url")
        ]
        way = ["--sign-in", "password"] if sign_in else []
        environment = {
            "EDEVLET_TCKN": portal.number,
            "EDEVLET_SIFRE": portal.password,
            "ROBOT_FRAMEWORK_BROWSER_NODE_PORT": node.port,
        }
        given = ["doctor", "--portal", str(path), *addresses, *way, "--json", "--results", str(tmp_path), *arguments]
        with mock.patch.dict(os.environ, environment):
            result = CliRunner().invoke(katip, given)
        assert not result.exception or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, {check["name"]: check for check in json.loads(result.stdout)}

    return call


def events_since(portal: PortalProcess, earlier: int, event: str) -> list[bool]:
    return [bool(entry.get("accepted")) for entry in portal.entries()[earlier:] if entry["event"] == event]


def test_column_and_status_that_read_otherwise_are_named_with_the_line_that_mends_them(
    start_portal: StartPortal, doctor: Doctor
) -> None:
    portal = start_portal("plain", 2)
    earlier = len(portal.entries())
    own = 'extends = "v9"\n[columns]\nwork_status = ["Çalışma Durumları"]\n[statuses]\npending = ["Onay Bekleniyor"]\n'
    code, checks = doctor(portal, own)
    assert code == 1
    assert checks["columns.work_status"]["state"] == "warning"
    assert '[columns] work_status = ["Çalışma Durumu", "Çalışma Durumları"]' in checks["columns.work_status"]["mend"]
    assert checks["statuses.pending"]["state"] == "failed"
    assert '[statuses] pending = ["Onay Bekliyor", "Onay Bekleniyor"]' in checks["statuses.pending"]["mend"]
    pages = ("site", "entry", "edevlet", "main_menu", "workplaces", "home", "contracts")
    assert {checks[f"pages.{page}"]["state"] for page in pages} == {"ok"}
    assert checks["sign_out"]["state"] == "ok"
    assert events_since(portal, earlier, "approval") == []
    assert events_since(portal, earlier, "sign_in") == [True]


@pytest.mark.matrix
@pytest.mark.parametrize(
    ("own_file", "name", "line"),
    [
        (
            '[labels]\ncontracts = ["Sözleşmelerim"]',
            "labels.contracts",
            '[labels] contracts = ["Sözleşmeler", "Sözleşmelerim"]',
        ),
        (
            '[labels]\nsign_in = ["Sisteme Gir"]',
            "labels.sign_in",
            '[labels] sign_in = ["Sisteme Giriş Yap", "Sisteme Gir"]',
        ),
        (
            '[labels]\nisg_katip = { names = ["İSG Katipler"], any = true }',
            "labels.isg_katip",
            '[labels] isg_katip = { names = ["İSG Katip", "İSG Katipler"], any = true }',
        ),
        (
            '[columns]\nstatus = ["Grv. Onay Durumları"]',
            "columns.status",
            '[columns] status = ["Grv. Onay Durumu", "Grv. Onay Durumları"]',
        ),
        ('[columns]\nstatus = ["Statü"]', "columns.status", ""),
    ],
)
def test_what_the_main_job_needs_and_is_not_there_fails(
    own_file: str, name: str, line: str, start_portal: StartPortal, doctor: Doctor
) -> None:
    portal = start_portal("plain", 1)
    earlier = len(portal.entries())
    code, checks = doctor(portal, f'extends = "v9"\n[pace]\ntimeout_s = 5\n{own_file}\n')
    assert code == 1
    assert checks[name]["state"] == "failed"
    assert line in checks[name]["mend"]
    assert events_since(portal, earlier, "approval") == []


@pytest.mark.matrix
def test_todays_manner_is_walked_too(start_portal: StartPortal, doctor: Doctor) -> None:
    portal = start_portal("today", 3)
    earlier = len(portal.entries())
    code, checks = doctor(portal, 'extends = "practice-today"\n')
    assert (code, checks["sign_out"]["state"], checks["columns"]["state"]) == (0, "ok", "ok")
    code, checks = doctor(portal, _TODAY_RENAMED)
    assert code == 1
    assert "Görevlendirilen Kişi Onay Durumu" in checks["columns.professional_status"]["mend"]
    assert events_since(portal, earlier, "approval") == []


@pytest.mark.matrix
def test_without_a_sign_in_the_entry_pages_are_looked_at(start_portal: StartPortal, doctor: Doctor) -> None:
    portal = start_portal("plain", 1)
    earlier = len(portal.entries())
    code, checks = doctor(portal, 'extends = "v9"\n[labels]\ntckn = ["Kimlik Numaranız"]\n', sign_in=False)
    assert code == 1
    assert checks["walk"]["state"] == "failed"
    code, checks = doctor(portal, 'extends = "v9"\n', sign_in=False)
    assert code == 0
    assert checks["pages.edevlet"]["state"] == "ok"
    assert "nobody signed in" in checks["sign_in"]["seen"]
    assert events_since(portal, earlier, "sign_in") == []
