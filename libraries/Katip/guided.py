"""`katip` without arguments on a terminal: asks what to do, step by step, and prints the command that it then runs.

Everything here ends in one command that could have been typed; nothing is done that such a command does not do.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from Katip.approvals.approvals_json import FILE_NAME
from Katip.approvals.list_file import open_elsewhere
from Katip.approvals.worklist import Karar, Worklist
from Katip.approvals.worklist_file import read_worklist
from Katip.errors import KatipError
from Katip.messages import TURKISH, language, msg, msg_id
from Katip.package_files import results_folder
from Katip.portal import load_portal, portal_names
from Katip.run.settings import PRACTICE_PORTALS
from Katip.turkish import fold, for_terminal

_MOST_RUNS = 9
_MOST_NAMED = 20
_YES = ("evet", "yes")
_PORTALS = {
    "practice": msg_id("practice: the practice portal, on this machine, invented people"),
    "practice-today": msg_id("practice-today: the same in the manner of today's portal"),
    "today": msg_id("today: İSG-KATİP since about 2023"),
    "v9": msg_id("v9: İSG-KATİP of 2019 to 2021, as in DOK.10.01"),
}
_SIGN_IN = {
    "attended": msg_id("I sign in myself in the window that the robot opens"),
    "attach": msg_id("I am signed in, or sign in, in my own browser that is open"),
    "password": msg_id("The robot types number and password; the code comes from me"),
}

Command = list[str]


def is_terminal() -> bool:
    """Return True if a person sits at the other end: both input and output are a terminal."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in (sys.stdin, sys.stdout))


def asked_command(results: Path | None = None) -> Command | None:
    """Ask what to do and return the command for it, without `katip`.

    Args:
        results: the folder of the runs; the usual one if not given.

    Returns:
        The command, which was printed; None where the person wants nothing, or did not agree to an approval.
    """
    results = results or results_folder()
    tasks: dict[str, tuple[str, Callable[[Path], Command | None]]] = {
        "plan": (msg("List what is pending (plan): changes nothing"), _plan),
        "decide": (msg("Decide on a list: open, fill in, check"), _decide),
        "rehearse": (msg('Rehearse: everything up to "Kayıt", which is not pressed'), _rehearse),
        "approve": (msg("Approve what was decided"), _approve),
        "look": (msg("Look at a run"), _look),
        "doctor": (msg("Check this machine, or a portal's pages"), _doctor),
        "teach": (msg("Teach the robot a portal: you walk through it, the robot watches"), _teach),
        "end": (msg("Nothing, end"), lambda _: None),
    }
    click.echo(
        msg("İSG-KÂTİP contract approval. Ctrl+C ends at any time; nothing is started before its command is shown.")
    )
    chosen = _choice(msg("What do you want to do?"), {key: text for key, (text, _) in tasks.items()})
    command = tasks[chosen][1](results)
    if command is None:
        return None
    if language() != TURKISH:
        command = [*command, "--language", language()]
    click.echo(msg("\nThe command, for the next time:\n  {command}\n", command=_as_typed(["katip", *command])))
    if command[0] == "approve" and not _agreed():
        click.echo(msg("Not approved; nothing was started."))
        return None
    return command


# ---------------------------------------------------------------------------------------------------------------- the tasks


def _plan(_: Path) -> Command:
    source = _choice(
        msg("Where is the list to be read?"),
        {
            "portal": msg("On the portal, with a browser"),
            "export": msg("In the Excel export that was downloaded from the portal"),
        },
    )
    if source == "export":
        return ["plan", "--export", str(_file(msg("The export's file:")))]
    portal = _portal()
    return ["plan", *_where(portal), *_workplace(portal), *_sign_in(portal)]


def _decide(results: Path) -> None:
    path = _worklist(results)
    if _yes(msg("Open it in its program now?"), default=True):
        click.launch(str(path))
    click.echo(
        msg(
            "Fill in Karar (Onayla or Beklet), Karar Veren and Karar Tarihi, and save under a name of your own, "
            "as XLSX or CSV. Rows without a decision stay pending."
        )
    )
    while True:
        path = _file(msg("The saved list, to be checked:"), path)
        decided = _read(path)
        if decided is not None:
            _show_decisions(decided)
            click.echo(msg("Next: rehearse or approve with this list."))
            return
        if not _yes(msg("Check again, once it is mended and saved?"), default=True):
            return


def _rehearse(results: Path) -> Command | None:
    return _with_list("rehearse", results)


def _approve(results: Path) -> Command | None:
    return _with_list("approve", results)


def _with_list(command: str, results: Path) -> Command | None:
    portal = _portal()
    if portal in PRACTICE_PORTALS and not _yes(
        msg("Use a list of your own? The practice portal brings an example list."), default=False
    ):
        return [command, *_where(portal)]
    path = _worklist(results)
    decided = _read(path)
    if decided is None:
        return None
    _show_decisions(decided)
    if all(row.karar is not Karar.APPROVE for row in decided.rows):
        click.echo(msg("No row says Onayla, so there is nothing to do: decide on the list first."))
        return None
    return [command, *_where(portal), "--worklist", str(path), *_sign_in(portal)]


def _look(results: Path) -> Command | None:
    runs = sorted((path.parent for path in results.glob(f"*/{FILE_NAME}")), reverse=True)[:_MOST_RUNS]
    if not runs:
        click.echo(msg("There is no run in {folder} yet.", folder=results))
        return None
    chosen = _choice(msg("Which run?"), {str(run): _about(run) for run in runs})
    for line in _contracts(Path(chosen)):
        click.echo(f"  {line}")
    if (Path(chosen) / "log.html").is_file() and _yes(msg("Open its log?"), default=True):
        click.launch(str(Path(chosen) / "log.html"))
    return ["verify", chosen]


