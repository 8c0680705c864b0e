"""A newcomer's walk: each command of every page is accepted, and those for the practice portal do what the page says."""

from __future__ import annotations

import itertools
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from Katip.cli import katip
from tests.documents import CODE_BLOCK, FIRST_RUN, PAGES, READMES, ROOT, SUITES, suite_variables, text_of

PROGRAM = re.compile(r"^\s*(?:\.venv[/\\](?:bin|Scripts)[/\\])?((?:katip|robot)\b(?! Framework)[^#\n]*)$", re.MULTILINE)
SPAN = re.compile(r"`(?:\.venv/bin/)?(katip [^`\n]+|robot -[^`\n]+)`")
GUIDES = [page for page in PAGES if page != "CHANGELOG.md" and "/adr/" not in page]


def commands_of(page: str) -> list[str]:
    blocks = [line for block in CODE_BLOCK.findall(text_of(page)) for line in PROGRAM.findall(block)]
    return blocks + SPAN.findall(CODE_BLOCK.sub("", text_of(page)))


def refusal(words: list[str]) -> str:
    """Return why the parser of `katip` refuses a command line; empty where it does not. Placeholders of values are accepted."""
    command, context = katip, click.Context(katip, info_name="katip")
    try:
        while isinstance(command, click.Group):
            _, words, _ = command.make_parser(context).parse_args(list(words))
            if not words:
                return ""
            _, found, words = command.resolve_command(context, words)
            assert found is not None
            command, context = found, click.Context(found, info_name=found.name, parent=context)  # type: ignore[assignment]
        command.make_parser(context).parse_args(list(words))
    except click.UsageError as error:
        return error.format_message()
    return ""


@pytest.mark.parametrize("page", GUIDES)
def test_commands_of_a_page_are_accepted(page: str) -> None:
    for line in commands_of(page):
        program, *words = shlex.split(line.replace("\\", "/"))
        if program == "katip":
            assert refusal(words) == "", line
            continue
        suites = [word for word in words if word.endswith(".robot")]
        assert [suite for suite in suites if suite.startswith("robots/") and suite not in SUITES] == [], line
        given = {word.partition(":")[0] for before, word in itertools.pairwise(words) if before == "-v"}
        assert given <= suite_variables("robots/approve.robot"), line


def test_walk_finds_commands_and_wrong_ones() -> None:
    found = [line for page in GUIDES for line in commands_of(page)]
    assert len(found) > 60
    assert {line.split()[0] for line in found} == {"katip", "robot"}
    assert refusal(["aprove"])
    assert refusal(["plan", "--portl", "v9"])
    assert refusal(["journal", "opened"])
    assert not refusal(["journal", "--file", "x", "open"])


@pytest.mark.matrix
@pytest.mark.acceptance
def test_first_guide_and_the_evidence_of_the_readme_on_the_practice_portal(tmp_path: Path) -> None:
    """Runs what the pages show, in a folder of its own, as after an installation: each command ends well and in Turkish."""
    environment = {key: value for key, value in os.environ.items() if key != "KATIP_LANGUAGE"}
    environment |= {"PYTHONPATH": str(ROOT / "libraries"), "COLUMNS": "80"}

    def run(line: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "Katip.cli", *shlex.split(line)[1:]],
            cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stdout + done.stderr
        return done.stdout

    shown = commands_of(FIRST_RUN[0])
    for line in ("katip practice", "katip approve --portal practice-today"):
        assert line in shown
        said = run(f"{line} --headless true")
        folder = Path(re.findall(r"^Log: +(.+)/log\.html$", said, re.MULTILINE)[0])
        assert "Bu çalıştırmanın günlüğü:" in said
        for before in commands_of(READMES[1]):
            if before.startswith(("katip verify", "katip report")):
                run(before.replace("results/run1", shlex.quote(str(folder))).replace("-o out", f"-o {folder.name}"))
        assert list((tmp_path / folder.name).iterdir())
    said = run("katip plan --portal practice")
    assert re.search(r'^Karar, .*katip rehearse --portal practice --worklist ".*worklist\.xlsx"', said, re.MULTILINE)
