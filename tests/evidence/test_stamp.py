"""Time stamps: by an authority of one's own, at the seal or later, checked with `openssl ts` too."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from Katip.errors import StampFailed
from Katip.evidence import layout
from Katip.evidence.seal import seal_run
from Katip.evidence.seal_statement import seal_facts
from Katip.evidence.stamp import stamp_run
from Katip.evidence.verify import verify_run, verify_runs

from .tsa import Authority, served


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"))


def failing(path: Path, **options: bytes) -> set[str]:
    return {finding.code for finding in verify_run(path, **options).findings if finding.kind.fails}  # type: ignore[arg-type]


def test_seal_is_stamped_and_openssl_agrees(unsealed: Path, authority: Authority) -> None:
    with served(authority) as url:
        result = seal_run(unsealed, tsa_url=url)
    assert result.stamped
    assert result.problems == ()
    roots = authority.root.read_bytes()
    assert verify_run(unsealed, authorities=roots).ok
    assert result.package is not None
    assert verify_run(result.package, authorities=roots).ok
    done = subprocess.run(
        ["openssl", "ts", "-verify", "-data", "seal.dsse.json", "-in", "seal.tsr", "-CAfile", str(authority.root)],
        cwd=unsealed, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verification: OK" in done.stdout + done.stderr


def test_without_network_the_run_is_sealed_and_stamped_later(unsealed: Path, authority: Authority) -> None:
    result = seal_run(unsealed, tsa_url="http://127.0.0.1:9/")
    assert result.package is not None
    assert not result.stamped
    assert "katip stamp" in result.problems[0]
    assert verify_run(unsealed).ok
    assert "no time stamp" in " ".join(verify_run(unsealed).sentences(failing_only=False))
    with served(authority) as url:
        when = stamp_run(unsealed, url)
    assert abs(when - datetime.now(UTC)) < timedelta(minutes=5)
    assert all(
        verdict.ok for verdict in verify_runs([unsealed, result.package], authorities=authority.root.read_bytes())
    )  # type: ignore[list-item]
    with pytest.raises(StampFailed, match="without a stamp"):
        stamp_run(unsealed, "http://127.0.0.1:9/")


def test_any_byte_of_the_stamp_counts(unsealed: Path, authority: Authority) -> None:
    with served(authority) as url:
        seal_run(unsealed, tsa_url=url)
    for name in (layout.STAMP, layout.STAMP_SIGNATURE):
        (unsealed / name).chmod(0o644)
        data = (unsealed / name).read_bytes()
        for at in range(0, len(data), 61):
            (unsealed / name).write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            assert "stamp-signature" in failing(unsealed), (name, at)
        (unsealed / name).write_bytes(data)
    assert failing(unsealed) == set()


def test_removed_stamp_shows(unsealed: Path, authority: Authority) -> None:
    with served(authority) as url:
        seal_run(unsealed, tsa_url=url)
    signature = (unsealed / layout.STAMP_SIGNATURE).read_bytes()
    (unsealed / layout.STAMP).unlink()
    assert "seal-file-missing" in failing(unsealed)
    (unsealed / layout.STAMP_SIGNATURE).unlink()
    assert "stamp-gone" in {finding.code for finding in verify_runs([unsealed])[0].findings if finding.kind.fails}
    assert signature


def test_stamp_of_an_unknown_authority_is_named(unsealed: Path, authority: Authority, tmp_path: Path) -> None:
    with served(authority) as url:
        seal_run(unsealed, tsa_url=url)
    stranger = Authority(tmp_path / "stranger")
    assert failing(unsealed, authorities=stranger.root.read_bytes()) == {"stamp-untrusted"}


@pytest.mark.parametrize("fault", ["junk", "other"])
def test_answer_that_is_no_stamp_of_this_seal_is_refused(unsealed: Path, authority: Authority, fault: str) -> None:
    with served(authority, fault) as url:
        result = seal_run(unsealed, tsa_url=url)
    assert not result.stamped
    assert "KTP-204" in result.problems[0]
    assert not (unsealed / layout.STAMP).exists()


def test_stamp_from_before_the_seal_names_the_clock(
    unsealed: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(authority) as url:
        seal_run(unsealed, tsa_url=url)
    sealed_at = datetime.fromisoformat(seal_facts(unsealed)["sealedAt"])
    monkeypatch.setattr(
        "Katip.evidence.verify.read_stamp",
        lambda answer: type("Stamp", (), {"at": sealed_at - timedelta(hours=1), "digest": b"", "response": answer})(),
    )
    assert "stamp-before" in failing(unsealed)


def test_identity_header_goes_to_authorities_that_want_it(
    unsealed: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSA_IDENTITY", "synthetic-identity")
    with served(authority) as url:
        seal_run(unsealed, tsa_url=url)
    assert authority.identities[-1] == "synthetic-identity"


@pytest.mark.parametrize("address", ["", "ftp://127.0.0.1/", "file:///etc/passwd"])
def test_only_web_addresses_are_asked(unsealed: Path, address: str) -> None:
    seal_run(unsealed)
    with pytest.raises(StampFailed, match="http or https"):
        stamp_run(unsealed, address)
