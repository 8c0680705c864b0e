"""What was seen on one walk through the procedure: which controls the person pressed at each clause, and on which pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from Katip.messages import msg_id
from Katip.portal_procedure import At, FormWay
from Katip.reading.labels import Kind
from Katip.reading.snapshot import Snapshot
from Katip.teaching.turn import TaughtTurn
from Katip.turkish import visible

_MOST_WORDS = 80  # characters of a text by which a page is known again
_SAME = 0.6


class WalkStage(StrEnum):
    """A part of the walk; its value is the clause that it belongs to."""

    WAY_IN = "5.1–5.2"
    SIGN_IN = "5.3"
    ROLE = "5.4"
    WORKPLACE = "5.5"
    MENU = "5.6–5.7"
    LIST = "5.8"
    BEFORE_FORM = "5.8–5.9"
    FORM = "5.9"
    ANSWER = "5.9 (answer)"
    PROOF = "5.10 (list)"
    WAY_OUT = "5.10"

    @property
    def clause(self) -> str:
        """The clause's number."""
        return self.value.partition(" ")[0]


class Found(StrEnum):
    """Whether the reader finds exactly the control that the person pressed."""

    EXACTLY = "exactly"
    SEVERAL = "several"
    NOT = "not"


FOUND_NAMES: Final = {
    Found.EXACTLY: msg_id("exactly this one"),
    Found.SEVERAL: msg_id("several, or another one"),
    Found.NOT: msg_id("none"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Press:
    """A control that the person pressed.

    Attributes:
        stage: when.
        name: its words as seen, without a counter; empty where it is known by its place alone.
        kind: what kind of control it is to a person.
        page: what was seen before it was pressed.
        found: whether the reader finds exactly this control by its words.
        near: words on its line, where they are needed to distinguish it from others of the same words.
        at: where it is, for a press on the list.
        is_box: True for a check box.
        has_count: True if a number stood behind its words, in brackets or as a badge.
    """

    stage: WalkStage
    name: str
    kind: Kind
    page: Snapshot
    found: Found = Found.EXACTLY
    near: tuple[str, ...] = ()
    at: At | None = None
    is_box: bool = False
    has_count: bool = False


@dataclass(slots=True)
class TaughtWalk:
    """One walk, as far as it went.

    Attributes:
        day: when it took place.
        katip_url: KATİP's origin as it was seen.
        began_at_site: True if it began at the OSGB's site.
        presses: what was pressed, in order.
        workplaces: the page that offers the workplaces.
        home: the page that follows the choice of the workplace.
        list: the list, in the moment before the approval was opened.
        form: the form as it opened.
        columns: the list's columns: name in the portal's file to header.
        fields: the form's fields: name in the portal's file to label.
        form_way: what the press that opens an approval does.
        pending: status of a contract that waits for the employer.
        approved: status of an approved contract.
        turn: what the person said of the rows' colours, where these alone tell whose turn a contract is.
        approved_seen: True if the approved contract was seen on the list.
        tab_shown: label of the tab that showed the list at first, if there are tabs.
        tab_counts: True if a number stood behind that label.
        save_named: the label of the button that saves, where the person named it and did not press it.
        question: the words of the question that came after saving.
        agreed: the label of the button that answered it.
        answer: the words of the message that came after saving.
        personal: names, titles and other texts of the portal's data: none of them is written.
        cells: the texts of the list's cells and in the form's fields: no page is known by it.
    """

    day: date
    katip_url: str = ""
    began_at_site: bool = False
    presses: list[Press] = field(default_factory=list)
    workplaces: Snapshot | None = None
    home: Snapshot | None = None
    list: Snapshot | None = None
    form: Snapshot | None = None
    columns: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    form_way: FormWay = FormWay.UNKNOWN
    pending: str = ""
    approved: str = ""
    turn: TaughtTurn | None = None
    approved_seen: bool = False
    tab_shown: str = ""
    tab_counts: bool = False
    save_named: str = ""
    question: str = ""
    agreed: str = ""
    answer: str = ""
    personal: set[str] = field(default_factory=set)
    cells: set[str] = field(default_factory=set)

    def pressed(self, *stages: WalkStage) -> Iterator[Press]:
        """Return the presses of some stages, in order."""
        return (press for press in self.presses if press.stage in stages)

    @property
    def has_approved(self) -> bool:
        """True if the person saved an approval on this walk."""
        return any(press.stage is WalkStage.ANSWER for press in self.presses) or bool(self.answer) or self.approved_seen


def texts_of(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the short texts of a page that are in sight, each once; what fields hold is left out.

    Args:
        snapshot: what is seen.
    """
    found = (visible(piece.text) for piece in snapshot.pieces if not piece.is_value and piece.in_sight)
    return tuple(dict.fromkeys(text for text in found if 0 < len(text) <= _MOST_WORDS))


def is_same_page(one: Snapshot, other: Snapshot) -> bool:
    """Return True if two looks show mostly the same words: a menu may have opened between them.

    Args:
        one: a look.
        other: another one.
    """
    left, right = set(texts_of(one)), set(texts_of(other))
    if not left or not right:
        return left == right
    return (
        len(left & right) / min(len(left), len(right)) >= _SAME and len(left & right) / len(left | right) >= _SAME / 2
    )
