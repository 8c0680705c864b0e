"""The schemas of portal files and rules: what is shipped fits them, what does not fit is named by the key's path."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from Katip.errors import ConfigurationError
from Katip.messages import set_language
from Katip.package_files import resource
from Katip.portal import load_portal
from Katip.schemas import NAMES, problems, schema, toml_path

FILES = [*resource("portals").glob("*.toml"), resource("rules.toml")]


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_what_is_shipped_fits_and_names_its_schema(path: Path) -> None:
    text = path.read_text("utf-8")
    name = "rules" if path.name == "rules.toml" else "portal"
    assert problems(name, tomllib.loads(text)) == []
    named = re.match(r"#:schema (\S+)\n", text)
    assert named
    assert (path.parent / named[1]).resolve().name == f"{name}.schema.json"
    assert (path.parent / named[1]).is_file()


def test_every_section_that_is_read_is_in_the_schema() -> None:
    known = schema("portal")["properties"]
    assert set(known) >= {"way", "session", "list", "parties", "categories", "approving", "unknown"}
    assert {value.get("x-must") for value in known.values() if "$ref" not in value} >= {"a table", "a text"}


def values_of(node: Any) -> list[dict[str, Any]]:
    found = [node] if isinstance(node, dict) else []
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
        found += values_of(each)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_of_a_schema_is_there_in_both_languages(name: str) -> None:
    for node in values_of(schema(name)):
        assert ("x-must" in node) == ("x-must-tr" in node)


WRONG = [
    ("lables = {}", "lables is not known"),
    ("[addresses]\nkatip_adres = ''", "[addresses] katip_adres is not known"),
    ("[addresses]\nsite_url = 3", "[addresses] site_url must be a text, not 3"),
    ("[labels]\nsave = 'Kayıt'", "[labels] save must be a list of texts, or a table with names, near and any, not 'Kayıt'"),
    ("[pace]\nanswer_s = -1", "[pace] answer_s must be a number, 0 or more, not -1"),
    ("[pace]\nanswer_s = nan", "[pace] answer_s must be a number, 0 or more, not nan"),
    ("[pace]\ntimeout_s = inf", "[pace] timeout_s must be a number, 0 or more, not inf"),
    ("[list]\nlag_s = nan", "[list] lag_s must be a number, 0 or more, not nan"),
    ("[approving]\nat = 'left'", "[approving] at must be one of: toolbar, row, menu, not 'left'"),
    ("[way]\nbefore = [{ page = 'site' }]", "[way.before.1] press is missing"),
    ("[pages.home]\nal = ['x']", "[pages.home] al is not known"),
    ("[window]\nasks = ['x', 5]", "[window] asks, no. 2 must be string, not 5"),
    ("labels = 3", "labels must be a table, not 3"),
    ("[approving]\ntick = ['Otomatik Güncelleme Onay İzni']", "names a consent that only the person may give"),
    ("[window]\ntick = ['Otomatik Güncelleme Onay İzni']", "names a consent that only the person may give"),
    ("[labels]\nsave = ['Otomatik güncellemeye izin ver']", "names a consent that only the person may give"),
    ("[way]\nbefore = [{ page = 'nowhere', press = 'X' }]", "[way] before: there is no [pages.nowhere]"),
    ("[detail]\npress = ['Detay', 'Onayla']", "reads like a press that does more than show"),
    ("[detail]\npress = ['Sözleşme Sil']", "reads like a press that does more than show"),
    ("[detail]\npress = ['Onay İzni']", "reads like a press that does more than show"),
    ("[texts]\nunfold_row = ['Onayla']", "reads like a press that does more than show"),
    ("[texts]\nunfold_row = ['Satırı sil']", "reads like a press that does more than show"),
    ("[detail]\npress = '@details'", "there is no label details under [labels]"),
    ("[detail]\nat = 'row'", "press"),
    ("[detail]\npress = ['Detay']\nshows = 'all'", "one of: form, fields"),
    ("[approving]\nbefore = [{ page = 'home', press = '@save' }]", "opens or saves an approval; a step may only lead on"),
    ("[list]\npending = ['@tab']", "[list] pending: there is no label tab under [labels]"),
]  # fmt: skip


@pytest.mark.parametrize(("own", "words"), WRONG, ids=[words for _, words in WRONG])
def test_what_does_not_fit_is_said_with_its_path(own: str, words: str, tmp_path: Path) -> None:
    set_language("en")
    path = tmp_path / "own.toml"
    path.write_text(f'extends = "v9"\n{own}\n', "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_portal(str(path))
    assert words in str(refused.value)
    assert "KTP-001" in str(refused.value)
    assert "Correct the file." in str(refused.value)


def test_every_mistake_is_said_at_once(tmp_path: Path) -> None:
    set_language("tr")
    path = tmp_path / "own.toml"
    path.write_text('extends = "v9"\n[pace]\nanswer_s = -1\n[list]\nlag_s = "çok"\n', "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_portal(str(path))
    assert "[pace] answer_s: 0 veya daha büyük bir sayı olmalı, -1 değil" in str(refused.value)
    assert "[list] lag_s: 0 veya daha büyük bir sayı olmalı, 'çok' değil" in str(refused.value)


def test_places_are_written_as_in_the_file() -> None:
    assert toml_path(["grids", "helpers", "columns", "name"]) == "[grids.helpers.columns] name"
    assert toml_path(["labels", "save", 1]) == "[labels] save, no. 2"
