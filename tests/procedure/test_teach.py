"""`katip teach`: a person walks once through a portal that no file knows; the written file then carries out the procedure alone."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from Browser import Browser
from Browser.utils.data_types import PlaywrightLogTypes

from Katip.hues import Hue
from Katip.portal import load_portal
from Katip.portal_procedure import FormWay
from Katip.run.browser import BrowserProcess
from Katip.run.joined_browser import JoinedBrowser
from Katip.run.settings import RunSettings
from Katip.teaching.lesson import teach, walk_through
from Katip.turkish import fold
from PracticePortal.process import PortalProcess
from tests.acceptance.conftest import StartPortal
from tests.acceptance.running import ROOT, Operator
from tests.acceptance.today_files import file_for
from tests.persons_browser import PersonsBrowser
from tests.procedure.in_process import Node
from tests.procedure.played_person import PlayedPerson
from tests.procedure.today_run import require_exactly_mine_approved, run_today, statuses

MakeOperator = Callable[..., Operator]
Script = list[tuple[str, Callable[[PlayedPerson], object]]]

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
    known = load_portal("today", {"edevlet_url": portal.edevlet_url, "katip_url": portal.katip_url})
    settings = RunSettings(headless=False, cdp_url=browser.url)
    with mock.patch.dict(os.environ, {"ROBOT_FRAMEWORK_BROWSER_NODE_PORT": node.port}):
        library = Browser(enable_playwright_debug=PlaywrightLogTypes.disabled)
        library.outputdir = str(folder)
        walk = walk_through(person, known, library, JoinedBrowser(browser.url), settings)
    said = "\n".join(person.heard_lines)
    assert person.failure is None, f"{person.failure}\n{said}"
    assert teach(person, walk, "own", path) is not None, said
    assert "not recognised" not in said
    assert portal.state()["open_sessions"] == []
    nothing_personal_stands_in(path, portal)
    return path


def nothing_personal_stands_in(path: Path, portal: PortalProcess) -> None:
    written = fold(path.read_text("utf-8"))
    private = {portal.number, portal.password, portal.workplace}
    for each in portal.contracts():
        private |= {each["name"], each["gorevlendirme_id"], each["sgk"], *each["name"].split()}
    assert {
        text for text in private if fold(text) in written.split() or (" " in text and fold(text) in written)
    } == set()


def contract_of(portal: PortalProcess) -> dict[str, Any]:
    """A contract that is the employer's turn."""
    mine, _ = statuses(portal)
    return next(each for each in portal.contracts() if each["gorevlendirme_id"] in mine)


def carried_out_alone(file: Path, look: tuple[str, ...], make_operator: MakeOperator, contracts: int = 2) -> None:
    """With other contracts the file plans, rehearses and approves unaided; judged by the portal's log."""
    unpaced = file_for(file.parent, (), str(file), "[pace]\npause_ms = 0")
    with PortalProcess("today", contracts=contracts, look=look) as portal:
        mine, _ = statuses(portal)
        operator = make_operator(portal)
        operator.suite, approving = ROOT / "robots" / "plan.robot", operator.suite
        planned = run_today(operator, portal, unpaced, APPROVE="")
        assert planned.code == 0, planned.said
        rows = list(csv.DictReader((planned.folder / "worklist.csv").open(encoding="utf-8-sig"), delimiter=";"))
        assert len(rows) == len(mine)
        assert portal.entries("form_opened") == []
        operator.suite = approving
        rehearsed = run_today(operator, portal, unpaced, MODE="rehearse")
        assert rehearsed.code == 0, rehearsed.said
        assert {each["outcome"] for each in rehearsed.approvals} == {"planned"}
        assert portal.entries("approval") == []
        require_exactly_mine_approved(portal, run_today(operator, portal, unpaced), mine)


