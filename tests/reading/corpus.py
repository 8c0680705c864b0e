"""The corpus: each page of ``pages/`` with what a person sees there, as its TOML file says it.

A file holds ``about``, perhaps ``toolkit``, and any number of expectations, each judged on an untouched page:

``[[find]]``    labels, kind, expect (one, none, many), and where it matters target, disabled, candidates, below_labels
``[[click]]``   labels, kind, happened, and perhaps target, below_labels
``[[form]]``    title, fields, values
``[[fill]]``    labels, value, target
``[[grid]]``    columns, order, rows, and perhaps pages (the pager is walked) and select = { row, happened }
``[[window]]``  text, buttons, close, happened, and opened where a click on that label opens it
``[[native]]``  open, type, text, happened

``before`` lists what is clicked first. ``target`` names the element meant, by the ``data-target`` that only the tests
look at; ``settle_ms`` says how long the page itself needs before a click by hand would be heard.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.reading.serving import PAGES

KEYS: dict[str, set[str]] = {
    "find": {"labels", "kind", "expect", "target", "disabled", "candidates", "below_labels"},
    "click": {"labels", "kind", "target", "happened", "below_labels", "settle_ms"},
    "form": {"title", "fields", "values"},
    "fill": {"labels", "value", "target"},
    "grid": {"columns", "order", "rows", "pages", "select"},
    "window": {"opened", "text", "buttons", "close", "happened"},
    "native": {"open", "type", "text", "happened"},
}
OPTIONAL = {"before", "opened", "target", "disabled", "candidates", "below_labels", "settle_ms", "pages", "select"}


@dataclass(frozen=True)
class Case:
    """One expectation of one page.

    Args:
        page: The page's name.
        section: What is expected: ``find``, ``click``, ``form``, ``fill``, ``grid``, ``window`` or ``native``.
        number: Which of the page's expectations of that kind, from 1.
        want: The expectation as the file has it.
        toolkit: The toolkit that draws the page, if one does.
    """

    page: str
    section: str
    number: int
    want: Mapping[str, Any]
    toolkit: str | None

    @property
    def only_looks(self) -> bool:
        """Whether the page is afterwards what it was before."""
        return self.section in ("find", "form") and "before" not in self.want

    def __str__(self) -> str:
        return f"{self.page}-{self.section}-{self.number}"


def _mistakes(section: str, want: Mapping[str, Any]) -> Iterator[str]:
    known = KEYS[section]
    for key in sorted(set(want) - known - {"before"}):
        yield f"[[{section}]] does not know {key!r}"
    for key in sorted(known - set(want) - OPTIONAL):
        yield f"[[{section}]] lacks {key!r}"


def cases_of(file: Path) -> list[Case]:
    """Read one page's expectations.

    Raises:
        ValueError: The file says something that no check would look at.
    """
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    mistakes = [f"unknown section {key!r}" for key in data if key not in {*KEYS, "about", "toolkit"}]
    mistakes += [] if data.get("about") else ["about is missing"]
    cases = []
    for section in KEYS:
        for number, want in enumerate(data.get(section, []), start=1):
            mistakes += _mistakes(section, want)
            cases.append(Case(file.stem, section, number, want, data.get("toolkit")))
    if mistakes or not cases:
        raise ValueError(f"{file.name}: {'; '.join(mistakes) or 'expects nothing'}.")
    return cases


def all_cases() -> list[Case]:
    """Every expectation of every page, page by page."""
    return [case for file in sorted(PAGES.glob("*.toml")) for case in cases_of(file)]
