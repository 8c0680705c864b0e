"""Change, remove, add and swap: verification must name every one, and name it right."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from Katip.evidence import layout
from Katip.evidence import seal as sealing
from Katip.evidence.completion import complete_evidence
from Katip.evidence.findings import RunVerdict
from Katip.evidence.key import load_key
from Katip.evidence.seal import seal_run
from Katip.evidence.seal_statement import is_sealed
from Katip.evidence.source import FolderSource
from Katip.evidence.sums import read_sums, sums_of
from Katip.evidence.verify import verify_run, verify_runs

from .sample import make_run

SEED = 20260301
SMALL = 3000


def named(verdict: RunVerdict) -> set[str]:
    """The paths of everything that makes the verdict fail."""
    return {finding.path for finding in verdict.findings if finding.kind.fails}


def codes(verdict: RunVerdict) -> set[str]:
    return {finding.code for finding in verdict.findings if finding.kind.fails}


def every_file(run: Path) -> list[str]:
    return sorted(path.relative_to(run).as_posix() for path in run.rglob("*") if path.is_file())


def test_sealed_run_verifies_as_folder_and_package(sealed: Path) -> None:
    package = next(sealed.parent.glob("*.zip"))
    for path in (sealed, package):
        verdict = verify_run(path)
        assert verdict.ok, verdict.sentences()
    assert all(verdict.ok for verdict in verify_runs([sealed, package]))


def test_each_file_removed_is_named(sealed: Path) -> None:
    for name in every_file(sealed):
        kept = (sealed / name).read_bytes()
        (sealed / name).unlink()
        verdict = verify_run(sealed)
        assert not verdict.ok, name
        assert name in named(verdict), (name, verdict.sentences())
        (sealed / name).write_bytes(kept)
    assert verify_run(sealed).ok


def changes(data: bytes) -> list[bytes]:
    """One byte changed, added, taken away at seeded places."""
    chance = random.Random(SEED + len(data))  # noqa: S311
    places = {0, len(data) - 1, *(chance.randrange(len(data)) for _ in range(3))}
    changed = [data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :] for at in sorted(places)]
    return [*changed, data + b"\n", data[:-1], b""]


def test_each_file_changed_is_named(sealed: Path) -> None:
    for name in every_file(sealed):
        kept = (sealed / name).read_bytes()
        for changed in changes(kept):
            (sealed / name).write_bytes(changed)
            verdict = verify_run(sealed)
            assert name in named(verdict), (name, verdict.sentences())
        (sealed / name).write_bytes(kept)
    assert verify_run(sealed).ok


@pytest.mark.parametrize("name", [layout.SUMS_SIGNATURE, layout.PUBLIC_KEY, layout.SEAL, layout.SUMS])
def test_every_single_byte_of_the_seal_counts(sealed: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("Katip.evidence.verify.check_meaning", lambda *_: None)
    monkeypatch.setattr("Katip.evidence.verify._check_files", lambda *_: None)
    data = (sealed / name).read_bytes()
    assert len(data) < SMALL
    chance = random.Random(SEED)  # noqa: S311
    for at in range(len(data)):
        (sealed / name).write_bytes(data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :])
        verdict = verify_run(sealed)
        assert name in named(verdict), (at, verdict.sentences())


@pytest.mark.parametrize(
    ("spelling"),
    [
        lambda text: text.replace("{", "{ ", 1),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace('"payloadType"', '"x":1,"payloadType"', 1),
        lambda text: text.replace('"keyid":', '"keyid" :', 1),
        lambda text: json.dumps(json.loads(text), indent=1),
    ],
)
def test_another_spelling_of_the_seal_is_an_alteration(sealed: Path, spelling: Callable[[str], str]) -> None:
    path = sealed / layout.SEAL
    changed = spelling(path.read_text())
    assert changed != path.read_text()
    path.write_text(changed)
    assert layout.SEAL in named(verify_run(sealed))


@pytest.mark.parametrize(
    "spelling",
    [
        lambda text: text.replace("  ", " *", 1),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.upper(),
        lambda text: text + text.splitlines()[0] + "\n",
        lambda text: "".join(reversed(text.splitlines(keepends=True))),
        lambda text: text.replace("  evidence/run.json", "  ../run.json"),
    ],
)
def test_list_of_digests_has_one_spelling(sealed: Path, spelling: Callable[[str], str]) -> None:
    data = (sealed / layout.SUMS).read_text()
    assert read_sums(data.encode()) is not None
    assert read_sums(spelling(data).encode()) is None


def test_file_added_to_evidence_is_named_and_one_elsewhere_noted(sealed: Path) -> None:
    (sealed / "evidence/contracts/001/6-more.png").write_bytes(b"x")
    (sealed / "notes.txt").write_text("mine")
    verdict = verify_run(sealed)
    assert named(verdict) == {"evidence/contracts/001/6-more.png"}
    assert [finding.path for finding in verdict.findings if finding.code == "not-sealed"] == ["notes.txt"]


def test_files_of_all_runs_beside_a_practice_run_are_noted_in_one_line(sealed: Path) -> None:
    for name in ("journal.sqlite", "journal.sqlite.lock", "seals.jsonl.lock", "journal.sqlite.txt"):
        (sealed / name).write_bytes(b"")
    notes = {finding.code: finding.path for finding in verify_run(sealed).findings}
    assert notes["of-all-runs"] == "journal.sqlite, journal.sqlite.lock, seals.jsonl.lock"
    assert notes["not-sealed"] == "journal.sqlite.txt"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_not_followed(sealed: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (sealed / "evidence/linked").symlink_to(outside)
    picture = sealed / "evidence/contracts/001/1-before.png"
    picture.rename(outside / "p.png")
    picture.symlink_to(outside / "p.png")
    assert {"evidence/linked", "evidence/contracts/001/1-before.png"} <= named(verify_run(sealed))


def test_files_swapped_are_both_named(sealed: Path) -> None:
    for one, other in (
        ("evidence/contracts/001/2-form.png", "evidence/contracts/002/2-form.png"),
        ("evidence/contracts/001/record.json", "evidence/contracts/002/record.json"),
        ("evidence/contracts/001/personal.json", "evidence/contracts/002/personal.json"),
        ("log.html", "report.html"),
    ):
        swap(sealed, one, other)
        assert {one, other} <= named(verify_run(sealed))
        swap(sealed, one, other)
    assert verify_run(sealed).ok


def swap(run: Path, one: str, other: str) -> None:
    left, right = (run / one).read_bytes(), (run / other).read_bytes()
    (run / one).write_bytes(right)
    (run / other).write_bytes(left)


# Attacks on the whole folder --------------------------------------------------------------------------------------


def rewrite_sums(run: Path) -> None:
    data = sums_of(FolderSource(run), sealing.sealed_names(run))
    (run / layout.SUMS).write_bytes(data)


def seal_again(run: Path) -> None:
    """Seal again with the same key, as somebody would who has the machine."""
    for path in [*run.glob("seal*"), *run.glob("SHA256SUMS*")]:
        path.unlink()
    (run.parent / layout.CHAIN).unlink(missing_ok=True)
    for package in run.parent.glob("*.zip"):
        package.unlink()
    seal_run(run)


def edit_record(run: Path, index: int, **values: object) -> None:
    path = run / f"evidence/contracts/{index:03d}/record.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}, ensure_ascii=False, indent=2) + "\n")


def edit_row(run: Path, index: int, **values: object) -> None:
    path = run / layout.APPROVALS
    approvals = json.loads(path.read_text())
    approvals["contracts"][index - 1].update(values)
    path.write_text(json.dumps(approvals, ensure_ascii=False))


def test_records_rewritten_with_fresh_digests(sealed: Path) -> None:
    edit_record(sealed, 3, outcome="approved")
    rewrite_sums(sealed)
    assert {layout.SUMS, layout.SUMS_SIGNATURE} <= named(verify_run(sealed))


def test_folder_sealed_again_with_another_key(sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = load_key().fingerprint
    chain = (sealed.parent / layout.CHAIN).read_bytes()
    monkeypatch.setenv("KATIP_KEY_DIR", str(tmp_path / "other"))
    seal_again(sealed)
    assert "key-not-pinned" in codes(verify_run(sealed, pinned=[mine]))
    (sealed.parent / layout.CHAIN).write_bytes(chain)
    assert "chain-other" in codes(verify_runs([sealed])[0])


def approve_more(run: Path) -> None:
    edit_record(run, 3, outcome="approved")


def approve_everywhere(run: Path) -> None:
    edit_record(run, 3, outcome="approved")
    edit_row(run, 3, outcome="approved")


def hide_approval(run: Path) -> None:
    edit_record(run, 1, outcome="held")
    edit_row(run, 1, outcome="held")


def another_person(run: Path) -> None:
    edit_row(run, 1, name="Başka Biri")


def another_name_in_record(run: Path) -> None:
    path = run / "evidence/contracts/001/personal.json"
    path.write_text(path.read_text().replace("Ayşe", "Başka"))


def picture_swapped(run: Path) -> None:
    swap(run, "evidence/contracts/001/2-form.png", "evidence/contracts/002/2-form.png")


def picture_copied(run: Path) -> None:
    shutil.copyfile(run / "evidence/contracts/001/2-form.png", run / "evidence/contracts/002/2-form.png")
    record = json.loads((run / "evidence/contracts/002/record.json").read_text())
    digest = hashlib.sha256((run / "evidence/contracts/001/2-form.png").read_bytes()).hexdigest()
    record["pictures"]["form"]["sha256"] = digest
    edit_record(run, 2, pictures=record["pictures"])


def picture_gone(run: Path) -> None:
    record = json.loads((run / "evidence/contracts/001/record.json").read_text())
    (run / "evidence/contracts/001/4-after.png").unlink()
    del record["pictures"]["after"]
    edit_record(run, 1, pictures=record["pictures"])
    edit_row(run, 1, pictures={stage: item["path"] for stage, item in record["pictures"].items()})


def contract_gone(run: Path) -> None:
    shutil.rmtree(run / "evidence/contracts/002")


def row_gone(run: Path) -> None:
    path = run / layout.APPROVALS
    approvals = json.loads(path.read_text())
    approvals["contracts"].pop()
    path.write_text(json.dumps(approvals))


def not_reread(run: Path) -> None:
    edit_record(run, 1, reread_at=None)


def no_decision(run: Path) -> None:
    edit_record(run, 1, decision=None)


def worklist_changed(run: Path) -> None:
    path = run / "evidence/worklist/applied.csv"
    path.write_text(path.read_text().replace("Onayla", "Beklet", 1))


def robot_log_edited(run: Path) -> None:
    path = run / "output.xml"
    text = path.read_text()
    assert 'status="SKIP"' in text
    path.write_text(text.replace('status="SKIP"', 'status="PASS"'))


def times_turned_back(run: Path) -> None:
    record = json.loads((run / "evidence/contracts/001/record.json").read_text())
    record["transitions"][-1]["at"] = {"utc": "2001-01-01T00:00:00.000+00:00", "local": "2001-01-01T00:00:00.000+00:00"}
    edit_record(run, 1, transitions=record["transitions"])


def unknown_field(run: Path) -> None:
    edit_record(run, 1, approved_by_hand=True)


@pytest.mark.parametrize("manifest_again", [False, True], ids=["manifest-kept", "manifest-made-anew"])
@pytest.mark.parametrize(
    ("attack", "expected"),
    [
        (approve_more, {"differs", "picture-missing", "not-reread"}),
        (approve_everywhere, {"differs", "picture-missing", "not-reread"}),
        (hide_approval, {"differs"}),
        (another_person, {"differs"}),
        (another_name_in_record, {"personal-differs"}),
        (picture_swapped, {"differs"}),
        (picture_copied, {"picture-same"}),
        (picture_gone, {"picture-missing"}),
        (contract_gone, {"no-record", "task-without-record"}),
        (row_gone, {"no-row"}),
        (not_reread, {"not-reread"}),
        (no_decision, {"not-decided"}),
        (worklist_changed, {"differs"}),
        (robot_log_edited, {"differs"}),
        (times_turned_back, {"order"}),
        (unknown_field, {"schema"}),
    ],
)
def test_lie_sealed_with_the_right_key_is_inconsistent(
    unsealed: Path, attack: Callable[[Path], None], expected: set[str], *, manifest_again: bool
) -> None:
    """Whoever holds the key can seal what he likes; the files still have to agree with each other."""
    attack(unsealed)
    if manifest_again:
        complete_evidence(unsealed)
    seal_run(unsealed, packages=unsealed.parent)
    verdict = verify_run(unsealed)
    assert expected <= codes(verdict), verdict.sentences()


# The chain --------------------------------------------------------------------------------------------------------


@pytest.fixture
def three_runs(unsealed_template: Path, tmp_path: Path) -> list[Path]:
    results = tmp_path / "results"
    folders = []
    for number in range(3):
        folder = results / f"run{number}"
        make_run(folder, f"20260301T09300{number}Z-aaaa", robot=False)
        seal_run(folder)
        folders.append(folder)
    return folders


def test_approval_that_the_worklist_did_not_decide_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "results" / "run1"
    make_run(folder, karar="Beklet", robot=False)
    seal_run(folder)
    verdict = verify_run(folder)
    (finding,) = [one for one in verdict.findings if one.path.endswith("row 2") and one.kind.fails]
    assert "Karar is Beklet" in " ".join(verdict.sentences())
    assert finding.code == "differs"


def test_chained_runs_verify(three_runs: list[Path], tmp_path: Path) -> None:
    assert all(verdict.ok for verdict in verify_runs(three_runs))
    elsewhere = tmp_path / "auditor"
    elsewhere.mkdir()
    copies = [Path(shutil.copytree(folder, elsewhere / folder.name)) for folder in three_runs]
    assert all(verdict.ok for verdict in verify_runs(copies))


def test_removed_run_shows_beside_the_chain(three_runs: list[Path]) -> None:
    shutil.rmtree(three_runs[1])
    assert all(verdict.ok for verdict in verify_runs([three_runs[0], three_runs[2]])), "its package is still there"
    (three_runs[1].parent / "20260301T093001Z-aaaa.zip").unlink()
    verdicts = verify_runs([three_runs[0], three_runs[2]])
    assert any("run-removed" in codes(verdict) for verdict in verdicts)
    assert any("20260301T093001Z-aaaa" in sentence for verdict in verdicts for sentence in verdict.sentences())


def test_removed_run_shows_without_the_chain(three_runs: list[Path], tmp_path: Path) -> None:
    elsewhere = tmp_path / "auditor"
    elsewhere.mkdir()
    copies = [Path(shutil.copytree(folder, elsewhere / folder.name)) for folder in (three_runs[0], three_runs[2])]
    assert "gap" in codes(verify_runs(copies)[1])


def test_line_cut_out_of_the_chain_shows(three_runs: list[Path]) -> None:
    chain = three_runs[0].parent / layout.CHAIN
    lines = chain.read_bytes().splitlines(keepends=True)
    chain.write_bytes(lines[0] + lines[2])
    verdicts = verify_runs(three_runs)
    assert "chain-unknown" in codes(verdicts[1])
    assert "chain-previous" in codes(verdicts[2])


@pytest.mark.parametrize("field", ["run", "key", "at", "digest", "previous"])
def test_every_field_of_every_line_of_the_chain_counts(three_runs: list[Path], field: str) -> None:
    chain = three_runs[0].parent / layout.CHAIN
    lines = [json.loads(line) for line in chain.read_text("utf-8").splitlines()]
    value = lines[1][field]
    place = 15 if field == "at" else len(value) - 1  # another minute, another last letter
    lines[1][field] = value[:place] + ("1" if value[place] == "0" else "0") + value[place + 1 :]
    chain.write_text("".join(json.dumps(line, sort_keys=True, separators=(",", ":")) + "\n" for line in lines), "utf-8")
    for given in three_runs:
        assert not verify_runs([given])[0].ok, given


def test_clock_set_back_between_runs_shows(three_runs: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    class Yesterday(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) - timedelta(days=1)

    late = three_runs[0].parent / "run3"
    make_run(late, "20260301T093003Z-aaaa", robot=False, started=datetime.now(UTC) - timedelta(days=1, minutes=5))
    monkeypatch.setattr(sealing, "datetime", Yesterday)
    seal_run(late)
    monkeypatch.undo()
    monkeypatch.setenv("KATIP_KEY_DIR", str(late))  # verification needs no key of its own
    assert any("order" in codes(verdict) for verdict in verify_runs([*three_runs, late]))


def test_run_sealed_with_another_key_in_between_shows(
    three_runs: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KATIP_KEY_DIR", str(tmp_path / "other"))
    folder = three_runs[0].parent / "run4"
    make_run(folder, "20260301T093004Z-aaaa", robot=False)
    seal_run(folder)
    verdicts = verify_runs([*three_runs, folder])
    assert [each.code for each in verdicts[-1].findings].count("key-changed") == 1


def test_new_key_shows_where_only_the_first_run_that_it_sealed_is_verified(
    three_runs: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KATIP_KEY_DIR", str(tmp_path / "other"))
    folder = three_runs[0].parent / "run4"
    make_run(folder, "20260301T093004Z-aaaa", robot=False)
    sealed = seal_run(folder)
    (verdict,) = verify_runs([folder])
    assert [each.code for each in verdict.findings].count("key-changed") == 1
    assert all("key-changed" not in codes(each) for each in verify_runs(three_runs))
    (pinned,) = verify_runs([folder], pinned=[sealed.fingerprint])
    assert pinned.ok


# The package ------------------------------------------------------------------------------------------------------


def test_package_is_what_unzip_gives_back(sealed: Path, tmp_path: Path) -> None:
    package = next(sealed.parent.glob("*.zip"))
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path / "unpacked")
    assert verify_run(tmp_path / "unpacked" / package.stem).ok


def test_any_byte_of_the_package_counts(sealed: Path) -> None:
    package = next(sealed.parent.glob("*.zip"))
    data = package.read_bytes()
    chance = random.Random(SEED)  # noqa: S311
    tail = range(len(data) - 400, len(data))
    package.chmod(0o644)
    for at in [0, 5, 11, *(chance.randrange(len(data)) for _ in range(40)), *chance.sample(tail, 30)]:
        package.write_bytes(data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :])
        assert not verify_run(package).ok, at
    for changed in (data + b"x", b"x" + data, data[:-1], b""):
        package.write_bytes(changed)
        assert not verify_run(package).ok


def test_member_added_twice_or_to_another_place_is_named(sealed: Path) -> None:
    package = next(sealed.parent.glob("*.zip"))
    package.chmod(0o644)
    with zipfile.ZipFile(package, "a") as archive:
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(f"{package.stem}/output.xml", "<robot/>")
        archive.writestr(f"{package.stem}/../../escape.txt", "x")
    verdict = verify_run(package)
    assert {"twice", "unsafe-name", "package-form"} <= codes(verdict)


def test_nothing_that_looks_like_a_run_fails_softly(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("no zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    for name in ("empty", "text.zip", "other.zip", "missing"):
        assert not verify_run(tmp_path / name).ok


@pytest.mark.parametrize("junk", [b"", b"[]", b"null", b"{}", b'{"payload":3}', b"\xff\xfe", b"[" * 5000])
def test_junk_in_any_file_is_named_and_never_crashes(sealed: Path, junk: bytes) -> None:
    for name in (
        layout.SUMS, layout.SUMS_SIGNATURE, layout.SEAL, layout.PUBLIC_KEY, layout.APPROVALS, "output.xml", layout.RUN,
        layout.CLAUSES, layout.MANIFEST, "evidence/contracts/001/record.json", "evidence/contracts/001/personal.json",
    ):  # fmt: skip
        kept = (sealed / name).read_bytes()
        (sealed / name).write_bytes(junk)
        assert name in named(verify_run(sealed)), name
        (sealed / name).write_bytes(kept)


def test_sealed_files_are_read_only_and_a_seal_is_made_once(sealed: Path) -> None:
    for name in every_file(sealed):
        assert not (sealed / name).stat().st_mode & 0o222, name
    assert is_sealed(sealed)
    with pytest.raises(Exception, match="KTP-202"):
        seal_run(sealed)