def to_the_list(say: Mapping[str, str], portal: PortalProcess) -> Script:
    """The walk from the first page until the list is understood, on pages that word themselves so."""
    return [
        ("5.1", lambda me: me.click(say["e-Devlet Giriş"])),
        ("5.3", lambda me: me.sign_in(portal)),
        ("5.4", lambda me: me.click(say["Kurumsal"])),
        ("5.5", lambda me: me.click(say["Seç"], portal.workplace)),
        ("5.6", lambda me: me.click(say["Süreç Yönetimi"], then=say["Hizmet Sözleşmeleri"])),
        ("YOUR", lambda me: me.pick(say["Hizmet Alan İşyeri Onay Durumu"])),
        ("professional's side", lambda me: me.pick(say["Görevlendirilen Kişi Onay Durumu"])),
        ("Is that right", lambda me: me.answer("")),
    ]


def test_renamed_portal_is_taught_and_then_carried_out(
    tmp_path: Path, persons_browser: PersonsBrowser, node: Node, make_operator: MakeOperator
) -> None:
    say = RENAMED
    look = look_of(say, "question=yes")
    with PortalProcess("today", look=look) as portal:
        one = contract_of(portal)
        script: Script = [
            *to_the_list(say, portal),
            ("5.8: Open ONE", lambda me: me.click(say["Onayla"], one["name"])),
            ("really approve", lambda me: me.answer("y")),
            ("5.9: Tick", lambda me: me.click(say["Onayla"])),
            ("5.9–5.10", lambda me: me.click(say["Evet"], then=say["Aktif Sözleşmeler"])),
            ("Its status there is", lambda me: me.answer("y")),
            ("5.10: Sign out", lambda me: me.sign_out(say["Çıkış Yap"])),
        ]
        person = PlayedPerson(persons_browser, script)
        file = taught(portal, person, persons_browser, node, tmp_path)
        assert [entry["gorevlendirme_id"] for entry in portal.entries("approval")] == [one["gorevlendirme_id"]]
        assert len(portal.entries("form_opened")) == 1
        assert portal.entries("forbidden_action") == []
    carried_out_alone(file, look, make_operator, contracts=1)


# Other words than those above, and other ways: a folded menu, a page before the form, boxes to tick, a list of firms.
OTHERS = {
    "e-Devlet Giriş": "Kimlik Kapısı",
    "Kurumsal": "Firma Adına",
    "Firma Seçimi": "Firma Listesi",
    "Süreç Yönetimi": "Yönetim",
    "Hizmet Sözleşmeleri": "Hizmet Dosyaları",
    "Onay Bekleyen Sözleşmeler": "Sıradakiler",
    "Tüm Sözleşmeler": "Hepsi",
    "Görevlendirilen Kişi Ad Soyad": "Profesyonel",
    "Sözleşme Başlangıç Tarihi": "İlk Gün",
    "Hizmet Alan İşyeri Onay Durumu": "İşveren Durumu",
    "Görevlendirilen Kişi Onay Durumu": "Profesyonel Durumu",
    "Onayla": "Uygun Bul",
    "Bilgilendirme Sayfası": "Açıklama",
    "Okudum ve onaylıyorum": "Açıklamayı okudum",
    "İleri": "Devam Edelim",
    "Okudum, onaylıyorum": "Formu okudum",
    "Sözleşme Onayı": "Uygunluk Formu",
    "İşlemler": "Diğer",
    "Çıkış Yap": "Oturumdan Ayrıl",
}


