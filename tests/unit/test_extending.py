"""What a module of somebody else's can do, without a browser."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from openpyxl import load_workbook

from Katip.errors import ConfigurationError
from Katip.evidence.layout import survives_purge
from Katip.extending import BEGINS_AT, Surface, step
from Katip.portal import load_portal
from Katip.reading.labels import Label
from Katip.session import Session


def surface(folder: Path) -> tuple[Surface, list[tuple[Label, Label]]]:
    pressed: list[tuple[Label, Label]] = []
    session = SimpleNamespace(portal=load_portal("v9"), arrive=lambda *_: None)
    return Surface(
        lambda: cast(Session, session), lambda *way: pressed.append(way), lambda: folder, lambda: ("gizli-42",)
    ), pressed


def test_menu_entries_are_labels_or_keys_of_the_file(tmp_path: Path) -> None:
    katip, pressed = surface(tmp_path)
    katip.open_menu_entry("@module", "Silinen Sözleşmeler")
    ((group, entry),) = pressed
    assert group is load_portal("v9").labels["module"] or group.names[0] == "Hizmet Alan İşyeri Modülü"
    assert entry.names == ("Silinen Sözleşmeler",)


def test_unknown_grid_names_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="deleted_contracts, helpers, interns"):
        surface(tmp_path)[0].grid_words("deleted")


def test_export_covers_numbers_and_keeps_formulas_texts(tmp_path: Path) -> None:
    katip, _ = surface(tmp_path)
    rows = [{"name": "=1+1", "number": "11111111110"}, {"name": "İĞNECİ\x07", "number": "gizli-42"}]
    table, data = katip.export_grid("list", rows)
    values = [cell for row in load_workbook(table).worksheets[0].iter_rows(values_only=True) for cell in row]
    assert "=1+1" in values
    for path in (table, data):
        assert path.parent == tmp_path / "evidence" / "attachments"
    text = json.dumps(values, ensure_ascii=False) + data.read_text("utf-8")
    assert "11111111110" not in text
    assert "gizli-42" not in text
    assert load_workbook(table).worksheets[0]["A2"].data_type == "s"


def test_files_without_personal_data_survive_a_deletion(tmp_path: Path) -> None:
    katip, _ = surface(tmp_path)
    kept, gone = (katip.attach("note.txt", b"x", personal=personal) for personal in (False, True))
    assert survives_purge(kept.relative_to(tmp_path).as_posix())
    assert not survives_purge(gone.relative_to(tmp_path).as_posix())


@pytest.mark.parametrize("name", ["../x.txt", "a/b.txt", "şema.txt", ".hidden", ""])
def test_attachments_stay_in_their_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        surface(tmp_path)[0].attach(name, b"x")


def test_steps_begin_at_known_places() -> None:
    @step(begins_at="contracts")
    def reads() -> None: ...

    assert getattr(reads, BEGINS_AT) == "contracts"
    with pytest.raises(ConfigurationError, match="home or contracts"):
        step(begins_at="save")


GRID = {"columns": {"name": ["Adı Soyadı"]}}


@pytest.mark.parametrize(
    ("grid", "words"),
    [
        ({}, "columns is missing"),
        (GRID | {"menu": ["Yalnız biri"]}, "menu must be a group and its entry"),
        (GRID | {"required": ["status"]}, "required status is no column"),
        (GRID | {"column": []}, "column is not known"),
        ({"columns": {"name": "Adı Soyadı"}}, "name must be a list of texts"),
    ],
)
def test_mistakes_in_a_grids_section_are_named(grid: dict[str, Any], words: str, tmp_path: Path) -> None:
    def toml(value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + "}"
        return json.dumps(value, ensure_ascii=False)

    (tmp_path / "own.toml").write_text(f'extends = "v9"\n[grids]\nown = {toml(grid)}\n', "utf-8")
    with pytest.raises(ConfigurationError, match=words):
        load_portal(str(tmp_path / "own.toml"))
