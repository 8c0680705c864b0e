"""Watching a person: where they press on the portal's own pages; nothing of other pages, and nothing that is typed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from Browser import Browser
from Browser.utils.data_types import MouseButtonAction

from Katip.reading.driver import Driver
from Katip.teaching.pressed import pressed_at
from Katip.teaching.watching import Sight, Watcher
from tests.reading.browsing import Hand
from tests.reading.serving import CorpusHandler

PAGE = """<h2>Kabul Ekranı</h2><input aria-label="Ad" value="yazılan"><input aria-label="No" readonly value="gösterilen">
<div contenteditable>not edilen</div><textarea aria-label="Açıklama">anlatılan</textarea>
<button data-target="press" type="button">Kabul Et</button>"""
LOAD = timedelta(seconds=10)


@pytest.fixture
def watched(browser: Browser, hand: Hand) -> Iterator[tuple[Driver, Watcher]]:
    """A context of its own, in which the corpus' first origin is watched."""
    CorpusHandler.made["taught.html"] = PAGE
    browser.new_context(viewport={"width": 1280, "height": 800})
    driver = Driver(lambda: browser)
    watcher = Watcher(driver, [hand.origin])
    watcher.begin()
    driver.join([hand.origin])
    yield driver, watcher
    browser.close_context()


def seen_until_pressed(watcher: Watcher, seconds: float) -> Sight:
    end = time.monotonic() + seconds
    while not (sight := watcher.see()).pressed and time.monotonic() < end:
        pass
    return sight


def press(browser: Browser, hand: Hand) -> None:
    place = hand.place("press")
    assert place is not None
    browser.mouse_button(MouseButtonAction.click, place.x + place.width / 2, place.y + place.height / 2)


def test_press_is_told_by_its_place_and_typed_text_is_not_read(
    watched: tuple[Driver, Watcher], browser: Browser, hand: Hand
) -> None:
    driver, watcher = watched
    driver.go(f"{hand.origin}/made/taught.html", LOAD)
    sight = watcher.see()
    assert sight.snapshot is not None
    told = str([dict(node.raw) for node in sight.snapshot.nodes])
    assert "gösterilen" in told
    assert not [text for text in ("yazılan", "not edilen", "anlatılan") if text in told]
    press(browser, hand)
    ((spot, before),) = seen_until_pressed(watcher, 5).pressed
    assert before is not None
    control = pressed_at(before, spot)
    assert control is not None
    assert control.name == "Kabul Et"


def test_page_of_another_origin_is_neither_listened_to_nor_looked_at(
    watched: tuple[Driver, Watcher], browser: Browser, hand: Hand
) -> None:
    driver, watcher = watched
    driver.go(f"{hand.origin.rsplit(':', 1)[0]}:{hand.other_port}/made/taught.html", LOAD)
    press(browser, hand)
    sight = seen_until_pressed(watcher, 1)
    assert (sight.snapshot, sight.pressed) == (None, ())
    assert driver.look().nodes == []  # whoever asks for it


def test_script_of_the_page_cannot_press(watched: tuple[Driver, Watcher], hand: Hand) -> None:
    driver, watcher = watched
    driver.go(f"{hand.origin}/made/taught.html", LOAD)
    hand.script(
        "() => { const b = document.querySelector('button'); b.click(); b.dispatchEvent(new PointerEvent('pointerup')); }"
    )
    assert seen_until_pressed(watcher, 1).pressed == ()
