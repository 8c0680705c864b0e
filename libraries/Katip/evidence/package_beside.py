"""The package of a run, where it lies beside the run's folder: it is what an auditor is handed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from Katip.evidence import layout
from Katip.evidence.findings import FindingKind, RunVerdict


def check_packages(verdicts: Iterable[RunVerdict], verify: Callable[[Path], RunVerdict]) -> None:
    """Name each package that lies beside the folder of its run and is not sound, or is of another seal.

    Args:
        verdicts: the runs; findings go into them. Packages that were given themselves are not looked at again.
        verify: verifies a folder or package by itself.
    """
    verdicts = list(verdicts)
    given = {verdict.path.resolve() for verdict in verdicts}
    for verdict in verdicts:
        if not verdict.run or not verdict.path.is_dir():
            continue
        package = layout.home_of(verdict.path) / f"{verdict.run}.zip"
        if package.resolve() in given or not os.path.lexists(package):
            continue
        found = verify(package)
        if not found.ok:
            first = next(finding for finding in found.findings if finding.kind.fails)
            verdict.add(FindingKind.INCONSISTENT, "package-rotten", package.name, file=first.path or package.name)
        elif found.seal != verdict.seal:
            verdict.add(FindingKind.INCONSISTENT, "package-other", package.name)
