"""Every fault, seen from the visitor's side and in the log."""

from __future__ import annotations

import http.client
import io
import time
import urllib.error
from collections.abc import Callable
from itertools import pairwise

import pytest
from pypdf import PdfReader

from PracticePortal.examples import HOSTILE_NAMES
from PracticePortal.faults import KINDS, Step, make_fault, parse_fault
from tests.practice.conftest import FreshPortal
from tests.practice.visitor import Visitor

LOST = (urllib.error.URLError, ConnectionError, http.client.HTTPException)


def test_fault_is_read_from_the_command_line() -> None:
    fault = parse_fault("refusal:match=9900015,times=0,text=Olmaz%2C sonra")
    assert (fault.name, fault.match, fault.times, fault.text) == ("refusal", "9900015", 0, "Olmaz, sonra")
    assert parse_fault("session_loss:at=form,nth=2").at == Step.FORM


@pytest.mark.parametrize(
    ("specification", "said"),
    [
        ("refusl", "Choose one of: latency"),
        ("refusal:when=now", "no parameter 'when'"),
        ("refusal:at=form", "it has one place only"),
        ("session_loss:at=nowhere", "It can at: site"),
        ("slow_ok:ms=soon", "whole number"),
        ("slow_ok:ms", "without a value"),
    ],
)
def test_wrong_fault_is_refused_with_what_there_is(specification: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_fault(specification)


def test_nth_times_and_match_decide_when_a_fault_strikes() -> None:
    fault = make_fault("refusal", nth=2, times=2)
    assert [fault.strikes() for _ in range(5)] == [False, True, True, False, False]
    assert make_fault("refusal", times=0, nth=3).strikes() is False
    assert not make_fault("refusal", match="1").meets("refusal", Step.SAVE, "2")
    assert not make_fault("session_loss", at="form").meets("session_loss", Step.GRID, None)


def requests_of_steps(visitor: Visitor) -> dict[str, Callable[[], int]]:
    """What a visitor who is at the contracts sends at each step; gives the status of the answer."""
    portal = visitor.portal
    row = visitor.pending()[0]
    return {
        Step.SITE: lambda: visitor.get(portal.site_url).status,
        Step.ENTRY: lambda: visitor.get(portal.katip_url).status,
        Step.LOGIN: lambda: visitor.get(portal.edevlet_url).status,
        Step.MENU: lambda: visitor.katip("/AnaMenu.aspx").status,
        Step.WORKPLACE: lambda: visitor.katip("/KurumSec.aspx").status,
        Step.HOME: lambda: visitor.choose().status,
        Step.CONTRACTS: lambda: visitor.katip("/Modul.aspx?m=sozlesmeler").status,
        Step.GRID: lambda: visitor.katip("/api/sozlesmeler").status,
        Step.FORM: lambda: visitor.katip(f"/api/sozlesme/{row['row']}").status,
        Step.SAVE: lambda: visitor.save(row).status,
        Step.AFTER_SAVE: lambda: visitor.save(row).status,
        Step.REREAD: lambda: (visitor.save(row), visitor.katip("/api/sozlesmeler").status)[1],
        Step.SIGN_OUT: lambda: visitor.sign_out().status,
    }


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize(("name", "status"), [("server_error", 500), ("maintenance", 503), ("session_loss", 401)])
def test_fault_strikes_once_at_its_step(
    portal: FreshPortal, visitor: Visitor, name: str, status: int, step: Step
) -> None:
    visitor.enter()
    request = requests_of_steps(visitor)[step]
    portal.process.set_fault(name, at=step.value)
    assert request() == status
    assert [(entry["name"], entry["step"]) for entry in portal.entries("fault")] == [(name, step)]
    recorded = [entry["recorded"] for entry in portal.entries("approval")]
    assert recorded == ([True] if step in (Step.AFTER_SAVE, Step.REREAD) else [])


def test_lost_session_is_over(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.enter()
    portal.process.set_fault("session_loss", at="form")
    assert visitor.katip(f"/api/sozlesme/{visitor.pending()[0]['row']}").json == {"notice": "session_over"}
    assert portal.process.state()["open_sessions"] == []
    assert portal.entries("session_ended")[0]["reason"] == "session_loss"
    assert "OTURUM SONLANDI" in visitor.katip("/KurumSec.aspx").text


@pytest.mark.parametrize("name", ["drop_before_approval", "drop_after_approval", "drop"])
def test_connection_is_dropped(portal: FreshPortal, visitor: Visitor, name: str) -> None:
    visitor.enter()
    row = visitor.pending()[0]
    portal.process.set_fault(name, at="form" if name == "drop" else None)
    with pytest.raises(LOST):
        visitor.form(row) if name == "drop" else visitor.save(row)
    recorded = [entry["recorded"] for entry in portal.entries("approval")]
    assert recorded == {"drop": [], "drop_before_approval": [False], "drop_after_approval": [True]}[name]
    assert len(visitor.pending()) == (4 if name == "drop_after_approval" else 5)


@pytest.mark.parametrize(("name", "pending"), [("error_before_approval", 5), ("error_after_approval", 4)])
def test_error_at_save_says_nothing_of_what_was_recorded(
    portal: FreshPortal, visitor: Visitor, name: str, pending: int
) -> None:
    visitor.enter()
    portal.process.set_fault(name)
    answer = visitor.save(visitor.pending()[0])
    assert (answer.status, answer.json) == (500, {"notice": "error"})
    assert len(visitor.pending()) == pending


@pytest.mark.parametrize(("name", "accepted"), [("refusal", False), ("success_but_pending", True)])
def test_words_that_record_nothing(portal: FreshPortal, visitor: Visitor, name: str, accepted: bool) -> None:
    visitor.enter()
    portal.process.set_fault(name)
    answer = visitor.save(visitor.pending()[0]).json
    assert (answer["text"], answer["accepted"]) == (KINDS[name].text, accepted)
    assert len(visitor.pending()) == 5
    assert portal.entries("approval")[0]["recorded"] is False


def test_fault_of_one_contract_leaves_the_others_alone(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.enter()
    first, second = visitor.pending()[:2]
    portal.process.set_fault("refusal", match=visitor.form(second)["Görevlendirme ID"])
    assert visitor.save(first).json["accepted"] is True
    assert visitor.save(second).json["accepted"] is False


def test_form_opens_for_another_person(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.enter()
    row = visitor.pending()[0]
    portal.process.set_fault("other_person")
    assert visitor.form(row)["Adı Soyadı"] == visitor.pending()[1]["name"]
    assert visitor.form(row)["Adı Soyadı"] == row["name"]


def test_network_delivers_twice_and_the_log_says_so(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.enter()
    portal.process.set_fault("duplicate_delivery")
    assert visitor.save(visitor.pending()[0]).json["accepted"] is True
    found = [(entry["recorded"], entry.get("duplicate", False)) for entry in portal.entries("approval")]
    assert found == [(True, False), (False, True)]


@pytest.mark.parametrize("name", ["asking_box", "native_confirm"])
def test_question_stands_before_the_approval(portal: FreshPortal, visitor: Visitor, name: str) -> None:
    visitor.enter()
    row = visitor.pending()[0]
    portal.process.set_fault(name, text="Emin misin?")
    asked = visitor.save(row).json
    assert asked == {"question": "Emin misin?", "native": name == "native_confirm"}
    assert portal.entries("approval") == []
    assert visitor.save(row, confirmed=True).json["accepted"] is True


def test_rows_come_in_another_order_at_each_reload(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.enter()
    portal.process.set_fault("reorder")
    orders = [[row["row"] for row in visitor.rows()] for _ in range(3)]
    assert all(sorted(order) == sorted(orders[0]) for order in orders)
    assert all(earlier != later for earlier, later in pairwise(orders))


def test_new_row_appears_at_a_reload_after_the_first(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.enter()
    portal.process.set_fault("new_row")
    assert [len(visitor.pending()) for _ in range(3)] == [5, 6, 6]


def test_twins_differ_by_nothing_that_the_grid_shows(portal: FreshPortal, visitor: Visitor) -> None:
    portal.process.set_fault("twins", nth=2)
    visitor.enter()
    rows = visitor.pending()
    shown = [{key: value for key, value in row.items() if key != "row"} for row in rows]
    assert shown[1] == shown[5]
    assert visitor.form(rows[1])["Görevlendirme ID"] != visitor.form(rows[5])["Görevlendirme ID"]


@pytest.mark.parametrize("step", ["grid", "form", "save"])
def test_somebody_else_approves_meanwhile(portal: FreshPortal, visitor: Visitor, step: str) -> None:
    visitor.enter()
    row = visitor.pending()[0]
    portal.process.set_fault("approved_by_other", at=step)
    visitor.pending()
    visitor.form(row)
    answer = visitor.save(row).json
    assert answer["accepted"] is False
    assert [entry["recorded"] for entry in portal.entries("approval")] == [False]
    assert len(portal.entries("approved_by_other")) == 1


def test_grid_is_stale_for_so_many_rereads(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.enter()
    row = visitor.pending()[0]
    portal.process.set_fault("stale_grid", times=2)
    visitor.save(row)
    shown = [visitor.page(1)["rows"][row["row"] - 1]["status"] for _ in range(3)]
    assert shown == ["Onay Bekliyor", "Onay Bekliyor", "Onaylandı"]


def test_captcha_is_asked_before_the_password_counts(portal: FreshPortal, visitor: Visitor) -> None:
    portal.process.set_fault("captcha")
    assert "Güvenlik Kodu" in visitor.get(portal.process.edevlet_url).text
    assert "Güvenlik kodu hatalıdır." in visitor.sign_in().text
    assert portal.entries("sign_in") == []
    assert "Kayıtlı Kullanıcı Girişi" in visitor.sign_in(captchaField=portal.process.state()["captcha"]).text


def test_second_factor_comes_after_the_password(portal: FreshPortal, visitor: Visitor) -> None:
    portal.process.set_fault("second_factor")
    assert "Doğrulama Kodu" in visitor.sign_in().text
    address = f"{portal.process.edevlet_url}/Giris/dogrulama"
    assert "hatalıdır" in visitor.submit(address, smsField="000000x").text
    answer = visitor.submit(address, smsField=portal.process.state()["sms_code"])
    assert "Kayıtlı Kullanıcı Girişi" in answer.text
    assert [entry["event"] for entry in portal.entries()][-4:] == [
        "code_answered",
        "code_answered",
        "sign_in",
        "main_menu",
    ]


@pytest.mark.parametrize(("name", "shown"), [("wrong_total", "6 adet Onay"), ("hidden_total", "ekranından")])
def test_home_count_can_be_wrong_or_missing(portal: FreshPortal, visitor: Visitor, name: str, shown: str) -> None:
    portal.process.set_fault(name)
    home = visitor.enter().text
    assert shown in home
    assert "5 adet" not in home


@pytest.mark.parametrize(("name", "parameters"), [("slow_ok", {"ms": 300}), ("latency", {"ms": 300, "at": "save"})])
def test_answers_come_late(portal: FreshPortal, visitor: Visitor, name: str, parameters: dict[str, object]) -> None:
    visitor.enter()
    row = visitor.pending()[0]
    portal.process.set_fault(name, **parameters)
    started = time.monotonic()
    visitor.save(row)
    assert time.monotonic() - started >= 0.3


def test_native_alert_is_asked_of_the_page(portal: FreshPortal, visitor: Visitor) -> None:
    portal.process.set_fault("native_alert")
    visitor.enter()
    assert visitor.save(visitor.pending()[0]).json["native"] is True


def test_hostile_names_are_shown_as_they_are(portal: FreshPortal, visitor: Visitor) -> None:
    portal.process.set_fault("hostile_names")
    visitor.enter()
    names = [row["name"] for row in visitor.pending()]
    assert names == list(HOSTILE_NAMES[:5])
    row = next(row for row in visitor.pending() if row["name"].startswith("<img"))
    document = PdfReader(io.BytesIO(visitor.katip(f"/api/sozlesme/{row['row']}/yazdir").body))
    assert "<img src=x onerror" in " ".join(document.pages[0].extract_text().split())


def test_faults_can_be_switched_off(portal: FreshPortal, visitor: Visitor) -> None:
    visitor.enter()
    portal.process.set_fault("refusal", times=0)
    portal.process.set_fault("server_error", at="grid", times=0)
    portal.process.clear_faults("server_error")
    row = visitor.pending()[0]
    assert visitor.save(row).json["accepted"] is False
    portal.process.clear_faults()
    assert visitor.save(row).json["accepted"] is True


def test_unknown_fault_is_refused_by_the_control_desk(portal: FreshPortal) -> None:
    with pytest.raises(ValueError, match="There is no fault 'nonsense'"):
        portal.process.set_fault("nonsense")
