"""`katip doctor --sign-in` as a person does it: in the robot's window, and in a browser of their own that is running."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from PracticePortal.process import PortalProcess
from tests.acceptance.conftest import StartPortal
from tests.persons_browser import PersonsBrowser, PersonsTab

LIBRARIES = Path(__file__).resolve().parents[2] / "libraries"
Checks = dict[str, dict[str, Any]]


def doctor(
    folder: Path, portal: PortalProcess, *arguments: str, own: str = "", **environment: str
) -> tuple[int, Checks]:
    """Call `katip doctor` in a process of its own; return its exit code and its checks by name."""
    path = folder / "own.toml"
    path.write_text(f'extends = "v9"\n{own}', "utf-8")
    places = ("site_url", "edevlet_url", "katip_url")
    addresses = [f"--{key.replace('_', '-')}={getattr(portal, key)}" for key in places]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "Katip",
            "doctor",
            "--portal",
            path,
            *addresses,
            *arguments,
            "--json",
            "--results",
            folder,
        ],
        env={**os.environ, "PYTHONPATH": str(LIBRARIES), "EDEVLET_TCKN": "", "EDEVLET_SIFRE": "", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=240,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, {check["name"]: check for check in json.loads(done.stdout)}


def events(portal: PortalProcess, event: str) -> int:
    return len([entry for entry in portal.entries() if entry["event"] == event])


def test_person_signs_in_in_the_robots_window(screen: str, start_portal: StartPortal, tmp_path: Path) -> None:
    portal = start_portal("plain", 2, "mobile_signature:ms=1500")
    code, checks = doctor(tmp_path, portal, "--sign-in", "attended", "--headless", "false", DISPLAY=screen)
    assert (code, checks["pages.contracts"]["state"], checks["sign_out"]["state"]) == (0, "ok", "ok"), checks
    assert (events(portal, "sign_in"), events(portal, "approval")) == (1, 0)


def test_window_that_cannot_be_shown_is_named(start_portal: StartPortal, tmp_path: Path) -> None:
    portal = start_portal("plain", 1)
    code, checks = doctor(tmp_path, portal, "--sign-in", "attended", "--headless", "true")
    assert code == 1
    assert "KTP-001" in checks["pages"]["seen"]
    assert events(portal, "sign_in") == 0


def test_persons_own_browser_is_joined_and_left_as_it_was(start_portal: StartPortal, tmp_path: Path) -> None:
    portal = start_portal("plain", 2)
    with PersonsBrowser(tmp_path / "profile") as browser:
        mine = PersonsTab(browser, "about:blank")
        mine.sign_in(portal)
        before = browser.tabs
        given = ("--sign-in", "attach", "--cdp-url", browser.url)
        code, checks = doctor(tmp_path, portal, *given, own='[columns]\nwork_status = ["Çalışma Durumları"]\n')
        assert code == 0, checks
        assert checks["columns.work_status"]["state"] == "warning"
        assert checks["sign_out"]["state"] == "ok"
        browser.is_untouched()
        browser.shows_only(before)
    assert (events(portal, "sign_in"), events(portal, "approval")) == (1, 0)


def test_browser_that_does_not_run_is_named(start_portal: StartPortal, tmp_path: Path) -> None:
    portal = start_portal("plain", 1)
    code, checks = doctor(tmp_path, portal, "--sign-in", "attach", "--cdp-url", "http://127.0.0.1:9")
    assert code == 1
    assert "KTP-005" in checks["pages"]["seen"]
