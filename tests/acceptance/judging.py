"""Judging a run by the portal's own log: what arrived there is the truth, whatever the run says of itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from PracticePortal.examples import APPROVED, PENDING
from PracticePortal.process import PortalProcess
from tests.acceptance.running import Run

Contract = dict[str, Any]
GOOD = {"approved", "already_approved", "planned"}
NOT_SENT = {"planned", "skipped", "held", "not_found"}
PICTURES = {"before", "form", "ok", "after"}


class Truth:
    """What the portal knows, from the moment at which this was made.

    Args:
        portal: the portal.
        workplaces: the SGK numbers that the run visits; the example workplace if not given.
    """

    def __init__(self, portal: PortalProcess, workplaces: Iterable[str] = ()) -> None:
        self.portal = portal
        self.workplaces = set(workplaces) or {portal.workplace}
        self.before = portal.contracts()
        self._earlier = len(portal.entries())
        self.pending = [each for each in self.before if each["status"] == PENDING and each["sgk"] in self.workplaces]

    def entries(self, event: str | None = None) -> list[dict[str, Any]]:
        """The log's entries since then."""
        return [entry for entry in self.portal.entries()[self._earlier :] if event in (None, entry["event"])]

    @property
    def recorded(self) -> list[str]:
        """The IDs of the approvals that the portal took from somebody who was signed in, in their order."""
        return [each["gorevlendirme_id"] for each in self.entries("approval") if each["recorded"]]

    @property
    def arrived(self) -> Counter[str]:
        """How often an approval of each ID arrived, what the network doubled not counted."""
        return Counter(each["gorevlendirme_id"] for each in self.entries("approval") if not each.get("duplicate"))

    @property
    def by_others(self) -> set[str]:
        """The IDs of the contracts that somebody else approved meanwhile."""
        return {each["gorevlendirme_id"] for each in self.entries("approved_by_other")}

    @property
    def sign_ins(self) -> list[bool]:
        """Every attempt to sign in: accepted or not."""
        return [each["accepted"] for each in self.entries("sign_in")]

    @property
    def ends(self) -> list[str]:
        """How the sessions ended."""
        return [each["reason"] for each in self.entries("session_ended")]

    def id_of(self, entry: dict[str, Any]) -> str | None:
        """The ID of an entry of approvals.json: by itself, else by a name that only one contract has."""
        if entry["gorevlendirme_id"]:
            return str(entry["gorevlendirme_id"])
        named = [each for each in self.portal.contracts() if _shown(each["name"]) == entry["name"]]
        return str(named[0]["gorevlendirme_id"]) if len(named) == 1 else None

    # ---- judgements

    def untouched_but(self, ids: Iterable[str]) -> None:
        """Only these contracts may have another status than before."""
        was = {each["gorevlendirme_id"]: each["status"] for each in self.before}
        changed = {
            each["gorevlendirme_id"]
            for each in self.portal.contracts()
            if was.get(each["gorevlendirme_id"], PENDING) != each["status"]
        }
        assert changed <= set(ids), f"contracts were changed that nobody decided on: {changed - set(ids)}"

    def no_session_is_open(self) -> None:
        """Every session has ended."""
        assert self.portal.state()["open_sessions"] == []

    def agrees_with(self, run: Run, allowed: Iterable[str] | None = None, *, killed: bool = False) -> None:
        """The invariants of every run, whatever happened to it.

        No approval that was not decided on, none twice, none reported wrongly, nothing unreported, no other button
        pressed, no session left open (unless something was killed).

        Args:
            run: the run.
            allowed: the IDs that may be approved; every one that was pending if not given.
            killed: True if robot, browser or portal was killed.
        """
        may = {each["gorevlendirme_id"] for each in self.pending} if allowed is None else set(allowed)
        assert set(self.recorded) <= may, f"approved without a decision: {set(self.recorded) - may}"
        assert all(number == 1 for number in self.arrived.values()), f"sent more than once: {self.arrived}"
        assert self.entries("forbidden_action") == []
        for entry in run.approvals:
            self._told_truly(entry)
        if not killed:
            self.no_session_is_open()
            if any(task.name.startswith("5.8 ") and task.status == "PASS" for task in run.tasks):
                self._all_told(run)

    def _told_truly(self, entry: dict[str, Any]) -> None:
        number, outcome = self.id_of(entry), entry["outcome"]
        recorded = number in self.recorded
        if number is None:
            assert outcome not in {"approved", "uncertain", "refused"}, f"no ID, but sent: {entry}"
        elif outcome == "approved" and number in self.by_others:
            # While "Kayıt" was on its way somebody else's arrived: the row cannot tell whose it was, the words can.
            assert "yapılamadı" in entry["reason"], f"claimed, though the portal said otherwise: {entry}"
        elif outcome == "approved":
            assert recorded, f"reported as approved, but the portal recorded nothing: {entry}"
        elif outcome != "uncertain":
            assert not recorded, f"the portal recorded an approval, but it is reported as {outcome}: {entry}"
        if outcome in NOT_SENT:
            assert number not in self.arrived, f"sent, but reported as {outcome}: {entry}"
        if outcome == "already_approved":
            assert self._status(number) == APPROVED

    def _status(self, number: str | None) -> str | None:
        return next(
            (str(each["status"]) for each in self.portal.contracts() if each["gorevlendirme_id"] == number), None
        )

    def _all_told(self, run: Run) -> None:
        visited = {each["workplace"] for each in run.approvals}
        known = {self.id_of(each) for each in run.approvals}
        left = [
            each
            for each in self.pending
            # What somebody else approved before the list was read is on no list of pending contracts.
            if each["sgk"] in visited and each["gorevlendirme_id"] not in (known - {None}) | self.by_others
        ]
        # Twins without an ID: as many entries of the name as there are contracts.
        nameless = Counter((each["workplace"], each["name"]) for each in run.approvals if self.id_of(each) is None)
        there = Counter((each["sgk"], _shown(each["name"])) for each in left)
        assert there <= nameless, f"pending, but not reported: {there - nameless}"

    def everything_is_approved(self, run: Run, pictures: Collection[str] = PICTURES) -> None:
        """The whole procedure: exactly the pending ones, once each, signed out, and a seal that verifies."""
        ids = [each["gorevlendirme_id"] for each in self.pending]
        assert run.code == 0, run.said
        assert sorted(self.recorded) == sorted(ids)
        self.agrees_with(run)
        self.untouched_but(ids)
        assert [each["outcome"] for each in run.approvals] == ["approved"] * len(ids)
        assert set(self.ends) == {"sign_out"}
        assert (
            json.loads((run.folder / "evidence" / "run.json").read_text("utf-8"))["notes"]["sign_out"] == "signed out"
        )
        assert [task.status for task in run.tasks] == ["PASS"] * len(run.tasks)
        has_pictures(run, pictures)
        is_sealed(run)


def _shown(name: str) -> str:
    """A name as a browser shows it: with single blanks."""
    return " ".join(name.split())


def has_pictures(run: Run, stages: Collection[str] = PICTURES) -> None:
    """Every contract has the pictures of these stages, and each is a PNG under evidence/."""
    for entry in run.approvals:
        assert set(entry["pictures"]) == set(stages), entry
        for path in entry["pictures"].values():
            assert path.startswith("evidence/")
            assert (run.folder / path).read_bytes().startswith(b"\x89PNG\r\n")


def is_sealed(run: Run) -> None:
    """`katip verify` finds nothing wrong."""
    verdict = run.verify()
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
