"""What the page tells of the texts of a row; where it tells nothing, none of them is believed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from Katip.reading.cells import Row
from Katip.reading.closely import doubtful
from Katip.reading.driver import Driver
from tests.unit.seen import seen, table


class Told:
    """Plays the driver: what the page answers."""

    def __init__(self, answer: list[str] | None) -> None:
        self.answer = answer
        self.compared = True

    def call(self, functions: Path, name: str, **request: Any) -> list[str] | None:
        return self.answer


@pytest.mark.parametrize(
    ("answer", "doubts"),
    [
        (["", ""], []),
        (["", "mixed"], ['"Onaylandı" (mixed with the colours behind it)']),
        (None, ['"AYŞE ÖRNEK" (the page gave no answer about it)', '"Onaylandı" (the page gave no answer about it)']),
    ],
)
def test_texts_of_a_page_that_gives_no_answer_are_doubtful(answer: list[str] | None, doubts: list[str]) -> None:
    page = seen(table(0, 0, [150, 150], [["AYŞE ÖRNEK", "Onaylandı"]]))
    name, status = page.pieces
    row = Row({}, {"name": [name], "status": [status]}, False, None, 0, name.box)
    assert doubtful(cast(Driver, Told(answer)), [row]) == doubts
