"""What record, approvals.json and report say of errors, of earlier runs and of the clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.acceptance.conftest import StartPortal
from tests.acceptance.running import Operator, Run


def record_of(run: Run, index: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run.folder / f"evidence/contracts/{index:03d}/record.json").read_text("utf-8"))
    return found


def test_error_code_earlier_run_and_clock_are_written_down(
    start_portal: StartPortal, make_operator: Callable[..., Operator]
) -> None:
    portal = start_portal("plain", 2, "success_but_pending")
    operator = make_operator(portal)
    first = operator.run()
    assert [each["outcome"] for each in first.approvals] == ["uncertain", "approved"], first.said
    assert [each["code"] for each in first.approvals] == [None, None]
    assert [each["recovered_from"] for each in first.approvals] == [None, None]

    info = json.loads((first.folder / "evidence/run.json").read_text("utf-8"))
    assert info["clock_offset"] is not None
    assert -1 <= info["clock_offset"] <= 3, "the portal is on this machine"
    page = (first.folder / "evidence/rapor.html").read_text("utf-8")
    assert f"{info['clock_offset']:+.3f} sn" in page

    portal.set_fault("server_error", at="form", times=1)
    second = operator.run(RETRIES="0")
    (left_open,) = second.approvals
    record = record_of(second, 1)
    assert left_open["outcome"] == "failed", second.said
    assert left_open["code"] == record["code"]
    assert left_open["code"].startswith("KTP-1")
    assert f"[{left_open['code']}]" in left_open["reason"]
    assert left_open["recovered_from"] == record["recovered_from"] == info["id"]
    assert f"<td>{info['id']}</td>" in (second.folder / "evidence/rapor.html").read_text("utf-8")
    assert second.verify().returncode == 0, second.verify().stdout
