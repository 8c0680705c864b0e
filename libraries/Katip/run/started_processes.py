"""How a run starts processes that others' code starts for it: apart from the console, and without the operator's secrets."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from Katip.run.environment import without_secrets


@contextlib.contextmanager
def own_processes(secrets: Sequence[str] = ()) -> Iterator[list[int]]:
    """Start this thread's processes in a group of their own, out of reach of Ctrl+C, without secrets; collect their ids.

    Browser offers no option for how its Node process is started, so `Popen` itself is patched. The environment of this
    process stays as it is, and processes of other threads start as always: they run at the same time.

    Args:
        secrets: texts that no variable of a started process may hold.

    Yields:
        The process ids, filled as processes start.
    """
    started: list[int] = []
    own_thread = threading.get_ident()
    original = subprocess.Popen.__init__

    def apart(process: subprocess.Popen[Any], *args: Any, **kwargs: Any) -> None:
        if threading.get_ident() != own_thread:
            original(process, *args, **kwargs)
            return
        if os.name == "nt":
            kwargs["creationflags"] = kwargs.get("creationflags", 0) | getattr(
                subprocess, "CREATE_NEW_PROCESS_GROUP", 0
            )
        else:
            kwargs["start_new_session"] = True
        environment = kwargs.get("env")
        kwargs["env"] = without_secrets(os.environ if environment is None else environment, secrets)
        original(process, *args, **kwargs)
        started.append(process.pid)

    subprocess.Popen.__init__ = apart  # type: ignore[method-assign,assignment]
    try:
        yield started
    finally:
        subprocess.Popen.__init__ = original  # type: ignore[method-assign]
