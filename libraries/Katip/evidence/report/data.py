"""What a report shows of a run, read from its records; personal fields are empty where they were purged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from Katip.errors import EvidenceError
from Katip.evidence import layout
from Katip.evidence.contract_records import read_records
from Katip.evidence.findings import RunVerdict
from Katip.evidence.report.texts import text
from Katip.evidence.schemas import first_error
from Katip.evidence.source import RunSource
from Katip.messages import msg
from Katip.model import Outcome, PictureStage, sgk_grouped

OPEN = "open"
#: So that a run with every file altered still has its cover on the first pages; `katip verify` names all.
MOST_FAULTS = 20
#: Outcomes in the order in which a summary lists them.
OUTCOMES = (*(outcome.value for outcome in Outcome), OPEN)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a contract.

    Attributes:
        stage: which.
        path: its path in the run, or None if there is none.
        why: why there is none.
    """

    stage: PictureStage
    path: str | None
    why: str = ""


class ContractReport:
    """What the report shows of one contract.

    Args:
        values: its `record.json`.
        personal: the fields of its `personal.json`, or None if it is not there.
        is_purged: True if a record says that personal data of the run were deleted.
    """

    def __init__(self, values: Mapping[str, Any], personal: Mapping[str, Any] | None, is_purged: bool = False) -> None:
        self.values = values
        self.is_purged = personal is None and is_purged
        self._personal = personal or {}

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def outcome(self) -> str:
        """The outcome, or ``open`` where the run ended first."""
        return str(self.values["outcome"] or OPEN)

    @property
    def tone(self) -> str:
        """``good``, ``quiet`` or ``bad``: how a reader should take the outcome."""
        if self.outcome == Outcome.SKIPPED.value:
            return "quiet"
        return "good" if self.outcome != OPEN and Outcome(self.outcome).is_good else "bad"

    @property
    def name(self) -> str:
        """Adı Soyadı."""
        return str(self._personal.get("name") or "–")

    @property
    def title(self) -> str:
        """The workplace's title."""
        return str(self._personal.get("title") or "–")

    @property
    def sgk(self) -> str:
        """The SGK number in groups."""
        return sgk_grouped(self.values["workplace"])

    @property
    def message(self) -> str:
        """The small window's words."""
        return str(self._personal.get("message") or "–")

    @property
    def start_shown(self) -> str:
        """The start date as Turkish readers write it."""
        return f"{date.fromisoformat(self.values['start']):%d.%m.%Y}" if self.values["start"] else "–"

    def reason(self, language: str) -> str:
        """Return the reason.

        Args:
            language: ``tr`` or ``en``.

        Returns:
            In that language, where it was written in it.
        """
        words = str(self._personal.get(f"reason_{language}") or self._personal.get("reason") or "–")
        code = self.values["code"]
        return f"{code}: {words}" if code and code not in words else words

    def decision(self, language: str) -> str:
        """Return on whose decision the contract was dealt with.

        Args:
            language: ``tr`` or ``en``.

        Returns:
            Source, choice, person and date, as far as they are known.
        """
        decision = self.values["decision"]
        if not decision:
            return "–"
        on = f"{date.fromisoformat(decision['on']):%d.%m.%Y}" if decision["on"] else ""
        source = text(f"decision.{decision['source']}", language).format(row=decision["row"])
        return " · ".join(filter(None, (source, decision["choice"], str(self._personal.get("decided_by") or ""), on)))

    def findings(self, language: str) -> list[str]:
        """Return what the rules say.

        Args:
            language: ``tr`` or ``en``.

        Returns:
            One line a finding.
        """
        words = self._personal.get("findings") or [""] * len(self.values["findings"])
        return [
            f"{text('level.' + finding['level'], language)}: {said or finding['rule']}"
            for finding, said in zip(self.values["findings"], words, strict=False)
        ]

    @property
    def status(self) -> str:
        """The status ("Grv. Onay Durumu") before and after."""
        return f"{self.values['status_before'] or '–'} → {self.values['status_after'] or '–'}"

    @property
    def steps(self) -> list[str]:
        """Every transition with its local time."""
        return [f"{local_time(step['at'], seconds=True)} {step['state']}" for step in self.values["transitions"]]

    @property
    def reread(self) -> str:
        """When the row was read again."""
        return local_time(self.values["reread_at"]) if self.values["reread_at"] else "–"

    @property
    def pictures(self) -> list[Picture]:
        """The four pictures of an approval, and the failure's where there is one."""
        there = self.values["pictures"]
        why = self._personal.get("missing_pictures") or {}
        stages = [stage for stage in PictureStage if stage is not PictureStage.FAILURE or stage.value in there]
        return [Picture(stage, there.get(stage.value, {}).get("path"), why.get(stage.value, "")) for stage in stages]


