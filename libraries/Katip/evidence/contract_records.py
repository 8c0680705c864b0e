"""Read the records of a run that were written earlier."""

from __future__ import annotations

from typing import Any

from Katip.evidence import layout
from Katip.evidence.schemas import first_error
from Katip.evidence.source import RunSource


def read_records(run: RunSource) -> list[dict[str, Any]]:
    """Return the records of a run.

    Args:
        run: the run.

    Returns:
        Each `record.json` that can be read and is as its schema says, in order.
    """
    names = [
        name for name in run.names() if name.startswith(layout.CONTRACTS + "/") and name.endswith("/" + layout.RECORD)
    ]
    records = [run.json(name) for name in names]
    whole = [record for record in records if not first_error("record", record)]
    return sorted(whole, key=lambda record: int(record["index"]))
