"""The gate before a joined browser: what is passed on, what is refused, and which tabs the robot never hears of."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.sync.server import ServerConnection, serve

from Katip.pages.persons_tabs import Tab
from Katip.run.tab_gate import TabGate

_PATIENCE = 5.0
Message = dict[str, Any]


class PlayedBrowser:
    """A browser that writes down what it is asked, and says what a test lets it say."""

    def __init__(self) -> None:
        self.asked: queue.Queue[Message] = queue.Queue()
        self._line: queue.Queue[ServerConnection] = queue.Queue()
        self._server = serve(self._serve, "127.0.0.1", 0)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}/devtools/browser/x"

    def _serve(self, connection: ServerConnection) -> None:
        self._line.put(connection)
        for text in connection:
            self.asked.put(json.loads(text))

    def open(self) -> None:
        self.line = self._line.get(timeout=_PATIENCE)

    def say(self, **message: object) -> None:
        self.line.send(json.dumps(message))

    def attached(self, tab: str, session: str, **more: object) -> None:
        info = {"targetId": tab, "type": "page", "url": "about:blank", **more}
        given = {"sessionId": session, "targetInfo": info, "waitingForDebugger": True}
        self.say(method="Target.attachedToTarget", params=given)

    def next(self) -> Message:
        return self.asked.get(timeout=_PATIENCE)

    def close(self) -> None:
        self._server.shutdown()


class Robot:
    """The robot's end of the line."""

    def __init__(self, line: ClientConnection) -> None:
        self.line = line

    def send(self, number: int, method: str, session: str = "", **given: object) -> None:
        of = {"sessionId": session} if session else {}
        self.line.send(json.dumps({"id": number, "method": method, "params": given, **of}))

    def next(self) -> Message:
        told: Message = json.loads(self.line.recv(_PATIENCE))
        return told


@pytest.fixture
def browser() -> Iterator[PlayedBrowser]:
    played = PlayedBrowser()
    yield played
    played.close()


@pytest.fixture
def gate(browser: PlayedBrowser) -> Iterator[tuple[TabGate, str]]:
    gate = TabGate(browser.address)
    address = gate.open()
    browser.open()
    yield gate, address
    gate.close()


@pytest.fixture
def robot(gate: tuple[TabGate, str]) -> Iterator[Robot]:
    with connect(gate[1], proxy=None) as line:
        yield Robot(line)


def open_tab(robot: Robot, browser: PlayedBrowser) -> None:
    """The robot opens the tab ``own``, which it reaches over the session ``s-own``."""
    robot.send(1, "Target.createTarget", url="about:blank")
    assert browser.next()["method"] == "Target.createTarget"
    browser.attached("own", "s-own")
    browser.say(id=1, result={"targetId": "own"})
    assert robot.next()["params"]["targetInfo"]["targetId"] == "own"
    assert robot.next()["result"] == {"targetId": "own"}


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("Browser.close", {}),
        ("Browser.crash", {}),
        ("Target.createBrowserContext", {}),
        ("Target.getTargets", {}),
        ("Target.getTargetInfo", {"targetId": "theirs"}),
        ("Target.setDiscoverTargets", {"discover": True}),
        ("Target.closeTarget", {"targetId": "theirs"}),
        ("Target.activateTarget", {"targetId": "theirs"}),
        ("Target.attachToTarget", {"targetId": "theirs", "flatten": True}),
        ("Target.createTarget", {"url": "about:blank", "browserContextId": "other"}),
        ("Storage.clearCookies", {}),
    ],
)
def test_commands_that_reach_beyond_the_robots_tabs_are_refused(
    method: str, given: Message, robot: Robot, browser: PlayedBrowser
) -> None:
    robot.send(7, method, **given)
    assert "error" in robot.next()
    robot.send(8, "Browser.getVersion")
    assert browser.next()["method"] == "Browser.getVersion"


def test_downloads_stay_where_the_person_has_set_them(robot: Robot, browser: PlayedBrowser) -> None:
    robot.send(7, "Browser.setDownloadBehavior", behavior="allowAndName", downloadPath="/elsewhere")
    assert robot.next() == {"id": 7, "result": {}}
    robot.send(8, "Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True, flatten=True)
    passed = browser.next()
    assert passed["method"] == "Target.setAutoAttach"
    assert passed["params"]["filter"] == [{"type": "page", "exclude": False}, {"exclude": True}]


def test_persons_tabs_are_let_go_and_never_reach_the_robot(robot: Robot, browser: PlayedBrowser) -> None:
    browser.attached("theirs", "s-theirs")
    assert [browser.next()["method"] for _ in range(2)] == [
        "Runtime.runIfWaitingForDebugger",
        "Target.detachFromTarget",
    ]
    browser.say(method="Page.javascriptDialogOpening", sessionId="s-theirs", params={})
    robot.send(7, "Page.handleJavaScriptDialog", "s-theirs", accept=True)
    assert "error" in robot.next()


def test_tab_of_the_person_that_comes_while_the_robot_opens_one_is_let_go_too(
    robot: Robot, browser: PlayedBrowser
) -> None:
    robot.send(1, "Target.createTarget", url="about:blank")
    browser.next()
    browser.attached("theirs", "s-theirs")
    browser.attached("own", "s-own")
    browser.say(id=1, result={"targetId": "own"})
    assert robot.next()["params"]["sessionId"] == "s-own"
    assert "result" in robot.next()
    assert browser.next()["sessionId"] == "s-theirs"
    assert browser.next()["params"] == {"sessionId": "s-theirs"}


def test_own_tab_and_what_it_opens_are_passed_on(robot: Robot, browser: PlayedBrowser) -> None:
    open_tab(robot, browser)
    browser.attached("popup", "s-popup", openerId="own")
    assert robot.next()["params"]["sessionId"] == "s-popup"
    robot.send(2, "Page.enable", "s-popup")
    assert browser.next()["method"] == "Page.enable"
    for method in ("Browser.close", "Storage.clearCookies", "Target.closeTarget", "Target.attachToTarget"):
        robot.send(3, method, "s-own", targetId="theirs")
        assert "error" in robot.next()


def test_own_tabs_are_closed_at_the_end_and_a_lent_one_is_not(
    gate: tuple[TabGate, str], robot: Robot, browser: PlayedBrowser
) -> None:
    open_tab(robot, browser)

    def answer() -> None:
        while True:
            asked = browser.next()
            if "id" in asked:
                result = {"sessionId": "s-lent"} if asked["method"] == "Target.attachToTarget" else {"success": True}
                said.append((asked["method"], asked["params"].get("targetId", asked["params"].get("sessionId"))))
                browser.say(id=asked["id"], result=result)
            if asked["method"] == "Target.closeTarget":
                return

    said: list[tuple[str, str]] = []
    answering = threading.Thread(target=answer, daemon=True)
    answering.start()
    gate[0].lend(Tab("lent", "https://katip.example/"))
    robot.send(9, "Target.closeTarget", targetId="lent")
    assert robot.next() == {"id": 9, "result": {"success": True}}
    gate[0].close_tabs()
    answering.join(_PATIENCE)
    assert said == [
        ("Target.attachToTarget", "lent"),
        ("Target.detachFromTarget", "s-lent"),
        ("Target.closeTarget", "own"),
    ]


def test_only_one_robot_is_let_in(gate: tuple[TabGate, str], robot: Robot) -> None:
    for address in (gate[1], gate[1].rsplit("/", 1)[0] + "/guessed"):
        with pytest.raises(InvalidStatus), connect(address, proxy=None):
            pass
