"""A variable that looks like a setting and is none is refused; one of somebody's own suite is not."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from robot.conf import RobotSettings
from robot.variables.scopes import GlobalVariables

from Katip.errors import ConfigurationError
from Katip.package_files import json_schema
from Katip.run.commands import variables_of
from Katip.run.run import RunKeywords
from Katip.run.setting_table import SETTINGS, settings_schema
from Katip.run.settings import checked_settings
from Katip.run.variables import misspelled_in_this_run, misspelled_settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("MOD", "MODE"),
        ("Modes", "MODE"),
        ("MDOE", "MODE"),
        ("MODE=rehearse", "MODE"),
        ("PROVA", "MODE"),
        ("dry-run", "MODE"),
        ("WORKLİSTT", "WORKLIST"),
        ("WORKLİST", "WORKLIST"),
        ("wörklıst", "WORKLIST"),
        ("WORK-LIST", "WORKLIST"),
        ("WORKLISTS", "WORKLIST"),
        ("APROVE", "APPROVE"),
        ("APPROVED", "APPROVE"),
        ("ONAYLA", "APPROVE"),
        ("WORKPLACES", "WORKPLACE"),
        ("WORK PLCE", "WORKPLACE"),
        ("İşyeri", "WORKPLACE"),
        ("HEADLES", "HEADLESS"),
        ("PORTALS", "PORTAL"),
        ("RETRY", "RETRIES"),
        ("PRINT OUTS", "PRINTOUT"),
        ("E_DEVLET_URLS", "EDEVLET_URL"),
    ],
)
def test_name_that_looks_like_a_setting_is_refused(name: str, meant: str) -> None:
    (problem,) = misspelled_settings({name: "x"})
    assert problem.startswith(f"{name} is no setting; {meant} is probably meant")


@pytest.mark.parametrize("value", ["rehearse", "Rehearse", "rehears", "REHEARSE "])
def test_value_rehearse_is_refused_under_any_name_but_mode(value: str) -> None:
    assert "MODE is probably meant" in misspelled_settings({"HOW": value})[0]
    assert misspelled_settings({"mode": value, "M_O_D_E": value}) == []


@pytest.mark.parametrize(
    "name",
    [
        "CODE",
        "NODE",
        "PORTALS_DIR",
        "RUN_FOLDER",
        "USER",
        "LOG_LEVEL",
        "PORT",
        "URL",
        "NAME",
        "DATE",
        "LIST",
        "EMAIL_TO",
    ],
)
def test_variable_that_is_clearly_somebodys_own_is_let_alone(name: str) -> None:
    assert misspelled_settings({name: "x"}) == []


def test_declared_variable_is_its_suites_own() -> None:
    assert misspelled_settings({"WORKSPACE": "x"})
    assert misspelled_settings({"WORKSPACE": "x", "Mod": "y"}, ["Work space", "MOD"]) == []


def test_no_setting_and_no_builtin_variable_is_taken_for_another_one() -> None:
    builtin = {name[2:-1]: "" for name in GlobalVariables(RobotSettings()).as_dict()}
    later = dict.fromkeys(("OUTPUT_FILE", "REPORT_FILE", "LOG_FILE", "DEBUG_FILE", "OUTPUT_DIR", "SUITE_NAME"), "")
    assert misspelled_settings(builtin | later | {setting.name: "" for setting in SETTINGS}) == []


def test_environment_is_no_place_for_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODE", "rehearse")
    assert "environment variable MODE" in misspelled_in_this_run("approve")[0]
    assert misspelled_in_this_run("rehearse") == []
    monkeypatch.setenv("MODE", "production")
    assert misspelled_in_this_run("approve") == []


def test_misspelled_setting_is_named_with_every_other_mistake() -> None:
    with pytest.raises(
        ConfigurationError, match=r"(?s)KTP-001.*MOD is no setting.*RETRIES is 'x'.*Nothing was started"
    ):
        checked_settings(retries="x", misspelled=misspelled_settings({"MOD": "rehearse"}))


def _dry(folder: Path, suite: Path, *options: str, environment: dict[str, str] | None = None) -> str:
    command = [sys.executable, "-m", "robot", "-d", str(folder), "--consolecolors=off", *options, str(suite)]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "libraries"), "PYTHONIOENCODING": "utf-8", **(environment or {})}
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=env, timeout=120).stdout


SUITE = """*** Settings ***
Library    Katip
Resource   own.resource

