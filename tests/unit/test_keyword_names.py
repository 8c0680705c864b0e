"""The Turkish suites: every keyword has a Turkish name, and each suite is the English one in Turkish."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from robot import running
from robot.api import get_model

from Katip.keyword_names import FILE, KeywordNames
from Katip.library import Katip

ROOT = Path(__file__).resolve().parents[2]
ADDED_AS_TASKS = {
    "approve_the_contract",
    "reconcile_the_workplace",
    "go_on_with_the_next_workplace",
    "plan_the_next_workplace",
}


def test_every_keyword_has_a_turkish_name_and_one_only() -> None:
    entries = json.loads(FILE.read_text("utf-8"))
    assert entries.pop("__intro__")["doc"]
    assert set(entries) - ADDED_AS_TASKS == set(Katip().keywords)
    names = [entry["name"] for entry in entries.values()]
    assert len(set(names)) == len(names)
    assert set(Katip(language="tr").keywords) == {entries[name]["name"] for name in set(entries) - ADDED_AS_TASKS}
    assert all(entry.get("doc") for name, entry in entries.items() if name not in ADDED_AS_TASKS)


def test_names_lead_back_to_the_method() -> None:
    turkish = KeywordNames("tr")
    assert turkish.translated("Sign Out") == "Güvenli Çıkış Yap"
    assert turkish.original("Güvenli Çıkış Yap") == "sign_out"
    assert KeywordNames("en").translated("Sign Out") == "Sign Out"


def test_keywords_of_the_resource_that_become_tasks_are_there() -> None:
    resource = get_model(ROOT / "resources/onay.resource", lang="tr")
    defined = {keyword.name for section in resource.sections for keyword in section.body if hasattr(keyword, "name")}
    names = json.loads(FILE.read_text("utf-8"))
    assert {names[each]["name"] for each in ADDED_AS_TASKS} <= defined


@pytest.mark.parametrize("twins", [("approve", "onayla"), ("plan", "planla")])
def test_both_suites_have_the_same_tasks_and_variables(twins: tuple[str, str]) -> None:
    english, turkish = (running.TestSuite.from_file_system(ROOT / f"robots/{name}.robot") for name in twins)
    assert [(task.name, set(task.tags)) for task in turkish.tests] == [
        (task.name, set(task.tags)) for task in english.tests
    ]
    variables = [[(each.name, each.value) for each in suite.resource.variables] for suite in (english, turkish)]
    assert variables[0] == variables[1]


def test_both_resources_hand_on_the_same_settings() -> None:
    handed = [
        re.findall(r"^ {4}\.\.\. {4}([a-z_]+)=\$\{([A-Z_]+)\}$", path.read_text("utf-8"), re.MULTILINE)
        for path in (ROOT / "resources/approval.resource", ROOT / "resources/onay.resource")
    ]
    assert handed[0] == handed[1] != []
