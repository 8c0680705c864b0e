"""The seal in the hands of tools that this project did not write, and the folder of the next run."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from Katip.errors import FolderTaken, NotSealed
from Katip.evidence import layout
from Katip.evidence.claim import claim_folder
from Katip.evidence.key import load_key
from Katip.evidence.purge import purge_run
from Katip.evidence.seal import Ended, SealedBy, seal_run
from Katip.evidence.seal_statement import PREDICATE_TYPE, is_sealed, statement_of
from Katip.evidence.verify import verify_run, verify_runs

from .sample import make_run

DOCS = Path(__file__).parents[2] / "docs" / "guides"


def shell_blocks(page: str) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", ["5-reading-the-evidence.md", "5-kaniti-okuma.md"])
def test_documented_commands_check_a_sealed_run(sealed: Path, page: str, tmp_path: Path) -> None:
    """Run the very lines that the page gives an auditor; each must fail on a changed folder."""
    blocks = [block for block in shell_blocks(page) if "openssl" in block or "sha256sum" in block]
    folder_blocks = [block for block in blocks if "openssl ts" not in block]
    assert any("pkeyutl" in block for block in folder_blocks)
    for block in folder_blocks:
        done = subprocess.run(["sh", "-eu", "-c", block], cwd=sealed, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (block, done.stdout, done.stderr)
    changed = Path(shutil.copytree(sealed, tmp_path / "changed"))
    (changed / layout.SUMS).chmod(0o644)
    (changed / layout.SUMS).write_bytes((changed / layout.SUMS).read_bytes().replace(b"output.xml", b"0utput.xml"))
    assert any(
        subprocess.run(["sh", "-eu", "-c", block], cwd=changed, capture_output=True, check=False).returncode
        for block in folder_blocks
    )


def checked_by_recipe(folder: Path, page: str = "5-reading-the-evidence.md") -> tuple[bool, str]:
    """Run the page's lines but those about a time stamp; True if all of them succeed."""
    blocks = [block for block in shell_blocks(page) if "openssl ts" not in block and "katip" not in block]
    purged = (folder / "purge-1.dsse.json").exists()
    said, good = "", True
    for block in blocks:
        lines = block.replace("-c --strict", "-c --strict --ignore-missing") if purged else block
        done = subprocess.run(
            ["bash", "-eu", "-o", "pipefail", "-c", lines], cwd=folder, capture_output=True, text=True, check=False
        )
        good, said = good and done.returncode == 0, said + done.stdout + done.stderr
    return good, said


@pytest.mark.parametrize("page", ["5-reading-the-evidence.md", "5-kaniti-okuma.md"])
def test_documented_commands_find_what_was_added_or_removed(sealed: Path, page: str) -> None:
    assert checked_by_recipe(sealed, page)[0]
    (sealed / "evidence" / "contracts" / "001" / "5-extra file.png").write_text("x")
    good, said = checked_by_recipe(sealed, page)
    assert not good
    assert "evidence/contracts/001/5-extra file.png" in said
    (sealed / "evidence" / "contracts" / "001" / "5-extra file.png").unlink()
    (sealed / "evidence" / "contracts" / "001" / "2-form.png").unlink()
    good, said = checked_by_recipe(sealed, page)
    assert not good
    assert "evidence/contracts/001/2-form.png" in said


@pytest.mark.parametrize("page", ["5-reading-the-evidence.md", "5-kaniti-okuma.md"])
def test_documented_commands_read_a_record_of_a_deletion(sealed: Path, page: str) -> None:
    purge_run(sealed, reason="KVKK talebi")
    good, said = checked_by_recipe(sealed, page)
    assert good, said
    assert '"reason":"KVKK talebi"' in said
    assert "  evidence/contracts/001/2-form.png" in said
    (sealed / layout.RUN).unlink()
    assert not checked_by_recipe(sealed, page)[0], "no record lists it"


