"""What the procedure's tests begin with: a practice portal in its first state, and an operator who runs the suite in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from PracticePortal.process import PortalProcess
from tests.acceptance.conftest import StartPortal
from tests.procedure.in_process import LocalOperator, Node, Portals


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """The worker's Node process."""
    started = Node(tmp_path_factory.mktemp("node"))
    yield started
    started.close()


@pytest.fixture(scope="session")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portals]:
    """The worker's practice portals."""
    with Portals(tmp_path_factory.mktemp("portals")) as started:
        yield started


@pytest.fixture
def start_portal(portals: Portals) -> StartPortal:
    """Return practice portals as if they had just been started."""
    return portals.lease


@pytest.fixture
def make_operator(tmp_path: Path, node: Node) -> Callable[..., LocalOperator]:
    """Makes operators."""

    def make(portal: PortalProcess, folder: Path | None = None) -> LocalOperator:
        return LocalOperator(folder or tmp_path, portal, node)

    return make
