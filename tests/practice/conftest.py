"""A portal for the tests, fresh for each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from PracticePortal.process import PortalProcess
from tests.practice.visitor import Visitor


@pytest.fixture(scope="session")
def running_portal() -> Iterator[PortalProcess]:
    with PortalProcess() as portal:
        yield portal


class FreshPortal:
    """The running portal as if just started: entries of earlier tests are not seen."""

    def __init__(self, portal: PortalProcess) -> None:
        portal.reset()
        self.process = portal
        self._earlier = len(portal.entries())

    def entries(self, event: str | None = None) -> list[dict[str, object]]:
        return [entry for entry in self.process.entries()[self._earlier :] if event in (None, entry["event"])]

    def events(self) -> list[object]:
        return [entry["event"] for entry in self.entries()]


@pytest.fixture
def portal(running_portal: PortalProcess) -> FreshPortal:
    return FreshPortal(running_portal)


@pytest.fixture
def visitor(portal: FreshPortal) -> Visitor:
    return Visitor(portal.process)