def test_documented_commands_notice_a_forged_record_of_a_deletion(sealed: Path) -> None:
    purge_run(sealed, reason="KVKK talebi")
    record = sealed / "purge-1.dsse.json"
    record.chmod(0o644)
    envelope = json.loads(record.read_bytes())
    envelope["payload"] = base64.b64encode(base64.b64decode(envelope["payload"]).replace(b"talebi", b"taleb1")).decode()
    record.write_text(json.dumps(envelope, sort_keys=True, separators=(",", ":")) + "\n")
    assert not checked_by_recipe(sealed)[0]


def test_openssl_and_sha256sum_name_what_was_changed(sealed: Path) -> None:
    (sealed / "output.xml").chmod(0o644)
    (sealed / "output.xml").write_text("<robot/>")
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=sealed, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "output.xml: FAILED" in done.stdout


def test_unzip_gives_the_sealed_files(sealed: Path, tmp_path: Path) -> None:
    package = next(sealed.parent.glob("*.zip"))
    subprocess.run(["unzip", "-q", str(package), "-d", str(tmp_path / "out")], check=True)
    done = subprocess.run(
        ["sha256sum", "-c", "--quiet", "--strict", "SHA256SUMS"], cwd=tmp_path / "out" / package.stem, check=False
    )
    assert done.returncode == 0


def test_statement_is_in_totos_test_result(sealed: Path) -> None:
    envelope = json.loads((sealed / layout.SEAL).read_bytes())
    statement = json.loads(base64.b64decode(envelope["payload"]))
    assert envelope["payloadType"] == "application/vnd.in-toto+json"
    assert envelope["signatures"][0]["keyid"] == load_key().fingerprint
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["predicateType"] == PREDICATE_TYPE
    assert statement["subject"][0]["name"] == layout.SUMS
    predicate = statement["predicate"]
    assert predicate["result"] == "WARNED"
    assert predicate["passedTests"] == ["contract 001: approved", "contract 002: approved"]
    assert predicate["warnedTests"] == ["contract 003: skipped"]
    assert {item["name"] for item in predicate["configuration"]} == {layout.MANIFEST, "evidence/worklist/applied.csv"}


def test_only_what_belongs_to_the_run_is_sealed(unsealed: Path) -> None:
    (unsealed / "worklist.xlsx").write_text("somebody fills this in")
    (unsealed / "browser").mkdir()
    (unsealed / "browser" / "x.png").write_text("x")
    seal_run(unsealed)
    listed = [line.split("  ")[1] for line in (unsealed / layout.SUMS).read_text().splitlines()]
    assert {name for name in listed if "/" not in name} == {*layout.ROBOT_FILES, layout.APPROVALS}
    assert {name.split("/")[0] for name in listed if "/" in name} == {"evidence"}
    assert (unsealed / "worklist.xlsx").stat().st_mode & 0o200
    assert verify_run(unsealed).ok


def test_named_files_stay_writable(unsealed: Path) -> None:
    seal_run(unsealed, writable=("output.xml",))
    assert (unsealed / "output.xml").stat().st_mode & 0o200
    assert not (unsealed / "log.html").stat().st_mode & 0o222


def test_killed_run_is_sealed_later_and_says_so(tmp_path: Path) -> None:
    make_run(tmp_path / "results" / "run1", finish=False, robot=False)
    result = seal_run(tmp_path / "results" / "run1", by=SealedBy.COMMAND)
    facts = statement_of((tmp_path / "results/run1" / layout.SEAL).read_bytes())["subject"][0]["annotations"]
    assert (facts["ended"], facts["sealedBy"]) == (Ended.KILLED.value, SealedBy.COMMAND.value)
    verdict = verify_run(tmp_path / "results/run1")
    assert verdict.ok, verdict.sentences()
    assert any(finding.code == "interrupted" for finding in verdict.findings)
    assert result.package is not None


