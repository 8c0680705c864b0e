"""The commands of `katip` about evidence: key, verify, seal, stamp, report, purge."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from Katip.command_language import language_option
from Katip.evidence import layout
from Katip.evidence import purge as purging
from Katip.evidence.findings import FindingKind, RunVerdict
from Katip.evidence.key import load_key, pinned_fingerprint
from Katip.evidence.packing import pack_run
from Katip.evidence.purge import KEEP_VARIABLE, KEEP_YEARS
from Katip.evidence.report.sealed_runs import write_report
from Katip.evidence.report.texts import text
from Katip.evidence.seal import SealedBy, SealResult, join_chain, seal_run
from Katip.evidence.seal_statement import is_sealed, seal_facts
from Katip.evidence.stamp import TSA_VARIABLE, stamp_run
from Katip.evidence.verify import verify_runs
from Katip.messages import msg
from Katip.turkish import for_terminal

#: Exit code of `katip report` where a run does not verify: neither success nor a report that could not be written (1).
NOT_VERIFIED: Final = 3

_PATH = click.Path(path_type=Path)
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_RUN = click.Path(path_type=Path, exists=True)


def _takes_language(command: click.Command) -> click.Command:
    command.params.append(language_option(is_argument=True))
    return command


def _say(line: str, *, err: bool = False) -> None:
    """Print a line; file names, error texts and the words of a foreign run may hold what a terminal would obey."""
    click.echo(for_terminal(line), err=err)


@click.group()
def key() -> None:
    """The key that seals runs."""


@key.command("show")
def show() -> None:
    """Show the fingerprint and the public half of this user's key; it is made if there is none yet."""
    found = load_key()
    for line in (found.fingerprint, *found.public_pem.decode().splitlines(), found.kept_in):
        _say(line)
    if found.warning:
        _say(found.warning, err=True)
    if found.is_new:
        _say(
            msg(
                "There was no key here; this one was made just now. Where runs were sealed before, their key is gone: restore it from a "
                "backup, or tell your auditor the new fingerprint. Every run sealed before keeps the earlier one."
            ),
            err=True,
        )


@_takes_language
@click.command()
@click.argument("runs", nargs=-1, required=True, type=_PATH)
@click.option(
    "--key",
    "keys",
    multiple=True,
    help="Fingerprint or PEM file of a key that may have sealed the runs; repeat for several.",
)
@click.option("--tsa-ca", type=_RUN, help="Certificates (PEM) of the time stamp authorities that you trust.")
@click.option("--journal", type=_RUN, help="The journal to compare with; by default journal.sqlite beside the runs.")
def verify(
    runs: tuple[Path, ...], keys: tuple[str, ...], tsa_ca: Path | None, journal: Path | None, language: str
) -> None:
    """Check sealed runs (folders or packages): files, signatures, chain, stamp, and whether they agree with each other.

    Exit code 0 if everything is as it was sealed, 1 if not; each altered, missing, added or inconsistent thing is
    named.
    """
    verdicts = verify_runs(
        runs,
        pinned=[pinned_fingerprint(text) for text in keys],
        authorities=tsa_ca.read_bytes() if tsa_ca else b"",
        journal=journal,
    )
    for verdict in verdicts:
        _show(verdict, language)
    if not all(verdict.ok for verdict in verdicts):
        raise SystemExit(1)


def _show(verdict: RunVerdict, language: str) -> None:
    good, bad = ("SAĞLAM", "SAĞLAM DEĞİL") if language == "tr" else ("VERIFIED", "NOT VERIFIED")
    _say(f"{good if verdict.ok else bad}  {verdict.run or '–'}  {verdict.path}")
    for finding in sorted(verdict.findings, key=lambda found: (not found.kind.fails, found.kind is FindingKind.NOTE)):
        _say(f"  {finding.sentence(language)}")


@click.command()
@click.argument("folders", nargs=-1, required=True, type=_FOLDER)
@click.option(
    "--packages", type=_PATH, help="Folder of the journal, for package and chain; by default the one above the run's."
)
@click.option("--tsa", "tsa_url", envvar=TSA_VARIABLE, default="", help="Address of a time stamp authority (RFC 3161).")
def seal(folders: tuple[Path, ...], packages: Path | None, tsa_url: str) -> None:
    """Seal runs that were killed before they could seal themselves, and pack them."""
    for folder in folders:
        if is_sealed(folder):
            home = packages or layout.home_of(folder)
            if join_chain(folder, home):
                _say(msg("{run}: added to the chain of seals", run=seal_facts(folder)["run"]))
            _say(
                msg(
                    "{run}: sealed already; packed as {package}",
                    run=seal_facts(folder)["run"],
                    package=pack_run(folder, home),
                )
            )
        else:
            _show_seal(seal_run(folder, packages=packages, by=SealedBy.COMMAND, tsa_url=tsa_url))


