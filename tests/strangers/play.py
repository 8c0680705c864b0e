"""Play a stranger by hand, or run the suite against it: ``python -m tests.strangers.play ext3:Ext3 [--run] [FAULT…]``."""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
import threading
from pathlib import Path

from tests.strangers.judge import assert_all_approved, assert_safe, run
from tests.strangers.stage import PASSWORD, TCKN, Play


def main(which: str, *words: str) -> None:
    """Serve one stranger until Ctrl+C, or run the suite against it and print what came of it."""
    module, name = which.split(":")
    portal = getattr(importlib.import_module(f"tests.strangers.{module}"), name)
    faults = " ".join(w for w in words if not w.startswith("-"))
    folder = Path(tempfile.mkdtemp(prefix=f"{module}-"))
    print(folder)  # noqa: T201
    if "--run" not in words:
        with portal(Play(folder / "portal.jsonl", frozenset(faults.split()), **portal.setting())).running() as play:
            print(play.origin("osgb"), play.origin("edevlet"), play.origin("katip"), TCKN, PASSWORD, flush=True)  # noqa: T201
            threading.Event().wait()
    verdict = run(portal, folder, faults)
    print(verdict.output, *verdict.log, sep="\n")  # noqa: T201
    print(json.dumps(verdict.contracts, ensure_ascii=False, indent=1))  # noqa: T201
    (assert_safe if faults else assert_all_approved)(verdict)
    print("SOUND")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
