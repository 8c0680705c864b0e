"""Bring the Turkish catalogue up to date with the messages in the source, and name those that wait for a translation.

Translations are kept, messages that the source no longer has are removed.

Usage: python scripts/update_messages.py
"""

import ast
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from Katip.cli import katip
from Katip.command_language import help_texts
from Katip.messages import CATALOGUE, TURKISH

ROOT = Path(__file__).resolve().parent.parent
# Errors of `browsers.py`, which imports nothing, are said by others.
FUNCTIONS = ("msg", "msg_id", "UnknownBrowserError", "BrowserNotFoundError")
_HEADER = "# Turkish messages of robotframework-katip; kept by scripts/update_messages.py."


def source_messages() -> set[str]:
    """Return the messages in the source, also those inside of f-strings, which Babel's extractor does not see, and all help."""
    calls = (
        node
        for path in (ROOT / "libraries" / "Katip").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS
    )
    texts = (call.args[0] for call in calls if call.args)
    in_code = {text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str)}
    return in_code | help_texts(katip)


def catalogue_now() -> Catalog:
    """Return the catalogue as it is kept."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale=TURKISH)


def updated(old: Catalog) -> Catalog:
    """Return the catalogue of today's messages with the translations that there are."""
    new = Catalog(locale=TURKISH, header_comment=_HEADER, fuzzy=False)
    for message in source_messages():
        known = old.get(message)
        new.add(message, known.string if known is not None else "")
    return new


def written(catalogue: Catalog) -> str:
    """Return the catalogue as its file: sorted, without places and times, so that two people's changes rarely meet."""
    file = io.BytesIO()
    write_po(file, catalogue, omit_header=True, no_location=True, sort_output=True, width=120)
    head = f'{_HEADER}\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: {TURKISH}\\n"\n\n'
    return head + file.getvalue().decode("utf-8")


def main() -> int:
    """Write the catalogue; return the number of messages without a translation, 99 at most."""
    catalogue = updated(catalogue_now())
    CATALOGUE.write_text(written(catalogue), "utf-8", newline="\n")
    missing = sorted(str(message.id) for message in catalogue if message.id and not message.string)
    for message in missing:
        print(f"not translated: {message}")
    return min(len(missing), 99)


if __name__ == "__main__":
    sys.exit(main())
