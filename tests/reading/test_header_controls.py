"""Controls without words in a header's cell, which sort or filter by its column: they are no column of their own."""

from __future__ import annotations

import pytest

from Katip.reading.labels import Label
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.listing import COLUMNS, names_of_all, names_read, show

pytestmark = pytest.mark.browser

FILL = "rows.innerHTML = ALL.map((row) => `<tr>${cells(row)}</tr>`).join('');"
STYLE = "th div { display: flex; justify-content: space-between } th span { width: 12px; height: 16px; background: #ddd } table { width: 1200px }"


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(
    "control",
    ['<span role="button" tabindex="0" aria-label="{}: Sırala"></span>', '<span role="img" title="{} süz"></span>'],
)
def test_named_control_in_a_header_is_no_column(control: str, reverse: bool, hand: Hand, eyes: Eyes) -> None:
    heads = "".join(
        f'<th><div style="flex-direction: {"row-reverse" if reverse else "row"}"><b>{name}</b>{control.format(name)}</div>'
        for name in ("Adı Soyadı", "Personel Kategorisi Adı", "Grv. Onay Durumu")
    )
    show(hand, eyes, f'<table><thead><tr>{heads}</thead><tbody id="rows"></tbody></table>', FILL, STYLE)
    assert names_read(eyes) == names_of_all()
    columns = {name: Label(COLUMNS[name]) for name in ("name", "status")}
    grid = eyes.reader.see_grid(eyes.reader.seen, columns, ("name",), "name")
    assert grid is not None
    assert [header.label for header in grid.headers] == ["Adı Soyadı", "Personel Kategorisi Adı", "Grv. Onay Durumu"]
