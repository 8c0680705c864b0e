"""Measure the suite against bare Playwright scripts: the same procedure with the same pictures, in turn, in one run.

    python scripts/bench.py [--portals practice,practice-today,ext3,quasar] [--contracts 25] [--rounds 3] [--large 0] [--pace] [--profile]

Prints for each portal the seconds to the first sign-in page, from the sign-in to the list, for each contract and for the
closing reckoning, and the ratios, which are taken round by round: figures of single runs say little on a shared machine.
With `--large 250` the suite is measured once more on the practice portal with so many contracts, with `--pace` once more
on practice-today with the pause that today's portal asks for. With `--profile` the calls to the browser's process are counted
and written beside each run (which adds a little to its times).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "libraries"), str(ROOT)]

from Katip.browsers import find_browser  # noqa: E402 - found through the line above
from PracticePortal.examples import EXAMPLE_USER  # noqa: E402
from PracticePortal.process import PortalProcess  # noqa: E402
from scripts.call_profile import summary  # noqa: E402

PORTALS = ("practice", "practice-today", "ext3", "quasar")
_PACED = 'extends = "practice-today"\nname = "paced"\n\n[pace]\npause_ms = [1000, 2500]\n'


@dataclass(frozen=True)
class Course:
    """A portal that is running.

    Attributes:
        file: the suite's PORTAL.
        addresses: the suite's variables for it.
        begins_at: where the bare script begins.
        workplace: SGK number.
        user: number and password.
    """

    file: str
    addresses: dict[str, str]
    begins_at: str
    workplace: str
    user: tuple[str, str]


@contextlib.contextmanager
def started(name: str, contracts: int, folder: Path) -> Iterator[Course]:
    """Start a portal with so many pending contracts."""
    if name.startswith("practice"):
        today = name == "practice-today"
        with PortalProcess("today" if today else "plain", contracts) as portal:
            addresses = {
                "SITE_URL": "" if today else portal.site_url,
                "EDEVLET_URL": portal.edevlet_url,
                "KATIP_URL": portal.katip_url,
            }
            begins_at = portal.katip_url if today else portal.site_url
            user = (EXAMPLE_USER.number, EXAMPLE_USER.password)
            yield Course(name, addresses, begins_at, portal.workplace, user)
    else:
        yield from _stranger(name, contracts, folder)


def _stranger(name: str, contracts: int, folder: Path) -> Iterator[Course]:
    from tests.strangers import stage
    from tests.strangers.ext3 import Ext3
    from tests.strangers.quasar_spa import QuasarSpa

    kinds: dict[str, Callable[[stage.Play], stage.Stranger]] = {"ext3": Ext3, "quasar": QuasarSpa}
    settings = {"ext3": Ext3.setting, "quasar": QuasarSpa.setting}
    names = tuple(f"KİŞİ {chr(65 + number % 26)} DENEME {number}" for number in range(contracts))
    rows = stage.contracts(names, ("Onay Bekliyor",) * contracts)
    folder.mkdir(parents=True, exist_ok=True)
    play = stage.Play(folder / "portal.jsonl", **({"contracts": rows} | settings[name]()))
    with kinds[name](play).running():
        sites = {"SITE_URL": "osgb", "EDEVLET_URL": "edevlet", "KATIP_URL": "katip"}
        addresses = {variable: play.origin(site) for variable, site in sites.items()}
        user = (stage.TCKN, stage.PASSWORD)
        yield Course("v9", addresses, addresses["SITE_URL"], play.workplaces[0].sgk, user)


def measured(command: list[str], course: Course) -> tuple[str, float]:
    """Run a command; return its output and the peak memory of its process in MiB."""
    import psutil

    number, password = course.user
    # As after the first run of an installation: the modules are compiled.
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": str(ROOT)}
    given = kept | {"EDEVLET_TCKN": number, "EDEVLET_SIFRE": password}
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
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


def bare(name: str, course: Course, folder: Path) -> dict[str, float]:
    """Run the bare script once."""
    started_at = time.time()
    browser = str(find_browser().executable)
    script = [sys.executable, "-m", "scripts.bare", name, course.begins_at, course.workplace, str(folder), browser]
    output, memory = measured(script, course)
    told = json.loads(output.strip().splitlines()[-1])
    return {
        "first page": told["first_page_at"] - started_at,
        "to list": told["to_list"],
        "per contract": told["seconds"] / told["contracts"],
        "contracts": told["contracts"],
        "memory": memory,
    }


def suite(course: Course, folder: Path, calls: Path | None = None) -> dict[str, float]:
    """Run the suite once; times are read from its own output.

    Args:
        course: the portal.
        folder: where the run's files go.
        calls: the file in which each call to the browser's process is written; None for none.
    """
    from robot.api import ExecutionResult

    started_at = time.time()
    given = {
        "PORTAL": course.file,
        "WORKPLACE": course.workplace,
        "APPROVE": "all",
        "HEADLESS": "true",
        "SIGN_IN": "password",
        "JOURNAL": str(folder / "journal.sqlite"),
    }
    variables = [part for each in (given | course.addresses).items() for part in ("-v", ":".join(each))]
    listening = ["--listener", f"scripts/call_profile.py:{calls}"] if calls else []
    command = [sys.executable, "-m", "robot", "-d", str(folder), *listening, *variables, "robots/approve.robot"]
    _, memory = measured(command, course)
    tests = ExecutionResult(str(folder / "output.xml")).suite.tests
    contracts = [test.elapsed_time.total_seconds() for test in tests if "contract" in test.tags]
    ends = {tag: test.start_time + test.elapsed_time for test in tests for tag in test.tags}
    return {
        "first page": datetime.timestamp(ends["clause-5.2"]) - started_at,
        "to list": (ends["clause-5.7"] - ends["clause-5.3"]).total_seconds(),
        "per contract": sum(contracts) / len(contracts),
        "contracts": len(contracts),
        "reckoning": sum(test.elapsed_time.total_seconds() for test in tests if is_reckoning(test.tags)),
        "memory": memory,
    }


def is_reckoning(tags: Collection[str]) -> bool:
    """True for the reckoning of a workplace: it carries the workplace's tag beside the clause's; contracts carry "contract" as well."""
    return "clause-5.10" in tags and "contract" not in tags and any(tag.startswith("workplace-") for tag in tags)


def compare(name: str, contracts: int, rounds: int, place: Path, profile: bool) -> None:
    """Measure one portal and print the medians and ratios."""
    pairs: list[tuple[dict[str, float], dict[str, float]]] = []
    for number in range(rounds):
        with started(name, contracts, place / f"{name}-{number}-b") as course:
            left = bare(name, course, place / f"{name}-bare-{number}")
        with started(name, contracts, place / f"{name}-{number}-s") as course:
            right = suite(
                course, place / f"{name}-suite-{number}", place / f"{name}-calls-{number}" if profile else None
            )
        if left["contracts"] != right["contracts"]:
            raise SystemExit(f"{name}: the bare script approved {left['contracts']}, the suite {right['contracts']}")
        pairs.append((left, right))
    print(f"{name}, {contracts} contracts, {rounds} rounds", flush=True)
    for key, unit in (
        ("first page", "s to the first sign-in page"),
        ("to list", "s from the sign-in to the list"),
        ("per contract", "s a contract"),
        ("memory", "MiB peak memory"),
    ):
        before, after = [pair[0][key] for pair in pairs], [pair[1][key] for pair in pairs]
        ratios = [b / a for a, b in zip(before, after, strict=True)]
        print(
            f"  {unit}: bare {statistics.median(before):.3f}, suite {statistics.median(after):.3f}, ratio {statistics.median(ratios):.2f} "
            f"({min(ratios):.2f} to {max(ratios):.2f}), difference {statistics.median(after) - statistics.median(before):+.2f}"
        )
    print(f"  s for the closing reckoning: {statistics.median(pair[1]['reckoning'] for pair in pairs):.3f}", flush=True)
    if profile:
        print(summary(place / f"{name}-calls-{rounds - 1}"), flush=True)


def alone(course: Course, folder: Path, what: str) -> None:
    """Measure the suite alone and print its seconds a contract and its memory."""
    found = suite(course, folder)
    print(f"{what}: {found['per contract']:.3f} s a contract, {found['memory']:.0f} MiB", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--portals", default=",".join(PORTALS))
    parser.add_argument("--contracts", type=int, default=25)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", type=int, default=0)
    parser.add_argument("--pace", action="store_true")
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        for name in given.portals.split(","):
            compare(name, given.contracts, given.rounds, place, given.profile)
        if given.large:
            with started("practice", given.large, place) as course:
                alone(course, place / "large", f"practice with {given.large} contracts")
        if given.pace:
            (place / "paced.toml").write_text(_PACED, "utf-8")
            with started("practice-today", given.contracts, place) as course:
                paced = Course(str(place / "paced.toml"), course.addresses, "", course.workplace, course.user)
                alone(paced, place / "paced", "practice-today with a pause of 1 to 2.5 s")


if __name__ == "__main__":
    main()
