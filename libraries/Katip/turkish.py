"""Compare words the way a Turkish reader does: ``İ ı I i``, circumflexes, hyphens, dots and blanks do not matter.

The source document itself writes one label in several ways ("İSG-KÂTİP", "İSG KATİP", "ISG-KATIP", "Grv. Başlama Trh.",
"Grv. Başlama Tarih"; DOK.10.01 rev 05, 5.4 to 5.10), so nothing in this project compares labels or names letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufe00-\ufe0f]")
_ICON = re.compile(
    "[\ue000-\uf8ff\U000f0000-\U0010fffd\u25a0-\u25ff\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff]"
)
_LETTERS = str.maketrans({"I": "i", "ı": "i", "İ": "i", "Â": "a", "â": "a", "Î": "i", "î": "i", "Û": "u", "û": "u"})
_NOT_WORD = re.compile("[^\\w&+%/$*{}<>=#@\\\\\u0334-\u0338\u20d2\u20d3\u20e5]+")  # strokes through letters are kept
_COUNTER = re.compile(r"\s*[(\[]\s*\d+\s*[)\]]\s*$")


def visible(text: str) -> str:
    r"""Return a text as it is seen: composed letters, single blanks, without invisible characters.

    Args:
        text: any text, for example what a page holds.

    Returns:
        The text in NFC, soft hyphens and zero-width characters removed, every run of blanks made one.

    Example:
        >>> visible("Adı\u00a0  Soyadı\u200b ")
        'Adı Soyadı'
    """
    if not text.isascii():  # ASCII holds neither letters to be composed nor any that cannot be seen
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def for_terminal(text: str) -> str:
    r"""Return a text in one line that no terminal obeys: control, format and direction characters as escapes.

    Args:
        text: any text, for example a file's name or what is in a foreign file.

    Example:
        >>> print(for_terminal("a\x1b[2K\u202eb"))
        a\x1b[2K\u202eb
    """
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape", "surrogatepass").decode("ascii")
        for letter in text
    )


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return the form of a text in which two writings of the same words are equal.

    Case is folded the Turkish way (all of ``I ı İ i`` are one letter, because capitals are often made by programs that know no
    Turkish), circumflexes are dropped, and everything that is neither a letter, a digit nor a telling sign becomes a blank.
    ``ş ç ğ ö ü`` are kept: they distinguish names.

    Args:
        text: a label, a name or a status.

    Returns:
        The folded words, separated by single blanks.

    Example:
        >>> fold("İSG-KÂTİP") == fold("ISG  katip.")
        True
    """
    shown = _ICON.sub(" ", visible(text)).translate(_LETTERS)
    # Programs that know no Turkish make "i̇" (i and a dot above) of "İ".
    folded = unicodedata.normalize("NFC", shown.casefold()).replace("i\u0307", "i")
    return " ".join(_NOT_WORD.sub(" ", folded).split())


def same(left: str, right: str) -> bool:
    """Return True if two texts are the same words to a Turkish reader.

    Args:
        left: one text.
        right: the other.

    Returns:
        True if their folded forms are equal and not empty.

    Example:
        >>> same("ONAY BEKLİYOR", "Onay Bekliyor")
        True
        >>> same("Kayıt", "Kayıtlı Kullanıcı Girişi")
        False
    """
    return bool(fold(left)) and fold(left) == fold(right)


def without_counter(text: str) -> str:
    """Return a label without a number in brackets at its end ("Sözleşmeler (2)").

    Args:
        text: a label as shown.

    Returns:
        The label without such a number; other brackets stay.

    Example:
        >>> without_counter("Sözleşmeler (2)")
        'Sözleşmeler'
    """
    return _COUNTER.sub("", text)


class Vocabulary:
    """The abbreviations that one portal's labels use, so that "Grv. Başlama Trh." is "Görev Başlama Tarihi".

    Args:
        abbreviations: short word to the words that it may represent, for example ``{"trh": ["tarih", "tarihi"]}``.
    """

    def __init__(self, abbreviations: Mapping[str, Iterable[str]] | None = None) -> None:
        self._short = {
            fold(word): fold(short) for short, words in (abbreviations or {}).items() for word in [short, *words]
        }
        self._keys: dict[str, str] = {}

    def key(self, label: str) -> str:
        """Return the form in which two wordings of one label are equal, also one that is spaced out ("O K", "O N A Y L A").

        Args:
            label: a label as shown or as configured.

        Returns:
            The folded label, each word that has an abbreviation replaced by it, the mark of a required field left out.

        Example:
            >>> words = Vocabulary({"trh": ["tarih", "tarihi"], "grv": ["görev"]})
            >>> words.key("Grv. Başlama Trh.") == words.key("Görev Başlama Tarihi")
            True
        """
        known = self._keys.get(label)
        if known is None:
            words = [word for word in (word.strip("*") for word in fold(label).split()) if any(map(str.isalnum, word))]
            if len(words) > 1 and all(len(word) == 1 and word.isalpha() for word in words):
                words = ["".join(words)]
            known = " ".join(self._short.get(word, word) for word in words)
            self._keys[label] = known
        return known

    def keys(self, labels: Iterable[str]) -> frozenset[str]:
        """Return the keys of several wordings of one label.

        Args:
            labels: the wordings.

        Returns:
            Their keys, empty ones left out.
        """
        return frozenset(filter(None, map(self.key, labels)))


def name_key(name: str) -> str:
    """Return the folded form of a person's name that keeps the lengths of masked words.

    Args:
        name: a name, in full or masked.

    Example:
        >>> name_key("G** Ç****") == name_key("G*** Ç***")
        False
    """
    return fold(name.replace("*", "q"))


_MASKED_WORD = re.compile(r"^(\w?)\*+$")


def names_agree(left: str, right: str) -> bool:
    """Return True if two writings of a person's name can be the same person's.

    A name that a portal masks agrees with a full one by the first letter and the length of each word.

    Args:
        left: a name, in full or masked (``G** Ç****``).
        right: another one.

    Example:
        >>> names_agree("G** Ç****", "GÜL ÇINAR"), names_agree("G** Ç****", "GÜL ÇINARLI")
        (True, False)
    """
    if "*" not in left + right:
        return same(left, right)
    one, other = visible(left).split(), visible(right).split()
    return len(one) == len(other) > 0 and all(map(_words_agree, one, other))


def _words_agree(left: str, right: str) -> bool:
    if not (_MASKED_WORD.match(left) or _MASKED_WORD.match(right)):
        return same(left, right)
    letters = [text[:1] for text in (left, right) if not text.startswith("*")]
    return len(left) == len(right) and (len(letters) < 2 or same(*letters))
