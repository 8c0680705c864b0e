"""The contracts of ExtJS 3 with theme, dock, page size and selection model varied against each other, in the menu's own document."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, request

from Katip.portal import load_portal
from Katip.reading.labels import Kind
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.strangers import ext3
from tests.strangers.stage import Play, contracts

GRAY = 'css/ext-all.css"><link rel="stylesheet" href="/toolkits/extjs3/resources/css/xtheme-gray.css">'
TOP = (
    ('tbar: [{ text: "Yeni"', 'bbar: [{ text: "Yeni"'),
    ("bbar: new Ext.PagingToolbar", "tbar: new Ext.PagingToolbar"),
    ("Kayıtlar {0} - {1}", "Kayıtlar {0} - {1} / {2}"),
)
COLUMNS = {name: load_portal("v9").columns[name].names for name in ("name", "category", "start", "status")}


class Slow(ext3.Ext3):
    """The same with a server that takes its time for each page of the list.

    Args:
        play: what is on it.
        delay: how long it takes, in seconds.
    """

    def __init__(self, play: Play, delay: float) -> None:
        super().__init__(play)
        self._delay = delay

    def katip(self, app: Flask) -> None:
        super().katip(app)
        app.before_request(lambda: time.sleep(self._delay) if request.path == "/api/contracts" else None)


def read(eyes: Eyes, hand: Hand, katip: str, ticket: str) -> list[str]:
    """Open the list as a person does, and return the names of all its pages."""
    hand.browser.go_to(f"{katip}/giris?bilet={ticket}")
    hand.browser.go_to(f"{katip}/masaustu.aspx")
    eyes.forget()
    folder = eyes.reader.wait_for("Hizmet Alan İşyerleri Modülü", Kind.MENU, timeout=timedelta(seconds=30))
    eyes.reader.press_node(folder.node, count=2)
    eyes.click(["Sözleşmeler"], "menu")
    return [row["name"] for row in eyes.read_grid(COLUMNS, all_pages=True)]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("gray", "top", "size", "boxes"),
    [(True, True, 4, False), (True, False, 5, True), (False, True, 5, False), (False, False, 4, True)],
)
def test_all_contracts_are_read(
    gray: bool,
    top: bool,
    size: int,
    boxes: bool,
    hand: Hand,
    eyes: Eyes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = ext3.EXT.replace("pageSize: 5", f"pageSize: {size}").replace("limit: 5", f"limit: {size}")
    page = page.replace('css/ext-all.css">', GRAY) if gray else page
    for old, new in TOP if top else ():
        page = page.replace(old, new)
    page = page.replace("Ext.grid.RowSelectionModel", "Ext.grid.CheckboxSelectionModel") if boxes else page
    monkeypatch.setattr(ext3, "EXT", page)
    play = Play(tmp_path / "log.jsonl", contracts=contracts()[:11])
    with ext3.Ext3(play).running():
        names = read(eyes, hand, play.origin("katip"), play.enter())
    assert names == [contract.name for contract in play.contracts]


@pytest.mark.browser
@pytest.mark.parametrize("delay", [0.5, 4])
def test_slow_list_is_read_whole(delay: float, hand: Hand, eyes: Eyes, tmp_path: Path) -> None:
    eyes.wait(page=timedelta(seconds=20), quiet=timedelta(seconds=2), opening=timedelta(seconds=1))
    play = Play(tmp_path / "log.jsonl", contracts=contracts()[:7])
    with Slow(play, delay).running():
        names = read(eyes, hand, play.origin("katip"), play.enter())
    assert names == [contract.name for contract in play.contracts]
