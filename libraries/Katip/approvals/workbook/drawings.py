"""Where drawings of a sheet lie: pictures, shapes, charts, controls and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from Katip.approvals.workbook.archive import attribute, child, local
from Katip.approvals.workbook.areas import Area
from Katip.approvals.workbook.extent import Extent

EVERYWHERE: Final = Area(1, 1, 1_048_576, 16_384)
_HALF_TURN: Final = 180 * 60_000  # ECMA-376, 20.1.10.3
_ANCHORS: Final = frozenset({"twoCellAnchor", "oneCellAnchor", "anchor"})
_DRAWN: Final = re.compile(r"<(?:\w+:)?ClientData\b.*?</(?:\w+:)?ClientData\s*>", re.DOTALL | re.IGNORECASE)
_ANCHOR: Final = re.compile(r"<(?:\w+:)?Anchor\b[^>]*>([^<]*)<", re.IGNORECASE)
_STYLE: Final = re.compile(r"""\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def anchored(anchor: Element, extent: Extent) -> Area | None:
    """Return the cells that a drawing overlaps; None for what is no anchor.

    Args:
        anchor: an element of a drawing's part, or of a control in the sheet's own.
        extent: the sizes of the sheet's rows and columns.
    """
    area = _placed(anchor, extent)
    if area is not None and _reaches_out(anchor):
        return EVERYWHERE
    return extent.turned(area) if area is not None and _is_turned(anchor) else area


def _placed(anchor: Element, extent: Extent) -> Area | None:
    """Return the cells that a drawing overlaps while it is not turned; None for what is no anchor."""
    kind = local(anchor)
    if kind == "absoluteAnchor":
        left, top = (max(_whole(child(anchor, "pos"), name), 0) for name in ("x", "y"))
        start = (extent.row_reached(1, top) - 1, extent.column_reached(1, left) - 1)
    elif kind in _ANCHORS:
        start = _marker(_of_any_namespace(anchor, "from"))
    else:
        return None
    first_row, first_column = max(start[0], 0) + 1, max(start[1], 0) + 1
    end = _of_any_namespace(anchor, "to")
    if end is None:
        size = child(anchor, "ext")
        bottom = extent.row_reached(first_row, _whole(size, "cy"))
        right = extent.column_reached(first_column, _whole(size, "cx"))
        return Area(first_row, first_column, bottom, right)
    row, column = _marker(end)
    if (row, column) < (0, 0) or row < start[0] or column < start[1] or _has_negative_offset(anchor):
        return EVERYWHERE  # no program writes it, and each draws it elsewhere
    # An end at the very edge of a cell does not reach into it; one farther than the cell's end reaches into the next ones.
    down, across = _marker_offset(end, "rowOff"), _marker_offset(end, "colOff")
    bottom = extent.row_reached(row + 1, down) if down else row
    right = extent.column_reached(column + 1, across) if across else column
    return Area(first_row, first_column, max(bottom, first_row), max(right, first_column))


def _reaches_out(anchor: Element) -> bool:
    """Return True if a part of a group lies outside of the group's own frame, which alone the anchor places."""
    for group in (each for each in anchor.iter() if local(each) == "grpSp"):
        left, top, width, height = _frame(group, "chOff", "chExt")
        for each in group:
            x, y, across, down = _frame(each, "off", "ext")
            if (across or down) and (x < left or y < top or x + across > left + width or y + down > top + height):
                return True
    return False


def _frame(shape: Element, start: str, size: str) -> tuple[int, int, int, int]:
    """Return place and size of a shape, or of the coordinates in a group; zeros where it has none."""
    holders = [shape, *(each for each in shape if local(each) in ("spPr", "grpSpPr"))]
    found = next((frame for each in holders if (frame := _of_any_namespace(each, "xfrm")) is not None), None)
    if found is None:
        return 0, 0, 0, 0
    place, extent = _of_any_namespace(found, start), _of_any_namespace(found, size)
    return _whole(place, "x"), _whole(place, "y"), _whole(extent, "cx"), _whole(extent, "cy")


def _has_negative_offset(anchor: Element) -> bool:
    return any(_marker_offset(marker, name) < 0 for marker in anchor for name in ("rowOff", "colOff"))


def _is_turned(anchor: Element) -> bool:
    """Return True if a drawing, or a part of it, is turned by anything but half a turn."""
    turns = (each.get("rot", "0") for each in anchor.iter() if local(each) in ("xfrm", "rot"))
    return any(not turn.lstrip("-").isdigit() or int(turn) % _HALF_TURN for turn in turns)


def _of_any_namespace(element: Element, name: str) -> Element | None:
    return next((each for each in element if local(each) == name), None)


def _marker(element: Element | None) -> tuple[int, int]:
    return _marker_offset(element, "row"), _marker_offset(element, "col")


def _marker_offset(element: Element | None, name: str) -> int:
    found = _of_any_namespace(element, name) if element is not None else None
    text = (found.text or "").strip() if found is not None else ""
    return int(text) if text.lstrip("-").isdigit() else 0


def _whole(element: Element | None, name: str) -> int:
    text = attribute(element, name) if element is not None else ""
    return int(text) if text.lstrip("-").isdigit() else 0


def decoded(vml: bytes) -> str:
    """Return the text of a VML drawing's part.

    Args:
        vml: its bytes.
    """
    is_utf16 = vml.startswith((b"\xff\xfe", b"\xfe\xff"))
    return vml.decode("utf-16" if is_utf16 else "utf-8", "replace")


def drawn(vml: str) -> Iterator[Area]:
    """Yield the cells that anything of a VML drawing overlaps, but for notes that are not shown; VML is often no valid XML.

    Args:
        vml: its text. What does not say where it is may be anywhere.
    """
    end = 0
    for found in _DRAWN.finditer(vml):
        before, end = vml[end : found.start()], found.end()
        anchor = _ANCHOR.search(found[0])
        numbers = [int(part) for part in re.findall(r"-?\d+", anchor[1])] if anchor else []
        if _is_hidden_note(before, found[0]):
            continue
        if len(numbers) == 8:
            left, _, top, _, right, _, bottom, _ = numbers
            yield Area(top + 1, left + 1, bottom + 1, right + 1)
        else:
            yield EVERYWHERE


def _is_hidden_note(before: str, data: str) -> bool:
    """Return True for a note that is shown only under the pointer.

    Args:
        before: what is written before its data, from the end of the previous shape's.
        data: its ``ClientData``.
    """
    is_note = re.search(r"""ObjectType\s*=\s*["']Note["']""", data, re.IGNORECASE)
    if not is_note or re.search(r"<(?:\w+:)?Visible\b", data, re.IGNORECASE):
        return False
    style = _STYLE.search(before, before.rfind("shapetype>") + 1)  # the shape's own, not that of what it holds
    return bool(style and re.search(r"visibility\s*:\s*hidden", style[1] or style[2] or "", re.IGNORECASE))
