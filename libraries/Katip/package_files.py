"""Where suites, resources and results are: in a checkout its own folders, else the installed package and the working directory."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


def data_root(package: Path = _PACKAGE) -> Path:
    """Return the folder that holds `robots/` and `resources/`: the checkout, or the package of an installed wheel.

    Args:
        package: the folder of the package Katip.
    """
    return package.parents[1] if is_checkout(package) else package


def is_checkout(package: Path = _PACKAGE) -> bool:
    """True if the package is used from a checkout, where `robots/` is not part of the package.

    Args:
        package: the folder of the package Katip.
    """
    return package.parent.name == "libraries" and (package.parents[1] / "robots").is_dir()


def resource(name: str) -> Path:
    """Return the path of a file or folder below `resources/`.

    Args:
        name: its path below `resources/`, such as `rules.toml`.
    """
    return data_root() / "resources" / name


# Suites that are kept in Turkish too, with the same tasks and variables.
_TURKISH_TWINS = {"approve": "onayla", "plan": "planla"}


def suite(name: str, *, in_turkish: bool = False) -> Path:
    """Return the path of a suite.

    Args:
        name: `approve` or `plan`.
        in_turkish: True for its Turkish twin: the steps in its log are Turkish.
    """
    kept_as = _TURKISH_TWINS[name] if in_turkish else name
    return data_root() / "robots" / f"{kept_as}.robot"


def results_folder(package: Path = _PACKAGE) -> Path:
    """Return the folder of runs and journal: `results/` of the checkout, else of the working directory; never the package's.

    Args:
        package: the folder of the package Katip.
    """
    return (package.parents[1] if is_checkout(package) else Path.cwd()) / "results"


def json_schema(package: str, name: str) -> dict[str, Any]:
    """Return a JSON Schema that a package ships.

    Args:
        package: the package's name.
        name: the schema's name, without `.schema.json`.

    Raises:
        FileNotFoundError: The package ships no such schema.
    """
    found: dict[str, Any] = json.loads(files(package).joinpath(f"{name}.schema.json").read_bytes())
    return found
