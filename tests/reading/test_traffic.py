"""What a page fetches: a request somebody waits for keeps it busy, a line that is held open for news does not."""

from __future__ import annotations

import time

import pytest

from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.serving import CorpusHandler

PAGE = """<!doctype html><title>news</title><p>Sözleşmeler</p><script>
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const ask = () => fetch('/made/answer.html?hold=1200').then((answer) => answer.text());
  (async () => {{ for (;;) {{ await ask(); await wait({pause}); }} }})();
</script>"""


@pytest.mark.browser
@pytest.mark.parametrize(("pause", "busy"), [(0, False), (300, True)], ids=["at once", "after a while"])
def test_request_that_is_made_anew_at_once_again_and_again_keeps_nobody_waiting(
    pause: int, busy: bool, eyes: Eyes, hand: Hand
) -> None:
    CorpusHandler.made |= {"news.html": PAGE.format(pause=pause), "answer.html": ""}
    hand.browser.go_to(f"{hand.origin}/made/news.html")
    eyes.forget()
    driver = eyes.reader.driver
    end = time.monotonic() + 4.5
    while time.monotonic() < end:
        driver.look(changed=True)
    asked = driver.look().started
    end = time.monotonic() + 2
    seen = []
    while time.monotonic() < end:
        seen.append(driver.look(changed=True).busy)
    assert any(seen) is busy
    assert (driver.look().started > asked) is busy
