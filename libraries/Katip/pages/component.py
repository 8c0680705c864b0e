"""What every page component is built on: the library it belongs to, and through it the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from Katip.portal import Portal
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

    @property
    def reader(self) -> Reader:
        """Reads and uses the page like a person."""
        return self.library.session.reader
