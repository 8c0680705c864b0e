"""`katip doctor`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import click

from Katip.command_language import language_option
from Katip.doctor import folders, machine, network
from Katip.doctor.check import Check, Examination, State, as_data, examine
from Katip.messages import msg
from Katip.portal import load_portal
from Katip.turkish import for_terminal

#: Where the console script puts the function that walks through a portal's pages, which is part of a run.
WALK = "Katip.walk_portal"

_MARKS = {State.OK: "✓", State.WARNING: "!", State.FAILED: "✗"}
_COLOURS = {State.OK: "green", State.WARNING: "yellow", State.FAILED: "red"}
_LAST = {
    "tr": ("Her şey hazır.", "Çalışabilir; uyarılara bakın.", "Bu haliyle çalışamaz: ✗ ile başlayan satırlara bakın."),
    "en": (
        "Everything is ready.",
        "It can run; look at the warnings.",
        "It cannot run like this: look at the lines that begin with ✗.",
    ),
}


def examination(
    portal: str | None,
    results: Path,
    worklists: Iterable[Path],
    browser: str,
    addresses: Mapping[str, str] | None = None,
) -> list[tuple[str, Examination]]:
    """Return the examinations of this machine.

    Args:
        portal: the portal whose addresses are asked; None to ask none.
        results: the results folder.
        worklists: the lists to be read.
        browser: the setting BROWSER.
        addresses: addresses that go before the portal's own.

    Returns:
        Name and examination, in the order in which a person would look.

    Raises:
        KatipError: the portal's file is wrong.
    """
    parts: list[tuple[str, Callable[[], Iterable[Check]]]] = [
        ("python", machine.python),
        ("packages", machine.packages),
        ("node", machine.node),
        ("browser", partial(machine.browser, browser)),
        ("display", machine.display),
        ("keyring", machine.key_store),
        ("results", partial(folders.results, results)),
        ("proxy", network.proxy),
        ("certificates", network.certificates),
        ("worklist", partial(folders.worklists, tuple(worklists))),
    ]
    if portal is not None:
        parts.append(("addresses", partial(network.addresses, load_portal(portal, dict(addresses or {})))))
    return parts


@click.command()
@click.option("--portal", help="Also look at this portal's pages: its name, or the path of a TOML file.")
@click.option(
    "--sign-in",
    type=click.Choice(["attended", "attach", "password"]),
    help="Sign in so, and look at the pages up to the list too; nothing is pressed that may approve.",
)
@click.option("--workplace", default="", help="The workplace whose list is looked at; by default the first one.")
@click.option("--site-url", default="", help="As the variable SITE_URL.")
@click.option("--edevlet-url", default="", help="As the variable EDEVLET_URL.")
@click.option("--katip-url", default="", help="As the variable KATIP_URL.")
@click.option("--headless", default="", help="As the variable HEADLESS.")
@click.option("--cdp-url", default="", help="As the variable CDP_URL.")
@click.option(
    "--results", type=click.Path(path_type=Path), default=Path("results"), show_default=True, help="The results folder."
)
@click.option(
    "--worklist", "worklists", type=click.Path(path_type=Path), multiple=True, help="A list to be read (repeatable)."
)
@click.option("--browser", default="auto", show_default=True, help="The browser, as the variable BROWSER.")
@click.option("--json", "as_json", is_flag=True, help="Print the checks as JSON.")
def doctor(
    portal: str | None,
    results: Path,
    worklists: tuple[Path, ...],
    browser: str,
    language: str,
    as_json: bool,
    **settings: str | None,
) -> None:
    """Look for what would keep a run from working, and say what to do; exit code 1 if it could not run.

    \b
    Examples:
      katip doctor
      katip doctor --portal v9 --worklist liste.xlsx
      katip doctor --portal own.toml --sign-in attended
      katip doctor --json --language en
    """  # noqa: D301 (click's mark for lines that stay as they are)
    given = {key: value or "" for key, value in settings.items()}
    if portal is None and any(given.values()):
        raise click.UsageError(msg("--sign-in and the addresses are those of a portal: give --portal too"))
    parts = _parts(portal, results, worklists, browser, given)
    checks: list[Check] = []
    for check in examine(parts):
        checks.append(check)
        if not as_json:
            _show(check, language)
    if as_json:
        click.echo(json.dumps([as_data(check, language) for check in checks], ensure_ascii=False, indent=2))
    else:
        click.echo(_LAST[language][_worst(checks)])
    if _worst(checks) == 2:
        raise click.exceptions.Exit(1)


def _parts(
    portal: str | None, results: Path, worklists: Sequence[Path], browser: str, given: Mapping[str, str]
) -> list[tuple[str, Examination]]:
    """Return what is looked at, the walk through the portal's pages last, where a portal is given."""
    addresses = {key: url for key, url in given.items() if key.endswith("_url") and key != "cdp_url" and url}
    parts = examination(portal, results, worklists, browser, addresses)
    walk = click.get_current_context().meta.get(WALK) if portal is not None else None
    if walk is not None:
        parts.append(("pages", partial(walk, {"portal": portal, "browser": browser, **given})))
    return parts


def _worst(checks: Iterable[Check]) -> int:
    states = list(State)
    return max((states.index(check.state) for check in checks), default=0)


def _show(check: Check, language: str) -> None:
    mark = click.style(_MARKS[check.state], fg=_COLOURS[check.state], bold=True)
    click.echo(f"{mark} {check.title.in_language(language)}: {_printable(check.seen.in_language(language))}")
    if check.mend is not None:
        click.echo(f"    → {_printable(check.mend.in_language(language))}")


def _printable(text: str) -> str:
    """Return a text, each further line indented, without control characters, which a terminal would obey."""
    return "\n    ".join(map(for_terminal, text.splitlines()))


doctor.params.append(language_option(is_argument=True))
