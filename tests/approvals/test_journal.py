from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from Katip.approvals.approval import Approver
from Katip.approvals.decisions import ApproveAll, Listed
from Katip.approvals.journal import Journal
from Katip.approvals.journal_file import room_for
from Katip.approvals.journal_keeper import JournalKeeper
from Katip.approvals.journal_reader import JournalReader
from Katip.approvals.journal_records import (
    ApprovalStep,
    JournalEntry,
    JournalRun,
    Process,
    Tally,
    Transition,
    new_run_id,
)
from Katip.approvals.recovery import close_answered, recover
from Katip.approvals.remaining import unanswered_rows
from Katip.approvals.worklist import Karar, Worklist, WorklistRow
from Katip.errors import AlreadyRunning, CannotRecord, JournalUnusable
from Katip.model import Contract, Outcome, Status
from tests.approvals.fakes import WORKPLACE, FakePage, FakePortal, Fault, Killed, Record, outcome_of
from tests.approvals.killed_run import STEPS

ORIGIN = "https://katip.example"
HERE = Path(__file__)
ROOT = HERE.parents[2]


def info(run_id: str = "run-1", origin: str = ORIGIN) -> JournalRun:
    return JournalRun(run_id, origin, "approve", "worklist", f"results/{run_id}", "ab" * 32)


def send(journal: Journal, contract: Contract, before: Tally | None = None) -> int:
    number = journal.enter(contract, ApproveAll().decide(contract, [contract]))
    now = Transition(ApprovalStep.ABOUT_TO_SUBMIT, datetime.now().astimezone())
    journal.about_to_submit(number, contract, before or Tally(1, 0), now)
    return number


def pending(number: str | None = "1001", name: str = "Ayşe Örnek") -> Contract:
    record = Record(number or "", name)
    return Contract(
        record.workplace, name, record.category, record.start, Status.PENDING, "", gorevlendirme_id=number, minutes=600
    )


def approved(name: str = "Ayşe Örnek") -> Contract:
    return Record("", name, status=Status.APPROVED).contract()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "results" / "journal.sqlite"


def test_runs_entries_and_steps_are_kept(path: Path) -> None:
    with Journal(path, info()) as journal:
        number = send(journal, pending())
        journal.settle(number, outcome_of(pending(), Outcome.APPROVED, message="Tamam"))
        journal.end_run("pass")
    with JournalReader(path) as reader:
        (run,) = reader.runs()
        (entry,) = reader.entries("run-1")
    assert (run.info, run.verdict, dict(run.outcomes), run.pid) == (info(), "pass", {"approved": 1}, os.getpid())
    assert run.ended is not None
    assert (entry.name, entry.gorevlendirme_id, entry.outcome) == ("Ayşe Örnek", "1001", Outcome.APPROVED)
    assert (entry.before, entry.folder) == (Tally(1, 0), "results/run-1")
    assert [each.step for each in entry.steps] == [
        ApprovalStep.DECIDED,
        ApprovalStep.ABOUT_TO_SUBMIT,
        ApprovalStep.SETTLED,
    ]


def test_it_is_synced_before_the_click(path: Path) -> None:
    with Journal(path, info()) as journal:
        (level,) = journal._db.execute("PRAGMA synchronous").fetchone()
        (mode,) = journal._db.execute("PRAGMA journal_mode").fetchone()
        send(journal, pending())
        with contextlib.closing(sqlite3.connect(path)) as other:
            assert other.execute("SELECT count(*) FROM entries WHERE sent IS NOT NULL").fetchone() == (1,)
    assert (level >= 2, mode) == (True, "wal")


@pytest.mark.parametrize(("outcome", "is_open"), [(None, True), (Outcome.UNCERTAIN, True), (Outcome.REFUSED, False)])
def test_open_is_what_was_sent_and_is_not_known(path: Path, outcome: Outcome | None, is_open: bool) -> None:
    with Journal(path, info()) as journal:
        journal.enter(pending("7", "Ali"), ApproveAll().decide(pending(), []))
        number = send(journal, pending())
        if outcome:
            journal.settle(number, outcome_of(pending(), outcome))
    with JournalReader(path) as reader:
        assert [each.gorevlendirme_id for each in reader.open_entries(ORIGIN)] == (["1001"] if is_open else [])
        assert reader.open_entries("https://other.example") == []


