"""A page that follows the sign-in and is not known: describe it, and end the session that is open on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from robot.api import logger

from Katip.errors import ForeignOrigin, KatipError, UnknownAfterSignIn
from Katip.messages import msg, msg_id
from Katip.origins import is_one_of, origin_of
from Katip.pages.place import foreign_page, place_of
from Katip.portal import Portal, load_portal, portal_names
from Katip.reading import labels
from Katip.reading.labels import Control, Kind, Label
from Katip.reading.snapshot import Piece, Snapshot
from Katip.session import Session
from Katip.sign_in_state import SignInState
from Katip.turkish import visible

_DOING = msg_id("Signing in at e-Devlet")
_HEADINGS = ("h1", "h2", "h3", "h4", "legend", "caption")
_MOST_NAMED = 12
_STAYS_OPEN = msg_id("The tab was closed and the session may still be open: sign out by hand.")


@cache
def _shipped_sign_outs() -> tuple[Label, ...]:
    """Return the `sign_out` labels of all portal files that ship with the project."""
    return tuple(load_portal(name).labels["sign_out"] for name in portal_names())


def sign_out_on(snapshot: Snapshot, portal: Portal) -> Control | None:
    """Find what signs out on a page that is not known.

    Args:
        snapshot: what is seen.
        portal: the portal in use.

    Returns:
        A control whose words are wholly a `sign_out` label of a shipped portal file or of the one in use; None if there is none, or
        the page is neither KATİP's nor e-Devlet's.
    """
    if not is_one_of(snapshot.origin, {*portal.katip_origins, origin_of(portal.edevlet_url)}):
        return None
    for label in (portal.labels["sign_out"], *_shipped_sign_outs()):
        for control in labels.hits(snapshot, label, portal.wording.words):
            acts = control.kind not in (Kind.HEADING, Kind.ANY)
            if acts and control.whole and control.in_sight and not control.disabled:
                return control
    return None


def described(snapshot: Snapshot, covered: Callable[[str], str]) -> str:
    """Describe a page by its headings and by what can be pressed on it.

    Args:
        snapshot: what is seen.
        covered: covers numbers and secrets in a text.

    Returns:
        One sentence without its full stop.
    """
    headings = _named(piece for piece in snapshot.pieces if _is_heading(piece))
    pressed = _named(piece for piece in snapshot.pieces if _acts(piece))
    address = snapshot.url.split("?")[0].split("#")[0]
    return covered(
        msg(
            "a page at {address} that is not known, headed {headings}; on it can be pressed: {pressed}",
            address=address,
            headings=headings or msg("by nothing"),
            pressed=pressed or msg("nothing"),
        )
    )


def _named(pieces: Iterator[Piece]) -> str:
    names = dict.fromkeys(visible(piece.text)[:60] for piece in pieces if piece.in_sight and piece.text.strip())
    more = msg(" and {count} more", count=len(names) - _MOST_NAMED) if len(names) > _MOST_NAMED else ""
    return ", ".join(f'"{name}"' for name in list(names)[:_MOST_NAMED]) + more


def _is_heading(piece: Piece) -> bool:
    around = [piece.node, *piece.node.ancestors()][:4]
    return any(node.tag in _HEADINGS or node.role == "heading" for node in around)


def _acts(piece: Piece) -> bool:
    around = [piece.node, *piece.node.ancestors()][:3]
    return not piece.is_value and any(
        node.tag in ("a", "button", "summary")
        or node.role in ("button", "link", "menuitem", "tab")
        or node.input_type in ("submit", "button")
        for node in around
    )


def left_unknown_page(
    session: Session, snapshot: Snapshot, sign_out: Callable[[Control, Snapshot], None]
) -> UnknownAfterSignIn | ForeignOrigin:
    """Sign out from a page that follows the sign-in and is not known; where that is not possible, close its tab.

    Args:
        session: the session at hand; it is set whether it may still be open.
        snapshot: what is seen.
        sign_out: presses a control and waits until the session is over.

    Returns:
        The error to raise.
    """
    foreign = foreign_page(snapshot, session.portal, msg(_DOING), msg("KATİP's main menu"))
    session.unknown_page = snapshot
    seen = described(snapshot, session.covered)
    control = sign_out_on(snapshot, session.portal) if not place_of(snapshot, session.portal).pages else None
    if control is not None:
        try:
            sign_out(control, snapshot)
        except KatipError as error:
            logger.warn(
                msg(
                    '"{name}" did not end the session: {sentence}',
                    name=control.name,
                    sentence=session.covered(error.sentence),
                )
            )
            control = None
    if control is not None:
        session.sign_in = SignInState.LEFT
        now = msg(
            'The session was ended with "{name}". Add the page to the portal\'s file, then run again.',
            name=control.name,
        )
    else:
        session.fresh_page()
        session.sign_in = SignInState.UNANSWERED
        now = msg(_STAYS_OPEN)
    if foreign is not None:
        return ForeignOrigin(
            msg(_DOING), msg("KATİP's main menu on one of its own origins"), f"{snapshot.origin}: {seen}", now
        )
    return UnknownAfterSignIn(
        msg(_DOING), msg("KATİP's main menu"), msg("the sign-in worked, and then {seen}", seen=seen), now
    )
