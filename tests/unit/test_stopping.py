"""Being stopped: a signal before the approval keeps it from being begun, one during it waits."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, SimpleNamespace
from typing import NoReturn

import pytest
from Browser.generated.playwright_pb2 import Request
from robot.errors import ExecutionFailed

from Katip.reading.driver import Driver
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


def test_signal_while_the_browser_is_spoken_to_is_taken_right_after_its_answer(
    begin: Callable[[Robot], Stopping],
) -> None:
    robot = Robot(running=True)
    stopping = begin(robot)
    driver = Driver(_no_browser, stopping.undisturbed)
    answered: list[int] = []

    def send(request: object, timeout: int) -> Iterator[SimpleNamespace]:
        signal.raise_signal(signal.SIGINT)
        answered.append(robot.received)
        yield SimpleNamespace(bodyPart="", json='{"version": "1"}')

    driver._send = send
    with pytest.raises(Stopped), stopping.inside_keyword():
        driver.version()
    assert answered == [0], "a call that is broken off leaves the locks of its library taken: the next one never ends"
    assert robot.received == 1


def test_look_whose_answer_was_lost_to_a_signal_is_no_look(begin: Callable[[Robot], Stopping]) -> None:
    stopping = begin(Robot(running=True))
    driver = Driver(_no_browser, stopping.undisturbed)
    asked: list[bool] = []

    def send(request: Request.KeywordCall, timeout: int) -> Iterator[SimpleNamespace]:
        asked.append(dict(json.loads(request.arguments)["arguments"])["request"]["known"])
        if len(asked) == 2:
            signal.raise_signal(signal.SIGINT)
        yield SimpleNamespace(bodyPart="", json=f'{{"url": "http://127.0.0.1/{len(asked)}"}}')

    driver._send = send
    with stopping.inside_keyword():
        driver.look()
        with pytest.raises(Stopped):
            driver.look()
        assert driver.look().url == "http://127.0.0.1/3"
    assert asked == [False, True, False], "after a lost answer the page would only say that it is the same"


def test_signal_while_the_browser_fails_stops_all_the_same(begin: Callable[[Robot], Stopping]) -> None:
    stopping = begin(Robot(running=True))
    driver = Driver(_no_browser, stopping.undisturbed)

    def send(request: object, timeout: int) -> NoReturn:
        signal.raise_signal(signal.SIGINT)
        raise ConnectionError("Playwright process has been terminated")

    driver._send = send
    with pytest.raises(Stopped), stopping.inside_keyword():
        driver.version()


def test_signal_of_an_approval_waits_for_its_end_past_every_call(begin: Callable[[Robot], Stopping]) -> None:
    robot = Robot(running=True)
    stopping = begin(robot)
    with stopping.inside_keyword():
        with stopping.critical(), stopping.undisturbed():
            signal.raise_signal(signal.SIGINT)
        with stopping.undisturbed():  # the picture after it
            assert robot.received == 0
    with pytest.raises(ExecutionFailed):
        stopping.release()


def _no_browser() -> NoReturn:
    raise AssertionError("no browser is looked for")
