"""Where everything of a run is. Names are ASCII and hold no person's name."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROBOT_FILES: Final = ("output.xml", "log.html", "report.html")
APPROVALS: Final = "approvals.json"

EVIDENCE: Final = "evidence"
RUN: Final = "evidence/run.json"
# Files that a module adds: those without personal data stay when a run's personal data are deleted.
ATTACHMENTS: Final = "evidence/attachments/"
PUBLIC_ATTACHMENTS: Final = "evidence/attachments-public/"
RUN_PERSONAL: Final = "evidence/personal.json"
CLAUSES: Final = "evidence/clauses.json"
MANIFEST: Final = "evidence/manifest.json"
REPORT_HTML: Final = "evidence/rapor.html"
REPORT_PDF: Final = "evidence/rapor.pdf"
REPORT_SHEET: Final = "evidence/approvals.xlsx"
CONTRACTS: Final = "evidence/contracts"
PRINTOUTS: Final = "evidence/printouts"
WORKLIST: Final = "evidence/worklist"
RECORD: Final = "record.json"
PERSONAL: Final = "personal.json"

SUMS: Final = "SHA256SUMS"
SUMS_SIGNATURE: Final = "SHA256SUMS.sig"
SEAL: Final = "seal.dsse.json"
PUBLIC_KEY: Final = "seal.pub.pem"
STAMP: Final = "seal.tsr"
STAMP_SIGNATURE: Final = "seal.tsr.sig"
SEAL_FILES: Final = (SUMS, SUMS_SIGNATURE, SEAL, PUBLIC_KEY, STAMP, STAMP_SIGNATURE)
CHAIN: Final = "seals.jsonl"
_SYSTEM_FILES: Final = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory"})
JOURNAL: Final = "journal.sqlite"

#: Made from the records after them, so not listed in the manifest whose digest they show.
REPORTS: Final = (REPORT_HTML, REPORT_PDF, REPORT_SHEET)


def home_of(run: Path) -> Path:
    """Return the folder of the journal, the packages and the chain that a run belongs to.

    Args:
        run: the run's folder or package.

    Returns:
        The run's own folder if it contains them (runs on the practice portal), else the parent folder.
    """
    own = run.is_dir() and any((run / name).exists() for name in (JOURNAL, CHAIN))
    return run.resolve() if own else run.resolve().parent


def contract_folder(index: int) -> str:
    """Return the folder of a contract.

    Args:
        index: the contract's place in approvals.json, from 1.

    Returns:
        For example ``evidence/contracts/007``.
    """
    return f"{CONTRACTS}/{index:03d}"


def contract_tag(index: int) -> str:
    """Return the tag of a contract's task, which ties the task in output.xml to its record.

    Args:
        index: the contract's place in approvals.json, from 1.

    Returns:
        For example ``contract-007``.
    """
    return f"contract-{index:03d}"


def is_of_all_runs(name: str) -> bool:
    """Return True for the journal and the chain of seals, with what belongs to them: a practice run keeps them in its own folder.

    Args:
        name: a path in the run, with ``/``.
    """
    return name in {one + more for one in (JOURNAL, CHAIN) for more in ("", ".lock", "-wal", "-shm", "-journal")}


def is_system_file(name: str) -> bool:
    """Return True for what a desktop system leaves in folders that somebody looked into; it is part of no run.

    Args:
        name: a path in the run, with ``/``.

    Returns:
        True for ``.DS_Store``, ``._NAME`` and ``__MACOSX`` (macOS), ``Thumbs.db``, ``desktop.ini`` (Windows),
        ``.directory`` (KDE).
    """
    *folders, last = name.split("/")
    return last.casefold() in _SYSTEM_FILES or last.startswith("._") or "__MACOSX" in (*folders, last)


def is_unfinished(name: str) -> bool:
    """Return True for a file of the evidence that was still being written: it gets its name once it is whole.

    Args:
        name: a path in the run, with ``/``.
    """
    last = name.rsplit("/", 1)[-1]
    return name.startswith(EVIDENCE + "/") and last.startswith(".") and last.endswith(".part")


def is_purge_record(name: str) -> bool:
    """Return True if a file at the top of a run is a signed record of a deletion.

    Args:
        name: a file name.

    Returns:
        True for ``purge-1.dsse.json``, ``purge-2.dsse.json``, ….
    """
    return name.startswith("purge-") and name.endswith(".dsse.json")


def survives_purge(name: str) -> bool:
    """Return True if a file holds no personal data, and so stays when those are deleted.

    Args:
        name: a path in the run, with ``/``.

    Returns:
        True for seal files, purge records and the records without names.
    """
    kept = {RUN, CLAUSES, MANIFEST, *SEAL_FILES}
    return (
        name in kept
        or name.startswith(PUBLIC_ATTACHMENTS)
        or is_purge_record(name)
        or (name.startswith(CONTRACTS + "/") and name.endswith("/" + RECORD))
    )


def is_listed(name: str) -> bool:
    """Return True if a file belongs into the manifest.

    Args:
        name: a path in the run, with ``/``.

    Returns:
        True for everything under ``evidence/`` but the manifest and the reports.
    """
    if is_system_file(name):
        return False
    return name.startswith(EVIDENCE + "/") and name not in {MANIFEST, *REPORTS}
