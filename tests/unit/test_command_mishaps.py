"""What an operator reads on the command line in usual mishaps: Turkish, with a code, and what to do in the words of `katip`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIST = (
    "SGK Sicil No;Adı Soyadı;Personel Kategorisi;Grv. Başlama Trh.;Karar;Karar Veren;Karar Tarihi\n"
    "29999010199999010999932000;IŞIL İĞNECİ;İşyeri Hekimi;01.02.2026;Onayla;Şule Çağrı;02.02.2026\n"
)


def said(folder: Path, *arguments: str) -> str:
    """Run `katip` in a folder as an operator does, with an account and without a screen."""
    environment = {key: value for key, value in os.environ.items() if key not in ("KATIP_LANGUAGE", "DISPLAY")}
    environment |= {"PYTHONPATH": str(ROOT / "libraries"), "EDEVLET_TCKN": "11111111110", "EDEVLET_SIFRE": "uydurma-1"}
    done = subprocess.run(
        [sys.executable, "-m", "Katip", *arguments, "--", "--outputdir", str(folder / "run"), "--consolewidth", "200"],
        cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("beside", ["~$liste.csv", ".~lock.liste.csv#"])
def test_list_open_in_a_spreadsheet_program_is_warned_of(tmp_path: Path, beside: str) -> None:
    (tmp_path / "liste.csv").write_text(LIST, "utf-8")
    (tmp_path / beside).touch()
    (tmp_path / "journal.sqlite").write_bytes(b"no journal")  # the run ends before a browser is started
    shown = said(
        tmp_path,
        "approve",
        "--portal",
        "v9",
        "--worklist",
        "liste.csv",
        "--journal",
        "journal.sqlite",
        "--headless",
        "true",
    )
    assert f'[ WARN ] "liste.csv" bir tablo programında açık görünüyor (yanında "{beside}" var)' in shown
    assert "[KTP-" in shown


def test_wrong_path_names_where_it_was_looked_for_and_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "worklist.csv").write_text(LIST, "utf-8")
    shown = said(tmp_path, "approve", "--portal", "v9", "--worklist", "wroklist.csv")
    assert "[KTP-001]" in shown
    assert (
        f"WORKLIST 'wroklist.csv' yok (aranan yer: {tmp_path / 'wroklist.csv'}); o klasörde \"worklist.csv\" var"
        in shown
    )


def test_missing_screen_is_answered_with_an_option_of_the_command(tmp_path: Path) -> None:
    shown = said(tmp_path, "plan", "--portal", "v9", "--sign-in", "attended")
    assert "[KTP-001]" in shown
    assert "--headless false" in shown
    assert "-v HEADLESS" not in shown


def test_nothing_decided_names_the_next_command(tmp_path: Path) -> None:
    shown = said(tmp_path, "approve", "--portal", "v9", "--headless", "true")
    assert "[KTP-002]" in shown
    assert "`katip plan` ile liste çıkarın" in shown
    assert "--worklist yol" in shown


def test_folder_that_was_given_is_the_one_that_is_named(tmp_path: Path) -> None:
    shown = said(tmp_path, "approve", "--portal", "v9", "--worklist", "none.xlsx")
    assert f"Bu çalıştırmanın günlüğü:    {Path('run') / 'log.html'}" in shown
    assert "günlük bırakmadı" not in shown
