"""The conventions script finds what breaks each rule, leaves alone what does not, and finds nothing in this project."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import check_conventions as conventions

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of a sample project."""

    def write_file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


def places(rule: conventions.Rule, root: Path) -> list[tuple[str, int]]:
    return [(found.path, found.line) for found in rule(root)]


def test_this_project_breaks_no_rule(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, project / "scripts" / "check_conventions.py"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_rule_has_a_test_with_a_violating_sample() -> None:
    tests = "\n".join(name for name in globals() if name.startswith("test_"))
    assert [rule.__name__ for rule in conventions.RULES if f"test_{rule.__name__}_" not in tests] == []


LOCATORS = (
    "css=.btn",
    "xpath=//td",
    "id=ext-gen12",
    "//button[1]",
    "(//button)[1]",
    "\\#kayit",
    ".x-btn",
    "div.x-grid",
    "iframe >>> button",
    '[name="tridField"]',
    "tr:nth-child(2)",
)


@pytest.mark.parametrize("locator", LOCATORS)
@pytest.mark.parametrize("file", ["robots/a.robot", "resources/a.resource"])
def test_no_locators_finds_each_kind(write: Write, tmp_path: Path, file: str, locator: str) -> None:
    section = "*** Tasks ***\nFive" if file.endswith(".robot") else "*** Keywords ***\nFive"
    write(file, f"{section}\n    Click Button    {locator}\n")
    assert places(conventions.no_locators, tmp_path) == [(file, 3)]


def test_no_locators_looks_into_variables_and_portal_files(write: Write, tmp_path: Path) -> None:
    write("robots/a.robot", "*** Variables ***\n${SAVE}    css=.save\n")
    write("resources/portals/p.toml", '# a comment may say "css=x"\nurl = "https://example.com"\nsave = "css=.save"\n')
    assert places(conventions.no_locators, tmp_path) == [("robots/a.robot", 2), ("resources/portals/p.toml", 3)]


def test_no_locators_leaves_labels_alone(write: Write, tmp_path: Path) -> None:
    write(
        "robots/a.robot",
        "*** Settings ***\nLibrary    Katip\nResource    ../resources/steps.resource\n"
        "*** Tasks ***\n5.8 Bekleyen sözleşmeler\n    Open    Grv. Başlama Trh.    ...    https://example.com\n"
        "    Open    ${x}[name]    a=b    (Hizmet Alan İşyeri)    Sayfa 1 / 2    C:\\\\x    %{HOME}\n"
        "    Open    evidence/a.png    form.png    a.csv    * Adı\n",
    )
    assert places(conventions.no_locators, tmp_path) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("robots/a.robot", "*** Tasks ***\nA\n    Sleep    1s\n"),
        ("robots/a.robot", "*** Tasks ***\nA\n    BuiltIn.Sleep    1s\n"),
        ("robots/a.robot", "*** Tasks ***\nA\n    Run Keyword    sleep    1s\n"),
        ("resources/a.resource", "*** Keywords ***\nA\n    S_leep    1s\n"),
        ("libraries/Katip/a.py", "import time\n\ntime.sleep(1)\n"),
        ("libraries/Katip/a.py", "from time import sleep as pause\n\npause(1)\n"),
        ("libraries/PracticePortal/a.py", "import asyncio\n\nasyncio.sleep(1)\n"),
        ("libraries/Katip/a.py", "\n\npage.wait_for_timeout(500)\n"),
        ("libraries/Katip/a.py", "\n\nBuiltIn().run_keyword('Sleep', '1s')\n"),
        ("libraries/Katip/a.js", "\n\nawait page.waitForTimeout(500)\n"),
    ],
)
def test_no_fixed_waits_finds_each_kind(write: Write, tmp_path: Path, file: str, text: str) -> None:
    write(file, text)
    assert places(conventions.no_fixed_waits, tmp_path) == [(file, 3)]


def test_no_fixed_waits_allows_one_marked_place(write: Write, tmp_path: Path) -> None:
    marked = f"import time\n\ntime.sleep(pace)  {conventions.PACE_MARK}\n"
    write("libraries/Katip/pace.py", marked)
    assert places(conventions.no_fixed_waits, tmp_path) == []
    write("libraries/Katip/second.py", marked)
    assert places(conventions.no_fixed_waits, tmp_path) == [("libraries/Katip/second.py", 3)]


def test_no_fixed_waits_leaves_waits_for_states_alone(write: Write, tmp_path: Path) -> None:
    write("robots/a.robot", "*** Tasks ***\nA\n    Wait Until Keyword Succeeds    5s    100ms    Look    sleepy\n")
    write("libraries/Katip/a.py", '"""Never time.sleep(1)."""\n\nbrowser.wait_for_function("() => ready")\n')
    assert places(conventions.no_fixed_waits, tmp_path) == []


