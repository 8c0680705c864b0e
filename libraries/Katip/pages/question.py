"""The question that may follow "Kayıt": what it asks for, which of its buttons agrees to it, and why it is left unanswered."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from Katip.consent_words import speaks_of_consent
from Katip.messages import msg
from Katip.reading.boxes import check_boxes, tied_words_of
from Katip.reading.controls import Control
from Katip.reading.snapshot import Node, Snapshot
from Katip.reading.windows import Window
from Katip.turkish import Vocabulary, fold, visible

# What a question asks for, or says that it will do, beside the approval: rejecting, cancelling, deleting, ending, giving up.
_ANOTHER_ACT = re.compile(
    r"\b(reddet|iptal et|sil|feshet|sonlandir|kaldir|vazgeç|geri al)(mek|mak|meyi|mayi)\b"
    r"|\b(reddedil|iptal edil|silin|feshedil|sonlandiril|kaldiril|geri alin)(ecek|acak|sin)"
)
_BETWEEN_WORDS = re.compile(r"[\s,;.!]+")


def asked_words(snapshot: Snapshot, window: Window) -> str:
    """Return the words of a question without those of its own check boxes that are off.

    Agreeing to the question leaves such a box off, so that its words are not part of what is agreed to.

    Args:
        snapshot: what is seen.
        window: the question's window.
    """
    shown = visible(window.text)
    for box in check_boxes(snapshot, window.node):
        if box.selected:
            continue
        for words in [_label_of(snapshot, box), *tied_words_of(snapshot, box)]:
            if words and shown.count(words) == 1:
                shown = visible(shown.replace(words, " "))
    return shown


def _label_of(snapshot: Snapshot, box: Node) -> str:
    label = next((node for node in box.ancestors() if node.tag == "label"), None)
    return visible(snapshot.text_of(label)) if label is not None else ""


def why_not_agreed(text: str, named: Sequence[str]) -> str:
    """Return why a question may not be agreed to; an empty text if the portal's file names it and it asks for nothing else.

    Args:
        text: the question's words.
        named: words of questions that the file names (`[window] asks`).
    """
    folded = fold(text)
    found = [fold(words) for words in named if fold(words) in folded]
    if not found:
        return msg("if every approval asks so, add the question's words to the portal's file under [window] asks")
    if speaks_of_consent(text):
        return msg("its text names a consent that only a person may give")
    for words in found:
        folded = folded.replace(words, " ")
    return msg("its text names another action than the approval") if _ANOTHER_ACT.search(folded) else ""


def agreeing_button(buttons: Sequence[Control], agreements: Collection[str], words: Vocabulary) -> Control | None:
    """Return the one button that agrees: its label is an agreement, or made of agreements alone ("Evet, onayla").

    Args:
        buttons: the question's buttons.
        agreements: keys of labels that agree, and of the approval itself.
        words: the portal's abbreviations.
    """
    found = [button for button in buttons if words.key(button.name) in agreements]
    found = found or [button for button in buttons if _is_made_of(button.name, agreements, words)]
    return found[0] if len(found) == 1 else None


def _is_made_of(name: str, agreements: Collection[str], words: Vocabulary) -> bool:
    keys = [words.key(part) for part in _BETWEEN_WORDS.split(name)]
    return any(keys) and all(key in agreements for key in keys if key)
