"""Table styles that every spreadsheet program brings and the file therefore does not hold."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

from Katip.approvals.workbook.archive import flag
from Katip.approvals.workbook.colours import WHITE, Palette, Rgb
from Katip.approvals.workbook.styles import Difference

_NAME: Final = re.compile(r"TableStyle(Light|Medium|Dark)([0-9]{1,2})")
_IN_A_ROW: Final = 7  # styles of one look: one in grey, one in each of the six accents
_GREYS: Final[dict[str, Rgb]] = {"0.8": (217, 217, 217), "0.6": (166, 166, 166)}
_FIRST_ACCENT: Final = 4

#: They write in white, but leave a font's own colour.
ON_DARK: Final = Difference(None, (), False, of_built_in_table=True)


def of_built_in(name: str, info: Element, palette: Palette) -> Difference | None:
    """Return what a built-in table style changes below the header; None where it paints nothing.

    Args:
        name: the style's name.
        info: ``tableStyleInfo`` of the table.
        palette: the workbook's colours.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    if found[1] == "Dark":
        return ON_DARK
    look, accent = divmod(int(found[2]) - 1, _IN_A_ROW)
    is_full = found[1] == "Medium" and look in (1, 3)  # the whole body is painted, the stripes are darker
    if not is_full and not flag(info, "showRowStripes") and not flag(info, "showColumnStripes"):
        return None
    if found[1] == "Medium" and look == 2:
        accent = 0
    tints = ("0.8", "0.6") if is_full else ("0.8",)
    return Difference(None, tuple(_ground(accent, tint, palette) for tint in tints), False, of_built_in_table=True)


def _ground(accent: int, tint: str, palette: Palette) -> Rgb:
    if accent == 0:
        return _GREYS[tint]
    return palette.rgb(Element("color", theme=str(_FIRST_ACCENT + accent - 1), tint=tint), WHITE)
