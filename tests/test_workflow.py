"""The hosted CI's workflow: well-formed, pinned, and in agreement with pyproject.toml. It is not run here."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / ".github" / "workflows" / "ci.yml"
WORKFLOW: dict[Any, Any] = yaml.safe_load(FILE.read_text("utf-8"))
JOBS: dict[str, dict[str, Any]] = WORKFLOW["jobs"]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PYTHONS = [
    match.group(1)
    for each in PROJECT["classifiers"]
    if (match := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", each))
]


def steps(key: str) -> list[str]:
    return [step[key] for job in JOBS.values() for step in job["steps"] if key in step]


def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it() -> None:
    lines = [line for line in FILE.read_text("utf-8").splitlines() if "uses:" in line]
    assert len(lines) == len(steps("uses")) > 0
    for line in lines:
        assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_token_may_only_read_and_is_not_left_behind() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in JOBS.values())
    checkouts = [step for job in JOBS.values() for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert [step["with"] for step in checkouts] == [{"persist-credentials": False}] * len(JOBS)


@pytest.mark.parametrize("job", JOBS)
def test_job_ends_by_itself(job: str) -> None:
    assert 0 < JOBS[job]["timeout-minutes"] <= 60


def test_all_three_systems_are_run_with_and_without_a_browser() -> None:
    without = {each.split("-")[0] for each in JOBS["without-browser"]["strategy"]["matrix"]["os"]}
    pairs = JOBS["with-browser"]["strategy"]["matrix"]["include"]
    assert without == {"ubuntu", "windows", "macos"}
    assert {(each["os"].split("-")[0], each["browser"]) for each in pairs} == {
        ("windows", "msedge"),
        ("macos", "chrome"),
    }
    assert ".ci/run" in steps("run")


def test_oldest_and_newest_python_and_robot_framework_are_those_of_the_project() -> None:
    matrix = JOBS["without-browser"]["strategy"]["matrix"]
    assert matrix["python"] == [PYTHONS[0], PYTHONS[-1]]
    (floor,) = (each for each in PROJECT["dependencies"] if each.startswith("robotframework>="))
    oldest = floor.removeprefix("robotframework>=")
    assert f'python -m pip install "robotframework=={oldest}.*"' in steps("run")


def test_excluded_combinations_exist_and_leave_each_value_on_each_system() -> None:
    matrix = JOBS["without-browser"]["strategy"]["matrix"]
    left = [
        {"os": system, "python": python, "robot": robot}
        for system in matrix["os"]
        for python in matrix["python"]
        for robot in matrix["robot"]
    ]
    for each in matrix["exclude"]:
        left.remove(each)
    for system in matrix["os"]:
        own = [each for each in left if each["os"] == system]
        assert {each["python"] for each in own} == set(matrix["python"])
        assert {each["robot"] for each in own} == set(matrix["robot"])


def test_commands_name_files_that_exist() -> None:
    for command in steps("run"):
        for word in re.findall(r"(?:^|\s)((?:robots|tests|scripts|\.ci)/[\w./-]+)", command):
            assert (ROOT / word).exists(), word
