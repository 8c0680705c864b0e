"""Drive the page through the Browser library's own Playwright process; the only module that talks to it.

Everything goes through the functions of ``eyes.js``, one round trip a call. Calls do not pass through Browser's
keywords, so nothing that is typed is ever an argument of a logged keyword.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grpc
from Browser.generated.playwright_pb2 import Request

from Katip.errors import DialogOpen
from Katip.messages import msg
from Katip.reading.bounds import LONGEST_LOOK, TimeLimit, milliseconds
from Katip.reading.driver_errors import cleaned, meaning_of, unreadable
from Katip.reading.snapshot import Box, Dialog, Node, Snapshot

if TYPE_CHECKING:
    from Browser import Browser

_EYES = Path(__file__).with_name("eyes.js")
_ON_PAGES = frozenset(
    {"katipFreshPage", "katipClosePages", "katipJoin", "katipProcess"}
)  # whatever a page does, these work
_NEVER = float("-inf")
_KEY = timedelta(seconds=4)  # the browser's own work, of no portal
_FIRST_EFFECT = timedelta(milliseconds=100)  # of something that was done; what has none is not waited for longer
_FRESH = 0.25  # seconds; a person takes no less to react to what is seen


def _handle(node: Node) -> dict[str, Any]:
    return {"frame": node.frame, "look": node.look, "node": node.index}


class Driver:
    """Looks at the active page and acts on it.

    Args:
        browser: returns the Browser library's instance; called when it is first needed.
        undisturbed: makes a context that defers signals; every call to the browser's process is made in one.

    Attributes:
        clocks: origin to the seconds by which this machine's clock is ahead of its, by ``Date`` headers (RFC 9110, 6.6.1), to about a second.
        own_origins: the portal's origins, for `Snapshot`.
        secret_origins: where every field is covered whole in a picture.
        time_limit: limits what several calls take together.
        check: called with everything new that is seen, before anybody reads it; raises where the page may not be used.
        quiet_for: for how long nothing had moved at the last look; 0 while something was being loaded.
        colours: True to see the colour behind each text too, for portals whose file tells a meaning by colour.
        compared: False to leave out the comparison of texts with a picture of the window (ADR 25).
    """

    def __init__(
        self,
        browser: Callable[[], Browser],
        undisturbed: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._find_browser = browser
        self._undisturbed = undisturbed
        self._browser: Browser | None = None
        self._send: Callable[..., Any] | None = None
        self._loaded: set[Path] = set()
        self._last: Snapshot | None = None
        self._looked_at = _NEVER
        self.quiet_for = timedelta(0)
        self.time_limit = TimeLimit()
        self.clocks: dict[str, float] = {}
        self.own_origins: Collection[str] = ()
        self.secret_origins: Collection[str] = ()
        self.check: Callable[[Snapshot], None] | None = None
        self.colours, self.compared = False, True

    def _call(self, name: str, subject: str = "context", **request: Any) -> Any:
        if name not in {"katipPicture", "katipDoubts", "katipUnread"}:  # these leave the page as it was seen
            self._looked_at = _NEVER
        patience = timedelta(milliseconds=max(request.get("patience", 0), request.get("timeout", 0)))
        limit = self.time_limit.for_call(on_page := name not in _ON_PAGES, patience)
        arguments = json.dumps({"arguments": [[subject, "RESERVED"], ["request", request]]})
        try:
            with self._undisturbed():
                send = self._send or self._connect()
                parts = list(send(Request().KeywordCall(name=name, arguments=arguments), timeout=limit))
        except (AssertionError, ConnectionError) as error:
            raise meaning_of(cleaned(str(error)), name) from None
        except grpc.RpcError as error:
            if error.code() is grpc.StatusCode.DEADLINE_EXCEEDED:
                if self.time_limit.is_over:
                    raise self.time_limit.time_up() from None
                if on_page:
                    raise unreadable(msg("no answer within {longest_look:.0f} s", longest_look=LONGEST_LOOK)) from None
            raise meaning_of(cleaned(f"{error.details()} ({error.code().name})"), name) from None
        body = "".join(part.bodyPart for part in parts) or (parts[-1].json if parts else "")
        return json.loads(body) if body else None

    def call(self, functions: Path, name: str, **request: Any) -> Any:
        """Call a function of another file of functions, which runs beside the browser as ``eyes.js`` does.

        Args:
            functions: the file.
            name: the function's name.
            **request: what it is given.
        """
        if functions not in self._loaded:
            self._find_browser().init_js_extension(functions)
            self._loaded.add(functions)
        return self._call(name, **request)

    def _connect(self) -> Callable[..., Any]:
        """Find the Browser library's process; making a stub costs as much as a look, so it is made once."""
        self._browser = self._find_browser()
        self._browser.init_js_extension(_EYES)
        with self._browser.playwright.grpc_channel() as stub:
            self._send = stub.CallExtensionKeyword
        return self._send

    @property
    def last(self) -> Snapshot:
        """What the last look saw, a moment ago; a new look where time has passed, or where something was done since: at its first effect."""
        acted = self._last is not None and self._looked_at == _NEVER
        return self._fresh or self.look(changed=acted, patience=_FIRST_EFFECT * acted)

    @property
    def _fresh(self) -> Snapshot | None:
        return self._last if time.monotonic() - self._looked_at < _FRESH else None

    def join(self, only: Collection[str] | None = None) -> None:
        """Prepare to read the pages of a browser that was joined; before its first look.

        Args:
            only: origins of which alone documents are read, and of fields in which a person can type only the names; None for all.
        """
        self._call("katipJoin", only=sorted(only) if only is not None else None)

    def forget(self) -> None:
        """Forget the browser; the next call looks for it again."""
        self._browser = self._send = None
        self._loaded.clear()
        self._last, self._looked_at = None, _NEVER

    def look(
        self,
        changed: bool = False,
        patience: timedelta = timedelta(0),
        *,
        still: timedelta = timedelta(0),
        part: Node | None = None,
    ) -> Snapshot:
        """See the page and its visible frames.

        Args:
            changed: wait until something is different from the last look.
            patience: how long to wait.
            still: wait until nothing has moved for so long and nothing is being loaded; with ``changed``, until either.
            part: a node of one of the last looks: nothing in it may move, whatever moves elsewhere. The whole page if it is gone.

        Returns:
            What is seen; the very same snapshot where nothing changed. A page seen quiet a moment ago is not looked at for stillness again.
        """
        if still and not changed and self._fresh and self.quiet_for >= still:
            return self._fresh
        last, self._last = self._last, None  # where the answer is lost, nothing is the same as before
        raw = self._call(
            "katipLook",
            changed=changed,
            patience=milliseconds(patience),
            still=milliseconds(still),
            known=last is not None,
            colours=self.colours,
            part=part and _handle(part),
        )
        self._last = last
        if raw.get("dialog"):
            return Snapshot(raw)
        if raw.get("exceeded"):
            self._last = None
            raise unreadable(raw["exceeded"])
        # A page that is never quiet is taken as it is after a wait for its stillness, also by the next wait.
        waited = still * (part is None and not changed)
        self._looked_at, self.quiet_for = time.monotonic(), max(waited, timedelta(milliseconds=raw.get("quiet", 0)))
        if raw.get("same") and self._last is not None:
            self._last.busy, self._last.started, self._last.failed = raw["busy"], raw["started"], raw["failed"]
            return self._last
        self._last = self._checked(raw)
        return self._last

    def _checked(self, raw: Any) -> Snapshot:
        self.clocks |= {origin: ahead / 1000 for origin, ahead in raw.get("clocks", {}).items()}
        snapshot = Snapshot(raw, self.own_origins)
        if self.check is not None:
            self.check(snapshot)
        return snapshot

    @staticmethod
    def _dialog(raw: Any) -> Dialog | None:
        return Dialog(shown["type"], shown["message"]) if (shown := (raw or {}).get("dialog")) else None

    def click(
        self,
        node: Node,
        timeout: timedelta,
        *,
        owner: Node | None = None,
        count: int = 1,
        by_place: bool = False,
        only: Collection[str] | None = None,
        strict: bool = False,
        typed: Sequence[Node] = (),
        kept: Sequence[Node] = (),
    ) -> Dialog | None:
        """Press something once: a text in the middle of its words. Where anything else would take the press, nothing is pressed.

        Args:
            node: what to press, from one of the last looks.
            timeout: how long it may take until it can be pressed.
            owner: the control that the node is part of; only an overlay over the whole control prevents the press.
            count: 2 for a double click.
            by_place: press it also where it says that it is disabled: it is drawn for something that is hidden.
            only: the origins that page and frame must have in the moment of the press; any where not given.
            strict: no other element may be at that point, not even one without text or a clickable look, and the control must read as it was seen.
            typed: fields in which a secret was typed: they must still hold it, and their form must be sent to one of the origins ``only``.
            kept: what else must read as it was seen, such as the fields of a form or the cells of a row.

        Returns:
            The browser's own dialog that it opened, or None.

        Raises:
            NotPressed: Another control would take the press: nothing was pressed.
            SentElsewhere: Page, frame or form is of another origin: nothing was pressed.
        """
        of: dict[str, Any] = {"owner": owner.index} if owner is not None and owner.frame == node.frame else {}
        answer = self._call(
            "katipClick",
            **_handle(node),
            **of,
            timeout=milliseconds(timeout),
            count=count,
            byPlace=by_place,
            strict=strict,
            compared=self.compared,
            only=sorted(only) if only is not None else None,
            typed=[[field.look, field.index] for field in typed if field.frame == node.frame] if typed else None,
            kept=[[one.look, one.index] for one in kept if one.frame == node.frame],
        )
        return self._dialog(answer)

    def fill(
        self, node: Node, timeout: timedelta, *, only: Collection[str] | None = None, **what: Any
    ) -> Dialog | None:
        """Fill a field.

        Args:
            node: the field, from the last look.
            timeout: how long it may take until it can be filled.
            only: the origins that page, frame and form must have; any where not given.
            **what: ``value`` (text), ``option`` (index in a list), or ``check`` (True/False); ``press`` a key
                afterwards.

        Returns:
            The browser's own dialog that it opened, or None.
        """
        allowed = sorted(only) if only is not None else None
        answer = self._call("katipFill", **_handle(node), timeout=milliseconds(timeout), only=allowed, **what)
        return self._dialog(answer)

    def scroll(self, node: Node, left: float, top: float) -> tuple[float, float]:
        """Scroll what a node holds.

        Args:
            node: the scrolled node, from the last look.
            left: how far from the left, in CSS pixels.
            top: how far from the top, in CSS pixels.

        Returns:
            How far it really is scrolled, from the left and from the top.
        """
        reached = self._call("katipScroll", **_handle(node), left=left, top=top)
        return float(reached[0]), float(reached[1])

    def wheel(self, node: Node, at: tuple[float, float], down: float) -> None:
        """Turn the mouse wheel.

        Args:
            node: any node of the frame, from the last look.
            at: where the pointer is, in CSS pixels of the page's window.
            down: how far, in CSS pixels; negative to turn it up.
        """
        self._call("katipWheel", **_handle(node), x=at[0], y=at[1], down=down)

    def press_key(self, node: Node, key: str) -> None:
        """Press a key in an element that takes the keyboard.

        Args:
            node: the element, from one of the last looks.
            key: the key's name ("PageDown").
        """
        self._call("katipKey", **_handle(node), key=key, timeout=milliseconds(_KEY))

    def drag(self, node: Node, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press the mouse at one place and release it at another.

        Args:
            node: any node of the frame, from the last look.
            start: where it is pressed, in CSS pixels of the page's window.
            end: where it is released.
        """
        self._call("katipDrag", **_handle(node), start=list(start), end=list(end))

    def bring_into_sight(self, node: Node) -> None:
        """Scroll until a node can be seen.

        Args:
            node: the node, from the last look.
        """
        self._call("katipShow", **_handle(node))

    def download(self, node: Node, stem: Path, timeout: timedelta) -> Path:
        """Press something once that brings a file, as a download or in a tab of its own, and keep the file.

        Args:
            node: what to press, from the last look.
            stem: where to keep the file, without the suffix.
            timeout: how long it may take until something comes.

        Returns:
            The file, with the suffix of what came (``bin`` if unknown).

        Raises:
            NoEffect: if nothing comes.
            DialogOpen: if a dialog of the browser comes instead.
        """
        answer = self._call("katipDownload", **_handle(node), stem=str(stem), timeout=milliseconds(timeout))
        self.require_no_dialog(self._dialog(answer), msg("Waiting for a download"))
        return stem.with_name(f"{stem.name}.{answer['suffix']}")

    def answer(self, accept: bool) -> Dialog | None:
        """Answer the browser's own dialog.

        Args:
            accept: True for OK, False for Cancel.

        Returns:
            The dialog that was answered, or None if there was none.
        """
        dialog = self._call("katipAnswer", accept=accept)
        return Dialog(dialog["type"], dialog["message"]) if dialog else None

    def go(self, url: str, timeout: timedelta) -> Dialog | None:
        """Open an address in the active page.

        Args:
            url: the address; an empty one loads the page again.
            timeout: how long it may take.

        Returns:
            The browser's own dialog that it opened, or None.
        """
        return self._dialog(self._call("katipGo", url=url, timeout=milliseconds(timeout)))

    def fresh_page(self, keep: int = 0) -> None:
        """Continue in a new page of the same session and close the current one, whatever is open on it.

        Args:
            keep: how many pages there were when the session began, the present one the last of them; those that were opened later
                are closed too. 0 to close the active page alone.
        """
        self._call("katipFreshPage", keep=keep)

    def empty_page(self, timeout: timedelta) -> None:
        """Leave whatever the active page shows for an empty one in the same tab; a dialog that asks is answered with No.

        Args:
            timeout: how long it may take.
        """
        self.answer(accept=False)
        dialog = self.go("about:blank", timeout)
        if dialog is not None:
            self.answer(accept=dialog.kind == "beforeunload")

    def close_newer_pages(self, keep: int) -> None:
        """Close the pages that were opened last, and go on in the one before them.

        Args:
            keep: how many pages stay.
        """
        self._call("katipClosePages", keep=keep)

    def picture(self, path: Path, secrets: Sequence[str], timeout: timedelta) -> bool:
        """Take a picture of the window, T.C. numbers and secrets covered.

        Args:
            path: the PNG file to write.
            secrets: texts to cover besides valid T.C. numbers and the fields of passwords and codes.
            timeout: how long it may take.

        Returns:
            False if a native dialog is open: then there can be no picture.
        """
        answer = self._call(
            "katipPicture",
            path=str(path),
            secrets=list(secrets),
            wholeOn=sorted(self.secret_origins),
            timeout=milliseconds(timeout),
        )
        return bool((answer or {}).get("path"))

    def cut_out(self, box: Box, timeout: timedelta) -> bytes:
        """Return a picture of a part of the window as it is drawn; for judging its colour, never kept.

        Args:
            box: the part, in CSS pixels of the window.
            timeout: how long it may take.

        Returns:
            A PNG file; empty where a native dialog is open.
        """
        answer = self._call(
            "katipCutOut", x=box.x, y=box.y, width=box.width, height=box.height, timeout=milliseconds(timeout)
        )
        return base64.b64decode((answer or {}).get("png", ""))

    def move_pointer_away(self) -> None:
        """Move the pointer to the window's upper left corner: what lies under a pointer may be drawn in another colour."""
        self._call("katipWheel", x=0, y=0, down=0)

    def version(self) -> str:
        """Return the browser's version."""
        return str(self._call("katipProcess")["version"])

    def require_no_dialog(self, dialog: Dialog | None, doing: str) -> None:
        """Stop where a dialog of the browser came that nobody expected.

        Args:
            dialog: what came, or None.
            doing: what was being done.

        Raises:
            DialogOpen: if there is a dialog; it is left unanswered.
        """
        if dialog is not None:
            raise DialogOpen(doing, msg("no question of the browser"), f'{dialog.kind}: "{dialog.message}"')
