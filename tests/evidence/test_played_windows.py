"""What is different on Windows, played here: consoles, line ends, names and lengths of paths, locks.

Played are the differences that show in Python. How Windows itself behaves shows in `.github/workflows/ci.yml` only.
"""

from __future__ import annotations

import ast
import errno
import importlib.util
import io
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import Katip.approvals.lock
from Katip import cli
from Katip.approvals.rules_file import load_rules
from Katip.doctor import folders
from Katip.errors import AlreadyRunning
from Katip.evidence.seal import seal_run
from Katip.evidence.verify import verify_run
from Katip.package_files import resource
from Katip.portal import load_portal
from PracticePortal import __main__ as portal_command

# Turkish Windows: a window of its own and a redirected one; cp437 and ASCII know hardly a letter of what is printed.
CODE_PAGES = ("cp857", "cp1254", "cp437", "ascii")
COMMANDS = [(), *((name,) for name in sorted(cli.katip.commands))]


@pytest.mark.parametrize("code_page", CODE_PAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command) or "katip")
def test_help_can_be_printed_on_any_console(
    code_page: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = printed(code_page, ["katip", *command, "--help"], cli.main, monkeypatch)
    assert "Usage" in said


@pytest.mark.parametrize("code_page", CODE_PAGES)
def test_help_of_the_practice_portal_can_be_printed_on_any_console(
    code_page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "skin" in printed(code_page, ["PracticePortal", "--help"], portal_command.main, monkeypatch)


def printed(code_page: str, arguments: list[str], main: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> str:
    """Call a command with a console of a code page, and return what it printed."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "argv", arguments)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=code_page))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code in (0, None)
    sys.stdout.flush()
    return raw.getvalue().decode(code_page, "replace")  # click takes ASCII for a mistake and writes UTF-8


@pytest.mark.parametrize(
    "folder",
    ["Şükrü Işık", "OneDrive - ÖRNEK OSGB A.Ş", "/".join(["çok uzun bir klasör adı, örneğin bir proje"] * 8)],
    ids=["a user's name", "OneDrive", "more than 260 characters"],
)
def test_run_is_sealed_and_verified_wherever_it_is(folder: str, unsealed: Path, tmp_path: Path) -> None:
    run = tmp_path / folder / "results" / "run1"
    shutil.copytree(unsealed, run)
    result = seal_run(run)
    assert result.package is not None
    assert verify_run(run).ok
    assert verify_run(result.package).ok


def test_names_below_a_run_are_as_short_as_the_doctor_reckons(sealed: Path) -> None:
    longest = max(len(str(path.relative_to(sealed.parent))) for path in sealed.rglob("*"))
    assert longest <= folders._OWN_PATH_LENGTH


@pytest.mark.parametrize("name", ["practice", "v9"])
def test_portal_file_may_have_the_line_ends_of_windows(name: str, tmp_path: Path) -> None:
    ours, theirs = (
        load_portal(name),
        load_portal(str(with_windows_line_ends(resource(f"portals/{name}.toml"), tmp_path))),
    )
    assert replace(theirs, wording=ours.wording) == ours
    assert theirs.wording.pager == ours.wording.pager


def test_rules_may_have_the_line_ends_of_windows(tmp_path: Path) -> None:
    assert repr(load_rules(with_windows_line_ends(resource("rules.toml"), tmp_path))) == repr(load_rules())


def with_windows_line_ends(path: Path, folder: Path) -> Path:
    """Copy a text file as an editor of Windows saves it: with CRLF and a byte order mark."""
    copy = folder / path.name
    text = path.read_bytes().replace(b"\r\n", b"\n")
    assert b"\n" in text
    copy.write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    return copy


def test_no_text_is_written_with_the_systems_line_ends(project: Path) -> None:
    """A digest would differ by system: text is written as bytes, or with `newline` given."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in (project / "libraries").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and writes_text(node)
    ]
    assert found == []


def writes_text(call: ast.Call) -> bool:
    """True if a call writes text and does not say with which line ends."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if any(each.arg == "newline" for each in call.keywords):
        return False
    if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") in ("archive", "_archive"):
        return False  # a member of a ZIP is bytes
    modes = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return name == "write_text" or (
        name in ("open", "fdopen") and any(mode in ("w", "a", "x", "r+", "w+") for mode in modes)
    )


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('path.write_text("x", "utf-8")', True),
        ('path.open("w")', True),
        ('open(path, "a", encoding="utf-8")', True),
        ('path.open("w", newline="")', False),
        ('path.open("wb")', False),
    ],
)
def test_text_with_the_systems_line_ends_is_found(code: str, found: bool) -> None:
    (call,) = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    assert writes_text(call) is found


class PlayedMsvcrt:
    """`msvcrt.locking` for one byte at the file's position, as Windows does it: EACCES where it is locked already."""

    LK_NBLCK, LK_UNLCK = 2, 0

    def __init__(self) -> None:
        self.locked: dict[tuple[int, int], int] = {}

    def locking(self, handle: int, mode: int, count: int) -> None:
        assert count == 1
        byte = (os.fstat(handle).st_ino, os.lseek(handle, 0, os.SEEK_CUR))
        if mode == self.LK_UNLCK:
            if self.locked.pop(byte, None) != handle:
                raise OSError(errno.EACCES, "Permission denied")
        elif byte in self.locked:
            raise OSError(errno.EACCES, "Permission denied")
        else:
            self.locked[byte] = handle


@pytest.fixture
def lock_of_windows(monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, PlayedMsvcrt]:
    """The lock's module as Windows imports it, with a played msvcrt."""
    played = PlayedMsvcrt()
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(**{name: getattr(played, name) for name in dir(played)}))
    monkeypatch.setattr(sys, "platform", "win32")
    specification = importlib.util.spec_from_file_location("lock_of_windows", Katip.approvals.lock.__file__)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    monkeypatch.undo()
    return module, played


def test_windows_lock_keeps_a_second_run_out_and_is_given_back(
    lock_of_windows: tuple[ModuleType, PlayedMsvcrt], tmp_path: Path
) -> None:
    module, played = lock_of_windows
    path = tmp_path / "Şükrü" / "journal.sqlite.lock"
    holder = {"pid": "4711", "host": "OFİS", "since": "2021-03-01", "folder": r"C:\Users\Şükrü\results\run1"}
    first = module.RunLock(path, holder)
    with pytest.raises(AlreadyRunning, match="4711 on OFİS"):
        module.RunLock(path, holder)
    first.release()
    assert played.locked == {}
    module.RunLock(path, holder).release()
    assert played.locked == {}


def test_windows_lock_leaves_the_text_readable_to_others(
    lock_of_windows: tuple[ModuleType, PlayedMsvcrt], tmp_path: Path
) -> None:
    module, played = lock_of_windows
    path = tmp_path / "journal.sqlite.lock"
    held = module.RunLock(path, {"pid": "1", "host": "h", "since": "s", "folder": "f"})
    ((_, position),) = played.locked
    assert position > path.stat().st_size  # what is locked cannot be read by others on Windows
    held.release()
