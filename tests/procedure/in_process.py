"""Runs the suite in this process, with one Node process and a few practice portals that stay.

Imports, Node and portal are started once a worker. Suite, library, browser, journal, evidence and seal are the real ones.
What only a process can show is tested in `tests/acceptance`: exit code, signals, kill, full disk, leaks.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self
from unittest import mock

from Browser import Browser
from Browser.utils.data_types import PlaywrightLogTypes
from click.testing import CliRunner
from robot.run import RobotFramework

from Katip.cli import katip
from Katip.evidence import readiness
from Katip.evidence.key import SealingKey
from PracticePortal.faults import parse_fault
from PracticePortal.process import PortalProcess
from tests.acceptance.running import Operator, Run

_NODE_PORT = "ROBOT_FRAMEWORK_BROWSER_NODE_PORT"
_TRIED: list[bool] = []


class Node:
    """One Node process that the Browser library of every run uses, as Browser's documentation describes it.

    Args:
        folder: where Browser may write.
    """

    def __init__(self, folder: Path) -> None:
        self._browser = Browser(enable_playwright_debug=PlaywrightLogTypes.disabled)
        self._browser.outputdir = str(folder)
        with self._browser.playwright.grpc_channel():  # the first channel starts the process
            self.port = str(self._browser.playwright.port)

    def close(self) -> None:
        """End the Node process and its browsers."""
        self._browser.playwright.close()


class Portals:
    """Practice portals that are reset instead of restarted: one process for each skin and number of contracts.

    Args:
        folder: where they keep their logs.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[tuple[str, int | None], PortalProcess] = {}
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def lease(self, skin: str = "plain", contracts: int | None = 2, *faults: str) -> PortalProcess:
        """Return a portal in its first state; its request log still holds the entries of earlier tests.

        Args:
            skin: the skin.
            contracts: number of contracts, as for `PortalProcess`.
            faults: faults that are switched on, as on the command line.
        """
        key = (skin, contracts)
        portal = self._running.get(key)
        if portal is None or not portal.running:
            folder = self._folder / f"{len(list(self._folder.iterdir()))}"
            portal = self._stack.enter_context(PortalProcess(skin, contracts, folder))
            self._running[key] = portal
        portal.reset()
        for fault in map(parse_fault, faults):
            given = {"times": fault.times, "nth": fault.nth, "match": fault.match, "ms": fault.ms, "text": fault.text}
            portal.set_fault(fault.name, **given, **({"at": str(fault.at)} if fault.at else {}))
        return portal


@contextlib.contextmanager
def played_exit() -> Iterator[None]:
    """Run what is registered with `atexit` inside, in reverse order at the end, as the end of a process would."""
    registered: list[tuple[Callable[..., Any], Callable[[], object]]] = []

    def register(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Callable[..., Any]:
        registered.append((function, lambda: function(*args, **kwargs)))
        return function

    def unregister(function: Callable[..., Any]) -> None:
        registered[:] = [each for each in registered if each[0] != function]

    with mock.patch.multiple(atexit, register=register, unregister=unregister):
        yield
        while registered:
            registered.pop()[1]()


@contextlib.contextmanager
def one_seal_trial() -> Iterator[None]:
    """Seal the trial run of *Hazırlık* once a worker: it writes a whole report, and nothing in it depends on the test."""
    real = readiness.seal_trial

    def first_time(place: Path, key: SealingKey) -> None:
        if not _TRIED:
            real(place, key)
            _TRIED.append(True)

    with mock.patch.object(readiness, "seal_trial", first_time):
        yield


class LocalRun(Run):
    """A run of this process; `katip` is called in it too."""

    def katip(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Call `katip` with the operator's environment."""
        with mock.patch.dict(os.environ, self.environment, clear=True):
            result = CliRunner().invoke(katip, list(arguments))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return subprocess.CompletedProcess(["katip", *arguments], result.exit_code, result.stdout, result.stderr)


class LocalOperator(Operator):
    """Runs the suite in this process.

    Args:
        folder: where everything of the operator is kept.
        portal: the portal.
        node: the Node process.
    """

    def __init__(self, folder: Path, portal: PortalProcess, node: Node) -> None:
        super().__init__(folder, portal)
        self._node = node
        self._runs = 0

    def run(  # type: ignore[override]  # a listener is an object of this process
        self,
        *options: str,
        name: str = "",
        environment: Mapping[str, str] = {},
        listener: object | None = None,
        **variables: str,
    ) -> Run:
        """Run to the end; arguments as for `Operator.start`, and a listener that may act while the run is at work."""
        self._runs += 1
        folder = self.folder / (name or f"run{self._runs}")
        played = self.environment(**environment)
        said = io.StringIO()
        nobody = mock.patch.object(sys, "__stdin__", None)  # who runs the tests on a terminal is not asked for a code
        with nobody, mock.patch.dict(os.environ, played | {_NODE_PORT: self._node.port}, clear=True):
            robot = RobotFramework()
            parsed, suites = robot.parse_arguments(self.arguments(folder, options, variables))
            if listener is not None:
                parsed["listener"] = [*parsed.get("listener", []), listener]
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), played_exit(), one_seal_trial():
                code = robot.execute(*suites, stdout=said, stderr=said, **parsed)
        return LocalRun(code, said.getvalue(), folder, self.journal, played)
