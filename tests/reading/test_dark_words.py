"""A button that is dark by no mark and no paleness: alone of its bar it does not react to the pointer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from Katip.errors import ControlDisabled
from Katip.reading.labels import Kind
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.made_pages import opened

pytestmark = pytest.mark.browser

STYLE = """<style>.b{position:absolute;top:20px;height:20px;width:90px;text-align:center;background:#ccc;border:1px solid #888}
.l{cursor:pointer}.d{color:#777}</style>"""
BAR = """<div class="b d" id="k" style="left:20px">Kayıt</div><div class="b l" style="left:120px" onclick="void 0">Sözleşme İptal</div>
<div class="b l" style="left:220px" onclick="void 0">Vazgeç</div>"""
LIGHTS_UP = """<script>setTimeout(() => { const k = document.getElementById("k"); k.className = "b l"; k.onclick = () => {}; }, %d)</script>"""


def wait(eyes: Eyes, seconds: float) -> str:
    return eyes.reader.wait_for("Kayıt", Kind.BUTTON, timeout=timedelta(seconds=seconds)).name


def test_words_that_alone_do_not_react_are_waited_for(eyes: Eyes, hand: Hand) -> None:
    opened("dark", STYLE + BAR + LIGHTS_UP % 900, eyes, hand)
    assert wait(eyes, 5) == "Kayıt"
    assert hand.script("() => document.getElementById('k').className") == "b l"


def test_words_that_stay_so_are_dark(eyes: Eyes, hand: Hand) -> None:
    opened("dark", STYLE + BAR, eyes, hand)
    with pytest.raises(ControlDisabled):
        wait(eyes, 1)


@pytest.mark.parametrize(
    "page",
    [
        STYLE + BAR.replace("b l", "b").replace(' onclick="void 0"', ""),
        '<div id="k" style="display:inline-block">Kayıt</div> <a href="#">Yardım</a>',
        '<div id="k" style="display:inline-block">Kayıt</div> <button>Vazgeç</button>',
        '<div id="k" style="display:inline-block;margin-right:200px">Kayıt</div><b onclick="void 0" style="cursor:pointer">Vazgeç</b>',
    ],
    ids=["none of the bar reacts", "a link beside it", "a native button beside it", "a button far away"],
)
def test_other_plain_words_are_not(page: str, eyes: Eyes, hand: Hand) -> None:
    opened("dark", page, eyes, hand)
    assert wait(eyes, 2) == "Kayıt"
