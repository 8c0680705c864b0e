"""Makes run folders as a run makes them, without portal or browser; output.xml and log.html are Robot's own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from Katip.approvals.tables import escaped
from Katip.evidence.layout import contract_tag
from Katip.evidence.record import ContractRecord, DecisionTaken, RecordedStep, RuleFinding, RunDescription
from Katip.evidence.run_evidence import RunEvidence
from Katip.model import Outcome, PictureStage

WORKPLACE = "29999010199999010999932000"
TC_NUMBER = "11111111110"
PASSWORD = "Cok-Gizli-42"
NAMES = ("Ayşe Örnek", "Şükrü Iğdır Çağlayangil", '=HYPERLINK("http://x") <b>${{1}}</b>')
OUTCOMES = (Outcome.APPROVED, Outcome.APPROVED, Outcome.SKIPPED)
STATUS = {Outcome.SKIPPED: "Skip    not decided"}


def contract_record(**known: Any) -> ContractRecord:
    """A record of which only what the test cares about is known; everything else is empty."""
    empty: dict[str, Any] = {
        **dict.fromkeys(("category", "code", "status_before", "status_after", "saved_on"), ""),
        **dict.fromkeys(("start", "gorevlendirme_id", "minutes", "reread_at", "recovered_from", "message")),
        **dict.fromkeys(("findings", "transitions"), ()),
        **{name: {} for name in ("missing_pictures", "row_before", "form", "row_after")},
        **dict.fromkeys(("name", "title", "reason", "reason_tr", "reason_en"), ""),
    }
    decided = {"outcome": Outcome.FAILED, "decision": DecisionTaken("nobody")}
    return ContractRecord(**{**empty, **decided, **known})


def make_run(
    folder: Path,
    run_id: str = "20260301T093000Z-aaaa",
    *,
    started: datetime | None = None,
    outcomes: Sequence[Outcome] = OUTCOMES,
    picture_size: tuple[int, int] = (120, 60),
    finish: bool = True,
    robot: bool = True,
    karar: str = "Onayla",
) -> RunEvidence:
    """Make a run's folder up to the point where it is sealed."""
    started = started or datetime.now(UTC) - timedelta(minutes=5)
    folder.mkdir(parents=True)
    worklist = folder.parent / f"{run_id}-liste.csv"
    worklist.write_text(
        "SGK Sicil No;Adı Soyadı;Görevlendirme ID;Karar;Karar Veren;Karar Tarihi\n"
        + "".join(
            f"{WORKPLACE};{escaped(name_of(i))};90000{i + 1:04d};{karar};Zeynep Örnek;01.03.2026\n"
            for i in range(len(outcomes))
        ),
        encoding="utf-8-sig",
    )
    evidence = RunEvidence(folder, run_info(run_id, started))
    digest = evidence.worklist(worklist) if outcomes else ""
    worklist.unlink()
    for number in range(1, 8):
        evidence.clause(f"5.{number}", f"5.{number} Task", note="http://127.0.0.1:8001" if number == 1 else "")
    evidence.login_record("01.03.2026 12:30:05", "127.0.0.1")
    rows = [
        make_contract(evidence, index, outcome, digest, started + timedelta(seconds=index), picture_size)
        for index, outcome in enumerate(outcomes, start=1)
    ]
    (folder / "approvals.json").write_text(
        json.dumps({"run": {"id": run_id}, "portal": {"name": "practice"}, "contracts": rows}, ensure_ascii=False),
        "utf-8",
    )
    if finish:
        evidence.finish()
    if robot:
        run_robot(folder, outcomes)
    return evidence


def run_info(run_id: str, started: datetime) -> RunDescription:
    return RunDescription(
        id=run_id,
        started=started,
        mode="approve",
        portal="practice",
        origins={"site": "http://127.0.0.1:8001", "edevlet": "http://127.0.0.1:8002", "katip": "http://127.0.0.1:8003"},
        arguments=["-v", f"EDEVLET_SIFRE:{PASSWORD}", "-v", f"EDEVLET_TCKN:{TC_NUMBER}", "robots/approve.robot"],
        operator="synthetic-operator",
        machine="synthetic-machine",
        secrets=[TC_NUMBER, PASSWORD],
    )


