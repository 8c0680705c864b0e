"""Where a report's page finds the pictures: in the run's folder, copied beside the page, or in the page itself."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from Katip.disk import write_synced
from Katip.evidence import layout
from Katip.evidence.report.data import ContractReport, Picture, RunReport
from Katip.evidence.report.png import read_header
from Katip.evidence.source import UNREADABLE

#: `img-src` of the page's Content Security Policy. A page that is opened from a disk has no origin that 'self' could mean.
OWN_FILES: Final = "'self' file:"
IN_THE_PAGE: Final = "data:"
PICTURES: Final = "pictures"


def in_run(run: RunReport, _: ContractReport, picture: Picture) -> str:
    """Return a picture's path from the folder ``evidence`` of its own run; empty if it cannot be read."""
    path = picture.path or ""
    readable = path.startswith(f"{layout.CONTRACTS}/") and read_header(run.source, path) is not None
    return path.removeprefix(f"{layout.EVIDENCE}/") if readable else ""


def in_page(run: RunReport, _: ContractReport, picture: Picture) -> str:
    """Return a picture as an address that holds it; empty if it cannot be read."""
    data = _bytes_of(run, picture)
    return f"data:image/png;base64,{base64.b64encode(data).decode()}" if data else ""


class Copied:
    """Copies the pictures beside the page, each once, under names of their own.

    Args:
        folder: the page's folder.
        runs: the runs of the report, in their order.
    """

    def __init__(self, folder: Path, runs: Sequence[RunReport]) -> None:
        self._folder = folder
        self._numbers = {id(run): number for number, run in enumerate(runs, start=1)}

    def __call__(self, run: RunReport, contract: ContractReport, picture: Picture) -> str:
        """Copy a picture and return its path from the page; empty if it cannot be read."""
        data = _bytes_of(run, picture)
        if not data:
            return ""
        name = f"{PICTURES}/{self._numbers[id(run)]}/{int(contract.values['index']):03d}-{picture.stage.file_name}"
        write_synced(self._folder / name, data)
        return name


def _bytes_of(run: RunReport, picture: Picture) -> bytes:
    """Return a picture's bytes; nothing where it is none, since a hostile run may name any file."""
    if not picture.path or read_header(run.source, picture.path) is None:
        return b""
    try:
        return run.source.read(picture.path)
    except UNREADABLE:
        return b""
