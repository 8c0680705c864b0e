"""Colours of a workbook, and whether a text contrasts with its background."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from openpyxl.styles.colors import COLOR_INDEX

from Katip.approvals.table_cells import TableUnreadable
from Katip.approvals.workbook.archive import Parts, child, local
from Katip.approvals.workbook.attributes import real, truth, whole
from Katip.messages import msg

Rgb = tuple[int, int, int]

BLACK: Final[Rgb] = (0, 0, 0)
WHITE: Final[Rgb] = (255, 255, 255)
# Contrast by WCAG 2.1, 1.4.3 (21 is black on white, 1 none): light grey D9D9D9 on white has 1.4 and can just be read.
LEAST_CONTRAST: Final = 1.3
# The theme of Office 2013; the order is that of the attribute `theme` (ECMA-376, 18.8.3).
_THEME: Final = (
    "FFFFFF", "000000", "E7E6E6", "44546A", "5B9BD5", "ED7D31", "A5A5A5", "FFC000", "4472C4", "70AD47", "0563C1", "954F72",
)  # fmt: skip
_LETTERS_OF_THE_SYSTEM: Final = 64  # the automatic colour (ECMA-376, 18.8.27)
_GROUND_OF_THE_SYSTEM: Final = 65
_WAYS: Final = ("auto", "indexed", "theme", "rgb")
_SYSTEM: Final = {"window": "FFFFFF", "windowText": "000000"}
_SCHEME: Final = (
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours that a workbook refers to.

    Attributes:
        theme: the theme's colours, by their number.
        indexed: the indexed colours, by their number.
    """

    theme: Sequence[str] = _THEME
    indexed: Sequence[str] = tuple(COLOR_INDEX)

    def rgb(self, colour: Element | None, otherwise: Rgb) -> Rgb:
        """Return a colour.

        Args:
            colour: the element that names it, or None.
            otherwise: the colour where none is named, or it is "automatic".
        """
        if colour is None:
            return otherwise
        ways = [way for way in _WAYS if colour.get(way) is not None and (way != "auto" or truth(colour.get(way, "0")))]
        named = {self._named(colour, way, otherwise) for way in ways} or {otherwise}
        if len(named) > 1:
            raise TableUnreadable(
                msg("it can be read in two ways: a colour is named as two colours; set the letters back to black")
            )
        return named.pop()

    def _named(self, colour: Element, way: str, otherwise: Rgb) -> Rgb:
        """Return the colour that one attribute of an element names."""
        text = colour.get(way, "")
        if way == "auto":
            return otherwise
        if way == "rgb":
            base = text.strip()
        else:
            known = self.theme if way == "theme" else self.indexed
            number = whole(text, len(known))
            if way == "indexed" and number in (_LETTERS_OF_THE_SYSTEM, _GROUND_OF_THE_SYSTEM):
                return WHITE if number == _GROUND_OF_THE_SYSTEM else otherwise
            base = known[number] if number < len(known) else ""
        found = _parsed(base)
        return otherwise if found is None else _tinted(found, colour.get("tint"))


def read_palette(parts: Parts, theme: str | None, styles: Element | None) -> Palette:
    """Read a workbook's colours.

    Args:
        parts: the file's parts.
        theme: the name of the theme's part, or None.
        styles: the root of styles.xml, or None.
    """
    colours = child(styles, "colors") if styles is not None else None
    own = child(colours, "indexedColors") if colours is not None else None
    indexed = [each.get("rgb", "") for each in own] if own is not None else []
    indexed += COLOR_INDEX[len(indexed) :]  # a palette of the file replaces the first ones only
    if theme is None or not parts.has(theme):
        return Palette(_THEME, indexed)
    scheme = next((each for each in parts.root(theme).iter() if local(each) == "clrScheme"), None)
    named = {local(each): each for each in scheme} if scheme is not None else {}
    return Palette([_scheme_colour(named.get(name), index) for index, name in enumerate(_SCHEME)], indexed)


def _scheme_colour(element: Element | None, index: int) -> str:
    value = next(iter(element), None) if element is not None else None
    if value is not None and local(value) == "sysClr" and value.get("val") in _SYSTEM:
        return _SYSTEM[value.get("val", "")]  # `lastClr` is only what it was where the file was written
    return _THEME[index] if value is None else value.get("lastClr") or value.get("val") or _THEME[index]


def _parsed(text: str) -> Rgb | None:
    digits = text[-6:]
    try:
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    except ValueError:
        return None


def _tinted(colour: Rgb, tint: str | None) -> Rgb:
    """Return a colour made lighter (tint above 0) or darker (below), as ECMA-376, 18.8.19 says."""
    share = real(tint)
    if not share:
        return colour
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    light = light * (1 + share) if share < 0 else light * (1 - share) + share
    red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.1).

    Example:
        >>> round(contrast((0, 0, 0), (255, 255, 255)))
        21
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
