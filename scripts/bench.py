"""Measure the suite against a bare Playwright script: the same procedure with the same pictures, in turn, in one run.

    python scripts/bench.py [--contracts 25] [--rounds 3] [--large 0]

Prints the seconds to the first sign-in page, the seconds for each contract, the ratio of both, and the peak memory of
the robot's process. With `--large 250` the suite is measured once more with so many contracts. Figures of single
runs say little on a shared machine; the ratios are taken round by round.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "libraries"))

from Katip.browsers import find_browser  # noqa: E402 - found through the line above
from PracticePortal.examples import EXAMPLE_USER  # noqa: E402
from PracticePortal.process import PortalProcess  # noqa: E402


def environment() -> dict[str, str]:
    """The children's environment: the practice portal's example user."""
    return {**os.environ, "EDEVLET_TCKN": EXAMPLE_USER.number, "EDEVLET_SIFRE": EXAMPLE_USER.password}


def measured(command: list[str]) -> tuple[str, float]:
    """Run a command; give its output and the peak memory of its process in MiB."""
    import psutil

    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    watched, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        try:
            peak = max(peak, watched.memory_info().rss)
            process.wait(0.2)
        except (psutil.Error, subprocess.TimeoutExpired):
            continue
    output = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{output}")
    return output, peak / 2**20


def bare(portal: PortalProcess, folder: Path) -> dict[str, float]:
    """Run the bare script once."""
    browser = str(find_browser().executable)
    started = time.time()
    output, memory = measured(
        [
            sys.executable,
            str(ROOT / "scripts/bare_playwright.py"),
            portal.site_url,
            portal.workplace,
            str(folder),
            browser,
        ]
    )
    told = json.loads(output.strip().splitlines()[-1])
    return {
        "first page": told["first_page_at"] - started,
        "per contract": told["seconds"] / told["contracts"],
        "memory": memory,
    }


def suite(portal: PortalProcess, folder: Path) -> dict[str, float]:
    """Run the suite once; times are read from its own output."""
    from robot.api import ExecutionResult

    started = time.time()
    _, memory = measured(
        [
            sys.executable,
            "-m",
            "robot",
            "-d",
            str(folder),
            "-v",
            f"SITE_URL:{portal.site_url}",
            "-v",
            f"EDEVLET_URL:{portal.edevlet_url}",
            "-v",
            f"KATIP_URL:{portal.katip_url}",
            "-v",
            f"WORKPLACE:{portal.workplace}",
            "-v",
            "APPROVE:all",
            "-v",
            f"JOURNAL:{folder}/journal.sqlite",
            "robots/approve.robot",
        ]
    )
    tests = ExecutionResult(str(folder / "output.xml")).suite.tests
    contracts = [test.elapsed_time.total_seconds() for test in tests if "contract" in test.tags]
    entered = next(test for test in tests if "clause-5.2" in test.tags)
    first_page = entered.start_time + entered.elapsed_time
    return {
        "first page": datetime.timestamp(first_page) - started,
        "per contract": sum(contracts) / len(contracts),
        "memory": memory,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contracts", type=int, default=25)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", type=int, default=0)
    given = parser.parse_args()
    rounds: list[tuple[dict[str, float], dict[str, float]]] = []
    with tempfile.TemporaryDirectory() as temporary:
        for number in range(given.rounds):
            pair = []
            for run, name in ((bare, "bare"), (suite, "suite")):
                with PortalProcess(contracts=given.contracts) as portal:
                    pair.append(run(portal, Path(temporary) / f"{name}-{number}"))
            rounds.append((pair[0], pair[1]))
            print(
                f"round {number + 1}: bare {pair[0]['per contract']:.3f} s, suite {pair[1]['per contract']:.3f} s a contract",
                flush=True,
            )
        large = None
        if given.large:
            with PortalProcess(contracts=given.large) as portal:
                large = suite(portal, Path(temporary) / "large")
    report(rounds, large, given.contracts, given.large)


def report(
    rounds: list[tuple[dict[str, float], dict[str, float]]], large: dict[str, float] | None, contracts: int, many: int
) -> None:
    """Print medians and ratios."""
    for key, unit in (
        ("first page", "s to the first sign-in page"),
        ("per contract", f"s a contract, of {contracts}"),
        ("memory", "MiB peak memory"),
    ):
        left, right = [pair[0][key] for pair in rounds], [pair[1][key] for pair in rounds]
        ratios = [b / a for a, b in zip(left, right, strict=True)]
        print(
            f"{unit}: bare {statistics.median(left):.3f}, suite {statistics.median(right):.3f}, ratio {statistics.median(ratios):.2f} "
            f"({min(ratios):.2f} to {max(ratios):.2f}), difference {statistics.median(right) - statistics.median(left):+.2f}"
        )
    if large:
        usual = statistics.median(pair[1]["per contract"] for pair in rounds)
        times = large["per contract"] / usual
        print(
            f"with {many}: {large['per contract']:.3f} s a contract, {times:.2f} times that with {contracts}; {large['memory']:.0f} MiB"
        )


if __name__ == "__main__":
    main()
