"""Runs plan, rehearse and approve against a stranger in today's manner, and compares them with what the portal saw."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.strangers.judge import PROJECT
from tests.strangers.stage import PASSWORD, TCKN
from tests.strangers.today.stage import TodayPlay, TodayStranger


@dataclass
class TodayVerdict:
    """What a run left behind; `log` holds what the portal saw during it."""

    code: int
    output: str
    out: Path
    log: list[dict[str, Any]]

    def seen(self, what: str) -> list[dict[str, Any]]:
        """The portal's log entries of one kind."""
        return [line for line in self.log if line["what"] == what]

    @property
    def contracts(self) -> list[dict[str, Any]]:
        """The entries of approvals.json."""
        path = self.out / "approvals.json"
        return json.loads(path.read_text("utf-8"))["contracts"] if path.exists() else []

    @property
    def worklist(self) -> list[dict[str, str]]:
        """The rows of the list that a plan wrote."""
        path = self.out / "worklist.csv"
        return list(csv.DictReader(path.open(encoding="utf-8-sig"), delimiter=";")) if path.exists() else []


class Visit:
    """An operator's runs against one portal that is being served.

    Args:
        portal: the portal.
        folder: where runs and the portal's log are kept.
    """

    def __init__(self, portal: TodayStranger, folder: Path) -> None:
        self.portal, self.play, self.folder = portal, portal.play, folder

    @property
    def workplace(self) -> str:
        """The SGK number of the workplace that is worked on."""
        return self.play.workplaces[0].sgk

    def ids(self, *, mine: bool) -> set[str]:
        """The IDs of the workplace's contracts that are the employer's turn now, or those that wait for the professional."""
        return {
            c.gorevlendirme_id
            for c in self.play.contracts
            if c.sgk == self.workplace and not c.employer and c.mine == mine
        }

    def _log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.play.log.read_text("utf-8").splitlines()] if self.play.log.exists() else []

    def run(self, name: str, suite: str = "approve", **variables: str) -> TodayVerdict:
        """Run a suite of `robots/` to its end.

        Args:
            name: the name of the run's folder.
            suite: `plan` or `approve`.
            **variables: more of the suite's variables.
        """
        before, out = len(self._log()), self.folder / name
        given = {
            "PORTAL": str(self.portal.portal_file()),
            "SITE_URL": "",
            "EDEVLET_URL": self.play.origin("edevlet"),
            "KATIP_URL": self.play.origin("katip"),
            "WORKPLACE": self.workplace,
            "HEADLESS": "true",
            "LANGUAGE": "en",
            "JOURNAL": str(self.folder / "j.sqlite"),
        } | variables
        options = [part for key, value in given.items() for part in ("-v", f"{key}:{value}")]
        child = subprocess.run(
            [sys.executable, "-m", "robot", "-d", str(out), *options, str(PROJECT / "robots" / f"{suite}.robot")],
            cwd=PROJECT,
            env=os.environ | {"EDEVLET_TCKN": TCKN, "EDEVLET_SIFRE": PASSWORD, "KATIP_KEY_DIR": str(self.folder / "key")},
            capture_output=True,
            text=True,
            timeout=540,
            check=False,
        )
        return TodayVerdict(child.returncode, child.stdout + child.stderr, out, self._log()[before:])


@contextmanager
def visiting(kind: type[TodayStranger], folder: Path, **play: Any) -> Iterator[Visit]:
    """Serve a portal, and be its operator.

    Args:
        kind: the portal.
        folder: an empty folder for runs and the portal's log.
        **play: more for `TodayPlay`.
    """
    portal = kind(TodayPlay(folder / "portal.jsonl", **(kind.setting() | play)))
    with portal.running():
        yield Visit(portal, folder)


def require_nothing_beside(verdict: TodayVerdict, workplace: str) -> None:
    """Nothing was pressed that is not the instruction's, no consent given, the workplace is right, signed out."""
    assert len(verdict.seen("sign-in")) == 1 + len(verdict.seen("expired")), verdict.output
    assert not verdict.seen("sign-in-refused")
    assert {line["sgk"] for line in verdict.seen("workplace")} == {workplace}, verdict.output
    for kind in ("touched", "consent", "approval_out_of_turn"):
        assert not verdict.seen(kind), verdict.seen(kind)
    assert all(line["mine"] for line in verdict.seen("form")), "a form was opened out of turn"
    assert verdict.log[-1]["what"] == "sign-out", verdict.output


def require_planned(verdict: TodayVerdict, visit: Visit, mine: set[str], waiting: set[str]) -> None:
    """The plan lists what is pending and who is waited for, and changes nothing; a list without IDs is told by its start dates.

    Args:
        verdict: the run.
        visit: whose portal it is.
        mine: IDs that are the employer's turn.
        waiting: IDs that wait for the professional.
    """
    assert verdict.code == 0, verdict.output
    assert not verdict.seen("approval")
    by_start = {c.start.split()[0]: c.gorevlendirme_id for c in visit.play.contracts if c.sgk == visit.workplace}
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for row in verdict.worklist:
        number = by_start[row["Grv. Başlama Trh."]]
        assert row["Görevlendirme ID"] in ("", number)
        found[not row["Kimi bekliyor"]].add(number)
    assert found == {True: mine, False: waiting}, verdict.output


def require_approved(verdict: TodayVerdict, mine: set[str]) -> None:
    """Exactly what was the employer's turn was approved, once each, and the run says just that."""
    assert sorted(line["id"] for line in verdict.seen("approval")) == sorted(mine), verdict.output
    assert {c["outcome"] for c in verdict.contracts} <= {"approved", "skipped"}, verdict.output
    assert sum(c["outcome"] == "approved" for c in verdict.contracts) == len(mine), verdict.output
    assert verdict.code == 0, verdict.output


def require_told_truly(verdict: TodayVerdict, mine: set[str], lost: int) -> None:
    """Each contract was asked for once, and approvals.json says what the portal did.

    Args:
        verdict: the run.
        mine: IDs that are the employer's turn.
        lost: how many of them the portal did not approve though it was asked to.
    """
    approved = {line["id"] for line in verdict.seen("approval")}
    assert sorted(line["id"] for line in verdict.seen("attempt")) == sorted(mine), verdict.output
    assert len(approved) == len(mine) - lost
    told = {c["gorevlendirme_id"]: c["outcome"] for c in verdict.contracts if c["outcome"] != "skipped"}
    assert {number for number, outcome in told.items() if outcome == "approved"} == approved, verdict.output
    assert {told[number] for number in mine - approved} <= {"uncertain", "refused"}, verdict.output
    assert (verdict.code != 0) == bool(lost), verdict.output
