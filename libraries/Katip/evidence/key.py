"""The key that seals: Ed25519, made on first use, in the system's keyring or in a file for its owner only.

It is this machine's key, not a person's qualified electronic signature in the sense of law 5070 (docs/guides/5-reading-the-evidence.md).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from securesystemslib.signer import CryptoSigner, SSlibKey  # type: ignore[attr-defined]

from Katip.disk import replaced
from Katip.errors import KeyUnavailable
from Katip.messages import msg
from Katip.system_words import system_words

KEY_DIR_VARIABLE: Final = "KATIP_KEY_DIR"
_FILE_NAME: Final = "seal.key"
_SERVICE: Final = "robotframework-katip"
_ACCOUNT: Final = "seal"
_FOR_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
#: A keyring may ask the person to unlock it; one that never answers must not hold a run up for ever.
_KEYRING_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class SealingKey:
    """The private key, and its public part and fingerprint.

    Attributes:
        private: the key itself.
        kept_in: where it is kept, as a person reads it.
        warning: what the person who runs the robot should know of it, such as why it is not kept in the system's keyring, as sentences;
            else empty.
        is_new: True if it was made just now, since there was none.
    """

    private: Ed25519PrivateKey
    kept_in: str
    warning: str = ""
    is_new: bool = False

    @property
    def public_pem(self) -> bytes:
        """The public key as PEM, the way ``seal.pub.pem`` holds it."""
        return public_pem(self.private.public_key())

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the public key (DER), which pins it."""
        return fingerprint(self.private.public_key())

    @property
    def signer(self) -> CryptoSigner:
        """The key for DSSE envelopes."""
        return CryptoSigner(self.private, envelope_key(self.private.public_key()))

    def sign(self, data: bytes) -> bytes:
        """Return the raw 64 bytes of a signature.

        Args:
            data: what is signed.

        Returns:
            What ``openssl pkeyutl -verify -rawin`` takes.
        """
        return self.private.sign(data)


def public_pem(key: Ed25519PublicKey) -> bytes:
    """Return a public key as PEM.

    Args:
        key: the key.

    Returns:
        SubjectPublicKeyInfo, the one form that a seal holds.
    """
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Ed25519PublicKey) -> str:
    """Return the fingerprint of a public key.

    Args:
        key: the key.

    Returns:
        SHA-256 of its DER form, 64 hexadecimal digits: ``openssl pkey -pubin -in seal.pub.pem -outform DER |
        sha256sum``.
    """
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def envelope_key(key: Ed25519PublicKey) -> SSlibKey:
    """Return a public key for DSSE envelopes, named by its fingerprint.

    Args:
        key: the key.

    Returns:
        The same key.
    """
    return SSlibKey.from_crypto(key, keyid=fingerprint(key))


def read_public_key(pem: bytes) -> Ed25519PublicKey | None:
    """Read a public key.

    Args:
        pem: the bytes of a ``seal.pub.pem``.

    Returns:
        The key, or None if this is no Ed25519 key in PEM.
    """
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def is_signed(key: Ed25519PublicKey, signature: bytes, data: bytes) -> bool:
    """Return True if a raw signature is right.

    Args:
        key: the public key.
        signature: 64 bytes.
        data: what was signed.

    Returns:
        True if it is.
    """
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def pinned_fingerprint(text: str) -> str:
    """Read what a person gave to pin a key.

    Args:
        text: a fingerprint (with or without ``:``, blanks or ``sha256:`` before it) or the path of a PEM file.

    Returns:
        64 lower-case hexadecimal digits.

    Raises:
        KeyUnavailable: if it is neither.
    """
    digits = re.sub(r"[:\s]", "", text.lower().removeprefix("sha256:"))
    if re.fullmatch(r"[0-9a-f]{64}", digits):
        return digits
    with contextlib.suppress(OSError):
        key = read_public_key(Path(text).read_bytes())
        if key is not None:
            return fingerprint(key)
    raise KeyUnavailable(
        msg("Reading the key to pin"),
        msg("a fingerprint of 64 hexadecimal digits or a PEM file"),
        text,
        msg("See `katip key show`."),
    )


def load_key() -> SealingKey:
    """Return this user's sealing key, which has just signed something; it is made on first use.

    It is looked for in the folder ``KATIP_KEY_DIR``, where that is set, else in the file of the user's configuration
    folder, else in the operating system's keyring. A new one goes into the keyring; where that cannot be used, whatever
    the reason, into the file, and the key's `warning` says so.

    Returns:
        The key.

    Raises:
        KeyUnavailable: if it can neither be read nor kept safely.
    """
    given = os.environ.get(KEY_DIR_VARIABLE)
    if given:
        return _tried(_from_file(Path(given)))
    folder = _user_folder()
    if (folder / _FILE_NAME).exists():
        return _tried(_from_file(folder))
    kept, why_not = _within(_KEYRING_SECONDS, _from_keyring)
    return _tried(kept or _from_file(folder, why_not))


