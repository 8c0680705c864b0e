"""Robot's report, opened by a double click: the summary and below it the contracts, or all tasks where another one failed."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from Browser import Browser
from robot.run import run_cli

from Katip.run.report_view import open_on_outcomes

SUITE = """*** Tasks ***
5.1 Way
    [Tags]    clause
    {clause}
First
    [Tags]    contract    contract-001
    Fail    held
Second
    [Tags]    contract    contract-002
    No Operation
"""
WITHOUT_CONTRACTS = "*** Tasks ***\n5.1 Way\n    [Tags]    clause\n    Fail    lost\n"
SHOWN = "() => Array.from(document.querySelectorAll('#test-details .details-col-name a'), (each) => each.textContent.trim())"


def report_of(folder: Path, suite: str) -> Path:
    (folder / "suite.robot").write_text(suite, "utf-8")
    with contextlib.redirect_stdout(io.StringIO()):
        run_cli(["--outputdir", str(folder), "--console", "none", str(folder / "suite.robot")], exit=False)
    return folder / "report.html"


@pytest.mark.parametrize(
    ("suite", "shown"),
    [
        (SUITE.format(clause="No Operation"), ["First", "Second"]),
        (SUITE.format(clause="Fail    lost"), ["5.1 Way", "First", "Second"]),
        (WITHOUT_CONTRACTS, ["5.1 Way"]),
    ],
)
def test_report_opens_on_the_contracts(tmp_path: Path, browser: Browser, suite: str, shown: list[str]) -> None:
    report = report_of(tmp_path, suite)
    open_on_outcomes(report)
    browser.new_page(report.as_uri())
    try:
        found = browser.evaluate_javascript(
            None, f"async () => {{ await new Promise((done) => setTimeout(done, 500)); return ({SHOWN})(); }}"
        )
        assert [name.removeprefix("Suite . ") for name in found] == shown
        assert browser.evaluate_javascript(None, "() => scrollY") == 0
    finally:
        browser.close_page()


def test_page_is_changed_once_and_only_where_it_can_be(tmp_path: Path) -> None:
    report = report_of(tmp_path, WITHOUT_CONTRACTS)
    open_on_outcomes(report)
    once = report.read_bytes()
    open_on_outcomes(report)
    assert report.read_bytes() == once
    open_on_outcomes(tmp_path / "none.html")
    assert not (tmp_path / "none.html").exists()
