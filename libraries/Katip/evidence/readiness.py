"""Whether a run could be sealed, tried before it begins: key, report, seal, package, chain and room for all of them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from Katip.approvals.journal_reader import JournalReader
from Katip.approvals.journal_records import RunRecord
from Katip.disk import make_writable
from Katip.errors import CannotSeal, EvidenceError, KatipError
from Katip.evidence import layout
from Katip.evidence.chain import Link, SealChain
from Katip.evidence.key import SealingKey, load_key
from Katip.evidence.record import RunDescription
from Katip.evidence.run_evidence import RunEvidence
from Katip.evidence.seal import Ended, seal_run
from Katip.evidence.seal_statement import is_sealed
from Katip.evidence.verify import verify_run
from Katip.messages import language, msg

_TRIAL = "trial"


def prepare_to_seal(run_folder: Path, packages: Path) -> SealingKey:
    """Seal a trial run in a temporary folder, and look whether the real one could be sealed where it will lie.

    The trial uses the very key and code that the end of the run uses; the key is kept for it, since at the exit of
    the process a keyring may not answer any more.

    Args:
        run_folder: the output folder of the run that begins.
        packages: the folder of the journal, for package and chain.

    Returns:
        The key that will seal the run. Its `warning` is for the person who runs the robot.

    Raises:
        CannotSeal: if any of it fails; nothing was started.

    Example:
        >>> prepare_to_seal(Path("results/run1"), Path("results")).kept_in  # doctest: +SKIP
        'keyring (macOS Keychain)'
    """
    with _as_cannot_seal():
        key = load_key()
        for folder in (run_folder, packages):
            make_writable(folder)
        chain = SealChain.beside(packages)
        with chain.held():
            links = chain.links()
        with tempfile.TemporaryDirectory(prefix="katip-") as place:
            seal_trial(Path(place), key)
    warnings = (key.warning, _of_another_key(links, key))
    return replace(key, warning=" ".join(each for each in warnings if each))


def _of_another_key(links: Sequence[Link], key: SealingKey) -> str:
    """Return a warning where the run before was sealed with another key, which got lost; else an empty text."""
    earlier = next((link.key for link in reversed(links) if link.kind == "seal"), key.fingerprint)
    if earlier == key.fingerprint:
        return ""
    return msg(
        "The run before this one was sealed with another key ({earlier}…), which is not here; this one is sealed with {now}…. Restore the "
        "earlier key from a backup; if it is lost, tell your auditor the new fingerprint: `katip key show`.",
        earlier=earlier[:16],
        now=key.fingerprint[:16],
    )


@contextmanager
def _as_cannot_seal() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # libraries and systems fail in ways of their own; none may surface after approvals
        seen = error.sentence if isinstance(error, KatipError) else f"{type(error).__name__}: {error}"
        raise CannotSeal(
            msg("Trying, before anything starts, whether this run could be sealed"),
            msg("a key that signs, a report that can be written, a package that verifies"),
            seen,
            msg("Nothing was started: approvals without a seal are no evidence. Mend this and start again."),
        ) from error


def seal_trial(place: Path, key: SealingKey) -> None:
    """Seal, pack and verify a run without contracts.

    Args:
        place: an empty folder.
        key: the key that will seal the real run.

    Raises:
        KatipError: if the package does not verify; anything that the report, the seal or the package raises.
    """
    folder = place / "run"
    folder.mkdir()
    RunEvidence(folder, RunDescription(_TRIAL, datetime.now(UTC), "rehearse", _TRIAL, {})).finish()
    result = seal_run(folder, packages=place, ended=Ended.FINISHED, robot_files=(), key=key)
    if result.package is None:
        raise EvidenceError(msg("Packing a trial run"), msg("a package"), "; ".join(result.problems))
    verdict = verify_run(result.package)
    if not verdict.ok:
        raise EvidenceError(
            msg("Verifying a trial run"), msg("a package that verifies"), "; ".join(verdict.sentences(language()))
        )


@dataclass(frozen=True, slots=True)
class UnsealedRun:
    """A run that ended and whose evidence carries no seal.

    Attributes:
        run: its name.
        folder: its output folder, for ``katip seal``.
    """

    run: str
    folder: Path

    def __str__(self) -> str:
        """Return the sentence that names it, with the command that mends it."""
        return msg(
            "Run {run} is not sealed, so nobody can tell whether its files were altered: katip seal {folder}",
            run=self.run,
            folder=self.folder,
        )


def unsealed_runs(journal: JournalReader) -> list[UnsealedRun]:
    """Return the runs of a journal that ended without a seal and whose evidence is still there.

    Args:
        journal: the journal.

    Returns:
        Oldest first; the run that is at work is none of them.
    """
    return [
        UnsealedRun(record.info.run_id, Path(record.info.folder))
        for record in journal.runs()
        if not record.is_at_work and _is_unsealed(record)
    ]


def _is_unsealed(record: RunRecord) -> bool:
    folder = Path(record.info.folder)
    if not record.info.folder or is_sealed(folder):
        return False
    try:
        info = json.loads((folder / layout.RUN).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(info, dict) and info.get("id") == record.info.run_id