@pytest.mark.matrix
def test_other_ways_are_taught_and_then_carried_out(
    tmp_path: Path, persons_browser: PersonsBrowser, node: Node, make_operator: MakeOperator
) -> None:
    say = OTHERS
    look = look_of(
        say, "action=menu", "form=page", "workplace=list", "information=yes", "read_box=yes", "approved_in=all",
        "answer=window", "count=badge",
    )  # fmt: skip
    with PortalProcess("today", look=look) as portal:
        one = contract_of(portal)

        def inform(me: PlayedPerson) -> None:
            me.click("⋯", one["name"], then=say["Onayla"])
            me.click(say["Okudum ve onaylıyorum"], then=say["İleri"])

        script: Script = [
            ("5.1", lambda me: me.click(say["e-Devlet Giriş"])),
            ("5.3", lambda me: me.sign_in(portal)),
            ("5.4", lambda me: me.click(say["Kurumsal"])),
            ("5.5", lambda me: me.click_part(portal.workplace)),
            ("5.6", lambda me: me.click(say["Süreç Yönetimi"], then=say["Hizmet Sözleşmeleri"])),
            ("YOUR", lambda me: me.pick(say["Hizmet Alan İşyeri Onay Durumu"])),
            ("professional's side", lambda me: me.pick(say["Görevlendirilen Kişi Onay Durumu"])),
            ("Is that right", lambda me: me.answer("")),
            ("5.8: Open ONE", inform),
            ("really approve", lambda me: me.answer("y")),
            ("5.9: Tick", lambda me: me.click(say["Okudum, onaylıyorum"], then=say["Onayla"])),
            ("5.9–5.10", lambda me: me.click("Tamam", then=say["Tüm Sözleşmeler"])),
            ("Its status there is", lambda me: me.answer("y")),
            ("5.10: Sign out", lambda me: me.sign_out(say["Çıkış Yap"])),
        ]
        file = taught(portal, PlayedPerson(persons_browser, script), persons_browser, node, tmp_path)
        assert [entry["gorevlendirme_id"] for entry in portal.entries("approval")] == [one["gorevlendirme_id"]]
    carried_out_alone(file, look, make_operator)


@pytest.mark.matrix
def test_press_that_approves_at_once_is_taught_and_then_carried_out(
    tmp_path: Path, persons_browser: PersonsBrowser, node: Node, make_operator: MakeOperator
) -> None:
    say = RENAMED
    look = look_of(say, "action=link", "form=none", "question=yes", "workplace=select", "answer=toast")
    with PortalProcess("today", look=look) as portal:
        one = contract_of(portal)

        def choose(me: PlayedPerson) -> None:
            me.choose_option(portal.workplace)
            me.click("Devam Et")

        script: Script = [
            ("5.1", lambda me: me.click(say["e-Devlet Giriş"])),
            ("5.3", lambda me: me.sign_in(portal)),
            ("5.4", lambda me: me.click(say["Kurumsal"])),
            ("5.5", choose),
            ("5.6", lambda me: me.click(say["Süreç Yönetimi"], then=say["Hizmet Sözleşmeleri"])),
            ("YOUR", lambda me: me.pick(say["Hizmet Alan İşyeri Onay Durumu"])),
            ("professional's side", lambda me: me.pick(say["Görevlendirilen Kişi Onay Durumu"])),
            ("Is that right", lambda me: me.answer("")),
            ("5.8: Open ONE", lambda me: me.click(say["Onayla"], one["name"], then=say["Evet"])),
            ("approve the contract?", lambda me: me.answer("y")),
            ("5.9–5.10", lambda me: me.click(say["Aktif Sözleşmeler"])),
            ("Its status there is", lambda me: me.answer("y")),
            ("5.10: Sign out", lambda me: me.sign_out(say["Çıkış Yap"])),
        ]
        file = taught(portal, PlayedPerson(persons_browser, script), persons_browser, node, tmp_path)
        assert load_portal(str(file)).procedure.approving.form is FormWay.NONE
    carried_out_alone(file, look, make_operator)


