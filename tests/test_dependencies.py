"""Every runtime dependency is used and reviewed, and everything that is imported is declared."""

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import files, packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Without an import of their own: Browser finds its batteries by itself; the font's module has another name.
FOUND_BY_OTHERS = {"robotframework-browser-batteries"}
# Brought by a declared package as part of its interface.
PART_OF = {
    "werkzeug": "flask",
    "markupsafe": "jinja2",
    "grpcio": "robotframework-browser",
    "protobuf": "robotframework-browser",
}


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {re.split(r"[<>=!~\[ ;]", each)[0].lower() for each in project["dependencies"]}


def imported() -> set[str]:
    """Return the distributions of other people that the libraries import."""
    modules = {module for path in (ROOT / "libraries").rglob("*.py") for module in modules_of(path.read_text("utf-8"))}
    # google is a namespace of many distributions
    theirs = modules - sys.stdlib_module_names - {"Katip", "PracticePortal", "google"}
    known = packages_distributions()
    assert theirs <= known.keys()
    return {known[module][0].lower().replace("_", "-") for module in theirs}


def modules_of(source: str) -> set[str]:
    """Return the outermost packages that a module imports, relative imports left out."""
    modules = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.add(node.module.split(".")[0])
    return modules


def test_no_dependency_is_unused() -> None:
    assert declared() - imported() == FOUND_BY_OTHERS


def test_everything_that_is_imported_is_declared() -> None:
    needed = {PART_OF.get(each, each) for each in imported()}
    assert needed <= declared()


def test_every_dependency_is_reviewed() -> None:
    reviewed = re.findall(r"^\| `([\w-]+)` \|", (ROOT / "docs/dependencies.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(reviewed) == sorted(declared())


def test_what_internals_are_used_of_has_one_version() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    versions = re.findall(r'"robotframework-browser(?:-batteries)?(.+?)"', text)
    assert len(versions) == 2
    assert len(set(versions)) == 1
    assert versions[0].startswith("==")


def test_types_of_the_browser_are_of_the_version_that_is_installed() -> None:
    found = files("robotframework-browser-batteries") or []
    installed = next(path for path in found if path.as_posix().endswith("node_modules/playwright-core/package.json"))
    asked = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]["playwright-core"]
    assert asked == json.loads(installed.read_text("utf-8"))["version"]
