"""What the files of a sealed run say to each other: who holds the key can seal a lie, but hardly make it fit.

Records, approvals.json, output.xml, worklist, manifest, pictures and times must agree; an approval must
have its pictures, the row that was read again, and "Onayla" in its row of the worklist. Files that were purged are left out of the comparison.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from Katip.approvals.worklist import Karar, Worklist
from Katip.approvals.worklist_file import worklist_of
from Katip.errors import WorklistRefused
from Katip.evidence import layout
from Katip.evidence.findings import FindingKind, RunVerdict
from Katip.evidence.privacy import salted_digest
from Katip.evidence.record import PERSONAL_FIELDS
from Katip.evidence.robot_output import ContractTask, contract_tasks
from Katip.evidence.schemas import first_error
from Katip.evidence.source import RunSource
from Katip.model import Outcome, PictureStage, id_key

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_SAME_FIELDS: Final = ("workplace", "gorevlendirme_id", "category", "start", "minutes", "outcome")
_SAME_PERSONAL: Final = ("name", "reason", "message")


@dataclass(frozen=True, slots=True)
class _Record:
    """A contract as its record and, where it is still there, its personal part show it."""

    path: str
    values: Mapping[str, Any]
    personal: Mapping[str, Any] | None

    @property
    def approved(self) -> bool:
        return bool(self.values["outcome"] == Outcome.APPROVED.value)


class _Story:
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
                seen=_shown(seen),
                other=other,
                expected=_shown(expected),
            )

    def _records(self) -> Iterator[_Record]:
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
            yield _Record(base, values, personal["fields"] if personal else None)

    def check_personal(self, path: str, digests: Mapping[str, str], personal: Mapping[str, Any]) -> None:
        """Compare personal values with the salted digests that represent them."""
        fields = personal["fields"]
        for field in sorted({*digests, *fields}):
            if field not in fields or digests.get(field) != salted_digest(personal["salt"], field, fields[field]):
                self.verdict.add(FindingKind.INCONSISTENT, "personal-differs", path, field=field)


def check_meaning(
    run: RunSource, verdict: RunVerdict, sums: Mapping[str, str], statement: Mapping[str, Any], purged: set[str]
) -> None:
    """Compare what the files of a run say.

    Args:
        run: the run.
        verdict: where findings go.
        sums: path to digest, as sealed.
        statement: the signed statement; empty if it cannot be read.
        purged: the files that a signed record says were deleted.
    """
    story = _Story(run, verdict, sums, purged)
    _check_run(story)
    _check_statement(story, statement)
    _check_manifest(story)
    for record in story.records.values():
        _check_record(story, record)
    _check_approvals(story)
    _check_tasks(story)
    _check_worklist(story)
    _check_times(story, statement)
    _check_same_pictures(story)


def _check_run(story: _Story) -> None:
    if story.info is None:
        if layout.RUN not in story.names:
            story.verdict.add(FindingKind.MISSING, "no-record", layout.RUN)
        return
    if story.verdict.run:
        story.differs(layout.RUN, "id", story.info["id"], layout.SEAL, story.verdict.run)
    personal = story.load("personal", layout.RUN_PERSONAL)
    if personal is not None:
        story.check_personal(layout.RUN_PERSONAL, story.info["personal"], personal)
    for worklist in story.info["worklists"]:
        if worklist["path"] not in story.purged:
            story.differs(worklist["path"], "SHA-256", story.sums.get(worklist["path"]), layout.RUN, worklist["sha256"])


def _check_statement(story: _Story, statement: Mapping[str, Any]) -> None:
    predicate = statement.get("predicate")
    if not isinstance(predicate, dict):
        return
    results: dict[str, list[str]] = {"passedTests": [], "warnedTests": [], "failedTests": []}
    for index, record in sorted(story.records.items()):
        outcome = record.values["outcome"]
        skipped = outcome == Outcome.SKIPPED.value
        field = "warnedTests" if skipped else "passedTests" if outcome and Outcome(outcome).is_good else "failedTests"
        results[field].append(f"contract {index:03d}: {outcome or 'open'}")
    for field, expected in results.items():
        seen = predicate.get(field, [])
        if sorted(seen) != sorted(expected):
            story.verdict.add(
                FindingKind.INCONSISTENT,
                "statement-says",
                layout.SEAL,
                field=field,
                seen=_shown(seen),
                expected=_shown(expected),
            )
    configured = {item.get("name"): item.get("digest", {}).get("sha256") for item in predicate.get("configuration", [])}
    for name, digest in configured.items():
        if name != "previous-seal":
            story.differs(layout.SEAL, f"SHA-256 of {name}", digest, layout.SUMS, story.sums.get(name))


def _check_manifest(story: _Story) -> None:
    if story.manifest is None:
        return
    listed = {item["path"]: item["sha256"] for item in story.manifest["files"]}
    sealed = {name: digest for name, digest in story.sums.items() if layout.is_listed(name)}
    for name in sorted(sealed.keys() - listed.keys()):
        story.verdict.add(FindingKind.INCONSISTENT, "not-in-manifest", name)
    for name in sorted(listed.keys() - sealed.keys()):
        story.verdict.add(FindingKind.INCONSISTENT, "only-in-manifest", name)
    for name in sorted(listed.keys() & sealed.keys()):
        story.differs(name, "SHA-256", listed[name], layout.SUMS, sealed[name])
    _check_report(story)


def _check_report(story: _Story) -> None:
    if layout.REPORT_HTML in story.names:
        digest = story.run.digest(layout.MANIFEST).encode()
        with story.run.open(layout.REPORT_HTML) as report:
            if not any(digest in line for line in report):
                story.verdict.add(FindingKind.INCONSISTENT, "report-digest", layout.REPORT_HTML)


def _check_record(story: _Story, record: _Record) -> None:
    values = record.values
    for stage, picture in values["pictures"].items():
        story.differs(
            f"{record.path}/{layout.RECORD}",
            f"picture {stage}",
            picture["path"],
            "its folder",
            f"{record.path}/{PictureStage(stage).file_name}",
        )
        if picture["path"] not in story.purged:
            story.differs(
                picture["path"],
                "SHA-256",
                story.sums.get(picture["path"]),
                f"{record.path}/{layout.RECORD}",
                picture["sha256"],
            )
            _check_png(story, picture["path"])
    if values["printout"] and values["printout"]["path"] not in story.purged:
        story.differs(
            values["printout"]["path"],
            "SHA-256",
            story.sums.get(values["printout"]["path"]),
            layout.RECORD,
            values["printout"]["sha256"],
        )
    if record.approved:
        _check_approved(story, record)


def _check_png(story: _Story, name: str) -> None:
    if name not in story.names:
        return
    try:
        with story.run.open(name) as stream:
            readable = stream.read(len(_PNG)) == _PNG
    except (OSError, zipfile.BadZipFile):
        return  # named already as altered
    if not readable:
        story.verdict.add(FindingKind.INCONSISTENT, "picture-unreadable", name)


def _check_approved(story: _Story, record: _Record) -> None:
    values = record.values
    for stage in (PictureStage.BEFORE, PictureStage.FORM, PictureStage.AFTER):
        if stage.value not in values["pictures"]:
            story.verdict.add(FindingKind.INCONSISTENT, "picture-missing", record.path, stage=stage.value)
    said = record.personal is None or record.personal.get("message") or record.personal.get("reason")
    if PictureStage.OK.value not in values["pictures"] and not (
        said or PictureStage.OK.value in values["missing_pictures"]
    ):
        story.verdict.add(FindingKind.INCONSISTENT, "picture-missing", record.path, stage=PictureStage.OK.value)
    if not values["status_after"] or not values["reread_at"]:
        story.verdict.add(FindingKind.INCONSISTENT, "not-reread", record.path)
    decision = values["decision"]
    if not decision or decision["source"] in ("none", "nobody"):
        story.verdict.add(FindingKind.INCONSISTENT, "not-decided", record.path)


def _check_approvals(story: _Story) -> None:
    if layout.APPROVALS not in story.names:
        return
    approvals = story.run.json(layout.APPROVALS)
    try:
        rows = list(approvals["contracts"])
        facts = approvals["run"]
        if story.info is not None and "id" in facts:
            story.differs(layout.APPROVALS, "run id", facts["id"], layout.RUN, story.info["id"])
        for index, row in enumerate(rows, start=1):
            _check_row(story, index, row)
        for index in sorted(set(story.records) - set(range(1, len(rows) + 1))):
            story.verdict.add(FindingKind.INCONSISTENT, "no-row", story.records[index].path)
    except (TypeError, KeyError, AttributeError) as error:
        story.verdict.add(FindingKind.INCONSISTENT, "unreadable", layout.APPROVALS, error=repr(error))


def _check_row(story: _Story, index: int, row: Mapping[str, Any]) -> None:
    record = story.records.get(index)
    place = f"{layout.APPROVALS}: contract {index:03d}"
    if record is None:
        story.verdict.add(FindingKind.INCONSISTENT, "no-record", place)
        return
    for field in _SAME_FIELDS:
        story.differs(place, field, row.get(field), f"{record.path}/{layout.RECORD}", record.values[field])
    if record.personal is not None:
        for field in _SAME_PERSONAL:
            story.differs(
                place, field, row.get(field) or "", f"{record.path}/{layout.PERSONAL}", record.personal.get(field) or ""
            )
    recorded = {stage: picture["path"] for stage, picture in record.values["pictures"].items()}
    shown = {stage: path for stage, path in (row.get("pictures") or {}).items() if path}
    for pictures in (recorded, shown):
        pictures.pop(PictureStage.FAILURE.value, None)
    story.differs(place, "pictures", shown, f"{record.path}/{layout.RECORD}", recorded)


def _check_tasks(story: _Story) -> None:
    output = story.output
    if not output:
        return
    try:
        with story.run.open(output) as stream:
            tasks = {task.index: task for task in contract_tasks(stream)}
    except (ValueError, OSError, zipfile.BadZipFile) as error:
        story.verdict.add(FindingKind.INCONSISTENT, "unreadable", output, error=error)
        return
    for index in sorted(tasks.keys() - story.records.keys()):
        story.verdict.add(FindingKind.INCONSISTENT, "task-without-record", f"{output}: {layout.contract_tag(index)}")
    for index, record in sorted(story.records.items()):
        _check_task(story, record, tasks.get(index))


def _check_task(story: _Story, record: _Record, task: ContractTask | None) -> None:
    outcome = Outcome(record.values["outcome"]) if record.values["outcome"] else None
    if outcome is None:
        return
    if task is None:
        # Contracts that were never reached have no task of their own; an approval always has.
        if outcome is Outcome.APPROVED:
            story.verdict.add(FindingKind.INCONSISTENT, "no-task", record.path)
        return
    expected = "PASS" if outcome.is_good else "SKIP" if outcome is Outcome.SKIPPED else "FAIL"
    place = f"{story.output}: {layout.contract_tag(record.values['index'])}"
    story.differs(place, "status", task.status, f"{record.path}/{layout.RECORD} ({outcome.value})", expected)


def _check_worklist(story: _Story) -> None:
    digests = {item["sha256"] for item in (story.info or {}).get("worklists", [])}
    for record in story.records.values():
        decision = record.values["decision"]
        if decision and decision["source"] == "worklist" and decision["digest"] not in digests:
            story.differs(
                f"{record.path}/{layout.RECORD}", "worklist", decision["digest"], layout.RUN, ", ".join(sorted(digests))
            )

    for path, list_ in _applied_worklists(story):
        for record in story.records.values():
            if record.approved and (record.values["decision"] or {}).get("digest") == list_.digest:
                _check_decided(story, record, path, list_)


def _applied_worklists(story: _Story) -> Iterator[tuple[str, Worklist]]:
    """The copies of the applied worklists that are still there, as the run itself read them."""
    for item in (story.info or {}).get("worklists", []):
        if item["kind"] != "applied" or item["path"] not in story.names:
            continue
        day = datetime.fromisoformat(story.info["started"]["local"]).date()
        try:
            yield item["path"], worklist_of(story.run.read(item["path"]), item["path"], day)
        except (WorklistRefused, OSError, zipfile.BadZipFile) as error:
            story.verdict.add(FindingKind.INCONSISTENT, "unreadable", item["path"], error=error)


def _check_decided(story: _Story, record: _Record, path: str, worklist: Worklist) -> None:
    """Check that the worklist's row of an approved contract names the same contract and says "Onayla"."""
    number = record.values["decision"]["row"]
    row = next((row for row in worklist.rows if row.number == number), None)
    place = f"{path}: row {number}"
    story.differs(place, "Karar", row.karar.value if row else None, record.path, Karar.APPROVE.value)
    if row is None:
        return
    story.differs(place, "SGK Sicil No", row.workplace, record.path, record.values["workplace"])
    if row.gorevlendirme_id and record.values["gorevlendirme_id"]:
        story.differs(
            place,
            "Görevlendirme ID",
            id_key(row.gorevlendirme_id),
            record.path,
            id_key(record.values["gorevlendirme_id"]),
        )


