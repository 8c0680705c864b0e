"""Run the approval suite into a fresh folder under `results/`, as `make approve` does.

Robot runs in this very process: a Ctrl+C or SIGTERM so reaches it directly, and a prompt has the terminal.
"""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def fresh_folder(results: Path, now: datetime) -> Path:
    """Create the folder of a new run, named by its UTC start, and return it.

    Args:
        results: The folder that holds the runs.
        now: The time of the start.

    Returns:
        A new, empty folder. Two runs that start in the same second get folders of their own.
    """
    name = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for number in count(1):
        folder = results / (name if number == 1 else f"{name}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise AssertionError("count() does not end")


def shown(path: Path) -> str:
    """Return the path as a person in the present working directory would write it."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def main(arguments: Sequence[str]) -> int:
    """Run `robots/approve.robot` with further options for `robot` and say where the log is.

    Args:
        arguments: Options for `robot`, such as `-v WORKPLACE:…`; they win over those that are set here.

    Returns:
        Robot's return code: the number of failed tasks, 251, 252, 253 or 255 for Robot's own errors. The process ends
        with 254 instead where the run could not be sealed and packed, which happens at its exit.
    """
    from robot.run import run_cli

    from Katip.run.exit import exit_with_own_code_if_unsealed

    exit_with_own_code_if_unsealed()

    folder = fresh_folder(ROOT / "results", datetime.now(UTC))
    sys.argv = ["robot", "--outputdir", str(folder), *arguments, str(ROOT / "robots" / "approve.robot")]
    code = int(run_cli(sys.argv[1:], exit=False))
    log = folder / "log.html"
    if log.exists():
        print(f"\nThe log of this run:     {shown(log)}\nThe outcomes, one a row: {shown(folder / 'report.html')}")
    else:
        print(f"\nThe run left no log; what it wrote before it ended is in {shown(folder)}.")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
