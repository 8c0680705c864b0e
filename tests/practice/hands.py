"""A person's hands at the portal, in a real browser: what is where in each skin, found by what it says.

The tests know the skins' make, on purpose: the robot's library does not, and is tested elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from Browser import Browser, ElementState, SelectAttribute

from PracticePortal.process import PortalProcess
from tests.practice.visitor import Visitor


@dataclass(frozen=True)
class Places:
    """Where the parts of a page are: prefixes of selectors that lead into frames."""

    module: str = ""
    grid: str = ""
    form: str = ""


_PLACES = {
    "plain": Places(),
    "framed": Places("iframe >>> ", "iframe >>> iframe >>> ", "iframe >>> .window iframe >>> "),
    "legacy": Places(),
}


class Hands:
    """Carries out the procedure in a browser.

    Args:
        browser: A Browser library with an open context.
        portal: The portal.
        skin: Its skin.
        pictures: Folder for a picture of each page; None for none.
    """

    def __init__(self, browser: Browser, portal: PortalProcess, skin: str, pictures: Path | None = None) -> None:
        self.browser = browser
        self.portal = portal
        self.skin = skin
        self.places = _PLACES[skin]
        self._pictures = pictures

    def sign_in(self) -> None:
        self.browser.new_page(self.portal.site_url)
        self.picture("5.1")
        self.press("İSG Katip")
        self.browser.switch_page("NEW")
        self.picture("5.2")
        self.press("İSG KATİP Giriş")
        self.browser.fill_text("[name=tridField]", self.portal.number)
        self.browser.fill_text("[name=egpField]", self.portal.password)
        self.picture("5.3")
        self.press("Sisteme Giriş Yap")
        self.picture("5.4")
        self.press("Kayıtlı Kullanıcı Girişi")

    def choose_workplace(self) -> None:
        sgk = self.portal.workplace
        if self.skin == "framed":
            self.browser.select_options_by("select", SelectAttribute.value, sgk)
        elif self.skin == "legacy":
            self.browser.click("text=2 9999 01 01 9999901 099 99 32 000")
        else:
            self.browser.click(f"text={sgk}")
        self.picture("5.5")
        self.press("Kayıtlı Kullanıcı Girişi")

    def arrive_at_home(self) -> None:
        """Come home without the way there, which one test goes and the others need not."""
        visitor = Visitor(self.portal)
        home = visitor.enter()
        for cookie in visitor.cookies:
            self.browser.add_cookie(cookie.name, cookie.value or "", url=self.portal.katip_url)
        self.browser.new_page(home.url)

    def open_contracts(self) -> None:
        self.picture("5.6")
        self.see_and_click('text="Hizmet Alan İşyerleri Modülü"')
        self.picture("5.7")
        self.see_and_click('text="Sözleşmeler"')
        self.see(f"{self.places.grid}text=Onay Bekliyor")

    def open_form(self) -> None:
        self.browser.click(f"{self.places.grid}text=Onay Bekliyor >> nth=0")
        self.picture("5.8")
        self.see_and_click(f'{self.places.module}text="Onayla"')
        self.see(f'{self.places.form}text="Kayıt"')
        self.picture("5.9")

    def save(self) -> None:
        self.see_and_click(f'{self.places.form}text="Kayıt"')

    def read_box(self) -> str:
        """The small window's words."""
        self.see(f"{self.places.module}.box")
        self.picture("5.9-ok")
        return str(self.browser.get_text(f"{self.places.module}.box >> visible=true >> p"))

    def press_ok(self) -> None:
        self.press("OK", self.places.module)

    def wait_for_grid(self) -> None:
        """Wait until the form is closed and the grid shows rows again."""
        mask = f"{self.places.module}.mask >> visible=true"
        self.browser.wait_for_elements_state(mask, ElementState.detached)
        self.see(f"{self.places.grid}text=Onaylandı")

    def sign_out(self) -> None:
        self.picture("5.10")
        self.see_and_click('text="Güvenli Çıkış"')
        self.see("text=kapatılmıştır")
        self.picture("5.10-out")

    def press(self, label: str, place: str = "") -> None:
        """Press a button, which is an input in the framed skin."""
        selector = f'input[value="{label}"]' if self.skin == "framed" else f'text="{label}"'
        self.see_and_click(place + selector)

    def see_and_click(self, selector: str) -> None:
        self.browser.click(f"{selector} >> visible=true >> nth=0")

    def see(self, selector: str) -> None:
        self.browser.wait_for_elements_state(f"{selector} >> visible=true >> nth=0", ElementState.attached)

    def sees(self, selector: str) -> bool:
        return bool(self.browser.get_element_count(f"{selector} >> visible=true") > 0)

    def picture(self, name: str) -> None:
        if self._pictures:
            self.browser.take_screenshot(filename=str(self._pictures / f"{self.skin}-{name}.png"))