def _doctor(_: Path) -> Command:
    if _yes(msg("Look at a portal's pages too?"), default=False):
        return ["doctor", *_where(_portal())]
    return ["doctor"]


def _teach(_: Path) -> Command:
    while True:
        path = _text(msg("The portal file to be written [own.toml]:")) or "own.toml"
        if not Path(path).exists():
            break
        click.echo(msg("{path} exists already; give another name.", path=for_terminal(path)))
    own = _yes(msg("Do you walk in your own browser that is open?"), default=False)
    return ["teach", "--output", path, *(["--attach"] if own else [])]


# ------------------------------------------------------------------------------------------------------------ the questions


def _portal() -> str:
    names = {name: msg(_PORTALS[name]) if name in _PORTALS else name for name in portal_names()}
    chosen = _choice(msg("Which portal?"), {**names, "own": msg("A portal file of your own (TOML)")})
    while chosen == "own":
        path = str(_file(msg("The portal's file:")))
        try:
            load_portal(path)
        except KatipError as error:
            _say_error(error)
        else:
            return path
    return chosen


def _where(portal: str) -> Command:
    return ["--portal", portal]


def _workplace(portal: str) -> Command:
    if portal in PRACTICE_PORTALS:
        return []
    answer = _text(msg("Which workplace? SGK number, all for every one, or Enter where the account has only one:"))
    return ["--workplace", answer] if answer else []


def _sign_in(portal: str) -> Command:
    if portal in PRACTICE_PORTALS:
        return []
    return ["--sign-in", _choice(msg("Who signs in at e-Devlet?"), {key: msg(text) for key, text in _SIGN_IN.items()})]


def _worklist(results: Path) -> Path:
    found = sorted(results.glob("*/worklist*.xlsx"), key=lambda path: path.stat().st_mtime, reverse=True)
    return _file(msg("The list's file:"), found[0] if found else None)


def _agreed() -> bool:
    """Return True only for a whole word of agreement; Enter is none."""
    click.echo(msg("This approves contracts, and an approval cannot be taken back."))
    return _text(msg("Type evet (yes) to approve, anything else to stop:")).casefold() in _YES


def _yes(question: str, *, default: bool) -> bool:
    hint = msg("Y/n") if default else msg("y/N")
    words = {fold(word): True for word in (*_YES, "e", "y")} | {fold(word): False for word in ("hayır", "no", "h", "n")}
    while True:
        answer = fold(_text(f"{question} [{hint}]"))
        if not answer:
            return default
        if answer in words:
            return words[answer]
        click.echo(msg("Answer with y (yes) or n (no)."))


def _choice(question: str, options: dict[str, str]) -> str:
    click.echo(f"\n{question}")
    keys = list(options)
    for number, text in enumerate(options.values(), start=1):
        click.echo(f"  {number}  {text}")
    while True:
        answer = _text(msg("Number:"))
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(keys):
            return keys[int(answer) - 1]
        click.echo(msg("Type a number from 1 to {most}.", most=len(keys)))


def _file(question: str, default: Path | None = None) -> Path:
    while True:
        shown = f"{question} [{for_terminal(str(default))}]" if default else question
        answer = _text(shown).strip("'\"") or (str(default) if default else "")  # dragged into a terminal it is quoted
        path = Path(answer).expanduser()
        if answer and path.is_file():
            return path
        click.echo(msg("There is no such file: {path}", path=for_terminal(str(path)) if answer else "–"))


def _text(question: str) -> str:
    answer: str = click.prompt(question, default="", show_default=False, prompt_suffix=" ")
    return answer.strip()


# ------------------------------------------------------------------------------------------------------------------ showing


def _read(path: Path) -> Worklist | None:
    if warning := open_elsewhere(path):
        click.echo(for_terminal(warning))
    try:
        return read_worklist(path)
    except KatipError as error:
        _say_error(error)
        return None


def _say_error(error: KatipError) -> None:
    for line in str(error).splitlines():
        click.echo(for_terminal(line))


def _show_decisions(decided: Worklist) -> None:
    number = Counter(row.karar for row in decided.rows)
    click.echo(
        msg(
            "{file}: {approve} Onayla, {wait} Beklet, {open} not decided.",
            file=for_terminal(decided.file),
            approve=number[Karar.APPROVE],
            wait=number[Karar.WAIT],
            open=number[Karar.UNDECIDED],
        )
    )
    to_approve = [row for row in decided.rows if row.karar is Karar.APPROVE]
    for row in to_approve[:_MOST_NAMED]:
        click.echo(for_terminal(f"  Onayla: {row.name} · {row.category or '–'} · {row.title or row.workplace}"))
    if len(to_approve) > _MOST_NAMED:
        click.echo(msg("  and {number} more", number=len(to_approve) - _MOST_NAMED))


def _loaded(run: Path) -> list[dict[str, object]]:
    try:
        found = json.loads((run / FILE_NAME).read_text("utf-8"))["contracts"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _about(run: Path) -> str:
    number = Counter(str(each.get("outcome")) for each in _loaded(run))
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in number.most_common()) or msg("no contract")
    return for_terminal(f"{run.name}: {outcomes}")


def _contracts(run: Path) -> list[str]:
    found = _loaded(run)
    lines = [
        for_terminal(f"{each.get('outcome')}: {each.get('name')} · {each.get('category')}: {each.get('reason')}")
        for each in found[:_MOST_NAMED]
    ]
    more = len(found) - _MOST_NAMED
    return [*lines, *([msg("and {number} more", number=more)] if more > 0 else [])]


def _as_typed(command: Sequence[str]) -> str:
    return subprocess.list2cmdline(command) if os.name == "nt" else shlex.join(command)
