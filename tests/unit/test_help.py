"""`--help` is in the language of the process: Turkish unless another is chosen, and whole."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from Katip import messages
from Katip.cli import katip
from Katip.command_language import TranslatedOption, help_texts
from scripts.update_messages import catalogue_now
from tests.unit.command_list import CLICKS_OWN, COMMANDS


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(messages.VARIABLE)


def shown(*arguments: str) -> str:
    result = CliRunner().invoke(katip, arguments, terminal_width=400)
    messages.set_language(None)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("way", COMMANDS, ids=" ".join)
def test_help_is_turkish_unless_english_is_chosen(way: tuple[str, ...]) -> None:
    turkish, english = shown(*way, "--help"), shown("--language", "en", *way, "--help")
    assert turkish.startswith("Kullanım: katip")
    assert english.startswith("Usage: katip")
    for word in ("Usage:", "Options:", "Commands:", "Examples:", "Show this message", "default:", "env var:"):
        assert word not in turkish
    assert not CLICKS_OWN.search(turkish)
    assert "..." not in turkish.split("Komutlar:")[-1] or "Komutlar:" not in turkish, "a command's line is cut"
    assert "Bu açıklamayı göster ve bitir." in turkish
    assert shown(*way, "--help") == turkish  # the English of a moment ago left nothing behind


def test_help_of_the_environment_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(messages.VARIABLE, "en")
    assert shown("plan", "--help").startswith("Usage:")


def test_language_behind_a_command_counts_too() -> None:
    assert shown("plan", "--language", "en", "--help").startswith("Usage:")
    assert shown("verify", "--language", "en", "--help").startswith("Usage:")


def test_all_help_is_in_the_catalogue() -> None:
    translated = {str(each.id) for each in catalogue_now() if each.id and each.string}
    assert help_texts(katip) - translated == set()
    assert len(help_texts(katip)) > 50


def test_variables_of_the_suites_are_explained_as_in_the_readme() -> None:
    options = [each for each in katip.commands["approve"].params if isinstance(each, TranslatedOption)]
    assert len(options) > 20
    assert "--mode MODE" in shown("approve", "--help")
    assert '"Kayıt"tan önce dur' in shown("approve", "--help")
    assert all("](" not in text and "`" not in text for each in options for text in each.helps.values())
