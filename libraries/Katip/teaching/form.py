"""Recognise a form's fields by the values that the contract's row shows too."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from Katip.model import parse_date, parse_minutes
from Katip.portal import Portal
from Katip.reading import forms, windows
from Katip.reading.labels import Label
from Katip.reading.snapshot import Node, Piece, Snapshot
from Katip.turkish import names_agree, same, visible

_COLUMNS = ("name", "gorevlendirme_id", "start", "contract_name", "minutes")
_LONGEST = 60  # characters of a label
_NUMBER = re.compile(r"\d{3,12}")
_MOST_TRIED = 60


def fields_of(
    before: Snapshot, after: Snapshot, row: Mapping[str, str], portal: Portal, cells: Collection[str]
) -> dict[str, str]:
    """Return the labels of a form that opened for a row.

    Args:
        before: what was seen before it opened.
        after: what is seen now.
        row: the row's cells by column.
        portal: the shipped portal.
        cells: the texts of the list: none of it is a label.

    Returns:
        Column to the label beside its value; nothing where no form with the row's person and something else of the row is seen.
    """
    shown = _shown(before, after, portal, cells)
    found: dict[str, str] = {}
    for column in _COLUMNS:
        label = _label_of(column, row.get(column, ""), shown, portal)
        if label and label not in found.values():
            found[column] = label
    if "name" not in found or len(found) < 2:
        return {}
    for column in ("gorevlendirme_id", "minutes"):
        if column not in found and (label := _by_words(portal, column, shown)):
            found[column] = label
    return found


def _label_of(column: str, cell: str, shown: Mapping[str, str], portal: Portal) -> str:
    """Return the label beside the value that the row shows too, one that the shipped portal knows first; empty if there is none."""
    agrees = _agrees(column, cell)
    labels = [label for label, value in shown.items() if value and agrees is not None and agrees(value)]
    known = (label for label in labels if _known(portal, column, label))
    return next(known, labels[0] if labels else "")


def numbers_of(before: Snapshot, after: Snapshot, portal: Portal, cells: Collection[str]) -> list[str]:
    """Return the labels of a form that have a number beside them.

    Args:
        before: what was seen before it opened.
        after: what is seen now.
        portal: the shipped portal.
        cells: the texts of the list: none of it is a label.
    """
    return [label for label, value in _shown(before, after, portal, cells).items() if _NUMBER.fullmatch(value)]


def held_values(before: Snapshot, after: Snapshot, portal: Portal, cells: Collection[str]) -> list[str]:
    """Return what the fields of a form hold.

    Args:
        before: what was seen before it opened.
        after: what is seen now.
        portal: the shipped portal.
        cells: the texts of the list: none of it is a label.
    """
    return [value for value in _shown(before, after, portal, cells).values() if value]


def _shown(before: Snapshot, after: Snapshot, portal: Portal, cells: Collection[str]) -> dict[str, str]:
    """Labels and values that are new on the page."""
    found: dict[str, str] = {}
    for piece in _new_texts(before, after)[:_MOST_TRIED]:
        for label in _labels(piece):
            value = _value(after, label, portal, piece)
            if value and label not in found and label not in cells:
                found[label] = value
    for name, node in _named_fields(after):
        if name not in found and (value := _value(after, name, portal, node)):
            found[name] = value
    return found


def _new_texts(before: Snapshot, after: Snapshot) -> list[Piece]:
    """Return the texts in sight that are new; all of them where a page of its own came in place of the list."""
    new = after.pieces if after.frame_urls != before.frame_urls else windows.new_pieces(before, after)
    return [piece for piece in new if not piece.is_value and piece.in_sight]


def _named_fields(snapshot: Snapshot) -> Iterator[tuple[str, Node]]:
    """Yield the fields that the page itself names, with each of their names."""
    for node in snapshot.nodes:
        if node.is_field and node.in_sight:
            names = (visible(str(node.raw.get(key, ""))) for key in ("lb", "by", "a"))
            yield from ((name, node) for name in names if name)


def _labels(piece: Piece) -> Iterator[str]:
    text = piece.text.partition(":")[0].strip() if ":" in piece.text else piece.text
    if 0 < len(text) <= _LONGEST and any(map(str.isalpha, text)):
        yield text


def _value(snapshot: Snapshot, label: str, portal: Portal, at: Piece | Node) -> str:
    """What belongs to a label at one place: the list behind a form may have the same words in its headers."""
    found = forms.values_of(snapshot, Label((label,)), (), portal.wording.words)
    own = at.runs if isinstance(at, Piece) else (at,)
    here = [value for value in found if any(value.anchor is node or value.node is node for node in own)]
    return visible(here[0].value) if here else ""


def _agrees(column: str, cell: str) -> Callable[[str], bool] | None:
    if not cell:
        return None
    if column == "name":
        return lambda value: names_agree(value, cell)
    if column == "start":
        day = parse_date(cell)
        return None if day is None else lambda value: parse_date(value) == day
    if column == "minutes":
        minutes = parse_minutes(cell)
        return None if minutes is None else lambda value: parse_minutes(value) == minutes
    return lambda value: same(value, cell)


def _known(portal: Portal, column: str, label: str) -> bool:
    words = portal.wording.words
    return column in portal.fields and words.key(label) in words.keys(portal.fields[column].names)


def _by_words(portal: Portal, column: str, shown: Mapping[str, str]) -> str:
    return next((label for label in shown if _known(portal, column, label)), "")
