"""Build what is seen from a few words and places, for reading tests that need no browser."""

from __future__ import annotations

from typing import Any

from Katip.reading.snapshot import Snapshot

Raw = dict[str, Any]
Place = tuple[float, float, float, float]

LINE = 18
LETTER = 7


def text(words: str, x: float, y: float, **signs: Any) -> Raw:
    """A run of text with its left upper corner."""
    return {"x": words, "b": (x, y, len(words) * LETTER, LINE), **signs}


def box(tag: str, place: Place, *inside: Raw, **signs: Any) -> Raw:
    """An element with what stands inside it."""
    return {"t": tag, "b": place, "bl": 1, "inside": inside, **signs}


def field(value: str, place: Place, **signs: Any) -> Raw:
    """A text field."""
    return box("input", place, ty="text", v=value, **signs)


def table(x: float, y: float, widths: list[int], rows: list[list[str]], *, head: bool = True, **signs: Any) -> Raw:
    """A native table, its first row as its head."""
    lines = []
    for number, row in enumerate(rows):
        left, cells = x, []
        for width, words in zip(widths, row, strict=True):
            place = (left, y + number * 24, width, 24)
            inside = [text(words, left + 4, y + number * 24 + 3)] if words else []
            cells.append(box("th" if head and not number else "td", place, *inside))
            left += width
        lines.append(box("tr", (x, y + number * 24, sum(widths), 24), *cells))
    return box("table", (x, y, sum(widths), len(rows) * 24), *lines, **signs)


def seen(*items: Raw, url: str = "http://127.0.0.1/page") -> Snapshot:
    """What is seen on a page of one frame."""
    nodes: list[Raw] = []
    line = 0

    def add(item: Raw, parent: int) -> None:
        nonlocal line
        line += "x" not in item or "own_line" in item
        inside = item.get("inside", ())
        nodes.append({key: value for key, value in item.items() if key != "inside"} | {"p": parent, "l": line})
        mine = len(nodes) - 1
        for one in inside:
            add(one, mine)
        line += "x" not in item

    add(box("body", (0, 0, 1280, 800), *items), -1)
    return Snapshot(
        {"url": url, "frames": [{"i": 0, "up": -1, "url": url, "x": 0, "y": 0, "ready": "complete", "nodes": nodes}]}
    )
