"""Pictures of pages that do not stand still: each must come, and none may show what is secret."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from Katip import reading
from Katip.errors import NoEffect
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


SECRET = "Gizli-Söz4711"
FIELD = "style='width:600px;border:0'"
COVERED = {
    "split over elements": "<b>100</b><i>000</i><span>001</span><span>46</span>",
    "a digit each": "".join(f"<span style='display:inline-block;width:60px'>{digit}</span>" for digit in NUMBER),
    "a field for each digit": "".join(
        f"<input value={digit} maxlength=1 style='width:40px;border:0'>" for digit in NUMBER
    ),
    "spaces that do not break": "100&nbsp;000&nbsp;001&nbsp;46",
    "slashes": "100/000/001/46",
    "a list": f"<select {FIELD}><option>Seçiniz<option selected>{NUMBER}</select>",
    "placeholder": f"<input {FIELD} placeholder='{NUMBER}'>",
    "drawn before": f"<style>p b::before {{{{ content: '{NUMBER}' }}}}</style><b></b>",
    "drawn from an attribute": f"<style>p b::after {{{{ content: attr(data-no) }}}}</style><b data-no='{NUMBER}'></b>",
    "half drawn": "<style>p b::before {{ content: '100000' }}</style><b>00146</b>",
    "other case": "GİZLİ-SÖZ4711",
    "other case in a field": f"<input {FIELD} value='gizli-söz4711'>",
    "telephone": f"<input {FIELD} type=tel value='{NUMBER}'>",
    "number": f"<input {FIELD} type=number value='{NUMBER}'>",
    "text area": f"<textarea {FIELD}>{NUMBER}</textarea>",
    "editable": f"<span contenteditable>{NUMBER}</span>",
    "shadow root": f"<span id=h></span><script>h.attachShadow({{{{mode:'open'}}}}).innerHTML = '<style>*{{{{color:#f00}}}}</style><b>100</b><b>00000146</b><input value={NUMBER}>'</script>",
    "frame": f"<iframe {FIELD} srcdoc=\"<style>*{{{{color:#f00;font:bold 30px sans-serif}}}}</style>{NUMBER}<input value='{NUMBER}'>\"></iframe>",
    "drawing": f"<svg width=600 height=80><text y=50 fill='#f00'>{NUMBER}</text></svg>",
    "picture that is not there": f"<img src=/none.png alt='{NUMBER}' width=600 height=60>",
    "a code": f"<input {FIELD} autocomplete=one-time-code value=482913>",
    "painted beside a password": "<input type=password><canvas id=c width=300 height=80></canvas><script>const x = c.getContext('2d'); x.fillStyle = '#f00'; x.fillRect(0, 0, 300, 80)</script>",
    "text in a slot": f"<div id=h>{NUMBER}</div><script>h.attachShadow({{{{mode:'open'}}}}).innerHTML = '<slot></slot>'</script>",
    "an open list": f"<select multiple size=3 style='border:0'><option>{NUMBER}</select>",
    "a group of an open list": f"<select size=3 style='border:0'><optgroup label='{NUMBER}'></select>",
    "dialog": f"<dialog id=d style='border:0'>{NUMBER}<input value={NUMBER}></dialog><script>d.showModal()</script>",
}
KEPT = {
    "dates and minutes": "01.02.2026 09:15 600",
    "a number that is none": "12345678901",
    "cells side by side": "<table><tr><td style='padding:20px'>10000</td><td style='padding:20px'>000146</td></tr></table>",
    "a field": f"<input {FIELD} value=600>",
}
STILL = "<!doctype html><meta charset=utf-8><title>{name}</title><style>*, ::placeholder {{ color: #f00; opacity: 1 }} body {{ font: bold 40px sans-serif }} input, select, textarea {{ font: inherit }}</style><p>{body}</p>"


def pictured(name: str, body: str, eyes: Eyes, hand: Hand, folder: Path) -> Path:
    page = STILL.format(name=name, body="{body}").replace("{body}", body.replace("{{", "{").replace("}}", "}"))
    CorpusHandler.made["still.html"] = page
    hand.browser.go_to(f"{hand.origin}/made/still.html")
    eyes.forget()
    picture = folder / "picture.png"
    assert eyes.reader.driver.picture(picture, [SECRET], timedelta(seconds=8))
    assert hand.script("() => document.querySelectorAll('[popover]').length") == 0
    return picture


@pytest.mark.browser
@pytest.mark.parametrize("name", COVERED)
def test_secret_is_covered_as_a_person_reads_it(name: str, eyes: Eyes, hand: Hand, tmp_path: Path) -> None:
    assert not _shows_red(pictured(name, COVERED[name], eyes, hand, tmp_path))


NO_BOX = "() => ({{width: 0, height: 0, left: 0, top: 0, right: 0, bottom: 0}})"
# What a page may have replaced or declared; a number as text and one in a field are covered all the same.
REPLACED = {
    "Map": "<script>Map = null</script>",
    "Highlight": "<script>Highlight = class {{}}</script>",
    "highlights": "<script>Object.getPrototypeOf(CSS.highlights).set = () => 0</script>",
    "adopted sheets": "<script>Object.defineProperty(document, 'adoptedStyleSheets', {{get: () => [], set() {{}}}})</script>",
    "sheets": "<script>CSSStyleSheet.prototype.replaceSync = () => 0</script>",
    "boxes of ranges": f"<script>Range.prototype.getBoundingClientRect = {NO_BOX}</script>",
    "boxes of elements": f"<script>Element.prototype.getBoundingClientRect = {NO_BOX}</script>",
    "matchAll": "<script>String.prototype.matchAll = () => []</script>",
    "exec": "<script>RegExp.prototype.exec = () => null</script>",
    "Array.from": "<script>Array.from = () => []</script>",
    "values": "<script>Object.defineProperty(HTMLInputElement.prototype, 'value', {{get: () => ''}})</script>",
    "texts": "<script>Object.defineProperty(Node.prototype, 'nodeValue', {{get: () => ''}})</script>",
    "names": "<script>Object.defineProperty(Element.prototype, 'tagName', {{get() {{ throw 1 }}}})</script>",
    "popovers": "<script>HTMLElement.prototype.showPopover = function () {{ this.remove() }}</script>",
    "rule for popovers": "<style>[popover] {{ display: none !important }}</style>",
    "rule for what is added": "<style>html > div {{ opacity: 0 !important; transform: translateX(5000px) !important }}</style>",
    "rule for highlights": "<style>::highlight(katip-cover) {{ color: #f00 !important; background: none !important }}</style>",
}


@pytest.mark.browser
@pytest.mark.parametrize("name", REPLACED)
def test_page_cannot_keep_a_number_uncovered(name: str, eyes: Eyes, hand: Hand, tmp_path: Path) -> None:
    page = STILL.format(name=name, body="{body}")
    body = f"{NUMBER}<br><input {FIELD} value={NUMBER}>{REPLACED[name].replace('{{', '{').replace('}}', '}')}"
    CorpusHandler.made["still.html"] = page.replace("{body}", body)
    hand.browser.go_to(f"{hand.origin}/made/still.html")
    eyes.forget()
    assert eyes.reader.driver.picture(tmp_path / "picture.png", [], timedelta(seconds=8))
    assert not _shows_red(tmp_path / "picture.png")


@pytest.mark.browser
def test_page_that_removes_the_cover_is_not_pictured(eyes: Eyes, hand: Hand, tmp_path: Path) -> None:
    removes = "new MutationObserver(() => document.querySelectorAll('html > div').forEach((one) => one.remove()))"
    script = f"<script>{removes}.observe(document.documentElement, {{childList: true}})</script>"
    page = STILL.format(name="removes", body="{body}")
    CorpusHandler.made["still.html"] = page.replace("{body}", f"<input {FIELD} value={NUMBER}>{script}")
    hand.browser.go_to(f"{hand.origin}/made/still.html")
    eyes.forget()
    with pytest.raises(NoEffect):
        eyes.reader.driver.picture(tmp_path / "picture.png", [], timedelta(seconds=2))
    assert not (tmp_path / "picture.png").exists()


@pytest.mark.browser
@pytest.mark.parametrize("name", KEPT)
def test_what_is_no_secret_stays(name: str, eyes: Eyes, hand: Hand, tmp_path: Path) -> None:
    assert _shows_red(pictured(name, KEPT[name], eyes, hand, tmp_path))


@pytest.mark.browser
def test_fields_of_the_sign_in_are_covered_whole(eyes: Eyes, hand: Hand, tmp_path: Path) -> None:
    eyes.reader.driver.secret_origins = {hand.origin}
    try:
        assert not _shows_red(pictured("code", f"<input {FIELD} value=482913>", eyes, hand, tmp_path))
    finally:
        eyes.reader.driver.secret_origins = ()


@pytest.mark.browser
def test_texts_and_pictures_are_covered_by_the_same_rules(hand: Hand) -> None:
    source = (Path(reading.__file__).parent / "eyes/cover.js").read_text("utf-8")
    cases = json.loads((Path(__file__).parents[1] / "vectors" / "covered.json").read_text("utf-8"))["cases"]
    script = f"(cases) => {{ const module = {{}}; {source}; const {{ hitsIn }} = makeCover(); return cases.map((one) => hitsIn(one.text, one.secrets || [])) }}"
    for case, hits in zip(cases, hand.script(script, cases), strict=True):
        covered = "".join(
            " " if any(start <= at < end for start, end in hits) else sign for at, sign in enumerate(case["text"])
        )
        assert not [hidden for hidden in case.get("hidden", ()) if hidden in covered], case
        assert all(kept in covered for kept in case.get("kept", ())), case
        assert bool(hits) is bool(case.get("hidden")), case
