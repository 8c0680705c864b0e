"""Fuzzy matching: find the text of a page that is most like a label which is not there."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from Katip.portal import Portal
from Katip.reading.controls import Label
from Katip.turkish import fold

# Ratios of difflib: of two whole texts, and of each pair of their words.
_NEAR, _NEAR_WORD = 0.75, 0.6
# Words of controls that undo, refuse or begin something: never proposed in place of another label.
_NEVER = frozenset(map(fold, ("iptal", "sil", "reddet", "red", "sonlandır", "fesih", "vazgeç", "yeni")))
LONGEST = 80  # characters: a longer text is no label
_SHORT_WORD = 3


class Near:
    """The texts of a page that are no wording of the portal's file, to find the one most like a label.

    Args:
        portal: the portal.
        texts: all texts of the page.
    """

    def __init__(self, portal: Portal, texts: Iterable[str]) -> None:
        words = portal.wording.words
        every = (*portal.labels.values(), *portal.columns.values())
        known = words.keys(name for label in every for name in (*label.names, *label.near))
        self._texts = [
            each
            for each in dict.fromkeys(texts)
            if 0 < len(each) <= LONGEST and words.key(each) not in known and not _NEVER & set(fold(each).split())
        ]

    def of(self, label: Label) -> str:
        """Return the text most like a label; empty where none is alike."""
        near = [each for each in self._texts if is_near(each, label.names)]
        return max(near, key=lambda each: max(_likeness(fold(each), fold(name)) for name in label.names), default="")


def is_near(one: str, names: Iterable[str]) -> bool:
    """True if a text is much like one of several wordings.

    Args:
        one: the text.
        names: the wordings.
    """
    return any(_say_alike(fold(one), fold(name)) for name in names)


def _say_alike(one: str, other: str) -> bool:
    """Return True if two texts are much alike, and, where they have as many words, each word is like its counterpart."""
    words, others = one.split(), other.split()
    if len(words) == len(others):
        alike = all(_likeness(*pair) >= _NEAR_WORD for pair in zip(words, others, strict=True))
        return alike and _likeness(one, other) >= _NEAR
    few, many = sorted((words, others), key=len)
    holds = bool(few) and all(len(word) > _SHORT_WORD for word in few) and set(few) <= set(many)
    return _likeness(one, other) >= _NEAR or (holds and len(many) <= len(few) + 2)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
