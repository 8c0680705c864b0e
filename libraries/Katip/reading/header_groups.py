"""Find header cells that span several columns, so that a column is also known by the group's words and its own."""

from __future__ import annotations

from collections.abc import Iterator

from Katip.reading.snapshot import Box, Node, Snapshot
from Katip.turkish import visible

_SLACK = 3  # CSS pixels


class HeaderGroups:
    """The header cells of a look, and which of them stand over several others.

    Args:
        snapshot: what is seen.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        cells = [node for node in snapshot.nodes if _is_head(node) and node.box.area]
        self._groups = [cell for cell in cells if sum(_stands_over(cell, other) for other in cells) > 1]

    def is_group(self, node: Node) -> bool:
        """Return True if a node is in a header cell that stands over several others.

        Args:
            node: the node.
        """
        return any(node.within(group) for group in self._groups)

    def full_text(self, node: Node, text: str) -> str:
        """Return the words of the groups that a header is in, from the outermost, and its own.

        Args:
            node: the header's node.
            text: its words.
        """
        cell = next((one for one in [node, *node.ancestors()] if _is_head(one)), None) if self._groups else None
        return visible(" ".join([*self._words_over(cell), text])) if cell is not None else text

    def _words_over(self, cell: Node) -> Iterator[str]:
        over = [group for group in self._groups if _stands_over(group, cell)]
        return (self._snapshot.text_of(group) for group in sorted(over, key=lambda group: group.box.y))


def _is_head(node: Node) -> bool:
    return node.tag == "th" or node.role == "columnheader"


def _stands_over(upper: Node, lower: Node) -> bool:
    """True if a header cell ends above another of the same head, and reaches over it and further."""
    if upper.frame != lower.frame or upper is lower:
        return False
    head = _head_of(upper)
    return head is not None and lower.within(head) and _covers(upper.box, lower.box)


def _head_of(cell: Node) -> Node | None:
    """The element around all lines of headers that a cell is in."""
    line = cell.parent
    if line is None:
        return None
    return next((one for one in line.ancestors() if one.tag in ("thead", "table") or one.role), line.parent)


def _covers(upper: Box, lower: Box) -> bool:
    above = upper.bottom <= lower.y + _SLACK
    covers = upper.x <= lower.x + _SLACK and lower.right <= upper.right + _SLACK
    return above and covers and upper.width > lower.width + _SLACK
