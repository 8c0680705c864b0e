"""Run the approval suite into a fresh folder under `results/`, as `make approve` does."""

import sys

from Katip.messages import TURKISH, language
from Katip.package_files import results_folder, suite
from Katip.run.commands import run_suite


def main(arguments: list[str]) -> int:
    """Run `robots/approve.robot`, or its Turkish twin where Turkish is spoken, and say where the log is.

    Args:
        arguments: Options for `robot`, such as `-v WORKPLACE:…`; they win over those that are set here.

    Returns:
        Robot's exit code; the process ends with 254 instead if the run could not be sealed and packed at its exit.
    """
    given = [each.partition(":")[2].lower() for each in arguments if each.upper().startswith("LANGUAGE:")]
    in_turkish = (given[-1] if given else language()) == TURKISH
    return run_suite(suite("approve", in_turkish=in_turkish), arguments, results_folder())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
