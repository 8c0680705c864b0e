"""The places of the procedure, and how a keyword says at which of them it begins."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

# The attribute in which a module's keyword declares its place (`Katip.extending.step`).
BEGINS_AT: Final = "katip_begins_at"


class Place(IntEnum):
    """Where a step begins, in the procedure's order: each is reached from the one before by one step."""

    START = 0
    SITE = 1
    ENTRY = 2
    SIGN_IN = 3
    MAIN_MENU = 4
    WORKPLACES = 5
    HOME = 6
    CONTRACTS = 7