@pytest.mark.parametrize(
    "name", ["x-grid3-row", "ui-dialog", "p-datatable", "MuiDataGrid", "ag-row", "q-table", "v-btn"]
)
@pytest.mark.parametrize("suffix", ["py", "js"])
def test_no_toolkit_names_finds_each_toolkit(write: Write, tmp_path: Path, name: str, suffix: str) -> None:
    file = f"libraries/Katip/reading/a.{suffix}"
    write(file, f'selector = ".{name}"\n')
    assert places(conventions.no_toolkit_names, tmp_path) == [(file, 1)]


def test_no_toolkit_names_leaves_roles_and_docstrings_alone(write: Write, tmp_path: Path) -> None:
    write(
        "libraries/Katip/a.py", '"""Reads what ExtJS draws (x-grid3-row)."""\n\nROLES = ("grid", "row", "aria-label")\n'
    )
    write("libraries/PracticePortal/a.py", 'CLASS = "x-grid3-row"\n')
    assert places(conventions.no_toolkit_names, tmp_path) == []


def with_check_digits(nine: str) -> str:
    """Return the valid T.C. number of these nine digits, so that this file itself holds none."""
    digits = [int(digit) for digit in nine]
    digits.append((7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10)
    return nine + str(digits[9]) + str(sum(digits) % 10)


def test_synthetic_numbers_only_finds_a_valid_tc_number(write: Write, tmp_path: Path) -> None:
    write("docs/a.md", f"# A\nThe number {with_check_digits('314159265')}, said so.\n")
    assert places(conventions.synthetic_numbers_only, tmp_path) == [("docs/a.md", 2)]


@pytest.mark.parametrize("gap", ["", " ", ".", "-"])
def test_synthetic_numbers_only_finds_an_sgk_number_of_a_province(write: Write, tmp_path: Path, gap: str) -> None:
    number = gap.join(("2", "4120", "01", "01", "1234567", "034", "05", "61", "000"))
    write("tests/a.py", f"NUMBER = '{number}'\n")
    assert places(conventions.synthetic_numbers_only, tmp_path) == [("tests/a.py", 1)]


def test_synthetic_numbers_only_leaves_synthetic_and_invalid_ones_alone(write: Write, tmp_path: Path) -> None:
    write(
        "tests/a.txt",
        "11111111110 99999999990 12345678901 29999010199999010999932000 2 4941 01 01 9999999 034 05 61 000\n"
        f"0.{with_check_digits('314159265')} a{with_check_digits('314159265')}\n",
    )
    write("tests/picture.png", "")
    (tmp_path / "tests" / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    assert places(conventions.synthetic_numbers_only, tmp_path) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("libraries/Katip/pages/a.py", "import PracticePortal\n"),
        ("libraries/Katip/a.py", "from PracticePortal.process import PortalProcess\n"),
        ("libraries/Katip/a.py", "importlib.import_module('PracticePortal')\n"),
        ("libraries/PracticePortal/a.py", "from Katip.turkish import fold\n"),
        ("libraries/Katip/approvals/a.py", "from robot.api import logger\n"),
        ("libraries/Katip/model.py", "from Browser import Browser\n"),
        ("libraries/Katip/turkish.py", "import robot.utils\n"),
        ("libraries/Katip/approvals/a.py", "from ..pages import contracts\n"),
        ("libraries/Katip/approvals/a.py", "from Katip.reading.reader import Reader\n"),
        ("libraries/Katip/approvals/a.py", "from .. import reading\n"),
    ],
)
def test_clean_imports_finds_each_kind(write: Write, tmp_path: Path, file: str, text: str) -> None:
    write(file, text)
    assert places(conventions.clean_imports, tmp_path) == [(file, 1)]


def test_clean_imports_leaves_allowed_ones_alone(write: Write, tmp_path: Path) -> None:
    write(
        "libraries/Katip/approvals/a.py",
        "import csv\nfrom ..model import Contract\nfrom Katip.errors import KatipError\n",
    )
    write("libraries/Katip/pages/a.py", "from robot.api import logger\nfrom Browser import Browser\n")
    assert places(conventions.clean_imports, tmp_path) == []


def test_ascii_file_names_finds_files_and_names_in_code(write: Write, tmp_path: Path) -> None:
    write("docs/sözleşme.md", "")
    write("libraries/Katip/evidence/a.py", 'PICTURE = "önce.png"\nTITLE = "Sözleşme onaylandı."\n')
    assert places(conventions.ascii_file_names, tmp_path) == [
        ("docs/sözleşme.md", 1),
        ("libraries/Katip/evidence/a.py", 1),
    ]


