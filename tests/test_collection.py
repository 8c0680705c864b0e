"""Which tests a command line selects: the matrix only where it is named, the browser's never in `make check`."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MARKERS, matrix_is_asked_for


def collected(project: Path, *arguments: str) -> list[str]:
    """Return the node ids that pytest selects."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *arguments]
    said = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", check=False).stdout
    return [line for line in said.splitlines() if "::" in line]


def test_own_expression_does_not_bring_the_matrix_along(project: Path) -> None:
    selected = collected(project, "-m", "acceptance", "tests/acceptance", "tests/strangers")
    assert selected
    assert not [each for each in selected if "test_matrix" in each or "on_heavier_ones" in each]


def test_quick_tests_need_no_browser(project: Path) -> None:
    selected = collected(project, "-m", "not browser and not acceptance", "tests")
    assert len(selected) > 900
    assert not [each for each in selected if each.split("/")[1] in MARKERS]


def test_matrix_comes_when_it_is_named(project: Path) -> None:
    selected = collected(project, "-m", "matrix", "tests/acceptance", "tests/strangers")
    assert {each.split("/")[1] for each in selected} == {"acceptance", "strangers"}


@pytest.mark.parametrize(
    ("expression", "arguments", "asked"),
    [
        ("", [], False),
        ("not browser", ["tests"], False),
        ("matrix", [], True),
        ("matrix or not matrix", [], True),
        ("not browser_matrix", [], False),
        ("", ["tests/acceptance/test_matrix.py::test_x[a::b]"], True),
    ],
)
def test_matrix_is_asked_for_by_name(expression: str, arguments: list[str], asked: bool) -> None:
    assert matrix_is_asked_for(expression, arguments) is asked
