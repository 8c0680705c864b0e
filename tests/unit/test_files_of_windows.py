"""Files as Windows handles them, played here: held by another program, no hard links, names that it does not take."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from Katip import disk
from Katip.disk import replaced, write_synced
from Katip.errors import CannotRecord
from Katip.extending import _FILE_NAME


class Held:
    """Plays a file that another program holds for some tries."""

    def __init__(self, tries: int, code: int = 32) -> None:
        self.tries, self.code = tries, code

    def replace(self, path: Path, target: Path) -> Path:
        if self.tries:
            self.tries -= 1
            error = PermissionError(13, "held")
            error.winerror = self.code  # type: ignore[attr-defined]
            raise error
        path.rename(target)
        return target


def hold(monkeypatch: pytest.MonkeyPatch, held: Held) -> None:
    monkeypatch.setattr(Path, "replace", lambda path, target: held.replace(path, target))
    monkeypatch.setattr(disk, "_POLL_SECONDS", 0)


@pytest.mark.parametrize("code", [5, 32, 33])
def test_file_that_is_held_for_a_moment_is_written(tmp_path: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "approvals.json").write_bytes(b"old")
    hold(monkeypatch, Held(3, code))
    write_synced(tmp_path / "approvals.json", b"new")
    assert (tmp_path / "approvals.json").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["approvals.json"]


def test_file_that_stays_held_is_named_and_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "approvals.json").write_bytes(b"old")
    hold(monkeypatch, Held(10**9))
    monkeypatch.setattr(disk, "_HELD_SECONDS", 0)
    with pytest.raises(CannotRecord, match=r"approvals\.json"):
        write_synced(tmp_path / "approvals.json", b"new")
    assert (tmp_path / "approvals.json").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["approvals.json"]


def test_missing_right_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(1, 0)
    hold(monkeypatch, held)
    with pytest.raises(CannotRecord):
        write_synced(tmp_path / "file", b"new")
    assert held.tries == 0


def test_existing_file_is_kept_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(source: Path, target: Path) -> None:
        """Rename as Windows does: nothing is replaced."""
        if target.exists():
            raise FileExistsError(17, "there already")
        source.rename(target)

    played = SimpleNamespace(
        rename=rename, close=os.close, fsync=os.fsync, open=os.open, O_RDONLY=os.O_RDONLY, name="nt"
    )
    monkeypatch.setattr(disk, "os", played)
    monkeypatch.setattr(disk, "_IS_WINDOWS", True)
    for content in (b"first", b"second"):
        with replaced(tmp_path / "key", keep_existing=True) as temporary:
            temporary.write_bytes(content)
    monkeypatch.undo()
    assert (tmp_path / "key").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "AUX.xlsx",
        "nul.tar.gz",
        "com1.json",
        "lpt9",
        "list.",
        "list ",
        "a:b",
        "a?b",
        "a/b",
        "a\\b",
        ".hidden",
        "",
        "a\tb",
    ],
)
def test_name_that_windows_does_not_take_is_refused(name: str) -> None:
    assert not _FILE_NAME.fullmatch(name)


@pytest.mark.parametrize(
    "name", ["console.xlsx", "auxiliary", "deleted-contracts.json", "a b (1).pdf", "com.json", "list_2.csv"]
)
def test_other_names_are_taken(name: str) -> None:
    assert _FILE_NAME.fullmatch(name)