def key_of(public: bytes) -> SealingKey:
    """Return the key that sealed a run, also where this user's runs are sealed by another one since.

    A run that was sealed while the keyring could be used, and one that was sealed while it could not, have two keys.

    Args:
        public: the bytes of the run's ``seal.pub.pem``.

    Returns:
        The key that belongs to it, else the one that seals now.

    Raises:
        KeyUnavailable: as `load_key`.
    """
    key = load_key()
    if key.public_pem != public and not os.environ.get(KEY_DIR_VARIABLE):
        kept, _ = _within(_KEYRING_SECONDS, lambda: _from_keyring(create=False))
        if kept is not None and kept.public_pem == public:
            return kept
    return key


def _user_folder() -> Path:
    return platformdirs.user_config_path("katip", appauthor=False)


def _tried(key: SealingKey) -> SealingKey:
    probe = os.urandom(32)
    if not is_signed(key.private.public_key(), key.sign(probe), probe):
        raise KeyUnavailable(
            msg("Trying the sealing key"), msg("a signature that its public half confirms"), msg("another")
        )
    return key


def _within(seconds: float, ask: Callable[[], SealingKey | None]) -> tuple[SealingKey | None, str]:
    """Ask the keyring in a thread of its own; return the key, or None and why there is none, as a sentence."""
    answers: list[tuple[SealingKey | None, str]] = []

    def answer() -> None:
        # Back ends raise arbitrary errors of the system; none may prevent the seal.
        try:
            answers.append((ask(), ""))
        except Exception as error:
            answers.append((None, f"{type(error).__name__}: {error}"))

    asking = threading.Thread(target=answer, name="keyring", daemon=True)
    try:
        asking.start()
    except RuntimeError as error:  # at the exit of the process no thread can be started any more
        return None, _unusable(str(error))
    asking.join(seconds)
    key, why_not = answers[0] if answers else (None, msg("no answer within {seconds:g} s", seconds=seconds))
    return key, _unusable(why_not) if why_not else ""


def _unusable(why: str) -> str:
    return msg("The system's keyring cannot be used ({why}); the sealing key is kept in a file instead.", why=why)


def _from_keyring(*, create: bool = True) -> SealingKey | None:
    """Return the key from the keyring; None if the system has no keyring."""
    import keyring  # a configured back end that is missing raises already here

    backend = keyring.get_keyring()
    if backend.priority < 1:
        return None
    kept = keyring.get_password(_SERVICE, _ACCOUNT)
    is_new = kept is None
    if kept is None and create:
        private = Ed25519PrivateKey.generate()
        keyring.set_password(_SERVICE, _ACCOUNT, _private_pem(private).decode())
        kept = keyring.get_password(_SERVICE, _ACCOUNT)
        if kept is None:
            raise KeyUnavailable(
                msg("Keeping the sealing key"), msg("the keyring to hold what was put into it"), msg("nothing in it")
            )
    if kept is None:
        return None
    return SealingKey(_private(kept.encode(), backend.name), f"keyring ({backend.name})", is_new=is_new)


def _from_file(folder: Path, warning: str = "") -> SealingKey:
    path = folder / _FILE_NAME
    try:
        is_new = not path.exists()
        if is_new:
            _create(path)
        _check_owner_only(path)
        return SealingKey(_private(path.read_bytes(), str(path)), str(path), warning, is_new)
    except OSError as error:
        raise KeyUnavailable(
            msg("Reading the sealing key"),
            msg("a file {path} that can be read", path=path),
            system_words(error),
            msg("Set {key_dir_variable} to a folder of your own.", key_dir_variable=KEY_DIR_VARIABLE),
        ) from error


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Whoever comes second finds the whole key of the first and never replaces it: runs would lose their key.
    with replaced(path, 0o600, keep_existing=True) as temporary:
        temporary.write_bytes(_private_pem(Ed25519PrivateKey.generate()))


def _check_owner_only(path: Path) -> None:
    """Refuse a key that others may read; on Windows the user's profile folder has such rights by itself."""
    if sys.platform != "win32" and path.stat().st_mode & _FOR_OTHERS:
        raise KeyUnavailable(
            msg("Reading the sealing key"),
            msg("that only its owner may read {path}", path=path),
            msg("rights {st_mode}", st_mode=stat.filemode(path.stat().st_mode)),
            msg(
                "If nobody can have copied it: chmod 600 {path}; else delete it for a new one, and tell your auditor.",
                path=path,
            ),
        )


def _private(pem: bytes, place: str) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnavailable(
            msg("Reading the sealing key"), msg("an Ed25519 key in PEM"), f"{error} ({place})"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnavailable(
            msg("Reading the sealing key"), msg("an Ed25519 key"), msg("another kind ({place})", place=place)
        )
    return key


def _private_pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
