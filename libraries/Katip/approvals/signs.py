"""Characters that show something else than the text they are part of."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_PLAIN: Final = re.compile(r"[ -~\s\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2014\u2018-\u201e\u2026]*")
#: Without a width and without an effect on what is drawn around them.
_WITHOUT_EFFECT: Final = frozenset("\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff\t\n\r")
#: Letters and symbols (by their category) that no font draws.
_WITHOUT_INK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
#: The combining class of marks that are drawn through a letter (Unicode, 4.3): strokes and slashes.
_OVERLAY: Final = 1
_NEVER_A_TEXT: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Me"})


def misleading(text: str) -> str:
    r"""Return the first character because of which a text is not seen as it is; empty where there is none.

    Args:
        text: a cell's text.

    Returns:
        A direction control, a stroke through a letter, an enclosing mark, a letter without ink, a control character or one that
        only a private font has, as ``U+XXXX``.

    Example:
        >>> misleading("Ayşe"), misleading("\u202e321")
        ('', 'U+202E')
    """
    if _PLAIN.fullmatch(text):
        return ""
    composed = unicodedata.normalize("NFC", text)
    return next((f"U+{ord(letter):04X}" for letter in composed if _misleads(letter)), "")


def _misleads(letter: str) -> bool:
    if letter in _WITHOUT_EFFECT:
        return False
    overlay = unicodedata.combining(letter) == _OVERLAY
    return overlay or letter in _WITHOUT_INK or unicodedata.category(letter) in _NEVER_A_TEXT
