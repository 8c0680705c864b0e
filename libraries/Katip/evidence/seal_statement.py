"""Read the statement of a seal: which run it is of, when it was sealed and which seal it follows. No signature is checked here."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from Katip.errors import NotSealed
from Katip.evidence import layout
from Katip.messages import msg
from Katip.system_words import system_words

PREDICATE_TYPE: Final = "https://in-toto.io/attestation/test-result/v0.1"
RUN_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def is_sealed(folder: Path) -> bool:
    """Return True if a folder carries a seal.

    Args:
        folder: a run's folder.

    Returns:
        True if the signed statement is there, which is written last: a seal that was broken off before it is made again.
    """
    return os.path.lexists(folder / layout.SEAL)


def seal_facts(run_folder: Path) -> dict[str, str]:
    """Return what a seal says of its run, without checking the signature.

    Args:
        run_folder: the run's folder.

    Returns:
        ``run``, ``sealedAt``, ``sealedBy`` and ``ended``.

    Raises:
        NotSealed: if there is no readable seal.
    """
    return facts_of(statement_of(read_seal_file(run_folder / layout.SEAL)))


def statement_of(envelope: bytes) -> dict[str, Any]:
    """Return the statement in an envelope, without checking the signature.

    Args:
        envelope: the bytes of a ``seal.dsse.json``.

    Returns:
        The statement; empty if it cannot be read.
    """
    import base64

    try:
        statement = json.loads(base64.b64decode(json.loads(envelope)["payload"]))
    except (ValueError, KeyError, TypeError):
        return {}
    return statement if isinstance(statement, dict) else {}


def facts_of(statement: Mapping[str, Any]) -> dict[str, str]:
    """Return what a seal's statement says of its run.

    Args:
        statement: the statement.

    Returns:
        ``run``, ``sealedAt``, ``sealedBy`` and ``ended``.

    Raises:
        NotSealed: if they are not there.
    """
    try:
        facts = statement["subject"][0]["annotations"]
        datetime.fromisoformat(facts["sealedAt"])
        if RUN_ID.fullmatch(facts["run"]):
            return {name: str(facts[name]) for name in ("run", "sealedAt", "sealedBy", "ended")}
    except (KeyError, IndexError, TypeError, ValueError):
        pass
    raise NotSealed(
        msg("Reading the seal"),
        msg("a statement about a run in {seal}", seal=layout.SEAL),
        msg("none that can be read"),
    )


def previous_of(statement: Mapping[str, Any]) -> str | None:
    """Return the digest of the seal that a seal follows.

    Args:
        statement: the statement.

    Returns:
        The digest, or None for the first seal of a chain.
    """
    for item in statement.get("predicate", {}).get("configuration", []):
        if item.get("name") == "previous-seal":
            return str(item["digest"]["sha256"])
    return None


def read_seal_file(path: Path) -> bytes:
    """Return the bytes of a file of the seal.

    Args:
        path: the file, in a run's folder.

    Raises:
        NotSealed: if it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotSealed(
            msg("Reading the seal"),
            msg("a sealed run in {parent}", parent=path.parent),
            system_words(error),
            msg("Seal it with: katip seal FOLDER"),
        ) from error
