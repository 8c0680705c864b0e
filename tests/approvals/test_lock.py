"""Locks: they follow no link, harm nothing that they find, and a removed lock file does not let a second run in."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from Katip.approvals.journal import Journal
from Katip.approvals.journal_reader import JournalReader
from Katip.approvals.journal_records import JournalRun
from Katip.approvals.lock import RunLock
from Katip.errors import AlreadyRunning, CannotRecord, JournalUnusable
from Katip.evidence.chain import SealChain

HOLDER = {"pid": "1", "host": "here", "since": "2026-03-01", "folder": "results/run1"}
WORDS = "somebody's own words, many of them\n" * 3

HOLDS_A_JOURNAL = """
import sys
from pathlib import Path
from Katip.approvals.journal import Journal, JournalRun
journal = Journal(Path(sys.argv[1]), JournalRun("run-a", "http://127.0.0.1:1", "approve", "worklist", "results/a"))
print("held", flush=True)
sys.stdin.read()
"""


def info(name: str = "run-b") -> JournalRun:
    return JournalRun(name, "http://127.0.0.1:1", "approve", "worklist", "results/b")


def lock_with(maker: str, folder: Path) -> None:
    if maker == "journal":
        Journal(folder / "journal.sqlite", info()).close()
    else:
        with SealChain.beside(folder).held():
            pass


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a right of their own on Windows")
@pytest.mark.parametrize("maker", ["journal", "chain"])
def test_no_lock_follows_a_link(maker: str, tmp_path: Path) -> None:
    victim = tmp_path / "precious.txt"
    victim.write_text(WORDS)
    name = "journal.sqlite.lock" if maker == "journal" else "seals.jsonl.lock"
    (tmp_path / name).symlink_to(victim)
    with pytest.raises(CannotRecord, match="KTP-130"):
        lock_with(maker, tmp_path)
    assert victim.read_text() == WORDS


@pytest.mark.parametrize("maker", ["journal", "chain"])
@pytest.mark.parametrize("content", [WORDS, '{"pid": 1}', "[]", "[" * 3000, json.dumps(HOLDER) + "x"])
def test_no_lock_truncates_what_it_finds(maker: str, content: str, tmp_path: Path) -> None:
    name = "journal.sqlite.lock" if maker == "journal" else "seals.jsonl.lock"
    (tmp_path / name).write_text(content)
    lock_with(maker, tmp_path)
    assert (tmp_path / name).read_text() == content


@pytest.mark.skipif(os.name == "nt", reason="Windows has no FIFO in its file system")
def test_a_fifo_is_no_lock_and_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.lock")
    with pytest.raises(CannotRecord):
        RunLock(tmp_path / "a.lock", HOLDER)


def test_a_holder_is_named_and_its_note_is_gone_afterwards(tmp_path: Path) -> None:
    lock = RunLock(tmp_path / "a.lock", HOLDER)
    with pytest.raises(AlreadyRunning, match="process 1 on here since 2026-03-01, which writes to results/run1"):
        RunLock(tmp_path / "a.lock", HOLDER)
    lock.release()
    lock.release()
    assert (tmp_path / "a.lock").read_bytes() == b""
    RunLock(tmp_path / "a.lock", {}).release()


@pytest.mark.parametrize("removed", ["removed", "replaced"])
def test_a_removed_lock_file_lets_no_second_run_in(removed: str, tmp_path: Path) -> None:
    journal = tmp_path / "journal.sqlite"
    first = subprocess.Popen(
        [sys.executable, "-c", HOLDS_A_JOURNAL, str(journal)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        lock = tmp_path / "journal.sqlite.lock"
        lock.unlink()
        if removed == "replaced":
            lock.write_text("")
        with pytest.raises(AlreadyRunning, match="run-a"):
            Journal(journal, info())
    finally:
        first.kill()
        first.communicate()
    Journal(journal, info()).close()
    with JournalReader(journal) as reader:
        assert [run.info.run_id for run in reader.runs()] == ["run-a", "run-b"]


def test_an_empty_journal_is_a_lost_one(tmp_path: Path) -> None:
    journal = tmp_path / "journal.sqlite"
    journal.write_bytes(b"")
    with pytest.raises(JournalUnusable, match="empty file"):
        Journal(journal, info())
    assert journal.read_bytes() == b""
    with pytest.raises(JournalUnusable, match="empty file"):
        JournalReader(journal)


def test_damage_inside_the_journal_is_noticed(tmp_path: Path) -> None:
    journal = tmp_path / "journal.sqlite"
    with Journal(journal, info("run-a")) as opened:
        opened.end_run("pass")
    data = bytearray(journal.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    with sqlite3.connect(journal) as db:
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entries_by_workplace'").fetchone()[0]
    db.close()
    data = bytearray(journal.read_bytes())
    data[(root - 1) * page : (root - 1) * page + 8] = b"\xff" * 8
    journal.write_bytes(bytes(data))
    for opening in (lambda: Journal(journal, info("run-c")), lambda: JournalReader(journal)):
        with pytest.raises(JournalUnusable, match="KTP-012"):
            opening()
