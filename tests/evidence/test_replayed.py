"""Older copies put back, runs given twice, clocks set wrong, names that a seal cannot hold."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from Katip.cli import katip
from Katip.errors import NotSealed
from Katip.evidence import layout, verify
from Katip.evidence.report.sealed_runs import write_report
from Katip.evidence.seal import seal_run
from Katip.evidence.verify import verify_run, verify_runs
from tests.evidence.linked_runs import OTHER, RUN, failing, journal_of

from .sample import make_run

LAST = "20260301T093002Z-cccc"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """Two sealed runs without contracts, chained. Returns the first."""
    home = tmp_path / "results"
    for number, run in enumerate((RUN, OTHER), start=1):
        make_run(home / f"run{number}", run, outcomes=(), robot=False)
        seal_run(home / f"run{number}")
    return home / "run1"


def test_an_older_journal_that_was_put_back_is_named(plain: Path) -> None:
    journal = journal_of(plain.parent / "journal.sqlite", RUN, folder=plain.parent)
    assert failing(verify_runs([plain])[0]) == {"chain-not-in-journal"}
    journal_of(journal, OTHER, folder=plain.parent)
    assert failing(verify_runs([plain])[0]) == set()


@pytest.mark.parametrize("kept", ["folder", "package"])
def test_links_cut_off_the_end_of_the_chain_are_named(kept: str, plain: Path) -> None:
    chain = plain.parent / layout.CHAIN
    chain.write_bytes(chain.read_bytes().splitlines(keepends=True)[0])
    if kept == "folder":
        (plain.parent / f"{OTHER}.zip").unlink()
    else:
        shutil.rmtree(plain.parent / "run2")
    assert failing(verify_runs([plain])[0]) == {"chain-unlinked"}


def test_a_run_with_a_chain_of_its_own_belongs_to_no_other(plain: Path) -> None:
    own = plain.parent / "practice"
    make_run(own, LAST, outcomes=(), robot=False)
    seal_run(own, packages=own)
    assert failing(verify_runs([plain])[0]) == set()
    assert failing(verify_runs([own])[0]) == set()


def test_a_seal_from_the_future_is_named(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = datetime.fromisoformat(verify_run(plain).sealed_at)
    monkeypatch.setattr(verify, "_now", lambda: at - timedelta(hours=14))
    assert failing(verify_run(plain)) == set()
    monkeypatch.setattr(verify, "_now", lambda: at - timedelta(days=2))
    assert failing(verify_run(plain)) == {"sealed-later"}


def test_a_run_given_twice_is_one_run(sealed: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(sealed, tmp_path / "elsewhere" / "run7")
    package = next(sealed.parent.glob("*.zip"))
    report = write_report([sealed, copy, package], tmp_path / "report")
    assert ["copy" in {found.code for found in verdict.findings} for verdict in report.verdicts] == [False, True, True]
    sheet = openpyxl.load_workbook(report.files[2]).worksheets[0]
    assert sheet.max_row == 1 + 3


def test_a_copy_that_was_altered_is_reported_all_the_same(sealed: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(sealed, tmp_path / "elsewhere" / "run7")
    (copy / "log.html").unlink()
    report = write_report([sealed, copy], tmp_path / "report")
    assert [verdict.ok for verdict in report.verdicts] == [True, False]
    assert openpyxl.load_workbook(report.files[2]).worksheets[0].max_row == 1 + 3 + 3


UNSEALABLE: dict[str, Callable[[Path], object]] = {
    "pipe": lambda folder: os.mkfifo(folder / "x"),
    "link": lambda folder: (folder / "x").symlink_to("run.json"),
    "line break": lambda folder: (folder / f"x\n{'0' * 64}  output.xml").write_text("x"),
    "no text": lambda folder: Path(os.fsdecode(os.fsencode(folder) + b"/\xff")).write_text("x"),
    "backslash": lambda folder: (folder / "a\\b").write_text("x"),
    "colon": lambda folder: (folder / "a:b").write_text("x"),
    "other case": lambda folder: (folder / "RUN.json").write_text("x"),
    "other form": lambda folder: [(folder / name).write_text("x") for name in ("\u015f", "s\u0327")],
    "from right to left": lambda folder: (folder / "a\u202eb").write_text("x"),
    "escape": lambda folder: (folder / "a\x1b[2Kb").write_text("x"),
}


@pytest.mark.parametrize("make", UNSEALABLE.values(), ids=UNSEALABLE)
def test_what_no_list_of_digests_can_name_is_not_sealed(make: Callable[[Path], object], unsealed: Path) -> None:
    make(unsealed / "evidence")
    with pytest.raises(NotSealed, match="KTP-201"):
        seal_run(unsealed)
    assert not os.path.lexists(unsealed / layout.SEAL)
    answer = CliRunner().invoke(katip, ["seal", str(unsealed)])
    assert answer.exit_code == 1
    assert "\x1b" not in answer.output
    assert "\u202e" not in answer.output
