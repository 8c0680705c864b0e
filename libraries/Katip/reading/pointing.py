"""Find a row's control that can be seen, or is named, only while the pointer is over it. Nothing is pressed.

Some lists show a row's buttons only under the pointer, and some name an icon only by a tooltip. A person moves the pointer
there first; so does this module, and takes nothing for granted that did not appear.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress

from Katip.errors import NoEffect
from Katip.messages import msg
from Katip.reading import labels
from Katip.reading.cells import Row
from Katip.reading.controls import Control, Kind, sign_of
from Katip.reading.labels import Label
from Katip.reading.reader import Reader
from Katip.reading.row_controls import controls_in_row, is_in_row
from Katip.reading.snapshot import Box, Node, Piece, Snapshot

_ICON = 64  # CSS pixels: the largest icon
_NEAR = 80  # CSS pixels between an icon and its tooltip
_MOST_ICONS = 8
_PRESSED = (Kind.BUTTON, Kind.LINK, Kind.MENU, Kind.ANY)


def controls_under_pointer(reader: Reader, row: Row, label: Label) -> tuple[list[Control], Snapshot]:
    """Move the pointer over a row, then over its nameless icons, and find the controls of a label that appear or are named so.

    Args:
        reader: the reader that read the row.
        row: the row.
        label: the label.

    Returns:
        The controls, and the look in which they were found; the pointer is over the row.
    """
    pointed = _point_at_row(reader, row)
    if pointed is None:
        return [], reader.seen
    line = pointed.box

    def appeared(snapshot: Snapshot) -> bool | None:
        hits = labels.hits(snapshot, label, reader.wording.words)
        on_line = [hit for hit in hits if hit.in_sight and line.y <= hit.box.middle[1] <= line.bottom]
        return True if on_line else None

    with suppress(NoEffect):
        reader.until(appeared, msg("Moving the pointer over a row"), label.name, reader.patience.moment)
    here = _seen_again(reader, row)
    if here is None:
        return [], reader.seen
    found = controls_in_row(reader.seen, here, label, reader.wording.words)
    return (found, reader.seen) if found else _named_by_tooltip(reader, row, here, label)


def _seen_again(reader: Reader, row: Row) -> Row | None:
    """The row in a new look."""
    return next((here for _, here in reader.row_views(row)), None)


def _point_at_row(reader: Reader, row: Row) -> Row | None:
    """Move the pointer over a text of the row, and wait until what that shows or hides has come to rest."""
    here = _seen_again(reader, row)
    if here is None:
        return None
    texts = [piece for pieces in here.pieces.values() for piece in pieces if piece.in_sight]
    if not texts:
        return None
    reader.driver.wheel(texts[0].node, texts[0].box.middle, 0)
    reader.settled(reader.patience.moment)
    return here


def _named_by_tooltip(reader: Reader, row: Row, here: Row, label: Label) -> tuple[list[Control], Snapshot]:
    """The icons of the row whose tooltip is the label."""
    keys = reader.wording.words.keys(label.names)
    found: list[Control] = []
    tooltip: Sequence[str] = ()
    for place in [icon.box.middle for icon in _icons_of(reader.seen, here)][:_MOST_ICONS]:
        pointed = _point_at_row(reader, row)
        if pointed is None or not _is_gone(reader, tooltip, place):
            return [], reader.seen
        tooltip = _tooltip_at(reader, _a_text_of(pointed).node, place)
        again = _seen_again(reader, row)
        icons = _icons_of(reader.seen, again) if again is not None else []
        found += _named_icon(reader, icons, place, tooltip, keys)
    return found, reader.seen


def icon_named(reader: Reader, label: Label, belongs: Callable[[Node], bool]) -> Control | None:
    """Move the pointer over nameless icons of the page, one after the other, and find the one whose tooltip is a label.

    Args:
        reader: reads the page.
        label: the label.
        belongs: True for a place where the icon may be.

    Returns:
        The icon as a control; None where none or several have that tooltip.
    """
    keys = reader.wording.words.keys(label.names)
    found: list[Control] = []
    tooltip: Sequence[str] = ()
    for icon in list(_icons(reader.seen, belongs))[:_MOST_ICONS]:
        place = icon.box.middle
        reader.driver.move_pointer_away()
        if not _is_gone(reader, tooltip, place):
            return None
        tooltip = _tooltip_at(reader, icon, place)
        found += _named_icon(reader, _icons(reader.seen, belongs), place, tooltip, keys)
    if len(found) == 1:
        return found[0]
    reader.driver.move_pointer_away()
    return None


def _named_icon(
    reader: Reader, icons: Iterable[Node], place: tuple[float, float], tooltip: Sequence[str], keys: Collection[str]
) -> list[Control]:
    """The icon at a place, as a control, if its tooltip is one of the labels."""
    icon = next((one for one in icons if one.box.holds(Box(*place, 0, 0))), None)
    if icon is None or len(tooltip) != 1 or reader.wording.words.key(tooltip[0]) not in keys:
        return []
    return [Control(tooltip[0], Kind.BUTTON, icon, icon, Piece(tooltip[0], icon.box, icon, (icon,)), True)]


def _a_text_of(row: Row) -> Piece:
    return next(piece for pieces in row.pieces.values() for piece in pieces)


def _is_gone(reader: Reader, tooltip: Sequence[str], place: tuple[float, float]) -> bool:
    """True once the tooltip of the icon before is gone: it may fade, and move as it does."""

    def gone(snapshot: Snapshot) -> bool | None:
        return None if any(piece.text in tooltip for piece in _shown_near(snapshot, place)) else True

    try:
        return reader.until(gone, msg("Moving the pointer over an icon"), msg("its name"), reader.patience.part)
    except NoEffect:
        return False


def _tooltip_at(reader: Reader, node: Node, place: tuple[float, float]) -> list[str]:
    """Move the pointer to a place in a node's frame, and return the texts that come near it and stay."""
    known = {piece.text for piece in _shown_near(reader.settled(reader.patience.moment), place)}
    reader.driver.wheel(node, place, 0)

    def new(snapshot: Snapshot) -> list[str] | None:
        return [piece.text for piece in _shown_near(snapshot, place) if piece.text not in known] or None

    try:
        reader.until(new, msg("Moving the pointer over an icon"), msg("its name"), reader.patience.moment)
    except NoEffect:
        return []
    return new(reader.settled(reader.patience.moment)) or []


