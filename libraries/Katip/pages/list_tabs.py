"""The lists of the contracts page: which tabs show what is pending and what is approved, and an empty one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from enum import Enum

from Katip.errors import GridUnreadable, LabelNotFound, NoEffect
from Katip.messages import msg
from Katip.model import Status
from Katip.reading import labels
from Katip.reading.labels import Control, Kind, Label
from Katip.reading.shortfalls import doubt_of_emptiness
from Katip.reading.snapshot import Snapshot
from Katip.session import Session

_LONGEST = 120  # characters of a sentence that says that a list is empty


class ListKind(Enum):
    """What one of the lists shows."""

    PENDING = "pending"
    APPROVED = "approved"

    def shows(self, status: Status) -> bool:
        """Return True if a row of that status is read from this list; the other list shows it too, or alone."""
        return (status is Status.APPROVED) == (self is ListKind.APPROVED)


class ListTabs:
    """Goes to the lists of one portal.

    Args:
        session: the session at hand.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._place = session.portal.procedure.list

    @property
    def kinds(self) -> tuple[ListKind, ...]:
        """The lists in the order in which they are read; a single one shows contracts of every status."""
        return (ListKind.PENDING, ListKind.APPROVED) if self._place.approved else (ListKind.PENDING,)

    def shows(self, kind: ListKind, status: Status) -> bool:
        """Return True if a row counts that was read from a list."""
        return len(self.kinds) == 1 or kind.shows(status)

    def path(self, kind: ListKind) -> tuple[Label, ...]:
        """Return the labels that lead to a list."""
        return self._place.approved if kind is ListKind.APPROVED else self._place.pending

    def go(self, kind: ListKind, *, again: bool = False) -> None:
        """Show a list; a tab that is the present one already is pressed only to have its rows sent again.

        Args:
            kind: which.
            again: True to have the portal send the rows again.

        Raises:
            LabelNotFound: A tab is not there.
            NoEffect: Its list does not come.
        """
        path = self.path(kind)
        for index, label in enumerate(map(self._present, path)):
            control = self._session.reader.wait_for(label, Kind.TAB)
            last = index == len(path) - 1
            if not control.owner.selected or (again and last):
                self._press(control, label)

    def _present(self, label: Label) -> Label:
        """Of several wordings the first that the page has: a page may have a tab for each of them."""
        snapshot = self._session.reader.seen
        words = self._session.portal.wording.words
        each = (replace(label, names=(name,)) for name in label.names)
        return next((one for one in each if labels.hits(snapshot, one, words)), label)

    def _press(self, control: Control, label: Label) -> None:
        session, doing = self._session, msg('Choosing "{label}"', label=label)
        asked = session.reader.seen.started
        session.driver.require_no_dialog(session.reader.press(control), doing)
        words = session.portal.wording.words

        def shown(snapshot: Snapshot) -> bool | None:
            if snapshot.busy or session.reader.is_loading(snapshot):
                return None
            present = [hit for hit in labels.hits(snapshot, label, words) if hit.owner.selected]
            return True if present or snapshot.started > asked else None

        session.until(shown, doing, msg("its list"), session.portal.patience.page)
        session.reader.settled()

    def ask_again(self, kind: ListKind) -> bool:
        """Have the portal send a list again by pressing its tab.

        Returns:
            True if the portal was asked; False where the page answers from what it knows, or has no tabs.
        """
        if not self.path(kind):
            return False
        asked = self._session.reader.seen.started
        try:
            self.go(kind, again=True)
            self._session.until(
                lambda now: True if now.started > asked and not now.busy else None,
                msg("Reading the list again"),
                msg("its rows"),
                self._session.portal.patience.reaction,
            )
        except (NoEffect, LabelNotFound):
            return False
        return True


def wait_for_list(session: Session, has_grid: Callable[[Snapshot], bool]) -> None:
    """Wait until a list is drawn, or the page says that it is empty: a tab may show its list some moments after it is chosen.

    Args:
        session: the session at hand.
        has_grid: returns True if a look shows the list.
    """
    with suppress(NoEffect):  # what is there then is read, and named in the error
        session.until(
            lambda now: True if has_grid(now) or _says_empty(now, session) else None,
            msg("Waiting for the list"),
            msg("its rows"),
            session.portal.patience.opening,
        )


def _says_empty(snapshot: Snapshot, session: Session) -> bool:
    wording = session.portal.wording
    empty = tuple(wording.words.key(text) for text in wording.empty)
    return any(
        wording.words.key(piece.text).startswith(empty)
        for piece in snapshot.pieces
        if piece.in_sight and not piece.is_value and len(piece.text) < _LONGEST
    )


def require_rows_or_empty(session: Session, error: GridUnreadable) -> None:
    """Accept a list without headers where the page says that it is empty, and nothing on it speaks against that.

    Args:
        session: the session at hand.
        error: what reading the list said.

    Raises:
        GridUnreadable: The page does not say that its list is empty, or shows a fault beside it.
    """
    snapshot = session.reader.settled()
    wording = session.portal.wording
    is_loading = bool(snapshot.busy) or not snapshot.ready or session.reader.is_loading(snapshot)
    doubt = doubt_of_emptiness(snapshot, wording.trouble, is_loading=is_loading)
    if doubt is not None:
        raise doubt
    if not _says_empty(snapshot, session):
        raise error
