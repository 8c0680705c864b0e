"""A list whose tab shows it some moments after it was chosen, as tabs that fade do."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from Katip.pages.list_tabs import ListKind, ListTabs, wait_for_list
from Katip.portal import load_portal
from Katip.session import Session
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.made_pages import opened

pytestmark = pytest.mark.browser

PAGE = """<style>.pane{{display:none;opacity:0;transition:opacity .15s}}.on{{display:block}}.show{{opacity:1}}</style>
<div role=tablist><button role=tab aria-selected=true data-p=p1>Onay Bekleyen Sözleşmeler (1)</button><button role=tab aria-selected=false data-p=p2>Aktif Sözleşmeler</button></div>
<div class='pane on show' id=p1>{pending}</div><div class=pane id=p2>{approved}</div>
<script>for (const tab of document.querySelectorAll('[role=tab]')) tab.onclick = () => {{ for (const one of document.querySelectorAll('[role=tab]')) {{ one.ariaSelected = one === tab; const pane = document.getElementById(one.dataset.p); pane.classList.remove('show'); pane.classList.toggle('on', one === tab); }}
  setTimeout(() => document.getElementById(tab.dataset.p).classList.add('show'), 900); }}</script>"""
EMPTY = "<p>Kayıt bulunamadı</p>"


def listed(name: str) -> str:
    head = "".join(f"<th>{title}" for title in ("Görevlendirilen Kişi", "Kişi Onay Durumu", "İşyeri Onay Durumu"))
    return f"<table><tr>{head}</tr><tr><td>{name}<td>Sözleşme Onaylandı<td>Sözleşme Onaylandı</tr></table>"


@pytest.mark.parametrize(("approved", "rows"), [(listed("Işıl Örnek"), ["Işıl Örnek"]), (EMPTY, [])])
def test_list_is_waited_for(approved: str, rows: list[str], eyes: Eyes, hand: Hand) -> None:
    opened("tabs", PAGE.format(pending=listed("Ece Nur"), approved=approved), eyes, hand)
    portal = load_portal("today", {"katip_url": hand.origin, "edevlet_url": "http://127.0.0.1:1"})
    session = Session.of(portal, eyes.reader.driver)
    ListTabs(session).go(ListKind.APPROVED)
    wait_for_list(session, lambda now: session.reader.sees_list(now, portal.columns, "name"))
    grid = session.reader.see_grid(session.reader.seen, portal.columns, ("name",), "name")
    assert [row.cells["name"] for row in (grid.rows if grid else ())] == rows
    assert rows or EMPTY[3:-4] in session.reader.seen.text


PARTS = """<script>class Sekme extends HTMLElement {{ connectedCallback() {{ this.attachShadow({{ mode: 'open' }}).innerHTML = '<div style="cursor:pointer;padding:8px"><slot></slot></div>'; }} }} customElements.define('s-sekme', Sekme);</script>
<div role=tablist style="display:flex"><s-sekme role=tab tabindex=0 aria-selected=true>Onay Bekleyen Sözleşmeler (<span>1</span>)</s-sekme><s-sekme role=tab tabindex=0 aria-selected=false>Aktif Sözleşmeler</s-sekme></div><div id=p>{pending}</div>
<script>for (const tab of document.querySelectorAll('[role=tab]')) tab.onclick = () => {{ for (const one of document.querySelectorAll('[role=tab]')) one.ariaSelected = one === tab; p.innerHTML = `{approved}`; }}</script>"""


def test_tab_whose_words_are_in_a_part_that_reacts_to_the_pointer_has_the_state_of_the_tab(
    eyes: Eyes, hand: Hand
) -> None:
    opened("parts", PARTS.format(pending=listed("Ece Nur"), approved=listed("Işıl Örnek")), eyes, hand)
    portal = load_portal("today", {"katip_url": hand.origin, "edevlet_url": "http://127.0.0.1:1"})
    session = Session.of(portal, eyes.reader.driver)
    tabs = ListTabs(session)
    tabs.go(ListKind.PENDING)
    assert "Ece Nur" in session.reader.look().text, "the present tab was pressed"
    tabs.go(ListKind.APPROVED)
    assert "Işıl Örnek" in session.reader.look().text
