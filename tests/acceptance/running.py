"""Running `robot` as an operator does, and reading what a run left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from robot.api import ExecutionResult

from Katip.evidence.seal_statement import seal_facts
from PracticePortal.process import PortalProcess

ROOT = Path(__file__).resolve().parents[2]
SUITE = ROOT / "robots" / "approve.robot"
LIMIT = 300.0
_LOOK = 0.05


@dataclass(frozen=True)
class Task:
    """A task of output.xml."""

    name: str
    status: str
    message: str
    tags: frozenset[str]
    doc: str = ""


@dataclass
class Run:
    """A run that has ended (or was killed): its exit code, what it said, and its folder."""

    code: int
    said: str
    folder: Path
    journal: Path
    environment: Mapping[str, str] = field(repr=False)

    @cached_property
    def approvals(self) -> list[dict[str, Any]]:
        """The contracts of approvals.json; empty where the run never got so far."""
        path = self.folder / "approvals.json"
        contracts: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["contracts"] if path.exists() else []
        return contracts

    @cached_property
    def tasks(self) -> list[Task]:
        """The tasks of output.xml, in their order."""
        suite = ExecutionResult(str(self.folder / "output.xml")).suite
        return [Task(test.name, test.status, test.message, frozenset(test.tags), test.doc) for test in suite.all_tests]

    @property
    def failed(self) -> list[Task]:
        """The tasks that failed."""
        return [task for task in self.tasks if task.status == "FAIL"]

    @property
    def outcomes(self) -> dict[str, str]:
        """Name to outcome, for runs without twins."""
        return {each["name"]: each["outcome"] for each in self.approvals}

    def of(self, name: str) -> dict[str, Any]:
        """The one entry of a person in approvals.json."""
        (found,) = [each for each in self.approvals if each["name"] == name]
        return found

    def verify(self) -> subprocess.CompletedProcess[str]:
        """Run `katip verify` on the folder."""
        return self.katip("verify", str(self.folder))

    def katip(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the console script as the same operator."""
        command = [sys.executable, "-m", "Katip.cli", *arguments]
        return subprocess.run(command, env=dict(self.environment), capture_output=True, encoding="utf-8", timeout=120)

    @property
    def ended(self) -> str:
        """How the seal says that the run ended: finished, interrupted or killed."""
        return seal_facts(self.folder)["ended"]


class Robot:
    """A `robot` in a process group of its own, as a console starts it.

    Args:
        command: the command line.
        environment: the child's environment.
        folder: the output folder.
        journal: the journal.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path, journal: Path) -> None:
        self.folder, self.journal, self._environment = folder, journal, environment
        self._said = (folder.parent / f"{folder.name}.said.txt").open("w+b")
        self.process = subprocess.Popen(
            command,
            cwd=folder.parent,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def signal_group(self, number: int) -> None:
        """Send a signal to the whole process group, as a console does on Ctrl+C."""
        os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """Kill robot alone, as a power failure or the kernel would; Node and browser live on."""
        self.process.kill()

    def wait_until(self, seen: Callable[[], object], what: str) -> None:
        """Wait until something can be seen; fail where robot ends before."""
        pause = threading.Event()
        for _ in range(int(LIMIT / _LOOK)):
            if seen():
                return
            if self.process.poll() is not None:
                raise AssertionError(f"robot ended ({self.process.returncode}) before {what}:\n{self.said()}")
            pause.wait(_LOOK)
        raise AssertionError(f"{what} was not seen in {LIMIT} s:\n{self.said()}")

    def wait_for_end_or(self, seen: Callable[[], object]) -> None:
        """Wait until something can be seen or robot has ended, whichever comes first."""
        pause = threading.Event()
        while self.process.poll() is None and not seen():
            pause.wait(_LOOK)

    def said(self) -> str:
        """What robot has printed."""
        self._said.seek(0)
        return self._said.read().decode("utf-8", "replace")

    def ended(self) -> Run:
        """Wait for the end and give the run."""
        try:
            self.process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"robot did not end in {LIMIT} s:\n{self.said()}") from None
        run = Run(self.process.returncode, self.said(), self.folder, self.journal, self._environment)
        self._said.close()
        return run


class Operator:
    """Runs the suite against one portal, each run into a folder of its own, all on one journal.

    Args:
        folder: where everything of the operator lies.
        portal: the portal, or None if the suite starts one itself.
    """

    def __init__(self, folder: Path, portal: PortalProcess | None = None) -> None:
        self.folder, self.portal = folder, portal
        self.suite = SUITE
        self.journal = folder / "journal.sqlite"
        self.suite = SUITE
        self.started: list[Robot] = []

    def environment(self, **more: str) -> dict[str, str]:
        """The child's environment: no secret of the machine's own, the account of the practice portal."""
        hidden = ("EDEVLET_TCKN", "EDEVLET_SIFRE", "ROBOT_OPTIONS", "ROBOT_SYSLOG_FILE")
        kept = {key: value for key, value in os.environ.items() if key not in hidden}
        account = {"EDEVLET_TCKN": self.portal.number, "EDEVLET_SIFRE": self.portal.password} if self.portal else {}
        own = {"KATIP_KEY_DIR": str(self.folder / "key"), "PYTHONPATH": str(ROOT / "libraries")}
        return kept | {"PYTHONIOENCODING": "utf-8"} | own | account | more

    def start(self, *options: str, name: str = "", environment: Mapping[str, str] = {}, **variables: str) -> Robot:
        """Start a run.

        Args:
            options: further options of `robot`.
            name: the output folder's name; a new one if not given.
            environment: what the child's environment holds besides.
            variables: variables of the suite; an empty one is not given at all.
        """
        folder = self.folder / (name or f"run{len(self.started) + 1}")
        command = [sys.executable, "-m", "robot", *self.arguments(folder, options, variables)]
        journal = Path(self._given(variables)["JOURNAL"] or folder)
        robot = Robot(command, self.environment(**environment), folder, journal)
        self.started.append(robot)
        return robot

    def arguments(self, folder: Path, options: Sequence[str], variables: Mapping[str, str]) -> list[str]:
        """Return the arguments of `robot` for a run into a folder."""
        given = [f"{key}:{value}" for key, value in self._given(variables).items() if value]
        return ["-d", str(folder), "--consolecolors=off", *(f"-v{each}" for each in given), *options, str(self.suite)]

    def run(self, *options: str, **more: Any) -> Run:
        """Run to the end."""
        return self.start(*options, **more).ended()

    def _given(self, variables: Mapping[str, str]) -> dict[str, str]:
        if self.portal is None:
            return {"JOURNAL": "", "LANGUAGE": "en", **variables}
        return {
            "LANGUAGE": "en",
            "SITE_URL": self.portal.site_url,
            "EDEVLET_URL": self.portal.edevlet_url,
            "KATIP_URL": self.portal.katip_url,
            "HEADLESS": "true",
            "WORKPLACE": self.portal.workplace,
            "APPROVE": "all",
            "JOURNAL": str(self.journal),
            "BROWSER": os.environ.get("KATIP_TEST_BROWSER", ""),
            **variables,
        }

    def end_all(self) -> None:
        """End what a failed test left running."""
        for robot in self.started:
            if robot.process.poll() is None:
                robot.kill()
                robot.process.wait()
