"""Where suites, resources and results are, in a checkout and in an installed package."""

from pathlib import Path

import pytest

from Katip.package_files import data_root, is_checkout, resource, results_folder, suite


def installed(root: Path) -> Path:
    """Make a folder that looks like site-packages with Katip in it, and return the package's."""
    package = root / "lib" / "python3.13" / "site-packages" / "Katip"
    for folder in ("robots", "resources"):
        (package / folder).mkdir(parents=True)
    return package


def test_checkout_uses_its_own_folders(project: Path) -> None:
    assert is_checkout()
    assert resource("rules.toml") == project / "resources" / "rules.toml"
    assert suite("plan") == project / "robots" / "plan.robot"
    assert suite("approve", in_turkish=True) == project / "robots" / "onayla.robot"
    assert suite("plan", in_turkish=True) == project / "robots" / "planla.robot"
    assert results_folder() == project / "results"


def test_installed_package_holds_suites_and_resources(tmp_path: Path) -> None:
    package = installed(tmp_path)
    assert data_root(package) == package


def test_nothing_is_written_beside_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = installed(tmp_path)
    (tmp_path / "operator").mkdir()
    monkeypatch.chdir(tmp_path / "operator")
    assert results_folder(package) == tmp_path / "operator" / "results"


def test_folder_named_libraries_makes_no_checkout(tmp_path: Path) -> None:
    package = tmp_path / "libraries" / "Katip"
    package.mkdir(parents=True)
    assert not is_checkout(package)
    assert data_root(package) == package
