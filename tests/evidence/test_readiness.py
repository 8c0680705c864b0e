"""Everything that a seal needs is tried before a run; what fails at its exit all the same is said, counted and mended."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keyring
import keyring.errors
import platformdirs
import pytest
from click.testing import CliRunner

from Katip.approvals.journal import Journal
from Katip.approvals.journal_reader import JournalReader
from Katip.approvals.journal_records import JournalRun
from Katip.cli import katip
from Katip.errors import AlreadySealed, CannotSeal
from Katip.evidence import key as keys
from Katip.evidence import layout
from Katip.evidence.chain import Link, SealChain
from Katip.evidence.key import key_of, load_key
from Katip.evidence.readiness import prepare_to_seal, unsealed_runs
from Katip.evidence.report import writing
from Katip.evidence.seal import seal_run
from Katip.evidence.seal_statement import is_sealed
from Katip.evidence.verify import verify_run, verify_runs
from Katip.run import exit as leaving
from Katip.run.exit import EXIT_NOT_SEALED, SealAtExit, SealJob
from tests.evidence.fake_keyrings import MemoryKeyring, use

from .sample import make_run


class Pretending(MemoryKeyring):
    """A keyring that takes a key and does not keep it."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Raising(MemoryKeyring):
    def __init__(self, error: BaseException, where: str) -> None:
        super().__init__()
        self.error, self.where = error, where

    def get_password(self, service: str, username: str) -> str | None:
        if self.where == "get":
            raise self.error
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.where == "set":
            raise self.error
        super().set_password(service, username, password)


