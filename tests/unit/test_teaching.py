"""What a walk teaches: only what differs from the nearest shipped portal, nothing personal, and what was not seen as unknown."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from Katip.portal import load_portal
from Katip.portal_procedure import At, FormWay
from Katip.reading.labels import Kind
from Katip.reading.reader import Reader
from Katip.reading.snapshot import Box, Snapshot
from Katip.teaching.draft import Learned
from Katip.teaching.guide import Guide
from Katip.teaching.kept_out import Privacy
from Katip.teaching.learning import as_portal, learn
from Katip.teaching.portal_writer import as_toml
from Katip.teaching.pressed import check, neighbours, pressed_at
from Katip.teaching.talking import Talk
from Katip.teaching.walk import Found, Press, TaughtWalk, WalkStage, is_same_page
from Katip.teaching.watching import Sight, Spot, Watcher
from Katip.turkish import Vocabulary
from tests.unit.seen import Raw, box, seen, table, text

KATIP = "https://isgkatip.csgb.gov.tr"
NAME = "GÜL ÇINAR"
NUMBER = "11111111110"


def button(words: str, x: float, y: float) -> Raw:
    return box("button", (x, y, len(words) * 7 + 20, 24), text(words, x + 10, y + 3))


def page(*items: Raw) -> Snapshot:
    return seen(*items, url=KATIP)


def heading(words: str) -> Raw:
    return box("h2", (20, 20, 400, 24), text(words, 20, 22))


ROLE = page(heading("Yetki Belirleme"), button("İşveren Girişi", 20, 80))
PLACES = page(heading("Şirket Belirleme"), text("Sicil 29999010199999010999932000", 20, 60), button("Bu Yer", 300, 60))
HOME = page(heading("Açılış Sayfası"), button("İşlemlerim", 20, 80), button("Kabul Defteri", 20, 110))
LIST = page(
    heading("Defter"),
    box("div", (20, 60, 200, 24), text("Beklenenler", 30, 63), r="tab", tb=1, se=1),
    table(20, 100, [160, 160, 160, 160], [["Kişi", "Başı", "Durum", "İşlem"], [NAME, "04.11.2020", "Beklemede", ""]]),
    button("Kabul Et", 520, 126),
)
FORM = page(
    heading("Kabul Ekranı"),
    text("Kişi", 20, 80),
    text(NAME, 200, 80),
    text("Başı", 20, 104),
    text("04.11.2020", 200, 104),
    button("Kaydı Bitir", 20, 160),
)


def press(stage: WalkStage, name: str, on: Snapshot, kind: Kind = Kind.BUTTON, **more: Any) -> Press:
    return Press(stage, name, kind, on, **more)


def walk(*, approves: bool = True, **more: Any) -> TaughtWalk:
    """A walk through a portal whose words are in no file."""
    presses = [
        press(WalkStage.ROLE, "İşveren Girişi", ROLE),
        press(WalkStage.WORKPLACE, "Bu Yer", PLACES),
        press(WalkStage.MENU, "İşlemlerim", HOME),
        press(WalkStage.MENU, "Kabul Defteri", HOME),
        press(WalkStage.LIST, "Kabul Et", LIST, at=At.ROW),
    ]
    if approves:
        presses += [
            press(WalkStage.ANSWER, "Kaydı Bitir", FORM),
            press(WalkStage.PROOF, "Yürürlüktekiler", LIST, Kind.TAB),
        ]
    presses += [press(WalkStage.WAY_OUT, "", HOME), press(WalkStage.WAY_OUT, "Ayrıl", HOME, Kind.MENU)]
    given: dict[str, Any] = {
        "katip_url": KATIP,
        "presses": presses,
        "workplaces": PLACES,
        "home": HOME,
        "list": LIST,
        "form": FORM,
        "columns": {"name": "Kişi", "start": "Başı", "status": "Durum"},
        "fields": {"name": "Kişi", "start": "Başı"},
        "form_way": FormWay.OPENS,
        "pending": "Beklemede",
        "tab_shown": "Beklenenler",
        "personal": {NAME},
        "cells": {NAME, "04.11.2020", "Beklemede"},
    }
    given |= {"approved": "Kabul Edildi", "approved_seen": True} if approves else {"save_named": "Kaydı Bitir"}
    return TaughtWalk(date(2026, 11, 28), **(given | more))


def written(learned: Learned) -> str:
    return learned.text(["kept"])


def test_walk_gives_a_file_that_loads_and_says_only_what_differs(tmp_path: Path) -> None:
    learned = learn(walk(), "own")
    path = tmp_path / "own.toml"
    path.write_text(written(learned), "utf-8")
    portal = load_portal(str(path))
    assert learned.tables["extends"] == "today"
    assert portal.labels["approve"].names == ("Kabul Et",)
    assert portal.labels["save"].names == ("Kaydı Bitir",)
    assert portal.labels["module"].names == ("İşlemlerim",)
    assert portal.labels["contracts"].names == ("Kabul Defteri",)
    assert portal.labels["sign_out"].names == ("Ayrıl",)
    assert [step.press.name for step in portal.procedure.after] == ["İşveren Girişi"]
    assert portal.procedure.approving.at is At.ROW
    assert portal.procedure.approving.form is FormWay.OPENS
    assert [label.name for label in portal.procedure.list.approved] == ["Yürürlüktekiler"]
    assert portal.procedure.parties == ()
    assert portal.procedure.unknown == ()
    assert portal.statuses == {"pending": ("Beklemede",), "approved": ("Kabul Edildi",)}
    assert "pace" not in learned.tables
    assert "way" not in as_same_as_today(learned)


def as_same_as_today(learned: Learned) -> dict[str, Any]:
    """The sections that the file leaves to the shipped portal."""
    return {key: value for key, value in learned.tables.items() if key in ("pager", "instead", "texts")}


def test_each_entry_says_when_it_was_seen() -> None:
    told = written(learn(walk(), "own"))
    assert '# 5.8, 2026-11-28: pressed: button (row); found again: exactly this one\napprove = ["Kabul Et"]' in told


def test_what_the_shipped_file_knows_is_not_written() -> None:
    taught = walk()
    taught.presses[4] = press(WalkStage.LIST, "ONAYLA", LIST, at=At.ROW)
    taught.presses[3] = press(WalkStage.MENU, "Hizmet Sözleşmeleri", HOME)
    learned = learn(taught, "own", ["today"])
    assert not {"approve", "contracts"} & set(learned.tables["labels"])


def test_nearest_shipped_portal_is_extended() -> None:
    """The old portal's ways: the row is selected and "Onayla" above the list opens the form."""
    old = walk(columns={"name": "Adı Soyadı", "start": "Grv. Başlama Trh.", "status": "Grv. Onay Durumu"}, tab_shown="")
    old.fields = {"name": "Adı Soyadı", "gorevlendirme_id": "Görevlendirme ID"}
    old.pending, old.approved = "Onay Bekliyor", "Onaylandı"
    names = {2: "Hizmet Alan İşyeri Modülü", 3: "Sözleşmeler", 5: "Kayıt"}
    for place, name in names.items():
        old.presses[place] = press(old.presses[place].stage, name, old.presses[place].page)
    old.presses[4] = press(WalkStage.LIST, "Onayla", LIST, at=At.TOOLBAR)
    del old.presses[6]
    assert learn(old, "own").tables["extends"] == "v9"