def test_what_is_sent_again_takes_the_place_of_what_was_open(path: Path) -> None:
    with Journal(path, info()) as journal:
        send(journal, pending())
        send(journal, pending("1002", "Ali Deneme"))
    with Journal(path, info("run-2")) as journal:
        send(journal, pending("01001"))
        assert [(each.run_id, each.name) for each in journal.open_entries()] == [
            ("run-1", "Ali Deneme"),
            ("run-2", "Ayşe Örnek"),
        ]


def test_history_by_id_and_by_name(path: Path) -> None:
    with Journal(path, info()) as journal:
        send(journal, pending())
        send(journal, pending("1002", "Işıl İğneci"))
        assert [each.number for each in journal.history("01001")] == [1]
        assert [each.number for each in journal.history("IŞIL İĞNECİ")] == [2]
        assert journal.history("kimse") == []


# ---- two runs at once


def test_a_second_run_is_told_who_holds_the_journal(path: Path) -> None:
    with Journal(path, info()), pytest.raises(AlreadyRunning) as refused:
        Journal(path, info("run-2"))
    message = str(refused.value)
    assert f"process {os.getpid()}" in message
    assert "results/run-1" in message
    assert "KTP-003" in message
    with Journal(path, info("run-2")) as journal:
        assert len(journal.runs()) == 2, "the refused run left no trace, and the lock is free again"


def test_the_lock_holds_between_processes_and_a_killed_run_leaves_none(path: Path, tmp_path: Path) -> None:
    with killed_at("before click", path, tmp_path), pytest.raises(AlreadyRunning, match="results"):
        Journal(path, info("run-2"))
    Journal(path, info("run-3")).close()


def test_others_may_read_meanwhile(path: Path) -> None:
    with Journal(path, info()) as journal:
        send(journal, pending())
        with JournalReader(path) as reader:
            assert len(reader.open_entries()) == 1


# ---- kill -9