class Silent(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        time.sleep(30)
        return None


class Foreign(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        return "no key at all"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("KATIP_KEY_DIR")
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_, **__: tmp_path / "config")
    monkeypatch.setattr(keys, "_KEYRING_SECONDS", 0.3)
    return tmp_path / "config"


BROKEN: dict[str, Callable[[], MemoryKeyring]] = {
    f"{type(error).__name__} at {where}": lambda error=error, where=where: Raising(error, where)  # type: ignore[misc]
    for where in ("get", "set")
    for error in (
        keyring.errors.KeyringLocked("locked"),
        keyring.errors.NoKeyringError("none"),
        OSError(1312, "A specified logon session does not exist"),
        RuntimeError("no D-Bus session"),
        ModuleNotFoundError("win32ctypes"),
    )
} | {"keeps nothing": lambda: Pretending(), "never answers": lambda: Silent(), "holds no key": lambda: Foreign()}


@pytest.mark.parametrize("backend", BROKEN.values(), ids=BROKEN)
def test_key_file_serves_where_the_keyring_cannot_be_used(
    backend: Callable[[], MemoryKeyring], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, backend())
    key = prepare_to_seal(tmp_path / "results" / "run1", tmp_path / "results")
    assert key.kept_in == str(home / "seal.key")
    assert "keyring cannot be used" in key.warning
    assert load_key().fingerprint == key.fingerprint
    assert not load_key().warning, "the file serves from now on"


def test_lost_key_is_warned_of_by_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = tmp_path / "results"
    monkeypatch.setenv("KATIP_KEY_DIR", str(tmp_path / "lost"))
    first = prepare_to_seal(results / "run1", results)
    assert first.warning == ""
    SealChain.beside(results).add(
        Link("seal", "20260301T093000Z-4f2a", "0" * 64, None, "2026-03-01T09:31:00Z", first.fingerprint)
    )
    assert prepare_to_seal(results / "run2", results).warning == "", "the same key seals on"
    monkeypatch.setenv("KATIP_KEY_DIR", str(tmp_path / "new"))
    second = prepare_to_seal(results / "run3", results)
    assert first.fingerprint[:16] in second.warning
    assert second.fingerprint[:16] in second.warning
    assert "katip key show" in second.warning


def test_a_missing_back_end_is_a_keyring_that_cannot_be_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def get_keyring() -> Any:
        raise ModuleNotFoundError("No module named 'somebodys_backend'")

    monkeypatch.setattr(keyring, "get_keyring", get_keyring)
    assert "somebodys_backend" in load_key().warning
    assert (home / "seal.key").is_file()


def test_neither_keyring_nor_file_refuses_the_run(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Raising(OSError("over SSH"), "get"))
    home.write_text("a file where the folder would be")
    with pytest.raises(CannotSeal, match="KTP-211"):
        prepare_to_seal(tmp_path / "results" / "run1", tmp_path / "results")


def test_a_run_sealed_by_the_keyrings_key_can_still_be_stamped_and_purged(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = MemoryKeyring()
    use(monkeypatch, kept)
    first = load_key()
    use(monkeypatch, Raising(OSError("over SSH"), "get"))
    second = load_key()
    assert second.fingerprint != first.fingerprint
    use(monkeypatch, kept)
    assert load_key().fingerprint == second.fingerprint
    assert key_of(first.public_pem).fingerprint == first.fingerprint


@pytest.mark.parametrize("harm", ["report", "chain", "packages", "signature"])
def test_what_the_seal_needs_is_tried_before_the_run(
    harm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = tmp_path / "results"
    packages.mkdir()
    if harm == "report":
        monkeypatch.setattr(writing, "write_pdf", lambda *_: (_ for _ in ()).throw(RuntimeError("no font")))
    elif harm == "chain":
        (packages / layout.CHAIN).write_text("no link\n")
    elif harm == "packages":
        packages = packages / "file" / "below"
        packages.parent.write_text("")
    else:
        monkeypatch.setattr(keys, "is_signed", lambda *_: False)
    with pytest.raises(CannotSeal):
        prepare_to_seal(tmp_path / "run1", packages)


def test_trial_leaves_nothing_behind(tmp_path: Path) -> None:
    prepare_to_seal(tmp_path / "results" / "run1", tmp_path / "results")
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    assert left == ["results", "results/run1", f"results/{layout.CHAIN}.lock"]


@pytest.mark.parametrize(
    "error",
    [
        http.client.BadStatusLine("x"),
        http.client.IncompleteRead(b""),
        UnicodeError("host"),
        RuntimeError("proxy"),
        KeyError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_the_stamps_transport_raises_the_run_is_sealed_and_packed(
    error: Exception, unsealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def urlopen(*_: Any, **__: Any) -> Any:
        raise error

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    result = seal_run(unsealed, tsa_url="http://127.0.0.1:9/")
    assert not result.stamped
    assert result.package is not None
    assert "KTP-204" in result.problems[0]
    assert verify_run(result.package).ok


# At the exit of the process ---------------------------------------------------------------------------------------


@pytest.fixture
def failing_seal(monkeypatch: pytest.MonkeyPatch) -> None:
    def sealed(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError("whatever a library raises")

    monkeypatch.setattr("Katip.evidence.seal.seal_run", sealed)
    monkeypatch.setattr(leaving, "not_sealed", [])


@pytest.mark.usefixtures("failing_seal")
def test_what_fails_at_the_exit_is_said_with_its_mend(unsealed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sealing = SealAtExit()
    sealing.job = SealJob(unsealed, unsealed.parent)
    sealing._seal()
    assert leaving.not_sealed == [unsealed]
    said = capsys.readouterr().err
    assert "Not sealed: whatever a library raises" in said
    assert f"katip seal {unsealed}" in said


def test_a_run_without_package_counts_as_unsealed_at_the_exit(
    unsealed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(leaving, "not_sealed", [])
    (unsealed.parent / "20260301T093000Z-aaaa.zip").mkdir()
    sealing = SealAtExit()
    sealing.job = SealJob(unsealed, unsealed.parent)
    sealing._seal()
    assert leaving.not_sealed == [unsealed]
    assert is_sealed(unsealed)
    assert "Not packed" in capsys.readouterr().err


LEAVES = """
import sys
from pathlib import Path
from Katip.run.exit import SealAtExit, SealJob, exit_with_own_code_if_unsealed
exit_with_own_code_if_unsealed()
SealAtExit().job = SealJob(Path(sys.argv[1]), Path(sys.argv[1]).parent)
print("the suite passed")
sys.exit(0)
"""


@pytest.mark.parametrize("keyed", [True, False])
def test_our_own_commands_end_with_a_code_of_their_own(keyed: bool, unsealed: Path, tmp_path: Path) -> None:
    if not keyed:
        (tmp_path / "keys").write_text("a file where the folder of the key would be")
    environment = {**os.environ, "KATIP_KEY_DIR": str(tmp_path / "keys"), "PYTHONIOENCODING": "ascii:strict"}
    done = subprocess.run(
        [sys.executable, "-c", LEAVES, str(unsealed)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == (0 if keyed else EXIT_NOT_SEALED), done.stderr
    assert is_sealed(unsealed) is keyed
    assert ("Not sealed: [KTP-203]" in done.stderr) is not keyed


# Afterwards -------------------------------------------------------------------------------------------------------


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal of a run of a process that is gone."""
    path = tmp_path / "results" / "journal.sqlite"
    run = "20260301T093000Z-aaaa"
    code = (
        "import sys; from pathlib import Path; from Katip.approvals.journal import Journal, JournalRun\n"
        "with Journal(Path(sys.argv[1]), JournalRun(sys.argv[2], 'http://x', 'approve', 'all', sys.argv[3])) as journal:\n"
        "    journal.end_run('pass')"
    )
    subprocess.run([sys.executable, "-c", code, str(path), run, str(path.parent / "run1")], check=True)
    return path


def test_journal_names_the_unsealed_run_and_seal_mends_it(unsealed: Path, journal: Path) -> None:
    for command in ("runs", "open"):
        named = CliRunner().invoke(katip, ["journal", "--file", str(journal), command])
        assert "20260301T093000Z-aaaa is not sealed" in named.output
        assert f"katip seal {unsealed}" in named.output
    with JournalReader(journal) as reader:
        assert [item.run for item in unsealed_runs(reader)] == ["20260301T093000Z-aaaa"]
    assert CliRunner().invoke(katip, ["seal", str(unsealed)]).exit_code == 0
    assert "not sealed" not in CliRunner().invoke(katip, ["journal", "--file", str(journal), "runs"]).output
    assert verify_run(unsealed).ok


def test_the_run_at_work_is_not_called_unsealed(unsealed: Path) -> None:
    path = unsealed.parent / "journal.sqlite"
    run = JournalRun("20260301T093000Z-aaaa", "http://x", "approve", "all", str(unsealed))
    with Journal(path, run) as opened:
        assert unsealed_runs(opened) == []


@pytest.mark.parametrize("there", [(), (layout.SUMS,), (layout.SUMS, layout.SUMS_SIGNATURE, layout.PUBLIC_KEY)])
def test_a_seal_that_was_broken_off_is_made_again(there: tuple[str, ...], unsealed: Path) -> None:
    for name in there:
        (unsealed / name).write_bytes(b"half")
    assert CliRunner().invoke(katip, ["seal", str(unsealed)]).exit_code == 0
    verdict = verify_runs([unsealed])[0]
    assert verdict.ok, verdict.sentences()


def test_a_seal_that_is_not_in_the_chain_yet_is_added_to_it(sealed: Path) -> None:
    (sealed.parent / layout.CHAIN).unlink()
    make_run(sealed.parent / "run2", "20260301T093000Z-bbbb")
    assert CliRunner().invoke(katip, ["seal", str(sealed)]).exit_code == 0
    seal_run(sealed.parent / "run2")
    assert all(verdict.ok for verdict in verify_runs([sealed, sealed.parent / "run2"]))


def test_a_seal_that_was_removed_is_not_made_again(sealed: Path) -> None:
    (sealed / layout.SEAL).chmod(0o644)
    (sealed / layout.SEAL).unlink()
    with pytest.raises(AlreadySealed, match="removed the seal"):
        seal_run(sealed)