class RunReport:
    """What the report shows of one run.

    Args:
        source: the run.
        verdict: what verification says of it; None for a run's own report, which is made before its seal.
        printed: pictures as they are printed, by their paths, as far as they were made already.

    Raises:
        EvidenceError: if there is no record of a run in it.
    """

    def __init__(
        self, source: RunSource, verdict: RunVerdict | None = None, printed: Mapping[str, bytes] | None = None
    ) -> None:
        self.source = source
        self.printed = printed or {}
        self._verdict = verdict
        self.info: dict[str, Any] = self._checked("run", layout.RUN)
        if not self.info:
            raise EvidenceError(
                msg("Reporting on a run"), msg("the record of a run ({run})", run=layout.RUN), msg("none in {path}", path=source.path),
                msg("Name the folder or the package of a run."),
            )  # fmt: skip
        self.personal: dict[str, Any] = self._checked("personal", layout.RUN_PERSONAL).get("fields", {})
        self._has_purges = any(map(layout.is_purge_record, source.names()))
        self.is_purged = self._has_purges and not source.has(layout.RUN_PERSONAL)
        self.clauses = self._clauses(self._checked("clauses", layout.CLAUSES))
        self.manifest_digest = source.digest(layout.MANIFEST) if source.has(layout.MANIFEST) else ""
        self._records = read_records(source)

    def _checked(self, schema: str, name: str) -> dict[str, Any]:
        """Return what a file holds; nothing where it is not there, or not as its schema says."""
        value = self.source.json(name)
        return {} if first_error(schema, value) else dict(value)

    def _clauses(self, clauses: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
        """Return the clause table with the notes, which are kept apart because they can hold names."""
        notes = self.personal.get("clause_notes", [])
        table: dict[str, list[dict[str, Any]]] = {number: [] for number in clauses.get("table", {})}
        for number, entry in enumerate(clauses.get("entries", [])):
            table.setdefault(entry["clause"], []).append(
                {**entry, "note": notes[number] if number < len(notes) else ""}
            )
        for clause, evidence in clauses.get("table", {}).items():
            table.setdefault(clause, [])
            table[clause] += [item for item in evidence if "contract" in item]
        return table

    @property
    def id(self) -> str:
        """The run's name."""
        return str(self.info.get("id", self.source.path.name))

    @property
    def count(self) -> int:
        """How many contracts there are."""
        return len(self._records)

    def faults(self, language: str) -> list[str]:
        """Return what keeps the run from verifying; nothing where it verifies, or was not sealed yet.

        Args:
            language: ``tr`` or ``en``.

        Returns:
            One sentence a finding, at most `MOST_FAULTS`, then how many more there are.
        """
        found = self._verdict.sentences(language) if self._verdict else []
        more = [f"… +{len(found) - MOST_FAULTS}"] if len(found) > MOST_FAULTS else []
        return found[:MOST_FAULTS] + more

    def contracts(self) -> Iterator[ContractReport]:
        """Return the contracts, one after the other."""
        for record in self._records:
            personal = self._checked("personal", f"{layout.contract_folder(record['index'])}/{layout.PERSONAL}")
            yield ContractReport(record, personal.get("fields"), self._has_purges)

    def outcomes(self) -> list[tuple[str, int]]:
        """Return how many contracts ended how, in the order of the closed list."""
        counts = Counter(str(record["outcome"] or OPEN) for record in self._records)
        return [(outcome, counts[outcome]) for outcome in OUTCOMES if counts[outcome]]

    def facts(self, language: str) -> list[tuple[str, str]]:
        """Return the run's own facts.

        Args:
            language: ``tr`` or ``en``.

        Returns:
            Label and value.
        """
        info, personal = self.info, self.personal
        logins = [f"{login['when']} · {login['ip']}" for login in personal.get("logins", [])]
        lists = [f"{item['path']} (SHA-256 {item['sha256']})" for item in info.get("worklists", [])]
        names = personal.get("worklist_names", [])
        offset = info.get("clock_offset")
        portal = info.get("portal", {"name": "", "origins": {}})
        return [
            (text("run", language), self.id),
            (text("mode", language), text(f"mode.{info['mode']}", language) if "mode" in info else "–"),
            (text("started", language), local_time(info.get("started"))),
            (
                text("finished", language),
                local_time(info["finished"]) if info.get("finished") else text("not_finished", language),
            ),
            (text("portal", language), " · ".join([portal["name"], *portal["origins"].values()])),
            (
                text("operator", language),
                " · ".join(filter(None, (personal.get("operator"), personal.get("machine")))) or "–",
            ),
            (text("login", language), "; ".join(logins) or "–"),
            (text("sign_out", language), str(info.get("notes", {}).get("sign_out") or "–")),
            (text("worklist", language), "; ".join([*names, *lists]) or "–"),
            (text("arguments", language), " ".join(personal.get("arguments", [])) or "–"),
            (
                text("clock", language),
                text("clock_unknown", language) if offset is None else f"{offset:+.3f} {text('seconds', language)}",
            ),
            (
                text("versions", language),
                " · ".join(f"{name} {version}" for name, version in info.get("versions", {}).items()),
            ),
        ]


def local_time(moment: Mapping[str, str] | None, *, seconds: bool = False) -> str:
    """Return a time of a record as Turkish readers write it.

    Args:
        moment: its ``utc`` and ``local``.
        seconds: the time of day alone, to the millisecond.

    Returns:
        The local time with its distance from UTC.
    """
    if not moment:
        return "–"
    when = datetime.fromisoformat(moment["local"])
    if seconds:
        return f"{when:%H:%M:%S}.{when.microsecond // 1000:03d}"
    offset = f"{when:%z}"
    return f"{when:%d.%m.%Y %H:%M:%S} (UTC{offset[:3]}:{offset[3:]})"
