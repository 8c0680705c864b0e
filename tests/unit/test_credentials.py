"""Number and password in the system's keyring, and what is asked for on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from click.testing import CliRunner

from Katip.cli import katip
from Katip.errors import CredentialsUnavailable
from Katip.run.credentials import asked_account, asked_code, forget_stored_account, store_account, stored_account
from tests.evidence.fake_keyrings import BrokenKeyring, MemoryKeyring
from tests.terminals import python_on_a_terminal

LIBRARIES = Path(__file__).resolve().parents[2] / "libraries"
NUMBER, PASSWORD = "11111111110", "Deneme-4711"


class PersonsKeyring(MemoryKeyring):
    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def kept() -> MemoryKeyring:
    return PersonsKeyring()


@pytest.fixture(autouse=True)
def use(kept: MemoryKeyring) -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(kept)
    yield
    keyring.set_keyring(before)


def test_commands_store_show_and_forget(kept: MemoryKeyring) -> None:
    run = CliRunner().invoke
    assert run(katip, ["credentials", "show"]).exit_code == 1
    stored = run(katip, ["credentials", "set"], input=f"{NUMBER}\n{PASSWORD}\n")
    assert stored.exit_code == 0, stored.output
    account = stored_account()
    assert account is not None
    assert account.secrets == (NUMBER, PASSWORD)
    shown = run(katip, ["credentials", "show"])
    assert "111******10" in shown.output
    assert run(katip, ["credentials", "forget"]).exit_code == 0
    assert kept.kept == {}
    assert stored_account() is None
    assert not forget_stored_account()
    for said in (stored.output, shown.output):
        assert NUMBER not in said
        assert PASSWORD not in said


@pytest.mark.parametrize(("number", "password"), [("123", PASSWORD), ("", PASSWORD), (NUMBER, "")])
def test_what_cannot_be_right_is_not_stored(number: str, password: str, kept: MemoryKeyring) -> None:
    with pytest.raises(CredentialsUnavailable):
        store_account(number, password)
    assert kept.kept == {}


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring(), BrokenKeyring()])
def test_no_usable_keyring_is_said_clearly(backend: keyring.backend.KeyringBackend) -> None:
    keyring.set_keyring(backend)
    for command in ("show", "forget"):
        said = CliRunner().invoke(katip, ["credentials", command])
        assert said.exit_code == 1
        assert "KTP-006" in said.output
        assert "EDEVLET_TCKN" in said.output


def test_without_a_terminal_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr(sys, "__stdin__", nothing)
        assert asked_account() is None
        assert asked_code() is None


@pytest.mark.skipif(os.name == "nt", reason="a terminal of its own for the child")
def test_what_is_typed_on_a_terminal_is_not_shown() -> None:
    script = "from Katip.run.credentials import asked_account; print(len(asked_account().secrets))"
    process, terminal = python_on_a_terminal(script, {**os.environ, "PYTHONPATH": str(LIBRARIES)})
    said = b""
    for asked, answer in ((b": ", NUMBER), (b": ", PASSWORD)):
        while not said.endswith(asked):
            said += os.read(terminal, 1000)
        os.write(terminal, answer.encode() + b"\n")
        said += b"\n"
    while b"2" not in said.splitlines()[-1]:
        said += os.read(terminal, 1000)
    process.wait()
    os.close(terminal)
    assert NUMBER.encode() not in said
    assert PASSWORD.encode() not in said
