"""Carry the procedure out once with the bare script of a portal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext

from scripts.bare.ext3 import Ext3
from scripts.bare.practice import Practice
from scripts.bare.quasar import Quasar
from scripts.bare.today import Today
from scripts.bare.way import Way, walk

KINDS: dict[str, Callable[[BrowserContext, Path, str], Way]] = {
    "practice": Practice,
    "practice-today": Today,
    "ext3": Ext3,
    "quasar": Quasar,
}

if __name__ == "__main__":
    walk(KINDS[sys.argv[1]], sys.argv[2], sys.argv[3], Path(sys.argv[4]), sys.argv[5])
