"""The commands as a person calls them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from Katip.cli import katip
from Katip.evidence import layout
from Katip.evidence.findings import KIND_TR, SENTENCES, Kind
from Katip.evidence.key import load_key

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


def test_wrong_pin_fails(sealed: Path) -> None:
    result = call("verify", "--lang", "en", sealed, "--key", "0" * 64)
    assert result.exit_code == 1
    assert "sealed anew by somebody else" in result.output


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


def test_stamp_without_network_fails_plainly(sealed: Path) -> None:
    result = call("stamp", "--tsa", "http://127.0.0.1:9/", sealed)
    assert result.exit_code == 1
    assert "KTP-204" in result.output


@pytest.mark.parametrize("command", ["", "verify", "seal", "stamp", "report", "purge", "key", "journal"])
def test_every_command_explains_itself(command: str) -> None:
    assert call(*filter(None, [command]), "--help").exit_code == 0


def test_every_sentence_is_there_in_both_languages() -> None:
    import string

    assert set(KIND_TR) == set(Kind)
    for english, turkish in SENTENCES.values():
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, turkish)]
        assert fields[0] == fields[1], english