def name_of(index: int) -> str:
    return NAMES[index % len(NAMES)]


def make_contract(
    evidence: RunEvidence, index: int, outcome: Outcome, digest: str, at: datetime, size: tuple[int, int]
) -> dict[str, object]:
    contract = evidence.contract(index)
    approved = outcome is Outcome.APPROVED
    if approved:
        for stage in (PictureStage.BEFORE, PictureStage.FORM, PictureStage.OK, PictureStage.AFTER):
            draw(contract.picture_path(stage), f"{index} {stage.value}", size)
    record = contract_record(
        workplace=WORKPLACE,
        category="C Sınıfı İş Güvenliği Uzmanı",
        start=date(2026, 3, 1),
        outcome=outcome,
        decision=DecisionTaken("worklist", "Onayla", "Zeynep Örnek", date(2026, 3, 1), index + 1, digest),
        findings=[RuleFinding("pending_age", "warn", "Bekleme 12 gün")],
        status_before="Onay Bekliyor",
        name=name_of(index - 1),
        title="ÖRNEK SANAYİ VE TİCARET LİMİTED ŞİRKETİ",
        row_before={"Adı Soyadı": name_of(index - 1)},
        **(of_approval(index, at) if approved else OF_NO_APPROVAL),
    )
    contract.write(record)
    return {
        "workplace": record.workplace,
        "gorevlendirme_id": record.gorevlendirme_id,
        "name": record.name,
        "category": record.category,
        "start": "2026-03-01",
        "minutes": record.minutes,
        "outcome": outcome.value,
        "reason": record.reason.replace(TC_NUMBER, "111******10"),
        "message": record.message,
        "pictures": contract.pictures(),
    }


OF_NO_APPROVAL: dict[str, Any] = {
    "gorevlendirme_id": None,
    "minutes": None,
    "transitions": [],
    "status_after": "",
    "reread_at": None,
    "reason": "not decided",
    "reason_tr": "karar verilmedi",
    "message": None,
    "form": {},
    "row_after": {},
}


def of_approval(index: int, at: datetime) -> dict[str, Any]:
    steps = ("selected", "submitted", "reread")
    return {
        "gorevlendirme_id": f"90000{index:04d}",
        "minutes": 600,
        "transitions": [RecordedStep(step, at + timedelta(milliseconds=10 * i)) for i, step in enumerate(steps)],
        "status_after": "Onaylandı",
        "reread_at": at + timedelta(seconds=1),
        "reason": f"Read again: Onaylandı. Sorumlu {TC_NUMBER}",
        "reason_tr": "Yeniden okundu: Onaylandı",
        "message": "İşlem tamam",
        "form": {"Görevlendirme ID": f"90000{index:04d}"},
        "row_after": {"Grv. Onay Durumu": "Onaylandı"},
    }


def draw(path: Path, words: str, size: tuple[int, int]) -> None:
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).text((4, 4), words, fill="black")
    picture.save(path)


def run_robot(folder: Path, outcomes: Sequence[Outcome]) -> None:
    """Run a small suite for real, with a task a contract."""
    suite = folder.parent / f"{folder.name}.robot"
    tasks = ["*** Tasks ***", "5.1 Site", "    No Operation", ""]
    for index, outcome in enumerate(outcomes, start=1):
        body = (
            "No Operation" if outcome.is_good else "Skip    not decided" if outcome is Outcome.SKIPPED else "Fail    no"
        )
        tasks += [f"Contract {index}", f"    [Tags]    {contract_tag(index)}    clause-5.9", f"    {body}", ""]
    suite.write_text("\n".join(tasks), "utf-8")
    subprocess.run(
        [sys.executable, "-m", "robot", "--rpa", "-d", str(folder), "--console", "none", str(suite)],
        check=False,
        stderr=subprocess.DEVNULL,
    )
    suite.unlink()
    assert (folder / "output.xml").is_file()
