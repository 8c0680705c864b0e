"""Two columns with the very same header: nobody can say which is meant where their texts differ, so nothing is decided by either."""

from __future__ import annotations

import pytest

from Katip.errors import GridUnreadable
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.listing import names_of_all, names_read, show

pytestmark = pytest.mark.browser

HEAD = "<th>Adı Soyadı<th>Personel Kategorisi Adı<th>{}<th>{}"
BODY = "<table><thead><tr>{}</thead><tbody id=rows></tbody></table>"
SAME = "rows.innerHTML = ALL.map((row) => `<tr>${cells(row)}<td>${row[2]}</tr>`).join('');"
DIFFERENT = (
    "rows.innerHTML = ALL.map((row, i) => `<tr>${cells(row)}<td>${i === 7 ? 'İptal Edildi' : row[2]}</tr>`).join('');"
)


def listed(first: str, second: str) -> str:
    return BODY.format(HEAD.format(first, second))


@pytest.mark.parametrize("second", ["Grv. Onay Durumu", "Görev Onay Durumu"])
def test_doubled_column_whose_texts_differ_is_an_error(second: str, hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, listed("Grv. Onay Durumu", second), DIFFERENT)
    with pytest.raises(GridUnreadable, match="KİŞİ H DENEME 7"):
        names_read(eyes)


def test_doubled_column_of_the_same_texts_is_read(hand: Hand, eyes: Eyes) -> None:
    show(hand, eyes, listed("Grv. Onay Durumu", "Grv. Onay Durumu"), SAME)
    assert names_read(eyes) == names_of_all()


def test_other_columns_may_be_doubled(hand: Hand, eyes: Eyes) -> None:
    show(
        hand,
        eyes,
        listed("Grv. Onay Durumu", "Açıklama").replace("<th>Açıklama", "<th>Açıklama<th>Açıklama"),
        DIFFERENT,
    )
    assert names_read(eyes) == names_of_all()
