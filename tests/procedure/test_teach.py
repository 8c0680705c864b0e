"""`katip teach`: a person walks once through a portal that no file knows; the written file then carries out the procedure alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest
from Browser import Browser
from Browser.utils.data_types import PlaywrightLogTypes

from Katip.portal import load_portal
from Katip.run.joined_browser import JoinedBrowser
from Katip.run.settings import RunSettings
from Katip.teaching.lesson import teach, walk_through
from PracticePortal.process import PortalProcess
from tests.acceptance.running import Operator
from tests.persons_browser import PersonsBrowser
from tests.procedure.in_process import Node
from tests.procedure.played_person import PlayedPerson
from tests.procedure.test_today import file_for, require_exactly_mine_approved, run_today, statuses

MakeOperator = Callable[..., Operator]

# Words that stand in no shipped file.
RENAMED = {
    "e-Devlet Giriş": "Devlet Kapısından Gir",
    "Bireysel": "Şahıs Olarak",
    "Kurumsal": "İşveren Olarak",
    "Seç": "Bu İşyeri",
    "Firma Seçimi": "Çalışılacak Yer",
    "Süreç Yönetimi": "İşlemlerim",
    "Hizmet Sözleşmeleri": "Sözleşme Defteri",
    "İSG Hizmet Sözleşmeleri": "Sözleşme Defteri Listesi",
    "Onay Bekleyen Sözleşmeler": "Benden Beklenenler",
    "Aktif Sözleşmeler": "Yürürlüktekiler",
    "Sözleşme ID": "Kayıt Anahtarı",
    "Görevlendirilen Kişi Ad Soyad": "Uzman Kişi",
    "Sertifika Tipi": "Belge Türü",
    "Sözleşme Başlangıç Tarihi": "Geçerlilik Başı",
    "Hizmet Alan İşyeri Onay Durumu": "Bizim Kabulümüz",
    "Görevlendirilen Kişi Onay Durumu": "Karşı Kabul",
    "Sözleşme Onay Bekliyor": "Kabul Bekleniyor",
    "Sözleşme Onaylandı": "Kabul Edildi",
    "Onayla": "Kabul Et",
    "Reddet": "Geri Gönder",
    "Sözleşme Onayı": "Kabul Ekranı",
    "Vazgeç": "Dön",
    "Evet": "Eminim",
    "Hayır": "Değilim",
    "Çıkış Yap": "Ayrıl",
    "Sözleşmeyi onaylamak istediğinizden emin misiniz?": "Bu kaydı kabul etmek istediğinize emin misiniz?",
    "İşleminiz başarıyla gerçekleştirilmiştir.": "Kabul işlendi.",
}


def look_of(words: dict[str, str], *parts: str) -> tuple[str, ...]:
    return (*parts, *(f"word:{text}={other}" for text, other in words.items()))


@pytest.fixture(scope="module")
def persons_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PersonsBrowser]:
    with PersonsBrowser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


def taught(portal: PortalProcess, person: PlayedPerson, browser: PersonsBrowser, node: Node, folder: Path) -> Path:
    """Let the person teach; returns the written file."""
    path = folder / "taught.toml"
    addresses = {"edevlet_url": portal.edevlet_url, "katip_url": portal.katip_url}
    known = load_portal("today", addresses)
    settings = RunSettings(headless=False, cdp_url=browser.url)
    played = {"ROBOT_FRAMEWORK_BROWSER_NODE_PORT": node.port}
    with mock.patch.dict(os.environ, played):
        library = Browser(enable_playwright_debug=PlaywrightLogTypes.disabled)
        library.outputdir = str(folder)
        walk = walk_through(person, known, library, JoinedBrowser(browser.url), settings)
    said = "\n".join(person.heard_lines)
    assert person.failure is None, f"{person.failure}\n{said}"
    assert teach(person, walk, "own", path) is not None, said
    return path


def carried_out_alone(file: Path, look: tuple[str, ...], make_operator: MakeOperator) -> None:
    """With other contracts the file plans, rehearses and approves unaided; judged by the portal's log."""
    with PortalProcess("today", contracts=2, look=look) as portal:
        mine, _ = statuses(portal)
        operator = make_operator(portal)
        unpaced = file_for(file.parent, (), str(file), "[pace]\npause_ms = 0")
        planned = run_today(operator, portal, unpaced, MODE="rehearse")
        assert planned.code == 0, planned.said
        assert {each["outcome"] for each in planned.approvals} == {"planned"}
        assert portal.entries("approval") == []
        assert len(portal.entries("form_opened")) == len(mine)
        require_exactly_mine_approved(portal, run_today(operator, portal, unpaced), mine)


def test_renamed_portal_is_taught_and_then_carried_out(
    tmp_path: Path, persons_browser: PersonsBrowser, node: Node, make_operator: MakeOperator
) -> None:
    look = look_of(RENAMED, "question=yes")
    with PortalProcess("today", look=look) as portal:
        mine, _ = statuses(portal)
        one = next(each for each in portal.contracts() if each["gorevlendirme_id"] in mine)
        say = RENAMED

        def choose(person: PlayedPerson) -> None:
            person.click(say["Süreç Yönetimi"])
            person.click(say["Hizmet Sözleşmeleri"])

        def save(person: PlayedPerson) -> None:
            person.click("Kabul Et")
            person.click("Eminim")

        person = PlayedPerson(
            persons_browser,
            [
                ("5.1", lambda person: person.click(say["e-Devlet Giriş"])),
                ("5.3", lambda person: person.sign_in(portal)),
                ("5.4", lambda person: person.click(say["Kurumsal"])),
                ("5.5", lambda person: person.click(say["Seç"], portal.workplace)),
                ("5.6", choose),
                ("YOUR", lambda person: person.pick(say["Hizmet Alan İşyeri Onay Durumu"])),
                ("professional's side", lambda person: person.pick(say["Görevlendirilen Kişi Onay Durumu"])),
                ("Is that right", lambda person: person.answer("")),
                ("5.8: Open ONE", lambda person: person.click("Kabul Et", one["name"])),
                ("really approve", lambda person: person.answer("y")),
                ("5.9: Tick", lambda person: person.click("Kabul Et")),
                ("5.9–5.10", lambda person: (person.click("Eminim"), person.click(say["Aktif Sözleşmeler"]))),
                ("stands there as", lambda person: person.answer("y")),
                ("5.10: Sign out", lambda person: (person.open_own_menu(), person.click("Ayrıl"))),
            ],
        )
        file = taught(portal, person, persons_browser, node, tmp_path)
    carried_out_alone(file, look, make_operator)
