"""LANGUAGE: what a person reads of a run is in one language; a wrong setting is said once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from robot.api import ExecutionResult

from Katip.evidence import layout
from tests.acceptance.conftest import StartPortal
from tests.acceptance.running import SUITE, Operator, Run

MakeOperator = Callable[..., Operator]
# Words without which hardly an English sentence does, and Turkish ones of this library that are none of the portal's.
SIGNS = {
    "tr": re.compile(r"\b(the|was|were|is|are|not|and|with|from|by|of|to|a|an|Expected|Seen)\b"),
    "en": re.compile(r"\b(Beklenen|Görülen|satır|çalıştırma|değil|veya|ulaşılmadı|Mühür|yeniden)\b"),
}
ROBOTS_OWN = re.compile(r"^(\S.* \| (PASS|FAIL|SKIP) \||[=-]{20,}|\d+ tasks?, |Output:|Log:|Report:|Approve|Plan)")


def read_by_people(run: Run) -> list[str]:
    """What a run shows to its operator: messages of tasks, reasons, warnings, the console but for Robot's own lines."""
    result = ExecutionResult(str(run.folder / "output.xml"))
    console = [line.rpartition("[ WARN ]")[2] for line in run.said.splitlines() if not ROBOTS_OWN.match(line)]
    names = [task.name[:40] for task in run.tasks]
    console = [line for line in console if not any(line.startswith(name) for name in names)]
    return [
        *(task.message for task in run.tasks),
        *(each["reason"] for each in run.approvals),
        *(message.message for message in result.errors),
        *console,
    ]


def foreign(texts: list[str], language: str) -> list[str]:
    """Return the texts that show the other language; names of files and settings are nobody's language."""
    plain = [re.sub(r"\S*[/\\]\S*|`[^`]*`|\b\w+\.(py|toml|json|robot)\b", "", text) for text in texts]
    return [text for text in plain if SIGNS[language].search(text)]


@pytest.mark.parametrize("language", ["tr", "en"])
def test_faulty_run_speaks_one_language(language: str, start_portal: StartPortal, make_operator: MakeOperator) -> None:
    portal = start_portal("plain", 2, "refusal", "hidden_total", "session_loss:at=form")
    run = make_operator(portal).run(LANGUAGE=language)
    assert [each["outcome"] for each in run.approvals] == ["refused", "approved"], run.said
    assert foreign(read_by_people(run), language) == []
    refused, approved = (each["reason"] for each in run.approvals)
    words = {
        "tr": ("portal reddetti, satır hâlâ onay bekliyor", "yeniden okunan satır onaylanmış"),
        "en": ("the portal refused it and the row is still pending", "the re-read row is approved"),
    }
    assert refused.startswith(words[language][0])
    assert approved == words[language][1]
    kept = json.loads((run.folder / layout.contract_folder(2) / layout.PERSONAL).read_text("utf-8"))["fields"]
    assert (kept["reason_tr"], kept["reason_en"]) == (words["tr"][1], words["en"][1])
    assert kept["reason"] == approved
    report = "\n".join(page.extract_text() for page in PdfReader(run.folder / layout.REPORT_PDF).pages)
    assert ("Onay Raporu" in report, "Approval Report" in report) == (language == "tr", language == "en")


def test_turkish_suite_does_the_same(start_portal: StartPortal, make_operator: MakeOperator, tmp_path: Path) -> None:
    seen = []
    for name in ("approve", "onayla"):
        portal = start_portal("plain", 2, "refusal", "session_loss:at=grid")
        operator = make_operator(portal, tmp_path / name)
        operator.folder.mkdir()
        operator.suite = SUITE.with_name(f"{name}.robot")
        run = operator.run(LANGUAGE="tr")
        outcomes = [(each["name"], each["outcome"], each["reason"]) for each in run.approvals]
        decided = [task.doc.rpartition(" · ")[2] for task in run.tasks if "contract" in task.tags]
        assert decided == ["APPROVE:all (bekleyenlerin tümü)"] * 2, (
            "by whose decision it is approved stands in the report"
        )
        seen.append((run.code, outcomes, [(task.name, task.status, task.tags) for task in run.tasks]))
    assert seen[0] == seen[1]
    assert [outcome for _, outcome, _ in seen[0][1]] == ["refused", "approved"]


def test_turkish_plan_writes_the_same_list(
    start_portal: StartPortal, make_operator: MakeOperator, tmp_path: Path
) -> None:
    seen = []
    for name in ("plan", "planla"):
        portal = start_portal("plain", 2)
        operator = make_operator(portal, tmp_path / name)
        operator.folder.mkdir()
        operator.suite = SUITE.with_name(f"{name}.robot")
        sent = len(portal.entries("approval"))
        run = operator.run(LANGUAGE="tr", APPROVE="", WORKPLACE="all", DETAILS="yes")
        assert len(portal.entries("approval")) == sent
        listed = (run.folder / "worklist.csv").read_text("utf-8-sig")
        seen.append((run.code, listed, [(task.name, task.status, task.tags) for task in run.tasks]))
    assert seen[0] == seen[1]
    assert seen[0][0] == 0
    assert "Kurum değiştirilir" in " ".join(name for name, _, _ in seen[0][2]), (
        "the next workplace has a task of its own"
    )


def test_wrong_settings_are_one_clear_block(start_portal: StartPortal, make_operator: MakeOperator) -> None:
    run = make_operator(start_portal("plain", 1)).run(LANGUAGE="tr", MODE="tryout", RETRIES="-1", FREE_SPACE="much")
    (failed,) = run.failed
    assert failed.message.startswith("[KTP-001] Bir ayar, portal dosyası veya değişken adı yanlış. Görülen: ")
    assert all(name in failed.message for name in ("MODE", "RETRIES", "FREE_SPACE"))
    assert {task.message for task in run.tasks if task is not failed} == {"ulaşılmadı: Hazırlık"}
    assert foreign(read_by_people(run), "tr") == []
