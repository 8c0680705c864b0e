"""What is written down while a run goes on, and that it is on the disk before anything is approved."""

from __future__ import annotations

import errno
import json
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from Katip.errors import CannotRecord
from Katip.evidence import layout
from Katip.evidence.completion import clause_table, complete_evidence
from Katip.evidence.files import write_synced
from Katip.evidence.privacy import salted_digest
from Katip.evidence.run_evidence import RunEvidence
from Katip.evidence.schemas import NAMES, first_error, record_schema
from Katip.evidence.source import FolderSource
from Katip.masking import is_tc_number, mask, masked, without_secrets
from Katip.model import PictureStage
from tests.evidence.sample import contract_record
from tests.leaks import find_leaks

from .sample import NAMES as PEOPLE
from .sample import PASSWORD, TC_NUMBER, make_run, run_info


@pytest.fixture
def evidence(tmp_path: Path) -> RunEvidence:
    return RunEvidence(tmp_path / "run", run_info("20260301T093000Z-aaaa", datetime.now(UTC)))


def test_every_file_is_as_its_schema_says(unsealed: Path) -> None:
    for name, file in (("run", layout.RUN), ("clauses", layout.CLAUSES), ("manifest", layout.MANIFEST)):
        assert first_error(name, json.loads((unsealed / file).read_text())) == ""
    for path in unsealed.glob("evidence/contracts/*/record.json"):
        assert first_error("record", json.loads(path.read_text())) == ""
    for path in unsealed.rglob("personal.json"):
        assert first_error("personal", json.loads(path.read_text())) == ""


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_closed_and_refuse_other_things(name: str) -> None:
    assert record_schema(name)["additionalProperties"] is False
    assert first_error(name, {}) != ""
    assert first_error(name, []) != ""


def test_records_hold_no_names(unsealed: Path) -> None:
    for path in (unsealed / "evidence").rglob("*.json"):
        if layout.survives_purge(path.relative_to(unsealed).as_posix()):
            text = path.read_text()
            for word in (
                *PEOPLE,
                "Ayşe",
                "Zeynep",
                "synthetic-operator",
                "synthetic-machine",
                "ÖRNEK SANAYİ",
                "12:30:05",
            ):
                assert word not in text, (path, word)
    assert find_leaks(unsealed, [TC_NUMBER, PASSWORD]) == []


def test_names_of_files_are_ascii_without_names(unsealed: Path) -> None:
    for name in FolderSource(unsealed).names():
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", name), name


def test_personal_values_are_bound_by_salted_digests(unsealed: Path) -> None:
    folder = unsealed / "evidence/contracts/001"
    record, personal = (json.loads((folder / name).read_text()) for name in ("record.json", "personal.json"))
    assert record["personal"]["name"] == salted_digest(personal["salt"], "name", PEOPLE[0])
    assert record["personal"]["name"] != salted_digest("00" * 32, "name", PEOPLE[0])
    salts = [json.loads(path.read_text())["salt"] for path in unsealed.rglob("personal.json")]
    assert len(set(salts)) == len(salts)


def test_record_is_written_anew_with_the_same_salt(evidence: RunEvidence) -> None:
    contract = evidence.contract(1)
    contract.write(contract_record(workplace="1", name="A"))
    first = json.loads((evidence.folder / "evidence/contracts/001/record.json").read_text())
    contract.write(contract_record(workplace="1", name="A", gorevlendirme_id="7"))
    second = json.loads((evidence.folder / "evidence/contracts/001/record.json").read_text())
    assert second["gorevlendirme_id"] == "7"
    assert first["personal"]["name"] == second["personal"]["name"]
    assert evidence.contract(1) is contract


def test_pictures_have_fixed_places(evidence: RunEvidence) -> None:
    contract = evidence.contract(7)
    path = contract.picture_path("before")
    assert path == evidence.folder / "evidence/contracts/007/1-before.png"
    assert path.parent.is_dir()
    assert contract.pictures() == {}
    path.write_bytes(b"x")
    assert contract.pictures() == {"before": "evidence/contracts/007/1-before.png"}
    assert [stage.file_name for stage in PictureStage] == [
        "1-before.png",
        "2-form.png",
        "3-ok.png",
        "4-after.png",
        "5-failure.png",
    ]


def test_clause_without_evidence_is_shown_as_such(evidence: RunEvidence) -> None:
    evidence.clause("5.1", "5.1 Site", note="http://127.0.0.1:1")
    complete_evidence(evidence.folder)
    table = json.loads((evidence.folder / layout.CLAUSES).read_text())
    assert list(table["table"]) == [f"5.{number}" for number in range(1, 11)]
    assert table["without_evidence"] == [f"5.{number}" for number in range(2, 11)]
    assert clause_table(FolderSource(evidence.folder)) == table, "made twice, it is the same"
    assert "kanıt yok" in (evidence.folder / layout.REPORT_HTML).read_text()


def test_clause_numbers_are_those_of_the_instruction(evidence: RunEvidence) -> None:
    with pytest.raises(ValueError, match=r"5\.11"):
        evidence.clause("5.11", "x")


