"""When a list is read again, and which reading is taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from Katip.errors import GridUnreadable, ListUnstable
from Katip.reading.cells import Row
from Katip.reading.grids import Grid
from Katip.reading.rereading import Walk, agreed, page_size
from Katip.reading.snapshot import Box
from tests.unit.seen import box, seen


def page(names: str) -> Grid:
    return Grid([], [Row({"name": name}, {}, False, None, 0, Box(0, 0, 9, 9)) for name in names])


def reading(*pages: str, total: int | None = None) -> Walk:
    walk = Walk(page(pages[0]))
    for names in pages[1:]:
        walk.add(page(names), holds_earlier=False)
    if total is not None and total != len(walk.rows):
        walk.shortfall = GridUnreadable("Reading", f"{total} rows", f"{len(walk.rows)} rows")
    return walk


def readings(*walks: Walk) -> Callable[[], Walk]:
    return iter(walks).__next__


def names_of(walk: Walk) -> str:
    return "".join(row.cells["name"] for row in walk.rows)


def test_list_without_a_doubt_is_read_once() -> None:
    assert names_of(agreed(reading("AB", "CD"), readings(), ())) == "ABCD"


def test_row_read_twice_for_another_that_is_missing_is_found_by_reading_again() -> None:
    whole = agreed(reading("AB", "BC", total=4), readings(reading("AB", "CD"), reading("DC", "BA")), ())
    assert sorted(names_of(whole)) == ["A", "B", "C", "D"]


def test_list_is_rearranged_where_reading_again_does_not_agree() -> None:
    done: list[str] = []

    def sort() -> bool:
        done.append("sort")
        return True

    whole = agreed(
        reading("AB", "BC"), readings(reading("CD", "DA"), reading("AB", "CD"), reading("AB", "CD")), (sort,)
    )
    assert (names_of(whole), done) == ("ABCD", ["sort"])


def test_equal_rows_on_two_pages_of_a_stable_list_count_twice() -> None:
    assert names_of(agreed(reading("AB", "BC"), readings(reading("AB", "BC")), ())) == "ABBC"


def test_equal_rows_in_another_order_are_no_agreement() -> None:
    walks = [reading("AB", "BC"), reading("BA", "BC"), reading("AB", "CB"), reading("BC", "AB")]
    with pytest.raises(ListUnstable, match="two readings"):
        agreed(reading("BC", "BA"), readings(*walks), ())


def test_readings_that_agree_but_not_with_the_count_are_an_error() -> None:
    with pytest.raises(GridUnreadable, match="4 rows"):
        agreed(reading("AB", "C", total=4), readings(reading("AB", "C", total=4)), ())


def test_pager_that_begins_again_after_its_end_is_an_error() -> None:
    with pytest.raises(GridUnreadable, match="the same pages again"):
        reading("AB", "CD", "AB", "CD")


def test_largest_page_size_is_chosen_once() -> None:
    def select(value: str, y: float = 90) -> object:
        return page_size(seen(box("select", (10, y, 60, 20), v=value, op=["10", "25", "100"])), Box(0, 0, 600, 80))

    chosen = select("10")
    assert isinstance(chosen, tuple)
    assert chosen[1] == 2
    assert select("100") is None
    assert select("10", y=700) is None
