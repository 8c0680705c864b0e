"""KATİP's main menu with its four blocks (5.4)."""

from __future__ import annotations

from robot.api.deco import keyword

from Katip.pages.component import PageComponent
from Katip.reading.labels import Kind


class MainMenuPage(PageComponent):
    """The page of four blocks after the sign-in."""

    @keyword(tags=["5.4"])
    def enter_as_registered_user(self) -> str:
        """Choose "Kayıtlı Kullanıcı Girişi" in KATİP's main menu (5.4).

        A portal that goes on to the choice of the workplace by itself is followed there.

        Returns:
            What a person calls the page that follows.

        Raises:
            WrongPage: The main menu, or what follows it, does not come.

        Example:
        | Enter As Registered User
        """
        doing = 'Choosing "Kayıtlı Kullanıcı Girişi"'
        page, _ = self.session.arrive_at(("workplaces", "main_menu", "home"), doing)
        if page == "main_menu":
            label = self.session.label("registered_user")
            page, _ = self.session.go_through(
                lambda: self.reader.press(label, Kind.BUTTON), ("workplaces", "home"), doing
            )
        return self.portal.pages[page].title
