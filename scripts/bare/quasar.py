"""The stranger made with Quasar, a single-page application."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from scripts.bare.way import Way

_ASLEEP_MS = 450  # clicks in a page's first 400 ms are lost
_SIGN_IN_ASLEEP_MS = 2550


class Quasar(Way):
    """A component library with dialogs and animations."""

    def to_sign_in(self, site_url: str) -> None:
        """Go from the site to e-Devlet's page."""
        self.page.goto(site_url)
        with self.context.expect_page() as opened:
            self.page.get_by_text("İSG\u00a0Katip").click()
        self.page = opened.value
        self.picture("5-1")
        self.page.locator("input[name=k]").wait_for()
        self.picture("5-2")

    def sign_in(self, number: str, password: str) -> None:
        """Sign in."""
        self.page.wait_for_timeout(_SIGN_IN_ASLEEP_MS)
        self.page.locator("input[name=k]").fill(number)
        self.page.locator("input[name=s]").fill(password)
        self.page.get_by_role("button", name="Giriş Yap").click()
        self.page.get_by_text("Kayıtlı Kullanıcı Girişi").wait_for()
        self.picture("5-3")

    def to_list(self) -> None:
        """Choose the workplace and open the list."""
        self.page.wait_for_timeout(_ASLEEP_MS)
        self.page.get_by_text("Kayıtlı Kullanıcı Girişi").click()
        self.page.get_by_text("Hizmet Alan İşyerleri Modülü").wait_for()
        self.page.wait_for_timeout(_ASLEEP_MS)
        self.picture("5-6")
        self.page.get_by_text("Hizmet Alan İşyerleri Modülü").click()
        self.page.get_by_text("Sözleşmeler", exact=True).click()
        self._rows().first.wait_for()
        self.picture("5-7")

    def _rows(self) -> Locator:
        return self.page.locator(".q-table tbody tr")

    def approve_all(self) -> None:
        """Approve every pending row, page by page."""
        while True:
            self._approve_page()
            following = self.page.locator(".q-table__bottom button:has-text('chevron_right')").first
            if not following.count() or following.is_disabled():  # there is no pager where all rows fit
                return
            first = self._rows().first.inner_text()
            following.click()
            expect(self._rows().first).not_to_have_text(first, use_inner_text=True)

    def _approve_page(self) -> None:
        while True:
            row = self._rows().filter(has_text="Onay Bekleniyor").first
            if not row.count():
                return
            with self.contract() as stem:
                self.picture(f"{stem}-before")
                name = row.locator("td.text-left").first.inner_text().strip()
                row.locator(".q-checkbox, .q-radio").click()
                self.page.get_by_role("button", name="Onayla").click()
                save = self.page.get_by_role("button", name="Kaydet")
                save.wait_for()
                self.picture(f"{stem}-form")
                save.click()
                close = self.page.get_by_role("button", name="Tamam")
                close.wait_for()
                self.picture(f"{stem}-ok")
                with self.page.expect_response(lambda answer: "/api/contracts" in answer.url):
                    close.click()
                self._rows().filter(has_text=name).filter(has_text="Onaylandı").first.wait_for()
                self.picture(f"{stem}-after")

    def sign_out(self) -> None:
        """Sign out."""
        self.page.get_by_text("Güvenli Çıkış").first.click()
        self.page.get_by_text("Örnek OSGB").or_(self.page.locator("input[name=k]")).first.wait_for()
        self.picture("5-10")
