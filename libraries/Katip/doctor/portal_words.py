"""Compares the words of a portal's file with a page that is seen: what is missing, doubled, or worded nearly so."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from Katip.doctor.check import Check, State, Text, text
from Katip.doctor.near_texts import LONGEST, Near, is_near
from Katip.errors import LabelAmbiguous, LabelNotFound
from Katip.messages import msg
from Katip.model import Status
from Katip.portal import Portal
from Katip.reading import field_finder, labels
from Katip.reading.controls import Kind, Label
from Katip.reading.snapshot import Snapshot
from Katip.turkish import fold, for_terminal


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that should be seen on a page.

    Attributes:
        section: the section of the portal's file that words it.
        key: its key there.
        label: its wordings.
        needed: True if the robot cannot go on without it.
        is_field: True for the label of a field.
        kind: what kind of control it is.
    """

    section: str
    key: str
    label: Label
    needed: bool = True
    is_field: bool = False
    kind: Kind = Kind.BUTTON


def examine_page(snapshot: Snapshot, portal: Portal, page: str, extra: Sequence[str] = ()) -> list[Check]:
    """Compare what a page shows with what the portal's file says of it.

    Args:
        snapshot: what is seen.
        portal: the portal.
        page: the page's key.
        extra: keys of further labels that should be seen.

    Returns:
        One check for each word that is missing or doubled, or one that says that all of them are there.
    """
    title = portal.pages[page].title
    wanted = list(wanted_on(portal, page, extra))
    found = [check for each in wanted if (check := _examined(snapshot, portal, each)) is not None]
    found += of_alternatives(snapshot, portal, page)
    if found:
        return found
    number = len(wanted) + bool(portal.pages[page].any or portal.pages[page].texts)
    words = msg('"{title}": all {number} words of the file are there', title=title, number=number)
    return [Check(f"pages.{page}", State.OK, text(words))]


_PRESSED_ON = {"edevlet": ("sign_in",), "home": ("module",)}


def wanted_on(portal: Portal, page: str, extra: Sequence[str] = ()) -> Iterator[Wanted]:
    """Return the labels that a page should show: its marks, and what is pressed on it.

    Args:
        portal: the portal.
        page: the page's key.
        extra: keys of further labels.
    """
    marks, procedure = portal.pages[page], portal.procedure
    for label in dict.fromkeys((*marks.all, *_pressed_on(portal, page, extra))):
        kind = Kind.MENU if _key_of(portal, label) in ("module", "contracts") else Kind.BUTTON
        yield replace(_named(portal, page, label), kind=kind)
    if page == "contracts":
        for label in (*procedure.list.pending, *procedure.list.approved):
            # A page may have a tab for each wording: the robot takes the first that the file names.
            yield replace(_named(portal, page, label), label=replace(label, any=True), kind=Kind.TAB)
    for label in marks.fields:
        yield Wanted("labels", _key_of(portal, label) or "", label, is_field=True)


def _pressed_on(portal: Portal, page: str, extra: Sequence[str]) -> list[Label]:
    """Return the labels that the procedure presses on a page, and further ones by their keys."""
    steps = [step for step in (*portal.procedure.before, *portal.procedure.after) if step.page == page]
    pressed = [label for step in steps for label in (step.press, *step.tick)]
    keys = (*_PRESSED_ON.get(page, ()), *extra)
    return pressed + [portal.labels[key] for key in keys if key in portal.labels]


def examine_columns(
    portal: Portal, headers: Sequence[tuple[str, str]], needed: Collection[str], seen: Iterable[str] = ()
) -> list[Check]:
    """Compare the headers of the list with the columns of the portal's file.

    Args:
        portal: the portal.
        headers: for each header the column that it is known as, and its words.
        needed: keys of the columns without which the list cannot be used.
        seen: further texts that may be headers, where the list itself was not recognised.
    """
    known: dict[str, list[str]] = {}
    for column, words in _as_known(portal, headers):
        known.setdefault(column, []).append(words)
    strangers = [words for column, words in headers if column not in portal.columns and words]
    near = Near(portal, [*strangers, *seen])
    found: list[Check] = []
    for key, label in portal.columns.items():
        wanted = Wanted("columns", key, label, needed=key in needed)
        found += _of_column(wanted, known.get(key, ()), near, strangers)
    number = len(known.keys() & portal.columns.keys())
    return found or [Check("columns", State.OK, text(msg("{number} columns of the list are known", number=number)))]


