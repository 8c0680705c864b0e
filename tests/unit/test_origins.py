"""Which origin a document has, and that only the portal's own are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from Katip.errors import ConfigurationError, ForeignOrigin
from Katip.origins import NULL, FrameAddress, is_one_of, origin_of, origins_of
from Katip.pages.place import foreign_page, is_on
from Katip.portal import load_portal
from Katip.reading.snapshot import Snapshot
from tests.unit.seen import box, seen, text

KATIP = "https://isgkatip.example"


@pytest.mark.parametrize(
    "url",
    [
        "https://isgkatip.example/Default.aspx?state=1",
        "HTTPS://ISGKATIP.EXAMPLE/",
        "https://isgkatip.example:443/",
        "https://somebody:secret@isgkatip.example/",
        "blob:https://isgkatip.example/3f2a",
    ],
)
def test_spellings_of_one_origin_are_equal(url: str) -> None:
    assert origin_of(url) == KATIP


@pytest.mark.parametrize(
    "url",
    [
        "http://isgkatip.example/",
        "https://isgkatip.example:8443/",
        "https://isgkatip.example./",
        "https://isgkatip.example.evil.example/",
        "https://isgkatip.example@evil.example/",
        "https://xisgkatip.example/",
        "https://www.isgkatip.example/",
        "https://isgkat\u0131p.example/",  # dotless ı
        "https://xn--isgkatp-vpb.example/",
        "https://127.0.0.1/",
        "data:text/html,https://isgkatip.example/",
        "about:blank",
        "javascript:location='https://isgkatip.example'",
        "file:///isgkatip.example",
        "blob:null/3f2a",
        "https://isgkatip.example\\@evil.example/",
        "https://isgkatip.example:99999/",
        "",
    ],
)
def test_other_origins_are_not_equal(url: str) -> None:
    assert not is_one_of(origin_of(url), {KATIP})


def test_null_equals_nothing() -> None:
    assert not is_one_of(NULL, {NULL, KATIP})


def test_international_name_is_compared_as_the_browser_spells_it() -> None:
    assert origin_of("https://işkatip.example/") == origin_of("https://xn--ikatip-wjb.example")


@pytest.mark.parametrize(
    ("frames", "origin"),
    [
        ([(0, -1, KATIP), (1, 0, "about:blank")], KATIP),
        ([(0, -1, KATIP), (1, 0, "about:srcdoc"), (2, 1, "")], KATIP),
        ([(0, -1, KATIP), (1, 0, "https://evil.example"), (2, 1, "about:blank")], "https://evil.example"),
        ([(0, -1, KATIP), (1, 0, f"blob:{KATIP}/1")], KATIP),
        ([(0, -1, KATIP), (1, 0, "data:text/html,x")], NULL),
        ([(0, -1, "about:blank", f"{KATIP}/list")], KATIP),
        ([(0, -1, "about:blank", "https://evil.example")], "https://evil.example"),
        ([(0, -1, "about:blank")], NULL),
        ([(1, 0, "about:blank")], NULL),
    ],
    ids=["blank", "srcdoc", "in a foreign frame", "blob", "data", "window", "foreign window", "alone", "parent unseen"],
)
def test_document_without_an_address_has_the_origin_of_who_holds_or_opened_it(frames: list[Any], origin: str) -> None:
    assert origins_of(FrameAddress(*frame) for frame in frames)[frames[-1][0]] == origin


def framed(frame_url: str, own: set[str], url: str = f"{KATIP}/list") -> Snapshot:
    inner = {"p": -1, "x": "Onayla", "b": (10, 10, 60, 18), "l": 1}
    holder = {"p": -1, "t": "iframe", "b": (0, 0, 600, 400)}
    frames = [
        {"i": 0, "up": -1, "url": url, "x": 0, "y": 0, "nodes": [holder]},
        {"i": 1, "up": 0, "url": frame_url, "x": 0, "y": 0, "nodes": [inner]},
    ]
    return Snapshot({"url": url, "frames": frames}, own)


@pytest.mark.parametrize(
    ("frame_url", "read"),
    [
        (f"{KATIP}/grid", True),
        ("about:srcdoc", True),
        ("https://grid.example/", True),
        ("https://evil.example/grid", False),
        ("http://isgkatip.example/grid", False),
        ("data:text/html,Onayla", False),
    ],
)
def test_foreign_frame_is_not_read(frame_url: str, read: bool) -> None:
    assert ("Onayla" in framed(frame_url, {KATIP, "https://grid.example"}).text) is read


def test_frames_of_a_page_before_the_sign_in_are_read() -> None:
    assert "Onayla" in framed("https://other.example", {KATIP}, url="https://osgb.example").text


HOME = box("h1", (300, 100, 300, 30), text("HOŞGELDİNİZ", 300, 105))
OUT = box("a", (10, 300, 200, 20), text("Güvenli Çıkış", 10, 301), href="#")


@pytest.mark.parametrize(
    "url", ["https://evil.example/home", "http://isgkatip.example/", "https://isgkatip.example:8443/"]
)
def test_page_that_looks_like_katip_on_another_host_is_none_of_its_pages(url: str) -> None:
    portal = load_portal("v9", {"katip_url": KATIP})
    assert is_on(seen(HOME, OUT, url=f"{KATIP}/Default.aspx"), portal, "home")
    assert not is_on(seen(HOME, OUT, url=url), portal, "home")
    error = foreign_page(seen(HOME, OUT, url=f"{url}?token=geheim"), portal, "Reading the home page", "home")
    assert isinstance(error, ForeignOrigin)
    assert origin_of(url) in str(error)
    assert "geheim" not in str(error)


def own_file(folder: Path, addresses: str) -> str:
    path = folder / "own.toml"
    path.write_text(f'extends = "v9"\nname = "own"\n\n[addresses]\n{addresses}\n', "utf-8")
    return str(path)


def test_declared_origins_count_beside_that_of_katip_url(tmp_path: Path) -> None:
    path = own_file(tmp_path, f'katip_url = "{KATIP}"\nkatip_origins = ["https://kapi.example:8443"]')
    assert load_portal(path).katip_origins == {KATIP, "https://kapi.example:8443"}


def test_declared_origins_do_not_count_for_an_address_that_is_none_of_them(tmp_path: Path) -> None:
    path = own_file(tmp_path, f'katip_url = "{KATIP}"\nkatip_origins = ["https://kapi.example"]')
    assert load_portal(path, {"katip_url": "https://test.example"}).katip_origins == {"https://test.example"}
    assert load_portal(path, {"katip_url": "https://kapi.example/x"}).katip_origins == {KATIP, "https://kapi.example"}


@pytest.mark.parametrize(
    "origins",
    [
        '"https://kapi.example"',
        '["kapi.example"]',
        '["http://kapi.example"]',
        '["https://kapi.example/yol"]',
        '["https://*.example"]',
        '["https://user@kapi.example"]',
        "[7]",
    ],
)
def test_what_is_no_origin_is_refused(origins: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="katip_origins"):
        load_portal(own_file(tmp_path, f"katip_origins = {origins}"))


def test_misspelt_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="katip_origin is not known"):
        load_portal(own_file(tmp_path, 'katip_origin = ["https://kapi.example"]'))
