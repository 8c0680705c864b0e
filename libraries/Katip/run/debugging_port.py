"""The debugging port of a browser that is running already: its address is checked, and asked where the browser is controlled."""

from __future__ import annotations

import json
import urllib.request
from urllib.parse import urlsplit

from Katip.errors import BrowserNotJoined
from Katip.messages import msg
from Katip.portal_check import is_loopback
from Katip.system_words import system_words

DEFAULT_CDP_URL = "http://127.0.0.1:9222"
_PATIENCE = 5.0  # seconds
_LONGEST_ANSWER = 100_000  # bytes


def parsed_cdp_url(text: str, problems: list[str]) -> str:
    """Return the address that CDP_URL names, without a path.

    Args:
        text: the setting.
        problems: where a mistake is added.

    Returns:
        The address; the default where the setting is empty.
    """
    if not text:
        return DEFAULT_CDP_URL
    try:
        parts = urlsplit(text)
        usable = parts.scheme == "http" and bool(parts.port) and parts.path in ("", "/")
        usable = usable and not (parts.query or parts.fragment or parts.username or parts.password)
    except ValueError:
        usable = False
    if not usable:
        problems.append(
            msg(
                "CDP_URL is {text!r}; it must be http, a host and a port, such as {example}",
                text=text,
                example=DEFAULT_CDP_URL,
            )
        )
    elif not is_loopback(text):
        problems.append(
            msg(
                "CDP_URL is {text!r}; a browser is joined on this machine only: whoever reaches a debugging port controls the "
                "browser. Write {example}",
                text=text,
                example=DEFAULT_CDP_URL,
            )
        )
    else:
        return text.rstrip("/")
    return DEFAULT_CDP_URL


def control_address(cdp_url: str) -> str:
    """Ask a running browser for the address over which it is controlled.

    Args:
        cdp_url: the address of its debugging port, on this machine.

    Returns:
        A WebSocket address on the same host and port, whatever the answer names.

    Raises:
        BrowserNotJoined: Nothing answers, or what answers is no browser.
    """
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
    try:
        with opener.open(f"{cdp_url}/json/version", timeout=_PATIENCE) as response:
            answer = json.loads(response.read(_LONGEST_ANSWER))
        address = urlsplit(str(answer["webSocketDebuggerUrl"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise not_joined(cdp_url, system_words(error)) from None
    if address.scheme != "ws" or not address.path.startswith("/devtools/browser/"):
        raise not_joined(cdp_url, msg("an answer that is no browser's"))
    return f"ws://{urlsplit(cdp_url).netloc}{address.path}"


def not_joined(cdp_url: str, seen: str) -> BrowserNotJoined:
    """Return the error for a browser that cannot be joined.

    Args:
        cdp_url: the address of its debugging port.
        seen: what came instead.
    """
    return BrowserNotJoined(
        msg("Joining the browser that is running (SIGN_IN:attach)"),
        msg("Edge, Chrome or Chromium to answer at {address}", address=cdp_url),
        seen,
        msg(
            "Start the browser with --remote-debugging-port=9222 and a --user-data-dir of its own (docs/guides/3-signing-in.md), "
            "or give its port with -v CDP_URL:http://127.0.0.1:PORT."
        ),
    )


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the answer must come from this machine."""

    def redirect_request(self, *_: object) -> None:
        """Refuse."""
        return
