"""`katip doctor` on broken machines: each trouble is named, with what to do."""

from __future__ import annotations

import json
import os
import ssl
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath

import keyring
import pytest
from click.testing import CliRunner
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringError

from Katip.cli import katip
from Katip.doctor import folders, machine, network
from Katip.doctor.check import TITLES, Check, State, examine
from Katip.doctor.command import examination
from Katip.portal import load_portal

NOW = datetime.now(UTC)


def states(checks: Iterable[Check]) -> dict[str, State]:
    return {check.name: check.state for check in checks}


def only(checks: Iterable[Check]) -> Check:
    (check,) = checks
    return check


def test_everything_that_is_wrong_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", NoKeyring)
    found = [check for _, part in examination(None, Path("results"), (), "auto") for check in part()]
    assert [check.name for check in found if check.state is not State.OK and check.mend is None] == []
    assert {check.name for check in found} <= set(TITLES)


def test_this_machine_can_run() -> None:
    found = states([*machine.python(), *machine.packages(), *machine.node(), *machine.browser()])
    assert set(found.values()) == {State.OK}


def test_missing_package_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_is_installed", lambda name: name != "openpyxl")
    check = only(machine.packages())
    assert check.state is State.FAILED
    assert check.mend
    assert check.mend.en == "python -m pip install openpyxl"


@pytest.mark.parametrize("program", [None, "does-not-start"])
def test_node_that_is_missing_or_blocked(program: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / program if program else None
    if path:
        path.write_text("not a program")
    monkeypatch.setattr(machine, "_node_program", lambda: path)
    assert only(machine.node()).state is State.FAILED


@pytest.mark.parametrize("choice", ["/no/such/browser", "nescape"])
def test_browser_that_is_not_there(choice: str) -> None:
    assert only(machine.browser(choice)).state is State.FAILED


@pytest.mark.parametrize(
    ("system", "environment", "expected"),
    [
        ("Linux", {}, State.WARNING),
        ("Linux", {"DISPLAY": ":0"}, State.OK),
        ("Linux", {"WAYLAND_DISPLAY": "wayland-0"}, State.OK),
        ("Windows", {}, State.OK),
        ("Windows", {"SSH_CONNECTION": "127.0.0.1 1 127.0.0.1 22"}, State.WARNING),
        ("Darwin", {}, State.OK),
    ],
)
def test_display(system: str, environment: dict[str, str], expected: State) -> None:
    assert only(machine.display(environment, system)).state is expected


@pytest.mark.parametrize("error", [KeyringError("locked"), RuntimeError("no backend"), OSError(1312, "no logon")])
def test_keyring_that_raises(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: str) -> None:
        raise error

    monkeypatch.setattr(keyring, "set_password", refuse)
    assert only(machine.key_store()).state is State.WARNING


def test_keyring_that_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("set_password", "get_password", "delete_password"):
        monkeypatch.setattr(keyring, name, lambda *_: None)
    assert only(machine.key_store()).state is State.WARNING


def test_results_that_can_be_written_are_left_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "not yet" / "results"
    found = states(folders.results(folder))
    assert found["results"] is State.OK
    assert list(tmp_path.iterdir()) == []


def test_results_in_a_file_or_a_read_only_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    check = only(folders.results(tmp_path))
    assert check.state is State.FAILED
    assert "the disk can only be read" in check.seen.en
    monkeypatch.undo()
    (tmp_path / "file").write_text("")
    assert only(folders.results(tmp_path / "file" / "results")).state is State.FAILED


@pytest.mark.parametrize(
    ("folder", "file_system", "environment", "expected"),
    [
        (PureWindowsPath(r"C:\Users\Şükrü\OneDrive - Örnek\katip"), "NTFS", {}, State.WARNING),
        (PureWindowsPath(r"D:\bulut\katip"), "NTFS", {"OneDrive": r"D:\bulut"}, State.WARNING),
        (PureWindowsPath(r"\\sunucu\paylaşım\katip"), "", {}, State.WARNING),
        (PurePosixPath("/mnt/ortak/katip"), "cifs", {}, State.WARNING),
        (PurePosixPath("/home/ışıl/Dropbox/katip"), "ext4", {}, State.WARNING),
        (PurePosixPath("/home/ışıl/katip"), "ext4", {}, State.OK),
        (PureWindowsPath(r"C:\katip\results"), "NTFS", {"OneDrive": r"C:\Users\x\OneDrive"}, State.OK),
    ],
)
def test_kind_of_disk(folder: PurePosixPath, file_system: str, environment: dict[str, str], expected: State) -> None:
    assert only(folders.kind_of_disk(folder, file_system, environment)).state is expected


def test_little_room_and_long_paths() -> None:
    assert only(folders.free_space(10_000_000)).state is State.WARNING
    assert only(folders.path_length(PureWindowsPath("C:\\" + "a" * 200), windows=True)).state is State.WARNING
    assert list(folders.path_length(PureWindowsPath(r"C:\katip"), windows=True)) == []


def test_worklist_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text("yalnızca bir satır")
    check = only(folders.worklists([tmp_path / "liste.csv"]))
    assert check.state is State.FAILED
    assert check.seen.tr.startswith("liste.csv")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, State.OK),
        ({"HTTPS_PROXY": "http://proxy.example:8080"}, State.WARNING),
        ({"HTTPS_PROXY": "http://u:gizli@proxy.example:8080", "NO_PROXY": "127.0.0.1,localhost"}, State.OK),
    ],
)
def test_proxy_and_no_password_of_it(environment: dict[str, str], expected: State) -> None:
    check = only(network.proxy(environment))
    assert check.state is expected
    assert "gizli" not in check.seen.tr


