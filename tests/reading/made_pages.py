"""Pages that a test makes itself: open one, and press a control of it."""

from __future__ import annotations

from datetime import timedelta

from Katip.reading.labels import Kind
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.serving import CorpusHandler

SAVE = '<button style="width:120px;height:40px" onclick="say(\'save\')">Kayıt</button>'
PAGE = """<!doctype html><meta charset="utf-8"><title>press</title><style>.over {{ position:absolute; left:0; top:0; width:120px; height:40px; opacity:0 }}
.box {{ position:relative; width:120px; height:40px; margin:60px }}</style>
<script>window.happened = []; var say = (what) => window.happened.push(what);</script>{body}"""


def opened(name: str, body: str, eyes: Eyes, hand: Hand) -> None:
    CorpusHandler.made[f"{name}.html"] = (
        PAGE.replace("{{", "{").replace("}}", "}").replace("{body}", body.replace("{{", "{").replace("}}", "}"))
    )
    hand.browser.go_to(f"{hand.origin}/made/{name}.html")
    eyes.forget()


def press(eyes: Eyes, label: str, patience: float = 5, **more: object) -> None:
    control = eyes.reader.find(label, Kind.BUTTON)
    eyes.reader.driver.click(control.node, timedelta(seconds=patience), owner=control.owner, **more)  # type: ignore[arg-type]
