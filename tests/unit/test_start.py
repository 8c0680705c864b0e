"""What a run loads before it begins: a library that most runs do not need costs every start its time and memory."""

from __future__ import annotations

import subprocess
import sys

from tests.acceptance.running import ROOT

LATER = ("openpyxl", "reportlab", "jinja2", "flask")


def test_library_loads_what_writes_workbooks_and_reports_only_when_needed() -> None:
    code = f"import sys, Katip.library; print([each for each in {LATER} if each in sys.modules])"
    child = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "libraries", capture_output=True, text=True)
    assert (child.stdout.strip(), child.stderr) == ("[]", "")
