"""A browser profile that is kept between runs: a folder of its own, for its owner only, outside of what is sealed and handed on."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from Katip.errors import ConfigurationError, SystemRefused
from Katip.messages import msg
from Katip.system_words import system_words

_MARK: Final = "katip-profile.txt"
# What is typed is kept nowhere: neither number and password, nor what is in forms.
_PREFERENCES: Final = {
    "credentials_enable_service": False,
    "credentials_enable_autosignin": False,
    "profile": {"password_manager_enabled": False},
    "autofill": {"enabled": False, "profile_enabled": False, "credit_card_enabled": False},
}
_FOR_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def require_usable(path: Path, results: Sequence[Path]) -> None:
    """Refuse a folder that must not hold a profile; nothing is made yet.

    Args:
        path: the folder, which may not be there yet.
        results: the folders of runs; what is in them is sealed and handed on.

    Raises:
        ConfigurationError: The folder is in one of them, is a link, is open to others, or was not made by a run.
    """
    wrong = _what_is_wrong(path, results)
    if wrong:
        raise ConfigurationError(
            msg("Checking the browser's profile {path}", path=path),
            msg("a folder of the robot's own, outside of results, for its owner only"),
            wrong,
            msg("Name a folder that is not there yet with -v PROFILE:path. Nothing was started."),
        )


def _what_is_wrong(path: Path, results: Sequence[Path]) -> str:
    if path.is_symlink():
        return msg("a link")
    inside = path.absolute().resolve()
    if any(inside.is_relative_to(folder.resolve()) for folder in results):
        return msg("a folder in the results")
    if not path.exists():
        return ""
    if not path.is_dir():
        return msg("no folder")
    if os.name != "nt":
        facts = path.stat()
        if facts.st_uid != os.getuid() or facts.st_mode & _FOR_OTHERS:
            return msg("a folder that others may read (mode {mode:o}); chmod 700 mends it", mode=facts.st_mode & 0o777)
    if any(path.iterdir()) and not (path / _MARK).is_file():
        return msg("a folder that no run has made")
    return ""


def make_profile(path: Path) -> None:
    """Make the folder, for its owner only, where it is not there yet.

    Args:
        path: a folder that `require_usable` has let pass.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark = path / _MARK
    if not mark.exists():
        (path / "Default").mkdir(exist_ok=True)
        (path / "Default" / "Preferences").write_text(json.dumps(_PREFERENCES), "utf-8", newline="\n")
        mark.write_text("robotframework-katip\n", "utf-8", newline="\n")


@click.group()
def profile() -> None:
    """The browser profile that PROFILE keeps between runs."""


@profile.command()
@click.argument("path", type=click.Path(path_type=Path))
def forget(path: Path) -> None:
    """Delete a profile with everything in it: cookies, history, stored pages. Only a folder that a run has made is deleted."""
    if path.is_symlink() or not (path / _MARK).is_file():
        raise click.UsageError(msg("{path} is no profile that a run has made. Nothing was deleted.", path=path))
    try:
        shutil.rmtree(path)
    except OSError as error:
        raise SystemRefused(
            msg("Deleting the browser's profile"),
            seen=msg("{path} was not deleted whole ({error}).", path=path, error=system_words(error)),
            now=msg("Close the browser and try again."),
        ) from None
    click.echo(msg("Deleted."))
