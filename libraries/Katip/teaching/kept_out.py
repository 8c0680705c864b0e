"""Which texts may be in a portal's file: words of the portal's own, never a person's name, a firm's title, or a number.

A text is refused if it holds a number of four digits or more, a masked word, an address, a date, the words of a known name or title,
or a single word of a known person's name that no shipped portal file uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from Katip.turkish import fold, visible

_LONG_NUMBER = re.compile(r"\d(?:[\s.\-/\u2010-\u2015:·_]{0,3}\d){3,}")
_MASKED = re.compile(r"\w?\*{2,}")
_ADDRESS = re.compile(r"\S@\S|https?:|www\.", re.IGNORECASE)
_FEWEST_LETTERS = 3
_MOST_WORDS_OF_A_NAME = 4
_FEWEST_WORDS = 2


class Privacy:
    """Knows the personal texts of one walk.

    Args:
        personal: names, titles, numbers as they were seen in the portal's data.
        common: texts of the shipped portal files; their words identify nobody.
    """

    def __init__(self, personal: Iterable[str], common: Iterable[str]) -> None:
        self._common = {word for text in common for word in fold(text).split()}
        known = {fold(text.rstrip("▾▼⌄ ")) for text in personal} - {""}
        self._whole = {text for text in known if len(text) >= _FEWEST_LETTERS}
        self._words = {
            word
            for text in known
            if len(text.split()) <= _MOST_WORDS_OF_A_NAME
            for word in text.split()
            if len(word) >= _FEWEST_LETTERS and word not in self._common
        }

    def is_personal(self, text: str) -> bool:
        """Return True if a text may not be written.

        Args:
            text: any text that was seen.

        Example:
            >>> Privacy(["GÜL ÇINAR"], ["Onayla"]).is_personal("Onayla (Gül Çınar)")
            True
        """
        shown = visible(text)
        if _LONG_NUMBER.search(shown) or _MASKED.search(shown) or _ADDRESS.search(shown):
            return True
        words = fold(shown)
        padded = f" {words} "
        return any(f" {name} " in padded for name in self._whole) or bool(self._words & set(words.split()))

    def longest_part(self, text: str) -> str:
        """Return the longest part of a sentence that may be written, two words at least and without a digit; else an empty text.

        Args:
            text: for example "GÜL ÇINAR için işlem tamamlandı".

        Example:
            >>> Privacy(["GÜL ÇINAR"], []).longest_part("Gül Çınar için işlem tamamlandı.")
            'için işlem tamamlandı.'
        """
        words = visible(text).split()
        best: list[str] = []
        for part in _parts(words):
            if len(part) <= len(best):
                break
            said = " ".join(part)
            if not any(map(str.isdigit, said)) and not self.is_personal(said):
                best = part
        return " ".join(best) if len(best) >= _FEWEST_WORDS else ""


def _parts(words: list[str]) -> Iterator[list[str]]:
    """All parts of a sentence, the longest first."""
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            yield words[start : start + length]
