"""The built wheel, used without the checkout: suites, resources and portals are in it, nothing is written beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.running import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was installed; its dependencies are those of the tests' environment."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(site), str(wheel)], check=True, timeout=120)
    return site


def katip(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Call `katip` of the installed wheel in a working directory."""
    hidden = ("EDEVLET_TCKN", "EDEVLET_SIFRE", "ROBOT_OPTIONS")
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    environment |= {"PYTHONPATH": str(site), "KATIP_KEY_DIR": str(folder / "key"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "Katip.cli", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )


def test_practice_approval_from_the_wheel_in_an_empty_folder(site: Path, tmp_path: Path) -> None:
    before = {path for path in site.rglob("*") if "__pycache__" not in path.parts}
    done = katip(site, tmp_path, "practice", "--", "--consolecolors", "off")
    assert done.returncode == 0, done.stdout + done.stderr
    (run,) = (path for path in (tmp_path / "results").iterdir() if path.is_dir())
    contracts = json.loads((run / "approvals.json").read_text("utf-8"))["contracts"]
    assert [each["outcome"] for each in contracts] == ["approved"] * 5
    assert katip(site, tmp_path, "verify", str(run)).returncode == 0
    assert str(site) in (run / "output.xml").read_text("utf-8"), "not the wheel's own suite"
    assert {path for path in site.rglob("*") if "__pycache__" not in path.parts} == before


def test_journal_of_an_installed_package_is_below_the_working_directory(site: Path, tmp_path: Path) -> None:
    script = "from Katip.package_files import results_folder, resource; print(results_folder(), resource('portals'))"
    environment = os.environ | {"PYTHONPATH": str(site)}
    command = [sys.executable, "-c", script]
    said = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=True)
    results, portals = said.stdout.split()
    assert Path(results) == tmp_path.resolve() / "results"
    assert {path.name for path in Path(portals).glob("*.toml")} == {
        path.name for path in (ROOT / "resources" / "portals").glob("*.toml")
    }
