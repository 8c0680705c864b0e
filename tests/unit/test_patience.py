"""How long is waited stands in one value, which a portal's file overrides."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields
from datetime import timedelta
from pathlib import Path

import pytest

from Katip.errors import ConfigurationError
from Katip.patience import OWN_FIELDS, Patience
from Katip.portal import load_portal
from Katip.session import Session
from tests.unit.fake_driver import FakeDriver
from tests.unit.seen import seen

SOURCE = Path(__file__).parents[2] / "libraries" / "Katip"
ROOMS_THAT_WAIT = ("pages", "procedure", "reading")
OF_THE_BROWSER = {  # limits of calls and looks that no portal changes
    ("reading/driver.py", "_KEY"),
    ("reading/driver.py", "_FIRST_EFFECT"),
    ("reading/waiting.py", "_STILL"),
}


def own(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "own.toml"
    path.write_text("\n".join(('extends = "v9"', *lines)), "utf-8")
    return str(path)


def test_file_overrides_each_kind_of_waiting(tmp_path: Path) -> None:
    lines = [f"{name}_s = {number + 1.5}" for number, name in enumerate(OWN_FIELDS)]
    read = load_portal(own(tmp_path, "[pace]", "timeout_s = 41", "answer_s = 42", "[patience]", *lines)).patience
    assert (read.page, read.save) == (timedelta(seconds=41), timedelta(seconds=42))
    assert [getattr(read, name) for name in OWN_FIELDS] == [
        timedelta(seconds=number + 1.5) for number in range(len(OWN_FIELDS))
    ]


def test_what_a_file_does_not_name_is_as_usual(tmp_path: Path) -> None:
    read = load_portal(own(tmp_path, "[patience]", "opening_s = 12")).patience
    assert read.opening == timedelta(seconds=12)
    assert {field.name: getattr(read, field.name) for field in fields(read) if field.name != "opening"} == {
        field.name: getattr(load_portal("v9").patience, field.name) for field in fields(read) if field.name != "opening"
    }


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("opening_s = 0", "[patience] opening_s must be a number of seconds above 0, at most 600, not 0"),
        ("form_s = 601", "[patience] form_s must be a number of seconds above 0, at most 600, not 601"),
        ('lull_s = "long"', "[patience] lull_s must be a number of seconds above 0, at most 600, not 'long'"),
        ("quiet_s = inf", "[patience] quiet_s must be a number of seconds above 0, at most 600, not inf"),
        ("quiet_s = nan", "[patience] quiet_s must be a number of seconds above 0, at most 600, not nan"),
        ("page_s = 3", "[patience] page_s is not known"),
    ],
)
def test_wrong_limit_is_named(line: str, mistake: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load_portal(own(tmp_path, "[patience]", line))
    assert mistake in str(refused.value)
    assert refused.value.code == ConfigurationError.code


def test_it_is_the_same_for_all_who_wait(tmp_path: Path) -> None:
    portal = load_portal(own(tmp_path, "[patience]", "quiet_s = 9"), {"katip_url": "http://127.0.0.1"})
    reader = Session.of(portal, FakeDriver(seen())).reader  # type: ignore[arg-type]
    assert reader.patience is portal.patience
    parts = (reader._waiting, reader._acting, reader._views._waiting, reader._walk._waiting)
    assert all(getattr(part, "patience", None) is portal.patience for part in parts)


def test_it_cannot_be_changed_by_one_of_them() -> None:
    with pytest.raises((FrozenInstanceError, TypeError)):
        Patience().page = timedelta(0)  # type: ignore[misc]


def test_every_kind_says_why_it_is_so_long_and_stands_in_the_schema() -> None:
    said = (Patience.__doc__ or "").split("Attributes:")[1]
    schema = json.loads((SOURCE / "schemas" / "portal.schema.json").read_text("utf-8"))["properties"]["patience"]
    for field in fields(Patience):
        assert f"\n        {field.name}: " in said
    usual = Patience()
    for name in OWN_FIELDS:
        seconds = getattr(usual, name).total_seconds()
        assert f"{seconds:g} s" in said
        assert schema["properties"][f"{name}_s"]["description"].endswith(f"; {seconds:g}.")


def test_no_room_that_waits_has_a_limit_of_its_own() -> None:
    found = {place for room in ROOMS_THAT_WAIT for path in (SOURCE / room).rglob("*.py") for place in limits_of(path)}
    assert found == OF_THE_BROWSER


def limits_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the places of a file that make a time of a number other than 0, by the name of the constant or the line."""
    for statement in ast.parse(path.read_text("utf-8")).body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and makes_a_limit(node):
                yield (
                    path.relative_to(SOURCE).as_posix(),
                    target.id if isinstance(target, ast.Name) else f"line {node.lineno}",
                )


def makes_a_limit(call: ast.Call) -> bool:
    """Return True if a call makes a time of a number other than 0."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    numbers = any(isinstance(value, ast.Constant) and value.value for value in given)
    return numbers and isinstance(call.func, ast.Name) and call.func.id == "timedelta"
