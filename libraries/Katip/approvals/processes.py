"""Ends exactly those processes that a killed run left alive: a process id alone is used again by the system."""

from __future__ import annotations

import contextlib

import psutil

from Katip.approvals.journal import Journal
from Katip.approvals.journal_records import Process

_CLOCK_STEP = 2.0  # seconds by which a start time may shift when the system's clock is set
_PATIENCE = 5.0  # seconds between asking and forcing


def process_of(pid: int, what: str) -> Process | None:
    """Describe a running process so that the next run can recognise it.

    Args:
        pid: its id.
        what: what it is, for example ``node``.

    Returns:
        The process, or None if there is none of that id.
    """
    with contextlib.suppress(psutil.Error):
        return Process(pid, psutil.Process(pid).create_time(), what)
    return None


def end_left_processes(journal: Journal) -> list[Process]:
    """End what earlier runs on this machine started and did not end.

    Args:
        journal: the journal, whose lock says that no other run is at work.

    Returns:
        Those that were still alive and were ended.
    """
    ended = []
    for process in journal.left_processes():
        if _end(process):
            ended.append(process)
        journal.forget_process(process)
    return ended


def _end(process: Process) -> bool:
    try:
        found = psutil.Process(process.pid)
        if abs(found.create_time() - process.started) > _CLOCK_STEP:
            return False
        family = [*found.children(recursive=True), found]
        for each in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.terminate()
        _, alive = psutil.wait_procs(family, timeout=_PATIENCE)
        for each in alive:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
    except psutil.Error:
        return False
    return True
