"""The auditor's report on one run or several: the same records as page, document and workbook."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from Katip.errors import CannotRecord
from Katip.evidence.files import sync_folder
from Katip.evidence.report.data import RunReport
from Katip.evidence.report.html import write_html
from Katip.evidence.report.pdf import write_pdf
from Katip.evidence.report.sheet import write_sheet
from Katip.evidence.source import open_run

HTML_NAME = "rapor.html"
PDF_NAME = "rapor.pdf"
SHEET_NAME = "approvals.xlsx"


def write_report(runs: Sequence[Path], folder: Path, *, language: str = "tr") -> list[Path]:
    """Write ``rapor.html``, ``rapor.pdf`` and ``approvals.xlsx``.

    Args:
        runs: folders or packages of runs, in the order in which they are reported.
        folder: where to.
        language: ``tr`` or ``en``: the PDF's and the workbook's language, and the one that the page shows first.

    Returns:
        The three files.

    Raises:
        CannotRecord: if they could not be written.
        EvidenceError: if a run cannot be opened.

    Example:
        >>> write_report([Path("results/run1"), Path("results/run2")], Path("report"))  # doctest: +SKIP
    """
    targets = [folder / HTML_NAME, folder / PDF_NAME, folder / SHEET_NAME]
    writers = (write_html, write_pdf, write_sheet)
    with ExitStack() as opened:
        reports = [RunReport(opened.enter_context(open_run(path))) for path in runs]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for target, write in zip(targets, writers, strict=True):
                unfinished = target.with_name(f".{target.name}.part")
                try:
                    write(reports, unfinished, language)
                    unfinished.replace(target)
                finally:
                    unfinished.unlink(missing_ok=True)
            sync_folder(folder)
        except OSError as error:
            raise CannotRecord("Writing the report", f"a folder {folder} with free space", str(error)) from error
    return targets
