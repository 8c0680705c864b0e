"""What the files of a sealed run say to each other: who holds the key can seal a lie, but hardly make it fit.

Records, approvals.json, output.xml, worklist, manifest, pictures and times must agree; an approval must
have its pictures, the row that was read again, and "Onayla" in its row of the worklist. Files that were purged are left out of the comparison.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from Katip.approvals.worklist import Karar, Worklist
from Katip.approvals.worklist_file import worklist_of
from Katip.errors import WorklistRefused
from Katip.evidence import layout
from Katip.evidence.findings import FindingKind, RunVerdict
from Katip.evidence.record import PERSONAL_FIELDS
from Katip.evidence.robot_output import ContractTask, contract_tasks
from Katip.evidence.run_files import RecordedContract, RunFiles, shown_value
from Katip.evidence.source import RunSource
from Katip.model import Outcome, PictureStage, id_key

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_SAME_FIELDS: Final = ("workplace", "gorevlendirme_id", "category", "start", "minutes", "outcome")
_SAME_PERSONAL: Final = ("name", "reason", "message")


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
    files = RunFiles(run, verdict, sums, purged)
    _check_run(files)
    _check_statement(files, statement)
    _check_manifest(files)
    for record in files.records.values():
        _check_record(files, record)
    _check_approvals(files)
    _check_tasks(files)
    _check_worklist(files)
    _check_times(files, statement)
    _check_same_pictures(files)


def _check_run(files: RunFiles) -> None:
    if files.info is None:
        if layout.RUN not in files.names:
            files.verdict.add(FindingKind.MISSING, "no-record", layout.RUN)
        return
    if files.verdict.run:
        files.differs(layout.RUN, "id", files.info["id"], layout.SEAL, files.verdict.run)
    personal = files.load("personal", layout.RUN_PERSONAL)
    if personal is not None:
        files.check_personal(layout.RUN_PERSONAL, files.info["personal"], personal)
    for worklist in files.info["worklists"]:
        if worklist["path"] not in files.purged:
            files.differs(worklist["path"], "SHA-256", files.sums.get(worklist["path"]), layout.RUN, worklist["sha256"])


def _check_statement(files: RunFiles, statement: Mapping[str, Any]) -> None:
    predicate = statement.get("predicate")
    if not isinstance(predicate, dict):
        return
    results: dict[str, list[str]] = {"passedTests": [], "warnedTests": [], "failedTests": []}
    for index, record in sorted(files.records.items()):
        outcome = record.values["outcome"]
        skipped = outcome == Outcome.SKIPPED.value
        field = "warnedTests" if skipped else "passedTests" if outcome and Outcome(outcome).is_good else "failedTests"
        results[field].append(f"contract {index:03d}: {outcome or 'open'}")
    for field, expected in results.items():
        seen = predicate.get(field, [])
        if sorted(seen) != sorted(expected):
            files.verdict.add(
                FindingKind.INCONSISTENT,
                "statement-says",
                layout.SEAL,
                field=field,
                seen=shown_value(seen),
                expected=shown_value(expected),
            )
    configured = {item.get("name"): item.get("digest", {}).get("sha256") for item in predicate.get("configuration", [])}
    for name, digest in configured.items():
        if name != "previous-seal":
            files.differs(layout.SEAL, f"SHA-256 of {name}", digest, layout.SUMS, files.sums.get(name))


def _check_manifest(files: RunFiles) -> None:
    if files.manifest is None:
        return
    listed = {item["path"]: item["sha256"] for item in files.manifest["files"]}
    sealed = {name: digest for name, digest in files.sums.items() if layout.is_listed(name)}
    for name in sorted(sealed.keys() - listed.keys()):
        files.verdict.add(FindingKind.INCONSISTENT, "not-in-manifest", name)
    for name in sorted(listed.keys() - sealed.keys()):
        files.verdict.add(FindingKind.INCONSISTENT, "only-in-manifest", name)
    for name in sorted(listed.keys() & sealed.keys()):
        files.differs(name, "SHA-256", listed[name], layout.SUMS, sealed[name])
    _check_report(files)


def _check_report(files: RunFiles) -> None:
    if layout.REPORT_HTML in files.names:
        digest = files.run.digest(layout.MANIFEST).encode()
        with files.run.open(layout.REPORT_HTML) as report:
            if not any(digest in line for line in report):
                files.verdict.add(FindingKind.INCONSISTENT, "report-digest", layout.REPORT_HTML)


def _check_record(files: RunFiles, record: RecordedContract) -> None:
    values = record.values
    for stage, picture in values["pictures"].items():
        files.differs(
            f"{record.path}/{layout.RECORD}",
            f"picture {stage}",
            picture["path"],
            "its folder",
            f"{record.path}/{PictureStage(stage).file_name}",
        )
        if picture["path"] not in files.purged:
            files.differs(
                picture["path"],
                "SHA-256",
                files.sums.get(picture["path"]),
                f"{record.path}/{layout.RECORD}",
                picture["sha256"],
            )
            _check_png(files, picture["path"])
    if values["printout"] and values["printout"]["path"] not in files.purged:
        files.differs(
            values["printout"]["path"],
            "SHA-256",
            files.sums.get(values["printout"]["path"]),
            layout.RECORD,
            values["printout"]["sha256"],
        )
    if record.approved:
        _check_approved(files, record)


def _check_png(files: RunFiles, name: str) -> None:
    if name not in files.names:
        return
    try:
        with files.run.open(name) as stream:
            readable = stream.read(len(_PNG)) == _PNG
    except (OSError, zipfile.BadZipFile):
        return  # named already as altered
    if not readable:
        files.verdict.add(FindingKind.INCONSISTENT, "picture-unreadable", name)


def _check_approved(files: RunFiles, record: RecordedContract) -> None:
    values = record.values
    for stage in (PictureStage.BEFORE, PictureStage.FORM, PictureStage.AFTER):
        if stage.value not in values["pictures"]:
            files.verdict.add(FindingKind.INCONSISTENT, "picture-missing", record.path, stage=stage.value)
    said = record.personal is None or record.personal.get("message") or record.personal.get("reason")
    if PictureStage.OK.value not in values["pictures"] and not (
        said or PictureStage.OK.value in values["missing_pictures"]
    ):
        files.verdict.add(FindingKind.INCONSISTENT, "picture-missing", record.path, stage=PictureStage.OK.value)
    if not values["status_after"] or not values["reread_at"]:
        files.verdict.add(FindingKind.INCONSISTENT, "not-reread", record.path)
    decision = values["decision"]
    if not decision or decision["source"] in ("none", "nobody"):
        files.verdict.add(FindingKind.INCONSISTENT, "not-decided", record.path)


def _check_approvals(files: RunFiles) -> None:
    if layout.APPROVALS not in files.names:
        return
    approvals = files.run.json(layout.APPROVALS)
    try:
        rows = list(approvals["contracts"])
        facts = approvals["run"]
        if files.info is not None and "id" in facts:
            files.differs(layout.APPROVALS, "run id", facts["id"], layout.RUN, files.info["id"])
        for index, row in enumerate(rows, start=1):
            _check_row(files, index, row)
        for index in sorted(set(files.records) - set(range(1, len(rows) + 1))):
            files.verdict.add(FindingKind.INCONSISTENT, "no-row", files.records[index].path)
    except (TypeError, KeyError, AttributeError) as error:
        files.verdict.add(FindingKind.INCONSISTENT, "unreadable", layout.APPROVALS, error=repr(error))


def _check_row(files: RunFiles, index: int, row: Mapping[str, Any]) -> None:
    record = files.records.get(index)
    place = f"{layout.APPROVALS}: [{index}]"  # as the run's tasks number them, in any language
    if record is None:
        files.verdict.add(FindingKind.INCONSISTENT, "no-record", place)
        return
    for field in _SAME_FIELDS:
        files.differs(place, field, row.get(field), f"{record.path}/{layout.RECORD}", record.values[field])
    if record.personal is not None:
        for field in _SAME_PERSONAL:
            files.differs(
                place, field, row.get(field) or "", f"{record.path}/{layout.PERSONAL}", record.personal.get(field) or ""
            )
    recorded = {stage: picture["path"] for stage, picture in record.values["pictures"].items()}
    shown = {stage: path for stage, path in (row.get("pictures") or {}).items() if path}
    for pictures in (recorded, shown):
        pictures.pop(PictureStage.FAILURE.value, None)
    files.differs(place, "pictures", shown, f"{record.path}/{layout.RECORD}", recorded)


def _check_tasks(files: RunFiles) -> None:
    output = files.output
    if not output:
        return
    try:
        with files.run.open(output) as stream:
            tasks = {task.index: task for task in contract_tasks(stream)}
    except (ValueError, OSError, zipfile.BadZipFile) as error:
        files.verdict.add(FindingKind.INCONSISTENT, "unreadable", output, error=error)
        return
    for index in sorted(tasks.keys() - files.records.keys()):
        files.verdict.add(FindingKind.INCONSISTENT, "task-without-record", f"{output}: {layout.contract_tag(index)}")
    for index, record in sorted(files.records.items()):
        _check_task(files, record, tasks.get(index))


def _check_task(files: RunFiles, record: RecordedContract, task: ContractTask | None) -> None:
    outcome = Outcome(record.values["outcome"]) if record.values["outcome"] else None
    if outcome is None:
        return
    if task is None:
        # Contracts that were never reached have no task of their own; an approval always has.
        if outcome is Outcome.APPROVED:
            files.verdict.add(FindingKind.INCONSISTENT, "no-task", record.path)
        return
    expected = "PASS" if outcome.is_good else "SKIP" if outcome is Outcome.SKIPPED else "FAIL"
    place = f"{files.output}: {layout.contract_tag(record.values['index'])}"
    files.differs(place, "status", task.status, f"{record.path}/{layout.RECORD} ({outcome.value})", expected)


def _check_worklist(files: RunFiles) -> None:
    digests = {item["sha256"] for item in (files.info or {}).get("worklists", [])}
    for record in files.records.values():
        decision = record.values["decision"]
        if decision and decision["source"] == "worklist" and decision["digest"] not in digests:
            files.differs(
                f"{record.path}/{layout.RECORD}", "worklist", decision["digest"], layout.RUN, ", ".join(sorted(digests))
            )

    for path, list_ in _applied_worklists(files):
        for record in files.records.values():
            if record.approved and (record.values["decision"] or {}).get("digest") == list_.digest:
                _check_decided(files, record, path, list_)


def _applied_worklists(files: RunFiles) -> Iterator[tuple[str, Worklist]]:
    """The copies of the applied worklists that are still there, as the run itself read them."""
    for item in (files.info or {}).get("worklists", []):
        if item["kind"] != "applied" or item["path"] not in files.names:
            continue
        day = datetime.fromisoformat(files.info["started"]["local"]).date()
        try:
            yield item["path"], worklist_of(files.run.read(item["path"]), item["path"], day)
        except (WorklistRefused, OSError, zipfile.BadZipFile) as error:
            files.verdict.add(FindingKind.INCONSISTENT, "unreadable", item["path"], error=error)


def _check_decided(files: RunFiles, record: RecordedContract, path: str, worklist: Worklist) -> None:
    """Check that the worklist's row of an approved contract names the same contract and says "Onayla"."""
    number = record.values["decision"]["row"]
    row = next((row for row in worklist.rows if row.number == number), None)
    place = f"{path}: row {number}"
    files.differs(place, "Karar", row.karar.value if row else None, record.path, Karar.APPROVE.value)
    if row is None:
        return
    files.differs(place, "SGK Sicil No", row.workplace, record.path, record.values["workplace"])
    if row.gorevlendirme_id and record.values["gorevlendirme_id"]:
        files.differs(
            place,
            "Görevlendirme ID",
            id_key(row.gorevlendirme_id),
            record.path,
            id_key(record.values["gorevlendirme_id"]),
        )


