"""`katip teach` (in Turkish `katip ogret`): walk through the procedure once, and get the portal's file."""

from __future__ import annotations

from pathlib import Path

import click

from Katip.messages import TURKISH, language, msg
from Katip.package_files import results_folder, suite
from Katip.portal import load_portal
from Katip.run.commands import run_suite
from Katip.run.debugging_port import DEFAULT_CDP_URL, parsed_cdp_url
from Katip.run.settings import RunSettings
from Katip.run.sign_in_way import has_screen
from Katip.teaching.guide import YES
from Katip.teaching.lesson import browser_library, process_for, teach, walk_through
from Katip.teaching.talking import Console
from Katip.turkish import fold

_HELP = """Learn a portal from one walk of yours through it.

You go through the procedure once in a browser; the robot only watches: it presses nothing, listens to nothing on e-Devlet, and never
reads what you type. It says what it wants to see next, checks at once whether it would find again what you pressed, and asks where it cannot
tell. Then it writes a portal file that extends the nearest shipped portal and holds only what differs, and no name or number of anybody."""

_EPILOG = """\b
Examples:
  katip teach --output own.toml
  katip teach --output own.toml --attach
  katip rehearse --portal own.toml --worklist worklist.xlsx"""


@click.command("teach", help=_HELP, epilog=_EPILOG, short_help="Learn a portal from one walk of yours through it.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=Path("own.toml"), show_default=True,
    help="The file to write; it must not exist.",
)  # fmt: skip
@click.option("--portal", default="today", show_default=True, help="The shipped portal or file that is known already.")
@click.option("--attach", is_flag=True, help="Watch a tab in your own running browser instead of opening one.")
@click.option("--cdp-url", default="", metavar="URL", help=f"Where that browser answers. Default: {DEFAULT_CDP_URL}.")
@click.option("--browser", default="auto", show_default=True, help="The browser to open.")
@click.option("--site-url", default="", metavar="URL", help="Origin of the first page, where it is not KATİP's own.")
@click.option(
    "--edevlet-url", default="", metavar="URL", help="Origin of the e-Devlet sign-in; nothing is listened to there."
)
@click.option("--katip-url", default="", metavar="URL", help="Origin of KATİP.")
def command(
    output: Path,
    portal: str,
    attach: bool,
    cdp_url: str,
    browser: str,
    site_url: str,
    edevlet_url: str,
    katip_url: str,
) -> None:
    """See the help above."""
    problems: list[str] = []
    address = parsed_cdp_url(cdp_url, problems) if attach or cdp_url else ""
    if output.exists():
        problems.append(msg("{path} exists already; give another --output", path=output))
    if not address and not has_screen():
        problems.append(
            msg("no window can be shown in this session (DISPLAY is not set); use one with a screen, or --attach")
        )
    if problems:
        raise click.UsageError("; ".join(problems))
    console = Console()
    addresses = {"site_url": site_url, "edevlet_url": edevlet_url, "katip_url": katip_url}
    known = load_portal(portal, addresses)
    settings = RunSettings(headless=False, browser=browser, cdp_url=address)
    with browser_library() as library:
        walk = walk_through(console, known, library, process_for(address), settings)
    learned = teach(console, walk, fold(output.stem).replace(" ", "-") or "own", output)
    if learned is None:
        raise SystemExit(1)
    reply = console.answer(msg("Rehearse with this file now? Everything up to the open form; nothing is saved. [y/N]"))
    if fold(reply) in YES:
        raise SystemExit(_rehearse(output, addresses, address))


def _rehearse(path: Path, addresses: dict[str, str], cdp_url: str) -> int:
    """Run the suite up to the open form, with the person's own sign-in."""
    given = {key.upper(): url for key, url in addresses.items() if url}
    way = {"SIGN_IN": "attach", "CDP_URL": cdp_url} if cdp_url else {"SIGN_IN": "attended"}
    variables = given | way | {"PORTAL": str(path.resolve()), "APPROVE": "all", "MODE": "rehearse"}
    if language() != TURKISH:
        variables["LANGUAGE"] = language()
    options = [part for key, value in variables.items() for part in ("--variable", f"{key}:{value}")]
    return run_suite(suite("approve", in_turkish=language() == TURKISH), options, results_folder())


TURKISH_COMMAND = click.Command(
    "ogret",
    params=list(command.params),
    callback=command.callback,
    help=_HELP,
    epilog=_EPILOG,
    short_help="The same as teach.",
)
COMMANDS = (command, TURKISH_COMMAND)
