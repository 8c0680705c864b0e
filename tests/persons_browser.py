"""A person's own browser with tabs of theirs: a Chromium that is started apart, and used over its debugging port."""

from __future__ import annotations

import itertools
import json
import subprocess
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from websockets.sync.client import ClientConnection, connect

from Katip.browsers import find_browser
from PracticePortal.process import PortalProcess

_PATIENCE = 10.0
_LOOK = 0.05
FORM = "data:text/html,<title>Dilekçe</title><input id=text>"
ALERT = "data:text/html,<title>Uyarı</title><p>Bekliyor</p>"


class PersonsTab:
    """A tab, controlled by the person.

    Args:
        browser: the person's browser.
        url: the address to open.
    """

    def __init__(self, browser: PersonsBrowser, url: str) -> None:
        self._browser = browser
        self.id = browser.call("Target.createTarget", url=url)["targetId"]
        self._session = browser.call("Target.attachToTarget", targetId=self.id, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **given: object) -> dict[str, Any]:
        """Send a command to the tab."""
        return self._browser.call(method, self._session, **given)

    def run(self, script: str) -> Any:
        """Run a script in the tab and return its value."""
        return self.call("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def go(self, url: str) -> None:
        """Open an address."""
        self.call("Page.navigate", url=url)

    def wait_for(self, script: str) -> None:
        """Wait until a script gives something true."""
        pause = threading.Event()
        for _ in range(int(_PATIENCE / _LOOK)):
            if self.run(script):
                return
            pause.wait(_LOOK)
        raise AssertionError(f"{script} was not true; the tab shows {self.run('document.body.innerText')!r}")

    def alert(self, words: str) -> None:
        """Open an alert that stays until the person answers it."""
        self._browser.send("Runtime.evaluate", self._session, expression=f"alert({words!r})")
        self._browser.wait_for_event("Page.javascriptDialogOpening", self._session)

    def answer_alert(self) -> None:
        """Answer the alert; an error where none is open."""
        self.call("Page.handleJavaScriptDialog", accept=True)

    def sign_in(self, portal: PortalProcess) -> None:
        """Sign in at e-Devlet, up to KATİP's main menu."""
        self.go(f"{portal.katip_url}/Giris.aspx")
        self.wait_for("document.querySelector('[name=egpField]') !== null")
        self.run(
            f"document.querySelector('[name=tridField]').value = '{portal.number}';"
            f"document.querySelector('[name=egpField]').value = '{portal.password}';"
            "document.querySelector('form').submit()"
        )
        self.wait_for("location.href.includes('/AnaMenu.aspx') && document.readyState === 'complete'")

    @property
    def worlds(self) -> int:
        """How many worlds of scripts were made in the tab: whoever reads a page with Playwright makes one of their own."""
        self.run("1")
        return self._browser.number_of("Runtime.executionContextCreated", self._session)


class PersonsBrowser:
    """A running browser with two tabs: a form that is not saved, and an open alert.

    Args:
        folder: where its profile is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._stack = ExitStack()
        self._events: list[dict[str, Any]] = []
        self.process: subprocess.Popen[bytes]
        self._line: ClientConnection

    def __enter__(self) -> Self:
        choice = find_browser("auto")
        command = [
            str(choice.executable),
            "--headless=new",
            "--remote-debugging-port=0",
            f"--user-data-dir={self._folder}",
        ]
        more = ["--no-sandbox", "--no-first-run", "--disable-background-networking", "about:blank"]
        self.process = subprocess.Popen([*command, *more], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._stack.callback(self.process.wait)
        self._stack.callback(self.process.terminate)
        told = self._folder / "DevToolsActivePort"
        pause = threading.Event()
        for _ in range(int(3 * _PATIENCE / _LOOK)):
            if told.exists() and len(told.read_text().split()) == 2:
                break
            pause.wait(_LOOK)
        port, path = told.read_text().split()
        self.url = f"http://127.0.0.1:{port}"
        self._line = self._stack.enter_context(connect(f"ws://127.0.0.1:{port}{path}", max_size=None, proxy=None))
        self.form, self.warning = PersonsTab(self, FORM), PersonsTab(self, ALERT)
        self.form.wait_for("document.querySelector('#text') !== null")
        self.form.run("document.querySelector('#text').value = 'yarım kalmış'")
        self.warning.wait_for("document.readyState === 'complete' && document.body !== null")
        self._worlds = [self.form.worlds, self.warning.worlds]
        self.warning.alert("Kaydetmeyi unutmayın")
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def send(self, method: str, session: str = "", **given: object) -> int:
        """Send a command without waiting for its answer."""
        number = next(self._numbers)
        of = {"sessionId": session} if session else {}
        self._line.send(json.dumps({"id": number, "method": method, "params": given, **of}))
        return number

    def call(self, method: str, session: str = "", **given: object) -> dict[str, Any]:
        """Send a command and return what it gives."""
        number = self.send(method, session, **given)
        while (told := json.loads(self._line.recv(_PATIENCE))).get("id") != number:
            self._events.append(told)
        assert "error" not in told, told
        result: dict[str, Any] = told["result"]
        return result

    def wait_for_event(self, method: str, session: str) -> None:
        """Wait for an event of a tab."""
        before = self.number_of(method, session)
        while self.number_of(method, session) == before:
            self._events.append(json.loads(self._line.recv(_PATIENCE)))

    def number_of(self, method: str, session: str) -> int:
        """Count the events of a tab that came so far."""
        return sum(each.get("method") == method and each.get("sessionId") == session for each in self._events)

    @property
    def tabs(self) -> dict[str, str]:
        """The tabs that are open: id to address."""
        told = self.call("Target.getTargets")["targetInfos"]
        return {each["targetId"]: each["url"] for each in told if each["type"] == "page"}

    def close_but(self, *kept: PersonsTab) -> None:
        """Close all tabs but the two of the beginning and some others."""
        stay = {each.id for each in (self.form, self.warning, *kept)}
        left = {tab: url for tab, url in self.tabs.items() if tab in stay}
        for tab in set(self.tabs) - stay:
            self.call("Target.closeTarget", targetId=tab)
        self.shows_only(left)

    def shows_only(self, tabs: Mapping[str, str]) -> None:
        """Exactly these tabs are open, at these addresses; one that was closed takes a moment to go."""
        pause = threading.Event()
        for _ in range(int(_PATIENCE / _LOOK)):
            if self.tabs == tabs:
                return
            pause.wait(_LOOK)
        assert self.tabs == tabs

    def is_untouched(self) -> None:
        """The two tabs are as they were, nobody looked into them, and the alert still waits for its answer."""
        assert self.process.poll() is None
        assert self.form.run("document.querySelector('#text').value") == "yarım kalmış"
        self.warning.answer_alert()
        assert [self.form.worlds, self.warning.worlds] == self._worlds
        self.warning.alert("Kaydetmeyi unutmayın")
