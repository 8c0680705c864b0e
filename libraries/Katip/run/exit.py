"""The seal at the process's exit: after Robot's own files were written, and after the browser is gone."""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from Katip.code_pages import say
from Katip.messages import msg

if TYPE_CHECKING:
    from Katip.evidence.key import SealingKey

#: The exit code of our own commands where a run ended without seal or package. Robot uses 0-250 for failed tasks and
#: 251, 252, 253 and 255 for itself:
#: https://robotframework.org/robotframework/latest/RobotFrameworkUserGuide.html#return-codes
EXIT_NOT_SEALED: Final = 254

#: The folders of the runs of this process that could not be sealed and packed.
not_sealed: list[Path] = []


@dataclass(slots=True)
class SealJob:
    """What is to be sealed.

    Attributes:
        folder: the run's folder.
        packages: the folder of the journal, where packages go.
        tsa_url: the time stamp authority's address, or empty.
        robot_files: the names of Robot's own files in the folder.
        report: the name of its report among them; empty where there is none.
        key: the key, which was tried before the run began; None: it is looked for at the exit.
        summary: what a person should know at the end, printed after the seal; empty where the run did not get there.
        interrupted: True until the run's own end says otherwise: a process that is broken off never gets there.
    """

    folder: Path
    packages: Path
    tsa_url: str = ""
    robot_files: tuple[str, ...] = ()
    report: str = ""
    key: SealingKey | None = None
    interrupted: bool = True
    summary: str = ""


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
        not_sealed.append(job.folder)
        try:
            if seal_job(job):
                not_sealed.remove(job.folder)
        except BaseException as error:  # nothing else looks after this: what is not said here is said nowhere
            say(msg("Not sealed: {error}", error=error or type(error).__name__), sys.stderr)
            say(msg("Not sealed: mend it with: katip seal {folder}", folder=job.folder), sys.stderr)
        if job.summary:
            say(f"\n{job.summary}", sys.stdout)


def seal_job(job: SealJob) -> bool:
    """Seal and pack a run, and print the result on the console.

    Args:
        job: what is to be sealed.

    Returns:
        True if the seal and the package are there.
    """
    from Katip.evidence.seal import Ended, seal_run
    from Katip.run.report_view import open_on_outcomes

    if job.report:
        open_on_outcomes(job.folder / job.report)
    result = seal_run(
        job.folder,
        packages=job.packages,
        ended=Ended.INTERRUPTED if job.interrupted else Ended.FINISHED,
        tsa_url=job.tsa_url,
        robot_files=job.robot_files,
        writable=job.robot_files,
        key=job.key,
    )
    say(
        msg(
            "Seal:    {file} (key {fingerprint}…)",
            file=job.folder / "seal.dsse.json",
            fingerprint=result.fingerprint[:16],
        ),
        sys.stdout,
    )
    say(msg("Package: {package}", package=result.package or msg("none")), sys.stdout)
    for problem in result.problems:
        say(msg("Seal:    {problem}", problem=problem), sys.stderr)
    if result.package is None:
        say(msg("Not packed: mend it with: katip seal {folder}", folder=job.folder), sys.stderr)
    return result.package is not None


def exit_with_own_code_if_unsealed() -> None:
    """Make this process end with `EXIT_NOT_SEALED` where a run in it ends without seal or package.

    Call it before the library is imported: handlers run last in, first out, so this one comes after the seal.
    """

    def end() -> None:
        if not_sealed:
            for stream in (sys.stdout, sys.stderr):
                with suppress(OSError, ValueError):
                    stream.flush()
            os._exit(EXIT_NOT_SEALED)  # an exit handler has no other way to set the exit code

    atexit.register(end)
