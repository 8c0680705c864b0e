"""5.3 and 5.5: who signs in, for which workplace; and that number and password are nowhere afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from Katip.run import credentials
from PracticePortal.examples import WORKPLACES
from PracticePortal.process import PortalProcess
from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth
from tests.acceptance.running import Operator, Run


def nothing_was_done(truth: Truth, run: Run) -> None:
    assert truth.recorded == []
    assert truth.entries("form_opened") == []
    truth.untouched_but([])
    truth.no_session_is_open()
    assert run.approvals == []


def test_wrong_password_is_one_attempt_and_one_failed_task(
    start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal()
    truth = Truth(portal)
    run = make_operator(portal).run(environment={"EDEVLET_SIFRE": "yanlis-sifre-4711"})
    assert run.code == 1, run.said
    assert truth.sign_ins == [False]
    nothing_was_done(truth, run)
    (failed,) = run.failed
    assert failed.name.startswith("5.3")
    assert "KTP-501" in failed.message
    skipped = [task for task in run.tasks if task.status == "SKIP"]
    assert len(skipped) == len([task for task in run.tasks if task.name > "5.3"]) - 1 or len(skipped) >= 5
    assert all(task.message.startswith("not reached: 5.3") for task in skipped), [task.message for task in skipped]


@pytest.mark.parametrize(("fault", "code"), [("captcha", "KTP-503"), ("second_factor", "KTP-504")])
def test_what_only_a_person_can_do_ends_the_sign_in(
    fault: str, code: str, start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal("plain", 1, fault)
    truth = Truth(portal)
    run = make_operator(portal).run()
    assert run.code == 1, run.said
    (failed,) = run.failed
    assert failed.name.startswith("5.3")
    assert code in failed.message
    assert truth.recorded == []
    assert len(truth.sign_ins) <= 1


@pytest.mark.parametrize(("typed", "code"), [("right", 0), ("000000x", 1)])
def test_code_is_asked_for_on_a_terminal_once(
    typed: str,
    code: int,
    start_portal: StartPortal,
    make_operator: Callable[..., Operator],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    portal = start_portal("plain", 1, "second_factor")
    truth = Truth(portal)
    asked: list[str] = []
    monkeypatch.setattr(credentials, "has_terminal", lambda: True)
    monkeypatch.setattr("Katip.run.run.has_terminal", lambda: True)
    answer = str(portal.state()["sms_code"]) if typed == "right" else typed

    def getpass(prompt: str) -> str:
        asked.append(prompt)
        return answer

    monkeypatch.setattr(credentials, "getpass", getpass)
    run = make_operator(portal).run(MODE="rehearse", RETRIES="2")
    assert run.code == code, run.said
    assert len(asked) == 1
    assert [each["right"] for each in truth.entries("code_answered")] == [code == 0]
    truth.no_session_is_open()
    assert ["KTP-501" in task.message for task in run.failed] == [True] * code
    notes = json.loads((run.folder / "evidence" / "run.json").read_text("utf-8"))["notes"]
    assert notes.get("application", "") == ("" if code else "İş Sağlığı ve Güvenliği Yönetim Hizmetleri")
    assert answer not in (run.folder / "output.xml").read_text("utf-8")


def test_workplace_that_is_not_offered_is_named_with_those_that_are(
    start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal()
    truth = Truth(portal)
    run = make_operator(portal).run(WORKPLACE=WORKPLACES[5].sgk)
    assert run.code == 1, run.said
    nothing_was_done(truth, run)
    (failed,) = run.failed
    assert failed.name.startswith("5.5")
    assert "KTP-510" in failed.message
    assert WORKPLACES[5].sgk in failed.message
    for offered in WORKPLACES[:4]:
        assert offered.sgk in failed.message
    assert truth.entries("workplace_chosen") == []
    assert truth.ends == ["sign_out"]


def test_without_a_workplace_none_of_several_is_guessed(
    start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal()
    truth = Truth(portal)
    run = make_operator(portal).run(WORKPLACE="")
    assert run.code == 1, run.said
    nothing_was_done(truth, run)
    (failed,) = run.failed
    assert "KTP-510" in failed.message
    for offered in WORKPLACES[:4]:
        assert offered.sgk in failed.message


def test_without_a_workplace_the_only_one_is_taken(
    start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal()
    truth = Truth(portal, [WORKPLACES[6].sgk])
    only = {"EDEVLET_TCKN": "99999999990", "EDEVLET_SIFRE": "Deneme-1299"}
    truth.everything_is_approved(make_operator(portal).run(WORKPLACE="", environment=only))


def test_profile_is_kept_outside_of_the_run_and_holds_no_password(
    start_portal: StartPortal, make_operator: Callable[..., Operator], tmp_path: Path
) -> None:
    portal = start_portal("plain", 1)
    truth = Truth(portal)
    profile = tmp_path / "profile"
    run = make_operator(portal).run(PROFILE=str(profile))
    truth.everything_is_approved(run)
    assert profile.stat().st_mode & 0o777 == 0o700
    kept = [path for path in profile.rglob("*") if path.is_file() and not path.is_symlink()]
    assert any(path.name == "Cookies" for path in kept)
    assert [path for path in kept if path.stat().st_size and holds_secret(path, portal)] == []


def holds_secret(path: Path, portal: PortalProcess) -> bool:
    held = path.read_bytes()
    return any(secret.encode() in held for secret in (portal.password, portal.number))
