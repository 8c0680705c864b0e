"""The files of one run, read once and checked by their schemas, to be compared with each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from Katip.evidence import layout
from Katip.evidence.findings import FindingKind, RunVerdict
from Katip.evidence.privacy import salted_digest
from Katip.evidence.schemas import first_error
from Katip.evidence.source import RunSource
from Katip.model import Outcome


@dataclass(frozen=True, slots=True)
class RecordedContract:
    """A contract as its record and, where it is still there, its personal part show it."""

    path: str
    values: Mapping[str, Any]
    personal: Mapping[str, Any] | None

    @property
    def approved(self) -> bool:
        """True if its record says that it was approved."""
        return bool(self.values["outcome"] == Outcome.APPROVED.value)


class RunFiles:
    """The files of one run that are compared with each other."""

    def __init__(self, run: RunSource, verdict: RunVerdict, sums: Mapping[str, str], purged: set[str]) -> None:
        self.run = run
        self.verdict = verdict
        self.sums = sums
        self.purged = purged
        self.names = set(run.names())
        # Robot's output can have another name; it is the one XML at the top of the run.
        self.output = next(
            (name for name in sums if "/" not in name and name.endswith(".xml") and name in self.names), ""
        )
        self.info = self.load("run", layout.RUN)
        self.manifest = self.load("manifest", layout.MANIFEST)
        self.clauses = self.load("clauses", layout.CLAUSES)
        self.records = {record.values["index"]: record for record in self._records()}

    def load(self, schema: str, name: str) -> Any:
        """Return a JSON file's content if it is there and as its schema says; else None, and why among the findings."""
        if name not in self.names:
            return None
        value = self.run.json(name)
        error = first_error(schema, value)
        if error:
            self.verdict.add(FindingKind.INCONSISTENT, "schema", name, error=error)
            return None
        return value

    def differs(self, path: str, field: str, seen: object, other: str, expected: object) -> None:
        """Add a finding if two files say different things."""
        if seen != expected:
            self.verdict.add(
                FindingKind.INCONSISTENT,
                "differs",
                path,
                field=field,
                seen=shown_value(seen),
                other=other,
                expected=shown_value(expected),
            )

    def _records(self) -> Iterator[RecordedContract]:
        folders = sorted({name.split("/")[2] for name in self.names if name.startswith(layout.CONTRACTS + "/")})
        for folder in folders:
            base = f"{layout.CONTRACTS}/{folder}"
            values = self.load("record", f"{base}/{layout.RECORD}")
            if values is None:
                if f"{base}/{layout.RECORD}" not in self.names:
                    self.verdict.add(FindingKind.INCONSISTENT, "no-record", base)
                continue
            self.differs(
                f"{base}/{layout.RECORD}",
                "index",
                values["index"],
                "its folder",
                int(folder) if folder.isdigit() else folder,
            )
            personal = self.load("personal", f"{base}/{layout.PERSONAL}")
            if personal is not None:
                self.check_personal(f"{base}/{layout.PERSONAL}", values["personal"], personal)
            yield RecordedContract(base, values, personal["fields"] if personal else None)

    def check_personal(self, path: str, digests: Mapping[str, str], personal: Mapping[str, Any]) -> None:
        """Compare personal values with the salted digests that represent them."""
        fields = personal["fields"]
        for field in sorted({*digests, *fields}):
            if field not in fields or digests.get(field) != salted_digest(personal["salt"], field, fields[field]):
                self.verdict.add(FindingKind.INCONSISTENT, "personal-differs", path, field=field)


def shown_value(value: object) -> str:
    """Return a value as a finding shows it: a dash for none.

    Args:
        value: the value.
    """
    return str(value) if value not in (None, "", [], {}) else "–"
