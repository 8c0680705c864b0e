"""A gate between the robot and the person's running browser: through it the robot reaches tabs of its own, and no other.

Playwright attaches to every tab of a browser that it joins: it would wait for tabs that a dialog blocks, answer their dialogs, and
take over where downloads go. The gate passes on the commands and events of the robot's tabs and of what these open. All other tabs are let
go before anything is asked of them. It runs in the robot's own process: if that is killed, the connection to the browser ends with it.

The messages are those of the Chrome DevTools Protocol: https://chromedevtools.github.io/devtools-protocol/tot/Target/
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
from collections.abc import Collection
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAnswerError
from contextlib import ExitStack, suppress
from typing import Any, Final

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.http11 import Request, Response
from websockets.sync.client import ClientConnection, connect
from websockets.sync.server import ServerConnection, serve

from Katip.origins import is_one_of, origin_of
from Katip.pages.persons_tabs import Tab

ProtocolMessage = dict[str, Any]

_SILENT = logging.getLogger(f"{__name__}.silent")  # what passes the gate is in no log
_SILENT.disabled = True

_OWN_IDS: Final = 1 << 30  # the gate's own commands; Playwright counts its from 1
_PATIENCE: Final = 5.0  # seconds
_PAGES_ONLY: Final = [{"type": "page", "exclude": False}, {"exclude": True}]
# Commands to the browser itself that are passed on as they are.
_OPEN: Final = frozenset({"Browser.getVersion", "Target.getTargetInfo", "Target.attachToBrowserTarget"})
# Answered by the gate: it would send the person's downloads elsewhere.
_ANSWERED: Final = frozenset({"Browser.setDownloadBehavior"})
_WITH_A_TAB: Final = frozenset({"Target.attachToTarget", "Target.activateTarget", "Target.closeTarget"})
_WITH_AN_ANSWER: Final = frozenset({"Target.createTarget", "Target.attachToTarget", "Target.attachToBrowserTarget"})
# What a tab's own session may not be used for: these concern the whole browser.
_NOT_IN_A_TAB: Final = ("Browser.", "Storage.", "SystemInfo.", "Tethering.")
_TARGET_IN_A_TAB: Final = frozenset({"Target.setAutoAttach", "Target.detachFromTarget"})


class TabGate:
    """Lets one robot reach its own tabs of a running browser.

    Args:
        address: the WebSocket address over which the browser is controlled.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._token = secrets.token_urlsafe(24)
        self._stack = ExitStack()
        self._lock = threading.Lock()
        self._browser: ClientConnection | None = None
        self._robot: ServerConnection | None = None
        self._tabs: set[str] = set()
        self._lent: dict[str, str] = {}  # tabs of the person's, with the session over which the robot reaches them
        self._sessions: set[str] = set()
        self._roots: set[str] = set()
        self._asked: dict[tuple[str, int], str] = {}
        self._opening = 0
        self._held: list[ProtocolMessage] = []
        self._answers: dict[int, Future[ProtocolMessage]] = {}
        self._next_id = _OWN_IDS

    # ----------------------------------------------------------------------------------------------------- open and close

    def open(self) -> str:
        """Connect to the browser, and wait for the robot.

        Returns:
            The WebSocket address at which the robot is let in, once.

        Raises:
            OSError: The browser does not answer.
        """
        more: ProtocolMessage = {"max_size": None, "compression": None, "ping_interval": None, "logger": _SILENT}
        try:
            self._browser = self._stack.enter_context(
                connect(self._address, proxy=None, open_timeout=_PATIENCE, close_timeout=1, **more)
            )
        except WebSocketException as error:
            raise ConnectionError(str(error)) from error
        server = self._stack.enter_context(
            serve(self._serve_robot, "127.0.0.1", 0, process_request=self._admit, close_timeout=1, **more)
        )
        # Daemons, and so are the threads that they start: none keeps the robot's process from ending.
        threading.Thread(target=server.serve_forever, daemon=True).start()
        threading.Thread(target=self._serve_browser, args=(self._browser,), daemon=True).start()
        return f"ws://127.0.0.1:{server.socket.getsockname()[1]}/{self._token}"

    def close_tabs(self) -> None:
        """Close the robot's own tabs; what was lent stays."""
        with self._lock:
            own = sorted(self._tabs - set(self._lent))
        for tab in own:
            with suppress(OSError):
                self._ask("Target.closeTarget", targetId=tab)

    def close(self) -> None:
        """Leave the browser: whatever the robot set in a lent tab ends with the connection."""
        with suppress(OSError, WebSocketException):
            self._stack.close()

    # --------------------------------------------------------------------------------------------------------------- tabs

    def tabs_on(self, origins: Collection[str]) -> list[Tab]:
        """Return the person's tabs on some origins; nothing of any other tab is kept.

        Args:
            origins: the origins.

        Raises:
            OSError: The browser does not answer.
        """
        targets = self._ask("Target.getTargets", filter=_PAGES_ONLY)["targetInfos"]
        with self._lock:
            return [
                Tab(info["targetId"], info["url"])
                for info in targets
                if is_one_of(origin_of(info["url"]), frozenset(origins)) and info["targetId"] not in self._tabs
            ]

    def lend(self, tab: Tab) -> None:
        """Make a tab of the person's accessible to the robot.

        Args:
            tab: the tab; it is never closed.

        Raises:
            OSError: The browser does not answer.
        """
        with self._lock:
            self._tabs.add(tab.id)
            self._lent[tab.id] = ""
        session = self._ask("Target.attachToTarget", targetId=tab.id, flatten=True)["sessionId"]
        with self._lock:
            self._lent[tab.id] = session

    def give_back(self, tab: Tab) -> None:
        """Make a lent tab inaccessible to the robot again.

        Args:
            tab: the tab.
        """
        with suppress(OSError):
            self._release(tab.id)

    def _release(self, tab: str) -> None:
        with self._lock:
            session = self._lent.pop(tab, "")
            self._tabs.discard(tab)
        if session:
            self._send("Target.detachFromTarget", sessionId=session)

    # --------------------------------------------------------------------------------------------------- from the robot

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        """Admit the robot alone, once."""
        with self._lock:
            if secrets.compare_digest(request.path, f"/{self._token}") and self._robot is None:
                self._robot = connection
                return None
        return connection.respond(403, "")

    def _serve_robot(self, connection: ServerConnection) -> None:
        with suppress(ConnectionClosed, OSError):
            for text in connection:
                self._from_robot(str(text))

    def _from_robot(self, text: str) -> None:
        message: ProtocolMessage = json.loads(text)
        method = message["method"]
        with self._lock:
            to_browser, allowed = self._admitted(message)
        if method in _ANSWERED and to_browser:
            self._to_robot(_answer_to(message, result={}))
        elif not allowed:
            refusal = {"code": -32000, "message": f"{method} is not passed on to the person's browser"}
            self._to_robot(_answer_to(message, error=refusal))
        elif method == "Target.closeTarget" and message["params"]["targetId"] in self._lent:
            self._release(message["params"]["targetId"])  # the robot takes its end for the closing; the tab stays
            self._to_robot(_answer_to(message, result={"success": True}))
        elif method == "Target.setAutoAttach" and to_browser:
            self._to_browser({**message, "params": {**message["params"], "filter": _PAGES_ONLY}})
        else:
            self._to_browser(text)

    def _admitted(self, message: ProtocolMessage) -> tuple[bool, bool]:
        """Return whether a command is to the browser itself, and whether it may be sent at all; to be called under the lock."""
        session, method = message.get("sessionId", ""), message["method"]
        to_browser = not session or session in self._roots
        allowed = self._may_command(message) if to_browser else session in self._sessions and _may_be_sent(method)
        if allowed and method in _WITH_AN_ANSWER:
            self._asked[session, message["id"]] = method
            self._opening += method == "Target.createTarget"
        return to_browser, allowed

    def _may_command(self, message: ProtocolMessage) -> bool:
        """Return True if the robot may send a command to the browser itself."""
        method, given = message["method"], message.get("params", {})
        tab = given.get("targetId")
        if method in _WITH_A_TAB:
            return tab in self._tabs
        if method == "Target.detachFromTarget":
            return given.get("sessionId") in self._sessions | self._roots
        if method == "Target.createTarget":
            return not given.get("browserContextId")
        return method == "Target.setAutoAttach" or (method in _OPEN and not tab)

    # ------------------------------------------------------------------------------------------------- from the browser

    def _serve_browser(self, browser: ClientConnection) -> None:
        with suppress(ConnectionClosed, OSError):
            for text in browser:
                self._from_browser(str(text))
        with self._lock:
            waiting, self._answers = list(self._answers.values()), {}
        for answer in waiting:
            answer.set_exception(ConnectionError("the browser has gone"))
        if self._robot is not None:
            self._robot.close()

    def _from_browser(self, text: str) -> None:
        message: ProtocolMessage = json.loads(text)
        if message.get("id", 0) >= _OWN_IDS:
            with self._lock:
                answer = self._answers.pop(message["id"], None)
            if answer is not None:
                answer.set_result(message)
        elif "id" in message:
            self._learn(message)
            self._to_robot(text)
        elif self._is_for_robot(message):
            self._to_robot(text)

    def _learn(self, answer: ProtocolMessage) -> None:
        """Register the tabs and sessions that an answer names, after deciding on the messages held back for it."""
        with self._lock:
            method = self._asked.pop((answer.get("sessionId", ""), answer["id"]), "")
            result = answer.get("result", {})
            if method == "Target.attachToBrowserTarget" and "sessionId" in result:
                self._roots.add(result["sessionId"])
            elif method == "Target.attachToTarget" and "sessionId" in result:
                self._sessions.add(result["sessionId"])
            held: list[ProtocolMessage] = []
            if method == "Target.createTarget":
                self._opening -= 1
                self._tabs |= {result["targetId"]} if "targetId" in result else set()
                held, self._held = self._held, []
        for event in held:
            if self._is_for_robot(event):
                self._to_robot(event)

    def _is_for_robot(self, event: ProtocolMessage) -> bool:
        """Return True if an event is of the robot's tabs; a tab that is none is let go."""
        session, method, params = event.get("sessionId", ""), event["method"], event.get("params", {})
        with self._lock:
            of_tab = session in self._sessions
            if not of_tab and session and session not in self._roots:
                return False
            if method == "Target.detachedFromTarget":
                known = params["sessionId"] in self._sessions | self._roots
                self._sessions.discard(params["sessionId"])
                self._roots.discard(params["sessionId"])
                return known
            if method != "Target.attachedToTarget":
                return of_tab
            info = params["targetInfo"]
            if info["type"] == "browser":  # only ever in answer to the robot's own command
                self._roots.add(params["sessionId"])
                return True
            if of_tab or info["targetId"] in self._tabs or info.get("openerId") in self._tabs:
                self._sessions.add(params["sessionId"])
                self._tabs |= set() if of_tab else {info["targetId"]}
                return True
            if self._opening:
                self._held.append(event)
                return False
        self._let_go(params["sessionId"])
        return False

    def _let_go(self, session: str) -> None:
        """Leave a tab that is not the robot's; one that is just being opened goes on."""
        self._send("Runtime.runIfWaitingForDebugger", session)
        self._send("Target.detachFromTarget", sessionId=session)

    # ----------------------------------------------------------------------------------------------------------- messages

    def _ask(self, method: str, **given: Any) -> ProtocolMessage:
        """Send a command of the gate's own and wait for its answer."""
        answer: Future[ProtocolMessage] = Future()
        self._send(method, answer=answer, **given)
        try:
            reply = answer.result(_PATIENCE)
        except NoAnswerError:
            raise ConnectionError(f"the browser does not answer to {method}") from None
        if "error" in reply:
            raise ConnectionError(f"{method}: {reply['error'].get('message')}")
        result: ProtocolMessage = reply["result"]
        return result

    def _send(
        self, method: str, session: str = "", answer: Future[ProtocolMessage] | None = None, **given: object
    ) -> None:
        with self._lock:
            self._next_id += 1
            number = self._next_id
            if answer is not None:
                self._answers[number] = answer
        of: ProtocolMessage = {"sessionId": session} if session else {}
        self._to_browser({"id": number, "method": method, "params": given, **of})

    def _to_browser(self, message: ProtocolMessage | str) -> None:
        if self._browser is None:
            raise ConnectionError("the browser was not joined")
        try:
            self._browser.send(message if isinstance(message, str) else json.dumps(message))
        except ConnectionClosed as error:
            raise ConnectionError("the browser has gone") from error

    def _to_robot(self, message: ProtocolMessage | str) -> None:
        if self._robot is not None:
            with suppress(ConnectionClosed):
                self._robot.send(message if isinstance(message, str) else json.dumps(message))


def _may_be_sent(method: str) -> bool:
    """Return True if a command concerns the tab alone in whose session it is sent."""
    if method.startswith("Target."):
        return method in _TARGET_IN_A_TAB
    return not method.startswith(_NOT_IN_A_TAB)


def _answer_to(message: ProtocolMessage, **content: object) -> ProtocolMessage:
    of: ProtocolMessage = {"sessionId": message["sessionId"]} if message.get("sessionId") else {}
    return {"id": message["id"], **of, **content}