def _check_times(files: RunFiles, statement: Mapping[str, Any]) -> None:
    if files.info is None:
        return
    times = [("started", files.info["started"]["utc"])]
    if files.info["finished"]:
        times.append(("finished", files.info["finished"]["utc"]))
    with contextlib.suppress(KeyError, IndexError, TypeError):
        times.append(("sealed", statement["subject"][0]["annotations"]["sealedAt"]))
    _check_order(files, layout.RUN, times)
    for record in files.records.values():
        steps = [(step["state"], step["at"]["utc"]) for step in record.values["transitions"]]
        _check_order(files, f"{record.path}/{layout.RECORD}", [times[0], *steps, times[-1]] if steps else [])


def _check_order(files: RunFiles, path: str, times: list[tuple[str, str]]) -> None:
    for (earlier, expected), (later, seen) in pairwise(times):
        # The seal's time is written in whole seconds.
        if datetime.fromisoformat(seen).timestamp() < int(datetime.fromisoformat(expected).timestamp()):
            files.verdict.add(
                FindingKind.INCONSISTENT, "order", path, later=later, seen=seen, earlier=earlier, expected=expected
            )


def _check_same_pictures(files: RunFiles) -> None:
    """Find a form picture that is used for two contracts: every form shows its own Görevlendirme ID."""
    seen: dict[str, str] = {}
    for record in files.records.values():
        picture = record.values["pictures"].get(PictureStage.FORM.value)
        if picture and record.approved:
            other = seen.setdefault(picture["sha256"], picture["path"])
            if other != picture["path"]:
                files.verdict.add(FindingKind.INCONSISTENT, "picture-same", picture["path"], other=other)


assert set(_SAME_PERSONAL) <= set(PERSONAL_FIELDS)  # noqa: S101  (a renamed field must not silently drop a check)
