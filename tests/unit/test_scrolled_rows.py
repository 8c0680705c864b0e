"""Rows of a grid that draws only what is scrolled to: each is read once, in its order."""

from __future__ import annotations

import pytest

from Katip.reading.cells import Row
from Katip.reading.grids import Grid
from Katip.reading.scrolled_rows import continued, is_drawn
from Katip.reading.snapshot import Box, Snapshot

HEIGHT = 30


def rows(names: str, top: float = 0, height: float = HEIGHT) -> list[Row]:
    places = [top + number * height for number in range(len(names))]
    return [
        Row({"name": name}, {}, False, None, place, Box(0, place, 600, height))
        for name, place in zip(names, places, strict=True)
    ]


def joined(*seen: list[Row]) -> str:
    known: list[Row] = []
    for view in seen:
        known = continued(known, view)
    return "".join(row.cells["name"] for row in known)


def test_what_is_seen_twice_is_one_row() -> None:
    assert joined(rows("ABCDEF"), rows("EFGH", top=4 * HEIGHT)) == "ABCDEFGH"


def test_rows_of_the_same_words_stay_two() -> None:
    assert joined(rows("ABEE"), rows("EEEC", top=3 * HEIGHT)) == "ABEEEEC"


def test_row_that_follows_the_last_one_is_another_even_of_the_same_words() -> None:
    assert joined(rows("ABX"), rows("XC", top=3 * HEIGHT)) == "ABXXC"


def test_places_that_shift_are_put_right_by_the_words() -> None:
    assert joined(rows("ABCDEF", height=24), rows("DEFG", top=3 * 50, height=24)) == "ABCDEFG"


def test_gap_is_not_filled_with_anything() -> None:
    assert joined(rows("ABC"), rows("XYZ", top=9 * HEIGHT)) == "ABCXYZ"


def test_cell_that_was_cut_off_is_completed() -> None:
    known = rows("A")
    known[0].cells = {"name": "A", "status": ""}
    seen = rows("A")
    seen[0].cells = {"name": "A", "status": "Onaylandı"}
    assert continued(known, seen)[0].cells == {"name": "A", "status": "Onaylandı"}


def test_row_is_where_its_texts_were_seen_last() -> None:
    """A row far below, whose texts were seen after scrolling, lay over the pager and hid it."""
    known, seen = rows("ABCDEF"), rows("EF", top=4 * HEIGHT)
    for row in seen:
        row.box = Box(0, row.box.y - 3 * HEIGHT, 600, HEIGHT)
    assert [row.box.y for row in continued(known, seen)][4:] == [HEIGHT, 2 * HEIGHT]


def part_of_a_list(top: int, places: list[int]) -> Grid:
    """Rows of 42 px in a part of 201 px that is scrolled to, of 2 100 px in all."""
    scroller = Snapshot(
        {
            "frames": [
                {"i": 0, "nodes": [{"p": -1, "t": "div", "b": (0, 0, 558, 201), "s": (0, top, 558, 2100, 558, 201)}]}
            ]
        }
    ).nodes[0]
    rows = [Row({}, {}, False, None, place, Box(0, place - top, 558, 42)) for place in places]
    return Grid([], rows=rows, scroller_down=scroller)


@pytest.mark.parametrize(
    ("top", "places", "drawn"),
    [
        (0, [0, 42, 84, 126, 168], True),
        (0, [0, 42, 126, 168], False),  # one in sight is missing
        (705, [672, 714, 756, 798, 840, 924, 966], True),  # the one at the edge shows too little to be read
        (705, [672, 714, 756, 798, 840, 882, 966, 1050], True),  # rendered ahead, out of sight
        (1899, [1890, 1932, 1974, 2016], False),  # the last one is missing
        (1899, [1890, 1932, 1974, 2016, 2058], True),
        (705, [], False),
    ],
)
def test_part_is_drawn_once_no_row_in_sight_is_missing(top: int, places: list[int], drawn: bool) -> None:
    assert is_drawn(part_of_a_list(top, places)) is drawn