def test_walk_without_approval_leaves_unknown_what_it_did_not_see() -> None:
    learned = learn(walk(approves=False), "own")
    portal = as_portal(learned.tables)
    assert {"window.asks", "list.approved", "statuses.approved"} <= set(portal.procedure.unknown)
    assert portal.procedure.approving.form is FormWay.OPENS
    assert portal.labels["save"].names == ("Kaydı Bitir",)


@pytest.mark.parametrize("ends_after", range(9))
def test_walk_broken_off_anywhere_gives_a_file_that_loads_and_approves_nothing(ends_after: int) -> None:
    whole = walk()
    broken = walk(approves=False, presses=whole.presses[:ends_after], save_named="")
    if ends_after < 5:
        broken.list = broken.form = None
        broken.columns, broken.fields, broken.form_way = {}, {}, FormWay.UNKNOWN
        broken.pending = broken.tab_shown = ""
    if ends_after < 7:
        assert as_portal(learn(broken, "own").tables).procedure.unknown != ()


HOSTILE = [
    f"Onayla {NAME}",
    "Gül Çınar'ı Kabul Et",
    "Kabul Et (Çınar)",
    f"Kabul Et {NUMBER}",
    "Kabul Et 111 111 111 10",
    "Kabul Et 2.9999.01.01",
    "G** Ç**** için Kabul Et",
    "Kabul: gul@ornek.example",
]