def test_run_of_a_killed_robot_can_be_completed(tmp_path: Path) -> None:
    make_run(tmp_path / "run", finish=False, robot=False)
    assert not (tmp_path / "run" / layout.MANIFEST).exists()
    (tmp_path / "run/evidence/contracts/001/4-after.png").write_bytes(b"\x89PNG cut")
    complete_evidence(tmp_path / "run")
    assert (tmp_path / "run" / layout.REPORT_PDF).read_bytes().startswith(b"%PDF")


def test_write_failure_raises_before_anything_is_clicked(
    evidence: RunEvidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    contract = evidence.contract(1)
    contract.write(contract_record(workplace="1", name="Before"))
    kept = (evidence.folder / "evidence/contracts/001/record.json").read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotRecord, match="the disk is full"):
        contract.write(contract_record(workplace="1", name="After"))
    assert (evidence.folder / "evidence/contracts/001/record.json").read_bytes() == kept
    assert not list(evidence.folder.rglob("*.part"))


def test_unwritable_place_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotRecord, match=r"(?s)KTP-130.*Expected: a folder"):
        write_synced(tmp_path / "file" / "below.json", b"x")


def test_print_outs_lie_apart(evidence: RunEvidence) -> None:
    contract = evidence.contract(1)
    contract.printout_stem().with_suffix(".pdf").write_bytes(b"%PDF-1.4")
    contract.write(contract_record(workplace="1"))
    record = json.loads((evidence.folder / "evidence/contracts/001/record.json").read_text())
    assert record["printout"]["path"] == "evidence/printouts/001.pdf"
    assert not layout.survives_purge("evidence/printouts/001.pdf")


def test_times_are_utc_and_local(evidence: RunEvidence) -> None:
    started = json.loads((evidence.folder / layout.RUN).read_text())["started"]
    assert datetime.fromisoformat(started["utc"]) == datetime.fromisoformat(started["local"])
    assert started["utc"].endswith("+00:00")
    assert date.fromisoformat(started["utc"][:10])


# Privacy ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11111111110", "111******10"),
        ("TC: 11111111110.", "TC: 111******10."),
        ("111 111 111 10 ile", "111******10 ile"),
        ("111-111-111-10", "111******10"),
        ("01.03.2021 22222222220 numara", "01.03.2021 222******20 numara"),
        ("12345678901", "12345678901"),
        ("01111111110", "01111111110"),
        ("111111111100", "111111111100"),
        ("29999010199999010999932000", "29999010199999010999932000"),
        ("2 9999 01 01 9999901 099 99 32 000", "2 9999 01 01 9999901 099 99 32 000"),
        ("a11111111110b", "a11111111110b"),
    ],
)
def test_numbers_are_covered_and_others_left(text: str, expected: str) -> None:
    assert mask(text) == expected


def test_known_secrets_are_covered_anywhere() -> None:
    assert mask(f"x{PASSWORD}y{TC_NUMBER}z", [PASSWORD, TC_NUMBER]) == "x******y111******10z"
    assert masked({TC_NUMBER: [TC_NUMBER, 5, None]}) == {"111******10": ["111******10", 5, None]}


def test_check_digits() -> None:
    assert all(map(is_tc_number, ("11111111110", "22222222220", "99999999990")))
    assert not any(map(is_tc_number, ("12345678901", "11111111111", "1111111111", "", "١١١١١١١١١١٠")))


def test_arguments_lose_their_secrets() -> None:
    given = ["-v", f"EDEVLET_SIFRE:{PASSWORD}", "--variable=SMS_TOKEN:abc", "-v", "PORTAL:v9"]
    assert without_secrets(given) == ["-v", "EDEVLET_SIFRE:******", "--variable=SMS_TOKEN:******", "-v", "PORTAL:v9"]


def test_leaks_are_found_wherever_they_hide(tmp_path: Path) -> None:
    import base64
    import zipfile
    import zlib

    packed = base64.b64encode(zlib.compress(f"x {PASSWORD} y".encode() * 3)).decode()
    (tmp_path / "log.html").write_text(f'window.output["strings"].push("{packed}");')
    (tmp_path / "picture.html").write_text(
        f'<img src="data:x,{base64.b64encode(("ab" + PASSWORD + "c").encode()).decode()}">'
    )
    (tmp_path / "plain.xml").write_text("&lt;" + PASSWORD)
    (tmp_path / "wide.bin").write_bytes(PASSWORD.encode("utf-16-le"))
    (tmp_path / "clean.txt").write_text("nothing")
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", PASSWORD)
    with zipfile.ZipFile(tmp_path / "run.zip", "w") as archive:
        archive.write(tmp_path / "log.html", "r/log.html")
    found = {leak.file for leak in find_leaks(tmp_path, [PASSWORD])}
    assert found == {
        "log.html", "picture.html", "plain.xml", "wide.bin", "book.xlsx!xl/sharedStrings.xml", "run.zip!r/log.html"
    }  # fmt: skip
    assert PASSWORD not in repr(find_leaks(tmp_path, [PASSWORD]))


def test_numbers_nobody_told_of_are_found_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sayın 22222222220, hoş geldiniz; 12345678901")
    assert [leak.what for leak in find_leaks(tmp_path, [], any_tc_number=True)] == ["222******20"]
