"""A table of people and statuses for tests of drawn text, and what is read from it."""

# ruff: noqa: E501

from __future__ import annotations

from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.listing import COLUMNS
from tests.reading.made_pages import opened

STYLE = "<style>body{font:14px sans-serif} td,th{padding:4px 12px;text-align:left;min-width:150px} table{border-collapse:collapse} i{display:inline-block;font-style:normal}</style>"
HEAD = "<thead><tr><th>Adı Soyadı<th>Personel Kategorisi Adı<th>Grv. Onay Durumu</thead>"
APPROVED, PENDING = "Onaylandı", "Onay Bekliyor"


def table(*rows: tuple[str, ...], more: str = "") -> str:
    body = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in rows)
    return f"{STYLE}<table id=t>{HEAD}<tbody id=rows>{body}</table>{more}"


def read(body: str, eyes: Eyes, hand: Hand) -> list[list[str]]:
    opened("drawn", body, eyes, hand)
    return [list(row.values()) for row in eyes.read_grid(COLUMNS, all_pages=True)]


def status_of(cell: str, eyes: Eyes, hand: Hand) -> str:
    rows = read(table(("AYŞE DENEME", "Hekim", cell), ("BURAK DENEME", "Hekim", APPROVED)), eyes, hand)
    assert rows[1][2] == APPROVED
    return rows[0][2] if len(rows[0]) > 2 else ""
