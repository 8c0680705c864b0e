"""The skin `today`: its looks clicked through in a real browser, its export, and the names of its looks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, sync_playwright

from Katip.browsers import find_browser
from PracticePortal.process import PortalProcess
from PracticePortal.today.look import CHOICES, Look, describe_looks, parse_look
from tests.practice.visitor import Visitor

LOOKS: dict[str, tuple[str, ...]] = {
    "as it is": (),
    "virtual, icons, drawer": (
        *("table=virtual", "action=icon", "form=drawer", "workplace=select", "count=badge", "names=masked"),
        *("sgk=dotted", "consent=on"),
    ),
    "menu, page, window": (
        *("action=menu", "form=page", "workplace=search", "announcement=yes", "read_box=yes"),
        *("information=yes", "answer=window", "after=local"),
    ),
    "checked, no form, colours": (
        *("action=checked", "form=none", "question=yes", "workplace=list", "turn=colour", "ids=form"),
        *("answer=red", "after=page"),
    ),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        executable = str(find_browser().executable)
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.browser
@pytest.mark.parametrize("parts", LOOKS.values(), ids=LOOKS)
def test_a_contract_is_approved_by_hand(browser: Browser, parts: tuple[str, ...]) -> None:
    look = parse_look(parts)
    with PortalProcess("today", look=parts) as portal:
        page = _signed_in(browser, portal)
        _choose_workplace(page, portal, look)
        page.click('text="Süreç Yönetimi"')
        page.click('text="Hizmet Sözleşmeleri"')
        page.wait_for_selector("[data-row]")
        _open_form(page, look)
        _send(page, look)
        if look.after == "page":
            page.click('main >> text="Ana Sayfa"')
        page.click(".person")
        page.click('text="Çıkış Yap"')
        page.wait_for_selector("text=Oturumunuz kapatıldı")
        assert [entry["recorded"] for entry in portal.entries("approval")] == [True]
        assert portal.entries("approval_out_of_turn") == []
        assert portal.state()["open_sessions"] == []


def _signed_in(browser: Browser, portal: PortalProcess) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(portal.katip_url)
    page.set_default_timeout(10_000)
    page.click('text="e-Devlet Giriş"')
    page.fill("[name=tridField]", portal.number)
    page.fill("[name=egpField]", portal.password)
    page.click('text="Giriş Yap"')
    page.click('text="Kurumsal"')
    page.wait_for_selector("text=Firma Seçimi")
    return page


def _choose_workplace(page: Page, portal: PortalProcess, look: Look) -> None:
    if look.workplace == "cards":
        page.click('text="Seç" >> nth=0')
    elif look.workplace == "list":
        page.click(".firms li >> nth=0")
    else:
        if look.workplace == "search":
            page.fill("[role=combobox]", portal.workplace)
            page.click("[role=option] >> nth=0")
        page.click('text="Devam Et"')
    page.wait_for_selector("text=SGK Sicil No:")
    if look.announcement == "yes":
        page.click('text="Kapat"')


def _open_form(page: Page, look: Look) -> None:
    if look.table == "virtual":
        page.evaluate("document.querySelector('.scroll').scrollLeft = 9999")
    if look.action == "icon":
        page.click("[title=Onayla] >> nth=0")
    elif look.action == "menu":
        page.click('text="⋯" >> nth=0')
        page.click('.dropdown >> text="Onayla"')
    elif look.action == "checked":
        page.check("[data-row] input >> nth=0")
        page.click('.tools >> text="Onayla"')
    else:
        page.click('[data-row] >> text="Onayla" >> nth=0')
    if look.information == "yes":
        page.check("#information-read")
        page.click('text="İleri"')


def _send(page: Page, look: Look) -> None:
    if look.form != "none":
        if look.read_box == "yes":
            page.check("#form-read")
        page.click('footer >> text="Onayla"')
    if look.question == "yes":
        page.click('text="Evet"')
    if look.answer == "window":
        page.click('text="Tamam"')
    else:
        page.wait_for_selector("text=başarıyla gerçekleştirilmiştir")


@pytest.fixture
def portal() -> Iterator[PortalProcess]:
    with PortalProcess("today") as portal:
        yield portal


@pytest.fixture
def visitor(portal: PortalProcess) -> Visitor:
    visitor = Visitor(portal)
    code = re.search(r"kod=(\w+)", visitor.sign_in().url)
    assert code
    visitor.use_token(visitor.post("/api/oturum", kod=code[1]).json["token"])
    visitor.post("/api/kurum", sgk=portal.workplace)
    return visitor


def test_what_waits_for_the_professional_is_not_approved(portal: PortalProcess, visitor: Visitor) -> None:
    listed = visitor.katip("/api/sozlesmeler").json
    assert (listed["total"], listed["pending"]) == (8, 5)
    row = next(row for row in listed["rows"] if row["turn"] == "professional")
    assert visitor.save(row).json["accepted"] is False
    assert len(portal.entries("approval_out_of_turn")) == 1
    assert portal.entries("approval") == []


def test_export_has_the_headers_of_the_portal(visitor: Visitor) -> None:
    answer = visitor.katip("/api/disa-aktar")
    rows = list(load_workbook(io.BytesIO(answer.body)).active.values)  # type: ignore[union-attr]
    assert len(rows) == 1 + 23
    assert {"Sözleşme ID", "Sözleşme Statü", "Hizmet Alan İşyeri Onay Statüsü"} <= set(rows[0])


def test_too_many_requests_say_how_long_to_wait(portal: PortalProcess, visitor: Visitor) -> None:
    portal.set_fault("too_many", at="grid", ms=2000)
    answer = visitor.katip("/api/sozlesmeler")
    assert (answer.status, answer.retry_after) == (429, "2")
    assert visitor.katip("/api/sozlesmeler").status == 200


@pytest.mark.parametrize("part", ["table=div", "tabel=virtual", "lag=soon", "table"])
def test_unknown_looks_are_named(part: str) -> None:
    with pytest.raises(ValueError, match=re.escape(part)):
        parse_look([part])


def test_every_look_is_described() -> None:
    assert all(name in describe_looks() for name in CHOICES)
    assert parse_look(["lag=250"]).lag == 250
