"""The one place where the corpus touches the page reader: a change of the reader's interface is a change here alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from Browser import Browser

from Katip.errors import LabelAmbiguous, LabelNotFound
from Katip.patience import Patience
from Katip.portal import load_portal
from Katip.reading.cells import Row
from Katip.reading.driver import Driver
from Katip.reading.grids import Grid
from Katip.reading.labels import Control, Kind, Label
from Katip.reading.reader import Reader
from Katip.reading.snapshot import Dialog
from Katip.reading.windows import Window

PATIENCE = Patience(page=timedelta(seconds=5))


@dataclass(frozen=True)
class Seen:
    """A control as the reader found it.

    Args:
        name: Its label.
        disabled: Whether it cannot be pressed.
        x: Its middle from the left of the outermost window, in CSS pixels.
        y: The same from the top.
    """

    name: str
    disabled: bool
    x: float
    y: float


@dataclass(frozen=True)
class SeenWindow:
    """A message box as the reader found it."""

    text: str
    buttons: list[str]


class Eyes:
    """The page reader, as the corpus asks it.

    Args:
        browser: The Browser library with an open page.
    """

    Missing = LabelNotFound
    Several = LabelAmbiguous

    def __init__(self, browser: Browser) -> None:
        self.reader = Reader(Driver(lambda: browser), load_portal("v9").wording, PATIENCE)
        self._window: Window | None = None

    def wait(self, **limits: timedelta) -> None:
        """Read with other limits from now on, such as ``opening=timedelta(seconds=1)``."""
        self.reader = Reader(self.reader.driver, self.reader.wording, replace(PATIENCE, **limits))

    def forget(self) -> None:
        """Look again: another page was opened behind the reader's back."""
        self.reader.driver.forget()

    def find(self, labels: Sequence[str], kind: str, below: Sequence[str] = ()) -> Seen:
        """The one control with that label; raises ``Missing`` or ``Several``."""
        under = Label(tuple(below)) if below else None
        return _seen(self.reader.wait_for(list(labels), Kind(kind), below=under, enabled=False))

    def find_at_once(self, labels: Sequence[str], kind: str) -> Seen:
        """The same on the page as it stands, once it stands still."""
        self.reader.settled()
        return _seen(self.reader.find(list(labels), Kind(kind)))

    def click(self, labels: Sequence[str], kind: str, below: Sequence[str] = ()) -> None:
        """Press a control, and wait for the page to stand still."""
        self.reader.settled()
        self.reader.press(list(labels), Kind(kind), below=Label(tuple(below)) if below else None)
        self.reader.settled()

    def fill(self, labels: Sequence[str], value: str) -> None:
        """Fill a field."""
        self.reader.fill(list(labels), value)

    def read_form(self, fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """The form's values by field."""
        read = self.reader.read_form(fields, self.reader.settled())
        return {name: field.value for name, field in read.items()}

    def read_grid(self, columns: Mapping[str, Sequence[str]], all_pages: bool) -> list[dict[str, str]]:
        """The grid's rows, each by column."""
        return [row.cells for row in self._grid(columns, all_pages).rows]

    def select_row(self, columns: Mapping[str, Sequence[str]], number: int) -> None:
        """Select a row, counted from 1, the way its grid has it: by its check box, else by the row itself."""
        row: Row = self._grid(columns, all_pages=False).rows[number - 1]
        if row.check is not None:
            self.reader.press_node(row.check)
        else:
            self.reader.select_row(row)
        self.reader.settled()

    def read_window(self, opened: str = "") -> SeenWindow:
        """Read the message box that stands there, or that a press of a button opens."""
        before = self.reader.settled() if opened else None
        if opened:
            self.reader.press(opened, Kind.BUTTON)
        doing = f'Waiting for the answer to "{opened}"'
        self._window = self.reader.until(lambda now: self.reader.see_window(before, now), doing, "a message box")
        return SeenWindow(self._window.text, list(self._window.answers))

    def close_window(self, label: str) -> None:
        """Press a button of the message box that was opened."""
        assert self._window is not None
        button: Control = next(button for button in self._window.buttons if button.name == label)
        self.reader.press_node(button.node)
        self.reader.settled()

    def open_native(self, label: str) -> Dialog:
        """Press a button and read the browser's own dialog that it opens."""
        dialog = self.reader.press(label, Kind.BUTTON)
        doing = f'Waiting for the answer to "{label}"'
        return dialog or self.reader.until(lambda now: now.dialog, doing, "a native dialog")

    def accept_native(self) -> None:
        """Answer the browser's own dialog with OK."""
        self.reader.driver.answer(accept=True)
        self.reader.settled()

    def _grid(self, columns: Mapping[str, Sequence[str]], all_pages: bool) -> Grid:
        return self.reader.read_grid(columns, list(columns), all_pages=all_pages)


def _seen(control: Control) -> Seen:
    x, y = control.box.middle
    return Seen(control.name, bool(control.disabled), x, y)
