"""Look at the page until what is waited for can be seen: a state, a quiet page, a control with a label."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from Katip.errors import ControlDisabled, KatipError, LabelAmbiguous, LabelNotFound, NoEffect
from Katip.messages import msg
from Katip.patience import Patience
from Katip.reading import labels
from Katip.reading.dark_words import is_dark
from Katip.reading.driver import Driver
from Katip.reading.labels import Control, Kind, Label
from Katip.reading.snapshot import Node, Snapshot
from Katip.reading.wording import Wording

T = TypeVar("T")

_STILL = timedelta(milliseconds=30)  # without a change: two pictures of a browser that draws 60 a second
_LONGEST_LOOK = 0.25  # seconds; what is not a change of the page, such as a download, is noticed so late at most
_LONGEST_NOTE = 60  # characters; a longer text is no sign of loading


class Waiting:
    """Looks, and waits for what should be seen.

    Args:
        driver: looks at the page.
        wording: the words of the portal.
        patience: how long to wait.

    Attributes:
        patience: how long to wait.
    """

    def __init__(self, driver: Driver, wording: Wording, patience: Patience) -> None:
        self._driver = driver
        self._wording = wording
        self.patience = patience
        self._lasting = 0

    def look(self) -> Snapshot:
        """Return the page as it is now."""
        return self._driver.look()

    def until(
        self,
        seen: Callable[[Snapshot], T | None],
        doing: str,
        expected: str,
        timeout: timedelta | None = None,
        now: str = "",
        *,
        after_loading: bool = False,
    ) -> T:
        """Repeat the look until something is seen; the first is what was seen a moment ago, where nothing was done since.

        Args:
            seen: returns what was waited for, or None while it is not there; errors it raises end the wait at once.
            doing: what was being done, for the error.
            expected: what should come, for the error.
            timeout: how long to wait; as long as for a page if not given.
            now: what to do now, for the error.
            after_loading: True to count the time from the end of a request or a loading mask, as long as for a page at most.

        Returns:
            What ``seen`` returned.

        Raises:
            NoEffect: if it did not come in time.
        """
        limit = (timeout or self.patience.page).total_seconds()
        end = time.monotonic() + limit
        latest = max(end, time.monotonic() + self.patience.page.total_seconds())
        snapshot = self._driver.last
        while True:
            found = seen(snapshot)
            if found is not None:
                return found
            if after_loading and (snapshot.busy or self.is_loading(snapshot)):
                end = min(time.monotonic() + limit, latest)
            left = end - time.monotonic()
            if left <= 0:
                words = " ".join(snapshot.text.split())[:240]
                raise NoEffect(
                    doing, expected, msg('{url} saying "{words}"', url=snapshot.url.split("?")[0], words=words), now
                )
            snapshot = self._driver.look(changed=True, patience=timedelta(seconds=min(left, _LONGEST_LOOK)))

    def until_still(self, seen: Callable[[Snapshot], T | None], timeout: timedelta | None = None) -> T | None:
        """Repeat the look until something is seen, or the page is quiet without it.

        Args:
            seen: returns what was waited for, or None while it is not there.
            timeout: how long to wait at most; as long as for a quiet page if not given.

        Returns:
            What ``seen`` returned, or None.
        """
        end = time.monotonic() + (timeout or self.patience.quiet).total_seconds()
        snapshot = self._driver.last
        while (found := seen(snapshot)) is None:
            left = end - time.monotonic()
            is_quiet = self._driver.quiet_for >= _STILL and not self.is_loading(snapshot)
            if left <= 0 or is_quiet or snapshot.dialog is not None:
                return None
            patience = timedelta(seconds=min(left, _LONGEST_LOOK))
            snapshot = self._driver.look(changed=True, still=_STILL, patience=patience)
        return found

    def settled(self, timeout: timedelta | None = None, part: Node | None = None) -> Snapshot:
        """Wait until the page is quiet: no request under way, no loading mask, nothing that a person reads or presses moves.

        Args:
            timeout: how long at most, as long as for a quiet page if not given; one that never becomes quiet (a clock) is taken as it is.
            part: a node of one of the last looks: only what is in it must hold still.

        Returns:
            What is seen then.
        """
        limit = self.patience.quiet if timeout is None else timeout
        end = time.monotonic() + limit.total_seconds()
        snapshot = self._driver.look(still=_STILL, patience=limit, part=part)
        while self.is_loading(snapshot) and (left := end - time.monotonic()) > 0:
            self._driver.look(changed=True, patience=timedelta(seconds=min(left, _LONGEST_LOOK)))
            snapshot = self._driver.look(still=_STILL, patience=timedelta(seconds=max(left, 0)), part=part)
        if limit >= self.patience.quiet:
            self._lasting = signs_of_work(snapshot)  # a spinner that stays for so long belongs to the page
        return snapshot

    def is_loading(self, snapshot: Snapshot) -> bool:
        """Return True if the page says in words, or by a progress bar or busy state, that it is loading.

        Args:
            snapshot: what is seen.
        """
        self._lasting = min(self._lasting, signs_of_work(snapshot))
        if signs_of_work(snapshot) > self._lasting:
            return True
        starts = tuple(self._wording.words.key(text) for text in self._wording.loading)
        return any(
            self._wording.words.key(piece.text).startswith(starts)
            for piece in snapshot.pieces
            if starts and not piece.is_value and len(piece.text) < _LONGEST_NOTE and piece.in_sight
        )

    def is_unfinished(self, snapshot: Snapshot) -> bool:
        """Return True if anything at all says that the page is not complete yet, also a spinner that never ends.

        Args:
            snapshot: what is seen.
        """
        return bool(snapshot.busy or not snapshot.ready or signs_of_work(snapshot) or self.is_loading(snapshot))

    def find(
        self,
        label: Label | str | Sequence[str],
        kind: Kind = Kind.ANY,
        *,
        below: Label | None = None,
        inside: Node | None = None,
    ) -> Control:
        """Find the one control that has a label, on the page as it is now.

        Args:
            label: the label, one wording or several.
            kind: what kind of control it must look like.
            below: a label above it.
            inside: a node of the last look in which it must be.

        Returns:
            The control.

        Raises:
            LabelNotFound: if there is none.
            LabelAmbiguous: if there are several.
        """
        return labels.find(self.look(), labels.as_label(label), kind, self._wording.words, below=below, inside=inside)

    def wait_for(
        self,
        label: Label | str | Sequence[str],
        kind: Kind = Kind.ANY,
        *,
        below: Label | None = None,
        enabled: bool = True,
        timeout: timedelta | None = None,
    ) -> Control:
        """Wait until exactly one control with the label can be seen and is enabled.

        Args:
            label: the label, one wording or several.
            kind: what kind of control it must look like.
            below: a label above it.
            enabled: False to accept a disabled one.
            timeout: how long to wait; as long as for a page if not given.

        Returns:
            The control.

        Raises:
            LabelNotFound: if it does not come.
            LabelAmbiguous: if several stay.
            ControlDisabled: if it stays disabled.
        """
        wanted = labels.as_label(label)
        last: list[KatipError] = []

        def seen(snapshot: Snapshot) -> Control | None:
            last.clear()
            try:
                control = labels.find(snapshot, wanted, kind, self._wording.words, below=below)
            except (LabelNotFound, LabelAmbiguous) as error:
                last.append(error)
                return None
            dark = is_dark(snapshot, control) if kind is Kind.BUTTON else bool(control.disabled)
            if not enabled or (not dark and control.in_sight):
                return control
            last.append(_disabled(wanted, control))
            # A control that is only scrolled out of sight is no obstacle: pressing scrolls to it.
            return control if not dark and not control.piece.covered else None

        try:
            return self.until(
                seen, msg('Looking for "{wanted}"', wanted=wanted), msg('the label "{wanted}"', wanted=wanted), timeout
            )
        except NoEffect:
            if last:
                raise last[0] from None
            raise


def _disabled(wanted: Label, control: Control) -> ControlDisabled:
    return ControlDisabled(
        msg('Waiting to press "{wanted}"', wanted=wanted),
        msg("that it becomes enabled"),
        control.describe(),
        msg("Check what has to be selected or filled before it can be pressed."),
    )


def signs_of_work(snapshot: Snapshot) -> int:
    """Return how many progress bars and busy regions are seen.

    Args:
        snapshot: what is seen.
    """
    count: int = snapshot.remembered("signs of work", lambda: sum(node.waits for node in snapshot.nodes))
    return count
