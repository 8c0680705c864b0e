"""Say why the rows that were read of a list may not be all of them, or why a list without rows may not be empty."""

from __future__ import annotations

from collections.abc import Sequence

from Katip.errors import GridUnreadable
from Katip.messages import msg
from Katip.reading import pager_texts
from Katip.reading.labels import Kind, sign_of
from Katip.reading.pager_texts import Pager, PagerWords
from Katip.reading.snapshot import Box, Piece, Snapshot
from Katip.turkish import fold, visible

_PRESSED = (Kind.BUTTON, Kind.LINK, Kind.MENU, Kind.TAB)  # "Hata Bildir" in a menu is no message


def doubt_of_emptiness(snapshot: Snapshot, trouble: Sequence[str], *, is_loading: bool) -> GridUnreadable | None:
    """Return why a list in which no row is seen may not be empty; None if nothing says so.

    Args:
        snapshot: what is seen.
        trouble: words of a message that a list could not be fetched.
        is_loading: True if the page says that it is loading, or a request is under way.
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


def told_by_pager(pager: Pager, rows: int, unanswered: str) -> GridUnreadable | None:
    """Return how the rows that were read contradict what the pager says on the last page; None if they do not.

    Args:
        pager: what the pager says.
        rows: how many rows were read.
        unanswered: the label of a control for the next page that changed nothing; else empty.
    """
    if pager.pages is not None and pager.page is not None and pager.page < pager.pages:
        return GridUnreadable(
            msg("Walking the grid's pages"),
            msg("all {pages} pages", pages=pager.pages),
            msg("the walk ended on page {page}", page=pager.page),
            _wording_hint(),
        )
    expected = pager.rows_in_all
    if expected is not None:
        if expected == rows:
            return None
        return GridUnreadable(
            msg("Reading all pages of the grid"),
            msg("{expected} rows as the pager says", expected=expected),
            msg("{count} rows", count=rows),
        )
    if not pager.exact and (pager.total or 0) > rows:
        return GridUnreadable(
            msg("Reading all pages of the grid"),
            msg("about {total} rows as the pager says", total=pager.total),
            msg("{count} rows", count=rows),
        )
    if unanswered and not pager.is_last:
        return GridUnreadable(
            msg("Walking the grid's pages"),
            msg('other rows after "{unanswered}" was pressed', unanswered=unanswered),
            msg("the same rows"),
            _wording_hint(),
        )
    return None


def not_understood(snapshot: Snapshot, grid: Box, wording: PagerWords, rows: int) -> GridUnreadable | None:
    """Return that a text near the grid counts more than was read and is not understood; None if there is no such text.

    Args:
        snapshot: what is seen after the last page was read.
        grid: where the grid is.
        wording: how the portal words its pagers.
        rows: how many rows were read.
    """
    text = pager_texts.not_understood(snapshot, grid, wording, rows)
    if text is None:
        return None
    return GridUnreadable(
        msg("Reading the grid's pager"), msg("a text that is understood"), f'"{text}"', _wording_hint()
    )


def _wording_hint() -> str:
    return msg("If the portal's pager is worded otherwise, add its words to the portal's file under [pager].")
