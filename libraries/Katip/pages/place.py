"""Know which page is seen: every step asserts that it is where it must be, and says what it saw instead when it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from Katip.errors import ForeignOrigin, Maintenance, PortalErrorPage, PortalUnreachable, SessionOver, WrongPage
from Katip.messages import msg
from Katip.origins import NULL, is_one_of, origin_of
from Katip.portal import PageMarks, Portal
from Katip.reading import field_finder, headers
from Katip.reading.labels import Label
from Katip.reading.snapshot import Snapshot
from Katip.turkish import fold, without_counter

_SERVER_ERROR = 500
_DIGITS = re.compile(r"\d+")  # a time of day on a page makes it no other page
_NOT_SIGNED_IN = (401, 403, 440)


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What is known of the page that is seen.

    Attributes:
        pages: keys of the pages whose marks are all there (a form may cover the grid of the home page).
        title: what a person calls it.
    """

    pages: frozenset[str]
    title: str


def _has(label: Label, keys: frozenset[str], portal: Portal) -> bool:
    return bool(portal.wording.words.keys(label.names) & keys)


def _keys(snapshot: Snapshot, portal: Portal) -> frozenset[str]:
    texts = {
        piece.text for piece in snapshot.pieces if not piece.is_value and not piece.cut_off and len(piece.text) < 120
    }
    texts |= {
        snapshot.text_of(node) for node in snapshot.nodes if node.tag in ("a", "button") and len(node.children) > 1
    }
    texts |= {piece.without_badge for piece in snapshot.pieces if len(piece.runs) > 1 and not piece.cut_off}
    return portal.wording.words.keys({*texts, *map(without_counter, texts)})


def _missing(snapshot: Snapshot, marks: PageMarks, keys: frozenset[str], portal: Portal) -> Iterator[str]:
    """By which of its marks a page is not known again, in words."""
    yield from (f'"{label}"' for label in marks.all if not _has(label, keys, portal))
    if not _has_enough(snapshot, marks, keys, portal):
        alternatives = ", ".join(f'"{each}"' for each in (*marks.any, *marks.texts))
        yield f"{'one' if marks.least == 1 else marks.least} of {alternatives}"
    yield from (msg('a page without "{label}"', label=label) for label in marks.none if _has(label, keys, portal))
    yield from (
        msg('the field "{label}"', label=label) for label in marks.fields if not _has_field(snapshot, label, portal)
    )
    if not _has_columns(snapshot, marks, portal):
        yield msg("a grid with ") + ", ".join(f'"{portal.columns[column]}"' for column in marks.columns)


def _folded_text(snapshot: Snapshot) -> str:
    text: str = snapshot.remembered("folded text", lambda: fold(snapshot.text))
    return text


def _has_enough(snapshot: Snapshot, marks: PageMarks, keys: frozenset[str], portal: Portal) -> bool:
    """True if a page has as many of its alternative marks as it must; all of its texts count as one."""
    if not (marks.texts or marks.any):
        return True
    by_text = any(fold(text) in _folded_text(snapshot) for text in marks.texts)
    return by_text + sum(_has(label, keys, portal) for label in marks.any) >= marks.least


def _has_columns(snapshot: Snapshot, marks: PageMarks, portal: Portal) -> bool:
    if not marks.columns:
        return True
    return bool(headers.find_headers(snapshot, portal.columns, portal.wording.words, marks.columns))


def _has_field(snapshot: Snapshot, label: Label, portal: Portal) -> bool:
    try:
        field_finder.find_field(snapshot, label, portal.wording.words)
    except Exception:
        return False
    return True


def place_of(snapshot: Snapshot, portal: Portal) -> SeenPage:
    """Return which of the procedure's pages is shown.

    Args:
        snapshot: what is seen.
        portal: the portal in use.

    Returns:
        The place; no pages where it is none that is known.
    """
    place: SeenPage = snapshot.remembered(("place", id(portal)), lambda: _place_of(snapshot, portal))
    return place


