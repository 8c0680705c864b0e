"""How a portal carries out the clauses, as its file says: the way in, the list, the parties, the approval.

The clauses are the suite's tasks; which pages, tabs and presses carry one out is data. Sections of a portal's file:
`[way]`, `[session]`, `[list]`, `[[parties]]`, `[categories]`, `[approving]`. See docs/portal-files.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from Katip.messages import msg
from Katip.reading.labels import Label, as_label
from Katip.turkish import fold

# Source: the separate consent "Otomatik Güncelleme Onay İzni" of the portal's form; it is never given by a robot.
CONSENT_WORDS = ("otomatik guncelle", "otomatik yenile", "muvafakat", "onay izni", "izin veriyorum", "acik riza")
_ROW_MENU = Label(("⋯", "…", "⋮", "...", "İşlemler"))


class At(StrEnum):
    """Where a contract's approval is opened: above the list, in its row, or in the row's own folded menu."""

    TOOLBAR = "toolbar"
    ROW = "row"
    MENU = "menu"


class FormWay(StrEnum):
    """What the press that opens an approval does.

    OPENS: it opens a form, and "Kayıt" is a press of its own. NONE: it approves, at most after a question.
    UNKNOWN: nobody has said so; it is treated as the press that approves.
    """

    OPENS = "opens"
    NONE = "none"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the way, and what is done there to go on.

    Attributes:
        page: the page's key.
        press: the label that is pressed.
        tick: check boxes that are ticked before.
    """

    page: str
    press: Label
    tick: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody besides the employer whose approval a contract needs.

    Attributes:
        name: what a person calls them; stands under "Kimi bekliyor".
        column: the column that shows their status.
    """

    name: str
    column: str


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where the contracts are found on the page that lists them.

    Attributes:
        pending: labels pressed one after the other to see what is pending; empty where the page shows it at once.
        approved: labels pressed to see approved contracts; empty where they are in the same list.
        lag: how long an approved contract may take to be shown as approved.
        counts: True if the count of pending contracts is read on the list, False for the home page.
    """

    pending: tuple[Label, ...] = ()
    approved: tuple[Label, ...] = ()
    lag: timedelta = timedelta(0)
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Approving:
    """How a contract is approved.

    Attributes:
        at: where the approval is opened.
        row_menu: the label of the row's folded menu, for `At.MENU`.
        form: what the opening press does.
        before: pages between that press and the form.
        tick: check boxes of the form that belong to the approval.
    """

    at: At = At.TOOLBAR
    row_menu: Label = _ROW_MENU
    form: FormWay = FormWay.UNKNOWN
    before: tuple[Step, ...] = ()
    tick: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """How a portal carries out the clauses.

    Attributes:
        before: pages before the sign-in (5.1, 5.2).
        after: pages between the sign-in and the choice of the workplace (5.4).
        in_tab: True if the session lives in one tab (`sessionStorage`): no second tab is opened.
        list: where contracts are found (5.8, 5.10).
        parties: who else has to approve a contract.
        categories: category to words of the contract's name that tell it, for portals without such a column.
        approving: how a contract is approved (5.8, 5.9).
        unknown: keys of the file that nobody has seen on the real portal; no approval before they are given.
    """

    before: tuple[Step, ...]
    after: tuple[Step, ...]
    in_tab: bool = False
    list: ListPlace = ListPlace()
    parties: tuple[Party, ...] = ()
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    approving: Approving = Approving()
    unknown: tuple[str, ...] = ()

    def category_of(self, contract_name: str) -> str:
        """Return the category that a contract's name tells, or an empty text.

        Args:
            contract_name: for example "OSGB İLE ÖZEL İŞYERİ ARASINDA İŞYERİ HEKİMİ HİZMET ALIMI SÖZLEŞMESİ".
        """
        told = fold(contract_name)
        found = [name for name, words in self.categories.items() if any(fold(word) in told for word in words)]
        return found[0] if len(found) == 1 else ""


def speaks_of_consent(text: str) -> bool:
    """Return True if words speak of the consent to automatic updates, which is the person's own.

    Args:
        text: a label or a sentence.

    Example:
        >>> speaks_of_consent("Otomatik Güncelleme Onay İzni")
        True
    """
    told = fold(text)
    return any(words in told for words in CONSENT_WORDS)


def read_procedure(raw: Mapping[str, Any], labels: Mapping[str, Label]) -> Procedure:
    """Read the sections of a portal's file that say how it carries out the clauses.

    Args:
        raw: the file, checked by `problems_of_procedure`.
        labels: the portal's labels.

    Returns:
        The procedure.
    """
    way, place, approving = raw["way"], raw.get("list", {}), raw.get("approving", {})

    def label(value: Any) -> Label:
        if isinstance(value, str):
            return labels[value[1:]] if value.startswith("@") else as_label(value)
        return as_label(tuple(value))

    def steps(entries: Any) -> tuple[Step, ...]:
        return tuple(
            Step(entry["page"], label(entry["press"]), tuple(map(label, entry.get("tick", ())))) for entry in entries
        )

    return Procedure(
        before=steps(way["before"]),
        after=steps(way["after"]),
        in_tab=bool(raw.get("session", {}).get("in_tab", False)),
        list=ListPlace(
            tuple(map(label, place.get("pending", ()))),
            tuple(map(label, place.get("approved", ()))),
            timedelta(seconds=float(place.get("lag_s", 0))),
            place.get("count", "home") == "list",
        ),
        parties=tuple(Party(entry["name"], entry["column"]) for entry in raw.get("parties", ())),
        categories={name: tuple(words) for name, words in raw.get("categories", {}).items()},
        approving=Approving(
            At(approving.get("at", At.TOOLBAR)),
            label(approving["row_menu"]) if "row_menu" in approving else _ROW_MENU,
            FormWay(approving.get("form", "")),
            steps(approving.get("before", ())),
            tuple(map(label, approving.get("tick", ()))),
        ),
        unknown=tuple(raw.get("unknown", ())),
    )


