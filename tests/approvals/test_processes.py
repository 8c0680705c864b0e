from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from Katip.approvals.journal import Journal
from Katip.approvals.journal_records import JournalRun, Process
from Katip.approvals.processes import end_left_processes, process_of

WAIT = "import sys; sys.stdin.read()"


@pytest.fixture
def child() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", WAIT], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def left_by(path: Path, process: Process) -> Journal:
    with Journal(path, JournalRun("run-1", "o", "approve", "all", "f")) as journal:
        journal.remember_process(process)
    return Journal(path, JournalRun("run-2", "o", "approve", "all", "f"))


def test_exactly_what_was_left_is_ended(tmp_path: Path, child: subprocess.Popen[bytes]) -> None:
    known = process_of(child.pid, "node")
    assert known is not None
    with left_by(tmp_path / "j.sqlite", known) as journal:
        assert end_left_processes(journal) == [known]
        assert process_of(child.pid, "node") is None
        assert end_left_processes(journal) == []
        assert journal.left_processes() == []


def test_a_process_id_that_was_given_to_another_is_left_alone(tmp_path: Path, child: subprocess.Popen[bytes]) -> None:
    known = process_of(child.pid, "node")
    assert known is not None
    stranger = Process(known.pid, known.started - 3600, "node")
    with left_by(tmp_path / "j.sqlite", stranger) as journal:
        assert end_left_processes(journal) == []
    assert child.poll() is None


def test_one_that_has_ended_by_itself_is_forgotten(tmp_path: Path, child: subprocess.Popen[bytes]) -> None:
    known = process_of(child.pid, "node")
    assert known is not None
    child.kill()
    child.wait()
    assert process_of(child.pid, "node") is None
    with left_by(tmp_path / "j.sqlite", known) as journal:
        assert end_left_processes(journal) == []
