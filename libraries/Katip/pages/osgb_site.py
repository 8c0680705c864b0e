"""The OSGB's site and KATİP's entry page (5.1 and 5.2)."""

from __future__ import annotations

from robot.api.deco import keyword

from Katip.current_session import CurrentSession
from Katip.messages import msg
from Katip.pages.component import PageComponent
from Katip.pages.joining import Joining
from Katip.portal_procedure import PageStep


class OsgbSitePage(PageComponent):
    """The way from the OSGB's site, or from KATİP's own first page, to e-Devlet.

    Args:
        current: the session of the run at work.
        joining: finds a session that is open already.
    """

    def __init__(self, current: CurrentSession, joining: Joining) -> None:
        super().__init__(current)
        self._joining = joining

    @property
    def _steps(self) -> tuple[PageStep, ...]:
        """The pages before the sign-in; a portal without an OSGB's site is begun at KATİP itself."""
        before = self.portal.procedure.before
        return before if self.portal.site_url else tuple(step for step in before if step.page != "site")

    @keyword(tags=["5.1"])
    def open_osgb_site(self) -> str:
        """Open the OSGB's site and make sure that "İSG Katip" is there (5.1); KATİP's own first page where no site is set.

        Returns:
            The site's address as the browser shows it.

        Raises:
            PortalUnreachable: The address cannot be opened (KTP-101).
            WrongPage: The page has no "İSG Katip" (KTP-102).

        Example:
        | ${address} =    Open Osgb Site
        """
        if self._joining.finds_session():
            return self._joining.skipped()
        address = self.portal.site_url or self.portal.katip_url
        self.session.driver.go(address, self.portal.patience.page)
        pages = (*(step.page for step in self._steps), "edevlet")
        return self.session.arrive_at(pages, msg("Opening {address}", address=address))[1].url

    @keyword(tags=["5.1"])
    def follow_isg_katip(self) -> str:
        """Click "İSG Katip" on the OSGB's site and go on in the tab that opens (5.1); nothing where the way begins at KATİP.

        Returns:
            The new tab's address.

        Raises:
            WrongPage: KATİP's entry page does not come (KTP-102).

        Example:
        | ${address} =    Follow Isg Katip
        """
        if self.session.signed_in:
            return self._joining.skipped()
        if len(self._steps) < 2:
            return self.reader.look().url
        pages = (*(step.page for step in self._steps[1:]), "edevlet")
        return self.session.walk(self._steps[:1], pages, msg('Following "{press}"', press=self._steps[0].press))[1].url

    @keyword(tags=["5.2"])
    def enter_katip(self) -> str:
        """Click "İSG KATİP Giriş", or what the portal's file names, and arrive at the e-Devlet sign-in (5.2).

        Returns:
            The address of the sign-in page, without its one-time part.

        Raises:
            WrongPage: e-Devlet's sign-in page does not come (KTP-102).

        Example:
        | ${address} =    Enter Katip
        """
        if self.session.signed_in:
            return self._joining.skipped()
        rest = self._steps[1:] or self._steps
        doing = msg('Clicking "{press}"', press=rest[0].press) if rest else msg("Coming to e-Devlet")
        # Who is known to e-Devlet already is let in unasked; the robot's own account is not.
        ends = ("edevlet",) if self.session.account else ("edevlet", *self.portal.pages_with_a_way_out)
        _, snapshot = self.session.walk(rest, ends, doing)
        return snapshot.url.split("?")[0]
