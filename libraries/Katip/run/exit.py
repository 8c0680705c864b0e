"""The seal at the process's exit: after Robot's own files were written, and after the browser is gone."""

from __future__ import annotations

import atexit
import contextlib
import sys
from dataclasses import dataclass
from pathlib import Path

from Katip.errors import KatipError


@dataclass(slots=True)
class SealJob:
    """What is to be sealed.

    Attributes:
        folder: the run's folder.
        packages: the folder of the journal, where packages go.
        tsa_url: the time stamp authority's address, or empty.
        robot_files: the names of Robot's own files in the folder.
        interrupted: True until the run's own end says otherwise: a process that is broken off never gets there.
    """

    folder: Path
    packages: Path
    tsa_url: str = ""
    robot_files: tuple[str, ...] = ()
    interrupted: bool = True


class SealAtExit:
    """Seals the run when the process ends; does nothing where no run was begun (libdoc, ``--dryrun``).

    A library listener's ``close`` comes before Robot's files are written, so the process's exit is the first moment to seal them all.
    """

    def __init__(self) -> None:
        self.job: SealJob | None = None
        atexit.register(self._seal)

    def _seal(self) -> None:
        job, self.job = self.job, None
        if job is None:
            return
        from Katip.evidence.seal import Ended, seal_run

        ended = Ended.INTERRUPTED if job.interrupted else Ended.FINISHED
        with contextlib.suppress(BrokenPipeError):
            try:
                result = seal_run(
                    job.folder,
                    packages=job.packages,
                    ended=ended,
                    tsa_url=job.tsa_url,
                    robot_files=job.robot_files,
                    writable=job.robot_files,
                )
                print(
                    f"Seal:    {job.folder / 'seal.dsse.json'} (key {result.fingerprint[:16]}…)\nPackage: {result.package}"
                )
                for problem in result.problems:
                    print(f"Seal:    {problem}", file=sys.stderr)
            except KatipError as error:
                print(f"Not sealed: {error}", file=sys.stderr)
            except OSError as error:
                print(f"Not sealed: {error}. Seal it later with: katip seal {job.folder}", file=sys.stderr)
