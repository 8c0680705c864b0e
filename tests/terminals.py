"""A child process on a terminal of its own (POSIX only)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

# The terminal is made the controlling one, so that Ctrl+C reaches the child and /dev/tty is it. A process that was started in the
# background ignores Ctrl+C, and so would its children.
_BEGIN = (
    "import fcntl, signal, sys, termios; signal.signal(signal.SIGINT, signal.default_int_handler);"
    " fcntl.ioctl(0, termios.TIOCSCTTY, 0); exec(sys.argv.pop())"
)


def python_on_a_terminal(
    script: str, environment: Mapping[str, str], folder: Path | None = None
) -> tuple[subprocess.Popen[bytes], int]:
    """Run Python code on a new terminal.

    A fork (`pty.fork`) would run the handlers that gRPC registers for forks, which may hang in a process with a browser.

    Args:
        script: the code.
        environment: all of the child's environment variables.
        folder: where it runs.

    Returns:
        The process, and the file descriptor of the terminal's other end; the caller closes it.
    """
    import pty  # unknown to Windows

    terminal, end = pty.openpty()
    command = [sys.executable, "-c", _BEGIN, script]
    process = subprocess.Popen(
        command, cwd=folder, env=dict(environment), stdin=end, stdout=end, stderr=end, start_new_session=True
    )
    os.close(end)
    return process, terminal