def _place_of(snapshot: Snapshot, portal: Portal) -> SeenPage:
    keys = _keys(snapshot, portal)
    own = is_one_of(snapshot.origin, portal.katip_origins)
    found = [
        key
        for key, marks in portal.pages.items()
        if (own or key not in portal.signed_in_pages) and not any(_missing(snapshot, marks, keys, portal))
    ]
    if "workplaces" in found:  # its button may be that of a page before it
        found = [key for key in found if key not in {step.page for step in portal.procedure.after}]
    titles = [portal.pages[key].title for key in found]
    return SeenPage(frozenset(found), titles[-1] if titles else _shown(snapshot))


def is_on(snapshot: Snapshot, portal: Portal, page: str) -> bool:
    """Return True if one page is seen.

    Args:
        snapshot: what is seen.
        portal: the portal in use.
        page: the page's key.

    Returns:
        True if all of its marks are there.
    """
    return page in place_of(snapshot, portal).pages


def _shown(snapshot: Snapshot) -> str:
    words = " ".join(snapshot.text.split())[:160]
    address = snapshot.url.split("?")[0]
    return (
        msg('an unknown page at {address} saying "{words}"', address=address, words=words)
        if words
        else msg("an empty page at {address}", address=address)
    )


def trouble_of(
    snapshot: Snapshot, portal: Portal, doing: str, expected: str, signed_in: bool = False
) -> WrongPage | PortalUnreachable | None:
    """Return the error that an unexpected page states itself: maintenance, session over, an error page.

    Args:
        snapshot: what is seen.
        portal: the portal in use.
        doing: what was being done.
        expected: what a person calls the page that was expected.
        signed_in: True if somebody is signed in, so that a page before the sign-in means that the session is over.

    Returns:
        The error to raise, or None if the page says nothing of the kind.
    """
    if snapshot.url.startswith("chrome-error:"):
        return PortalUnreachable(
            doing,
            expected,
            msg("the browser's own error page"),
            msg("Check the address and the network, then run again."),
        )
    shown = " ".join(snapshot.text.split())[:240]
    if _says(snapshot, portal, "maintenance"):
        return Maintenance(
            doing,
            expected,
            msg('a maintenance page: "{shown}"', shown=shown),
            msg("Run again when the portal is open."),
        )
    if _says_session_over(snapshot, portal, signed_in):
        return _session_over(doing, expected, msg('the session is over: "{shown}"', shown=shown))
    if _is_error_page(snapshot, portal):
        code = snapshot.http_status
        status = msg(" (HTTP {http_status})", http_status=code) if code >= _SERVER_ERROR else ""
        return PortalErrorPage(
            doing,
            expected,
            msg('an error page{status}: "{shown}"', status=status, shown=shown),
            msg("Run again; if it stays, ask the portal's support."),
        )
    return _shown_before_sign_in(snapshot, portal, doing, expected) if signed_in else None


def _says(snapshot: Snapshot, portal: Portal, kind: str) -> bool:
    """True if a page says one of the portal's phrases of a kind."""
    return any(fold(text) in _folded_text(snapshot) for text in portal.instead.get(kind, ()))


def _says_session_over(snapshot: Snapshot, portal: Portal, signed_in: bool) -> bool:
    if _says(snapshot, portal, "session_over") or _says(snapshot, portal, "signed_out"):
        return True
    return signed_in and snapshot.http_status in _NOT_SIGNED_IN


def _is_error_page(snapshot: Snapshot, portal: Portal) -> bool:
    if snapshot.http_status >= _SERVER_ERROR:
        return True
    return _says(snapshot, portal, "error") and not place_of(snapshot, portal).pages


def _session_over(doing: str, expected: str, seen: str) -> SessionOver:
    return SessionOver(doing, expected, seen, msg("Run again; the robot signs in again."))


