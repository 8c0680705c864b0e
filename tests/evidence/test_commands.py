"""The commands as a person calls them."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from Katip.cli import katip
from Katip.evidence import layout
from Katip.evidence.findings import KIND_TR, SENTENCES, FindingKind
from Katip.evidence.key import load_key
from Katip.evidence.report.texts import TEXTS
from Katip.evidence.seal import seal_run

from .sample import make_run


def call(*arguments: object) -> Result:
    return CliRunner().invoke(katip, [str(argument) for argument in arguments])


def test_verify_says_yes_and_no(sealed: Path) -> None:
    good = call("verify", "--lang", "en", sealed, "--key", load_key().fingerprint)
    assert good.exit_code == 0, good.output
    assert good.output.startswith("VERIFIED")
    (sealed / "log.html").chmod(0o644)
    (sealed / "log.html").write_text("x")
    bad = call("verify", "--lang", "tr", sealed, next(sealed.parent.glob("*.zip")))
    assert bad.exit_code == 1
    assert "SAĞLAM DEĞİL" in bad.output
    assert "değiştirilmiş: log.html" in bad.output


def test_path_that_is_not_there_is_missing_and_not_altered(tmp_path: Path) -> None:
    result = call("verify", "--lang", "tr", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "eksik: nowhere" in result.output
    assert "değiştirilmiş" not in result.output


def test_contract_that_differs_is_named_without_a_word_of_the_other_language(sealed: Path) -> None:
    path = sealed / "approvals.json"
    path.chmod(0o644)
    path.write_text(path.read_text("utf-8").replace('"approved"', '"skipped"'), "utf-8")
    result = call("verify", "--lang", "tr", sealed)
    assert "approvals.json: [1]: outcome skipped" in result.output
    assert "contract 0" not in result.output


def test_wrong_pin_fails(sealed: Path) -> None:
    result = call("verify", "--lang", "en", sealed, "--key", "0" * 64)
    assert result.exit_code == 1
    assert "sealed anew by somebody else" in result.output


def test_key_that_is_made_by_showing_it_is_named_as_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KATIP_KEY_DIR", str(tmp_path / "keys"))
    new, again = (call("key", "show", "--language", "tr") for _ in range(2))
    assert "şimdi oluşturuldu" in new.stderr
    assert "denetçinize" in new.stderr
    assert again.stderr == ""
    assert new.stdout == again.stdout
    (tmp_path / "keys" / "seal.key").unlink()
    other = call("key", "show", "--language", "tr")
    assert "şimdi oluşturuldu" in other.stderr
    assert other.stdout != new.stdout


def test_key_show(sealed: Path) -> None:
    result = call("key", "show")
    assert load_key().fingerprint in result.output
    assert "BEGIN PUBLIC KEY" in result.output
    assert "PRIVATE" not in result.output


def test_seal_by_hand_and_again(tmp_path: Path) -> None:
    folder = tmp_path / "results" / "run1"
    make_run(folder, finish=False, robot=False)
    first = call("seal", folder)
    assert first.exit_code == 0, first.output
    assert "without a time stamp" in first.output
    package = folder.parent / "20260301T093000Z-aaaa.zip"
    package.unlink()
    again = call("seal", folder)
    assert again.exit_code == 0
    assert package.exists(), "a seal whose packing failed is packed by the second call"


def test_errors_are_sentences(tmp_path: Path) -> None:
    result = call("seal", tmp_path)
    assert result.exit_code == 1
    assert "[KTP-201]" in result.output
    assert "Traceback" not in result.output


def test_report_and_purge(sealed: Path, tmp_path: Path) -> None:
    assert call("report", sealed, "-o", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / "rapor.pdf").read_bytes().startswith(b"%PDF")
    kept = call("purge", sealed)
    assert kept.exit_code == 1
    assert "10 years" in kept.output
    assert call("purge", "--hold", "dava", sealed).exit_code == 0
    assert call("purge", "--reason", "talep", sealed).exit_code == 1
    assert call("purge", "--release", sealed).exit_code == 0
    done = call("purge", "--reason", "talep", sealed)
    assert done.exit_code == 0, done.output
    assert "still holds personal data" in done.output
    assert not (sealed / layout.APPROVALS).exists()
    assert call("verify", sealed).exit_code == 0


def test_report_on_a_run_that_does_not_verify_says_so_at_its_top_and_in_its_exit_code(
    sealed: Path, tmp_path: Path
) -> None:
    sound = call("report", sealed, "-o", tmp_path / "sound")
    assert sound.exit_code == 0
    page = (tmp_path / "sound" / "rapor.html").read_text("utf-8")
    assert TEXTS["not_verified"][0] not in page
    (sealed / "log.html").chmod(0o644)
    (sealed / "log.html").write_text("<html>")
    for language, words in zip(("tr", "en"), TEXTS["not_verified"], strict=True):
        folder = tmp_path / language
        result = call("report", "--lang", language, sealed, "-o", folder)
        assert result.exit_code == 3
        assert words in result.stderr
        page = (folder / "rapor.html").read_text("utf-8")
        for shown in TEXTS["not_verified"]:
            assert page.index(shown) < page.index('<section class="sheet">')
        assert "log.html: " in page
        assert words in " ".join(PdfReader(folder / "rapor.pdf").pages[0].extract_text().split())
        with zipfile.ZipFile(folder / "approvals.xlsx") as book:
            assert words in book.read("xl/worksheets/sheet1.xml").decode()


def test_report_names_what_the_chain_says_of_a_run(sealed: Path, tmp_path: Path) -> None:
    make_run(sealed.parent / "run2", "20260302T093000Z-bbbb", robot=False)
    seal_run(sealed.parent / "run2")
    shutil.rmtree(sealed.parent / "run2")
    (sealed.parent / "20260302T093000Z-bbbb.zip").unlink()
    assert call("report", sealed, "-o", tmp_path / "out").exit_code == 3
    assert "20260302T093000Z-bbbb" in (tmp_path / "out" / "rapor.html").read_text("utf-8")


def test_stamp_without_network_fails_plainly(sealed: Path) -> None:
    result = call("stamp", "--tsa", "http://127.0.0.1:9/", sealed)
    assert result.exit_code == 1
    assert "KTP-204" in result.output


@pytest.mark.parametrize("command", ["", "verify", "seal", "stamp", "report", "purge", "key", "journal"])
def test_every_command_explains_itself(command: str) -> None:
    assert call(*filter(None, [command]), "--help").exit_code == 0


def test_every_sentence_is_there_in_both_languages() -> None:
    import string

    assert set(KIND_TR) == set(FindingKind)
    for english, turkish in SENTENCES.values():
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, turkish)]
        assert fields[0] == fields[1], english
