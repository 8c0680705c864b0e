from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LIBRARIES = Path(__file__).parents[2] / "libraries"


def test_nothing_here_needs_robot_or_a_browser() -> None:
    names = [f"Katip.approvals.{path.stem}" for path in (LIBRARIES / "Katip" / "approvals").glob("*.py")]
    code = (
        f"import importlib, sys; sys.path.insert(0, {str(LIBRARIES)!r})\n"
        # Only the part that is meant to be pure: the package itself is the keyword library.
        "import types; package = types.ModuleType('Katip'); "
        f"package.__path__ = [{str(LIBRARIES / 'Katip')!r}]; sys.modules['Katip'] = package\n"
        f"[importlib.import_module(name) for name in {names!r}]\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'robot', 'Browser', 'robotlibcore'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
