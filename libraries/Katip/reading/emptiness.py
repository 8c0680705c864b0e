"""Say why a list without rows may not be believed to be empty."""

from __future__ import annotations

from collections.abc import Sequence

from Katip.errors import GridUnreadable
from Katip.messages import msg
from Katip.reading.labels import Kind, sign_of
from Katip.reading.snapshot import Piece, Snapshot
from Katip.turkish import fold, visible

_PRESSED = (Kind.BUTTON, Kind.LINK, Kind.MENU, Kind.TAB)  # "Hata Bildir" in a menu is no message


def doubt_of_emptiness(snapshot: Snapshot, trouble: Sequence[str], *, is_loading: bool) -> GridUnreadable | None:
    """Return why a list in which no row is seen is not known to be empty; None if nothing says so.

    Args:
        snapshot: what is seen.
        trouble: words of a message that a list could not be fetched.
        is_loading: True if the page says that it is loading, or an answer is still waited for.
    """
    if is_loading:
        return GridUnreadable(
            msg("Reading a list without rows"),
            msg("rows, or the end of loading"),
            msg("a page that is still loading"),
            msg("Run again when the portal answers."),
        )
    words = [fold(text) for text in trouble]
    message = next((piece.text for piece in snapshot.pieces if _tells(piece, words)), None)
    if message is None:
        return None
    return GridUnreadable(
        msg("Reading a list without rows"),
        msg("no message of a fault beside it"),
        f'"{visible(message)[:160]}"',
        msg("Run again; if it stays, look at the list by hand."),
    )


def _tells(piece: Piece, words: Sequence[str]) -> bool:
    if piece.is_value or not piece.in_sight:
        return False
    told = fold(piece.text)
    around = [piece.node, *list(piece.node.ancestors())[:2]]
    return any(word in told for word in words) and not any(sign_of(one) in _PRESSED for one in around)
