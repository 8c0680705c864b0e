"""What is pressed after "Kayıt": the button that closes the small window, and never "Kayıt" again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest

from Katip.approvals.approval_result import Answer, AnswerMeaning
from Katip.current_session import CurrentSession
from Katip.errors import BrowserGone, ForeignOrigin, KatipError, NoEffect, NotPressed, Vanished
from Katip.model import Contract, Status
from Katip.pages.approval_form import ApprovalFormPage
from Katip.pages.form_reader import FormReader
from Katip.patience import Patience
from Katip.portal import load_portal
from Katip.portal_procedure import At, FormWay
from Katip.reading import labels
from Katip.reading.cells import Row
from Katip.reading.driver import Driver
from Katip.reading.labels import Control
from Katip.reading.snapshot import Box, Snapshot
from Katip.session import Session
from Katip.sign_in_state import SignInState
from tests.unit.fake_driver import FakeDriver
from tests.unit.seen import Raw, box, field, seen, text

FIELDS = [("Adı Soyadı", "Ayşe Örnek"), ("Görevlendirme ID", "1001"), ("Ayl. Çlş. Süresi (Dk)", "600")]


def form(down: int = 0, number: str = "1001") -> Raw:
    rows: list[Raw] = []
    for index, (label, value) in enumerate(FIELDS):
        y = 70 + down + 24 * index
        rows += [text(label, 10, y), field(number if value == "1001" else value, (220, y, 150, 20))]
    title, save = text("SÖZLEŞME ONAY", 10, 10 + down), text("Kayıt", 14, 42 + down)
    return box(
        "div", (10, 10 + down, 400, 200), title, box("button", (10, 40 + down, 60, 24), save, ty="submit"), *rows
    )


def window(words: str, *buttons: str) -> Raw:
    message = box("p", (510, 230, 280, 20), text(words, 510, 230))
    pressed = [
        box("button", (510 + 90 * n, 260, 80, 24), text(name, 514 + 90 * n, 262), ty="button")
        for n, name in enumerate(buttons)
    ]
    return box("div", (500, 200, 300, 100), message, *pressed)


class Rows:
    """The grid of one contract, whose own control is known."""

    def __init__(self, control: Control | None = None) -> None:
        self._control = control

    def pending_row(self, _: Contract) -> Row:
        return Row({}, {}, selected=False, check=None, place=0, box=Box(0, 0, 0, 0))

    def ready_to_open(self, _: Contract) -> Control:
        assert self._control is not None
        return self._control


def form_on(session: Session, control: Control | None = None) -> ApprovalFormPage:
    return ApprovalFormPage(CurrentSession(session), Rows(control), lambda: None)


def submitted(*shown: Snapshot, picture: Any = lambda: "ok.png") -> tuple[Answer, list[str]]:
    driver = FakeDriver(*shown)
    session = Session.of(load_portal("v9", {"katip_url": "http://127.0.0.1"}), cast(Driver, driver))
    object.__setattr__(session.portal, "patience", Patience(save=timedelta(0)))
    page = form_on(session)
    page.read(seen())
    return page.submit(picture), driver.pressed


def submitted_in_vain(error: KatipError, *, before_press: bool) -> ApprovalFormPage:
    """Submit a form whose "Kayıt" fails with an error, and return the page."""

    class Failing(FakeDriver):
        def click(self, *_: Any, **__: Any) -> None:
            raise error

    error.before_press = before_press
    session = Session.of(load_portal("v9", {"katip_url": "http://127.0.0.1"}), cast(Driver, Failing(seen(form()))))
    page = form_on(session)
    page.read(seen())
    with pytest.raises(NotPressed if before_press else type(error)) as caught:
        page.submit(lambda: None)
    assert isinstance(caught.value, NotPressed) is before_press
    return page


@pytest.mark.parametrize("kind", [Vanished, NoEffect, BrowserGone])
def test_press_that_surely_did_not_happen_is_told_from_one_that_may_have(kind: type[KatipError]) -> None:
    assert submitted_in_vain(kind("x"), before_press=True).saved_on == ""
    assert submitted_in_vain(kind("x"), before_press=False).saved_on == "http://127.0.0.1"


def test_window_is_read_and_closed_with_its_one_button() -> None:
    answer, pressed = submitted(seen(form()), seen(form(), window("Sözleşme onaylandı.", "OK")), seen())
    assert pressed == ["Kayıt", "OK"]
    assert answer.window is not None
    assert (answer.window.text, answer.answered, answer.picture) == ("Sözleşme onaylandı.", True, "ok.png")


def test_form_that_moves_after_kayit_is_no_window_and_kayit_is_pressed_once() -> None:
    note = box("div", (0, 0, 400, 20), text("Kayıtlar güncellendi", 4, 2))
    answer, pressed = submitted(seen(form()), seen(note, form(down=24)))
    assert pressed == ["Kayıt"]
    assert not answer.answered


def test_one_button_that_does_more_than_close_is_left_alone() -> None:
    for name in ("Onayla", "Sil", "Sözleşme İptal"):
        answer, pressed = submitted(seen(form()), seen(form(), window("Asgari süre yetersiz.", name)))
        assert pressed == ["Kayıt"], name
        assert answer.window is not None
        assert (answer.window.text, answer.answered, answer.wording) == (
            "Asgari süre yetersiz.",
            False,
            AnswerMeaning.REFUSED,
        )


@pytest.mark.parametrize("name", ["Evet", "Tamam", "OK"])
def test_one_button_under_a_question_would_agree_to_it_and_is_left_alone(name: str) -> None:
    answer, pressed = submitted(seen(form()), seen(form(), window("Otomatik güncellemeye izin veriyor musunuz?", name)))
    assert pressed == ["Kayıt"]
    assert (answer.answered, answer.wording) == (False, AnswerMeaning.ASKS)


def test_words_that_come_while_the_window_is_pictured_are_its_words() -> None:
    early, late = seen(form(), window("Bilgi", "OK")), seen(form(), window("Sözleşme onaylandı.", "OK"))
    shown: list[Any] = []

    def picture() -> str:
        shown[0].shown[0] = late
        return "ok.png"

    driver = FakeDriver(seen(form()), early, seen())
    shown.append(driver)
    session = Session.of(load_portal("v9", {"katip_url": "http://127.0.0.1"}), cast(Driver, driver))
    page = form_on(session)
    page.read(seen())
    answer = page.submit(picture)
    assert answer.window is not None
    assert (answer.window.text, driver.pressed) == ("Sözleşme onaylandı.", ["Kayıt", "OK"])


def test_picture_that_fails_keeps_no_window_from_being_read_and_closed() -> None:
    def fails() -> str:
        raise OSError("no space left")

    answer, pressed = submitted(seen(form()), seen(form(), window("Sözleşme onaylandı.", "OK")), seen(), picture=fails)
    assert pressed == ["Kayıt", "OK"]
    assert answer.window is not None
    assert answer.window.text == "Sözleşme onaylandı."
    assert answer.picture is None


def test_form_of_another_id_than_the_checked_one_is_not_saved() -> None:
    driver = FakeDriver(seen(form()))
    session = Session.of(load_portal("v9", {"katip_url": "http://127.0.0.1"}), cast(Driver, driver))
    page = form_on(session)
    page.read(seen())
    driver.shown = [seen(form(number="1002"))]
    with pytest.raises(NotPressed, match="as it was checked"):
        page.submit(lambda: None)
    assert driver.pressed == []


def test_number_that_form_or_window_shows_is_covered_in_what_is_kept() -> None:
    told = window("11111111110 numaralı kişinin sözleşmesi onaylandı.", "OK")
    answer, _ = submitted(seen(form()), seen(form(), told), seen())
    assert answer.window is not None
    assert answer.window.text == "111******10 numaralı kişinin sözleşmesi onaylandı."


ORIGIN = "http://127.0.0.1"


def test_kayit_on_a_page_of_another_origin_is_not_pressed() -> None:
    driver = FakeDriver(seen(form()))
    session = Session.of(load_portal("v9", {"katip_url": ORIGIN}), cast(Driver, driver))
    page = form_on(session)
    page.read(seen())
    driver.shown = [seen(form(), url="https://evil.example/form")]
    with pytest.raises(NotPressed, match=r"https://evil\.example"):
        page.submit(lambda: None)
    assert (driver.pressed, page.saved_on) == ([], "")


def test_origin_on_which_kayit_was_pressed_is_kept() -> None:
    driver = FakeDriver(seen(form()), seen())
    session = Session.of(load_portal("v9", {"katip_url": ORIGIN}), cast(Driver, driver))
    object.__setattr__(session.portal, "patience", Patience(save=timedelta(0)))
    page = form_on(session)
    page.read(seen())
    page.submit(lambda: None)
    assert (driver.pressed, page.saved_on) == (["Kayıt"], ORIGIN)


@pytest.mark.parametrize("url", ["https://evil.example/list", "data:text/html,x", "http://127.0.0.1:81/list"])
def test_everything_seen_between_sign_in_and_sign_out_must_be_of_katips_origin(url: str) -> None:
    session = Session.of(load_portal("v9", {"katip_url": ORIGIN}), cast(Driver, FakeDriver(seen())))
    session.check(seen(url=url))  # nobody is signed in yet
    session.sign_in = SignInState.SIGNED_IN
    session.check(seen())
    with pytest.raises(ForeignOrigin):
        session.check(seen(url=url))
    session.leaving = True
    session.check(seen(url=url))


def asked(*shown: Snapshot, asks: str = "emin misiniz") -> tuple[Answer, list[str]]:
    driver = FakeDriver(*shown)
    session = Session.of(load_portal("v9", {"katip_url": ORIGIN}), cast(Driver, driver))
    object.__setattr__(session.portal, "patience", Patience(save=timedelta(0)))
    object.__setattr__(session.portal, "window", {**session.portal.window, "asks": (asks,)})
    page = form_on(session)
    page.read(seen())
    return page.submit(lambda: "ok.png"), driver.pressed


@pytest.mark.parametrize(
    "words",
    [
        "Sözleşmeyi reddetmek istediğinizden emin misiniz?",
        "Onaylı sözleşmeyi iptal etmek istediğinize emin misiniz?",
        "Onaylamaktan vazgeçmek istediğinize emin misiniz?",
        "Sözleşme silinecektir. Emin misiniz?",
        "Otomatik güncelleme onay izni verilecektir, emin misiniz?",
    ],
)
def test_question_that_asks_for_something_else_is_not_agreed_to(words: str) -> None:
    answer, pressed = asked(seen(form()), seen(form(), window(words, "Evet", "Hayır")), seen())
    assert pressed == ["Kayıt"]
    assert (answer.answered, answer.wording) == (False, AnswerMeaning.ASKS)


def test_question_with_a_consent_in_it_that_is_on_is_not_agreed_to() -> None:
    consent = box("input", (520, 232, 14, 14), ty="checkbox", ck=1, se=1)
    asking = window("Onaylamak istediğinize emin misiniz?", "Evet", "Hayır")
    words = text("Otomatik güncelleme onay izni", 540, 290)
    question = box(
        "div", (500, 180, 300, 140), asking, box("p", (510, 285, 260, 20), dict(consent, b=(520, 288, 14, 14)), words)
    )
    answer, pressed = asked(seen(form()), seen(form(), question), seen())
    assert pressed == ["Kayıt"]
    assert not answer.answered


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("Onaylamak istediğinize emin misiniz?", "emin misiniz"),
        ("Bu işlem iptal edilemez. Onaylamak istediğinize emin misiniz?", "emin misiniz"),
        ("Eski kayıt silinecektir. Onaylıyor musunuz?", "eski kayıt silinecektir. onaylıyor musunuz"),
    ],
)
def test_question_for_the_approval_is_agreed_to_once(words: str, asks: str) -> None:
    _, pressed = asked(seen(form()), seen(form(), window(words, "Evet", "Hayır")), seen(), asks=asks)
    assert pressed == ["Kayıt", "Evet"]


def opened_by_the_row(row: Contract, came: Snapshot) -> tuple[Answer, list[str]]:
    listed = seen(box("button", (600, 20, 60, 24), text("Onayla", 604, 22), ty="button"))
    driver = FakeDriver(listed, came, seen())
    session = Session.of(load_portal("v9", {"katip_url": ORIGIN}), cast(Driver, driver))
    object.__setattr__(session.portal, "patience", Patience(save=timedelta(0)))
    approving = replace(session.portal.procedure.approving, at=At.ROW, form=FormWay.UNKNOWN)
    object.__setattr__(session.portal, "procedure", replace(session.portal.procedure, approving=approving))
    control = labels.find(listed, session.label("approve"), labels.Kind.BUTTON, session.portal.wording.words)
    page = form_on(session, control)
    page.of_row(row)
    return page.submit(lambda: "ok.png"), driver.pressed


ROW = Contract("1" * 26, "Ayşe Örnek", "İşyeri Hekimi", None, Status.PENDING, "Onay Bekliyor", minutes=600)


def test_form_that_the_rows_own_press_opened_is_saved_where_it_is_the_contracts() -> None:
    _, pressed = opened_by_the_row(ROW, seen(form()))
    assert pressed == ["Onayla", "Kayıt"]


def test_form_that_the_rows_own_press_opened_is_not_saved_where_it_shows_another_contract_of_the_person() -> None:
    answer, pressed = opened_by_the_row(replace(ROW, minutes=1200), seen(form()))
    assert pressed == ["Onayla"]
    assert "600" in (answer.note or "")


@pytest.mark.parametrize(
    ("one", "other", "same"), [("12 345", "12345", True), ("0012345", "12345", True), ("12345", "12346", False)]
)
def test_two_writings_of_one_id_are_of_the_same_row(one: str, other: str, same: bool) -> None:
    assert replace(ROW, gorevlendirme_id=one).is_row_of(replace(ROW, gorevlendirme_id=other)) is same


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("role", ["grid", "treegrid"])
def test_list_that_draws_only_some_columns_is_not_taken_for_the_form(role: str, rows: int) -> None:
    titles = ("Sözleşme ID", "Görevlendirilen Kişi Ad Soyad", "Çalışma Süresi", "İşlemler")
    places = [(10 + 200 * n, 10, 200, 40) for n in range(len(titles))]
    head = [
        box("div", place, text(title, place[0] + 4, 20), r="columnheader")
        for title, place in zip(titles, places, strict=True)
    ]
    lines = [box("div", (10, 10, 800, 40), *head, r="row")]
    for number in range(rows):
        y = 50 + 40 * number
        cells = [
            box("div", (10 + 200 * n, y, 200, 40), text(words, 14 + 200 * n, y + 10), r="gridcell")
            for n, words in enumerate((f"812340{number}", f"AYŞE ÖRNEK {'AB'[number % 2]}", "120"))
        ]
        press = box("button", (614, y + 4, 80, 30), text("Onayla", 620, y + 10), ty="button")
        lines.append(box("div", (10, y, 800, 40), *cells, box("div", (610, y, 200, 40), press, r="gridcell"), r="row"))
    page = seen(box("div", (10, 10, 800, 400), *lines, r=role))
    session = Session.of(load_portal("today", {"katip_url": "http://127.0.0.1"}), cast(Driver, FakeDriver(page)))
    reader = FormReader(CurrentSession(session))
    assert reader.save_button(page) is None
    assert reader.read(page) is None
