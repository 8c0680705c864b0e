"""Find what no schema can see in the sections of a portal's file that say how it carries out the clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from Katip.consent_words import speaks_of_consent
from Katip.hues import Hue, are_distinct
from Katip.messages import msg
from Katip.portal_procedure import WHOLE_ROW
from Katip.turkish import fold

# Beginnings of words of what does more than show; a press that is taken to show only reads like none of them.
_ACTING_STEMS = tuple(
    map(
        fold,
        (
            "onayla",
            "kaydet",
            "kayıt",
            "iptal",
            "reddet",
            "sonlandır",
            "feshet",
            "gönder",
            "imzala",
            "güncelle",
            "düzenle",
            "değiştir",
        ),
    )
)
_ACTING_WORDS = frozenset(
    map(fold, ("sil", "red", "fesih", "yeni", "evet", "tamam", "ok", "save", "approve", "delete"))
)


def problems_of_procedure(raw: Mapping[str, Any]) -> Iterator[str]:
    """Return what no schema can see in these sections: names of pages, labels and columns that are not there, and consents.

    Args:
        raw: the file, checked by its schema.
    """
    way, place, approving = raw.get("way", {}), raw.get("list", {}), raw.get("approving", {})
    for where, steps in (
        ("[way] before", way.get("before", [])),
        ("[way] after", way.get("after", [])),
        ("[approving] before", approving.get("before", [])),
    ):
        for step in steps:
            if step["page"] not in raw.get("pages", {}):
                yield msg("{where}: there is no [pages.{page}]", where=where, page=step["page"])
            yield from _unknown_labels(where, [step["press"], *step.get("tick", [])], raw)
            yield from _approving_steps(where, step["press"], raw)
    yield from _unknown_labels("[list] pending", place.get("pending", []), raw)
    yield from _unknown_labels("[list] approved", place.get("approved", []), raw)
    yield from _unknown_labels("[approving] tick", approving.get("tick", []), raw)
    yield from _problems_of_consent(raw)
    yield from _problems_of_parties(raw)
    yield from _problems_of_detail(raw)


def _problems_of_detail(raw: Mapping[str, Any]) -> Iterator[str]:
    """What is pressed to show a contract, or more of its row, reads like nothing that approves, saves, deletes or begins something."""
    press = raw.get("detail", {}).get("press", [])
    yield from _unknown_labels("[detail] press", [press], raw)
    for where, pressed in (
        ("[detail] press", press),
        ("[texts] unfold_row", raw.get("texts", {}).get("unfold_row", [])),
    ):
        yield from _presses_that_act(where, pressed, raw)


def _presses_that_act(where: str, press: Any, raw: Mapping[str, Any]) -> Iterator[str]:
    acting = {fold(text) for key in ("@approve", "@save") for text in _texts_of(key, raw)}
    for text in _texts_of(press, raw):
        words = fold(text).split()
        acts = any(word in _ACTING_WORDS or word.startswith(_ACTING_STEMS) for word in words)
        if fold(text) in acting or acts or speaks_of_consent(text):
            yield msg('{where}: "{text}" reads like a press that does more than show', where=where, text=text)


def _problems_of_parties(raw: Mapping[str, Any]) -> Iterator[str]:
    """Each party is known either by a column or by a colour, and the colours must differ with certainty."""
    columns, turn, parties = raw.get("columns", {}), raw.get("turn"), raw.get("parties", [])
    for party in parties:
        yield from _problems_of_party(party, columns, has_turn=turn is not None)
    if turn is not None:
        yield from _problems_of_turn(turn, columns, parties)


def _problems_of_party(party: Mapping[str, Any], columns: Mapping[str, Any], *, has_turn: bool) -> Iterator[str]:
    if ("column" in party) == ("colour" in party):
        yield msg("[[parties]] {name}: give either its column or its colour", name=party["name"])
    elif "column" in party and party["column"] not in columns:
        yield msg(
            "[[parties]] {name}: there is no column {column} under [columns]",
            name=party["name"],
            column=party["column"],
        )
    elif "colour" in party and not has_turn:
        yield msg("[[parties]] {name}: a colour needs the employer's colour in [turn]", name=party["name"])


def _problems_of_turn(
    turn: Mapping[str, Any], columns: Mapping[str, Any], parties: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    if turn.get("of", WHOLE_ROW) not in (WHOLE_ROW, *columns):
        yield msg("[turn] of: there is no column {column} under [columns]", column=turn["of"])
    hues = [Hue(turn["employer"]), *(Hue(party["colour"]) for party in parties if "colour" in party)]
    if len(hues) == 1:
        yield msg("[turn]: no [[parties]] has a colour, so nothing distinguishes the employer's contracts from others")
    for one, other in combinations(hues, 2):
        if not are_distinct(one, other):
            yield msg("[turn]: {one} and {other} cannot be distinguished with certainty", one=one, other=other)


def _approving_steps(where: str, press: Any, raw: Mapping[str, Any]) -> Iterator[str]:
    """Steps are taken in plans and rehearsals, and may be pressed again: none may press what opens or saves an approval."""
    acting = {fold(text) for key in ("@approve", "@save") for text in _texts_of(key, raw)}
    for text in _texts_of(press, raw):
        if fold(text) in acting:
            yield msg('{where}: "{text}" opens or saves an approval; a step may only lead on', where=where, text=text)


def _unknown_labels(where: str, values: Sequence[Any], raw: Mapping[str, Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str) and value.startswith("@") and value[1:] not in raw.get("labels", {}):
            yield msg("{where}: there is no label {label} under [labels]", where=where, label=value[1:])


def _problems_of_consent(raw: Mapping[str, Any]) -> Iterator[str]:
    """The consent to automatic updates is the person's own: a file that names it to be ticked or pressed is refused."""
    approving = raw.get("approving", {})
    steps = [*raw.get("way", {}).get("before", []), *raw.get("way", {}).get("after", []), *approving.get("before", [])]
    named = [*approving.get("tick", []), *raw.get("window", {}).get("tick", [])]
    for step in steps:
        if isinstance(step, dict):
            named += [step.get("press", ""), *step.get("tick", [])]
    named += ["@approve", "@save"]
    for value in named:
        for text in _texts_of(value, raw):
            if speaks_of_consent(text):
                yield msg(
                    '"{text}" names a consent that only the person may give; no file may name it to be pressed or ticked',
                    text=text,
                )


def _texts_of(value: Any, raw: Mapping[str, Any]) -> list[str]:
    if isinstance(value, str) and value.startswith("@"):
        value = raw.get("labels", {}).get(value[1:], [])
    names = value.get("names", []) if isinstance(value, dict) else [value] if isinstance(value, str) else value
    return [name for name in names if isinstance(name, str)]
