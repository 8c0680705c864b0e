"""The procedure as a bare Playwright script for the practice portal's plain skin: the measure that `make bench` compares the suite with.

It knows the portal's markup, checks nothing, keeps no journal and no records, and takes the same pictures as the suite.

    python scripts/bare_playwright.py SITE_URL WORKPLACE FOLDER BROWSER

The user is taken from EDEVLET_TCKN and EDEVLET_SIFRE. Prints one JSON line: seconds to the first sign-in page, seconds for each contract, contracts.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright


def approve_page(page: Page, folder: Path, done: list[float]) -> None:
    """Approve every pending row of the grid's page that is shown."""
    pending = page.locator("tbody tr", has=page.get_by_role("cell", name="Onay Bekliyor", exact=True))
    while pending.count():
        started = time.perf_counter()
        stem = folder / f"{len(done) + 1:03d}"
        page.screenshot(path=f"{stem}-before.png")
        row = pending.first
        name = row.locator("td").first.inner_text()
        index = row.evaluate("row => row.sectionRowIndex")
        row.locator("td").first.click()
        page.get_by_role("button", name="Onayla", exact=True).click()
        expect(page.get_by_label("Adı Soyadı")).to_have_value(name)
        page.screenshot(path=f"{stem}-form.png")
        page.get_by_role("button", name="Kayıt", exact=True).click()
        box = page.get_by_role("alertdialog")
        box.get_by_role("button", name="OK").wait_for()
        page.screenshot(path=f"{stem}-ok.png")
        box.get_by_role("button", name="OK").click()
        box.wait_for(state="detached")
        page.get_by_role("button", name="Tazele").click()
        expect(page.locator("tbody tr").nth(index).get_by_role("cell", name="Onaylandı", exact=True)).to_be_visible()
        expect(page.locator(".mask")).to_be_hidden()
        page.screenshot(path=f"{stem}-after.png")
        done.append(time.perf_counter() - started)


def main(site_url: str, workplace: str, folder: Path, browser_path: str) -> None:
    """Carry the procedure out once."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, headless=True)
        context = browser.new_context(viewport={"width": 1600, "height": 1000}, locale="tr-TR")
        page = context.new_page()
        page.goto(site_url)
        with context.expect_page() as opened:
            page.get_by_role("link", name="İSG Katip").first.click()
        page = opened.value
        page.screenshot(path=folder / "5-1.png")
        page.get_by_role("link", name="İSG KATİP Giriş").or_(
            page.get_by_role("button", name="İSG KATİP Giriş")
        ).first.click()
        page.get_by_label("e-Devlet Şifresi").wait_for()
        first_page = time.time()
        page.screenshot(path=folder / "5-2.png")
        page.get_by_label("T.C. Kimlik No").fill(os.environ["EDEVLET_TCKN"])
        page.get_by_label("e-Devlet Şifresi").fill(os.environ["EDEVLET_SIFRE"])
        page.get_by_role("button", name="Sisteme Giriş Yap").click()
        page.get_by_text("Kayıtlı Kullanıcı Girişi").first.wait_for()
        page.screenshot(path=folder / "5-3.png")
        page.get_by_text("Kayıtlı Kullanıcı Girişi").first.click()
        page.get_by_text(workplace).first.click()
        page.screenshot(path=folder / "5-4.png")
        page.get_by_role("button", name="Kayıtlı Kullanıcı Girişi").click()
        page.get_by_text("Onay Bekleyen Sözleşmeniz").wait_for()
        page.screenshot(path=folder / "5-6.png")
        page.get_by_role("button", name="Hizmet Alan İşyerleri Modülü").click()
        page.get_by_role("link", name="Sözleşmeler", exact=True).first.click()
        page.locator("tbody tr").first.wait_for()
        page.screenshot(path=folder / "5-7.png")
        done: list[float] = []
        while True:
            approve_page(page, folder, done)
            following = page.locator("[data-go=next]")
            if following.is_disabled():
                break
            first = page.locator("tbody tr td").first.inner_text()
            following.click()
            expect(page.locator("tbody tr td").first).not_to_have_text(first)
        page.get_by_role("link", name="Güvenli Çıkış").first.click()
        page.get_by_text("kapatılmıştır").wait_for()
        page.screenshot(path=folder / "5-10.png")
        browser.close()
    print(json.dumps({"first_page_at": first_page, "contracts": len(done), "seconds": sum(done)}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4])
