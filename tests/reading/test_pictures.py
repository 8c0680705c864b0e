"""Pictures of pages that do not stand still: each must come, and none may show what is secret."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.serving import CorpusHandler

NUMBER = "10000000146"
PAGE = """<!doctype html><title>{name}</title><style>* {{ color: #f00 }} body {{ font: bold 40px sans-serif }} input {{ font: inherit }}</style>
<script>
  const until = Number(new URLSearchParams(location.search).get('until'));
  const [here, there] = [location.port, new URLSearchParams(location.search).get('other')];
  const next = `http://127.0.0.1:${{there}}/made/{name}.html?other=${{here}}&until=${{until}}`;
  setTimeout(() => {{ if (Date.now() < until) location.href = next; }}, 600 * Math.random());
</script><p>{body}</p>"""


@pytest.mark.browser
@pytest.mark.parametrize(("name", "body"), [("shown", NUMBER), ("typed", f'<input value="{NUMBER}">')])
def test_page_that_moves_on_is_pictured_with_its_secrets_covered(
    name: str, body: str, eyes: Eyes, hand: Hand, tmp_path: Path
) -> None:
    CorpusHandler.made[f"{name}.html"] = PAGE.format(name=name, body=body)
    until = int((time.time() + 3) * 1000)
    hand.browser.go_to(f"{hand.origin}/made/{name}.html?other={hand.other_port}&until={until}")
    eyes.forget()
    pictures: list[Path] = []
    while time.time() * 1000 < until:
        pictures.append(tmp_path / f"{len(pictures)}.png")
        assert eyes.reader.driver.picture(pictures[-1], [], timedelta(seconds=8))
    assert len(pictures) > 1
    assert [path.name for path in pictures if _shows_red(path)] == []


def _shows_red(path: Path) -> bool:
    with Image.open(path) as picture:
        red, green, _ = picture.convert("RGB").split()
    return any(ImageChops.subtract(red, green).histogram()[150:])
