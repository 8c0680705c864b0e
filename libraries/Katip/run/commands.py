"""`katip approve`, `plan`, `rehearse` and `practice`: the suites from the command line, each run into a folder of its own."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import click

from Katip.command_language import TranslatedOption
from Katip.disk import make_writable
from Katip.messages import LANGUAGES, TURKISH, language, msg
from Katip.model import sgk_digits
from Katip.package_files import results_folder, suite
from Katip.run.setting_table import SETTING_OF, plain_help

_VARIABLE = re.compile(r"^\$\{([A-Z_]+)\} {2,}(\S.*)$", re.MULTILINE)


def fresh_folder(results: Path, now: datetime) -> Path:
    """Create the folder of a new run, named by its start in UTC.

    Args:
        results: the folder that holds the runs.
        now: the time of the start.

    Returns:
        A new, empty folder; two runs that start in the same second get one each.

    Raises:
        CannotRecord: if nothing can be written there.
    """
    make_writable(results)
    name = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for number in count(1):
        folder = results / (name if number == 1 else f"{name}-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        return folder
    raise AssertionError("count() does not end")


def run_suite(path: Path, arguments: Sequence[str], results: Path) -> int:
    """Run a suite into a fresh folder, or the one that the options name, in this process: Ctrl+C reaches it directly, and a prompt has the terminal.

    Args:
        path: the suite.
        arguments: further options of `robot`; they win over those set here.
        results: the folder that holds the runs.

    Returns:
        Robot's exit code: the number of failed tasks, 251, 252, 253 or 255 for Robot's own errors. The process ends with
        254 instead if the run could not be sealed and packed, which happens at its exit.

    Raises:
        CannotRecord: if nothing can be written to the run's folder; nothing was started.
    """
    from robot.run import run_cli

    from Katip.run.exit import exit_with_own_code_if_unsealed
    from Katip.run.report_view import CONTRACT_TAG

    exit_with_own_code_if_unsealed()
    folder = _chosen_folder(arguments) or fresh_folder(results, datetime.now(UTC))
    make_writable(
        folder
    )  # what Robot itself says of a folder that it cannot write to has no code, and may come with a traceback
    looks = [
        "--logtitle",
        msg("İSG-KÂTİP: the run, step by step"),
        "--reporttitle",
        msg("İSG-KÂTİP: outcomes, one a row"),
        *(
            "--tagstatexclude",
            "clause-*",
            "--tagstatexclude",
            f"{CONTRACT_TAG}-*",
        ),  # else a line for each contract stands above them all
    ]
    sys.argv = ["robot", "--outputdir", str(folder), *looks, *arguments, str(path)]
    code = int(run_cli(sys.argv[1:], exit=False))
    if (folder / "log.html").exists():
        click.echo(
            msg(
                "\nThe log of this run:     {log}\nThe outcomes, one a row: {report}",
                log=_shown(folder / "log.html"),
                report=_shown(folder / "report.html"),
            )
        )
    else:
        click.echo(msg("\nThe run left no log; what it wrote before it ended is in {folder}.", folder=_shown(folder)))
    return code


def _chosen_folder(arguments: Sequence[str]) -> Path | None:
    """Return the output folder that options of `robot` name; None where they name none, or are refused."""
    from robot.errors import DataError, Information
    from robot.run import RobotFramework

    none = "none"
    try:
        options, _ = RobotFramework().parse_arguments(["--outputdir", none, *arguments, "suite"])
    except (DataError, Information):
        return None
    return None if options["outputdir"] == none else Path(options["outputdir"])


def variables_of(path: Path) -> dict[str, str]:
    """Return the variables of a suite with their defaults, "" for an empty one.

    Args:
        path: the suite.
    """
    section = path.read_text("utf-8").partition("*** Variables ***")[2].partition("\n***")[0]
    return {name: "" if value == "${EMPTY}" else value for name, value in _VARIABLE.findall(section)}


def _command(name: str, suite_name: str, about: str, examples: str, fixed: dict[str, str]) -> click.Command:
    path = suite(suite_name)

    def call(robot_options: tuple[str, ...], **given: str | None) -> None:
        chosen = {key.upper(): value for key, value in given.items() if value is not None}
        if "LANGUAGE" in variables_of(path) and language() != TURKISH:
            chosen.setdefault("LANGUAGE", language())
        # Robot takes the last of several values: nothing that follows `--` turns a rehearsal into an approval.
        arguments = [*_as_options(chosen), *robot_options, *_as_options(fixed)]
        in_turkish = chosen.get("LANGUAGE", TURKISH).lower() == TURKISH
        raise SystemExit(run_suite(suite(suite_name, in_turkish=in_turkish), arguments, results_folder()))

    options: list[click.Parameter] = [
        TranslatedOption(
            [f"--{variable.lower().replace('_', '-')}", variable.lower()],
            metavar=variable,
            helps={language: plain_help(SETTING_OF[variable], language) for language in LANGUAGES},
        )
        for variable in variables_of(path)
        if variable not in fixed
    ]
    rest = click.Argument(["robot_options"], nargs=-1, type=click.UNPROCESSED)
    callback: Callable[..., None] = call
    return click.Command(
        name,
        params=[*options, rest],
        callback=callback,
        help=f"{about}\n\nOptions are the suite's variables (docs/guides/8-settings.md); options of `robot` follow after `--`. "
        "The run's folder is results/DATE-TIME. Exit code: that of `robot`, 0 if every task passed.",
        epilog=f"\b\nExamples:\n{examples}",
        short_help=about,
    )


def _as_options(variables: Mapping[str, str]) -> list[str]:
    return [part for key, value in variables.items() for part in ("--variable", f"{key}:{value}")]


def _with_export(plan: click.Command) -> click.Command:
    """Return the command of a plan run with `--export`, which reads a file instead of the portal."""
    plan.params.insert(
        0,
        click.Option(
            ["--export"],
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Make the list from the portal's own export (XLSX, XLS or CSV) instead: no browser, no sign-in.",
        ),
    )
    of_the_portal = plan.callback
    assert of_the_portal is not None  # noqa: S101

    def call(export: Path | None, robot_options: tuple[str, ...], **given: str | None) -> None:
        if export is None:
            of_the_portal(robot_options=robot_options, **given)
            return
        read = ("portal", "workplace", "language")
        others = [key for key, value in given.items() if value is not None and key not in read]
        if others or robot_options:
            unused = ", ".join([*(f"--{key.replace('_', '-')}" for key in others), *robot_options])
            raise click.UsageError(msg("--export reads a file only; leave out {unused}", unused=unused))
        click.echo(_planned(export, given.get("portal"), given.get("workplace")))

    plan.callback = call
    return plan


def _planned(export: Path, portal: str | None, workplace: str | None) -> str:
    from Katip.run.plan_export import DEFAULT_PORTAL, plan_from_export

    return plan_from_export(
        export,
        portal or DEFAULT_PORTAL,
        [] if workplace in (None, "all") else [sgk_digits(each) for each in str(workplace).split(",")],
        lambda: fresh_folder(results_folder(), datetime.now(UTC)),
    )


COMMANDS = (
    _command(
        "approve",
        "approve",
        "Approve the contracts that somebody decided on.",
        "  katip approve --portal v9 --workplace 29999010199999010999932000 --worklist list.xlsx\n"
        "  katip approve --portal v9 --worklist list.xlsx -- --loglevel DEBUG",
        {},
    ),
    _with_export(
        _command(
            "plan",
            "plan",
            "Write the list of pending contracts, for a person to decide on; nothing is changed.",
            "  katip plan --portal v9 --workplace all\n  katip plan --export Sozlesmeler.xlsx",
            {},
        )
    ),
    _command(
        "rehearse",
        "approve",
        'Do everything up to "Kayıt", which is not pressed.',
        "  katip rehearse --portal v9 --worklist list.xlsx",
        {"MODE": "rehearse"},
    ),
    _command(
        "practice",
        "approve",
        "Approve on the practice portal, which is started for it; nobody in it exists.",
        "  katip practice\n  katip practice --headless false",
        {"PORTAL": "practice", "SITE_URL": "", "EDEVLET_URL": "", "KATIP_URL": ""},
    ),
)


def _shown(path: Path) -> str:
    """Return the path as a person in the working directory would write it."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
