"""The column that a text is in, where a pane of columns was scrolled under a pinned one."""

from __future__ import annotations

from Katip.reading.cells import Header
from Katip.reading.grid_columns import column_of
from Katip.reading.snapshot import Snapshot
from tests.unit.seen import Raw, box, seen, text

NAME = "AYŞE YILDIZ DENEME"
UNDER = 1  # scrolled out of sight


def word(words: str, x: float, y: float, **signs: int) -> Raw:
    return text(words, x, y, own_line=1, **signs)


def shown(**header_signs: int) -> Snapshot:
    """A pinned column of names beside a pane that is scrolled to the right by 90 pixels."""
    pane = {"s": [90, 0, 700, 18, 500, 18]}
    return seen(
        word("Ad Soyad", 10, 10),
        box("div", (200, 10, 500, 18), word("Görev Türü", 75, 10, **header_signs), word("Durum", 400, 10), **pane),
        word(NAME, 10, 40),
        box("div", (200, 40, 500, 18), word("Dış", 75, 40, o=UNDER), word("Onaylandı", 400, 40), **pane),
    )


def columns(snapshot: Snapshot) -> dict[str, str]:
    pieces = {piece.text: piece for piece in snapshot.pieces}
    headers = [
        Header(label, label, pieces[label].box, pieces[label].node) for label in ("Ad Soyad", "Görev Türü", "Durum")
    ]
    found = {words: column_of(pieces[words], headers) for words in (NAME, "Dış", "Onaylandı")}
    return {words: header.label if header else "" for words, header in found.items()}


def test_text_is_not_below_a_header_that_is_scrolled_under_its_column() -> None:
    assert columns(shown(o=UNDER)) == {NAME: "Ad Soyad", "Dış": "Görev Türü", "Onaylandı": "Durum"}


def test_text_is_below_the_header_in_sight_above_it() -> None:
    assert columns(shown())[NAME] == "Görev Türü"
