"""Every skin clicked through in a real browser. `PRACTICE_PICTURES=folder` keeps a picture of each page."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from Browser import Browser, DialogAction, ElementState, SupportedBrowsers

from Katip.browsers import find_browser
from PracticePortal.process import PortalProcess
from tests.practice.hands import Hands

pytestmark = pytest.mark.browser
SKINS = ("plain", "framed", "legacy")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("browser"))
    library = Browser(timeout="10s")
    executable = find_browser().executable
    library.new_browser(SupportedBrowsers.chromium, executablePath=str(executable), chromiumSandbox=False)
    yield library
    library.close_browser("ALL")
    os.chdir(folder)


@pytest.fixture(scope="module", params=SKINS)
def skinned(request: pytest.FixtureRequest) -> Iterator[tuple[str, PortalProcess]]:
    with PortalProcess(request.param) as portal:
        yield request.param, portal


@pytest.fixture
def hands(browser: Browser, skinned: tuple[str, PortalProcess]) -> Iterator[Hands]:
    skin, portal = skinned
    portal.reset()
    pictures = os.environ.get("PRACTICE_PICTURES")
    browser.new_context(viewport={"width": 1280, "height": 800})
    yield Hands(browser, portal, skin, Path(pictures) if pictures else None)
    browser.close_context()


@pytest.fixture
def at_contracts(hands: Hands) -> Hands:
    hands.arrive_at_home()
    hands.open_contracts()
    return hands


def approvals(hands: Hands) -> list[bool]:
    """Whether each approval since the last reset was recorded."""
    entries = hands.portal.entries()
    start = max(index for index, entry in enumerate(entries) if entry["event"] == "reset")
    return [entry["recorded"] for entry in entries[start:] if entry["event"] == "approval"]


def pending(hands: Hands) -> int:
    return sum(
        item["status"] == "Onay Bekliyor" and item["sgk"] == hands.portal.workplace for item in hands.portal.contracts()
    )


def test_procedure_from_site_to_sign_out(hands: Hands) -> None:
    hands.sign_in()
    hands.choose_workplace()
    hands.open_contracts()
    hands.open_form()
    hands.save()
    assert hands.read_box() == "Sözleşme onaylandı."
    hands.press_ok()
    hands.wait_for_grid()
    hands.sign_out()
    assert (approvals(hands), pending(hands)) == ([True], 4)
    assert hands.portal.state()["open_sessions"] == []


def test_approve_button_lights_up_only_for_a_pending_row(at_contracts: Hands) -> None:
    hands = at_contracts
    button = f'{hands.places.module}text="Onayla"'
    for row, lit in (("Onaylandı", False), ("Onay Bekliyor", True), ("İptal Edildi", False)):
        hands.browser.click(f"{hands.places.grid}text={row} >> nth=0")
        dim = hands.browser.evaluate_javascript(button, "e => e.disabled === true || !!e.closest('.dim')")
        assert dim is not lit


def test_pages_are_turned_by_button_and_by_number(at_contracts: Hands) -> None:
    hands = at_contracts
    pager = f"{hands.places.module}.pager"
    hands.see(f"{pager} >> text=/Kayıtlar 1 - 9/")
    hands.see_and_click(f"{pager} >> css=[title='Sonraki Sayfa'], [aria-label='Sonraki Sayfa']")
    hands.see(f"{pager} >> text=/Toplam 3, Kayıtlar 10 - 18/")
    hands.browser.fill_text(f"{pager} >> input", "3")
    hands.browser.press_keys(f"{pager} >> input", "Enter")
    hands.see(f"{pager} >> text=/Kayıtlar 19 - 23/")


def test_lost_answer_is_not_sent_again_by_the_browser(at_contracts: Hands) -> None:
    hands = at_contracts
    hands.portal.set_fault("drop_after_approval")
    hands.open_form()
    hands.save()
    if hands.skin == "legacy":
        hands.browser.wait_for_elements_state(".mask >> visible=true", ElementState.detached)
        assert not hands.sees(".box")
    else:
        assert "bağlantı kurulamadı" in hands.read_box()
    assert approvals(hands) == [True]


def test_server_error_at_save_is_shown(at_contracts: Hands) -> None:
    hands = at_contracts
    hands.portal.set_fault("error_after_approval")
    hands.open_form()
    hands.save()
    hands.see(f"{hands.places.module}text=/Hata kodu: 500/")
    assert approvals(hands) == [True]


def test_refusal_leaves_the_form_open_and_closing_it_saves_nothing(at_contracts: Hands) -> None:
    hands = at_contracts
    hands.portal.set_fault("refusal")
    hands.open_form()
    hands.save()
    assert hands.read_box().endswith("Onaylanamaz.")
    hands.press_ok()
    hands.see_and_click(f'{hands.places.form}text="Kapat"')
    assert not hands.sees(f"{hands.places.module}.window")
    assert pending(hands) == 5


def test_box_that_asks_approves_only_after_evet(at_contracts: Hands) -> None:
    hands = at_contracts
    hands.portal.set_fault("asking_box")
    hands.open_form()
    hands.save()
    assert "emin misiniz" in hands.read_box()
    hands.press("Hayır", hands.places.module)
    assert approvals(hands) == []
    hands.save()
    hands.press("Evet", hands.places.module)
    assert hands.read_box() == "Sözleşme onaylandı."


@pytest.mark.parametrize("answer", [DialogAction.accept, DialogAction.dismiss])
def test_native_dialogs_are_the_browsers_own(at_contracts: Hands, answer: DialogAction) -> None:
    hands = at_contracts
    hands.portal.set_fault("native_confirm")
    hands.portal.set_fault("native_alert")
    hands.open_form()
    hands.browser.handle_future_dialogs(answer)
    hands.save()
    if answer == DialogAction.accept:
        hands.wait_for_grid()
    hands.browser.wait_for_elements_state(f"{hands.places.module}.mask >> visible=true", ElementState.detached)
    assert not hands.sees(f"{hands.places.module}.box")
    assert approvals(hands) == ([True] if answer == DialogAction.accept else [])


def test_lost_session_is_told(at_contracts: Hands) -> None:
    hands = at_contracts
    hands.portal.set_fault("session_loss", at="form")
    hands.browser.click(f"{hands.places.grid}text=Onay Bekliyor >> nth=0")
    hands.see_and_click(f'{hands.places.module}text="Onayla"')
    hands.see(f"{hands.places.module}text=/Oturumunuz sona ermiştir/")


def test_module_page_opens_in_a_tab_and_home_stays(hands: Hands) -> None:
    hands.arrive_at_home()
    hands.see_and_click('text="Kurum Bilgileri"')
    hands.see(f"{hands.places.module}text=29999010199999010999932000")
    hands.see_and_click('.tabs >> text="Ana Sayfa"')
    hands.see("text=/5 adet Onay Bekleyen/")


def test_legacy_and_framed_ids_are_made_anew_and_legacy_has_no_roles(hands: Hands) -> None:
    hands.arrive_at_home()
    ids = []
    for _ in range(2):
        page = hands.browser.get_page_source()
        ids.append(set(re.findall(r'\bid="([^"]+)"', page)))
        hands.browser.reload()
    assert (ids[0] & ids[1] == set()) or hands.skin == "plain"
    assert hands.skin != "legacy" or not re.search(r"\b(role|aria-\w+)=", page)


def test_closed_windows_stay_hidden_in_the_legacy_skin(at_contracts: Hands) -> None:
    hands = at_contracts
    for _ in range(2):
        hands.open_form()
        hands.see_and_click(f'{hands.places.form}text="Kapat"')
    left = hands.browser.get_element_count(f"{hands.places.module}.window")
    assert left == (2 if hands.skin == "legacy" else 0)
