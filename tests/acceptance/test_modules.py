"""Three modules of somebody else's, as the guide shows them: one file each, no change to the library."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


def test_the_guides_modules_read_export_and_keep(tmp_path: Path) -> None:
    run = tmp_path / "run"
    suite = EXAMPLES / "modules.robot"
    done = subprocess.run(
        [sys.executable, "-m", "robot", "-d", run, suite], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout
    kept = run / "evidence" / "attachments"
    lists = {path.stem: json.loads(path.read_text("utf-8")) for path in kept.glob("*.json")}
    assert {name: len(rows) for name, rows in lists.items()} == {"deleted-contracts": 8, "interns": 6, "helpers": 3}
    assert {row["status"] for row in lists["deleted-contracts"]} == {"Silindi"}
    assert all("*" in row["number"] for row in lists["interns"])
    text = "".join(
        path.read_text("utf-8", "replace") for path in run.rglob("*") if path.suffix in (".json", ".xml", ".html")
    )
    assert "70000000" not in text, "a T.C. number that the page shows"
    assert "evidence/attachments/interns.xlsx" in (run / "SHA256SUMS").read_text("utf-8")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
def test_a_module_is_short_and_uses_what_is_public(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 40
    assert {line for line in text.splitlines() if "import" in line and "Katip" in line} == {
        "from Katip.extending import KatipModule, step"
    }
