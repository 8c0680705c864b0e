"""The words of the consent to automatic updates, which is the person's own."""

from __future__ import annotations

import re

from Katip.turkish import fold

# Source: the separate consent "Otomatik Güncelleme Onay İzni" of the portal's form; it is never given by a robot.
# Compared without blanks and Turkish letters; "Rıza" alone is a person's name.
_CONSENT = re.compile(
    r"(otomatik|kendiliginden).{0,40}?(guncel|yenile|uzat|uzama|artir|onay)"
    r"|(guncelle|yenile|uzat).{0,20}?(otomatik|kendiliginden)"
    r"|(guncelleme|yenileme|uzatma)\w{0,8}izn"
    r"|muvafakat|onayizni|izinver|acikriza|riza(goster|veriyor|veririm|beyan)"
)
_CONSENT_WORDS = re.compile(r"\boto (guncelle|yenile|uzat)|\brizam")  # whole words
_WITHOUT_MARKS = str.maketrans("şçğöü", "scgou")


def speaks_of_consent(text: str) -> bool:
    """Return True if words speak of the consent to automatic updates, which is the person's own.

    Args:
        text: a label or a sentence.

    Example:
        >>> speaks_of_consent("Otomatik Güncelleme Onay İzni")
        True
    """
    folded = fold(text).translate(_WITHOUT_MARKS)
    return bool(_CONSENT.search(folded.replace(" ", "")) or _CONSENT_WORDS.search(folded))