def _shown_before_sign_in(snapshot: Snapshot, portal: Portal, doing: str, expected: str) -> SessionOver | None:
    """Return the error of a page that is shown only to somebody who is not signed in, or None."""
    place = place_of(snapshot, portal)
    if is_before_sign_in(snapshot, portal):
        return _session_over(doing, expected, msg("the portal went back to {title}", title=place.title))
    if place.pages & set(portal.pages_before_sign_in) - {"site"}:
        return _session_over(doing, expected, msg("the portal shows {title}", title=place.title))
    return None


def is_before_sign_in(snapshot: Snapshot, portal: Portal) -> bool:
    """Return True if a page is of e-Devlet's or the OSGB site's origin, and not of KATİP's too.

    Args:
        snapshot: what is seen.
        portal: the portal in use.
    """
    before = {origin_of(portal.edevlet_url), origin_of(portal.site_url)} - portal.katip_origins
    return is_one_of(snapshot.origin, before)


def foreign_page(snapshot: Snapshot, portal: Portal, doing: str, expected: str) -> ForeignOrigin | None:
    """Return what is wrong with a page that is of none of the portal's origins.

    Args:
        snapshot: what is seen.
        portal: the portal in use.
        doing: what was being done.
        expected: what a person calls the page that was expected.

    Returns:
        The error to raise, or None for KATİP, for a page before the sign-in, and for an empty page or the browser's own.
    """
    if is_one_of(snapshot.origin, portal.katip_origins) or is_before_sign_in(snapshot, portal):
        return None
    address = snapshot.url.split("?")[0].split("#")[0]
    if snapshot.origin == NULL and (address in ("", "about:blank") or address.startswith("chrome-error:")):
        return None
    shown = (
        snapshot.origin
        if snapshot.origin != NULL
        else msg("an address without an origin ({address})", address=address[:60])
    )
    return ForeignOrigin(
        doing,
        msg(
            "{expected} on {katip_origins}",
            expected=expected,
            katip_origins=" or ".join(sorted(portal.katip_origins)) or "KATİP",
        ),
        msg("a page on {shown}", shown=shown),
        msg(
            "Nothing is read or pressed there. If the portal has moved, name its origin in the "
            "portal's file under [addresses] katip_origins."
        ),
    )


def wrong_page(
    snapshot: Snapshot, portal: Portal, doing: str, pages: Sequence[str], signed_in: bool = False
) -> WrongPage | PortalUnreachable:
    """Return the error for a page that is not the expected one.

    Args:
        snapshot: what is seen.
        portal: the portal in use.
        doing: what was being done.
        pages: the keys of the pages that were expected.
        signed_in: True if somebody is signed in.

    Returns:
        The error to raise; it names what of the expected pages is not seen.
    """
    expected = titles_of(pages, portal)
    keys = _keys(snapshot, portal)
    missing = "; ".join(
        msg(
            "{title} lacks {snapshot}",
            title=portal.pages[page].title,
            snapshot=", ".join(_missing(snapshot, portal.pages[page], keys, portal)),
        )
        for page in pages
    )
    known = trouble_of(snapshot, portal, doing, expected, signed_in)
    if known is None and not set(pages) & set(portal.pages_before_sign_in):
        known = foreign_page(snapshot, portal, doing, expected)
    if known is not None:
        return known
    place = place_of(snapshot, portal)
    error = WrongPage(
        doing,
        msg("the page {expected}", expected=expected),
        f"{place.title} ({missing})",
        msg("If the portal words the page otherwise, add its words to the portal's file under [pages] or [labels]."),
    )
    if not place.pages:
        error.unknown = _DIGITS.sub("", " ".join(snapshot.text.split()))
    return error


def titles_of(pages: Sequence[str], portal: Portal) -> str:
    """Return what a person calls one of several pages.

    Args:
        pages: the pages' keys.
        portal: the portal in use.

    Returns:
        The titles.
    """
    return " / ".join(portal.pages[page].title for page in pages)
