"""What every page component is built on: the library it belongs to, and through it the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from Katip.portal import Portal
from Katip.reading.labels import Control
from Katip.reading.reader import Reader
from Katip.session import Session

if TYPE_CHECKING:
    from Katip.library import Katip


class PageComponent:
    """A page's keywords; shared state is reached through the library alone.

    Args:
        library: the keyword library.
    """

    def __init__(self, library: Katip) -> None:
        self.library = library

    @property
    def session(self) -> Session:
        """The session at hand."""
        return self.library.session

    @property
    def portal(self) -> Portal:
        """The portal in use."""
        return self.library.session.portal

    def only_closes(self, button: Control) -> bool:
        """True for a button that closes a window and does nothing else: what stands in the toolbar ("Onayla", "Sil") is none."""
        words = self.portal.wording.words
        acting = {name for label in self.portal.labels.values() for name in (*label.names, *label.near)}
        return words.key(button.name) in words.keys(self.portal.window["close"]) - words.keys(acting)

    @property
    def reader(self) -> Reader:
        """Reads and uses the page like a person."""
        return self.library.session.reader
