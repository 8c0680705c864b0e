"""Hues, distinguished as a person does: which one a colour clearly has.

Hues are judged by the HLS model (`colorsys`). Between two hues lies a gap that belongs to neither; what is nearly gray, white or
black has no hue.
"""

from __future__ import annotations

import colorsys
from enum import StrEnum
from typing import Final

# Difference of the strongest and the weakest channel, of 255. The palest tints of usual style sheets (#f0fdf4, #fff1f0, #f6ffed) have
# 13 to 18, their grays (#f8f9fa, #e9ecef) at most 7.
_LEAST_CHROMA: Final = 12
_APART: Final = 40  # degrees: two hues nearer than that may be shades of one


class Hue(StrEnum):
    """A colour by its common name."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    TURQUOISE = "turquoise"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"


# From and to, in degrees of the colour circle.
_BANDS: Final = (
    (Hue.RED, 0, 15),
    (Hue.ORANGE, 20, 42),
    (Hue.YELLOW, 45, 66),
    (Hue.GREEN, 80, 165),
    (Hue.TURQUOISE, 170, 195),
    (Hue.BLUE, 200, 255),
    (Hue.PURPLE, 260, 310),
    (Hue.PINK, 315, 340),
    (Hue.RED, 345, 360),
)
_MIDDLE: Final = {hue: (least + most) / 2 for hue, least, most in _BANDS} | {Hue.RED: 0}


def hue_of(colour: str) -> Hue | None:
    """Return the hue that a colour clearly has.

    Args:
        colour: six hexadecimal digits; anything else is no known colour.

    Returns:
        The hue, or None for gray, white, black, a colour between two hues, and one that is not known.

    Example:
        >>> hue_of("d4f5dc")
        <Hue.GREEN: 'green'>
    """
    degrees = _degrees(colour)
    if degrees is None:
        return None
    return next((hue for hue, least, most in _BANDS if least <= degrees <= most), None)


def are_distinct(one: Hue, other: Hue) -> bool:
    """Return True if two hues are far enough apart to have different meanings.

    Args:
        one: a hue.
        other: another.
    """
    apart = abs(_MIDDLE[one] - _MIDDLE[other])
    return min(apart, 360 - apart) >= _APART


def _degrees(colour: str) -> float | None:
    if len(colour) != len("rrggbb"):
        return None
    channels = [int(colour[start : start + 2], 16) for start in (0, 2, 4)]
    if max(channels) - min(channels) < _LEAST_CHROMA:
        return None
    hue, _, _ = colorsys.rgb_to_hls(*(channel / 255 for channel in channels))
    return hue * 360
