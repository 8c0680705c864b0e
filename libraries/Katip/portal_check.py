"""Check a portal's file beyond what its schema says; every fault is reported together."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from Katip.errors import ConfigurationError
from Katip.messages import msg
from Katip.origins import NULL, origin_of
from Katip.portal_procedure_check import problems_of_procedure
from Katip.reading.pager_texts import PagerWords
from Katip.schemas import problems

_LOOPBACK = ("127.", "localhost", "[::1]")


def is_loopback(url: str) -> bool:
    """Return True if an address is on this very machine.

    Args:
        url: an address.

    Returns:
        True for 127.0.0.0/8, localhost and [::1].
    """
    host = (urlsplit(url).hostname or "").lower()
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def checked_origin(name: str, text: str) -> str:
    """Check an address that an operator gave.

    Args:
        name: the setting's name, for the error.
        text: the address: an origin, with an optional path; plain http only on loopback.

    Returns:
        The address without a trailing slash.

    Raises:
        ConfigurationError: if it is none, or would send a secret in the clear.
    """
    doing = msg("Checking the address {name}={text!r}", name=name, text=text)
    parts = urlsplit(text)
    if origin_of(text) == NULL or text[:4].lower() != "http" or "@" in parts.netloc or parts.query or parts.fragment:
        raise ConfigurationError(
            doing,
            msg("an origin such as https://isgkatip.example"),
            msg("something else"),
            msg("Correct {name}.", name=name),
        )
    if parts.scheme == "http" and not is_loopback(text):
        raise ConfigurationError(
            doing,
            msg("https (plain http only on this machine's own loopback)"),
            "http",
            msg("Correct {name}.", name=name),
        )
    return text.rstrip("/")


ADDRESSES = ("site_url", "edevlet_url", "katip_url")
PAGER = tuple(PagerWords.__dataclass_fields__)
LISTS = ("instead", "columns", "fields", "statuses", "texts", "window", "labels", "pager")
OPTIONAL = {"abbreviations", "grids", "patience"}
SECTIONS = {"addresses", "pages", "unsaved", "pace", *OPTIONAL, *LISTS}


def problems_of(raw: Mapping[str, Any]) -> list[str]:
    """Return everything that is wrong with a portal's file.

    Args:
        raw: what the file says, merged with the files that it inherits from.
    """
    found = [
        msg("[{section}] is missing", section=section)
        for section in sorted(SECTIONS - OPTIONAL)
        if not isinstance(raw.get(section), dict)
    ]
    if "name" not in raw:
        found.append(msg("name is missing"))
    found += problems("portal", raw)
    if found:
        return found
    found += _empty_entries(raw)
    pause = raw["pace"]["pause_ms"]
    if isinstance(pause, list) and pause[0] > pause[-1]:
        found.append(msg("[pace] {key} must be one number, or the least and the greatest of two", key="pause_ms"))
    found += _unknown_columns(raw.get("grids") or {})
    found += _problems_of_addresses(raw["addresses"])
    for page, marks in raw["pages"].items():
        found += _problems_of_page(page, marks, raw["labels"])
    return [*found, *problems_of_procedure(raw)]


def _empty_entries(raw: Mapping[str, Any]) -> list[str]:
    """Return which labels, columns, fields and statuses have no wording."""
    return [
        msg("[{section}] {key} must not be empty", section=name, key=key)
        for name in ("labels", "columns", "fields", "statuses")
        for key, value in raw[name].items()
        if not (value.get("names") if isinstance(value, dict) else value)
    ]


def _unknown_columns(grids: Mapping[str, Any]) -> list[str]:
    """Return which required columns of the grids are none of theirs."""
    return [
        msg("[grids.{name}] required {key} is no column", name=name, key=key)
        for name, grid in grids.items()
        for key in grid.get("required", [])
        if key not in grid["columns"]
    ]


def _problems_of_addresses(addresses: Mapping[str, Any]) -> list[str]:
    """Mistakes among the declared origins: what is no origin would not be compared as its author meant."""
    found = []
    origins = addresses.get("katip_origins", [])
    for origin in origins:
        try:
            plain = origin_of(checked_origin("katip_origins", origin)) == origin.lower()
        except ConfigurationError:
            plain = False
        if not plain:
            found.append(
                msg(
                    "[addresses] katip_origins: {origin!r} must be an origin such as "
                    "https://isgkatip.example, without a path; plain http only on this machine's own loopback",
                    origin=origin,
                )
            )
    return found


def _problems_of_page(page: str, marks: Mapping[str, Any], known: Mapping[str, Any]) -> list[str]:
    found = [
        msg("[pages.{page}] {name} is no label", page=page, name=name)
        for key in ("all", "any", "fields", "none")
        for name in marks.get(key, ())
        if name.startswith("@") and name[1:] not in known
    ]
    least, most = marks.get("least", 1), len(marks.get("any", ())) + bool(marks.get("texts"))
    if "least" in marks and (not isinstance(least, int) or not 1 <= least <= most):
        found.append(
            msg(
                "[pages.{page}] least must be a whole number from 1 to {most}, as many as `any` has",
                page=page,
                most=most,
            )
        )
    return found
