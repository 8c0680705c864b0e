"""The OSGB's site and KATİP's entry page (5.1 and 5.2)."""

from __future__ import annotations

from robot.api.deco import keyword

from Katip.pages.component import PageComponent
from Katip.reading.labels import Kind


class OsgbSitePage(PageComponent):
    """The way from the OSGB's site to e-Devlet."""

    @keyword(tags=["5.1"])
    def open_osgb_site(self) -> str:
        """Open the OSGB's site and make sure that "İSG Katip" is there (5.1).

        Returns:
            The site's address as the browser shows it.

        Raises:
            PortalUnreachable: The address cannot be opened.
            WrongPage: The page has no "İSG Katip".

        Example:
        | ${address} =    Open Osgb Site
        """
        address = self.portal.site_url
        self.session.driver.go(address, self.portal.timeout)
        return self.session.arrive("site", f"Opening the OSGB's site {address}").url

    @keyword(tags=["5.1"])
    def follow_isg_katip(self) -> str:
        """Click "İSG Katip" on the OSGB's site and go on in the tab that opens (5.1).

        Returns:
            The new tab's address.

        Raises:
            WrongPage: KATİP's entry page does not come.

        Example:
        | ${address} =    Follow Isg Katip
        """
        label = self.session.label("isg_katip")
        return self.session.go_through(
            lambda: self.reader.press(label, Kind.LINK), ("entry", "edevlet"), 'Following "İSG Katip"'
        )[1].url

    @keyword(tags=["5.2"])
    def enter_katip(self) -> str:
        """Click "İSG KATİP Giriş" and arrive at the e-Devlet sign-in (5.2).

        Returns:
            The address of the sign-in page, without its one-time part.

        Raises:
            WrongPage: e-Devlet's sign-in page does not come.

        Example:
        | ${address} =    Enter Katip
        """
        doing = 'Clicking "İSG KATİP Giriş"'
        page, snapshot = self.session.arrive_at(("edevlet", "entry"), doing)
        if page == "entry":
            label = self.session.label("katip_entry")
            _, snapshot = self.session.go_through(lambda: self.reader.press(label, Kind.BUTTON), ("edevlet",), doing)
        return snapshot.url.split("?")[0]
