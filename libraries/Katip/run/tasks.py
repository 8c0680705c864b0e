"""Tasks that are added to the running suite: one for each contract, right after the task that is running.

Robot evaluates variables in names, tags and arguments of tasks made at run time, so foreign text is escaped there and arguments are plain numbers.
Such tasks inherit neither setup nor tags from the suite: both are given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from robot import result, running
from robot.utils import escape, normalize

from Katip.keyword_names import KeywordNames
from Katip.messages import msg
from Katip.run.current_run import CurrentRun
from Katip.run.stopping import STOPPED, Stopping

_LONGEST_NAME = 160
_CODE = re.compile(r"\[(KTP-\d{3})\]")


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to be added.

    Attributes:
        name: its name; may hold foreign text.
        keyword: the keyword that it runs.
        arguments: plain numbers or words of our own.
        tags: its tags; may hold foreign text.
        doc: what it does; may hold foreign text.
        setup: True to skip it where what came before has failed.
    """

    name: str
    keyword: str
    arguments: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    doc: str = ""
    setup: bool = True


class TaskWeaver:
    """Knows the running task, adds tasks after it, and remembers which clause task failed.

    Args:
        run: the run at work.
        stopping: keeps signals back until a contract's task has ended.
        names: the names of keywords in the suite's language.

    Attributes:
        broken_before: the step that failed before a run was begun; empty where none did.
    """

    ROBOT_LISTENER_API_VERSION = 3

    def __init__(self, run: CurrentRun, stopping: Stopping, names: KeywordNames) -> None:
        self._run = run
        self._stopping = stopping
        self._names = names
        self.broken_before = ""
        self._running: running.TestCase | None = None
        self._last: running.TestCase | None = None

    def start_test(self, data: running.TestCase, result: result.TestCase) -> None:
        """Remember the task that is running."""
        self._running = self._last = data

    def end_test(self, data: running.TestCase, result: result.TestCase) -> None:
        """Remember why what follows cannot be reached, and hand on a signal that waited for the contract's end."""
        work = self._run.begun
        tags = set(result.tags)
        if result.failed and work is not None and self._stopping.requested:
            work.break_off(msg(STOPPED))
        if result.failed and work is not None and "clause" in tags:
            why = msg("{task} failed, {message}", task=_short(data.name), message=_first_line(result.message))
            work.break_off(why, _step(data.name), _code_of(result.message))
        if result.failed and work is None:
            self.broken_before = _step(data.name)
        if work is not None:
            work.current = None
        self._stopping.release()

    def add(self, tasks: Sequence[NewTask]) -> None:
        """Add tasks after the one that is running, and after those that it added before.

        Args:
            tasks: the tasks, in their order.
        """
        running_task, after = self._running, self._last
        if running_task is None or after is None:
            return
        tests = running_task.parent.tests
        for task in tasks:
            test = running.TestCase(
                name=escape(task.name[:_LONGEST_NAME]),
                doc=escape(task.doc),
                tags=[escape(tag) for tag in task.tags if tag and not _is_robots_own(tag)],
            )
            if task.setup:
                test.setup.config(name=self._names.translated("Skip What Cannot Be Reached"))
            test.body.create_keyword(name=self._names.translated(task.keyword), args=list(task.arguments))
            tests.insert(_place(tests, after) + 1, test)
            after = test
        self._last = after


def _place(tests: Sequence[running.TestCase], wanted: running.TestCase) -> int:
    return next(index for index, test in enumerate(tests) if test is wanted)


def _short(name: str) -> str:
    return name.split("  ")[0][:60]


def _step(name: str) -> str:
    """The step that a task represents, without what it does there: "Hazırlık"."""
    return _short(name).partition(":")[0]


def _is_robots_own(tag: str) -> bool:
    """True for a tag by which Robot would skip or end a task: a portal's word may not do that."""
    return str(normalize(tag, ignore="_")).startswith("robot:")


def _code_of(message: str) -> str:
    """Return the code with which a message of ours begins; foreign text never begins with one."""
    found = _CODE.match(message)
    return found[1] if found else ""


def _first_line(message: str) -> str:
    lines = message.replace("*HTML*", "").strip().splitlines()
    return lines[0][:300] if lines else msg("without a message")
