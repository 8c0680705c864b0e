"""The words of a portal that reading needs."""

from __future__ import annotations

from dataclasses import dataclass

from Katip.reading.pager_texts import PagerWords
from Katip.turkish import Vocabulary


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a portal that reading itself needs.

    Attributes:
        words: its abbreviations.
        pager: how it words its pagers.
        answers: labels that answer a small window ("OK", "Tamam", "Evet", "Hayır").
        loading: beginnings of texts that announce work in progress.
        empty: beginnings of texts that are shown in an empty grid.
        totals: first words of a row of totals.
        trouble: words of a message that a list could not be fetched.
        unfold: names of the control that opens a row's details, where it does not say so by its state.
    """

    words: Vocabulary
    pager: PagerWords
    answers: tuple[str, ...] = ()
    loading: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()
    unfold: tuple[str, ...] = ()

    @property
    def answer_keys(self) -> frozenset[str]:
        """The answers' keys."""
        return self.words.keys(self.answers)

    @property
    def noise(self) -> tuple[str, ...]:
        """Folded beginnings of texts that are neither a row nor a message."""
        return tuple(self.words.key(text) for text in (*self.loading, *self.empty))

    @property
    def pager_noise(self) -> tuple[str, ...]:
        """Folded beginnings of a pager's texts, which are no rows."""
        beginnings = (text.split("{")[0] for text in self.pager.texts)
        return tuple(self.words.key(text) for text in beginnings if text.strip())
