"""The contracts of ExtJS 4, which opens on its second page, with theme, dock, frame, selection and page size varied against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from Katip.portal import load_portal
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.strangers import ext4
from tests.strangers.stage import Play, contracts

SELECTIONS = {
    "boxes": "",
    "rows": 'selModel: Ext.create("Ext.selection.RowModel", { mode: "SINGLE", listeners:',
    "boxes and rows": 'selModel: Ext.create("Ext.selection.CheckboxModel", { listeners:',
}
_AS_IS = 'selModel: Ext.create("Ext.selection.CheckboxModel", { checkOnly: true, mode: "SINGLE", allowDeselect: true, listeners:'
FRAMED = """() => { document.body.innerHTML = '<iframe src="/Default.aspx" style="position:fixed;inset:0;width:100%;height:100%;border:0"></iframe>' }"""
COLUMNS = {name: load_portal("v9").columns[name].names for name in ("name", "category", "start", "status")}

# Every two values of two factors meet in one of these: theme, pager on top, in a frame, selection, rows a page.
USUAL = [("gray", True, False, "rows", 4), ("", False, True, "boxes", 5)]
OTHERS = [
    ("access", False, False, "boxes and rows", 4),
    ("", True, False, "boxes and rows", 5),
    ("gray", False, True, "boxes and rows", 11),
    ("access", True, True, "rows", 5),
    ("", False, True, "rows", 11),
    ("access", True, False, "boxes", 11),
    ("gray", True, True, "boxes", 5),
    ("", True, True, "boxes", 4),
    ("gray", False, False, "boxes", 4),
    ("neptune", True, True, "boxes", 4),
    ("neptune", False, False, "rows", 5),
    ("neptune", True, True, "boxes and rows", 11),
]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("theme", "top", "framed", "selection", "size"),
    [*USUAL, *(pytest.param(*each, marks=pytest.mark.matrix) for each in OTHERS)],
)
def test_all_contracts_are_read(
    theme: str,
    top: bool,
    framed: bool,
    selection: str,
    size: int,
    hand: Hand,
    eyes: Eyes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changes = [("pageSize: 5", f"pageSize: {size}"), (_AS_IS, SELECTIONS[selection] or _AS_IS)]
    changes += [("ext-all.css", f"ext-all-{theme}.css")] if theme else []
    changes += [("tbar: [{", "bbar: [{"), ('bbar: { xtype: "paging', 'tbar: { xtype: "paging')] if top else []
    changes += [("store.loadPage(2)", "store.loadPage(1)")] if size > 10 else []
    page = ext4.HOME
    for old, new in changes:
        assert old in page, old
        page = page.replace(old, new)
    monkeypatch.setattr(ext4, "HOME", page)
    play = Play(tmp_path / "log.jsonl", contracts=contracts()[:11])
    with ext4.Ext4(play).running():
        katip = play.origin("katip")
        hand.browser.go_to(f"{katip}/giris?bilet={play.enter()}")
        hand.browser.go_to(f"{katip}/Default.aspx")
        if framed:
            hand.script(FRAMED)
        eyes.forget()
        eyes.reader.settled()
        eyes.click(["Sözleşmeler"], "menu")
        rows = eyes.read_grid(COLUMNS, all_pages=True)
    assert [row["name"] for row in rows] == [contract.name for contract in play.contracts]
