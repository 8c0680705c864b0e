"""Rows of a grid that draws only what is scrolled to: each is read once, in its order."""

from __future__ import annotations

from Katip.reading.cells import Row
from Katip.reading.scrolled_rows import continued
from Katip.reading.snapshot import Box

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
