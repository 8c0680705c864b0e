"""Explain why the rows read of a list may be incomplete, or why a list without rows may not be empty."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from Katip.errors import GridUnreadable
from Katip.messages import msg
from Katip.reading import pager_texts
from Katip.reading.cells import Header, Row
from Katip.reading.grids import Grid
from Katip.reading.labels import Kind, Label, sign_of
from Katip.reading.pager_texts import Pager, PagerWords
from Katip.reading.series import is_beside
from Katip.reading.snapshot import Box, Node, Piece, Snapshot
from Katip.turkish import Vocabulary, fold, visible

_ROWS_NAMED = 3
_RIGHT_BELOW = 100  # CSS pixels
_PICTURES = frozenset({"img", "svg", "canvas"})
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
    folded = fold(piece.text)
    around = [piece.node, *list(piece.node.ancestors())[:2]]
    return any(word in folded for word in words) and not any(sign_of(one) in _PRESSED for one in around)


def short_of_pager(pager: Pager, rows: int, unanswered: str) -> GridUnreadable | None:
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


def doubled_column(
    grid: Grid, rows: Sequence[Row], columns: Mapping[str, Label], words: Vocabulary
) -> GridUnreadable | None:
    """Return that a column is there twice, with other texts in the second; None if none is.

    Args:
        grid: the list, with all of its headers.
        rows: the rows that were read.
        columns: name of each known column to its label.
        words: the portal's abbreviations.
    """
    for header, name in _doubled(grid, columns, words):
        for row in rows:
            if row.cells.get(header.column, "") != row.cells.get(name, ""):
                return GridUnreadable(
                    msg("Reading the rows of the grid"),
                    msg('one column "{header}", or the same texts in both', header=header.label),
                    " | ".join(filter(None, row.cells.values())),
                    msg(
                        "Name the column that is meant by the words above it or by another header, under [columns] of your portal file."
                    ),
                )
    return None


def _doubled(grid: Grid, columns: Mapping[str, Label], words: Vocabulary) -> Iterator[tuple[Header, str]]:
    """Yield the headers that read like that of a known column, with its name."""
    known = {key: name for name, label in columns.items() for key in words.keys(label.names)}
    shown = {header.column for header in grid.headers}
    for header in grid.headers:
        name = known.get(words.key(header.label))
        if name is not None and name in shown and header.column not in columns:
            yield header, name


def left_out(rows: Sequence[Row]) -> GridUnreadable | None:
    """Return that rows were left out that may be rows of the list; None if there are none.

    Args:
        rows: the rows that were left out.
    """
    if not rows:
        return None
    return GridUnreadable(
        msg("Reading the rows of the grid"),
        msg("no other rows that look like its own: with an empty name, after a gap, in a second table"),
        "; ".join(" | ".join(text for text in row.cells.values() if text) for row in rows[:_ROWS_NAMED]),
        msg("Look at the list by hand. Nothing was decided on a part of it."),
    )


def not_as_drawn(moved: Sequence[Piece], doubtful: Sequence[str]) -> GridUnreadable | None:
    """Return that texts are drawn elsewhere than in their own row and column, or otherwise than they are written; None if none is.

    Args:
        moved: texts that are drawn elsewhere.
        doubtful: texts that a person may read otherwise, each with the reason.
    """
    if doubtful:
        return GridUnreadable(
            msg("Reading the rows of the grid"),
            msg("each text drawn as it is written, and nothing over it"),
            ", ".join(doubtful[:_ROWS_NAMED]),
            msg("Look at the list by hand. Nothing was decided on a part of it."),
        )
    if not moved:
        return None
    return GridUnreadable(
        msg("Reading the rows of the grid"),
        msg("each text in its own row and column"),
        msg("drawn elsewhere: {texts}", texts=", ".join(f'"{piece.text}"' for piece in moved[:_ROWS_NAMED])),
        msg("Look at the list by hand. Nothing was decided on a part of it."),
    )


def closed(groups: Collection[str]) -> GridUnreadable | None:
    """Return that groups of the list stayed collapsed; None if none did.

    Args:
        groups: the words of their lines.
    """
    if not groups:
        return None
    return GridUnreadable(
        msg("Opening the groups of the grid"),
        msg("the rows of each group"),
        msg("still collapsed: {groups}", groups=", ".join(f'"{text}"' for text in groups)),
        msg("Open the groups by hand, then run again."),
    )


def searched(snapshot: Snapshot, grid: Box, wording: PagerWords) -> GridUnreadable | None:
    """Return that a field beside the grid searches the list for a text; None if there is no such field.

    Args:
        snapshot: what is seen.
        grid: where the grid is.
        wording: words beside a field that searches a list.
    """
    words = {fold(text) for text in wording.search}
    for node in snapshot.nodes:
        labels_of_field = {fold(str(node.raw.get(key, ""))) for key in ("lb", "ph", "a", "by", "ti")}
        searches = node.input_type == "search" or node.role == "searchbox" or bool(labels_of_field & words)
        if node.value and searches and node.tag == "input" and is_beside(node.box, grid):
            return GridUnreadable(
                msg("Reading all rows of the grid"),
                msg("a list that no search narrows down"),
                msg('the search "{text}"', text=node.value),
                msg("Clear the search field by hand, then run again."),
            )
    return None


def picture_below(snapshot: Snapshot, grid: Box) -> GridUnreadable | None:
    """Return that a nameless picture alone below the grid may show more rows; None if there is none.

    Args:
        snapshot: what is seen.
        grid: where the grid is.
    """
    for node in snapshot.nodes:
        away = node.box.y - grid.bottom
        if node.tag not in _PICTURES or not -2 <= away <= _RIGHT_BELOW or not _is_nameless_control(node):
            continue
        if node.box.x >= grid.x and node.box.right <= grid.right and _is_alone(snapshot, node):
            return GridUnreadable(
                msg("Reading all rows of the grid"),
                msg("nothing below it that may show more rows"),
                msg("a picture without words that can be pressed"),
                msg("Look at the list by hand. Nothing was decided on a part of it."),
            )
    return None


def _is_nameless_control(node: Node) -> bool:
    around = [node, *list(node.ancestors())[:2]]
    return any(sign_of(one) is not None for one in around) and not any(one.own_name for one in around)


def _is_alone(snapshot: Snapshot, node: Node) -> bool:
    """True if there is neither text nor another control on the node's line."""
    texts = any(piece.box.same_line(node.box) and piece.text for piece in snapshot.pieces)
    others = [
        one
        for one in snapshot.nodes
        if one.frame == node.frame and one.tag in _PICTURES and one is not node and one.box.same_line(node.box)
    ]
    return not texts and not others


def unread(drawings: Sequence[str]) -> GridUnreadable | None:
    """Return that something in the list, or right below it, is drawn and cannot be read; None if nothing is.

    Args:
        drawings: the kinds of these drawings.
    """
    if not drawings:
        return None
    return GridUnreadable(
        msg("Reading all rows of the grid"),
        msg("nothing in the list or right below it that is drawn and cannot be read"),
        ", ".join(f"<{kind}>" for kind in dict.fromkeys(drawings)),
        msg("Look at the list by hand. Nothing was decided on a part of it."),
    )


def count_not_understood(snapshot: Snapshot, grid: Box, wording: PagerWords, rows: int) -> GridUnreadable | None:
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
