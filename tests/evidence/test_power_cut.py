"""A run that is killed, or whose disk is full, at any step of its sealing is mended by `katip seal`."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from Katip.cli import katip
from Katip.errors import CannotRecord
from Katip.evidence.files import write_json
from Katip.evidence.seal import seal_run
from Katip.evidence.verify import verify_runs

from .sample import make_run

STEPS = ("replace", "fsync", "unlink", "chmod")


class PowerCut(BaseException):
    """Ends a process that nothing can be done in any more."""


@contextmanager
def power_cut_before(operation: str, number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Cut the power before one operation on files: no other one takes place after it, clearing up included."""
    done = 0
    is_cut = False

    def played(name: str) -> Any:
        real = getattr(os, name)

        def operate(*arguments: Any, **named: Any) -> Any:
            nonlocal done, is_cut
            done += name == operation
            is_cut = is_cut or done == number
            if is_cut:
                raise PowerCut
            return real(*arguments, **named)

        return operate

    with monkeypatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, played(name))
        yield


@pytest.mark.parametrize("number", range(1, 11))
def test_power_cut_while_sealing_is_mended(unsealed: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PowerCut), power_cut_before("replace", number, monkeypatch):
        seal_run(unsealed)
    assert CliRunner().invoke(katip, ["seal", str(unsealed)]).exit_code == 0
    (package,) = unsealed.parent.glob("*.zip")
    for verdict in verify_runs([unsealed, package]):
        assert verdict.ok, verdict.sentences()


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
