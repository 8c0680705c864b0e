"""The set-up does what is missing, nothing twice, and says plainly what it cannot do.

Python, pip and the browser are played by small scripts, so that nothing is downloaded and every failure can be had.
"""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from Katip.run.commands import fresh_folder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="make and sh are not used on Windows")

TOOLS = ("sh", "cat", "cksum", "cp", "dirname", "id", "mkdir", "rm")

FAKE_PYTHON = """#!/bin/sh
echo "$(basename "$0") $*" >> "$CALLS"
case "$*" in
    "-c "*) exit {old} ;;
    --version) echo "Python 3.12.0" ;;
    "-m venv "*) [ {venv} = 1 ] || exit 1; mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
    "-I "*) [ -n "$FAKE_BROWSER" ] || exit 1; echo "$FAKE_BROWSER" ;;
esac
"""


class Checkout:
    """A checkout with nothing but what the set-up reads, and a PATH with nothing but what it may assume."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = folder / "checkout"
        self.bin = folder / "bin"
        self.calls_file = folder / "calls"
        self.bin.mkdir()
        for tool in (*TOOLS, "basename"):
            (self.bin / tool).symlink_to(shutil.which(tool) or tool)
        self.root.mkdir()
        shutil.copytree(root / "scripts", self.root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(root / "pyproject.toml", self.root)
        self.browser = self.program("a-browser", "#!/bin/sh\necho 'A Browser 1.0'\n")

    def program(self, name: str, text: str) -> Path:
        path = self.bin / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def python(self, name: str = "python3", *, old: bool = False, venv: bool = True) -> None:
        self.program(name, FAKE_PYTHON.format(old=int(old), venv=int(venv)))

    def prepare(self, purpose: str = "run", browser: str | None = None) -> "subprocess.CompletedProcess[str]":
        self.calls_file.write_text("")
        given = str(self.browser) if browser is None else browser
        return subprocess.run(
            [self.bin / "sh", self.root / "scripts" / "prepare.sh", purpose],
            env={"PATH": str(self.bin), "CALLS": str(self.calls_file), "FAKE_BROWSER": given},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def calls(self, part: str) -> list[str]:
        return [line for line in self.calls_file.read_text().splitlines() if part in line]


@pytest.fixture
def checkout(project: Path, tmp_path: Path) -> Checkout:
    return Checkout(project, tmp_path)


def test_first_call_installs_and_second_does_nothing(checkout: Checkout) -> None:
    checkout.python()
    first = checkout.prepare()
    assert first.returncode == 0, first.stderr
    assert checkout.calls("pip install")[0].endswith("--editable .")
    second = checkout.prepare()
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert checkout.calls("") == []


def test_tests_install_their_tools_and_a_run_needs_nothing_more(checkout: Checkout) -> None:
    checkout.python()
    checkout.prepare("test")
    assert checkout.calls("pip install")[0].endswith("--editable .[test,dev]")
    checkout.prepare("run")
    assert checkout.calls("") == []


def test_changed_dependencies_are_installed_again(checkout: Checkout) -> None:
    checkout.python()
    checkout.prepare()
    with (checkout.root / "pyproject.toml").open("a") as file:
        file.write("# one more\n")
    checkout.prepare()
    assert len(checkout.calls("pip install")) == 1
    assert checkout.calls("-m venv") == []


def test_moved_checkout_is_installed_again(checkout: Checkout) -> None:
    checkout.python()
    checkout.prepare()
    checkout.root = checkout.root.rename(checkout.root.with_name("moved"))
    checkout.prepare()
    assert len(checkout.calls("pip install")) == 1


def test_broken_environment_is_made_anew(checkout: Checkout) -> None:
    checkout.python()
    checkout.prepare()
    (checkout.root / ".venv/bin/python").unlink()
    assert checkout.prepare().returncode == 0
    assert len(checkout.calls("-m venv")) == 1


def test_python_that_is_too_old_or_only_a_shim_is_passed_over(checkout: Checkout) -> None:
    checkout.python("python3", old=True)
    checkout.program("python3.13", "#!/bin/sh\necho 'pyenv: python3.13: command not found' >&2\nexit 127\n")
    checkout.python("python3.12")
    assert checkout.prepare().returncode == 0
    assert [call.split()[0] for call in checkout.calls("-m venv")] == ["python3.12"]


def test_no_python_is_said(checkout: Checkout) -> None:
    checkout.python("python3", old=True)
    done = checkout.prepare()
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr


def test_missing_venv_module_is_said_and_leaves_nothing_behind(checkout: Checkout) -> None:
    checkout.python(venv=False)
    done = checkout.prepare()
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr
    assert not (checkout.root / ".venv").exists()


def test_failed_installation_is_tried_again_by_the_next_call(checkout: Checkout) -> None:
    checkout.program("python3", FAKE_PYTHON.format(old=0, venv=1).replace("esac", '"-m pip install"*) exit 1 ;;\nesac'))
    assert "pip could not install" in checkout.prepare().stderr
    assert "pip could not install" in checkout.prepare().stderr


def test_missing_browser_is_downloaded(checkout: Checkout) -> None:
    checkout.python()
    checkout.prepare(browser="")
    rfbrowser = checkout.root / ".venv/bin/rfbrowser"
    rfbrowser.write_text('#!/bin/sh\necho "rfbrowser $*" >> "$CALLS"\n')
    rfbrowser.chmod(0o755)
    assert checkout.prepare(browser="").returncode == 1
    assert checkout.calls("rfbrowser") == ["rfbrowser install chromium"]


def test_no_browser_at_all_says_what_to_install(checkout: Checkout) -> None:
    checkout.python()
    done = checkout.prepare(browser="")
    assert done.returncode == 1
    assert "Install one of: Google Chrome" in done.stderr


def test_browser_that_cannot_start_is_none(checkout: Checkout) -> None:
    checkout.python()
    stub = checkout.program("chromium-browser", "#!/bin/sh\necho 'requires the chromium snap' >&2\nexit 1\n")
    assert checkout.prepare(browser=str(stub)).returncode == 1


def test_browser_that_was_removed_is_looked_for_again(checkout: Checkout) -> None:
    checkout.python()
    gone = checkout.program("gone", "#!/bin/sh\n")
    assert checkout.prepare(browser=str(gone)).returncode == 0
    gone.unlink()
    assert checkout.prepare().returncode == 0
    assert (checkout.root / ".venv/.browser").read_text().strip() == str(checkout.browser)


def test_debian_root_gets_the_browser_of_debian(checkout: Checkout) -> None:
    checkout.python()
    (checkout.bin / "id").unlink()
    checkout.program("id", "#!/bin/sh\necho 0\n")
    checkout.program("apt-get", '#!/bin/sh\necho "apt-get $*" >> "$CALLS"\n')
    checkout.prepare(browser="")
    assert checkout.calls("apt-get") == ["apt-get update", "apt-get install -y --no-install-recommends chromium"]


def test_runs_of_the_same_second_get_folders_of_their_own(tmp_path: Path) -> None:
    start = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    names = [fresh_folder(tmp_path / "results", start).name for _ in range(3)]
    assert names == ["20260301T093000Z", "20260301T093000Z-2", "20260301T093000Z-3"]


def test_make_lets_python_keep_what_it_compiled(project: Path, tmp_path: Path) -> None:
    asking = tmp_path / "asking.mk"
    asking.write_text('include Makefile\nasked:\n\t@echo "[$$PYTHONDONTWRITEBYTECODE]"\n')
    said = subprocess.run(
        [shutil.which("make") or "make", "-s", "-f", asking, "asked"],
        cwd=project,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert said.stdout == "[]\n"
