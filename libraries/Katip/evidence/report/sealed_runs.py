"""The auditor's report on one sealed run or several, with what verification says of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from Katip.errors import NotSealed
from Katip.evidence import layout
from Katip.evidence.findings import RunVerdict
from Katip.evidence.report.addresses import IN_THE_PAGE, OWN_FILES, Copied, in_page
from Katip.evidence.report.data import RunReport
from Katip.evidence.report.writing import write_files
from Katip.evidence.source import RunSource, SealedFiles, open_run
from Katip.evidence.sums import read_sums
from Katip.evidence.verify import verify_runs
from Katip.messages import msg


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was written.

    Attributes:
        files: ``rapor.html``, ``rapor.pdf`` and ``approvals.xlsx``.
        verdicts: what verification says of each run.
    """

    files: tuple[Path, ...]
    verdicts: tuple[RunVerdict, ...]


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
        reports = [RunReport(source, verdict) for source, verdict in _each_once(listed, verdicts)]
        address = in_page if is_self_contained else Copied(folder, reports)
        files = write_files(reports, folder, language, address, IN_THE_PAGE if is_self_contained else OWN_FILES)
    return Report(files, tuple(verdicts))


def _each_once(runs: Sequence[RunSource], verdicts: Sequence[RunVerdict]) -> Iterator[tuple[RunSource, RunVerdict]]:
    """Yield each run once: a copy that verifies too would count its contracts twice."""
    known: set[str] = set()
    for source, verdict in zip(runs, verdicts, strict=True):
        if verdict.ok and verdict.seal in known:
            continue
        if verdict.ok:
            known.add(verdict.seal)
        yield source, verdict


def _listed(run: RunSource) -> RunSource:
    sums = read_sums(run.read(layout.SUMS)) if run.has(layout.SUMS) else None
    if sums is None or layout.RUN not in sums:
        raise NotSealed(
            msg("Reporting on a run"), msg("a run with a list of digests ({sums}) in {path}", sums=layout.SUMS, path=run.path), msg("none that can be read"),
            msg("Name the folder or the package of a run; a run that was killed is sealed with: katip " "seal FOLDER"),
        )  # fmt: skip
    return SealedFiles(run, sums)
