from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from Katip.approvals.approval_result import Result
from Katip.approvals.approvals_json import SCHEMA, ApprovalsFile, RunHead, line_of
from Katip.approvals.decisions import ApproveAll, Decision
from Katip.approvals.reasons import of_error
from Katip.disk import write_synced
from Katip.errors import CannotRecord
from Katip.model import Contract, Outcome, PictureStage
from tests.approvals.fakes import contract, outcome_of

HEAD = RunHead(
    "20210301T093000Z-k3fd", "approve", datetime(2021, 3, 1, 9, 30, tzinfo=UTC), "practice", "http://127.0.0.1:1"
)
VALIDATOR = Draft202012Validator(
    json.loads(SCHEMA.read_text("utf-8")), format_checker=Draft202012Validator.FORMAT_CHECKER
)


def approved(**changes: Any) -> Result:
    given = outcome_of(
        contract(gorevlendirme_id="1001", minutes=600),
        Outcome.APPROVED,
        reason="the re-read row is approved",
        message="Tamam",
        pictures={PictureStage.BEFORE: "evidence/001/1-before.png", PictureStage.OK: "evidence/001/3-ok.png"},
    )
    return replace(given, **changes)


def untouched(**changes: Any) -> tuple[Contract, Decision]:
    """A contract and what was decided on it, as they are added."""
    return contract(**changes), ApproveAll().decide(contract(), [])


def content(file: ApprovalsFile) -> Any:
    read = json.loads(file.path.read_text("utf-8"))
    VALIDATOR.validate(read)
    return read


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)


def test_exactly_the_named_fields(tmp_path: Path) -> None:
    file = ApprovalsFile(tmp_path, HEAD)
    file.settle(file.add(*untouched()), approved())
    file.end(datetime(2021, 3, 1, 9, 40, tzinfo=UTC))
    assert content(file) == {
        "run": {
            "id": "20210301T093000Z-k3fd",
            "mode": "approve",
            "started": "2021-03-01T09:30:00+00:00",
            "ended": "2021-03-01T09:40:00+00:00",
        },
        "portal": {"name": "practice", "origin": "http://127.0.0.1:1"},
        "contracts": [
            {
                "workplace": "29999010199999010999932000",
                "gorevlendirme_id": "1001",
                "name": "Ayşe Örnek",
                "category": "İşyeri Hekimi",
                "start": "2021-03-01",
                "minutes": 600,
                "outcome": "approved",
                "reason": "the re-read row is approved",
                "code": None,
                "recovered_from": None,
                "message": "Tamam",
                "pictures": {"before": "evidence/001/1-before.png", "ok": "evidence/001/3-ok.png"},
            }
        ],
    }


def test_what_was_not_reached_has_failed_from_the_beginning(tmp_path: Path) -> None:
    file = ApprovalsFile(tmp_path, HEAD)
    file.add(*untouched())
    second = file.add(*untouched(start=None))
    file.write()
    lines = content(file)["contracts"]
    assert [(each["outcome"], each["reason"], each["message"]) for each in lines] == [
        ("failed", "not reached", None)
    ] * 2
    assert lines[1]["start"] is None
    file.settle(second, approved())
    assert [each["reason"] for each in content(file)["contracts"]] == ["not reached", "the re-read row is approved"]


def test_the_error_code_and_the_earlier_run_are_named(tmp_path: Path) -> None:
    file = ApprovalsFile(tmp_path, HEAD)
    reason = of_error(CannotRecord("Writing", "room", "none"))
    file.settle(file.add(*untouched()), approved(outcome=Outcome.FAILED, reason=reason, recovered_from="run-1"))
    (line,) = content(file)["contracts"]
    assert (line["code"], line["recovered_from"]) == ("KTP-130", "run-1")


def test_it_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = ApprovalsFile(tmp_path, HEAD)
    place = file.add(*untouched())
    file.write()
    before = file.path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotRecord, match="the disk is full"):
        file.settle(place, approved())
    assert file.path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["approvals.json"]


def test_it_is_synced_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    sync, replace_ = os.fsync, Path.replace

    def synced(handle: int) -> None:
        calls.append("sync")
        sync(handle)

    def named(self: Path, target: Path) -> Path:
        calls.append("name")
        return replace_(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", named)
    write_synced(tmp_path / "x.json", b"{}")
    assert calls == ["sync", "name", "sync"], "the file before it has its name, and the folder after it"


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": "done"},
        {"minutes": "600"},
        {"start": "01.03.2021"},
        {"pictures": {"before": "C:\\evidence\\a.png"}},
        {"pictures": {"other": "evidence/a.png"}},
        {"extra": 1},
    ],
)
def test_the_schema_refuses_what_is_not_agreed(changes: dict[str, Any]) -> None:
    line = line_of(outcome_of(contract(), Outcome.FAILED))
    file = {
        "run": {"id": "a", "mode": "approve", "started": "2021-03-01T09:30:00Z", "ended": None},
        "portal": {"name": "practice", "origin": "http://127.0.0.1:1"},
        "contracts": [line],
    }
    assert VALIDATOR.is_valid(file)
    assert not VALIDATOR.is_valid({**file, "contracts": [{**line, **changes}]})


@given(name=st.text(), reason=st.text(), outcome=st.sampled_from(Outcome))
def test_any_text_is_data(name: str, reason: str, outcome: Outcome) -> None:
    line = line_of(outcome_of(contract(name=name), outcome, reason=reason))
    assert json.loads(json.dumps(line, ensure_ascii=False))["name"] == name


def test_it_is_laid_out_as_json_is_indented(tmp_path: Path) -> None:
    file = ApprovalsFile(tmp_path, HEAD)
    for filled in range(3):
        file.write()
        written = file.path.read_text("utf-8")
        assert len(json.loads(written)["contracts"]) == filled
        assert written == json.dumps(json.loads(written), ensure_ascii=False, indent=2) + "\n"
        file.add(*untouched())
