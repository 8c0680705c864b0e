"""What every page component is built on: the session, and through it portal and reader."""

from __future__ import annotations

from Katip.current_session import CurrentSession
from Katip.portal import Portal
from Katip.reading.labels import Control
from Katip.reading.reader import Reader
from Katip.session import Session


class PageComponent:
    """A page's keywords.

    A page that needs keywords of another page takes that page: a keyword that is kept in an attribute would be found there as
    a keyword of its own.

    Args:
        current: the session of the run at work.
    """

    def __init__(self, current: CurrentSession) -> None:
        self.current = current

    @property
    def session(self) -> Session:
        """The session."""
        return self.current.session

    @property
    def portal(self) -> Portal:
        """The portal in use."""
        return self.session.portal

    @property
    def reader(self) -> Reader:
        """Reads and uses the page like a person."""
        return self.session.reader

    def only_closes(self, button: Control) -> bool:
        """True for a button that closes a window and does nothing else: no button of the toolbar ("Onayla", "Sil") is one."""
        words = self.portal.wording.words
        acting = {name for label in self.portal.labels.values() for name in (*label.names, *label.near)}
        return words.key(button.name) in words.keys(self.portal.window["close"]) - words.keys(acting)