@pytest.mark.parametrize("label", HOSTILE)
def test_personal_words_never_reach_the_file(label: str) -> None:
    taught = walk(question=f"{NAME} ({NUMBER}) kaydını kabul etmek istiyor musunuz?", answer=f"{label} tamam oldu")
    for place, old in enumerate(taught.presses):
        taught.presses[place] = press(old.stage, label, old.page, old.kind, at=old.at)
    taught.columns |= {"category": label}
    taught.fields |= {"minutes": label}
    taught.pending = taught.approved = taught.tab_shown = taught.agreed = label
    learned = learn(taught, "own")
    told = written(learned).casefold()
    for part in ("gül", "çınar", "111", "2.9999", "ornek", "g**"):
        assert part not in told
    assert learned.left_out
    as_portal(learned.tables)


def test_longest_part_of_a_sentence_without_a_name() -> None:
    privacy = Privacy([NAME], ["Onayla"])
    assert privacy.longest_part(f"{NAME} için kabul işlendi, {NUMBER}") == "için kabul işlendi,"
    assert privacy.longest_part(NAME) == ""


def test_word_of_a_name_that_the_portal_itself_uses_is_no_name() -> None:
    privacy = Privacy(["ONAY ÇINAR"], ["Onay Bekleyen Sözleşmeler"])
    assert not privacy.is_personal("Onay Bekleyenler")
    assert privacy.is_personal("Onay Çınar")


def test_consent_is_never_learned_to_be_ticked() -> None:
    taught = walk()
    taught.presses.insert(5, press(WalkStage.FORM, "Otomatik Güncelleme Onay İzni", FORM, Kind.CHOICE, is_box=True))
    taught.presses.insert(5, press(WalkStage.FORM, "Okudum", FORM, Kind.CHOICE, is_box=True))
    learned = learn(taught, "own")
    assert learned.tables["approving"]["tick"] == ["Okudum"]
    assert any("consent" in sentence for sentence in learned.left_out)


def test_control_that_is_not_found_again_is_named() -> None:
    taught = walk()
    taught.presses[4] = press(WalkStage.LIST, "Kabul Et", LIST, at=At.ROW, found=Found.SEVERAL)
    assert any('"Kabul Et"' in sentence for sentence in learn(taught, "own").left_out)


def test_list_without_tabs_and_without_other_party() -> None:
    taught = walk(tab_shown="")
    taught.presses = [each for each in taught.presses if each.stage is not WalkStage.PROOF]
    learned = learn(taught, "own", ["today"])
    assert learned.tables["list"] == {"pending": [], "approved": []}
    assert learned.tables["parties"] == []


def test_missing_column_is_left_to_the_shipped_file() -> None:
    learned = learn(walk(columns={"name": "Kişi", "status": "Durum"}), "own")
    assert set(learned.tables["columns"]) == {"name", "status"}


# ----------------------------------------------------------------------------------------------------- what was pressed


def spot(place: tuple[float, float, float, float], tag: str = "button") -> Spot:
    x, y, width, height = place
    return Spot(0, x + width / 2, y + height / 2, ((tag, Box(*place)),))


