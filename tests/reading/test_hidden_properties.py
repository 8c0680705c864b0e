"""A field hides a property of its form by its name (`<input name=parentElement>`), a picture one of the document: both are read and used all the same."""

from __future__ import annotations

import pytest

from Katip.errors import NotPressed
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.made_pages import opened, press

pytestmark = pytest.mark.browser

NAMES = [
    "action",
    "checkVisibility",
    "childElementCount",
    "childNodes",
    "children",
    "closest",
    "contains",
    "disabled",
    "firstChild",
    "getAttribute",
    "getBoundingClientRect",
    "getRootNode",
    "hasAttribute",
    "hasAttributes",
    "host",
    "innerText",
    "isConnected",
    "isContentEditable",
    "matches",
    "method",
    "nodeType",
    "onclick",
    "parentElement",
    "parentNode",
    "querySelector",
    "scrollHeight",
    "scrollLeft",
    "scrollTop",
    "scrollWidth",
    "clientHeight",
    "clientWidth",
    "shadowRoot",
    "style",
    "tabIndex",
    "tagName",
    "textContent",
]
FORM = """<form onsubmit="return false" style="overflow:auto">{fields}<p>Adı Soyadı: AYŞE DENEME</p>
<button type=button style="width:120px;height:40px" onclick="say('save')">Kayıt</button>{more}</form>"""
OVER = "<button type=button style='position:absolute;left:0;top:0;width:400px;height:200px;opacity:0' onclick=\"say('cancel')\">İptal</button>"


def form(names: list[str], more: str = "") -> str:
    return FORM.replace("{fields}", "".join(f"<input type=hidden name={name}>" for name in names)).replace(
        "{more}", more
    )


@pytest.mark.parametrize("name", [*NAMES, "all"])
def test_form_is_read_and_its_button_pressed(name: str, eyes: Eyes, hand: Hand) -> None:
    opened("names", form(NAMES if name == "all" else [name]), eyes, hand)
    assert "AYŞE DENEME" in eyes.reader.look().text
    press(eyes, "Kayıt", strict=True)
    assert hand.happened() == ["save"]


@pytest.mark.parametrize("name", ["parentElement", "parentNode", "all"])
def test_what_lies_over_its_button_is_not_pressed(name: str, eyes: Eyes, hand: Hand) -> None:
    opened("names", form(NAMES if name == "all" else [name], OVER), eyes, hand)
    with pytest.raises(NotPressed):
        press(eyes, "Kayıt", patience=1, strict=True)
    assert hand.happened() == []


# Of the document, a picture, a form or a frame hides what has its name.
NAMED = {
    "img": "<img name={}>",
    "form": "<form name={}></form>",
    "iframe": "<iframe name={} style='display:none'></iframe>",
}
OF_DOCUMENT = [
    "body",
    "createRange",
    "elementFromPoint",
    "elementsFromPoint",
    "documentElement",
    "defaultView",
    "adoptedStyleSheets",
    "fonts",
]
ALL_OF_DOCUMENT = """<script>const holder = document.body, names = [];
for (let type = Document.prototype; type; type = Object.getPrototypeOf(type)) names.push(...Object.getOwnPropertyNames(type));
holder.insertAdjacentHTML('beforeend', names.map((name) => `{{made}}`.replace('{{}}', name)).join(''))</script>"""
BUTTON = "<p>Adı Soyadı: AYŞE DENEME</p><button style='width:120px;height:40px' onclick=\"say('save')\">Kayıt</button>"


@pytest.mark.parametrize("kind", NAMED)
@pytest.mark.parametrize("name", [*OF_DOCUMENT, "all"])
def test_page_is_read_and_its_button_pressed(name: str, kind: str, eyes: Eyes, hand: Hand) -> None:
    if name == "all" and kind == "iframe":
        pytest.skip("more frames than a page may have")
    made = ALL_OF_DOCUMENT.replace("{made}", NAMED[kind]) if name == "all" else NAMED[kind].format(name)
    opened("names", BUTTON + made, eyes, hand)
    assert "AYŞE DENEME" in eyes.reader.look().text
    press(eyes, "Kayıt", strict=True)
    assert hand.happened() == ["save"]


@pytest.mark.parametrize("name", OF_DOCUMENT)
def test_what_lies_over_a_button_is_not_pressed_whatever_is_hidden(name: str, eyes: Eyes, hand: Hand) -> None:
    opened("names", BUTTON + OVER + f"<img name={name}>", eyes, hand)
    with pytest.raises(NotPressed):
        press(eyes, "Kayıt", patience=1, strict=True)
    assert hand.happened() == []


@pytest.mark.parametrize("name", OF_DOCUMENT)
def test_frame_in_a_page_with_such_names_is_read_and_pressed(name: str, eyes: Eyes, hand: Hand) -> None:
    inner = BUTTON.replace("say(", "parent.say(").replace('"', "&quot;")
    opened(
        "names",
        f"<img name={name}><iframe style='width:400px;height:200px' srcdoc=\"<img name={name}>{inner}\"></iframe>",
        eyes,
        hand,
    )
    press(eyes, "Kayıt", strict=True)
    assert hand.happened() == ["save"]
