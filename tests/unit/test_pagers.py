"""What a pager says and where the next page is."""

from __future__ import annotations

import pytest

from Katip.portal import load_portal
from Katip.reading.pager_texts import Pager, read_pager
from Katip.reading.pagers import Way, first_steps, next_steps
from Katip.reading.snapshot import Snapshot
from tests.unit.seen import box, field, seen, text

WORDING = load_portal("v9").wording.pager


def pager(*words: str) -> Pager:
    return read_pager(seen(*(box("div", (10, 100, 600, 20), text(one, 10, 100)) for one in words)), None, WORDING)


@pytest.mark.parametrize(
    ("words", "page", "pages", "first", "last", "total"),
    [
        ("Sayfa 1 Toplam 1, Kayıtlar 1 - 9", 1, 1, 1, 9, None),
        ("Sayfa 2 Toplam 3 Kayıtlar 4 - 6", 2, 3, 4, 6, None),
        ("Sayfa 1 / 12", 1, 12, None, None, None),
        ("3 sayfadan 2.", 2, 3, None, None, None),
        ("Kayıtlar 1 - 25 / 1.250", None, None, 1, 25, 1250),
        ("1-3 of 8", None, None, 1, 3, 8),
        ("Toplam 8 kayıt bulundu", None, None, None, None, 8),
        ("DOK.10.01 rev 05, 3 adet", None, None, None, None, None),
    ],
)
def test_numbers_are_read(
    words: str, page: int | None, pages: int | None, first: int | None, last: int | None, total: int | None
) -> None:
    told = pager(words)
    assert (told.page, told.pages, told.first, told.last, told.total) == (page, pages, first, last, total)


def test_last_row_of_a_page_in_the_middle_is_not_the_total() -> None:
    assert Pager(page=1, pages=3, first=1, last=3).rows_in_all is None
    assert Pager(page=3, pages=3, first=7, last=8).rows_in_all == 8


def sign(words: str, x: float, **signs: object) -> dict[str, object]:
    inside = [text(words, x + 4, 101)] if words else []
    return box("span", (x, 100, 20, 20), *inside, cu=1, **signs)


def steps(page: Snapshot) -> list[tuple[Way, float]]:
    return [(step.way, step.node.box.x) for step in next_steps(page, read_pager(page, None, WORDING), None, WORDING)]


def test_sign_for_next_is_found_whatever_folding_makes_of_it() -> None:
    page = seen(sign("‹", 10), box("b", (40, 100, 90, 20), text("Sayfa 1 / 3", 40, 101)), sign("›", 140))
    assert steps(page) == [(Way.PRESS, 140)]


@pytest.mark.parametrize("single", ["›", ">", "Sonraki"])
@pytest.mark.parametrize(("doubled_at", "single_at"), [(100, 130), (130, 100)], ids=["right to left", "left to right"])
def test_doubled_sign_beside_a_single_one_leads_to_the_last_page(
    single: str, doubled_at: float, single_at: float
) -> None:
    page = seen(sign("»", doubled_at), sign(single, single_at), sign("3", 200), sign("2", 230), sign("1", 260))
    assert steps(page) == [(Way.PRESS, single_at)]
    assert steps(seen(sign("»", doubled_at), sign(single, single_at, d="class"))) == []


def test_doubled_sign_alone_is_next() -> None:
    assert steps(seen(sign("«", 10), sign("1", 40), sign("2", 70), sign("»", 140)))[0] == (Way.PRESS, 140)


def test_disabled_next_ends_the_walk() -> None:
    assert steps(seen(sign("›", 140, d="class"))) == []


def test_number_after_the_present_one_is_next() -> None:
    numbers = [box("a", (40 + 30 * n, 100, 10, 20), text(str(n), 40 + 30 * n, 101), hr=f"#{n}") for n in (1, 3, 4)]
    page = seen(*numbers, box("b", (100, 100, 10, 20), text("2", 100, 101)))
    assert steps(page) == [(Way.PRESS, 130)]


def test_present_number_is_the_one_painted_unlike_the_others() -> None:
    numbers = [
        box("a", (40 + 30 * n, 100, 10, 20), text(str(n), 40 + 30 * n, 101, st="red" if n == 2 else "blue"), hr=f"#{n}")
        for n in (1, 2, 3, 4)
    ]
    assert steps(seen(*numbers)) == [(Way.PRESS, 130)]


def test_pictures_without_words_are_first_previous_next_last() -> None:
    words = box("b", (70, 100, 120, 20), text("Sayfa 2 Toplam 4", 72, 101))
    page = seen(sign("", 10), sign("", 40), words, sign("", 200), sign("", 230))
    assert steps(page) == [(Way.PRESS, 200)]
    back = first_steps(page, read_pager(page, None, WORDING), None, WORDING)
    assert [step.node.box.x for step in back] == [10, 40]


def test_page_number_can_be_typed() -> None:
    row = box(
        "div", (10, 100, 300, 22), text("Sayfa", 10, 101), field("1", (60, 100, 30, 20)), text("Toplam 3", 100, 101)
    )
    assert steps(seen(row)) == [(Way.TYPE, 60)]


def test_dots_lead_to_the_numbers_that_follow() -> None:
    # "1 2 [3] ..." : ASP.NET's GridView shows its page numbers in blocks.
    page = seen(sign("1", 10), sign("2", 40), box("b", (70, 100, 20, 20), text("3", 74, 101)), sign("...", 100))
    assert steps(page) == [(Way.PRESS, 100)]
    assert [step.node.box.x for step in first_steps(page, Pager(page=3), None, WORDING)] == [10]


def test_dots_before_the_numbers_lead_back_and_never_on() -> None:
    page = seen(sign("...", 10), sign("4", 40), box("b", (70, 100, 20, 20), text("5", 74, 101)))
    assert steps(page) == []
    assert [step.node.box.x for step in first_steps(page, Pager(page=5), None, WORDING)] == [10]
