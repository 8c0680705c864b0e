"""A practice portal: a web application that plays the portal of DOK.10.01 on loopback.

Operators are trained on it and the tests of `robotframework-katip` judge the robot by its request log.
All people, firms and numbers in it are synthetic. It knows nothing of the robot's library, nor that of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PracticePortal.library import PracticePortal

__all__ = ["PracticePortal"]


def __getattr__(name: str) -> object:
    """Import the keyword library only when asked for: the portal's own process starts faster without Robot."""
    if name == "PracticePortal":
        from PracticePortal.library import PracticePortal

        return PracticePortal
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
