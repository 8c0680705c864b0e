"""Letters higher than their row, and lines below it: what is cut off so that another text is read decides nothing."""

from __future__ import annotations

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.approvals.made_lists import (
    aligned,
    both,
    made,
    read,
    refused,
    with_column,
    with_row,
    with_value,
)


def runs(*given: tuple[str, int]) -> CellRichText:
    return CellRichText(*(TextBlock(InlineFont(sz=size), text) for text, size in given))


def in_low_row(place: str, value: object) -> bytes:
    return both(with_value(place, value), with_row(3, height=15))


def wrapped(name: str, height: float, width: float = 12, **more: object) -> bytes:
    return both(
        with_value("B3", name),
        aligned("B3", **({"wrap_text": True} | more)),
        with_column("B", width=width),
        with_row(3, height=height),
    )


TALL = {
    "one high run": runs(("Onayla", 409)),
    "a high run behind it": runs(("Onay", 11), ("la", 409)),
    "a high blank behind it": runs(("Onayla", 11), (" ", 409)),
    "a high blank before it": runs((" ", 409), ("Onayla", 11)),
}
CUT = {
    "a second line": {"name": "ŞÜKRÜ ÖĞÜT DENEME", "height": 15},
    "a third line": {"name": "ŞÜKRÜ ÖĞÜT DENEME AYRINTI UZUN", "height": 30},
    "a broken word": {"name": "ŞÜKRÜ" * 6, "height": 15},
    "a second line of justified text": {"name": "ŞÜKRÜ ÖĞÜT DENEME", "height": 15, "wrap_text": False, "horizontal": "justify"},
    "a second line of distributed text": {"name": "ŞÜKRÜ ÖĞÜT DENEME", "height": 15, "wrap_text": False, "horizontal": "distributed"},
}  # fmt: skip
WHOLE = {
    "one line": {"name": "ŞÜKRÜ ÖĞÜT", "height": 15},
    "two lines with room": {"name": "ŞÜKRÜ ÖĞÜT DENEME", "height": 30},
    "one line that is cut at its edge": {"name": "ŞÜKRÜ ÖĞÜT DENEME AYRINTI", "height": 15, "wrap_text": False},
}


@pytest.mark.parametrize("text", TALL.values(), ids=list(TALL))
def test_run_that_is_much_higher_than_its_row_is_refused(text: CellRichText) -> None:
    assert "row is too low" in refused(in_low_row("F3", text))


@pytest.mark.parametrize("given", CUT.values(), ids=list(CUT))
def test_line_that_does_not_show_is_refused(given: dict[str, object]) -> None:
    assert "row is too low" in refused(wrapped(**given))  # type: ignore[arg-type]


@pytest.mark.parametrize("given", WHOLE.values(), ids=list(WHOLE))
def test_text_that_is_seen_to_its_end_is_read(given: dict[str, object]) -> None:
    assert len(read(wrapped(**given)).rows) == 2  # type: ignore[arg-type]


def test_runs_of_usual_size_are_read() -> None:
    assert len(read(in_low_row("F3", runs(("Onay", 11), ("la", 14)))).rows) == 2
    assert len(read(made("F3", value=runs(("Onayla", 72)))).rows) == 2  # its row becomes as high as it needs
