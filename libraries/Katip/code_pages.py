"""Texts on a console whose code page lacks some of their letters, such as cp857 or cp1254 of a Turkish Windows: they stay readable."""

from __future__ import annotations

import codecs
import sys
import unicodedata
from contextlib import suppress
from typing import Final, TextIO

#: The name of the error handler, as `str.encode` and streams take it.
READABLE: Final = "katip.readable"

_SIGNS: Final = {
    "✓": "+", "✗": "x", "→": "->", "–": "-", "—": "-", "…": "...", "·": "-", "×": "x", "ı": "i", "“": '"', "”": '"', "‘": "'", "’": "'",
}  # fmt: skip


def _readable(error: UnicodeError) -> tuple[str, int]:
    """Replace what cannot be encoded by signs that any code page has; what has no such sign is shown by its number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_plain(letter) for letter in error.object[error.start : error.end]), error.end


def _plain(letter: str) -> str:
    if letter in _SIGNS:
        return _SIGNS[letter]
    base = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return base or letter.encode("ascii", "backslashreplace").decode()


codecs.register_error(READABLE, _readable)


def make_consoles_readable() -> None:
    """Let standard output and error take any text, whatever their code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=READABLE)


def say(line: str, stream: TextIO) -> None:
    """Print a line on a console that may be closed, or know only some letters.

    Args:
        line: the line.
        stream: standard output or standard error.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    with suppress(OSError, ValueError):
        print(line.encode(encoding, READABLE).decode(encoding), file=stream, flush=True)
