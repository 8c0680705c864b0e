"""Number and password are in no file of a run, whatever the log level and whatever happened."""

from __future__ import annotations

import base64
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from PracticePortal.examples import tc_number
from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth
from tests.acceptance.running import Operator, Run
from tests.leaks import find_leaks

NUMBER = tc_number(271828182)
PASSWORD = 'Gizli&<4711>"Pa rola'
WRONG_NUMBER = tc_number(314159265)
WRONG_PASSWORD = "Başka%Parola#0815"
MARKERS = (NUMBER, PASSWORD, WRONG_NUMBER, WRONG_PASSWORD)


def pieces(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file's bytes, and those of every member of an archive, however deep the folder."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    yield from ((f"{path}!{name}", archive.read(name)) for name in archive.namelist())


def spellings(secret: str) -> Iterator[bytes]:
    yield secret.encode()
    yield secret.encode("utf-16-le")
    yield base64.b64encode(secret.encode())
    yield secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()
    yield secret.encode("unicode_escape")


@pytest.fixture
def both_runs(
    tmp_path: Path, start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> tuple[Path, Run, Run]:
    """A run that approves and one whose sign-in is refused, both at TRACE, in a folder without the portal's files."""
    portal = start_portal("plain", 2, number=NUMBER, password=PASSWORD)
    truth = Truth(portal)
    folder = tmp_path / "operator"
    folder.mkdir()
    operator = make_operator(portal, folder)
    good = operator.run("-L", "TRACE")
    assert good.code == 0, good.said
    refused = operator.run("-L", "TRACE", environment={"EDEVLET_TCKN": WRONG_NUMBER, "EDEVLET_SIFRE": WRONG_PASSWORD})
    assert refused.code == 1, refused.said
    assert truth.sign_ins == [True, False]
    return folder, good, refused


def test_no_file_holds_number_or_password(both_runs: tuple[Path, Run, Run]) -> None:
    folder, good, refused = both_runs
    assert find_leaks(folder, MARKERS, any_tc_number=True) == []
    found = [
        (name, secret)
        for name, content in pieces(folder)
        for secret in MARKERS
        for spelling in spellings(secret)
        if spelling in content
    ]
    assert found == []
    for run in (good, refused):
        assert not any(secret in run.said for secret in MARKERS)
    # The search itself can fail: what is surely there is found by it.
    assert any(refused.folder.name in name and b"KTP-501" in content for name, content in pieces(folder))
    _pictures_show_no_number(folder)


def _pictures_show_no_number(folder: Path) -> None:
    if shutil.which("tesseract") is None:
        return
    shown = {path: _read(path) for path in folder.rglob("*.png")}
    home = next(text for path, text in shown.items() if path.name == "5-6.png")
    assert "kay" in home.casefold(), "text recognition read nothing"
    for path, text in shown.items():
        digits = "".join(text.split())
        assert not any(secret in digits for secret in (NUMBER, WRONG_NUMBER)), path


def _read(picture: Path) -> str:
    command = ["tesseract", str(picture), "-", "--psm", "11"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=True).stdout
