"""Every text of the catalogue comes out readable on the code pages of a Turkish Windows, and on those that know no Turkish."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from Katip.code_pages import READABLE, say

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "libraries/Katip/locale/tr/LC_MESSAGES/katip.po"
TURKISH = "çğıöşüÇĞİÖŞÜâî"


@pytest.mark.parametrize("page", ["cp857", "cp1254", "cp437", "cp1252", "ascii"])
def test_no_message_shows_a_number_in_place_of_a_letter(page: str) -> None:
    catalogue = read_po(CATALOGUE.open("rb"), locale="tr")
    texts = [text for message in catalogue for text in (message.id, message.string) if isinstance(text, str)]
    shown = [text.encode(page, READABLE).decode(page) for text in [*texts, "✓ ✗ → – … ·", TURKISH]]
    assert [text for text in shown if re.search(r"\\[xuU][0-9a-f]{2}", text)] == []


@pytest.mark.parametrize("page", ["cp857", "cp1254"])
def test_turkish_letters_stay_as_they_are(page: str) -> None:
    known = TURKISH.encode(page, READABLE).decode(page)
    assert known == TURKISH


def test_line_at_the_end_of_a_run_stays_readable() -> None:
    console = io.TextIOWrapper(io.BytesIO(), encoding="cp857", errors="strict")
    say("Mühür: sağlam (anahtar 8bc1…)", console)
    console.seek(0)
    assert console.read() == "Mühür: sağlam (anahtar 8bc1...)\n"


def test_letter_without_a_plain_form_is_shown_by_its_number() -> None:
    assert "я".encode("cp857", READABLE) == b"\\u044f"


@pytest.mark.parametrize("page", ["cp857", "cp1254"])
@pytest.mark.parametrize(
    "command", ["doctor", "error KTP-103", "nosuch", "verify nowhere", "plan --help", "approve --worklist none.xlsx"]
)
def test_command_speaks_on_a_console_with_a_code_page(command: str, page: str, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "KATIP_LANGUAGE"}
    environment |= {"PYTHONPATH": str(ROOT / "libraries"), "PYTHONUTF8": "0", "PYTHONIOENCODING": page}
    done = subprocess.run(
        [sys.executable, "-m", "Katip", *command.split()],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    said = (done.stdout + done.stderr).decode(page)
    assert "Traceback" not in said
    assert not re.search(r"\\[xu][0-9a-f]{2}", said), said
    assert re.search("[ğışçöü]", said)
