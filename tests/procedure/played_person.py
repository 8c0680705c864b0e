"""A played person who walks through a portal: clicks in a tab over the debugging port, and answers on the console."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from PracticePortal.process import PortalProcess
from tests.persons_browser import PersonsBrowser

_PATIENCE = 15.0
_ANSWERS = 2.0  # seconds; not every press is answered
_REACTION = 0.6  # seconds: nobody presses sooner after the page has changed

# The place of what reads exactly so, in the row or card with a text where one is given; the innermost and, of several, the last that can be seen.
_FIND = """((words, within) => {
  const plain = (text) => (text || '').replace(/\\s+/g, ' ').trim();
  const own = (element) => plain(element.getAttribute('title')) || plain(element.textContent) || plain(element.value);
  const shown = (element) => element.getBoundingClientRect().width > 0 && element.checkVisibility({ visibilityProperty: true });
  const found = [...document.querySelectorAll('body *')].filter((element) => shown(element)
    && (own(element) === words || plain(element.textContent).replace(/ ?\\(\\d+\\)$/, '') === words)
    && (!within || element.closest('tr, [role=row], .card')?.textContent.includes(within)));
  const inner = found.filter((element) => !found.some((other) => other !== element && element.contains(other)));
  const element = inner[inner.length - 1];
  if (!element) return null;
  element.scrollIntoView({ block: 'center', inline: 'center' });
  const box = element.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
})"""


class PlayedPerson:
    """The person; also the conversation that the robot has with them.

    Args:
        browser: their browser.
        script: what they wait for on the console, and what they do then, in order.
    """

    def __init__(self, browser: PersonsBrowser, script: Sequence[tuple[str, Callable[[PlayedPerson], object]]]) -> None:
        self._browser, self._script = browser, list(script)
        self._said: queue.Queue[str] = queue.Queue()
        self._answers: queue.Queue[str] = queue.Queue()
        self.heard_lines: list[str] = []
        self.failure: BaseException | None = None
        self._known = set(browser.tabs)
        self._session = ""
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()

    # ------------------------------------------------------------------------------------------------------ as the robot sees it

    def say(self, text: str) -> None:
        """Take note of what the robot says."""
        self.heard_lines.append(text)
        self._said.put(text)

    def heard(self) -> str | None:
        """The next answer, if there is one; a person who has failed gives up."""
        if self.failure is not None:
            return "q"
        try:
            return self._answers.get_nowait()
        except queue.Empty:
            return None

    # ---------------------------------------------------------------------------------------------------------- what they do

    def _live(self) -> None:
        try:
            for expected, act in self._script:
                while expected not in self._said.get(timeout=3 * _PATIENCE):
                    pass
                act(self)
        except BaseException as error:
            self.failure = error

    def answer(self, text: str) -> None:
        """Enter a line."""
        self._answers.put(text)

    def pick(self, option: str) -> None:
        """Answer the last question with the number of an option."""
        lines = self.heard_lines[-1].splitlines()
        self.answer(next(line.partition(")")[0].strip() for line in lines if line.strip().endswith(f") {option}")))

    def click(self, words: str, within: str = "", then: str = "") -> None:
        """Press what reads exactly so, once it is there; then something else."""
        before = len(self.heard_lines)
        self._press(words, within)
        if then:
            self._until(lambda: len(self.heard_lines) > before, "a word of the robot", or_go_on=True)
            self._press(then)

    def _press(self, words: str, within: str = "") -> None:
        place = self._until(lambda: self._run(f"{_FIND}({json.dumps(words)}, {json.dumps(within)})"), words)
        time.sleep(_REACTION)
        place = self._run(f"{_FIND}({json.dumps(words)}, {json.dumps(within)})") or place
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def click_part(self, words: str) -> None:
        """Press what holds some words."""
        found = f"[...document.querySelectorAll('a, li')].map((e) => e.textContent.trim()).find((t) => t.includes({json.dumps(words)}))"
        self._press(self._until(lambda: self._run(found), words))

    def choose_option(self, words: str) -> None:
        """Choose an entry of a list of the browser's own with the keyboard."""
        self._until(lambda: self._run("!!document.querySelector('select')"), "a list")
        index = (
            f"[...document.querySelector('select').options].findIndex((one) => one.text.includes({json.dumps(words)}))"
        )
        time.sleep(_REACTION)
        self._run("document.querySelector('select').focus()")
        for _ in range(int(self._run(index))):
            for kind in ("keyDown", "keyUp"):
                self._call(
                    "Input.dispatchKeyEvent", type=kind, key="ArrowDown", code="ArrowDown", windowsVirtualKeyCode=40
                )

    def sign_out(self, words: str) -> None:
        """Open the menu of one's own name, whatever it reads, and press what signs out."""
        self.click(self._until(lambda: self._run("document.querySelector('.person')?.textContent"), "menu"), then=words)

    def sign_in(self, portal: PortalProcess) -> None:
        """Sign in at e-Devlet."""
        self._until(lambda: self._run("!!document.querySelector('[name=egpField]')"), "e-Devlet")
        self._run(
            f"document.querySelector('[name=tridField]').value = '{portal.number}';"
            f"document.querySelector('[name=egpField]').value = '{portal.password}';"
            "document.querySelector('form').submit()"
        )

    def _until(self, ask: Callable[[], Any], what: str, *, or_go_on: bool = False) -> Any:
        end = time.monotonic() + (_ANSWERS if or_go_on else _PATIENCE)
        while not (told := ask()):
            if time.monotonic() > end and or_go_on:
                return None
            if time.monotonic() > end:
                raise AssertionError(f"{what!r} did not come; the page shows {self._run('document.body.innerText')!r}")
            time.sleep(0.05)
        return told

    def _run(self, script: str) -> Any:
        told = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        return told.get("result", {}).get("value")

    def _call(self, method: str, **given: object) -> dict[str, Any]:
        if not self._session:
            new = set(self._browser.tabs) - self._known
            tab = next(iter(new))
            self._session = self._browser.call("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"]
        return self._browser.call(method, self._session, **given)
