"""Pack a sealed run as one file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from Katip.evidence import layout
from Katip.evidence.package import write_package
from Katip.evidence.seal_statement import read_seal_file, seal_facts
from Katip.evidence.source import FolderSource
from Katip.evidence.sums import read_sums


def present_seal_files(run_folder: Path) -> list[str]:
    """Return the seal files and purge records that are there.

    Args:
        run_folder: the run's folder.

    Returns:
        Their names.
    """
    purges = [path.name for path in run_folder.iterdir() if layout.is_purge_record(path.name)]
    return [name for name in layout.SEAL_FILES if (run_folder / name).is_file()] + sorted(purges)


def pack_run(run_folder: Path, packages: Path) -> Path:
    """Pack a sealed run as ``RUN-ID.zip``, or pack it again after something was added.

    Args:
        run_folder: the run's folder.
        packages: where the package goes.

    Returns:
        The package.

    Raises:
        NotSealed: if the folder carries no seal.
        CannotRecord: if it could not be written.
    """
    sums = read_sums(read_seal_file(run_folder / layout.SUMS)) or {}
    facts = seal_facts(run_folder)
    there = [name for name in sums if (run_folder / name).is_file()]
    return write_package(
        FolderSource(run_folder),
        facts["run"],
        [*there, *present_seal_files(run_folder)],
        datetime.fromisoformat(facts["sealedAt"]),
        packages / f"{facts['run']}.zip",
    )
