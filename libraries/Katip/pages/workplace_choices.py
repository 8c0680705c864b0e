"""The workplaces that a page offers, read from what is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from Katip.errors import WorkplaceNotOffered
from Katip.messages import msg
from Katip.model import Workplace
from Katip.pages.workplace_texts import any_workplace_of, may_be_title, workplace_of
from Katip.reading.controls import Kind, sign_of
from Katip.reading.snapshot import Node, Piece, Snapshot

_SGK_LENGTH = 26
_TALLEST_CHOICE = 8  # times the height of the number's line


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One offered workplace and how it is chosen.

    Attributes:
        workplace: number and title as shown.
        node: what to press, or None if the portal entered this workplace by itself.
        option: its place in a list, or None if it is pressed.
        place: the element around it that holds no other choice, or None if it is an entry of a list.
        is_cut: True if the page shows only the beginning of the number.
    """

    workplace: Workplace
    node: Node | None
    option: int | None = None
    place: Node | None = None
    is_cut: bool = False

    def has_number(self, number: str) -> bool:
        """Return True if a whole SGK number can be this workplace's."""
        return number.startswith(self.workplace.sgk) if self.is_cut else number == self.workplace.sgk


def chosen(choices: list[Choice], number: str) -> Choice:
    """Find the choice with an SGK number.

    Args:
        choices: what is offered.
        number: the digits; empty to take the only one.

    Returns:
        The choice.

    Raises:
        WorkplaceNotOffered: if the number is not offered, or more than once; or none was given and several are offered.
    """
    distinct: dict[tuple[str, str], Choice] = {}
    for choice in choices:
        distinct.setdefault((choice.workplace.sgk, choice.workplace.title), choice)
    found = [choice for choice in distinct.values() if not number or choice.has_number(number)]
    if len(found) == 1 and not (found[0].is_cut and len(number) != _SGK_LENGTH):
        return found[0]
    listed = "; ".join(str(choice.workplace) for choice in distinct.values()) or msg("no workplace at all")
    expected = (
        msg("exactly one workplace with the SGK number {number}", number=number)
        if number
        else msg("exactly one workplace, as WORKPLACE is not given")
    )
    raise WorkplaceNotOffered(
        msg("Choosing the workplace"),
        expected,
        listed,
        msg("Give the right number with -v WORKPLACE:NUMBER or, for all of them, -v WORKPLACE:all."),
    )


def offered(snapshot: Snapshot) -> list[Choice]:
    """Read the workplaces that a page offers.

    Args:
        snapshot: what is seen.

    Returns:
        The choices in the page's order.
    """
    listed = _in_lists(snapshot)
    if listed:
        return listed
    shown = [piece for piece in snapshot.pieces if not piece.is_value and not piece.cut_off]
    numbered = [(piece, workplace) for piece in shown if (workplace := any_workplace_of(piece.text)) is not None]
    found: list[Choice] = []
    for piece, workplace in numbered:
        others = [other for other, _ in numbered if other is not piece]
        place = _place_of(piece, others)
        title = workplace.title
        if (
            not title or piece.text[:1].isdigit()
        ):  # what follows a number may be its title, or something else of the workplace
            title = max(title, _title_beside(snapshot, piece, place, others), key=len)
        is_cut = workplace_of(piece.text) is None
        found.append(Choice(Workplace(workplace.sgk, title), _pressed(piece), place=place, is_cut=is_cut))
    return found


def _in_lists(snapshot: Snapshot) -> list[Choice]:
    """Return the workplaces among the options of lists."""
    found: list[Choice] = []
    for node in snapshot.nodes:
        for index, text in enumerate(node.raw.get("op", ())):
            workplace = any_workplace_of(text)
            if workplace:
                found.append(Choice(workplace, node, index, is_cut=workplace_of(text) is None))
    return found


def entered_already(home: Snapshot) -> Choice | None:
    """Read from the home page which workplace the portal entered by itself.

    Args:
        home: what is seen.

    Returns:
        The one workplace whose SGK number the page shows, or None if it shows none or several.
    """
    seen = {
        choice.workplace.sgk: choice.workplace for choice in offered(home) if len(choice.workplace.sgk) == _SGK_LENGTH
    }
    return Choice(next(iter(seen.values())), None) if len(seen) == 1 else None


def require_home_of(workplace: Workplace, home: Snapshot, doing: str) -> None:
    """Make sure that a home page which names one workplace names the chosen one.

    Args:
        workplace: the chosen workplace.
        home: what is seen.
        doing: what was being done.

    Raises:
        WorkplaceNotOffered: if it is another workplace's.
    """
    entered = entered_already(home)
    if entered is not None and len(workplace.sgk) == _SGK_LENGTH and entered.workplace.sgk != workplace.sgk:
        raise WorkplaceNotOffered(
            doing,
            msg("the home page of {workplace}", workplace=workplace),
            msg("the home page of {workplace}", workplace=entered.workplace),
            msg("Nothing was approved there. Look at the portal by hand."),
        )


def _place_of(number: Piece, others: Sequence[Piece]) -> Node:
    """The element of one choice: the largest around its number that holds no other number; of a single one, no whole page."""
    place = number.node
    for node in number.node.ancestors():
        if any(other.node.within(node) for other in others):
            break
        if not others and node.box.height > _TALLEST_CHOICE * number.box.height:
            break
        place = node
    return place


def _title_beside(snapshot: Snapshot, number: Piece, place: Node, others: Sequence[Piece]) -> str:
    """The title where number and title are texts of their own: in the number's choice, else on its line."""
    words = [piece for piece in snapshot.pieces if piece is not number and piece not in others and _may_be_title(piece)]
    inside = [piece for piece in words if piece.node.within(place) and not _is_of_button(piece, place)]
    beside = [piece for piece in words if _is_on_line_of(number, piece, others)]
    return max((piece.text for piece in inside or beside), key=len, default="")


def _is_on_line_of(number: Piece, piece: Piece, others: Sequence[Piece]) -> bool:
    """True if a text is on the line of a number, and no other number is nearer to it."""
    if piece.frame != number.frame or not piece.box.same_line(number.box):
        return False
    return min([number, *others], key=lambda one: _gap(one, piece)) is number


def _gap(one: Piece, other: Piece) -> float:
    """The blank between two texts of one line, in CSS pixels."""
    return max(one.box.x - other.box.right, other.box.x - one.box.right)


def _may_be_title(piece: Piece) -> bool:
    return not piece.is_value and may_be_title(piece.text)


def _is_of_button(piece: Piece, place: Node) -> bool:
    """True for the words of a button within a choice ("Seç")."""
    return any(
        node.within(place) and node is not place and sign_of(node) is Kind.BUTTON
        for node in [piece.node, *piece.node.ancestors()]
    )


def _pressed(piece: Piece) -> Node:
    """Return the control to press: the radio button of the line if there is one, else the text."""
    for node in list(piece.node.ancestors())[:4]:
        boxes = [one for one in node.walk() if one.checkable and "gh" not in one.raw]
        if len(boxes) > 1:
            break
        if len(boxes) == 1:
            # A drawn one that holds the words is pressed on them; a label around one that is drawn beside them presses nothing.
            return piece.node if piece.node.within(boxes[0]) else boxes[0]
    return piece.node
