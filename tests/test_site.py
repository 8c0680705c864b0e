"""The site of the documentation: it builds without a warning, every link in it leads somewhere, and it needs no network."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from scripts.make_docs import LANGUAGES, ROOT, build, sites

ADDRESSES = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src"}


class Page(HTMLParser):
    """What a page refers to, and the places in it that can be referred to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.targets: list[tuple[str, str]] = []
        self.places: set[str] = set()
        self.language = ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.places |= {value for key, value in attrs if key in ("id", "name") and value}
        if tag == "html":
            self.language = given.get("lang") or ""
        if (target := given.get(ADDRESSES.get(tag, ""))) and given.get("rel") not in ("canonical", "index", "search"):
            self.targets.append((tag, target))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assert [path.parent.name for path in build(folder)] == list(LANGUAGES)
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in site.rglob("*.html") if path.parent.name != "keywords"}


def broken(site: Path, pages: dict[Path, Page]) -> list[str]:
    found = []
    for path, page in pages.items():
        for _, target in page.targets:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            there = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = pages.get(there)
            if not there.is_file() or (known and parts.fragment and unquote(parts.fragment) not in known.places):
                found.append(f"{path.relative_to(site)}: {target}")
    return found


def test_every_link_leads_somewhere(site: Path, pages: dict[Path, Page]) -> None:
    assert len(pages) > 40
    assert broken(site, pages) == []


def test_nothing_is_fetched_from_elsewhere(pages: dict[Path, Page]) -> None:
    fetched = [target for page in pages.values() for tag, target in page.targets if tag != "a"]
    assert [target for target in fetched if urlsplit(target).netloc] == []


def test_begins_in_turkish(pages: dict[Path, Page], site: Path) -> None:
    assert ("a", "tr/index.html") in pages[site / "index.html"].targets


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_in_one_language(language: str, site: Path, pages: dict[Path, Page]) -> None:
    own = {path: page for path, page in pages.items() if path.relative_to(site).parts[0] == language}
    assert {page.language for page in own.values()} == {language}
    search = {"tr": 'placeholder="Ara"', "en": 'placeholder="Search"'}
    assert search[language] in (site / language / "index.html").read_text("utf-8")
    switched = [
        path
        for path, page in own.items()
        if any(f"../{other}/" in target for other in LANGUAGES if other != language for _, target in page.targets)
    ]
    assert len(switched) >= len([name for name in sites()[language].pages if "guides" in name])


def test_what_is_in_the_project_is_in_the_site(site: Path) -> None:
    known = {source for each in sites().values() for source in each.pages}
    there = {
        path.relative_to(ROOT).as_posix()
        for pattern in ("*.md", "docs/**/*.md", "results/*.md")
        for path in ROOT.glob(pattern)
    }
    assert there <= known
    for language, each in sites().items():
        assert [name for name in each.libraries if not (site / language / "keywords" / f"{name}.html").is_file()] == []
        assert [
            page for page in each.pages.values() if not (site / language / page).with_suffix(".html").is_file()
        ] == []


def test_keywords_are_in_both_languages(site: Path) -> None:
    assert json.dumps("Sözleşmeyi Onayla").strip('"') in (site / "tr/keywords/Katip.html").read_text("utf-8")
    assert "Approve Contract" in (site / "en/keywords/Katip.html").read_text("utf-8")


def test_menu_holds_every_page(site: Path, pages: dict[Path, Page]) -> None:
    for language, each in sites().items():
        index = site / language / "index.html"
        led = {(index.parent / target.partition("#")[0]).resolve() for _, target in pages[index].targets}
        missing = [
            page for page in each.pages.values() if (index.parent / page).with_suffix(".html").resolve() not in led
        ]
        assert missing in ([], ["index.md"])


def test_broken_link_ends_the_build(site: Path, pages: dict[Path, Page]) -> None:
    """The check of the links is itself checked: a link to nowhere is found."""
    some = next(path for path in pages if path.name == "architecture.html")
    page = pages[some]
    page.targets.append(("a", "nowhere.html"))
    assert broken(site, {**pages}) == [f"{some.relative_to(site)}: nowhere.html"]
    page.targets.pop()


def test_turkish_page_of_keywords_has_each_one_once_below_its_clause(site: Path) -> None:
    entries = json.loads((ROOT / "libraries/Katip/locale/tr/keywords.json").read_text("utf-8"))
    plain = unescape(re.sub(r"<[^>]+>", "", (site / "tr/keywords.html").read_text("utf-8")))
    place = {title: plain.index(f"{title}") for title in ("5.1 OSGB", "5.9 Form", "5.10 ", "Bütün çalıştırma için")}
    for original, title in (("follow_isg_katip", "5.1 OSGB"), ("save_approval", "5.9 Form"), ("sign_out", "5.10 ")):
        assert plain.index(f"\n{entries[original]['name']}\n") > place[title]
    for name, entry in entries.items():
        if "doc" in entry and "name" in entry:
            assert len(re.findall(rf"^{re.escape(entry['name'])}$", plain, re.MULTILINE)) == 1, name


def test_turkish_keyword_documentation_begins_in_turkish(site: Path) -> None:
    text = (site / "tr/keywords/Katip.html").read_text("utf-8")
    assert json.dumps("onayladığını kanıtlar")[1:-1] in text
    assert "as the instruction DOK.10.01 says" not in text
