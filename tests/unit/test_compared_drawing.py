"""Whether texts are compared with a picture of the window is said in the portal's file; they are where it says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from Katip.errors import ConfigurationError
from Katip.portal import load_portal
from Katip.reading.driver import Driver
from Katip.session import Session


def own(tmp_path: Path, value: str) -> str:
    path = tmp_path / "own.toml"
    path.write_text(f'extends = "v9"\n[drawn]\ncompare = {value}\n', "utf-8")
    return str(path)


@pytest.mark.parametrize(("value", "compared"), [("true", True), ("false", False)])
def test_file_says_whether_texts_are_compared(value: str, compared: bool, tmp_path: Path) -> None:
    driver = Driver(cast(Any, None))
    Session.of(load_portal(own(tmp_path, value)), driver)
    assert driver.compared is compared


def test_texts_are_compared_where_nothing_is_said() -> None:
    driver = Driver(cast(Any, None))
    Session.of(load_portal("v9"), driver)
    assert driver.compared


def test_another_value_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"\[drawn\] compare must be true or false"):
        load_portal(own(tmp_path, '"no"'))
