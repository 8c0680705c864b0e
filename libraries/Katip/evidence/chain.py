"""The chain of seals beside the journal: each names the one before, so that a run that was removed shows."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from Katip.approvals.lock import RunLock
from Katip.errors import EvidenceError
from Katip.evidence import layout
from Katip.evidence.files import canonical_json, write_synced
from Katip.evidence.source import FolderSource
from Katip.messages import msg
from Katip.system_words import system_words

_KINDS: Final = ("seal", "stamp", "purge")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Link:
    """One line of the chain.

    Attributes:
        kind: ``seal``, or ``stamp`` and ``purge`` for what was added to a seal later.
        run: the run's name.
        digest: SHA-256 of ``seal.dsse.json``, ``seal.tsr`` or the purge record.
        previous: for a seal, the digest of the seal before; None for the first.
        at: when, UTC, ISO 8601.
        key: the fingerprint of the key.
    """

    kind: str
    run: str
    digest: str
    previous: str | None
    at: str
    key: str


class SealChain:
    """The file that holds the chain.

    Args:
        path: the file; it is made with the first link.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, folder: Path) -> SealChain:
        """Return the chain that is kept in a folder.

        Args:
            folder: the folder of the journal and the packages.

        Returns:
            The chain, whether its file is there or not.
        """
        return cls(folder / layout.CHAIN)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other run from adding a link between reading the last one and adding the next."""
        lock = RunLock(self.path.with_name(self.path.name + ".lock"), {}, seconds=60)
        try:
            yield
        finally:
            lock.release()

    def links(self) -> list[Link]:
        """Return all links.

        Returns:
            In the order in which they were added.

        Raises:
            EvidenceError: if a line is not a link.
        """
        if not os.path.lexists(self.path):
            return []
        links = []
        for number, line in enumerate(self._bytes().split(b"\n")[:-1], start=1):
            try:
                link = Link(**json.loads(line))
                problem = _problem_of(link, line)
            except (ValueError, TypeError, RecursionError) as error:
                problem = type(error).__name__
            if problem:
                raise EvidenceError(
                    msg("Reading the chain of seals"),
                    msg("one link a line"),
                    msg("line {number} of {name}: {problem}", number=number, name=self.path.name, problem=problem),
                )
            links.append(link)
        return links

    def _bytes(self) -> bytes:
        try:
            data = FolderSource(self.path.parent).read(self.path.name)
        except OSError as error:
            raise EvidenceError(
                msg("Reading the chain of seals"), msg("a file {name}", name=self.path.name), system_words(error)
            ) from error
        if data and not data.endswith(b"\n"):
            raise EvidenceError(
                msg("Reading the chain of seals"),
                msg("one link a line"),
                msg("half a line in {name}", name=self.path.name),
            )
        return data

    def last_seal(self) -> str | None:
        """Return the digest that the next seal must name.

        Returns:
            The digest of the last seal, or None if there is none yet.
        """
        seals = [link for link in self.links() if link.kind == "seal"]
        return seals[-1].digest if seals else None

    def add(self, link: Link) -> None:
        """Add a link, unless it is there already.

        Args:
            link: the link.

        Raises:
            CannotRecord: if it could not be written.
        """
        if link in self.links():
            return
        before = self._bytes() if os.path.lexists(self.path) else b""
        write_synced(self.path, before + canonical_json(asdict(link)) + b"\n")


def _problem_of(link: Link, line: bytes) -> str:
    """Return the problem of a link, or an empty text."""
    wrong = [
        name
        for name, right in (
            ("kind", link.kind in _KINDS),
            ("run", isinstance(link.run, str) and bool(link.run)),
            ("digest", _is_digest(link.digest)),
            ("previous", link.previous is None or (link.kind == "seal" and _is_digest(link.previous))),
            ("at", isinstance(link.at, str) and datetime.fromisoformat(link.at).tzinfo is not None),
            ("key", _is_digest(link.key)),
        )
        if not right
    ]
    if wrong:
        return ", ".join(wrong)
    return (
        "" if canonical_json(asdict(link)) == line else msg("another spelling than the one in which links are written")
    )


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None
