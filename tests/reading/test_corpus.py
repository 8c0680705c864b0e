"""The page reader is judged on pages that it has never seen, in a real browser: what it reads is what a person sees.

Two kinds of tests. The pages are examined first, by the mouse and without the reader: each does what its TOML file
says, and each toolkit really drew it. Then the reader is, one expectation at a time, on a page that nobody touched yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand, until
from tests.reading.corpus import Case, all_cases, cases_of
from tests.reading.serving import PAGES, corpus_server
from tests.reading.toolkits import TOOLKITS, Toolkit

CASES = all_cases()
TOOLKIT_PAGES = {case.page: case.toolkit for case in CASES if case.toolkit}


# ---------------------------------------------------------------------------------------------------- the corpus itself


def test_every_page_says_what_a_person_sees_there() -> None:
    pages = {file.stem for file in PAGES.glob("*.html") if "." not in file.stem}
    assert pages == {file.stem for file in PAGES.glob("*.toml")}


def test_corpus_is_as_broad_as_it_claims() -> None:
    assert len({case.page for case in CASES}) >= 60
    assert len(TOOLKIT_PAGES) >= 16
    assert len(set(TOOLKIT_PAGES.values())) >= 5
    assert set(Counter(case.section for case in CASES)) == {"find", "click", "form", "fill", "grid", "window", "native"}


def test_expectation_that_nothing_checks_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "page.toml"
    file.write_text('about = "x"\n[[click]]\nlabels = ["A"]\nkind = "button"\nhapened = ["A"]\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"does not know 'hapened'.*lacks 'happened'"):
        cases_of(file)


@pytest.mark.parametrize("name", TOOLKITS)
def test_toolkit_is_installed(name: str) -> None:
    assert any(TOOLKITS[name].root().iterdir())


def test_toolkit_that_is_not_installed_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"needs the files of no-such-toolkit.*pip install"):
        Toolkit("no-such-toolkit", "nowhere", "true").root()


def test_server_gives_nothing_but_the_corpus() -> None:
    with corpus_server() as origin:
        assert _status(origin, "/pages/note.js") == 200
        for path in ("/", "/pages/../conftest.py", "/pages/%2e%2e/conftest.py", "/toolkits/none/x.js", "/etc/passwd"):
            assert _status(origin, path) == 404, path


def _status(origin: str, path: str) -> int:
    connection = HTTPConnection(origin.removeprefix("http://"))
    connection.request("GET", path)
    return connection.getresponse().status


@pytest.mark.browser
@pytest.mark.parametrize(("page", "toolkit"), TOOLKIT_PAGES.items(), ids=TOOLKIT_PAGES)
def test_toolkit_drew_the_page_itself(page: str, toolkit: str, hand: Hand) -> None:
    hand.open(f"pages/{page}.html")
    proof = f"() => Boolean({TOOLKITS[toolkit].proof})"
    assert until(lambda: hand.script(proof)), f"{toolkit} drew nothing"


def _clicks_by_hand() -> list[Case]:
    return [case for case in CASES if case.section == "click" and _all_targeted(case)]


def _all_targeted(case: Case) -> bool:
    steps = [*case.want.get("before", []), case.want]
    return all("target" in step for step in steps) and case.page != "frames_cross_origin"


@pytest.mark.browser
@pytest.mark.parametrize("case", _clicks_by_hand(), ids=str)
def test_page_records_a_click_by_hand(case: Case, hand: Hand) -> None:
    hand.open(f"pages/{case.page}.html")
    for step in [*case.want.get("before", []), case.want]:
        _let_the_page_settle(case, step, hand)
        hand.click(step["target"])
    assert until(lambda: hand.happened() == case.want["happened"]), hand.happened()


def _let_the_page_settle(case: Case, step: dict[str, Any], hand: Hand) -> None:
    """Wait for the toolkit to draw the target and for it to stand still, as a person does without thinking."""
    until(lambda: hand.place(step["target"]))
    pause = case.want.get("settle_ms", 450 if case.toolkit else 0)
    hand.script("(pause) => new Promise((done) => setTimeout(done, pause))", pause)
    until(lambda: hand.place(step["target"]) == hand.place(step["target"]))


# ----------------------------------------------------------------------------------------------------------- the reader


@pytest.mark.browser
@pytest.mark.parametrize("case", CASES, ids=str)
def test_reader_sees_what_a_person_sees(case: Case, eyes: Eyes, hand: Hand) -> None:
    hand.open(f"pages/{case.page}.html", case.only_looks)
    eyes.forget()
    for step in case.want.get("before", []):
        eyes.click(step["labels"], step["kind"])
    CHECKS[case.section](case.want, eyes, hand)


def _check_happened(expected: list[str], hand: Hand) -> None:
    until(lambda: len(hand.happened()) >= len(expected), 2.0)
    assert hand.happened() == expected


def _check_find(want: Mapping[str, Any], eyes: Eyes, hand: Hand) -> None:
    if want["expect"] == "none":
        with pytest.raises(Eyes.Missing):
            eyes.find_at_once(want["labels"], want["kind"])
    elif want["expect"] == "many":
        with pytest.raises(Eyes.Several) as error:
            eyes.find(want["labels"], want["kind"])
        assert len(error.value.candidates) == want["candidates"]
    else:
        _check_found(want, eyes, hand)
    assert hand.happened() == []


def _check_found(want: Mapping[str, Any], eyes: Eyes, hand: Hand) -> None:
    seen = eyes.find(want["labels"], want["kind"], want.get("below_labels", ()))
    assert seen.disabled == want.get("disabled", False)
    if "target" in want:
        place = hand.place(want["target"])
        assert place, f'data-target="{want["target"]}" is gone'
        assert place.holds(seen.x, seen.y), f"{seen} is not on {want['target']} {place}"


def _check_click(want: Mapping[str, Any], eyes: Eyes, hand: Hand) -> None:
    eyes.click(want["labels"], want["kind"], want.get("below_labels", ()))
    _check_happened(want["happened"], hand)


def _check_form(want: Mapping[str, Any], eyes: Eyes, hand: Hand) -> None:
    assert eyes.read_form(want["fields"]) == want["values"]
    assert hand.happened() == []


def _check_fill(want: Mapping[str, Any], eyes: Eyes, hand: Hand) -> None:
    eyes.fill(want["labels"], want["value"])
    place = hand.place(want["target"])
    assert place is not None
    assert place.value == want["value"]


def _check_grid(want: Mapping[str, Any], eyes: Eyes, hand: Hand) -> None:
    rows = eyes.read_grid(want["columns"], all_pages="pages" in want)
    assert [[row.get(column, "") for column in want["order"]] for row in rows] == want["rows"]
    assert [what for what in hand.happened() if not what.startswith("page:")] == []
    if "select" in want:
        eyes.select_row(want["columns"], want["select"]["row"])
        _check_happened(want["select"]["happened"], hand)


def _check_window(want: Mapping[str, Any], eyes: Eyes, hand: Hand) -> None:
    seen = eyes.read_window(want.get("opened", ""))
    assert (seen.text, seen.buttons) == (want["text"], want["buttons"])
    if want["close"]:
        eyes.close_window(want["close"])
    _check_happened(want["happened"], hand)


def _check_native(want: Mapping[str, Any], eyes: Eyes, hand: Hand) -> None:
    dialog = eyes.open_native(want["open"])
    assert (dialog.kind, dialog.message) == (want["type"], want["text"])
    eyes.accept_native()
    _check_happened(want["happened"], hand)


CHECKS = {
    "find": _check_find,
    "click": _check_click,
    "form": _check_form,
    "fill": _check_fill,
    "grid": _check_grid,
    "window": _check_window,
    "native": _check_native,
}
