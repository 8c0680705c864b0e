"""The time stamp of a seal: RFC 3161, by the authority that ``TSA_URL`` names, during the run or later.

A stamp proves that the seal existed at that time. It is a *zaman damgası* in the sense of law 5070 only if the
authority is a qualified one
(for example TÜBİTAK Kamu SM, which wants an ``identity`` header besides: `identity`).
"""

from __future__ import annotations

import hashlib
import os
import time
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from asn1crypto import cms, tsp  # type: ignore[import-untyped]
from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from Katip.errors import StampFailed
from Katip.evidence import layout
from Katip.evidence.chain import Link, SealChain
from Katip.evidence.files import make_read_only, write_synced
from Katip.evidence.key import SealingKey, key_of
from Katip.evidence.packing import pack_run
from Katip.evidence.seal_statement import seal_facts
from Katip.messages import msg

TSA_VARIABLE: Final = "TSA_URL"
IDENTITY_VARIABLE: Final = "TSA_IDENTITY"
_MOST_BYTES: Final = 1 << 20
_SECONDS: Final = 20
_LONGEST_ANSWER: Final = 60
_GRANTED: Final = (0, 1)


def stamp_run(
    run_folder: Path,
    tsa_url: str = "",
    *,
    packages: Path | None = None,
    key: SealingKey | None = None,
    repack: bool = True,
) -> datetime:
    """Have the seal of a run stamped, and keep the authority's whole answer as ``seal.tsr``.

    Args:
        run_folder: the folder of a sealed run.
        tsa_url: the authority's address, http or https; by default the variable ``TSA_URL``.
        packages: the folder of the journal; by default the folder above the run's.
        key: the key that sealed the run; by default this user's.
        repack: whether the package is made again, so that it has the stamp too.

    Returns:
        The time in the stamp, UTC.

    Raises:
        StampFailed: if the run has a stamp, was sealed by another key, or the authority gives no stamp of this seal.
        NotSealed: if there is no seal.
        CannotRecord: if the stamp could not be written.
    """
    facts = seal_facts(run_folder)
    key = key or key_of((run_folder / layout.PUBLIC_KEY).read_bytes())
    packages = packages or layout.home_of(run_folder)
    _check_before(run_folder, key)
    seal = (run_folder / layout.SEAL).read_bytes()
    answer, stamped_at = request_stamp(seal, tsa_url or os.environ.get(TSA_VARIABLE, ""))
    # The signature binds every byte of the answer, also those that the authority's own signature leaves out.
    write_synced(run_folder / layout.STAMP_SIGNATURE, key.sign(answer))
    write_synced(run_folder / layout.STAMP, answer)
    for name in (layout.STAMP_SIGNATURE, layout.STAMP):
        make_read_only(run_folder / name)
    chain = SealChain.beside(packages)
    with chain.held():
        at = datetime.now(UTC).isoformat(timespec="seconds")
        chain.add(Link("stamp", facts["run"], hashlib.sha256(answer).hexdigest(), None, at, key.fingerprint))
    if repack:
        pack_run(run_folder, packages)
    return stamped_at


def _check_before(run_folder: Path, key: SealingKey) -> None:
    if (run_folder / layout.STAMP).exists():
        raise StampFailed(
            msg("Stamping the seal"),
            msg("a seal without a stamp"),
            msg("{stamp} in {run_folder}", stamp=layout.STAMP, run_folder=run_folder),
        )
    if (run_folder / layout.PUBLIC_KEY).read_bytes() != key.public_pem:
        raise StampFailed(
            msg("Stamping the seal"),
            msg("the key that sealed the run"),
            msg("another key ({fingerprint})", fingerprint=key.fingerprint),
            msg("Stamp it where it was sealed."),
        )


