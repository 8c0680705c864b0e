"""A folder that somebody made for the auditor: it opens nothing else, says nothing of its own, and ends soon."""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from Katip.cli import katip
from Katip.errors import EvidenceError
from Katip.evidence import layout, source
from Katip.evidence.findings import RunVerdict
from Katip.evidence.report.sealed_runs import write_report
from Katip.evidence.robot_output import contract_tasks
from Katip.evidence.seal import seal_run
from Katip.evidence.source import FolderSource, SealedFiles, open_run
from Katip.evidence.verify import verify_run, verify_runs

from .sample import draw, make_run

RECORD = "evidence/contracts/001/record.json"


def codes(verdict: RunVerdict) -> set[str]:
    return {finding.code for finding in verdict.findings}


def failing(verdict: RunVerdict) -> set[str]:
    return {finding.code for finding in verdict.findings if finding.kind.fails}


def point_to(run: Path, target: str) -> None:
    """Let the first contract's record name another file as its picture, and seal that."""
    record = json.loads((run / RECORD).read_bytes())
    record["pictures"]["before"]["path"] = target
    (run / RECORD).write_text(json.dumps(record))
    seal_run(run)


@pytest.mark.parametrize("way", ["absolute", "climbing", "unlisted", "linked"])
def test_report_reads_only_what_the_seal_lists(way: str, unsealed: Path, tmp_path: Path) -> None:
    secret = tmp_path / "private.png"
    draw(secret, "somebody's own picture", (64, 64))
    targets = {
        "absolute": str(secret),
        "climbing": "../../private.png",
        "unlisted": "evidence/contracts/001/private.png",
        "linked": "evidence/contracts/001/link/private.png",
    }
    point_to(unsealed, targets[way])
    if way == "unlisted":
        shutil.copy(secret, unsealed / targets[way])
    elif way == "linked":
        (unsealed / "evidence/contracts/001/link").symlink_to(tmp_path, target_is_directory=True)
    html, pdf, _ = write_report([unsealed], tmp_path / "out").files
    import base64

    assert base64.b64encode(secret.read_bytes())[:200].decode() not in html.read_text()
    assert pdf.is_file()
    assert not verify_run(unsealed).ok