def test_folder_without_a_run_is_not_sealed(tmp_path: Path) -> None:
    with pytest.raises(NotSealed, match="KTP-201"):
        seal_run(tmp_path)


def test_package_that_cannot_be_written_is_a_problem_not_a_loss(unsealed: Path, tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    (packages / "20260301T093000Z-aaaa.zip").mkdir()
    result = seal_run(unsealed, packages=packages, writable=layout.ROBOT_FILES)
    assert "KTP-130" in result.problems[0]
    assert is_sealed(unsealed)
    assert verify_run(unsealed).ok
    assert not (unsealed / "output.xml").stat().st_mode & 0o222, "the folder is the only copy"


# The output folder of the next run --------------------------------------------------------------------------------


def test_free_folder_is_free(tmp_path: Path) -> None:
    assert claim_folder(tmp_path / "missing", tmp_path) == ""
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "output.xml").write_text("another robot's")
    assert claim_folder(tmp_path / "run", tmp_path) == ""
    assert (tmp_path / "run" / "output.xml").exists()


def test_packed_run_is_cleared_away(sealed: Path) -> None:
    package = next(sealed.parent.glob("*.zip"))
    (sealed / "output.xml").chmod(0o644)
    (sealed / "output.xml").write_text("the new run has begun")
    assert claim_folder(sealed, sealed.parent) == package.stem
    assert not is_sealed(sealed)
    assert not (sealed / "evidence").exists()
    assert not (sealed / layout.APPROVALS).exists()
    assert (sealed / "output.xml").read_text() == "the new run has begun"
    assert (sealed / "log.html").stat().st_mode & 0o200, "Robot has to write it anew"
    assert verify_run(package).ok


@pytest.mark.parametrize("harm", ["missing", "changed", "another"])
def test_run_that_would_be_lost_stops_the_next(sealed: Path, harm: str) -> None:
    package = next(sealed.parent.glob("*.zip"))
    before = (sealed / layout.SEAL).read_bytes()
    if harm == "missing":
        package.unlink()
    elif harm == "changed":
        data = bytearray(package.read_bytes())
        data[len(data) // 2] ^= 1
        package.chmod(0o644)
        package.write_bytes(data)
    else:
        (sealed.parent / layout.CHAIN).unlink()
        shutil.copytree(sealed, sealed.parent / "again", ignore=shutil.ignore_patterns("seal*", "SHA256SUMS*"))
        seal_run(sealed.parent / "again", previous="0" * 64)
    with pytest.raises(FolderTaken, match="Choose another output folder"):
        claim_folder(sealed, sealed.parent)
    assert (sealed / layout.SEAL).read_bytes() == before


def test_killed_run_in_the_folder_is_packed_before_it_is_cleared(tmp_path: Path) -> None:
    folder = tmp_path / "results" / "run1"
    make_run(folder, finish=False)
    assert claim_folder(folder, folder.parent) == "20260301T093000Z-aaaa"
    package = folder.parent / "20260301T093000Z-aaaa.zip"
    assert verify_run(package).ok
    assert not (folder / "evidence").exists()


def test_run_can_hold_its_own_packages(unsealed: Path) -> None:
    """On the practice portal journal, chain and packages lie in the run's folder itself, run after run."""
    (unsealed / layout.CHAIN).write_bytes(b"")
    first = seal_run(unsealed)
    assert first.package == unsealed.resolve() / "20260301T093000Z-aaaa.zip"
    assert claim_folder(unsealed, unsealed) == "20260301T093000Z-aaaa"
    shutil.copytree(
        make_run(unsealed.parent / "next", "20260301T093100Z-bbbb", robot=False).folder, unsealed, dirs_exist_ok=True
    )
    second = seal_run(unsealed, robot_files=())
    assert second.previous == first.digest
    assert first.package is not None
    assert all(verdict.ok for verdict in verify_runs([unsealed, first.package]))
    first.package.unlink()
    assert any(found.code == "run-removed" for found in verify_runs([unsealed])[0].findings)
