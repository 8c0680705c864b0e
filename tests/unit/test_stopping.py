"""Being stopped: a signal before the approval keeps it from being begun, one during it waits."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest
from robot.errors import ExecutionFailed

from Katip.run.exit import SealJob
from Katip.run.stopping import Stopped, Stopping

Handler = Callable[[int, FrameType | None], None]


class Robot:
    """Robot's own handler: stops at once while a keyword runs, else notes it for the next keyword."""

    def __init__(self, running: bool) -> None:
        self.running = running
        self.received = 0

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.received += 1
        if self.running:
            raise ExecutionFailed("Execution terminated by signal", exit=True)


@pytest.fixture
def begin() -> Iterator[Callable[[Robot], Stopping]]:
    """A run's watch over the signals, under a handler of Robot's."""
    original = signal.getsignal(signal.SIGINT)
    watching: list[Stopping] = []

    def begun(robot: Robot) -> Stopping:
        signal.signal(signal.SIGINT, robot)
        stopping = Stopping()
        stopping.watch()
        watching.append(stopping)
        return stopping

    yield begun
    for stopping in watching:
        stopping.unwatch()
    signal.signal(signal.SIGINT, original)


def test_signal_while_a_keyword_runs_stops_it(begin: Callable[[Robot], Stopping]) -> None:
    stopping = begin(Robot(running=True))
    with pytest.raises(Stopped), stopping.inside_keyword():
        signal.raise_signal(signal.SIGINT)


def test_signal_between_two_keywords_keeps_the_approval_from_being_begun(
    begin: Callable[[Robot], Stopping],
) -> None:
    stopping = begin(Robot(running=False))
    clicked = False
    with stopping.inside_keyword():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(Stopped), stopping.critical():
            clicked = True
    assert not clicked


def test_signal_during_the_approval_waits_for_its_end(begin: Callable[[Robot], Stopping]) -> None:
    robot = Robot(running=True)
    stopping = begin(robot)
    with stopping.inside_keyword(), stopping.critical():
        signal.raise_signal(signal.SIGINT)
        assert robot.received == 0
    with pytest.raises(ExecutionFailed):
        stopping.release()
    assert robot.received == 1


def test_run_that_never_came_to_its_end_is_sealed_as_interrupted(tmp_path: Path) -> None:
    assert SealJob(tmp_path, tmp_path).interrupted
