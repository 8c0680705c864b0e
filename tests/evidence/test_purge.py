"""After the keeping time personal data go, and what stays still verifies."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from Katip.errors import NotPurgeable
from Katip.evidence import layout, purge_record
from Katip.evidence.findings import FindingKind
from Katip.evidence.key import load_key
from Katip.evidence.package import write_package
from Katip.evidence.purge import hold, other_copies, purge_run, release
from Katip.evidence.report.sealed_runs import write_report
from Katip.evidence.seal import seal_run
from Katip.evidence.source import FolderSource, open_run
from Katip.evidence.verify import verify_run, verify_runs

from .sample import NAMES, make_run

LATER = datetime.now(UTC) + timedelta(days=3660)
PERSONAL = ("Ayşe", "Şükrü", "Zeynep", "synthetic-operator", "12:30:05")


@pytest.fixture(autouse=True)
def _ten_years_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of whoever verifies; no record may be from a time that is still to come."""
    monkeypatch.setattr(purge_record, "_now", lambda: LATER + timedelta(hours=1))


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "package"])
def test_purged_run_verifies_without_any_name(sealed: Path, packed: bool) -> None:
    path = next(sealed.parent.glob("*.zip")) if packed else sealed
    result = purge_run(path, now=LATER)
    assert {*layout.ROBOT_FILES, layout.APPROVALS, layout.REPORT_PDF, "evidence/personal.json"} <= set(result.deleted)
    verdict = verify_run(path)
    assert verdict.ok, verdict.sentences()
    assert {finding.path for finding in verdict.findings if finding.kind is FindingKind.PURGED} == set(result.deleted)
    with open_run(path) as run:
        assert run.has("evidence/contracts/001/record.json")
        for name in run.names():
            for word in PERSONAL:
                assert word.encode() not in run.read(name), (name, word)


def test_sha256sum_still_passes_over_what_stays(sealed: Path) -> None:
    purge_run(sealed, now=LATER)
    done = subprocess.run(
        ["sha256sum", "-c", "--ignore-missing", "--strict", "SHA256SUMS"],
        cwd=sealed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "record.json: OK" in done.stdout


def test_keeping_time_and_hold_are_kept(sealed: Path) -> None:
    with pytest.raises(NotPurgeable, match="to be kept until"):
        purge_run(sealed)
    with pytest.raises(NotPurgeable, match="to be kept until"):
        purge_run(sealed, now=LATER, keep_years=11)
    hold(sealed, "dava 2026/1")
    with pytest.raises(NotPurgeable, match="dava 2026/1"):
        purge_run(sealed, now=LATER)
    with pytest.raises(NotPurgeable, match="on hold"):
        purge_run(next(sealed.parent.glob("*.zip")), now=LATER)
    assert release(sealed)
    assert not release(sealed)
    assert purge_run(sealed, reason="KVKK talebi").deleted


def test_missing_without_a_record_stays_missing(sealed: Path) -> None:
    purge_run(sealed, now=LATER)
    (sealed / "purge-1.dsse.json").unlink()
    assert {finding.code for finding in verify_run(sealed).findings if finding.kind.fails} == {"file-missing"}


def test_edited_or_foreign_purge_record_counts_for_nothing(sealed: Path, tmp_path: Path) -> None:
    make_run(sealed.parent / "run2", "20260301T093001Z-bbbb", robot=False)
    seal_run(sealed.parent / "run2")
    purge_run(sealed, now=LATER)
    record = sealed / "purge-1.dsse.json"
    foreign = sealed.parent / "run2" / "purge-1.dsse.json"
    foreign.write_bytes(record.read_bytes())
    assert "purge-foreign" in {finding.code for finding in verify_run(foreign.parent).findings if finding.kind.fails}
    record.chmod(0o644)
    record.write_bytes(record.read_bytes().replace(b'"keyid"', b'"keyid" '))
    codes = {finding.code for finding in verify_run(sealed).findings if finding.kind.fails}
    assert codes == {"purge-unsigned", "file-missing"}
    assert tmp_path


def test_record_cannot_be_purged(sealed: Path) -> None:
    purge_run(sealed, now=LATER)
    (sealed / "evidence/contracts/001/record.json").unlink()
    assert not verify_run(sealed).ok


def test_deletion_that_was_cut_short_is_completed(sealed: Path) -> None:
    picture = (sealed / "evidence/contracts/001/2-form.png").read_bytes()
    purge_run(sealed, now=LATER)
    (sealed / "evidence/contracts/001/2-form.png").write_bytes(picture)
    assert "purged-but-there" in {finding.code for finding in verify_run(sealed).findings}
    assert purge_run(sealed, now=LATER).deleted == ("evidence/contracts/001/2-form.png",)
    assert verify_run(sealed).ok
    assert purge_run(sealed, now=LATER).deleted == ()


def test_print_outs_go_first_and_alone(tmp_path: Path) -> None:
    folder = tmp_path / "results" / "run1"
    evidence = make_run(folder, finish=False, robot=False)
    contract = evidence.contract(3)
    contract.printout_stem().with_suffix(".pdf").write_bytes(b"%PDF-1.4 synthetic")
    from Katip.model import Outcome
    from tests.evidence.sample import contract_record

    contract.write(
        contract_record(workplace="29999010199999010999932000", outcome=Outcome.SKIPPED, reason="not decided")
    )
    (folder / layout.APPROVALS).unlink()
    evidence.finish()
    seal_run(folder)
    assert purge_run(folder, only_printouts=True).deleted == ("evidence/printouts/003.pdf",)
    assert verify_run(folder).ok
    assert purge_run(folder, now=LATER).deleted[0] != "evidence/printouts/003.pdf"
    assert verify_run(folder).ok
    assert (folder / "purge-2.dsse.json").exists()


def test_run_that_does_not_verify_is_not_purged(sealed: Path) -> None:
    (sealed / "output.xml").chmod(0o644)
    (sealed / "output.xml").write_text("<robot/>")
    with pytest.raises(NotPurgeable, match=r"output\.xml"):
        purge_run(sealed, now=LATER)


def test_another_key_cannot_purge(sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KATIP_KEY_DIR", str(tmp_path / "other"))
    with pytest.raises(NotPurgeable, match=load_key().fingerprint):
        purge_run(sealed, now=LATER)


def test_other_copy_is_named(sealed: Path) -> None:
    package = next(sealed.parent.glob("*.zip"))
    run = json.loads((sealed / layout.RUN).read_text())["id"]
    purge_run(sealed, now=LATER)
    assert other_copies(sealed, run) == [package]
    purge_run(package, now=LATER)
    assert other_copies(sealed, run) == []


def test_purged_runs_still_have_a_report_and_a_place_in_the_chain(sealed: Path, tmp_path: Path) -> None:
    purge_run(sealed, now=LATER)
    files = write_report([sealed], tmp_path / "out").files
    assert "saklama süresi sonunda silindi" in files[0].read_text()
    assert NAMES[0] not in files[0].read_text()
    assert all(verdict.ok for verdict in verify_runs([sealed]))


def test_packing_is_the_same_bytes_each_time(sealed: Path, tmp_path: Path) -> None:
    package = next(sealed.parent.glob("*.zip"))
    run = package.stem
    with open_run(package) as packed:
        sealed_at = datetime.fromisoformat(verify_run(package).sealed_at)
        again = write_package(packed, run, packed.names(), sealed_at, tmp_path / "again.zip")
    assert again.read_bytes() == package.read_bytes()
    assert FolderSource(sealed).has(layout.SEAL)
