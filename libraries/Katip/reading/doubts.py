"""Why a person may read a text otherwise than it is written, as ``eyes/closely.js`` and ``eyes/named.js`` tell it."""

from __future__ import annotations

from typing import Final

from Katip.messages import msg, msg_id

UNANSWERED: Final = "unanswered"
_OVER = "over "
_REASONS: Final = {
    "aside": msg_id("drawn elsewhere by a shadow"),
    "backdrop": msg_id("behind a dialog's ground"),
    "filtered": msg_id("drawn in other colours by a filter"),
    "first": msg_id("with a first letter or line that is drawn in another way"),
    "font": msg_id("in a font that draws some letters only, or others in their place"),
    "highlighted": msg_id("hidden by a highlight"),
    "loading": msg_id("in a font that is not loaded"),
    "mixed": msg_id("mixed with the colours behind it"),
    "otherwise": msg_id("the window shows something else there"),
    "selected": msg_id("hidden by being selected"),
    "transition": msg_id("under a picture of an earlier page"),
    UNANSWERED: msg_id("the page gave no answer about it"),
    "unsaid": msg_id("a name that nobody sees"),
}


def reason(doubt: str) -> str:
    """Return a doubt in words.

    Args:
        doubt: what the page's side told.
    """
    if doubt.startswith(_OVER):
        return msg("{taken} over it", taken=doubt.removeprefix(_OVER))
    return msg(_REASONS[doubt]) if doubt in _REASONS else doubt
