"""The practice portal's plain skin."""

from __future__ import annotations

from playwright.sync_api import expect

from scripts.bare.way import Way


class Practice(Way):
    """Plain HTML, whole pages, a grid with a toolbar."""

    def to_sign_in(self, site_url: str) -> None:
        """Go from the site to e-Devlet's page."""
        self.page.goto(site_url)
        with self.context.expect_page() as opened:
            self.page.get_by_role("link", name="İSG Katip").first.click()
        self.page = opened.value
        self.picture("5-1")
        enter = self.page.get_by_role("link", name="İSG KATİP Giriş")
        enter.or_(self.page.get_by_role("button", name="İSG KATİP Giriş")).first.click()
        self.page.get_by_label("e-Devlet Şifresi").wait_for()
        self.picture("5-2")

    def sign_in(self, number: str, password: str) -> None:
        """Sign in."""
        self.page.get_by_label("T.C. Kimlik No").fill(number)
        self.page.get_by_label("e-Devlet Şifresi").fill(password)
        self.page.get_by_role("button", name="Sisteme Giriş Yap").click()
        self.page.get_by_text("Kayıtlı Kullanıcı Girişi").first.wait_for()
        self.picture("5-3")

    def to_list(self) -> None:
        """Choose the workplace and open the list."""
        self.page.get_by_text("Kayıtlı Kullanıcı Girişi").first.click()
        self.page.get_by_text(self.workplace).first.click()
        self.picture("5-4")
        self.page.get_by_role("button", name="Kayıtlı Kullanıcı Girişi").click()
        self.page.get_by_text("Onay Bekleyen Sözleşmeniz").wait_for()
        self.picture("5-6")
        self.page.get_by_role("button", name="Hizmet Alan İşyerleri Modülü").click()
        self.page.get_by_role("link", name="Sözleşmeler", exact=True).first.click()
        self.page.locator("tbody tr").first.wait_for()
        self.picture("5-7")

    def approve_all(self) -> None:
        """Approve every pending row, page by page."""
        while True:
            self._approve_page()
            following = self.page.locator("[data-go=next]")
            if following.is_disabled():
                return
            first = self.page.locator("tbody tr td").first.inner_text()
            following.click()
            expect(self.page.locator("tbody tr td").first).not_to_have_text(first)

    def _approve_page(self) -> None:
        page = self.page
        pending = page.locator("tbody tr", has=page.get_by_role("cell", name="Onay Bekliyor", exact=True))
        while pending.count():
            with self.contract() as stem:
                self.picture(f"{stem}-before")
                row = pending.first
                name = row.locator("td").first.inner_text()
                index = row.evaluate("row => row.sectionRowIndex")
                row.locator("td").first.click()
                page.get_by_role("button", name="Onayla", exact=True).click()
                expect(page.get_by_label("Adı Soyadı")).to_have_value(name)
                self.picture(f"{stem}-form")
                page.get_by_role("button", name="Kayıt", exact=True).click()
                box = page.get_by_role("alertdialog")
                box.get_by_role("button", name="OK").wait_for()
                self.picture(f"{stem}-ok")
                box.get_by_role("button", name="OK").click()
                box.wait_for(state="detached")
                page.get_by_role("button", name="Tazele").click()
                row = page.locator("tbody tr").nth(index)
                expect(row.get_by_role("cell", name="Onaylandı", exact=True)).to_be_visible()
                expect(page.locator(".mask")).to_be_hidden()
                self.picture(f"{stem}-after")

    def sign_out(self) -> None:
        """Sign out."""
        self.page.get_by_role("link", name="Güvenli Çıkış").first.click()
        self.page.get_by_text("kapatılmıştır").wait_for()
        self.picture("5-10")
