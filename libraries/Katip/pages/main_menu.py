"""KATİP's main menu with its four blocks (5.4)."""

from __future__ import annotations

from robot.api.deco import keyword

from Katip.messages import msg
from Katip.pages.component import PageComponent


class MainMenuPage(PageComponent):
    """The page of four blocks after the sign-in."""

    @keyword(tags=["5.4"])
    def enter_as_registered_user(self) -> str:
        """Go on to the choice of the workplace: "Kayıtlı Kullanıcı Girişi" in KATİP's main menu (5.4), or as the portal's file says.

        A portal that goes on to the choice of the workplace by itself is followed there.

        Returns:
            What a person calls the page that follows.

        Raises:
            WrongPage: The main menu, or what follows it, does not come (KTP-102).

        Example:
        | Enter As Registered User
        """
        steps = self.portal.procedure.after
        doing = (
            msg('Choosing "{press}"', press=steps[0].press) if steps else msg("Coming to the choice of the workplace")
        )
        page, _ = self.session.walk(steps, ("workplaces", "home"), doing)
        return self.portal.pages[page].title
