"""What changes between two looks is seen by the second, also where the page gives no sign of it; and what only answers a press is no movement."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from Katip.reading.driver import Driver
from Katip.reading.labels import Kind
from Katip.reading.snapshot import Snapshot
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.serving import CorpusHandler

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><meta charset=utf-8><title>Sözleşmeler</title>
<style id=sheet>.turned { color: black } .hidden { display: none } @media (max-width: 900px) { .wide { display: none } }
#hover { display: none } #over:hover + #hover { display: block } slot-holder:state(shut) { display: none }
@property --shift { syntax: '<length>'; inherits: true; initial-value: 0px } #shifted { position: relative; left: var(--shift) }</style>
<p id=text>Bir <b title="ad">iki</b></p><p class=turned>Üç</p><p class=wide>Geniş</p><a id=link>Bağ</a>
<p id=over>Üstü</p><p id=hover>Gizli</p><p id=shifted>Kayan</p>
<input id=field value=a aria-label=Alan><input type=checkbox id=box aria-label=Kutu><select id=list aria-label=Liste><option>x<option>y</select>
<div id=scrolled style="height:60px;width:200px;overflow:auto"><p style="height:300px">Uzun</p><button>Alt</button></div>
<div id=host></div><div id=closed><span>Yuvada</span></div><dialog id=dialog>Soru</dialog><div popover id=popover>Açılan</div>
<details id=details><summary>Ayrıntı</summary><p>İçerik</p></details><slot-holder id=stated>Durum</slot-holder>
<div id=cover style="display:block"></div>
<iframe id=frame style="width:300px;height:80px" srcdoc="<p>Çerçeve</p><button>Basılan</button>"></iframe>
<div style="height:3000px"></div>
<script>
  const open = document.getElementById('host').attachShadow({ mode: 'open' });
  open.innerHTML = '<p id=inner>Gölge</p>';
  const shut = document.getElementById('closed').attachShadow({ mode: 'closed' });
  shut.innerHTML = '<div id=way><slot></slot></div>';
  customElements.define('slot-holder', class extends HTMLElement {
    constructor() { super(); this.internals = this.attachInternals(); } });
  const $ = (id) => document.getElementById(id);
  const rules = () => $('sheet').sheet;
  const own = (text) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); return sheet; };
  const changes = {
    text: () => { $('text').firstChild.data = 'On '; },
    attribute: () => { document.querySelector('[title]').title = 'başka'; },
    class: () => { $('text').className = 'hidden'; },
    'inserted rule': () => rules().insertRule('.turned { visibility: hidden }'),
    'changed rule': () => { rules().cssRules[0].style.opacity = 0; },
    'moved by a rule': () => { rules().cssRules[0].style.marginLeft = '80px'; },
    'disabled sheet': () => { rules().disabled = true; },
    'adopted sheet': () => { document.adoptedStyleSheets = [own('.turned { display: none }')]; },
    'adopted in a shadow': () => { open.adoptedStyleSheets = [own('#inner { display: none }')]; },
    'registered property': () => { rules().insertRule(':root { --shift: 90px }', rules().cssRules.length); },
    'custom state': () => $('stated').internals.states.add('shut'),
    'open shadow': () => { open.getElementById('inner').textContent = 'Işık'; },
    'closed shadow': () => { shut.getElementById('way').style.display = 'none'; },
    'closed shadow moves': () => { shut.getElementById('way').style.paddingLeft = '70px'; },
    value: () => { $('field').value = 'b'; },
    checked: () => { $('box').checked = true; },
    chosen: () => { $('list').selectedIndex = 1; },
    'disabled property': () => { $('field').disabled = true; },
    scrolled: () => { $('scrolled').scrollTop = 200; },
    'scrolled page': () => window.scrollTo(0, 40),
    'open details': () => { $('details').open = true; },
    dialog: () => $('dialog').showModal(),
    popover: () => $('popover').showPopover(),
    'text in a frame': () => { $('frame').contentDocument.querySelector('p').textContent = 'Resim'; },
    'rule in a frame': () => { const { document: d } = $('frame').contentWindow; d.head.append(d.createElement('style'));
      d.styleSheets[0].insertRule('p { display: none }'); },
    'cover over a frame': () => { const { left, top, width, height } = $('frame').getBoundingClientRect();
      $('cover').style.cssText = `position:fixed;background:#fff;left:${left}px;top:${top}px;width:${width}px;height:${height}px`; },
    'moved frame': () => { $('frame').style.marginLeft = '33px'; },
    'frame moved by a rule': () => rules().insertRule('#frame { margin-left: 44px }'),
    title: () => { document.title = 'Başka'; },
    transition: () => { $('text').style.transition = 'transform 80ms'; $('text').getBoundingClientRect(); $('text').style.transform = 'translateX(50px)'; },
    animation: () => { $('text').animate([{ opacity: 1 }, { opacity: 0 }], { duration: 60, fill: 'forwards' }); },
  };
</script>"""
CHANGES = [
    line.strip().split(":")[0].strip("'")
    for line in PAGE.split("const changes = {")[1].splitlines()[1:]
    if ": () =>" in line
]
TURN = "(name) => { changes[name](); }"
LATER = "(name) => { setTimeout(changes[name], 120); }"


