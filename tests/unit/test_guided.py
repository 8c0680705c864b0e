"""`katip` without arguments: asks on a terminal, prints the command that it runs, and approves only after a whole yes."""

from __future__ import annotations

import os
import re
import select
import signal
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from Katip import cli, guided, messages
from Katip.approvals.worklist_writer import PlanRow, write_worklist
from Katip.cli import katip
from Katip.model import Contract, Status, Workplace
from Katip.run import commands
from tests.terminals import python_on_a_terminal

SGK = "29999010199999010999932000"
TASKS = {
    name: str(number)
    for number, name in enumerate(("plan", "decide", "rehearse", "approve", "look", "doctor", "teach", "end"), 1)
}
PRACTICE, TODAY = "1", "3"


class Runs:
    """Plays the runs of suites: remembers what would have been run."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, list[str]]] = []

    def __call__(self, path: Path, arguments: list[str], results: Path) -> int:
        self.calls.append((path.name, list(arguments)))
        return 7


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Runs:
    played = Runs()
    monkeypatch.setattr(commands, "run_suite", played)
    monkeypatch.setattr(cli, "is_terminal", lambda: True)
    monkeypatch.setattr(guided, "results_folder", lambda: tmp_path / "results")
    monkeypatch.setattr("click.launch", lambda path: played.calls.append(("opened", [Path(path).name])))
    return played


def answered(*answers: str, arguments: tuple[str, ...] = ()) -> Result:
    return CliRunner().invoke(katip, list(arguments), input="".join(f"{each}\n" for each in answers))


def worklist(folder: Path, karar: str = "Onayla") -> Path:
    contract = Contract(SGK, "IŞIL İĞNECİ", "İşyeri Hekimi", None, Status.PENDING, "", gorevlendirme_id="7001")
    path, _ = write_worklist(folder, [PlanRow(Workplace(SGK, "ÖRNEK GIDA"), contract, None, (), None, None)])
    book = load_workbook(path)
    sheet = book.worksheets[0]
    columns = {cell.value: place for place, cell in enumerate(sheet[1], start=1)}
    for heading, value in (("Karar", karar), ("Karar Veren", "Şule Çağrı"), ("Karar Tarihi", "02.03.2021")):
        sheet.cell(2, columns[heading], value)
    book.save(path)
    return path


def test_plan_asks_where_and_who_and_prints_the_command(runs: Runs) -> None:
    said = answered(TASKS["plan"], "1", TODAY, "all", "2")
    assert "katip plan --portal today --workplace all --sign-in attach" in said.output
    (call,) = runs.calls
    assert call[0] == "plan.robot"
    assert {"PORTAL:today", "WORKPLACE:all", "SIGN_IN:attach"} <= set(call[1])
    assert said.exit_code == 7


def test_plan_of_an_export_needs_no_portal(runs: Runs, tmp_path: Path) -> None:
    export = tmp_path / "Sözleşmeler 1.xlsx"
    export.write_bytes(b"%PDF")
    said = answered(TASKS["plan"], "2", str(tmp_path / "none.xlsx"), f"'{export}'")
    assert f"katip plan --export '{export}'" in said.output
    assert "no such file" in said.output
    assert "KTP-013" in said.output
    assert runs.calls == []


@pytest.mark.parametrize("answer", ["", "e", "y", "hayır", "evet.", "1", "ok"])
def test_nothing_is_approved_without_a_whole_yes(answer: str, runs: Runs, tmp_path: Path) -> None:
    path = worklist(tmp_path)
    said = answered(TASKS["approve"], TODAY, str(path), "1", answer)
    assert "katip approve --portal today" in said.output
    assert "nothing was started" in said.output.splitlines()[-1]
    assert (runs.calls, said.exit_code) == ([], 0)


@pytest.mark.parametrize("answer", ["evet", "EVET", "yes"])
def test_a_yes_approves_what_the_list_says(answer: str, runs: Runs, tmp_path: Path) -> None:
    path = worklist(tmp_path)
    said = answered(TASKS["approve"], TODAY, str(path), "1", answer)
    assert "1 Onayla, 0 Beklet, 0 not decided" in said.output
    assert "Onayla: IŞIL İĞNECİ" in said.output
    (call,) = runs.calls
    assert {"PORTAL:today", f"WORKLIST:{path}", "SIGN_IN:attended"} <= set(call[1])
    assert not any(part.startswith(("APPROVE", "MODE")) for part in call[1])


def test_rehearsal_asks_no_yes_and_stays_one(runs: Runs) -> None:
    said = answered(TASKS["rehearse"], PRACTICE, "n")
    assert "katip rehearse --portal practice" in said.output
    assert "MODE:rehearse" in runs.calls[0][1]


def test_list_that_is_still_open_is_warned_of(runs: Runs, tmp_path: Path) -> None:
    path = worklist(tmp_path)
    (tmp_path / f"~${path.name}").touch()
    assert "what was not saved there is not applied" in answered(TASKS["approve"], TODAY, str(path), "").output


def test_list_without_a_decision_or_with_a_mistake_starts_nothing(runs: Runs, tmp_path: Path) -> None:
    assert "No row says Onayla" in answered(TASKS["approve"], TODAY, str(worklist(tmp_path, "Beklet"))).output
    assert "KTP-010" in answered(TASKS["approve"], TODAY, str(worklist(tmp_path / "2", "vielleicht"))).output
    assert runs.calls == []


def test_decide_opens_the_newest_list_and_checks_it_until_it_is_sound(runs: Runs, tmp_path: Path) -> None:
    wrong = worklist(tmp_path / "results" / "20261128T000000Z", "belki")
    said = answered(TASKS["decide"], "", "y", "", "y", str(worklist(tmp_path / "own")))
    assert runs.calls == [("opened", [wrong.name])]
    assert "KTP-010" in said.output
    assert "1 Onayla, 0 Beklet" in said.output
    assert said.exit_code == 0


def test_look_shows_a_runs_contracts_and_verifies_it(runs: Runs, tmp_path: Path) -> None:
    run = tmp_path / "results" / "20261128T000000Z"
    run.mkdir(parents=True)
    contract = '{"outcome": "held", "name": "IŞIL\\u001b[2J", "category": "İşyeri Hekimi", "reason": "[KTP-520] x"}'
    (run / "approvals.json").write_text(f'{{"contracts": [{contract}]}}', "utf-8")
    said = answered(TASKS["look"], "1")
    assert "20261128T000000Z: 1 held" in said.output
    assert "held: IŞIL\\x1b[2J · İşyeri Hekimi: [KTP-520] x" in said.output
    assert f"katip verify {run}" in said.output
    assert said.exit_code == 1  # it is not sealed


def test_doctor_is_asked_which_portal(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("Katip.doctor.command.examination", lambda *given, **_: [])
    assert "katip doctor --portal v9" in answered(TASKS["doctor"], "y", "4").output
    assert re.search(r"katip doctor --language en$", answered(TASKS["doctor"], "n").output, re.MULTILINE)


def test_teaching_is_asked_where_to_write_and_where_to_walk(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.toml").touch()
    called: list[object] = []
    monkeypatch.setattr(katip.commands["teach"], "callback", lambda **given: called.append(given))
    said = answered(TASKS["teach"], "", "mine.toml", "y")
    assert "own.toml exists already" in said.output
    assert "katip teach --output mine.toml --attach" in said.output
    assert len(called) == 1


def test_it_speaks_the_language_that_was_chosen(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(messages.VARIABLE)
    turkish = answered("x", TASKS["end"])
    assert "Ne yapmak istiyorsunuz?" in turkish.output
    assert "1 ile 8 arasında bir numara yazın." in turkish.output
    english = answered(TASKS["rehearse"], PRACTICE, "n", arguments=("--language", "en"))
    assert "katip rehearse --portal practice --language en" in english.output
    assert "LANGUAGE:en" in runs.calls[0][1]


def test_end_of_input_ends_it(runs: Runs) -> None:
    said = answered(TASKS["approve"])
    assert (said.exit_code, runs.calls) == (130, [])
    assert "nothing was started" in said.output


def test_without_a_terminal_there_is_help(monkeypatch: pytest.MonkeyPatch) -> None:
    said = CliRunner().invoke(katip, [])
    assert said.exit_code == 2
    assert "Commands:" in said.output
    assert CliRunner().invoke(katip, ["--language", "en"]).exit_code == 2


@pytest.mark.skipif(os.name == "nt", reason="a terminal of POSIX is played")
def test_ctrl_c_on_a_real_terminal_ends_it_without_a_trace(tmp_path: Path) -> None:
    script = "import runpy; runpy.run_module('Katip.cli', run_name='__main__')"
    environment = {name: value for name, value in os.environ.items() if name != messages.VARIABLE}
    process, terminal = python_on_a_terminal(script, environment, tmp_path)
    said, answers = b"", [("Numara:", "4\n"), ("Numara:", "1\n"), ("[e/H]", "\n"), ("evet yazın", "\x03")]
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if (
            not answers
        ):  # an impatient person presses until it has ended; the terminal itself would drop what it shows at each press
            process.send_signal(signal.SIGINT)
        if not select.select([terminal], [], [], 0.01 if not answers else 2)[0]:
            continue
        try:
            said += os.read(terminal, 4096)
        except OSError:  # how Linux says that the other end is closed
            break
        if answers and answers[0][0] in said.decode("utf-8", "ignore"):
            os.write(terminal, answers.pop(0)[1].encode())
            words, said = said, b""
    else:
        process.kill()
    code = process.wait()
    os.close(terminal)
    assert answers == [], said.decode("utf-8", "replace")
    assert code == 130
    assert "hiçbir şey başlatılmadı" in said.decode()
    assert "Traceback" not in (words + said).decode()
