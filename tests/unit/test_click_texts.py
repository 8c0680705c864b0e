"""What is said about a wrong command line is in the language of the process, whole."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from Katip import messages
from Katip.cli import katip
from Katip.click_texts import MODULES, TEXTS
from Katip.teaching import command as teaching
from tests.unit.command_list import CLICKS_OWN, COMMANDS

LIBRARIES = Path(__file__).resolve().parents[2] / "libraries"
# Said to programmers, or on a page of help, which `Katip.command_language` translates.
NOT_SAID = re.compile(
    r"default: |env var: |\(dynamic\)|Options|Commands|Positional|Usage:|Show |Boolean option|Name '|No options defined|Could not determine"
    r"|Arguments take|DeprecationWarning|deprecated|Value must be an iterable|Invalid start|Unknown color|Choice\(|file$|path$|directory$"
    r"|.*UUID|.*match the format|\{len_type\}"
)


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(messages.VARIABLE)


def said(*arguments: str) -> str:
    result = CliRunner().invoke(katip, arguments)
    messages.set_language(None)
    assert result.exit_code in (1, 2), result.output
    return result.output


WRONG = [
    (("aprove",), "'aprove' diye bir komut yok.", "No such command 'aprove'."),
    (("plan", "--portl", "v9"), "'--portl' diye bir seçenek yok.", "No such option '--portl'."),
    (("plan", "--portal"), "'--portal' seçeneğine bir değer gerekir.", "Option '--portal' requires an argument."),
    (("error",), "Eksik değer: 'KOD'.", "Missing argument 'CODE'."),
    (("error", "KTP-1", "KTP-2"), "Beklenmeyen fazla değer (KTP-2)", "Got unexpected extra argument (KTP-2)"),
    (("error", "KTP-999"), "KTP-999 diye bir kod yok.", "There is no code KTP-999."),
    (("report", "nowhere"), "'nowhere' diye bir şey yok", "'nowhere' does not exist."),
    (("seal", "nowhere"), "'nowhere' diye bir şey yok", "'nowhere' does not exist."),
    (("journal", "--file", "no.sqlite", "runs"), "katip journal --file DOSYA", "katip journal --file FILE"),
    (("credentials", "sett"), "'sett' diye bir komut yok.", "No such command 'sett'."),
]


@pytest.mark.parametrize(("arguments", "turkish", "english"), WRONG, ids=lambda given: " ".join(given)[:20])
def test_wrong_command_lines_are_refused_in_one_language(
    arguments: tuple[str, ...], turkish: str, english: str
) -> None:
    in_turkish, in_english = said(*arguments), said("--language", "en", *arguments)
    assert turkish in in_turkish
    assert english in in_english
    assert "Hata: " in in_turkish
    assert not re.search(r"Usage|Error|Try |\bOPTIONS|COMMAND|ARGS|Missing|No such|does not", in_turkish)
    assert not re.search(r"Kullanım|Hata|SEÇENEKLER|diye bir", in_english)


def test_every_text_of_click_that_people_read_is_known() -> None:
    """A later click may say something new: add it to `Katip.click_texts`."""
    found = {
        text.value
        for name in MODULES
        for node in ast.walk(ast.parse(Path(str(importlib.import_module(name).__file__)).read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext")
        for text in node.args
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    }
    assert len(found) > 30
    assert {text for text in found - TEXTS if not NOT_SAID.match(text)} == set()


@pytest.mark.parametrize("way", COMMANDS, ids=" ".join)
def test_no_command_refuses_a_command_line_in_english(way: tuple[str, ...]) -> None:
    command: click.Command = katip
    for name in way:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    wrong: list[tuple[str, ...]] = [("--nope",)]
    for parameter in command.params:
        if isinstance(parameter, click.Argument) and parameter.required:
            wrong += [(), ("no such thing",)] if isinstance(parameter.type, click.Path) else [()]
        elif parameter.type.name in ("integer range", "file", "directory", "choice") and isinstance(
            parameter, click.Option
        ):
            wrong.append((parameter.opts[0], "no such thing"))
    for given in wrong if way else wrong[:1]:
        output = said(*way, *given)
        assert not CLICKS_OWN.search(output.replace("KTP-014", "")), output


def test_click_speaks_as_before_after_a_command() -> None:
    said("aprove")
    with pytest.raises(click.NoSuchOption) as caught:
        click.Command("x").make_context("x", ["--foo"])
    assert "No such option" in caught.value.format_message()


def test_password_is_not_asked_for_where_it_would_be_shown() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "Katip.cli", "credentials", "set"],
        input="11111111110\nSecret-1\n",
        start_new_session=True,  # no terminal of its own to ask on
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(LIBRARIES)},
        check=False,
    )
    assert done.returncode == 1
    assert "Hata: [KTP-006]" in done.stderr
    assert "Numara ve şifre terminalde yazılır; burada terminal yok." in done.stderr
    assert "Warning" not in done.stderr


def test_teaching_without_a_screen_is_refused_before_anything_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teaching, "has_screen", lambda: False)
    assert "pencere gösterilemez" in said("teach")
