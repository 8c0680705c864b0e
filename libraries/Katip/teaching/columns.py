"""Recognise a list's columns by their headers and cells: name, category, start, statuses, ID."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from Katip.model import parse_date
from Katip.portal import Portal
from Katip.reading.cells import Row
from Katip.reading.grids import Grid
from Katip.reading.labels import Kind, Label, sign_of
from Katip.reading.reader import Reader
from Katip.reading.snapshot import Box, Node, Snapshot
from Katip.turkish import fold, visible

# The columns that are learned, in the order in which they are asked for.
REQUIRED = ("name", "start", "status")
OPTIONAL = ("gorevlendirme_id", "category", "contract_name", "minutes")
OTHER_STATUS = "professional_status"
_MOST = 0.8
_NUMBER = re.compile(r"\d{3,12}")
_MINUTES = re.compile(r"\d{1,5}(\s*dk\.?)?", re.IGNORECASE)
_CATEGORIES = ("uzmani", "hekimi", "saglik personeli")
_FIRM = ("ltd", "limited", "a ş", "aş", "anonim", "şirketi", "san", "tic", "osgb", "birimi", "müdürlüğü")
_LEAST_KNOWN = 2


def header_texts(snapshot: Snapshot, portal: Portal) -> list[str]:
    """Return the headers of the largest list on a page, as far as the page calls them headers or a shipped file knows them.

    Args:
        snapshot: what is seen.
        portal: the shipped portal.
    """
    found = _marked_headers(snapshot, portal) or _known_headers(snapshot, portal)
    lines: list[list[str]] = [[text for box, text in found if box.same_line(one)] for one, _ in found]
    longest = max(lines, key=lambda line: len(line), default=[])
    return list(dict.fromkeys(longest))


def _marked_headers(snapshot: Snapshot, portal: Portal) -> list[tuple[Box, str]]:
    """Return the texts of the elements that the page calls headers."""
    texts = [(node.box, visible(snapshot.text_of(node))) for node in snapshot.nodes if _is_header(node)]
    return [(box, text) for box, text in texts if portal.wording.words.key(text)]


def _known_headers(snapshot: Snapshot, portal: Portal) -> list[tuple[Box, str]]:
    """Return the texts that are a header in the shipped portal."""
    words = portal.wording.words
    known = {key for label in portal.columns.values() for key in words.keys(label.names)}
    return [(one.box, one.text) for one in snapshot.pieces if not one.is_value and words.key(one.text) in known]


def _is_header(node: Node) -> bool:
    return node.tag == "th" or node.role == "columnheader"


def list_on(snapshot: Snapshot, portal: Portal, reader: Reader) -> Grid | None:
    """Read the list that a page shows, each column by its own header.

    Args:
        snapshot: what is seen.
        portal: the shipped portal.
        reader: reads it.

    Returns:
        The list with at least one row, its cells by the folded header; None where the page shows none.
    """
    grid: Grid | None = snapshot.remembered("taught list", lambda: _list_on(snapshot, portal, reader))
    return grid


def _list_on(snapshot: Snapshot, portal: Portal, reader: Reader) -> Grid | None:
    headers = header_texts(snapshot, portal)
    if len(headers) < _LEAST_KNOWN:
        return None
    columns = {text: Label((text,)) for text in headers}
    best: Grid | None = None
    for key in headers[:6]:
        grid = reader.see_grid(snapshot, columns, (key,), key)
        if grid is not None and grid.rows and (best is None or len(grid.rows) > len(best.rows)):
            best = grid
    for row in best.rows if best is not None else ():
        if row.check is not None and row.check.own_name:
            _take_away(f"{row.check.own_name} ", row)
    return best


def _take_away(beginning: str, row: Row) -> None:
    """Take the name of the row's check box away from its texts."""
    row.cells = {header: text.removeprefix(beginning) for header, text in row.cells.items()}


