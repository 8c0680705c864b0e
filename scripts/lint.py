"""Run every static check, or those that are named, and say which ones failed.

All of them run even if one fails, so that one call shows everything there is to mend.

Usage: python scripts/lint.py [NAME…]
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
SUITES = ("robots", "resources", "tests")

CHECKS: dict[str, tuple[str, ...]] = {
    "ruff": ("-m", "ruff", "check", "."),
    "ruff-format": ("-m", "ruff", "format", "--check", "."),
    "mypy-strict": ("-m", "mypy", "--strict", "libraries/Katip"),
    "mypy": ("-m", "mypy", "libraries/PracticePortal", "scripts", "tests"),
    "robocop": ("-m", "robocop", "check", *SUITES),
    "robocop-format": ("-m", "robocop", "format", "--check", "--diff", *SUITES),
    "javascript": ("scripts/lint_js.py",),
    "conventions": ("scripts/check_conventions.py",),
    "complexity": ("scripts/check_complexity.py",),
}


def passes(name: str) -> bool:
    """Run one check and return whether it passed; what it has to say goes to the console as it is."""
    print(f"— {name}", flush=True)
    start = monotonic()
    code = subprocess.run([sys.executable, *CHECKS[name]], cwd=ROOT, check=False).returncode
    print(f"  {'passed' if code == 0 else f'FAILED (exit code {code})'} in {monotonic() - start:.1f} s", flush=True)
    return code == 0


def main(names: Sequence[str]) -> int:
    """Run the checks of these names, or all, and return 0 only if every one passed."""
    if unknown := [name for name in names if name not in CHECKS]:
        print(f"No check is named {', '.join(unknown)}. There are: {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    failed = [name for name in names or CHECKS if not passes(name)]
    print(f"Lint: {', '.join(failed)} failed." if failed else "Lint: everything passed.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