*** Variables ***
${WORKSPACE}    here

*** Tasks ***
Check
    Check Settings    retries=1
"""


@pytest.mark.parametrize("way", ["option", "argument file", "environment", "variable file"])
def test_command_line_is_known_however_it_was_given(tmp_path: Path, way: str) -> None:
    (tmp_path / "own.resource").write_text("*** Variables ***\n${MODES}    x\n", "utf-8")
    (tmp_path / "own.robot").write_text(SUITE, "utf-8")
    (tmp_path / "arguments.txt").write_text("-v APROVE:all\n", "utf-8")
    (tmp_path / "given.py").write_text("APROVE = 'all'\n", "utf-8")
    options = {
        "option": ["-v", "APROVE:all"],
        "argument file": ["-A", str(tmp_path / "arguments.txt")],
        "environment": [],
        "variable file": ["-V", str(tmp_path / "given.py")],
    }[way]
    environment = {"ROBOT_OPTIONS": "-v APROVE:all"} if way == "environment" else None
    own = ["-v", "WORKSPACE:there", "-v", "MODES:y"]
    said = _dry(tmp_path / "out", tmp_path / "own.robot", *own, *options, environment=environment)
    words = " ".join(said.split())
    assert "[KTP-001]" in words
    assert "APROVE is no setting; APPROVE is probably meant" in words
    assert "WORKSPACE is" not in words
    assert "MODES is" not in words


def test_own_variables_alone_keep_nobody_from_starting(tmp_path: Path) -> None:
    (tmp_path / "own.resource").write_text("*** Variables ***\n${MODES}    x\n", "utf-8")
    (tmp_path / "own.robot").write_text(SUITE, "utf-8")
    said = _dry(tmp_path / "out", tmp_path / "own.robot", "-v", "WORKSPACE:there", "-v", "MODES:y")
    assert "1 task, 1 passed" in said


# ------------------------------------------------------------------------------------------------------------ the one table


def test_suites_declare_the_table() -> None:
    assert variables_of(ROOT / "robots/approve.robot") == {setting.name: setting.default for setting in SETTINGS}
    plan = {setting.name: setting.default if setting.plan else "" for setting in SETTINGS}
    assert variables_of(ROOT / "robots/plan.robot") == plan


def test_resource_hands_on_the_table() -> None:
    text = (ROOT / "resources/approval.resource").read_text("utf-8")
    handed = re.findall(r"^ {4}\.\.\. {4}([a-z_]+)=\$\{([A-Z_]+)\}$", text, re.MULTILINE)
    assert handed == [(setting.name.lower(), setting.name) for setting in SETTINGS]


def test_keyword_takes_the_table() -> None:
    parameters = inspect.signature(RunKeywords.check_settings).parameters
    assert list(parameters)[2:] == [setting.name.lower() for setting in SETTINGS]


@pytest.mark.parametrize("turkish", [False, True])
def test_guide_shows_the_table(turkish: bool) -> None:
    text = (ROOT / "docs/guides" / ("8-ayarlar.md" if turkish else "8-settings.md")).read_text("utf-8")
    assert [setting.guide_row(turkish) for setting in SETTINGS if setting.guide_row(turkish) not in text] == []


def test_schema_of_a_variable_file_is_made_from_the_table(tmp_path: Path) -> None:
    assert json_schema("Katip.schemas", "settings") == settings_schema()
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"$schema": "settings.schema.json", "PORTAL": "v9"}), "utf-8")
    text = "*** Tasks ***\nOne\n    Should Be Equal    ${PORTAL}    v9\n"
    (tmp_path / "own.robot").write_text(text, "utf-8")
    assert "1 task, 1 passed" in _dry(tmp_path / "out", tmp_path / "own.robot", "-V", str(file))
