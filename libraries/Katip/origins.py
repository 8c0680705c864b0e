"""Origins (scheme, host and port) of addresses and documents: what decides where a secret is typed and a control is pressed.

The rules are those of the HTML standard: a document at ``about:blank`` or ``about:srcdoc`` has its parent's or opener's origin, a
``blob:`` address that of the page that made it, ``data:`` and everything else an origin of its own that equals no other.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

NULL = "null"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9._-]+")
_NOT_IN_AN_ADDRESS = re.compile(r"[\s\\\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class FrameAddress:
    """Where one frame's document comes from.

    Attributes:
        number: the frame's number.
        parent: the number of the frame that holds it, -1 for the page itself.
        url: its address.
        opener: for a page, the address of the page that opened it, else empty.
    """

    number: int
    parent: int
    url: str
    opener: str = ""


def origin_of(url: str) -> str:
    """Return an address's origin as a browser compares it.

    Args:
        url: an address.

    Returns:
        Scheme, host and port, in lower case and without a default port; ``null`` where the address has no origin that equals another.

    Example:
        >>> origin_of("HTTPS://user@Giris.turkiye.gov.tr:443/Giris/gir"), origin_of("data:text/html,x")
        ('https://giris.turkiye.gov.tr', 'null')
    """
    if url[:5].lower() == "blob:":
        return origin_of(url[5:])
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
        if scheme not in _DEFAULT_PORTS or not host or _NOT_IN_AN_ADDRESS.search(parts.netloc):
            return NULL
        name = _ascii(host)
    except ValueError:  # UnicodeError is one too
        return NULL
    return f"{scheme}://{name}" + (f":{port}" if port not in (None, _DEFAULT_PORTS[scheme]) else "")


def _ascii(host: str) -> str:
    if ":" in host:
        return f"[{ipaddress.ip_address(host).compressed}]"
    name = host.lower() if host.isascii() else host.encode("idna").decode("ascii")
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    return name


def is_one_of(origin: str, origins: Collection[str]) -> bool:
    """Return True if an origin equals one of several; ``null`` equals none.

    Args:
        origin: an origin.
        origins: the origins that are allowed.
    """
    return origin != NULL and origin in origins


def origins_of(frames: Iterable[FrameAddress]) -> dict[int, str]:
    """Return the origin of each frame's document.

    Args:
        frames: the frames, each after the one that holds it.

    Returns:
        The frame's number to its origin.
    """
    found: dict[int, str] = {}
    for frame in frames:
        if frame.url == "" or frame.url[:6].lower() == "about:":
            found[frame.number] = found.get(frame.parent, NULL) if frame.parent >= 0 else origin_of(frame.opener)
        else:
            found[frame.number] = origin_of(frame.url)
    return found