@contextlib.contextmanager
def killed_at(step: str, path: Path, folder: Path) -> Iterator[None]:
    """Run in another process up to a step, and kill it there on the way out."""
    process = subprocess.Popen(
        [sys.executable, str(HERE.with_name("killed_run.py")), str(path), "run-1", step, str(folder / "portal.log")],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'libraries'}{os.pathsep}{ROOT}"},
    )
    assert process.stdout is not None
    with process:
        try:
            assert process.stdout.readline() == b"here\n"
            yield
        finally:
            process.send_signal(signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("step", STEPS)
def test_a_run_killed_at_any_step_is_known_to_the_next(step: str, path: Path, tmp_path: Path) -> None:
    with killed_at(step, path, tmp_path):
        pass
    log = tmp_path / "portal.log"
    took_effect = log.exists()
    now = approved() if took_effect else pending(None)
    with Journal(path, info("run-2")) as journal:
        left_open = [each.gorevlendirme_id for each in journal.open_entries()]
        recovered = recover(journal, [now], [WORKPLACE])
        still_open = journal.open_entries()
    clicked_or_about_to = STEPS.index(step) >= STEPS.index("before click")
    assert left_open == (["1001"] if clicked_or_about_to and step != "settled" else [])
    assert [each.approved for each in recovered] == [took_effect] * len(left_open)
    assert len(still_open) == (0 if took_effect else len(left_open))
    assert log.read_text("utf-8").count("approved") == 1 if took_effect else step not in ("after click", "settled")


# ---- recovery


def test_a_recovered_contract_is_closed_by_the_run_that_saw_it(path: Path) -> None:
    with Journal(path, info()) as journal:
        send(journal, pending())
    with Journal(path, info("run-2")) as journal:
        (seen,) = recover(journal, [approved()], [WORKPLACE])
        assert seen.approved
        assert recover(journal, [approved()], [WORKPLACE]) == []
        (entry,) = journal.sent_in(ORIGIN, WORKPLACE)
        assert (entry.reconciled_by, entry.outcome) == ("run-2", None), "what run-1 knew stays as it was"
        assert entry.steps[-1].step is ApprovalStep.RECONCILED


def test_contract_that_was_not_submitted_after_all_leaves_open_what_was_open_before(path: Path) -> None:
    with Journal(path, info()) as journal:
        send(journal, pending("1001"))
    with Journal(path, info("run-2")) as journal:
        number = send(journal, pending("1001"))
        assert [each.run_id for each in journal.open_entries(ORIGIN)] == ["run-2"], "what is sent again takes its place"
        journal.not_submitted(number, pending("1001"))
        assert [each.run_id for each in journal.open_entries(ORIGIN)] == ["run-1"]


def test_still_pending_or_not_visited_stays_open(path: Path) -> None:
    with Journal(path, info()) as journal:
        send(journal, pending())
    with Journal(path, info("run-2")) as journal:
        assert recover(journal, [approved()], ["another workplace"]) == []
        (seen,) = recover(journal, [pending(None)], [WORKPLACE])
        assert not seen.approved
        assert seen.contract is not None
        (seen,) = recover(journal, [], [WORKPLACE])
        assert (seen.approved, seen.contract) == (False, None)
        assert len(journal.open_entries()) == 1


def test_another_portal_is_another_world(path: Path) -> None:
    with Journal(path, info()) as journal:
        send(journal, pending())
    with Journal(path, info("run-2", "https://other.example")) as journal:
        assert recover(journal, [approved()], [WORKPLACE]) == []


@pytest.mark.parametrize(
    ("before", "now", "took_effect"),
    [
        (Tally(2, 0), (1, 1), False),
        (Tally(2, 0), (0, 2), True),
        (Tally(2, 0), (2, 0), False),
        (Tally(3, 0), (1, 2), False),
        (Tally(1, 1), (1, 1), False),
        (Tally(1, 0), (0, 0), False),
    ],
)
def test_twins_left_open(path: Path, before: Tally, now: tuple[int, int], took_effect: bool) -> None:
    with Journal(path, info()) as journal:
        send(journal, pending(), before)
    rows = [pending(None)] * now[0] + [approved()] * now[1]
    with Journal(path, info("run-2")) as journal:
        assert [each.approved for each in recover(journal, rows, [WORKPLACE])] == [took_effect]


def test_a_twin_left_open_is_told_apart_by_the_forms_of_the_others(path: Path) -> None:
    portal = FakePortal([Record("1001", "Ayşe Örnek"), Record("1002", "Ayşe Örnek")])
    rows = [
        WorklistRow(number, WORKPLACE, "Ayşe Örnek", Karar.APPROVE, gorevlendirme_id=str(number + 999))
        for number in (2, 3)
    ]
    listed = Listed(Worklist("liste.csv", "0" * 64, tuple(rows)))
    shown = portal.rows()
    page = FakePage(portal, "run-1", [Fault.KILLED_AFTER_CLICK])
    with Journal(path, info()) as journal, pytest.raises(Killed):
        Approver(page, journal).approve(shown[0], listed.decide(shown[0], shown))
    shown = portal.rows()
    with Journal(path, info("run-2")) as journal:
        recovered = recover(journal, shown, [WORKPLACE])
        left = shown[1]
        result = Approver(FakePage(portal, "run-2"), journal).approve(left, listed.decide(left, shown))
        (other,) = unanswered_rows(listed.rows, [result.decision], shown, recovered)
        close_answered(journal, recovered, [result, other])
        assert journal.open_entries() == []
    assert (result.outcome, result.gorevlendirme_id) == (Outcome.APPROVED, "1002")
    assert (other.outcome, other.decision.row) == (Outcome.ALREADY_APPROVED, rows[0])
    assert "by run run-1" in str(other.reason)


def test_a_twin_approved_later_is_not_taken_for_the_open_one(path: Path) -> None:
    with Journal(path, info()) as journal:
        first = send(journal, pending("1"), Tally(2, 0))
        journal.settle(first, outcome_of(pending("1"), Outcome.UNCERTAIN))
        second = send(journal, pending("2"), Tally(2, 0))
        journal.settle(second, outcome_of(pending("2"), Outcome.APPROVED))
    with Journal(path, info("run-2")) as journal:
        (seen,) = recover(journal, [pending(None), approved()], [WORKPLACE])
        assert not seen.approved


def test_an_approval_with_the_real_journal_and_a_kill_in_it(path: Path) -> None:
    portal = FakePortal([Record("1001", "Ayşe Örnek")])
    page = FakePage(portal, "run-1", [Fault.KILLED_AFTER_CLICK])
    (row,) = portal.rows()
    with Journal(path, info()) as journal, pytest.raises(Killed):
        Approver(page, journal).approve(row, ApproveAll().decide(row, []))
    with Journal(path, info("run-2")) as journal:
        (seen,) = recover(journal, portal.rows(), [WORKPLACE])
    assert (seen.approved, seen.entry.run_id) == (True, "run-1")


# ---- a disk that is full, a file that is none


def test_a_full_disk_stops_the_contract_before_kayit(path: Path, small_disk: Path) -> None:
    journal_file = small_disk / "journal.sqlite"
    portal = FakePortal([Record("1001", "Ayşe Örnek")])
    page = FakePage(portal)
    with Journal(journal_file, info()) as journal:
        with (small_disk / "filler").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
            while filler.write(b"x" * 4096):
                pass
        result = Approver(page, journal).approve(portal.rows()[0], ApproveAll().decide(portal.rows()[0], []))
        assert result.outcome is Outcome.FAILED
        assert "KTP-130" in str(result.reason)
        assert portal.clicks == []
        assert not room_for(journal_file, 64 * 1024)
        (small_disk / "filler").unlink()
        assert room_for(journal_file, 64 * 1024)
        result = Approver(page, journal).approve(portal.rows()[0], ApproveAll().decide(portal.rows()[0], []))
        assert result.outcome is Outcome.APPROVED, "with room again the same journal goes on"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a file system of its own cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_file_size_limit_stops_it_where_nothing_can_be_mounted(path: Path) -> None:
    resource = pytest.importorskip("resource")
    with Journal(path, info()) as journal:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
            with pytest.raises(CannotRecord):
                send(journal, pending())
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, old)
        assert journal.open_entries() == []


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be looked at" * 40, b"SQLite format 3\x00broken"]
)
def test_a_damaged_file_is_refused_and_stays_as_it_is(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    for attempt in (lambda: Journal(path, info()), lambda: JournalReader(path)):
        with pytest.raises(JournalUnusable):
            attempt()
    assert path.read_bytes() == content


def test_a_file_of_another_kind_or_a_newer_version_is_refused(path: Path, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "other.sqlite")) as db:
        db.execute("CREATE TABLE x (y)")
    with pytest.raises(JournalUnusable, match="other kind"):
        Journal(tmp_path / "other.sqlite", info())
    Journal(path, info()).close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalUnusable, match="version 99"):
        Journal(path, info("run-2"))
    with pytest.raises(JournalUnusable, match="no file"):
        JournalReader(tmp_path / "yok.sqlite")


