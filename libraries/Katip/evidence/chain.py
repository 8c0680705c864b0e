"""The chain of seals beside the journal: each names the one before, so that a run that was removed shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from Katip.approvals.lock import RunLock
from Katip.errors import EvidenceError
from Katip.evidence import layout
from Katip.evidence.files import canonical_json, write_synced


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
        """Give the chain that is kept in a folder.

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
        """Give all links.

        Returns:
            In the order in which they were added.

        Raises:
            EvidenceError: if a line is not a link.
        """
        if not self.path.is_file():
            return []
        links = []
        for number, line in enumerate(self.path.read_bytes().splitlines(), start=1):
            try:
                link = Link(**json.loads(line))
            except (ValueError, TypeError) as error:
                raise EvidenceError(
                    "Reading the chain of seals", "one link a line", f"line {number} of {self.path}"
                ) from error
            links.append(link)
        return links

    def last_seal(self) -> str | None:
        """Give the digest that the next seal must name.

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
        before = self.path.read_bytes() if self.path.is_file() else b""
        write_synced(self.path, before + canonical_json(asdict(link)) + b"\n")
