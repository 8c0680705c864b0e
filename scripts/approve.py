"""Run the approval suite into a fresh folder under `results/`, as `make approve` does."""

import sys

from Katip.package_files import results_folder, suite
from Katip.run.commands import run_suite


def main(arguments: list[str]) -> int:
    """Run `robots/approve.robot` and say where the log is.

    Args:
        arguments: Options for `robot`, such as `-v WORKPLACE:…`; they win over those that are set here.

    Returns:
        Robot's exit code; the process ends with 254 instead if the run could not be sealed and packed at its exit.
    """
    return run_suite(suite("approve"), arguments, results_folder())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
