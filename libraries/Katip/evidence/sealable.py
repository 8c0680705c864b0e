"""Which files a seal can cover: regular ones, whose names are one line and the same on every system."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from Katip.errors import NotSealed
from Katip.evidence.source import FolderSource, is_safe
from Katip.messages import msg
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
