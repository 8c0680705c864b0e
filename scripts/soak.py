"""Run random cases through the browser and judge each by the practice portal's log: `make soak N=500`."""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "libraries")]

from tests.acceptance.cases import Verdict, make_case, summary, try_case  # noqa: E402 - needs the path
from tests.acceptance.today_cases import make_today_case  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the cases and print what came of them.

    Args:
        arguments: The command line without the program; None for the process's own.

    Returns:
        1 if an invariant was broken, else 0.
    """
    given = _parser().parse_args(arguments)
    print(f"seed {given.seed}, {given.cases} cases (again with --seed {given.seed})", flush=True)
    base = Path(tempfile.mkdtemp(prefix="katip-soak-"))
    numbers = [given.only] if given.only is not None else range(given.cases)
    with ThreadPoolExecutor(given.workers) as pool:
        verdicts = list(pool.map(lambda number: _try(given.seed, number, base, today=given.today), numbers))
    _print(summary(verdicts))
    wrong = any(verdict.wrong for verdict in verdicts)
    if wrong:
        print(f"The folders of the cases that went wrong: {base}")
    else:
        shutil.rmtree(base, ignore_errors=True)
    return int(wrong)


def _try(seed: int, number: int, base: Path, *, today: bool) -> Verdict:
    folder = base / str(number)
    folder.mkdir()
    verdict = try_case((make_today_case if today else make_case)(seed, number), folder)
    print(f"{'WRONG' if verdict.wrong else 'right'}  {verdict.case}", flush=True)
    if not verdict.wrong:
        shutil.rmtree(folder, ignore_errors=True)
    return verdict


def _print(facts: dict[str, Any]) -> None:
    wrong: list[str] = facts.pop("wrong")
    print()
    for name, value in facts.items():
        told = ", ".join(f"{key} {number}" for key, number in value.items()) if isinstance(value, dict) else value
        print(f"{name:9} {told or 'none'}")
    print(f"{'wrong':9} {len(wrong)}")
    for each in wrong:
        print(f"\n{each}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="soak.py", description=__doc__)
    parser.add_argument("--cases", type=int, default=100, help="how many cases")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**8), help="the seed of all")
    parser.add_argument("--only", type=int, help="one case of the seed, by its number")
    parser.add_argument("--today", action="store_true", help="the skin `today`, in every look, instead of the old ones")
    parser.add_argument("--workers", type=int, default=2, help="how many cases at once")
    return parser


if __name__ == "__main__":
    sys.exit(main())
