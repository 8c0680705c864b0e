"""Leave out the line of signs and numbers that turns a list's pages: it is no row, wherever its cells lie."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from Katip.reading.snapshot import Node, Piece, Snapshot
from Katip.turkish import fold, visible

_MOST_DIGITS = 4
_LEAST_NUMBERS = 2


@dataclass(frozen=True, slots=True)
class PagerLines:
    """Knows the lines that hold nothing but a pager's words, signs and page numbers.

    Attributes:
        words: the forms of its words and signs, as `forms_of` gives them.
    """

    words: Collection[str] = frozenset()

    def without(self, snapshot: Snapshot, candidates: Sequence[tuple[Piece, Node]]) -> list[tuple[Piece, Node]]:
        """Return the candidates without those that are a pager's line.

        Args:
            snapshot: what is seen.
            candidates: a text and the element of each line under the headers.
        """
        return [(piece, node) for piece, node in candidates if not self.are(snapshot.pieces_in(node))]

    def are(self, pieces: Iterable[Piece]) -> bool:
        """Return True if texts are a pager's, and nothing else.

        Args:
            pieces: the texts of one line.
        """
        shown = sorted((piece for piece in pieces if piece.text and not piece.cut_off), key=lambda piece: piece.box.x)
        texts = [token for piece in shown for token in self._tokens(piece.text)]
        if not all(map(self._may_be_in_one, texts)):
            return False
        return any(map(self._turns, texts)) or _count_up([int(text) for text in texts if _is_number(text)])

    def _may_be_in_one(self, text: str) -> bool:
        return self._turns(text) or _is_number(text) or not any(map(str.isalnum, text))

    def _tokens(self, text: str) -> list[str]:
        """Return a text as a whole where it is a word of a pager, else its parts between blanks."""
        return [text] if self._turns(text) else text.split()

    def _turns(self, text: str) -> bool:
        return not forms_of([text]).isdisjoint(self.words)


def forms_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the writings in which words and signs are compared: signs as they are, words folded.

    Args:
        texts: words or signs.
    """
    shown = {visible(text) for text in texts}
    return frozenset(form for text in shown for form in (text.casefold(), fold(text)) if form)


def _count_up(numbers: Sequence[int]) -> bool:
    """True for several numbers, each larger than the one before."""
    return len(numbers) >= _LEAST_NUMBERS and all(one < other for one, other in pairwise(numbers))


def _is_number(text: str) -> bool:
    return text.isdigit() and len(text) <= _MOST_DIGITS
