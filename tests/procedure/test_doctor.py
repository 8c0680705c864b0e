"""`katip doctor --portal NAME` on portals whose pages read otherwise than the file says: each difference with the line that mends it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
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


_DETAIL = 'extends = "practice-today"\n[pace]\ntimeout_s = 8\n[detail]\npress = ["Detay"]\n'


Today = Callable[..., PortalProcess]


@pytest.fixture
def start_today() -> Iterator[Today]:
    """Starts practice portals of the skin `today` with a look each."""
    with ExitStack() as stack:
        yield lambda *look: stack.enter_context(PortalProcess("today", 3, look=look))


@pytest.mark.parametrize(
    ("look", "more", "state"),
    [
        (("detail=form",), "", "ok"),
        pytest.param(
            ("detail=form", "action=menu", "form=page", "table=virtual"),
            'at = "menu"\n',
            "ok",
            marks=pytest.mark.matrix,
        ),
        pytest.param(("detail=fields", "form=drawer"), 'shows = "fields"\n', "ok", marks=pytest.mark.matrix),
    ],
)
def test_form_that_a_harmless_press_shows_is_compared_too(
    look: tuple[str, ...], more: str, state: str, start_today: Today, doctor: Doctor
) -> None:
    portal = start_today(*look)
    earlier = len(portal.entries())
    code, checks = doctor(portal, _DETAIL + more)
    assert code == 0, checks
    assert checks["pages.form"]["state"] == state
    assert checks["sign_out"]["state"] == "ok"
    assert (len(events_since(portal, earlier, "form_opened")), events_since(portal, earlier, "approval")) == (1, [])


def test_words_of_the_shown_form_that_read_otherwise_are_named(start_today: Today, doctor: Doctor) -> None:
    portal = start_today("detail=form", "read_box=yes", "word:Sözleşme ID=Sözleşme IDleri")
    earlier = len(portal.entries())
    own = (
        '[fields]\nname = ["Görevlendirilen Kişiler Adı"]\nminutes = ["Süre"]\nstart = ["Başladığı Gün"]\ncontract_name = ["Adı"]\n'
        'gorevlendirme_id = ["Sözleşme Numarası"]\n[approving]\ntick = ["Kabul ediyorum"]\n[labels]\nsave = ["Kaydet"]\n'
    )
    code, checks = doctor(portal, _DETAIL + own)
    assert code == 1
    assert {checks[name]["state"] for name in ("fields.name", "fields", "labels.save", "approving.tick")} == {"failed"}
    assert (len(events_since(portal, earlier, "form_opened")), events_since(portal, earlier, "approval")) == (1, [])


def test_press_that_the_portal_does_not_have_is_named_and_nothing_else_is_pressed(
    start_today: Today, doctor: Doctor
) -> None:
    portal = start_today()
    earlier = len(portal.entries())
    code, checks = doctor(portal, _DETAIL)
    assert code == 1
    assert checks["detail"]["state"] == "failed"
    assert checks["sign_out"]["state"] == "ok"
    assert (events_since(portal, earlier, "form_opened"), events_since(portal, earlier, "approval")) == ([], [])


def test_file_without_such_a_press_says_that_the_form_was_not_looked_at(
    start_portal: StartPortal, doctor: Doctor
) -> None:
    portal = start_portal("plain", 1)
    code, checks = doctor(portal, 'extends = "v9"\n')
    assert (code, checks["detail"]["state"]) == (0, "ok")
    assert "[detail]" in checks["detail"]["mend"]


def test_press_that_does_more_than_the_file_says_is_noticed(start_today: Today, doctor: Doctor) -> None:
    portal = start_today("form=none", "answer=none", "word:Onayla=Detay")
    earlier = len(portal.entries())
    code, checks = doctor(portal, _DETAIL)
    assert code == 1
    assert "[detail]" in checks["detail"]["mend"]
    assert len(events_since(portal, earlier, "approval")) == 1  # the file named what approves


@pytest.mark.parametrize(
    ("words", "name", "state"),
    [
        pytest.param("Çalışan Sayısı=Sertifika Tipi", "columns.category", "warning", marks=pytest.mark.matrix),
        ("Görevlendirilen Kişi Onay Durumu=Hizmet Alan İşyeri Onay Durumu", "columns.status", "failed"),
        pytest.param("Bireysel=Kurumsal", "labels.corporate", "failed", marks=pytest.mark.matrix),
    ],
)
def test_what_the_portal_shows_twice_is_named(
    words: str, name: str, state: str, start_today: Today, doctor: Doctor
) -> None:
    portal = start_today(f"word:{words}")
    earlier = len(portal.entries())
    code, checks = doctor(portal, 'extends = "practice-today"\n[pace]\ntimeout_s = 8\n')
    assert (checks[name]["state"], code) == (state, int(state == "failed")), checks
    assert "2 times" in checks[name]["seen"]
    assert "[columns]" in checks[name]["mend"] or "near = " in checks[name]["mend"]
    assert events_since(portal, earlier, "approval") == []