def test_certificates_that_are_not_there(tmp_path: Path) -> None:
    check = only(network.certificates({"NODE_EXTRA_CA_CERTS": str(tmp_path / "kök.pem")}))
    assert check.state is State.FAILED


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (OSError(-2, "Name or service not known"), "does not answer"),
        (TimeoutError("timed out"), "does not answer"),
    ],
)
def test_address_that_does_not_answer(trouble: Exception, words: str) -> None:
    def ask(_: str) -> network.AddressAnswer:
        raise trouble

    found = list(network.addresses(load_portal("v9"), ask))
    assert [check.name for check in found] == ["SITE_URL", "EDEVLET_URL", "KATIP_URL"]
    assert all(check.state is State.FAILED and words in check.seen.en for check in found)


def test_wrong_certificate_is_told_apart() -> None:
    def ask(_: str) -> network.AddressAnswer:
        error = ssl.SSLCertVerificationError(1, "certificate verify failed")
        error.verify_message = "self-signed certificate"
        raise error

    check = next(iter(network.addresses(load_portal("v9"), ask)))
    assert check.mend
    assert "NODE_EXTRA_CA_CERTS" in check.mend.tr


def test_maintenance_and_a_wrong_clock() -> None:
    found = states(network.addresses(load_portal("v9"), lambda _: network.AddressAnswer(503, NOW - timedelta(hours=3))))
    assert found["KATIP_URL"] is State.WARNING
    assert found["clock"] is State.WARNING
    found = states(network.addresses(load_portal("v9"), lambda _: network.AddressAnswer(200, datetime.now(UTC))))
    assert set(found.values()) == {State.OK}


def test_an_examination_that_breaks_off_hides_no_other() -> None:
    def breaks() -> Iterable[Check]:
        raise RuntimeError("unforeseen")

    found = list(examine([("node", breaks), ("python", machine.python)]))
    assert [(check.name, check.state) for check in found] == [("node", State.FAILED), ("python", State.OK)]


def test_command_in_both_languages_and_as_json(tmp_path: Path) -> None:
    list_file = tmp_path / "liste.csv"
    list_file.write_text("x")
    call = ["doctor", "--results", str(tmp_path), "--worklist", str(list_file)]
    turkish = CliRunner().invoke(katip, [*call, "--language", "tr"])
    assert turkish.exit_code == 1
    assert "✗ Onay listesi: liste.csv" in turkish.output
    assert "Sonuç klasörü" in turkish.output
    english = CliRunner().invoke(katip, [*call, "--language", "en"])
    assert "✗ Worklist: liste.csv" in english.output
    assert "Sonuç" not in english.output
    data = json.loads(CliRunner().invoke(katip, [*call, "--json"]).output)
    assert {check["name"]: check["state"] for check in data}["worklist"] == "failed"


def test_control_characters_of_a_path_do_not_reach_the_terminal(tmp_path: Path) -> None:
    if os.name == "nt":
        return
    result = CliRunner().invoke(katip, ["doctor", "--results", str(tmp_path / "a\x1b[2Jb")])
    assert "\x1b[2J" not in result.output


def test_unknown_portal_is_a_sentence() -> None:
    result = CliRunner().invoke(katip, ["doctor", "--portal", "v10"])
    assert result.exit_code == 1
    assert "KTP-001" in result.output
