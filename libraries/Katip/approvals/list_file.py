"""The bytes of a list's file, and whether a spreadsheet program holds it open."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from Katip.approvals.table_cells import TableUnreadable
from Katip.approvals.tables import LARGEST_FILE
from Katip.messages import msg

_NO_WAITING: Final = getattr(os, "O_NONBLOCK", 0)  # a pipe that nobody writes to would keep the robot waiting
_ARCHIVE: Final = b"PK\x03\x04"
#: What Excel, LibreOffice and WPS Office keep beside a file that is open in them, by the name of that file.
_BESIDE: Final = ("~${name}", ".~lock.{name}#", ".~{name}")


def list_content(path: Path) -> bytes:
    """Return the bytes of a list's file; one byte more than may be read where it is larger.

    Args:
        path: the file.

    Raises:
        OSError: it cannot be opened.
        TableUnreadable: it is a pipe or a device, or what a spreadsheet program keeps beside an open file.
    """
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NO_WAITING)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise TableUnreadable(msg("it is a pipe or a device, not a file; give the file of the list"))
        content = file.read(LARGEST_FILE + 1)
    if path.name.startswith(("~$", ".~")) and not content.startswith(_ARCHIVE):
        raise TableUnreadable(
            msg("a spreadsheet program keeps it beside a list that is open, it is not the list; give the list itself")
        )
    return content


def open_elsewhere(path: Path) -> str:
    """Return a sentence that warns that a spreadsheet program seems to have a list open; empty where none does.

    Args:
        path: the list.
    """
    names = (beside.format(name=path.name) for beside in _BESIDE)
    found = next((name for name in names if os.path.lexists(path.parent / name)), "")
    return found and msg(
        '"{file}" seems to be open in a spreadsheet program ("{beside}" lies beside it): what was not saved there is not applied. '
        "If something was not saved, end this with Ctrl+C, save and close the list, and start again.",
        file=path.name,
        beside=found,
    )
