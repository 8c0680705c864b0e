"""Press, tick and fill what a person sees, once."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from Katip.errors import LabelNotFound, Vanished
from Katip.messages import msg
from Katip.reading import boxes, field_finder, labels
from Katip.reading.driver import Driver
from Katip.reading.labels import Control, Kind, Label
from Katip.reading.snapshot import Dialog, Node, Snapshot
from Katip.reading.waiting import Waiting
from Katip.reading.wording import Wording
from Katip.turkish import visible

T = TypeVar("T")

_MOVED = 8  # CSS pixels
_TRIES = 2
_DRAWN_SIDE = 8  # CSS pixels; the least side of what is drawn for a hidden check box


class Acting:
    """Acts on controls that have a label, and on nodes of a look.

    Args:
        waiting: finds the controls.
        driver: acts on the page.
        wording: the words of the portal.
        pause: the least and the greatest pause before each action that the portal asks for.

    Attributes:
        patience: how long to wait.
    """

    def __init__(self, waiting: Waiting, driver: Driver, wording: Wording, pause: tuple[timedelta, timedelta]) -> None:
        self.patience = waiting.patience
        self._waiting = waiting
        self._driver = driver
        self._words = wording.words
        self._pause = pause

    def press(
        self,
        label: Label | str | Sequence[str] | Control,
        kind: Kind = Kind.BUTTON,
        *,
        below: Label | None = None,
        timeout: timedelta | None = None,
        strict: bool = False,
        only: Collection[str] | None = None,
    ) -> Dialog | None:
        """Press a control once.

        Args:
            label: the control, or its label.
            kind: what kind of control it must look like.
            below: a label above it.
            timeout: how long to wait for it.
            strict: as for `Driver.click`.
            only: as for `Driver.click`.

        Returns:
            The native dialog that it opened, unanswered, or None.
        """
        control = (
            label if isinstance(label, Control) else self._waiting.wait_for(label, kind, below=below, timeout=timeout)
        )
        if control.option is not None:
            self.pause()
            return self._driver.fill(control.node, self.patience.press, option=control.option)
        return self.press_node(control.node, owner=control.owner, strict=strict, only=only)

    def press_node(
        self,
        node: Node,
        *,
        owner: Node | None = None,
        count: int = 1,
        strict: bool = False,
        only: Collection[str] | None = None,
    ) -> Dialog | None:
        """Press a node of one of the last looks once, a text in the middle of its words.

        Args:
            node: what to press.
            owner: the control that it is part of; what covers the words but belongs to the control does not matter.
            count: 2 for a double click.
            strict: as for `Driver.click`.
            only: as for `Driver.click`.

        Returns:
            The native dialog that it opened, unanswered, or None.
        """
        self.pause()
        trial = 0
        while True:
            try:
                return self._driver.click(node, self.patience.press, owner=owner, count=count, strict=strict, only=only)
            except Vanished:
                again = _rerendered(node, self._waiting.settled(self.patience.reaction))
                trial += 1
                if again is None or trial > _TRIES:
                    raise
                node, owner = again, None

    def press_check_box(self, box: Node) -> Dialog | None:
        """Press a check box; where the box itself is hidden, press what is drawn for it.

        Args:
            box: the check box.

        Returns:
            The native dialog that it opened, unanswered, or None.
        """
        self.pause()
        if "gh" not in box.raw:
            return self._driver.click(box, self.patience.press)
        large = (one for one in [box, *box.ancestors()] if min(one.box.width, one.box.height) >= _DRAWN_SIDE)
        return self._driver.click(next(large, box), self.patience.press, by_place=True)

    def pause(self) -> None:
        """Keep the pace that the portal asks for: the only fixed wait."""
        least, most = self._pause
        if most:
            time.sleep(random.uniform(least.total_seconds(), most.total_seconds()))  # portal pace  # noqa: S311

    def tick(self, label: Label | str | Sequence[str]) -> None:
        """Tick the check box that belongs to a label; one that is ticked stays ticked.

        Args:
            label: the label, one wording or several.

        Raises:
            LabelNotFound: if there is no such check box.
            NoEffect: if it does not become ticked.
        """
        wanted = labels.as_label(label)
        doing = msg('Ticking "{label}"', label=wanted)
        box = self._waiting.until(
            lambda snapshot: boxes.find_box(snapshot, wanted, self._words),
            doing,
            msg(msg("a check box of that label")),
        )
        if box.selected:
            return
        self._driver.require_no_dialog(self.press_check_box(box), doing)

        def ticked(snapshot: Snapshot) -> bool | None:
            now = boxes.find_box(snapshot, wanted, self._words)
            return True if now is not None and now.selected else None

        self._waiting.until(ticked, doing, msg("it to be ticked"), self.patience.press)

    def fill(self, label: Label | str | Sequence[str], value: str, others: Sequence[Label] = ()) -> None:
        """Fill the field that belongs to a label.

        Args:
            label: the label, one wording or several.
            value: what to type, or which entry of a list to choose.
            others: other labels of the same form.
        """
        wanted = labels.as_label(label)

        def field(snapshot: Snapshot) -> Node | None:
            with suppress(LabelNotFound):
                return field_finder.find_field(snapshot, wanted, self._words, others)
            return None

        node = self._waiting.until(
            field,
            msg('Looking for the field "{wanted}"', wanted=wanted),
            msg('a field labelled "{wanted}"', wanted=wanted),
        )
        self.fill_node(node, value)

    def fill_node(self, node: Node, value: str) -> None:
        """Fill a field of the last look.

        Args:
            node: the field.
            value: what to type, or which entry of a list to choose.

        Raises:
            LabelNotFound: if the list has no such entry.
        """
        self.pause()
        what: dict[str, Any] = {"value": value}
        options = node.raw.get("op")
        if options is not None:
            keys = [self._words.key(option) for option in options]
            if self._words.key(value) not in keys:
                offered = ", ".join(f'"{option}"' for option in options)
                raise LabelNotFound(msg("Choosing from a list"), msg('the entry "{value}"', value=value), offered)
            what = {"option": keys.index(self._words.key(value))}
        self._driver.require_no_dialog(self._driver.fill(node, self.patience.press, **what), msg("Filling a field"))


def despite_rerendering(act: Callable[[], T]) -> T:
    """Act again where the page re-rendered between the look and the press, so that nothing was pressed.

    Args:
        act: looks and presses.

    Returns:
        What ``act`` returned.

    Raises:
        Vanished: if the page re-renders each time.
    """
    for _ in range(_TRIES):
        with suppress(Vanished):
            return act()
    return act()


def _rerendered(node: Node, snapshot: Snapshot) -> Node | None:
    """Return the only node with the same words at the same place after a re-render, or None."""

    def words(one: Node) -> tuple[str, str, str]:
        return one.tag, visible(" ".join(part.text for part in one.walk())), one.own_name

    alike = [one for one in snapshot.nodes if one.frame == node.frame and words(one) == words(node)]
    near = [one for one in alike if abs(one.box.x - node.box.x) <= _MOVED and abs(one.box.y - node.box.y) <= _MOVED]
    return near[0] if len(near) == 1 else None
