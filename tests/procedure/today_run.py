"""A run in this process on today's portal, and what the portal's log must show after it."""

from __future__ import annotations

from PracticePortal.examples import PENDING
from PracticePortal.process import PortalProcess
from tests.acceptance.running import Operator, Run


def statuses(portal: PortalProcess) -> tuple[set[str], set[str]]:
    """The IDs that are the employer's turn, and those that wait for the professional."""
    pending = [each for each in portal.contracts() if each["status"] == PENDING and each["sgk"] == portal.workplace]
    mine = {each["gorevlendirme_id"] for each in pending if each["professional_approved"]}
    return mine, {each["gorevlendirme_id"] for each in pending} - mine


def run_today(operator: Operator, portal: PortalProcess, file: str, *options: str, **variables: str) -> Run:
    """Run with the addresses of the portal; the way begins at KATİP unless SITE_URL is given."""
    given = {"PORTAL": file, "SITE_URL": "", "WORKPLACE": portal.workplace, "APPROVE": "all", **variables}
    return operator.run(*options, **given)


def require_exactly_mine_approved(portal: PortalProcess, run: Run, mine: set[str]) -> None:
    """Judge by the portal's log: each contract that was the employer's turn once, no other, nothing else pressed."""
    approved = [entry["gorevlendirme_id"] for entry in portal.entries("approval")]
    assert sorted(approved) == sorted(mine), run.said
    assert all(entry["recorded"] for entry in portal.entries("approval"))
    assert portal.entries("forbidden_action") == portal.entries("approval_out_of_turn") == []
    assert portal.state()["open_sessions"] == []
    told = {each["gorevlendirme_id"] for each in run.approvals if each["outcome"] == "approved"}
    assert told in (mine, {None})  # neither the list nor a form may show an ID
    assert sum(each["outcome"] == "approved" for each in run.approvals) == len(mine)
    assert {each["outcome"] for each in run.approvals} <= {"approved", "skipped"}
    # The row is then in the list of the approved ones, and pictured there.
    assert all({"before", "after"} <= set(each["pictures"]) for each in run.approvals if each["outcome"] == "approved")
    assert run.code == 0
