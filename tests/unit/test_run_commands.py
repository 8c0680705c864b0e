"""`katip approve`, `plan`, `rehearse`, `practice`: what they hand to robot."""

import errno
import os
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from Katip import messages
from Katip.cli import katip
from Katip.package_files import suite
from Katip.run import commands
from Katip.run.commands import variables_of


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(messages.VARIABLE)


class Robot:
    """Plays `robot`: remembers its arguments and returns an exit code."""

    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.calls: list[tuple[str, list[str]]] = []

    def __call__(self, path: Path, arguments: list[str], results: Path) -> int:
        assert results.name == "results"
        self.calls.append((path.name, list(arguments)))
        return self.code


def call(*arguments: str) -> Result:
    return CliRunner().invoke(katip, arguments)


@pytest.fixture
def robot(monkeypatch: pytest.MonkeyPatch) -> Robot:
    played = Robot()
    monkeypatch.setattr(commands, "run_suite", played)
    return played


def test_options_become_variables_and_the_rest_goes_to_robot(robot: Robot) -> None:
    result = call("approve", "--workplace", "29999", "--katip-url=http://127.0.0.1:1", "--", "--loglevel", "TRACE")
    assert result.exit_code == 0, result.output
    variables = ["--variable", "KATIP_URL:http://127.0.0.1:1", "--variable", "WORKPLACE:29999"]
    (name, arguments) = robot.calls[0]
    assert name == "onayla.robot"
    assert sorted(arguments[:4]) == sorted(variables)
    assert arguments[4:] == ["--loglevel", "TRACE"]


@pytest.mark.parametrize(
    ("command", "suite_name", "variables"),
    [
        ("plan", "planla.robot", []),
        ("rehearse", "onayla.robot", ["MODE:rehearse"]),
        (
            "practice",
            "onayla.robot",
            [
                f"{name}:{'practice' * (name == 'PORTAL')}"
                for name in ("PORTAL", "SITE_URL", "EDEVLET_URL", "KATIP_URL")
            ],
        ),
    ],
)
def test_each_command_runs_its_suite(command: str, suite_name: str, variables: list[str], robot: Robot) -> None:
    call(command)
    assert robot.calls == [(suite_name, [part for each in variables for part in ("--variable", each)])]


@pytest.mark.parametrize("code", [0, 1, 253])
def test_exit_code_is_robots(code: int, robot: Robot) -> None:
    robot.code = code
    assert call("plan").exit_code == code


def test_language_of_the_environment_is_that_of_the_run(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(messages.VARIABLE, "en")
    call("plan")
    call("plan", "--language", "tr")
    assert [arguments for _, arguments in robot.calls] == [["--variable", f"LANGUAGE:{each}"] for each in ("en", "tr")]


def test_steps_of_the_log_are_in_the_language_of_the_run(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    call("approve")
    call("--language", "en", "approve")
    call("approve", "--language", "en")
    monkeypatch.setenv(messages.VARIABLE, "en")
    call("approve")
    call("approve", "--language", "tr")
    call("plan", "--language", "en")
    call("plan", "--language", "tr")
    english, turkish = "approve.robot", "onayla.robot"
    assert [name for name, _ in robot.calls] == [
        *(turkish, english, english, english, turkish),
        *("plan.robot", "planla.robot"),
    ]


def test_rehearsal_cannot_be_turned_into_an_approval(robot: Robot) -> None:
    assert call("rehearse", "--mode", "approve").exit_code == 2
    assert call("practice", "--portal", "v9").exit_code == 2
    assert robot.calls == []
    call("rehearse", "--", "-v", "MODE:approve")
    assert robot.calls[0][1] == ["-v", "MODE:approve", "--variable", "MODE:rehearse"]  # the last one counts


@pytest.mark.parametrize("name", ["approve", "plan"])
def test_every_variable_of_the_suite_is_an_option(name: str) -> None:
    variables = variables_of(suite(name))
    assert {"PORTAL", "WORKPLACE", "WORKLIST", "JOURNAL"} <= set(variables)
    said = call(name, "--help").output
    for variable in variables:
        assert f"--{variable.lower().replace('_', '-')} " in said
    assert "katip " + name in said


@pytest.mark.parametrize("place", ["given", "usual"])
def test_folder_that_cannot_be_written_to_is_refused_before_robot_starts(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "results"
    taken.write_text("a file where the folder should be")
    monkeypatch.setattr(commands, "results_folder", lambda: taken)
    monkeypatch.setattr(import_module("robot.run"), "run_cli", lambda *_, **__: pytest.fail("robot was started"))
    for command in ("approve", "plan", "rehearse", "practice"):
        result = call(command, *(["--", "-d", str(taken / "run")] if place == "given" else []))
        assert result.exit_code == 1, result.output
        assert "KTP-130" in result.output
        assert str(taken) in result.output
        assert "Traceback" not in result.output


def test_folder_that_is_full_is_refused_before_robot_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(import_module("robot.run"), "run_cli", lambda *_, **__: pytest.fail("robot was started"))
    monkeypatch.setattr(os, "write", full)
    result = call("plan", "--", "-d", str(tmp_path / "run"))
    assert "KTP-130" in result.output
    assert list((tmp_path / "run").iterdir()) == []