def told(snapshot: Snapshot) -> list[Any]:
    """All that was seen, without the numbers of looks."""
    return [snapshot.title, snapshot.url, [(node.frame, node.box, dict(node.raw)) for node in snapshot.nodes]]


@pytest.fixture
def driver(hand: Hand, eyes: Eyes) -> Driver:
    CorpusHandler.made["changes.html"] = PAGE
    hand.browser.go_to(f"{hand.origin}/made/changes.html")
    driver = eyes.reader.driver
    eyes.reader.settled()
    return driver


def anew(hand: Hand) -> list[Any]:
    """What somebody sees who never looked before."""
    return told(Driver(lambda: hand.browser).look())


@pytest.mark.parametrize("change", CHANGES)
def test_next_look_sees_the_change(change: str, driver: Driver, hand: Hand) -> None:
    before = told(driver.look())
    hand.script(TURN, change)
    if change in ("transition", "animation"):
        time.sleep(0.3)
    after = told(driver.look())
    assert after != before
    assert after == anew(hand)


@pytest.mark.parametrize("change", CHANGES)
def test_wait_for_a_change_ends_with_it(change: str, driver: Driver, hand: Hand) -> None:
    before = told(driver.look())
    hand.script(LATER, change)
    end = time.monotonic() + 5
    while told(driver.look(changed=True, patience=timedelta(seconds=2))) == before and time.monotonic() < end:
        pass
    assert told(driver.last) != before