# ---- the rest


def test_personal_fields_are_deleted_without_a_trace_and_the_rest_stays(path: Path) -> None:
    with Journal(path, info()) as journal:
        number = send(journal, pending(name="Silinecek Kişi"))
        given = outcome_of(
            pending(), Outcome.APPROVED, reason="Silinecek Kişi onaylandı", message="Sayın Silinecek Kişi"
        )
        journal.settle(number, given)
        journal.end_run("pass")
    with Journal(path, info("run-2")) as journal:
        send(journal, pending("5", "Kalacak Kişi"))
    with JournalKeeper(path) as keeper:
        digest = keeper._db.execute("SELECT name_digest FROM entries WHERE id = 1").fetchone()[0]
        assert keeper.purge("run-1") == 1
        assert keeper.purge("run-1") == 0
        (entry,) = keeper.entries("run-1")
        assert (entry.name, entry.outcome, entry.gorevlendirme_id) == ("", Outcome.APPROVED, "1001")
        assert keeper._db.execute("SELECT name_digest FROM entries WHERE id = 1").fetchone()[0] == digest
    everything = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert b"Silinecek" not in everything
    assert b"Kalacak" in everything


def test_the_same_name_has_another_digest_each_time(path: Path) -> None:
    with Journal(path, info()) as journal:
        for _ in range(2):
            send(journal, pending())
        first, second = journal._db.execute("SELECT name_digest FROM entries").fetchall()
    assert first["name_digest"] != second["name_digest"]


def test_processes_of_earlier_runs_are_handed_to_the_next(path: Path) -> None:
    node = Process(4711, 1000.5, "node")
    with Journal(path, info()) as journal:
        journal.remember_process(node)
        journal.remember_process(Process(4712, 1001.5, "chromium"))
        assert journal.left_processes() == []
        journal.forget_process(Process(4712, 1001.5, "chromium"))
    with Journal(path, info("run-2")) as journal:
        assert journal.left_processes() == [node]


def test_run_names_are_ascii_and_never_meet() -> None:
    names = {new_run_id() for _ in range(20)}
    assert len(names) == 20
    assert all(name.isascii() and len(name) == 21 for name in names)


def test_an_entry_compares_like_a_contract() -> None:
    record = Record("1", "IŞIL İĞNECİ")
    entry = JournalEntry(
        1,
        "r",
        "o",
        "f",
        record.workplace,
        "Işıl İğneci",
        record.category,
        record.start,
        None,
        None,
        None,
        None,
        None,
        (),
    )
    assert entry.identity == record.identity
