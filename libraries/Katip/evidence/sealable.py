"""Which files a seal can cover: regular ones, whose names are one line and the same on every system."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from Katip.errors import CannotRecord, NotSealed
from Katip.evidence import layout
from Katip.evidence.source import FolderSource, is_safe
from Katip.messages import msg
from Katip.system_words import system_words
from Katip.turkish import for_terminal


def refuse_unsealable(run_folder: Path, names: Sequence[str]) -> None:
    """Refuse files that a list of digests cannot name, or that another system cannot keep apart.

    Args:
        run_folder: the run's folder.
        names: the paths of what is to be sealed.

    Raises:
        NotSealed: one is a link, a pipe or a device, has a name that is more than one line or leads elsewhere, or differs from
            another one only by case or by the form of its letters.
    """
    run = FolderSource(run_folder)
    known: set[str] = set()
    for name in names:
        key = unicodedata.normalize("NFC", name).casefold()
        if not name.isprintable() or not is_safe(name) or key in known or not run.has(name):
            raise NotSealed(
                msg("Sealing the run"),
                msg("regular files with plain names, of which no two differ by case alone"),
                msg("{name} in {run_folder}", name=for_terminal(name), run_folder=run_folder),
                msg("Move it out of the folder, then: katip seal FOLDER"),
            )
        known.add(key)


def remove_unfinished(run_folder: Path) -> None:
    """Remove from the evidence what a process was still writing when it was killed: it says nothing, and stands in no list.

    Args:
        run_folder: the run's folder.

    Raises:
        CannotRecord: a file cannot be removed.
    """
    unfinished = [name for name in FolderSource(run_folder).names() if layout.is_unfinished(name)]
    try:
        for name in unfinished:
            (run_folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise CannotRecord(
            msg("Sealing the run"),
            msg("a folder {folder} that can be written to", folder=run_folder),
            system_words(error),
        ) from error
