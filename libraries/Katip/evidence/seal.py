"""The seal of a run, at the top of its folder, in forms that other people's tools check.

``SHA256SUMS`` (``sha256sum -c``), ``SHA256SUMS.sig`` (``openssl pkeyutl -verify -rawin``), ``seal.dsse.json``
(in-toto Statement with the
``test-result`` predicate in a DSSE envelope), ``seal.pub.pem``, and ``seal.tsr`` once a time stamp authority has
stamped it (``openssl ts -verify``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from Katip.errors import AlreadySealed, KatipError, NotSealed
from Katip.evidence import layout
from Katip.evidence.chain import Link, SealChain
from Katip.evidence.completion import complete_evidence
from Katip.evidence.envelope import signed_statement, signing_key_id
from Katip.evidence.files import file_digest, make_read_only, write_synced
from Katip.evidence.key import SealingKey, load_key
from Katip.evidence.packing import pack_run, present_seal_files
from Katip.evidence.seal_statement import (
    PREDICATE_TYPE,
    RUN_ID,
    facts_of,
    is_sealed,
    previous_of,
    read_seal_file,
    statement_of,
)
from Katip.evidence.sealable import refuse_unsealable, remove_unfinished
from Katip.evidence.source import FolderSource
from Katip.evidence.stamp import stamp_run
from Katip.evidence.sums import sums_of
from Katip.messages import msg
from Katip.model import Outcome


class Ended(StrEnum):
    """How a run came to its end."""

    FINISHED = "finished"
    INTERRUPTED = "interrupted"
    KILLED = "killed"


class SealedBy(StrEnum):
    """Who made the seal: the run itself at its exit, the run after it, or a person with `katip seal`."""

    EXIT = "exit"
    NEXT_RUN = "next_run"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class SealResult:
    """What sealing came to.

    Attributes:
        run: the run's name.
        digest: SHA-256 of ``seal.dsse.json``: what the next seal names.
        previous: the digest of the seal before, or None.
        fingerprint: the key's.
        package: the run as one file, or None if it could not be packed.
        stamped: True if a time stamp was obtained.
        problems: what did not work, as sentences; the seal itself is there.
    """

    run: str
    digest: str
    previous: str | None
    fingerprint: str
    package: Path | None
    stamped: bool
    problems: tuple[str, ...] = ()


def seal_run(
    run_folder: Path,
    *,
    packages: Path | None = None,
    ended: Ended | None = None,
    by: SealedBy = SealedBy.EXIT,
    previous: str | None = None,
    robot_files: Sequence[str] = layout.ROBOT_FILES,
    tsa_url: str = "",
    writable: Sequence[str] = (),
    key: SealingKey | None = None,
) -> SealResult:
    """Seal a run and pack it; call it when all of its files are written.

    Args:
        run_folder: the run's folder.
        packages: the folder of the journal, where ``RUN-ID.zip`` and the chain of seals go; by default the folder
            above the run's.
        ended: how the run ended; by default what `run.json` says (a run without an end was killed).
        by: who seals.
        previous: the digest of the seal before; by default the last of the chain.
        robot_files: the names of Robot's own files in the folder; those that are not there are left out.
        tsa_url: the address of a time stamp authority (RFC 3161); empty: no stamp.
        writable: names of sealed files that stay writable while there is a package (Robot refuses to start over a
            read-only output.xml).
        key: the key; by default this user's.

    Returns:
        The result. A stamp or package that failed is a sentence in `problems`: the seal is there all the same.

    Raises:
        AlreadySealed: if the folder carries a seal, or the chain has one of this run.
        NotSealed: if there is no evidence of a run in it, or a file that no seal can cover.
        CannotRecord: if the seal could not be written.
        KeyUnavailable: if there is no key to sign with.

    Example:
        >>> seal_run(Path("results/run1")).package  # doctest: +SKIP
        PosixPath('results/20260301T093000Z-4f2a.zip')
    """
    if is_sealed(run_folder):
        raise AlreadySealed(
            msg("Sealing the run"), msg("a folder without a seal"), str(run_folder), msg("Check it with: katip verify")
        )
    key = key or load_key()
    packages = packages or layout.home_of(run_folder)
    refuse_unsealable(run_folder, sealed_names(run_folder, robot_files))
    run_info = _prepare(run_folder, ended)
    names = sealed_names(run_folder, robot_files)
    sums = sums_of(FolderSource(run_folder), names)
    chain = SealChain.beside(packages)
    with chain.held():
        _refuse_if_in_chain(chain, run_info["id"], run_folder)
        previous = previous or chain.last_seal()
        sealed_at = datetime.now(UTC)
        ended = ended or (Ended.FINISHED if run_info.get("finished") else Ended.KILLED)
        facts = {
            "run": run_info["id"],
            "sealedAt": sealed_at.isoformat(timespec="seconds"),
            "sealedBy": by.value,
            "ended": ended.value,
        }
        statement = signed_statement(
            key,
            [(layout.SUMS, hashlib.sha256(sums).hexdigest(), facts)],
            PREDICATE_TYPE,
            _predicate(run_folder, run_info, ended, previous),
        )
        digest = hashlib.sha256(statement).hexdigest()
        write_synced(run_folder / layout.SUMS, sums)
        write_synced(run_folder / layout.SUMS_SIGNATURE, key.sign(sums))
        write_synced(run_folder / layout.PUBLIC_KEY, key.public_pem)
        write_synced(run_folder / layout.SEAL, statement)
        chain.add(Link("seal", run_info["id"], digest, previous, facts["sealedAt"], key.fingerprint))
    problems = _try(lambda: _stamp(run_folder, tsa_url, packages, key)) if tsa_url else ()
    problems += _try(lambda: pack_run(run_folder, packages))
    package = packages / f"{run_info['id']}.zip"
    # Without a package the folder is the only copy: then the `writable` files become read-only too.
    for name in {*names, *present_seal_files(run_folder)} - set(writable if package.is_file() else ()):
        make_read_only(run_folder / name)
    stamped = (run_folder / layout.STAMP).exists()
    return SealResult(
        run_info["id"], digest, previous, key.fingerprint, package if package.is_file() else None, stamped, problems
    )


def _refuse_if_in_chain(chain: SealChain, run: str, run_folder: Path) -> None:
    """Refuse to seal a run whose seal the chain has already.

    Raises:
        AlreadySealed: the seal was removed from the folder.
    """
    if any(link.kind == "seal" and link.run == run for link in chain.links()):
        raise AlreadySealed(
            msg("Sealing the run"),
            msg("a run that the chain {path} does not know", path=chain.path),
            msg(
                "a seal of {run_info} in it: somebody removed the seal from {run_folder}",
                run_info=run,
                run_folder=run_folder,
            ),
            msg("Check the run's package with: katip verify"),
        )


def sealed_names(run_folder: Path, robot_files: Iterable[str] = layout.ROBOT_FILES) -> list[str]:
    """Return what a seal covers: Robot's files, approvals.json and everything under ``evidence/``.

    Args:
        run_folder: the run's folder.
        robot_files: the names of Robot's own files.

    Returns:
        Paths with ``/``, sorted; nothing else that is in the folder.
    """
    run = FolderSource(run_folder)
    tops = [name for name in (*robot_files, layout.APPROVALS) if run.has(name)]
    evidence = [name for name in run.names() if name.startswith(layout.EVIDENCE + "/")]
    return sorted({*tops, *(name for name in evidence if not layout.is_system_file(name))})


def join_chain(run_folder: Path, packages: Path) -> bool:
    """Add the seal of a run to the chain where the process died between the two.

    Args:
        run_folder: the folder of a sealed run.
        packages: the folder of the chain.

    Returns:
        True if it was added; False if it was there, or if it does not follow the last seal.

    Raises:
        NotSealed: if the folder carries no seal.
        CannotRecord: if it could not be written.
    """
    envelope = read_seal_file(run_folder / layout.SEAL)
    statement, digest = statement_of(envelope), hashlib.sha256(envelope).hexdigest()
    facts = facts_of(statement)
    chain = SealChain.beside(packages)
    with chain.held():
        previous = previous_of(statement)
        if any(link.digest == digest for link in chain.links()) or previous != chain.last_seal():
            return False
        chain.add(Link("seal", facts["run"], digest, previous, facts["sealedAt"], signing_key_id(envelope)))
    return True


def _prepare(run_folder: Path, ended: Ended | None) -> dict[str, Any]:
    """Read what the run says of itself, and make what a killed run could not make any more."""
    run_info = FolderSource(run_folder).json(layout.RUN)
    if not isinstance(run_info, dict) or not RUN_ID.fullmatch(str(run_info.get("id", ""))):
        raise NotSealed(
            msg("Sealing the run"),
            msg("the evidence of a run ({run})", run=layout.RUN),
            msg("none in {run_folder}", run_folder=run_folder),
            msg("Name the folder of a run."),
        )
    remove_unfinished(run_folder)
    if ended is not Ended.FINISHED or not (run_folder / layout.MANIFEST).is_file():
        complete_evidence(run_folder)
    return run_info


def _predicate(run_folder: Path, run_info: Mapping[str, Any], ended: Ended, previous: str | None) -> dict[str, Any]:
    """Return the run's results as an in-toto predicate; contracts are named by their folders, never by a person's name.

    Source: https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md
    """
    configuration = [{"name": layout.MANIFEST, "digest": {"sha256": file_digest(run_folder / layout.MANIFEST)}}]
    configuration += [
        {"name": item["path"], "digest": {"sha256": item["sha256"]}} for item in run_info.get("worklists", [])
    ]
    if previous:
        configuration.append({"name": "previous-seal", "digest": {"sha256": previous}})
    passed, warned, failed = _contracts_by_result(run_folder)
    whole = "FAILED" if failed or ended is not Ended.FINISHED else "WARNED" if warned else "PASSED"
    return {
        "result": whole,
        "configuration": configuration,
        "passedTests": passed,
        "warnedTests": warned,
        "failedTests": failed,
    }


def _contracts_by_result(run_folder: Path) -> tuple[list[str], list[str], list[str]]:
    passed, warned, failed = [], [], []
    for path in sorted((run_folder / layout.CONTRACTS).glob(f"*/{layout.RECORD}")):
        record = json.loads(path.read_bytes())
        name = f"contract {path.parent.name}: {record['outcome'] or 'open'}"
        if record["outcome"] == Outcome.SKIPPED.value:
            warned.append(name)
        elif record["outcome"] and Outcome(record["outcome"]).is_good:
            passed.append(name)
        else:
            failed.append(name)
    return passed, warned, failed


def _stamp(run_folder: Path, tsa_url: str, packages: Path, key: SealingKey) -> None:
    stamp_run(run_folder, tsa_url, packages=packages, key=key, repack=False)


def _try(step: Any) -> tuple[str, ...]:
    """Return what a step failed with, as sentences: the seal is there, and nothing after it may undo that."""
    try:
        step()
    except KatipError as error:
        return (str(error),)
    except Exception as error:
        return (f"{type(error).__name__}: {error}",)
    return ()
