"""The tabs of the person's own browser, as far as the robot may use them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the person's browser.

    Attributes:
        id: the browser's name for it.
        url: its address.
    """

    id: str
    url: str


class PersonsTabs(Protocol):
    """The tabs of a browser that was joined."""

    def tabs_on(self, origins: Collection[str]) -> Sequence[Tab]:
        """Return the person's tabs on some origins."""

    def lend(self, tab: Tab) -> None:
        """Go on in a tab of the person's."""

    def give_back(self, tab: Tab) -> None:
        """Leave a tab of the person's."""
