"""Runs the suite against a stranger as an operator would, and compares what it says with what the portal saw."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.strangers.stage import PASSWORD, TCKN, Play, Stranger

PROJECT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Verdict:
    """What a run left behind."""

    code: int
    output: str
    out: Path
    log: list[dict[str, Any]]
    contracts: list[dict[str, Any]]
    pending_before: list[str]

    def seen(self, what: str) -> list[dict[str, Any]]:
        """The portal's log entries of one kind."""
        return [line for line in self.log if line["what"] == what]

    @property
    def approved_by_portal(self) -> list[str]:
        """The IDs that the portal approved, in order, as often as it did."""
        return [line["id"] for line in self.seen("approval")]

    def outcomes(self) -> dict[str, str]:
        """Outcome by Görevlendirme ID or, where the form was never seen, by name."""
        return {c["gorevlendirme_id"] or c["name"]: c["outcome"] for c in self.contracts}


def run(portal: type[Stranger], folder: Path, faults: str = "", workplace: str | None = "", **play: Any) -> Verdict:
    """Play a portal and let the suite approve all that is pending on it.

    Args:
        portal: The stranger.
        folder: An empty folder for the portal's log and the run's output.
        faults: Names of faults, separated by blanks.
        workplace: SGK number; empty: the portal's first; None: the option is not given.
        **play: More for `Play`.
    """
    stage = Play(folder / "portal.jsonl", frozenset(faults.split()), **(portal.setting() | play))
    pending = [c.gorevlendirme_id for c in stage.contracts if c.status == "Onay Bekliyor"]
    out = folder / "out"
    with portal(stage).running():
        sgk = stage.workplaces[0].sgk if workplace == "" else workplace
        options = {
            "PORTAL": "v9",
            "SITE_URL": stage.origin("osgb"),
            "EDEVLET_URL": stage.origin("edevlet"),
            "KATIP_URL": stage.origin("katip"),
            "APPROVE": "all",
            "HEADLESS": "true",
            "LANGUAGE": "en",
            "JOURNAL": str(out / "j.sqlite"),
        } | ({"WORKPLACE": sgk} if sgk else {})
        command = [sys.executable, "-m", "robot", "-d", str(out)]
        for name, value in options.items():
            command += ["-v", f"{name}:{value}"]
        child = subprocess.run(
            [*command, str(PROJECT / "robots" / "approve.robot")],
            cwd=PROJECT,
            env=os.environ | {"EDEVLET_TCKN": TCKN, "EDEVLET_SIFRE": PASSWORD, "KATIP_KEY_DIR": str(folder / "key")},
            capture_output=True,
            text=True,
            timeout=540,
            check=False,
        )
    log = [json.loads(line) for line in stage.log.read_text().splitlines()] if stage.log.exists() else []
    approvals = out / "approvals.json"
    contracts = json.loads(approvals.read_text())["contracts"] if approvals.exists() else []
    return Verdict(child.returncode, child.stdout + child.stderr, out, log, contracts, pending)


def assert_all_approved(verdict: Verdict) -> None:
    """Exactly the pending ones approved, once each, nothing else touched, signed out, every picture there."""
    assert verdict.code == 0, verdict.output
    assert sorted(verdict.approved_by_portal) == sorted(verdict.pending_before), verdict.output
    assert verdict.outcomes() == dict.fromkeys(verdict.pending_before, "approved"), verdict.output
    assert len(verdict.seen("sign-in")) == 1
    assert not verdict.seen("touched"), "a button beside the way was pressed"
    assert verdict.log[-1]["what"] == "sign-out"
    for contract in verdict.contracts:
        expected = {"before", "form", "after"} | (set() if "dialog" in contract["reason"] else {"ok"})
        assert set(contract["pictures"]) >= expected, contract
        for path in contract["pictures"].values():
            assert (verdict.out / path).stat().st_size > 1000, path
        said = next(line["said"] for line in verdict.seen("approval") if line["id"] == contract["gorevlendirme_id"])
        assert contract["minutes"] and said in contract["message"], contract


def assert_safe(verdict: Verdict) -> None:
    """Whatever went wrong: nothing approved that was not pending, nothing twice, no word untrue, no session left."""
    approved = verdict.approved_by_portal
    assert len(approved) == len(set(approved)), f"approved twice: {approved}"
    assert set(approved) <= set(verdict.pending_before), approved
    assert not verdict.seen("touched"), "a button beside the way was pressed"
    says_out = re.search(r"^signed out$", verdict.output, re.MULTILINE) is not None
    assert not says_out or verdict.log[-1]["what"] == "sign-out", "said to be signed out, and the portal saw no sign-out"
    assert len(verdict.contracts) in (0, len(verdict.pending_before)), verdict.output
    for contract in verdict.contracts:
        done = contract["gorevlendirme_id"] in approved
        if contract["outcome"] in ("approved", "already_approved"):
            assert done, contract
        elif contract["outcome"] != "uncertain":
            assert not done, contract
    assert verdict.code > 0 or set(approved) == set(verdict.pending_before), verdict.output
