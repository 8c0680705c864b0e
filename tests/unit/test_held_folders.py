"""Right before "Kayıt": the folders of the run are still there, the same, and can be written to."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from Katip.disk import HeldFolder, write_synced
from Katip.errors import CannotRecord
from Katip.run.work import Work
from Katip.system_words import system_words


@pytest.fixture
def work(tmp_path: Path) -> Work:
    folder, results = tmp_path / "run1", tmp_path / "results"
    (folder / "evidence").mkdir(parents=True)
    results.mkdir()
    nothing = cast(Any, None)
    journal = cast(Any, SimpleNamespace(path=results / "journal.sqlite"))
    settings = cast(Any, SimpleNamespace(free_space=1))
    return Work(settings, "run", folder, nothing, nothing, nothing, journal, nothing, nothing)


def test_folders_that_are_as_they_were_let_the_run_go_on(work: Work, tmp_path: Path) -> None:
    work.require_room()
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["evidence", "results", "run1"]


@pytest.mark.parametrize("again", [False, True], ids=["gone", "made again"])
@pytest.mark.parametrize("place", ["run1", "run1/evidence", "results"])
def test_a_folder_that_vanished_stops_the_run(place: str, again: bool, work: Work, tmp_path: Path) -> None:
    (tmp_path / place).rename(tmp_path / "aside")
    if again:
        (tmp_path / place / "evidence").mkdir(parents=True)
    with pytest.raises(CannotRecord, match="removed or replaced"):
        work.require_room()


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("call", ["mkstemp", "fsync"])
def test_a_folder_that_cannot_be_written_to_stops_the_run(
    number: int, call: str, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any, **__: Any) -> Any:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(tempfile if call == "mkstemp" else os, call, refused)
    with pytest.raises(CannotRecord, match=str(system_words(OSError(number, os.strerror(number))))):
        work.require_room()


def test_too_little_room_stops_the_run(work: Work) -> None:
    cast(Any, work.settings).free_space = shutil.disk_usage(work.folder).total * 2
    with pytest.raises(CannotRecord, match="free space"):
        work.require_room()


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_synced(tmp_path / "a.json", b"before")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotRecord, match="the disk is full"):
        write_synced(tmp_path / "a.json", b"after")
    assert (tmp_path / "a.json").read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_folder_that_was_removed_and_made_again_is_another_one(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    held = HeldFolder(folder)
    held.require()
    for _ in range(3):  # some file systems use the number of the removed folder again at once
        folder.rmdir()
        folder.mkdir()
        with pytest.raises(CannotRecord):
            held.require()
