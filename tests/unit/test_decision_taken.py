"""On whose decision a contract was dealt with, as the evidence and the journal keep it."""

from __future__ import annotations

import pytest

from Katip.approvals.decisions import ApproveAll, Authority, Decision, Listed, Nothing, Verdict
from Katip.approvals.worklist import Worklist
from Katip.evidence.report.texts import text
from Katip.run.work import decision_taken

LISTED = Listed(Worklist("liste.csv", "d" * 64, ()))


@pytest.mark.parametrize(
    ("authority", "source", "name"),
    [(Nothing(), "nobody", "nothing"), (ApproveAll(), "all", "all"), (LISTED, "none", "worklist")],
)
def test_nobody_is_not_everything(authority: Authority, source: str, name: str) -> None:
    taken = decision_taken(authority, Decision(Verdict.SKIP, "x"))
    assert taken.source == source
    assert authority.name == name
    assert text(f"decision.{source}", "tr")
