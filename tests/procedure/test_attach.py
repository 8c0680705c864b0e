"""SIGN_IN:attach: the robot joins the person's running browser, and leaves all of it but its own tabs as it was."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from PracticePortal.examples import WORKPLACES
from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth
from tests.acceptance.running import Operator, Run
from tests.persons_browser import PersonsBrowser, PersonsTab

MakeOperator = Callable[..., Operator]
NOBODY = {"EDEVLET_TCKN": "", "EDEVLET_SIFRE": ""}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PersonsBrowser]:
    with PersonsBrowser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(started: PersonsBrowser) -> Iterator[PersonsBrowser]:
    """The person's browser; after the test its tabs must be as they were."""
    yield started
    started.is_untouched()
    started.close_but()


def run_attached(operator: Operator, browser: PersonsBrowser, **more: str) -> Run:
    given = {"SIGN_IN": "attach", "CDP_URL": browser.url, "HEADLESS": "", "BROWSER": "", **more}
    return operator.run(environment=NOBODY, **given)


def test_open_session_is_taken_up_and_signed_out(
    browser: PersonsBrowser, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1)
    truth = Truth(portal)
    mine = PersonsTab(browser, "about:blank")
    mine.sign_in(portal)
    before = browser.tabs
    run = run_attached(make_operator(portal), browser)
    truth.everything_is_approved(run)
    assert truth.sign_ins == [True]
    assert truth.entries("site_visited") == []
    browser.shows_only(before)
    assert "was open in the person's own browser already" in noted(run, 3)


def test_person_signs_in_in_the_robots_tab_and_is_asked_again_where_the_session_is_lost(
    browser: PersonsBrowser, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1, "mobile_signature:ms=1500", "session_loss:at=after_save")
    truth = Truth(portal)
    before = browser.tabs
    run = run_attached(make_operator(portal), browser)
    assert run.code == 0, run.said
    truth.agrees_with(run)
    assert truth.sign_ins == [True, True]
    assert len(truth.entries("form_opened")) == 1
    assert [each["outcome"] for each in run.approvals] == ["approved"]
    browser.shows_only(before)
    assert noted(run, 1).startswith(portal.katip_url)
    notes = json.loads((run.folder / "evidence" / "run.json").read_text("utf-8"))["notes"]
    assert notes["application"] == "İş Sağlığı ve Güvenliği Yönetim Hizmetleri"


def test_session_that_lives_in_one_tab_is_used_in_that_tab(
    browser: PersonsBrowser, start_portal: StartPortal, make_operator: MakeOperator, tmp_path: Path
) -> None:
    portal = start_portal("plain", 1)
    truth = Truth(portal)
    in_tab = tmp_path / "in_tab.toml"
    in_tab.write_text('extends = "practice"\n\n[session]\nin_tab = true\n', "utf-8")
    other, mine = PersonsTab(browser, portal.katip_url), PersonsTab(browser, "about:blank")
    mine.sign_in(portal)
    run = run_attached(make_operator(portal), browser, PORTAL=str(in_tab))
    truth.everything_is_approved(run)
    assert truth.ends == ["sign_out"]
    assert set(browser.tabs) >= {mine.id, other.id}
    assert "/AnaMenu.aspx" not in browser.tabs[mine.id]
    assert browser.tabs[other.id].rstrip("/") == portal.katip_url


def test_failure_in_the_middle_leaves_the_browser_as_it_was(
    browser: PersonsBrowser, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1)
    truth = Truth(portal)
    mine = PersonsTab(browser, "about:blank")
    mine.sign_in(portal)
    before = browser.tabs
    run = run_attached(make_operator(portal), browser, WORKPLACE=WORKPLACES[5].sgk)
    assert [task.name[:3] for task in run.failed] == ["5.5"], run.said
    truth.no_session_is_open()
    browser.shows_only(before)


def test_nothing_that_answers_is_refused_before_anything_starts(
    start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1)
    truth = Truth(portal)
    given = {"SIGN_IN": "attach", "CDP_URL": f"http://127.0.0.1:{_free_port()}", "HEADLESS": ""}
    run = make_operator(portal).run(environment=NOBODY, **given)
    (failed,) = run.failed
    assert "KTP-005" in failed.message
    assert "--remote-debugging-port" in failed.message
    assert truth.entries("site_visited") == []
    assert not (run.folder / "evidence").exists()


def noted(run: Run, number: int) -> str:
    """What the record says of the first, second … clause."""
    told = json.loads((run.folder / "evidence" / "personal.json").read_text("utf-8"))
    return str(told["fields"]["clause_notes"][number - 1])


def _free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
        return port
