"""Come back, in the same session, to a page of the procedure."""

from __future__ import annotations

from Katip.current_session import CurrentSession
from Katip.messages import msg
from Katip.pages.home import HomePage
from Katip.pages.main_menu import MainMenuPage
from Katip.pages.workplace_choices import require_home_of
from Katip.pages.workplaces import WorkplacesPage
from Katip.procedure.places import Place
from Katip.reading.snapshot import Snapshot


class Navigation:
    """Loads the portal again and goes on to a place while the session lasts.

    Args:
        current: the session of the run at work.
        main_menu: the page that follows the sign-in.
        home: the home page.
        workplaces: the choice of the workplace.
    """

    def __init__(
        self, current: CurrentSession, main_menu: MainMenuPage, home: HomePage, workplaces: WorkplacesPage
    ) -> None:
        self._current = current
        self._main_menu = main_menu
        self._home = home
        self._workplaces = workplaces

    def load_home(self) -> None:
        """Load the home page's address again; a form that is open is left unsaved.

        A portal that keeps no place in its address begins at the main menu again.
        """
        self.go_on(Place.HOME)

    def go_home(self) -> None:
        """Return to the home page of the same session from any page."""
        counts_on_the_list = self._current.session.portal.procedure.list.counts
        if counts_on_the_list or not self._home.press_home():
            self.load_home()

    def reopen_contracts(self) -> None:
        """Load the portal again and go back to the contracts' grid."""
        self.load_home()
        self._home.open_contracts()

    def go_on(self, place: Place) -> None:
        """Go on in the same session, from the last page that had a way to sign out.

        Args:
            place: where to.
        """
        session = self._current.session
        session.load(session.home_url or session.way_out or session.portal.katip_url)
        doing = msg("Loading the portal again")
        between = tuple(step.page for step in session.portal.procedure.after)
        page, snapshot = session.arrive_at(("workplaces", *between, "home"), doing)
        if place is Place.WORKPLACES and page == "home" and session.workplace is not None:
            self._home.change_workplace()
        elif page in between and place > Place.MAIN_MENU:
            self._main_menu.enter_as_registered_user()
        if place > Place.WORKPLACES:
            self._enter_workplace(page, snapshot, doing)
        if place is Place.CONTRACTS:
            self._home.open_contracts()

    def _enter_workplace(self, page: str, snapshot: Snapshot, doing: str) -> None:
        """Choose the workplace again, or make sure that the home page that came is its own."""
        workplace = self._current.session.workplace
        if page != "home":
            self.choose_again()
        elif workplace is not None:
            require_home_of(workplace, snapshot, doing)

    def choose_again(self) -> None:
        """Choose the workplace that was chosen before; the only one that is offered where none was."""
        workplace = self._current.session.workplace
        self._workplaces.choose_workplace(workplace.sgk if workplace else "")
