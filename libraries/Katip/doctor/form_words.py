"""Compares the words of a portal's file with the approval form that a press which only shows has opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from Katip.doctor.check import Check, State, text
from Katip.doctor.near_texts import Near
from Katip.doctor.portal_words import Wanted, doubled, missing, of_alternatives, safe
from Katip.messages import msg
from Katip.portal import Portal
from Katip.portal_procedure import Shows
from Katip.reading import labels
from Katip.reading.forms import values_of
from Katip.reading.snapshot import Piece, Snapshot
from Katip.reading.values_by_place import FieldValue
from Katip.turkish import fold

#: Fields of which one must be there besides the name, for the form to be told from others.
TELLING = ("gorevlendirme_id", "minutes", "start", "contract_name")


@dataclass(frozen=True, slots=True)
class ShownForm:
    """What a press that only shows has opened.

    Attributes:
        snapshot: what is seen.
        new: what was not seen before the press.
        savers: descriptions of the controls that save, nearest to the fields.
    """

    snapshot: Snapshot
    new: Sequence[Piece]
    savers: Sequence[str]


def examine_form(shown: ShownForm, portal: Portal) -> list[Check]:
    """Compare a form with the portal's file.

    Args:
        shown: the form.
        portal: the portal, whose file says what the press shows.

    Returns:
        One check for each word that is missing or doubled, or one that says that all of them are there.
    """
    detail = portal.procedure.detail
    near = Near(portal, (piece.text.strip() for piece in shown.new if not piece.is_value))
    places = {key: _places(shown, portal, key) for key in portal.fields}
    found = list(_of_fields(portal, places, near))
    if detail is not None and detail.shows is Shows.FORM:
        found += _of_save(shown, portal, near)
        found += _of_boxes(shown, portal, near)
        found += of_alternatives(shown.snapshot, portal, "form")
    number = sum(map(bool, places.values()))
    words = msg('"{title}": {number} fields are known', title=portal.pages["form"].title, number=number)
    return [*(found or [Check("pages.form", State.OK, text(words))]), *_of_questions(shown, portal)]


def _places(shown: ShownForm, portal: Portal, key: str) -> list[FieldValue]:
    """Return the places of a field's label among what the press has opened."""
    new = [piece.node for piece in shown.new]
    others = (label for name, label in portal.fields.items() if name != key)
    values = values_of(shown.snapshot, portal.fields[key], others, portal.wording.words)
    return [each for each in values if any(node.within(each.anchor) or each.anchor.within(node) for node in new)]


def _of_fields(portal: Portal, places: Mapping[str, Sequence[FieldValue]], near: Near) -> Iterator[Check]:
    for key, label in portal.fields.items():
        wanted = Wanted("fields", key, label, needed=key == "name", is_field=True)
        if len(places[key]) > 1:
            yield doubled(wanted, [_described(each) for each in places[key]])
        elif not places[key] and (wanted.needed or near.of(label)):
            yield missing(wanted, near.of(label))
    telling = [key for key in TELLING if key in portal.fields]
    if not any(places[key] for key in telling):
        names = ", ".join(f'"{portal.fields[key].name}"' for key in telling)
        seen = msg("none of {names} is there: the form could not be distinguished from others", names=names)
        mend = msg("Add the form's own wording of one of them to your own portal file, under [fields].")
        yield Check("fields", State.FAILED, text(seen), text(mend))


def _described(field: FieldValue) -> str:
    """Return a field's label and its place: what it holds is a person's, and is not printed."""
    x, y = field.anchor.box.middle
    return f"{field.label} ({x:.0f}, {y:.0f})"


def _of_save(shown: ShownForm, portal: Portal, near: Near) -> Iterator[Check]:
    wanted = Wanted("labels", "save", portal.labels["save"])
    if len(shown.savers) > 1:
        yield doubled(wanted, shown.savers)
    elif not shown.savers:
        yield missing(wanted, near.of(wanted.label))


def _of_boxes(shown: ShownForm, portal: Portal, near: Near) -> Iterator[Check]:
    for label in portal.procedure.approving.tick:
        if not labels.hits(shown.snapshot, label, portal.wording.words):
            yield missing(Wanted("approving", "tick", label), near.of(label))


def _of_questions(shown: ShownForm, portal: Portal) -> Iterator[Check]:
    """Name the questions that are shown, and whether the file knows them; what the portal asks after saving is not seen."""
    known = list(map(fold, portal.window["asks"]))
    asked = [piece.text.strip() for piece in shown.new if piece.text.strip().endswith("?")]
    for words in asked:
        if not any(each in fold(words) for each in known):
            seen = msg('the form asks "{question}", which the file does not know', question=safe(words))
            mend = msg("If it is the question before saving, add its words to your own portal file: [window] asks.")
            yield Check("window.asks", State.WARNING, text(seen), text(mend))
    if not asked:
        words = ", ".join(f'"{each}"' for each in portal.window["asks"]) or msg("none")
        seen = msg(
            "what the portal asks after saving was not seen, since nothing was saved; the file knows: {words}",
            words=words,
        )
        yield Check("window.asks", State.OK, text(seen))
