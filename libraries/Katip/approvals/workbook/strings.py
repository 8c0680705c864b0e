"""Texts of a workbook: shared strings and inline ones, with the fonts of their runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from Katip.approvals.table_cells import TableUnreadable
from Katip.approvals.workbook.archive import Parts, child, is_own, leaf_text, local
from Katip.approvals.workbook.styles import Font, read_font
from Katip.messages import msg

# A character that XML cannot hold is written `_xHHHH_` (ECMA-376, 22.9.2.19).
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class CellText:
    """A text.

    Attributes:
        value: its letters, without the phonetic ones above them.
        fonts: elements of the fonts of its runs that have letters; None for a run in the cell's own font.
        blank: the same of its runs that have blanks only.
    """

    value: str
    fonts: tuple[Element | None, ...] = ()
    blank: tuple[Element | None, ...] = ()

    def runs(self, own: Font) -> tuple[Font, ...]:
        """Return the fonts of its runs that have letters.

        Args:
            own: the cell's own font.
        """
        return tuple(own if font is None else read_font(font, own) for font in self.fonts)

    def points(self, own: Font) -> float:
        """Return the size of its largest letters or blanks; 0 where it has no runs.

        Args:
            own: the cell's own font.
        """
        every = (*self.fonts, *self.blank)
        return max((own.points if font is None else read_font(font, own).points for font in every), default=0.0)


def read_text(element: Element) -> CellText:
    """Return a text.

    Args:
        element: ``si`` of the shared strings, or ``is`` of a cell.
    """
    parts: list[str] = []
    fonts: list[Element | None] = []
    blank: list[Element | None] = []
    if child(element, "t") is not None and child(element, "r") is not None:
        raise TableUnreadable(msg("it can be read in two ways: a text is stored twice; save it again as XLSX"))
    for each in filter(is_own, element):
        if local(each) == "t":
            parts.append(leaf_text(each))
        elif local(each) == "r":
            value = leaf_text(child(each, "t"))
            parts.append(value)
            (fonts if value.strip() else blank).append(child(each, "rPr"))
    return CellText(without_escapes("".join(parts)), tuple(fonts), tuple(blank))


def without_escapes(text: str) -> str:
    """Return a text with its `_xHHHH_` resolved, as a spreadsheet shows it.

    Example:
        >>> without_escapes("_x004F_nayla")
        'Onayla'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def read_shared_strings(parts: Parts, name: str | None) -> list[CellText]:
    """Return the shared strings.

    Args:
        parts: the file's parts.
        name: the name of their part, or None if there is none.
    """
    return [] if name is None else [read_text(element) for element in parts.elements(name, "./si")]