def request_stamp(data: bytes, tsa_url: str, identity: str = "") -> tuple[bytes, datetime]:
    """Ask a time stamp authority for a stamp.

    Args:
        data: what is stamped; only its digest is sent.
        tsa_url: the authority's address, http or https.
        identity: the value of the ``identity`` header that TÜBİTAK Kamu SM wants; by default the variable
            ``TSA_IDENTITY``.

    Returns:
        The whole answer (DER) and the time in it.

    Raises:
        StampFailed: if no stamp of this data came back.
    """
    if not tsa_url.lower().startswith(("http://", "https://")):
        raise StampFailed(
            msg("Asking for a time stamp"), msg("an http or https address in TSA_URL"), tsa_url or msg("none")
        )
    request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    identity = identity or os.environ.get(IDENTITY_VARIABLE, "")
    if identity:
        headers["identity"] = identity
    try:
        answer = _sent(urllib.request.Request(tsa_url, request.as_bytes(), headers))  # noqa: S310  (scheme checked above)
    except Exception as error:  # whatever the transport raises, the run is sealed without a stamp
        raise StampFailed(
            msg("Asking for a time stamp"),
            msg("an answer of {tsa_url}", tsa_url=tsa_url),
            f"{type(error).__name__}: {error}",
            msg("The run is sealed without a stamp; later: katip stamp FOLDER"),
        ) from error
    found = read_stamp(answer)
    if found is None or found.digest != hashlib.sha256(data).digest() or found.nonce != request.nonce:
        raise StampFailed(
            msg("Asking for a time stamp"),
            msg("a stamp of this seal"),
            msg("something else from {tsa_url}", tsa_url=tsa_url),
        )
    return answer, found.at


def _sent(call: urllib.request.Request) -> bytes:
    """Return the answer's bytes; an authority that sends it drop by drop is given up after a minute."""
    deadline = time.monotonic() + _LONGEST_ANSWER
    parts = []
    with urllib.request.urlopen(call, timeout=_SECONDS) as response:  # noqa: S310
        while block := response.read1(_MOST_BYTES):
            parts.append(block)
            if sum(map(len, parts)) > _MOST_BYTES:
                raise ValueError(msg("an answer of more than {most_bytes} bytes", most_bytes=_MOST_BYTES))
            if time.monotonic() > deadline:
                raise TimeoutError(msg("no whole answer within {longest_answer} s", longest_answer=_LONGEST_ANSWER))
    return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a time stamp says.

    Attributes:
        at: the time, UTC.
        digest: the stamped digest.
        nonce: the number that ties it to its request.
        response: the whole answer.
    """

    at: datetime
    digest: bytes
    nonce: int | None
    response: TimeStampResponse


def read_stamp(answer: bytes) -> Stamp | None:
    """Read the answer of a time stamp authority, without judging its signature.

    Args:
        answer: the bytes of a ``seal.tsr``.

    Returns:
        What it says, or None if it is no stamp.
    """
    try:
        response = _decoded(answer)
        if response.status not in _GRANTED:
            return None
        info = response.tst_info
        return Stamp(info.gen_time, bytes(info.message_imprint.message), info.nonce, response)
    except Exception:  # two parsers of foreign bytes, each with errors of its own
        return None


def _decoded(answer: bytes) -> TimeStampResponse:
    try:
        return decode_timestamp_response(answer)
    except ValueError:
        return decode_timestamp_response(_in_order(answer))


def _in_order(answer: bytes) -> bytes:
    """Return an answer with its certificates in DER's order, which OpenSSL's own authority does not keep.

    The signature does not cover that order; the file keeps the bytes as they came.
    """
    response = tsp.TimeStampResp.load(answer)
    signed = response["time_stamp_token"]["content"]
    signed["certificates"] = cms.CertificateSet(sorted(signed["certificates"], key=lambda item: bytes(item.dump())))
    return bytes(response.dump(force=True))


def is_trusted(stamp: Stamp, data: bytes, authorities: bytes) -> bool:
    """Return True if a stamp was signed under an authority that the reader trusts.

    Args:
        stamp: the stamp.
        data: what was stamped.
        authorities: the certificates in PEM, roots and intermediates.

    Returns:
        True if it was.
    """
    builder = VerifierBuilder()
    try:
        for certificate in x509.load_pem_x509_certificates(authorities):
            if certificate.issuer == certificate.subject:
                builder = builder.add_root_certificate(certificate)
            else:
                builder = builder.add_intermediate_certificate(certificate)
        return builder.build().verify_message(stamp.response, data)
    except (VerificationError, ValueError):
        return False
