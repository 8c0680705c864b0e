"""`Library    Katip`: the employer's side of approving İSG-KÂTİP contracts (DOK.10.01), as Robot Framework keywords.

The keyword library is loaded when it is asked for, so that the pure modules (``approvals``, ``evidence``, ``turkish``, ``model``) and the command line
need neither Robot nor a browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from Katip.library import Katip

__all__ = ["Katip"]
__version__ = "0.1.0.dev0"


def __getattr__(name: str) -> Any:
    if name == "Katip":
        from Katip.library import Katip

        return Katip
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
