"""What is made of the records when a run ends, or later for a run that was killed: manifest, clause table, report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from Katip.evidence import layout
from Katip.evidence.clauses import CLAUSE_NUMBERS, CONTRACT_CLAUSES
from Katip.evidence.contract_records import read_records
from Katip.evidence.files import write_json
from Katip.evidence.source import FolderSource, RunSource
from Katip.messages import language


def complete_evidence(run_folder: Path, printed: Mapping[str, bytes] | None = None) -> None:
    """Write what is made of the records of a run.

    Args:
        run_folder: the run's folder.
        printed: pictures as they are printed, by their paths, as far as they were made already.

    Raises:
        CannotRecord: if something could not be written.
    """
    # Imported at the end of a run only: the libraries that write the report take long to load.
    from Katip.evidence.report.writing import write_own_report

    run = FolderSource(run_folder)
    write_json(run_folder / layout.CLAUSES, clause_table(run))
    write_json(run_folder / layout.MANIFEST, manifest_of(run))
    write_own_report(run_folder, printed or {}, language())


def clause_table(run: RunSource) -> dict[str, Any]:
    """Return for every clause of DOK.10.01 what shows that it was carried out.

    Args:
        run: the run.

    Returns:
        What `clauses.json` holds: the entries as they were written, and per clause its evidence, an empty list where
        there is none.
    """
    entries = (run.json(layout.CLAUSES) or {}).get("entries", [])
    table: dict[str, list[dict[str, Any]]] = {number: [] for number in CLAUSE_NUMBERS}
    for entry in entries:
        table[entry["clause"]].append({key: entry[key] for key in ("task", "picture", "origin", "at") if key in entry})
    for record in read_records(run):
        for number, pictures in _pictures_by_clause(record["pictures"]):
            table[number].append({"contract": record["index"], "pictures": pictures})
    return {
        "schema": "katip/clauses/1",
        "entries": entries,
        "table": table,
        "without_evidence": [number for number, evidence in table.items() if not evidence],
    }


def _pictures_by_clause(taken: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """Yield each clause that a contract's pictures show, with the paths of these."""
    for number, stages in CONTRACT_CLAUSES.items():
        pictures = [taken[stage.value]["path"] for stage in stages if stage.value in taken]
        if pictures:
            yield number, pictures


def manifest_of(run: RunSource) -> dict[str, Any]:
    """Return the list of all records and pictures with their digests.

    Args:
        run: the run.

    Returns:
        What `manifest.json` holds. The report shows this file's digest, so it and the report are not in the list.
    """
    return {
        "schema": "katip/manifest/1",
        "run": (run.json(layout.RUN) or {}).get("id", ""),
        "files": [
            {"path": name, "sha256": run.digest(name), "bytes": run.size(name)}
            for name in run.names()
            if layout.is_listed(name)
        ],
    }
