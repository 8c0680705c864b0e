"""Have the portal send the contracts again by the grid's own control ("Tazele")."""

from __future__ import annotations

from Katip.errors import LabelAmbiguous, LabelNotFound
from Katip.messages import msg
from Katip.pages.place import is_on
from Katip.reading import labels
from Katip.reading.labels import Control, Kind
from Katip.reading.snapshot import Snapshot
from Katip.session import Session


def refreshing_control(session: Session) -> Control | None:
    """Return "Tazele", if it can be pressed; a page that still moves is given the time to come to rest.

    Args:
        session: the session.
    """

    def pressable(snapshot: Snapshot) -> Control | None:
        session.driver.require_no_dialog(snapshot.dialog, msg("Reading the grid again"))
        try:
            control = labels.find(snapshot, session.label("refresh"), Kind.BUTTON, session.portal.wording.words)
        except (LabelNotFound, LabelAmbiguous):
            return None
        can_be = not (control.disabled or control.piece.covered or snapshot.busy or session.reader.is_loading(snapshot))
        return control if can_be else None

    return session.reader.until_still(pressable)


def wait_for_the_grid(session: Session, asked: int) -> None:
    """Wait until the portal has sent the grid again.

    Args:
        session: the session.
        asked: how many requests the page had begun before "Tazele" was pressed.

    Raises:
        NoEffect: nothing was asked of the portal.
    """
    doing, expected = msg('Pressing "Tazele"'), msg("the portal to send the grid again")
    snapshot = session.until(
        lambda now: now if now.started > asked else None, doing, expected, session.portal.patience.reaction
    )
    if snapshot.busy:
        snapshot = session.until(lambda now: None if now.busy else now, doing, expected)
    if not is_on(snapshot, session.portal, "contracts"):
        session.arrive("contracts", doing)
