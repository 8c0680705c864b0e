"""The output folder of a new run: free, or holding an earlier run that is safe elsewhere."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from Katip.errors import FolderTaken, KatipError
from Katip.evidence import layout
from Katip.evidence.files import file_digest, make_writable
from Katip.evidence.packing import present_seal_files
from Katip.evidence.seal import Ended, SealedBy, seal_run
from Katip.evidence.seal_statement import is_sealed, seal_facts
from Katip.evidence.source import FolderSource, open_run
from Katip.evidence.verify import verify_run
from Katip.messages import language, msg


def claim_folder(run_folder: Path, packages: Path) -> str:
    """Make the output folder free for a new run, without ever losing an earlier one.

    A sealed run must be there as its package too, and the package must verify; then seal, ``approvals.json`` and
    ``evidence/`` are cleared. What a
    killed run left unsealed is sealed and packed first, without Robot's own files, which the new run has begun to
    write over.

    Args:
        run_folder: the output folder of the run that begins.
        packages: the folder of the journal, where packages go.

    Returns:
        The name of the run that was cleared away, or an empty text.

    Raises:
        FolderTaken: if an earlier run would be lost.

    Example:
        >>> claim_folder(Path("results/run1"), Path("results"))  # doctest: +SKIP
        ''
    """
    if not is_sealed(run_folder) and not (run_folder / layout.EVIDENCE).exists():
        return ""
    try:
        if not is_sealed(run_folder):
            seal_run(run_folder, packages=packages, ended=Ended.KILLED, by=SealedBy.NEXT_RUN, robot_files=())
        run_id = seal_facts(run_folder)["run"]
        _check_package(run_folder, packages / f"{run_id}.zip")
    except KatipError as error:
        raise FolderTaken(
            msg("Preparing the output folder"),
            msg("one without a run, or with one whose package is there and verifies"),
            f"{run_folder}: {error.sentence}",
            msg("Choose another output folder: robot -d results/NEW-NAME …"),
        ) from error
    _clear(run_folder)
    return run_id


def _check_package(run_folder: Path, package: Path) -> None:
    verdict = verify_run(package)
    if not verdict.ok:
        raise FolderTaken(
            msg("Checking {name}", name=package.name),
            msg("a package that verifies"),
            "; ".join(verdict.sentences(language())),
        )
    with open_run(package) as packed:
        if packed.digest(layout.SEAL) != file_digest(run_folder / layout.SEAL):
            raise FolderTaken(
                msg("Checking {name}", name=package.name),
                msg("the package of the run in this folder"),
                msg("another seal"),
            )


def _clear(run_folder: Path) -> None:
    for name in FolderSource(run_folder).names():
        make_writable(run_folder / name)
    for name in (*present_seal_files(run_folder), layout.APPROVALS):
        with contextlib.suppress(FileNotFoundError):
            (run_folder / name).unlink()
    shutil.rmtree(run_folder / layout.EVIDENCE, ignore_errors=True)