@pytest.mark.matrix
@pytest.mark.parametrize("turn", ["colour", "cell"])
def test_turn_by_colour_is_asked_for_and_then_carried_out(
    turn: str, tmp_path: Path, persons_browser: PersonsBrowser, node: Node, make_operator: MakeOperator
) -> None:
    say = RENAMED
    look = look_of(say, f"turn={turn}", "question=yes")
    with PortalProcess("today", look=look) as portal:
        one = contract_of(portal)
        script: Script = [
            *to_the_list(say, portal)[:5],
            ("Is that right", lambda me: me.answer("")),
            ("waits for YOU", lambda me: me.pick("green")),
            ("professional has to approve first", lambda me: me.pick("red")),
            ("5.8: Open ONE", lambda me: me.click(say["Onayla"], one["name"])),
            ("really approve", lambda me: me.answer("y")),
            ("5.9: Tick", lambda me: me.click(say["Onayla"])),
            ("5.9–5.10", lambda me: me.click(say["Evet"], then=say["Aktif Sözleşmeler"])),
            ("Its status there is", lambda me: me.answer("y")),
            ("5.10: Sign out", lambda me: me.sign_out(say["Çıkış Yap"])),
        ]
        file = taught(portal, PlayedPerson(persons_browser, script), persons_browser, node, tmp_path)
        taught_turn = load_portal(str(file)).procedure.turn
        assert taught_turn is not None
        assert (taught_turn.employer, taught_turn.of) == (Hue.GREEN, "" if turn == "colour" else "status")
        assert taught_turn.legend
    carried_out_alone(file, look, make_operator)


@pytest.mark.matrix
def test_walk_without_approval_rehearses_and_holds_every_approval(
    tmp_path: Path, persons_browser: PersonsBrowser, node: Node, make_operator: MakeOperator
) -> None:
    say = RENAMED
    look = look_of(say, "action=icon", "form=drawer", "names=masked")
    with PortalProcess("today", look=look) as portal:
        one = contract_of(portal)
        script: Script = [
            *to_the_list(say, portal),
            ("5.8: Open ONE", lambda me: me.click(say["Onayla"], one["gorevlendirme_id"])),
            ("really approve", lambda me: me.answer("n")),
            ("Which button WOULD", lambda me: me.pick(say["Onayla"])),
            ("5.9: Leave", lambda me: me.click(say["Vazgeç"])),
            ("5.10: Sign out", lambda me: me.sign_out(say["Çıkış Yap"])),
        ]
        file = taught(portal, PlayedPerson(persons_browser, script), persons_browser, node, tmp_path)
        assert portal.entries("approval") == []
        unpaced = file_for(tmp_path, (), str(file), "[pace]\npause_ms = 0")
        operator = make_operator(portal)
        rehearsed = run_today(operator, portal, unpaced, MODE="rehearse")
        assert rehearsed.code == 0, rehearsed.said
        run = run_today(operator, portal, unpaced)
        assert portal.entries("approval") == []
        assert {each["outcome"] for each in run.approvals} == {"held", "skipped"}
        assert all("list.approved" in each["reason"] for each in run.approvals if each["outcome"] == "held")


class GivesUp:
    """A person who ends the walk at once."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, text: str) -> None:
        self.lines.append(text)

    def heard(self) -> str:
        return "q"


def test_walk_that_is_broken_off_at_once_opens_the_portal_and_writes_nothing(
    tmp_path: Path, node: Node, start_portal: StartPortal
) -> None:
    portal = start_portal("plain", 1)
    known = load_portal(
        "v9", {"site_url": portal.site_url, "edevlet_url": portal.edevlet_url, "katip_url": portal.katip_url}
    )
    visited = len(portal.entries("site_visited"))
    person = GivesUp()
    with mock.patch.dict(os.environ, {"ROBOT_FRAMEWORK_BROWSER_NODE_PORT": node.port}):
        library = Browser(enable_playwright_debug=PlaywrightLogTypes.disabled)
        library.outputdir = str(tmp_path)
        walk = walk_through(person, known, library, BrowserProcess(), RunSettings(headless=True))
    assert len(portal.entries("site_visited")) == visited + 1
    assert teach(person, walk, "own", tmp_path / "own.toml") is None
    assert "broken off" in person.lines[-2]
    assert not (tmp_path / "own.toml").exists()
