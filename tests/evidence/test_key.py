"""The sealing key: made once, for its owner only, shown by its fingerprint."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from Katip.errors import KeyUnavailable
from Katip.evidence.key import fingerprint, load_key, pinned_fingerprint, read_public_key
from tests.evidence.fake_keyrings import BrokenKeyring, MemoryKeyring, use


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("KATIP_KEY_DIR")
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_, **__: tmp_path / "config")
    return tmp_path / "config"


def test_key_is_made_once_and_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KATIP_KEY_DIR", str(tmp_path / "keys"))
    first = load_key()
    assert load_key().fingerprint == first.fingerprint
    path = tmp_path / "keys" / "seal.key"
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o644)
        with pytest.raises(KeyUnavailable, match="chmod 600"):
            load_key()
    assert [item.name for item in (tmp_path / "keys").iterdir()] == ["seal.key"]


def test_real_keyring_keeps_the_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, MemoryKeyring())
    first = load_key()
    assert "keyring" in first.kept_in
    assert load_key().fingerprint == first.fingerprint
    assert not home.exists()


def test_only_the_key_that_was_made_just_now_is_new(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for backend in (MemoryKeyring(), BrokenKeyring()):
        use(monkeypatch, backend)
        assert [load_key().is_new for _ in range(2)] == [True, False]
    assert home.exists()


def test_without_a_usable_keyring_a_file_keeps_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, BrokenKeyring())
    first = load_key()
    assert first.kept_in == str(home / "seal.key")
    use(monkeypatch, MemoryKeyring())
    assert load_key().fingerprint == first.fingerprint, "a keyring that appears later does not change the key"


def test_two_processes_at_once_make_one_key(tmp_path: Path) -> None:
    code = "from Katip.evidence.key import load_key; print(load_key().fingerprint)"
    environment = {**os.environ, "KATIP_KEY_DIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    started = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment) for _ in range(3)
    ]
    assert len({process.communicate()[0] for process in started}) == 1


def test_damaged_key_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KATIP_KEY_DIR", str(tmp_path))
    (tmp_path / "seal.key").write_text("no key")
    (tmp_path / "seal.key").chmod(0o600)
    with pytest.raises(KeyUnavailable, match="KTP-203"):
        load_key()


def test_pinning_takes_fingerprints_and_files(tmp_path: Path) -> None:
    key = load_key()
    pem = tmp_path / "seal.pub.pem"
    pem.write_bytes(key.public_pem)
    spelled = ":".join(key.fingerprint[i : i + 2] for i in range(0, 64, 2)).upper()
    for given in (key.fingerprint, spelled, f"sha256:{key.fingerprint}", str(pem)):
        assert pinned_fingerprint(given) == key.fingerprint
    with pytest.raises(KeyUnavailable):
        pinned_fingerprint("abc")
    public = read_public_key(key.public_pem)
    assert public is not None
    assert fingerprint(public) == key.fingerprint
