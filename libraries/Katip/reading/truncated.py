"""Complete a text that the page has cut: "AYŞE YIL…" with the whole name in the title that the pointer brings up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Protocol

from Katip.turkish import fold, visible

_DOTS = re.compile(r"\s*(?:…|\.\.\.)\s*")
_TITLES = ("ti", "a")
_LEVELS = 4


class _Element(Protocol):
    """What is asked of a node."""

    @property
    def raw(self) -> Mapping[str, Any]: ...

    @property
    def tag(self) -> str: ...

    def ancestors(self) -> Iterator[Any]: ...


def completed(text: str, node: _Element) -> str:
    """Return the whole text where an element around it has it as its title or ARIA label.

    Args:
        text: the text as seen, perhaps with three dots at its end or in its middle.
        node: the run of text.

    Returns:
        The title that begins and ends as the text does around its dots; the text itself where there is none.
    """
    if "…" not in text and "..." not in text:
        return text
    parts = _DOTS.split(text)
    if len(parts) != 2 or not parts[0]:
        return text
    begin, end = fold(parts[0]), fold(parts[1])
    for around in islice(node.ancestors(), _LEVELS):
        for key in _TITLES:
            title = visible(str(around.raw.get(key, "")))
            folded = fold(title)
            if len(folded) > len(begin) + len(end) and folded.startswith(begin) and folded.endswith(end):
                return title
        if around.tag in ("td", "th", "tr", "li"):
            break
    return text
