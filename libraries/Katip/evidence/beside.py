"""The runs that are beside others, and where their chain and journal are."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path

from Katip.errors import KatipError
from Katip.evidence import layout
from Katip.evidence.chain import SealChain
from Katip.evidence.findings import RunVerdict
from Katip.evidence.seal_statement import facts_of, statement_of
from Katip.evidence.source import open_run


class Beside:
    """The runs that lie beside others, unpacked or packed, as far as they verify.

    Args:
        verify: verifies a folder or package by itself.

    Attributes:
        verdict: the same, asked once for each path.
    """

    def __init__(self, verify: Callable[[Path], RunVerdict]) -> None:
        self.verdict = cache(verify)
        self._of_folder = cache(self._candidates)

    def sealed(self, folder: Path, digest: str) -> RunVerdict | None:
        """Return the verdict of a run in a folder that verifies with this very seal; None if there is none.

        Args:
            folder: where to look.
            digest: SHA-256 of the seal.
        """
        found = (self.verdict(path) for path, seal, _ in self._of_folder(folder) if seal == digest)
        return next((verdict for verdict in found if verdict.ok), None)

    def _verifies(self, path: Path) -> bool:
        return self.verdict(path).ok

    def has_run(self, folder: Path, run: str, own: Path) -> bool:
        """Return True if a run of this name that verifies is in a folder, or in its own.

        Args:
            folder: where to look.
            run: the run's name.
            own: the run's output folder.
        """
        found = [*self._of_folder(folder), *([_candidate(own)] if own.is_dir() else [])]
        return any(self._verifies(path) for path, seal, name in found if seal and name == run)

    def unlinked(self, folder: Path, seals: Collection[str]) -> list[str]:
        """Return the names of runs that are in a folder and verify, but whose seals its chain does not have.

        Args:
            folder: the folder of the chain; runs with a chain of their own do not belong to it.
            seals: the digests of the seals that the chain has.
        """
        home = folder.resolve()
        missing = [each for each in self._of_folder(folder) if each[1] and each[1] not in seals]
        return sorted({name for path, _, name in missing if layout.home_of(path) == home and self._verifies(path)})

    @staticmethod
    def _candidates(folder: Path) -> tuple[tuple[Path, str, str], ...]:
        """Return path, digest of the seal and name of the run of everything that looks like a run."""
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.name.endswith(".zip") or entry.is_dir()]
        return tuple(_candidate(folder / name) for name in sorted(names))


def _candidate(path: Path) -> tuple[Path, str, str]:
    try:
        with open_run(path) as run:
            seal = run.read(layout.SEAL)
        return path, hashlib.sha256(seal).hexdigest(), facts_of(statement_of(seal))["run"]
    except Exception:  # no run, or one that is named when it is verified itself
        return path, "", ""


def chain_folder(verdict: RunVerdict) -> Path:
    """Return the folder of chain and journal; a chain in the run's own folder does not hide the one above that knows it."""
    above = verdict.path.resolve().parent
    try:
        known = {link.digest for link in SealChain.beside(above).links()}
    except KatipError:
        return above
    return above if verdict.seal in known else layout.home_of(verdict.path)
