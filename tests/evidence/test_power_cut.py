"""A run that is killed, or whose disk is full, at any step of its sealing is mended by `katip seal`."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from Katip.cli import katip
from Katip.errors import CannotRecord, KatipError
from Katip.evidence.files import write_json
from Katip.evidence.seal import seal_run
from Katip.evidence.verify import verify_runs

from .sample import make_run

STEPS = ("replace", "fsync", "unlink", "chmod")


class PowerCut(BaseException):
    """Ends a process that nothing can be done in any more."""


class Steps:
    """Counts the operations on files, and breaks one of them.

    Args:
        operation: a name of `STEPS`, or none of them to count all.
        number: which of its calls is broken, from 1.
        error: what is raised there.
        for_good: True if no operation takes place after it, clearing up included.
    """

    def __init__(self, operation: str | None, number: int, error: BaseException, *, for_good: bool) -> None:
        self.operation, self.number, self.error, self.for_good = operation, number, error, for_good
        self.done = 0
        self.is_broken = False

    @contextmanager
    def played(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with monkeypatch.context() as patch:
            for name in STEPS:
                patch.setattr(os, name, self._broken(name, getattr(os, name)))
            yield

    def _broken(self, name: str, real: Any) -> Any:
        def operate(*arguments: Any, **named: Any) -> Any:
            counts = self.operation in (None, name)
            self.done += counts
            breaks = counts and self.done == self.number
            if breaks or (self.is_broken and self.for_good):
                self.is_broken = True
                raise self.error
            return real(*arguments, **named)

        return operate


@contextmanager
def power_cut_before(operation: str, number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Cut the power before one operation on files."""
    with Steps(operation, number, PowerCut(), for_good=True).played(monkeypatch):
        yield


@pytest.mark.parametrize("number", range(1, 11))
def test_power_cut_while_sealing_is_mended(unsealed: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PowerCut), power_cut_before("replace", number, monkeypatch):
        seal_run(unsealed)
    assert CliRunner().invoke(katip, ["seal", str(unsealed)]).exit_code == 0
    (package,) = unsealed.parent.glob("*.zip")
    for verdict in verify_runs([unsealed, package]):
        assert verdict.ok, verdict.sentences()


@pytest.mark.matrix
@pytest.mark.parametrize(
    "error", [PowerCut(), OSError(errno.ENOSPC, "No space left on device")], ids=["killed", "full"]
)
def test_whatever_step_of_sealing_breaks_is_mended(
    error: BaseException, unsealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unmended = []
    for number in count(1):
        run = tmp_path / f"{number}" / "results" / "run1"
        shutil.copytree(unsealed.parent, run.parent)
        steps = Steps(None, number, error, for_good=isinstance(error, PowerCut))
        with steps.played(monkeypatch), suppress(PowerCut, KatipError, OSError):
            seal_run(run)
        mended = CliRunner().invoke(katip, ["seal", str(run)])
        found = verify_runs([run, *run.parent.glob("*.zip")])
        if mended.exit_code or len(found) != 2 or not all(verdict.ok for verdict in found):
            unmended.append((number, mended.output, [verdict.sentences() for verdict in found]))
        shutil.rmtree(tmp_path / f"{number}", onerror=_writable)
        if not steps.is_broken:
            break
    assert number > 50, "the steps of sealing were not counted"
    assert not unmended


def _writable(function: Callable[[str], None], path: str, _: object) -> None:
    Path(path).parent.chmod(0o755)
    Path(path).chmod(0o755)
    function(path)


def test_what_was_being_written_when_the_power_went_is_no_evidence(
    unsealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = unsealed / "evidence/contracts/001/record.json"
    with pytest.raises(PowerCut), power_cut_before("replace", 1, monkeypatch):
        write_json(record, {"half": "a record"})
    (left,) = record.parent.glob(".*.part")
    seal_run(unsealed)
    assert not left.exists()
    assert verify_runs([unsealed])[0].ok


def test_full_disk_of_the_workbook_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_run(tmp_path / "results/run1", robot=False)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.Workbook._store_workbook", full)
    with pytest.raises(CannotRecord, match="KTP-130"):
        seal_run(tmp_path / "results/run1")
