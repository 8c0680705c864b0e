"""The names of the keywords in the language of a suite; PythonLibCore reads the same file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from Katip.messages import TURKISH

FILE: Final = Path(__file__).resolve().parent / "locale" / TURKISH / "keywords.json"


class KeywordNames:
    """Names of keywords in one language.

    Args:
        language: ``tr``; any other leaves the English names.

    Attributes:
        file: the translation for PythonLibCore; None for English.
    """

    def __init__(self, language: str) -> None:
        self.file = FILE if language == TURKISH else None
        entries = json.loads(FILE.read_text("utf-8")) if self.file else {}
        self._translated: dict[str, str] = {
            original: entry["name"] for original, entry in entries.items() if "name" in entry
        }
        self._original = {name: original for original, name in self._translated.items()}

    def original(self, name: str) -> str:
        """Return the name of a keyword's method.

        Args:
            name: the keyword's name as it was called.
        """
        return self._original.get(name, name)

    def translated(self, name: str) -> str:
        """Return a keyword's name in the language.

        Args:
            name: its English name, with blanks.

        Example:
            >>> KeywordNames("tr").translated("Sign Out")
            'Güvenli Çıkış Yap'
        """
        return self._translated.get(name.lower().replace(" ", "_"), name)
