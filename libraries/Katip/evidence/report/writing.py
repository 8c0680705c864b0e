"""Write a report as page, document and workbook, all from the same records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from Katip.disk import replaced
from Katip.errors import CannotRecord
from Katip.evidence import layout
from Katip.evidence.report.addresses import OWN_FILES, in_run
from Katip.evidence.report.data import RunReport
from Katip.evidence.report.html import Address, write_html
from Katip.evidence.report.pdf import write_pdf
from Katip.evidence.report.sheet import write_sheet
from Katip.evidence.source import FolderSource
from Katip.messages import msg
from Katip.system_words import system_words

HTML_NAME = "rapor.html"
PDF_NAME = "rapor.pdf"
SHEET_NAME = "approvals.xlsx"


def write_own_report(run_folder: Path, printed: Mapping[str, bytes], language: str) -> None:
    """Write the report of a run into its folder, before its seal; the page refers to the pictures that are there.

    Args:
        run_folder: the run's folder.
        printed: pictures as they are printed, by their paths, as far as they were made already.
        language: ``tr`` or ``en``, as for `write_report`.

    Raises:
        CannotRecord: if it could not be written.
    """
    report = RunReport(FolderSource(run_folder), printed=printed)
    write_files([report], run_folder / layout.EVIDENCE, language, in_run, OWN_FILES)


def write_files(
    reports: Sequence[RunReport], folder: Path, language: str, address: Address, sources: str
) -> tuple[Path, ...]:
    """Write page, document and workbook about runs; a file is replaced only once the new one is whole.

    Args:
        reports: what is reported of each run.
        folder: where to.
        language: ``tr`` or ``en``.
        address: returns where the page finds a picture.
        sources: `img-src` of the page's Content Security Policy.

    Returns:
        The three files.

    Raises:
        CannotRecord: if one could not be written.
    """

    def write_page(reports: Sequence[RunReport], path: Path, language: str) -> None:
        write_html(reports, path, language, address, sources)

    targets = {HTML_NAME: write_page, PDF_NAME: write_pdf, SHEET_NAME: write_sheet}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, write in targets.items():
            with replaced(folder / name) as unfinished:
                write(reports, unfinished, language)
    except (OSError, FileCreateError) as error:
        cause = error if isinstance(error, OSError) else error.args[0]  # what the workbook's library wraps
        raise CannotRecord(
            msg("Writing the report"), msg("a folder {folder} with free space", folder=folder), system_words(cause)
        ) from error
    return tuple(folder / name for name in targets)
