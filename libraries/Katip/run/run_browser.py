"""The browser of the run at work: started or joined, started again where it is gone, and closed at the end."""

from __future__ import annotations

import atexit
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from robot.api import logger

from Katip.approvals.processes import process_of
from Katip.errors import KatipError
from Katip.reading.driver import Driver
from Katip.run.browser import BrowserProcess
from Katip.run.current_run import CurrentRun
from Katip.run.joined_browser import JoinedBrowser
from Katip.run.stopping import Stopping

if TYPE_CHECKING:
    from Browser import Browser


class RunBrowser:
    """Starts, restarts and closes the run's browser.

    Args:
        run: the run at work.
        library: returns the Browser library.
        driver: looks and acts.
        stopping: keeps signals back.

    Attributes:
        at_exit: called at the process's exit, before the browser's driver ends.
    """

    def __init__(self, run: CurrentRun, library: Callable[[], Browser], driver: Driver, stopping: Stopping) -> None:
        self._run = run
        self._library = library
        self._stopping = stopping
        self._process = BrowserProcess()
        self.driver = driver
        self.at_exit: Callable[[], None] | None = None

    @property
    def pids(self) -> list[int]:
        """The processes that the run has started last."""
        return self._process.pids

    def joined(self) -> JoinedBrowser | None:
        """Return the person's own browser, where the run has joined one."""
        return self._process if isinstance(self._process, JoinedBrowser) else None

    def choose(self, *, join: str = "") -> None:
        """Choose what `start` does; nothing is started yet.

        Args:
            join: the address of the debugging port of the person's browser; empty to start one.
        """
        self._process = JoinedBrowser(join, self.pids) if join else BrowserProcess(self.pids)

    @contextmanager
    def starting(self) -> Iterator[None]:
        """Start the Browser library's own process beside what is done in the block; it is never left behind half started."""
        self._process.begin_to_start(self._library(), self._run.session.secrets)
        try:
            yield
        except BaseException:
            self._process.await_start()
            raise

    def start(self) -> None:
        """Start the browser that was set, or join the person's.

        Its processes are written in the journal, so that the next run can end what this one left.
        """
        work = self._run.work
        with self._stopping.undisturbed():
            self._process.open(self._library(), work.settings, self._run.session.secrets)
            if self.at_exit is not None:
                atexit.unregister(self.at_exit)
                atexit.register(self.at_exit)  # before the browser's driver ends, which is registered earlier
            if self.joined() is not None:
                self.driver.join()
            self.driver.look()
            for pid in self.pids:
                process = process_of(pid, "node")
                if process is not None:
                    work.journal.remember_process(process)
        work.evidence.note_run(browser=self.driver.version(), system=platform.platform())

    def restart(self) -> None:
        """Start the browser again, where it is gone."""
        self.driver.forget()
        with self._stopping.undisturbed():
            try:
                self._process.close(self._library())
            except (AssertionError, OSError, KatipError) as error:
                logger.debug(f"The old browser could not be closed: {error}")
            self._process.start_anew(self._library())
        self.start()

    def close(self) -> None:
        """Close the browser, or leave the person's."""
        self._process.close(self._library())
        self.driver.forget()
