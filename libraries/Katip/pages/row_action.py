"""Press a contract's own "Onayla" in its row: a button, a link, an icon, or an entry of the row's folded menu."""

from __future__ import annotations

from collections.abc import Iterator

from Katip.errors import ControlDisabled, LabelAmbiguous, LabelNotFound, NoEffect
from Katip.messages import msg
from Katip.portal_procedure import At
from Katip.reading import labels, windows
from Katip.reading.cells import Row
from Katip.reading.labels import Control, Kind, Label
from Katip.reading.pointing import controls_under_pointer
from Katip.reading.row_controls import controls_in_row
from Katip.reading.snapshot import Snapshot
from Katip.session import Session


def find_row_action(session: Session, row: Row, who: str, at: At, label: Label | None = None) -> Control:
    """Find "Onayla" of one row, unfolding the row's menu where the portal's file says that it is there.

    Args:
        session: the session at hand.
        row: the row as it was last read.
        who: the contract, for an error.
        at: where the file says that it is.
        label: what is looked for instead of "Onayla".

    Returns:
        The control, ready to be pressed; nothing that approves was pressed.

    Raises:
        LabelNotFound: The row has no such control.
        LabelAmbiguous: It has several.
        ControlDisabled: It cannot be pressed.
    """
    label = label or session.label("approve")
    wanted = session.portal.procedure.approving.row_menu if at is At.MENU else label
    control, _ = _in_row(session, row, wanted, who)
    return _unfolded(session, control, label, who) if at is At.MENU else control


def _in_row(session: Session, row: Row, label: Label, who: str) -> tuple[Control, Snapshot]:
    """The one control of a label in a row; columns that are drawn only in sight are scrolled to."""
    doing = msg('Looking for "{label}" in the row of {contract}', label=label, contract=who)
    for found, snapshot in _views(session, row, label):
        if len(found) > 1:
            raise LabelAmbiguous(doing, label.name, [control.describe() for control in found])
        if found:
            if found[0].disabled:
                raise ControlDisabled(doing, msg("a control that can be pressed"), found[0].describe())
            return found[0], snapshot
    raise LabelNotFound(
        doing,
        msg('a control "{label}" in this row', label=label),
        msg("none"),
        msg(
            "If the portal words it otherwise, add it to the portal's file under [labels]; [approving] at says where it is."
        ),
    )


def _views(session: Session, row: Row, label: Label) -> Iterator[tuple[list[Control], Snapshot]]:
    """The controls of a label in each view of a row; where none has any, those that the pointer shows or names, else those in its details."""
    words, any_found = session.portal.wording.words, False
    for snapshot, here in session.reader.row_views(row):
        found = controls_in_row(snapshot, here, label, words)
        any_found = any_found or bool(found)
        yield found, snapshot
    if any_found:
        return
    under_pointer = controls_under_pointer(session.reader, row, label)
    yield under_pointer
    if not under_pointer[0] and session.reader.open_details(row):
        for snapshot, here in session.reader.row_views(row):
            yield controls_in_row(snapshot, here, label, words), snapshot


def _unfolded(session: Session, menu: Control, label: Label, who: str) -> Control:
    """Press the row's menu and wait for its entry; the menu itself approves nothing."""
    doing = msg("Opening the menu of the row of {contract}", contract=who)
    before = session.reader.seen
    session.driver.require_no_dialog(session.reader.press(menu), doing)
    words = session.portal.wording.words

    def entry(snapshot: Snapshot) -> Control | None:
        new = {id(piece.node) for piece in windows.new_pieces(before, snapshot)}
        found = [
            control
            for control in labels.hits(snapshot, label, words)
            if id(control.piece.node) in new and control.whole and control.in_sight and control.kind is not Kind.HEADING
        ]
        found = labels.one_place(found)
        if len(found) > 1:
            raise LabelAmbiguous(doing, label.name, [control.describe() for control in found])
        return found[0] if found and not found[0].disabled else None

    try:
        return session.until(entry, doing, msg('the entry "{label}"', label=label), session.portal.patience.opening)
    except NoEffect:
        raise LabelNotFound(
            doing, msg('the entry "{label}" in it', label=label), labels.seen_labels(session.reader.seen)
        ) from None
