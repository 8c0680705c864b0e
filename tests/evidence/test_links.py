"""Chain and journal: a removed run shows, whatever was put in its place."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from Katip.approvals.journal import Journal
from Katip.approvals.journal_records import JournalRun
from Katip.cli import katip
from Katip.evidence import layout, purge_record
from Katip.evidence.envelope import signed_statement
from Katip.evidence.findings import FindingKind
from Katip.evidence.key import load_key
from Katip.evidence.purge import purge_run
from Katip.evidence.purge_record import PURGE_TYPE, TIME_OVER
from Katip.evidence.seal import seal_run
from Katip.evidence.sums import read_sums
from Katip.evidence.verify import verify_run, verify_runs
from Katip.model import Outcome
from tests.evidence.linked_runs import OTHER, RUN, failing, journal_of

from .sample import make_run


@pytest.fixture
def two(sealed: Path) -> Path:
    """Two sealed runs, chained; the second has no contract. Returns the first."""
    make_run(sealed.parent / "run2", OTHER, outcomes=(), robot=False)
    seal_run(sealed.parent / "run2")
    return sealed


def nothing(folder: Path) -> None:
    assert folder.is_dir()


IN_ITS_PLACE: dict[str, Callable[[Path], object]] = {
    "nothing": nothing,
    "an empty package": lambda home: (home / f"{OTHER}.zip").write_bytes(b""),
    "another run's package": lambda home: shutil.copy(home / f"{RUN}.zip", home / f"{OTHER}.zip"),
    "an empty folder": lambda home: (home / "run2").mkdir(),
}


@pytest.mark.parametrize("there", IN_ITS_PLACE.values(), ids=IN_ITS_PLACE)
def test_what_does_not_verify_does_not_hide_a_removed_run(there: Callable[[Path], object], two: Path) -> None:
    home = two.parent
    assert verify_runs([two])[0].ok
    shutil.rmtree(home / "run2")
    (home / f"{OTHER}.zip").unlink()
    there(home)
    assert failing(verify_runs([two])[0]) == {"run-removed"}


@pytest.mark.parametrize("kept", [(layout.SEAL,), (layout.SEAL, layout.SUMS, layout.SUMS_SIGNATURE, layout.PUBLIC_KEY)])
def test_a_seal_without_its_run_does_not_hide_it(kept: tuple[str, ...], two: Path) -> None:
    other = two.parent / "run2"
    (two.parent / f"{OTHER}.zip").unlink()
    for path in sorted(other.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        elif path.name not in kept:
            path.unlink()
    assert failing(verify_runs([two])[0]) == {"run-removed"}


@pytest.mark.parametrize("copy", ["folder", "package"])
def test_one_whole_copy_is_enough(copy: str, two: Path) -> None:
    if copy == "folder":
        (two.parent / f"{OTHER}.zip").unlink()
    else:
        shutil.rmtree(two.parent / "run2")
    assert verify_runs([two])[0].ok


def test_on_another_machine_it_is_said_that_the_chain_was_not_looked_at(sealed: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    for path in (sealed, next(sealed.parent.glob("*.zip"))):
        there = shutil.move(path, alone)
        said = CliRunner().invoke(katip, ["verify", str(there), "--lang", "en"])
        assert said.exit_code == 0, said.output
        assert "the chain of seals was not looked at" in said.output


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("run", "20260301T093000Z-cccc"),
        ("at", "2026-03-01T00:00:00+00:00"),
        ("key", "0" * 64),
        ("previous", "0" * 64),
        ("digest", "0" * 64),
        ("kind", "stamp"),
        ("kind", "other"),
        ("at", "yesterday"),
        ("key", None),
        ("digest", ["x"]),
        ("extra", 1),
    ],
)
def test_every_field_of_the_chain_counts(field: str, value: object, sealed: Path) -> None:
    chain = sealed.parent / layout.CHAIN
    link = json.loads(chain.read_bytes())
    link[field] = value
    chain.write_text(json.dumps(link, sort_keys=True, separators=(",", ":")) + "\n")
    assert failing(verify_runs([sealed])[0])


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b"[" * 100_000 + b"\n"])
def test_an_empty_or_damaged_chain_fails(content: bytes, sealed: Path) -> None:
    (sealed.parent / layout.CHAIN).write_bytes(content)
    assert failing(verify_runs([sealed])[0])


def test_a_chain_in_the_runs_own_folder_does_not_hide_the_one_above(two: Path) -> None:
    shutil.rmtree(two.parent / "run2")
    (two.parent / f"{OTHER}.zip").unlink()
    first = (two.parent / layout.CHAIN).read_bytes().split(b"\n")[0] + b"\n"
    (two / layout.CHAIN).write_bytes(first)
    assert "run-removed" in failing(verify_runs([two])[0])


# The journal ------------------------------------------------------------------------------------------------------


FOREIGN: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("no database"),
    "a database": lambda path: sqlite3.connect(path).execute("CREATE TABLE a (b)").connection.commit(),
    "a folder": lambda path: path.mkdir(),
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a link to a journal": lambda path: path.symlink_to(
        journal_of(path.parent / "elsewhere.sqlite", RUN, folder=path.parent)
    ),
    "of other runs": lambda path: journal_of(path, OTHER, folder=path.parent),
}


@pytest.mark.parametrize("given", [False, True], ids=["beside", "given"])
@pytest.mark.parametrize("make", FOREIGN.values(), ids=FOREIGN)
def test_a_journal_that_is_no_witness_fails(
    make: Callable[[Path], object], given: bool, sealed: Path, tmp_path: Path
) -> None:
    path = (tmp_path if given else sealed.parent) / "journal.sqlite"
    make(path)
    assert failing(verify_runs([sealed], journal=path if given else None)[0]) & {"unreadable", "journal-run"}


def test_a_given_journal_has_to_be_there(sealed: Path, tmp_path: Path) -> None:
    assert failing(verify_runs([sealed], journal=tmp_path / "nowhere.sqlite")[0]) == {"unreadable"}


def test_a_journal_with_code_of_its_own_is_not_read(sealed: Path) -> None:
    path = journal_of(sealed.parent / "journal.sqlite", RUN, folder=sealed.parent)
    with sqlite3.connect(path) as db:
        db.executescript("ALTER TABLE runs RENAME TO r; CREATE VIEW runs AS SELECT * FROM r")
    db.close()
    assert "unreadable" in failing(verify_runs([sealed])[0])


def test_a_removed_run_without_contracts_is_noticed_by_the_journal(tmp_path: Path) -> None:
    home = tmp_path / "results"
    make_run(home / "run1", RUN, outcomes=(), robot=False)
    seal_run(home / "run1")
    journal_of(home / "journal.sqlite", RUN, OTHER, folder=home)
    verdict = verify_runs([home / "run1"])[0]
    assert failing(verdict) == {"journal-removed"}
    (home / f"{OTHER}.zip").write_bytes(b"")
    assert failing(verify_runs([home / "run1"])[0]) == {"journal-removed"}


def test_a_run_that_could_not_begin_left_nothing_to_look_for(tmp_path: Path) -> None:
    home = tmp_path / "results"
    make_run(home / "run1", RUN, outcomes=(), robot=False)
    seal_run(home / "run1")
    path = journal_of(home / "journal.sqlite", RUN, folder=home)
    with Journal(path, JournalRun(OTHER, "http://127.0.0.1:8003", "approve", "worklist", str(home / "x"))) as opened:
        opened.end_run("not begun")
    assert verify_runs([home / "run1"])[0].ok


def test_an_unsealed_run_is_named(tmp_path: Path) -> None:
    home = tmp_path / "results"
    make_run(home / "run1", RUN, outcomes=(), robot=False)
    seal_run(home / "run1")
    make_run(home / OTHER, OTHER, outcomes=(Outcome.SKIPPED,), robot=False)
    journal_of(home / "journal.sqlite", RUN, OTHER, folder=home)
    verdict = verify_runs([home / "run1"])[0]
    assert verdict.ok, verdict.sentences()
    assert "journal-unsealed" in {finding.code for finding in verdict.findings}


def test_without_its_chain_a_journal_is_not_enough(sealed: Path) -> None:
    journal_of(sealed.parent / "journal.sqlite", RUN, folder=sealed.parent)
    (sealed.parent / layout.CHAIN).unlink()
    assert "chain-gone" in failing(verify_runs([sealed])[0])


# Deletions --------------------------------------------------------------------------------------------------------


@pytest.fixture
def sealed_at(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> datetime:
    at = datetime.fromisoformat(verify_run(sealed).sealed_at)
    monkeypatch.setattr(purge_record, "_now", lambda: at + timedelta(days=4000))
    return at


def write_purge(folder: Path, deleted: list[str], **predicate: object) -> None:
    sums = read_sums((folder / layout.SUMS).read_bytes()) or {}
    (folder / "purge-1.dsse.json").write_bytes(
        signed_statement(load_key(), [(name, sums[name], {}) for name in sorted(deleted)], PURGE_TYPE, predicate)
    )
    for name in deleted:
        (folder / name).unlink()


@pytest.mark.parametrize(
    ("days", "years", "reason", "wrong"),
    [
        (3660, 10, TIME_OVER, set()),
        (1, 10, "talep", set()),
        (-1, 10, "talep", {"purge-when"}),
        (-1, 0, TIME_OVER, {"purge-when", "purge-early"}),
        (5000, 10, TIME_OVER, {"purge-when"}),
        (3600, 10, TIME_OVER, {"purge-early"}),
        (3660, None, TIME_OVER, {"purge-when"}),
        (3660, "10", TIME_OVER, {"purge-when"}),
        (3660, 10.5, "", {"purge-early"}),
    ],
)
def test_a_deletion_agrees_with_time_and_reason(
    days: int, years: object, reason: str, wrong: set[str], sealed: Path, sealed_at: datetime
) -> None:
    verdict = verify_run(sealed)
    personal = [
        name for name in read_sums((sealed / layout.SUMS).read_bytes()) or {} if not layout.survives_purge(name)
    ]
    at = (sealed_at + timedelta(days=days)).astimezone(UTC).isoformat(timespec="seconds")
    write_purge(sealed, personal, run=RUN, seal=verdict.seal, purgedAt=at, keepYears=years, reason=reason)
    assert failing(verify_run(sealed)) == wrong


def test_one_picture_alone_is_not_deleted_but_hidden(sealed: Path, sealed_at: datetime) -> None:
    verdict = verify_run(sealed)
    at = (sealed_at + timedelta(days=1)).isoformat(timespec="seconds")
    picture = "evidence/contracts/001/2-form.png"
    write_purge(sealed, [picture], run=RUN, seal=verdict.seal, purgedAt=at, keepYears=10, reason="talep")
    assert failing(verify_run(sealed)) == {"purge-partial"}


def test_a_deletion_is_a_link_of_the_chain(sealed: Path, sealed_at: datetime) -> None:
    purge_run(sealed, reason="talep", now=sealed_at + timedelta(days=1))
    chain = sealed.parent / layout.CHAIN
    links = chain.read_bytes().splitlines(keepends=True)
    assert json.loads(links[-1])["kind"] == "purge"
    assert all(verdict.ok for verdict in verify_runs([sealed]))
    package = next(sealed.parent.glob("*.zip"))
    notes = [finding.code for finding in verify_runs([package])[0].findings if finding.kind is FindingKind.NOTE]
    assert "purge-other-copy" in notes
    chain.write_bytes(links[0])
    assert failing(verify_runs([sealed])[0]) == {"purge-unlinked"}


def flipped(package: Path, _: Path) -> None:
    package.chmod(0o644)
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(data)


def cut(package: Path, _: Path) -> None:
    package.chmod(0o644)
    package.write_bytes(package.read_bytes()[:-100])


def emptied(package: Path, _: Path) -> None:
    package.chmod(0o644)
    package.write_bytes(b"")


def replaced_by_folder(package: Path, _: Path) -> None:
    package.unlink()
    package.mkdir()


def replaced_by_other(package: Path, other: Path) -> None:
    package.unlink()
    shutil.copy(other, package)


@pytest.mark.parametrize("change", [flipped, cut, emptied, replaced_by_folder, replaced_by_other])
def test_package_beside_the_run_that_is_not_sound_is_named_and_packed_again(
    two: Path, change: Callable[[Path, Path], None]
) -> None:
    assert verify_runs([two])[0].ok
    package = two.parent / f"{RUN}.zip"
    change(package, two.parent / f"{OTHER}.zip")
    assert failing(verify_runs([two])[0]) == {"package-other" if change is replaced_by_other else "package-rotten"}
    if package.is_dir():
        package.rmdir()
    assert CliRunner().invoke(katip, ["seal", str(two)]).exit_code == 0
    assert not failing(verify_runs([two])[0])


def test_package_of_another_seal_of_the_same_run_is_named(sealed: Path, tmp_path: Path) -> None:
    make_run(tmp_path / "again" / "run1", RUN)
    seal_run(tmp_path / "again" / "run1")
    package = sealed.parent / f"{RUN}.zip"
    package.unlink()
    shutil.copy(tmp_path / "again" / f"{RUN}.zip", package)
    assert failing(verify_runs([sealed])[0]) == {"package-other"}


def test_missing_package_is_no_fault(sealed: Path) -> None:
    (sealed.parent / f"{RUN}.zip").unlink()
    assert verify_runs([sealed])[0].ok
