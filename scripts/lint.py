"""Run every static check, or those that are named, and say which ones failed.

All of them run even if one fails, so that one call shows everything there is to mend; as many at once as there are processors.

Usage: python scripts/lint.py [NAME…]
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
SUITES = ("robots", "resources", "tests")

# The longest begin first. Each call of mypy has a cache of its own: what one call caches, another with other options discards.
CHECKS: dict[str, tuple[str, ...]] = {
    "mypy": ("-m", "mypy", "--cache-dir", ".mypy_cache/tests", "libraries/PracticePortal", "scripts", "tests"),
    "mypy-strict": ("-m", "mypy", "--cache-dir", ".mypy_cache/strict", "--strict", "libraries/Katip"),
    "javascript": ("scripts/lint_js.py",),
    "conventions": ("scripts/check_conventions.py",),
    "complexity": ("scripts/check_complexity.py",),
    "ruff": ("-m", "ruff", "check", "."),
    "ruff-format": ("-m", "ruff", "format", "--check", "."),
    "robocop": ("-m", "robocop", "check", *SUITES),
    "robocop-format": ("-m", "robocop", "format", "--check", "--diff", *SUITES),
}


def passes(name: str) -> bool:
    """Run one check, print what it has to say in one piece, and return True if it passed."""
    start = monotonic()
    done = subprocess.run(
        [sys.executable, *CHECKS[name]], cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    how = "passed" if done.returncode == 0 else f"FAILED (exit code {done.returncode})"
    said = done.stdout.decode("utf-8", "replace")
    print(f"— {name}\n{said}  {how} in {monotonic() - start:.1f} s", flush=True)
    return done.returncode == 0


def main(names: Sequence[str]) -> int:
    """Run the checks of these names, or all, and return 0 only if every one passed."""
    if unknown := [name for name in names if name not in CHECKS]:
        print(f"No check is named {', '.join(unknown)}. There are: {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    wanted = tuple(names or CHECKS)
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        failed = [name for name, passed in zip(wanted, workers.map(passes, wanted), strict=True) if not passed]
    print(f"Lint: {', '.join(failed)} failed." if failed else "Lint: everything passed.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
