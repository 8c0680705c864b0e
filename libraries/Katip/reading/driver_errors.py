"""What the messages of the browser's driver mean, as errors of the library."""

from __future__ import annotations

import re

from Katip.errors import (
    ApplicationError,
    BrowserGone,
    CannotRecord,
    ControlDisabled,
    NoEffect,
    NotPressed,
    PageUnreadable,
    PortalUnreachable,
    SentElsewhere,
    Vanished,
)
from Katip.messages import msg, msg_id
from Katip.reading.doubts import reason

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_GONE = re.compile(
    r"has been closed|Target closed|Browser closed|process has been terminated|failed to connect|Socket closed|"
    r"Connection refused|DEADLINE_EXCEEDED|No browser|no open browser|Page crashed|UNAVAILABLE|Could not connect",
    re.IGNORECASE,
)
_VANISHED = re.compile(r"KATIP-GONE|not attached to the DOM")
_UNTOUCHED = "KATIP-UNTOUCHED: "
_ELSEWHERE = re.compile(r"KATIP-ELSEWHERE: (.+)")
_DOUBT = re.compile(r"KATIP-TAKEN: doubt (.+?)(?: \([A-Z_]+\))?$")
_TAKEN = re.compile(r"KATIP-TAKEN: (.+?)(?: \([A-Z_]+\))?$")
_FULL = re.compile(r"\bENOSPC\b")
_NETWORK = re.compile(r"net::ERR_\w+|NS_ERROR_\w+|Navigation timeout|goto: Timeout")

_NETWORK_WORDS = {
    "NAME_NOT_RESOLVED": msg_id("this address is not known; is there an internet connection, is the address right?"),
    "INTERNET_DISCONNECTED": msg_id("there is no internet connection"),
    "NETWORK_CHANGED": msg_id("the network connection changed meanwhile"),
    "CONNECTION_REFUSED": msg_id("nothing answers at this address"),
    "CONNECTION_RESET": msg_id("the connection was broken off"),
    "CONNECTION_CLOSED": msg_id("the connection was broken off"),
    "CONNECTION_TIMED_OUT": msg_id("the address did not answer in time"),
    "TIMED_OUT": msg_id("the address did not answer in time"),
    "ADDRESS_UNREACHABLE": msg_id("no way leads to this address; is there an internet connection?"),
    "PROXY_CONNECTION_FAILED": msg_id("the proxy server does not answer; `katip doctor` names its setting"),
    "CERT_AUTHORITY_INVALID": msg_id("its certificate is not trusted here; `katip doctor --portal` says more"),
    "CERT_DATE_INVALID": msg_id("its certificate is not valid today; is this machine's date right?"),
    "CERT_COMMON_NAME_INVALID": msg_id("its certificate is another address's"),
}


def _network_words(message: str) -> str:
    """Return in plain words what the browser said of an address, with its own words behind."""
    found = re.search(r"net::ERR_(\w+)", message)
    words = _NETWORK_WORDS.get(found[1], "") if found else ""
    return msg("{meaning} ({words})", meaning=msg(words), words=message) if words else message


def cleaned(message: str) -> str:
    """Return an error's message without colours and call logs.

    Args:
        message: what the browser's driver said.

    Returns:
        The first line that is not empty.
    """
    text = _ANSI.sub("", message)
    return next((line.strip() for line in text.splitlines() if line.strip()), text).removeprefix("Error: ")


def unreadable(seen: str) -> PageUnreadable:
    """Return the error for a page that exceeds the limits of a look.

    Args:
        seen: which limit it exceeds.
    """
    return PageUnreadable(
        msg("Looking at the page"),
        msg("one that can be read in bounded time"),
        seen,
        msg("Look at the portal by hand, then run again."),
    )


def meaning_of(message: str, name: str) -> ApplicationError:
    """Return the error that a message of the browser's driver means.

    Args:
        message: the message, as `cleaned` returns it.
        name: the name of the call.
    """
    before, mark, rest = message.partition(_UNTOUCHED)
    error = _meaning(before + rest, name)
    error.before_press = bool(mark)
    return error


def _meaning(message: str, name: str) -> ApplicationError:
    if _GONE.search(message):
        return BrowserGone(
            msg("Working on the page"),
            msg("an open browser"),
            message,
            msg("The next run starts a browser of its own."),
        )
    if elsewhere := _ELSEWHERE.search(message):
        return SentElsewhere(
            msg("Pressing a control"),
            msg("page, frame and form on the allowed origin"),
            elsewhere[1],
            msg("Nothing was pressed."),
        )
    if doubt := _DOUBT.search(message):
        return NotPressed(
            msg("Pressing a control"),
            msg("each text drawn as it is written, and nothing over it"),
            reason(doubt[1]),
            msg("Nothing was pressed."),
        )
    if taken := _TAKEN.search(message):
        return NotPressed(
            msg("Pressing a control"),
            msg("that nothing else covers it"),
            msg("{taken} over it", taken=taken[1]),
            msg("Nothing was pressed."),
        )
    if _VANISHED.search(message):
        return Vanished(
            msg("Pressing a control"), msg("it to be there still"), message, msg("Nothing was pressed; run again.")
        )
    if _FULL.search(message):
        return CannotRecord(
            msg("Writing a picture"),
            msg("a folder with free space that may be written to"),
            msg("the disk is full"),
            msg("Make space or choose another output folder; nothing is approved that cannot be recorded."),
        )
    if _NETWORK.search(message):
        return PortalUnreachable(
            msg("Opening the address"),
            msg("a page"),
            _network_words(message),
            msg("Check the address and the network, then run again."),
        )
    if "not enabled" in message or "element is not enabled" in message:
        return ControlDisabled(msg("Pressing a control"), msg("one that can be pressed"), message)
    return NoEffect(
        msg("Acting on the page ({name})", name=name.removeprefix("katip").lower()),
        msg("the page to react"),
        message,
    )
