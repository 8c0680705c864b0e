"""The choice of the workplace by its SGK number (5.5)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from robot.api.deco import keyword

from Katip.current_session import CurrentSession
from Katip.errors import KatipError, LabelNotFound, NoEffect, WorkplaceNotOffered
from Katip.messages import msg
from Katip.model import Workplace, sgk_digits
from Katip.pages.component import PageComponent
from Katip.pages.home import HomePage
from Katip.pages.place import is_on
from Katip.pages.workplace_choices import Choice, chosen, entered_already, offered, require_home_of
from Katip.reading import labels
from Katip.reading.controls import Kind
from Katip.reading.snapshot import Dialog, Node, Snapshot


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


def _lists_to_open(snapshot: Snapshot) -> list[Node]:
    """Return what may open a list of choices; where nothing says so, the fields."""
    shown = [node for node in snapshot.nodes if node.in_sight]
    lists = [node for node in shown if _says_it_opens(node)]
    return lists or [node for node in shown if node.is_field and node.input_type != "password"]


def _says_it_opens(node: Node) -> bool:
    return node.role in ("combobox", "listbox") or "hp" in node.raw or (node.is_field and "ro" in node.raw)


def _is_typed_into(node: Node) -> bool:
    return node.is_field and "ro" not in node.raw


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
