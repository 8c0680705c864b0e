"""The console script `katip`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

import click

from Katip.approvals.commands import FIND_UNSEALED, journal
from Katip.click_texts import in_our_language
from Katip.code_pages import make_consoles_readable
from Katip.command_errors import coded_errors
from Katip.command_language import with_language
from Katip.doctor.check import Check
from Katip.doctor.command import WALK, doctor
from Katip.error_command import error
from Katip.evidence.commands import COMMANDS
from Katip.evidence.readiness import unsealed_runs
from Katip.guided import asked_command, is_terminal
from Katip.interrupts import ended_by_one_interrupt
from Katip.messages import msg, name_settings_as_options
from Katip.run.commands import COMMANDS as RUNS
from Katip.run.credential_commands import credentials
from Katip.run.profile import profile
from Katip.teaching.command import COMMANDS as TEACHING

#: What a shell calls a command that Ctrl+C ended (128 + SIGINT).
EXIT_INTERRUPTED = 130


class _Group(click.Group):
    """The group of all commands; called without one it asks on a terminal what to do, and elsewhere shows its help."""

    def main(self, *given: Any, **named: Any) -> Any:
        """Run the command; what click says about a wrong command line is in the language of the process."""
        with in_our_language():
            return super().main(*given, **named)

    def make_context(self, *given: Any, **named: Any) -> click.Context:
        """Read the command line up to the command's name."""
        with coded_errors():
            return super().make_context(*given, **named)

    def invoke(self, ctx: click.Context) -> Any:
        """Carry out the command."""
        with coded_errors():
            return super().invoke(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; without any there is help, unless a person can be asked."""
        self.no_args_is_help = not is_terminal()
        return super().parse_args(ctx, args)


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(msg("katip, version {version}", version=version("robotframework-katip")))
        context.exit()


@click.group(cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version and exit."
)
@click.pass_context
def katip(context: click.Context) -> None:
    """Approve İSG-KÂTİP contracts; show and check what was done."""
    context.meta[FIND_UNSEALED] = unsealed_runs
    context.meta[WALK] = _walk
    if context.invoked_subcommand is None:
        _ask(context)


def _walk(given: Mapping[str, str]) -> Iterator[Check]:
    from Katip.run.portal_walk import walk_portal  # with it come Robot Framework and all pages

    return walk_portal(given)


def _ask(context: click.Context) -> None:
    if not is_terminal():
        context.fail(msg("Name a command; katip --help lists them."))
    try:
        with ended_by_one_interrupt():
            command = asked_command()
    except (click.Abort, KeyboardInterrupt):
        click.echo(msg("\nEnded; nothing was started."))
        raise click.exceptions.Exit(EXIT_INTERRUPTED) from None
    if command is not None:
        katip.main(command, prog_name="katip")


for command in (*RUNS, *TEACHING, credentials, profile, journal, doctor, error, *COMMANDS):
    katip.add_command(command)
with_language(katip)


def main() -> None:
    """Run the console script; names and paths may hold any letter, whatever the console's code page."""
    make_consoles_readable()
    name_settings_as_options()
    katip()


if __name__ == "__main__":
    main()
