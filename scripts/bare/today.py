"""The practice portal's pages in the manner of today's KATİP."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from scripts.bare.way import Way


class Today(Way):
    """A single-page application: tabs, "Onayla" in the row, a dialog, a message that goes by itself."""

    def to_sign_in(self, site_url: str) -> None:
        """Go from KATİP's page to e-Devlet's."""
        self.page.goto(site_url)
        self.page.get_by_text("e-Devlet Giriş").first.wait_for()
        self.picture("5-1")
        self.page.get_by_text("e-Devlet Giriş").first.click()
        self.page.get_by_label("e-Devlet Şifresi").wait_for()
        self.picture("5-2")

    def sign_in(self, number: str, password: str) -> None:
        """Sign in."""
        self.page.get_by_label("T.C. Kimlik No").fill(number)
        self.page.get_by_label("e-Devlet Şifresi").fill(password)
        self.page.get_by_role("button", name="Giriş Yap").click()
        self.page.get_by_text("Kurumsal", exact=True).wait_for()
        self.picture("5-3")

    def to_list(self) -> None:
        """Choose the workplace and open the list."""
        self.page.get_by_text("Kurumsal", exact=True).click()
        card = self.page.locator(".card", has_text=self.workplace)
        card.wait_for()
        self.picture("5-4")
        card.get_by_role("button", name="Seç").click()
        self.page.get_by_role("heading", name="Ana Sayfa").wait_for()
        self.picture("5-6")
        self.page.get_by_text("Süreç Yönetimi").click()
        self.page.get_by_text("Hizmet Sözleşmeleri", exact=True).click()
        self._rows().first.wait_for()
        self.picture("5-7")

    def _rows(self) -> Locator:
        return self.page.locator(".tab-panel:not([hidden]) tbody tr")

    def _show(self, tab: str) -> None:
        with self.page.expect_response(lambda answer: "sozlesmeler?" in answer.url):
            self.page.get_by_role("tab").filter(has_text=tab).click()
        expect(self.page.get_by_role("tab").filter(has_text=tab)).to_have_attribute("aria-selected", "true")

    def approve_all(self) -> None:
        """Approve every row that has the button."""
        while True:
            row = self._rows().filter(has=self.page.get_by_role("button", name="Onayla", exact=True)).first
            if not row.count():
                return
            with self.contract() as stem:
                self.picture(f"{stem}-before")
                key = row.get_attribute("data-row")
                row.get_by_role("button", name="Onayla", exact=True).click()
                form = self.page.get_by_role("dialog")
                form.get_by_role("button", name="Onayla", exact=True).wait_for()
                self.picture(f"{stem}-form")
                form.get_by_role("button", name="Onayla", exact=True).click()
                self.page.locator(".toast").last.wait_for()
                form.wait_for(state="detached")
                self.picture(f"{stem}-ok")
                self._show("Aktif")
                self.page.locator(f'.tab-panel:not([hidden]) [data-row="{key}"]').wait_for()
                self.picture(f"{stem}-after")
                self._show("Onay Bekleyen")

    def sign_out(self) -> None:
        """Sign out in the person's menu."""
        self.page.locator(".person").click()
        self.page.get_by_text("Çıkış Yap").click()
        self.page.get_by_text("Oturumunuz kapatıldı").wait_for()
        self.picture("5-10")