def cells_by_header(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Return the cells under each header, row by row.

    Args:
        rows: the rows.
    """
    headers = dict.fromkeys(header for row in rows for header in row.cells if header)
    return {header: [visible(row.cells.get(header, "")) for row in rows] for header in headers}


def acting_headers(rows: Sequence[Row]) -> set[str]:
    """Return the headers under which controls stand: nothing there says how far a contract is.

    Args:
        rows: the rows.
    """
    return {
        header
        for row in rows
        for header, pieces in row.pieces.items()
        for piece in pieces
        if any(sign_of(one) in (Kind.BUTTON, Kind.LINK) for one in [piece.node, *piece.node.ancestors()][:3])
    }


def candidates(cells: Mapping[str, Sequence[str]], portal: Portal) -> dict[str, list[str]]:
    """Return which headers may be which column: by the words of the header, else by the cells under it.

    Args:
        cells: the cells under each header.
        portal: the shipped portal.

    Returns:
        For each column the headers, the likeliest first; one alone is sure, none or several have to be asked for.
    """
    found = {key: _by_words(key, cells, portal) for key in (*REQUIRED, *OPTIONAL, OTHER_STATUS)}
    taken = {headers[0] for headers in found.values() if len(headers) == 1}
    for key in (*REQUIRED, *OPTIONAL):
        if not found[key]:
            free = {header: list(filter(None, texts)) for header, texts in cells.items() if header not in taken}
            found[key] = [header for header, texts in free.items() if _shows(key, texts, portal)]
    if found[OTHER_STATUS] and found["status"] == found[OTHER_STATUS]:
        found[OTHER_STATUS] = []
    return found


def _by_words(key: str, cells: Mapping[str, Sequence[str]], portal: Portal) -> list[str]:
    words = portal.wording.words
    label = portal.columns.get(key)
    wanted = words.keys(label.names) if label is not None else frozenset()
    return [header for header in cells if words.key(header) in wanted]


def _shows(key: str, texts: Sequence[str], portal: Portal) -> bool:
    """True if most of the cells under a header can be a column's."""
    if not texts:
        return False
    fits, agrees = _SIGNS[key]
    return sum(fits(text, portal) for text in texts) >= _MOST * len(texts) and agrees(len(set(texts)), len(texts))


def _is_category(text: str, portal: Portal) -> bool:
    plain = fold(text).translate(_PLAIN)
    return any(word in plain for word in _CATEGORIES) and "sozlesme" not in plain


def _is_contract_name(text: str, portal: Portal) -> bool:
    plain = fold(text).translate(_PLAIN)
    return any(word in plain for word in _CATEGORIES) and "sozlesme" in plain


_PLAIN = str.maketrans("şçğöü", "scgou")


def is_status(text: str, portal: Portal) -> bool:
    """Return True if a text may say how far an approval is.

    Args:
        text: a cell.
        portal: the shipped portal.
    """
    shown = fold(text)
    words = portal.wording.words
    known = any(words.key(text) in words.keys(wordings) for wordings in portal.statuses.values())
    return known or any(part in shown for part in ("onay", "bekli", "bekle", "kabul", "redd"))


def is_name(text: str, portal: Portal) -> bool:
    """Return True if a text may be a person's name, in full or masked.

    Args:
        text: a cell.
        portal: the shipped portal.
    """
    parts = text.split()
    if not 2 <= len(parts) <= 4 or any(map(str.isdigit, text)) or is_status(text, portal):
        return False
    shown = fold(text)
    if any(f" {word} " in f" {shown} " for word in _FIRM) or any(
        word in shown.translate(_PLAIN) for word in _CATEGORIES
    ):
        return False
    return all((part[0].isupper() and part.replace("*", "").replace(".", "").replace("-", "").replace("'", "").isalpha())
               or set(part[1:]) == {"*"} for part in parts)  # fmt: skip


def _any_number(different: int, count: int) -> bool:
    return True


# By column: what a text of it looks like, and whether so many different texts of so many may be in it.
_SIGNS: Mapping[str, tuple[Callable[[str, Portal], bool], Callable[[int, int], bool]]] = {
    "start": (lambda text, _: parse_date(text) is not None, _any_number),
    "status": (is_status, _any_number),
    "gorevlendirme_id": (lambda text, _: bool(_NUMBER.fullmatch(text)), lambda different, count: different == count),
    "name": (is_name, lambda different, count: count == 1 or different > 1),
    "minutes": (lambda text, _: bool(_MINUTES.fullmatch(text)), lambda different, count: different < count),
    "category": (_is_category, _any_number),
    "contract_name": (_is_contract_name, _any_number),
}
