"""The stranger made with ExtJS 3, in a frame."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Locator, expect

from scripts.bare.way import Way


class Ext3(Way):
    """A desktop of panels: tree, tabs, grid, window, message box."""

    def to_sign_in(self, site_url: str) -> None:
        """Go from the site to e-Devlet's page."""
        self.page.goto(site_url)
        with self.context.expect_page() as opened:
            self.page.get_by_role("link", name="İSG Katip").click()
        self.page = opened.value
        self.page.get_by_role("button", name="Giriş").wait_for()
        self.picture("5-1")
        self.page.get_by_role("button", name="Giriş").click()
        self.page.get_by_label("e-Devlet Şifresi").wait_for()
        self.picture("5-2")

    def sign_in(self, number: str, password: str) -> None:
        """Sign in."""
        self.page.get_by_label("T.C. Kimlik No").fill(number)
        self.page.get_by_label("e-Devlet Şifresi").fill(password)
        self.page.get_by_role("button", name="Sisteme Giriş Yap").click()
        self.page.get_by_role("button", name="Kayıtlı Kullanıcı Girişi").wait_for()
        self.picture("5-3")

    @property
    def _desktop(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    def to_list(self) -> None:
        """Choose the workplace and open the list."""
        self.page.get_by_role("button", name="Kayıtlı Kullanıcı Girişi").click()
        self.page.get_by_label(self.workplace).click()
        self.picture("5-4")
        self.page.get_by_role("button", name="Kayıtlı Kullanıcı Girişi").click()
        self._desktop.get_by_text("Onay Bekleyen Sözleşmeniz").wait_for()
        self.picture("5-6")
        self._desktop.get_by_text("Hizmet Alan İşyerleri Modülü").dblclick()
        self._desktop.locator(".x-tree-node").get_by_text("Sözleşmeler", exact=True).click()
        self._rows().first.wait_for()
        self.picture("5-7")

    def _rows(self) -> Locator:
        return self._desktop.locator(".x-grid3-row")

    def _button(self, name: str) -> Locator:
        return self._desktop.locator("button:visible").get_by_text(name, exact=True)

    def approve_all(self) -> None:
        """Approve every pending row, page by page."""
        while True:
            self._approve_page()
            following = self._desktop.locator(".x-btn:has(.x-tbar-page-next)")
            if "x-item-disabled" in (following.get_attribute("class") or ""):
                return
            first = self._rows().first.inner_text()
            self._desktop.locator("button.x-tbar-page-next").click()
            expect(self._rows().first).not_to_have_text(first, use_inner_text=True)

    def _approve_page(self) -> None:
        while True:
            row = self._rows().filter(has_text="Onay Bekliyor").first
            if not row.count():
                return
            with self.contract() as stem:
                self.picture(f"{stem}-before")
                name = row.locator("td").first.inner_text().strip()
                row.locator("td").first.click()
                self._button("Onayla").click()
                window = self._desktop.locator(".x-window:visible")
                window.get_by_text("Görevlendirme ID").wait_for()
                self.picture(f"{stem}-form")
                self._button("Kayıt").click()
                self._button("OK").wait_for()
                self.picture(f"{stem}-ok")
                with self.page.expect_response(lambda answer: "/api/contracts" in answer.url):
                    self._button("OK").click()
                approved = self._rows().filter(has_text=name).filter(has_text="Onaylandı")
                approved.first.wait_for()
                self.picture(f"{stem}-after")

    def sign_out(self) -> None:
        """Sign out."""
        self._desktop.locator(".x-tree-node").get_by_text("Güvenli Çıkış").first.click()
        self.page.get_by_text("kapatılmıştır").wait_for()
        self.picture("5-10")
