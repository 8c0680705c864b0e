"""Choose the words by which a page is known again: words of the portal's own that no other page of the walk has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from Katip.reading.snapshot import Piece, Snapshot
from Katip.teaching.kept_out import Privacy
from Katip.teaching.walk import texts_of
from Katip.turkish import Vocabulary, fold

MARKS = ("all", "any", "fields", "columns", "texts", "none")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "legend", "caption"})
_GREETINGS = ("hoş", "hoşgeldiniz", "merhaba", "sayin", "welcome", "hello")
_MOST = 4
_LONGEST = 60  # characters


class Marks:
    """Chooses marks for the pages of one walk.

    Args:
        words: the portal's abbreviations.
        privacy: knows what may not be written.
        cells: the texts of the list and in the form: data, and no words of a page.
    """

    def __init__(self, words: Vocabulary, privacy: Privacy, cells: Collection[str]) -> None:
        self._words, self._privacy = words, privacy
        self._cells = {fold(text) for text in cells}

    def marks_of(
        self, page: str, snapshot: Snapshot, others: Sequence[Snapshot], *, after_choice: bool
    ) -> dict[str, Any]:
        """Return a section `[pages.NAME]` for a page.

        Args:
            page: the page's key.
            snapshot: what is seen on it.
            others: other pages of the walk, which must not be taken for it.
            after_choice: True if a page after the choice of the workplace was seen.

        Returns:
            The section; empty where nothing distinguishes the page.
        """
        elsewhere = {self._words.key(text) for other in others for text in texts_of(other)}
        whole = {"form": ["@save"], "home": ["@module"]}.get(page, [])

        def telling(texts: Iterable[str]) -> list[str]:
            return [text for text in texts if self._is_mark(text) and self._words.key(text) not in elsewhere]

        headings = telling(self.headings(snapshot))
        found = list(dict.fromkeys(headings or [t for t in telling(texts_of(snapshot)) if not _is_name(t)]))[:_MOST]
        if not found and not whole:
            return {}
        marks: dict[str, Any] = {"all": whole} if whole else {}
        marks |= {"any": found} if found else {}
        return marks | ({"none": ["@module"]} if page == "workplaces" and after_choice else {})

    def headings(self, snapshot: Snapshot) -> list[str]:
        """Return the headings of a page that may be written.

        Args:
            snapshot: what is seen.
        """
        found = [piece.text for piece in snapshot.pieces if _is_heading(piece) and self._is_mark(piece.text)]
        return list(dict.fromkeys(found))[:_MOST]

    def _is_mark(self, text: str) -> bool:
        """True for words of the portal's own: neither personal, nor data of the list, nor a number, nor a greeting."""
        folded = fold(text)
        return (
            0 < len(text) <= _LONGEST
            and not any(map(str.isdigit, text))
            and any(map(str.isalpha, text))
            and folded not in self._cells
            and not set(folded.split()) & set(_GREETINGS)
            and not self._privacy.is_personal(text)
        )


def _is_name(text: str) -> bool:
    """True for two to four words in capitals, which may be a person's name."""
    return 2 <= len(text.split()) <= 4 and text.upper() == text


def _is_heading(piece: Piece) -> bool:
    if piece.is_value or not piece.in_sight:
        return False
    return any(node.tag in _HEADINGS or node.role == "heading" for node in [*piece.node.ancestors()][:3])
