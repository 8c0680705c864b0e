"""The auditor's report on one run or several: the same records as page, document and workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from Katip.errors import CannotRecord, NotSealed
from Katip.evidence import layout
from Katip.evidence.files import sync_file, sync_folder
from Katip.evidence.findings import Verdict
from Katip.evidence.report.addresses import IN_THE_PAGE, OWN_FILES, Copied, in_page, in_run
from Katip.evidence.report.data import RunReport
from Katip.evidence.report.html import Address, write_html
from Katip.evidence.report.pdf import write_pdf
from Katip.evidence.report.sheet import write_sheet
from Katip.evidence.source import FolderSource, RunSource, SealedFiles, open_run
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


def write_report(
    runs: Sequence[Path], folder: Path, *, language: str = "tr", is_self_contained: bool = False
) -> Report:
    """Write ``rapor.html``, ``rapor.pdf`` and ``approvals.xlsx`` about sealed runs, and the pictures beside them.

    Each run is verified, and only what its seal lists is read; one that does not verify is named at the top of each.

    Args:
        runs: folders or packages of runs, in the order in which they are reported.
        folder: where to.
        language: ``tr`` or ``en``: the PDF's and the workbook's language, and the one that the page shows first.
        is_self_contained: True for a page that holds the pictures itself, for a few contracts.

    Returns:
        The three files, and what verification says of the runs.

    Raises:
        CannotRecord: if they could not be written.
        EvidenceError: if a run cannot be opened.
        NotSealed: if it carries no seal.

    Example:
        >>> write_report([Path("results/run1"), Path("results/run2")], Path("report"))  # doctest: +SKIP
    """
    with ExitStack() as opened:
        listed = [_listed(opened.enter_context(open_run(path))) for path in runs]
        verdicts = verify_runs(runs)
        reports = [RunReport(source, verdict) for source, verdict in zip(listed, verdicts, strict=True)]
        address = in_page if is_self_contained else Copied(folder, reports)
        files = _write(reports, folder, language, address, IN_THE_PAGE if is_self_contained else OWN_FILES)
    return Report(files, tuple(verdicts))


def write_own_report(run_folder: Path, printed: Mapping[str, bytes], language: str) -> None:
    """Write the report of a run into its folder, before its seal; the page refers to the pictures that lie there.

    Args:
        run_folder: the run's folder.
        printed: pictures as they are printed, by their paths, as far as they were made already.
        language: ``tr`` or ``en``, as for `write_report`.

    Raises:
        CannotRecord: if it could not be written.
    """
    report = RunReport(FolderSource(run_folder), printed=printed)
    _write([report], run_folder / layout.EVIDENCE, language, in_run, OWN_FILES)


def _write(
    reports: Sequence[RunReport], folder: Path, language: str, address: Address, sources: str
) -> tuple[Path, ...]:
    def write_page(reports: Sequence[RunReport], path: Path, language: str) -> None:
        write_html(reports, path, language, address, sources)

    targets = {HTML_NAME: write_page, PDF_NAME: write_pdf, SHEET_NAME: write_sheet}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, write in targets.items():
            unfinished = folder / f".{name}.part"
            try:
                write(reports, unfinished, language)
                sync_file(unfinished)
                unfinished.replace(folder / name)
            finally:
                unfinished.unlink(missing_ok=True)
        sync_folder(folder)
    except OSError as error:
        raise CannotRecord(
            msg("Writing the report"), msg("a folder {folder} with free space", folder=folder), str(error)
        ) from error
    return tuple(folder / name for name in targets)


def _listed(run: RunSource) -> RunSource:
    sums = read_sums(run.read(layout.SUMS)) if run.has(layout.SUMS) else None
    if sums is None or layout.RUN not in sums:
        raise NotSealed(
            msg("Reporting on a run"), msg("a run with a list of digests ({sums}) in {path}", sums=layout.SUMS, path=run.path), msg("none that can be read"),
            msg("Name the folder or the package of a run; a run that was killed is sealed with: katip " "seal FOLDER"),
        )  # fmt: skip
    return SealedFiles(run, sums)
