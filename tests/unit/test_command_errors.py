"""Every error of the console script is a sentence in one language, with a code and with what to do."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from Katip import messages
from Katip.cli import katip
from Katip.command_errors import coded_errors
from Katip.errors import NothingToDo
from Katip.system_words import system_words

LIBRARIES = Path(__file__).resolve().parents[2] / "libraries"
ENGLISH = re.compile(r"\b(No such|not a |Errno|denied|Permission|Error|directory\b(?!\)|ın)|does not|cannot|is a )")


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(messages.VARIABLE, raising=False)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as an operator has it, with Turkish letters and a blank in its path and with files that are not what they should be."""
    folder = tmp_path / "Şükrü Örnek" / "İşler"
    folder.mkdir(parents=True)
    (folder / "boş.xlsx").touch()
    (folder / "klasör.xlsx").mkdir()
    (folder / "yanlış.csv").write_text("a;b\n", "utf-8")
    (folder / "kopuk.xlsx").symlink_to("/nowhere/liste.xlsx")
    monkeypatch.chdir(folder)
    monkeypatch.setattr("Katip.run.commands.results_folder", lambda: folder / "results")
    return folder


WRONG = {
    "plna": "KTP-014",
    "plan --prtal v9": "KTP-014",
    "plan --portal": "KTP-014",
    "plan --export yok.xlsx": "KTP-013",
    "plan --export klasör.xlsx": "KTP-014",
    "plan --export boş.xlsx": "KTP-013",
    "plan --export yanlış.csv": "KTP-013",
    "plan --export boş.xlsx --portal nope": "KTP-001",
    "report yok -o x": "KTP-014",
    "report . -o x": "KTP-201",
    "report .": "KTP-014",
    "seal yok": "KTP-014",
    "seal .": "KTP-201",
    "seal yanlış.csv": "KTP-014",
    "stamp --tsa quatsch .": "KTP-201",
    "purge .": "KTP-201",
    "purge --keep-years x .": "KTP-014",
    "journal runs": "KTP-012",
    "journal --file yanlış.csv runs": "KTP-012",
    "journal --file boş.xlsx runs": "KTP-012",
    "journal --file klasör.xlsx runs": "KTP-014",
    "journal history": "KTP-014",
    "error 999": "KTP-014",
    "profile forget yok": "KTP-014",
    "teach -o yanlış.csv": "KTP-014",
    "doctor --portal nope": "KTP-001",
    "doctor --sign-in foo": "KTP-014",
    "doctor --sign-in attended": "KTP-014",
    "--language de plan": "KTP-014",
}


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("line", WRONG)
def test_wrong_commands_end_in_a_sentence_with_a_code_and_with_what_to_do(line: str) -> None:
    done = CliRunner().invoke(katip, line.split(" "))
    messages.set_language(None)
    assert done.exit_code in (1, 2)
    assert f"Hata: [{WRONG[line]}] " in done.output
    assert "\n→ " in done.output
    assert not ENGLISH.search(done.output.replace("[Directory]", "")), done.output


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("run", ["yok", "yanlış.csv", "kopuk.xlsx", "klasör.xlsx"])
def test_what_cannot_be_verified_is_named_in_turkish(run: str) -> None:
    done = CliRunner().invoke(katip, ["verify", run])
    assert done.exit_code == 1
    assert f"SAĞLAM DEĞİL  –  {run}" in done.output
    assert not re.search(r"No such|Errno|\bnot a file", done.output)


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("name", ["yok.xlsx", "klasör.xlsx", "boş.xlsx", "yanlış.csv", "kopuk.xlsx"])
def test_list_that_cannot_be_read_is_named_by_doctor_in_lines_of_its_own(name: str) -> None:
    done = CliRunner().invoke(katip, ["doctor", "--worklist", name])
    assert f"✗ Onay listesi: {name}: " in done.output
    assert not re.search(r"No such|Errno|�|\\n|\[KTP-010\]", done.output)


def raised(error: Exception) -> click.ClickException:
    with pytest.raises(click.ClickException) as caught, coded_errors():
        raise error
    return caught.value


def test_what_the_system_refuses_has_a_code() -> None:
    said = raised(PermissionError(errno.EACCES, "Permission denied", "results")).format_message()
    assert said.startswith("[KTP-015] ")
    assert "results: erişim engellendi" in said


def test_what_nobody_foresaw_is_told_last_below_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    said = raised(ZeroDivisionError("by zero")).format_message()
    assert said.startswith("[KTP-000] ")
    assert "ZeroDivisionError: by zero" in said
    assert "Traceback" in capsys.readouterr().err


def test_error_of_this_library_keeps_its_own_code() -> None:
    assert raised(NothingToDo("")).format_message().startswith("[KTP-002] ")


def test_broken_pipe_is_left_to_click() -> None:
    with pytest.raises(BrokenPipeError), coded_errors():
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


def as_on_windows(number: int) -> OSError:
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = number  # type: ignore[attr-defined]
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "böyle bir dosya veya klasör yok"),
        (PermissionError(errno.EACCES, "Permission denied"), "Excel'de"),
        (as_on_windows(32), "başka bir programda açık"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk dolu"),
        (zipfile.BadZipFile("File is not a zip file"), "ZIP dosyası değil"),
        (TimeoutError("timed out"), "ayrılan sürede yanıt gelmedi"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), "yanıt veren yok"),
        (sqlite3.OperationalError("words of its own"), "words of its own"),
        (OSError("something of its own"), "something of its own"),
    ],
)
def test_words_of_the_system_are_in_the_language_of_the_process(error: Exception, words: str) -> None:
    assert words in system_words(error)


def test_unresolved_name_is_told_as_a_missing_network() -> None:
    with pytest.raises(OSError) as caught:
        __import__("urllib.request").request.urlopen("http://nowhere.invalid", timeout=5)
    assert re.search("ad çözülemiyor|yanıt ver", system_words(caught.value))


@pytest.mark.skipif(os.name == "nt", reason="a working directory cannot be removed there")
@pytest.mark.parametrize("arguments", [["verify", "."], ["plan"], ["--help"], []])
def test_working_directory_that_is_gone_is_named(
    arguments: list[str], tmp_path: Path, in_folder_that_goes: Callable[[list[str]], subprocess.CompletedProcess[str]]
) -> None:
    done = in_folder_that_goes(arguments)
    assert done.returncode == 1
    assert done.stderr.startswith("Hata: [KTP-015] ")
    assert "→ " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def in_folder_that_goes(tmp_path: Path) -> Callable[[list[str]], subprocess.CompletedProcess[str]]:
    """Runs the console script in a folder that was removed before."""

    def run(arguments: list[str]) -> subprocess.CompletedProcess[str]:
        folder = tmp_path / "gone"
        folder.mkdir()
        script = (
            "import os, shutil, sys; os.chdir(sys.argv[1]); shutil.rmtree(sys.argv[1]); "
            "os.execv(sys.executable, [sys.executable, '-m', 'Katip', *sys.argv[2:]])"
        )
        return subprocess.run(
            [sys.executable, "-c", script, folder, *arguments],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(LIBRARIES)},
            check=False,
        )

    return run
