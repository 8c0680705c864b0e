"""A message that says what an earlier one said is a new message; what was there all along is none."""

from __future__ import annotations

import pytest

from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.serving import CorpusHandler

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="tr"><meta charset="utf-8"><title>Sözleşmeler</title>
<style>.toast { position: fixed; right: 20px; top: 20px; width: 300px; background: #dfd } </style>
<h1>Sözleşmeler</h1><div id="layers"></div><script>
const SAYS = 'İşleminiz başarıyla gerçekleştirilmiştir.';
const ways = {
  'each of its own': () => layers.insertAdjacentHTML('beforeend', `<div class="toast" role="status">${SAYS}</div>`),
  'in place of the last': () => { layers.innerHTML = `<div class="toast" role="alert"><b>${SAYS}</b></div>`; },
  'in one that stays': () => {
    if (!layers.firstChild) layers.innerHTML = '<div class="toast" role="status"></div>';
    layers.firstChild.innerHTML = `<p>${SAYS}</p>`;
  },
};
window.say = (way) => ways[way]();
</script>"""
WAYS = ["each of its own", "in place of the last", "in one that stays"]


def shown(hand: Hand, eyes: Eyes) -> None:
    CorpusHandler.made["messages.html"] = PAGE
    hand.browser.go_to(f"{hand.origin}/made/messages.html")
    eyes.forget()


@pytest.mark.parametrize("way", WAYS)
def test_message_that_says_the_same_again_is_seen(way: str, hand: Hand, eyes: Eyes) -> None:
    shown(hand, eyes)
    for _ in range(3):
        before = eyes.reader.look()
        hand.script("(way) => say(way)", way)
        window = eyes.reader.see_window(before, eyes.reader.look())
        assert window is not None
        assert window.text.endswith("İşleminiz başarıyla gerçekleştirilmiştir.")


@pytest.mark.parametrize("way", WAYS)
def test_message_that_only_stays_is_none(way: str, hand: Hand, eyes: Eyes) -> None:
    shown(hand, eyes)
    hand.script("(way) => say(way)", way)
    before = eyes.reader.look()
    hand.script("() => document.querySelector('h1').append(' (4)')")
    assert eyes.reader.see_window(before, eyes.reader.look()) is None
