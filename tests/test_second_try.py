"""The second try of the CI: once, only of tests that need a browser, each named, and not of many."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.second_try import TOLERATED

HEAD = """
from pathlib import Path
import pytest

def try_number(name):
    with Path(name).open("a") as file:
        file.write("x")
    return len(Path(name).read_text())
"""
MARKED = "pytestmark = pytest.mark.{marker}\n"
# Fails at its first `{failures}` tries.
TEST = """
def test_{name}():
    assert try_number("{name}") > {failures}
"""
PLUGINS = ("pytest_rerunfailures", "xdist.plugin", "tests.second_try")
CONFIGURATION = "[pytest]\nmarkers =\n    browser\n    acceptance\naddopts = --strict-markers\n"


class Suite:
    """Tests of their own, in a folder of their own."""

    def __init__(self, folder: Path, project: Path) -> None:
        self.folder = folder
        self.project = project
        (folder / "pytest.ini").write_text(CONFIGURATION)

    def add(self, name: str, *, failures: int, marker: str | None = None) -> None:
        text = HEAD + (MARKED.format(marker=marker) if marker else "") + TEST.format(name=name, failures=failures)
        (self.folder / f"test_{name}.py").write_text(text)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        plugins = [part for each in PLUGINS for part in ("-p", each)]
        command = [sys.executable, "-m", "pytest", *plugins, "-p", "no:cacheprovider", *arguments]
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "COV_"))}
        environment |= {"PYTHONPATH": str(self.project), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    def tries(self, name: str) -> int:
        return len((self.folder / name).read_text())


@pytest.fixture
def suite(tmp_path: Path, project: Path) -> Suite:
    return Suite(tmp_path, project)


def named(run: "subprocess.CompletedProcess[str]") -> list[str]:
    lead = "passed only at the second try: "
    return [line.removeprefix(lead) for line in run.stdout.splitlines() if line.startswith(lead)]


@pytest.mark.parametrize("marker", ["browser", "acceptance"])
def test_browser_test_that_fails_once_is_repeated_and_named(suite: Suite, marker: str) -> None:
    suite.add("page", failures=1, marker=marker)
    run = suite.run("--second-try")
    assert run.returncode == 0, run.stdout
    assert named(run) == ["test_page.py::test_page"]
    assert suite.tries("page") == 2
    assert "assert 1 > 1" in run.stdout  # what went wrong at the first try


def test_browser_test_that_fails_twice_is_red(suite: Suite) -> None:
    suite.add("page", failures=2, marker="browser")
    run = suite.run("--second-try")
    assert run.returncode == pytest.ExitCode.TESTS_FAILED
    assert named(run) == []
    assert suite.tries("page") == 2
    assert "1 failed" in run.stdout


def test_unit_test_is_never_repeated(suite: Suite) -> None:
    suite.add("value", failures=1)
    suite.add("page", failures=0, marker="browser")
    run = suite.run("--second-try")
    assert run.returncode == pytest.ExitCode.TESTS_FAILED
    assert suite.tries("value") == 1
    assert suite.tries("page") == 1
    assert named(run) == []


def test_nothing_is_repeated_unless_it_is_asked_for(suite: Suite) -> None:
    suite.add("page", failures=1, marker="browser")
    assert suite.run().returncode == pytest.ExitCode.TESTS_FAILED
    assert suite.tries("page") == 1


@pytest.mark.parametrize("workers", [(), ("-n", "2", "--dist", "worksteal")], ids=["one process", "workers"])
@pytest.mark.parametrize("more", [0, 1])
def test_more_than_a_few_are_red(suite: Suite, workers: tuple[str, ...], more: int) -> None:
    names = [f"page{number}" for number in range(TOLERATED + more)]
    for name in names:
        suite.add(name, failures=1, marker="browser")
    run = suite.run("--second-try", *workers)
    assert sorted(named(run)) == [f"test_{name}.py::test_{name}" for name in names]
    assert run.returncode == (pytest.ExitCode.TESTS_FAILED if more else pytest.ExitCode.OK), run.stdout
    assert ("this is a failure" in run.stdout) is bool(more)
    assert {suite.tries(name) for name in names} == {2}


def test_no_test_allows_itself_a_second_try(suite: Suite) -> None:
    suite.add("value", failures=1, marker="flaky(reruns=3)")
    run = suite.run()
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert "test_value.py::test_value" in run.stderr
    assert not (suite.folder / "value").exists()


def test_only_the_ci_asks_for_it(project: Path) -> None:
    assert "--second-try" in (project / ".ci/run").read_text("utf-8")
    assert "--second-try" not in (project / "Makefile").read_text("utf-8")
    assert "--second-try" not in (project / "pyproject.toml").read_text("utf-8")
