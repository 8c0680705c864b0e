"""Which check box is ticked: the one whose own words were asked for, and never its neighbour."""

# ruff: noqa: E501

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from Katip.errors import KatipError
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.made_pages import opened

pytestmark = pytest.mark.browser

READ = "Okudum, onaylıyorum"
CONSENT = "Otomatik Güncelleme Onay İzni"
DRAWN = "<span style='display:inline-block;width:14px;height:14px;border:1px solid;cursor:pointer' onclick=\"say('read')\"></span>"
READ_BOX = "<input type=checkbox onclick=\"say('read')\">"
OTHER_BOX = "<input type=checkbox onclick=\"say('consent')\">"
NOT_THE_NEIGHBOUR = {
    "its own is drawn only": f"<div>{DRAWN} {READ} {OTHER_BOX} {CONSENT}</div>",
    "its own is hidden": f"<div><input type=checkbox style='display:none'> {READ} {OTHER_BOX} {CONSENT}</div>",
    "the neighbour has a label": f"<div>{DRAWN} {READ} <label>{OTHER_BOX} {CONSENT}</label></div>",
    "the neighbour has a name": f"<div>{READ} <input type=checkbox aria-label='{CONSENT}' onclick=\"say('consent')\"></div>",
    "words before the boxes": f"<div>{CONSENT} {OTHER_BOX} {READ} {DRAWN}</div>",
}
OWN = {
    "words behind": f"<div>{READ_BOX} {READ} {OTHER_BOX} {CONSENT}</div>",
    "words behind, the other first": f"<div>{OTHER_BOX} {CONSENT} {READ_BOX} {READ}</div>",
    "label": f"<div><label>{OTHER_BOX} {CONSENT}</label> <label>{READ_BOX} {READ}</label></div>",
    "an input without an extent, what is drawn beside it": (
        "<style>.o{position:relative;overflow:hidden}.c{position:relative;display:inline-flex}.c input{position:absolute;opacity:0;width:0;height:0;margin:0;z-index:-1}.c i{display:inline-block;width:14px;height:14px;border:1px solid}</style>"
        f"<div class=o><label><span class=c><input type=checkbox onclick=\"say('read')\"><i></i></span> <span>{READ}</span></label>"
        f"<label><span class=c><input type=checkbox onclick=\"say('consent')\"><i></i></span> <span>{CONSENT}</span></label></div>"
    ),
    "an input over which a mark with a shadow root lies once it is ticked": (
        "<style>.c{position:relative;display:inline-flex}.c input{position:absolute;opacity:0;width:13px;height:13px;margin:0;pointer-events:none}.c s-mark{position:relative;display:inline-block;width:18px;height:18px;border:1px solid}</style>"
        "<script>customElements.define('s-mark', class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<svg width=16 height=16 style=\"position:absolute\"><rect width=16 height=16 /></svg>'; } });</script>"
        f"<div><label class=c><input type=checkbox onclick=\"say('read')\"><s-mark></s-mark> {READ}</label> <label class=c><input type=checkbox onclick=\"say('consent')\"><s-mark></s-mark> {CONSENT}</label></div>"
    ),
    "words before": f"<div>{READ} {READ_BOX}</div>",
    "named, and words beside": f"<div><input type=checkbox name=x title='Onay' onclick=\"say('read')\"> {READ}</div>",
}


@pytest.mark.parametrize("page", NOT_THE_NEIGHBOUR)
def test_neighbours_box_is_not_ticked(page: str, eyes: Eyes, hand: Hand) -> None:
    opened("tick", NOT_THE_NEIGHBOUR[page], eyes, hand)
    eyes.wait(page=timedelta(seconds=1.5))  # the box never comes
    with suppress(KatipError):
        eyes.reader.tick(READ)
    assert "consent" not in hand.happened()


@pytest.mark.parametrize("page", OWN)
def test_own_box_is_ticked_once(page: str, eyes: Eyes, hand: Hand) -> None:
    opened("tick", OWN[page], eyes, hand)
    eyes.reader.tick(READ)
    assert hand.happened() == ["read"]
