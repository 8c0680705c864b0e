"""Which hue a colour has to a person, and what a portal's file may say with two of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from Katip.errors import ConfigurationError
from Katip.hues import Hue, are_distinct, hue_of
from Katip.model import Status
from Katip.pages.row_turn import legend_problems
from Katip.portal import Portal, load_portal


@pytest.mark.parametrize(
    ("colour", "hue"),
    [
        # tints of rows in usual style sheets: Bootstrap, Ant Design, Tailwind, Material
        ("d1e7dd", Hue.GREEN), ("f8d7da", Hue.RED), ("fff3cd", Hue.YELLOW), ("cfe2ff", Hue.BLUE), ("cff4fc", Hue.TURQUOISE),
        ("f6ffed", Hue.GREEN), ("fff1f0", Hue.RED), ("fffbe6", Hue.YELLOW), ("e6f4ff", Hue.BLUE), ("fff7e6", Hue.ORANGE),
        ("f0fdf4", Hue.GREEN), ("fef2f2", Hue.RED), ("dcfce7", Hue.GREEN), ("fee2e2", Hue.RED),
        ("e8f5e9", Hue.GREEN), ("ffebee", Hue.RED), ("4caf50", Hue.GREEN), ("f44336", Hue.RED),
        ("008000", Hue.GREEN), ("ff0000", Hue.RED), ("ffff00", Hue.YELLOW), ("ffa500", Hue.ORANGE), ("800080", Hue.PURPLE),
        ("ff69b4", Hue.PINK),
    ],
)  # fmt: skip
def test_colour_by_its_common_name(colour: str, hue: Hue) -> None:
    assert hue_of(colour) is hue


@pytest.mark.parametrize(
    "colour", ["ffffff", "000000", "808080", "f8f9fa", "e9ecef", "f5f5f5", "fafafa", "?", "", "e8f5c8", "fffdf7"]
)
def test_no_hue_of_grays_of_what_lies_between_two_and_of_what_is_not_known(colour: str) -> None:
    assert hue_of(colour) is None


def test_neighbours_cannot_have_two_meanings() -> None:
    assert are_distinct(Hue.RED, Hue.GREEN)
    assert are_distinct(Hue.GREEN, Hue.YELLOW)
    for one, other in ((Hue.RED, Hue.ORANGE), (Hue.RED, Hue.PINK), (Hue.ORANGE, Hue.YELLOW), (Hue.RED, Hue.RED)):
        assert not are_distinct(one, other)
        assert not are_distinct(other, one)


def own(folder: Path, turn: str = 'employer = "green"', party: str = 'colour = "red"') -> Portal:
    path = folder / "own.toml"
    path.write_text(f'extends = "today"\nname = "own"\n[turn]\n{turn}\n[[parties]]\nname = "Uzman"\n{party}\n', "utf-8")
    return load_portal(str(path))


PENDING = {"status": "Sözleşme Onay Bekliyor"}


def test_turn_by_colour(tmp_path: Path) -> None:
    portal = own(tmp_path)
    assert portal.turn(PENDING, Hue.GREEN).status is Status.PENDING
    waiting = portal.turn(PENDING, Hue.RED)
    assert (waiting.status, waiting.waits_for, waiting.doubt) == (Status.WAITING, "Uzman", "")
    for colour in (None, Hue.BLUE, Hue.ORANGE):
        doubtful = portal.turn(PENDING, colour)
        assert doubtful.status is Status.WAITING
        assert doubtful.waits_for == ""
        assert doubtful.doubt
    assert portal.turn({"status": "Sözleşme Onaylandı"}, Hue.RED).status is Status.APPROVED
    assert portal.procedure.party_columns == ()


def test_turn_of_an_export_that_has_no_colours_is_in_doubt(tmp_path: Path) -> None:
    assert own(tmp_path).turn(PENDING).doubt


@pytest.mark.parametrize(
    ("turn", "party", "told"),
    [
        ('employer = "red"', 'colour = "red"', "red and red cannot be distinguished"),
        ('employer = "orange"', 'colour = "red"', "orange and red cannot be distinguished"),
        ('employer = "green"\nof = "color"', 'colour = "red"', "no column color"),
        ('employer = "green"', 'column = "professional_status"', "no [[parties]] has a colour"),
        ('employer = "green"', 'colour = "red"\ncolumn = "professional_status"', "either its column or its colour"),
        ('employer = "green"', "", "either its column or its colour"),
        ('employer = "lime"', 'colour = "red"', "one of: red"),
        ('of = "row"', 'colour = "red"', "employer"),
    ],
)
def test_file_that_cannot_tell_the_turn_is_refused(tmp_path: Path, turn: str, party: str, told: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        own(tmp_path, turn, party)
    assert told in str(refused.value)


def test_colour_of_a_party_without_the_employers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('extends = "today"\nname = "own"\n[[parties]]\nname = "Uzman"\ncolour = "red"\n', "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_portal(str(path))
    assert "needs the employer's colour" in str(refused.value)


@pytest.mark.parametrize(
    ("entries", "problems"),
    [
        ([("İşyerinin onayı bekleniyor", Hue.GREEN), ("Uzmanın onayı bekleniyor", Hue.RED)], 0),
        ([("İşyerinin onayı bekleniyor", Hue.RED), ("Uzmanın onayı bekleniyor", Hue.GREEN)], 4),
        ([("İşyerinin onayı bekleniyor", Hue.GREEN)], 1),
        ([], 2),
        ([("Aktif", Hue.GREEN), ("İşyerinin onayı", Hue.GREEN), ("Uzmanın onayı", Hue.RED), ("Sil", Hue.RED)], 0),
        (
            [
                ("Uzmanın onayı, sonra işyerinin onayı", Hue.GREEN),
                ("Uzmanın onayı", Hue.RED),
                ("İşyerinin onayı", Hue.GREEN),
            ],
            1,
        ),
        ([("Uzmanın onayı", Hue.BLUE), ("İşyerinin onayı", Hue.GREEN)], 2),
    ],
)
def test_legend_against_the_file(tmp_path: Path, entries: list[tuple[str, Hue]], problems: int) -> None:
    portal = own(
        tmp_path,
        'employer = "green"\nlegend = ["işyerinin onayı"]',
        'colour = "red"\nlegend = ["uzmanın onayı"]',
    )
    found = list(legend_problems(portal.procedure, entries))
    assert len(found) == problems, found
