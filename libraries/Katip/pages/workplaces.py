"""The choice of the workplace by its SGK number (5.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from robot.api.deco import keyword

from Katip.current_session import CurrentSession
from Katip.errors import KatipError, LabelNotFound, NoEffect, WorkplaceNotOffered
from Katip.messages import msg
from Katip.model import Workplace, sgk_digits
from Katip.pages.component import PageComponent
from Katip.pages.home import HomePage
from Katip.pages.place import is_on
from Katip.pages.workplace_texts import any_workplace_of, may_be_title, workplace_of
from Katip.reading import labels
from Katip.reading.controls import Kind, sign_of
from Katip.reading.snapshot import Dialog, Node, Piece, Snapshot

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


class WorkplacesPage(PageComponent):
    """The page that offers one choice for each workplace of the account.

    Args:
        current: the session of the run at work.
        home: the home page, from which the choice of the workplace is reached again.
    """

    def __init__(self, current: CurrentSession, home: HomePage) -> None:
        super().__init__(current)
        self._home = home

    @keyword(tags=["5.5"])
    def read_offered_workplaces(self) -> list[str]:
        """Read which workplaces the account offers (5.5).

        Returns:
            One text for each: title and SGK number.

        Raises:
            WrongPage: Neither the choice nor the home page comes (KTP-102).

        Example:
        | ${offered} =    Read Offered Workplaces
        """
        return [str(choice.workplace) for choice in self.choices()]

    @keyword(tags=["5.5"])
    def choose_workplace(self, number: str = "") -> str:
        """Check SGK number and title, choose the workplace, and go on with "Kayıtlı Kullanıcı Girişi" (5.5).

        Args:
            number: SGK number in any spelling; not given: the workplace is taken if exactly one is offered.

        Returns:
            Title and SGK number of the chosen workplace, as the portal shows them.

        Raises:
            WorkplaceNotOffered: The number is not offered, or more than once; the error lists what was offered (KTP-510).

        Example:
        | ${workplace} =    Choose Workplace    2 9999 01 01 9999901 099 99 32 000
        """
        choices = self.choices(sgk_digits(number))
        self.session.offered = [choice.workplace for choice in choices]
        choice = chosen(choices, sgk_digits(number))
        whole = Workplace(sgk_digits(number), choice.workplace.title) if choice.is_cut else choice.workplace
        self._take(choice, whole)
        self.session.workplace = whole
        return str(whole)

    def choices(self, number: str = "") -> list[Choice]:
        """Read the choices, opening their list where it is closed, or typing into it where it is searched.

        Args:
            number: digits of the SGK number that is looked for; empty for any.

        A portal that knows one workplace only may enter it unasked; then that one is the only choice.
        """
        page, snapshot = self.session.arrive_at(("workplaces", "home"), msg("Choosing the workplace"))
        if page == "home":
            entered = entered_already(self.reader.settled())
            if entered is not None:
                return [entered]
            self._ask_for_the_choice(snapshot)
        try:
            shown = self._offered_once(msg("Reading the offered workplaces"), offered)
        except NoEffect:
            return self._opened_choices(number)
        closed = [choice for choice in shown if _list_around(choice) is not None]
        return self._opened_choices(number) or shown if len(closed) == len(shown) else shown

    def _ask_for_the_choice(self, home: Snapshot) -> None:
        """Go from a home page that does not say whose it is to the choice of the workplace."""
        try:
            self._home.change_workplace()
        except KatipError as error:
            raise WorkplaceNotOffered(
                msg("Choosing the workplace"),
                msg("a choice of workplaces, or the SGK number on the home page"),
                msg(
                    "the portal entered by itself, and its home page at {url} names no SGK number ({sentence})",
                    url=home.url.split("?")[0],
                    sentence=error.sentence,
                ),
                msg("Look at the portal by hand which workplace it enters; nothing was approved."),
            ) from error

    def _opened_choices(self, number: str) -> list[Choice]:
        """Open the list where the choices are shown only when asked for, or when their number is typed."""
        snapshot = self.reader.seen
        present = [node for node in map(_list_around, offered(snapshot)) if node is not None]
        for node in present[:1] or _lists_to_open(snapshot)[:3]:
            self.reader.press_node(node)
            try:
                return self._offered_once(msg("Opening the list of workplaces"), _listed)
            except NoEffect:
                if number and _is_typed_into(node) and (found := self._searched(node, number)):
                    return found
        return []

    def _searched(self, field: Node, number: str) -> list[Choice]:
        """Type the number into a field that searches the list."""
        try:
            self.reader.fill_node(field, number)
            return self._offered_once(msg("Searching the list of workplaces"), _listed)
        except KatipError:
            return []

    def _offered_once(self, doing: str, read: Callable[[Snapshot], list[Choice]]) -> list[Choice]:
        """The choices once the first is seen and all have come: a list may roll open."""
        first = self.session.until(
            lambda now: read(now) or None, doing, msg("at least one SGK number"), self.portal.patience.part
        )
        return read(self.reader.settled(self.portal.patience.part)) or first

    def _take(self, choice: Choice, whole: Workplace) -> None:
        doing = msg("Choosing the workplace {workplace}", workplace=choice.workplace)
        if choice.node is None:
            snapshot = self.session.arrive("home", doing)
            self.session.home_url, self.session.tabs = snapshot.url, snapshot.pages
            return
        if choice.option is not None:
            dialog = self.session.driver.fill(choice.node, self.portal.patience.press, option=choice.option)
        else:
            dialog = self.reader.press_node(choice.node)
        self.session.driver.require_no_dialog(dialog, doing)
        snapshot = self.reader.settled(self.portal.patience.opening)
        if not is_on(snapshot, self.portal, "home") or is_on(snapshot, self.portal, "workplaces"):
            self._check_taken(snapshot, choice)
            _, snapshot = self.session.go_through(lambda: self._enter(choice), ("home",), doing)
        else:
            snapshot = self.session.arrive("home", doing)
        require_home_of(whole, snapshot, doing)
        self.session.home_url, self.session.tabs = snapshot.url, snapshot.pages

    def _enter(self, choice: Choice) -> Dialog | None:
        """Press "Kayıtlı Kullanıcı Girişi": the choice's own where each has one, else the page's."""
        label, words = self.session.label("enter_workplace"), self.portal.wording.words
        snapshot = self.reader.seen
        again = next((one for one in offered(snapshot) if one.workplace.sgk == choice.workplace.sgk), None)
        if again is not None and again.place is not None:
            with suppress(LabelNotFound):
                own = labels.find(snapshot, label, Kind.BUTTON, words, inside=again.place)
                if not own.disabled:
                    return self.reader.press(own)
        return self.reader.press(label, Kind.BUTTON)

    @staticmethod
    def _check_taken(snapshot: Snapshot, choice: Choice) -> None:
        """Make sure that no other workplace is the marked one."""
        marked = [one for one in offered(snapshot) if one.node is not None and _is_marked(one.node)]
        if marked and not any(one.workplace.sgk == choice.workplace.sgk for one in marked):
            raise NoEffect(
                msg("Choosing the workplace"),
                msg("{workplace} to be marked", workplace=choice.workplace),
                ", ".join(str(one.workplace) for one in marked),
                msg("Nothing was entered. Run again, or choose the workplace by hand once."),
            )


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


def _lists_to_open(snapshot: Snapshot) -> list[Node]:
    """Return what may open a list of choices; where nothing says so, the fields."""
    shown = [node for node in snapshot.nodes if node.in_sight]
    lists = [node for node in shown if _says_it_opens(node)]
    return lists or [node for node in shown if node.is_field and node.input_type != "password"]


def _says_it_opens(node: Node) -> bool:
    return node.role in ("combobox", "listbox") or "hp" in node.raw or (node.is_field and "ro" in node.raw)


def _is_typed_into(node: Node) -> bool:
    return node.is_field and "ro" not in node.raw


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


def _listed(snapshot: Snapshot) -> list[Choice]:
    return [choice for choice in offered(snapshot) if _list_around(choice) is None]


def _list_around(choice: Choice) -> Node | None:
    """The closed list whose present entry a choice is; None if it is a choice of its own."""
    if choice.node is None or choice.option is not None:
        return None
    around = [choice.node, *choice.node.ancestors()][:5]
    if any(node.role == "option" for node in around):
        return None
    return next((node for node in around if node.role == "combobox" or "hp" in node.raw), None)


def _is_marked(node: Node) -> bool:
    return node.selected or any(one.selected for one in list(node.ancestors())[:3])