def _shown_near(snapshot: Snapshot, place: tuple[float, float]) -> list[Piece]:
    return [piece for piece in snapshot.pieces if piece.text and _is_near(piece, place) and _is_shown(piece)]


def _is_shown(piece: Piece) -> bool:
    """True for a text in sight; a tooltip lets the pointer through, so that what is below it seems to cover it."""
    around = [piece.node, *piece.node.ancestors()]
    lets_through = any(one.role == "tooltip" or one.raw.get("d") == "pointer-events" for one in around)
    return piece.in_sight or (lets_through and not piece.cut_off)


def _is_near(piece: Piece, place: tuple[float, float]) -> bool:
    x, y = place
    across = max(piece.box.x - x, x - piece.box.right, 0)
    down = max(piece.box.y - y, y - piece.box.bottom, 0)
    return across <= _NEAR and down <= _NEAR


def _icons_of(snapshot: Snapshot, row: Row) -> list[Node]:
    return list(_icons(snapshot, lambda node: is_in_row(snapshot, row, node)))


def _icons(snapshot: Snapshot, belongs: Callable[[Node], bool]) -> Iterator[Node]:
    """Return the clickable elements of a place that have an icon's size and no text."""
    for node in snapshot.nodes:
        if _is_icon(node) and not snapshot.text_of(node) and belongs(node):
            yield node


def _is_icon(node: Node) -> bool:
    """True for a control of an icon's size, in sight, without a name and without another control in it."""
    if not (0 < node.box.width <= _ICON and 0 < node.box.height <= _ICON) or node.checkable:
        return False
    if sign_of(node) not in _PRESSED or not node.in_sight or node.own_name:
        return False
    return not any(sign_of(one) in _PRESSED for one in node.walk() if one is not node)
