"""What a module of somebody else's builds on: stable, documented, and all that it needs.

A module is one file with a class that inherits `KatipModule`, and an entry `[grids.NAME]` in the portal's file. It is loaded by
`Library    Katip    plugins=path/to/module.py`; its keywords pass the same hook as the library's own, so that errors are sentences,
failures are pictured, and T.C. numbers are covered. See docs/guides/6-writing-a-module.md.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from robot.api import logger

from Katip.disk import write_synced
from Katip.errors import ConfigurationError
from Katip.evidence.layout import ATTACHMENTS, PUBLIC_ATTACHMENTS
from Katip.masking import mask
from Katip.messages import msg
from Katip.portal import GridWords
from Katip.procedure.places import BEGINS_AT
from Katip.reading.labels import Label, as_label
from Katip.session import Session
from Katip.turkish import visible

_F = TypeVar("_F", bound=Callable[..., Any])
PLACES: Final = ("home", "contracts")
# What every system takes as a file's name, Windows with its reserved names and signs too: a package is unpacked there.
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_FILE_NAME: Final = re.compile(
    r"""(?!(?i:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[^\x00-\x1f<>:"/\\|?*.][^\x00-\x1f<>:"/\\|?*]*(?<![ .])"""
)
_CONTROL_CHARACTERS: Final = dict.fromkeys((*range(32), 127, 0xFFFE, 0xFFFF), " ")


def step(begins_at: str = "home") -> Callable[[_F], _F]:
    """Declare where a keyword begins, so that it is tried again from there after a fault of portal, browser or network.

    Only for keywords that read or lead somewhere: what sends something must never be tried again.

    Args:
        begins_at: ``home`` (the workplace's home page) or ``contracts`` (its list of contracts).

    Raises:
        ConfigurationError: there is no such place.

    Example:
        ``@step(begins_at="home")`` above ``@keyword def read_deleted_contracts(self)``
    """
    if begins_at not in PLACES:
        raise ConfigurationError(
            msg("Declaring where a step begins: {begins_at!r}", begins_at=begins_at),
            " or ".join(PLACES),
            begins_at,
            msg("Correct the module."),
        )

    def declared(function: _F) -> _F:
        setattr(function, BEGINS_AT, begins_at)
        return function

    return declared


@dataclass(frozen=True, slots=True)
class Surface:
    """What a module can do with the portal and with the evidence.

    Attributes:
        session: returns the session at hand.
        press_entry: presses an entry of a group of the menu.
        run_folder: returns the run's output folder.
        secrets: returns the texts that must never be seen.
    """

    session: Callable[[], Session]
    press_entry: Callable[[Label, Label], None]
    run_folder: Callable[[], Path]
    secrets: Callable[[], tuple[str, ...]]

    def grid_words(self, name: str) -> GridWords:
        """Return the portal file's section `[grids.NAME]`.

        Args:
            name: the section's name.

        Raises:
            ConfigurationError: the portal's file has no such section.
        """
        portal = self.session().portal
        if name not in portal.grids:
            known = ", ".join(sorted(portal.grids)) or "none"
            raise ConfigurationError(
                msg("Looking for the grid {name!r}", name=name),
                msg("a section [grids.{name}] in the portal's file", name=name),
                msg("only {known}", known=known),
                msg("Add the section to a portal file of your own."),
            )
        return portal.grids[name]

    def open_menu_entry(self, group: str, entry: str) -> None:
        """Open an entry of the menu at the left, for example of "Hizmet Alan İşyeri Modülü".

        Args:
            group: the group's label, or ``@`` and the key of a label of the portal's file.
            entry: the entry's label, or such a key.

        Raises:
            LabelNotFound: The menu has no such entry.
        """
        session = self.session()
        session.arrive("home", msg('Opening the menu entry "{entry}"', entry=entry))
        self.press_entry(self._label(group), self._label(entry))

    def read_grid(self, name: str) -> list[dict[str, str]]:
        """Read all rows, on all pages, of the grid that `[grids.NAME]` describes; its menu entry is opened before.

        Args:
            name: the section's name.

        Returns:
            The rows in the grid's order: column name to text as shown, T.C. numbers covered.

        Raises:
            GridUnreadable: The grid is not there, or its rows do not add up to what its pager says.
        """
        words = self.grid_words(name)
        if words.menu:
            self.open_menu_entry(*words.menu)
        grid = self.session().reader.read_grid(words.columns, words.required, key=words.required[0], all_pages=True)
        return [{column: self.covered(row.cells.get(column, "")) for column in words.columns} for row in grid.rows]

    def read_form(self, fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Read the fields of the form that is shown.

        Args:
            fields: name of each field to its labels.

        Returns:
            Name to value of the fields that are shown, T.C. numbers covered.
        """
        from Katip.reading.forms import read_form

        session = self.session()
        labels = {name: as_label(label) for name, label in fields.items()}
        found = read_form(session.reader.settled(), labels, session.portal.wording.words)
        return {name: self.covered(field.value) for name, field in found.items()}

    def export_grid(self, name: str, rows: Sequence[Mapping[str, str]], *, personal: bool = True) -> tuple[Path, Path]:
        """Write rows as XLSX and as JSON into the run's evidence, where they are sealed with everything else.

        Args:
            name: the files' name without suffix, ASCII.
            rows: the rows; a text that looks like a formula stays a text.
            personal: True if they hold personal data: then they are deleted with those.

        Returns:
            The paths of the XLSX and the JSON file.
        """
        from openpyxl import Workbook  # takes a tenth of the start, and most runs write no workbook

        columns = list(dict.fromkeys(column for row in rows for column in row))
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(columns)
        for number, row in enumerate(rows, start=2):
            for place, column in enumerate(columns, start=1):
                cell = sheet.cell(number, place, self.covered(row.get(column, "")).translate(_CONTROL_CHARACTERS))
                cell.data_type = "s"
        file = io.BytesIO()
        book.save(file)
        table = self.attach(f"{name}.xlsx", file.getvalue(), personal=personal)
        covered = [{column: self.covered(value) for column, value in row.items()} for row in rows]
        data = json.dumps(covered, ensure_ascii=False, indent=2).encode()
        return table, self.attach(f"{name}.json", data, personal=personal)

    def attach(self, name: str, content: bytes, *, personal: bool = True) -> Path:
        """Add a file to the run's evidence.

        Args:
            name: its name, ASCII, without a folder.
            content: its bytes.
            personal: True if it holds personal data.

        Returns:
            Its path.
        """
        path = self._evidence_path(name, personal)
        write_synced(path, content)
        logger.info(msg("Added to the evidence: {name}", name=path.name))
        return path

    def covered(self, text: str) -> str:
        """Return a text in one line, with T.C. numbers and secrets covered.

        Args:
            text: what a page shows.
        """
        return mask(visible(text), self.secrets())

    def _label(self, text: str) -> Label:
        labels = self.session().portal.labels
        return labels[text[1:]] if text.startswith("@") and text[1:] in labels else as_label(text)

    def _evidence_path(self, name: str, personal: bool) -> Path:
        if not name.isascii() or not _FILE_NAME.fullmatch(name):
            raise ConfigurationError(
                msg("Adding {name!r} to the evidence", name=name),
                msg("a file name of ASCII letters without a folder, which Windows takes too"),
                name,
                msg("Rename it."),
            )
        return self.run_folder() / (ATTACHMENTS if personal else PUBLIC_ATTACHMENTS) / name


class KatipModule:
    """The base of a module: its methods with `@keyword` become keywords of the library.

    Args:
        katip: what it can do.

    Example:
        ```python
        class DeletedContracts(KatipModule):
            @keyword
            @step(begins_at="home")
            def export_deleted_contracts(self) -> int:
                rows = self.katip.read_grid("deleted_contracts")
                self.katip.export_grid("deleted-contracts", rows)
                return len(rows)
        ```
    """

    def __init__(self, katip: Surface) -> None:
        self.katip = katip