BROWSER = "*** Settings ***\nLibrary    Browser    enable_playwright_debug=disabled\n*** Tasks ***\nA\n"


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("robots/a.robot", "*** Settings ***\nLibrary    Browser\n", 2),
        ("robots/a.robot", "*** Settings ***\nLibrary    Browser    enable_playwright_debug=playwright\n", 2),
        ("robots/a.robot", BROWSER + "    New Context    tracing=trace.zip\n", 5),
        ("robots/a.robot", BROWSER + "    New Context    recordVideo=${video}\n", 5),
        ("resources/a.resource", "*** Keywords ***\nA\n    New Context    record har=x.har\n", 3),
        ("libraries/Katip/a.py", "browser.new_context(recordHar={'path': 'x.har'})\n", 1),
        ("libraries/Katip/a.py", "browser.new_context(\n    httpCredentials=pair)\n", 2),
        ("libraries/Katip/a.py", "Browser(enable_playwright_debug=PlaywrightLogTypes.library)\n", 1),
    ],
)
def test_nothing_that_leaks_finds_each_option(write: Write, tmp_path: Path, file: str, text: str, line: int) -> None:
    write(file, text)
    assert set(places(conventions.nothing_that_leaks, tmp_path)) == {(file, line)}


def test_nothing_that_leaks_leaves_options_that_are_off_alone(write: Write, tmp_path: Path) -> None:
    write("robots/a.robot", BROWSER + "    New Context    tracing=None    locale=tr-TR\n")
    write(
        "libraries/Katip/a.py",
        "Browser(enable_playwright_debug=PlaywrightLogTypes.disabled)\nbrowser.new_context(tracing=None)\n",
    )
    assert places(conventions.nothing_that_leaks, tmp_path) == []


@pytest.mark.parametrize("suffix", ["py", "js"])
def test_short_files_finds_one_line_too_many(write: Write, tmp_path: Path, suffix: str) -> None:
    write(f"libraries/Katip/reading/short.{suffix}", "\n" * conventions.LONGEST_FILE)
    write(f"libraries/Katip/vendor/long.{suffix}", "\n" * 1000)
    assert places(conventions.short_files, tmp_path) == []
    file = f"libraries/Katip/reading/long.{suffix}"
    write(file, "\n" * (conventions.LONGEST_FILE + 1))
    assert places(conventions.short_files, tmp_path) == [(file, conventions.LONGEST_FILE + 1)]


def test_one_meaning_finds_a_class_and_a_module_named_twice(write: Write, tmp_path: Path) -> None:
    write("libraries/Katip/a/row.py", "class Row:\n    pass\n\n\nclass _Own:\n    pass\n")
    write("libraries/Katip/a/commands.py", "")
    write("libraries/Katip/b/commands.py", "class _Own:\n    pass\n")
    assert places(conventions.one_meaning, tmp_path) == []
    write("libraries/Katip/b/row.py", "\nclass Row:\n    pass\n")
    assert places(conventions.one_meaning, tmp_path) == [
        ("libraries/Katip/b/row.py", 2),
        ("libraries/Katip/b/row.py", 1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "from tests.unit.test_help import COMMANDS\n",
        "from .test_help import COMMANDS\n",
        "from tests.unit import test_help\n",
        "import tests.unit.test_help\n",
    ],
)
def test_tests_stand_alone_finds_each_import_of_a_test_module(write: Write, tmp_path: Path, text: str) -> None:
    write("tests/unit/a.py", "from tests.unit.command_list import COMMANDS\n")
    write("tests/unit/test_b.py", text)
    assert set(places(conventions.tests_stand_alone, tmp_path)) == {("tests/unit/test_b.py", 1)}


def test_readable_suites_finds_what_robot_cannot_read(write: Write, tmp_path: Path) -> None:
    write("resources/a.resource", "*** Settings ***\nLibrari    Katip\n")
    write("robots/a.robot", "*** Tasks ***\nA\n    No Operation\n*** Nonsense ***\n")
    assert places(conventions.readable_suites, tmp_path) == [("robots/a.robot", 4), ("resources/a.resource", 2)]


def test_keywords_documented_finds_what_is_missing(write: Write, tmp_path: Path, project: Path) -> None:
    write(
        "libraries/Katip/__init__.py",
        "class Katip:\n"
        '    def complete(self):\n        """Does it.\n\n        Example:\n            | Complete |\n        """\n'
        '    def without_example(self):\n        """Does it."""\n'
        "    def without_all(self): ...\n",
    )
    write("libraries/PracticePortal/__init__.py", "import not_there\n")
    write("resources/a.resource", "*** Keywords ***\nSilent\n    No Operation\n")
    # In a process of its own: importing the sample would put it into the place of the real library.
    done = subprocess.run(
        [sys.executable, project / "scripts" / "check_conventions.py", tmp_path],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    found = [line.split(": ", 1)[0] for line in done.stdout.splitlines()[:-1] if ".py" in line or ".resource" in line]
    assert done.returncode == 1
    assert sorted(set(found)) == [
        "libraries/Katip/__init__.py:10",
        "libraries/Katip/__init__.py:8",
        "libraries/PracticePortal/__init__.py:1",
        "resources/a.resource:2",
    ]
