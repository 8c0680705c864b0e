"""`katip journal`: what was done, what is open, and the history of one contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from Katip.approvals.journal_reader import JournalReader
from Katip.approvals.journal_records import NOT_BEGUN, JournalEntry, RunRecord
from Katip.messages import msg
from Katip.model import sgk_grouped
from Katip.turkish import for_terminal, visible

#: Where the console script puts the function that finds unsealed runs, which is part of the evidence.
FIND_UNSEALED = "Katip.unsealed_runs"

_DEFAULT = Path("results") / "journal.sqlite"


@click.group()
@click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=_DEFAULT,
    show_default=True,
    envvar="KATIP_JOURNAL",
    help="The journal.",
)
@click.pass_context
def journal(context: click.Context, path: Path) -> None:
    """Show what was done: runs, open contracts, and the history of one contract."""
    context.obj = path


def _reads_the_journal(command: Callable[..., None]) -> Callable[..., None]:
    """Hand a command the open journal; it is opened only when the command runs, so that its help needs none."""

    @click.pass_context
    @wraps(command)
    def with_reader(context: click.Context, /, *given: Any, **named: Any) -> None:
        reader = context.with_resource(JournalReader(context.obj))
        for unsealed in context.meta.get(FIND_UNSEALED, _none)(reader):
            click.echo(for_terminal(str(unsealed)), err=True)
        command(reader, *given, **named)

    return with_reader


def _none(_: JournalReader) -> Iterable[object]:
    return ()


@journal.command()
@_reads_the_journal
def runs(reader: JournalReader) -> None:
    """List all runs, oldest first."""
    _print((_run_line(run) for run in reader.runs()), msg("No runs."))


@journal.command(name="open")
@_reads_the_journal
def open_(reader: JournalReader) -> None:
    """List the contracts of which nobody knows whether "Kayıt" took effect; exit code 1 if there are any."""
    found = reader.open_entries()
    _print((_entry_line(entry) for entry in found), msg("No open contracts."))
    if found:
        raise click.exceptions.Exit(1)


@journal.command()
@click.argument("contract")
@_reads_the_journal
def history(reader: JournalReader, contract: str) -> None:
    """Tell everything about one CONTRACT, given by its Görevlendirme ID or by a name."""
    found = reader.history(contract)
    _print(
        (line for entry in found for line in _entry_story(entry)),
        msg("Nothing about {contract}.", contract=_shown(contract)),
    )
    if not found:
        raise click.exceptions.Exit(1)


def _print(lines: Iterable[str], nothing: str) -> None:
    empty = True
    for line in lines:
        click.echo(for_terminal(line))
        empty = False
    if empty:
        click.echo(nothing)


def _run_line(run: RunRecord) -> str:
    ended = msg("ended {time}", time=_time(run.ended)) if run.ended else msg("not ended, or killed")
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(run.outcomes.items())) or msg("no contracts")
    words = msg(NOT_BEGUN) if run.verdict == NOT_BEGUN else _shown(run.verdict or "")
    verdict = f" · {words}" if words else ""
    info = run.info
    began = f"{info.run_id}  {_time(run.started)}  {ended}"
    return msg(
        "{began}  {mode} on {origin}: {outcomes}{verdict}  {folder}",
        began=began,
        mode=info.mode,
        origin=info.origin,
        outcomes=outcomes,
        verdict=verdict,
        folder=info.folder,
    )


def _entry_line(entry: JournalEntry) -> str:
    start = f"{entry.start:%d.%m.%Y}" if entry.start else "?"
    identity = entry.gorevlendirme_id or msg("no ID seen")
    outcome = (
        entry.outcome.value
        if entry.outcome
        else msg("ended without an answer after sending")
        if entry.sent
        else msg("no outcome")
    )
    later = msg(", settled by run {run}", run=entry.reconciled_by) if entry.reconciled_by else ""
    return (
        f"{entry.run_id}  {_shown(entry.name) or msg('(name deleted)')} · {_shown(entry.category)} · {start} · "
        f"{sgk_grouped(entry.workplace)} · {_shown(identity)}: {outcome}{later}"
    )


def _entry_story(entry: JournalEntry) -> Iterable[str]:
    yield _entry_line(entry)
    yield from (f"    {_time(step.at)}  {step.step}  {_shown(step.note)}".rstrip() for step in entry.steps)


def _time(when: datetime) -> str:
    return f"{when.astimezone():%d.%m.%Y %H:%M:%S}"


def _shown(text: str) -> str:
    """Return foreign text without control characters, which a terminal would obey."""
    return "".join(letter if letter.isprintable() else "�" for letter in visible(text))
