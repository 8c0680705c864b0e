"""The auditor's report on one run or several: the same records as page, document and workbook."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from Katip.errors import CannotRecord, NotSealed
from Katip.evidence import layout
from Katip.evidence.files import sync_file, sync_folder
from Katip.evidence.findings import Verdict
from Katip.evidence.report.data import RunReport
from Katip.evidence.report.html import write_html
from Katip.evidence.report.pdf import write_pdf
from Katip.evidence.report.sheet import write_sheet
from Katip.evidence.source import RunSource, SealedFiles, open_run
from Katip.evidence.sums import read_sums
from Katip.evidence.verify import verify_runs
from Katip.messages import msg

HTML_NAME = "rapor.html"
PDF_NAME = "rapor.pdf"
SHEET_NAME = "approvals.xlsx"


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was written.

    Attributes:
        files: ``rapor.html``, ``rapor.pdf`` and ``approvals.xlsx``.
        verdicts: what verification says of each run; none for a run's own report, which is made before its seal.
    """

    files: tuple[Path, ...]
    verdicts: tuple[Verdict, ...]


def write_report(runs: Sequence[Path], folder: Path, *, language: str = "tr", sealed: bool = True) -> Report:
    """Write ``rapor.html``, ``rapor.pdf`` and ``approvals.xlsx``; a run that does not verify is named at the top of each.

    Args:
        runs: folders or packages of runs, in the order in which they are reported.
        folder: where to.
        language: ``tr`` or ``en``: the PDF's and the workbook's language, and the one that the page shows first.
        sealed: False for the run's own report, which is made before its seal; else only what the seal lists is read,
            and each run is verified.

    Returns:
        The three files, and what verification says of the runs.

    Raises:
        CannotRecord: if they could not be written.
        EvidenceError: if a run cannot be opened.
        NotSealed: if it carries no seal.

    Example:
        >>> write_report([Path("results/run1"), Path("results/run2")], Path("report"))  # doctest: +SKIP
    """
    targets = [folder / HTML_NAME, folder / PDF_NAME, folder / SHEET_NAME]
    writers = (write_html, write_pdf, write_sheet)
    with ExitStack() as opened:
        sources = [opened.enter_context(open_run(path)) for path in runs]
        listed = [_listed(source) if sealed else source for source in sources]
        verdicts = verify_runs(runs) if sealed else []
        reports = [RunReport(source, verdict) for source, verdict in zip_longest(listed, verdicts)]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for target, write in zip(targets, writers, strict=True):
                unfinished = target.with_name(f".{target.name}.part")
                try:
                    write(reports, unfinished, language)
                    sync_file(unfinished)
                    unfinished.replace(target)
                finally:
                    unfinished.unlink(missing_ok=True)
            sync_folder(folder)
        except OSError as error:
            raise CannotRecord(
                msg("Writing the report"), msg("a folder {folder} with free space", folder=folder), str(error)
            ) from error
    return Report(tuple(targets), tuple(verdicts))


def _listed(run: RunSource) -> RunSource:
    sums = read_sums(run.read(layout.SUMS)) if run.has(layout.SUMS) else None
    if sums is None or layout.RUN not in sums:
        raise NotSealed(
            msg("Reporting on a run"), msg("a run with a list of digests ({sums}) in {path}", sums=layout.SUMS, path=run.path), msg("none that can be read"),
            msg("Name the folder or the package of a run; a run that was killed is sealed with: katip " "seal FOLDER"),
        )  # fmt: skip
    return SealedFiles(run, sums)