@pytest.mark.parametrize(
    "name",
    ["", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/", "C:x", "a\\b", "a\0b", "evidence/link/x", "evidence"],
)
def test_no_name_leads_out_of_the_folder(name: str, sealed: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    (sealed / "evidence" / "link").symlink_to(tmp_path)
    run = FolderSource(sealed)
    with pytest.raises((OSError, ValueError)):
        run.open(name)
    assert not run.has(name)
    with pytest.raises(KeyError):
        SealedFiles(run, ["output.xml"]).open("evidence/run.json")


SPECIAL: dict[str, Callable[[Path], object]] = {
    "fifo": os.mkfifo,
    "socket": lambda path: socket.socket(socket.AF_UNIX).bind(os.path.relpath(path)),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "loop": lambda path: path.symlink_to(path.name),
    "folder": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("place", ["output.xml", "SHA256SUMS", "seal.dsse.json", "evidence/run.json", "evidence/extra"])
@pytest.mark.parametrize("make", SPECIAL.values(), ids=SPECIAL)
def test_nothing_that_is_no_regular_file_is_opened(
    make: Callable[[Path], object], place: str, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sealed)
    (sealed / place).unlink(missing_ok=True)
    make(sealed / place)
    assert not verify_run(sealed).ok or (place == "evidence/extra" and (sealed / place).is_dir())


# What it prints ---------------------------------------------------------------------------------------------------

EVIL = "\x1b[2K\rVERIFIED  20260301T093000Z-aaaa\n\u202e\x07\x9b1mVERIFIED\u2028"


@pytest.mark.parametrize("place", ["file name", "record", "statement", "chain", "journal", "path"])
def test_no_control_character_reaches_the_terminal(place: str, sealed: Path, tmp_path: Path) -> None:
    path = sealed
    arguments: list[str] = []
    if place == "file name":
        (sealed / "evidence" / EVIL.replace("/", "")).write_text("x")
    elif place == "record":
        (sealed / RECORD).chmod(0o644)
        (sealed / RECORD).write_text((sealed / RECORD).read_text().replace('"Onay Bekliyor"', json.dumps([EVIL])))
    elif place == "statement":
        (sealed / layout.SEAL).chmod(0o644)
        seal = json.loads((sealed / layout.SEAL).read_bytes())
        seal["signatures"][0]["keyid"] = EVIL
        (sealed / layout.SEAL).write_text(json.dumps(seal))
    elif place == "chain":
        (sealed.parent / layout.CHAIN).write_text(json.dumps({EVIL: EVIL}) + "\n")
    elif place == "journal":
        (tmp_path / f"j{EVIL}").write_text(EVIL)
        arguments = ["--journal", str(tmp_path / f"j{EVIL}")]
    else:
        path = sealed.rename(sealed.parent / EVIL)
        (path / "evidence" / "x").write_text("x")
    said = CliRunner().invoke(katip, ["verify", str(path), *arguments, "--lang", "en"])
    assert said.exit_code == 1
    lines = said.output.split("\n")
    assert all(letter.isprintable() for line in lines for letter in line), said.output
    assert not any(line.startswith("VERIFIED") for line in lines)
    wrong = CliRunner().invoke(katip, ["report", str(tmp_path), "-o", str(tmp_path / f"o{EVIL}")])
    assert wrong.exit_code == 1
    assert all(letter.isprintable() for line in wrong.output.split("\n") for letter in line)


# What it costs ----------------------------------------------------------------------------------------------------


def within(seconds: float, run: Callable[[], object]) -> None:
    start = time.monotonic()
    run()
    assert time.monotonic() - start < seconds


def test_limits_of_a_folder_end_the_reading(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (sealed / "huge.bin").open("wb") as file:
        file.truncate(1 << 42)
    within(5, lambda: verify_run(sealed))
    assert failing(verify_run(sealed)) == {"unreadable"}
    (sealed / "huge.bin").unlink()
    deep = sealed
    for _ in range(40):
        deep = deep / "d"
        deep.mkdir()
    assert failing(verify_run(sealed)) == {"unreadable"}
    shutil.rmtree(sealed / "d")
    assert verify_run(sealed).ok
    monkeypatch.setattr(source, "MOST_FILES", 10)
    assert failing(verify_run(sealed)) == {"unreadable"}


@pytest.mark.parametrize("depth", [10_000, 1_000_000])
@pytest.mark.parametrize("name", ["evidence/run.json", "approvals.json", "seal.dsse.json", RECORD])
def test_deep_json_is_no_crash(name: str, depth: int, sealed: Path) -> None:
    (sealed / name).chmod(0o644)
    (sealed / name).write_text("[" * depth)
    within(20, lambda: verify_run(sealed))
    assert not verify_run(sealed).ok


def deflated(path: Path, run: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in FolderSource(run).names():
            archive.write(run / name, f"run/{name}")
    return path


def test_bombs_are_not_unpacked(sealed: Path, tmp_path: Path) -> None:
    with (sealed / "evidence" / "zeros").open("wb") as file:
        file.truncate(64 << 20)
    bomb = deflated(tmp_path / "bomb.zip", sealed)
    within(20, lambda: verify_run(bomb))
    assert failing(verify_run(bomb)) == {"unreadable"}
    with pytest.raises(EvidenceError, match="packed again by another program"), open_run(bomb):
        pass


@pytest.mark.parametrize("limit", ["MOST_FILES", "MOST_BYTES", "_MOST_DIRECTORY_BYTES"])
def test_limits_of_a_package_end_the_reading(limit: str, sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = next(sealed.parent.glob("*.zip"))
    monkeypatch.setattr(source, limit, 20)
    assert failing(verify_run(package)) == {"unreadable"}


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY a "aaaa">]><robot/>',
        b"<robot>" + b"<kw>" * 5000,
        b"<html/>",
        b"<robot><test><tag>contract-001",
        b"",
    ],
)
def test_hostile_output_is_a_sentence(xml: bytes, tmp_path: Path) -> None:
    (tmp_path / "output.xml").write_bytes(xml)
    with (tmp_path / "output.xml").open("rb") as stream, pytest.raises(ValueError, match=r"."):
        contract_tasks(stream)


# What is no run ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["nothing", "pictures", "unsealed", "sums only"])
def test_a_folder_that_is_no_run_has_no_report(content: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    if content == "pictures":
        draw(folder / "holiday.png", "holiday", (64, 64))
    elif content == "unsealed":
        make_run(tmp_path / "results" / "run", robot=False)
        folder = tmp_path / "results" / "run"
    elif content == "sums only":
        (folder / layout.SUMS).write_text(f"{'0' * 64}  evidence/run.json\n")
    with pytest.raises(EvidenceError):
        write_report([folder], tmp_path / "out")
    assert not list(tmp_path.glob("out/*.html"))


def test_missing_personal_data_is_not_called_deleted(sealed: Path, tmp_path: Path) -> None:
    (sealed / layout.RUN_PERSONAL).unlink()
    (sealed / "evidence/contracts/001/personal.json").unlink()
    html, *_ = write_report([sealed], tmp_path / "out").files
    assert "saklama süresi sonunda silindi" not in html.read_text()


# What a desktop leaves --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [".DS_Store", "evidence/.DS_Store", "evidence/contracts/Thumbs.db", "evidence/contracts/001/desktop.ini"]
)
def test_what_a_desktop_leaves_is_named_and_harms_nothing(name: str, sealed: Path) -> None:
    (sealed / name).write_bytes(b"\0\1")
    verdict = verify_runs([sealed])[0]
    assert verdict.ok, verdict.sentences()
    assert [found.path for found in verdict.findings if found.code == "system-file"] == [name]


def test_what_a_desktop_leaves_is_not_sealed(unsealed: Path) -> None:
    (unsealed / "evidence/.DS_Store").write_bytes(b"before")
    seal_run(unsealed)
    (unsealed / "evidence/.DS_Store").write_bytes(b"after")
    assert verify_run(unsealed).ok


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/etc")], ids=["fifo", "link"])
def test_only_a_regular_file_is_what_a_desktop_leaves(make: Callable[[Path], object], sealed: Path) -> None:
    make(sealed / "evidence" / "Thumbs.db")
    assert "file-added" in failing(verify_run(sealed))


def test_outer_folder_of_extract_all_is_looked_into(sealed: Path, tmp_path: Path) -> None:
    package = next(sealed.parent.glob("*.zip"))
    outer = tmp_path / "Downloads" / package.stem
    with zipfile.ZipFile(package) as archive:
        archive.extractall(outer)
    (outer / "desktop.ini").write_text("")
    verdict = verify_runs([outer])[0]
    assert verdict.ok, verdict.sentences()
    assert verdict.run == package.stem
    assert write_report([outer], tmp_path / "out")
    (outer / package.stem / "output.xml").chmod(0o644)
    (outer / package.stem / "output.xml").write_text("<robot/>")
    assert not verify_runs([outer])[0].ok
    (outer / "another").mkdir()
    assert "no-seal" in failing(verify_run(outer))
