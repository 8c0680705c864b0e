"""How a portal carries out the clauses, as its file says: the way in, the list, the parties, the approval.

The clauses are the suite's tasks; which pages, tabs and presses carry one out is data. Sections of a portal's file:
`[way]`, `[session]`, `[list]`, `[turn]`, `[[parties]]`, `[categories]`, `[approving]`, `[detail]`. See docs/portal-files.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from Katip.hues import Hue
from Katip.reading.labels import Label, as_label
from Katip.turkish import fold

SIGNED_IN = ("workplaces", "home", "contracts", "form")
WHOLE_ROW = "row"
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
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PageStep:
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
        name: what a person calls them; shown under "Kimi bekliyor".
        column: the column that shows their status; empty if a colour shows it.
        colour: the hue of a contract that waits for them, or None if a column shows it.
        legend: words by which the list's legend names them.
    """

    name: str
    column: str = ""
    colour: Hue | None = None
    legend: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnColours:
    """How colours tell whose turn a pending contract is.

    Attributes:
        of: the key of the column whose cell is coloured; empty where the whole row is.
        employer: the hue of a contract that is the employer's turn.
        legend: words by which the list's legend names the employer.
    """

    of: str
    employer: Hue
    legend: tuple[str, ...] = ()


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
    before: tuple[PageStep, ...] = ()
    tick: tuple[Label, ...] = ()


class Shows(StrEnum):
    """What a press that only shows opens: the approval's own form, with the control that saves it, or its fields alone."""

    FORM = "form"
    FIELDS = "fields"


@dataclass(frozen=True, slots=True)
class Detail:
    """A press that shows a contract and does nothing else; `katip doctor` checks the form with it.

    Attributes:
        press: the label that is pressed.
        at: where it is.
        shows: what it opens.
    """

    press: Label
    at: At = At.ROW
    shows: Shows = Shows.FORM


@dataclass(frozen=True, slots=True)
class Procedure:
    """How a portal carries out the clauses.

    Attributes:
        before: pages before the sign-in (5.1, 5.2).
        after: pages between the sign-in and the choice of the workplace (5.4).
        needs_site: True if the way begins at the OSGB's site; False where SITE_URL may be left out.
        in_tab: True if the session lives in one tab (`sessionStorage`): no second tab is opened.
        list: where contracts are found (5.8, 5.10).
        parties: who else has to approve a contract.
        turn: how colours show whose turn it is, or None if columns do.
        categories: category to words of the contract's name that give it, for portals without such a column.
        approving: how a contract is approved (5.8, 5.9).
        detail: a press that only shows a contract, or None if the file names none.
        unknown: keys of the file that nobody has seen on the real portal; no approval before they are given.
    """

    before: tuple[PageStep, ...]
    after: tuple[PageStep, ...]
    needs_site: bool = True
    in_tab: bool = False
    list: ListPlace = ListPlace()
    parties: tuple[Party, ...] = ()
    turn: TurnColours | None = None
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    approving: Approving = Approving()
    detail: Detail | None = None
    unknown: tuple[str, ...] = ()

    @property
    def party_columns(self) -> tuple[str, ...]:
        """The columns that show whether other parties have approved."""
        return tuple(party.column for party in self.parties if party.column)

    def category_of(self, contract_name: str) -> str:
        """Return the category that a contract's name gives, or an empty text.

        Args:
            contract_name: for example "OSGB İLE ÖZEL İŞYERİ ARASINDA İŞYERİ HEKİMİ HİZMET ALIMI SÖZLEŞMESİ".
        """
        folded = fold(contract_name)
        found = [name for name, words in self.categories.items() if any(fold(word) in folded for word in words)]
        return found[0] if len(found) == 1 else ""


def used_pages(procedure: Procedure) -> tuple[str, ...]:
    """Return the keys of the pages that a procedure knows: a file that extends another may leave pages of it unused.

    Args:
        procedure: the procedure.
    """
    steps = (*procedure.before, *procedure.after, *procedure.approving.before)
    pages = (*(step.page for step in procedure.before), "edevlet", *(step.page for step in steps), *SIGNED_IN)
    return tuple(dict.fromkeys(pages))


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

    def steps(entries: Any) -> tuple[PageStep, ...]:
        return tuple(
            PageStep(entry["page"], label(entry["press"]), tuple(map(label, entry.get("tick", ()))))
            for entry in entries
        )

    return Procedure(
        before=steps(way["before"]),
        after=steps(way["after"]),
        needs_site=way.get("site", "needed") == "needed",
        in_tab=bool(raw.get("session", {}).get("in_tab", False)),
        list=ListPlace(
            tuple(map(label, place.get("pending", ()))),
            tuple(map(label, place.get("approved", ()))),
            timedelta(seconds=float(place.get("lag_s", 0))),
            place.get("count", "home") == "list",
        ),
        parties=tuple(_party(entry) for entry in raw.get("parties", ())),
        turn=_turn_colours(raw["turn"]) if "turn" in raw else None,
        categories={name: tuple(words) for name, words in raw.get("categories", {}).items()},
        approving=Approving(
            At(approving.get("at", At.TOOLBAR)),
            label(approving["row_menu"]) if "row_menu" in approving else _ROW_MENU,
            FormWay(approving.get("form", FormWay.UNKNOWN)),
            steps(approving.get("before", ())),
            tuple(map(label, approving.get("tick", ()))),
        ),
        detail=_detail(raw["detail"], label) if "detail" in raw else None,
        unknown=tuple(raw.get("unknown", ())),
    )


def _detail(entry: Mapping[str, Any], label: Callable[[Any], Label]) -> Detail:
    return Detail(label(entry["press"]), At(entry.get("at", At.ROW)), Shows(entry.get("shows", Shows.FORM)))


def _party(entry: Mapping[str, Any]) -> Party:
    colour = Hue(entry["colour"]) if "colour" in entry else None
    return Party(entry["name"], entry.get("column", ""), colour, tuple(entry.get("legend", ())))


def _turn_colours(entry: Mapping[str, Any]) -> TurnColours:
    place = entry.get("of", WHOLE_ROW)
    return TurnColours("" if place == WHOLE_ROW else place, Hue(entry["employer"]), tuple(entry.get("legend", ())))