def _check_times(story: _Story, statement: Mapping[str, Any]) -> None:
    if story.info is None:
        return
    times = [("started", story.info["started"]["utc"])]
    if story.info["finished"]:
        times.append(("finished", story.info["finished"]["utc"]))
    with contextlib.suppress(KeyError, IndexError, TypeError):
        times.append(("sealed", statement["subject"][0]["annotations"]["sealedAt"]))
    _check_order(story, layout.RUN, times)
    for record in story.records.values():
        steps = [(step["state"], step["at"]["utc"]) for step in record.values["transitions"]]
        _check_order(story, f"{record.path}/{layout.RECORD}", [times[0], *steps, times[-1]] if steps else [])


def _check_order(story: _Story, path: str, times: list[tuple[str, str]]) -> None:
    for (earlier, expected), (later, seen) in pairwise(times):
        # The seal's time is written in whole seconds.
        if datetime.fromisoformat(seen).timestamp() < int(datetime.fromisoformat(expected).timestamp()):
            story.verdict.add(
                FindingKind.INCONSISTENT, "order", path, later=later, seen=seen, earlier=earlier, expected=expected
            )


def _check_same_pictures(story: _Story) -> None:
    """Find a form picture that is used for two contracts: every form shows its own Görevlendirme ID."""
    seen: dict[str, str] = {}
    for record in story.records.values():
        picture = record.values["pictures"].get(PictureStage.FORM.value)
        if picture and record.approved:
            other = seen.setdefault(picture["sha256"], picture["path"])
            if other != picture["path"]:
                story.verdict.add(FindingKind.INCONSISTENT, "picture-same", picture["path"], other=other)


def _shown(value: object) -> str:
    return str(value) if value not in (None, "", [], {}) else "–"


assert set(_SAME_PERSONAL) <= set(PERSONAL_FIELDS)  # noqa: S101  (a renamed field must not silently drop a check)
