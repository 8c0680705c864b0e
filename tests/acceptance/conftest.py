"""What every acceptance test begins with: a practice portal of its own and an operator who runs the suite."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from PracticePortal.process import PortalProcess
from tests.acceptance.running import Operator

StartPortal = Callable[..., PortalProcess]


@pytest.fixture
def start_portal(tmp_path: Path) -> Iterator[StartPortal]:
    """Starts practice portals that end with the test."""
    with ExitStack() as stack:

        def start(skin: str = "plain", contracts: int | None = 2, *faults: str, **more: Any) -> PortalProcess:
            folder = more.pop("folder", tmp_path / f"portal{len(list(tmp_path.glob('portal*')))}")
            return stack.enter_context(PortalProcess(skin, contracts, folder, faults=faults, **more))

        yield start


@pytest.fixture
def make_operator(tmp_path: Path) -> Iterator[Callable[..., Operator]]:
    """Makes operators; what they left running ends with the test."""
    operators: list[Operator] = []

    def make(portal: PortalProcess | None = None, folder: Path | None = None) -> Operator:
        operators.append(Operator(folder or tmp_path, portal))
        return operators[-1]

    yield make
    for operator in operators:
        operator.end_all()


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """A screen that nobody sees; Debian's package xvfb, which the set-up of the tests installs."""
    program = shutil.which("Xvfb")
    assert program, "Xvfb is missing: apt-get install xvfb"
    command = [program, "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        yield f":{server.stdout.readline().strip()}"
        server.terminate()
