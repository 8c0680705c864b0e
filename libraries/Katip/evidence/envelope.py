"""Signed statements: in-toto Statement v1 in a DSSE envelope, in the one byte form that this project writes.

Formats: https://github.com/in-toto/attestation/tree/main/spec/v1 and https://github.com/secure-systems-lab/dsse; the
libraries are theirs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from google.protobuf.json_format import MessageToDict
from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError

from Katip.evidence.files import canonical_json
from Katip.evidence.key import SealingKey, envelope_key

PAYLOAD_TYPE: Final = "application/vnd.in-toto+json"


def signed_statement(
    key: SealingKey,
    subjects: Sequence[tuple[str, str, Mapping[str, Any]]],
    predicate_type: str,
    predicate: Mapping[str, Any],
) -> bytes:
    """Make and sign a statement about files.

    Args:
        key: who signs.
        subjects: name, SHA-256 and annotations of what the statement is about.
        predicate_type: the URI of what is said.
        predicate: what is said, without numbers other than whole ones.

    Returns:
        The envelope's bytes.
    """
    statement = Statement(
        [
            ResourceDescriptor(name=name, digest={"sha256": digest}, annotations=dict(annotations) or None).pb
            for name, digest, annotations in subjects
        ],
        predicate_type,
        dict(predicate),
    )
    statement.validate()
    envelope = Envelope(canonical_json(MessageToDict(statement.pb)), PAYLOAD_TYPE, {})
    envelope.sign(key.signer)
    return _bytes(envelope)


def read_statement(data: bytes, key: Ed25519PublicKey) -> tuple[dict[str, Any], str]:
    """Read a statement and check its signature and its form.

    Args:
        data: the envelope's bytes.
        key: who must have signed it.

    Returns:
        The statement (empty if it cannot be read at all) and what is wrong with it: ``""``, ``"unreadable"``,
        ``"signature"`` or ``"form"``.
    """
    try:
        envelope = Envelope.from_dict(json.loads(data))
        statement = json.loads(envelope.payload)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}, "unreadable"
    if not isinstance(statement, dict):
        return {}, "unreadable"
    try:
        envelope.verify([envelope_key(key)], 1)
    except VerificationError:
        return statement, "signature"
    # Nothing in a second spelling of the same statement can be trusted to be what was signed.
    if len(envelope.signatures) != 1 or envelope.payload_type != PAYLOAD_TYPE or _bytes(envelope) != data:
        return statement, "form"
    return statement, "" if canonical_json(statement) == envelope.payload else "form"


def signing_key_id(data: bytes) -> str:
    """Return the fingerprint of the key that an envelope says it was signed with.

    Args:
        data: the envelope's bytes.

    Returns:
        The fingerprint, or an empty text if it says none.
    """
    try:
        return str(json.loads(data)["signatures"][0]["keyid"])
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return ""


def _bytes(envelope: Envelope) -> bytes:
    return canonical_json(envelope.to_dict()) + b"\n"