_KEYS = {
    "way": {"before", "after"},
    "session": {"in_tab"},
    "list": {"pending", "approved", "lag_s", "count"},
    "approving": {"at", "row_menu", "form", "before", "tick"},
}
SECTIONS = frozenset({*_KEYS, "parties", "categories", "unknown"})


def problems_of_procedure(raw: Mapping[str, Any]) -> Iterator[str]:
    """Return the mistakes in these sections, each as a sentence for whoever wrote the file.

    Args:
        raw: the file.
    """
    for section, keys in _KEYS.items():
        value = raw.get(section, {})
        if not isinstance(value, dict):
            yield msg("[{section}] must be a table", section=section)
            return
        yield from (msg("[{section}] {key} is not known", section=section, key=key) for key in value if key not in keys)
    way = raw.get("way", {})
    for name in ("before", "after"):
        if name not in way:
            yield msg("[way] {name} is missing", name=name)
        yield from _problems_of_steps(f"[way] {name}", way.get(name, []), raw)
    place, approving = raw.get("list", {}), raw.get("approving", {})
    for key in ("pending", "approved"):
        yield from _problems_of_labels(f"[list] {key}", place.get(key, []), raw)
    lag = place.get("lag_s", 0)
    if not isinstance(lag, (int, float)) or isinstance(lag, bool) or lag < 0:
        yield msg("[list] lag_s must be a number of seconds, 0 or more")
    if place.get("count", "home") not in ("home", "list"):
        yield msg('[list] count must be "home" or "list"')
    if approving.get("at", "toolbar") not in list(At):
        yield msg("[approving] at must be one of: {at}", at=", ".join(At))
    if approving.get("form", "opens") not in (FormWay.OPENS, FormWay.NONE):
        yield msg('[approving] form must be "opens" or "none", or not be given where nobody has seen it')
    yield from _problems_of_steps("[approving] before", approving.get("before", []), raw)
    yield from _problems_of_labels("[approving] tick", approving.get("tick", []), raw)
    yield from _problems_of_consent(raw)
    yield from _problems_of_parties(raw)


def _problems_of_steps(where: str, entries: Any, raw: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(entries, list):
        yield msg("{where} must be a list of steps", where=where)
        return
    for entry in entries:
        if not isinstance(entry, dict) or not {"page", "press"} <= entry.keys() <= {"page", "press", "tick"}:
            yield msg(
                '{where}: each step needs page and press, such as {{ page = "entry", press = "@katip_entry" }}',
                where=where,
            )
            continue
        if entry["page"] not in raw.get("pages", {}):
            yield msg("{where}: there is no [pages.{entry}]", where=where, entry=entry["page"])
        yield from _problems_of_labels(f"{where} press", [entry["press"]], raw)
        yield from _problems_of_labels(f"{where} tick", entry.get("tick", []), raw)


def _problems_of_labels(where: str, values: Any, raw: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(values, list):
        yield msg("{where} must be a list of labels", where=where)
        return
    for value in values:
        if isinstance(value, str) and value.startswith("@") and value[1:] not in raw.get("labels", {}):
            yield msg("{where}: there is no label {value} under [labels]", where=where, value=value[1:])
        elif not value or not (isinstance(value, str) or all(isinstance(each, str) for each in value)):
            yield msg("{where} must be texts, or names of labels with @ before them", where=where)


def _problems_of_consent(raw: Mapping[str, Any]) -> Iterator[str]:
    """The consent to automatic updates is the person's own: a file that names it to be ticked or pressed is refused."""
    approving = raw.get("approving", {})
    steps = [*raw.get("way", {}).get("before", []), *raw.get("way", {}).get("after", []), *approving.get("before", [])]
    named = list(approving.get("tick", []))
    for step in steps:
        if isinstance(step, dict):
            named += [step.get("press", ""), *step.get("tick", [])]
    named += ["@approve", "@save"]
    for value in named:
        for text in _texts_of(value, raw):
            if speaks_of_consent(text):
                yield msg(
                    '"{text}" speaks of a consent that only the person may give; no file may name it to be '
                    "pressed or ticked",
                    text=text,
                )


def _texts_of(value: Any, raw: Mapping[str, Any]) -> list[str]:
    if isinstance(value, str) and value.startswith("@"):
        value = raw.get("labels", {}).get(value[1:], [])
    names = value.get("names", []) if isinstance(value, dict) else [value] if isinstance(value, str) else value
    return [name for name in names if isinstance(name, str)]


def _problems_of_parties(raw: Mapping[str, Any]) -> Iterator[str]:
    parties = raw.get("parties", [])
    if not isinstance(parties, list):
        yield msg("[[parties]] must be a list")
        return
    for party in parties:
        if not isinstance(party, dict) or party.keys() != {"name", "column"}:
            yield msg("[[parties]] each needs name and column")
        elif party["column"] not in raw.get("columns", {}):
            yield msg(
                "[[parties]] {party}: there is no column {column} under [columns]",
                party=party["name"],
                column=party["column"],
            )
    for name, words in raw.get("categories", {}).items():
        if not isinstance(words, list) or not words or not all(isinstance(each, str) for each in words):
            yield msg("[categories] {name} must be a list of texts", name=name)
    if not all(isinstance(key, str) for key in raw.get("unknown", [])):
        yield msg("unknown must be a list of keys")
