"""Play a stranger by hand, or run a suite against it: ``python -m tests.strangers.today.play AntToday [plan|rehearse|approve …]``."""

from __future__ import annotations

import json
import sys
import tempfile
import threading
from pathlib import Path

from tests.strangers.stage import PASSWORD, TCKN
from tests.strangers.today import portals
from tests.strangers.today.judge import visiting

RUNS = {
    "plan": {"suite": "plan"},
    "details": {"suite": "plan", "DETAILS": "yes"},
    "rehearse": {"MODE": "rehearse", "APPROVE": "all"},
    "approve": {"APPROVE": "all"},
}


def main(name: str, *runs: str) -> None:
    """Serve one stranger until Ctrl+C, or run suites against it and print what came of them."""
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-"))
    with visiting(getattr(portals, name), folder) as visit:
        print(folder, visit.play.origin("katip"), TCKN, PASSWORD, flush=True)  # noqa: T201
        if not runs:
            threading.Event().wait()
        for run in runs:
            verdict = visit.run(run, **RUNS[run])
            print(f"=== {run}: {verdict.code}", verdict.output, *verdict.log, sep="\n")  # noqa: T201
            print(json.dumps(verdict.contracts or verdict.worklist, ensure_ascii=False, indent=1), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