def test_effect_of_an_action_is_waited_for_without_reading_meanwhile(
    driver: Driver, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes 60 ms after a press costs two readings: one when the pointer moved onto it, one when it came."""
    answers: list[Any] = []
    call = Driver._call

    def noted(self: Driver, name: str, subject: str = "context", **request: Any) -> Any:
        answers.append(call(self, name, subject, **request))
        return answers[-1]

    hand.script("() => { $('link').onclick = () => setTimeout(changes.text, 60); }")
    link = next(piece.node for piece in driver.look().pieces if piece.text == "Bağ")
    monkeypatch.setattr(Driver, "_call", noted)
    driver.click(link, timedelta(seconds=5))
    assert any(piece.text.startswith("On") for piece in driver.last.pieces)
    assert len(answers) == 2
    assert answers[1]["reads"] <= 2


@pytest.mark.parametrize("change", CHANGES)
def test_still_page_is_seen_as_it_stands(change: str, driver: Driver, hand: Hand, eyes: Eyes) -> None:
    before = told(driver.look())
    hand.script(TURN, change)
    driver.version()  # an act: what was seen before it is old
    if change in ("transition", "animation"):
        time.sleep(0.3)
    after = told(eyes.reader.settled())
    assert after != before
    assert after == anew(hand)


def test_pointer_over_the_page_is_seen(driver: Driver, hand: Hand) -> None:
    assert "Gizli" not in driver.look().text
    place = hand.script("() => { const b = $('over').getBoundingClientRect(); return [b.x + 5, b.y + 5]; }")
    hand.browser.mouse_move(*place)
    assert "Gizli" in driver.look().text


def test_size_of_the_window_is_seen(driver: Driver, hand: Hand) -> None:
    assert "Geniş" in driver.look().text
    hand.browser.set_viewport_size(800, 700)
    try:
        assert "Geniş" not in driver.look(changed=True, patience=timedelta(seconds=2)).text
    finally:
        hand.browser.set_viewport_size(1280, 800)


STARVED = 25  # milliseconds between two steps, after which a page that moves cannot be told from one that is still
TICKS = """() => { let last = performance.now(); window.gap = 0;
  const tick = () => { const now = performance.now(); gap = Math.max(gap, now - last); last = now; requestAnimationFrame(tick); }; tick(); }"""


def is_starved(hand: Hand) -> bool:
    """True if the machine had no time for the page, so that it did not move although it would."""
    return bool(hand.script("() => gap") > STARVED)


MOVING = {
    "a rule": "rules().cssRules[0].style.marginLeft = `${n}px`",
    "a style": "$('text').style.marginLeft = `${n}px`",
    "a closed shadow": "shut.getElementById('way').style.paddingLeft = `${n}px`",
    "a field": "$('field').value = String(n)",
}


@pytest.mark.parametrize("how", MOVING)
def test_page_that_moves_is_not_still(how: str, driver: Driver, hand: Hand, eyes: Eyes) -> None:
    driver.look()
    hand.script(TICKS)
    step = f"n += 1; {MOVING[how]}; gap = Math.max(gap, performance.now() - at); at = performance.now();"
    go = f"const go = () => {{ {step} if (n < 60) setTimeout(go, 5); else done = n; }};"
    hand.script(f"() => {{ let n = 0; let at = performance.now(); window.done = 0; {go} go(); }}")
    driver.version()
    seen = told(eyes.reader.settled())
    assert hand.script("() => done") == 60 or is_starved(hand)
    assert seen == anew(hand) or is_starved(hand)


WAVE = """() => {{ const b = document.createElement('{tag}'); b.id = 'pressed'; b.textContent = 'Onayla';
  b.style.cssText = 'position:fixed;top:9px;left:500px;padding:9px'; {cursor} document.body.append(b); const w = document.createElement('span'); b.append(w);
  w.style.cssText = 'position:absolute;left:0;top:0;width:20px;height:20px;background:#8888;{events}';
  window.wave = w.animate([{{ transform: 'scale(1)' }}, {{ transform: 'scale(3)' }}], {{ duration: 1500, iterations: {times} }}); }}"""


@pytest.mark.parametrize(
    ("tag", "cursor", "events", "times", "waits"),
    [
        ("button", "", "pointer-events:none", "1", False),
        ("div", "b.style.cursor = 'pointer';", "pointer-events:none", "1", False),
        ("button", "", "cursor:pointer", "1", True),
        ("div", "", "pointer-events:none", "1", True),
        ("button", "", "pointer-events:none", "Infinity", True),
    ],
    ids=["in a button", "in what is clicked", "can be pressed itself", "in no control", "without an end"],
)
def test_wave_in_a_pressed_control_is_no_movement(
    tag: str, cursor: str, events: str, times: str, waits: bool, driver: Driver, hand: Hand, eyes: Eyes
) -> None:
    hand.script(TICKS)
    hand.script(WAVE.format(tag=tag, cursor=cursor, events=events, times=times))
    driver.look()
    driver.version()
    seen = eyes.reader.settled(timedelta(seconds=4))
    assert "Onayla" in seen.text
    ended = hand.script("() => wave.playState === 'finished'") or driver.quiet_for < timedelta(milliseconds=30)
    assert ended is waits or is_starved(hand)


TOAST = """() => { const t = document.createElement('div'); t.textContent = 'İşleminiz alındı'; t.style.cssText = 'position:fixed;top:0;right:0';
  document.body.append(t); window.toast = t.animate([{ transform: 'translateY(0)' }, { transform: 'translateY(200px)' }], { duration: 20000 }); }"""


def test_part_of_the_page_is_still_while_another_moves(driver: Driver, hand: Hand, eyes: Eyes) -> None:
    hand.script(TOAST)
    part = eyes.reader.find("Kutu", Kind.ANY).node
    driver.version()
    eyes.reader.settled(timedelta(seconds=8), part)
    assert hand.script("() => toast.playState") == "running"
    assert driver.quiet_for < timedelta(milliseconds=30)
    hand.script("() => toast.finish()")
    driver.version()
    eyes.reader.settled()
    assert driver.quiet_for >= timedelta(milliseconds=30)


def test_part_that_moves_is_waited_for(driver: Driver, hand: Hand, eyes: Eyes) -> None:
    part = eyes.reader.find("Bağ").node
    hand.script(TICKS)
    hand.script(
        "() => { window.moving = $('link').animate([{ marginLeft: '0' }, { marginLeft: '90px' }], { duration: 700 }); }"
    )
    driver.version()
    eyes.reader.settled(timedelta(seconds=8), part.parent)
    assert hand.script("() => moving.playState") == "finished" or is_starved(hand)
