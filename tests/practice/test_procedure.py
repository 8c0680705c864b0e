"""The procedure at the level of requests: what a page shows, what is recorded, what the log says."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from PracticePortal.examples import USERS, WORKPLACES, User
from tests.practice.conftest import FreshPortal
from tests.practice.visitor import Visitor


def test_whole_procedure_is_in_the_log_in_order(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.get(portal.process.site_url)
    visitor.get(portal.process.katip_url)
    visitor.katip("/Giris.aspx")
    visitor.enter()
    row = visitor.pending()[0]
    visitor.form(row)
    visitor.save(row)
    visitor.sign_out()
    expected = ["site_visited", "entry_visited", "login_page", "sign_in", "main_menu", "workplace_chosen", "home"]
    expected += ["contracts_listed"] * 3 + ["form_opened", "approval", "sign_out", "session_ended"]
    assert portal.events() == expected


def test_entry_leads_to_edevlet_which_names_the_application(portal: FreshPortal, visitor: Visitor) -> None:
    page = visitor.katip("/Giris.aspx")
    assert page.url.startswith(portal.process.edevlet_url)
    assert "İş Sağlığı ve Güvenliği Yönetim Hizmetleri" in page.text
    assert "e-Devlet Kapısı Kimlik Doğrulama Sistemi" in page.text


def test_wrong_password_is_refused_and_counted(portal: FreshPortal, visitor: Visitor) -> None:
    answers = [visitor.sign_in(password="wrong") for _ in range(2)]
    assert all("hatalıdır" in answer.text and answer.url.startswith(portal.process.edevlet_url) for answer in answers)
    found = [(entry["accepted"], entry["attempt"]) for entry in portal.entries("sign_in")]
    assert found == [(False, 1), (False, 2)]
    assert visitor.katip("/AnaMenu.aspx").status == 401


def test_cancelling_the_sign_in_leads_back(portal: FreshPortal, visitor: Visitor) -> None:
    answer = visitor.get(f"{portal.process.edevlet_url}/Giris/iptal")
    assert answer.url.startswith(portal.process.katip_url)
    assert "sign_in_cancelled" in portal.events()


def test_code_from_edevlet_works_once(portal: FreshPortal, visitor: Visitor) -> None:
    unknown = visitor.katip(f"/Default.aspx?state={'0' * 32}")
    assert (unknown.status, "geçersiz" in unknown.text) == (400, True)
    home = visitor.enter()
    assert re.fullmatch(r".*/Default\.aspx\?state=[0-9a-f]{32}", home.url)
    assert visitor.get(home.url).status == 200
    assert Visitor(portal.process).get(home.url).status == 400


def test_home_greets_and_counts_what_waits(portal: FreshPortal, visitor: Visitor) -> None:
    home = visitor.enter()
    assert "5 adet Onay Bekleyen Sözleşmeniz Bulunuyor." in home.text
    assert f"<b>{portal.process.number}</b> ve <b>127.0.0.1</b> ile Girişiniz Kayıt Altına Alındı" in home.text
    visitor.save(visitor.pending()[0])
    assert "4 adet Onay Bekleyen Sözleşmeniz Bulunuyor." in visitor.get(home.url).text


def test_menu_has_everything_that_the_source_shows(visitor: Visitor) -> None:
    home = visitor.enter().text
    labels = "Kurum Bilgileri|Kullanıcı Bilgileri|Kullanıcı Kılavuzu|Kurum Kep Adresi|Ana Sayfa|Anket"
    labels += "|İsg Profesyonelleri|Hizmet Alan İşyerleri Modülü|Kurum Değiştir|Sözleşmeler|Silinen Sözleşmeler"
    labels += "|Yardımcı C Sözleşmeler|Stajyerler|Sorumlu Müdür İşlemleri|Yetki Belgesi Başvuruları|Dosyalar"
    labels += "|Gezici İSG Araç Sözleşme|Kurum Özel Statü İİ|Bilgi Güncelleme"
    assert [label for label in labels.split("|") if f">{label}<" not in home] == []
    assert home.count(">Güvenli Çıkış<") == 2


def test_every_module_page_opens(visitor: Visitor) -> None:
    pages = re.findall(r'data-module="([^"]+)"', visitor.enter().text)
    assert len(set(pages)) >= 15
    assert {visitor.katip(f"/Modul.aspx?m={page}").status for page in pages} == {200}


@pytest.mark.parametrize("user", USERS, ids=lambda user: user.name)
def test_each_user_is_offered_own_workplaces_with_cut_titles(visitor: Visitor, user: User) -> None:
    visitor.sign_in(user.number, user.password)
    page = visitor.katip("/KurumSec.aspx").text
    offered = re.findall(r"([^>]+)\.\.\. \((\d{26})\) \(Hizmet Alan İşyeri E-Bildirge Kullanıcısı\)", page)
    assert [sgk for _, sgk in offered] == [place.sgk for place in user.workplaces]


def test_workplace_of_somebody_else_cannot_be_chosen(visitor: Visitor) -> None:
    visitor.sign_in()
    answer = visitor.choose(WORKPLACES[5].sgk)
    assert "Lütfen bir kurum seçiniz." in answer.text
    assert visitor.katip("/api/sozlesmeler").status == 401


def test_another_workplace_can_be_chosen_in_the_same_session(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.enter()
    visitor.choose(WORKPLACES[1].sgk)
    assert len(visitor.pending()) == 2
    sessions = {entry["session"] for entry in portal.entries() if "session" in entry}
    assert len(sessions) == 1
    assert portal.entries("contracts_listed")[-1]["workplace"] == WORKPLACES[1].sgk


def test_grid_has_three_pages_with_five_pending_spread_over_them(visitor: Visitor) -> None:
    visitor.enter()
    pages = [visitor.page(number) for number in (1, 2, 3)]
    assert [(page["first"], page["last"]) for page in pages] == [(1, 9), (10, 18), (19, 23)]
    pending = [sum(row["status"] == "Onay Bekliyor" for row in page["rows"]) for page in pages]
    assert sum(pending) == 5
    assert all(pending)
    assert not any("gorevlendirme" in key for row in pages[0]["rows"] for key in row)


def test_approval_is_recorded_once(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.enter()
    row = visitor.pending()[0]
    form = visitor.form(row)
    assert form["Adı Soyadı"] == row["name"]
    first, second = visitor.save(row).json, visitor.save(row).json
    assert (first["accepted"], second["accepted"]) == (True, False)
    found = [(entry["gorevlendirme_id"], entry["recorded"]) for entry in portal.entries("approval")]
    assert found == [(form["Görevlendirme ID"], True), (form["Görevlendirme ID"], False)]
    stored = {item["gorevlendirme_id"]: item["status"] for item in portal.process.contracts()}
    assert stored[form["Görevlendirme ID"]] == "Onaylandı"


def test_contract_of_another_workplace_is_out_of_reach(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.enter()
    foreign = next(item for item in portal.process.contracts() if item["sgk"] == WORKPLACES[5].sgk)
    assert visitor.save(foreign).status == 500
    assert portal.entries("approval") == []


def test_signing_out_ends_the_session_at_the_server(portal: FreshPortal, visitor: Visitor) -> None:
    home = visitor.enter()
    assert len(portal.process.state()["open_sessions"]) == 1
    assert "kapatılmıştır" in visitor.sign_out().text
    assert portal.process.state()["open_sessions"] == []
    assert visitor.get(home.url).status in (400, 401)
    assert visitor.katip("/api/sozlesmeler").status == 401


@pytest.mark.parametrize(("action", "status"), [("iptal", "İptal Edildi"), ("sil", None)])
def test_forbidden_tools_ask_then_do_and_are_logged(
    portal: FreshPortal, visitor: Visitor, action: str, status: str | None
) -> None:
    visitor.enter()
    row = visitor.pending()[0]
    assert "Emin misiniz?" in visitor.post(f"/api/islem/{action}", row=row["row"]).json["question"]
    assert visitor.rows()[row["row"] - 1]["status"] == "Onay Bekliyor"
    visitor.post(f"/api/islem/{action}", row=row["row"], confirmed=True)
    assert [item["status"] for item in visitor.rows() if item["row"] == row["row"]] == ([status] if status else [])
    assert [entry["confirmed"] for entry in portal.entries("forbidden_action")] == [False, True]


def test_printout_and_export_are_downloads(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.enter()
    row = visitor.pending()[0]
    document = PdfReader(io.BytesIO(visitor.katip(f"/api/sozlesme/{row['row']}/yazdir").body))
    assert row["name"] in " ".join(document.pages[0].extract_text().split())
    assert "Grv. Onay Durumu" in visitor.katip("/api/export").text
    assert portal.events()[-2:] == ["printout", "export"]


def test_log_has_neither_password_nor_number_nor_cookie(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.sign_in(number="Deneme-1453", password="11111111110")
    visitor.enter()
    visitor.sign_out()
    written = portal.process.log_path.read_text(encoding="utf-8")
    assert portal.process.password not in written
    assert portal.process.number not in written
    assert {entry["user"] for entry in portal.entries("sign_in")} == {"***********", "111******10"}
