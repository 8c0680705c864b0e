"""The Browser library's own process is started beside what comes before the browser: without secrets, and never left half started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from Katip.browsers import BrowserChoice
from Katip.errors import BrowserMissing
from Katip.run.browser import BrowserProcess
from Katip.run.run_browser import RunBrowser
from Katip.run.stopping import Stopping

TELLS = (
    "import json, os, sys; json.dump([os.environ.get('DENEME_SIFRE'), os.getpgid(0)], open(sys.argv[1], 'w')); input()"
)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="process groups of POSIX")


class Library:
    """Plays the Browser library: its process is started when the channel to it is first needed."""

    def __init__(self, folder: Path, fails: bool = False) -> None:
        self.told = folder / "told.json"
        self.fails = fails
        self.process: subprocess.Popen[bytes] | None = None
        self.playwright = self

    @contextmanager
    def grpc_channel(self) -> Iterator[None]:
        if self.fails:
            raise RuntimeError("Could not connect")
        self.process = subprocess.Popen([sys.executable, "-c", TELLS, str(self.told)], stdin=subprocess.PIPE)
        while not self.told.exists() or not self.told.read_text():
            assert self.process.poll() is None
        yield

    def end(self) -> None:
        if self.process is not None:
            self.process.communicate(b"\n", timeout=20)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    played = Library(tmp_path)
    yield played
    played.end()


def test_process_knows_no_secret_and_is_out_of_reach_of_the_console(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DENEME_SIFRE", "Deneme-1453")
    process = BrowserProcess()
    process.begin_to_start(library, ["Deneme-1453"])  # type: ignore[arg-type]
    process.await_start()
    secret, group = json.loads(library.told.read_text())
    assert secret is None
    assert group != os.getpgid(0)
    assert library.process is not None
    assert process.pids == [library.process.pid]
    assert os.environ["DENEME_SIFRE"] == "Deneme-1453"


def test_what_happens_meanwhile_sees_the_environment_and_starts_processes_as_always(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trial seal reads KATIP_KEY_DIR while the browser's process is being started."""
    monkeypatch.setenv("KATIP_KEY_DIR", str(tmp_path))
    monkeypatch.setenv("DENEME_SIFRE", "Deneme-1453")
    process, is_starting, may_end = BrowserProcess(), threading.Event(), threading.Event()
    start = library.grpc_channel

    @contextmanager
    def held() -> Iterator[None]:
        with start():
            is_starting.set()
            assert may_end.wait(20)
            yield

    monkeypatch.setattr(library, "grpc_channel", held)
    process.begin_to_start(library)  # type: ignore[arg-type]
    assert is_starting.wait(20)
    seen = os.environ.get("KATIP_KEY_DIR")
    tells = "import os; print(os.environ.get('DENEME_SIFRE'), os.getpgid(0))"
    other = subprocess.run([sys.executable, "-c", tells], capture_output=True, text=True, check=True)
    may_end.set()
    process.await_start()
    assert seen == str(tmp_path)
    assert other.stdout.split() == ["Deneme-1453", str(os.getpgid(0))]
    assert library.process is not None
    assert process.pids == [library.process.pid]


def test_process_that_does_not_start_is_left_to_the_start_of_the_browser(tmp_path: Path) -> None:
    process = BrowserProcess([7])
    process.begin_to_start(Library(tmp_path, fails=True))  # type: ignore[arg-type]
    process.await_start()
    assert process.pids == [7]


def unanswered() -> RuntimeError:
    return RuntimeError("Could not connect to the playwright process at 127.0.0.1:9.")


@pytest.mark.parametrize(
    "error", [unanswered(), PermissionError(13, "Permission denied")], ids=["no answer", "blocked"]
)
def test_process_that_never_starts_is_named_and_waited_for_no_more(error: Exception) -> None:
    asked = []

    class Blocked:
        @contextmanager
        def grpc_channel(self) -> Iterator[None]:
            process = vars(self).get("_playwright_process")
            if process is not None:
                process.poll()
            asked.append(1)
            raise error
            yield

    timeout = SimpleNamespace(setter_function=lambda _: asked.append(1))
    library: Any = SimpleNamespace(playwright=Blocked(), scope_stack={"timeout": timeout})
    process = BrowserProcess()
    process.begin_to_start(library)
    with pytest.raises(BrowserMissing, match=r"Node part.*that it answers"):
        process.start(library, BrowserChoice("chromium", "chrome", None), headless=True)
    assert len(asked) == 2, "once more where it did not start beside the trial seal"
    with pytest.raises(AssertionError, match="did not start"), library.playwright.grpc_channel():
        pass
    process.close(library)
    assert len(asked) == 2, "what comes later waits for it no more"
    assert timeout.setter_function is None, "the library's listener sets no timeout back after a task"


def test_run_that_does_not_begin_leaves_no_process_half_started(library: Library) -> None:
    run: Any = SimpleNamespace(session=SimpleNamespace(secrets=()))
    browser = RunBrowser(run, lambda: library, SimpleNamespace(), Stopping())  # type: ignore[arg-type,return-value]
    with pytest.raises(OSError, match="full"), browser.starting():
        raise OSError("full")
    assert library.process is not None
    assert library.told.exists()
