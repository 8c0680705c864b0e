"""Every error has a code of its own, and every code its advice, in the guide and on the command line."""

from __future__ import annotations

import inspect
from collections import Counter

import pytest
from click.testing import CliRunner

from Katip import errors
from Katip.cli import katip
from Katip.error_guide import ADVICE, GROUPS, guide_page
from scripts.make_error_pages import PAGES

CLASSES = [each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, errors.KatipError)]


def test_no_two_errors_share_a_code() -> None:
    assert [code for code, times in Counter(each.code for each in CLASSES).items() if times > 1] == []


def test_every_code_has_its_advice_and_belongs_to_a_group() -> None:
    assert set(ADVICE) == {each.code for each in CLASSES}
    assert all(code.startswith(tuple(GROUPS)) for code in ADVICE)


@pytest.mark.parametrize("language", PAGES)
def test_pages_are_made_of_the_guide(language: str) -> None:
    assert PAGES[language].read_text(encoding="utf-8") == guide_page(language), "run scripts/make_error_pages.py"


def test_command_says_what_happened_and_what_to_do() -> None:
    turkish = CliRunner().invoke(katip, ["error", "ktp-103", "--language", "tr"])
    assert turkish.output.startswith("KTP-103: Portal oturumu sonlandırdı.")
    english = CliRunner().invoke(katip, ["error", "103", "--language", "en"])
    assert english.output.startswith("KTP-103: The portal ended the session.")
    unknown = CliRunner().invoke(katip, ["error", "KTP-999"])
    assert unknown.exit_code == 2
    assert "KTP-999" in unknown.output