def _of_column(wanted: Wanted, shown: Sequence[str], near: Near, strangers: Sequence[str]) -> Iterator[Check]:
    if len(shown) > 1:
        yield doubled(wanted, shown)
    elif not shown and (wanted.needed or near.of(wanted.label)):
        yield missing(wanted, near.of(wanted.label), strangers)


def _as_known(portal: Portal, headers: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the headers with the key of their column, empty for a stranger.

    A list is read by one header of each column: a second one of the same words comes as a stranger.
    """
    key = portal.wording.words.key
    column_of = {
        name: column for column, label in portal.columns.items() for name in portal.wording.words.keys(label.names)
    }
    return [(column if column in portal.columns else column_of.get(key(words), ""), words) for column, words in headers]


def examine_statuses(portal: Portal, statuses: Sequence[str]) -> list[Check]:
    """Compare the statuses in the list with those of the portal's file.

    Args:
        portal: the portal.
        statuses: the words of each row.
    """
    strangers = Counter(words for words in statuses if portal.status(words) is Status.OTHER)
    found = []
    for words, number in strangers.items():
        for key, names in portal.statuses.items():
            if is_near(words, names):
                wanted = Wanted("statuses", key, Label(tuple(names)), needed=len(set(strangers)) == len(set(statuses)))
                seen = msg(
                    '{number} rows say "{words}", which is no status of the file', number=number, words=safe(words)
                )
                found.append(Check(f"statuses.{key}", _state(wanted), text(seen), _line(wanted, words)))
                break
    if found:
        return found
    others = ", ".join(f'"{safe(words)}" ({number})' for words, number in strangers.items())
    if strangers and len(strangers) == len(set(statuses)):
        seen = msg("no row has a status of the file; seen are {others}", others=others)
        mend = msg("Add the wordings to your own portal file under [statuses], pending and approved.")
        return [Check("statuses", State.FAILED, text(seen), text(mend))]
    seen = msg("{number} rows, of which with other statuses: {others}", number=len(statuses), others=others or "0")
    return [Check("statuses", State.OK, text(seen))]


# ------------------------------------------------------------------------------------------------------------- one label


def _key_of(portal: Portal, label: Label) -> str | None:
    return next((key for key, each in portal.labels.items() if each.names == label.names), None)


def _named(portal: Portal, page: str, label: Label) -> Wanted:
    key = _key_of(portal, label)
    return Wanted("labels", key, label) if key else Wanted(f"pages.{page}", "all", label)


def _examined(snapshot: Snapshot, portal: Portal, wanted: Wanted) -> Check | None:
    words = portal.wording.words
    if wanted.is_field:
        try:
            field_finder.find_field(snapshot, wanted.label, words)
        except LabelAmbiguous as error:
            return doubled(wanted, error.candidates)
        except LabelNotFound:
            return missing(wanted, Near(portal, _texts(snapshot)).of(wanted.label))
        return None
    try:
        labels.find(snapshot, wanted.label, wanted.kind, words)
    except LabelAmbiguous as error:
        return doubled(wanted, error.candidates)
    except LabelNotFound:
        return missing(wanted, Near(portal, _texts(snapshot)).of(wanted.label))
    return None


def of_alternatives(snapshot: Snapshot, portal: Portal, page: str) -> list[Check]:
    """Report page marks of which too few alternatives are on the page.

    Args:
        snapshot: what is seen.
        portal: the portal.
        page: the page's key.
    """
    marks, words = portal.pages[page], portal.wording.words
    if not (marks.any or marks.texts):
        return []
    words_shown = fold(snapshot.text)
    shown = sum(bool(labels.hits(snapshot, label, words)) for label in marks.any)
    if shown + any(fold(each) in words_shown for each in marks.texts) >= marks.least:
        return []
    near = Near(portal, _texts(snapshot))
    names = [name for label in marks.any for name in label.names]
    best = next(filter(None, map(near.of, marks.any)), "")
    seen = msg(
        '"{title}": at least {least} of {names} should be there',
        title=marks.title,
        least=marks.least,
        names=", ".join(f'"{each}"' for each in (*names, *marks.texts)),
    )
    return [
        Check(
            f"pages.{page}.any",
            State.FAILED,
            text(seen),
            _toml(f"pages.{page}", "any", [best, *names]) if best else _by_hand(),
        )
    ]


def missing(wanted: Wanted, near: str, strangers: Sequence[str] = ()) -> Check:
    """Return the check of a label that is not there.

    Args:
        wanted: the label.
        near: the text of the page that is nearest to it; empty where none is near.
        strangers: headers that the file does not know.
    """
    name = f"{wanted.section}.{wanted.key}"
    if near:
        seen = msg('"{label}" is not there, but "{near}" is', label=wanted.label, near=safe(near))
        return Check(name, _state(wanted), text(seen), _line(wanted, near))
    seen = msg('"{label}" is not there', label=wanted.label)
    if strangers:
        others = ", ".join(f'"{safe(each)}"' for each in strangers)
        seen = msg("{seen}; headers that the file does not know: {others}", seen=seen, others=others)
    return Check(name, _state(wanted), text(seen), _by_hand())


def doubled(wanted: Wanted, candidates: Sequence[str]) -> Check:
    """Return the check of a label that is there more than once.

    Args:
        wanted: the label.
        candidates: what has it.
    """
    seen = msg(
        '"{label}" is there {number} times: {candidates}',
        label=wanted.label,
        number=len(candidates),
        candidates="; ".join(map(safe, candidates)),
    )
    if wanted.is_field or wanted.section == "columns":
        own = msg(
            "The robot reads one of them. If it may be the wrong one, give in your own portal file, under [{section}] {key}, a wording "
            "that only the right one has; a column below the header of a group is given with the group's words before its own.",
            section=wanted.section,
            key=wanted.key,
        )
        return Check(f"{wanted.section}.{wanted.key}", _state(wanted), text(seen), text(own))
    line = f'[{wanted.section}] {wanted.key} = {{ names = {_list(wanted.label.names)}, near = ["…"] }}'
    mend = msg("Name in your own portal file the words beside the right one: {line}", line=line)
    return Check(f"{wanted.section}.{wanted.key}", _state(wanted), text(seen), text(mend))


def _state(wanted: Wanted) -> State:
    return State.FAILED if wanted.needed else State.WARNING


def _line(wanted: Wanted, words: str) -> Text:
    """Return the line for an own file that adds a wording to a label."""
    return _toml(wanted.section, wanted.key, [words, *wanted.label.names], wanted.label)


def _toml(section: str, key: str, names: Sequence[str], label: Label | None = None) -> Text:
    value = _list(names)
    if label is not None and (label.near or label.any):
        more = (f", near = {_list(label.near)}" if label.near else "") + (", any = true" if label.any else "")
        value = f"{{ names = {value}{more} }}"
    return text(msg("In your own portal file: [{section}] {key} = {value}", section=section, key=key, value=value))


def _by_hand() -> Text:
    return text(msg("Look at the page; if the portal words it otherwise, put that wording into your own portal file."))


def _list(names: Sequence[str]) -> str:
    return json.dumps(list(dict.fromkeys(names)), ensure_ascii=False)


def safe(words: str) -> str:
    """Return a text of a page, short and without control characters, for a terminal.

    Args:
        words: the text.
    """
    return for_terminal(words[:LONGEST])


# ---------------------------------------------------------------------------------------------------------- near matches


def _texts(snapshot: Snapshot) -> list[str]:
    return [piece.text.strip() for piece in snapshot.pieces if not piece.is_value and not piece.cut_off]