def test_pressed_control_is_found_by_its_place() -> None:
    snapshot = page(button("Kabul Et", 100, 50), button("Geri", 300, 50))
    pressed = pressed_at(snapshot, spot((100, 50, 76, 24)))
    assert pressed is not None
    assert (pressed.name, pressed.kind) == ("Kabul Et", Kind.BUTTON)
    assert check(snapshot, pressed, Kind.BUTTON, Vocabulary()) == (Found.EXACTLY, ())


def test_two_controls_of_the_same_words_are_told_apart_by_their_neighbours() -> None:
    items: Sequence[Raw] = (button("Onayla", 100, 50), button("Sil", 300, 50), button("Onayla", 100, 400))
    snapshot = page(*items)
    pressed = pressed_at(snapshot, spot((100, 50, 62, 24)))
    assert pressed is not None
    assert check(snapshot, pressed, Kind.BUTTON, Vocabulary())[0] is Found.SEVERAL
    beside = neighbours(snapshot, pressed, Vocabulary())
    assert beside == ("Sil",)
    assert check(snapshot, pressed, Kind.BUTTON, Vocabulary(), beside) == (Found.EXACTLY, ("Sil",))


def test_nothing_is_told_of_a_place_where_nothing_was_seen() -> None:
    assert pressed_at(page(button("Onayla", 100, 50)), spot((500, 500, 10, 10))) is None


def test_count_behind_a_label_is_no_part_of_it() -> None:
    tab = box("div", (20, 60, 240, 24), text("Beklenenler (4)", 30, 63), r="tab", tb=1)
    pressed = pressed_at(page(tab), spot((20, 60, 240, 24), "div"))
    assert pressed is not None
    assert (pressed.name, pressed.has_count, pressed.kind) == ("Beklenenler", True, Kind.TAB)


def test_same_page_with_a_menu_open() -> None:
    more = page(
        heading("Açılış Sayfası"), button("İşlemlerim", 20, 80), button("Kabul Defteri", 20, 110), text("Yeni", 20, 140)
    )
    assert is_same_page(HOME, more)
    assert not is_same_page(HOME, PLACES)


# ----------------------------------------------------------------------------------------------------------- the writer


@pytest.mark.parametrize(
    "words", ['"', "\\", "a\nb", "a\x7fb", "]\n[labels]", "# x", "\u202eabc", "'''", "é", "a = 1", "\ud800"]
)
def test_text_of_a_page_stays_a_text(words: str) -> None:
    made = as_toml({"labels": {words: [words], "more": {"names": [words], "any": True}}}, {("labels",): words}, [words])
    read = tomllib.loads(made)
    assert set(read) == {"labels"}
    assert len(read["labels"]) == 2


def test_lists_of_tables_and_numbers_are_written() -> None:
    tables = {
        "unknown": [],
        "parties": [{"name": "A", "column": "b"}],
        "list": {"lag_s": 1.5},
        "session": {"in_tab": True},
    }
    assert tomllib.loads(as_toml(tables, {})) == tables


class QuickPerson:
    """Presses while the page is looked at: the look shows already where the press led."""

    def __init__(self) -> None:
        self._late = [(spot((20, 110, 111, 24)), HOME)]

    def see(self) -> Sight:
        return Sight(KATIP, LIST)

    def pressed(self) -> tuple[tuple[Spot, Snapshot | None], ...]:
        late, self._late = self._late, []
        return tuple(late)


def test_press_that_came_while_the_page_was_looked_at_belongs_to_the_step() -> None:
    silent = SimpleNamespace(say=lambda _: None, heard=lambda: None)
    reader = SimpleNamespace(see_window=lambda *_: None)
    guide = Guide(cast(Watcher, QuickPerson()), cast(Talk, silent), load_portal("today"), cast(Reader, reader))
    noted: list[str] = []
    ended = guide.watch("", lambda page: page is LIST or None, lambda control, *_: noted.append(control.name))
    assert ended is True
    assert noted == ["Kabul Defteri"]
