"""The console script `katip`."""

from __future__ import annotations

import sys

import click

from Katip.approvals.commands import FIND_UNSEALED, journal
from Katip.command_language import with_language
from Katip.doctor.command import doctor
from Katip.error_command import error
from Katip.evidence.commands import COMMANDS
from Katip.evidence.readiness import unsealed_runs
from Katip.run.commands import COMMANDS as RUNS
from Katip.run.credential_commands import credentials
from Katip.run.profile import profile


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="robotframework-katip")
@click.pass_context
def katip(context: click.Context) -> None:
    """Approve İSG-KÂTİP contracts; show and check what was done."""
    context.meta[FIND_UNSEALED] = unsealed_runs


for command in (*RUNS, credentials, profile, journal, doctor, error, *COMMANDS):
    katip.add_command(command)
with_language(katip)


def main() -> None:
    """Run the console script; names and paths may hold any letter, whatever the console's code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    katip()


if __name__ == "__main__":
    main()
