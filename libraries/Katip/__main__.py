"""The console script `katip`, also `python -m Katip`: looks whether it can work here at all before anything else is imported."""

from __future__ import annotations

import os
import sys

from Katip.errors import SystemRefused
from Katip.messages import msg


def main() -> None:
    """Run the console script; where the working directory is gone, say so, because Robot Framework cannot even be imported there."""
    try:
        os.getcwd()  # noqa: PTH109 (asks the system, as Robot Framework does)
    except OSError:
        error = SystemRefused(
            msg("Looking at the working directory"),
            msg("a folder that is there"),
            msg("the folder in which the command was typed was removed or renamed"),
            msg("Change to a folder that is there, or open a new terminal, and type the command again."),
        )
        sys.exit(msg("Error: {message}", message=error))
    from Katip.cli import main as run

    run()


if __name__ == "__main__":
    main()