def _show_seal(result: SealResult) -> None:
    stamp = msg("stamped") if result.stamped else msg("without a time stamp (later: katip stamp FOLDER)")
    _say(
        msg(
            "{run}: sealed by key {key}, {stamp}; package: {package}",
            run=result.run,
            key=result.fingerprint,
            stamp=stamp,
            package=result.package or msg("none"),
        )
    )
    for problem in result.problems:
        _say(f"  {problem}", err=True)


@click.command()
@click.argument("folders", nargs=-1, required=True, type=_FOLDER)
@click.option("--packages", type=_PATH, help="Folder of the journal; by default the one above the run's.")
@click.option(
    "--tsa",
    "tsa_url",
    envvar=TSA_VARIABLE,
    required=True,
    help="Address of a time stamp authority (RFC 3161); also TSA_URL.",
)
def stamp(folders: tuple[Path, ...], packages: Path | None, tsa_url: str) -> None:
    """Have the seals of runs stamped later, for example because there was no network at their end."""
    for folder in folders:
        when = stamp_run(folder, tsa_url, packages=packages)
        _say(msg("{folder}: stamped {when}", folder=folder, when=when.isoformat()))


@_takes_language
@click.command()
@click.argument("runs", nargs=-1, required=True, type=_RUN)
@click.option("-o", "--output", required=True, type=_PATH, help="Folder for rapor.html, rapor.pdf and approvals.xlsx.")
@click.option(
    "--self-contained",
    is_flag=True,
    help="Put the pictures into rapor.html itself; for a few contracts, since it gets large.",
)
def report(runs: tuple[Path, ...], output: Path, self_contained: bool, language: str) -> None:
    """Write one report about one run or several, with the pictures beside it.

    Exit code 0 if all of them verify, 3 if the report was written and one does not, which it says at its top; 1 if none
    could be written.
    """
    written = write_report(runs, output, language=language, is_self_contained=self_contained)
    for path in written.files:
        _say(str(path))
    doubtful = [verdict for verdict in written.verdicts if not verdict.ok]
    for verdict in doubtful:
        _say(f"{text('not_verified', language)} ({verdict.path}; katip verify)", err=True)
    if doubtful:
        raise SystemExit(NOT_VERIFIED)


@click.command()
@click.argument("runs", nargs=-1, required=True, type=_RUN)
@click.option(
    "--keep-years",
    envvar=KEEP_VARIABLE,
    type=click.IntRange(min=0),
    default=KEEP_YEARS,
    show_default=True,
    help="How long personal data are kept.",
)
@click.option("--reason", default="", help="Delete before that time, for this reason.")
@click.option("--only-printouts", is_flag=True, help="Delete only the contracts' print-outs.")
@click.option(
    "--hold", "hold_reason", default="", help="Keep the runs beyond that time, for this reason, until --release."
)
@click.option("--release", is_flag=True, help="End a hold.")
@click.option("--journal", type=_RUN, help="The journal; by default journal.sqlite beside the runs.")
def purge(
    runs: tuple[Path, ...],
    keep_years: int,
    reason: str,
    only_printouts: bool,
    hold_reason: str,
    release: bool,
    journal: Path | None,
) -> None:
    """Delete personal data of runs (folders or packages) after the keeping time; what stays still verifies."""
    for path in runs:
        if hold_reason:
            _say(msg("{path}: on hold, {file}", path=path, file=purging.hold(path, hold_reason)))
        elif release:
            _say(
                msg("{path}: hold ended", path=path)
                if purging.release(path)
                else msg("{path}: was not on hold", path=path)
            )
        else:
            result = purging.purge_run(path, keep_years=keep_years, reason=reason, only_printouts=only_printouts)
            _say(
                msg(
                    "{run}: {number} files deleted; record: {record}",
                    run=result.run,
                    number=len(result.deleted),
                    record=result.record or msg("none needed"),
                )
            )
            if not only_printouts:
                _purge_journal(path, result.run, journal)
                _name_the_other(path, result.run)


def _purge_journal(path: Path, run: str, given: Path | None) -> None:
    count = purging.purge_journal(given or layout.home_of(path) / layout.JOURNAL, run)
    if count is not None:
        _say(msg("{run}: personal fields of {count} contracts deleted from the journal", run=run, count=count))


def _name_the_other(path: Path, run: str) -> None:
    """Name the other copy of the run that still holds its personal data."""
    for other in purging.other_copies(path, run):
        _say(msg("{run}: {other} still holds personal data; purge it too", run=run, other=other), err=True)


COMMANDS = (key, verify, seal, stamp, report, purge)
