"""The reader on pages made by chance. A failure names its seed; READING_SEEDS=500 tries more of them."""

from __future__ import annotations

import os

import pytest

from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand, until
from tests.reading.generate import COLUMNS, FIELDS, Made, generate
from tests.reading.serving import CorpusHandler

SEEDS = range(int(os.environ.get("READING_SEEDS", "40")))


def test_seed_always_makes_the_same_page() -> None:
    assert generate(7).html == generate(7).html
    assert generate(7).html != generate(8).html


def test_seeds_use_every_construction() -> None:
    builds = [generate(seed).build for seed in range(200)]
    chosen = {key: {build[key] for build in builds} for key in builds[0]}
    assert len(chosen["grid"]) == 8
    assert len(chosen["button"]) == 9
    assert len(chosen["form"]) == 9
    assert len(chosen["pager"]) == 7


@pytest.mark.browser
@pytest.mark.parametrize("seed", SEEDS)
def test_reader_reads_a_page_made_by_chance(seed: int, eyes: Eyes, hand: Hand) -> None:
    made = generate(seed)
    said = f"Seed {seed} ({made.build}); see it with: python -m tests.reading.generate {seed}"
    try:
        _examine(made, eyes, hand)
    except Exception as error:
        error.add_note(said)
        raise


def _open(made: Made, eyes: Eyes, hand: Hand, only_to_look: bool = False) -> None:
    CorpusHandler.made[f"{made.seed}.html"] = made.html
    hand.open(f"made/{made.seed}.html", only_to_look)
    eyes.forget()


def _examine(made: Made, eyes: Eyes, hand: Hand) -> None:
    _open(made, eyes, hand, only_to_look=True)
    if made.form:
        assert eyes.read_form({name: FIELDS[name] for name in made.form}) == made.form
    if not _is_covered(made):
        _examine_toolbar(made, eyes, hand)
        _examine_grid(made, eyes, hand)
    if made.form:
        _open(made, eyes, hand)
        eyes.click(["Kayıt"], "button")
        _expect(["Kayıt"], hand)


def _is_covered(made: Made) -> bool:
    """Whether a modal window covers toolbar and grid."""
    return bool(made.form) and made.build["form-place"] == "window"


def _examine_toolbar(made: Made, eyes: Eyes, hand: Hand) -> None:
    assert eyes.find(["Onayla"], "button").disabled == made.disabled
    if not made.disabled:
        _open(made, eyes, hand)
        eyes.click(["Onayla"], "button")
        _expect(["Onayla"], hand)


def _examine_grid(made: Made, eyes: Eyes, hand: Hand) -> None:
    _open(made, eyes, hand)
    columns = {column: COLUMNS[column] for column in made.order}
    rows = eyes.read_grid(columns, all_pages=made.pages > 1)
    assert [[row.get(column, "") for column in made.order] for row in rows] == made.rows
    assert [what for what in hand.happened() if not what.startswith("page:")] == []
    if made.rows:
        _open(made, eyes, hand)
        eyes.select_row(columns, 1)
        _expect(["check:0" if made.build["extra"] in ("checkbox", "radio") else "select:0"], hand)


def _expect(happened: list[str], hand: Hand) -> None:
    until(lambda: len(hand.happened()) >= len(happened), 2.0)
    assert hand.happened() == happened
